//! The vocabulary: `data/*.tsv` and a user's own tables, matched token by token, longest first.
//!
//! All tables share one trie over folded tokens, so that a text is walked once. A table's rows differ only in what their
//! columns mean; see the head of each file in `data/`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Reason};
use crate::token::{Break, Case, Folder, Token, TokenKind, tokenize};
use crate::typo::Neighbours;

/// A table of the vocabulary: what kind of row a lexicon holds. Each has a file of the same name in `data/`, whose head
/// explains its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Table {
    /// `acronyms.tsv`: acronym, expansion, context, flags.
    Acronyms,
    /// `bodies.tsv`: heads of organizations' names: form, kind, grows, flags.
    Bodies,
    /// `calendar.tsv`: words that place something in time: form, value, role.
    Calendar,
    /// `currencies.tsv`: form, ISO 4217 code, flags.
    Currencies,
    /// `documents.tsv`: types of documents: form, type, abbreviations, flags.
    Documents,
    /// `family_names.tsv`: form, people, flags.
    FamilyNames,
    /// `fields.tsv`: words by which organizations' names grow: form, kind, flags.
    Fields,
    /// `given_syllables.tsv`: syllables of given names: form, position, flags.
    GivenSyllables,
    /// `honorifics.tsv`: words before a name: form, kind, flags.
    Honorifics,
    /// `known_bodies.tsv`: complete names of organizations: form, kind, expanded, flags.
    KnownBodies,
    /// `laws.tsv`: subjects of laws: form, type, flags.
    Laws,
    /// `numbers.tsv`: words of numerals: form, value, role.
    Numbers,
    /// `place_heads.tsv`: words that introduce a place's name: form, level, flags.
    PlaceHeads,
    /// `places.tsv`: names of places: form, level, flags.
    Places,
    /// `posts.tsv`: heads of titles: form, role, kind, flags.
    Posts,
    /// `speech_verbs.tsv`: verbs that introduce speech: form, strength.
    SpeechVerbs,
    /// `units.tsv`: count nouns and measures: form, kind, flags.
    Units,
}

const ORGANIZATION_KINDS: &[&str] = &[
    "party",
    "government",
    "legislature",
    "court",
    "procuracy",
    "army",
    "police",
    "front",
    "mass_organization",
    "enterprise",
    "education",
    "health",
    "religion",
    "media",
    "foreign",
    "other",
];
const PLACE_LEVELS: &[&str] = &["country", "region", "province", "district", "commune", "hamlet", "street", "natural", "other"];
const TITLE_KINDS: &[&str] = &["post", "membership", "rank", "degree", "honour"];

/// What a cell may hold.
enum Cell {
    Any,
    Number,
    OneOf(&'static [&'static str]),
}

struct Layout {
    name: &'static str,
    columns: &'static [&'static str],
    cells: [Cell; 2],
    /// Whether rows are proper names: a word written with a capital in the form must have one in the text.
    proper: bool,
    text: &'static str,
}

