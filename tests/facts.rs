//! Scores the facts that whole annotated bulletins tell beyond their mentions: who and what is one, full names, indicators, the frame.
//!
//! The gold is that of `tests/gold.rs`, with `full` on each body, and a table of the same name with the indicators and the header; `docs/output.md`
//! tells the markup. What counts as right: a link, two mentions of one entity; a full name, the same words; an indicator, the same result, target,
//! percentage and direction (its label, unit and basis apart: one of the two must hold the other); a field of the header, the same words; a
//! speaker, the same person.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::HashMap;
use std::path::Path;

use bantin::{Bulletin, Entity, Extractor, Indicator};

mod markup;

use markup::{Marked, fold};

/// The table beside a bulletin.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[serde(default)]
    header: HashMap<String, String>,
    #[serde(default, rename = "indicator")]
    indicators: Vec<Wanted>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    label: String,
    actual: Option<f64>,
    target: Option<f64>,
    unit: Option<String>,
    percent: Option<f64>,
    basis: Option<String>,
    change: Option<String>,
    consistent: Option<bool>,
    period: Option<String>,
    #[serde(default)]
    opt: bool,
}

const FIELDS: [&str; 6] = ["headline", "published", "place", "byline", "source", "url"];

/// Found and right, found and wrong, missed.
#[derive(Default, Clone, Copy)]
struct Count {
    hit: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn f1(self) -> f64 {
        if self.hit + self.wrong + self.missed == 0 {
            1.0
        } else {
            2.0 * self.hit as f64 / (2 * self.hit + self.wrong + self.missed) as f64
        }
    }
}

/// Right of all.
#[derive(Default, Clone, Copy)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn note(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn rate(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.right as f64 / self.all as f64 }
    }
}

/// The words of a text, letters folded, one tone placement, *TP* written out.
fn words(text: &str) -> String {
    const PLACED: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let text = PLACED.iter().fold(fold(text), |text, (new, old)| text.replace(new, old));
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| if word == "tp" { "thành phố" } else { word }).collect::<Vec<_>>().join(" ")
}

/// Whether one of the two holds the other, word by word.
fn holds(a: &str, b: &str) -> bool {
    let (a, b) = (format!(" {} ", words(a)), format!(" {} ", words(b)));
    a.contains(&b) || b.contains(&a)
}

#[derive(Default)]
struct Score {
    links: Count,
    names: Share,
    header: Count,
    indicators: Count,
    labels: Share,
    units: Share,
    bases: Share,
    verdicts: Share,
    periods: Share,
    speakers: Share,
    bulletins: usize,
    errors: Vec<String>,
}

impl Score {
    fn error(&mut self, gold: &Marked, what: &str, want: &str, got: &str) {
        self.errors.push(format!("{what}\t{}\twanted {want}\tgot {got}", gold.name));
    }

    fn entities(&mut self, gold: &Marked, bulletin: &Bulletin) {
        let persons = bulletin.persons.iter().map(|m| (("per", m.span.start, m.span.end), m.entity.unwrap()));
        let bodies = bulletin.organizations.iter().map(|m| (("org", m.span.start, m.span.end), m.entity.unwrap()));
        let found: HashMap<(&str, usize, usize), usize> = persons.chain(bodies).collect();
        let same: HashMap<&str, &str> = gold.tags.iter().filter_map(|tag| Some((tag.get("id")?, tag.get("same")?))).collect();
        let first = |id: &str| {
            let mut id = id.to_owned();
            while let Some(&earlier) = same.get(id.as_str()).filter(|&&earlier| earlier != id) {
                id = earlier.to_owned();
            }
            id
        };
        // What the gold and the output say each mention is.
        let mut both: Vec<(String, usize)> = Vec::new();
        for tag in &gold.tags {
            let Some(&entity) = found.get(&(tag.name.as_str(), tag.start, tag.end)) else { continue };
            match (tag.name.as_str(), tag.get("full")) {
                ("per", _) => both.push((format!("person {}", first(tag.get("id").unwrap())), entity)),
                ("org", Some(full)) => {
                    let Entity::Organization { name, .. } = &bulletin.entities[entity] else { panic!("a body's entity is a body") };
                    let right = words(name) == words(full);
                    self.names.note(right);
                    if !right {
                        self.error(gold, "name", full, name);
                    }
                    both.push((format!("body {}", words(full)), entity));
                }
                _ => {}
            }
        }
        for (n, a) in both.iter().enumerate() {
            for b in &both[n + 1..] {
                match (a.0 == b.0, a.1 == b.1) {
                    (true, true) => self.links.hit += 1,
                    (false, true) => self.links.wrong += 1,
                    (true, false) => self.links.missed += 1,
                    (false, false) => {}
                }
            }
        }
    }

