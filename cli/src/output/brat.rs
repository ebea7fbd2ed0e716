//! Standoff annotation for brat: `NAME.txt`, which is the text exactly, and `NAME.ann`. Offsets count characters, as brat's do.
//!
//! `T` lines are mentions, one for each type and span; a mention that runs over a line break or a tab is given in fragments, its text with one blank between
//! them. `R` lines join persons with their titles (`HasTitle`), `*` lines join the mentions of one person or body (`Coref`), `#` lines hold what a mention
//! says (the day of a date, an amount).

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use bantin::{Bulletin, OffsetMap, OffsetUnit, Span};

use crate::output::mention::{TYPES, mentions};

/// What brat needs to know of the types.
pub fn configuration() -> String {
    format!(
        "[entities]\n{}\n\n[relations]\nHasTitle\tArg1:Person, Arg2:Title\n\
         Coref\tArg1:Person, Arg2:Person, <REL-TYPE>:symmetric-transitive\n\
         Coref\tArg1:Organization, Arg2:Organization, <REL-TYPE>:symmetric-transitive\n\n[events]\n\n[attributes]\n",
        TYPES.join("\n")
    )
}

/// The annotations of a text.
pub fn annotations(text: &str, bulletin: &Bulletin) -> String {
    let map = OffsetMap::new(text, OffsetUnit::Chars);
    let mentions = mentions(bulletin);
    let mut ids: HashMap<(&str, Span), usize> = HashMap::new();
    let mut coref: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut lines = String::new();
    let mut rest = String::new();
    let (mut relations, mut notes) = (0, 0);
    for mention in &mentions {
        let next = ids.len() + 1;
        let id = *ids.entry((mention.kind, mention.span)).or_insert(next);
        // Writing into a string does not fail.
        if id == next {
            let fragments = fragments(text, mention.span);
            let places: Vec<String> =
                fragments.iter().map(|piece| format!("{} {}", map.convert(piece.start), map.convert(piece.end))).collect();
            let texts: Vec<&str> = fragments.iter().filter_map(|piece| piece.slice(text)).collect();
            let _ = writeln!(lines, "T{id}\t{} {}\t{}", mention.kind, places.join(";"), texts.join(" "));
            if let Some(note) = &mention.note {
                notes += 1;
                let note: String = note.chars().map(|c| if breaks_line(c) { ' ' } else { c }).collect();
                let _ = writeln!(rest, "#{notes}\tAnnotatorNotes T{id}\t{note}");
            }
        }
        if let Some(holder) = mention.holder.and_then(|at| mentions.get(at)).and_then(|person| ids.get(&(person.kind, person.span))) {
            relations += 1;
            let _ = writeln!(lines, "R{relations}\tHasTitle Arg1:T{holder} Arg2:T{id}");
        }
        if let Some(entity) = mention.entity {
            let same = coref.entry(entity).or_default();
            if !same.contains(&id) {
                same.push(id);
            }
        }
    }
    for same in coref.values().filter(|same| same.len() > 1) {
        let ids: Vec<String> = same.iter().map(|id| format!("T{id}")).collect();
        let _ = writeln!(lines, "*\tCoref {}", ids.join(" "));
    }
    lines + &rest
}

/// What ends a line for one reader or another, or a field.
fn breaks_line(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A span cut at line breaks, each piece without the blanks at its edges.
fn fragments(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    for piece in span.slice(text).unwrap_or_default().split_inclusive(breaks_line) {
        let edge = |c: char| c.is_whitespace() || breaks_line(c);
        let from = start + (piece.len() - piece.trim_start_matches(edge).len());
        let trimmed = piece.trim_matches(edge);
        start += piece.len();
        if !trimmed.is_empty() {
            pieces.push(Span { start: from, end: from + trimmed.len() });
        }
    }
    pieces
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use bantin::Extractor;

    use super::*;

    /// Reads `T` lines as brat does: characters of the text under the fragments, joined by blanks, are the text of the line.
    fn check_spans(text: &str, annotations: &str) -> usize {
        let chars: Vec<char> = text.chars().collect();
        let mut read = 0;
        for line in annotations.lines().filter(|line| line.starts_with('T')) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            let (kind, places) = fields[1].split_once(' ').unwrap();
            assert!(TYPES.contains(&kind));
            let pieces = places.split(';').map(|place| {
                let (start, end) = place.split_once(' ').unwrap();
                chars[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
            });
            assert_eq!(pieces.collect::<Vec<_>>().join(" "), fields[2]);
            read += 1;
        }
        read
    }

    #[test]
    fn offsets_are_characters_of_the_text_in_every_sample() {
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/samples")).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(check_spans(&text, &annotations(&text, &Extractor::new().extract(&text))) > 10);
        }
    }

    #[test]
    fn a_mention_over_a_line_break_is_cut() {
        let text = "Sáng 12/11/2021, đồng chí Đỗ\u{1c}Văn\r\nHùng, Bí thư Quận\u{2028}ủy dự họp.";
        let span = Span { start: text.find("Đỗ").unwrap(), end: text.find(", Bí").unwrap() };
        let pieces: Vec<&str> = fragments(text, span).iter().filter_map(|piece| piece.slice(text)).collect();
        assert_eq!(pieces, ["Đỗ", "Văn", "Hùng"]);
        assert!(check_spans(text, &annotations(text, &Extractor::new().extract(text))) > 1);
    }

    #[test]
    fn titles_hang_on_their_person_and_mentions_of_one_person_together() {
        let text = "Sáng 12/11/2021, đồng chí Đỗ Văn Hùng, Bí thư Huyện ủy, dự họp. Đồng chí Đỗ Văn Hùng phát biểu.";
        let found = annotations(text, &Extractor::new().extract(text));
        let lines: Vec<&str> = found.lines().collect();
        assert_eq!(lines[0], "T1\tPerson 26 37\tĐỗ Văn Hùng");
        assert_eq!(lines[1], "T2\tTitle 39 54\tBí thư Huyện ủy");
        assert_eq!(lines[2], "R1\tHasTitle Arg1:T1 Arg2:T2");
        assert!(lines.contains(&"*\tCoref T1 T3"), "{found}");
        let date = lines.iter().find(|line| line.contains("\tDate ")).unwrap().split('\t').next().unwrap();
        assert!(lines.iter().any(|line| line.ends_with(&format!("AnnotatorNotes {date}\t2021-11-12"))), "{found}");
    }
}
