//! **Accepts** a level word with a name or number (*quận Long Biên, phường 5, Quốc lộ 1A, đường 2/4, KCN Phước Đông*) and names of the gazetteer
//! alone (*Hà Nội, Lào*).
//!
//! **Refuses** names inside longer names, bare names that are also words or persons (flag *head* in `data/places.tsv`), languages and peoples
//! (*tiếng Anh*).
//!
//! **Value** the name with its level word; the level. *thành phố* is a province for the centrally-run cities, else a district.
//!
//! **Ambiguity** *xã Ea Tul Hoàng Văn Páo*: the cut is chosen in [`super::person::name_start`].
//!
//! **Sources** `data/places.tsv`, `data/place_heads.tsv`.

use std::ops::Range;

use super::person::{name_score, name_start, run_end};
use crate::bulletin::PlaceLevel;
use crate::doc::Doc;
use crate::lexicon::{Flags, Hit, Table};
use crate::number::roman;
use crate::token::Case;
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct PlaceReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) level: Option<PlaceLevel>,
    pub(crate) by: PlaceRule,
}

/// What made words a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceRule {
    /// A level word before the name.
    LevelWord,
    /// The gazetteer has it.
    Known,
    /// One of several that a plural or a count announces: the token of the level word.
    Counted(usize),
    /// Behind another commune and a comma.
    Listed,
    /// A street without its word: numbered, announced or listed.
    Street,
    /// The text has it elsewhere with its level word: the token where it does.
    Repeated(usize),
}

/// The place that begins at token `i`. `person_expected`: a post stands before, so that a person's name may follow without a mark.
pub(crate) fn read(doc: &Doc, i: usize, person_expected: bool) -> Option<PlaceReading> {
    // "Sóc Sơn", "Cầu Giấy": a name of the gazetteer whose first syllable is also a head.
    let known = doc.find(Table::Places, i).is_some_and(|hit| hit.end > i + 1 && doc.is_cap(i));
    if known && let Some(found) = bare(doc, i, person_expected) {
        return Some(found);
    }
    headed(doc, i, person_expected).or_else(|| bare(doc, i, person_expected))
}

