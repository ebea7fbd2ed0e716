//! One token a line: `TOKEN START END LABEL INNER QUOTE`, parted by tabs; sentences parted by an empty line, texts begun by `# newdoc id = SOURCE`.
//!
//! Labels are BIO (`B-Person`, `I-Person`, `O`). Mentions overlap, so there are three columns of them. Quotes, which hold all else, have the last one (of quotes in one another the outermost). Of the
//! others LABEL has the outermost: the one that begins first, of those the longest, of those the first in [`TYPES`]. INNER has what lies inside them: the body
//! in a title, the day and issuer in a document; of what still overlaps the same rule takes one, and the rest is left out. A token that a mention begins or
//! ends in is cut there; a control character in it is `_`. A mention that runs over the end of a sentence goes on with `I-` behind the empty line.

use std::collections::HashSet;
use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use bantin::token::{TokenKind, sentences, tokenize};
use bantin::{Bulletin, OffsetMap, OffsetUnit, Span};

use crate::error::Error;
use crate::output::file::{Target, about, hash};
use crate::output::mention::{Mention, TYPES, mentions};

const NEW_TEXT: &str = "# newdoc id = ";

/// The lines of a text. Spans of `bulletin` count bytes, those that are written `unit`.
pub fn lines(source: &str, text: &str, bulletin: &Bulletin, unit: OffsetUnit) -> String {
    let layers = layers(mentions(bulletin));
    let mut cuts: Vec<usize> = layers.iter().flatten().flat_map(|mention| [mention.span.start, mention.span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let map = OffsetMap::new(text, unit);
    let tokens = tokenize(text);
    let mut ends = sentences(text, &tokens).into_iter().map(|sentence| sentence.end).peekable();
    let mut labels = layers.map(Labels::new);
    let mut lines = format!("{NEW_TEXT}{}\n", id(source));
    for token in tokens.iter().filter(|token| token.kind != TokenKind::End) {
        if ends.next_if(|&end| end <= token.span.start).is_some() {
            lines.push('\n');
            while ends.next_if(|&end| end <= token.span.start).is_some() {}
        }
        for piece in pieces(token.span, &cuts) {
            let [label, inner, quote] = labels.each_mut().map(|labels| labels.of(piece));
            let written: String =
                piece.slice(text).unwrap_or_default().chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect();
            // Writing into a string does not fail.
            let _ = writeln!(lines, "{written}\t{}\t{}\t{label}\t{inner}\t{quote}", map.convert(piece.start), map.convert(piece.end));
        }
    }
    lines.push('\n');
    lines
}

/// The mentions of each column, in the order of the text, none over another.
fn layers(mut mentions: Vec<Mention>) -> [Vec<Mention>; 3] {
    let order = |kind: &str| TYPES.iter().position(|&one| one == kind);
    mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end), order(mention.kind)));
    // A title that several persons share is one.
    mentions.dedup_by_key(|mention| (mention.span, mention.kind));
    let mut layers = [Vec::<Mention>::new(), Vec::new(), Vec::new()];
    for mention in mentions {
        let free = |layer: &Vec<Mention>| layer.last().is_none_or(|last| last.span.end <= mention.span.start);
        let [outer, inner, quotes] = &mut layers;
        let candidates = if mention.kind == "Quote" { vec![quotes] } else { vec![outer, inner] };
        if let Some(layer) = candidates.into_iter().find(|layer| free(layer)) {
            layer.push(mention);
        }
    }
    layers
}

/// Gives the labels of one column, piece by piece.
struct Labels {
    mentions: std::iter::Peekable<std::vec::IntoIter<Mention>>,
    begun: bool,
}

impl Labels {
    fn new(mentions: Vec<Mention>) -> Labels {
        Labels { mentions: mentions.into_iter().peekable(), begun: false }
    }

    fn of(&mut self, piece: Span) -> String {
        while self.mentions.next_if(|mention| mention.span.end <= piece.start).is_some() {
            self.begun = false;
        }
        match self.mentions.peek() {
            Some(mention) if mention.span.contains(piece) => {
                let prefix = if std::mem::replace(&mut self.begun, true) { "I" } else { "B" };
                format!("{prefix}-{}", mention.kind)
            }
            _ => "O".to_owned(),
        }
    }
}

