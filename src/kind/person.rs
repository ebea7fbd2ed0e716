//! **Accepts** personal names: Kinh names from a family name on, names of the other peoples (*Y Thanh Hà Niê Kđăm, H’Loan Mlô, Giàng A Páo*),
//! religious names (*Thích Nữ Diệu Lạc, Phêrô Nguyễn Trọng Khiết*), foreign names and short names behind an honorific or a title
//! (*ông Chất, Tổng thống Vladimir Putin*), bylines.
//!
//! **Refuses** names inside names of bodies, places, streets and prizes; words that are only capitalized.
//!
//! **Value** the name as written; the honorific before it.
//!
//! **Ambiguity** where a capitalized run holds a body or a place and a name without a mark between (*Chủ tịch UBND xã Ea Tul Hoàng Văn Páo*),
//! [`name_start`] chooses the cut by points.
//!
//! **Sources** `data/family_names.tsv`, `data/given_syllables.tsv`.

use std::ops::Range;

use crate::doc::Doc;
use crate::lexicon::{Flags, Hit, Table};
use crate::note::{Note, Silent};
use crate::syllable::has_shape;
use crate::token::Case;
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct PersonReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) honorific: Option<Range<usize>>,
    /// A photographer or author: named, but not spoken of.
    pub(crate) credit: bool,
    pub(crate) by: PersonRule,
}

/// What made a run of words a person; see `names` in [`super`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonRule {
    /// The row of honorifics and cues that stands before.
    AfterHonorific(Hit),
    /// The index of the title that stands before.
    AfterTitle(usize),
    Byline,
    Alone,
    /// Behind another person in a list.
    Listed,
    /// A name that stands elsewhere in full: the token where it does.
    Repeated(usize),
    /// The last syllable of a name: the token behind the full name, and what marks it here.
    GivenName(usize, GivenName),
}

/// What makes one syllable stand for a person whom the text has named in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenName {
    /// A title before it.
    Title,
    /// A word of address before it.
    Cue,
    /// A verb of people behind it.
    Acts,
    /// Nothing else that it could be.
    Only,
    /// At the start of a sentence, where other sentences have it inside.
    Usual,
}

/// Longest name in syllables: *Y Thanh Hà Niê Kđăm*, *Maria Nguyễn Thị Thanh Hương*.
const LONGEST: usize = 7;

/// The end of the run of capitalized words that begins at token `i`: hyphens inside words and initials with a point belong to it.
#[inline]
pub(crate) fn run_end(doc: &Doc, i: usize) -> usize {
    if doc.is_cap(i) { long_run_end(doc, i) } else { i }
}

fn long_run_end(doc: &Doc, i: usize) -> usize {
    const TOKENS: usize = 40; // more are no name, whatever joins them
    let mut end = i;
    let mut words = 0;
    while words < LONGEST + 5 {
        let starts = doc.is_cap(end) && (end == i || !doc.at_line_start(end) && !doc.parted(end));
        if !starts || (end > i && doc.is_shouted(end) != doc.is_shouted(i)) {
            break;
        }
        end += 1;
        words += 1;
        // "Khăm-phết", "Jean-Luc"; not "Hồ Hải Tần-Phó Giám đốc", "Hồ Hải Tần-người thầy", "Yên Bái-trả lời".
        while end < i + TOKENS
            && doc.is_dash(end)
            && doc.touches(end)
            && doc.touches(end + 1)
            && doc.is_word(end + 1)
            && !post_begins(doc, end + 1)
            && !(doc.is_lower(end + 1)
                && (end >= i + 2 && family(doc, i).is_some() && !(i..end).any(|at| doc.is_dash(at))
                    || doc.find(Table::Places, i).is_some_and(|hit| hit.end == end)))
        {
            end += 2;
        }
        // "Jeroen van der Hoek"
        let particles = (end..end + 3).take_while(|&at| is_particle(doc, at)).count();
        if particles > 0 && doc.is_cap(end + particles) && (looks_foreign(doc, &(i..end)) || doc.small(end) == w::nữ) {
            end += particles;
        }
        // "A. Kuznetsov"
        if doc.is(end, w::DOT) && doc.touches(end) && is_initial(doc.raw(end - 1)) && doc.is_cap(end + 1) {
            end += 1;
        }
    }
    end
}