fn headed(doc: &Doc, i: usize, person_expected: bool) -> Option<PlaceReading> {
    let hit = doc.find(Table::PlaceHeads, i).filter(|_| !super::person::headline_verb(doc, i))?;
    let entry = doc.entry(hit);
    let name = past_dot(doc, hit.end);
    let end = name_after_head(doc, hit, name, person_expected)?;
    // "Hồ Sỹ Quân": a family name that is also a word for a place.
    if hit.end == i + 1
        && doc.is_cap(i)
        && super::person::family(doc, i).is_some()
        && (!doc.at_sentence_start(i) || super::person::name_score(doc, &(i..run_end(doc, i))) >= 5)
    {
        return None;
    }
    let street = matches!(entry.cells[0], "street" | "other");
    if compound_before(doc, i) || (other_at(doc, name) && !(street && rank_at(doc, name).is_some())) {
        return None;
    }
    // "ĐT 741", "TL43" are roads; "ĐT 0903 123 456", "TL 1/500" are not.
    let road = entry.flags.has(Flags::UPPER)
        && doc.is_number(name)
        && (2..=3).contains(&doc.raw(name).len())
        && !doc.is_number(end)
        && !doc.is(end, w::SLASH)
        && !counts(doc, name);
    // An ordinary word before a capital: only where the capital begins a name that nothing else claims.
    if entry.flags.has(Flags::WEAK) && !road && (!doc.is_cap(name) || doc.find(Table::Bodies, name).is_some_and(|b| b.end > name + 1)) {
        return None;
    }
    if i > 0 && matches!(doc.raw(i - 1), "Tàu" | "tàu") {
        return None;
    }
    // "2 mũi AstraZeneca"
    if i > 0 && doc.small(i) == w::mũi && doc.is_number(i - 1) {
        return None;
    }
    // "bám biển Hoàng Sa", "vùng biển Nghệ An": the sea off a place.
    let off = matches!((doc.small(i), doc.small(hit.end - 1)), (w::biển | w::vùng, w::biển))
        && hit.end <= i + 2
        && doc
            .find(Table::Places, name)
            .is_some_and(|place| place.end == end && matches!(doc.entry(place).cells[0], "province" | "district" | "country"));
    if off {
        return None;
    }
    // "Lưu: VT, P2.": who keeps a copy.
    if doc.title(i) == w::p && doc.line(i).take(4).any(|at| doc.title(at) == w::lưu) {
        return None;
    }
    // "Ảnh: H.H.", "L.Q.P": initials.
    let initials = hit.end <= i + 2
        && doc.raw(i).chars().count() == 1
        && (doc.raw(name).chars().count() == 1 && !doc.is_number(name)
            || i > 1 && (doc.touches(i) && doc.is(i - 1, w::DOT) || doc.is(i - 1, w::COLON) && doc.is(i - 2, w::ảnh)));
    // "ĐH Vinh" is a university; roads by their acronym have numbers.
    let unnumbered = doc.case(i) == Case::Upper && entry.flags.has(Flags::UPPER) && entry.cells[0] == "street" && !doc.is_number(name);
    if initials || unnumbered {
        return None;
    }
    // "mọi miền Tổ quốc", "khu vực Khu đô thị Linh Đàm"
    let inner = doc.find(Table::PlaceHeads, name).is_some_and(|head| head.end > name + 1 && doc.is_lower(head.end - 1));
    if (doc.raw(name), doc.raw(name + 1)) == ("Tổ", "quốc") || inner && (entry.flags.has(Flags::WEAK) || doc.small(i) == w::khu) {
        return None;
    }
    // "TỔNG VỆ SINH MÔI TRƯỜNG"
    if doc.is_shouted(i) && entry.flags.has(Flags::WEAK) && doc.find(Table::Places, name).is_none() {
        return None;
    }
    // "NƯỚC RÚT THU NGÂN SÁCH"
    if doc.is_shouted(i) && entry.cells[0] == "country" && doc.find(Table::Places, name).is_none() {
        return None;
    }
    // "XÃ HỘI", "QUẬN ĐOÀN": in capitals the name's capital says nothing.
    if doc.is_shouted(i) && doc.is_any(name, &[w::hội, w::ủy, w::đội]) || doc.is_shouted(i) && doc.raw(name) == "ĐOÀN" {
        return None;
    }
    // "khu vực Tây Nguyên" is no hamlet.
    let larger = doc
        .find(Table::Places, name)
        .is_some_and(|hit| hit.end >= end && matches!(doc.entry(hit).cells[0], "region" | "country" | "province"));
    if larger && matches!(entry.cells[0], "hamlet") {
        return None;
    }
    // "hai nước Việt Nam - Campuchia": each has its bare name.
    if i > 0 && entry.cells[0] == "country" && doc.is_any(i - 1, &[w::hai, w::ba, w::các, w::nhiều]) {
        return None;
    }
    // "các nước Bắc Âu" are of a region.
    let region = doc.find(Table::Places, name).is_some_and(|hit| hit.end >= end && doc.entry(hit).cells[0] == "region");
    if region && entry.cells[0] == "country" {
        return None;
    }
    // "cao tốc Bắc - Nam", "đường sắt Hà Nội – Vinh"
    let mut end = end;
    while matches!(doc.small(name - 1), w::tốc | w::sắt) && doc.is_dash(end) && doc.is_cap(end + 1) {
        end = run_end(doc, end + 1);
    }
    let level = PlaceLevel::named(entry.cells[0])?;
    let level = if level == PlaceLevel::District && doc.raw(i).starts_with(['T', 't']) && centrally_run(doc, name) {
        PlaceLevel::Province
    } else {
        level
    };
    Some(PlaceReading { tokens: i..end, level: Some(level), by: PlaceRule::LevelWord })
}

