//! A text made ready for the rules: tokens, their symbols, the lexicons' hits, sentences. Rules ask it questions by token index.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::kind::organization::{self, Introduced};
use crate::kind::ratio::Verdict;
use crate::letter::Packed;
use crate::lexicon::{Entry, Flags, Hit, Lexicon, Match, Row, Sym, Table};
use crate::number::Figure;
use crate::scan::Scanner;
use crate::span::Span;
use crate::syllable::has_shape;
use crate::tok::Tok;
use crate::token::{Break, Case, Folder, Token, TokenKind, fold, sentence_ends};
use crate::typo;
use crate::words as w;

pub(crate) struct Doc<'t> {
    pub(crate) text: &'t str,
    pub(crate) lexicon: &'t Lexicon,
    /// The tokens; the last is empty.
    toks: Vec<Tok>,
    hits: Hits,
    sentences: Sentences,
    /// The first token of each line.
    line_starts: Vec<u32>,
    /// Acronyms of bodies that the text itself introduces.
    introduced: FxHashMap<String, Introduced>,
    composed: Composed,
    /// The number of each spelling that can't be told by its packed letters, see [`Doc::id`].
    spellings: FxHashMap<&'t str, u32>,
    /// What was read as a number last, and where.
    pub(crate) last_figure: Cell<(usize, Option<Figure>)>,
    /// What was told last of *a/b*, and where it stands.
    pub(crate) last_verdict: Cell<(usize, Verdict)>,
}

/// What one text after another is read into; only for one lexicon.
///
/// **Why.** The lists of a bulletin's tokens are a hundred kilobytes; asking the system for them anew each time costs a page fault for every four of them.
#[derive(Default)]
pub(crate) struct Scratch {
    toks: Vec<Tok>,
    hits: Hits,
    recent: Recent,
}

impl Scratch {
    /// Longer lists are given back to the system.
    const KEPT: usize = 1 << 20;

    /// Takes back what `doc` was read into.
    pub(crate) fn reclaim(&mut self, doc: Doc) {
        if doc.toks.capacity() <= Self::KEPT {
            (self.toks, self.hits) = (doc.toks, doc.hits);
        }
    }
}

impl<'t> Doc<'t> {
    pub(crate) fn new(text: &'t str, lexicon: &'t Lexicon, scratch: &mut Scratch) -> Self {
        let text = readable(text);
        let mut toks = std::mem::take(&mut scratch.toks);
        let mut hits = std::mem::take(&mut scratch.hits);
        let mut line_starts = Vec::new();
        let mut out = Read { toks: &mut toks, hits: &mut hits, line_starts: &mut line_starts };
        let (decomposed, spellings) = read(text, lexicon, &mut scratch.recent, &mut out);
        let sentences = Sentences::new(text, &toks);
        let composed = Composed::of(text, decomposed, &mut toks);
        let introduced = FxHashMap::default();
        let last_figure = Cell::new((usize::MAX, None));
        let last_verdict = Cell::new((usize::MAX, Verdict::Neither));
        let mut doc = Doc { text, lexicon, toks, hits, sentences, line_starts, introduced, composed, spellings, last_figure, last_verdict };
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
        self.composed.any
    }