/// A small word inside a name: *Jeroen van der Hoek*, *Thích nữ Hạnh Tâm*.
fn is_particle(doc: &Doc, at: usize) -> bool {
    doc.is_lower(at)
        && !doc.at_line_start(at)
        && (matches!(
            doc.small(at),
            w::van | w::der | w::den | w::de | w::del | w::von | w::da | w::dos | w::di | w::bin | w::ibn | w::al | w::el
        ) || doc.small(at) == w::nữ && at > 0 && doc.title(at - 1) == w::thích)
}

/// One letter without a mark; "Á" is no initial ("châu Á. Ông …").
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase() || c == 'Đ') && letters.next().is_none()
}

/// Whether a post begins at token `at`.
fn post_begins(doc: &Doc, at: usize) -> bool {
    doc.is_cap(at) && doc.hits_at(at).any(|hit| hit.table == Table::Posts && !doc.flags(hit).has(Flags::WEAK))
}

/// The family name (or religious first element) at token `i`, the longest.
pub(crate) fn family(doc: &Doc, i: usize) -> Option<Hit> {
    if !doc.is_cap(i) {
        return None;
    }
    doc.find(Table::FamilyNames, i)
}

fn is_weak_family(doc: &Doc, hit: Hit) -> bool {
    doc.flags(hit).has(Flags::WEAK)
}

/// Words that begin sentences and are no syllables of names: where one stands inside a capitalized run, a full stop is missing before it.
pub(crate) fn opens_sentence(doc: &Doc, at: usize) -> bool {
    let certain = matches!(
        doc.title(at),
        w::ông
            | w::bà
            | w::trong
            | w::theo
            | w::tuy
            | w::ngay
            | w::cùng
            | w::sau
            | w::khi
            | w::trước
            | w::đây
            | w::tôi
            | w::nhiều
            | w::còn
            | w::nhưng
            | w::tại
            | w::về
            | w::với
            | w::và
            | w::do_
            | w::để
            | w::đến
            | w::được
            | w::đã
            | w::sẽ
            | w::có
            | w::không
            | w::các
            | w::những
            | w::một
            | w::này
            | w::nếu
            | w::vì
            | w::bởi
            | w::người
            | w::ngoài
            | w::trên
            | w::dưới
            | w::chúng
            | w::cũng
            | w::mới
            | w::mỗi
            | w::phản
            | w::thực
            | w::khách
            | w::hiện
            | w::riêng
            | w::tính
            | w::như
            | w::dù
            | w::mặc
            | w::đồng
            | w::trả
            | w::qua
            | w::hôm
            | w::sáng
            | w::chiều
            | w::tối
            | w::ngày
            | w::tháng
            | w::năm
            | w::đó
            | w::thế
            | w::rồi
            | w::bên
            | w::đối
            | w::cụ
            | w::từ
            | w::bị
            | w::vừa
            | w::cho
            | w::lúc
            | w::thời
            | w::cách
    );
    // Some are syllables of names, too ("Sáng", "Toàn"): those stay.
    certain && !doc.is_shouted(at) && doc.find(Table::GivenSyllables, at).is_none()
}

/// Whether in a line of capitals the word that begins at `at` is one that headlines go on with behind a name: *CÔNG AN HUYỆN TỔ CHỨC HỘI NGHỊ*.
pub(crate) fn headline_verb(doc: &Doc, at: usize) -> bool {
    doc.is_shouted(at)
        && matches!(
            (doc.sym(at), doc.sym(at + 1)),
            (w::ban, w::hành)
                | (w::bàn, w::giao)
                | (w::bắt, w::giữ)
                | (w::bế, w::mạc)
                | (w::chỉ, w::đạo)
                | (w::chúc, w::mừng | w::tết)
                | (w::chủ, w::trì)
                | (w::công, w::bố)
                | (w::giao, w::ban | w::lưu | w::nhận)
                | (w::giám, w::sát)
                | (w::gặp, w::mặt | w::gỡ)
                | (w::họp, _)
                | (w::hội, w::nghị)
                | (w::hưởng, w::ứng)
                | (w::khai, w::giảng | w::mạc | w::trương)
                | (w::khánh, w::thành)
                | (w::khởi, w::công | w::tố)
                | (w::kiểm, w::tra)
                | (w::kỷ, w::niệm)
                | (w::làm, w::việc)
                | (w::lấy, w::ý)
                | (w::phát, w::động)
                | (w::phối, w::hợp)
                | (w::quán, w::triệt)
                | (w::ra, w::mắt | w::quân)
                | (w::sinh, w::hoạt)
                | (w::sơ, w::kết)
                | (w::tập, w::huấn)
                | (w::tham, w::gia | w::dự | w::mưu)
                | (w::thăm, _)
                | (w::thông, w::báo | w::qua)
                | (w::tiếp, w::công | w::nhận | w::tục | w::xúc)
                | (w::tiến, w::hành)
                | (w::tổ, w::chức)
                | (w::tổng, w::kết)
                | (w::trao, _)
                | (w::triển, w::khai)
                | (w::truy, w::tố)
                | (w::tuyên, w::dương | w::phạt | w::truyền)
                | (w::tăng, w::cường)
                | (w::tặng, _)
                | (w::viếng, _)
                | (w::xét, w::xử)
                | (w::đón, _)
                | (w::đại, w::hội)
                | (w::đẩy, w::mạnh)
                | (w::đối, w::thoại)
                | (w::đồng, w::loạt)
        )
}