/// *yêu cầu, gia đình, hội trường*: the word that looks like a head is the second half of another.
fn compound_before(doc: &Doc, i: usize) -> bool {
    i > 0
        && matches!(
            (doc.sym(i - 1), doc.sym(i)),
            (w::yêu | w::nhu | w::toàn | w::địa | w::khẩn | w::thỉnh | w::bán | w::nhịp, w::cầu)
                | (w::gia | w::triều, w::đình)
                | (w::miền, w::núi)
                | (w::môi | w::thị | w::hội | w::quảng | w::thao | w::nông | w::công | w::hiện, w::trường)
                | (w::sơn, w::hà)
                | (w::kênh, w::rạch)
                | (w::lao | w::hoạt | w::vận | w::hành | w::tác | w::chủ | w::khởi | w::lưu | w::biến | w::năng, w::động)
                | (w::căn | w::tài | w::kịch | w::văn, w::bản)
                | (w::đặc | w::chiến, w::khu)
                | (w::nhà, w::nước)
                | (w::cấu | w::trở | w::hình | w::hoàn | w::hoàng | w::tạo, w::thành)
                | (w::nhiệt | w::thủy | w::phát, w::điện)
        )
}

/// The token behind a rank or office that stands in a street's name.
fn rank_at(doc: &Doc, at: usize) -> Option<usize> {
    let hit = doc.find(Table::Posts, at)?;
    (matches!(doc.entry(hit).cells[1], "rank") || doc.title(at) == w::chủ)
        .then_some(hit.end)
        .filter(|&end| doc.is_cap(end) && super::person::family(doc, end).is_some())
}

/// Whether a post or a body begins at `at`, where a place's name should.
fn other_at(doc: &Doc, at: usize) -> bool {
    doc.hits_at(at).any(|hit| match hit.table {
        Table::Posts => !doc.flags(hit).has(Flags::WEAK) && (hit.end > at + 1 || doc.case(at) == Case::Upper),
        Table::Documents => true,
        Table::Bodies => hit.end > at + 1 || doc.case(at) == Case::Upper && doc.flags(hit).has(Flags::UPPER),
        _ => false,
    })
}

/// *hai thôn Tân Bình, Tân Cường*, *các xã A, B và C*: behind a count or a plural each place is its bare name.
pub(crate) fn counted(doc: &Doc, i: usize) -> Vec<PlaceReading> {
    let mut places = Vec::new();
    let Some(head) = doc.find(Table::PlaceHeads, i).filter(|_| doc.is_lower(i)) else { return places };
    let level = PlaceLevel::named(doc.entry(head).cells[0]);
    if !matches!(level, Some(PlaceLevel::Province | PlaceLevel::District | PlaceLevel::Commune | PlaceLevel::Hamlet)) {
        return places;
    }
    let Some(before) = i.checked_sub(1) else { return places };
    let count = doc.is_any(before, &[w::các, w::hai, w::ba, w::bốn, w::những])
        || (doc.is_number(before) && doc.raw(before) != "1" && doc.raw(before) != "01")
        || matches!(doc.small(before), w::năm | w::sáu | w::bảy | w::tám | w::chín | w::mười);
    if !count {
        return places;
    }
    let mut at = head.end + usize::from(doc.is(head.end, w::COLON));
    while doc.is_cap(at)
        && !doc.at_line_start(at)
        && !other_at(doc, at)
        && doc.find(Table::PlaceHeads, at).is_none_or(|h| !doc.flags(h).has(Flags::UPPER) && !doc.is(at, w::tp))
    {
        let end = run_end(doc, at);
        let end = if super::person::words(doc, &(at..end)) > 4 { at + 4 } else { end };
        // "12 xã Nông thôn mới": a word, no name.
        if doc.find(Table::Fields, at).is_some_and(|hit| hit.end > end) {
            break;
        }
        // "các tỉnh Đông Bắc": a region.
        let region = doc.find(Table::Places, at).is_some_and(|hit| hit.end == end && doc.entry(hit).cells[0] == "region");
        places.push(PlaceReading {
            tokens: at..end,
            level: if region { Some(PlaceLevel::Region) } else { level },
            by: PlaceRule::Counted(head.start),
        });
        if !doc.is_any(end, &[w::COMMA, w::và]) {
            break;
        }
        at = end + 1;
    }
    places
}

