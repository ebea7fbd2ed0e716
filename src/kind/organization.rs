//! **Accepts** the whole noun phrase that names one definite body: a head (*Sở, UBND, Công ty, Ban Thường vụ*) and what its name grows by
//! (fields, levels, places, proper names, numbers, other bodies), or a body known by a complete name (*Bộ Chính trị*).
//!
//! **Refuses** generic plurals (*các chi bộ, UBND các xã*), bare generic words (*công ty, đơn vị*), what follows the name.
//!
//! **Value** the name; its head; its kind; the body inside it (*parent*).
//!
//! **Ambiguity** lower-case words after a head belong to the name only where the lexicon of fields has them, and those that are also verbs only
//! right behind a head that needs a field. Where a person's name follows without a mark, [`super::person::name_start`] cuts.
//!
//! **Sources** `data/bodies.tsv`, `data/known_bodies.tsv`, `data/fields.tsv`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::person::{family, name_score, name_start, run_end};
use super::place::{name_after_head, past_dot};
use crate::bulletin::OrganizationKind;
use crate::doc::Doc;
use crate::lexicon::{Flags, Hit, Table};
use crate::note::{Note, Silent};
use crate::number::roman;
use crate::token::Case;
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct OrganizationReading {
    pub(crate) tokens: Range<usize>,
    /// The generic first words.
    pub(crate) head: Range<usize>,
    pub(crate) kind: OrganizationKind,
    pub(crate) parent: Option<Range<usize>>,
    /// The complete name that the bulletin gave for this acronym: *Ban Quản lý dự án (BQLDA)*, later *BQLDA*.
    pub(crate) stands_for: Option<Range<usize>>,
    /// Whether it names a definite body; else only the head of one (*Phó Giám đốc Bệnh viện*), which a title may hold.
    pub(crate) definite: bool,
    pub(crate) by: BodyRule,
    /// What stood around it when it was read.
    pub(crate) context: Context,
}

/// What made words a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyRule {
    /// A complete name that the lexicon has.
    Known,
    /// A head that the lexicon has, and what its name grows by.
    Head,
    /// An acronym that the text itself introduces.
    Introduced,
}

/// How deep bodies may nest inside one name.
const DEPTH: usize = 4;

/// What stands around a body's name.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    /// A post stands before, so that a person's name may follow without a mark.
    pub(crate) person_expected: bool,
    /// The post stands behind its person: a proper name (*Trường THPT Lê Quý Đôn*) is the body's all the same.
    pub(crate) behind_person: bool,
    /// The head may be in lower case: *Trưởng ban Tổ chức*.
    pub(crate) any_case: bool,
    /// It is looked at for the sake of a body before it: what is listed behind it does not count.
    pub(crate) listed: bool,
}

impl Context {
    /// Inside a title.
    pub(crate) fn of_post(behind_person: bool) -> Self {
        Context { person_expected: true, behind_person, ..Context::default() }
    }
}

/// The body that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize, context: Context) -> Option<OrganizationReading> {
    nested(doc, i, context, DEPTH)
}

/// What the name at token `i` grew by, part by part.
pub(crate) fn parts(doc: &Doc, i: usize, context: Context, note: &mut impl Note) {
    grown(doc, i, context, DEPTH, note);
}

fn nested(doc: &Doc, i: usize, context: Context, depth: usize) -> Option<OrganizationReading> {
    grown(doc, i, context, depth, &mut Silent)
}

