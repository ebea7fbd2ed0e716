//! **Accepts** posts, memberships, ranks, degrees and honours with the body or place they are held in: *TUV*, *Bí thư Quận ủy*, *nguyên Trưởng Công
//! an huyện Giồng Riềng*, *Tổng Lãnh sự Lào tại Đà Nẵng*.
//!
//! **Refuses** honorifics (*ông, đồng chí*), plural offices without a person.
//!
//! **Value** the role with acronyms written out (*Thành ủy viên*); *Trưởng, Phó Trưởng, Chánh, Phó Chánh* and *Ủy viên Ban Thường vụ* take the type
//! noun of their body into the role; the body as written; whether it is past.
//!
//! **Ambiguity** which person a title belongs to is decided in [`crate::link`].
//!
//! **Sources** `data/posts.tsv`.

use std::borrow::Cow;
use std::ops::Range;

use super::organization::{self, Context, OrganizationReading};
use super::person::{family, name_score, name_start, run_end};
use super::place;
use crate::bulletin::{OrganizationKind, TitleKind};
use crate::doc::Doc;
use crate::lexicon::{Flags, Hit, Sym, Table};
use crate::normalize::{TonePlacement, tone_placed};
use crate::token::{Case, fold};
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct TitleReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) role: String,
    pub(crate) kind: TitleKind,
    pub(crate) former: bool,
    /// The body inside the title.
    pub(crate) organization: Option<OrganizationReading>,
    /// A common noun, too: it counts only directly at a person's name.
    pub(crate) weak: bool,
    /// The token behind the head: what stands there is the body or place.
    pub(crate) head_end: usize,
}

/// Whether token `i` is a word before a title: *nguyên Chủ tịch*, *cố Tổng Bí thư*, *quyền Cục trưởng*, *hàm Vụ trưởng*.
pub(crate) fn begins_before_post(doc: &Doc, i: usize) -> bool {
    doc.is_any(i, &[w::nguyên, w::cựu, w::cố, w::quyền, w::hàm])
}