pub(crate) fn past_dot(doc: &Doc, at: usize) -> usize {
    // "TP. Hồ Chí Minh", "Q.1"
    if doc.is(at, w::DOT) && doc.touches(at) && doc.case(at - 1) != Case::Lower { at + 1 } else { at }
}

/// The centrally-run cities. *Huế*, one since 2025, stays a district: most bulletins are older.
fn centrally_run(doc: &Doc, name: usize) -> bool {
    let Some(hit) = doc.find(Table::Places, name) else { return doc.raw(name) == "HCM" };
    matches!(&*doc.form(hit), "Hà Nội" | "Hồ Chí Minh" | "HCM" | "Hải Phòng" | "Đà Nẵng" | "Cần Thơ")
}

/// Where the name behind the level word `head` ends; `None` where no name follows.
pub(crate) fn name_after_head(doc: &Doc, head: Hit, name: usize, person_expected: bool) -> Option<usize> {
    if doc.at_line_start(name) {
        return None;
    }
    // "phường 1 Bảo Lộc"
    if let Some(hit) = doc.find(Table::Places, name).filter(|hit| doc.is_number(name) && hit.end > name + 1) {
        return Some(hit.end);
    }
    if doc.is_number(name) || (doc.case(name) != Case::Lower && roman(doc.raw(name)).is_some() && !doc.is_cap(name + 1)) {
        // "UBND Quận 2 báo cáo": a number that a quận or a phường may have is its name, and what follows a verb sooner than a noun.
        let numbered = matches!(doc.sym(head.start), w::quận | w::phường)
            && matches!(doc.raw(name).as_bytes(), [b'1'..=b'9'] | [b'1', b'0'..=b'9'] | [b'2', b'0'..=b'7'])
            && super::quantity::unit_phrase(doc, name + 1).is_some_and(|unit| !unit.measure || unit.weak);
        if numbered {
            return Some(name + 1);
        }
        return doc.flags(head).has(Flags::NUMBER).then(|| number_end(doc, head, name))?;
    }
    // "trạm thu phí Km13+250", "UBND HUYỆN TỔ CHỨC HỘI NGHỊ"
    if !doc.is_cap(name) || super::person::headline_verb(doc, name) || matches!(doc.raw(name), "Km" | "KM") {
        return None;
    }
    // "đường ĐT 715", "tuyến QL1A"
    if let Some(inner) = doc.find(Table::PlaceHeads, name).filter(|&h| doc.flags(h).has(Flags::UPPER) && doc.flags(h).has(Flags::NUMBER))
        && doc.entry(head).cells[0] == "street"
    {
        let number = past_dot(doc, inner.end);
        if doc.is_number(number) && !doc.at_line_start(number) {
            return number_end(doc, inner, number);
        }
    }
    // "đường Đại tướng Võ Nguyên Giáp"
    if let Some(rank) = rank_at(doc, name) {
        return doc.is_cap(rank).then(|| run_end(doc, rank).min(rank + 4));
    }
    // "UBND TP. Theo đó": the point ended the sentence.
    if name > head.end
        && doc.find(Table::Places, name).is_none()
        && (super::person::opens_sentence(doc, name) || doc.is_lower(name + 1) || doc.raw(name).chars().count() == 1)
    {
        return None;
    }
    // "phố Bà Triệu", "đường Ông Ích Khiêm" bear their honorific.
    // "ấp Nhưng Miên": a syllable of the name where another follows.
    let small = matches!(doc.entry(head).cells[0], "district" | "commune" | "hamlet" | "street") && doc.small(name - 1) != w::đội;
    let syllable = small && doc.is_lower(head.start) && name == head.end && name_score(doc, &(name + 1..run_end(doc, name))) < 3;
    let honoured = (matches!(doc.title(name), w::bà | w::ông) || syllable) && doc.is_cap(name + 1);
    if super::person::opens_sentence(doc, name) && !honoured && doc.find(Table::Places, name).is_none_or(|hit| hit.end <= name + 1) {
        return None;
    }
    // The post that follows a place ("quận Bí thư") or a body is no name.
    if let Some(end) = known_end(doc, head, name, person_expected) {
        return Some(past_number(doc, end));
    }
    let run = name..sentence_inside(doc, name..run_end(doc, name));
    // "xã Nông thôn mới", "chùa Khmer": words, no names.
    let acronym = run.len() == 1 && doc.case(name) == Case::Upper && !doc.is_shouted(name) && !doc.flags(head).has(Flags::UPPER);
    if doc.find(Table::Fields, name).is_some_and(|hit| hit.end > run.end && doc.is_lower(hit.end - 1))
        || doc.title(name) == w::khmer
        || acronym
    {
        return None;
    }
    let mut end = name_start(doc, &run, person_expected);
    if end == name {
        // The whole run is a person; without a post before, a place may bear that name ("phố Lê Duẩn"), but only a road one with a woman's middle name.
        if person_expected || doc.title(name + 1) == w::thị && doc.entry(head).cells[0] != "street" {
            return None;
        }
        end = run.end;
    }
    if doc.is_shouted(name) {
        if person_expected && super::person::family(doc, name).is_some_and(|hit| !doc.flags(hit).has(Flags::WEAK)) {
            return None;
        }
        // Capitals go on behind the name: two syllables are as much as is sure.
        end = if run.end <= name + 3 { run.end } else { end.min(name + 2) };
    }
    end = end.min(name + 4);
    Some(if end == run.end { past_number(doc, end) } else { end })
}