fn grown(doc: &Doc, i: usize, context: Context, depth: usize, note: &mut impl Note) -> Option<OrganizationReading> {
    let head = doc.find(Table::Bodies, i);
    // "THÔNG CÁO BÁO CHÍ"
    let press = || doc.sym(i) == w::báo && matches!(doc.sym(i + 1), w::chí | w::cáo | w::động | w::hiệu);
    if super::person::headline_verb(doc, i) || head.is_some() && press() {
        return None;
    }
    // "Phó Trưởng ban Tôn giáo Chính phủ", "thanh tra Chính phủ": the first word is in lower case, the rest is not.
    let small_head = |end: usize| (i + 1..end).any(|at| doc.is_cap(at)) && (context.any_case || head.is_some_and(|h| h.end > i + 1));
    let known = doc.find(Table::KnownBodies, i).filter(|k| doc.is_cap(i) || k.end > i + 2 && small_head(k.end));
    // "BÁO CÁO", "Bản Kế hoạch": a document's type that begins like a body's.
    if let (Some(document), Some(h)) = (doc.find(Table::Documents, i), head)
        && document.end > h.end
    {
        return None;
    }
    // "ngành Tòa án Đồng Tháp": the branch there, no body.
    if i > 1 && doc.small(i - 1) == w::ngành && doc.small(i - 2) != w::liên && !doc.is(i - 2, w::COMMA) {
        return None;
    }
    let base = match (known, head) {
        (Some(k), Some(h)) if h.end >= k.end => h,
        (Some(k), _) => return Some(central(doc, complete(doc, k, context.person_expected), context, depth)),
        (None, Some(h)) => h,
        (None, None) => return doc.introduced(i).map(|body| body.at(i)),
    };
    let flags = doc.flags(base);
    let small = doc.is_lower(i);
    if small && (!flags.has(Flags::LOWER) && !context.any_case || second_half(doc, i)) {
        return None;
    }
    // "Chủ tịch nước Đoàn Vĩnh Thuận": a family name, and the place only sounds like one.
    let name = i..run_end(doc, i);
    let province = doc.find(Table::Places, i + 1).is_some_and(|hit| doc.entry(hit).cells[0] == "province");
    if context.person_expected
        && base.end == i + 1
        && name.len() == 3
        && family(doc, i).is_some()
        && !province
        && name_score(doc, &name) >= 4
    {
        return None;
    }
    let mut grow = Growth::new(doc, base, context, depth);
    grow.run(note);
    let Growth { mut end, grown, strong, named, parent, parent_kind, field_grown, .. } = grow;
    // "Hội đồng hương Quảng Bình tại TP. Hồ Chí Minh": the seat belongs to the name.
    if grown
        && doc.is(end, w::tại)
        && matches!(doc.small(base.end - 1), w::hương | w::diện | w::quán | w::nhánh | w::thẩm)
        && let Some(seat) = super::place::read(doc, end + 1, context.person_expected)
    {
        end = seat.tokens.end;
    }
    let own_kind = OrganizationKind::named(doc.entry(base).cells[0])?;
    // The board of a union is the union's, whatever such boards are elsewhere.
    let board = matches!(
        (doc.sym(i), doc.sym(i + 1)),
        (w::ban, w::chấp | w::thường) | (w::bch | w::btv | w::thường | w::ubkt, _) | (w::đoàn, w::chủ) | (w::văn, w::phòng)
    );
    let association =
        |kind: &OrganizationKind| matches!(kind, OrganizationKind::MassOrganization | OrganizationKind::Front | OrganizationKind::Religion);
    let general = matches!(own_kind, OrganizationKind::Government | OrganizationKind::Other) && doc.sym(i) == w::ban;
    let kind = parent_kind.filter(|kind| board || general && association(kind)).unwrap_or(own_kind);
    if grown && kind == OrganizationKind::Enterprise {
        end = branch_end(doc, end, context, depth);
    }
    // "Đảng ủy UBND": the lexicon's head holds a body.
    let parent = parent.or_else(|| {
        (base.start + 1..base.end)
            .find(|&at| doc.is_cap(at) && doc.find(Table::Bodies, at).is_some_and(|h| h.end == base.end && doc.flags(h).has(Flags::BARE)))
            .map(|at| at..end)
    });
    let shares = !context.listed && !grown && flags.has(Flags::MAYBE) && !small && shares_parent(doc, end);
    // "HĐND cấp tỉnh"; in "Sở Xây dựng cấp phép" it is the verb.
    let cap_of_levels = doc.is(end, w::cấp)
        && !grown
        && (doc.is_any(end + 1, &[w::tỉnh, w::huyện, w::quận, w::xã, w::phường, w::trúng])
            || matches!(doc.small(end + 1), w::trên | w::dưới | w::cơ));
    // "UBND tỉnh, thành phố", "công an quận huyện": all of that level.
    let of_class = grown && !named && same_level_behind(doc, end);
    // "UBND 15 tỉnh"
    let counted = !grown && doc.is_number(end) && doc.find(Table::PlaceHeads, end + 1).is_some_and(|_| doc.is_lower(end + 1));
    // "UBND các xã", "các Sở", "các chi bộ trực thuộc": plurals.
    let generic = of_class
        || counted
        || (doc.is_any(end, &[w::các, w::những]) || cap_of_levels) && !grown
        || plural_before(doc, i) && !named
        || (plural_before(doc, i) || doc.are(end, &[w::trực, w::thuộc])) && !strong;
    let definite = !generic
        && if grown {
            // "tổ 42" is a place.
            let numbered = doc.is(i, w::tổ) && doc.is_number(base.end);
            // "trung tâm TP Thái Nguyên" is the middle of a town.
            let middle = small && doc.small(base.end - 1) == w::tâm && (!field_grown || doc.find(Table::PlaceHeads, base.end).is_some());
            // In lower case only a name, a level or a capital makes it definite; a short head needs a strong growth, too.
            if small && !context.any_case || flags.has(Flags::RISKY) { strong && !numbered && !middle } else { true }
        } else {
            // "Trưởng khoa Cấp cứu", "Phòng Tổ chức - Hành chính"
            let unit = flags.has(Flags::MAYBE)
                && (!small || context.any_case)
                && matches!(doc.sym(i), w::khoa | w::phòng)
                && fields_of_head(doc, base).next().is_some();
            // "sở Giáo dục và Đào tạo": the head's own field is in capitals.
            let bare = flags.has(Flags::BARE) && (!small || context.any_case || (base.start + 1..base.end).any(|at| doc.is_cap(at)));
            if shares {
                note.because("the last of the list carries the body that all belong to", None, end..end + 1);
            } else if unit {
                note.because("a department with its field", None, base.start..base.end);
            } else if bare {
                note.because("the head is a name by itself", None, base.start..base.end);
            }
            shares || unit || bare
        };
    Some(OrganizationReading {
        tokens: i..end,
        head: base.start..head_end(doc, base),
        kind,
        parent,
        stands_for: None,
        definite,
        by: BodyRule::Head,
        context,
    })
}

/// Whether another word of the level that ends before token `end` stands there without a name: *UBND tỉnh, thành phố*.
fn same_level_behind(doc: &Doc, end: usize) -> bool {
    const CLASSES: [&[&str]; 3] = [&["tỉnh", "thành"], &["quận", "huyện", "thị"], &["xã", "phường", "thị"]];
    let at = if doc.is(end, w::COMMA) || doc.is(end, w::HYPHEN) { end + 1 } else { end };
    let Some(head) = doc.find(Table::PlaceHeads, at).filter(|_| doc.is_lower(at) && doc.is_lower(end - 1)) else { return false };
    let same = CLASSES.iter().any(|class| class.contains(&doc.raw(end - 1)) && class.contains(&doc.raw(at)));
    // "UBND tỉnh thành lập …": the verb.
    let verb = doc.is(at, w::thành) && matches!(doc.small(at + 1), w::lập | w::thạo | w::công);
    same && !verb && !doc.is_cap(head.end) && !doc.is_number(head.end) && !doc.is(head.end, w::ủy)
}

/// A body for which the bulletin itself introduces an acronym.
#[derive(Debug, Clone)]
pub(crate) struct Introduced {
    body: OrganizationReading,
    /// The token behind the closing bracket: the acronym holds from there on.
    pub(crate) from: usize,
}

