//! The tables of `tests/cases/*.toml`, one file a kind: the spans that ⟦…⟧ mark, and the fields of `want`, in NFC and in NFD.
//!
//! A case with `todo = "reason"` is a known failure: it must still fail, so that whoever mends it takes the mark away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use bantin::{Bulletin, Extractor};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "case")]
    cases: Vec<Case>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    want: Vec<toml::Table>,
    ref_date: Option<String>,
    todo: Option<String>,
}

/// The text without its marks, and what they enclose, as byte ranges.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), None);
    for c in marked.chars() {
        match c {
            '⟦' => open = Some(text.len()),
            '⟧' => spans.push((open.take().expect("a mark opens before it closes"), text.len())),
            _ => text.push(c),
        }
    }
    assert!(open.is_none(), "a mark is never closed in {marked:?}");
    (text, spans)
}

/// The facts of one kind: span (none for facts that are of no one place), and the fields that a case may ask for. Titles carry the name of their
/// person, entities their mentions and posts as one text each.
fn facts(kind: &str, bulletin: &Bulletin) -> Vec<(Option<(usize, usize)>, Value)> {
    let json = serde_json::to_value(bulletin).unwrap();
    match kind {
        "header" => return vec![(None, json["header"].clone())],
        "entity" => return entities(&json).into_iter().map(|entity| (None, entity)).collect(),
        _ => {}
    }
    let field = match kind {
        "person" | "title" => "persons",
        "organization" => "organizations",
        "date" => "dates",
        "ratio" => "ratios",
        "percent" => "percents",
        "quantity" => "quantities",
        "money" => "money",
        "document" => "documents",
        "place" => "places",
        "quote" => "quotes",
        "indicator" => "indicators",
        "reference" => "references",
        other => panic!("no kind is called {other}"),
    };
    let span = |m: &Value| (m["span"]["start"].as_u64().unwrap() as usize, m["span"]["end"].as_u64().unwrap() as usize);
    let list = json[field].as_array().unwrap();
    if kind != "title" {
        return list.iter().map(|m| (Some(span(m)), m.clone())).collect();
    }
    let mut found = Vec::new();
    for person in list {
        for title in person["titles"].as_array().unwrap() {
            let mut title = title.clone();
            title["person"] = person["name"].clone();
            found.push((Some(span(&title)), title));
        }
    }
    found
}

/// The entities with `said`, the texts of their mentions, and `held`, their posts as *role @ body*.
fn entities(json: &Value) -> Vec<Value> {
    let mentions = || json["persons"].as_array().unwrap().iter().chain(json["organizations"].as_array().unwrap());
    let entity = |(n, entity): (usize, &Value)| {
        let said: Vec<&str> = mentions().filter(|m| m["entity"] == n).map(|m| m["name"].as_str().unwrap()).collect();
        let post = |post: &Value| {
            let former = if post["former"] == true { "former " } else { "" };
            let body = post["organization"].as_str().map(|body| format!(" @ {body}")).unwrap_or_default();
            format!("{former}{}{body}", post["role"].as_str().unwrap())
        };
        let held: Vec<String> = entity["posts"].as_array().into_iter().flatten().map(post).collect();
        let mut entity = entity.clone();
        entity["said"] = said.join(" | ").into();
        entity["held"] = held.join(" | ").into();
        entity
    };
    json["entities"].as_array().unwrap().iter().enumerate().map(entity).collect()
}

/// Whether a field has the wanted value; the empty string wants null, or nothing in a list or a text.
fn agrees(want: &toml::Value, got: &Value) -> bool {
    match want {
        toml::Value::String(s) if s.is_empty() => got.is_null() || got == "" || got.as_array().is_some_and(Vec::is_empty),
        toml::Value::String(s) => got.as_str().is_some_and(|g| g.nfc().eq(s.nfc())),
        toml::Value::Integer(n) => got.as_f64() == Some(*n as f64),
        toml::Value::Float(n) => got.as_f64().is_some_and(|g| (g - n).abs() < 1e-9 * n.abs().max(1.0)),
        toml::Value::Boolean(b) => got.as_bool() == Some(*b),
        other => panic!("a case can't want {other}"),
    }
}