/// The title that begins at token `i`. `city`: the bulletin is a centrally-run city's. `behind_person`: a person's name and a mark stand before.
pub(crate) fn read(doc: &Doc, i: usize, city: bool, behind_person: bool) -> Option<TitleReading> {
    let mut at = i;
    let mut former = false;
    let mut acting = None;
    // "nguyên", "cựu", "cố"; "Quyền", "Q."
    if doc.is_any(at, &[w::nguyên, w::cựu, w::cố]) {
        former = !doc.is(at, w::cố);
        at += 1;
    }
    former |= held_once(doc, i);
    if doc.is(at, w::quyền) || (doc.title(at) == w::q && doc.is(at + 1, w::DOT)) {
        acting = Some("Quyền");
        at = place::past_dot(doc, at + 1);
    } else if doc.is(at, w::phụ) && doc.is(at + 1, w::trách) {
        return None;
    }
    // "hàm Vụ trưởng": of that rank without the office.
    if doc.is(at, w::hàm) {
        acting = Some("Hàm");
        at += 1;
    }
    let hit = post(doc, at, city)?;
    let entry = doc.entry(hit);
    let flags = entry.flags;
    // "chức vụ Trưởng ban": small before capital where the form ("Vụ trưởng") has it the other way round.
    let split = hit.end == hit.start + 2 && doc.is_lower(hit.start) && doc.case(hit.start + 1) == Case::Title
        || doc.small(hit.start) == w::vụ && hit.start > 0 && doc.small(hit.start - 1) == w::chức;
    // "TT. Hậu Nghĩa": an acronym that means something else, too, must stand at a name.
    let stray = flags.has(Flags::WEAK) && flags.has(Flags::UPPER) && {
        let name = place::past_dot(doc, hit.end);
        name_score(doc, &(name..run_end(doc, name))) < 2
            && doc.find(Table::Posts, name).is_none()
            && organization::read(doc, name, Context::of_post(behind_person)).is_none_or(|body| !body.definite)
    };
    if split || stray {
        return None;
    }
    let kind = TitleKind::named(entry.cells[1])?;
    let mut role = tones_as_written(doc, entry.cells[0], hit.start..hit.end);
    // "CT. UBND phường": the point of the acronym, where its body follows.
    let dotted = place::past_dot(doc, hit.end);
    let body_behind = || organization::read(doc, dotted, Context::of_post(behind_person)).is_some_and(|body| body.definite);
    let mut end = if dotted > hit.end && doc.case(hit.start) == Case::Upper && body_behind() { dotted } else { hit.end };
    let mut organization = None;
    if flags.has(Flags::BODY) {
        // "Phó Trưởng ban Ban Tôn giáo": the body begins at the second.
        let doubled = doc.is_lower(end) && doc.is_cap(end + 1) && doc.sym(end) != 0 && doc.sym(end) == doc.sym(end + 1);
        let type_start = end;
        end += usize::from(doubled);
        let noun = doc.find(Table::Bodies, end).filter(|_| !doc.at_line_start(end));
        let body = organization::read(doc, end, Context { any_case: true, ..Context::of_post(behind_person) });
        let type_end = type_noun(doc, end);
        // "Trưởng" alone is no post; the noun of its body must follow.
        if noun.is_none() && type_end == end {
            return None;
        }
        // "Trưởng BTS": the noun is in the acronym.
        let inside = acronym_noun(doc, end).filter(|_| type_end == end);
        role = format!(
            "{role} {}",
            if let Some(noun) = inside {
                noun.to_owned()
            } else if doubled {
                doc.plain(&(type_start..end))
            } else {
                doc.plain(&(end..type_end))
            }
        );
        match body {
            Some(body) => {
                end = body.tokens.end;
                organization = Some(body);
            }
            None => end = type_end,
        }
    } else if !flags.has(Flags::WHOLE) {
        // "Phó Bí thư Thường trực chuyên trách"
        if matches!((doc.small(end), doc.small(end + 1)), (w::chuyên, w::trách)) {
            role += " chuyên trách";
            end += 2;
        // "Phó Giám đốc phụ trách Sở Du lịch"
        } else if doc.is(end, w::phụ) && doc.is(end + 1, w::trách) && doc.is_cap(end + 2) {
            let body = organization::read(doc, end + 2, Context { any_case: true, ..Context::of_post(behind_person) });
            if body.is_some_and(|body| body.definite) {
                role += " phụ trách";
                end += 2;
            }
        }
        // "Tổng Bí thư Trường Chinh": a head that a name goes on from without being its own is none.
        // In "Chủ tịch HĐQT Nguyễn Văn A" a name of its own follows.
        let person_behind = |at: usize| {
            let run = at..run_end(doc, at);
            doc.is_cap(at) && name_start(doc, &run, true) == at
        };
        let whole = |body: &OrganizationReading| {
            // Schools and hospitals bear persons' names.
            let speaks = doc.find(Table::SpeechVerbs, run_end(doc, body.tokens.end)).is_some();
            let named = matches!(body.kind, OrganizationKind::Education | OrganizationKind::Health) && !speaks;
            body.definite || !doc.is_cap(body.tokens.end) || body.tokens.len() > body.head.len() || !named && person_behind(body.tokens.end)
        };
        if let Some(body) = organization::read(doc, end, Context { any_case: true, ..Context::of_post(behind_person) })
            .filter(whole)
            .filter(|_| !doc.at_line_start(end))
        {
            end = body.tokens.end;
            // "Ủy viên Ban Thường vụ": the standing committee is part of the role.
            if matches!(entry.cells[0], "Ủy viên" | "Ủy viên Thường trực")
                && body.tokens.start == hit.end
                && let Some(committee) = standing_committee(doc, hit.end)
            {
                role = format!("{role} {committee}");
            }
            // "Đại biểu Quốc hội tỉnh Sóc Trăng"
            if body.kind == OrganizationKind::Legislature
                && let Some(seat) = place::read(doc, end, true).filter(|_| !doc.at_line_start(end))
            {
                end = seat.tokens.end;
            }
            organization = Some(body);
        } else if let Some(named) = own_place(doc, hit) {
            end = named;
        } else if let Some(found) = place::read(doc, end, true).filter(|_| !doc.at_line_start(end)) {
            end = found.tokens.end;
        } else if let Some(field) = doc
            .find(Table::Fields, end)
            .filter(|f| doc.is_cap(end) && !doc.at_line_start(end) && doc.entry(*f).cells[0] == "field" && family(doc, end).is_none())
        {
            // "Bộ trưởng Quốc phòng Mỹ", "Giám đốc Tài chính"
            end = field.end;
            if let Some(country) = place::read(doc, end, true) {
                end = country.tokens.end;
            }
        } else if level_word(doc, end) {
            end += level_length(doc, end);
        }
        // "Tổng Lãnh sự Lào tại Đà Nẵng", "Trưởng đại diện KOICA tại Việt Nam"
        if doc.is(end, w::tại)
            && end > hit.end
            && let Some(seat) = place::read(doc, end + 1, true)
        {
            end = seat.tokens.end;
            // "Đại sứ Việt Nam tại Áo kiêm nhiệm Slovenia"
            if doc.is(end, w::kiêm)
                && doc.small(end + 1) == w::nhiệm
                && let Some(other) = place::read(doc, end + 2, true)
            {
                end = other.tokens.end;
            }
        }
    }
    if let Some(word) = acting {
        role = format!("{word} {role}");
    }
    Some(TitleReading { tokens: i..end, role, kind, former, organization, weak: flags.has(Flags::WEAK), head_end: hit.end })
}