impl Introduced {
    fn at(&self, i: usize) -> OrganizationReading {
        OrganizationReading {
            tokens: i..i + 1,
            head: i..i + 1,
            parent: None,
            stands_for: Some(self.body.tokens.clone()),
            by: BodyRule::Introduced,
            ..self.body.clone()
        }
    }
}

/// The acronyms in brackets behind the complete name of a body that begins with the same letter, save those that a lexicon has.
pub(crate) fn introduced(doc: &Doc) -> FxHashMap<String, Introduced> {
    const LONGEST: usize = 14;
    let mut found = FxHashMap::default();
    for open in doc.tokens_that(|tok| tok.sym() == w::OPEN).filter(|&open| open > 0) {
        let acronym = open + 1;
        let bracket = doc.is(open + 2, w::CLOSE) && doc.is_cap(acronym) && !doc.is_shouted(acronym);
        let tables = [Table::Bodies, Table::KnownBodies, Table::PlaceHeads, Table::Places, Table::Posts];
        if !bracket || doc.hits_at(acronym).any(|hit| tables.contains(&hit.table)) || found.contains_key(doc.raw(acronym)) {
            continue;
        }
        // A firm's short name need not be its initials: "Công ty CP Sắt Thạch Khê (TIC)", "Tổng công ty Thương mại Hà Nội (Hapro)".
        let first = |at: usize| doc.raw(at).chars().next();
        let initials = |start: usize| doc.is_acronym(acronym) && first(start) == first(acronym);
        let body = (open.saturating_sub(LONGEST)..open)
            .filter(|&start| doc.same_sentence(start, open) && doc.is_cap(start))
            .filter_map(|start| read(doc, start, Context::default()).map(|body| (start, body)))
            .find(|(start, body)| {
                let firm = body.kind == OrganizationKind::Enterprise && body.tokens.len() > body.head.len() && doc.raw(acronym).len() > 2;
                body.definite && body.tokens.end == open && (initials(*start) || firm)
            })
            .map(|(_, body)| body);
        if let Some(body) = body {
            found.insert(doc.raw(acronym).to_owned(), Introduced { body, from: open + 3 });
        }
    }
    found
}

/// *Ban Tổ chức, Ban Nội chính, Văn phòng Tỉnh ủy*: the last of a list carries the body that all belong to.
fn shares_parent(doc: &Doc, mut at: usize) -> bool {
    for _ in 0..6 {
        if !doc.is_any(at, &[w::COMMA, w::và]) {
            return false;
        }
        let Some(next) = nested(doc, at + 1, Context { listed: true, ..Context::default() }, 1) else { return false };
        if next.parent.is_some() {
            return true;
        }
        at = next.tokens.end;
    }
    false
}

/// The end of the head without the level that the lexicon's form may hold: *Công an huyện* → *Công an*.
fn head_end(doc: &Doc, base: Hit) -> usize {
    let level = (base.start + 1..base.end).find(|&at| {
        doc.find(Table::PlaceHeads, at)
            .is_some_and(|h| h.end == base.end && matches!(doc.entry(h).cells[0], "province" | "district" | "commune"))
    });
    level.unwrap_or(base.end)
}

/// *xã hội, văn phòng, thông báo*: a small word that looks like a head is the second half of another.
fn second_half(doc: &Doc, i: usize) -> bool {
    i > 0
        && matches!(
            (doc.sym(i - 1), doc.small(i)),
            (w::giao | w::cấp, w::ban)
                | (w::xã | w::quốc | w::lễ | w::cơ | w::đại | w::giáo | w::vũ | w::hiệp | w::chi | w::nghiệp | w::dạ, w::hội)
                | (w::văn | w::quốc | w::dự | w::hải | w::đề | w::tiền | w::phục | w::căn | w::giải | w::biên, w::phòng)
                | (w::thông | w::cảnh | w::dự | w::khai | w::tố | w::báo | w::mật | w::đăng | w::trình, w::báo)
                | (
                    w::thị | w::môi | w::hiện | w::lập | w::nhà | w::quảng | w::hội | w::nông | w::chiến | w::công | w::sở | w::thương,
                    w::trường
                )
                | (w::cán | w::toàn | w::nội | w::đồng | w::cục | w::tiến | w::đảng | w::biên | w::sơ, w::bộ)
                | (w::quân | w::bộ | w::đại | w::cảnh | w::vệ, w::đội | w::đoàn)
                | (w::bệnh | w::học | w::thư | w::công | w::giáo, w::viện)
                | (w::nhiệm | w::phục | w::chức | w::dịch | w::nghĩa | w::công | w::thời | w::mùa, w::vụ)
                | (w::tập | w::giai | w::công | w::sư | w::trung, w::đoàn)
                | (w::cơ | w::trụ, w::sở)
                | (w::đoàn, w::thanh)
        )
}

fn plural_before(doc: &Doc, i: usize) -> bool {
    i > 0 && (doc.is_any(i - 1, &[w::các, w::những, w::nhiều, w::mỗi, w::PERCENT]) || matches!(doc.small(i - 1), w::số | w::từng | w::mọi))
}

/// *Ban Chấp hành Trung ương* + *Hội Nông dân Việt Nam*: whose central organ it is follows.
fn central(doc: &Doc, known: OrganizationReading, context: Context, depth: usize) -> OrganizationReading {
    let end = known.tokens.end;
    let central = matches!(doc.raw(end - 1), "ương" | "Ư" | "TƯ" | "TW");
    if central
        && depth > 0
        && doc.is_cap(end)
        && !doc.at_line_start(end)
        && let Some(inner) = nested(doc, end, Context { any_case: false, ..context }, depth - 1).filter(|inner| inner.definite)
    {
        return OrganizationReading { tokens: known.tokens.start..inner.tokens.end, kind: inner.kind, parent: Some(inner.tokens), ..known };
    }
    known
}