/// Past the number that ends the name of a road, a hamlet, a ward: *thôn Tân Lập 2*, *phường Mỹ Đình 1*, *ấp Nhơn Thọ 1A*.
fn past_number(doc: &Doc, end: usize) -> usize {
    // "đội Tân Lập 3 - 1 đội …", "huyện Trấn Yên 24 tỷ"
    let score = doc.is_dash(end + 1) && doc.is_number(end + 2)
        || crate::number::scale_word(doc, end + 1).is_some()
        || doc.find(Table::Currencies, end + 1).is_some();
    let number =
        doc.is_number(end) && !score && !doc.at_line_start(end) && !doc.touches(end) && doc.raw(end).len() <= 2 && !counts(doc, end);
    let letter = number && doc.touches(end + 1) && doc.is_cap(end + 1) && doc.raw(end + 1).chars().count() == 1;
    end + usize::from(number) + usize::from(letter)
}

/// Where a new sentence begins inside a capitalized run, the full stop missing: *xã Hải Yến Ngày 24-6*; else the run's end.
fn sentence_inside(doc: &Doc, run: Range<usize>) -> usize {
    let part = |at: usize| matches!(doc.title(at), w::sáng | w::trưa | w::chiều | w::tối | w::đêm) && doc.is_number(at + 1);
    let goes_on = |at: usize| doc.is_lower(at + 1) || doc.is_number(at + 1);
    let addressed = |at: usize| matches!(doc.title(at), w::ông | w::bà) && super::person::family(doc, at + 1).is_some();
    let opens = |at: usize| part(at) || super::person::opens_sentence(doc, at) && (goes_on(at) || addressed(at));
    (run.start + 1..run.end).find(|&at| opens(at)).unwrap_or(run.end)
}

/// The longest name of the gazetteer at `name` that ends the run, or that is followed by a person where one is expected.
fn known_end(doc: &Doc, head: Hit, name: usize, person_expected: bool) -> Option<usize> {
    let run = name..sentence_inside(doc, name..run_end(doc, name));
    let hit = doc.find(Table::Places, name)?;
    // "miền Tây Nam bộ": no commune's name follows such a word.
    if doc.flags(hit).has(Flags::HEAD) && matches!(doc.entry(head).cells[0], "region" | "natural" | "country") {
        return None;
    }
    let end = hit.end;
    if end >= run.end {
        return Some(end);
    }
    let rest = end..run.end;
    let person = name_start(doc, &rest, true) == rest.start;
    let foreigner = super::person::looks_foreign(doc, &rest);
    (person && person_expected || foreigner || doc.is_shouted(name)).then_some(end)
}

