//! **Accepts** a type with a number or symbol (*Kết luận số 09-KL/TW*, *Nghị định 100/2019/NĐ-CP*, *Chỉ thị số 05*), a symbol alone that tells its
//! type (*05-ĐA/TU*), laws and treaties by name (*Luật Đất đai năm 2013*, *Điều 353 Bộ luật Hình sự*); with its date and issuer.
//!
//! **Refuses** *nghị quyết này*, *các nghị quyết của Đảng*, *12 nghị quyết*, numbers of houses and telephones.
//!
//! **Value** the type, the symbol without blanks, the day of issue, the issuer as written.
//!
//! **Ambiguity** a number behind a type is the document's unless it counts something (*Kế hoạch 6 tháng*).
//!
//! **Sources** symbols: Nghị định 30/2020/NĐ-CP, phụ lục III, and the Party's Hướng dẫn 36-HD/VPTW; see `data/documents.tsv`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::quantity::{is_function_word, unit_phrase};
use crate::doc::Doc;
use crate::lexicon::{Flags, Hit, Table};
use crate::number::{figure, roman};
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct DocumentReading {
    /// From the type to the symbol or the name; date and issuer are added by [`crate::link`].
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: Option<String>,
    pub(crate) number: Option<String>,
    /// Whether the text states the type right before the symbol, so that the two must agree.
    pub(crate) type_stated: bool,
    /// The subject of a law: *Đất đai*.
    pub(crate) title: Option<Range<usize>>,
    /// The year in a law's name: *Luật Đất đai năm 2013*.
    pub(crate) year: Option<i16>,
    /// What [`crate::link`] adds.
    pub(crate) date: Option<String>,
    pub(crate) issuer: Option<Range<usize>>,
    pub(crate) by: DocumentRule,
    /// The tokens of the number.
    pub(crate) number_at: Option<Range<usize>>,
    /// The first token of the date.
    pub(crate) date_at: Option<usize>,
}

/// What made words a reference to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentRule {
    /// A type with a symbol or number behind.
    Typed,
    /// A symbol whose abbreviation tells the type.
    Symbol,
    /// An article of a law that is named without a number.
    Article,
    /// Another number of the type named before.
    Coordinated,
    /// A law by its subject.
    Law,
    /// A treaty by its subject.
    Treaty,
    /// A name that is the document's own.
    Named,
}

/// A symbol: a number, then parts of letters or years. Blanks may stand around a mark before a part of letters. Figures and letters are those of ASCII and
/// of Latin script, for the classes of all scripts take ten times as long to compile, which the first text waits for.
#[allow(clippy::expect_used)]
static SYMBOL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[0-9]{1,6}[A-Za-z]{0,2}
            (?: \s? [/-] \s? (?:19|20)[0-9][0-9] )?
            (?:
                (?: \s? [-‐‑–/] \s? | \s (?:QĐ|NQ|CT|KH|NĐ|TT|KL|TB) [-/] )
                (?: QH[0-9]{1,2} | UBTVQH[0-9]{1,2} | HĐBCVKCT | [A-ZĐÂƠƯ][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ&]*\.?[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ&]* )
                (?:[0-9]{1,3})?
            )+",
    )
    .expect("the pattern is checked by the tests")
});

/// The reference that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize) -> Option<DocumentReading> {
    if doc.is_number(i) {
        return bare_symbol(doc, i);
    }
    if let Some(found) = article(doc, i) {
        return Some(found);
    }
    let hit = doc.find(Table::Documents, i)?;
    typed(doc, i, hit)
}