    /// Whether token `i` stands in a line of capitals.
    pub(crate) fn is_shouted(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_shouted)
    }

    /// How many tokens there are, the last one (which is empty) left out.
    pub(crate) fn len(&self) -> usize {
        self.toks.len() - 1
    }

    fn tok(&self, i: usize) -> Option<Tok> {
        self.toks.get(i).copied()
    }

    /// The tokens of which something is true: a walk over all of them without a look into the list for each.
    pub(crate) fn tokens_that(&self, is: impl Fn(Tok) -> bool) -> impl Iterator<Item = usize> {
        self.toks.iter().enumerate().filter(move |&(_, &tok)| is(tok)).map(|(i, _)| i)
    }

    pub(crate) fn token(&self, i: usize) -> Option<Token> {
        let tok = self.tok(i)?;
        let before = i.checked_sub(1).and_then(|i| self.tok(i)).map_or(0, |tok| tok.end(self.text));
        let span = Span { start: tok.start as usize, end: tok.end(self.text) };
        Some(Token { before, span, kind: tok.kind(), case: tok.case(), line: tok.line() })
    }

    /// The symbol of a token; 0 out of range or where no lexicon has it.
    pub(crate) fn sym(&self, i: usize) -> Sym {
        self.tok(i).map_or(0, Tok::sym)
    }

    /// The symbol of a word that is written in small letters and without a typing error; 0 for all else.
    pub(crate) fn small(&self, i: usize) -> Sym {
        self.tok(i).map_or(0, Tok::small)
    }

    /// The symbol of a word that is written without a typing error and with one capital, its first letter; 0 for all else.
    pub(crate) fn title(&self, i: usize) -> Sym {
        self.tok(i).map_or(0, Tok::title)
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
        match self.tok(i) {
            Some(tok) if tok.is_decomposed() => self.composed.token(i),
            Some(tok) => tok.text(self.text),
            None => "",
        }
    }

    /// The token's folded form.
    pub(crate) fn folded(&self, i: usize) -> Cow<'t, str> {
        match self.sym(i) {
            0 => Cow::Owned(fold(self.raw(i))),
            sym => Cow::Borrowed(self.lexicon.word(sym)),
        }
    }

    /// A number of the token's folded form: that of two words is the same where they fold alike. It is the symbol, where there is one.
    pub(crate) fn id(&self, i: usize) -> u32 {
        match self.tok(i) {
            Some(tok) if tok.sym() == 0 => self.spellings.get(tok.text(self.text)).copied().unwrap_or(0),
            tok => tok.map_or(0, Tok::sym),
        }
    }

    pub(crate) fn ids(&self, range: Range<usize>) -> Vec<u32> {
        range.map(|i| self.id(i)).collect()
    }

    /// Whether a typing error was mended in the word, so that its symbol is not of what it is written as.
    pub(crate) fn is_mended(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_mended)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_word)
    }

    pub(crate) fn is_number(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_number)
    }

    pub(crate) fn case(&self, i: usize) -> Case {
        self.tok(i).map_or(Case::Lower, Tok::case)
    }

    /// Neither word nor number.
    pub(crate) fn is_mark(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_mark)
    }

    /// A word with a capital.
    pub(crate) fn is_cap(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_cap)
    }

    /// A word without one.
    pub(crate) fn is_lower(&self, i: usize) -> bool {
        self.tok(i).is_some_and(Tok::is_lower)
    }

    /// Two and more capitals that no syllable is, outside a line of capitals: *HĐND*.
    pub(crate) fn is_acronym(&self, i: usize) -> bool {
        self.case(i) == Case::Upper && !self.is_shouted(i) && !has_shape(self.raw(i))
    }

    /// Whether token `i` stands right behind the one before it, without a blank.
    pub(crate) fn touches(&self, i: usize) -> bool {
        i > 0 && self.tok(i).is_some_and(Tok::touches)
    }

    /// Whether a line begins at token `i`.
    pub(crate) fn at_line_start(&self, i: usize) -> bool {
        i == 0 || self.tok(i).is_some_and(Tok::begins_line)
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
        self.sentences.of(i)
    }

    /// The tokens of the sentence that token `i` stands in.
    pub(crate) fn sentence(&self, i: usize) -> Range<usize> {
        self.sentences.tokens(self.sentence_of(i)).unwrap_or(i..i)
    }

    pub(crate) fn same_sentence(&self, i: usize, j: usize) -> bool {
        self.sentence_of(i) == self.sentence_of(j)
    }

    /// The tokens of the line that token `i` stands in.
    pub(crate) fn line(&self, i: usize) -> Range<usize> {
        let next = self.line_starts.partition_point(|&start| start as usize <= i);
        let start = next.checked_sub(1).and_then(|n| self.line_starts.get(n)).map_or(0, |&start| start as usize);
        start..self.line_starts.get(next).map_or(self.len(), |&start| start as usize).max(start)
    }

    /// The bytes that tokens `range` stand on, without the blanks around them.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let start = self.tok(range.start).map_or(0, |t| t.start as usize);
        let end = range.end.checked_sub(1).and_then(|last| self.tok(last)).map_or(start, |t| t.end(self.text));
        Span { start, end: end.max(start) }
    }

    pub(crate) fn slice(&self, range: &Range<usize>) -> &'t str {
        self.span(range).slice(self.text).unwrap_or_default()
    }

    /// The tokens' text with one space where blanks stand, and invisible characters left out: a name fit for comparison.
    pub(crate) fn plain(&self, range: &Range<usize>) -> String {
        let mut out = String::with_capacity(self.slice(range).len());
        self.write_plain(range, &mut out);
        out
    }

    /// Adds what [`Self::plain`] gives to `out`.
    pub(crate) fn write_plain(&self, range: &Range<usize>, out: &mut String) {
        let written = self.slice(range);
        // Nearly all names need no change.
        let toks = self.toks.get(range.clone()).unwrap_or_default();
        if toks.iter().all(|tok| tok.is_plain()) && toks.iter().skip(1).all(|tok| tok.is_joined()) {
            out.push_str(written);
            return;
        }
        let mut plain = String::with_capacity(written.len());
        for i in range.clone() {
            if i > range.start && !self.touches(i) {
                plain.push(' ');
            }
            plain.extend(self.raw(i).chars().filter(|&c| !crate::normalize::is_invisible(c)));
        }
        if self.is_decomposed() { out.extend(plain.nfc()) } else { out.push_str(&plain) }
    }

    /// Whether more than one blank parts token `i` from the one before it, and a sentence begins there: *ở Phú Thọ  Lễ hội đã …*; but *Lã Quốc  Khoa*.
    /// Where a line was wrapped its end and the blanks around it are one gap, whatever marks the line's end.
    pub(crate) fn parted(&self, i: usize) -> bool {
        let is_wide = |gap: &str| gap.chars().filter(|&c| !crate::normalize::is_invisible(c)).count() > 1;
        let gap = |t: Token| t.line == Break::None && self.text.get(t.before..t.span.start).is_some_and(is_wide);
        let opens = self.is_cap(i) && (self.is_lower(i + 1) || self.is_number(i + 1)) && self.token(i).is_some_and(gap);
        let given = || self.find(Table::GivenSyllables, i).is_some();
        let place_before = || self.find_before(Table::Places, i).is_some_and(|hit| !self.flags(hit).has(Flags::HEAD));
        opens && (!given() || place_before())
    }

    /// The longest row of `table` that begins at token `i`.
    pub(crate) fn find(&self, table: Table, i: usize) -> Option<Hit> {
        if !self.has(table, i) {
            return None;
        }
        self.hits_at(i).rev().find(|hit| hit.table == table)
    }

    /// Whether a row of `table` begins at token `i`.
    fn has(&self, table: Table, i: usize) -> bool {
        self.tok(i).is_some_and(|tok| tok.tables() & table.bit() != 0)
    }

    /// Whether a row of one of `tables` begins at token `i`.
    pub(crate) fn has_any(&self, tables: &[Table], i: usize) -> bool {
        self.tok(i).is_some_and(|tok| tok.tables() & tables.iter().fold(0, |set, table| set | table.bit()) != 0)
    }

    /// All rows that begin at token `i`, the shortest first; of one length those added last stand last, and win.
    pub(crate) fn hits_at(&self, i: usize) -> impl DoubleEndedIterator<Item = Hit> + Clone + use<'_> {
        self.hits.at(i).iter().map(move |found| found.at(i))
    }

    pub(crate) fn entry(&self, hit: Hit) -> Entry<'t> {
        self.lexicon.entry(hit)
    }

    /// Whether a row stands in the text with small letters where its form has them; in a line of capitals always.
    pub(crate) fn as_cased(&self, hit: Hit) -> bool {
        self.is_shouted(hit.start) || self.lexicon.as_cased(hit, |n| self.tok(hit.start + n).and_then(Tok::word_case))
    }

    /// The form of a row as its table has it.
    pub(crate) fn form(&self, hit: Hit) -> String {
        let symbols: Vec<Sym> = (hit.start..hit.end).map(|i| self.sym(i)).collect();
        self.lexicon.form(hit, &symbols)
    }

    pub(crate) fn flags(&self, hit: Hit) -> Flags {
        self.lexicon.flags(hit)
    }

    /// The longest row of `table` that ends right before token `end`.
    pub(crate) fn find_before(&self, table: Table, end: usize) -> Option<Hit> {
        const REACH: usize = 8;
        (end.saturating_sub(REACH)..end)
            .filter(|&start| self.has(table, start))
            .find_map(|start| self.hits_at(start).rev().find(|hit| hit.table == table && hit.end == end))
    }

    /// A hyphen or dash of any length.
    pub(crate) fn is_dash(&self, i: usize) -> bool {
        self.is(i, w::HYPHEN)
    }

    /// A quotation mark that opens: a curly one, or a straight one behind a blank or at the start.
    pub(crate) fn opens_quote(&self, i: usize) -> bool {
        self.is_mark(i) && self.is_opening_mark(i)
    }

    fn is_opening_mark(&self, i: usize) -> bool {
        match self.raw(i) {
            "“" | "«" | "„" => true,
            "\"" => !self.touches(i) && self.touches(i + 1),
            _ => false,
        }
    }
}

