//! **Accepts** *a/b* with a count on both sides: *26/37 học viên*, *45.799/36.875 tỷ đồng*, *83,2%/75%*, *14,2/15,1 km*.
//!
//! **Refuses** days (*13/10*), numbers of houses, roads, documents, scales (*tỷ lệ 1/500*), *24/7*, fractions of a whole (*2/3 số hộ*).
//!
//! **Value** the two numbers as written, without scale words (which stay in the unit: *tỷ đồng*); the percentage that the sentence states for
//! this ratio; 100·a/b.
//!
//! **Ambiguity** a day or a ratio: [`weigh`] weighs the evidence in one place. A stated percentage is the ratio's where it stands right
//! behind the unit, or farther on in the clause where it also agrees.
//!
//! **Sources** the rulings of `docs/output.md`.

use std::ops::Range;

use super::date::numeric;
use super::quantity::unit_phrase;
use crate::doc::Doc;
use crate::lexicon::Table;
use crate::note::{Note, Silent};
use crate::number::{Decimal, parse, scale_word};
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct RatioReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) numerator: f64,
    pub(crate) denominator: f64,
    pub(crate) unit: Option<Range<usize>>,
    pub(crate) stated: Option<f64>,
    /// The number token of the percentage stated.
    pub(crate) stated_at: Option<usize>,
    pub(crate) computed: Option<f64>,
    pub(crate) consistent: Option<bool>,
}

/// What *a/b* is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Date,
    Ratio,
    Neither,
}

/// The two numbers of *a/b* from token `i`, percent signs behind each allowed.
struct Fraction {
    numerator: Decimal,
    denominator: Decimal,
    end: usize,
    percents: bool,
}

fn fraction(doc: &Doc, i: usize) -> Option<Fraction> {
    // Nearly all numbers have no slash near them.
    const REACH: usize = 24;
    if !doc.is_number(i) || !(i + 1..i + REACH).any(|at| doc.is(at, w::SLASH)) {
        return None;
    }
    let numerator = parse(doc.raw(i))?;
    let mut at = i + 1;
    let percent = doc.is(at, w::PERCENT);
    at += usize::from(percent);
    // "1.250 tỷ đồng/980 tỷ đồng": the same unit on both sides.
    let unit = unit_phrase(doc, at).filter(|unit| doc.is(unit.tokens.end, w::SLASH) && doc.is_number(unit.tokens.end + 1));
    if let Some(unit) = unit {
        let other = unit_phrase(doc, unit.tokens.end + 2)?;
        if doc.plain(&unit.tokens) != doc.plain(&other.tokens) {
            return None;
        }
        at = unit.tokens.end;
    }
    if !doc.is(at, w::SLASH) || doc.touches(at) != doc.touches(at + 1) {
        return None;
    }
    at += 1;
    let denominator = parse(doc.raw(at)).filter(|_| doc.is_number(at))?;
    at += 1;
    if percent != doc.is(at, w::PERCENT) {
        return None;
    }
    Some(Fraction { numerator, denominator, end: at + usize::from(percent), percents: percent })
}

/// Whether a percentage that ends before token `at` is of the whole or the plan, no noun of its own behind it.
fn says_all(doc: &Doc, at: usize) -> bool {
    !doc.is_word(at) || doc.at_line_start(at) || matches!(doc.raw(at), "kế" | "KH" | "chỉ" | "dự" | "nghị" | "NQ" | "tổng" | "và" | "trở")
}

/// Whether *a/b* at token `i` is a day, a ratio, or neither.
pub(crate) fn verdict(doc: &Doc, i: usize) -> Verdict {
    // Ratios and dates ask one after the other.
    let (at, known) = doc.last_verdict.get();
    if at == i {
        return known;
    }
    let verdict = weigh(doc, i, &mut Silent).verdict;
    doc.last_verdict.set((i, verdict));
    verdict
}

/// The verdict and the points that it came of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) verdict: Verdict,
    pub(crate) date: i32,
    pub(crate) ratio: i32,
}

/// Points for a day and for a ratio, told as they are given.
struct Scales<'n, N> {
    note: &'n mut N,
    date: i32,
    ratio: i32,
}

impl<N: Note> Scales<'_, N> {
    fn for_date(&mut self, points: i32, what: &'static str, tokens: Range<usize>) {
        self.date += points;
        self.note.because(what, Some(points), tokens);
    }

    fn for_ratio(&mut self, points: i32, what: &'static str, tokens: Range<usize>) {
        self.ratio += points;
        self.note.because(what, Some(points), tokens);
    }

    /// A verdict that no points are needed for.
    fn sure(self, verdict: Verdict, what: &'static str, tokens: Range<usize>) -> Weighed {
        self.note.because(what, None, tokens);
        self.give(verdict)
    }

    fn give(self, verdict: Verdict) -> Weighed {
        Weighed { verdict, date: self.date, ratio: self.ratio }
    }
}