fn typed(doc: &Doc, i: usize, hit: Hit) -> Option<DocumentReading> {
    let entry = doc.entry(hit);
    let flags = entry.flags;
    let kind = entry.cells[0].to_string();
    let reading = |by: DocumentRule, tokens: Range<usize>, number: Option<(String, usize)>, title: Option<Range<usize>>| {
        let year = title.as_ref().and_then(|title| year_of(doc, title.end));
        let number_at = number.as_ref().map(|(_, at)| *at..tokens.end);
        Some(DocumentReading {
            tokens,
            kind: Some(kind.clone()),
            type_stated: true,
            number: number.map(|(number, _)| number),
            title,
            year,
            date: None,
            issuer: None,
            by,
            number_at,
            date_at: None,
        })
    };
    let start = if flags.has(Flags::DRAFT) { i + 1 } else { i };
    // "Nghị quyết số 21-NQ/TW", "Quyết định 318/QĐ-TTg", "Công văn hỏa tốc số 12/…", "Luật Cư trú số 68/2020/QH14"
    let (at, said) = number_place(doc, hit.end);
    // "quy hoạch 1/2000": a scale.
    if super::ratio::is_scale(doc, at) {
        return None;
    }
    if let Some((number, end)) = standard(doc, at).or_else(|| symbol(doc, at)) {
        return reading(DocumentRule::Typed, start..end, Some((number, at)), None);
    }
    if let Some((number, at, end)) = behind_subject(doc, hit.end) {
        return Some(DocumentReading { type_stated: false, ..reading(DocumentRule::Typed, start..end, Some((number, at)), None)? });
    }
    if doc.is_number(at) && plain_number(doc, at, said, doc.is_cap(i)) && !flags.has(Flags::WEAK) {
        // "Nghị quyết 30a"
        let letter = doc.is_lower(at + 1) && doc.touches(at + 1) && doc.raw(at + 1).chars().count() == 1;
        let end = at + 1 + usize::from(letter);
        return reading(DocumentRule::Typed, start..end, Some((doc.slice(&(at..end)).to_owned(), at)), None);
    }
    // "Đại học Luật Huế", "ngành Luật Kinh tế"
    let studied =
        i > 0 && matches!(doc.sym(i - 1), w::pháp | w::học | w::khoa | w::ngành | w::trường | w::môn | w::viện | w::công | w::nhân | w::sĩ);
    // "Bộ luật hình sự 2015", "luật Du lịch"
    if flags.has(Flags::LAW)
        && !flags.has(Flags::DRAFT)
        && doc.is_lower(hit.end - 1)
        && (hit.end == i + 2 || doc.is_cap(hit.end))
        && !(doc.is_cap(i) && doc.is_cap(hit.end))
        && !studied
        && !doc.at_line_start(hit.end)
        && let Some(subject_end) = doc.find(Table::Laws, hit.end).map(|subject| subject.end).or_else(|| code(doc, hit.end))
    {
        let (at, _) = number_place(doc, subject_end);
        if let Some((number, end)) = symbol(doc, at) {
            return reading(DocumentRule::Law, start..end, Some((number, at)), Some(hit.end..subject_end));
        }
        let year = super::date::recent_year(doc, subject_end).is_some() && unit_phrase(doc, subject_end + 1).is_none();
        return reading(DocumentRule::Law, start..subject_end + usize::from(year), None, Some(hit.end..subject_end));
    }
    if flags.has(Flags::LAW) && doc.is_cap(i) && !studied {
        let (title, number_at) = law_name(doc, hit.end)?;
        let (at, _) = number_place(doc, number_at);
        if at > number_at
            && let Some((number, end)) = symbol(doc, at)
        {
            return reading(DocumentRule::Law, start..end, Some((number, at)), Some(title));
        }
        return reading(DocumentRule::Law, start..number_at, None, Some(title).filter(|t| !t.is_empty()));
    }
    if flags.has(Flags::TREATY) && doc.is_cap(i) {
        let (title, _) = law_name(doc, hit.end)?;
        if title.is_empty() || (flags.has(Flags::WEAK) && !doc.is_cap(hit.end)) {
            return None;
        }
        return reading(DocumentRule::Treaty, start..title.end, None, Some(title));
    }
    if flags.has(Flags::NAMED) && doc.is_cap(i) {
        return reading(DocumentRule::Named, start..congress_tail(doc, hit.end), None, None);
    }
    None
}