    fn speakers(&mut self, gold: &Marked, bulletin: &Bulletin) {
        for tag in gold.tags.iter().filter(|tag| tag.name == "quote" && !tag.is_optional()) {
            let Some(quote) = bulletin.quotes.iter().find(|q| q.span.start < tag.end && tag.start < q.span.end) else { continue };
            let by = tag.get("by").and_then(|id| gold.tags.iter().find(|person| person.get("id") == Some(id)));
            let want = by.map(|person| fold(&gold.text[person.start..person.end])).unwrap_or_default();
            let got = quote.speaker.as_deref().map(fold).unwrap_or_default();
            let right = words(&want) == words(&got);
            self.speakers.note(right);
            if !right {
                self.error(gold, "speaker", &want, &got);
            }
        }
    }

    fn header(&mut self, gold: &Marked, facts: &Facts, bulletin: &Bulletin) {
        let found = serde_json::to_value(&bulletin.header).unwrap();
        for field in FIELDS {
            let (want, got) = (facts.header.get(field).map(String::as_str), found[field].as_str());
            match (want, got) {
                (Some(want), Some(got)) if words(want) == words(got) => self.header.hit += 1,
                (None, None) => {}
                _ => {
                    self.header.missed += usize::from(want.is_some());
                    self.header.wrong += usize::from(got.is_some());
                    self.error(gold, field, want.unwrap_or("-"), got.unwrap_or("-"));
                }
            }
        }
    }

    fn indicators(&mut self, gold: &Marked, facts: &Facts, bulletin: &Bulletin) {
        let numbers = |actual: Option<f64>, target: Option<f64>, percent: Option<f64>, change: Option<&str>| {
            format!("{:?} {:?} {:?} {change:?}", actual.map(round), target.map(round), percent.map(round))
        };
        let of = |found: &Indicator| {
            let change = found.change.map(|change| serde_json::to_value(change).unwrap().as_str().unwrap().to_owned());
            numbers(found.actual, found.target, found.percent, change.as_deref())
        };
        let mut left: Vec<&Indicator> = bulletin.indicators.iter().collect();
        for want in &facts.indicators {
            let key = numbers(want.actual, want.target, want.percent, want.change.as_deref());
            let same: Vec<usize> = (0..left.len()).filter(|&n| of(left[n]) == key).collect();
            let best = same.iter().copied().find(|&n| holds(&left[n].label, &want.label)).or(same.first().copied());
            let Some(found) = best.map(|n| left.remove(n)) else {
                if !want.opt {
                    self.indicators.missed += 1;
                    self.error(gold, "indicator missed", &format!("{} {key}", want.label), "-");
                }
                continue;
            };
            if want.opt {
                continue;
            }
            self.indicators.hit += 1;
            let label = holds(&found.label, &want.label);
            self.labels.note(label);
            if !label {
                self.error(gold, "label", &want.label, &found.label);
            }
            let agree = |want: &Option<String>, got: &Option<String>| match (want, got) {
                (Some(want), Some(got)) => holds(want, got),
                (None, None) => true,
                _ => false,
            };
            if want.unit.is_some() || found.unit.is_some() {
                self.units.note(agree(&want.unit, &found.unit));
            }
            if want.basis.is_some() || found.basis.is_some() {
                self.bases.note(agree(&want.basis, &found.basis));
            }
            if want.consistent.is_some() || found.consistent.is_some() {
                self.verdicts.note(want.consistent == found.consistent);
            }
            if want.period.is_some() {
                self.periods.note(want.period == found.period);
            }
        }
        for found in left {
            self.indicators.wrong += 1;
            self.error(gold, "indicator wrong", "-", &format!("{} {}", found.label, of(found)));
        }
    }
}