/// Whether *a/b* at token `i` is a day, a ratio, or neither: points for each, and the greater wins; on a tie a possible day is a day.
pub(crate) fn weigh<N: Note>(doc: &Doc, i: usize, note: &mut N) -> Weighed {
    let mut scales = Scales { note, date: 0, ratio: 0 };
    let Some(fraction) = fraction(doc, i) else {
        return scales.give(if numeric(doc, i).is_some() { Verdict::Date } else { Verdict::Neither });
    };
    if fraction.percents {
        return scales.sure(Verdict::Ratio, "percent signs behind both numbers", i..fraction.end);
    }
    let before = |n: usize| i.checked_sub(n).map_or(0, |at| doc.sym(at));
    let end = fraction.end;
    // "đứng thứ 7/11", "xếp hạng 5/12 đội": a place among so many.
    let rank = matches!(raw_before(doc, i, 1), "thứ" | "hạng" | "trí")
        && matches!(raw_before(doc, i, 2), "đứng" | "xếp" | "hạng" | "vị" | "lên" | "xuống" | "giữ");
    // Numbers of houses, roads, maps, plots, telephones, and codes of more parts.
    let numbered = [w::số, w::đường, w::phố, w::ngõ, w::ngách, w::hẻm, w::thửa, w::lộ, w::lệ, w::hiệu].contains(&before(1))
        || (before(1) == w::COLON && before(2) == w::số)
        || i > 0
            && !rank
            && matches!(
                doc.small(i - 1),
                w::lớp | w::khối | w::binh | w::hạng | w::bậc | w::trường | w::nhà | w::khẩu | w::lô | w::tờ | w::ấp
            )
        || (i > 0 && doc.find_before(Table::Documents, i).is_some() && !doc.is_lower(i - 1))
        || (i > 1 && doc.touches(i) && doc.touches(i - 1) && (doc.is(i - 1, w::SLASH) || doc.is_dash(i - 1) && !doc.is_number(i - 2)));
    let longer = doc.is(end, w::SLASH) && doc.touches(end) && doc.touches(end + 1)
        || (doc.is_dash(end) && doc.touches(end) && doc.is_cap(end + 1) && doc.touches(end + 1))
        || (doc.is_word(end) && doc.touches(end) && doc.find(Table::Units, end).is_none());
    let day = numeric(doc, i).filter(|n| n.slash);
    let with_year = day.is_some_and(|n| n.year.is_some());
    if (numbered || longer) && !with_year {
        return scales.sure(
            Verdict::Neither,
            "no ratio and no day: the number of a house, a road, a class, or part of a longer code",
            behind_one(i)..end,
        );
    }
    let unit = unit_phrase(doc, end);
    let known_unit = unit.as_ref().is_some_and(|u| u.known);
    // A fraction of something: "đáp ứng 1/4 nhu cầu", "giảm 1/3".
    let simple = fraction.numerator.value() < fraction.denominator.value() && fraction.denominator.value() <= 5.0;
    if simple
        && !known_unit
        && i > 0
        && matches!(
            doc.small(i - 1),
            w::bằng
                | w::hơn
                | w::gần
                | w::nhất
                | w::chiếm
                | w::ứng
                | w::giảm
                | w::ngắn
                | w::khoảng
                | w::quá
                | w::đến
                | w::tới
                | w::lại
        )
        && unit.is_none()
        && doc.is_lower(end)
    {
        return scales.sure(Verdict::Neither, "no ratio and no day: a fraction of what follows", behind_one(i)..end + 1);
    }
    if doc.raw(i) == "24" && matches!(doc.raw(i + 2), "7" | "24") && !known_unit {
        return scales.sure(Verdict::Neither, "no ratio and no day: all day, all week", i..end);
    }
    // "22/0,4 kV": a transformer's two sides.
    let mapped = matches!(raw_before(doc, i, 1), "tiết" | "đồ" | "lệ" | "hoạch");
    if is_scale(doc, i) && (!known_unit || mapped) || matches!(doc.raw(end), "kV" | "KV" | "kv") {
        return scales.sure(Verdict::Neither, "no ratio and no day: the scale of a map, or two voltages", behind_one(i)..end + 1);
    }
    // "2/3 số hộ", "1/3 diện tích": a part of a whole.
    let of_whole = doc.is(end, w::số)
        || matches!(
            doc.small(end),
            w::diện | w::nhu | w::tổng | w::dân | w::chiều | w::trong | w::quãng | w::thời | w::quỹ | w::lượng | w::giá | w::thế
        );
    let population = matches!((doc.small(end), doc.small(end + 1)), (w::dân, w::số));
    if population
        || of_whole && fraction.numerator.value() < fraction.denominator.value() && fraction.denominator.value() <= 12.0 && !known_unit
    {
        return scales.sure(Verdict::Neither, "no ratio and no day: a part of a whole that follows", i..end + 1);
    }

    // "(22/25, 25/19, 15/12)": the sets of a match.
    let set = |at: Option<usize>| at.is_some_and(|at| doc.is_number(at) && fraction_only(doc, at));
    if unit.is_none() && !with_year && (doc.is(end, w::COMMA) && set(Some(end + 1)) || before(1) == w::COMMA && set(i.checked_sub(4))) {
        return scales.sure(Verdict::Neither, "no ratio and no day: the sets of a match", i..end);
    }
    if rank {
        scales.for_ratio(8, "points for ratio: a place among so many", i - 2..i);
    }
    if matches!(doc.small(end), w::phút | w::giờ | w::giây) {
        scales.for_ratio(2, "points for ratio: a unit of time behind", end..end + 1);
    }
    if day.is_none() {
        scales.for_ratio(8, "points for ratio: no day of the calendar", i..end);
    }
    // "99/2015 hướng dẫn": a document's number and year.
    let year = fraction.denominator.value() >= 1990.0 && fraction.denominator.value() <= 2040.0 && doc.raw(end - 1).len() == 4;
    if year && !unit.as_ref().is_some_and(|u| u.known && !u.weak) {
        return scales.sure(Verdict::Neither, "no ratio and no day: a number and a year", i..end);
    }
    if let Some(day) = day.filter(|_| with_year) {
        scales.for_date(8, "points for date: a year", i..day.end);
    }
    if let Some(unit) = &unit {
        if unit.known && !unit.weak {
            scales.for_ratio(4, "points for ratio: a known unit behind", unit.tokens.clone());
        } else {
            scales.for_ratio(1, "points for ratio: perhaps a unit behind", unit.tokens.clone());
        }
    }
    let behind = unit.as_ref().map_or_else(|| scale(doc, end).map_or(end, |words| words.end), |u| u.tokens.end);
    if let Some(stated) = stated_percent(doc, behind, None) {
        scales.for_ratio(3, "points for ratio: a percentage is stated behind", stated.tokens());
    }
    // "9/26 giảm", "12/15 hoàn thành"
    if unit.is_none() && matches!(doc.small(end), w::tăng | w::giảm | w::đạt | w::hoàn | w::vượt) {
        scales.for_ratio(1, "points for ratio: a verb of results behind", end..end + 1);
    }
    if [w::đạt, w::có, w::được, w::còn, w::mới, w::là].contains(&before(1)) {
        // "có 8/9 nông trường hoàn thành": a noun follows that no lexicon has.
        if unit.is_none() && doc.is_lower(end) && !super::quantity::is_function_word(doc, end) {
            scales.for_ratio(2, "points for ratio: a verb of results before, a noun behind", i - 1..end + 1);
        } else {
            scales.for_ratio(1, "points for ratio: a verb of results before", i - 1..i);
        }
    }
    // Other ratios of the sentence that can be no days.
    const REACH: usize = 200; // in tokens, to either side
    let sentence = doc.sentence(i);
    let mut near =
        (sentence.start.max(i.saturating_sub(REACH))..sentence.end.min(i + REACH)).filter(|&at| at != i && doc.is_number(at)).take(12);
    if let Some(other) = near.find(|&at| fraction_only(doc, at)) {
        scales.for_ratio(1, "points for ratio: another one in the sentence", other..other + 3);
    }
    let time_word = [w::ngày, w::sáng, w::trưa, w::chiều, w::tối, w::đêm, w::khuya, w::hôm, w::giờ, w::sang].contains(&before(1))
        || before_weekday(doc, i);
    if time_word {
        scales.for_date(6, "points for date: a word of time before", behind_one(i)..i);
    }
    if [w::từ, w::đến, w::trước, w::sau, w::hết, w::tới].contains(&before(1))
        || i > 0 && matches!(doc.small(i - 1), w::vào | w::lúc | w::dịp | w::lễ | w::khánh | w::hồi | w::kể)
    {
        scales.for_date(3, "points for date: a word before that days follow", behind_one(i)..i);
    }
    // "(13/10)" alone in brackets, or with a dash to another day.
    if before(1) == w::OPEN && doc.is_any(end, &[w::CLOSE, w::HYPHEN]) {
        scales.for_date(4, "points for date: alone in brackets", i - 1..end + 1);
    }
    // "Quốc khánh 2/9", "Phụ nữ Việt Nam 8/3": a name before, no unit behind.
    if i > 0 && doc.is_cap(i - 1) && unit.is_none() {
        scales.for_date(2, "points for date: a name before, no unit behind", i - 1..i);
    }
    if doc.is_dash(end)
        && let Some(second) = numeric(doc, end + 1)
    {
        scales.for_date(3, "points for date: a dash and another day behind", end..second.end);
    }
    if unit.is_none() {
        scales.for_date(1, "points for date: no unit behind", i..end);
    }
    let verdict = match day {
        Some(_) if scales.date >= scales.ratio => Verdict::Date,
        // Without a unit something else must speak for a count.
        _ if unit.is_some() || day.is_some() || scales.ratio >= 9 => Verdict::Ratio,
        _ => Verdict::Neither,
    };
    scales.give(verdict)
}

