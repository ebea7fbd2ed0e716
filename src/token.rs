//! Cuts a text into tokens (syllables, numbers, punctuation) and sentences, both of which tile it.
//!
//! A token keeps the bytes it stands on; its folded form (one normalization form, lower case, one tone placement) is made on
//! demand by [`fold`] and is what the lexicons match.
//!
//! ```
//! use bantin::token::{fold, sentences, tokenize, TokenKind};
//!
//! let text = "Ông Trần Hoà ở TP. Hồ Chí Minh. Ngày 12.11.2021, thu 1.234,5 tỷ đồng.";
//! let tokens = tokenize(text);
//! let words: Vec<&str> = tokens.iter().map(|t| t.text(text)).collect();
//! assert_eq!(&words[..4], ["Ông", "Trần", "Hoà", "ở"]);
//! assert_eq!(fold("Hoà"), "hòa");
//! assert!(words.contains(&"12.11.2021") && words.contains(&"1.234,5"));
//! assert_eq!(sentences(text, &tokens).len(), 2);
//! assert_eq!(tokens.last().map(|t| t.kind), Some(TokenKind::End));
//! ```

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::letter::{self, Packed};
use crate::normalize::{TonePlacement, compose, has_tone_in_place, is_invisible, place_tone, small};
use crate::scan::{Scanned, Scanner};
use crate::span::Span;
use crate::tok::Tok;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Letters: a Vietnamese syllable, a foreign word, an acronym. An apostrophe between letters belongs to it (*H’Bích*).
    Word,
    /// Digits, with points and commas between them (*1.234,5*, *12.11.2021*).
    Number,
    /// One other character.
    Punct,
    /// The end of the text: always the last token, and empty.
    End,
}

/// How the letters of a word are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Case {
    /// No capital, or no letter at all.
    Lower,
    /// The first letter alone.
    Title,
    /// All of two or more letters.
    Upper,
    /// Anything else (*ThS*, *BRICs*).
    Mixed,
}

/// Whether a line or a paragraph ends before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Break {
    /// The token follows on the same line.
    None,
    /// A line ends before the token, but the sentence runs on (wrapped text).
    Wrap,
    /// A line ends before the token, and with it the sentence.
    Line,
}

/// A token. The blanks before it belong to it too (`before..span.start`), so that tokens tile the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Where the blanks before the token begin: the end of the token before it.
    pub before: usize,
    /// The token's own bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is cased.
    pub case: Case,
    /// Whether a line ends before it.
    pub line: Break,
}

impl Token {
    /// The token as written; empty where `text` is not the text it was cut from.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span.slice(text).unwrap_or_default()
    }

    /// Whether no blank stands before the token.
    #[must_use]
    pub fn touches_previous(&self) -> bool {
        self.before == self.span.start
    }
}

/// The tokens of `text`; the last one is always a [`TokenKind::End`].
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut before = 0;
    let token = |scanned: Scanned| {
        let span = Span { start: scanned.start, end: scanned.end };
        let token = Token { before, span, kind: scanned.kind, case: scanned.case, line: scanned.line };
        before = scanned.end;
        token
    };
    Scanner::new(text).map(token).collect()
}

/// The folded form of a word: NFC, look-alikes replaced, lower case, tones placed the old way (*Hoà* → *hòa*), apostrophes one.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folder = Folder::default();
    folder.fold(word);
    folder.folded
}

/// Folds words into a buffer that is used again and again.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    letters: Vec<char>,
    folded: String,
}

impl Folder {
    pub(crate) fn fold(&mut self, word: &str) -> &str {
        self.small(word);
        self.placed()
    }

    /// The tone where it belongs in what [`Self::small`] was last given: that is its folded form.
    pub(crate) fn placed(&mut self) -> &str {
        if !has_tone_in_place(&self.folded) {
            self.letters.clear();
            self.letters.extend(self.folded.chars());
            place_tone(&mut self.letters, TonePlacement::Old);
            self.write();
        }
        &self.folded
    }