/// The year that follows the name of a law: *năm 2013*, *2013*.
fn year_of(doc: &Doc, at: usize) -> Option<i16> {
    super::date::year_at(doc, at + usize::from(doc.is(at, w::năm)))
}

/// The end of a code's subject in lower case: *bộ luật tố tụng hình sự*.
fn code(doc: &Doc, at: usize) -> Option<usize> {
    let procedure = usize::from(matches!((doc.small(at), doc.small(at + 1)), (w::tố, w::tụng))) * 2;
    let subject = at + procedure;
    matches!((doc.small(subject), doc.small(subject + 1)), (w::hình | w::dân, w::sự) | (w::lao, w::động) | (w::hàng, w::hải))
        .then_some(subject + 2)
}

/// *Quyết định đình chỉ thi công số 139/QĐ-UBND*: what the document does stands before its symbol.
fn behind_subject(doc: &Doc, from: usize) -> Option<(String, usize, usize)> {
    const WORDS: usize = 7;
    let subject = |at: &usize| {
        doc.is_lower(*at) && !doc.at_line_start(*at) && !doc.is(*at, w::số) && (!is_function_word(doc, *at) || doc.is(*at, w::về))
    };
    let end = from + (from..from + WORDS).take_while(subject).count();
    let (at, _) = number_place(doc, end);
    let (number, behind) = symbol(doc, at)?;
    (end > from && number.contains('/') && number.chars().any(char::is_alphabetic)).then_some((number, at, behind))
}

/// *Nghị quyết Trung ương 4 (khóa XII)*, *Nghị quyết Đại hội đại biểu toàn quốc lần thứ XII*: which meeting it was.
fn congress_tail(doc: &Doc, mut at: usize) -> usize {
    const PARTS: usize = 8;
    for _ in 0..PARTS {
        let ordinal = |n: usize| doc.is_number(n) || roman(doc.raw(n)).is_some();
        let term = |n: usize| doc.is(n, w::khóa) && ordinal(n + 1);
        at = if ordinal(at) {
            at + 1
        } else if doc.is(at, w::lần) && doc.is(at + 1, w::thứ) && (ordinal(at + 2) || doc.is_word(at + 2)) {
            at + 3
        } else if term(at) {
            at + 2
        } else if doc.is(at, w::COMMA) && term(at + 1) {
            at + 3
        } else if doc.is(at, w::OPEN) && term(at + 1) && doc.is(at + 3, w::CLOSE) {
            at + 4
        } else if matches!((doc.raw(at), doc.raw(at + 1)), ("đại", "biểu") | ("toàn", "quốc") | ("Đại", "hội") | ("Hội", "nghị"))
        {
            at + 2
        } else if (doc.raw(at), doc.raw(at + 1)) == ("Đảng", "bộ")
            && let Some(place) = super::place::read(doc, at + 2, false)
            && doc.is(place.tokens.end, w::lần)
        {
            // "Nghị quyết Đại hội Đảng bộ tỉnh Sơn La lần thứ XV"
            place.tokens.end
        } else if (doc.raw(at), doc.raw(at + 1)) == ("Đảng", "bộ")
            && doc.is_any(at + 2, &[w::tỉnh, w::huyện, w::xã, w::phường, w::quận])
            && doc.is(at + 3, w::lần)
        {
            at + 3
        } else if doc.title(at) == w::đảng && !doc.is_cap(at + 1) && !matches!(doc.small(at + 1), w::bộ | w::ủy | w::đoàn | w::viên)
        {
            at + 1
        } else {
            return at;
        };
    }
    at
}

