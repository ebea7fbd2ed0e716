//! The three old Vietnamese encodings that no library decodes: TCVN3 (ABC), VNI and VIQR.
//!
//! The first two lie in fonts that stand where Latin letters do. So they are decoded from the characters that windows-1252 gives for the bytes; the
//! text of a Word document, whose runs name the font, comes in the same shape.

use std::sync::LazyLock;

/// A text, and what in it could not be decoded.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The text; U+FFFD stands where a byte means nothing.
    pub text: String,
    /// How many bytes mean nothing.
    pub lost: usize,
    /// The place of the first of them.
    pub first_lost: Option<usize>,
}

impl Decoded {
    /// Notes a byte that means nothing.
    pub fn lose(&mut self, at: usize) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        self.lost += 1;
        self.first_lost.get_or_insert(at);
    }
}

/// The Latin letters that stand for Vietnamese ones in TCVN3, and what they stand for.
///
/// Source: TCVN 5712:1993, table VN3. It has no capitals with tones: fonts for capitals (.VnTimeH) have them in the places of the small letters, so
/// that `Ủ` typed in such a font comes out as `ủ`. Runs of Latin-1 begin at the number given.
const TCVN3: [(u8, &str); 9] = [
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽ"),
    (0xD0, "éẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
];

/// In VNI a letter and its mark are two Latin letters: the first, what may follow, and what the pairs give.
///
/// Source: the VNI-Win keyboard and font table of VNI Software. Capitals are the same with capital marks; a mark of the other case is understood.
const VNI_PAIRS: [(char, &str, &str); 7] = [
    ('a', "ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    ('e', "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    ('o', "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    ('ô', "ùøûõï", "ớờởỡợ"),
    ('u', "ùøûõï", "úùủũụ"),
    ('ö', "ùøûõï", "ứừửữự"),
    ('y', "ùøûõ", "ýỳỷỹ"),
];

/// The letters that VNI has in one: the Latin ones and what they stand for. Source as above.
const VNI_SINGLES: (&str, &str) = ("ôöñíìæóòî", "ơưđíìỉĩịỵ");

/// What VIQR writes behind a letter: letters, their sign and what the pairs give; then the signs of the tones. Source: RFC 1456.
/// (`*` for the horn is the custom of some programs.)
const VIQR_LETTERS: [(char, &str, &str); 4] = [('^', "aeo", "âêô"), ('(', "a", "ă"), ('+', "ou", "ơư"), ('*', "ou", "ơư")];
const VIQR_TONES: [(char, char); 5] = [('\'', '\u{301}'), ('`', '\u{300}'), ('?', '\u{309}'), ('~', '\u{303}'), ('.', '\u{323}')];

/// Latin-1 characters by number, and what they stand for in TCVN3.
static TCVN3_LETTERS: LazyLock<[Option<char>; 256]> = LazyLock::new(|| {
    let mut table = [None; 256];
    for (start, letters) in TCVN3 {
        for (slot, letter) in table.iter_mut().skip(usize::from(start)).zip(letters.chars()) {
            *slot = Some(letter);
        }
    }
    table
});

/// Decodes TCVN3 (ABC). `capitals`: the font shows all letters as capitals.
pub fn tcvn3(latin: &str, capitals: bool) -> Decoded {
    let mut decoded = Decoded::default();
    for (at, latin) in latin.chars().enumerate() {
        match latin {
            '\0'..='\x7f' | '\u{a0}' | '\u{100}'.. => decoded.text.push(latin),
            _ => match TCVN3_LETTERS.get(latin as usize).copied().flatten() {
                Some(letter) => decoded.text.push(letter),
                None => decoded.lose(at),
            },
        }
    }
    if capitals {
        decoded.text = decoded.text.to_uppercase();
    }
    decoded
}

/// Decodes VNI.
pub fn vni(latin: &str) -> Decoded {
    let mut decoded = Decoded::default();
    let mut rest = latin.chars().enumerate().peekable();
    while let Some((at, first)) = rest.next() {
        let small = small(first);
        let pair = rest.peek().and_then(|&(_, mark)| vni_pair(small, self::small(mark)));
        let letter = pair.or_else(|| beside(VNI_SINGLES.0, VNI_SINGLES.1, small));
        if pair.is_some() {
            rest.next();
        }
        match (letter, first) {
            (Some(letter), _) if first == small => decoded.text.push(letter),
            (Some(letter), _) => decoded.text.extend(letter.to_uppercase()),
            (None, '\0'..='\x7f' | '\u{a0}'..='\u{bf}' | '×' | '÷' | '\u{100}'..) => decoded.text.push(first),
            (None, _) => decoded.lose(at),
        }
    }
    decoded
}

fn vni_pair(first: char, mark: char) -> Option<char> {
    let (_, marks, letters) = VNI_PAIRS.into_iter().find(|&(letter, ..)| letter == first)?;
    beside(marks, letters, mark)
}

/// The small letter of a Latin one.
fn small(letter: char) -> char {
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(letter as u32 + 0x20).unwrap_or(letter),
        _ => letter,
    }
}

/// What stands in `there` where `wanted` stands in `here`.
fn beside(here: &str, there: &str, wanted: char) -> Option<char> {
    here.chars().zip(there.chars()).find_map(|(here, there)| (here == wanted).then_some(there))
}

/// Decodes VIQR; `\` before a sign makes it a plain one.
///
/// Many writers forget the `\` at the end of a sentence. So in a text without any, a tone sign at the end of a word is plain where the syllable has its
/// tone already, or has a letter like `ê` before this one, for that would bear the tone (*dda^u.* is *đâu.*).
pub fn viqr(text: &str) -> Decoded {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let forgets = !text.contains('\\');
    // What the syllable has so far.
    let (mut toned, mut marked) = (false, false);
    while let Some(letter) = rest.next() {
        let small = letter.to_ascii_lowercase();
        if letter == '\\' {
            out.push(rest.next_if(|next| next.is_ascii_punctuation() || matches!(next, 'd' | 'D')).unwrap_or(letter));
        } else if small == 'd' && rest.next_if(|next| next.eq_ignore_ascii_case(&'d')).is_some() {
            out.push(if letter == small { 'đ' } else { 'Đ' });
        } else if matches!(small, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') {
            let shape = |sign: char| {
                let (_, letters, shaped) = VIQR_LETTERS.into_iter().find(|&(known, ..)| known == sign)?;
                beside(letters, shaped, small)
            };
            let shaped = rest.peek().and_then(|&sign| shape(sign));
            if shaped.is_some() {
                rest.next();
            }
            let vowel = shaped.unwrap_or(small);
            if letter == small {
                out.push(vowel)
            } else {
                out.extend(vowel.to_uppercase())
            }
            let ends = || !rest.clone().nth(1).is_some_and(char::is_alphanumeric);
            let bears = !forgets || !toned && (shaped.is_some() || !marked) || !ends();
            marked |= shaped.is_some();
            let tone = |sign: char| VIQR_TONES.into_iter().find_map(|(known, tone)| (known == sign).then_some(tone));
            if let Some(tone) = rest.peek().and_then(|&sign| tone(sign)).filter(|_| bears) {
                rest.next();
                out.push(tone);
                toned = true;
            }
            continue;
        } else {
            out.push(letter);
        }
        if !letter.is_ascii_alphabetic() {
            (toned, marked) = (false, false);
        }
    }
    Decoded { text: composed(&out), ..Decoded::default() }
}

/// Letters and their marks in one.
pub fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// The other way, for tests.
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
pub mod encode {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// All letters that have a mark, in both cases: 134.
    pub fn marked_letters() -> Vec<char> {
        let mut letters = vec!['đ'];
        for vowel in "aăâeêioôơuưy".chars() {
            for tone in ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"] {
                letters.extend(format!("{vowel}{tone}").nfc().filter(|letter| !letter.is_ascii()));
            }
        }
        let capitals: Vec<char> = letters.iter().flat_map(|letter| letter.to_uppercase()).collect();
        letters.extend(capitals);
        letters
    }

    fn latin(character: char) -> u8 {
        encoding_rs::WINDOWS_1252.encode(&character.to_string()).0[0]
    }

    /// Into TCVN3; capitals with tones become small letters, as the encoding has no others.
    pub fn tcvn3(text: &str) -> Vec<u8> {
        let byte = |letter: char| (0..=255u8).find(|&byte| TCVN3_LETTERS[usize::from(byte)] == Some(letter));
        text.nfc().map(|c| byte(c).or_else(|| byte(c.to_lowercase().next().unwrap())).unwrap_or_else(|| latin(c))).collect()
    }

    /// Into VNI.
    pub fn vni(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for letter in text.nfc() {
            let small = letter.to_lowercase().next().unwrap();
            let lift = if small == letter { 0 } else { 0x20 };
            let pair = VNI_PAIRS.iter().find_map(|(first, marks, letters)| beside(letters, marks, small).map(|mark| (*first, mark)));
            if let Some((first, mark)) = pair {
                bytes.extend([first as u8 - lift, mark as u8 - lift]);
            } else if let Some(single) = beside(VNI_SINGLES.1, VNI_SINGLES.0, small) {
                bytes.push(single as u8 - lift);
            } else {
                bytes.push(latin(letter));
            }
        }
        bytes
    }

    /// Into VIQR, with `\` before what would be read as a sign.
    pub fn viqr(text: &str) -> Vec<u8> {
        let mut out = String::new();
        let mut letters = text.nfd().peekable();
        while let Some(letter) = letters.next() {
            let back = |known: char| VIQR_TONES.iter().find_map(|&(sign, tone)| (tone == known).then_some(sign));
            match letter {
                'đ' => out.push_str("dd"),
                'Đ' => out.push_str("DD"),
                '\u{302}' => out.push('^'),
                '\u{306}' => out.push('('),
                '\u{31b}' => out.push('+'),
                '’' => out.push_str("\\'"),
                'd' | 'D' if letters.peek().is_some_and(|next| matches!(next, 'd' | 'D' | 'đ' | 'Đ')) => out.extend(['\\', letter]),
                _ if back(letter).is_some() => out.extend(back(letter)),
                '\\' | '\'' | '`' | '?' | '~' | '.' | '^' | '(' | '+' | '*' => out.extend(['\\', letter]),
                _ => out.push(letter),
            }
        }
        // RFC 1456 wants the mark of the letter before the tone; NFD has the dot below first.
        for sign in ['^', '('] {
            out = out.replace(&format!(".{sign}"), &format!("{sign}."));
        }
        out.into_bytes()
    }

    /// Into windows-1258: the letters composed, their tones behind them.
    pub fn windows1258(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for letter in text.nfc() {
            let parts: Vec<char> = letter.to_string().nfd().collect();
            let (tones, base): (Vec<char>, Vec<char>) = parts.into_iter().partition(|c| VIQR_TONES.iter().any(|(_, tone)| tone == c));
            for part in base.into_iter().collect::<String>().nfc().chain(tones) {
                bytes.extend_from_slice(&encoding_rs::WINDOWS_1258.encode(&part.to_string()).0);
            }
        }
        bytes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn latin(bytes: &[u8]) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    }

    #[test]
    fn all_marked_letters_come_back() {
        let letters = encode::marked_letters();
        assert_eq!(letters.len(), 134);
        for letter in letters {
            let text = letter.to_string();
            assert_eq!(vni(&latin(&encode::vni(&text))).text, text, "VNI");
            assert_eq!(viqr(std::str::from_utf8(&encode::viqr(&text)).unwrap()).text, text, "VIQR");
            let abc = tcvn3(&latin(&encode::tcvn3(&text)), false).text;
            assert!(abc == text || abc == text.to_lowercase(), "TCVN3: {text} as {abc}");
        }
    }

    #[test]
    fn tcvn3_by_its_bytes() {
        // 43 E9 6E 67, 68 DF 61, 58 B7: as the standard has them
        assert_eq!(tcvn3(&latin(b"C\xe9ng h\xdfa x\xb7"), false).text, "Cộng hòa xã");
        assert_eq!(tcvn3(&latin(b"\xf1y ban"), true).text, "ỦY BAN", "a font of capitals");
        let broken = tcvn3(&latin(b"ab\xb0c\xc0"), false);
        assert_eq!((broken.text.as_str(), broken.lost, broken.first_lost), ("ab\u{fffd}c\u{fffd}", 2, Some(2)));
    }

    #[test]
    fn vni_by_its_bytes() {
        assert_eq!(
            vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñöôøng phoá, TÖÏ DO").text,
            "Cộng hòa xã hội chủ nghĩa Việt Nam, đường phố, TỰ DO"
        );
        assert_eq!(vni("AÙ Aù aù").text, "Á Á á");
        let broken = vni("bùa");
        assert_eq!((broken.text.as_str(), broken.lost, broken.first_lost), ("b\u{fffd}a", 1, Some(1)));
    }

    #[test]
    fn viqr_as_its_document_shows_it() {
        assert_eq!(viqr("Vie^.t Nam, ddu+o+`ng pho^'. DDa(k La(k\\. A(n co+m chu+a\\?").text, "Việt Nam, đường phố. Đăk Lăk. Ăn cơm chưa?");
        assert_eq!(viqr("O+? dda^u. Lu'c na`o? The^'.").text, "Ở đâu. Lúc nào? Thế.", "signs that can be no tone are plain");
    }
}
