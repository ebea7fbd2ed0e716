//! Vietnamese numbers: `.` groups thousands, `,` is the decimal mark; scale words (*nghìn, triệu, tỷ*), spelled-out numerals, ranges.

use std::borrow::Cow;

use crate::doc::Doc;
use crate::lexicon::Table;
use crate::token::Case;
use crate::words as w;

/// A decimal number, kept exact: `mantissa / 10^decimals`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decimal {
    mantissa: f64,
    decimals: i32,
}

impl Decimal {
    pub(crate) fn whole(value: f64) -> Self {
        Decimal { mantissa: value, decimals: 0 }
    }

    pub(crate) fn value(self) -> f64 {
        self.times(1.0)
    }

    /// Scaled before it is divided, so that *4,35 tỷ* is exactly 4350000000.
    pub(crate) fn times(self, scale: f64) -> f64 {
        self.mantissa * scale / 10f64.powi(self.decimals)
    }

    /// Digits behind the decimal mark.
    pub(crate) fn decimals(self) -> i32 {
        self.decimals
    }
}

/// A number written in digits: *1.234,5*, *02*, *48.725.000*, also *8.7*. Dates (*12.11.2021*) and over-long digit runs are none.
pub(crate) fn parse(raw: &str) -> Option<Decimal> {
    if (1..=15).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_digit()) {
        let number = raw.bytes().fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
        return Some(Decimal::whole(number as f64));
    }
    // Figures of full width begin with EF; whatever has neither is no number, as most that is asked about.
    if !raw.bytes().any(|b| b.is_ascii_digit() || b == 0xef) {
        return None;
    }
    let narrow = |c: char| match c {
        '０'..='９' | '．' | '，' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let plain = if raw.is_ascii() { Cow::Borrowed(raw) } else { Cow::Owned(raw.chars().map(narrow).collect()) };
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits > 15 {
        return None;
    }
    let count = |mark| plain.bytes().filter(|&byte| byte == mark).count();
    let (dots, commas) = (count(b'.'), count(b','));
    // The sign that stands last, and once, may be the decimal mark; the other groups.
    let (group, decimal) = match (dots, commas) {
        (0, 0) => (None, None),
        (_, 0) if grouped(&plain, '.') => (Some('.'), None),
        (1, 0) => (None, Some('.')),
        (0, 1) => (None, Some(',')),
        (0, _) if grouped(&plain, ',') => (Some(','), None),
        (_, 1) if plain.rfind(',') > plain.rfind('.') => (Some('.'), Some(',')),
        (1, _) if plain.rfind('.') > plain.rfind(',') => (Some(','), Some('.')),
        _ => return None,
    };
    let (whole, fraction) = match decimal.and_then(|mark| plain.split_once(mark)) {
        Some((whole, fraction)) => (whole, fraction),
        None => (&*plain, ""),
    };
    if let Some(mark) = group
        && !grouped(whole, mark)
    {
        return None;
    }
    let digits = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    let mantissa = digits.fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
    // Fifteen digits are exact.
    Some(Decimal { mantissa: mantissa as f64, decimals: i32::try_from(fraction.len()).ok()? })
}

/// Groups of three digits behind one to three that do not begin with 0.
fn grouped(digits: &str, mark: char) -> bool {
    let mut groups = digits.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|g| g.len() == 3)
}

/// Roman numerals I to XX as bulletins use them for quarters, classes and terms.
pub(crate) fn roman(raw: &str) -> Option<u32> {
    const ALL: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
    ];
    ALL.iter().position(|r| *r == raw).and_then(|n| u32::try_from(n + 1).ok())
}

/// A number or a range of numbers in the text, with its scale words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) low: f64,
    pub(crate) high: Option<f64>,
    /// The token after it.
    pub(crate) end: usize,
    /// Whether it is written in words.
    pub(crate) spelled: bool,
    /// Whether a scale word (*triệu*) belongs to it.
    pub(crate) scaled: bool,
}