/// *Quyết định số 143, số 144*: another document of the same type behind a comma or *và*.
pub(crate) fn coordinated(doc: &Doc, first: &DocumentReading) -> Option<DocumentReading> {
    let end = first.tokens.end;
    let start = end + 1;
    if !doc.is_any(end, &[w::COMMA, w::và]) || !doc.is(start, w::số) || !doc.is_number(start + 1) {
        return None;
    }
    let (number, end) =
        symbol(doc, start + 1).or_else(|| plain_number(doc, start + 1, true, true).then(|| (doc.raw(start + 1).to_owned(), start + 2)))?;
    Some(DocumentReading {
        tokens: start..end,
        number: Some(number),
        title: None,
        year: None,
        date: None,
        issuer: None,
        by: DocumentRule::Coordinated,
        number_at: Some(start + 1..end),
        date_at: None,
        ..first.clone()
    })
}

/// Past *số*, *số:* and up to two words of urgency; whether *số* was said.
fn number_place(doc: &Doc, after: usize) -> (usize, bool) {
    let mut at = after;
    for word in ["hỏa", "tốc", "khẩn", "mật", "hoả", "liên", "tịch"] {
        if doc.raw(at) == word {
            at += 1;
        }
    }
    // "Nghị quyết (NQ) 28"
    if doc.is(at, w::OPEN) && doc.is_cap(at + 1) && doc.is(at + 2, w::CLOSE) {
        at += 3;
    }
    if doc.is(at, w::OPEN) && doc.is(at + 1, w::số) {
        at += 1;
    }
    if doc.is(at, w::số) {
        at += 1;
        if doc.is(at, w::COLON) || doc.is(at, w::DOT) {
            at += 1;
        }
        return (at, true);
    }
    (at, false)
}

/// *QCVN 01:2009/BYT*, *TCVN 7391-14:2007*: the symbol of a standard, its year behind a colon.
fn standard(doc: &Doc, i: usize) -> Option<(String, usize)> {
    let part = |at: usize| doc.is_dash(at) && doc.touches(at) && doc.is_number(at + 1) && doc.touches(at + 1);
    let colon = if part(i + 1) { i + 3 } else { i + 1 };
    if !(doc.is_number(i) && doc.is(colon, w::COLON) && doc.touches(colon) && super::date::year_at(doc, colon + 1).is_some()) {
        return None;
    }
    let body = doc.is(colon + 2, w::SLASH) && doc.touches(colon + 2) && doc.is_cap(colon + 3) && doc.touches(colon + 3);
    let end = if body { colon + 4 } else { colon + 2 };
    Some((doc.slice(&(i..end)).nfc().filter(|c| !c.is_whitespace()).collect(), end))
}