/// *Ngân hàng Nhà nước (NHNN) Chi nhánh tỉnh Lâm Đồng*, *Ngân hàng TMCP Á Đông - Chi nhánh Yên Bái*: past the branch of a firm.
fn branch_end(doc: &Doc, end: usize, context: Context, depth: usize) -> usize {
    let bracket = doc.is(end, w::OPEN) && doc.is(end + 2, w::CLOSE) && doc.is_cap(end + 1);
    let at = if bracket { end + 3 } else { end };
    let at = if doc.is(at, w::HYPHEN) { at + 1 } else { at };
    let branch = doc.sym(at) == w::chi && doc.sym(at + 1) == w::nhánh || doc.raw(at) == "CN" && at > end;
    if depth == 0 || !branch || doc.at_line_start(at) {
        return end;
    }
    nested(doc, at, Context { any_case: true, ..context }, depth - 1)
        .filter(|branch| branch.definite && branch.tokens.len() > branch.head.len())
        .map_or(end, |branch| branch.tokens.end)
}

/// A body known by its whole name; a level or a country may still follow.
fn complete(doc: &Doc, hit: Hit, person_expected: bool) -> OrganizationReading {
    let entry = doc.entry(hit);
    let mut end = hit.end;
    // "Đoàn TNCS Hồ Chí Minh tỉnh", "Hội Chữ thập đỏ Việt Nam tỉnh X"; "VCCI Cần Thơ", "Quốc hội Lào"
    if let Some((level, named)) = level_part(doc, end, person_expected) {
        let state = doc.small(end) == w::nước && named;
        let level = if entry.cells[0] == "media" && entry.flags.has(Flags::WEAK) { end } else { level }; // "Tuổi trẻ Điện Biên": its youth
        let grows = state || !entry.flags.has(Flags::UPPER) && matches!(entry.cells[0], "mass_organization" | "front" | "religion");
        if grows || named && doc.is_cap(end) {
            end = level;
        }
    }
    if matches!(entry.cells[0], "enterprise") || doc.title(hit.start) == w::ngân || doc.raw(hit.start) == "NHNN" {
        end = branch_end(doc, end, Context { person_expected, ..Context::default() }, 1);
    }
    // "VnExpress.net", "VOV.VN"
    let domain = |at: usize| {
        doc.is(at, w::DOT) && doc.touches(at) && doc.touches(at + 1) && matches!(doc.sym(at + 1), w::vn | w::net | w::com | w::org)
    };
    while entry.cells[0] == "media" && domain(end) {
        end += 2;
    }
    let weak = entry.flags.has(Flags::WEAK) && end == hit.end;
    // An ordinary word, too: it wants something beside it that bodies have.
    let supported = !weak
        || (hit.start > 0
            && (doc.is_any(hit.start - 1, &[w::của, w::theo, w::tại])
                || doc
                    .find_before(Table::Posts, hit.start)
                    .is_some_and(|_| &*entry.cells[0] != "media" || matches!(doc.raw(hit.start - 1), "tập" | "viên" | "PV" | "BTV"))
                || doc.find_before(Table::Bodies, hit.start).is_some_and(|head| doc.entry(head).cells[0] == entry.cells[0])))
        || doc.find(Table::SpeechVerbs, end).is_some();
    OrganizationReading {
        tokens: hit.start..end,
        head: hit.start..hit.end,
        kind: OrganizationKind::named(entry.cells[0]).unwrap_or(OrganizationKind::Other),
        parent: None,
        stands_for: None,
        definite: supported,
        by: BodyRule::Known,
        context: Context { person_expected, ..Context::default() },
    }
}

/// *tỉnh*, *quận Long Biên*, *Lào Cai*: a level with or without its name, or a known place. The end, and whether a name was there.
fn level_part(doc: &Doc, at: usize, person_expected: bool) -> Option<(usize, bool)> {
    if doc.at_line_start(at) || super::person::headline_verb(doc, at) {
        return None;
    }
    if let Some(head) = doc.find(Table::PlaceHeads, at)
        && matches!(doc.entry(head).cells[0], "province" | "district" | "commune" | "hamlet")
        && (!doc.flags(head).has(Flags::WEAK) || doc.is_cap(head.end) || doc.is_number(head.end))
    {
        // "huyện nghèo", "xã hội", "thành phố lớn", "bản thân": the level word is part of another.
        let name = past_dot(doc, head.end);
        if let Some(end) = name_after_head(doc, head, name, person_expected) {
            return Some((end, true));
        }
        let ordinary = matches!(
            doc.small(head.end),
            w::hội | w::đội | w::ủy | w::đoàn | w::nghèo | w::viên | w::trưởng | w::thân | w::lộ | w::dân | w::nhà | w::lớn
        ) || doc.raw(at).chars().count() == 1;
        // "UBND TP. Ngoài ra": the point ends the sentence.
        let end = if doc.is(head.end - 1, w::DOT) { head.end - 1 } else { head.end };
        return (!ordinary && head.end == name).then_some((end, false));
    }
    let place = doc.find(Table::Places, at)?;
    if doc.flags(place).has(Flags::HEAD) && !matches!(doc.entry(place).cells[0], "province" | "district") {
        return None;
    }
    // A longer run is another name; where a post stands before, the rest may be a person.
    let run = at..run_end(doc, at);
    if place.end < run.end && !doc.is_shouted(at) {
        let rest = place.end..run.end;
        let person = name_start(doc, &rest, true) == rest.start;
        let other = doc.find(Table::Bodies, place.end).is_some() || doc.find(Table::Fields, place.end).is_some();
        let foreigner = super::person::looks_foreign(doc, &rest);
        if !((person || foreigner) && person_expected || other) {
            return None;
        }
    }
    Some((place.end, true))
}

