//! Which names tell a body from all others, beyond their own text.
//!
//! A name does that is known as complete (*Bộ Y tế*), or that holds a proper name: a place (*Quận ủy Long Biên*), a firm's, the number of a unit of the
//! army. *Sở Y tế* and *UBND tỉnh* do not, nor does *UBND xã Tân An*, for several communes are called so. In doubt a name does not.

use std::ops::Range;

use crate::bulletin::OrganizationKind;
use crate::doc::Doc;
use crate::kind::organization::OrganizationReading;
use crate::kind::place::past_dot;
use crate::lexicon::{Flags, Hit, Table};
use crate::words as w;

/// Whether the name of `body`, written out, completed and folded as `key`, is distinct. `completed` says whether the place of its level was added.
pub(crate) fn is_distinct(doc: &Doc, body: &OrganizationReading, key: &str, completed: bool) -> bool {
    let tokens = body.stands_for.as_ref().unwrap_or(&body.tokens);
    !recurs(doc, key) && (completed || !ends_in_level(key) && has_proper_name(doc, tokens, body.kind))
}

/// Whether a name, folded by [`crate::key::key`], ends in a level without its place: *mặt trận tổ quốc việt nam tỉnh*, *ban dân vận huyện ủy*.
fn ends_in_level(key: &str) -> bool {
    let words: Vec<&str> = key.split_ascii_whitespace().collect();
    matches!(
        words.as_slice(),
        [.., "tỉnh" | "huyện" | "quận" | "phường"]
            | [.., "thành", "phố"]
            | [.., "thị", "xã" | "trấn"]
            | [.., "tỉnh" | "thành" | "huyện" | "quận" | "thị" | "đảng", "ủy" | "đoàn"]
    ) || matches!(words.as_slice(), [.., before, "xã"] if !matches!(*before, "tác" | "tấn")) // cooperatives, news agencies
}

/// Whether anything in the name is more than a head, a field, a level.
fn has_proper_name(doc: &Doc, tokens: &Range<usize>, kind: OrganizationKind) -> bool {
    let mut at = tokens.start;
    while at < tokens.end {
        let hits = doc.hits_at(at).filter(|hit| hit.end <= tokens.end);
        let end_in = |table: Table| hits.clone().filter(|hit| hit.table == table).map(|hit| hit.end).max().unwrap_or(at);
        let generic = [Table::Bodies, Table::Fields, Table::Acronyms].map(end_in).into_iter().max().unwrap_or(at);
        let tells = |hit: Hit| {
            let second = || doc.entry(hit).cells.get(1).map_or("", |cell| &**cell);
            match hit.table {
                // "PC04" is an office of the police of every province.
                Table::KnownBodies => !doc.flags(hit).has(Flags::WEAK) && !second().starts_with("Phòng"),
                Table::Places => !doc.flags(hit).has(Flags::HEAD),
                Table::Acronyms => second() == "place",
                _ => false,
            }
        };
        if hits.clone().any(|hit| hit.end >= generic && tells(hit)) {
            return true;
        }
        // "xã" + "Hang Kia", "Công an huyện" + "Sa Thầy"
        let heads = hits.clone().filter(|hit| hit.table == Table::PlaceHeads && hit.end >= generic).max_by_key(|hit| hit.end);
        let in_generic = || doc.find_before(Table::PlaceHeads, generic).filter(|_| generic > at && kind != OrganizationKind::Army);
        if let Some(head) = heads.or_else(in_generic) {
            let first = past_dot(doc, head.end);
            let length = (first..tokens.end).take_while(|&n| doc.is_cap(n) || doc.is_number(n)).count();
            // Hamlets and blocks are called alike everywhere; "khu vực Cai Lậy" is a region.
            if length > 0 && (doc.entry(head).cells[0] != "hamlet" || doc.small(head.end - 1) == w::vực) {
                return true;
            }
            at = if length > 0 { first + length } else { head.end };
            continue;
        }
        if generic > at {
            at = generic;
            continue;
        }
        let firm = matches!(kind, OrganizationKind::Enterprise | OrganizationKind::Media | OrganizationKind::Foreign);
        let name = doc.is_cap(at) && !doc.is_shouted(at) && (firm || !doc.is_acronym(at));
        // "Quân khu 3"; "Trạm Quản lý rừng số 3" is one of many.
        if name || doc.is_number(at) && kind == OrganizationKind::Army {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a name, folded by [`crate::key::key`], ends in a unit that has namesakes: *xã tân an*, *huyện ủy châu thành*, *phường 5*.
fn recurs(doc: &Doc, key: &str) -> bool {
    const LONGEST: usize = 4;
    let words: Vec<&str> = key.split_ascii_whitespace().collect();
    (1..=LONGEST.min(words.len().saturating_sub(1))).any(|length| {
        let (before, name) = words.split_at(words.len() - length);
        let level = match before {
            [.., "thị", "xã" | "ủy" | "đoàn"] => "thị xã",
            [.., "thị", "trấn"] => "thị trấn",
            [.., "thành", "phố" | "ủy" | "đoàn"] => "thành phố",
            [.., level @ ("huyện" | "quận"), "ủy" | "đoàn"] | [.., level @ ("huyện" | "quận" | "xã" | "phường")] => level,
            _ => return false,
        };
        doc.lexicon.has_namesakes(&format!("{level} {}", name.join(" ")))
    })
}