impl Table {
    /// The table's place in a set of tables.
    pub(crate) fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The name of its file in `data/`.
    pub(crate) fn name(self) -> &'static str {
        self.layout().name
    }

    const ALL: [Table; 17] = [
        Table::Acronyms,
        Table::Bodies,
        Table::Calendar,
        Table::Currencies,
        Table::Documents,
        Table::FamilyNames,
        Table::Fields,
        Table::GivenSyllables,
        Table::Honorifics,
        Table::KnownBodies,
        Table::Laws,
        Table::Numbers,
        Table::PlaceHeads,
        Table::Places,
        Table::Posts,
        Table::SpeechVerbs,
        Table::Units,
    ];

    /// The bundled table as text.
    pub(crate) fn text(self) -> &'static str {
        self.layout().text
    }

    fn layout(self) -> Layout {
        macro_rules! layout {
            ($name:literal, [$($column:literal),*], $first:expr, $second:expr, $proper:literal) => {
                Layout { name: $name, columns: &[$($column),*], cells: [$first, $second], proper: $proper, text: include_str!(concat!("../data/", $name, ".tsv")) }
            };
        }
        use Cell::{Any, Number, OneOf};
        match self {
            Table::Acronyms => layout!("acronyms", ["form", "expansion", "context", "flags"], Any, Any, true),
            Table::Bodies => layout!("bodies", ["form", "kind", "grows", "flags"], OneOf(ORGANIZATION_KINDS), Any, false),
            Table::Calendar => layout!("calendar", ["form", "value", "role"], Any, Any, false),
            Table::Currencies => layout!("currencies", ["form", "code", "flags"], Any, Any, false),
            Table::Documents => layout!("documents", ["form", "type", "abbreviations", "flags"], Any, Any, false),
            Table::FamilyNames => layout!("family_names", ["form", "people", "flags"], Any, Any, true),
            Table::Fields => {
                layout!("fields", ["form", "kind", "flags"], OneOf(&["field", "business", "legal", "school", "quality"]), Any, false)
            }
            Table::GivenSyllables => {
                layout!("given_syllables", ["form", "position", "flags"], OneOf(&["middle", "given", "both"]), Any, true)
            }
            Table::Honorifics => layout!("honorifics", ["form", "kind", "flags"], OneOf(&["honorific", "cue"]), Any, false),
            Table::KnownBodies => layout!("known_bodies", ["form", "kind", "expanded", "flags"], OneOf(ORGANIZATION_KINDS), Any, false),
            Table::Laws => layout!("laws", ["form", "type", "flags"], Any, Any, true),
            Table::Numbers => layout!(
                "numbers",
                ["form", "value", "role"],
                Number,
                OneOf(&["digit", "ten", "hundred", "scale", "joiner", "point", "half"]),
                false
            ),
            Table::PlaceHeads => layout!("place_heads", ["form", "level", "flags"], OneOf(PLACE_LEVELS), Any, false),
            Table::Places => layout!("places", ["form", "level", "flags"], OneOf(PLACE_LEVELS), Any, true),
            Table::Posts => layout!("posts", ["form", "role", "kind", "flags"], Any, OneOf(TITLE_KINDS), false),
            Table::SpeechVerbs => layout!("speech_verbs", ["form", "strength"], OneOf(&["strong", "weak"]), Any, false),
            Table::Units => layout!("units", ["form", "kind", "flags"], OneOf(&["measure", "count", "time", "head"]), Any, false),
        }
    }
}

/// The flags of a row, as a set of bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flags(u64);

macro_rules! flags {
    ($($constant:ident = $name:literal,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($constant),* }
        impl Flags {
            $(pub(crate) const $constant: Flags = Flags(1 << Bit::$constant as u64);)*
            fn named(name: &str) -> Option<Flags> {
                match name { $($name => Some(Flags::$constant),)* _ => None }
            }
        }
    };
}

flags! {
    BARE = "bare",
    BODY = "body",
    CAP = "cap",
    CENT = "cent",
    CITY = "city",
    DRAFT = "draft",
    HEAD = "head",
    LAW = "law",
    LOWER = "lower",
    MAYBE = "maybe",
    MID = "mid",
    NAMED = "named",
    NUMBER = "number",
    PLURAL = "plural",
    PLACE = "place",
    PREFIX = "prefix",
    PROVINCE = "province",
    RISKY = "risky",
    SPELLED = "spelled",
    TREATY = "treaty",
    TWO = "two",
    UPPER = "upper",
    VERB = "verb",
    WEAK = "weak",
    WHOLE = "whole",
    WORD = "word",
}

impl Flags {
    pub(crate) fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }
}

/// A row.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) table: Table,
    pub(crate) form: Box<str>,
    /// The second and third column, where they are no flags; empty for `-`.
    pub(crate) cells: [Box<str>; 2],
    pub(crate) flags: Flags,
    /// How each token of the form is cased.
    cases: Box<[Case]>,
    proper: bool,
}

impl Entry {
    /// Whether the tokens are cased as the form is.
    pub(crate) fn as_cased(&self, tokens: &[Token]) -> bool {
        self.cases.iter().zip(tokens).all(|(form, token)| token.kind != TokenKind::Word || *form == token.case || *form != Case::Lower)
    }

    fn accepts_case(&self, tokens: &[Token]) -> bool {
        let exact = self.flags.has(Flags::UPPER);
        if !exact && !self.proper {
            return true;
        }
        self.cases.iter().zip(tokens).all(|(form, token)| {
            token.kind != TokenKind::Word || if exact { *form == token.case } else { *form == Case::Lower || token.case != Case::Lower }
        })
    }
}

