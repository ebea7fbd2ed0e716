//! The letters, figures and marks that nearly all text is made of, each in seven bits, so that a word of nine is one number.
//!
//! **Why.** A word's symbol used to be found by folding it into a buffer and hashing that: 30 ns a token. With its letters packed while they are read it
//! is one multiplication and a look into a table.

/// What a character has in [`TABLE`]: the code of its small letter, and this bit where it is a capital. 0: none of them.
pub(crate) const CAPITAL: u8 = 0x80;

/// How many letters a [`Packed`] holds.
pub(crate) const MOST: usize = 9;

/// Code 1 is `a`, 26 `z`; then figures, the marks inside of numbers, the letters with marks.
pub(crate) const CODES: &[char] = &[
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '0',
    '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ',', 'à', 'á', 'â', 'ã', 'è', 'é', 'ê', 'ì', 'í', 'ò', 'ó', 'ô', 'õ', 'ù', 'ú', 'ý',
    'ă', 'đ', 'ĩ', 'ũ', 'ơ', 'ư', 'ạ', 'ả', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ', 'ẹ', 'ẻ', 'ẽ', 'ế', 'ề', 'ể', 'ễ', 'ệ', 'ỉ',
    'ị', 'ọ', 'ỏ', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ', 'ụ', 'ủ', 'ứ', 'ừ', 'ử', 'ữ', 'ự', 'ỳ', 'ỵ', 'ỷ', 'ỹ',
];

/// Codes above this one up to [`LAST_MARK`] are figures and marks, all others letters.
const LAST_ASCII: u8 = 26;
const LAST_MARK: u8 = 38;

/// For ASCII; for two bytes from U+00C0 and three from U+1E80, by what follows the lead.
struct Tables {
    ascii: [u8; 256],
    figures: [u8; 128],
    /// U+00C0..U+01C0
    latin: [u8; 256],
    /// U+1E80..U+1F00
    additional: [u8; 128],
}

static TABLE: Tables = tables();

#[allow(clippy::indexing_slicing)] // evaluated by the compiler
const fn tables() -> Tables {
    let mut tables = Tables { ascii: [0; 256], figures: [0; 128], latin: [0; 256], additional: [0; 128] };
    let mut n = 0;
    while n < CODES.len() {
        let small = CODES[n] as u32;
        let code = n as u8 + 1;
        let capital = match small {
            0x61..=0x7a | 0xe0..=0xfe => small - 0x20,
            0x100.. => small - 1,
            _ => small,
        };
        // ơ and ư have odd capitals: U+01A0 and U+01AF, right before them, like all above U+0100.
        put(&mut tables, capital, code | CAPITAL);
        put(&mut tables, small, code);
        n += 1;
    }
    tables
}

#[allow(clippy::indexing_slicing)] // evaluated by the compiler
const fn put(tables: &mut Tables, c: u32, entry: u8) {
    match c {
        0..=0x7f if entry & !CAPITAL > LAST_ASCII && entry & !CAPITAL <= LAST_MARK => tables.figures[c as usize] = entry,
        0..=0x7f => tables.ascii[c as usize] = entry,
        0xc0..=0x1bf => tables.latin[(c - 0xc0) as usize] = entry,
        _ => tables.additional[(c - 0x1e80) as usize] = entry,
    }
}

/// The entry of a letter of ASCII.
pub(crate) fn ascii(byte: u8) -> u8 {
    TABLE.ascii.get(usize::from(byte)).copied().unwrap_or(0)
}

/// The entry of a figure, or of a mark inside of numbers.
pub(crate) fn figure(byte: u8) -> u8 {
    TABLE.figures.get(usize::from(byte)).copied().unwrap_or(0)
}

/// The entry of a character of two bytes.
pub(crate) fn two(lead: u8, next: u8) -> u8 {
    let at = usize::from(lead.wrapping_sub(0xc3)) << 6 | usize::from(next & 0x3f);
    TABLE.latin.get(at).copied().unwrap_or(0)
}

/// The entry of a character of three bytes, the first of them `E1`.
pub(crate) fn three(middle: u8, next: u8) -> u8 {
    let at = usize::from(middle.wrapping_sub(0xba)) << 6 | usize::from(next & 0x3f);
    TABLE.additional.get(at).copied().unwrap_or(0)
}