/// What is wrong with a case of `explain.toml`: each mark is one fact, and the row of `want` beside it tells its `rule` and what its `evidence` and
/// its `rejected` readings hold, one text or several; the empty text wants none. Rows without a mark are of facts without a span (entities, and
/// the day of a header that no line writes).
fn unexplained(case: &Case, extractor: &Extractor, text: &str, spans: &[(usize, usize)], day: Option<bantin::jiff::civil::Date>) -> String {
    let json = serde_json::to_value(extractor.explain(text, day)).unwrap();
    let spans: Vec<_> = spans.iter().copied().map(Some).chain(std::iter::repeat(None)).take(case.want.len()).collect();
    let explanations = json["explanations"].as_array().unwrap();
    let span_of = |explanation: &Value| {
        let path = explanation["fact"].as_array().unwrap();
        let fact = path.iter().fold(&json, |at, step| step.as_str().map_or_else(|| &at[step.as_u64().unwrap() as usize], |name| &at[name]));
        let span = if path[0] == "header" { &json["header"]["spans"][path[1].as_str().unwrap()] } else { &fact["span"] };
        span["start"].as_u64().map(|start| (start as usize, span["end"].as_u64().unwrap() as usize))
    };
    let lines = |explanation: &Value| -> (Vec<String>, Vec<String>) {
        let text = |v: &Value, field: &str| v[field].as_str().unwrap().nfc().collect::<String>();
        let points = |v: &Value| v["points"].as_i64().map(|points| format!(" {points:+}")).unwrap_or_default();
        let evidence = explanation["evidence"].as_array().unwrap().iter();
        let rejected = explanation["rejected"].as_array().unwrap().iter();
        (
            evidence.map(|v| format!("{}{} | {}", text(v, "what"), points(v), text(v, "text"))).collect(),
            rejected.map(|v| format!("{} | {} | {}", text(v, "reading"), text(v, "text"), text(v, "why"))).collect(),
        )
    };
    let mut said = String::new();
    for (want, span) in case.want.iter().zip(&spans) {
        let rule = want["rule"].as_str().unwrap();
        let Some(explanation) = explanations.iter().find(|e| e["rule"] == rule && span_of(e) == *span) else {
            let there: Vec<&Value> = explanations.iter().filter(|e| span_of(e) == *span).map(|e| &e["rule"]).collect();
            writeln!(said, "    no {rule} at {:?}, but {there:?}", span.map(|(start, end)| &text[start..end])).unwrap();
            continue;
        };
        let (evidence, rejected) = lines(explanation);
        for (field, got) in [("evidence", evidence), ("rejected", rejected)] {
            let wanted: Vec<String> = match want.get(field) {
                None => Vec::new(),
                Some(toml::Value::Array(several)) => several.iter().map(|v| v.as_str().unwrap().nfc().collect()).collect(),
                Some(one) => vec![one.as_str().unwrap().nfc().collect()],
            };
            for part in wanted {
                let holds = if part.is_empty() { got.is_empty() } else { got.iter().any(|line| line.contains(&part)) };
                if !holds {
                    writeln!(said, "    {rule}: {field} is {got:#?}, without {part:?}").unwrap();
                }
            }
        }
    }
    said
}

/// What is wrong with the case; empty where it holds.
fn complaints(kind: &str, case: &Case, extractor: &Extractor, decomposed: bool) -> String {
    let marked: String = if decomposed { case.text.nfd().collect() } else { case.text.nfc().collect() };
    let (text, spans) = unmark(&marked);
    let day = case.ref_date.as_ref().map(|day| day.parse().expect("ref_date is a day"));
    if kind == "explain" {
        return unexplained(case, extractor, &text, &spans, day);
    }
    let found = facts(kind, &extractor.extract_on(&text, day));
    let mut said = String::new();
    let wanted_spans: BTreeSet<_> = spans.iter().copied().collect();
    let found_spans: BTreeSet<_> = found.iter().filter_map(|(span, _)| *span).collect();
    for &(start, end) in wanted_spans.difference(&found_spans) {
        writeln!(said, "    missed ⟦{}⟧", &text[start..end]).unwrap();
    }
    for &(start, end) in found_spans.difference(&wanted_spans) {
        writeln!(said, "    wrong  ⟦{}⟧", &text[start..end]).unwrap();
    }
    if said.is_empty() {
        if found.len() != case.want.len() {
            writeln!(said, "    {} mentions, {} wanted: {}", found.len(), case.want.len(), serde_json::to_string(&found).unwrap()).unwrap();
        }
        for (want, (_, got)) in case.want.iter().zip(&found) {
            for (field, value) in want {
                if !agrees(value, &got[field]) {
                    writeln!(said, "    {field} is {}, not {value}", got[field]).unwrap();
                }
            }
        }
    }
    said
}

#[test]
fn every_case_of_every_table_holds_in_nfc_and_nfd() {
    let extractor = Extractor::new();
    let mut report = String::new();
    let (mut held, mut known) = (0, 0);
    let mut names = BTreeSet::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 11, "a table is missing: {paths:?}");
    for path in paths {
        let kind = path.file_stem().unwrap().to_str().unwrap();
        let table: Table =
            toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &table.cases {
            assert!(names.insert((kind.to_owned(), case.name.clone())), "{kind}: two cases are called {:?}", case.name);
            for decomposed in [false, true] {
                let said = complaints(kind, case, &extractor, decomposed);
                let form = if decomposed { "NFD" } else { "NFC" };
                match (&case.todo, said.is_empty()) {
                    (None, true) => held += 1,
                    (Some(_), false) => known += 1,
                    (None, false) => writeln!(report, "{kind}: {} ({form})\n    {}\n{said}", case.name, case.text).unwrap(),
                    (Some(reason), true) => {
                        writeln!(report, "{kind}: {} ({form}) holds now, take away its todo ({reason})", case.name).unwrap()
                    }
                }
            }
        }
    }
    println!("{held} cases hold, {known} are known failures");
    assert!(report.is_empty(), "\n{report}");
}