/// A folded token, interned; 0 is any token that no row has.
pub(crate) type Sym = u32;

const MAX_TOKENS: usize = 64;

/// The administrative units with codes and years; the head of the file tells its columns.
pub(crate) const ADMIN_UNITS: &str = include_str!("../data/admin_units.tsv");

/// A row found in a text: the tokens `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) entry: u32,
    pub(crate) table: Table,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// All tables, ready to match.
#[derive(Debug)]
pub(crate) struct Lexicon {
    symbols: FxHashMap<Box<str>, Sym>,
    /// The folded form of each symbol; the first is of symbol 1.
    words: Vec<Box<str>>,
    /// Words side by side in names of bodies, posts and documents.
    neighbours: Neighbours,
    /// The node that a symbol leads to from the root; 0 is none.
    roots: Vec<u32>,
    edges: FxHashMap<(u32, Sym), u32>,
    /// The rows that end at a node.
    ends: Vec<Vec<u32>>,
    entries: Vec<Entry>,
    /// Abbreviations of documents' types, to the row.
    document_types: FxHashMap<Box<str>, u32>,
}

impl Lexicon {
    fn empty() -> Self {
        Lexicon {
            symbols: FxHashMap::default(),
            words: Vec::new(),
            neighbours: Neighbours::default(),
            roots: Vec::new(),
            edges: FxHashMap::default(),
            ends: vec![Vec::new()],
            entries: Vec::new(),
            document_types: FxHashMap::default(),
        }
    }

    /// The bundled tables. A defect in one of them is found by the test `every_bundled_table_loads`.
    pub(crate) fn bundled() -> Self {
        let mut lexicon = Lexicon::empty();
        let mut folder = Folder::default();
        for word in crate::words::ALL {
            lexicon.intern(folder.fold(word));
        }
        for table in Table::ALL {
            let layout = table.layout();
            // A bad bundled row is left out; the test says which.
            for (n, line) in layout.text.lines().enumerate() {
                let _ = lexicon.add_line(table, &layout, layout.name, n + 1, line, &mut folder);
            }
        }
        lexicon.add_admin_units(&mut folder);
        lexicon
    }

