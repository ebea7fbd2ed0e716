//! Vietnamese text in one spelling: NFC, look-alike letters, tone placement, blanks, dashes, quotation
//! marks; with the map back to the original.
//!
//! The extractor does not need it (it never rewrites its input); users who index, compare or display text do.
//!
//! ```
//! use bantin::normalize::{normalize, Normalizer, TonePlacement};
//!
//! let clean = normalize("Uỷ  ban nhân dân tỉnh Ðắk Lắk");
//! assert_eq!(clean.text(), "Ủy ban nhân dân tỉnh Đắk Lắk");
//! // "ban" in the clean text, and where it came from:
//! let original = clean.to_original(5..8);
//! assert_eq!(original, 6..9);
//!
//! let modern = Normalizer::new().tone(TonePlacement::New);
//! assert_eq!(modern.normalize("hòa").text(), "hoà");
//! ```
//!
//! **Sources.** Normalization form: Unicode Standard Annex 15. The two ways to place a tone mark on *oa, oe, uy*
//! are the two that Vietnamese dictionaries and schoolbooks use (*kiểu cũ* "hòa", *kiểu mới* "hoà").

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::letter;

/// Where the tone mark of an open syllable in *oa, oe, uy* stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TonePlacement {
    /// On the first vowel (*kiểu cũ*): hòa, khỏe, ủy, thúy. Most newspapers and offices write so.
    #[default]
    Old,
    /// On the second vowel (*kiểu mới*): hoà, khoẻ, uỷ, thuý.
    New,
    /// As the text has it.
    AsWritten,
}

/// What [`Normalizer::normalize`] rewrites. The default rewrites everything this module knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalizer {
    tone: TonePlacement,
    look_alikes: bool,
    blanks: bool,
    punctuation: bool,
}

impl Default for Normalizer {
    fn default() -> Self {
        Normalizer { tone: TonePlacement::Old, look_alikes: true, blanks: true, punctuation: true }
    }
}

impl Normalizer {
    /// A normalizer that rewrites everything, tones placed the [`TonePlacement::Old`] way.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Chooses the tone placement.
    #[must_use]
    pub fn tone(mut self, tone: TonePlacement) -> Self {
        self.tone = tone;
        self
    }

    /// Whether letters that only look Vietnamese become so: *Ð* (U+00D0) and *Ɖ* → *Đ*, full-width *１２ Ａ* → *12 A*.
    #[must_use]
    pub fn look_alikes(mut self, on: bool) -> Self {
        self.look_alikes = on;
        self
    }

    /// Whether blanks become plain: each run of blanks (no-break and other Unicode spaces, tabs) one space, `\r\n` a `\n`;
    /// zero-width characters, soft hyphens and byte-order marks vanish.
    #[must_use]
    pub fn blanks(mut self, on: bool) -> Self {
        self.blanks = on;
        self
    }

    /// Whether hyphens (U+2010, U+2011), minus and figure dash become `-`, the longer dashes `–`, and typographic
    /// quotation marks `"` and `'`.
    #[must_use]
    pub fn punctuation(mut self, on: bool) -> Self {
        self.punctuation = on;
        self
    }

