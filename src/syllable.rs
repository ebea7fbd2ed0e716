//! The shape of a Vietnamese syllable, by which foreign names and typing errors are told.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Whether a word has the letters of a Vietnamese syllable: an initial, a vowel of one to three letters, a final. Tones are not looked at.
pub(crate) fn has_shape(word: &str) -> bool {
    const LONGEST: usize = 8; // "nghiêng" and one more
    const HORN: char = '\u{31b}';
    // Without tones and marks the shape remains; đ is a letter of its own.
    let mut plain = [0u8; LONGEST];
    let mut length = 0;
    let mut horned = false; // "ưu" is a vowel, "uu" none
    for c in word.chars() {
        let mut fits = true;
        let mut put = |part: char| {
            horned |= part == HORN;
            if is_combining_mark(part) {
                return;
            }
            let letter = match part {
                'đ' | 'Đ' => Some(b'd'),
                _ => u8::try_from(part).ok().filter(u8::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()),
            };
            match (letter, plain.get_mut(length)) {
                (Some(letter), Some(slot)) => *slot = letter,
                _ => fits = false,
            }
            length += 1;
        };
        if c.is_ascii() {
            put(c)
        } else {
            decompose_canonical(c, put)
        }
        if !fits {
            return false;
        }
    }
    let plain = plain.get(..length).unwrap_or_default();
    let initials: [&[u8]; 27] = [
        b"ngh", b"ng", b"nh", b"gh", b"gi", b"ch", b"kh", b"ph", b"qu", b"th", b"tr", b"b", b"c", b"d", b"g", b"h", b"k", b"l", b"m", b"n",
        b"p", b"r", b"s", b"t", b"v", b"x", b"",
    ];
    let finals: [&[u8]; 9] = [b"ch", b"nh", b"ng", b"c", b"m", b"n", b"p", b"t", b""];
    // Vowels are the letters up to the first consonant behind them: an initial ends, a final begins there, but for "gi", "qu".
    initials.iter().filter_map(|initial| plain.strip_prefix(*initial)).any(|rest| {
        let vowels = rest.iter().take_while(|b| b"aeiouy".contains(b)).count();
        let (vowel, last) = rest.split_at(vowels);
        finals.contains(&last)
            && (1..=3).contains(&vowels)
            && !matches!(vowel, b"aa" | b"ee" | b"ii" | b"oo" | b"ea" | b"ei" | b"iy" | b"yy" | b"ae")
            && (vowel != b"uu" || horned)
    })
}

/// Whether Vietnamese can have the syllable: it has the shape, and one that ends in *c, ch, p, t* has the tone sắc or nặng.
pub(crate) fn is_possible(word: &str) -> bool {
    const SAC: char = '\u{301}';
    const NANG: char = '\u{323}';
    let checked = word.ends_with(['c', 'p', 't']) || word.ends_with("ch");
    has_shape(word) && (!checked || word.nfd().any(|c| c == SAC || c == NANG))
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
