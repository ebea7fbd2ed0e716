//! From references to documents: their symbols taken apart, the articles that are cited, which mentions are of one document, and what does not fit.
//!
//! **Same document.** The same symbol, where days of issue don't tell two apart; a number alone (*Nghị quyết 04*) that begins exactly one symbol of that type; a law of the same name and year.
//! *Nghị quyết này*, *Chỉ thị nói trên* stand for the last document of that type before.
//!
//! **Sources.** Nghị định 30/2020/NĐ-CP (điểm, khoản, điều), and those of [`crate::symbol`].

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::bulletin::{AdministrativeLevel, Document, Mismatch, Provision, Reference, Symbol};
use crate::doc::Doc;
use crate::kind::document::DocumentReading;
use crate::lexicon::{Flags, Table};
use crate::token::{Break, fold};
use crate::words as w;

/// Fills in what a document's reading tells beyond itself.
pub(crate) fn complete(doc: &Doc, readings: &[DocumentReading], documents: &mut [Document]) {
    for (reading, document) in readings.iter().zip(documents.iter_mut()) {
        document.provisions = provisions(doc, &reading.tokens);
        let stated = document.kind.as_deref().filter(|_| reading.type_stated);
        document.symbol = document.number.as_deref().and_then(|number| Symbol::parse(number, stated));
        let issued = document.date.as_deref().and_then(|date| date.get(..4)?.parse().ok());
        document.year = document.symbol.as_ref().and_then(|symbol| symbol.year).or(issued).or(document.year);
        document.contradictions = document.symbol.as_ref().map_or_else(Vec::new, |symbol| contradictions(symbol, stated, document));
    }
    same_documents(documents);
}

fn contradictions(symbol: &Symbol, stated: Option<&str>, document: &Document) -> Vec<Mismatch> {
    symbol.contradictions(stated, document.issuer.as_deref(), document.date.as_deref())
}

/// For each later mention the first one of the same document.
fn same_documents(documents: &mut [Document]) {
    const MOST: usize = 20; // documents of one key; more are looked at no further
    let mut first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // The documents of a type by the number that their symbols begin with.
    let mut by_number: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for n in 0..documents.len() {
        let Some(document) = documents.get(n) else { continue };
        let kind = document.kind.as_deref().map(fold).unwrap_or_default();
        let short = document.number.as_deref().filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
        let key = match (&document.number, &document.title) {
            (Some(number), _) if short.is_none() => Some(fold(number)),
            (Some(number), _) => Some(format!("{kind} {number}")),
            (None, Some(title)) => Some(format!("{kind} {}", fold(title))),
            (None, None) => None,
        };
        let Some(key) = key else { continue };
        let numbered = |number: &str| (kind.clone(), number.trim_start_matches('0').to_owned());
        let fits = |&&known: &&usize| documents.get(known).is_some_and(|known| !are_apart(known, document));
        let mut known = first.get(&key).into_iter().flatten().take(MOST).filter(fits).copied();
        let fuller = || {
            let fuller = by_number.get(&numbered(short?))?;
            <[usize; 1]>::try_from(fuller.as_slice()).ok().map(|[only]| only)
        };
        match (known.next().or_else(fuller), known.next()) {
            (Some(known), None) => {
                if let Some(document) = documents.get_mut(n) {
                    document.same_as = Some(known);
                }
            }
            // "Luật Đất đai" beside those of two years is either.
            (Some(_), Some(_)) => {}
            (None, _) => {
                if let Some(symbol) = &document.symbol {
                    by_number.entry(numbered(&symbol.number)).or_default().push(n);
                }
                first.entry(key).or_default().push(n);
            }
        }
    }
}

