//! Finds the tokens of a text in one pass over its bytes.
//!
//! **Two paths.** The letters, figures and blanks that nearly all text is made of are read from the tables of [`crate::letter`], byte by byte; a token with
//! anything else in it is read again from its start, character by character. Both find the same tokens (a property test says so); the first is about six
//! times as fast, and packs the word while reading it.

use unicode_normalization::char::is_combining_mark;

use crate::letter::{self, CAPITAL, MOST, Packed};
use crate::normalize::{is_invisible, small};
use crate::token::{Break, Case, TokenKind};

/// A token, as bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scanned {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: TokenKind,
    pub(crate) case: Case,
    pub(crate) line: Break,
    /// Whether no blank stands before it.
    pub(crate) touches: bool,
    /// Whether nothing or one space stands before it, and nothing else.
    pub(crate) joined: bool,
    /// Whether it is of letters, figures or a mark of the tables alone.
    pub(crate) plain: bool,
    /// The folded word; 0 where it can't be packed.
    pub(crate) packed: Packed,
}

/// The tokens of a text, one after the other; the last is a [`TokenKind::End`].
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether empty lines part paragraphs, so that a line's end may be a wrap.
    wraps: bool,
    /// How many tokens there were since the line began.
    in_line: usize,
    wrapping: bool,
    last: Option<(TokenKind, usize, usize)>,
    /// Whether the fast path is taken; tests compare.
    fast: bool,
    done: bool,
    decomposed: bool,
}

