//! A token as the rules ask for it: twelve bytes, so that five of them fit a line of the cache, and a text of 100 MB needs 240 for its tokens.

use crate::lexicon::Sym;
use crate::scan::{Scanned, Scanner};
use crate::token::{Break, Case, TokenKind};

/// Where a token stands, its symbol, and all that can be asked of it in a few bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tok {
    pub(crate) start: u32,
    /// The symbol, above the token's length in bytes.
    sym_and_len: u32,
    bits: u32,
}

/// How many bits the length has. One that does not fit is found by reading the token again: a run of capitals without a blank, say.
const LEN: u32 = 10;
const LONG: u32 = (1 << LEN) - 1;

/// The bits below are the set of tables of which a row begins at the token, see [`crate::lexicon::Table::bit`].
const KIND: u32 = 17;
const CASE: u32 = 19;
const LINE: u32 = 21;
const TOUCHES: u32 = 1 << 23;
const SHOUTED: u32 = 1 << 24;
const MENDED: u32 = 1 << 25;
const DECOMPOSED: u32 = 1 << 26;
const PLAIN: u32 = 1 << 27;
const JOINED: u32 = 1 << 28;

impl Tok {
    /// Symbols from here on are not known; no table has four million words.
    pub(crate) const SYMBOLS: Sym = 1 << (u32::BITS - LEN);

    /// `scanned` begins and ends below 4 GiB.
    pub(crate) fn new(scanned: Scanned, sym: Sym) -> Tok {
        let start = u32::try_from(scanned.start).unwrap_or(u32::MAX);
        let len = u32::try_from(scanned.end - scanned.start).unwrap_or(LONG).min(LONG);
        let kind = match scanned.kind {
            TokenKind::Word => 0,
            TokenKind::Number => 1,
            TokenKind::Punct => 2,
            TokenKind::End => 3,
        };
        let case = match scanned.case {
            Case::Lower => 0,
            Case::Title => 1,
            Case::Upper => 2,
            Case::Mixed => 3,
        };
        let line = match scanned.line {
            Break::None => 0,
            Break::Wrap => 1,
            Break::Line => 2,
        };
        let touches = if scanned.touches { TOUCHES } else { 0 };
        let plain = if scanned.plain { PLAIN } else { 0 };
        let joined = if scanned.joined { JOINED } else { 0 };
        let bits = kind << KIND | case << CASE | line << LINE | touches | plain | joined;
        Tok { start, sym_and_len: len, bits }.with(sym)
    }

    fn with(self, sym: Sym) -> Tok {
        let sym = if sym < Self::SYMBOLS { sym } else { 0 };
        Tok { sym_and_len: sym << LEN | self.sym_and_len & LONG, ..self }
    }

    pub(crate) fn sym(self) -> Sym {
        self.sym_and_len >> LEN
    }

    /// Where it ends in `text`.
    pub(crate) fn end(self, text: &str) -> usize {
        let (start, len) = (self.start as usize, self.sym_and_len & LONG);
        let read_again = || text.get(start..).map_or(0, Scanner::end_of_first);
        start + if len < LONG { len as usize } else { read_again() }
    }

    pub(crate) fn kind(self) -> TokenKind {
        match self.bits >> KIND & 3 {
            0 => TokenKind::Word,
            1 => TokenKind::Number,
            2 => TokenKind::Punct,
            _ => TokenKind::End,
        }
    }

    pub(crate) fn case(self) -> Case {
        match self.bits >> CASE & 3 {
            0 => Case::Lower,
            1 => Case::Title,
            2 => Case::Upper,
            _ => Case::Mixed,
        }
    }

    pub(crate) fn line(self) -> Break {
        match self.bits >> LINE & 3 {
            0 => Break::None,
            1 => Break::Wrap,
            _ => Break::Line,
        }
    }

    pub(crate) fn is_word(self) -> bool {
        self.bits >> KIND & 3 == 0
    }

    pub(crate) fn is_number(self) -> bool {
        self.bits >> KIND & 3 == 1
    }

    pub(crate) fn is_mark(self) -> bool {
        self.bits >> KIND & 3 == 2
    }

    /// A word with a capital.
    pub(crate) fn is_cap(self) -> bool {
        self.is_word() && self.bits & (3 << CASE) != 0
    }

    /// A word without one.
    pub(crate) fn is_lower(self) -> bool {
        self.bits & (3 << KIND | 3 << CASE) == 0
    }

    /// See [`crate::doc::Doc::small`].
    pub(crate) fn small(self) -> Sym {
        if self.bits & (3 << KIND | 3 << CASE | MENDED) == 0 { self.sym() } else { 0 }
    }

    /// See [`crate::doc::Doc::title`].
    pub(crate) fn title(self) -> Sym {
        if self.bits & (3 << KIND | 3 << CASE | MENDED) == 1 << CASE { self.sym() } else { 0 }
    }

    /// The case of a word.
    pub(crate) fn word_case(self) -> Option<Case> {
        self.is_word().then(|| self.case())
    }

    pub(crate) fn begins_line(self) -> bool {
        self.bits >> LINE & 3 == 2
    }

    /// Whether no blank stands before it.
    pub(crate) fn touches(self) -> bool {
        self.bits & TOUCHES != 0
    }

    pub(crate) fn is_shouted(self) -> bool {
        self.bits & SHOUTED != 0
    }

    pub(crate) fn shout(&mut self) {
        self.bits |= SHOUTED;
    }

    /// See [`Scanned::plain`].
    pub(crate) fn is_plain(self) -> bool {
        self.bits & PLAIN != 0
    }

    /// See [`Scanned::joined`].
    pub(crate) fn is_joined(self) -> bool {
        self.bits & JOINED != 0
    }

    /// Whether its symbol is of what was meant rather than written.
    pub(crate) fn is_mended(self) -> bool {
        self.bits & MENDED != 0
    }

    pub(crate) fn mend(&mut self, meant: Sym) {
        *self = self.with(meant);
        self.bits |= MENDED;
    }

    /// Whether it is not in NFC.
    pub(crate) fn is_decomposed(self) -> bool {
        self.bits & DECOMPOSED != 0
    }

    pub(crate) fn decompose(&mut self) {
        self.bits |= DECOMPOSED;
    }

    pub(crate) fn tables(self) -> u32 {
        self.bits & ((1 << KIND) - 1)
    }

    pub(crate) fn add_tables(&mut self, tables: u32) {
        self.bits |= tables;
    }

    pub(crate) fn text(self, text: &str) -> &str {
        text.get(self.start as usize..self.end(text)).unwrap_or_default()
    }
}
