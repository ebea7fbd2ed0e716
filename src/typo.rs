//! Typing errors in key words: *Uỷ bann nhân dân*, *Nghị quyêt*, *Chủ tich*.
//!
//! A word is read as the one that names of bodies, posts and documents have in its place, where the two differ by one letter: one left out,
//! doubled, wrong (a wrong tone is a wrong letter), or swapped with the next. How much the words beside it must say depends on the word:
//! one that Vietnamese cannot have (*quyêt*) needs one neighbour of a row, one that no lexicon has (*bân*) two, and one that has a meaning of its
//! own (*Ban Thưởng vụ*) three, one of them or itself with a capital. Where two words would do, none is taken.

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, Sym};
use crate::syllable::is_possible;
use crate::token::{Break, Case, Folder, Token, TokenKind};

/// The words that stand side by side in rows of the lexicon.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    behind: FxHashMap<Sym, Vec<Sym>>,
    before: FxHashMap<Sym, Vec<Sym>>,
    /// Between two words, behind two, before two.
    between: FxHashMap<(Sym, Sym), Vec<Sym>>,
    behind_two: FxHashMap<(Sym, Sym), Vec<Sym>>,
    before_two: FxHashMap<(Sym, Sym), Vec<Sym>>,
    /// Between two words and one, between one and two, behind three, before three.
    two_and_one: FxHashMap<(Sym, Sym, Sym), Vec<Sym>>,
    one_and_two: FxHashMap<(Sym, Sym, Sym), Vec<Sym>>,
    behind_three: FxHashMap<(Sym, Sym, Sym), Vec<Sym>>,
    before_three: FxHashMap<(Sym, Sym, Sym), Vec<Sym>>,
}

impl Neighbours {
    /// Learns the words of a row.
    pub(crate) fn add(&mut self, row: &[Sym]) {
        for pair in row.windows(2) {
            if let &[a, b] = pair {
                learn(&mut self.behind, a, b);
                learn(&mut self.before, b, a);
            }
        }
        for triple in row.windows(3) {
            if let &[a, b, c] = triple {
                learn(&mut self.between, (a, c), b);
                learn(&mut self.behind_two, (a, b), c);
                learn(&mut self.before_two, (b, c), a);
            }
        }
        for four in row.windows(4) {
            if let &[a, b, c, d] = four {
                learn(&mut self.two_and_one, (a, b, d), c);
                learn(&mut self.one_and_two, (a, c, d), b);
                // The last and the first word of a name of four.
                if row.len() == 4 {
                    learn(&mut self.behind_three, (a, b, c), d);
                    learn(&mut self.before_three, (b, c, d), a);
                }
            }
        }
    }
}

fn learn<K: std::hash::Hash + Eq>(map: &mut FxHashMap<K, Vec<Sym>>, key: K, word: Sym) {
    let words = map.entry(key).or_default();
    if !words.contains(&word) {
        words.push(word);
    }
}

fn at<K: std::hash::Hash + Eq>(map: &FxHashMap<K, Vec<Sym>>, key: K) -> &[Sym] {
    map.get(&key).map_or(&[], Vec::as_slice)
}

