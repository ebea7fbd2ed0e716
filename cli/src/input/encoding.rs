//! Which encoding bytes are in, and their text.
//!
//! What is not UTF-8 or UTF-16 is decoded in every old Vietnamese encoding, and the one is taken whose words are Vietnamese syllables; where none
//! clearly is, none is.

use unicode_normalization::UnicodeNormalization;

use super::legacy::{self, Decoded, composed};
use super::{Encoding, Refusal, Text};

/// How much of a long text is looked at to tell its encoding.
const SAMPLE: usize = 256 * 1024;

impl Encoding {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf8",
            Encoding::Utf16le => "utf16le",
            Encoding::Utf16be => "utf16be",
            Encoding::Windows1258 => "windows1258",
            Encoding::Tcvn3 => "tcvn3",
            Encoding::Vni => "vni",
            Encoding::Viqr => "viqr",
        }
    }

    /// The bytes that may stand before a text to tell its encoding.
    fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xef\xbb\xbf",
            Encoding::Utf16le => b"\xff\xfe",
            Encoding::Utf16be => b"\xfe\xff",
            Encoding::Windows1258 | Encoding::Tcvn3 | Encoding::Vni | Encoding::Viqr => b"",
        }
    }

    /// Decodes; a byte order mark is no part of the text.
    fn decode(self, bytes: &[u8]) -> Decoded {
        let behind = bytes.strip_prefix(self.mark()).unwrap_or(bytes);
        let mut decoded = match self {
            Encoding::Utf8 => utf8(behind),
            Encoding::Utf16le => utf16(behind, u16::from_le_bytes),
            Encoding::Utf16be => utf16(behind, u16::from_be_bytes),
            Encoding::Windows1258 => windows1258(behind),
            Encoding::Tcvn3 => legacy::tcvn3(&latin(behind), false),
            Encoding::Vni => legacy::vni(&latin(behind)),
            Encoding::Viqr => legacy::viqr(&latin(behind)),
        };
        decoded.first_lost = decoded.first_lost.map(|at| at + bytes.len() - behind.len());
        decoded
    }
}

/// Decodes in the encoding named, else in the one that the bytes are in.
pub fn decode(bytes: &[u8], named: Option<Encoding>) -> Result<Text, Refusal> {
    let (encoding, remark) = match named {
        Some(encoding) => (encoding, None),
        None => detect(bytes, true)?,
    };
    Ok(with_remarks(encoding, encoding.decode(bytes), remark))
}

/// As [`decode`], for a page that may say its charset itself. It is believed where it names a Unicode encoding that the bytes are in; many old pages
/// say `iso-8859-1` and are not.
pub fn decode_page(bytes: &[u8], named: Option<Encoding>) -> Result<Text, Refusal> {
    let refusal = match named.map_or_else(|| detect(bytes, false), |encoding| Ok((encoding, None))) {
        Ok((encoding, remark)) => return Ok(with_remarks(encoding, encoding.decode(bytes), remark)),
        Err(refusal) => refusal,
    };
    let Some(charset) = charset(bytes).filter(|charset| *charset != encoding_rs::UTF_8) else { return Err(refusal) };
    let (text, _, broken) = charset.decode(bytes);
    let mut remarks = vec![format!("encoding {}, as the page says", charset.name())];
    if broken {
        remarks.push("some bytes could not be decoded".to_owned());
    }
    Ok((composed(&text), remarks))
}

/// The charset that a page names in its head.
fn charset(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, behind) = head.split_once("charset=")?;
    let label: String = behind
        .chars()
        .skip_while(|c| matches!(c, '"' | '\'' | ' '))
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