/// The token before `i`, to show a word that was looked at there.
fn behind_one(i: usize) -> usize {
    i.saturating_sub(1)
}

/// *1/500*, *1/10.000*: the scale of a map.
pub(crate) fn is_scale(doc: &Doc, i: usize) -> bool {
    doc.raw(i) == "1"
        && doc.is(i + 1, w::SLASH)
        && matches!(
            doc.raw(i + 2),
            "200" | "500" | "1000" | "1.000" | "2000" | "2.000" | "5000" | "5.000" | "10000" | "10.000" | "25.000" | "50.000"
        )
}

fn raw_before<'d>(doc: &'d Doc, i: usize, n: usize) -> &'d str {
    i.checked_sub(n).map_or("", |at| doc.raw(at))
}

fn fraction_only(doc: &Doc, i: usize) -> bool {
    unit_phrase(doc, i + 3).is_some_and(|u| u.known) && fraction(doc, i).is_some_and(|f| !f.percents) && numeric(doc, i).is_none()
}

fn before_weekday(doc: &Doc, i: usize) -> bool {
    let at = if i > 0 && doc.is(i - 1, w::COMMA) { i - 1 } else { i };
    doc.find_before(Table::Calendar, at).is_some_and(|hit| matches!(doc.entry(hit).cells[1], "weekday" | "part" | "day_prefix"))
}

