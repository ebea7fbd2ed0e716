//! Reads tables of rows and makes the arrays of a [`Store`] of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::store::{Array, PairSet, Store, Strings};
use super::{Cell, FEW, Flags, Layout, Lexicon, MAX_TOKENS, Row, Sym, Table, case_letter, odd_row, plain_form};
use crate::error::{Error, Reason};
use crate::key::key;
use crate::letter::Packed;
use crate::normalize::{TonePlacement, tone_placed};
use crate::token::{Case, Folder, Token, TokenKind, tokenize};
use crate::typo;

struct DraftRow {
    table: Table,
    form: String,
    symbols: Vec<Sym>,
    cells: [String; 2],
    flags: Flags,
    /// How each token of the form is cased.
    cases: String,
}

impl DraftRow {
    /// As a line of its table's file.
    fn written(&self) -> String {
        let mut line = self.form.clone();
        let mut cells = self.cells.iter();
        for column in self.table.columns().iter().skip(1) {
            let cell = match *column {
                "flags" => self.flags.to_string(),
                _ => cells.next().cloned().unwrap_or_default(),
            };
            line.push('\t');
            line.push_str(if cell.is_empty() { "-" } else { &cell });
        }
        line
    }
}

/// A vocabulary that grows.
#[derive(Default)]
pub(crate) struct Draft {
    symbols: FxHashMap<String, Sym>,
    words: Vec<String>,
    rows: Vec<DraftRow>,
    namesakes: Vec<String>,
}

impl Draft {
    /// The bundled tables; `read` gives the text of a file of `data/` by its name. A test says of each row that it can be used; here a bad one is an error.
    #[cfg_attr(not(test), allow(dead_code))] // of the build script
    pub(crate) fn bundled(read: impl Fn(&str) -> String) -> Result<Draft, Error> {
        let mut draft = Draft::default();
        let mut folder = Folder::default();
        for word in crate::words::ALL {
            draft.intern(folder.fold(word));
        }
        for table in Table::ALL {
            let name = table.layout().name;
            draft.add(table, name, &read(name))?;
        }
        let units = read("admin_units");
        draft.add_admin_units(&units);
        draft.namesakes = namesakes(&units);
        Ok(draft)
    }

    /// What a lexicon was made of.
    pub(crate) fn of(lexicon: &Lexicon) -> Draft {
        let store = &lexicon.store;
        let mut draft = Draft { namesakes: store.namesakes.iter().map(str::to_owned).collect(), ..Draft::default() };
        for word in store.words.iter() {
            draft.intern(word);
        }
        let mut open: Vec<(u32, Vec<Sym>)> = vec![(0, Vec::new())];
        while let Some((node, path)) = open.pop() {
            for &row in lexicon.rows_at(node) {
                let row = Row(row);
                let shape = row.shape();
                let cell = |nth| store.cells.get(lexicon.shape(shape, nth)).to_owned();
                draft.rows.push(DraftRow {
                    table: row.table(),
                    form: lexicon.form_of(node, shape, &path),
                    symbols: path.clone(),
                    cells: [cell(1), cell(2)],
                    flags: lexicon.flags_of(shape),
                    cases: lexicon.cases(shape).to_owned(),
                });
            }
            let children =
                store.children.get(node as usize).copied().unwrap_or(0)..store.children.get(node as usize + 1).copied().unwrap_or(0);
            for child in children {
                let mut path = path.clone();
                path.extend(store.labels.get(child as usize));
                open.push((child, path));
            }
        }
        draft
    }

    /// Adds the rows of `text`; where a form is there already, the new row wins.
    pub(crate) fn add(&mut self, table: Table, name: &str, text: &str) -> Result<(), Error> {
        self.lines(table, name, text).collect()
    }

    /// Adds the rows of `text` one by one, and says of each line whether it can be used.
    pub(crate) fn lines(&mut self, table: Table, name: &str, text: &str) -> impl Iterator<Item = Result<(), Error>> {
        let layout = table.layout();
        let mut folder = Folder::default();
        text.trim_start_matches('\u{feff}')
            .lines()
            .enumerate()
            .map(move |(n, line)| self.add_line(table, &layout, line, &mut folder).map_err(|reason| Error::new(name, n + 1, reason)))
    }