/// The fields that a head ends in: of *Công ty SX*, *Tổng công ty Xây dựng* all but the first words.
fn fields_of_head<'h>(doc: &'h Doc, head: Hit) -> impl Iterator<Item = Hit> + 'h {
    (head.start + 1..head.end).flat_map(|at| doc.hits_at(at)).filter(move |f| f.table == Table::Fields && f.end == head.end)
}

/// Follows a name from its head on.
struct Growth<'d, 't> {
    doc: &'d Doc<'t>,
    head: Hit,
    context: Context,
    depth: usize,
    level: bool,
    field: bool,
    name: bool,
    number: bool,
    body: bool,
    /// Whether the head is a name by itself.
    bare: bool,
    /// Whether such bodies bear the names of persons.
    bears_names: bool,
    /// A firm, a school, a hospital, of no field yet: what such a body does often follows its head.
    firm: bool,
    /// A Party cell or committee in lower case: *chi bộ hỗ trợ Trung tâm Y tế*.
    cell: bool,
    start: usize,
    end: usize,
    /// What came last decides what may come next.
    last: Last,
    grown: bool,
    /// Whether words of a field or a proper name are in it.
    field_grown: bool,
    /// Whether something definite is in it: a name, a level, a field of the lexicon in capitals, a number.
    strong: bool,
    /// Whether it is more than a level: *UBND huyện* is generic in the plural.
    named: bool,
    parent: Option<Range<usize>>,
    parent_kind: Option<OrganizationKind>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Head,
    Legal,
    Field,
    Name,
    Level,
    Place,
    Number,
    Body,
}

impl Last {
    fn says(self) -> &'static str {
        match self {
            Last::Head => "part of the head",
            Last::Legal => "the name grows by a legal form",
            Last::Field => "the name grows by words of a field",
            Last::Name => "the name grows by a proper name",
            Last::Level => "the name grows by a level",
            Last::Place => "the name grows by a place",
            Last::Number => "the name grows by a number",
            Last::Body => "the name grows by another body",
        }
    }
}

impl<'d, 't> Growth<'d, 't> {
    fn new(doc: &'d Doc<'t>, head: Hit, context: Context, depth: usize) -> Self {
        let grows = &doc.entry(head).cells[1];
        let [mut level, mut field, mut name, mut number, mut body] = [false; 5];
        for by in grows.split(',') {
            match by {
                "level" => level = true,
                "field" => field = true,
                "name" => name = true,
                "number" => number = true,
                "body" => body = true,
                _ => {}
            }
        }
        Growth {
            doc,
            head,
            context: Context { any_case: false, ..context },
            depth,
            level,
            field,
            name,
            number,
            body,
            bare: doc.flags(head).has(Flags::BARE),
            bears_names: !matches!(
                doc.entry(head).cells[0],
                "party" | "government" | "legislature" | "court" | "procuracy" | "police" | "front" | "mass_organization"
            ) || doc.raw(head.end - 1).starts_with("CA"), // "CAP Lý Thái Tổ": the ward's police
            firm: matches!(doc.entry(head).cells[0], "enterprise" | "health" | "education") && fields_of_head(doc, head).next().is_none(),
            cell: doc.entry(head).cells[0] == "party" && doc.is_lower(head.start),
            start: head.start,
            end: head.end,
            // "Công ty SX" + "và XNK": the lexicon's head holds a legal form already.
            last: if fields_of_head(doc, head).any(|f| doc.entry(f).cells[0] == "legal") { Last::Legal } else { Last::Head },
            grown: false,
            field_grown: false,
            strong: false,
            named: false,
            parent: None,
            parent_kind: None,
        }
    }

    fn run(&mut self, note: &mut impl Note) {
        const PARTS: usize = 16;
        for _ in 0..PARTS {
            let from = self.end;
            if !self.step() {
                return;
            }
            note.because(self.last.says(), None, from..self.end);
        }
    }

    fn take(&mut self, end: usize, last: Last, strong: bool) -> bool {
        self.end = end;
        self.last = last;
        self.grown = true;
        self.field_grown |= matches!(last, Last::Field | Last::Legal | Last::Name);
        self.strong |= strong;
        self.named |= last != Last::Level;
        true
    }

