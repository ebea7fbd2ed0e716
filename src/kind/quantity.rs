//! **Accepts** a number and what it counts or measures: *02 đảng viên*, *gần 200 đoàn viên*, *1.234 ha*, *7,1km*, *45-50 dự án*, *bảy đồng chí*,
//! *hai thôn*, *14 “Mái ấm Công đoàn”*.
//!
//! **Refuses** numbers that name rather than count (*tiêu chí số 15, phường 5, lớp 12A1, Covid-19, cấp 5*), lengths of time (which
//! [`super::date`] reads), money, telephone numbers, *một* (mostly "a").
//!
//! **Value** the number, or the lower bound of a range and the upper apart; the unit noun phrase as written.
//!
//! **Ambiguity** a numeral in words counts only before nouns that are safe there (*spelled* in `data/units.tsv`).
//!
//! **Sources** the rulings of `docs/output.md`.

use std::ops::Range;

use crate::doc::Doc;
use crate::lexicon::{Flags, Table};
use crate::number::figure;
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct QuantityReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) value: f64,
    pub(crate) upper: Option<f64>,
    pub(crate) unit: Range<usize>,
    /// The token of the word that makes it approximate.
    pub(crate) approx: Option<usize>,
    pub(crate) by: UnitRule,
}

/// What made the words behind a number its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitRule {
    /// The lexicon has it.
    Known,
    /// It looks like a noun.
    Shape,
    /// It stands in quotation marks.
    Quoted,
    /// The number has a leading zero, as counts have.
    Padded,
}

/// What is counted.
#[derive(Debug, Clone)]
pub(crate) struct UnitPhrase {
    pub(crate) tokens: Range<usize>,
    /// Whether the lexicon has it (else it is a guess from its shape).
    pub(crate) known: bool,
    /// Whether its words are also a verb or an adjective.
    pub(crate) weak: bool,
    spelled: bool,
    pub(crate) measure: bool,
}

/// The quantity that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize) -> Option<QuantityReading> {
    let mut at = i;
    let mut approx = None;
    let mut from = false;
    loop {
        if doc.is_any(at, &[w::gần, w::hơn, w::trên, w::khoảng, w::ước, w::dưới]) && approx.is_none() {
            approx = Some(at);
        } else if doc.is(at, w::từ) && at == i {
            from = true;
        } else {
            break;
        }
        at += 1;
    }
    let number = figure(doc, at).or_else(|| lone_five(doc, at))?;
    let second = two_sided(doc, &number);
    if (from && number.high.is_none() && second.is_none()) || names_rather(doc, i, at, number.end) {
        return None;
    }
    // "hai phần ba lãnh thổ"
    if doc.is(number.end, w::phần) && doc.find(Table::Numbers, number.end + 1).is_some() {
        return None;
    }
    if (number.spelled && number.end == at + 1 && doc.is(at, w::một)) || doc.is(number.end, w::PERCENT) {
        return None;
    }
    // "hơn 200.000 đồng" is money's; what begins at its number money has refused.
    if at > i && super::money::read(doc, at).is_some() {
        return None;
    }
    let (unit, by) = unit_phrase(doc, number.end)
        .map(|unit| if unit.known { (unit, UnitRule::Known) } else { (unit, UnitRule::Shape) })
        .or_else(|| quoted_unit(doc, number.end).map(|unit| (unit, UnitRule::Quoted)))
        .or_else(|| padded_count(doc, at).filter(|_| !number.spelled).map(|unit| (unit, UnitRule::Padded)))?;
    if number.spelled && !(unit.spelled || (unit.known && (number.end > at + 1 || !unit.weak && !doc.is_any(at, &[w::ba, w::năm])))) {
        return None;
    }
    if !unit.known && !number.scaled && doc.raw(at).len() < 2 && number.low < 2.0 {
        return None;
    }
    // "luật … 2014 quy định", "quy định 85 chỉ áp dụng", "của năm báo cáo"
    let year = unit.weak && !unit.measure && super::date::year_at(doc, at).is_some_and(|year| (1990..=2040).contains(&year));
    let only = doc.small(number.end) == w::chỉ && unit.tokens.len() == 1;
    let of_year = doc.is(at, w::năm) && doc.small(number.end) == w::báo;
    if year || only || of_year {
        return None;
    }
    if unit.weak && (number.spelled || (!unit.measure && doc.at_sentence_start(at))) {
        return None;
    }
    // "1,831 vụ": what is counted is whole, so that the comma groups thousands.
    let raw = doc.raw(at);
    let english = raw
        .split_once(',')
        .filter(|(whole, rest)| rest.len() == 3 && !whole.starts_with('0') && whole.bytes().all(|b| b.is_ascii_digit()))
        .filter(|_| !unit.measure && number.high.is_none() && !number.scaled)
        .and_then(|(whole, rest)| format!("{whole}{rest}").parse().ok());
    let value = english.unwrap_or(number.low);
    // "từ 0,4 m đến 1,2 m": the unit stands with both.
    let (upper, end) = match second {
        Some((upper, end)) if number.high.is_none() => (Some(upper), end),
        _ => (number.high, unit.tokens.end),
    };
    Some(QuantityReading { tokens: i..end, value, upper, unit: unit.tokens, approx, by })
}

