//! The vocabulary: `data/*.tsv` and a user's own tables, matched token by token, longest first.
//!
//! All tables share one trie over folded tokens, so that a text is walked once. A table's rows differ only in what their
//! columns mean; see the head of each file in `data/`.

//!
//! [`draft`] reads the tables and makes arrays of them ([`store`]): the build script does so for the bundled ones, an extractor with rows of a user's own
//! when it is built. Nothing here depends on the rest of the crate, so that the build script can hold it.

pub(crate) mod draft;
pub(crate) mod store;

use std::fmt;

use crate::error::Error;
use crate::letter::Packed;
use crate::token::{Case, Folder};
use store::Store;

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
}

impl Table {
    /// The table's place in a set of tables.
    pub(crate) fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Its name, which is that of its file in `data/`: `posts` of `data/posts.tsv`.
    ///
    /// ```
    /// use bantin::Table;
    /// assert_eq!(Table::FamilyNames.name(), "family_names");
    /// assert_eq!(Table::ALL.into_iter().find(|table| table.name() == "posts"), Some(Table::Posts));
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        self.layout().name
    }

    /// The names of its columns.
    ///
    /// ```
    /// assert_eq!(bantin::Table::Posts.columns(), ["form", "role", "kind", "flags"]);
    /// ```
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        self.layout().columns
    }

    /// Every line of a lexicon that [`crate::ExtractorBuilder::lexicon`] would refuse (the builder names the first alone); `name` stands in the errors.
    ///
    /// ```
    /// use bantin::Table;
    /// let errors = Table::Posts.check("my-posts.tsv", "Tổng quản\nTrưởng thôn\tTrưởng thôn\tpost\t-\nCai\tCai\tjob\t-");
    /// assert_eq!(errors.iter().map(bantin::Error::line).collect::<Vec<_>>(), [1, 3]);
    /// ```
    #[must_use]
    pub fn check(self, name: &str, text: &str) -> Vec<Error> {
        draft::Draft::default().lines(self, name, text).filter_map(Result::err).collect()
    }

    /// All tables.
    pub const ALL: [Table; 17] = [
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

    fn layout(self) -> Layout {
        macro_rules! layout {
            ($name:literal, [$($column:literal),*], $first:expr, $second:expr, $proper:literal) => {
                Layout { name: $name, columns: &[$($column),*], cells: [$first, $second], proper: $proper }
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
pub(crate) struct Flags(u32);

macro_rules! flags {
    ($($constant:ident = $name:literal,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($constant),* }
        impl Flags {
            $(pub(crate) const $constant: Flags = Flags(1 << Bit::$constant as u32);)*
            fn named(name: &str) -> Option<Flags> {
                match name { $($name => Some(Flags::$constant),)* _ => None }
            }
            const NAMES: &[(&str, Flags)] = &[$(($name, Flags::$constant)),*];
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

/// The names, parted by commas in the order of the alphabet, as tables have them.
impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&str> = Self::NAMES.iter().filter(|(_, flag)| self.has(*flag)).map(|(name, _)| *name).collect();
        names.sort_unstable();
        f.write_str(&names.join(","))
    }
}

impl Flags {
    pub(crate) fn has(self, flag: Flags) -> bool {
        self.0 & flag.0 != 0
    }
}

/// What a row says, beside its form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'l> {
    /// The second and third column, where they are no flags; empty for `-`.
    pub(crate) cells: [&'l str; 2],
    pub(crate) flags: Flags,
}

/// A folded token, interned; 0 is any token that no row has.
pub(crate) type Sym = u32;

/// A node with more children is asked through a [`store::PairSet`].
const FEW: u32 = 4;

/// The longest form of a row, in tokens.
pub(crate) const MAX_TOKENS: usize = 64;

/// What a row of the trie is in 32 bits: what it says (its shape), its table, whether its case matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row(pub(crate) u32);

impl Row {
    const SHAPE_BITS: u32 = 20;
    const TABLE_BITS: u32 = 5;
    const CASED: u32 = 1 << 25;
    /// Every token must have a capital; nothing else matters. Most proper names are such.
    const CAPITALS: u32 = 1 << 26;
    /// In `rows` a list of rows instead of one.
    const LIST: u32 = 1 << 31;
    /// How many shapes there can be.
    pub(crate) const MOST_SHAPES: usize = 1 << Self::SHAPE_BITS;

    fn new(shape: u32, table: Table, case: u32) -> Row {
        Row(shape | (table as u32) << Self::SHAPE_BITS | case)
    }

    fn shape(self) -> usize {
        (self.0 & ((1 << Self::SHAPE_BITS) - 1)) as usize
    }

    fn table(self) -> Table {
        let nth = self.0 >> Self::SHAPE_BITS & ((1 << Self::TABLE_BITS) - 1);
        Table::ALL.get(nth as usize).copied().unwrap_or(Table::Units)
    }
}

/// How many numbers a shape has in the store.
const SHAPE: usize = 4;

/// A row found in a text, without where it begins: a [`Row`] with the number of tokens (less one) in place of what its case is. Four bytes, for there are
/// nearly as many of them as tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match(u32);

impl Match {
    const LENGTH_AT: u32 = Row::SHAPE_BITS + Row::TABLE_BITS;

    pub(crate) fn new(row: Row, tokens: usize) -> Match {
        let length = u32::try_from(tokens.saturating_sub(1)).unwrap_or(0);
        Match(row.0 & ((1 << Self::LENGTH_AT) - 1) | length << Self::LENGTH_AT)
    }

    pub(crate) fn table(self) -> Table {
        Row(self.0).table()
    }

    /// See [`Table::bit`].
    pub(crate) fn table_bit(self) -> u32 {
        1 << (self.0 >> Row::SHAPE_BITS & ((1 << Row::TABLE_BITS) - 1))
    }

    /// The hit at token `start`.
    pub(crate) fn at(self, start: usize) -> Hit {
        let end = start + 1 + (self.0 >> Self::LENGTH_AT) as usize;
        Hit { shape: Row(self.0).shape(), table: self.table(), start, end }
    }
}

/// A row found in a text: the tokens `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    shape: usize,
    pub(crate) table: Table,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// All tables, ready to match.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) store: Store,
    /// The slots of spellings are two to the power of this.
    slot_bits: u32,
}

impl Lexicon {
    pub(crate) fn new(store: Store) -> Lexicon {
        let slot_bits = store.spelling_slots.len().max(2).ilog2();
        Lexicon { store, slot_bits }
    }

    /// The symbol of a packed word; 0 where no spelling is so.
    pub(crate) fn symbol_of_packed(&self, word: Packed) -> Sym {
        let slots = &*self.store.spelling_slots;
        let mut at = word.slot(self.slot_bits);
        loop {
            match slots.get(at).copied().unwrap_or(0) {
                0 => return 0,
                nth => {
                    if self.store.spellings.get(nth as usize - 1) == Some(&word.0) {
                        // The words stand first, in the order of their symbols.
                        let words = self.store.words.len();
                        return (nth as usize)
                            .checked_sub(words + 1)
                            .map_or(nth, |n| self.store.other_symbols.get(n).copied().unwrap_or(0));
                    }
                }
            }
            at = if at + 1 == slots.len() { 0 } else { at + 1 };
        }
    }

    /// The symbol of a folded form; 0 where no row has it.
    pub(crate) fn symbol(&self, folded: &str) -> Sym {
        if let Some(packed) = Packed::word(folded) {
            return self.symbol_of_packed(packed);
        }
        let long = &*self.store.long_words;
        let nth = long.binary_search_by(|&sym| self.word(sym).cmp(folded));
        nth.ok().and_then(|nth| long.get(nth)).copied().unwrap_or(0)
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
        (sym as usize).checked_sub(1).map_or("", |n| self.store.words.get(n))
    }

    /// The packed form of a symbol; nothing where it can't be packed.
    pub(crate) fn packed(&self, sym: Sym) -> Packed {
        (sym as usize).checked_sub(1).and_then(|n| self.store.spellings.get(n)).map_or(Packed::default(), |&packed| Packed(packed))
    }

    /// The node that `sym` leads to from the root; 0 is none.
    pub(crate) fn root(&self, sym: Sym) -> u32 {
        self.store.roots.get(sym as usize).copied().unwrap_or(0)
    }

    /// The node that `sym` leads to from `node`; 0 is none.
    pub(crate) fn child(&self, node: u32, sym: Sym) -> u32 {
        let children = &*self.store.children;
        let (Some(&from), Some(&to)) = (children.get(node as usize), children.get(node as usize + 1)) else { return 0 };
        let labels = self.store.labels.get(from as usize..to as usize).unwrap_or_default();
        let nth = if to - from <= FEW {
            labels.iter().position(|&label| label == sym)
        } else if self.store.branches.may_hold(node, sym) {
            labels.binary_search(&sym).ok()
        } else {
            None
        };
        nth.map_or(0, |nth| from + u32::try_from(nth).unwrap_or(0))
    }

    /// Whether rows may begin with these two words.
    pub(crate) fn may_begin(&self, first: Sym, second: Sym) -> bool {
        self.store.beginnings.may_hold(first, second)
    }

    /// The rows that end at a node, in the order in which they were added.
    pub(crate) fn rows_at(&self, node: u32) -> &[u32] {
        let (block, bit) = (node as usize / 64, node % 64);
        let ends = self.store.ends.get(block).copied().unwrap_or(0);
        if ends >> bit & 1 == 0 {
            return &[];
        }
        let below = (ends & ((1 << bit) - 1)).count_ones();
        let nth = (self.store.ends_before.get(block).copied().unwrap_or(0) + below) as usize;
        match self.store.rows.get(nth) {
            Some(row) if row & Row::LIST != 0 => {
                let at = (row & !Row::LIST) as usize;
                let length = self.store.row_lists.get(at).copied().unwrap_or(0) as usize;
                self.store.row_lists.get(at + 1..at + 1 + length).unwrap_or_default()
            }
            _ => self.store.rows.get(nth..=nth).unwrap_or_default(),
        }
    }

    /// A number of a shape.
    fn shape(&self, shape: usize, nth: usize) -> usize {
        self.store.shapes.get(shape * SHAPE + nth).copied().unwrap_or(0) as usize
    }

    fn flags_of(&self, shape: usize) -> Flags {
        Flags(self.store.shapes.get(shape * SHAPE).copied().unwrap_or(0))
    }

    /// How the tokens of a shape's form are cased: one letter each, see [`case_letter`].
    fn cases(&self, shape: usize) -> &str {
        self.store.cases.get(self.shape(shape, 3))
    }

    pub(crate) fn flags(&self, hit: Hit) -> Flags {
        self.flags_of(hit.shape)
    }

    pub(crate) fn entry(&self, hit: Hit) -> Entry<'_> {
        let cell = |nth| self.store.cells.get(self.shape(hit.shape, nth));
        Entry { cells: [cell(1), cell(2)], flags: self.flags(hit) }
    }

    /// The form of a row as its table has it; `symbols` are those of the hit.
    pub(crate) fn form(&self, hit: Hit, symbols: &[Sym]) -> String {
        let node = symbols.iter().enumerate().fold(0, |node, (n, &sym)| if n == 0 { self.root(sym) } else { self.child(node, sym) });
        self.form_of(node, hit.shape, symbols)
    }

    fn form_of(&self, node: u32, shape: usize, symbols: &[Sym]) -> String {
        let odd = self.store.odd_rows.binary_search(&odd_row(node, shape));
        match odd {
            Ok(nth) => self.store.odd_forms.get(nth).to_owned(),
            Err(_) => plain_form(symbols.iter().map(|&sym| self.word(sym)), self.cases(shape)),
        }
    }

    /// Whether a row that asks for it has the case of its form. `case`: of each of the tokens in the text, where it is a word.
    pub(crate) fn accepts(&self, row: Row, tokens: usize, case: impl Fn(usize) -> Option<Case>) -> bool {
        if row.0 & (Row::CASED | Row::CAPITALS) == 0 {
            return true;
        }
        if row.0 & Row::CAPITALS != 0 {
            return (0..tokens).all(|n| case(n) != Some(Case::Lower));
        }
        let exact = self.flags_of(row.shape()).has(Flags::UPPER);
        let small = case_letter(Case::Lower);
        self.cases(row.shape()).bytes().enumerate().all(|(n, form)| {
            case(n).is_none_or(|case| if exact { form == case_letter(case) } else { form == small || case != Case::Lower })
        })
    }

    /// Whether the tokens are cased as the form is: small where it is small.
    pub(crate) fn as_cased(&self, hit: Hit, case: impl Fn(usize) -> Option<Case>) -> bool {
        let small = case_letter(Case::Lower);
        self.cases(hit.shape).bytes().enumerate().all(|(n, form)| form != small || case(n).is_none_or(|case| case == Case::Lower))
    }

    /// The type of document that an abbreviation in a symbol stands for.
    pub(crate) fn document_type(&self, abbreviation: &str) -> Option<&str> {
        self.store.abbreviations.search(abbreviation).map(|nth| self.store.abbreviated.get(nth))
    }

    /// Whether several units of one level and time are called so; `unit` is level and name, folded by [`crate::key::key`].
    pub(crate) fn has_namesakes(&self, unit: &str) -> bool {
        self.store.namesakes.search(unit).is_some()
    }
}

fn case_letter(case: Case) -> u8 {
    match case {
        Case::Lower => b'a',
        Case::Title => b'T',
        Case::Upper => b'U',
        Case::Mixed => b'M',
    }
}

fn odd_row(node: u32, shape: usize) -> u64 {
    u64::from(node) << 32 | shape as u64
}

/// The words of a form, cased, with a blank between each.
fn plain_form<'w>(words: impl Iterator<Item = &'w str>, cases: &str) -> String {
    let mut form = String::new();
    for (word, case) in words.zip(cases.bytes()) {
        if !form.is_empty() {
            form.push(' ');
        }
        let mut letters = word.chars();
        match case {
            b'T' => {
                form.extend(letters.by_ref().take(1).flat_map(char::to_uppercase));
                form.push_str(letters.as_str());
            }
            b'U' => form.push_str(&word.to_uppercase()),
            _ => form.push_str(word),
        }
    }
    form
}