/// A token, cut where a mention begins or ends.
fn pieces(token: Span, cuts: &[usize]) -> Vec<Span> {
    let from = cuts.partition_point(|&cut| cut <= token.start);
    let inside = cuts.iter().skip(from).copied().take_while(|&cut| cut < token.end);
    let mut start = token.start;
    inside.chain([token.end]).map(|end| Span { start: std::mem::replace(&mut start, end), end }).collect()
}

/// A source on one line.
fn id(source: &str) -> String {
    source.chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// Copies the texts of an earlier run's file, and gives their sources as [`key`].
pub fn take_over(path: &Path, target: &mut Target) -> Result<HashSet<u64>, Error> {
    let mut sources = HashSet::new();
    if !path.exists() {
        return Ok(sources);
    }
    for line in BufReader::new(File::open(path).map_err(|error| about(path, error))?).lines() {
        let line = line.map_err(|error| about(path, error))?;
        sources.extend(line.strip_prefix(NEW_TEXT).map(hash));
        target.write(&line)?;
        target.write("\n")?;
    }
    Ok(sources)
}

/// What stands for a source in [`take_over`].
pub fn key(source: &str) -> u64 {
    hash(&id(source))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use bantin::Extractor;

    use super::*;

    /// The mentions that a column tells, as a reader puts them together.
    fn read(lines: &str, column: usize) -> Vec<(String, usize, usize)> {
        let mut mentions: Vec<(String, usize, usize)> = Vec::new();
        for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with("# newdoc")) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 6, "{line}");
            let (start, end) = (fields[1].parse().unwrap(), fields[2].parse().unwrap());
            match fields[column].split_once('-') {
                Some(("B", kind)) => mentions.push((kind.to_owned(), start, end)),
                Some(("I", kind)) => {
                    let last = mentions.last_mut().unwrap();
                    assert_eq!(last.0, kind);
                    last.2 = end;
                }
                _ => assert_eq!(fields[column], "O"),
            }
        }
        mentions
    }

    #[test]
    fn every_sample_reads_back_with_its_mentions() {
        for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/samples")).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let bulletin = Extractor::new().extract(&text);
            let lines = lines("a.txt", &text, &bulletin, OffsetUnit::Bytes);
            let back: HashSet<_> = [3, 4, 5].into_iter().flat_map(|column| read(&lines, column)).collect();
            let all: HashSet<_> = mentions(&bulletin).into_iter().map(|m| (m.kind.to_owned(), m.span.start, m.span.end)).collect();
            assert!(back.is_subset(&all), "{:?}", back.difference(&all).collect::<Vec<_>>());
            assert!(all.len() - back.len() <= all.len() / 50, "{:?}", all.difference(&back).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_title_is_outside_and_its_body_inside() {
        let text = "Ông Đỗ Văn Hùng, Chủ tịch UBND xã Tân Lập, dự họp. Xã vui.";
        let lines = lines("a\nb", text, &Extractor::new().extract(text), OffsetUnit::Chars);
        assert!(lines.starts_with("# newdoc id = a_b\nÔng\t0\t3\tO\tO\tO\nĐỗ\t4\t6\tB-Person\tO\tO\n"), "{lines}");
        assert!(lines.contains("tịch\t21\t25\tI-Title\tO\tO\nUBND\t26\t30\tI-Title\tB-Organization\tO\n"), "{lines}");
        assert!(lines.contains(".\t49\t50\tO\tO\tO\n\nXã\t51\t53\tO\tO\tO\n"), "{lines}");
        assert!(lines.ends_with("\n\n"));
    }

    #[test]
    fn a_token_is_cut_where_a_mention_begins() {
        let cut = pieces(Span { start: 4, end: 10 }, &[2, 4, 6, 10, 12]);
        assert_eq!(cut, [Span { start: 4, end: 6 }, Span { start: 6, end: 10 }]);
    }
}
