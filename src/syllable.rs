//! The shape of a Vietnamese syllable, by which foreign names and typing errors are told.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Whether a word has the letters of a Vietnamese syllable: an initial, a vowel of one to three letters, a final. Tones are not looked at.
pub(crate) fn has_shape(word: &str) -> bool {
    // Without tones and marks the shape remains; đ is a letter of its own.
    const HORN: char = '\u{31b}';
    let mut plain = String::with_capacity(word.len());
    let mut horned = false; // "ưu" is a vowel, "uu" none
    for c in word.chars() {
        decompose_canonical(c, |part| {
            horned |= part == HORN;
            if !is_combining_mark(part) {
                plain.extend(part.to_lowercase().map(|c| if c == 'đ' { 'd' } else { c }));
            }
        });
    }
    let initials = [
        "ngh", "ng", "nh", "gh", "gi", "ch", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t",
        "v", "x", "",
    ];
    let finals = ["ch", "nh", "ng", "c", "m", "n", "p", "t", ""];
    initials.iter().filter_map(|initial| plain.strip_prefix(initial)).any(|rest| {
        finals.iter().filter_map(|last| rest.strip_suffix(last)).any(|vowel| {
            (1..=3).contains(&vowel.len())
                && vowel.bytes().all(|b| b"aeiouy".contains(&b))
                && !matches!(vowel, "aa" | "ee" | "ii" | "oo" | "ea" | "ei" | "iy" | "yy" | "ae")
                && (vowel != "uu" || horned)
        })
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