/// One number without a range.
#[derive(Debug, Clone, Copy)]
struct Amount {
    base: Decimal,
    scale: f64,
    /// What further scale words add: the 760 million of *98 tỷ 760 triệu*.
    more: f64,
    end: usize,
    spelled: bool,
}

impl Amount {
    fn value(self) -> f64 {
        self.base.times(self.scale) + self.more
    }
}

/// Larger values are no counts that a bulletin gives.
const LARGEST: f64 = 1e18;

/// The number or range that begins at token `i`: *45-50*, *từ 3 đến 5* (from the first number), *10,3 triệu*, *bảy*, *98 tỷ 760 triệu*.
pub(crate) fn figure(doc: &Doc, i: usize) -> Option<Figure> {
    if !doc.is_number(i) && !doc.has_any(&[Table::Numbers], i) {
        return None;
    }
    // Percentages, money, dates and quantities ask one after the other.
    let (at, known) = doc.last_figure.get();
    if at == i {
        return known;
    }
    let found = read_figure(doc, i);
    doc.last_figure.set((i, found));
    found
}

fn read_figure(doc: &Doc, i: usize) -> Option<Figure> {
    let amount = |at| amount(doc, at).filter(|amount| amount.value() < LARGEST);
    let low = amount(i)?;
    let mut figure = Figure { low: low.value(), high: None, end: low.end, spelled: low.spelled, scaled: low.scale > 1.0 };
    // "hai ba người", "một hai công trình": from the one to the next.
    if low.spelled
        && low.end == i + 1
        && let Some(next) =
            amount(low.end).filter(|next| next.spelled && next.end == low.end + 1 && next.value() == low.value() + 1.0 && low.value() < 9.0)
    {
        return Some(Figure { high: Some(next.value()), end: next.end, ..figure });
    }
    if !doc.is_any(low.end, &[w::HYPHEN, w::đến, w::hoặc, w::tới]) {
        return Some(figure);
    }
    let second = low.end + 1;
    // Both in digits or both in words: "hai - 3" is no range.
    if doc.is_number(second) == low.spelled {
        return Some(figure);
    }
    if let Some(high) = amount(second) {
        // "3 đến 5 triệu": the scale word of the second is meant for both.
        // "500.000 - 1 triệu": not where that makes the first the greater.
        let scaled = low.base.times(high.scale);
        let bare = low.scale == 1.0 && low.more == 0.0;
        let bottom = if bare && scaled < high.value() { scaled } else { low.value() };
        // "400 - 1 triệu" leaves its scale out.
        let unsure = bare && high.scale > 1.0 && bottom * 1000.0 < high.value();
        if bottom < high.value() && !unsure {
            figure.low = bottom;
            figure.high = Some(high.value());
            figure.end = high.end;
            figure.scaled |= high.scale > 1.0;
        }
    }
    Some(figure)
}

fn amount(doc: &Doc, i: usize) -> Option<Amount> {
    let mut made = if doc.is_number(i) {
        Amount { base: parse(doc.raw(i))?, scale: 1.0, more: 0.0, end: i + 1, spelled: false }
    } else {
        let (value, end) = spelled(doc, i)?;
        return Some(Amount { base: Decimal::whole(value), scale: 1.0, more: 0.0, end, spelled: true });
    };
    // "200 000 đồng": blanks group thousands, too.
    let group =
        |at: usize| doc.is_number(at) && !doc.touches(at) && doc.raw(at).len() == 3 && doc.raw(at).bytes().all(|b| b.is_ascii_digit());
    if doc.raw(i).len() <= 3 && !made.base.value().eq(&0.0) && group(made.end) && (doc.raw(made.end) == "000" || group(made.end + 1)) {
        while group(made.end) && made.end <= i + 4 {
            made.base = Decimal::whole(made.base.value() * 1000.0 + parse(doc.raw(made.end)).map_or(0.0, Decimal::value));
            made.end += 1;
        }
    }
    made.end = scales(doc, made.end, &mut made.scale);
    // Further parts, each of a smaller scale: 98 tỷ 760 triệu; 1 triệu 200 nghìn.
    let mut least = made.scale;
    while least > 1.0 && doc.is_number(made.end) && !doc.touches(made.end) {
        let Some(next) = parse(doc.raw(made.end)) else { break };
        let mut scale = 1.0;
        let end = scales(doc, made.end + 1, &mut scale);
        if scale == 1.0 || scale >= least {
            break;
        }
        made.more += next.times(scale);
        made.end = end;
        least = scale;
    }
    if made.scale > 1.0 && doc.is(made.end, w::rưỡi) {
        made.more += made.scale / 2.0;
        made.end += 1;
    }
    Some(made)
}