/// How many words a name has: what hyphens join is one.
pub(crate) fn words(doc: &Doc, range: &Range<usize>) -> usize {
    range.clone().filter(|&at| doc.is_word(at) && !(at > range.start && doc.is_dash(at - 1))).count()
}

/// *H’Bích*, *K’Brêm*: a mark of the name's people before an apostrophe.
pub(crate) fn has_apostrophe(doc: &Doc, i: usize) -> bool {
    doc.raw(i).chars().nth(1).is_some_and(|c| matches!(c, '’' | '\'' | 'ʼ'))
}

/// How much tokens `range` look like a personal name; 0 and less is no name.
pub(crate) fn name_score(doc: &Doc, range: &Range<usize>) -> i32 {
    score_name(doc, range, &mut Silent)
}

/// The same, each point told.
pub(crate) fn score_name(doc: &Doc, range: &Range<usize>, note: &mut impl Note) -> i32 {
    let mut total = 0;
    let mut give = |points: i32, what: &'static str, tokens: Range<usize>| {
        if points != 0 {
            note.because(what, Some(points), tokens);
        }
        total += points;
        total
    };
    let length = words(doc, range);
    if length == 1 && has_apostrophe(doc, range.start) {
        return give(4, "points for name: a mark of the highlands before an apostrophe", range.clone());
    }
    if !(2..=LONGEST).contains(&length) {
        return give(-9, "points for name: too few or too many words", range.clone());
    }
    let Some(hit) = family(doc, range.start) else {
        // "Phương Thị Thanh", "Linh Văn Nho": the middle word tells a name whose first no table has.
        let middle = doc.is_cap(range.start + 1) && doc.is_any(range.start + 1, &[w::văn, w::thị]) && length >= 3;
        return if middle {
            give(5, "points for name: Văn or Thị in the middle", range.start + 1..range.start + 2)
        } else {
            give(minority_score(doc, range), "points for name: a family name at the end, or an apostrophe in the first word", range.clone())
        };
    };
    let flags = doc.flags(hit);
    let given = hit.end..range.end;
    if given.is_empty() {
        return give(-9, "points for name: nothing behind the family name", range.clone());
    }
    let family_name = hit.start..hit.end;
    if is_weak_family(doc, hit) {
        give(1, "points for name: a family name that is a word, too", family_name.clone());
    } else {
        give(4, "points for name: a family name", family_name.clone());
    }
    if flags.has(Flags::TWO) || flags.has(Flags::HEAD) {
        give(2, "points for name: a family name of two words, or a religious one", family_name);
    }
    let by_length = match length {
        3 => 2,
        2 | 4 => 1,
        5 => 0,
        _ => -2,
    };
    give(by_length, "points for name: how many words it has", range.clone());
    if length == 2 && is_weak_family(doc, hit) {
        give(-1, "points for name: two words, the family name is a word, too", range.clone());
    }
    let known = given.clone().filter(|&at| doc.find(Table::GivenSyllables, at).is_some()).count();
    let by_syllables = match (known, given.len()) {
        (k, n) if k == n => 2,
        (0, _) => -1,
        _ => 1,
    };
    give(by_syllables, "points for name: syllables that given names have", given);
    if matches!(doc.raw(hit.end), "Văn" | "Thị" | "VĂN" | "THỊ" | "A" | "Seo" | "Láo" | "Mí" | "Lở") && length >= 3 {
        give(3, "points for name: a middle name", hit.end..hit.end + 1);
    }
    total
}

