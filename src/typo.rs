//! Typing errors in key words: *Uỷ bann nhân dân*, *Nghị quyêt*, *Chủ tich*.
//!
//! A word that no lexicon has is read as the one that names of bodies, posts and documents have beside its neighbour, where the two differ by one
//! letter: one left out, doubled, wrong (a wrong tone is a wrong letter), or swapped with the next. One neighbour is enough where Vietnamese can
//! not have the syllable (*quyêt*); a possible one (*bân*) needs both. Where two words would do, none is taken.

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, Sym};
use crate::syllable::is_possible;
use crate::token::{Break, Case, Folder, Token, TokenKind};

/// The words that stand side by side in rows of the lexicon.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    behind: FxHashMap<Sym, Vec<Sym>>,
    before: FxHashMap<Sym, Vec<Sym>>,
}

impl Neighbours {
    /// Learns the words of a row.
    pub(crate) fn add(&mut self, row: &[Sym]) {
        for (&a, &b) in row.iter().zip(row.iter().skip(1)) {
            for (map, key, word) in [(&mut self.behind, a, b), (&mut self.before, b, a)] {
                let words = map.entry(key).or_default();
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
    }
}

/// Gives unknown words the symbols of what they were meant to be.
pub(crate) fn mend(lexicon: &Lexicon, text: &str, tokens: &[Token], symbols: &mut [Sym]) {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
    let mut folder = Folder::default();
    for (i, token) in tokens.iter().enumerate() {
        let unknown = symbols.get(i) == Some(&0) && token.kind == TokenKind::Word && matches!(token.case, Case::Lower | Case::Title);
        if !unknown {
            continue;
        }
        let near = |at: usize| symbols.get(at).copied().unwrap_or(0);
        let behind = if token.line == Break::Line { 0 } else { i.checked_sub(1).map_or(0, near) };
        let before = if tokens.get(i + 1).is_none_or(|next| next.line == Break::Line) { 0 } else { near(i + 1) };
        let neighbours = lexicon.neighbours();
        let after_previous = neighbours.behind.get(&behind).map_or(&[][..], Vec::as_slice);
        let ahead_of_next = neighbours.before.get(&before).map_or(&[][..], Vec::as_slice);
        if after_previous.is_empty() && ahead_of_next.is_empty() {
            continue;
        }
        let word: Vec<char> = folder.fold(token.text(text)).chars().collect();
        if !LETTERS.contains(&word.len()) {
            continue;
        }
        let impossible = !is_possible(folder.fold(token.text(text)));
        let fits = |sym: &&Sym| {
            (impossible || after_previous.contains(sym) && ahead_of_next.contains(sym))
                && is_possible(lexicon.word(**sym))
                && one_edit(&word, lexicon.word(**sym))
        };
        let mut candidates = after_previous.iter().chain(ahead_of_next).filter(fits);
        if let Some(&first) = candidates.next()
            && candidates.all(|&other| other == first)
            && let Some(slot) = symbols.get_mut(i)
        {
            *slot = first;
        }
    }
}

/// Whether two words differ by one letter left out, added, replaced, or swapped with the next; the first letter stands in both.
fn one_edit(a: &[char], b: &str) -> bool {
    let b: Vec<char> = b.chars().collect();
    if b.len() < 2 || a.first() != b.first() || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = |letters: &[char], from: usize| letters.get(from..).map(<[char]>::to_vec).unwrap_or_default();
    let swapped = a.get(same) == b.get(same + 1) && a.get(same + 1) == b.get(same) && tail(a, same + 2) == tail(&b, same + 2);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => tail(a, same) == tail(&b, same + 1),
        std::cmp::Ordering::Greater => tail(a, same + 1) == tail(&b, same),
        std::cmp::Ordering::Equal => same < a.len() && (tail(a, same + 1) == tail(&b, same + 1) || swapped),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_differ() {
        let one = |a: &str, b: &str| one_edit(&a.chars().collect::<Vec<_>>(), b);
        for (written, meant) in [("bann", "ban"), ("quyêt", "quyết"), ("tịhc", "tịch"), ("nân", "nhân"), ("ủyy", "ủy")] {
            assert!(one(written, meant), "{written} for {meant}");
        }
        for (written, other) in [("ban", "ban"), ("qyt", "quyết"), ("hồi", "đồi")] {
            assert!(!one(written, other), "{written} is not {other}");
        }
    }
}