/// Whether two documents of one symbol or name are two: a law of another year, a number that begins anew each year or that every commune has.
fn are_apart(one: &Document, other: &Document) -> bool {
    let symbol = one.symbol.as_ref();
    if symbol.is_some_and(|symbol| symbol.year.is_some()) {
        return false;
    }
    let central = symbol.is_none_or(|symbol| symbol.level == Some(AdministrativeLevel::Central));
    let differ = |a: Option<&str>, b: Option<&str>| a.zip(b).is_some_and(|(a, b)| a != b);
    one.year.zip(other.year).is_some_and(|(a, b)| a != b) || !central && differ(one.date.as_deref(), other.date.as_deref())
}

/// *Nghị quyết này*, *Chỉ thị nói trên*: which earlier document they stand for.
pub(crate) fn references(doc: &Doc, readings: &[DocumentReading], documents: &[Document]) -> Vec<Reference> {
    let mut found = Vec::new();
    // The last document of each type so far.
    let mut last: FxHashMap<&str, usize> = FxHashMap::default();
    let mut next = 0;
    // A text under its own title QUYẾT ĐỊNH speaks of itself: "chịu trách nhiệm thi hành Quyết định này".
    let opens_line = |at: &usize| doc.token(*at).is_some_and(|token| *at == 0 || token.line != Break::None);
    let titles = doc.tokens_that(|tok| tok.tables() & Table::Documents.bit() != 0).filter(opens_line);
    let titles = titles.filter_map(|at| doc.find(Table::Documents, at));
    let titles = titles.filter(|hit| (hit.start..hit.end).all(|at| !doc.raw(at).contains(char::is_lowercase)));
    let own: FxHashSet<&str> = titles.map(|hit| doc.entry(hit).cells[0]).collect();
    let pointers = doc.tokens_that(|tok| matches!(tok.sym(), w::này | w::trên));
    for pointer in pointers {
        let Some((at, end)) = points_back(doc, pointer) else { continue };
        while readings.get(next).is_some_and(|reading| reading.tokens.start < at) {
            if let Some(kind) = documents.get(next).and_then(|document| document.kind.as_deref()) {
                last.insert(kind, next);
            }
            next += 1;
        }
        let hit = (at.saturating_sub(4)..at).find_map(|start| doc.find(Table::Documents, start).filter(|hit| hit.end == at));
        let Some(hit) = hit.filter(|&hit| !doc.flags(hit).has(Flags::NAMED) && !inside(readings, hit.start)) else { continue };
        let kind = doc.entry(hit).cells[0];
        if let Some(&meant) = last.get(kind).filter(|_| !own.contains(kind)) {
            let document = documents.get(meant).and_then(|document| document.same_as).unwrap_or(meant);
            let tokens = hit.start..end;
            found.push(Reference::Document { document, span: doc.span(&tokens), text: doc.slice(&tokens).to_owned() });
        }
    }
    found
}

/// Where *này, nói trên, nêu trên, trên* begins and ends, of which token `at` is *này* or *trên*.
fn points_back(doc: &Doc, at: usize) -> Option<(usize, usize)> {
    let end = at + 1;
    if doc.is(at, w::này) {
        return Some((at, end));
    }
    if at > 0 && matches!(doc.small(at - 1), w::nói | w::nêu) {
        return Some((at - 1, end));
    }
    // "Nghị quyết trên cơ sở …" points to nothing.
    let closes = !doc.is_word(end)
        || doc.at_line_start(end)
        || doc.is_any(end, &[w::được, w::là, w::và, w::của, w::có, w::để])
        || doc.small(end) == w::đã;
    closes.then_some((at, end))
}

fn inside(readings: &[DocumentReading], at: usize) -> bool {
    let n = readings.partition_point(|reading| reading.tokens.start <= at).checked_sub(1);
    n.and_then(|n| readings.get(n)).is_some_and(|reading| at < reading.tokens.end)
}