    /// The rows of a table as lines of its file, in the order of code points.
    pub(crate) fn written(&self, table: Table) -> Vec<String> {
        let mut lines: Vec<String> = self.rows.iter().filter(|row| row.table == table).map(DraftRow::written).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn add_line(&mut self, table: Table, layout: &Layout, line: &str, folder: &mut Folder) -> Result<(), Reason> {
        let line = line.trim_end_matches('\r');
        if line.is_empty() || line.starts_with("# ") || line == "#" {
            return Ok(());
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != layout.columns.len() {
            return Err(Reason::Columns { found: cells.len(), table: layout.name, columns: layout.columns });
        }
        let form = cells.first().copied().unwrap_or_default();
        let mut row = [""; 2];
        let mut flags = Flags::default();
        for ((column, cell), nth) in layout.columns.iter().zip(&cells).zip(0usize..).skip(1) {
            let cell = if *cell == "-" { "" } else { cell };
            if *column == "flags" {
                for name in cell.split(',').filter(|name| !name.is_empty()) {
                    let flag = Flags::named(name).ok_or_else(|| Reason::Flag(name.to_owned()))?;
                    flags.0 |= flag.0;
                }
                continue;
            }
            match layout.cells.get(nth - 1) {
                Some(Cell::OneOf(allowed)) if !allowed.contains(&cell) => {
                    return Err(Reason::Value { column, found: cell.to_owned(), allowed });
                }
                Some(Cell::Number) if !cell.is_empty() && cell.parse::<f64>().is_err() => {
                    return Err(Reason::Number { column, found: cell.to_owned() });
                }
                _ => {}
            }
            if let Some(slot) = row.get_mut(nth - 1) {
                *slot = cell;
            }
        }
        let tokens = words_of(form);
        if tokens.is_empty() {
            return Err(Reason::EmptyForm);
        }
        if tokens.len() > MAX_TOKENS {
            return Err(Reason::LongForm(MAX_TOKENS));
        }
        if self.rows.len() >= Row::MOST_SHAPES {
            return Err(Reason::ManyRows(Row::MOST_SHAPES));
        }
        self.insert(table, form, &tokens, row, flags, folder);
        Ok(())
    }

    /// The names of communes and districts that `places.tsv` has not: they count only behind a level word.
    fn add_admin_units(&mut self, units: &str) {
        let mut folder = Folder::default();
        let mut known: FxHashSet<String> = self.rows.iter().filter(|row| row.table == Table::Places).map(|row| row.form.clone()).collect();
        for line in units.lines().filter(|line| !line.starts_with('#')) {
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
            self.insert(Table::Places, name, &words_of(name), [level, ""], Flags::HEAD, &mut folder);
        }
    }

    fn insert(&mut self, table: Table, form: &str, tokens: &[Token], cells: [&str; 2], flags: Flags, folder: &mut Folder) {
        let symbols = tokens.iter().map(|token| self.intern(folder.fold(token.text(form)))).collect();
        let cases = tokens.iter().map(|token| char::from(case_letter(token.case))).collect();
        self.rows.push(DraftRow { table, form: form.to_owned(), symbols, cells: cells.map(str::to_owned), flags, cases });
    }

    fn intern(&mut self, folded: &str) -> Sym {
        if let Some(&sym) = self.symbols.get(folded) {
            return sym;
        }
        self.words.push(folded.to_owned());
        let sym = number(self.words.len());
        self.symbols.insert(folded.to_owned(), sym);
        sym
    }

    /// The arrays.
    pub(crate) fn finish(mut self) -> Store {
        let mut store = Store { words: Strings::of(&self.words), namesakes: Strings::of(&self.namesakes), ..Store::default() };
        self.spellings(&mut store);
        let types: BTreeMap<&str, &str> = self
            .rows
            .iter()
            .filter(|row| row.table == Table::Documents)
            .flat_map(|row| row.cells[1].split(',').filter(|a| !a.is_empty()).map(|abbreviation| (abbreviation, &*row.cells[0])))
            .collect();
        store.abbreviations = Strings::of(types.keys());
        store.abbreviated = Strings::of(types.values());
        let written_out = |row: &&DraftRow| {
            matches!(row.table, Table::Bodies | Table::KnownBodies | Table::Posts | Table::Documents) && !row.flags.has(Flags::UPPER)
        };
        typo::learn(self.rows.iter().filter(written_out).map(|row| &*row.symbols), self.words.len(), &mut store);
        // Stable: of the rows of one form the one added last stands last.
        self.rows.sort_by(|a, b| a.symbols.cmp(&b.symbols));
        let mut pairs: Vec<_> = self.rows.iter().filter_map(|row| Some((*row.symbols.first()?, *row.symbols.get(1)?))).collect();
        pairs.dedup();
        store.beginnings = PairSet::of(&pairs);
        self.trie(&mut store);
        store
    }

    /// The table from packed spellings to symbols: the words themselves, and their other tone placement where that is no word of its own.
    fn spellings(&self, store: &mut Store) {
        let mut spellings: Vec<u64> = self.words.iter().map(|word| Packed::word(word).map_or(0, |packed| packed.0)).collect();
        let mut long: Vec<Sym> = (1..).zip(&spellings).filter(|(_, packed)| **packed == 0).map(|(sym, _)| sym).collect();
        let mut others = Vec::new();
        for (word, sym) in self.words.iter().zip(1..) {
            let other = tone_placed(word, TonePlacement::New);
            if !self.symbols.contains_key(&other)
                && tone_placed(&other, TonePlacement::Old) == *word
                && let Some(packed) = Packed::word(&other)
            {
                spellings.push(packed.0);
                others.push(sym);
            }
        }
        long.sort_by_key(|&sym| self.words.get(sym as usize - 1));
        let size = (spellings.len() * 4 / 3).next_power_of_two().max(2);
        let mut slots = vec![0; size];
        for (nth, &packed) in spellings.iter().enumerate().filter(|(_, packed)| **packed != 0) {
            let mut at = Packed(packed).slot(size.ilog2());
            while slots.get(at).is_some_and(|&slot| slot != 0) {
                at = (at + 1) % size;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = number(nth + 1);
            }
        }
        store.spellings = Cow::Owned(spellings);
        store.other_symbols = Cow::Owned(others);
        store.spelling_slots = Cow::Owned(slots);
        store.long_words = Cow::Owned(long);
    }

    /// The trie of the sorted rows, level by level, so that the children of a node stand side by side.
    fn trie(&self, store: &mut Store) {
        let mut shapes = Interned::default();
        let (mut cells, mut cases) = (Interned::default(), Interned::default());
        let mut shape = |row: &DraftRow| {
            let [first, second] = &row.cells;
            let shape = [row.flags.0, cells.number(first), cells.number(second), cases.number(&row.cases)];
            shapes.number(&shape)
        };
        let mut roots = vec![0; self.words.len() + 1];
        let (mut children, mut labels) = (Vec::new(), vec![0]);
        let (mut ends, mut ends_before) = (Vec::<u64>::new(), Vec::new());
        let (mut rows, mut lists) = (Vec::new(), Vec::new());
        let mut odd: Vec<(u64, &str)> = Vec::new();
        // The rows below each node of a level.
        let all = 0..self.rows.len();
        let mut level: Vec<Range<usize>> = vec![all];
        let (mut depth, mut node, mut next) = (0, 0u32, 1u32);
        while !level.is_empty() {
            let mut below = Vec::new();
            for range in level {
                if node % 64 == 0 {
                    ends.push(0);
                    ends_before.push(number(rows.len()));
                }
                let inside = self.rows.get(range.clone()).unwrap_or_default();
                let own = inside.iter().take_while(|row| row.symbols.len() == depth).count();
                let packed: Vec<u32> = inside
                    .iter()
                    .take(own)
                    .map(|row| {
                        let shape = shape(row);
                        if plain_form(row.symbols.iter().map(|&sym| self.word(sym)), &row.cases) != row.form {
                            odd.push((odd_row(node, shape as usize), &row.form));
                        }
                        let small = char::from(case_letter(Case::Lower));
                        let case = match (row.flags.has(Flags::UPPER), row.table.layout().proper) {
                            (false, false) => 0,
                            (false, true) if !row.cases.contains(small) => Row::CAPITALS,
                            _ => Row::CASED,
                        };
                        Row::new(shape, row.table, case).0
                    })
                    .collect();
                if let (Some(&first), Some(block)) = (packed.first(), ends.last_mut()) {
                    *block |= 1 << (node % 64);
                    rows.push(if packed.len() == 1 { first } else { Row::LIST | number(lists.len()) });
                    if packed.len() > 1 {
                        lists.push(number(packed.len()));
                        lists.extend(packed);
                    }
                }
                children.push(next);
                let mut at = range.start + own;
                for child in inside.get(own..).unwrap_or_default().chunk_by(|a, b| a.symbols.get(depth) == b.symbols.get(depth)) {
                    let label = child.first().and_then(|row| row.symbols.get(depth)).copied().unwrap_or(0);
                    if depth == 0
                        && let Some(root) = roots.get_mut(label as usize)
                    {
                        *root = next;
                    }
                    labels.push(label);
                    below.push(at..at + child.len());
                    at += child.len();
                    next += 1;
                }
                node += 1;
            }
            level = below;
            depth += 1;
        }
        children.push(next);
        odd.sort_unstable();
        odd.dedup_by_key(|(row, _)| *row);
        let branches = (1u32..).zip(children.windows(2).skip(1)).filter(|(_, range)| matches!(range, [from, to] if to - from > FEW));
        let edges = branches.flat_map(|(node, range)| {
            let (from, to) = (range.first().copied().unwrap_or(0), range.last().copied().unwrap_or(0));
            labels.get(from as usize..to as usize).unwrap_or_default().iter().map(move |&label| (node, label))
        });
        store.branches = PairSet::of(&edges.collect::<Vec<_>>());
        store.roots = Cow::Owned(roots);
        store.children = Cow::Owned(children);
        store.labels = Cow::Owned(labels);
        store.ends = Cow::Owned(ends);
        store.ends_before = Cow::Owned(ends_before);
        store.rows = Cow::Owned(rows);
        store.row_lists = Cow::Owned(lists);
        store.shapes = Array::Owned(shapes.list.concat());
        store.cells = Strings::of(&cells.list);
        store.cases = Strings::of(&cases.list);
        store.odd_rows = odd.iter().map(|&(row, _)| row).collect();
        store.odd_forms = Strings::of(odd.iter().map(|&(_, form)| form));
    }

    fn word(&self, sym: Sym) -> &str {
        self.words.get(sym as usize - 1).map_or("", String::as_str)
    }
}

fn words_of(form: &str) -> Vec<Token> {
    tokenize(form).into_iter().filter(|token| token.kind != TokenKind::End).collect()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Things that are stored once, numbered in the order in which they came.
struct Interned<T> {
    list: Vec<T>,
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Interned { list: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Interned<T> {
    fn number(&mut self, thing: &T) -> u32 {
        if let Some(&nth) = self.numbers.get(thing) {
            return nth;
        }
        let nth = number(self.list.len());
        self.list.push(thing.clone());
        self.numbers.insert(thing.clone(), nth);
        nth
    }
}

/// The units that share level and name with another of their time, before the reform of 2025 or since; folded by [`key`], sorted.
fn namesakes(units: &str) -> Vec<String> {
    let mut codes: FxHashMap<(String, bool), &str> = FxHashMap::default();
    let mut namesakes = std::collections::BTreeSet::new();
    for line in units.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, name, level, _, _, to] = cells.as_slice() else { continue };
        let unit = format!("{level} {}", key(name));
        // The same code is the same unit in other years.
        let known = *codes.entry((unit.clone(), *to == "-")).or_insert(code);
        if known != *code {
            namesakes.insert(unit);
        }
    }
    namesakes.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::token::fold;
    use unicode_normalization::is_nfc;

    fn text_of(name: &str) -> String {
        std::fs::read_to_string(format!("{}/data/{name}.tsv", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn every_bundled_table_loads() {
        for table in Table::ALL {
            let mut draft = Draft::default();
            draft.add(table, table.name(), &text_of(table.name())).unwrap();
            assert!(!draft.rows.is_empty(), "{} is empty", table.name());
        }
    }

    #[test]
    fn every_abbreviation_tells_one_type_of_document() {
        let lexicon = bundled::lexicon();
        let rows = Draft::of(&lexicon).rows;
        for row in rows.iter().filter(|row| row.table == Table::Documents) {
            for abbreviation in row.cells[1].split(',').filter(|a| !a.is_empty()) {
                assert_eq!(lexicon.document_type(abbreviation), Some(&*row.cells[0]), "{abbreviation}");
            }
        }
    }

    #[test]
    fn every_bundled_table_is_headed_sorted_unique_and_normalized() {
        for table in Table::ALL {
            let name = table.name();
            let text = text_of(name);
            for head in ["# source:", "# licence:", "# date:", "# columns:"] {
                assert!(text.lines().any(|l| l.starts_with(head)), "{name} has no line {head}");
            }
            assert!(is_nfc(&text), "{name} is not in NFC");
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

    #[test]
    fn a_lexicon_gives_back_what_it_was_made_of() {
        let rows = |draft: &Draft| {
            let mut rows: Vec<_> =
                draft.rows.iter().map(|r| (r.table.name(), r.form.clone(), r.cells.clone(), r.flags.0, r.cases.clone())).collect();
            rows.sort();
            rows.dedup();
            rows
        };
        let written = Draft::bundled(text_of).unwrap();
        let read = Draft::of(&bundled::lexicon());
        assert!(written.rows.len() > 40_000);
        assert!(rows(&written) == rows(&read), "the bundled lexicon is not what data/ has");
        assert_eq!(written.words, read.words);
    }

    #[test]
    fn rows_are_given_as_their_files_have_them() {
        // Flags in one order, rows once.
        let one = |line: &str| {
            let (rest, last) = line.rsplit_once('\t').unwrap();
            let mut flags: Vec<&str> = last.split(',').collect();
            if flags.iter().all(|flag| Flags::named(flag).is_some()) {
                flags.sort_unstable();
            }
            format!("{rest}\t{}", flags.join(","))
        };
        let draft = Draft::of(&bundled::lexicon());
        for table in Table::ALL {
            let text = text_of(table.name());
            let file: std::collections::BTreeSet<String> = text.lines().filter(|line| !line.starts_with("# ")).map(one).collect();
            let mut given = draft.written(table);
            if table == Table::Places {
                // The names of the administrative units are places, too.
                given.retain(|row| file.contains(row) || !row.ends_with("\thead"));
            }
            assert!(given.iter().eq(&file), "{}: {:?}", table.name(), given.iter().find(|row| !file.contains(*row)));
        }
    }

    #[test]
    fn words_are_found_by_their_letters() {
        let lexicon = bundled::lexicon();
        for (n, word) in lexicon.store.words.iter().enumerate() {
            assert_eq!(lexicon.symbol(word), n as Sym + 1, "{word}");
        }
        for (written, word) in [("hoà", "hòa"), ("thuý", "thúy"), ("uỷ", "ủy")] {
            let sym = Packed::word(written).map(|packed| lexicon.symbol_of_packed(packed)).unwrap();
            assert_eq!(lexicon.word(sym), word, "the other tone placement is a spelling of its own");
        }
        assert_eq!(lexicon.symbol("zzz"), 0);
    }
}