/// Of a longer text the rest is not read: tokens keep their place in four bytes.
const MOST_BYTES: usize = u32::MAX as usize - 1;

/// What of a text can be read.
fn readable(text: &str) -> &str {
    if text.len() <= MOST_BYTES {
        return text;
    }
    let end = (0..=MOST_BYTES).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The symbols of the words met last.
///
/// **Why.** The table of all spellings lies in the second level of the cache; nine in ten words of a text were met before, and these few lie in the first.
struct Recent(Vec<(Packed, Sym)>);

impl Default for Recent {
    fn default() -> Self {
        Recent(vec![(Packed::default(), 0); 1 << Self::BITS])
    }
}

impl Recent {
    const BITS: u32 = 9;

    fn symbol(&mut self, word: Packed, lexicon: &Lexicon) -> Sym {
        let Some(slot) = self.0.get_mut(word.slot(Self::BITS)) else { return 0 };
        if slot.0 != word {
            *slot = (word, lexicon.symbol_of_packed(word));
        }
        slot.1
    }
}

/// What [`read`] writes over what was there.
struct Read<'s> {
    toks: &'s mut Vec<Tok>,
    hits: &'s mut Hits,
    line_starts: &'s mut Vec<u32>,
}

/// Reads a text line by line: its tokens with their symbols, typing errors mended, the rows at each of them. Says whether it may hold combining marks,
/// and gives the numbers of its odd spellings.
///
/// **Why so.** Nothing of this looks beyond a line; one walk instead of five spares 4 % of all instructions.
fn read<'t>(text: &'t str, lexicon: &Lexicon, recent: &mut Recent, out: &mut Read) -> (bool, FxHashMap<&'t str, u32>) {
    out.toks.clear();
    out.toks.reserve(text.len() / 5 + 1);
    out.hits.clear(text.len() / 5 + 2);
    let mut spellings = Spellings::default();
    let mut typos = typo::Suspects::default();
    let mut line = 0;
    let mut scanner = Scanner::new(text);
    for scanned in scanner.by_ref() {
        let packed = scanned.packed != Packed::default();
        let mut sym = if packed { recent.symbol(scanned.packed, lexicon) } else { 0 };
        if sym == 0 && (scanned.kind == TokenKind::Word || !packed && scanned.kind != TokenKind::End) {
            sym = spellings.symbol(text.get(scanned.start..scanned.end).unwrap_or_default(), lexicon);
        }
        let tok = Tok::new(scanned, sym);
        let at = out.toks.len();
        if at == 0 || tok.begins_line() {
            out.end_line(line, text, lexicon, &mut typos);
            line = at;
            if scanned.kind != TokenKind::End {
                out.line_starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        typos.look(lexicon, at, tok);
        out.toks.push(tok);
    }
    out.end_line(line, text, lexicon, &mut typos);
    out.hits.begin(out.toks.len());
    (scanner.is_decomposed(), spellings.ids)
}

/// The words that can't be packed, are spelled in a way of their own, or stand in no row: each spelling is folded once.
#[derive(Default)]
struct Spellings<'t> {
    /// The symbol of each spelling, or where no row has the word a number above all symbols.
    ids: FxHashMap<&'t str, u32>,
    unknown: FxHashMap<String, u32>,
    folder: Folder,
}

impl<'t> Spellings<'t> {
    fn symbol(&mut self, spelling: &'t str, lexicon: &Lexicon) -> Sym {
        let Spellings { ids, unknown, folder } = self;
        let id = *ids.entry(spelling).or_insert_with(|| match lexicon.symbol_of(spelling, folder) {
            0 => match unknown.get(folder.placed()) {
                Some(&id) => id,
                None => {
                    let id = Tok::SYMBOLS + u32::try_from(unknown.len()).unwrap_or(u32::MAX - Tok::SYMBOLS);
                    unknown.insert(folder.placed().to_owned(), id);
                    id
                }
            },
            sym => sym,
        });
        if id < Tok::SYMBOLS { id } else { 0 }
    }
}

impl Read<'_> {
    /// Does what is left to do with the tokens from `line` on.
    fn end_line(&mut self, line: usize, text: &str, lexicon: &Lexicon, typos: &mut typo::Suspects) {
        let Some(toks) = self.toks.get_mut(line..) else { return };
        typos.mend(lexicon, text, line, toks);
        shout(toks);
        self.hits.find(lexicon, line, toks);
    }
}