/// The symbol that begins at number token `i`, its blanks left out, and the token after it.
fn symbol(doc: &Doc, i: usize) -> Option<(String, usize)> {
    // Nearly all numbers are followed by something else.
    let goes_on = doc.is_any(i + 1, &[w::SLASH, w::HYPHEN]) || (doc.is_word(i + 1) && doc.touches(i + 1));
    if !doc.is_number(i) || !goes_on {
        return None;
    }
    const LONGEST: usize = 80;
    let from = doc.token(i)?.span.start;
    let mut stop = (from + LONGEST).min(doc.text.len());
    while !doc.text.is_char_boundary(stop) {
        stop -= 1;
    }
    let rest = doc.text.get(from..stop)?;
    let rest = rest.split('\n').next().unwrap_or(rest);
    let rest = if doc.is_decomposed() { Cow::Owned(rest.nfc().collect::<String>()) } else { Cow::Borrowed(rest) };
    if let Some(found) = SYMBOL.find(&rest) {
        // The tokens that the match covers, counted in the composed spelling that it was found in.
        let composed = |end: usize| {
            let written = doc.slice(&(i..end));
            if doc.is_decomposed() { written.nfc().map(char::len_utf8).sum() } else { written.len() }
        };
        let mut end = i;
        while end < doc.len() && composed(end + 1) <= found.end() {
            end += 1;
        }
        let shown = rest.get(..composed(end)).unwrap_or_default();
        let has_letters = shown.contains(|c: char| c.is_uppercase());
        // "21 - UBND tỉnh" is a dash between clauses, "5/Bộ" none: a spaced mark needs an abbreviation with a slash after it.
        let spaced_dash = shown.contains(" - ") || shown.contains(" – ");
        if has_letters && (!spaced_dash || shown.contains('/')) {
            let number: String = shown
                .chars()
                .filter(|c| !c.is_whitespace() && !crate::normalize::is_invisible(*c))
                .map(|c| if matches!(c, '‐' | '‑' | '–') { '-' } else { c })
                .collect();
            let number = number.trim_end_matches('.').to_owned();
            if doc.raw(end - 1) == "." {
                end -= 1;
            }
            return Some((number, end));
        }
    }
    // "Nghị định 155/2016", "số 12/2011"
    let year = doc.is(i + 1, w::SLASH)
        && doc.touches(i + 1)
        && doc.touches(i + 2)
        && super::date::year_at(doc, i + 2).is_some()
        && !doc.is(i + 3, w::SLASH);
    year.then(|| (doc.slice(&(i..i + 3)).to_owned(), i + 3))
}

/// *Nghị quyết 18*, *Chỉ thị số 05*: a number alone.
fn plain_number(doc: &Doc, at: usize, said: bool, capital: bool) -> bool {
    let raw = doc.raw(at);
    if !raw.bytes().all(|b| b.is_ascii_digit()) || raw.len() > 5 {
        return false;
    }
    // "Kế hoạch 6 tháng", "Quyết định 12 người": it counts what follows.
    let counts = doc.is(at + 1, w::PERCENT)
        || doc.is(at + 1, w::SLASH)
        || unit_phrase(doc, at + 1).is_some()
        || is_time_unit(doc, at + 1)
        || figure(doc, at).is_some_and(|f| f.scaled);
    if counts && !said {
        return false;
    }
    let issued = doc.is(at + 1, w::của) && raw.len() >= 2;
    said || ((capital || issued) && raw.len() >= 2 && !counts && super::date::recent_year(doc, at).is_none())
}

fn is_time_unit(doc: &Doc, i: usize) -> bool {
    doc.is_any(i, &[w::năm, w::tháng, w::tuần, w::giờ, w::phút]) || (doc.is(i, w::ngày) && !doc.is_number(i + 1))
}

/// The name of a law from token `i`, and the token after it: a capital, then what belongs to it up to a grammar word or mark.
fn law_name(doc: &Doc, i: usize) -> Option<(Range<usize>, usize)> {
    if doc.is_any(i, &[w::năm, w::số]) || (doc.is(i, w::ngày) && doc.is_number(i + 1)) {
        return Some((i..i, i));
    }
    // "Hiến pháp 1946"
    if super::date::recent_year(doc, i).is_some() && unit_phrase(doc, i + 1).is_none() && !doc.is(i + 1, w::SLASH) {
        return Some((i..i, i + 1));
    }
    if !doc.is_cap(i) {
        return None;
    }
    if let Some(known) = doc.find(Table::Laws, i) {
        // "Luật Đất đai 2013": a year without "năm" belongs to it, too.
        let year = super::date::year_at(doc, known.end).is_some() && unit_phrase(doc, known.end + 1).is_none();
        return Some((i..known.end, known.end + usize::from(year)));
    }
    const LONGEST: usize = 14;
    let mut end = i + 1;
    let mut last_sure = end;
    while end < i + LONGEST && end < doc.len() && !doc.at_line_start(end) {
        if doc.is_word(end) {
            // "năm 2013", "số 45": what follows the name.
            if (doc.is(end, w::năm) && super::date::year_at(doc, end + 1).is_some()) || (doc.is(end, w::số) && doc.is_number(end + 1)) {
                last_sure = end;
                break;
            }
            if doc.is(end, w::và) && doc.is_lower(end + 1) && !is_function_word(doc, end + 1) {
                end += 1;
                continue;
            }
            if is_function_word(doc, end) || doc.find(Table::SpeechVerbs, end).is_some() {
                break;
            }
        } else if !(doc.is(end, w::COMMA) && doc.is_lower(end + 1) && !is_function_word(doc, end + 1)) {
            break;
        }
        end += 1;
        // Without a year or a number behind it, two more syllables are as much as is sure.
        if end <= i + 2 {
            last_sure = end;
        }
    }
    let name_ends_here = doc.is_any(end, &[w::năm, w::số, w::OPEN, w::DOT, w::SEMICOLON]);
    let stop = if name_ends_here { end } else { last_sure };
    Some((i..stop, stop))
}