/// *Y Blơ Niê*, *H’Bích*, *K’Brêm*, *Ama Thiên*: a family name stands at the end, or an apostrophe in the first word.
fn minority_score(doc: &Doc, range: &Range<usize>) -> i32 {
    let first = doc.raw(range.start);
    let marked = has_apostrophe(doc, range.start);
    let last_family = range.clone().skip(1).any(|at| family(doc, at).is_some_and(|hit| !is_weak_family(doc, hit)));
    match (marked, last_family) {
        (true, _) => 5,
        (false, true) if first.chars().count() <= 2 => 4,
        _ => 0,
    }
}

/// What [`cut`] tells: the points that a name must exceed, and those of a name that begins at a token.
pub(crate) const NEEDED: &str = "points that a personal name must exceed here";
pub(crate) const FROM_HERE: &str = "points for a personal name from here";

/// Where the personal name begins in the capitalized run `run`, which may begin with the end of a body's or place's name; `run.end` where it
/// holds none. `expected`: a post stands before the run, so that a name is likely at its end.
pub(crate) fn name_start(doc: &Doc, run: &Range<usize>, expected: bool) -> usize {
    cut(doc, run, expected, &mut Silent)
}

/// The same, the points of each possible start told, and how many were needed.
pub(crate) fn cut(doc: &Doc, run: &Range<usize>, expected: bool, note: &mut impl Note) -> usize {
    // Behind a person and a mark ("A, Trưởng Công an phường Hoàng Liệt") two syllables are sooner the place's.
    let appended = run.len() == 2 && behind_person(doc, run.start);
    let mut best = (
        if appended {
            9
        } else if expected {
            3
        } else {
            6
        },
        run.end,
    );
    note.because(NEEDED, Some(best.0), run.clone());
    // A name that counts only behind a level word: "xã Lê Lợi".
    let level = run.start > 0 && doc.find_before(Table::PlaceHeads, run.start).is_some();
    let known_place = doc.find(Table::Places, run.start).filter(|&hit| level || !doc.flags(hit).has(Flags::HEAD));
    for start in run.clone() {
        let name = start..run.end;
        let mut score = name_score(doc, &name);
        // What is left before must be able to stand as a name of its own: a known place is good evidence, one letter is not.
        if start > run.start {
            let left = run.start..start;
            match known_place {
                Some(hit) if hit.end == start => score += 3,
                Some(hit) if hit.end > start => score -= 3,
                _ => {}
            }
            score += match left.len() {
                1 => -1,
                2 => 1,
                3 => 0,
                _ => -1,
            };
            // "Tăng Thị | Kiều Oanh": no name begins behind its middle word.
            if doc.is_cap(start - 1) && doc.is_any(start - 1, &[w::thị, w::văn]) {
                score -= 6;
            }
            // The cut behind a family name would leave "xã Nguyễn" to the place.
            if family(doc, start - 1).is_some_and(|hit| !is_weak_family(doc, hit) && hit.end == start) && left.len() == 1 {
                score -= 2;
            }
        } else {
            // The whole run: nothing is left for the place or body.
            match known_place {
                Some(hit) if hit.end == run.end => score -= 6,
                Some(_) => score -= 1,
                None => {}
            }
        }
        note.because(FROM_HERE, Some(score), name);
        if score > best.0 {
            best = (score, start);
        }
    }
    best.1
}

/// Whether the clause of token `at` began with a name in capitals and a comma or dash: *Nguyễn Văn A, Trưởng …*.
fn behind_person(doc: &Doc, at: usize) -> bool {
    const REACH: usize = 14;
    let mark = (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&n| doc.same_sentence(n, at))
        .find(|&n| doc.is_any(n, &[w::COMMA, w::HYPHEN, w::OPEN]));
    mark.is_some_and(|mark| {
        let start = (mark.saturating_sub(5)..mark).find(|&n| (n..mark).all(|k| doc.is_cap(k)));
        start.is_some_and(|start| name_score(doc, &(start..mark)) >= 4)
    })
}