/// The ratio that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize) -> Option<RatioReading> {
    let found = fraction(doc, i)?;
    if verdict(doc, i) != Verdict::Ratio {
        return None;
    }
    let (numerator, denominator) = (found.numerator.value(), found.denominator.value());
    let unit = if found.percents { None } else { unit_phrase(doc, found.end).filter(|u| u.known || doc.is_lower(u.tokens.start)) };
    let unit = unit.map(|unit| unit.tokens).or_else(|| scale(doc, found.end));
    // "3/0 đảng viên": no target had been set; without a unit it is no count.
    if denominator == 0.0 && unit.is_none() {
        return None;
    }
    let end = unit.as_ref().map_or(found.end, |unit| unit.end);
    let exact = (denominator != 0.0).then(|| 100.0 * numerator / denominator);
    let said = exact
        .filter(|_| !found.percents)
        .and_then(|exact| stated_before(doc, i, end, exact).or_else(|| stated_percent(doc, end, Some(exact))));
    let stated = said.map(|said| said.value);
    Some(RatioReading {
        tokens: i..end,
        stated_at: said.map(|said| said.at),
        numerator,
        denominator,
        unit,
        stated: stated.map(Decimal::value),
        computed: exact.map(round),
        consistent: stated.zip(exact).map(|(stated, exact)| agrees(stated, exact)),
    })
}

/// *980/1.100 tỷ*: scale words stand as the unit where the currency is left out.
fn scale(doc: &Doc, at: usize) -> Option<Range<usize>> {
    let words = (at..at + 2).take_while(|&at| !doc.at_line_start(at) && scale_word(doc, at).is_some()).count();
    (words > 0).then_some(at..at + words)
}

/// Two decimals are more than any bulletin states.
pub(crate) fn round(percent: f64) -> f64 {
    (percent * 100.0).round() / 100.0
}

/// Rounded or cut off: both are less than one unit of the last stated digit away.
pub(crate) fn agrees(stated: Decimal, computed: f64) -> bool {
    let unit = 10f64.powi(-stated.decimals());
    (stated.value() - computed).abs() < unit * 0.999_999
}