/// *Điều 353 Bộ luật Hình sự*, *khoản 2 Điều 6 Luật Đất đai*: the article belongs to a law that is named without a number.
fn article(doc: &Doc, i: usize) -> Option<DocumentReading> {
    if !doc.is_any(i, &[w::điều, w::khoản, w::điểm]) {
        return None;
    }
    // Điểm, khoản, điều, and one more list of them.
    const LONGEST: usize = 40;
    let mut at = i;
    while at < i + LONGEST
        && doc.is_any(at, &[w::điều, w::khoản, w::điểm])
        && (doc.is_number(at + 1) || doc.raw(at + 1).chars().count() == 1)
    {
        at += 2;
        while at < i + LONGEST && (doc.is(at, w::COMMA) || doc.is(at, w::và)) && doc.is_number(at + 1) {
            at += 2;
        }
        at += usize::from(doc.is(at, w::COMMA) && doc.is_any(at + 1, &[w::điều, w::khoản]));
    }
    if at == i {
        return None;
    }
    let at = at + usize::from(doc.is(at, w::của) || doc.is_dash(at));
    // "Điều 353 Bộ luật Hình sự", "Điều 104 BLHS"
    let code = |hit: Hit| doc.flags(hit).has(Flags::NAMED) && doc.entry(hit).cells[0] == "Bộ luật";
    let hit = doc.find(Table::Documents, at).filter(|&hit| doc.flags(hit).has(Flags::LAW) || code(hit))?;
    let inner = typed(doc, at, hit)?;
    inner.number.is_none().then_some(DocumentReading { tokens: i..inner.tokens.end, by: DocumentRule::Article, ..inner })
}

/// *05-ĐA/TU*, *Số: 86/GM-UBND*: a symbol whose abbreviation tells its type.
fn bare_symbol(doc: &Doc, i: usize) -> Option<DocumentReading> {
    if i > 0 && doc.touches(i) && doc.is_any(i - 1, &[w::HYPHEN, w::SLASH, w::DOT]) {
        return None;
    }
    let (number, end) = symbol(doc, i)?;
    let abbreviation = number.split(['/', '-']).skip(1).find(|part| !part.bytes().all(|b| b.is_ascii_digit()))?;
    let kind = type_of(doc, abbreviation)?;
    // One part of letters is too little: "12/CT", "5-QĐ".
    let parts = number.split(['/', '-']).filter(|part| part.chars().next().is_some_and(char::is_alphabetic)).count();
    (parts >= 2).then_some(DocumentReading {
        tokens: i..end,
        kind: Some(kind),
        type_stated: false,
        number: Some(number),
        title: None,
        year: None,
        date: None,
        issuer: None,
        by: DocumentRule::Symbol,
        number_at: Some(i..end),
        date_at: None,
    })
}

/// The type that an abbreviation stands for.
fn type_of(doc: &Doc, abbreviation: &str) -> Option<String> {
    doc.lexicon.document_type(abbreviation).map(str::to_owned)
}