/// Whether a capitalized run of `range` without any mark beside it is a person by itself.
pub(crate) fn stands_alone(doc: &Doc, range: &Range<usize>) -> bool {
    let length = range.len();
    if doc.find(Table::Places, range.start).is_some_and(|hit| hit.end >= range.end && !doc.flags(hit).has(Flags::HEAD)) {
        return false;
    }
    // Newspapers ("Tiền Phong"), years of the lunar calendar ("Đinh Dậu").
    let other = doc.hits_at(range.start).any(|hit| {
        hit.end >= range.end && (hit.table == Table::KnownBodies || hit.table == Table::Calendar && doc.entry(hit).cells[1] == "lunar_year")
    });
    if other {
        return false;
    }
    if length == 2 && highland(doc, range.start) {
        return true;
    }
    let Some(hit) = family(doc, range.start) else { return minority_score(doc, range) >= 5 && length >= 2 };
    let score = name_score(doc, range);
    // A capital that only begins the sentence is no family name: "Theo Nguyễn", "Lương Y tế" are told by what follows.
    if doc.flags(hit).has(Flags::HEAD) {
        return score >= 4;
    }
    match length {
        2 => !is_weak_family(doc, hit) && score >= 7 && doc.find(Table::Fields, range.start).is_none_or(|f| f.end < range.end),
        3..=5 => score >= if is_weak_family(doc, hit) { 5 } else { 6 },
        _ => score >= 8,
    }
}

/// *A Brôl, Ksor Nham, Siu Blâm, Điểu K'Rứt*: a family name of the peoples whose languages are no Vietnamese, and a syllable that Vietnamese has not.
fn highland(doc: &Doc, i: usize) -> bool {
    const PEOPLES: [&str; 17] = [
        "Ba Na",
        "Bru - Vân Kiều",
        "Brâu",
        "Chu Ru",
        "Chăm",
        "Cơ Ho",
        "Cơ Tu",
        "Gia Rai",
        "Gié Triêng",
        "Khmer",
        "Mnông",
        "Raglai",
        "Tà Ôi",
        "Xtiêng",
        "Xơ Đăng",
        "Ê Đê",
        "Mạ",
    ];
    let Some(name) = family(doc, i).filter(|name| name.end == i + 1 && PEOPLES.contains(&doc.entry(*name).cells[0])) else {
        return false;
    };
    let strange =
        |at: usize| doc.case(at) == Case::Title && doc.raw(at).chars().count() > 1 && !has_shape(doc.raw(at)) || has_apostrophe(doc, at);
    let part_of_another =
        i > 0 && doc.same_sentence(i - 1, i) && (doc.is_cap(i - 1) && !doc.at_sentence_start(i - 1) || doc.is_number(i - 1));
    // "Nay Facebook …" at the start of a sentence.
    let ordinary = is_weak_family(doc, name)
        && (doc.at_sentence_start(i) && doc.raw(i).len() > 1 || doc.raw(i + 1).is_ascii() && doc.raw(i).len() > 1);
    !part_of_another && !ordinary && (strange(i + 1) || strange(i) && !is_weak_family(doc, name)) && doc.find(Table::Places, i).is_none()
}

/// Prizes, orders, ships, funds that bear a person's name: *Huân chương Hồ Chí Minh*.
pub(crate) fn names_a_thing(doc: &Doc, i: usize) -> bool {
    i > 0
        && (matches!(
            doc.small(i - 1),
            w::thưởng
                | w::chương
                | w::hiệu
                | w::cúp
                | w::tàu
                | w::giải
                | w::bổng
                | w::quỹ
                | w::hát
                | w::tượng
                | w::đài
                | w::lăng
                | w::chúa
                | w::doanh
        ) || matches!(doc.title(i - 1), w::cúp | w::giải | w::quỹ | w::lăng))
        || i > 1 && doc.small(i - 2) == w::đường && doc.small(i - 1) == w::hoa
        || i > 1 && doc.sym(i - 2) == w::dòng && matches!(doc.small(i - 1), w::tộc | w::họ) // "dòng họ Nguyễn Phước"
}