/// A percentage stated, and its number token.
#[derive(Debug, Clone, Copy)]
struct Stated {
    value: Decimal,
    at: usize,
}

impl Stated {
    fn tokens(self) -> Range<usize> {
        self.at..self.at + 2
    }
}

/// *100% (12/12 chi bộ)*: stated before, the ratio alone in brackets.
fn stated_before(doc: &Doc, start: usize, end: usize, computed: f64) -> Option<Stated> {
    const NOUN: usize = 8;
    let bracket = start.checked_sub(1).filter(|&at| doc.is(at, w::OPEN) && doc.is(end, w::CLOSE));
    // "đạt 95%, tương ứng 19/20 xã"
    let equal = || start.checked_sub(2).filter(|&at| matches!((doc.small(at), doc.small(at + 1)), (w::tương, w::ứng | w::đương)));
    let opening = bracket.or_else(equal)?;
    // Words of the noun may stand between: "95% số hộ (190/200 hộ)".
    let sign = (opening.saturating_sub(NOUN)..opening).rev().take_while(|&at| !doc.is_number(at)).find(|&at| doc.is(at, w::PERCENT))?;
    let stated = parse(doc.raw(sign.checked_sub(1)?)).filter(|_| doc.is_number(sign - 1) && doc.same_sentence(sign, start))?;
    let near = (stated.value() - computed).abs() < 1.0;
    let right_there = sign + 1 == opening && bracket.is_some();
    (near || right_there && plausible(stated, computed)).then_some(Stated { value: stated, at: sign - 1 })
}

/// Whether the two may be meant to be the same: what is farther off is a percentage of something else.
fn plausible(stated: Decimal, computed: f64) -> bool {
    (computed / 2.0..=computed * 2.0).contains(&stated.value())
}

/// The percentage stated behind token `from` for a ratio that makes `computed` (`None`: any that stands right there).
fn stated_percent(doc: &Doc, from: usize, computed: Option<f64>) -> Option<Stated> {
    const REACH: usize = 30;
    let mut at = from;
    let mut direct = true;
    let mut introduced = false;
    // Behind more words of the counted noun a comma or a bracket opens the remark that says the percentage: "44/48 đại biểu có mặt, đạt 98%".
    let mut remark = false;
    while at < from + REACH && doc.same_sentence(from.saturating_sub(1), at) {
        if doc.is_number(at) {
            let percent = doc.is(at + 1, w::PERCENT) || doc.are(at + 1, &[w::phần, w::trăm]);
            // "450/500 trẻ từ 5 đến 11 tuổi, đạt 90%"; another ratio has a percentage of its own.
            if !percent && computed.is_some() && !doc.is(at + 1, w::SLASH) && !doc.is(at - 1, w::SLASH) {
                (direct, introduced, remark) = (false, false, false);
                at += 1;
                continue;
            }
            if !percent || !introduced || doc.is(at + 2, w::SLASH) {
                return None;
            }
            let stated = parse(doc.raw(at))?;
            let near = computed.is_some_and(|c| (c - stated.value()).abs() < 1.0);
            // "so với cùng kỳ": measured against something else.
            let compared = doc.is(at + 2, w::so) && doc.is(at + 3, w::với);
            let remarked = remark && !compared && says_all(doc, at + 2) && computed.is_some_and(|c| plausible(stated, c));
            // "9/15 khoản thu đạt trên 75%": a bound is another figure's, unless it is near.
            let bound = doc.is_any(at - 1, &[w::trên, w::hơn, w::dưới]);
            return ((direct && !compared && !bound) || near || remarked && !bound).then_some(Stated { value: stated, at });
        }
        match doc.sym(at) {
            w::SEMICOLON | w::DOT => return None,
            w::COMMA | w::OPEN | w::ước | w::EQUALS => {
                introduced |= doc.is_any(at, &[w::OPEN, w::EQUALS]);
                remark |= doc.is_any(at, &[w::COMMA, w::OPEN]);
            }
            w::COLON if doc.is(at - 1, w::lệ) => {}
            w::đạt | w::bằng | w::chiếm | w::lệ | w::tương | w::đương | w::là | w::HYPHEN => introduced = true,
            w::tỷ | w::tỉ | w::với | w::ứng | w::hơn | w::trên | w::gần | w::mới | w::khoảng => {}
            _ if matches!(doc.small(at), w::chỉ | w::cũng | w::đều | w::xấp | w::xỉ | w::mức) => {}
            w::tăng | w::giảm => return None,
            _ => {
                direct = false;
                introduced = false;
                remark = false;
                // Only a ratio that is known can look farther.
                computed?;
            }
        }
        at += 1;
    }
    None
}
