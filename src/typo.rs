//! Typing errors in key words: *Uỷ bann nhân dân*, *Nghị quyêt*, *Chủ tich*.
//!
//! A word is read as the one that names of bodies, posts and documents have in its place, where the two differ by one letter: one left out,
//! doubled, wrong (a wrong tone is a wrong letter), or swapped with the next. How much the words beside it must say depends on the word:
//! one that Vietnamese cannot have (*quyêt*) needs one neighbour of a row, one that no lexicon has (*bân*) two, and one that has a meaning of its
//! own (*Ban Thưởng vụ*) three, one of them or itself with a capital. Where two words would do, none is taken.

use crate::letter::Packed;
use crate::lexicon::store::{PairSet, Store};
use crate::lexicon::{Lexicon, Sym};
use crate::syllable::is_possible;
use crate::tok::Tok;
use crate::token::{Case, Folder};
use crate::words as w;

/// Fills the arrays of a store with the words that stand side by side in `rows`: pairs, triples, fours inside of longer names and whole names of four,
/// each sorted, its symbols packed into one number, 16 bits each. Symbols over 65,535 (a user's very large table) are left out: typing errors in their
/// words stay.
pub(crate) fn learn<'r>(rows: impl Iterator<Item = &'r [Sym]>, words: usize, store: &mut Store) {
    let mut pairs = Vec::new();
    let mut pairs_back = Vec::new();
    let (mut triples, mut inside_fours, mut fours, mut fours_back) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        if row.iter().any(|&sym| sym > u32::from(u16::MAX)) {
            continue;
        }
        for pair in row.windows(2) {
            if let &[a, b] = pair {
                pairs.push(a << 16 | b);
                pairs_back.push(b << 16 | a);
            }
        }
        triples.extend(row.windows(3).map(packed));
        inside_fours.extend(row.windows(4).map(packed));
        if let &[a, b, c, d] = row {
            fours.push(packed(row));
            fours_back.push(packed(&[b, c, d, a]));
        }
    }
    let pairs = sorted(pairs);
    store.pair_set = PairSet::of(&pairs.iter().map(|&pair| (pair >> 16, pair & 0xffff)).collect::<Vec<_>>());
    let starts = (0u32..).take(words + 2).map(|word| pairs.partition_point(|pair| pair >> 16 < word));
    store.follower_starts = starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect();
    store.followers = pairs.iter().map(|&pair| (pair & 0xffff) as u16).collect();
    store.pairs_back = sorted(pairs_back).into();
    store.triples = sorted(triples).into();
    store.inside_fours = sorted(inside_fours).into();
    store.fours = sorted(fours).into();
    store.fours_back = sorted(fours_back).into();
    store.gaps = PairSet::of(&store.triples.iter().map(|&triple| ((triple >> 32) as Sym, last(triple))).collect::<Vec<_>>());
}

fn sorted<T: Ord>(mut numbers: Vec<T>) -> Vec<T> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn packed(symbols: &[Sym]) -> u64 {
    symbols.iter().fold(0, |packed, &sym| packed << 16 | u64::from(sym))
}

/// Whether two words stand side by side in a row.
fn are_neighbours(store: &Store, a: Sym, b: Sym) -> bool {
    a != 0 && b != 0 && store.pair_set.may_hold(a, b) && u16::try_from(b).is_ok_and(|b| followers(store, a).binary_search(&b).is_ok())
}

/// The words that follow one in a row.
fn followers(store: &Store, word: Sym) -> &[u16] {
    let starts = &*store.follower_starts;
    let (Some(&from), Some(&to)) = (starts.get(word as usize), starts.get(word as usize + 1)) else { return &[] };
    store.followers.get(from as usize..to as usize).unwrap_or_default()
}

/// Whether the sorted numbers hold these words in a row.
fn holds(numbers: &[u64], words: &[Sym]) -> bool {
    words.iter().all(|&sym| sym != 0 && sym <= u32::from(u16::MAX)) && numbers.binary_search(&packed(words)).is_ok()
}

/// The sorted numbers that begin with these words and have `more` behind them.
fn beginning<'n>(numbers: &'n [u64], words: &[Sym], more: u32) -> impl Iterator<Item = u64> + use<'n> {
    let known = words.iter().all(|&sym| sym != 0 && sym <= u32::from(u16::MAX));
    let shift = 16 * more;
    let first = packed(words) << shift;
    let from = if known { numbers.partition_point(|&number| number < first) } else { numbers.len() };
    numbers.get(from..).unwrap_or_default().iter().copied().take_while(move |&number| number >> shift == first >> shift)
}