fn with_remarks(encoding: Encoding, decoded: Decoded, remark: Option<String>) -> Text {
    let mut remarks: Vec<String> = remark.into_iter().collect();
    if let Some(first) = decoded.first_lost {
        let (count, name) = (decoded.lost, encoding.name());
        remarks.push(match count {
            1 => format!("1 byte could not be decoded as {name}: byte {first}; U+FFFD stands for it"),
            _ => format!("{count} bytes could not be decoded as {name}, the first at byte {first}; U+FFFD stands for them"),
        });
    }
    (decoded.text, remarks)
}

// ------------------------------------------------------------ which one

/// Tells the encoding; the remark says how, where it is not plain UTF-8. `signs`: whether it may be VIQR.
fn detect(bytes: &[u8], signs: bool) -> Result<(Encoding, Option<String>), Refusal> {
    for encoding in [Encoding::Utf8, Encoding::Utf16le, Encoding::Utf16be] {
        if bytes.starts_with(encoding.mark()) {
            return Ok((encoding, Some(format!("encoding {}, by its byte order mark", encoding.name()))));
        }
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok((encoding, Some(format!("encoding {}, by its zero bytes", encoding.name()))));
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        let viqr = signs && bytes.is_ascii() && is_viqr(bytes);
        return Ok(if viqr { (Encoding::Viqr, Some("encoding viqr, by its signs".to_owned())) } else { (Encoding::Utf8, None) });
    };
    let bad = error.valid_up_to();
    if bytes.iter().take(SAMPLE).filter(|&&byte| byte == 0).count() > 0 {
        let what = format!("a binary file (not UTF-8 at byte {bad}, with zero bytes), of no type that is read");
        return Err(Refusal::new(what).advise("text, HTML, docx, PDF, NDJSON and .gz and .zst of them are"));
    }
    let from = bad.saturating_sub(SAMPLE / 4);
    let sample = bytes.get(from..bytes.len().min(from + SAMPLE)).unwrap_or(bytes);
    if is_broken_utf8(sample) {
        return Ok((Encoding::Utf8, None));
    }
    let mut scores: Vec<(Encoding, Score)> = [Encoding::Utf8, Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni]
        .into_iter()
        .map(|encoding| (encoding, Score::of(&encoding.decode(sample).text, encoding == Encoding::Tcvn3)))
        .collect();
    scores.sort_by(|(_, a), (_, b)| b.share().total_cmp(&a.share()));
    match scores.as_slice() {
        [(encoding, best), (_, second), ..] if best.fits() && best.share() - second.share() >= MARGIN => {
            let Score { marked, possible } = best;
            let remark = format!("encoding {}: {possible} of {marked} words with marks are Vietnamese in it", encoding.name());
            Ok((*encoding, (*encoding != Encoding::Utf8).then_some(remark)))
        }
        _ => Err(Refusal::new(format!("not UTF-8 at byte {bad}, and no legacy encoding fits")).advise("name it with --encoding")),
    }
}

/// How far the best encoding must be before the second.
const MARGIN: f64 = 0.2;

/// How Vietnamese a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Score {
    /// Words that have letters which are not ASCII.
    marked: usize,
    /// Those of them that Vietnamese can have.
    possible: usize,
}

impl Score {
    /// `small_tones`: whether letters with tones stand as small ones among capitals.
    fn of(text: &str, small_tones: bool) -> Score {
        let mut score = Score { marked: 0, possible: 0 };
        for word in words(text).filter(|word| !word.is_ascii()) {
            score.marked += 1;
            score.possible += usize::from(has_one_case(word, small_tones) && is_syllable(word));
        }
        score
    }

    fn share(self) -> f64 {
        if self.marked == 0 { 0.0 } else { self.possible as f64 / self.marked as f64 }
    }

    /// Whether there is enough to go by.
    fn fits(self) -> bool {
        self.possible >= 3 && self.share() >= 0.75
    }
}

/// Runs of letters and of what is no punctuation of an ordinary text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts =
        |c: char| c.is_ascii() && !c.is_ascii_alphabetic() || matches!(c, '\u{2000}'..='\u{206f}' | '«' | '»' | '°' | '\u{a0}' | '€' | '™');
    text.split(parts).filter(|word| !word.is_empty())
}

