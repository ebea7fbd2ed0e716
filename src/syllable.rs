//! The shape of a Vietnamese syllable, by which foreign names and typing errors are told.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::letter;
use crate::normalize::bare;

/// The letters of a word without their marks and tones; đ is a letter of its own, as which it counts as d.
#[derive(Default)]
struct Letters {
    plain: [u8; Letters::LONGEST],
    length: usize,
    /// "ưu" is a vowel, "uu" none.
    horned: bool,
    /// The tone sắc or nặng.
    cut: bool,
}

impl Letters {
    const LONGEST: usize = 8; // "nghiêng" and one more

    /// `None` for a word with anything else in it, or longer than a syllable can be.
    fn of(word: &str) -> Option<Letters> {
        let mut letters = Letters::default();
        if letter::entries(word).all(|entry| entry != 0) {
            for entry in letter::entries(word) {
                let (plain, horned, tone) = bare(entry)?;
                letters.horned |= horned;
                letters.cut |= matches!(tone, 1 | 5);
                letters.push(plain)?;
            }
            return Some(letters);
        }
        for c in word.nfd() {
            match c {
                '\u{31b}' => letters.horned = true,
                '\u{301}' | '\u{323}' => letters.cut = true,
                'đ' | 'Đ' => letters.push(b'd')?,
                _ if is_combining_mark(c) => {}
                _ => letters.push(u8::try_from(c).ok().filter(u8::is_ascii_alphabetic)?.to_ascii_lowercase())?,
            }
        }
        Some(letters)
    }

    fn push(&mut self, letter: u8) -> Option<()> {
        *self.plain.get_mut(self.length)? = letter;
        self.length += 1;
        Some(())
    }

    fn have_shape(&self) -> bool {
        let plain = self.plain.get(..self.length).unwrap_or_default();
        let initials: [&[u8]; 27] = [
            b"ngh", b"ng", b"nh", b"gh", b"gi", b"ch", b"kh", b"ph", b"qu", b"th", b"tr", b"b", b"c", b"d", b"g", b"h", b"k", b"l", b"m",
            b"n", b"p", b"r", b"s", b"t", b"v", b"x", b"",
        ];
        let finals: [&[u8]; 9] = [b"ch", b"nh", b"ng", b"c", b"m", b"n", b"p", b"t", b""];
        // Vowels are the letters up to the first consonant behind them: an initial ends, a final begins there, but for "gi", "qu".
        initials.iter().filter_map(|initial| plain.strip_prefix(*initial)).any(|rest| {
            let vowels = rest.iter().take_while(|b| b"aeiouy".contains(b)).count();
            let (vowel, last) = rest.split_at(vowels);
            finals.contains(&last)
                && (1..=3).contains(&vowels)
                && !matches!(vowel, b"aa" | b"ee" | b"ii" | b"oo" | b"ea" | b"ei" | b"iy" | b"yy" | b"ae")
                && (vowel != b"uu" || self.horned)
        })
    }
}

/// Whether a word has the letters of a Vietnamese syllable: an initial, a vowel of one to three letters, a final. Tones are not looked at.
pub(crate) fn has_shape(word: &str) -> bool {
    Letters::of(word).is_some_and(|letters| letters.have_shape())
}

/// Whether Vietnamese can have the syllable: it has the shape, and one that ends in *c, ch, p, t* has the tone sắc or nặng.
pub(crate) fn is_possible(word: &str) -> bool {
    let checked = word.ends_with(['c', 'p', 't']) || word.ends_with("ch");
    Letters::of(word).is_some_and(|letters| letters.have_shape() && (!checked || letters.cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in ["nghị", "quyết", "ủy", "khuỷu", "giếng", "oanh", "cựu", "hữu", "đ\u{1ea1}o"] {
            assert!(is_possible(word), "{word} is one");
        }
        for word in ["quyêt", "tich", "cuu", "bann", "smith", "kpă", "nghịi"] {
            assert!(!is_possible(word), "{word} is none");
        }
    }
}