/// The last word of a packed number.
fn last(number: u64) -> Sym {
    (number & 0xffff) as Sym
}

/// The words before one.
fn beside(array: &[u32], word: Sym) -> impl Iterator<Item = Sym> + use<'_> {
    let known = word != 0 && word <= u32::from(u16::MAX);
    let from = if known { array.partition_point(|&number| number < word << 16) } else { array.len() };
    array.get(from..).unwrap_or_default().iter().take_while(move |&&number| number >> 16 == word).map(|&number| number & 0xffff)
}

/// Words that fit anywhere.
static ORDINARY: w::WordSet =
    w::WordSet::of(&[w::các, w::cho, w::có, w::cũng, w::của, w::là, w::làm, w::này, w::trong, w::và, w::về, w::đã, w::được]);

/// The words of a line that may have a wrong letter: no row has them, or they stand in none beside a neighbour, near a capital.
pub(crate) struct Suspects {
    found: Vec<usize>,
    /// The symbol of the token before, whether it stands in a pair with the one before it, and may be a suspect.
    before: Sym,
    before_paired: bool,
    before_suspect: bool,
    /// How many tokens ago the last capital stood.
    since_capital: usize,
    folder: Folder,
    candidates: Vec<Sym>,
}

impl Default for Suspects {
    fn default() -> Self {
        let (found, candidates, folder) = (Vec::new(), Vec::new(), Folder::default());
        Suspects { found, before: 0, before_paired: false, before_suspect: false, since_capital: NEAR + 1, folder, candidates }
    }
}

/// A word that some row has is read as another within so many tokens behind a capital.
const NEAR: usize = 3;

impl Suspects {
    /// Looks at the token number `at`, the next of the text.
    pub(crate) fn look(&mut self, lexicon: &Lexicon, at: usize, token: Tok) {
        let own = token.sym();
        self.since_capital = if token.case() == Case::Lower { self.since_capital.saturating_add(1) } else { 0 };
        let word = token.is_word() && matches!(token.case(), Case::Lower | Case::Title);
        // "Đảng về công tác": a word that fits anywhere.
        let suspect = word && (own == 0 || self.since_capital <= NEAR && !ORDINARY.has(own));
        // "Hiệu trưởng Đại học": a word that fits one of its neighbours was meant; nearly all are told by this.
        let paired = (suspect || self.before_suspect) && !token.begins_line() && are_neighbours(&lexicon.store, self.before, own);
        if self.before_suspect && (self.before == 0 || !self.before_paired && !paired) {
            self.found.push(at - 1);
        }
        (self.before, self.before_paired, self.before_suspect) = (own, paired, suspect);
    }

    /// Gives the suspects of a line that has ended the symbols of what they were meant to be; `from` is the place of its first token.
    pub(crate) fn mend(&mut self, lexicon: &Lexicon, text: &str, from: usize, line: &mut [Tok]) {
        if self.before_suspect && (self.before == 0 || !self.before_paired) {
            self.found.push(from + line.len() - 1);
        }
        self.before_suspect = false;
        let suspects = std::mem::take(&mut self.found);
        for i in suspects.iter().filter_map(|at| at.checked_sub(from)) {
            if let Some(meant) = self.meant(lexicon, text, line, i)
                && let Some(slot) = line.get_mut(i)
            {
                slot.mend(meant);
            }
        }
        self.found = suspects;
        self.found.clear();
    }