    /// Takes one more part; false where the name ends.
    fn step(&mut self) -> bool {
        let doc = self.doc;
        let at = self.end;
        if at >= doc.len() || doc.at_line_start(at) || !doc.same_sentence(at.saturating_sub(1), at) {
            return false;
        }
        if self.last == Last::Body {
            return false;
        }
        // "Hội đồng nhân dân (HĐND) huyện X": the acronym stands inside where the name goes on behind it.
        if doc.is(at, w::OPEN) && doc.is(at + 2, w::CLOSE) || self.acronym_end(at).is_some() {
            let Some(close) = self.acronym_end(at) else { return false };
            if let Some((end, named)) = level_part(doc, close, self.context.person_expected).filter(|_| self.level || self.grown) {
                return self.take(end, if named { Last::Place } else { Last::Level }, true);
            }
            // "Ủy ban Kiểm tra (UBKT) Tỉnh ủy"
            // "Phòng Cảnh sát điều tra tội phạm về ma túy (PC47) Công an tỉnh X"
            let may_nest = self.body || matches!(self.last, Last::Field | Last::Number) && self.field;
            if may_nest
                && self.depth > 0
                && let Some(inner) = nested(doc, close, self.context, self.depth - 1).filter(|inner| inner.definite)
            {
                self.parent = Some(inner.tokens.clone());
                self.parent_kind = Some(inner.kind);
                return self.take(inner.tokens.end, Last::Body, true);
            }
            // "Bệnh viện Đa khoa (BVĐK) Tân Lập"
            return self.name && !doc.at_line_start(close) && self.name_part(close);
        }
        // "Công an xã" + "Tân Lập": the lexicon's head ends in a level.
        if self.last == Last::Head
            && !self.grown
            && let Some(level) =
                (at > 0).then(|| at - 1).filter(|&l| doc.is_any(l, &[w::tỉnh, w::huyện, w::quận, w::xã, w::phường, w::phố, w::trấn, w::tp]))
            && level > self.start
        {
            let start =
                if doc.is_any(level, &[w::phố, w::trấn]) || doc.is(level.wrapping_sub(1), w::thị) { level - 1 } else { level };
            if let Some((end, true)) = level_part(doc, start, self.context.person_expected) {
                return self.take(end, Last::Place, true);
            }
        }
        // "TAND khu vực 1 - Nghệ An": the seat.
        if self.last == Last::Number
            && doc.is_dash(at)
            && !doc.touches(at)
            && let Some(seat) = doc.find(Table::Places, at + 1).filter(|hit| doc.entry(*hit).cells[0] == "province")
            && !doc.is_cap(seat.end)
        {
            return self.take(seat.end, Last::Place, true);
        }
        // "Cơ quan Cảnh sát điều tra - Công an quận Ngô Quyền"
        if self.body
            && self.last == Last::Head
            && self.depth > 0
            && doc.is_dash(at)
            && doc.small(self.end - 1) == w::tra
            && let Some(inner) =
                nested(doc, at + 1, self.context, self.depth - 1).filter(|inner| inner.definite && inner.kind == OrganizationKind::Police)
        {
            self.parent = Some(inner.tokens.clone());
            self.parent_kind = Some(inner.kind);
            return self.take(inner.tokens.end, Last::Body, true);
        }
        // "Ban quản lý đền Cờn", "BQL VQG Phong Nha - Kẻ Bàng": what it manages.
        let manages = doc.raw(self.start) == "BQL" || doc.sym(self.start + 1) == w::quản && doc.sym(self.start + 2) == w::lý;
        if manages
            && matches!(self.last, Last::Head | Last::Field)
            && doc.find(Table::PlaceHeads, at).is_some_and(|head| matches!(doc.entry(head).cells[0], "other" | "natural" | "street"))
            && let Some(place) = super::place::read(doc, at, self.context.person_expected)
        {
            return self.take(place.tokens.end, Last::Place, true);
        }
        if self.field && (self.field_part(at) || self.acronym_part(at)) {
            return true;
        }
        // "Ban Kinh tế Trung ương", "Ban Chỉ đạo Nhà nước về Du lịch"
        if doc.is_cap(at)
            && self.last != Last::Place
            && doc.find(Table::Fields, at).is_some_and(|f| doc.entry(f).cells[0] == "quality" && doc.find(Table::Places, at).is_none())
        {
            let end = doc.find(Table::Fields, at).map_or(at + 1, |f| f.end);
            return self.take(end, Last::Field, true);
        }
        if doc.is(at, w::về)
            && doc.is_cap(at + 1)
            && matches!(self.last, Last::Head | Last::Field | Last::Level | Last::Place)
            && (self.start..at).any(|n| matches!(doc.sym(n), w::đạo | w::ủy | w::đồng | w::tác | w::bcđ))
            && let Some(field) = doc.find(Table::Fields, at + 1)
        {
            return self.take(field.end, Last::Field, true);
        }
        // A body inside the name: "Ban Thường vụ Tỉnh ủy", "Đội Cảnh sát hình sự Công an TP Rạch Giá".
        let may_nest = self.body || matches!(self.last, Last::Field | Last::Number) && self.field;
        if may_nest
            && self.depth > 0
            && self.last != Last::Place
            && (doc.is_cap(at) || self.last == Last::Head || self.last == Last::Name)
            && let Some(inner) = nested(doc, at, self.context, self.depth - 1)
        {
            // "Đảng ủy Công ty": a generic body in capitals is a part all the same.
            let fits = inner.definite
                || (doc.is_cap(at)
                    && !(doc.is_shouted(at) && doc.find(Table::Bodies, at).is_some_and(|head| doc.flags(head).has(Flags::RISKY)))
                    && (self.body
                        || doc
                            .find(Table::Bodies, at)
                            .is_some_and(|head| doc.flags(head).has(Flags::BARE) || doc.flags(head).has(Flags::MAYBE))));
            if fits {
                self.parent = Some(inner.tokens.clone());
                self.parent_kind = Some(inner.kind);
                return self.take(inner.tokens.end, Last::Body, true);
            }
        }
        if (self.level || matches!(self.last, Last::Field | Last::Name | Last::Number))
            && let Some((end, named)) = level_part(doc, at, self.context.person_expected)
        {
            // A place may close any name, "Công ty Minh Long Hà Nội"; but a second bare level does not follow a place.
            if self.last != Last::Place || named {
                return self.take(end, if named { Last::Place } else { Last::Level }, true);
            }
        }
        if self.name && self.name_part(at) {
            return true;
        }
        if self.number_part(at) {
            return true;
        }
        self.joined_part(at)
    }

    /// *(HĐND)*, *(GD&ĐT)*: the token after the closing bracket.
    fn acronym_end(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        if !doc.is(at, w::OPEN) {
            return None;
        }
        let close = (at + 2..at + 9).find(|&n| doc.is(n, w::CLOSE))?;
        let letters = (at + 1..close).all(|n| {
            (doc.is_word(n) && matches!(doc.case(n), Case::Upper | Case::Mixed))
                || doc.is_number(n) && doc.touches(n) && n > at + 1 // "PC47"
                || doc.is_any(n, &[w::AMPERSAND, w::HYPHEN, w::COMMA])
        });
        letters.then_some(close + 1)
    }