/// The rows that stand at each token.
///
/// **Why so.** Where those of a token begin is kept as a whole number for each block of tokens and in two bytes for each token: in four bytes a text of
/// 100 MB needed 40 more.
#[derive(Default)]
struct Hits {
    matches: Vec<Match>,
    /// Where the matches of each block of tokens begin.
    blocks: Vec<u32>,
    /// Where those of each token begin behind its block's first. A form stands once in a table, so that no block has as many as two bytes can count.
    starts: Vec<u16>,
}

impl Hits {
    const BLOCK: usize = 64;

    fn clear(&mut self, tokens: usize) {
        self.matches.clear();
        self.blocks.clear();
        self.starts.clear();
        self.starts.reserve(tokens);
    }

    /// Adds the rows of a line, of one token the shortest first; `from` is the place of its first token. Rows do not reach over its end.
    fn find(&mut self, lexicon: &Lexicon, from: usize, line: &mut [Tok]) {
        let mut rest = line;
        let mut at = from;
        while !rest.is_empty() {
            self.begin(at);
            let tables = self.find_at(lexicon, rest);
            let Some((first, behind)) = rest.split_first_mut() else { return };
            first.add_tables(tables);
            rest = behind;
            at += 1;
        }
    }

    /// Adds the rows that begin at the first of the tokens; gives the set of their tables.
    fn find_at(&mut self, lexicon: &Lexicon, toks: &[Tok]) -> u32 {
        let mut tables = 0;
        let Some(&first) = toks.first() else { return tables };
        let mut node = lexicon.root(first.sym());
        let mut length = 1;
        while node != 0 {
            for &row in lexicon.rows_at(node) {
                let row = Row(row);
                if lexicon.accepts(row, length, |n| toks.get(n).and_then(|tok| tok.word_case())) {
                    let found = Match::new(row, length);
                    tables |= found.table_bit();
                    self.matches.push(found);
                }
            }
            node = match toks.get(length).map(|tok| tok.sym()) {
                None | Some(0) => 0,
                Some(next) if length == 1 && !lexicon.may_begin(first.sym(), next) => 0,
                Some(next) => lexicon.child(node, next),
            };
            length += 1;
        }
        tables
    }