    /// All of folding but the tone's place, which nearly every word has right: where a folded form reads so, it is the word's.
    pub(crate) fn small(&mut self, word: &str) -> &str {
        self.folded.clear();
        self.folded.reserve(word.len());
        if word.is_ascii() {
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
            return &self.folded;
        }
        // Nearly every word is of letters that need nothing but to be small.
        if letter::entries(word).all(|entry| letter::small_of(entry).map(|small| self.folded.push(small)).is_some()) {
            return &self.folded;
        }
        self.letters.clear();
        self.letters.reserve(word.len());
        let mut put = |c: char| match c {
            '’' | 'ʼ' | '‘' => self.letters.push('\''),
            '²' => self.letters.push('2'),
            '³' => self.letters.push('3'),
            '“' | '”' | '„' | '«' | '»' => self.letters.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.letters.push('-'),
            _ if c.is_ascii() => self.letters.push(c.to_ascii_lowercase()),
            _ if is_invisible(c) => {}
            _ => match small(c) {
                Some(small) => self.letters.push(small),
                None => self.letters.extend(c.to_lowercase()),
            },
        };
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let mut end = first.len_utf8();
            while let Some(mark) = rest.get(end..).and_then(|r| r.chars().next()).filter(|&c| c > '\u{2ff}' && is_combining_mark(c)) {
                end += mark.len_utf8();
            }
            // Precomposed Vietnamese letters are in NFC already; everything else takes the long way.
            match first {
                _ if end > first.len_utf8() => compose(rest.get(..end).unwrap_or_default(), true, &mut put),
                '\u{c0}'..='\u{1b0}' if !matches!(first, 'Ð' | 'ð' | 'Ɖ') => put(first),
                '\u{1ea0}'..='\u{1ef9}' => put(first),
                _ if first.is_ascii() || ('\u{2010}'..='\u{203a}').contains(&first) => put(first),
                _ => compose(rest.get(..end).unwrap_or_default(), true, &mut put),
            }
            rest = rest.get(end..).unwrap_or_default();
        }
        self.write();
        &self.folded
    }

    fn write(&mut self) {
        self.folded.clear();
        self.folded.reserve(self.letters.len() * 3);
        self.letters.iter().for_each(|&letter| self.folded.push(letter));
    }
}

/// The sentences of a text as byte ranges that tile it. `tokens` is what [`tokenize`] gave for the same text.
///
/// A sentence ends at `.`, `!`, `?`, `…` before a blank and a capital, a digit or an opening mark, and at the end of a line; not
/// after an abbreviation (*TP.*, *PGS.TS.*, *Th.S*, an initial), not inside brackets that close again soon.
#[must_use]
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Span> {
    let scanned = |t: &Token| Scanned {
        start: t.span.start,
        end: t.span.end,
        kind: t.kind,
        case: t.case,
        line: t.line,
        touches: t.touches_previous(),
        joined: false,
        plain: false,
        packed: Packed::default(),
    };
    let toks: Vec<Tok> = tokens.iter().map(|token| Tok::new(scanned(token), 0)).collect();
    let mut spans = Vec::new();
    let mut start = 0;
    for end in sentence_ends(text, &toks) {
        let Some(next) = tokens.get(end) else { break };
        let stop = if next.kind == TokenKind::End { text.len() } else { next.before };
        if stop > start {
            spans.push(Span { start, end: stop });
            start = stop;
        }
    }
    spans
}

/// For each sentence the index of the token after its last.
pub(crate) fn sentence_ends(text: &str, tokens: &[Tok]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut depth_until = 0; // inside brackets up to this token
    for (i, token) in tokens.iter().enumerate() {
        if token.begins_line() && i > 0 && ends.last() != Some(&i) && token.kind() != TokenKind::End {
            ends.push(i);
            depth_until = 0;
        }
        match token.kind() {
            TokenKind::Punct => {}
            TokenKind::End => {
                ends.push(i);
                break;
            }
            _ => continue,
        }
        match token.text(text) {
            "(" | "[" => depth_until = depth_until.max(closing(text, tokens, i)),
            "." | "!" | "?" | "…" if i >= depth_until => {
                let end = past_closers(text, tokens, i + 1);
                // The stops in between end the same sentence.
                depth_until = depth_until.max(end);
                if ends_sentence(text, tokens, i, end) {
                    ends.push(end);
                }
            }
            _ => {}
        }
    }
    ends
}