/// *1*, *1A*, *2/4*, *3-2*, *12 B* behind a level word that takes numbers.
fn number_end(doc: &Doc, head: Hit, at: usize) -> Option<usize> {
    let street = matches!(doc.entry(head).cells[0], "street" | "other");
    if !doc.is_number(at) {
        return Some(at + 1);
    }
    if doc.raw(at).len() > 4 {
        return None;
    }
    let mut end = at + 1;
    // "đường 3-2" is named for a day; "chặng đường 3-5 năm" is measured.
    let day = || doc.is_dash(end) && super::date::numeric(doc, at).is_some_and(|day| day.end == end + 2) && !counts(doc, end + 1);
    let tied = street && doc.is_number(end + 1) && doc.touches(end) && doc.touches(end + 1);
    if tied && doc.is_dash(end) && !day() {
        return None;
    }
    if doc.is_cap(end) && doc.touches(end) && doc.raw(end).chars().count() <= 2 {
        end += 1;
    } else if tied && (doc.is(end, w::SLASH) || doc.is_dash(end)) {
        end += 2;
    } else if !street && counts(doc, at) || street && (doc.raw(at).contains([',', '.']) || measured(doc, at)) {
        return None;
    }
    Some(end)
}

/// *chặng đường 57 năm*, *đường 5 km*
fn measured(doc: &Doc, at: usize) -> bool {
    doc.is_any(at + 1, &[w::năm, w::tháng, w::ngày, w::giờ])
        || doc.find(Table::Units, at + 1).is_some_and(|unit| doc.entry(unit).cells[0] == "measure")
}

/// Whether the number at `at` counts what follows: *xã 3 thôn*.
fn counts(doc: &Doc, at: usize) -> bool {
    doc.is(at + 1, w::PERCENT)
        || super::quantity::unit_phrase(doc, at + 1).is_some()
        || doc.is_any(at + 1, &[w::năm, w::tháng, w::ngày, w::giờ, w::tuần])
}