/// Up to two scale words (*nghìn tỷ*) from token `at`, multiplied into `scale`; the token after them.
fn scales(doc: &Doc, at: usize, scale: &mut f64) -> usize {
    for end in at..at + 2 {
        let Some(factor) = scale_word(doc, end) else { return end };
        *scale *= factor;
    }
    at + 2
}

/// What a scale word multiplies by: *triệu*, and *tr* right behind digits.
pub(crate) fn scale_word(doc: &Doc, i: usize) -> Option<f64> {
    let hit = doc.find(Table::Numbers, i)?;
    let [value, role] = &doc.entry(hit).cells;
    // "tr" counts only right behind digits; a capital begins something else ("Triệu", a family name).
    let cased = doc.is_lower(i) && (doc.small(i) != w::tr || doc.touches(i)) || doc.case(i) == Case::Upper;
    (&**role == "scale" && cased && !is_proportion(doc, i)).then(|| value.parse().ok())?
}

/// *tỷ lệ*
fn is_proportion(doc: &Doc, i: usize) -> bool {
    doc.is_any(i, &[w::tỷ, w::tỉ]) && doc.is(i + 1, w::lệ)
}

/// A numeral in words from token `i`: its value and the token after it. *năm* alone is a year and *không* a negation: they count
/// only inside a longer numeral.
fn spelled(doc: &Doc, i: usize) -> Option<(f64, usize)> {
    let role = |at: usize| -> Option<(&str, f64)> {
        let hit = doc.find(Table::Numbers, at)?;
        if doc.is_cap(at) && !(at == i && doc.case(at) == Case::Title) {
            return None;
        }
        let [value, role] = doc.entry(hit).cells;
        Some((role, value.parse().unwrap_or(0.0)))
    };
    let (first, _) = role(i)?;
    if !matches!(first, "digit" | "ten") || matches!(doc.raw(i), "mươi" | "mốt" | "lăm" | "nhăm" | "tư" | "Tư" | "chục") {
        return None;
    }
    // `group` is what stands before the next scale word; `least` is the scale of the last one: scales fall ("hai triệu ba nghìn"), and so do the
    // parts of a group ("ba mươi bốn mươi" are two numbers).
    let (mut total, mut group, mut digit, mut at) = (0.0, 0.0, None::<f64>, i);
    let mut tens = false;
    let mut least = f64::INFINITY;
    while let Some((kind, value)) = role(at) {
        match kind {
            "digit" => {
                if digit.is_some() {
                    break; // "ba bốn": two numbers
                }
                // "hai năm", "hai triệu năm": years; "hai triệu năm trăm nghìn" goes on.
                let inside = at > i && matches!(doc.small(at - 1), w::mươi | w::trăm | w::linh | w::lẻ);
                let goes_on = total > 0.0 && role(at + 1).is_some_and(|(kind, _)| matches!(kind, "hundred" | "ten" | "scale"));
                if doc.is(at, w::năm) && at > i && !inside && !goes_on {
                    break;
                }
                digit = Some(value);
            }
            "ten" | "hundred" if digit.is_some() && (tens || kind == "hundred" && group > 0.0) => {
                // The digit begins the next number.
                digit = None;
                at -= 1;
                break;
            }
            "ten" => {
                match digit.take() {
                    Some(digit) => group += digit * 10.0,
                    None if at == i || (!tens && (group > 0.0 || total > 0.0)) => group += 10.0,
                    None => break,
                }
                tens = true;
            }
            "hundred" => match digit.take() {
                Some(hundreds) => group += hundreds * 100.0,
                None => break,
            },
            "scale" if value >= 1000.0 => {
                let part = group + digit.take().unwrap_or(0.0);
                if total > 0.0 && least == 1000.0 && value > least {
                    // "hai nghìn tỷ", "hai nghìn năm trăm tỷ"
                    total = (total + part) * value;
                    least = value;
                    // "một nghìn tỷ một nghìn tỷ …" would go on to the end of the text.
                    if total >= LARGEST {
                        return None;
                    }
                } else if part > 0.0 && value < least && !is_proportion(doc, at) {
                    total += part * value;
                    least = value;
                } else {
                    group = part;
                    break;
                }
                (group, tens) = (0.0, false);
            }
            "joiner" if at > i && digit.is_none() && role(at + 1).is_some_and(|(k, _)| k == "digit") => {}
            _ => break,
        }
        at += 1;
    }
    // "một tỷ rưỡi"
    if doc.is(at, w::rưỡi) && total > 0.0 && group == 0.0 && digit.is_none() {
        total += least / 2.0;
        at += 1;
    }
    let value = total + group + digit.unwrap_or(0.0);
    let lone = at == i + 1 && (doc.is(i, w::năm) || doc.is(i, w::không));
    if lone || value == 0.0 { None } else { Some((value, at)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::doc::Scratch;

    #[test]
    fn digits() {
        for (raw, want) in [
            ("02", Some(2.0)),
            ("1.234,5", Some(1234.5)),
            ("142,6", Some(142.6)),
            ("48.725.000", Some(48_725_000.0)),
            ("15.820", Some(15820.0)),
            ("8.7", Some(8.7)),
            ("0,97", Some(0.97)),
            ("1,234,567", Some(1_234_567.0)),
            ("1,234.5", Some(1234.5)),
            ("１２", Some(12.0)),
            ("12.11.2021", None),
            ("0.123", Some(0.123)),
            ("1234567890123456", None),
            ("4,88", Some(4.88)),
        ] {
            assert_eq!(parse(raw).map(Decimal::value), want, "{raw}");
        }
    }

    #[test]
    fn figures_in_text() {
        let lexicon = bundled::lexicon();
        for (text, low, high) in [
            ("98 tỷ 760 triệu đồng", 98_760_000_000.0, None),
            ("4,35 tỷ USD", 4_350_000_000.0, None),
            ("3 đến 5 triệu đồng", 3_000_000.0, Some(5_000_000.0)),
            ("45-50 dự án", 45.0, Some(50.0)),
            ("500 - 800mm", 500.0, Some(800.0)),
            ("2 nghìn tỷ đồng", 2e12, None),
            ("bảy đồng chí", 7.0, None),
            ("hai mươi lăm xã", 25.0, None),
            ("một trăm linh tư hộ", 104.0, None),
            ("ba nghìn hai trăm người", 3200.0, None),
            ("mười hai thôn", 12.0, None),
            ("2 triệu rưỡi", 2_500_000.0, None),
            ("hai nghìn tỷ đồng", 2e12, None),
            ("hai triệu ba nghìn người", 2_003_000.0, None),
            // Two numbers beside each other: the first.
            ("hai mươi ba mươi", 20.0, None),
            ("một trăm hai trăm", 100.0, None),
        ] {
            let doc = Doc::new(text, &lexicon, &mut Scratch::default());
            let got = figure(&doc, 0).unwrap();
            assert_eq!((got.low, got.high), (low, high), "{text}");
        }
        for text in ["năm nay", "không có", "tư tưởng", "mươi", "5 tỷ tỷ tỷ đồng"] {
            let doc = Doc::new(text, &lexicon, &mut Scratch::default());
            assert!(figure(&doc, 0).is_none(), "{text}");
        }
    }
}