/// The index of the bracket that closes the one at `open` on the same line, within a reasonable distance; else `open`.
fn closing(text: &str, tokens: &[Tok], open: usize) -> usize {
    const REACH: usize = 60;
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open).take(REACH) {
        if i > open && token.begins_line() {
            break;
        }
        if token.kind() != TokenKind::Punct {
            continue;
        }
        match token.text(text) {
            "(" | "[" => depth += 1,
            ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return i;
                }
            }
            _ => {}
        }
    }
    open
}

/// Whether nothing at all stands between a token and the one before it.
fn adjoins(text: &str, tokens: &[Tok], i: usize) -> bool {
    let end_before = || i.checked_sub(1).and_then(|i| tokens.get(i)).map_or(0, |before| before.end(text));
    tokens.get(i).is_some_and(|token| token.start as usize == end_before())
}

/// Past the marks that close a quotation or bracket, and repeated stops, right behind a stop.
fn past_closers(text: &str, tokens: &[Tok], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        let closes = || matches!(token.text(text), "”" | "»" | "\"" | "’" | "'" | ")" | "]" | "." | "!" | "?" | "…" | "/");
        if !(adjoins(text, tokens, at) && closes()) {
            break;
        }
        at += 1;
    }
    at
}

fn ends_sentence(text: &str, tokens: &[Tok], stop: usize, next: usize) -> bool {
    let Some(token) = tokens.get(next) else { return false };
    if token.kind() == TokenKind::End || token.begins_line() {
        return next > 0 && token.kind() != TokenKind::End;
    }
    let mark = tokens.get(stop).map(|t| t.text(text)).unwrap_or_default();
    let starts = match token.kind() {
        TokenKind::Word => token.case() != Case::Lower,
        TokenKind::Number => true,
        _ => matches!(token.text(text), "“" | "\"" | "«" | "‘" | "'" | "-" | "–" | "—" | "•" | "*" | "+" | "(" | "["),
    };
    if !starts {
        return false;
    }
    let Some(word) = stop.checked_sub(1).and_then(|before| tokens.get(before)) else { return true };
    if mark != "." || next > stop + 1 {
        return !adjoins(text, tokens, next) || mark != ".";
    }
    let touching = adjoins(text, tokens, stop);
    if adjoins(text, tokens, next) {
        // "sáng.Ông": a blank is missing; "T.Ư", "12.A" have a short or numeric left side.
        return touching
            && word.is_lower()
            && token.word_case() == Some(Case::Title)
            && word.text(text).chars().filter(|&c| !is_combining_mark(c)).count() > 1;
    }
    // "… UBND TP. Ảnh: Lê Sơn"
    let caption = || composed(token.text(text)) == "Ảnh" && tokens.get(next + 1).is_some_and(|colon| colon.text(text) == ":");
    !(touching && word.is_word() && is_abbreviation(&composed(word.text(text)), word.case())) || caption()
}

/// A word in NFC, as it is compared with words of this file.
fn composed(word: &str) -> Cow<'_, str> {
    if is_nfc(word) { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) }
}