/// The entry of a character.
pub(crate) fn of(c: char) -> u8 {
    let mut bytes = [0; 4];
    match *c.encode_utf8(&mut bytes).as_bytes() {
        [byte] => ascii(byte) | figure(byte),
        [lead, next] => two(lead, next),
        [0xe1, middle, next] => three(middle, next),
        _ => 0,
    }
}

/// The entry of each character of a text; 0 where it is none of them.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = u8> + use<'_> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut at = 0;
    std::iter::from_fn(move || {
        let lead = *bytes.get(at)?;
        let (entry, width) = match lead {
            0..=0x7f => (ascii(lead) | figure(lead), 1),
            0xc0..=0xdf => (two(lead, byte(at + 1)), 2),
            0xe1 => (three(byte(at + 1), byte(at + 2)), 3),
            0xe0..=0xef => (0, 3),
            _ => (0, 4),
        };
        at += width;
        Some(entry)
    })
}

/// The small letter of an entry.
pub(crate) fn small_of(entry: u8) -> Option<char> {
    usize::from(entry & !CAPITAL).checked_sub(1).and_then(|n| CODES.get(n)).copied()
}

/// Up to [`MOST`] letters, or figures and the marks between them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Packed(pub(crate) u64);

impl Packed {
    /// Adds the letter of an entry.
    pub(crate) fn push(&mut self, entry: u8) {
        self.0 = self.0 << 7 | u64::from(entry & !CAPITAL);
    }

    /// A mark of ASCII by itself.
    pub(crate) fn mark(byte: u8) -> Packed {
        const ALONE: u64 = 1 << 63; // above the letters
        match figure(byte) {
            0 => Packed(ALONE | u64::from(byte)),
            code => Packed(u64::from(code)),
        }
    }

    /// A folded word or mark, if it is short enough and made of such letters.
    pub(crate) fn word(folded: &str) -> Option<Packed> {
        if let &[byte] = folded.as_bytes()
            && byte.is_ascii_punctuation()
        {
            return Some(Packed::mark(byte));
        }
        let mut packed = Packed::default();
        for (n, c) in folded.chars().enumerate() {
            let entry = of(c);
            if entry == 0 || entry & CAPITAL != 0 || n >= MOST {
                return None;
            }
            packed.push(entry);
        }
        Some(packed).filter(|packed| packed.0 != 0)
    }

    /// A word of up to [`MOST`] letters, for comparison; one that no table has is like none of them.
    pub(crate) fn letters(word: &str) -> Packed {
        const OTHER: u8 = 0x7f;
        let mut packed = Packed::default();
        for c in word.chars() {
            packed.push(if of(c) == 0 { OTHER } else { of(c) });
        }
        packed
    }

    /// With the first letter in the highest bits, where words of any length can be compared from their start; nothing for a mark.
    pub(crate) fn to_top(self) -> Packed {
        let free = self.0.leading_zeros();
        if free == 0 || self.0 == 0 { Packed::default() } else { Packed(self.0 << ((free - 1) / 7 * 7)) }
    }

    /// How many letters two words begin alike with, both [`Self::to_top`].
    pub(crate) fn letters_shared(self, other: Packed) -> u32 {
        ((self.0 ^ other.0).leading_zeros() - 1) / 7
    }

    /// The first letter of a word that is [`Self::to_top`]; 0 where it has none.
    pub(crate) fn first(self) -> u64 {
        self.0 >> 56
    }

    /// What stands behind the first letters of a word that is [`Self::to_top`].
    pub(crate) fn without_first(self, letters: u32) -> Packed {
        Packed(self.0.checked_shl(letters * 7).unwrap_or(0) & (u64::MAX >> 1))
    }

    /// Where the search for it begins in a table of `2^bits` slots.
    pub(crate) fn slot(self, bits: u32) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_and_its_capital_have_one_code() {
        assert!(CODES.len() < usize::from(CAPITAL));
        for (n, &c) in CODES.iter().enumerate() {
            assert_eq!(usize::from(of(c)), n + 1, "{c}");
            let capital = c.to_uppercase().next().unwrap();
            let entry = if c.is_alphabetic() { of(c) | CAPITAL } else { of(c) };
            assert_eq!(of(capital), entry, "{capital}");
        }
        for c in ('\0'..='\u{2fff}').filter(|&c| of(c) != 0) {
            let folded = c.to_lowercase().next().unwrap();
            assert!(CODES.contains(&folded), "{c} is a letter of the table");
        }
    }
}