fn round(value: f64) -> i64 {
    (value * 1e4).round() as i64
}

fn score(folder: &str) -> Score {
    let extractor = Extractor::new();
    let mut score = Score::default();
    for path in markup::paths(folder) {
        let gold = markup::read(&path);
        let bulletin = extractor.extract_on(&gold.text, gold.day());
        score.speakers(&gold, &bulletin);
        let table = path.with_extension("toml");
        if !Path::new(&table).exists() {
            continue;
        }
        let facts: Facts =
            toml::from_str(&std::fs::read_to_string(&table).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", table.display()));
        score.bulletins += 1;
        score.entities(&gold, &bulletin);
        score.header(&gold, &facts, &bulletin);
        score.indicators(&gold, &facts, &bulletin);
    }
    println!("{folder}: {} bulletins with facts", score.bulletins);
    for (what, value, count) in [
        ("entity links F1", score.links.f1(), score.links.hit + score.links.missed),
        ("full names", score.names.rate(), score.names.all),
        ("indicators F1", score.indicators.f1(), score.indicators.hit + score.indicators.missed),
        ("  labels", score.labels.rate(), score.labels.all),
        ("  units", score.units.rate(), score.units.all),
        ("  bases", score.bases.rate(), score.bases.all),
        ("  consistent", score.verdicts.rate(), score.verdicts.all),
        ("  periods", score.periods.rate(), score.periods.all),
        ("header F1", score.header.f1(), score.header.hit + score.header.missed),
        ("speakers", score.speakers.rate(), score.speakers.all),
    ] {
        println!("{what:16}{value:8.3} of {count}");
    }
    // As in `tests/gold.rs`: those of the blind set are printed for nobody.
    let asked = folder.rsplit('/').next().unwrap();
    if std::env::var_os("BANTIN_GOLD_ERRORS").is_some_and(|v| v == *asked) {
        score.errors.sort();
        println!("{}", score.errors.join("\n"));
    }
    score
}

fn hold(score: &Score, floors: [(f64, f64, &str); 5]) {
    let short: Vec<String> =
        floors.iter().filter(|(value, floor, _)| value < floor).map(|(v, f, what)| format!("{what} {v:.3} < {f}")).collect();
    assert!(short.is_empty(), "falls short: {}", short.join(", "));
    // The one thing that users act on: never wrong where both numbers are there.
    assert_eq!(score.verdicts.right, score.verdicts.all, "consistent");
}

#[test]
fn facts_of_the_gold_bulletins_reach_their_floors() {
    let score = score("tests/gold");
    assert!(score.bulletins >= 20, "tables are missing: {}", score.bulletins);
    hold(
        &score,
        [
            (score.links.f1(), 0.98, "entity links"),
            (score.names.rate(), 0.96, "full names"),
            (score.indicators.f1(), 0.97, "indicators"),
            (score.header.f1(), 0.98, "header"),
            (score.speakers.rate(), 0.95, "speakers"),
        ],
    );
}

#[test]
fn facts_of_the_blind_bulletins_reach_their_floors() {
    let score = score("tests/gold/blind");
    assert!(score.bulletins >= 20, "tables are missing: {}", score.bulletins);
    hold(
        &score,
        [
            (score.links.f1(), 0.95, "entity links"),
            (score.names.rate(), 0.93, "full names"),
            (score.indicators.f1(), 0.92, "indicators"),
            (score.header.f1(), 0.94, "header"),
            (score.speakers.rate(), 0.95, "speakers"),
        ],
    );
}