/// *nguyên là Giám đốc, khi còn là, từng là, từng giữ chức (vụ), từng làm, thôi giữ chức, miễn nhiệm chức vụ, cách chức*: the words before
/// token `at` say that the post is past.
fn held_once(doc: &Doc, at: usize) -> bool {
    let verbs = [&[w::là][..], &[w::làm], &[w::giữ, w::chức], &[w::giữ, w::chức, w::vụ], &[w::giữ, w::chức, w::danh]];
    let before = |verb: &[Sym]| at.checked_sub(verb.len() + 1).filter(|&before| doc.are(before + 1, verb) && doc.is_word(before));
    let left = |before: usize| doc.is_any(before, &[w::nguyên, w::còn]) && doc.is(before + 1, w::là);
    let once = |before: usize| doc.small(before) == w::từng || left(before) || in_those_days(doc, before);
    // "từng được bổ nhiệm làm Giám đốc"
    let appointed = || at >= 5 && doc.small(at - 5) == w::từng && doc.is(at - 4, w::được) && doc.is(at - 1, w::làm);
    verbs.into_iter().filter_map(before).any(once) || appointed() || relieved(doc, at)
}

/// *trong thời kỳ ông Bình | làm Chủ tịch*, *giai đoạn bà Lê Thị Mơ | là Giám đốc*: token `end` ends the name.
fn in_those_days(doc: &Doc, end: usize) -> bool {
    const NAME: usize = 6;
    let start = (end.saturating_sub(NAME)..=end).rev().find(|&at| doc.find(Table::Honorifics, at).is_some());
    let Some(start) = start.filter(|&start| (start + 1..=end).all(|at| doc.is_cap(at)) || start == end) else { return false };
    start >= 2 && matches!((doc.small(start - 2), doc.small(start - 1)), (w::thời, w::kỳ | w::kì | w::gian | w::điểm) | (w::giai, w::đoạn))
}

/// *thôi (giữ) chức (vụ), miễn nhiệm (chức vụ), cách chức, bãi nhiệm*
fn relieved(doc: &Doc, at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or(0, |before| doc.small(before));
    let post_word = usize::from(matches!(back(1), w::vụ | w::danh));
    match (back(post_word + 2), back(post_word + 1)) {
        (w::cách | w::thôi, w::chức) | (w::miễn | w::bãi, w::nhiệm) => true,
        (w::giữ | w::nhiệm, w::chức) => matches!(back(post_word + 3), w::thôi | w::miễn | w::bãi),
        _ => false,
    }
}

/// *Tỉnh uỷ viên*: a role keeps the tones where the text has them.
fn tones_as_written(doc: &Doc, role: &str, tokens: Range<usize>) -> String {
    let newly = |at: &usize| {
        let raw = doc.raw(*at);
        // The folded form of a word of a row is known.
        let folded = if doc.is_mended(*at) { Cow::Owned(fold(raw)) } else { doc.folded(*at) };
        !raw.is_ascii() && !raw.chars().flat_map(char::to_lowercase).eq(folded.chars())
    };
    let written: Vec<usize> = tokens.filter(newly).collect();
    let word = |word: &str| {
        let same = written.iter().any(|&at| doc.folded(at) == fold(word));
        if same { tone_placed(word, TonePlacement::New) } else { word.to_owned() }
    };
    if written.is_empty() { role.to_owned() } else { role.split(' ').map(word).collect::<Vec<_>>().join(" ") }
}

/// The first word of what an acronym of a body stands for: *Ban* of *BTS*.
fn acronym_noun<'d>(doc: &'d Doc, at: usize) -> Option<&'d str> {
    let hit = doc.find(Table::Acronyms, at).filter(|_| doc.case(at) == Case::Upper)?;
    let full = doc.entry(hit).cells[0];
    let noun = ["Văn phòng", "Trung tâm", "Chi cục", "Công an"].into_iter().find(|noun| full.starts_with(noun));
    noun.or_else(|| full.split(' ').next())
}

