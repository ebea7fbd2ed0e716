//! A text made ready for the rules: tokens, their symbols, the lexicons' hits, sentences. Rules ask it questions by token index.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::kind::organization::{self, Introduced};
use crate::lexicon::{Entry, Flags, Hit, Lexicon, Sym, Table};
use crate::span::Span;
use crate::syllable::has_shape;
use crate::token::{Break, Case, Folder, Token, TokenKind, fold, sentence_ends, tokenize};
use crate::typo;
use crate::words as w;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

pub(crate) struct Doc<'t> {
    pub(crate) text: &'t str,
    pub(crate) lexicon: &'t Lexicon,
    pub(crate) tokens: Vec<Token>,
    symbols: Vec<Sym>,
    hits: Vec<Hit>,
    /// Where the hits of each token begin in `hits`.
    first_hit: Vec<u32>,
    /// The tables of the hits of each token, as a set of bits: most questions are answered by it.
    tables: Vec<u32>,
    /// The sentence that each token belongs to.
    sentence: Vec<u32>,
    sentences: Vec<Range<usize>>,
    /// Tokens of lines written in capitals throughout, where a capital says nothing.
    shouted: Vec<bool>,
    /// The first token of each line.
    line_starts: Vec<usize>,
    /// Acronyms of bodies that the text itself introduces.
    introduced: HashMap<String, Introduced>,
    /// The tokens in NFC, where the text is decomposed.
    composed: Option<Vec<String>>,
}

impl<'t> Doc<'t> {
    pub(crate) fn new(text: &'t str, lexicon: &'t Lexicon) -> Self {
        let tokens = tokenize(text);
        let mut folder = Folder::default();
        // Syllables recur: each spelling is folded once.
        let mut known: FxHashMap<&str, Sym> = FxHashMap::default();
        let mut symbol = |word| *known.entry(word).or_insert_with(|| lexicon.symbol_of(word, &mut folder));
        let mut symbols: Vec<Sym> = tokens.iter().map(|t| symbol(t.text(text))).collect();
        typo::mend(lexicon, text, &tokens, &mut symbols);
        let mut hits = Vec::new();
        let mut first_hit = Vec::with_capacity(tokens.len() + 1);
        let mut tables = Vec::with_capacity(tokens.len());
        for start in 0..tokens.len() {
            first_hit.push(u32::try_from(hits.len()).unwrap_or(u32::MAX));
            let from = hits.len();
            lexicon.find_at(&tokens, &symbols, start, &mut hits);
            tables.push(hits.iter().skip(from).fold(0, |set, hit| set | hit.table.bit()));
        }
        first_hit.push(u32::try_from(hits.len()).unwrap_or(u32::MAX));
        let mut sentence = Vec::with_capacity(tokens.len());
        let mut sentences = Vec::new();
        let mut start = 0;
        for end in sentence_ends(text, &tokens) {
            let nth = u32::try_from(sentences.len()).unwrap_or(u32::MAX);
            sentence.resize(end.min(tokens.len()), nth);
            sentences.push(start..end);
            start = end;
        }
        let nth = u32::try_from(sentences.len()).unwrap_or(u32::MAX);
        sentence.resize(tokens.len(), nth);
        if start < tokens.len() {
            sentences.push(start..tokens.len());
        }
        let line_starts = (0..tokens.len() - 1).filter(|&i| i == 0 || tokens.get(i).is_some_and(|t| t.line == Break::Line)).collect();
        let shouted = shouted(&tokens);
        // The lead bytes of combining marks (U+0300 to U+036F).
        let decomposed = text.bytes().any(|b| matches!(b, 0xcc | 0xcd));
        let composed = decomposed.then(|| tokens.iter().map(|t| t.text(text).nfc().collect()).collect());
        let introduced = HashMap::new();
        let mut doc = Doc {
            text,
            lexicon,
            tokens,
            symbols,
            hits,
            first_hit,
            tables,
            sentence,
            sentences,
            shouted,
            line_starts,
            introduced,
            composed,
        };
        doc.introduced = organization::introduced(&doc);
        doc
    }

    /// The body that the acronym at token `i` stands for, where the text has introduced it before.
    pub(crate) fn introduced(&self, i: usize) -> Option<&Introduced> {
        if self.introduced.is_empty() || !self.is_cap(i) {
            return None;
        }
        self.introduced.get(self.raw(i)).filter(|body| i >= body.from)
    }

    /// Whether the text holds combining marks, so that it may not be in NFC.
    pub(crate) fn is_decomposed(&self) -> bool {
        self.composed.is_some()
    }

    /// Whether token `i` stands in a line of capitals.
    pub(crate) fn is_shouted(&self, i: usize) -> bool {
        self.shouted.get(i).copied().unwrap_or(false)
    }