    /// The matches from here on are those of token `i`.
    fn begin(&mut self, i: usize) {
        if i.is_multiple_of(Self::BLOCK) {
            self.blocks.push(u32::try_from(self.matches.len()).unwrap_or(u32::MAX));
        }
        let behind = self.matches.len() - self.blocks.last().map_or(0, |&first| first as usize);
        self.starts.push(u16::try_from(behind).unwrap_or(u16::MAX));
    }

    /// Where the matches of token `i` begin.
    fn start(&self, i: usize) -> Option<usize> {
        Some(*self.blocks.get(i / Self::BLOCK)? as usize + *self.starts.get(i)? as usize)
    }

    fn at(&self, i: usize) -> &[Match] {
        let range = self.start(i).zip(self.start(i + 1));
        range.and_then(|(from, to)| self.matches.get(from..to)).unwrap_or_default()
    }
}

/// The tokens that are not in NFC, in it.
#[derive(Default)]
struct Composed {
    /// Whether the text holds combining marks.
    any: bool,
    text: String,
    /// Each such token, and where its text begins in `text`.
    starts: Vec<(u32, u32)>,
}

impl Composed {
    /// `any`: whether the text may hold combining marks.
    fn of(text: &str, any: bool, toks: &mut [Tok]) -> Composed {
        let mut composed = Composed { any, ..Composed::default() };
        if !composed.any {
            return composed;
        }
        for (i, tok) in (0u32..).zip(toks) {
            let written = tok.text(text);
            if !is_nfc(written) {
                composed.starts.push((i, u32::try_from(composed.text.len()).unwrap_or(u32::MAX)));
                composed.text.extend(written.nfc());
                tok.decompose();
            }
        }
        composed
    }