/// The greater number of *0,4 m đến 1,2 m*, and the token after its unit, which is the same measure.
fn two_sided(doc: &Doc, first: &crate::number::Figure) -> Option<(f64, usize)> {
    let unit = unit_phrase(doc, first.end).filter(|unit| unit.measure)?;
    if !doc.is_any(unit.tokens.end, &[w::đến, w::tới, w::HYPHEN]) {
        return None;
    }
    let second = figure(doc, unit.tokens.end + 1).filter(|f| f.high.is_none() && f.low > first.low)?;
    let other = unit_phrase(doc, second.end).filter(|other| other.tokens.len() == unit.tokens.len())?;
    let same = unit.tokens.clone().zip(other.tokens.clone()).all(|(a, b)| doc.sym(a) == doc.sym(b));
    same.then_some((second.low, other.tokens.end))
}

/// *khen năm đồng chí*: *năm* is five, and no year, behind a verb of giving or counting and before a safe noun.
fn lone_five(doc: &Doc, at: usize) -> Option<crate::number::Figure> {
    let giving = at > 0
        && matches!(
            doc.small(at - 1),
            w::khen
                | w::tặng
                | w::cho
                | w::có
                | w::gồm
                | w::và
                | w::với
                | w::bầu
                | w::cử
                | w::mở
                | w::trao
                | w::xây
                | w::làm
                | w::bắt
                | w::của
                | w::tới
                | w::thêm
                | w::được
                | w::còn
                | w::thưởng
                | w::hỗ
                | w::trợ
        );
    let counted = doc.is_lower(at) && doc.is(at, w::năm) && unit_phrase(doc, at + 1).is_some_and(|unit| unit.spelled);
    (giving && counted).then_some(crate::number::Figure { low: 5.0, high: None, end: at + 1, spelled: true, scaled: false })
}

/// Words before a number that make it a name: *số 15*, *lần thứ 3*, *phường 5*, *cấp 2*, *PC04*, list numbers.
fn names_rather(doc: &Doc, start: usize, at: usize, end: usize) -> bool {
    // "Covid-19 …", "A1": tied to what stands before.
    if at > 0
        && doc.touches(at)
        && (doc.is_word(at - 1) || (doc.is_any(at - 1, &[w::HYPHEN, w::SLASH, w::UNDERSCORE, w::DOT]) && doc.touches(at - 1)))
        && start == at
    {
        let after_unit = doc.is(at - 1, w::SLASH) && at > 1 && doc.is_word(at - 2);
        if !after_unit {
            return true;
        }
    }
    // "1. Thời gian", "2) …"
    if doc.at_line_start(at) && doc.is_any(end, &[w::DOT, w::CLOSE]) {
        return true;
    }
    let Some(before) = start.checked_sub(1).filter(|&b| doc.same_sentence(b, at)) else { return false };
    if start < at {
        return false; // an approximation word makes it a count
    }
    // "mỗi khóa 40-60 sinh viên"
    let each = before > 0 && doc.is_any(before - 1, &[w::mỗi]);
    if !each && doc.is_any(before, &[w::số, w::thứ, w::khóa, w::điều, w::khoản, w::mục, w::chương, w::hàng]) {
        // "số 15" names, "một số 15" does not occur; "tổng số 15 hộ" counts.
        return !(doc.is(before, w::số)
            && before > 0
            && matches!(doc.raw(before - 1), "tổng" | "Tổng" | "trong" | "con" | "dân" | "quân" | "sĩ" | "nhân" | "doanh" | "Dân"));
    }
    // "vụ xuân 2017 giống lúa …": the year of a season.
    if matches!(doc.small(before), w::xuân | w::hè | w::thu | w::đông | w::mùa) && super::date::year_at(doc, at).is_some() {
        return true;
    }
    // "điểm 2 điều 38"
    if doc.is(before, w::điểm) && doc.is(end, w::điều) {
        return true;
    }
    // "đường cấp bốn miền núi"
    if doc.small(before) == w::cấp && before > 0 && doc.small(before - 1) == w::đường {
        return true;
    }
    // "từ tầng 1 đến tầng 4 tòa nhà"
    if matches!(doc.small(before), w::lớp | w::tầng | w::đợt) {
        return true;
    }
    if matches!(
        doc.raw(before),
        "cấp"
            | "mũi"
            | "vòng"
            | "loại"
            | "nhóm"
            | "phòng"
            | "báo"
            | "động"
            | "hiệu"
            | "dòng"
            | "trang"
            | "Điều"
            | "điểm"
            | "tập"
            | "Khoá"
            | "kỳ"
            | "lần"
            | "Km"
            | "km"
    ) && !doc.is_lower(end)
    {
        return true;
    }
    // "Sư đoàn 5 tổ chức lễ …": the unit's number.
    if doc.find_before(Table::Bodies, start).is_some_and(|hit| {
        doc.is_cap(hit.start)
            && doc.entry(hit).cells[1].split(',').any(|g| g == "number")
            && unit_phrase(doc, end).is_some_and(|unit| unit.weak)
    }) {
        return true;
    }
    // "quận 1", "tổ 51 phường Minh Tân", "vành đai 3 đoạn …"
    doc.small(before) == w::đai || doc.find_before(Table::PlaceHeads, start).is_some_and(|hit| doc.flags(hit).has(Flags::NUMBER))
}