fn bare(doc: &Doc, i: usize, person_expected: bool) -> Option<PlaceReading> {
    let hit = doc.find(Table::Places, i)?;
    let entry = doc.entry(hit);
    // "Mô Rai (huyện Sa Thầy)": its district tells it.
    let told = doc.is(hit.end, w::OPEN)
        && doc
            .find(Table::PlaceHeads, hit.end + 1)
            .is_some_and(|head| matches!(doc.entry(head).cells[0], "district" | "province") && doc.is_cap(past_dot(doc, head.end)))
        && super::person::name_score(doc, &(i..hit.end)) < 5
        && (i == 0
            || doc.is_any(i - 1, &[w::COMMA, w::SEMICOLON, w::COLON, w::và, w::tại, w::của, w::đến, w::từ, w::là])
            || matches!(doc.small(i - 1), w::ở | w::tới | w::xã | w::phường));
    if entry.flags.has(Flags::HEAD) && !told {
        return None;
    }
    let before = i.checked_sub(1).filter(|&at| doc.same_sentence(at, i));
    let capital_before = before.is_some_and(|at| doc.is_cap(at) && !doc.at_sentence_start(at));
    let capital_after = doc.is_cap(hit.end) && doc.same_sentence(i, hit.end) && !doc.at_line_start(hit.end) && !doc.parted(hit.end);
    let shouted = doc.is_shouted(i);
    let opens = doc.at_sentence_start(i) || i > 0 && doc.opens_quote(i - 1);
    if entry.flags.has(Flags::MID) && opens && hit.end == i + 1 {
        return None;
    }
    // "phía Nam", "hướng Đông Nam"; "phía Đà Nẵng" is the town.
    let compass = before.is_some_and(|at| matches!(doc.small(at), w::hướng | w::phía))
        && matches!(doc.title(i), w::nam | w::bắc | w::đông | w::tây | w::trung)
        && entry.cells[0] != "country";
    // "dịch tả lợn Châu Phi"
    if before.is_some_and(|at| matches!(doc.small(at), w::lợn | w::heo)) {
        return None;
    }
    // "Pháp luật", "Anh hùng", "Ý kiến": the first syllable of an ordinary word.
    let word = hit.end == i + 1 && {
        let next = doc.raw(hit.end);
        match doc.raw(i) {
            "Pháp" => matches!(next, "luật" | "lý" | "lệnh" | "chế" | "y" | "quy" | "nhân" | "danh" | "định"),
            "Anh" => matches!(next, "hùng" | "em" | "chị" | "ta" | "dũng" | "minh" | "cả" | "trai"),
            "Mỹ" => matches!(next, "thuật" | "phẩm" | "mãn"),
            "Đức" => matches!(next, "tính" | "độ" | "hạnh" | "tin"),
            "Áo" => matches!(next, "dài" | "quần" | "ấm" | "trắng" | "phao" | "lính"),
            "Ý" => matches!(next, "kiến" | "thức" | "nghĩa" | "chí" | "tưởng" | "đồ" | "tứ" | "nguyện"),
            "Thái" => matches!(next, "độ"),
            _ => false,
        }
    };
    if compass
        || word
        || before.is_some_and(|at| matches!(doc.raw(at), "tiếng" | "tộc" | "Tiếng" | "la" | "đô-la" | "họ" | "gió"))
        || of_a_day(doc, i)
        || doc.title(i) == w::nhật && hit.end == i + 1 && matches!(doc.small(hit.end), w::ký | w::báo | w::trình | w::thực)
    {
        return None;
    }
    if !shouted {
        let foreigner = person_expected && super::person::looks_foreign(doc, &(hit.end..run_end(doc, hit.end)));
        let name_before = before.is_some_and(|at| doc.is_cap(at) && doc.find(Table::GivenSyllables, at).is_some());
        if entry.flags.has(Flags::CAP) && (capital_before || capital_after || name_before) && !foreigner {
            return None;
        }
        // "VOV.VN"
        if i > 1 && doc.touches(i) && doc.is(i - 1, w::DOT) && doc.touches(i - 1) && doc.is_word(i - 2) {
            return None;
        }
        // "Từ Đà Nẵng lên": the preposition, at the start of a sentence.
        let from = before.is_some_and(|at| doc.title(at) == w::từ && doc.at_sentence_start(at));
        let first_is_name = before.is_some_and(|at| doc.is_cap(at) && super::person::family(doc, at).is_some()) && !from;
        if (capital_before || first_is_name) && hit.end <= i + 2 {
            return None;
        }
        // "Hà Nội Nguyễn Văn A" where a post stands before; else a capital behind makes a longer name.
        if capital_after {
            let rest = hit.end..run_end(doc, hit.end);
            let person = name_start(doc, &rest, true) == rest.start || super::person::looks_foreign(doc, &rest);
            // "Chủ tịch Trung Quốc Tập Cận Bình"
            let foreigner = person_expected && entry.cells[0] == "country" && (2..=4).contains(&rest.len()) && doc.title(i) != w::việt;
            let own =
                doc.hits_at(hit.end).any(|h| matches!(h.table, Table::Bodies | Table::KnownBodies | Table::Posts) && h.end > hit.end + 1);
            if !(own || foreigner || person && person_expected) {
                return None;
            }
        }
    }
    Some(PlaceReading { tokens: i..hit.end, level: PlaceLevel::named(entry.cells[0]), by: PlaceRule::Known })
}

/// *Ngày Nhà giáo Việt Nam*: the country belongs to the day's name.
fn of_a_day(doc: &Doc, i: usize) -> bool {
    const REACH: usize = 8;
    (i.saturating_sub(REACH)..i)
        .rev()
        .take_while(|&at| doc.is_word(at) && doc.same_sentence(at, i))
        .any(|at| doc.is(at, w::ngày) && doc.is_cap(at + 1))
}