/// Small letters, capitals, or one capital before small letters.
fn has_one_case(word: &str, small_tones: bool) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic() && !(small_tones && !c.is_ascii() && c.is_lowercase()));
    letters.next();
    let (small, large) = letters.fold((0, 0), |(small, large), c| if c.is_uppercase() { (small, large + 1) } else { (small + 1, large) });
    let first_is_small = word.chars().next().is_some_and(char::is_lowercase);
    large == 0 || small == 0 && (!first_is_small || small_tones)
}

/// Whether the zero bytes of a text are every other one.
fn utf16_by_zeros(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let units = head.len() / 2;
    if units < 2 {
        return None;
    }
    let zeros = |which: usize| head.iter().skip(which).step_by(2).filter(|&&byte| byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 >= units * 3 => Some(Encoding::Utf16le),
        (even, 0) if even * 10 >= units * 3 => Some(Encoding::Utf16be),
        _ => None,
    }
}

/// Whether a text is UTF-8 but for some bytes.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let chunks = || bytes.utf8_chunks();
    let broken = chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let whole: usize = chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    whole >= 3 && whole >= broken * 10
}

/// Whether an ASCII text is VIQR: signs make Vietnamese syllables all along it. Tone signs alone are no evidence, they end English sentences too.
fn is_viqr(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE / 4).unwrap_or(bytes);
    let shaped = sample.windows(2).filter(|pair| matches!(*pair, b"a^" | b"e^" | b"o^" | b"o+" | b"u+" | b"a(" | b"dd")).count();
    if shaped < 3 || shaped * 60 < sample.len() {
        return false;
    }
    let Ok(text) = std::str::from_utf8(sample) else { return false };
    let text = legacy::viqr(text).text;
    let all = words(&text).count();
    let strong = words(&text).filter(|word| is_syllable(word) && word.nfd().filter(|c| !c.is_ascii()).count() >= 2).count();
    let score = Score::of(&text, false);
    strong >= 3 && strong * 12 >= all && score.share() >= 0.85 && score.marked * 3 >= all
}

// ------------------------------------------------------------ Vietnamese syllables

/// The consonants that begin a syllable.
const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th",
    "tr", "v", "x",
];
/// The vowels that a syllable ends in.
const OPEN: &[&str] = &[
    "a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iu", "oa", "oe", "oi", "ôi",
    "ơi", "ua", "uê", "ui", "uơ", "uy", "ưa", "ưi", "ưu", "iêu", "yêu", "oai", "oao", "oay", "oeo", "uây", "uôi", "uya", "uyu", "ươi",
    "ươu",
];
/// The vowels before a consonant.
const CLOSED: &[&str] =
    &["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "iê", "yê", "oa", "oă", "oe", "oo", "uâ", "uê", "uô", "uy", "uyê", "ươ"];
/// The consonants that end one; behind the last four, two tones alone stand.
const CODAS: &[&str] = &["m", "n", "ng", "nh", "c", "ch", "p", "t"];

/// Whether Vietnamese can have this word; the place of the tone is not looked at.
pub fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let mut sharp_or_heavy = false;
    let word = word.to_lowercase();
    let bare = word.nfd().filter(|&c| {
        let tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        tones += usize::from(tone);
        sharp_or_heavy |= matches!(c, '\u{301}' | '\u{323}');
        !tone
    });
    let bare: String = bare.nfc().collect();
    let vowels = |rest: &str| {
        let vowels = rest.trim_end_matches(['c', 'g', 'h', 'm', 'n', 'p', 't']);
        match rest.get(vowels.len()..) {
            Some("") => OPEN.contains(&vowels),
            Some(coda) => CLOSED.contains(&vowels) && CODAS.contains(&coda) && (sharp_or_heavy || !matches!(coda, "c" | "ch" | "p" | "t")),
            None => false,
        }
    };
    ONSETS.iter().any(|onset| bare.strip_prefix(onset).is_some_and(vowels)) && tones <= 1
}