    /// What the word at `i` was meant to be, where it is another and no other will do.
    fn meant(&mut self, lexicon: &Lexicon, text: &str, line: &[Tok], i: usize) -> Option<Sym> {
        const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
        let store = &lexicon.store;
        let token = *line.get(i)?;
        let own = token.sym();
        // The words beside it; 0 where there is none.
        let sym = |n: usize| line.get(n).map_or(0, |t| t.sym());
        let back = |n: usize| i.checked_sub(n).map_or(0, sym);
        let ahead = |n: usize| sym(i + n);
        let (back_two, back_one, ahead_one, ahead_two) = (back(2), back(1), ahead(1), ahead(2));
        let pair_before = are_neighbours(store, back_two, back_one);
        let pair_behind = are_neighbours(store, ahead_one, ahead_two);
        // A neighbour may have been mended since.
        let fits = || are_neighbours(store, back_one, own) || are_neighbours(store, own, ahead_one);
        if own != 0 && (!pair_before && !pair_behind || fits()) {
            return None;
        }
        // "Tài chính Quảng Trị": a proper name.
        if own != 0 && token.case() == Case::Title && line.get(i + 1).is_some_and(|t| t.case() == Case::Title) {
            return None;
        }
        if back_one == 0 && ahead_one == 0 {
            return None;
        }
        let candidates = &mut self.candidates;
        candidates.clear();
        let in_gap = back_one != 0 && ahead_one != 0 && store.gaps.may_hold(back_one, ahead_one);
        // Between two words and one, or one and two; behind three, before three of a name of four.
        if pair_before && in_gap {
            let fours = beginning(&store.inside_fours, &[back_two, back_one], 2);
            candidates.extend(fours.filter(|&four| last(four) == ahead_one).map(|four| last(four >> 16)));
        }
        if pair_behind && in_gap {
            let fours =
                beginning(&store.inside_fours, &[back_one], 3).filter(|&four| four & 0xffff_ffff == packed(&[ahead_one, ahead_two]));
            candidates.extend(fours.map(|four| last(four >> 32)));
        }
        if pair_before && are_neighbours(store, back(3), back_two) {
            candidates.extend(beginning(&store.fours, &[back(3), back_two, back_one], 1).map(last));
        }
        if pair_behind && are_neighbours(store, ahead_two, ahead(3)) {
            candidates.extend(beginning(&store.fours_back, &[ahead_one, ahead_two, ahead(3)], 1).map(last));
        }
        if own != 0 && candidates.is_empty() {
            return None;
        }
        let word = self.folder.fold(token.text(text));
        if !LETTERS.contains(&word.chars().count()) {
            return None;
        }
        if own == 0 {
            if in_gap {
                let between = beginning(&store.triples, &[back_one], 2).filter(|&triple| last(triple) == ahead_one);
                candidates.extend(between.map(|triple| last(triple >> 16)));
            }
            if pair_before {
                candidates.extend(beginning(&store.triples, &[back_two, back_one], 1).map(last));
            }
            if pair_behind {
                let before_two = |&x: &Sym| holds(&store.triples, &[x, ahead_one, ahead_two]);
                candidates.extend(beside(&store.pairs_back, ahead_one).filter(before_two));
            }
        }
        let letters = Packed::letters(word);
        let close = |sym: &Sym| one_edit(letters, lexicon.packed(*sym)) && is_possible(lexicon.word(*sym));
        candidates.retain(close);
        if own == 0 && !is_possible(word) {
            candidates.extend(followers(store, back_one).iter().map(|&word| Sym::from(word)).filter(close));
            candidates.extend(beside(&store.pairs_back, ahead_one).filter(close));
        }
        let &first = candidates.first()?;
        candidates.iter().all(|&other| other == first).then_some(first)
    }
}

/// Whether two words differ by one letter left out, added, replaced, or swapped with the next; the first letter stands in both.
///
/// **Why so.** A word that no row has is compared with all that stand in rows beside its neighbours, hundreds of them; packed, a comparison is a few
/// operations on two numbers instead of a walk over two strings.
fn one_edit(a: Packed, b: Packed) -> bool {
    let (a, b) = (a.to_top(), b.to_top());
    let same = a.letters_shared(b);
    if same == 0 || a == b || b.without_first(1) == Packed::default() {
        return false;
    }
    let (x, y) = (a.without_first(same), b.without_first(same));
    let (behind_x, behind_y) = (x.without_first(1), y.without_first(1));
    let swapped =
        || x.first() == behind_y.first() && y.first() == behind_x.first() && behind_x.without_first(1) == behind_y.without_first(1);
    behind_x == behind_y || x == behind_y || behind_x == y || swapped()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_differ() {
        for (written, meant) in [("bann", "ban"), ("quyêt", "quyết"), ("tịhc", "tịch"), ("nân", "nhân"), ("ủyy", "ủy")] {
            assert!(one_edit(Packed::letters(written), Packed::letters(meant)), "{written} for {meant}");
        }
        for (written, other) in [("ban", "ban"), ("qyt", "quyết"), ("hồi", "đồi")] {
            assert!(!one_edit(Packed::letters(written), Packed::letters(other)), "{written} is not {other}");
        }
    }
}