/// The points, clauses and articles that stand at the beginning of the reference at `tokens`, or right before it.
fn provisions(doc: &Doc, tokens: &Range<usize>) -> Vec<Provision> {
    const LONGEST: usize = 40;
    let own = is_part(doc, tokens.start);
    let start = if own {
        tokens.start
    } else {
        // Back over the list: "điểm a khoản 1 Điều 5 của | Nghị định …".
        let end = if tokens.start > 0 && doc.is_any(tokens.start - 1, &[w::của, w::COMMA, w::HYPHEN]) {
            tokens.start - 1
        } else {
            tokens.start
        };
        let listed = |at: usize| is_part(doc, at) || is_label(doc, at) || doc.is_any(at, &[w::COMMA, w::và, w::các]);
        let start = (end.saturating_sub(LONGEST)..end).rev().take_while(|&at| listed(at) && doc.same_sentence(at, tokens.start)).last();
        let Some(start) = start.and_then(|start| (start..end).find(|&at| is_part(doc, at))) else { return Vec::new() };
        start
    };
    let mut cited = Vec::new();
    let mut points = Vec::new();
    // Clauses with their points that wait for their article: "điểm a khoản 1 và khoản 2 | Điều 5".
    let mut waiting: Vec<(Option<String>, Option<String>)> = Vec::new();
    let mut at = start;
    while is_part(doc, at) && at < start + LONGEST {
        let (labels, end) = labels(doc, at + 1);
        match doc.sym(at) {
            w::điểm => points = labels,
            w::khoản => waiting.extend(pairs(&some(labels), &some(std::mem::take(&mut points)))),
            _ => {
                waiting.extend(std::mem::take(&mut points).into_iter().map(|point| (None, Some(point))));
                cite(&mut cited, &std::mem::take(&mut waiting), &some(labels));
            }
        }
        at = if doc.is_any(end, &[w::COMMA, w::và]) && is_part(doc, end + 1) { end + 1 } else { end };
    }
    waiting.extend(points.into_iter().map(|point| (None, Some(point))));
    if !waiting.is_empty() {
        cite(&mut cited, &waiting, &[None]);
    }
    cited
}

/// The labels, or one that is none.
fn some(labels: Vec<String>) -> Vec<Option<String>> {
    if labels.is_empty() { vec![None] } else { labels.into_iter().map(Some).collect() }
}

fn pairs(clauses: &[Option<String>], points: &[Option<String>]) -> Vec<(Option<String>, Option<String>)> {
    clauses.iter().flat_map(|clause| points.iter().map(|point| (clause.clone(), point.clone()))).collect()
}

/// Each clause and point of each article.
fn cite(cited: &mut Vec<Provision>, inner: &[(Option<String>, Option<String>)], articles: &[Option<String>]) {
    let whole = [(None, None)];
    for article in articles {
        for (clause, point) in if inner.is_empty() { &whole } else { inner } {
            cited.push(Provision { article: article.clone(), clause: clause.clone(), point: point.clone() });
        }
    }
}

/// *Điều, khoản, điểm* with a label behind.
fn is_part(doc: &Doc, at: usize) -> bool {
    doc.is_any(at, &[w::điều, w::khoản, w::điểm]) && is_label(doc, at + 1)
}

/// A number or a single letter: what articles, clauses and points are called.
fn is_label(doc: &Doc, at: usize) -> bool {
    let raw = doc.raw(at);
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    doc.is_number(at) && raw.len() <= 4 && !raw.contains(['.', ',']) || doc.is_word(at) && letters == 1 && raw.chars().count() <= 4
}

/// The labels from token `at`: *1, 2 và 3*.
fn labels(doc: &Doc, mut at: usize) -> (Vec<String>, usize) {
    let mut labels = Vec::new();
    while is_label(doc, at) {
        // "Điều 230 a": the letter belongs to the number.
        labels.push(doc.plain(&(at..at + 1)));
        at += 1;
        if doc.is_any(at, &[w::COMMA, w::và]) && is_label(doc, at + 1) {
            at += 1;
        } else {
            break;
        }
    }
    (labels, at)
}