    /// The text in the chosen spelling, always in NFC, with the map back.
    ///
    /// ```
    /// use bantin::normalize::Normalizer;
    /// let plain = Normalizer::new().normalize("“Vì\u{a0} dân”");
    /// assert_eq!(plain.text(), "\"Vì dân\"");
    /// ```
    #[must_use]
    pub fn normalize(&self, text: &str) -> Normalized {
        let mut out = Writer { source: text, text: String::with_capacity(text.len()), changes: Vec::new() };
        let mut word: Vec<Letter> = Vec::new();
        let mut blanks: Option<Range<usize>> = None;
        for cluster in clusters(text) {
            let first = text.get(cluster.start..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            if self.blanks && is_invisible(first) {
                // It vanishes into what stands before it.
                if let Some(run) = &mut blanks {
                    run.end = cluster.end;
                } else if let Some(last) = word.last_mut() {
                    last.from.end = cluster.end;
                } else {
                    out.put("", cluster);
                }
                continue;
            }
            if self.blanks && first.is_whitespace() {
                self.flush(&mut word, &mut out);
                blanks = Some(blanks.map_or(cluster.start, |run| run.start)..cluster.end);
                continue;
            }
            if let Some(run) = blanks.take() {
                out.put_blanks(run);
            }
            let mut made = String::new();
            compose(text.get(cluster.clone()).unwrap_or_default(), self.look_alikes, |c| made.push(c));
            if first.is_alphabetic() {
                word.push(Letter { made, from: cluster });
            } else {
                self.flush(&mut word, &mut out);
                if self.punctuation {
                    made = made.chars().map(plain_mark).collect();
                }
                out.put(&made, cluster);
            }
        }
        self.flush(&mut word, &mut out);
        if let Some(run) = blanks {
            out.put_blanks(run);
        }
        Normalized { text: out.text, changes: out.changes, original_len: text.len() }
    }

    fn flush(&self, word: &mut Vec<Letter>, out: &mut Writer) {
        let mut letters: Vec<char> = word.iter().map(|l| l.made.chars().next().unwrap_or_default()).collect();
        // A mark that did not compose would join the letter that a tone leaves.
        if word.iter().all(|l| l.made.chars().nth(1).is_none()) {
            place_tone(&mut letters, self.tone);
        }
        for (letter, first) in word.drain(..).zip(letters) {
            let mut made = String::from(first);
            made.extend(letter.made.chars().skip(1));
            out.put(&made, letter.from);
        }
    }
}

/// The text in NFC and everything else that [`Normalizer::new`] rewrites.
///
/// ```
/// assert_eq!(bantin::normalize::normalize("thuỷ lợi").text(), "thủy lợi");
/// ```
#[must_use]
pub fn normalize(text: &str) -> Normalized {
    Normalizer::new().normalize(text)
}

/// One syllable with its tone where `tone` wants it. *quý*, *giá*, *quả* stay: their *u* and *i* belong to the consonant.
///
/// ```
/// use bantin::normalize::{tone_placed, TonePlacement};
/// assert_eq!(tone_placed("thuý", TonePlacement::Old), "thúy");
/// assert_eq!(tone_placed("hòa", TonePlacement::New), "hoà");
/// assert_eq!(tone_placed("quý", TonePlacement::Old), "quý");
/// assert_eq!(tone_placed("tòan", TonePlacement::Old), "toàn"); // before a consonant both ways agree
/// ```
#[must_use]
pub fn tone_placed(syllable: &str, tone: TonePlacement) -> String {
    let mut letters: Vec<char> = syllable.nfc().collect();
    place_tone(&mut letters, tone);
    letters.into_iter().collect()
}

/// A normalized text and where each part of it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized {
    text: String,
    changes: Vec<Change>,
    original_len: usize,
}

/// A piece that was rewritten; between two changes both texts run alike.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    now: Range<usize>,
    was: Range<usize>,
}

impl Normalized {
    /// The normalized text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The normalized text, by value.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The bytes of the original that became the bytes `range` of the normalized text. A range that begins or ends inside
    /// a rewritten piece covers that piece whole. Offsets past the end count as the end.
    #[must_use]
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        let limit = self.text.len();
        map_range(&self.changes, |c| (&c.now, &c.was), range, limit, self.original_len)
    }

    /// The bytes of the normalized text that the bytes `range` of the original became; the inverse of [`Self::to_original`].
    #[must_use]
    pub fn to_normalized(&self, range: Range<usize>) -> Range<usize> {
        map_range(&self.changes, |c| (&c.was, &c.now), range, self.original_len, self.text.len())
    }
}