    /// How many tokens there are, the last one (which is empty) left out.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len() - 1
    }

    pub(crate) fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// The symbol of a token; 0 out of range or where no lexicon has it.
    pub(crate) fn sym(&self, i: usize) -> Sym {
        self.symbols.get(i).copied().unwrap_or(0)
    }

    pub(crate) fn is(&self, i: usize, sym: Sym) -> bool {
        self.sym(i) == sym
    }

    pub(crate) fn is_any(&self, i: usize, syms: &[Sym]) -> bool {
        syms.contains(&self.sym(i))
    }

    /// Whether the tokens from `i` are exactly these.
    pub(crate) fn are(&self, i: usize, syms: &[Sym]) -> bool {
        syms.iter().enumerate().all(|(n, &sym)| self.is(i + n, sym))
    }

    /// The token as written, in NFC.
    pub(crate) fn raw(&self, i: usize) -> &str {
        match &self.composed {
            Some(composed) => composed.get(i).map_or("", String::as_str),
            None => self.token(i).map_or("", |t| t.text(self.text)),
        }
    }

    /// The token's folded form.
    pub(crate) fn folded(&self, i: usize) -> Cow<'t, str> {
        match self.sym(i) {
            0 => Cow::Owned(fold(self.raw(i))),
            sym => Cow::Borrowed(self.lexicon.word(sym)),
        }
    }

    pub(crate) fn kind(&self, i: usize) -> TokenKind {
        self.token(i).map_or(TokenKind::End, |t| t.kind)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Word
    }

    pub(crate) fn is_number(&self, i: usize) -> bool {
        self.kind(i) == TokenKind::Number
    }

    pub(crate) fn case(&self, i: usize) -> Case {
        self.token(i).map_or(Case::Lower, |t| t.case)
    }

    /// A word with a capital.
    pub(crate) fn is_cap(&self, i: usize) -> bool {
        self.is_word(i) && self.case(i) != Case::Lower
    }

    /// A word without one.
    pub(crate) fn is_lower(&self, i: usize) -> bool {
        self.is_word(i) && self.case(i) == Case::Lower
    }

    /// Two and more capitals that no syllable is, outside a line of capitals: *HĐND*.
    pub(crate) fn is_acronym(&self, i: usize) -> bool {
        self.case(i) == Case::Upper && !self.is_shouted(i) && !has_shape(self.raw(i))
    }

    /// Whether token `i` stands right behind the one before it, without a blank.
    pub(crate) fn touches(&self, i: usize) -> bool {
        i > 0 && self.token(i).is_some_and(|t| t.touches_previous() || !self.has_blank_before(t))
    }

    /// Whether a line begins at token `i`.
    pub(crate) fn at_line_start(&self, i: usize) -> bool {
        i == 0 || self.token(i).is_some_and(|t| t.line == Break::Line)
    }

    /// Whether a sentence begins at token `i`, or the text of a list's item: *- Tại Hà Giang*, *1) Ông A*.
    pub(crate) fn at_sentence_start(&self, i: usize) -> bool {
        i == 0 || self.sentence_of(i) != self.sentence_of(i - 1) || self.behind_item_mark(i)
    }

    fn behind_item_mark(&self, i: usize) -> bool {
        let mark = i - 1;
        let bullet = self.at_line_start(mark) && !self.is_word(mark) && !self.is_number(mark);
        let numbered = mark > 0
            && self.at_line_start(mark - 1)
            && (self.is_number(mark - 1) || self.raw(mark - 1).chars().count() == 1)
            && matches!(self.raw(mark), "." | ")" | "/" | "-");
        bullet || numbered
    }

    pub(crate) fn sentence_of(&self, i: usize) -> usize {
        self.sentence.get(i).copied().unwrap_or(u32::MAX) as usize
    }

    /// The tokens of the sentence that token `i` stands in.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        self.sentences.get(self.sentence_of(i)).cloned().unwrap_or(i..i)
    }

    pub(crate) fn same_sentence(&self, i: usize, j: usize) -> bool {
        self.sentence_of(i) == self.sentence_of(j)
    }

    /// The tokens of the line that token `i` stands in.
    pub(crate) fn line(&self, i: usize) -> Range<usize> {
        let next = self.line_starts.partition_point(|&start| start <= i);
        let start = next.checked_sub(1).and_then(|n| self.line_starts.get(n)).copied().unwrap_or(0);
        start..self.line_starts.get(next).copied().unwrap_or(self.len()).max(start)
    }

    /// The bytes that tokens `range` stand on, without the blanks around them.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let start = self.token(range.start).map_or(0, |t| t.span.start);
        let end = range.end.checked_sub(1).and_then(|last| self.token(last)).map_or(start, |t| t.span.end);
        Span { start, end: end.max(start) }
    }

    pub(crate) fn slice(&self, range: &Range<usize>) -> &'t str {
        self.span(range).slice(self.text).unwrap_or_default()
    }

    /// The tokens' text with one space where blanks stand, and invisible characters left out: a name fit for comparison.
    pub(crate) fn plain(&self, range: &Range<usize>) -> String {
        let mut out = String::new();
        for i in range.clone() {
            if i > range.start && !self.touches(i) && self.token(i).is_some_and(|t| self.has_blank_before(t)) {
                out.push(' ');
            }
            out.extend(self.raw(i).chars().filter(|&c| !crate::normalize::is_invisible(c)));
        }
        if self.is_decomposed() { out.nfc().collect() } else { out }
    }

    /// Whether more than one blank parts token `i` from the one before it, and a sentence begins there: *ở Phú Thọ  Lễ hội đã …*; but *Lã Quốc  Khoa*.
    /// Where a line was wrapped its end and the blanks around it are one gap, whatever marks the line's end.
    pub(crate) fn parted(&self, i: usize) -> bool {
        let is_wide = |gap: &str| gap.chars().filter(|&c| !crate::normalize::is_invisible(c)).count() > 1;
        let gap = |t: &Token| t.line == Break::None && self.text.get(t.before..t.span.start).is_some_and(is_wide);
        let opens = self.is_cap(i) && (self.is_lower(i + 1) || self.is_number(i + 1)) && self.token(i).is_some_and(gap);
        let given = || self.find(Table::GivenSyllables, i).is_some();
        let place_before = || self.find_before(Table::Places, i).is_some_and(|hit| !self.flags(hit).has(Flags::HEAD));
        opens && (!given() || place_before())
    }

    fn has_blank_before(&self, token: &Token) -> bool {
        self.text.get(token.before..token.span.start).is_some_and(|gap| gap.contains(char::is_whitespace))
    }

    /// The longest row of `table` that begins at token `i`.
    pub(crate) fn find(&self, table: Table, i: usize) -> Option<Hit> {
        if !self.has(table, i) {
            return None;
        }
        self.hits_at(i).iter().rev().find(|hit| hit.table == table).copied()
    }

    /// Whether a row of `table` begins at token `i`.
    fn has(&self, table: Table, i: usize) -> bool {
        self.tables.get(i).is_some_and(|set| set & table.bit() != 0)
    }

    /// Whether a row of one of `tables` begins at token `i`.
    pub(crate) fn has_any(&self, tables: &[Table], i: usize) -> bool {
        tables.iter().any(|&table| self.has(table, i))
    }

    /// All rows that begin at token `i`, the shortest first; of one length those added last stand last, and win.
    pub(crate) fn hits_at(&self, i: usize) -> &[Hit] {
        let (Some(&from), Some(&to)) = (self.first_hit.get(i), self.first_hit.get(i + 1)) else { return &[] };
        self.hits.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(crate) fn entry(&self, hit: Hit) -> &'t Entry {
        self.lexicon.entry(hit)
    }

    /// Whether a row stands in the text with small letters where its form has them; in a line of capitals always.
    pub(crate) fn as_cased(&self, hit: Hit) -> bool {
        self.is_shouted(hit.start) || self.entry(hit).as_cased(self.tokens.get(hit.start..hit.end).unwrap_or_default())
    }

    pub(crate) fn flags(&self, hit: Hit) -> Flags {
        self.entry(hit).flags
    }

    /// The longest row of `table` that ends right before token `end`.
    pub(crate) fn find_before(&self, table: Table, end: usize) -> Option<Hit> {
        const REACH: usize = 8;
        (end.saturating_sub(REACH)..end)
            .filter(|&start| self.has(table, start))
            .find_map(|start| self.hits_at(start).iter().rev().find(|hit| hit.table == table && hit.end == end).copied())
    }

    /// A hyphen or dash of any length.
    pub(crate) fn is_dash(&self, i: usize) -> bool {
        self.is(i, w::HYPHEN)
    }

    /// A quotation mark that opens: a curly one, or a straight one behind a blank or at the start.
    pub(crate) fn opens_quote(&self, i: usize) -> bool {
        match self.raw(i) {
            "“" | "«" | "„" => true,
            "\"" => !self.touches(i) && self.touches(i + 1),
            _ => false,
        }
    }
}

/// Lines of four words and more of which four in five are capitals throughout.
fn shouted(tokens: &[Token]) -> Vec<bool> {
    const WORDS: usize = 4;
    let mut marks = Vec::with_capacity(tokens.len());
    let mut start = 0;
    while start < tokens.len() {
        let length = tokens.iter().skip(start + 1).take_while(|t| t.line != Break::Line).count() + 1;
        let count = |case: Case| tokens.iter().skip(start).take(length).filter(|t| t.kind == TokenKind::Word && t.case == case).count();
        // One capital letter alone is a word of either sort.
        let (capitals, small, single) = (count(Case::Upper), count(Case::Lower) + count(Case::Mixed), count(Case::Title));
        marks.resize(start + length, capitals >= WORDS && capitals >= small * 4 && capitals >= single * 2);
        start += length;
    }
    marks
}