    fn token(&self, i: usize) -> &str {
        let nth = self.starts.partition_point(|&(token, _)| (token as usize) < i);
        let start = self.starts.get(nth).map_or(0, |&(_, start)| start as usize);
        let end = self.starts.get(nth + 1).map_or(self.text.len(), |&(_, end)| end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Where sentences begin, as a bit for each token; which sentence a token belongs to is told by counting bits, so that it costs a text's token two bits
/// instead of four bytes.
struct Sentences {
    starts: Vec<u64>,
    /// How many begin before each 64 tokens.
    before: Vec<u32>,
    first: Vec<u32>,
    tokens: usize,
}

impl Sentences {
    fn new(text: &str, toks: &[Tok]) -> Sentences {
        let mut starts = vec![0; toks.len() / 64 + 1];
        let mut first = Vec::new();
        let ends = sentence_ends(text, toks);
        for start in std::iter::once(0).chain(ends).filter(|&start| start < toks.len()) {
            if let Some(block) = starts.get_mut(start / 64) {
                *block |= 1u64 << (start % 64);
            }
            first.push(u32::try_from(start).unwrap_or(u32::MAX));
        }
        first.dedup();
        let before = starts
            .iter()
            .scan(0, |count, block: &u64| {
                let before = *count;
                *count += block.count_ones();
                Some(before)
            })
            .collect();
        Sentences { starts, before, first, tokens: toks.len() }
    }

    fn of(&self, i: usize) -> usize {
        let (Some(block), Some(before)) = (self.starts.get(i / 64), self.before.get(i / 64)) else { return u32::MAX as usize };
        if i >= self.tokens {
            return u32::MAX as usize;
        }
        let up_to = block & (u64::MAX >> (63 - i % 64));
        (before + up_to.count_ones() - 1) as usize
    }

    fn tokens(&self, nth: usize) -> Option<Range<usize>> {
        let start = *self.first.get(nth)? as usize;
        Some(start..self.first.get(nth + 1).map_or(self.tokens, |&end| end as usize))
    }
}

/// Marks the tokens of a line of four words and more of which four in five are capitals throughout.
fn shout(line: &mut [Tok]) {
    const WORDS: u32 = 4;
    let (mut capitals, mut small, mut single) = (0u32, 0u32, 0u32);
    for tok in line.iter() {
        // One capital letter alone is a word of either sort.
        match tok.word_case() {
            Some(Case::Upper) => capitals += 1,
            Some(Case::Lower | Case::Mixed) => small += 1,
            Some(Case::Title) => single += 1,
            None => {}
        }
    }
    if capitals >= WORDS && capitals >= small * 4 && capitals >= single * 2 {
        line.iter_mut().for_each(Tok::shout);
    }
}