/// The honorific that ends right before token `i`.
pub(crate) fn honorific(doc: &Doc, i: usize) -> Option<Hit> {
    // "đ/c A", "Ông: A" is rare; a colon after a plural ("các đồng chí: A") is handled by the list.
    // The đức of "đạo đức Hồ Chí Minh", "ngư dân Đức Lợi" is none: it honours a religious name. "Xơ Đăng" is a people.
    let religious = || family(doc, i).is_some_and(|name| doc.flags(name).has(Flags::HEAD));
    doc.find_before(Table::Honorifics, i).filter(|hit| match doc.sym(hit.start) {
        w::đức if hit.end == hit.start + 1 => religious(),
        w::xơ => !(doc.is_cap(hit.start) && doc.title(i) == w::đăng),
        _ => true,
    })
}

/// Names of authors and photographers: *Tin, ảnh: PHƯƠNG THẢO*, a last line of names alone.
pub(crate) fn byline(doc: &Doc, i: usize) -> bool {
    const CUES: [crate::lexicon::Sym; 3] = [w::ảnh, w::tin, w::bài];
    if i >= 2 && doc.is(i - 1, w::COLON) && doc.is_any(i - 2, &CUES) {
        return true;
    }
    // "Ảnh: VGP/Quang Hiếu"
    if i >= 4 && doc.is(i - 1, w::SLASH) && doc.is_acronym(i - 2) && doc.is(i - 3, w::COLON) && doc.is_any(i - 4, &CUES) {
        return true;
    }
    // The last sentence of a text that was scraped into one line.
    let sentence = doc.sentence(i);
    let body = |at: usize| doc.find(Table::Bodies, at).is_some_and(|hit| hit.end > at + 1);
    let names_only = |range: Range<usize>| {
        !range.clone().any(body) && range.clone().all(|at| doc.is_cap(at) || doc.is_any(at, &[w::HYPHEN, w::COMMA, w::AMPERSAND, w::SLASH]))
    };
    if sentence.end >= doc.len() && sentence.start > 0 && sentence.len() <= 12 && names_only(sentence.start..sentence.end.min(doc.len())) {
        return true;
    }
    if i >= 3 && doc.is(i - 1, w::COLON) && doc.small(i - 2) == w::viết && doc.is(i - 3, w::bài) {
        return true;
    }
    if i >= 2 && doc.is(i - 1, w::COLON) && matches!(doc.raw(i - 2), "giả" | "hiện" | "Clip" | "clip" | "Video" | "video") {
        return true;
    }
    // A short line near the end that holds nothing but names and dashes.
    let line = doc.line(i);
    if line.start == 0 || doc.len().saturating_sub(line.end) > 40 || line.len() > 14 {
        return false;
    }
    let mut bracket = false;
    line.clone().all(|at| {
        bracket |= doc.is(at, w::OPEN);
        doc.is_cap(at)
            || doc.is_any(at, &[w::HYPHEN, w::COMMA, w::AMPERSAND, w::và, w::DOT, w::OPEN, w::CLOSE, w::SLASH])
            || (bracket && doc.is_word(at))
    }) && !line.clone().any(|at| doc.find(Table::Bodies, at).is_some_and(|hit| hit.end > at + 1) || doc.find(Table::Posts, at).is_some())
}

/// A byline's name: two to four syllables that occur in names, and no province or region (*Hà Nội*, *Tây Nguyên*); districts lend pen names.
pub(crate) fn byline_name(doc: &Doc, range: &Range<usize>) -> bool {
    let place = doc
        .find(Table::Places, range.start)
        .is_some_and(|hit| hit.end == range.end && matches!(doc.entry(hit).cells[0], "province" | "region"));
    let syllable = |at: usize| doc.find(Table::GivenSyllables, at).is_some() || family(doc, at).is_some();
    !place
        && (2..=4).contains(&range.len())
        && range.clone().all(|at| doc.is_cap(at))
        && range.clone().filter(|&at| syllable(at)).count() + 1 >= range.len()
}

/// A name that no Vietnamese name is: a word in it that is no Vietnamese syllable.
pub(crate) fn looks_foreign(doc: &Doc, range: &Range<usize>) -> bool {
    range.clone().any(|at| doc.case(at) == Case::Title && doc.raw(at).chars().count() > 3 && !has_shape(doc.raw(at)))
}

/// What a word of address tells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

/// What the word of address tells.
pub(crate) fn gender(doc: &Doc, person: &PersonReading) -> Option<Gender> {
    match doc.sym(person.honorific.as_ref()?.start) {
        w::ông | w::anh => Some(Gender::Male),
        w::bà | w::chị | w::cô => Some(Gender::Female),
        _ => None,
    }
}