fn map_range(
    changes: &[Change],
    sides: fn(&Change) -> (&Range<usize>, &Range<usize>),
    range: Range<usize>,
    from_len: usize,
    to_len: usize,
) -> Range<usize> {
    let start = range.start.min(from_len);
    let end = range.end.min(from_len).max(start);
    // Position `at` lies after all changes that end at or before it; inside one, it snaps to that change's edge.
    let place = |at: usize, is_end: bool| {
        let next = changes.partition_point(|c| {
            let from = sides(c).0;
            from.end < at || (from.end == at && (is_end || !from.is_empty()))
        });
        match changes.get(next).map(sides) {
            Some((from, to)) if from.start < at => {
                if is_end {
                    to.end
                } else {
                    to.start
                }
            }
            _ => match next.checked_sub(1).and_then(|n| changes.get(n)).map(sides) {
                Some((from, to)) => (to.end + (at - from.end)).min(to_len),
                None => at,
            },
        }
    };
    let from = place(start, false);
    let to = if start == end { from } else { place(end, true) };
    from..to.max(from)
}

/// A character of the original with its marks, composed (one character, more where marks do not compose).
struct Letter {
    made: String,
    from: Range<usize>,
}

struct Writer<'t> {
    source: &'t str,
    text: String,
    changes: Vec<Change>,
}

impl Writer<'_> {
    fn put(&mut self, made: &str, from: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(made);
        if self.source.get(from.clone()) != Some(made) {
            self.changes.push(Change { now: start..self.text.len(), was: from });
        }
    }

    /// A run of blanks is one space, or as many line ends as it holds.
    fn put_blanks(&mut self, run: Range<usize>) {
        let was = self.source.get(run.clone()).unwrap_or_default();
        let lines = was.replace("\r\n", "\n").chars().filter(|&c| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')).count();
        let made = if lines == 0 { " ".to_string() } else { "\n".repeat(lines) };
        self.put(&made, run);
    }
}

/// Each character with the combining marks that follow it.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.next()?;
        while chars.next_if(|&(_, c)| is_combining_mark(c)).is_some() {}
        let end = chars.peek().map_or(text.len(), |&(at, _)| at);
        Some(start..end)
    })
}

/// A base character with its marks, composed, in whatever order they stand: *é + ̂* still gives *ế*.
pub(crate) fn compose(piece: &str, look_alikes: bool, mut put: impl FnMut(char)) {
    let look = |c| if look_alikes { plain_letter(c) } else { c };
    let mut chars = piece.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        // A single character: only the deprecated tone marks and a few singletons are not in NFC by themselves.
        if only.is_ascii() {
            put(only);
        } else {
            std::iter::once(look(only)).nfc().for_each(put);
        }
        return;
    }
    let mut decomposed: Vec<char> = piece.chars().map(look).nfd().collect();
    if let Some(marks) = decomposed.get_mut(1..) {
        marks.sort_by_key(|c| match c {
            '\u{31b}' => 0,
            '\u{323}' => 1,
            '\u{302}' | '\u{306}' => 2,
            _ => 3,
        });
    }
    // The order of the marks is now that of the letters' canonical decompositions: composing step by step reaches them.
    let mut letter: Option<char> = None;
    for c in decomposed {
        letter = match letter {
            None => Some(c),
            Some(base) => match unicode_normalization::char::compose(base, c) {
                Some(both) => Some(both),
                None => {
                    put(base);
                    Some(c)
                }
            },
        };
    }
    if let Some(last) = letter {
        put(last);
    }
}

fn plain_letter(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn plain_mark(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{2013}'..='\u{2015}' => '–',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => '\'',
        '…' => '…',
        _ => c,
    }
}