/// A line of fewer tokens was not wrapped at its margin: it ends where its sentence ends.
const WRAP_TOKENS: usize = 12;

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let blank =
            |(at, _): (usize, &str)| text.as_bytes().get(at + 1..).is_some_and(|rest| rest.starts_with(b"\n") || rest.starts_with(b"\r\n"));
        let wraps = text.match_indices('\n').any(blank);
        Scanner { text, at: 0, wraps, in_line: 0, wrapping: false, last: None, fast: true, done: false, decomposed: false }
    }

    /// Where the token ends that `text` begins with.
    pub(crate) fn end_of_first(text: &str) -> usize {
        let wraps = false; // It takes a look at the whole text to tell, and no token's end depends on it.
        let mut scanner =
            Scanner { text, at: 0, wraps, in_line: 0, wrapping: false, last: None, fast: true, done: false, decomposed: false };
        scanner.next().map_or(0, |token| token.end)
    }

    /// Whether what was read so far may hold combining marks.
    pub(crate) fn is_decomposed(&self) -> bool {
        self.decomposed
    }

    /// Character by character only.
    #[cfg(test)]
    fn slow(text: &'t str) -> Self {
        Scanner { fast: false, ..Scanner::new(text) }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn next_char(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Skips blanks and invisible characters; says how many line ends were among them, and whether anything that shows as a blank.
    fn blanks(&mut self) -> (usize, bool) {
        let (mut newlines, mut blank) = (0, false);
        loop {
            match self.byte(self.at) {
                b' ' => blank = true,
                b'\n' => {
                    newlines += 1;
                    blank = true;
                }
                b'!'..=b'~' | 0xc3..=0xc6 => return (newlines, blank),
                0xe1 if matches!(self.byte(self.at + 1), 0xba | 0xbb) => return (newlines, blank),
                _ => {
                    let Some(c) = self.peek() else { return (newlines, blank) };
                    match c {
                        '\u{2028}' | '\u{2029}' => newlines += 1,
                        '\r' if self.byte(self.at + 1) != b'\n' => newlines += 1,
                        _ if c.is_whitespace() || is_invisible(c) || is_combining_mark(c) => {}
                        _ => return (newlines, blank),
                    }
                    blank |= c.is_whitespace();
                    self.decomposed |= matches!(self.byte(self.at), 0xcc | 0xcd);
                    self.at += c.len_utf8();
                    continue;
                }
            }
            self.at += 1;
        }
    }

    /// Whether the character at `at` is none that could belong to the token before it, as far as its first bytes tell.
    fn parts(&self, at: usize) -> bool {
        match self.byte(at) {
            0..=0x7f | 0xc3..=0xc6 => true,
            0xe1 => matches!(self.byte(at + 1), 0xba | 0xbb),
            // – — “ ” …
            0xe2 => self.byte(at + 1) == 0x80 && matches!(self.byte(at + 2), 0x93 | 0x94 | 0x9c | 0x9d | 0xa6),
            _ => false,
        }
    }

    /// A word of letters of the tables, up to a character that surely is none of it.
    fn fast_word(&self) -> Option<(usize, Case, Packed)> {
        let (mut at, mut letters, mut capitals, mut first) = (self.at, 0usize, 0usize, 0);
        let mut packed = Packed::default();
        loop {
            let lead = self.byte(at);
            let mut entry = letter::ascii(lead);
            let mut width = 1;
            if entry == 0 {
                (entry, width) = match lead {
                    0xc3..=0xc6 => (letter::two(lead, self.byte(at + 1)), 2),
                    0xe1 => (letter::three(self.byte(at + 1), self.byte(at + 2)), 3),
                    b'\'' => return None,
                    0..=0x7f => break,
                    0xc2 if self.byte(at + 1) == 0xa0 => break, // a blank that does not break
                    _ if self.parts(at) => break,
                    _ => return None,
                };
                if entry == 0 {
                    return None;
                }
            }
            if letters == 0 {
                first = entry;
            }
            letters += 1;
            packed.push(entry);
            capitals += usize::from(entry >> 7);
            at += width;
        }
        if letters > MOST {
            packed = Packed::default();
        }
        (letters > 0).then_some((at, case_of(letters, capitals, first & CAPITAL != 0), packed))
    }

    fn fast_number(&self) -> Option<(usize, Packed)> {
        let mut at = self.at;
        let mut packed = Packed::default();
        loop {
            match self.byte(at) {
                byte @ b'0'..=b'9' => packed.push(letter::figure(byte)),
                byte @ (b'.' | b',') => match self.byte(at + 1) {
                    b'0'..=b'9' => packed.push(letter::figure(byte)),
                    0xef => return None,
                    _ => break,
                },
                0xef => return None, // figures of full width
                _ => break,
            }
            at += 1;
        }
        if at - self.at > MOST {
            packed = Packed::default();
        }
        (at > self.at).then_some((at, packed))
    }

    /// Reads a token at `self.at` and goes behind it, on the fast path or the other; `None` at the end.
    fn token(&mut self) -> Option<(TokenKind, Case, Packed, bool)> {
        let lead = self.byte(self.at);
        if self.fast {
            if lead.is_ascii_digit() {
                if let Some((end, packed)) = self.fast_number() {
                    self.at = end;
                    return Some((TokenKind::Number, Case::Lower, packed, true));
                }
            } else if lead.is_ascii_punctuation() {
                if self.parts(self.at + 1) {
                    self.at += 1;
                    return Some((TokenKind::Punct, Case::Lower, Packed::mark(lead), true));
                }
            } else if let Some((end, case, packed)) = self.fast_word() {
                self.at = end;
                return Some((TokenKind::Word, case, packed, true));
            }
        }
        let start = self.at;
        let first = self.peek()?;
        let (kind, case) = if is_letter(first) {
            (TokenKind::Word, self.word())
        } else if is_digit(first) {
            self.number();
            (TokenKind::Number, Case::Lower)
        } else {
            self.next_char();
            while self.peek().is_some_and(is_combining_mark) {
                self.next_char();
            }
            (TokenKind::Punct, Case::Lower)
        };
        self.look_for_marks(start);
        Some((kind, case, Packed::default(), false))
    }

    /// Combining marks (U+0300 to U+036F) have these lead bytes.
    fn look_for_marks(&mut self, from: usize) {
        self.decomposed |= self.text.as_bytes().get(from..self.at).is_some_and(|read| read.iter().any(|b| matches!(b, 0xcc | 0xcd)));
    }

    fn word(&mut self) -> Case {
        let (mut letters, mut capitals, mut first) = (0, 0, false);
        let mut end = self.at;
        while let Some(c) = self.peek() {
            if is_letter(c) || matches!(c, '²' | '³') {
                letters += 1;
                let capital = if c.is_ascii() { c.is_ascii_uppercase() } else { small(c) != Some(c) && c.is_uppercase() };
                if capital {
                    capitals += 1;
                    first |= letters == 1;
                }
                self.next_char();
                end = self.at;
            } else if is_combining_mark(c) {
                self.next_char();
                end = self.at;
            } else if matches!(c, '\'' | '’' | 'ʼ' | '‘' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}') {
                // Belongs to the word only where a letter follows: H’Bích, a soft hyphen. A quotation mark after a letter closes.
                self.next_char();
                if !self.peek().is_some_and(is_letter) {
                    break;
                }
            } else {
                break;
            }
        }
        self.at = end;
        case_of(letters, capitals, first)
    }

    fn number(&mut self) {
        loop {
            while self.peek().is_some_and(is_digit) {
                self.next_char();
            }
            let mut chars = self.text.get(self.at..).unwrap_or_default().chars();
            if matches!(chars.next(), Some('.' | ',' | '．' | '，')) && chars.next().is_some_and(is_digit) {
                self.next_char();
            } else {
                return;
            }
        }
    }

    /// What a line's end before the token at `start` means.
    fn line_end(&self, before: usize, start: usize, newlines: usize) -> Break {
        let blank = self.text.get(before..start).unwrap_or_default();
        let first = self.text.get(start..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let margin = self.wraps && (self.wrapping || self.in_line >= WRAP_TOKENS) && first.is_alphanumeric();
        // A small letter goes on with a sentence, wherever its line was broken.
        let runs_on = |(kind, from, to): (TokenKind, usize, usize)| match kind {
            TokenKind::Word | TokenKind::Number => true,
            _ => matches!(self.text.get(from..to), Some("," | "–" | "-" | "(")),
        };
        let wrapped = newlines == 1 && blank.ends_with('\n') && (margin || first.is_lowercase()) && self.last.is_some_and(runs_on);
        if wrapped { Break::Wrap } else { Break::Line }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Scanned;

    fn next(&mut self) -> Option<Scanned> {
        if self.done {
            return None;
        }
        let before = self.at;
        let (newlines, blank) = self.blanks();
        let start = self.at;
        let Some((kind, case, packed, plain)) = self.token() else {
            self.done = true;
            let line = if newlines > 0 { Break::Line } else { Break::None };
            return Some(Scanned {
                start,
                end: start,
                kind: TokenKind::End,
                case: Case::Lower,
                line,
                touches: !blank,
                joined: false,
                plain: false,
                packed: Packed::default(),
            });
        };
        let mut line = Break::None;
        if newlines > 0 {
            line = self.line_end(before, start, newlines);
            self.wrapping = line == Break::Wrap;
            self.in_line = 0;
        }
        self.in_line += 1;
        self.last = Some((kind, start, self.at));
        let joined = start == before || start == before + 1 && self.byte(before) == b' ';
        Some(Scanned { start, end: self.at, kind, case, line, touches: !blank, joined, plain, packed })
    }
}

fn case_of(letters: usize, capitals: usize, first: bool) -> Case {
    match (letters, capitals) {
        (_, 0) => Case::Lower,
        (_, 1) if first => Case::Title,
        (l, c) if l == c => Case::Upper,
        _ => Case::Mixed,
    }
}

/// `char::is_alphabetic`, sooner for the letters that nearly all text is made of.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{7f}' => false,
        '\u{1ea0}'..='\u{1ef9}' | '\u{e0}'..='\u{f6}' | '\u{100}'..='\u{1b0}' => true,
        _ => c.is_alphabetic(),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::fold;
    use proptest::prelude::*;

    proptest! {
        /// Text of the characters that the two paths part at.
        #[test]
        fn both_paths_find_the_same_tokens(text in "[a-zA-ZàĐưƯợỆÐðñß²0-9０-９.,．'’‘\u{301}\u{323}\u{ad}\u{200b}\u{2060}\u{a0} \n\r\t–“”…()/%日\u{e000}]{0,60}") {
            let plain = |scanned: Scanned| Scanned { packed: Packed::default(), plain: false, ..scanned };
            let fast: Vec<Scanned> = Scanner::new(&text).collect();
            prop_assert_eq!(fast.iter().copied().map(plain).collect::<Vec<_>>(), Scanner::slow(&text).collect::<Vec<_>>());
            for token in fast.iter().filter(|token| token.packed != Packed::default()) {
                let word = &text[token.start..token.end];
                prop_assert_eq!(Some(token.packed), Packed::word(&word.to_lowercase()), "{}", fold(word));
            }
        }
    }
}