// ------------------------------------------------------------ decoders

fn utf8(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded { text: String::with_capacity(bytes.len()), ..Decoded::default() };
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        decoded.text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            decoded.lose(at);
            decoded.lost += chunk.invalid().len() - 1;
            at += chunk.invalid().len();
        }
    }
    decoded
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let mut decoded = Decoded::default();
    let (units, rest) = bytes.as_chunks::<2>();
    let mut at = 0;
    for character in char::decode_utf16(units.iter().map(|&pair| unit(pair))) {
        match character {
            Ok(character) => {
                decoded.text.push(character);
                at += 2 * character.len_utf16();
            }
            Err(_) => {
                decoded.lose(at);
                decoded.lost += 1;
                at += 2;
            }
        }
    }
    if !rest.is_empty() {
        decoded.lose(at);
    }
    decoded
}

fn windows1258(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded::default();
    let (text, _) = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes);
    for (at, character) in text.chars().enumerate() {
        // Bytes without a letter come out as control characters.
        if matches!(character, '\u{80}'..='\u{9f}' | char::REPLACEMENT_CHARACTER) { decoded.lose(at) } else { decoded.text.push(character) }
    }
    decoded.text = composed(&decoded.text);
    decoded
}

/// What windows-1252 has for the bytes.
fn latin(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::super::legacy::encode;
    use super::*;

    /// The samples of the repository.
    fn samples() -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/samples");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let texts: Vec<String> =
            files.filter(|path| path.extension().is_some_and(|e| e == "txt")).map(|path| std::fs::read_to_string(path).unwrap()).collect();
        assert!(texts.len() >= 6);
        texts
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn named(bytes: &[u8]) -> &'static str {
        detect(bytes, true).map_or("none", |(encoding, _)| encoding.name())
    }

    /// A text as the encoding can write it: TCVN3 has no capitals with tones, VIQR no marks of typography.
    fn small_tones(text: &str) -> String {
        text.chars()
            .map(|c| if encode::marked_letters().contains(&c) && !"ĂÂÊÔƠƯĐ".contains(c) { c.to_lowercase().next().unwrap() } else { c })
            .collect()
    }

    #[test]
    fn each_sample_comes_back_from_each_encoding() {
        for text in samples() {
            let cases = [
                ("utf8", text.clone().into_bytes(), text.clone()),
                ("utf16le", utf16(&text, u16::to_le_bytes), text.clone()),
                ("utf16be", utf16(&text, u16::to_be_bytes), text.clone()),
                ("windows1258", encode::windows1258(&text), text.clone()),
                ("tcvn3", encode::tcvn3(&text), small_tones(&text)),
                ("vni", encode::vni(&text), text.clone()),
            ];
            for (encoding, bytes, expected) in cases {
                assert_eq!(named(&bytes), encoding);
                assert_eq!(decode(&bytes, None).unwrap().0, expected, "{encoding}");
            }
            let plain: String = text
                .chars()
                .map(|c| match c {
                    '“' | '”' => '"',
                    '’' => '\'',
                    '–' => '-',
                    _ => c,
                })
                .filter(|c| c.is_ascii() || encode::marked_letters().contains(c))
                .collect();
            let bytes = encode::viqr(&plain);
            assert!(bytes.is_ascii());
            assert_eq!(named(&bytes), "viqr");
            assert_eq!(decode(&bytes, None).unwrap().0, plain);
        }
    }

    #[test]
    fn other_texts_are_never_viqr() {
        let bare = samples().join("\n").nfd().filter(|c| c.is_ascii()).collect::<String>();
        let english = "Is the agenda ready? Add the minutes (a copy). The cost: $5. We odd-ly agree. ".repeat(40);
        let code = "if (a^b) { o+=1; u+'x'; add(e^f) } let hidden = a(i) + o+u+a. ; ddd".repeat(40);
        let regex = "^[a-z]+(a|e)?\\.(o+|u+)$ a^2 + e^x = o^3. ".repeat(40);
        for text in [&*bare, &*english, &*code, &*regex, "", "a^'"] {
            assert_eq!(named(text.as_bytes()), "utf8", "{}", text.get(..40).unwrap_or(text));
        }
    }

    #[test]
    fn what_fits_no_encoding_is_refused_and_can_be_named() {
        let french = b"L'\xe9l\xe8ve a \xe9t\xe9 re\xe7u \xe0 l'\xe9cole. Fran\xe7ais, g\xe9n\xe9ral, h\xf4tel.";
        let refusal = decode(french, None).unwrap_err();
        assert_eq!(refusal.what, "not UTF-8 at byte 2, and no legacy encoding fits");
        assert_eq!(refusal.advice, Some("name it with --encoding"));
        // Two words are too little to tell by.
        let short = encode::tcvn3("Cộng hòa");
        assert!(decode(&short, None).is_err());
        assert_eq!(decode(&short, Some(Encoding::Tcvn3)).unwrap().0, "Cộng hòa");
        let binary = decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xff", None).unwrap_err();
        assert!(binary.what.starts_with("a binary file (not UTF-8 at byte 0"), "{}", binary.what);
    }

    #[test]
    fn lost_bytes_are_counted_and_placed() {
        let mut bytes = "Quận ủy Kiến An họp giao ban tháng mười hai".as_bytes().to_vec();
        bytes.insert(2, 0xff);
        let (text, remarks) = decode(&bytes, None).unwrap();
        assert!(text.contains('\u{fffd}'));
        assert_eq!(remarks, ["1 byte could not be decoded as utf8: byte 2; U+FFFD stands for it"]);
        let (_, remarks) = decode(b"\xff\xfea\0\0\xd8b\0c", None).unwrap();
        assert_eq!(remarks[0], "encoding utf16le, by its byte order mark");
        assert_eq!(remarks[1], "3 bytes could not be decoded as utf16le, the first at byte 4; U+FFFD stands for them");
    }

    #[test]
    fn byte_order_marks_are_no_text() {
        for bytes in [&b"\xef\xbb\xbfab"[..], b"\xff\xfea\0b\0", b"\xfe\xff\0a\0b"] {
            assert_eq!(decode(bytes, None).unwrap().0, "ab");
        }
        assert_eq!(decode(b"", None).unwrap(), (String::new(), Vec::new()));
    }

    #[test]
    fn possible_syllables() {
        for word in ["Nguyễn", "quyết", "gì", "giếng", "khuya", "ĐƯỜNG", "nghiêng", "Ủy", "uỷ", "xoong", "yếu", "thuở", "quý", "giữa"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["été", "Cộong", "viÖt", "quyêt", "ngừnge", "ắ", "bầầ", "naïve"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn a_page_says_its_charset() {
        let page = |charset: &str| [format!("<meta charset='{charset}'><p>").as_bytes(), b"Caf\xe9 d'\xe9t\xe9, na\xefve</p>"].concat();
        let (text, remarks) = decode_page(&page("iso-8859-1"), None).unwrap();
        assert!(text.contains("Café d'été, naïve"));
        assert_eq!(remarks, ["encoding windows-1252, as the page says"]);
        assert!(decode_page(&page("utf-8"), None).is_err());
        // An old page says one and is another.
        let lying = [&b"<meta charset=iso-8859-1><p>"[..], &encode::tcvn3("Đảng bộ huyện đã kết nạp mười đảng viên mới")].concat();
        assert!(decode_page(&lying, None).unwrap().0.contains("Đảng bộ huyện đã kết nạp"));
    }
}