    /// Adds the rows of `text`; where a form is there already, the new row wins.
    pub(crate) fn add(&mut self, table: Table, name: &str, text: &str) -> Result<(), Error> {
        let layout = table.layout();
        let mut folder = Folder::default();
        for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            self.add_line(table, &layout, name, n + 1, line, &mut folder)?;
        }
        Ok(())
    }

    fn add_line(&mut self, table: Table, layout: &Layout, file: &str, number: usize, line: &str, folder: &mut Folder) -> Result<(), Error> {
        let line = line.trim_end_matches('\r');
        if line.is_empty() || line.starts_with("# ") || line == "#" {
            return Ok(());
        }
        let fail = |reason| Error::new(file, number, reason);
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != layout.columns.len() {
            return Err(fail(Reason::Columns { found: cells.len(), table: layout.name, columns: layout.columns }));
        }
        let form = cells.first().copied().unwrap_or_default();
        let mut row = [""; 2];
        let mut flags = Flags::default();
        for ((column, cell), nth) in layout.columns.iter().zip(&cells).zip(0usize..).skip(1) {
            let cell = if *cell == "-" { "" } else { cell };
            if *column == "flags" {
                for name in cell.split(',').filter(|name| !name.is_empty()) {
                    let flag = Flags::named(name).ok_or_else(|| fail(Reason::Flag(name.to_owned())))?;
                    flags.0 |= flag.0;
                }
                continue;
            }
            match layout.cells.get(nth - 1) {
                Some(Cell::OneOf(allowed)) if !allowed.contains(&cell) => {
                    return Err(fail(Reason::Value { column, found: cell.to_owned(), allowed }));
                }
                Some(Cell::Number) if !cell.is_empty() && cell.parse::<f64>().is_err() => {
                    return Err(fail(Reason::Number { column, found: cell.to_owned() }));
                }
                _ => {}
            }
            if let Some(slot) = row.get_mut(nth - 1) {
                *slot = cell;
            }
        }
        let tokens: Vec<Token> = tokenize(form).into_iter().filter(|t| t.kind != TokenKind::End).collect();
        if tokens.is_empty() {
            return Err(fail(Reason::EmptyForm));
        }
        if tokens.len() > MAX_TOKENS {
            return Err(fail(Reason::LongForm(MAX_TOKENS)));
        }
        self.insert(table, layout.proper, form, &tokens, row, flags, folder);
        Ok(())
    }

    /// The names of communes and districts that `places.tsv` has not: they count only behind a level word.
    fn add_admin_units(&mut self, folder: &mut Folder) {
        let mut known: FxHashSet<Box<str>> = self.entries.iter().filter(|e| e.table == Table::Places).map(|e| e.form.clone()).collect();
        for line in ADMIN_UNITS.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t').skip(1);
            let (Some(name), Some(kind)) = (cells.next(), cells.next()) else { continue };
            let level = match kind {
                "tỉnh" | "thành phố trung ương" => "province",
                "thành phố" | "quận" | "huyện" | "thị xã" => "district",
                _ => "commune",
            };
            // One syllable or a number says nothing that the level word before it does not.
            if !name.contains([' ', '-', '’', '\'']) || !known.insert(name.into()) {
                continue;
            }
            let tokens: Vec<Token> = tokenize(name).into_iter().filter(|t| t.kind != TokenKind::End).collect();
            self.insert(Table::Places, true, name, &tokens, [level, ""], Flags::HEAD, folder);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn insert(&mut self, table: Table, proper: bool, form: &str, tokens: &[Token], row: [&str; 2], flags: Flags, folder: &mut Folder) {
        let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let row_syms: Vec<Sym> = tokens.iter().map(|token| self.intern(folder.fold(token.text(form)))).collect();
        let node = row_syms.iter().fold(0, |node, &sym| self.step_or_grow(node, sym));
        let written_out = matches!(table, Table::Bodies | Table::KnownBodies | Table::Posts | Table::Documents) && !flags.has(Flags::UPPER);
        if written_out {
            self.neighbours.add(&row_syms);
        }
        if let Some(ends) = self.ends.get_mut(node as usize) {
            ends.push(entry);
        }
        if table == Table::Documents {
            for abbreviation in row[1].split(',').filter(|a| !a.is_empty()) {
                self.document_types.insert(abbreviation.into(), entry);
            }
        }
        self.entries.push(Entry {
            table,
            form: form.into(),
            cells: row.map(Into::into),
            flags,
            cases: tokens.iter().map(|t| t.case).collect(),
            proper,
        });
    }

    fn intern(&mut self, folded: &str) -> Sym {
        if let Some(&sym) = self.symbols.get(folded) {
            return sym;
        }
        let sym = Sym::try_from(self.symbols.len() + 1).unwrap_or(0);
        self.symbols.insert(folded.into(), sym);
        self.words.push(folded.into());
        sym
    }

    fn step_or_grow(&mut self, node: u32, sym: Sym) -> u32 {
        let next = self.step(node, sym);
        if next != 0 {
            return next;
        }
        let made = u32::try_from(self.ends.len()).unwrap_or(0);
        self.ends.push(Vec::new());
        if node == 0 {
            let at = sym as usize;
            if self.roots.len() <= at {
                self.roots.resize(at + 1, 0);
            }
            if let Some(slot) = self.roots.get_mut(at) {
                *slot = made;
            }
        } else {
            self.edges.insert((node, sym), made);
        }
        made
    }

    fn step(&self, node: u32, sym: Sym) -> u32 {
        if node == 0 { self.roots.get(sym as usize).copied().unwrap_or(0) } else { self.edges.get(&(node, sym)).copied().unwrap_or(0) }
    }

    /// The symbol of a folded form; 0 where no row has it.
    pub(crate) fn symbol(&self, folded: &str) -> Sym {
        self.symbols.get(folded).copied().unwrap_or(0)
    }

    /// The symbol of a word as written.
    pub(crate) fn symbol_of(&self, word: &str, folder: &mut Folder) -> Sym {
        match self.symbol(folder.small(word)) {
            0 => self.symbol(folder.placed()),
            sym => sym,
        }
    }

    /// The folded form of a symbol.
    pub(crate) fn word(&self, sym: Sym) -> &str {
        (sym as usize).checked_sub(1).and_then(|n| self.words.get(n)).map_or("", |word| word)
    }

    pub(crate) fn neighbours(&self) -> &Neighbours {
        &self.neighbours
    }

    pub(crate) fn entry(&self, hit: Hit) -> &Entry {
        // A hit is only ever made by `find_at` of the same lexicon, with an index that it holds.
        #[allow(clippy::indexing_slicing)]
        &self.entries[hit.entry as usize]
    }

    /// All rows that stand at token `start`, shortest first. Rows do not reach over the end of a line.
    pub(crate) fn find_at(&self, tokens: &[Token], symbols: &[Sym], start: usize, hits: &mut Vec<Hit>) {
        let mut node = 0;
        for (offset, (token, &sym)) in tokens.iter().zip(symbols).skip(start).enumerate() {
            if sym == 0 || (offset > 0 && token.line == Break::Line) {
                return;
            }
            node = self.step(node, sym);
            if node == 0 {
                return;
            }
            let end = start + offset + 1;
            let covered = tokens.get(start..end).unwrap_or_default();
            for &entry in self.ends.get(node as usize).into_iter().flatten() {
                if let Some(row) = self.entries.get(entry as usize)
                    && row.accepts_case(covered)
                {
                    hits.push(Hit { entry, table: row.table, start, end });
                }
            }
        }
    }

    /// The type of document that an abbreviation in a symbol stands for.
    pub(crate) fn document_type(&self, abbreviation: &str) -> Option<&str> {
        self.document_types.get(abbreviation).map(|&entry| self.entries.get(entry as usize).map_or("", |e| &e.cells[0]))
    }

    /// The rows of one table.
    #[cfg(test)]
    pub(crate) fn rows(&self, table: Table) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.table == table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::fold;
    use unicode_normalization::is_nfc;

    #[test]
    fn every_bundled_table_loads() {
        for table in Table::ALL {
            let layout = table.layout();
            let mut lexicon = Lexicon::empty();
            lexicon.add(table, layout.name, layout.text).unwrap();
            assert!(lexicon.rows(table).count() > 0, "{} is empty", layout.name);
        }
    }

    #[test]
    fn every_abbreviation_tells_one_type_of_document() {
        let lexicon = Lexicon::bundled();
        for row in lexicon.rows(Table::Documents) {
            for abbreviation in row.cells[1].split(',').filter(|a| !a.is_empty()) {
                assert_eq!(lexicon.document_type(abbreviation), Some(&*row.cells[0]), "{abbreviation}");
            }
        }
    }

    #[test]
    fn every_bundled_table_is_headed_sorted_unique_and_normalized() {
        for table in Table::ALL {
            let Layout { name, text, .. } = table.layout();
            for head in ["# source:", "# licence:", "# date:", "# columns:"] {
                assert!(text.lines().any(|l| l.starts_with(head)), "{name} has no line {head}");
            }
            assert!(is_nfc(text), "{name} is not in NFC");
            let rows: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).collect();
            let mut seen = std::collections::HashSet::new();
            for pair in rows.windows(2) {
                let (a, b) = (pair[0].split('\t').next().unwrap(), pair[1].split('\t').next().unwrap());
                assert!(a <= b, "{name}: {a:?} stands before {b:?}");
            }
            for row in rows {
                let mut cells = row.split('\t');
                let form = cells.next().unwrap();
                // What may stand twice says so by another context.
                let context = match table {
                    Table::Acronyms => row.to_owned(),
                    Table::Posts => cells.nth(2).unwrap_or_default().to_owned(),
                    Table::Places => cells.next().unwrap_or_default().to_owned(),
                    _ => String::new(),
                };
                // Forms that fold to the same tokens are one, but for acronyms that match as written.
                let tokens: Vec<String> = tokenize(form)
                    .iter()
                    .map(|t| if row.contains("upper") { t.text(form).to_owned() } else { fold(t.text(form)) })
                    .collect();
                let key = tokens.join(" ");
                assert!(seen.insert((key, context)), "{name}: {form:?} stands twice");
            }
        }
    }
}