fn is_abbreviation(word: &str, case: Case) -> bool {
    if case == Case::Lower {
        return matches!(word, "tp" | "tx" | "q" | "p" | "h" | "đ" | "st" | "tr" | "vs");
    }
    word.chars().count() == 1
        || matches!(
            word,
            "TP" | "Tp"
                | "TX"
                | "Tx"
                | "TT"
                | "Tt"
                | "GS"
                | "PGS"
                | "TS"
                | "ThS"
                | "Ths"
                | "THS"
                | "Th"
                | "BS"
                | "Bs"
                | "BSCKI"
                | "BSCKII"
                | "BSNT"
                | "DSCKI"
                | "DSCKII"
                | "ĐDCKI"
                | "CNĐD"
                | "GVC"
                | "NCS"
                | "PTS"
                | "CKI"
                | "CKII"
                | "CK"
                | "KS"
                | "Ks"
                | "KTS"
                | "LS"
                | "DS"
                | "CN"
                | "NSND"
                | "NSƯT"
                | "NGND"
                | "NGƯT"
                | "TTND"
                | "TTƯT"
                | "HT"
                | "ĐĐ"
                | "NT"
                | "NS"
                | "SC"
                | "LM"
                | "Lm"
                | "MS"
                | "Mr"
                | "Mrs"
                | "Ms"
                | "Dr"
                | "Prof"
                | "St"
                | "Ph"
                | "TSKH"
                | "Nxb"
                | "NXB"
                | "ĐT"
                | "Đt"
                | "TL"
                | "KT"
                | "TM"
                | "TUQ"
                | "QL"
                | "Gs"
                | "Ts"
                | "Pgs"
                | "Gm"
                | "ĐHY"
                | "Jr"
                | "Co"
                | "Ltd"
                | "No"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, &tokenize(text)).into_iter().map(|s| s.slice(text).unwrap().trim()).collect()
    }

    #[test]
    fn abbreviations_numbers_and_brackets_do_not_break_sentences() {
        for whole in [
            "Hội nghị tại TP. Hồ Chí Minh do PGS.TS. Trần Văn A chủ trì",
            "Th.S. Lê B nói",
            "Ban Chấp hành T.Ư Đảng họp",
            "Ngày 12.11.2021 thu 1.234,5 tỷ đồng",
            "Ông A. Kuznetsov đến dự",
            "Cuộc họp (ảnh dưới. Ảnh: Lê Hoa) kết thúc muộn",
            "NSƯT. Lê B hát, Á. Kuznetsov nghe",
        ] {
            assert_eq!(split(whole), [whole]);
            let decomposed: String = whole.nfd().collect();
            assert_eq!(split(&decomposed), [&*decomposed]);
        }
    }

    #[test]
    fn stops_and_lines_end_sentences() {
        assert_eq!(split("HỘI NGHỊ TỔNG KẾT\nSáng nay, xã họp. Ông A dự.").len(), 3);
        assert_eq!(split("“Xong chưa?” Ông A hỏi. “Xong.”").len(), 3);
        assert_eq!(split("đã xong./.\nNguồn: tỉnh").len(), 2);
        assert_eq!(split("Xã đã làm xong.Ông A nói.").len(), 2);
        for caption in ["Đoàn thăm UBND TP. Ảnh: Lê Sơn".to_owned(), "Đoàn thăm UBND TP. Ảnh: Lê Sơn".nfd().collect()] {
            assert_eq!(split(&caption).len(), 2);
        }
    }

    #[test]
    fn a_wrapped_line_runs_on_where_blank_lines_part_paragraphs() {
        let text = "Dự họp có ông Đặng Thế Luân và nhiều cán bộ khác của tỉnh, Phó Chủ tịch Thường trực\nUBND tỉnh.\n\nÔng A nói.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn words_keep_their_apostrophe_and_lose_the_closing_quote() {
        let text = "chị H’Bích nói ‘xong’ rồi";
        let words: Vec<&str> = tokenize(text).iter().map(|t| t.text(text)).collect();
        assert_eq!(words, ["chị", "H’Bích", "nói", "‘", "xong", "’", "rồi", ""]);
    }

    #[test]
    fn folding_makes_spellings_one() {
        for (written, folded) in [
            ("Uỷ", "ủy"),
            ("ỦY", "ủy"),
            ("Ðảng", "đảng"),
            ("HOÀ", "hòa"),
            ("H’Bích", "h'bích"),
            ("m²", "m2"),
            ("tuye\u{302}n", "tuyên"),
            ("tuyê\u{ad}n", "tuyên"),
        ] {
            assert_eq!(fold(written), folded);
        }
    }
}