    fn field_part(&mut self, at: usize) -> bool {
        let doc = self.doc;
        if matches!(self.last, Last::Place | Last::Number) || (self.last == Last::Level && !doc.is_cap(at)) {
            return false;
        }
        let Some(hit) = doc.find(Table::Fields, at) else { return false };
        let entry = doc.entry(hit);
        // "ĐẢNG ỦY CÔNG TY TỔ CHỨC HỘI NGHỊ", but "BAN TỔ CHỨC TỈNH ỦY"
        if super::person::headline_verb(doc, at) && (self.end - self.start > 1 || self.firm) {
            return false;
        }
        // A head or a post that begins here and reaches farther is no field: "Sở Y tế, Công an huyện", "Trưởng …".
        let longer = |table| doc.find(table, at).is_some_and(|h| h.end > hit.end);
        if longer(Table::Bodies) && self.body || longer(Table::KnownBodies) || longer(Table::Posts) {
            return false;
        }
        let kind = entry.cells[0];
        let small = doc.is_lower(at) || doc.is_shouted(at); // in a headline of capitals a verb may follow: "CÔNG AN HUYỆN TỔ CHỨC …"
        let needs_field = self.last == Last::Legal || (self.last == Last::Head && !self.bare);
        if small && entry.flags.has(Flags::VERB) && !needs_field {
            return false;
        }
        if doc.is_lower(at) && matches!(self.last, Last::Name | Last::Level) && kind != "business" {
            return false;
        }
        // "Công ty tổ chức đối thoại": behind such a head a verb is a field only where the name goes on.
        let numbered = doc.is(hit.end, w::số) && doc.is_number(hit.end + 1)
            || doc.is_number(hit.end) && !doc.is(hit.end + 1, w::SLASH) && super::quantity::unit_phrase(doc, hit.end + 1).is_none();
        let goes_on = numbered
            || doc.is_cap(hit.end)
            || doc.find(Table::Fields, hit.end).is_some()
            || level_part(doc, hit.end, self.context.person_expected).is_some();
        if small && entry.flags.has(Flags::VERB) && (self.cell || self.firm && !goes_on) && self.last == Last::Head && hit.end <= at + 2 {
            return false;
        }
        // Words of ownership and region are fields of any body, but in lower case only behind another part.
        if kind == "quality" && doc.is_lower(at) && needs_field && hit.end == at + 1 {
            return false;
        }
        self.take(hit.end, if kind == "legal" { Last::Legal } else { Last::Field }, !doc.is_lower(at))
    }

    /// An acronym that no table has, right behind the head: *Hội NVHN*, *Viện KHTL Miền Nam*, *Cục QLXD&CLCTGT*.
    fn acronym_part(&mut self, at: usize) -> bool {
        let doc = self.doc;
        let tables = [Table::Bodies, Table::KnownBodies, Table::PlaceHeads, Table::Places, Table::Posts, Table::Documents];
        let known = doc.hits_at(at).any(|hit| tables.contains(&hit.table));
        if self.last != Last::Head || doc.touches(at) || !doc.is_acronym(at) || known {
            return false;
        }
        let mut end = at + 1;
        while doc.is_any(end, &[w::AMPERSAND, w::HYPHEN]) && doc.touches(end) && doc.touches(end + 1) && doc.case(end + 1) == Case::Upper {
            end += 2;
        }
        // "Công ty ITM-International Trade": a proper name.
        if doc.is_dash(end) && doc.touches(end) && doc.touches(end + 1) {
            return false;
        }
        self.take(end, Last::Field, true)
    }

    /// A capitalized proper name; one in quotation marks is rare in bulletins, and often a campaign.
    fn name_part(&mut self, at: usize) -> bool {
        let doc = self.doc;
        if !doc.is_cap(at) || matches!(self.last, Last::Name | Last::Place | Last::Level) {
            return false;
        }
        if super::person::headline_verb(doc, at) || doc.is_shouted(at) && super::quantity::is_function_word(doc, at) {
            return false;
        }
        // A post begins here: "Trường THPT A Hiệu trưởng B" is another clause.
        if doc.find(Table::Posts, at).is_some_and(|hit| !doc.flags(hit).has(Flags::WEAK) && hit.end > at + 1) {
            return false;
        }
        // A body of its own, or a word of a field that goes on in lower case: "Mái ấm Công đoàn".
        if doc.find(Table::Bodies, at).is_some_and(|hit| hit.end > at + 1) || super::person::opens_sentence(doc, at) {
            return false;
        }
        // "…, Hiệu trưởng Trường THPT Lê Quý Đôn"; but in "…, Chủ tịch Công đoàn Lê Văn A" another person follows.
        let person_expected = self.context.person_expected && !(self.context.behind_person && self.bears_names);
        let run = at..run_end(doc, at);
        let mut end = name_start(doc, &run, person_expected);
        if end == at {
            if person_expected {
                return false;
            }
            end = run.end;
        }
        // "Công ty Ánh sáng Tuấn Khương": a word of two syllables opens the name.
        let firm = doc.entry(self.head).cells[0] == "enterprise" && matches!(self.last, Last::Head | Last::Legal | Last::Field);
        if firm
            && end == at + 1
            && doc.is_lower(end)
            && doc.is_cap(end + 1)
            && doc.find(Table::Bodies, end + 1).is_none()
            && !super::quantity::is_function_word(doc, end)
            && doc.find(Table::SpeechVerbs, end).is_none()
        {
            let rest = end + 1..run_end(doc, end + 1);
            let stop = name_start(doc, &rest, person_expected);
            end = if stop > rest.start { stop } else { rest.end };
        }
        if doc.is_shouted(at) {
            end = (at + 1..end.min(at + 3)).find(|&n| super::person::headline_verb(doc, n)).unwrap_or(end.min(at + 3));
        }
        // A body, a post or a new sentence inside the run ends the name.
        let known_place = doc.find(Table::Places, at).map_or(at, |hit| hit.end); // "Cửa Ông"
        if let Some(stop) = (at + 1..end).find(|&n| {
            super::person::opens_sentence(doc, n) && n >= known_place
                || doc.find(Table::Bodies, n).is_some_and(|h| h.end > n + 1)
                || doc.find(Table::Posts, n).is_some_and(|h| h.end > n + 1 && doc.is_cap(n))
        }) {
            end = stop;
        }
        while doc.is_any(end, &[w::AMPERSAND, w::HYPHEN])
            && (doc.is_cap(end + 1) || doc.is_number(end + 1))
            && (doc.touches(end) == doc.touches(end + 1))
            && (doc.touches(end) || doc.is(end, w::AMPERSAND) && !self.context.person_expected)
        {
            end = run_end(doc, end + 1).max(end + 2);
        }
        // "Quốc Học - Huế"
        if doc.is_dash(end)
            && !doc.touches(end)
            && let Some(place) = doc.find(Table::Places, end + 1)
            && !doc.is_cap(place.end)
            && !doc.is_lower(place.end)
        {
            end = place.end;
        }
        self.take(end, Last::Name, true)
    }