/// *Phó trưởng thôn An Chánh*: the post's last word heads a place.
fn own_place(doc: &Doc, hit: Hit) -> Option<usize> {
    let head = (hit.start + 1..hit.end).find_map(|at| doc.find(Table::PlaceHeads, at).filter(|h| h.end == hit.end && doc.is_lower(at)))?;
    (doc.entry(head).cells[0] == "hamlet").then(|| place::name_after_head(doc, head, hit.end, true))?
}

/// The longest row of posts at `at`; of two that differ by province and city, the one that fits.
fn post(doc: &Doc, at: usize, city: bool) -> Option<Hit> {
    let longest = doc.find(Table::Posts, at)?;
    // "Phó trưởng đoàn đại biểu Quốc hội": the body begins at the post's last word.
    let last = longest.end - 1;
    let inner = doc.find(Table::Bodies, last).is_some_and(|body| body.end > longest.end);
    let shorter = |hit: &Hit| inner && hit.table == Table::Posts && hit.end == last && doc.flags(*hit).has(Flags::BODY);
    let longest = doc.hits_at(at).find(shorter).unwrap_or(longest);
    // "Đại sứ quán": a body that begins like a post.
    if doc.hits_at(at).any(|hit| matches!(hit.table, Table::Bodies | Table::KnownBodies) && hit.end > longest.end && doc.is_cap(at)) {
        return None;
    }
    doc.hits_at(at).rev().filter(|hit| hit.table == Table::Posts && hit.end == longest.end).find(|&hit| {
        let flags = doc.flags(hit);
        !(flags.has(Flags::CITY) && !city || flags.has(Flags::PROVINCE) && city)
    })
}

/// The committees whose members say so in their role: *Ủy viên Ban Thường vụ*, *Ủy viên Đoàn Chủ tịch*.
fn standing_committee(doc: &Doc, at: usize) -> Option<&'static str> {
    if doc.is(at, w::btv) || doc.are(at, &[w::ban, w::thường, w::vụ]) {
        Some("Ban Thường vụ")
    } else if doc.raw(at) == "ĐCT" || doc.are(at, &[w::đoàn, w::chủ, w::tịch]) {
        Some("Đoàn Chủ tịch")
    } else {
        None
    }
}

/// The end of the type noun of a body at `at`: *Ban*, *phòng*, *Văn phòng*, *Công an*.
fn type_noun(doc: &Doc, at: usize) -> usize {
    if doc.at_line_start(at) {
        return at;
    }
    let word = doc.sym(at);
    let next = doc.sym(at + 1);
    let two = matches!(
        (word, next),
        (w::văn, w::phòng)
            | (w::thanh, w::tra)
            | (w::công, w::an)
            | (w::trung, w::tâm)
            | (w::chi, w::nhánh)
            | (w::tiểu, w::ban)
            | (w::chi, w::cục)
            | (w::bộ, w::môn)
            | (w::bộ, w::phận)
            | (w::đại, w::diện)
            | (w::cơ, w::quan)
            | (w::thư, w::viện)
    );
    if two {
        return at + 2;
    }
    let one = matches!(
        word,
        w::ban
            | w::phòng
            | w::khoa
            | w::đoàn
            | w::đội
            | w::tổ
            | w::bộ
            | w::trạm
            | w::đồn
            | w::cụm
            | w::khối
            | w::khu
            | w::ngành
            | w::nhóm
            | w::thuế
            | w::xưởng
            | w::kho
            | w::hội
            | w::cục
            | w::viện
            | w::trường
            | w::tòa
            | w::bản
            | w::thôn
            | w::xóm
            | w::ấp
            | w::vp
    );
    if one { at + 1 } else { at }
}

/// *Chủ tịch tỉnh*, *Bí thư huyện*: a level without a name.
fn level_word(doc: &Doc, at: usize) -> bool {
    level_length(doc, at) > 0
}

fn level_length(doc: &Doc, at: usize) -> usize {
    let school = doc.sym(at) == w::nhà && doc.small(at + 1) == w::trường; // "Hiệu trưởng Nhà trường"
    if school || doc.are(at, &[w::thành, w::phố]) || doc.are(at, &[w::thị, w::xã]) || doc.are(at, &[w::thị, w::trấn]) {
        2
    } else if doc.is_any(at, &[w::tỉnh, w::huyện, w::quận, w::xã, w::phường]) && !doc.is(at + 1, w::hội) {
        1
    } else {
        0
    }
}