/// Gives words with a wrong letter the symbols of what they were meant to be.
pub(crate) fn mend(lexicon: &Lexicon, text: &str, tokens: &[Token], symbols: &mut [Sym]) {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
    let near = lexicon.neighbours();
    let mut folder = Folder::default();
    let mut candidates: Vec<Sym> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word || !matches!(token.case, Case::Lower | Case::Title) {
            continue;
        }
        // The words beside it on the same line; 0 where there is none.
        let starts_line = |n: usize| tokens.get(n).is_none_or(|t| t.line == Break::Line);
        let sym = |n: usize| symbols.get(n).copied().unwrap_or(0);
        let back = |n: usize| if i < n || (i + 1 - n..=i).any(starts_line) { 0 } else { sym(i - n) };
        let ahead = |n: usize| if (i + 1..=i + n).any(starts_line) { 0 } else { sym(i + n) };
        let capital = |n: usize| i >= n && tokens.get(i - n).is_some_and(|t| t.case != Case::Lower);
        let own = sym(i);
        if own != 0 && !(0..4).any(capital) {
            continue;
        }
        let (back_two, back_one, ahead_one, ahead_two) = (back(2), back(1), ahead(1), ahead(2));
        if back_one == 0 && ahead_one == 0 {
            continue;
        }
        candidates.clear();
        if back_one != 0 {
            candidates.extend(at(&near.two_and_one, (back_two, back_one, ahead_one)));
            candidates.extend(at(&near.one_and_two, (back_one, ahead_one, ahead_two)));
            candidates.extend(at(&near.behind_three, (back(3), back_two, back_one)));
        }
        if ahead_one != 0 {
            candidates.extend(at(&near.before_three, (ahead_one, ahead_two, ahead(3))));
        }
        // "Tài chính Quảng Trị": a proper name.
        let proper = token.case == Case::Title && tokens.get(i + 1).is_some_and(|t| t.case == Case::Title);
        // "Hiệu trưởng Đại học", "Đảng về công tác": a word that fits one of its neighbours, or any, was meant.
        let ordinary = || {
            matches!(
                lexicon.word(own),
                "các" | "cho" | "có" | "cũng" | "của" | "là" | "làm" | "này" | "trong" | "và" | "về" | "đã" | "được"
            )
        };
        let meant = || ordinary() || at(&near.behind, back_one).contains(&own) || at(&near.before, ahead_one).contains(&own);
        if own != 0 && (candidates.is_empty() || proper || meant()) {
            continue;
        }
        let word = folder.fold(token.text(text));
        if !LETTERS.contains(&word.chars().count()) {
            continue;
        }
        if own == 0 {
            candidates.extend(at(&near.between, (back_one, ahead_one)));
            candidates.extend(at(&near.behind_two, (back_two, back_one)));
            candidates.extend(at(&near.before_two, (ahead_one, ahead_two)));
        }
        let close = |sym: &Sym| one_edit(word, lexicon.word(*sym)) && is_possible(lexicon.word(*sym));
        candidates.retain(close);
        if own == 0 && !is_possible(word) {
            candidates.extend(at(&near.behind, back_one).iter().filter(|&sym| close(sym)));
            candidates.extend(at(&near.before, ahead_one).iter().filter(|&sym| close(sym)));
        }
        if let Some(&first) = candidates.first()
            && candidates.iter().all(|&other| other == first)
            && let Some(slot) = symbols.get_mut(i)
        {
            *slot = first;
        }
    }
}

/// Whether two words differ by one letter left out, added, replaced, or swapped with the next; the first letter stands in both.
fn one_edit(a: &str, b: &str) -> bool {
    let same: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    if same == 0 || b.chars().nth(1).is_none() {
        return false;
    }
    let (mut a, mut b) = (a.get(same..).unwrap_or_default().chars(), b.get(same..).unwrap_or_default().chars());
    let (whole_a, whole_b) = (a.as_str(), b.as_str());
    let (x, y) = (a.next(), b.next());
    if x.is_none() && y.is_none() {
        return false;
    }
    let swapped = || a.clone().next() == y && b.clone().next() == x && a.clone().skip(1).eq(b.clone().skip(1));
    a.as_str() == b.as_str() || whole_a == b.as_str() || a.as_str() == whole_b || x.is_some() && y.is_some() && swapped()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_differ() {
        for (written, meant) in [("bann", "ban"), ("quyêt", "quyết"), ("tịhc", "tịch"), ("nân", "nhân"), ("ủyy", "ủy")] {
            assert!(one_edit(written, meant), "{written} for {meant}");
        }
        for (written, other) in [("ban", "ban"), ("qyt", "quyết"), ("hồi", "đồi")] {
            assert!(!one_edit(written, other), "{written} is not {other}");
        }
    }
}