/// The unit noun phrase that begins at token `at`, behind a number.
pub(crate) fn unit_phrase(doc: &Doc, at: usize) -> Option<UnitPhrase> {
    if doc.at_line_start(at) {
        return None;
    }
    // "45.799/36.875 tỷ đồng", "500 nghìn hộ"
    let mut noun = at;
    while doc.is_lower(noun) && crate::number::scale_word(doc, noun).is_some() {
        noun += 1;
    }
    if let Some(hit) = doc.find(Table::Currencies, noun)
        && doc.find(Table::Units, noun).is_none_or(|unit| unit.end <= hit.end)
        && (noun > at || doc.is(noun, w::đồng) && !doc.is_lower(hit.end))
    {
        return Some(UnitPhrase { tokens: at..hit.end, known: true, weak: false, spelled: false, measure: true });
    }
    let hit = doc.find(Table::Units, noun)?;
    let entry = doc.entry(hit);
    // "500 công an", "5 khóa XII", "1740/10 ấp 4": the word is part of something else.
    let other = doc.hits_at(noun).any(|h| {
        let names = match h.table {
            Table::Bodies | Table::KnownBodies => true,
            Table::Posts => !doc.flags(h).has(Flags::WEAK),
            _ => false,
        };
        names && h.end > hit.end
    });
    let term = doc.is(noun, w::khóa) && (crate::number::roman(doc.raw(hit.end)).is_some() || doc.is_number(hit.end));
    let place = entry.flags.has(Flags::PLACE)
        && (doc.is_number(hit.end) && !doc.touches(hit.end)
            || doc.is_cap(hit.end) && doc.is_number(noun - 1) && noun > 1 && doc.is(noun - 2, w::SLASH));
    // "biển 48F1": a plate.
    let plate = entry.flags.has(Flags::UPPER) && entry.cells[0] == "count" && doc.touches(noun);
    if other || term || place || plate {
        return None;
    }
    let kind = entry.cells[0];
    if kind == "time" {
        return None;
    }
    // A name begins here: "12 Hộ" is a heading, "5 Xã" too; measures may be capitals (MW), and so may headlines.
    let headline = doc.case(noun) == crate::token::Case::Upper && doc.raw(noun).chars().count() > 1;
    if doc.is_cap(noun) && !headline && kind != "measure" && !entry.flags.has(Flags::UPPER) {
        return None;
    }
    // "17 lớp học sinh": a word that begins with the unit's last syllable leaves the unit one shorter.
    let hit = if hit.end > noun + 1 && doc.find(Table::Units, hit.end - 1).is_some_and(|next| next.end > hit.end) {
        doc.hits_at(noun).rev().find(|h| h.table == Table::Units && h.end < hit.end).unwrap_or(hit)
    } else {
        hit
    };
    // "5 tổ chức lễ …": the verb.
    if doc.is(noun, w::tổ)
        && hit.end == noun + 2
        && doc.is_word(hit.end)
        && !matches!(doc.small(hit.end), w::và | w::có | w::đã | w::được | w::trong | w::ngoài | w::tham | w::với | w::thuộc | w::này)
    {
        return None;
    }
    let entry = doc.entry(hit);
    let kind = entry.cells[0];
    let mut end = hit.end;
    if kind == "head" {
        // A classifier: the noun that follows belongs to it.
        if let Some(more) = doc.find(Table::Units, end).filter(|&more| doc.entry(more).cells[0] != "time" && doc.is_lower(end)) {
            end = more.end;
        } else {
            let mut words = 0;
            while words < 2 && doc.is_lower(end) && !is_function_word(doc, end) && !doc.at_line_start(end) {
                end += 1;
                words += 1;
            }
        }
    }
    // "18 dự án du lịch", "3 công chức hải quan": a field of work belongs to the noun.
    if kind == "count"
        && end == hit.end
        && !doc.at_line_start(end)
        && let Some(field) = doc.find(Table::Fields, end).filter(|f| f.end > end + 1 && !(end..f.end).any(|at| doc.is_cap(at)))
        && doc.entry(field).cells[0] == "field"
        && !doc.flags(field).has(Flags::VERB)
        && doc.find(Table::SpeechVerbs, end).is_none()
    {
        end = field.end;
    }
    if doc.opens_quote(end) && end == hit.end && kind == "head" {
        end = quoted_unit(doc, end).map_or(end, |q| q.tokens.end);
    }
    Some(UnitPhrase {
        tokens: at..end,
        known: true,
        weak: entry.flags.has(Flags::WEAK),
        spelled: entry.flags.has(Flags::SPELLED),
        measure: kind == "measure",
    })
}