    fn number_part(&mut self, at: usize) -> bool {
        let doc = self.doc;
        let allowed = self.number || matches!(self.last, Last::Field | Last::Name | Last::Legal);
        // "Nhà máy nhiệt điện Vĩnh Tân 1", "Công ty CP Lũng Lô 5"
        let plant = self.last == Last::Place && self.field_grown && doc.raw(at).len() <= 2 && !doc.is_word(at + 1);
        if !(allowed || plant) || matches!(self.last, Last::Number | Last::Level) || self.last == Last::Place && !plant {
            return false;
        }
        if doc.is(at, w::số)
            && doc.is_number(at + 1)
            && !doc.is(at + 2, w::SLASH)
            && (self.last != Last::Head || self.end - self.start >= 2)
        {
            return self.take(at + 2, Last::Number, true);
        }
        let number = doc.is_number(at) && doc.raw(at).len() <= 4 && !doc.raw(at).contains([',', '.']);
        let numeral = doc.case(at) != Case::Lower && roman(doc.raw(at)).is_some() && !doc.is_cap(at + 1);
        if !(number || numeral) || doc.touches(at) && !doc.is_dash(at.saturating_sub(1)) {
            return false;
        }
        let counts = doc.is(at + 1, w::PERCENT)
            || doc.is(at + 1, w::SLASH)
            || super::quantity::unit_phrase(doc, at + 1).is_some()
            || !doc.at_line_start(at + 1) && doc.is_any(at + 1, &[w::năm, w::tháng, w::giờ, w::tuần])
            || doc.is_dash(at + 1) && (doc.touches(at + 1) || doc.is_number(at + 2))
            || !doc.at_line_start(at + 1) && doc.is(at + 1, w::ngày) && !doc.is_number(at + 2)
            || doc.find(Table::Numbers, at + 1).is_some();
        // "Sư đoàn 5 tổ chức lễ …": what follows the number of a unit is a verb sooner than a noun.
        let verb = self.number && super::quantity::unit_phrase(doc, at + 1).is_some_and(|unit| unit.weak);
        if number && counts && !verb {
            return false;
        }
        self.take(at + 1, Last::Number, true)
    }

    /// *và*, a comma, a dash or *&* with another field behind it.
    fn joined_part(&mut self, at: usize) -> bool {
        let doc = self.doc;
        if !self.field
            || !matches!(self.last, Last::Field | Last::Legal | Last::Name)
            || !doc.is_any(at, &[w::và, w::COMMA, w::HYPHEN, w::AMPERSAND])
        {
            return false;
        }
        let next = at + 1;
        if doc.at_line_start(next) {
            return false;
        }
        // "Hội Hữu nghị Việt Nam - Cuba"
        if doc.is_dash(at)
            && let Some(country) = doc.find(Table::Places, next).filter(|hit| doc.entry(*hit).cells[0] == "country")
            && doc.find(Table::Places, at.saturating_sub(2)).is_some_and(|hit| hit.end == at)
        {
            return self.take(country.end, Last::Place, true);
        }
        // Another body of the same sort, or any other, begins there.
        if doc.sym(next) != 0 && doc.sym(next) == doc.sym(self.start) {
            return false;
        }
        if doc.find(Table::KnownBodies, next).is_some() && doc.is_cap(next)
            || doc
                .find(Table::Bodies, next)
                .is_some_and(|h| !doc.flags(h).has(Flags::RISKY) || doc.find(Table::Fields, next).is_none_or(|f| f.end <= h.end))
        {
            return false;
        }
        if doc.find(Table::Posts, next).is_some_and(|hit| !doc.flags(hit).has(Flags::WEAK)) {
            return false;
        }
        let Some(hit) = doc.find(Table::Fields, next) else { return false };
        let entry = doc.entry(hit);
        let small = doc.is_lower(next);
        let comma = doc.is(at, w::COMMA);
        // A comma needs "và" or another comma later in the list to join fields: "Sở Y tế, Tài chính" are two bodies.
        if comma && !self.list_goes_on(hit.end) {
            return false;
        }
        if small
            && (comma || doc.is_dash(at) || entry.flags.has(Flags::VERB))
            && !(doc.is(at, w::và) && self.last == Last::Field && !entry.flags.has(Flags::VERB))
        {
            return false;
        }
        self.take(hit.end, Last::Field, !small)
    }

    fn list_goes_on(&self, mut at: usize) -> bool {
        let doc = self.doc;
        for _ in 0..5 {
            let Some(next) = doc.find(Table::Fields, at + 1).filter(|_| doc.is_cap(at + 1)) else { return false };
            if doc.is_any(at, &[w::và, w::AMPERSAND]) {
                return true;
            }
            if !doc.is(at, w::COMMA) {
                return false;
            }
            at = next.end;
        }
        false
    }
}
