//! Holds `data/admin_units.tsv`, which is generated: sorted, unique, normalized, every parent there, and as many units as there officially were;
//! and `data/issuers.tsv`, the issuers in symbols of documents.
//! The tables that the extractor reads are held by a test in `src/lexicon.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::HashSet;

use unicode_normalization::is_nfc;

const TABLE: &str = include_str!("../data/admin_units.tsv");

struct Unit {
    code: &'static str,
    name: &'static str,
    kind: &'static str,
    parent: &'static str,
    from: Option<u16>,
    to: Option<u16>,
}

fn year(cell: &str) -> Option<u16> {
    (cell != "-").then(|| cell.parse().expect("a year or -"))
}

fn units() -> Vec<Unit> {
    let rows = TABLE.lines().filter(|l| !l.starts_with('#')).map(|l| {
        let cells: Vec<&str> = l.split('\t').collect();
        let [code, name, kind, parent, from, to] = cells[..] else { panic!("{l:?} has not six columns") };
        Unit { code, name, kind, parent, from: year(from), to: year(to) }
    });
    rows.collect()
}

/// How many units whose code has `digits` digits are valid in the whole of `year`.
fn valid(digits: usize, year: u16) -> usize {
    let whole = |u: &&Unit| u.code.len() == digits && u.from.is_none_or(|f| f < year) && u.to.is_none_or(|t| t > year);
    units().iter().filter(whole).count()
}

#[test]
fn admin_units_are_headed_sorted_unique_and_normalized() {
    for head in ["# source:", "# licence:", "# date:", "# columns:"] {
        assert!(TABLE.lines().any(|l| l.starts_with(head)), "no line {head}");
    }
    assert!(is_nfc(TABLE));
    for pair in units().windows(2) {
        let [a, b] = [&pair[0], &pair[1]].map(|u| (u.code, u.from, u.name));
        assert!(a < b, "{a:?} stands before {b:?}");
    }
}

#[test]
fn each_admin_unit_has_a_name_a_type_of_its_rank_and_a_parent() {
    let units = units();
    let codes: HashSet<&str> = units.iter().map(|u| u.code).collect();
    for u in &units {
        let Unit { code, name, kind, parent, .. } = u;
        assert!(code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        assert!(!name.is_empty() && name.trim() == *name && !name.contains("  "), "{code} {name:?}");
        let kinds: &[&str] = match code.len() {
            2 => &["tỉnh", "thành phố trung ương"],
            3 => &["thành phố", "quận", "huyện", "thị xã"],
            5 => &["xã", "phường", "thị trấn", "đặc khu"],
            _ => &[],
        };
        assert!(kinds.contains(kind), "{code} {name} is {kind:?}");
        let rank = match (code.len(), u.to) {
            (2, _) => 0,
            (5, Some(_)) => 3,
            _ => 2,
        };
        assert!(if rank == 0 { *parent == "-" } else { parent.len() == rank && codes.contains(parent) }, "{code} {name} in {parent}");
        assert!(u.from.is_none() || u.to.is_none() || u.from <= u.to, "{code} {name}");
    }
}

#[test]
fn admin_units_are_as_many_as_there_officially_were() {
    assert_eq!(valid(2, 2024), 63);
    assert_eq!(valid(3, 2023), 705);
    assert_eq!(valid(5, 2023), 10_599);
    assert_eq!(valid(2, 2026), 34);
    assert_eq!(valid(3, 2026), 0);
    assert_eq!(valid(5, 2026), 3_321);
}

const ISSUERS: &str = include_str!("../data/issuers.tsv");

#[test]
fn issuers_are_headed_sorted_unique_and_normalized() {
    for head in ["# source:", "# licence:", "# date:", "# columns:"] {
        assert!(ISSUERS.lines().any(|l| l.starts_with(head)), "no line {head}");
    }
    assert!(is_nfc(ISSUERS));
    let rows: Vec<&str> = ISSUERS.lines().filter(|l| !l.starts_with('#')).collect();
    for pair in rows.windows(2) {
        assert!(pair[0].split('\t').lt(pair[1].split('\t')), "{:?} stands before {:?}", pair[0], pair[1]);
    }
    let mut seen = HashSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [abbreviation, issuer, system, level] = cells[..] else { panic!("{row:?} has not four columns") };
        assert!(!abbreviation.is_empty() && abbreviation.chars().all(char::is_alphanumeric), "{row:?}");
        assert!(!issuer.is_empty() && issuer.trim() == issuer && !issuer.contains([';', '(']), "{row:?}");
        assert!(["party", "state", "front", "mass_organization", "court", "other", "-"].contains(&system), "{row:?}");
        assert!(["central", "province", "district", "commune", "unit", "-"].contains(&level), "{row:?}");
        // One reading for the Party's form of symbols, one for the others.
        assert!(seen.insert((abbreviation, system == "party")), "{abbreviation} stands twice");
    }
}