/// *14 “Mái ấm Công đoàn”*: what is counted stands in quotation marks.
fn quoted_unit(doc: &Doc, at: usize) -> Option<UnitPhrase> {
    const LONGEST: usize = 8;
    if !doc.opens_quote(at) {
        return None;
    }
    let close = (at + 2..at + 2 + LONGEST).find(|&n| matches!(doc.raw(n), "”" | "\"" | "»"))?;
    Some(UnitPhrase { tokens: at..close + 1, known: true, weak: false, spelled: false, measure: false })
}

/// *04 kỹ thuật y*: a number written with a zero before it counts whatever noun phrase stands there up to a mark or a grammar word.
fn padded_count(doc: &Doc, number: usize) -> Option<UnitPhrase> {
    const LONGEST: usize = 4;
    let raw = doc.raw(number);
    if raw.len() != 2 || !raw.starts_with('0') || raw == "00" || doc.at_line_start(number) {
        return None;
    }
    let start = number + 1;
    let goes_on = |at: usize| doc.is_lower(at) && !is_function_word(doc, at) && !doc.at_line_start(at);
    let end = (start..start + LONGEST).find(|&at| !goes_on(at)).unwrap_or(start + LONGEST);
    let stops = end > start && (!doc.is_word(end) || is_function_word(doc, end));
    let time = doc.find(Table::Units, start).is_some_and(|unit| doc.entry(unit).cells[0] == "time");
    (stops && !time && !doc.touches(start)).then_some(UnitPhrase {
        tokens: start..end,
        known: true,
        weak: false,
        spelled: false,
        measure: false,
    })
}

/// Grammar words at which a noun phrase ends.
pub(crate) fn is_function_word(doc: &Doc, i: usize) -> bool {
    matches!(
        doc.sym(i),
        w::và
            | w::của
            | w::các
            | w::là
            | w::do_
            | w::tại
            | w::ở
            | w::cho
            | w::với
            | w::đối
            | w::có
            | w::được
            | w::bị
            | w::đã
            | w::sẽ
            | w::đang
            | w::để
            | w::trong
            | w::ngoài
            | w::trên
            | w::dưới
            | w::từ
            | w::đến
            | w::tới
            | w::vào
            | w::ra
            | w::về
            | w::theo
            | w::khi
            | w::nếu
            | w::thì
            | w::mà
            | w::như
            | w::cùng
            | w::hoặc
            | w::hay
            | w::còn
            | w::không
            | w::chưa
            | w::vẫn
            | w::cũng
            | w::đều
            | w::mỗi
            | w::những
            | w::này
            | w::đó
            | w::kia
            | w::nên
            | w::rồi
            | w::đạt
            | w::bằng
            | w::chiếm
            | w::tăng
            | w::giảm
            | w::so
            | w::thuộc
            | w::gồm
            | w::trị
            | w::giá
            | w::tham
            | w::gia
            | w::nhằm
            | w::qua
            | w::bởi
            | w::vì
            | w::nhưng
            | w::song
            | w::tuy
            | w::phải
            | w::cần
            | w::nhận
            | w::tổng
            | w::trước
            | w::sau
            | w::giữa
            | w::dự
            | w::đi
            | w::lên
            | w::xuống
            | w::hơn
            | w::gần
            | w::tiêu
            | w::diễn
            | w::hoàn
    )
}