/// Characters that show nothing and part nothing: they vanish.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The vowels, each with its five tones: no tone, *sắc, huyền, hỏi, ngã, nặng*.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'á', 'à', 'ả', 'ã', 'ạ'],
    ['ă', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'é', 'è', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ế', 'ề', 'ể', 'ễ', 'ệ'],
    ['i', 'í', 'ì', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ó', 'ò', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ú', 'ù', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ứ', 'ừ', 'ử', 'ữ', 'ự'],
    ['y', 'ý', 'ỳ', 'ỷ', 'ỹ', 'ỵ'],
];

/// For each code of [`crate::letter`] one more than the place of its vowel in [`VOWELS`]; 0: a consonant.
static VOWEL_OF_CODE: [u8; 128] = vowels_by_code();

#[allow(clippy::indexing_slicing)] // evaluated by the compiler
const fn vowels_by_code() -> [u8; 128] {
    let mut table = [0; 128];
    let mut n = 0;
    while n < VOWELS.len() * 6 {
        let vowel = VOWELS[n / 6][n % 6];
        let mut code = 0;
        while letter::CODES[code] != vowel {
            code += 1;
        }
        table[code + 1] = n as u8 + 1;
        n += 1;
    }
    table
}

/// A vowel's row in [`VOWELS`] and its tone, of a small letter or a capital.
fn vowel(c: char) -> Option<(usize, usize)> {
    let nth = VOWEL_OF_CODE.get(usize::from(letter::of(c) & !letter::CAPITAL)).copied().unwrap_or(0);
    let nth = usize::from(nth).checked_sub(1)?;
    Some((nth / 6, nth % 6))
}

/// The letter of an entry of [`crate::letter`] without its marks, whether a horn is one of them (*ơ, ư*), and its tone as [`VOWELS`] counts them; `None`
/// for what is no letter of the tables.
pub(crate) fn bare(entry: u8) -> Option<(u8, bool, usize)> {
    const BARE: &[u8; 12] = b"aaaeeiooouuy";
    let code = entry & !letter::CAPITAL;
    match VOWEL_OF_CODE.get(usize::from(code)).copied().unwrap_or(0).checked_sub(1).map(usize::from) {
        Some(nth) => BARE.get(nth / 6).map(|&letter| (letter, matches!(nth / 6, 8 | 10), nth % 6)),
        None if letter::small_of(code) == Some('đ') => Some((b'd', false, 0)),
        None => letter::small_of(code).and_then(|c| u8::try_from(c).ok()).filter(u8::is_ascii_lowercase).map(|letter| (letter, false, 0)),
    }
}

/// Whether [`place_tone`] surely leaves a word as it is: it has no tone, no vowel stands beside another, or the tone stands on a letter with a mark of its
/// own and no such letter follows (*việt*, *trường*). Nearly all words are told by this.
pub(crate) fn has_tone_in_place(word: &str) -> bool {
    const MARKED: u32 = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 7 | 1 << 8; // ă, â, ê, ô, ơ
    if word.is_ascii() {
        return true;
    }
    let (mut tones, mut in_place) = (0, true);
    let (mut vowel_before, mut vowels_meet) = (false, false);
    for entry in letter::entries(word) {
        let nth = VOWEL_OF_CODE.get(usize::from(entry & !letter::CAPITAL)).copied().unwrap_or(0);
        let vowel = usize::from(nth).checked_sub(1).map(|nth| (nth / 6, nth % 6));
        vowels_meet |= vowel_before && vowel.is_some();
        vowel_before = vowel.is_some();
        let Some((row, tone)) = vowel else { continue };
        let marked = MARKED >> row & 1 != 0;
        tones += usize::from(tone > 0);
        in_place &= if tone > 0 { marked } else { !marked || tones == 0 };
    }
    tones == 0 || !vowels_meet || tones == 1 && in_place
}

/// Moves the tone of a syllable to where it belongs: onto the letter with a mark of its own (*giừơng* → *giường*), else, with two vowels, onto the second
/// before a consonant (*tòan* → *toàn*), the first at the end (*cuả* → *của*), by `tone` in *oa, oe, uy*; with three, onto the middle one.
pub(crate) fn place_tone(letters: &mut [char], tone: TonePlacement) {
    // Only what has a tone can have it in the wrong place; tones are letters of their own, none of them ASCII.
    if tone == TonePlacement::AsWritten || letters.len() < 2 || letters.iter().all(char::is_ascii) {
        return;
    }
    let is_vowel = |c: &char| vowel(*c).is_some();
    let Some(first) = letters.iter().position(is_vowel) else { return };
    let end = first + letters.iter().skip(first).take_while(|c| is_vowel(c)).count();
    // The u of "qu" and the i of "gi" belong to the consonant where another vowel follows.
    let onset = first.checked_sub(1).and_then(|n| letters.get(n)).map(|&c| lower(c).0);
    let glide = letters.get(first).and_then(|&c| vowel(c)).map(|(row, _)| row);
    let glides = first == 1 && end - first > 1 && matches!((onset, glide), (Some('q'), Some(9)) | (Some('g'), Some(5)));
    let start = first + usize::from(glides);
    // Two groups of vowels are no Vietnamese syllable.
    if letters.iter().skip(end).any(is_vowel) || end - start > 3 {
        return;
    }
    // The vowels: three, and a glide.
    let mut rows = [(0, 0); 4];
    for (slot, vowel) in rows.iter_mut().zip(letters.iter().take(end).skip(first).filter_map(|&c| vowel(c))) {
        *slot = vowel;
    }
    let rows = rows.get(..end - first).unwrap_or_default();
    let mut tones = rows.iter().enumerate().filter(|(_, (_, tone))| *tone > 0);
    let (Some((here, &(_, mark))), None) = (tones.next(), tones.next()) else { return };
    let nucleus = rows.get(start - first..).unwrap_or_default();
    let closed = letters.get(end).is_some_and(|c| c.is_alphabetic());
    let row = |n: usize| nucleus.get(n).map(|(row, _)| *row);
    let marked =
        nucleus.iter().rposition(|(row, _)| matches!(row, 1 | 2 | 4 | 7 | 8)).or_else(|| nucleus.iter().position(|(row, _)| *row == 10));
    let place = match (marked, nucleus.len()) {
        (Some(marked), _) => marked,
        (None, 3) => 1,
        (None, 2) if closed => 1,
        // oa, oe, uy
        (None, 2) if matches!((row(0), row(1)), (Some(6), Some(0 | 3)) | (Some(9), Some(11))) => usize::from(tone == TonePlacement::New),
        _ => 0,
    };
    let there = place + (start - first);
    if here == there {
        return;
    }
    for (n, tone) in [(here, 0), (there, mark)] {
        if let (Some(slot), Some((row, _))) = (letters.get_mut(first + n), rows.get(n)) {
            let (_, upper) = lower(*slot);
            let letter = VOWELS.get(*row).and_then(|tones| tones.get(tone)).copied().unwrap_or(*slot);
            *slot = recase(letter, upper);
        }
    }
}

/// The small letter of a Vietnamese letter, itself where it is small; `None` for other letters.
pub(crate) fn small(c: char) -> Option<char> {
    match c {
        '\u{1ea0}'..='\u{1ef9}' => char::from_u32(u32::from(c) | 1),
        '\u{e0}'..='\u{f6}' | 'đ' | 'ă' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => Some(c),
        '\u{c0}'..='\u{d6}' if c != 'Ð' => char::from_u32(u32::from(c) + 0x20),
        'Đ' => Some('đ'),
        'Ă' => Some('ă'),
        'Ơ' => Some('ơ'),
        'Ư' => Some('ư'),
        _ => None,
    }
}

fn lower(c: char) -> (char, bool) {
    if c.is_ascii() {
        return (c.to_ascii_lowercase(), c.is_ascii_uppercase());
    }
    let low = small(c).or_else(|| c.to_lowercase().next()).unwrap_or(c);
    (low, low != c)
}

fn recase(c: char, upper: bool) -> char {
    if upper { c.to_uppercase().next().unwrap_or(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tone_in_its_place_stays_there(word in "[a-zđàáăấầậêếềễôốồộơớờợưứừựìíòóọùúụỳýạảãẹẻẽỉĩỏõủũỷỹỵ'-]{1,7}") {
            let mut letters: Vec<char> = word.chars().collect();
            place_tone(&mut letters, TonePlacement::Old);
            let placed: String = letters.into_iter().collect();
            prop_assert!(!has_tone_in_place(&word) || placed == word, "{} is not {}", word, placed);
        }
    }

    #[test]
    fn old_and_new_tone_placement() {
        for (old, new) in [
            ("hòa", "hoà"),
            ("ủy", "uỷ"),
            ("Ủy", "Uỷ"),
            ("thúy", "thuý"),
            ("khỏe", "khoẻ"),
            ("HÒA", "HOÀ"),
            ("lóa", "loá"),
            // one place only
            ("quý", "quý"),
            ("giá", "giá"),
            ("quả", "quả"),
            ("toàn", "toàn"),
            ("huỳnh", "huỳnh"),
            ("ngoài", "ngoài"),
            ("khuyến", "khuyến"),
            ("khuỷu", "khuỷu"),
            ("mía", "mía"),
            ("của", "của"),
            ("người", "người"),
            ("quỳnh", "quỳnh"),
            ("qua", "qua"),
            ("xoáy", "xoáy"),
        ] {
            for written in [old, new] {
                assert_eq!(tone_placed(written, TonePlacement::Old), old);
                assert_eq!(tone_placed(written, TonePlacement::New), new);
                assert_eq!(tone_placed(written, TonePlacement::AsWritten), written);
            }
        }
    }

    #[test]
    fn a_tone_on_the_wrong_vowel_moves() {
        for (wrong, right) in [
            ("tòan", "toàn"),
            ("Hòang", "Hoàng"),
            ("hùynh", "huỳnh"),
            ("ngòai", "ngoài"),
            ("bẩy", "bẩy"),
            ("baỷ", "bảy"),
            ("cuả", "của"),
            ("giừơng", "giường"),
            ("ngòăng", "ngoằng"),
            ("qúy", "quý"),
            ("gìa", "già"),
            ("gì", "gì"),
            ("théâtre", "théâtre"),
        ] {
            assert_eq!(tone_placed(wrong, TonePlacement::Old), right);
        }
    }

    #[test]
    fn one_spelling_for_many() {
        for (written, want) in [
            ("e\u{302}\u{301}", "ế"), // in order
            ("e\u{301}\u{302}", "ế"), // tone before circumflex
            ("e\u{302}\u{323}", "ệ"),
            ("u\u{31b}\u{323}", "ự"),
            ("Ðảng", "Đảng"),
            ("１２／５", "12/5"),
            ("số\u{ad}ng", "sống"),
            ("\u{feff}Tin", "Tin"),
            ("a \u{a0}\t b", "a b"),
            ("a\r\n\r\nb", "a\n\nb"),
            ("a \n b", "a\nb"),
            ("2020‑2025 — “ổn”", "2020-2025 – \"ổn\""),
        ] {
            assert_eq!(normalize(written).text(), want, "{written:?}");
        }
    }

    #[test]
    fn ranges_map_both_ways() {
        let original = "Uỷ  ban\u{200b} Ðảng";
        let clean = normalize(original);
        assert_eq!(clean.text(), "Ủy ban Đảng");
        for word in ["Ủy", "ban", "Đảng"] {
            let at = clean.text().find(word).unwrap();
            let back = clean.to_original(at..at + word.len());
            assert_eq!(normalize(&original[back.clone()]).text(), word);
            assert_eq!(clean.to_normalized(back), at..at + word.len());
        }
        assert_eq!(clean.to_original(0..clean.text().len()), 0..original.len());
    }
}
