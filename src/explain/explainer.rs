//! Finds what each fact of a bulletin stands on, list by list.
//!
//! Nothing is made up afterwards. Which branch made a reading is a field of it, or is told by the stage itself, run again with an ear
//! ([`crate::note`]); points come from the functions that decide by them; a refused reading is what another recognizer reads at the same tokens.

use std::collections::HashMap;
use std::ops::Range;

use super::{Evidence, Explanation, Fact, HeaderField, Rejected};
use crate::bulletin::{Bulletin, Document, Entity, InferredFrom, InferredName, Reference};
use crate::doc::Doc;
use crate::entity::{self, Aside, Source};
use crate::extractor::{Readings, is_city};
use crate::header::Page;
use crate::indicator::{self, IndicatorRule};
use crate::kind::date::{self, DateRule};
use crate::kind::document::{self, DocumentReading, DocumentRule};
use crate::kind::money::{self, MoneyRule};
use crate::kind::organization::{self, BodyRule, Context, OrganizationReading};
use crate::kind::percent;
use crate::kind::person::{self, GivenName, PersonReading, PersonRule};
use crate::kind::place::{self, PlaceReading, PlaceRule};
use crate::kind::quantity::{self, UnitRule};
use crate::kind::quote::{self, QuoteRule};
use crate::kind::ratio::{self, Verdict};
use crate::kind::reading_at;
use crate::kind::title::TitleReading;
use crate::lexicon::{Flags, Hit, Table};
use crate::link::{self, DayContext, TitleRule};
use crate::note::Notes;
use crate::span::Span;
use crate::token::fold;
use crate::words as w;

/// Explains every fact of the bulletin, which was written from the readings.
pub(crate) fn all(readings: &Readings, bulletin: &Bulletin) -> Vec<Explanation> {
    let mut explainer = Explainer { doc: readings.doc, readings, bulletin, city: is_city(readings.doc), out: Vec::new() };
    explainer.persons();
    explainer.organizations();
    explainer.dates();
    explainer.ratios();
    explainer.percents();
    explainer.quantities();
    explainer.money();
    explainer.documents();
    explainer.places();
    explainer.quotes();
    explainer.entities();
    explainer.indicators();
    explainer.references();
    explainer.header();
    explainer.out
}

/// The tokens of what a recognizer reads at a token.
type Read = fn(&Doc, usize) -> Option<Range<usize>>;

/// The recognizers of figures in the order of the policy; see [`crate::kind`].
const FIGURES: [(&str, Read); 6] = [
    ("document", |doc, i| document::read(doc, i).map(|reading| reading.tokens)),
    ("ratio", |doc, i| ratio::read(doc, i).map(|reading| reading.tokens)),
    ("percent", |doc, i| percent::read(doc, i).map(|reading| reading.tokens)),
    ("money", |doc, i| money::read(doc, i).map(|reading| reading.tokens)),
    ("date", |doc, i| date::read(doc, i).map(|reading| reading.tokens)),
    ("quantity", |doc, i| quantity::read(doc, i).map(|reading| reading.tokens)),
];

struct Explainer<'r, 'd, 't> {
    doc: &'d Doc<'t>,
    readings: &'r Readings<'d, 't>,
    bulletin: &'r Bulletin,
    /// Whether the bulletin speaks of a city more than of a province.
    city: bool,
    out: Vec<Explanation>,
}

/// By which rule each person was given each title, and who was refused each title and why.
#[derive(Default)]
struct Given {
    by: HashMap<(usize, usize), TitleRule>,
    refused: HashMap<usize, Vec<(usize, &'static str)>>,
}

impl Given {
    fn hear(&mut self, person: usize, title: usize, by: TitleRule) {
        match by {
            TitleRule::Refused(why) => self.refused.entry(title).or_default().push((person, why)),
            // The rule that gave it first.
            by => drop(self.by.entry((person, title)).or_insert(by)),
        }
    }
}

/// The mentions of each entity, and what of the search for entities was told.
struct Entities {
    mentions: Vec<Vec<usize>>,
    found: entity::Entities,
    /// For each person's mention the one with the fullest name.
    fullest: Vec<usize>,
    /// Every place that is named with a level word.
    places: Vec<(usize, String, Range<usize>)>,
    apart: Vec<(usize, usize, &'static str)>,
    seldom: Vec<(String, String)>,
}

/// Among how many of the last things said of a fact one is not said again.
const REPEATED: usize = 16;

/// What is being said of one fact.
struct Telling<'d, 't> {
    doc: &'d Doc<'t>,
    evidence: Vec<Evidence>,
    rejected: Vec<Rejected>,
}

impl Telling<'_, '_> {
    fn see(&mut self, what: impl Into<String>, tokens: Range<usize>) {
        self.count(what, None, tokens);
    }

    fn count(&mut self, what: impl Into<String>, points: Option<i32>, tokens: Range<usize>) {
        let Some((span, text)) = place_of(self.doc, &tokens) else { return };
        let evidence = Evidence { what: what.into(), points, span, text };
        if !self.evidence.iter().rev().take(REPEATED).any(|other| *other == evidence) {
            self.evidence.push(evidence);
        }
    }

    fn row(&mut self, hit: Hit) {
        self.see(format!("lexicon {}: {}", hit.table.name(), self.doc.form(hit)), hit.start..hit.end);
    }

    /// The rows of a table inside the tokens, the longest at each.
    fn rows(&mut self, table: Table, tokens: Range<usize>) {
        let mut at = tokens.start;
        while at < tokens.end {
            match self.doc.find(table, at).filter(|hit| hit.end <= tokens.end) {
                Some(hit) => {
                    self.row(hit);
                    at = hit.end;
                }
                None => at += 1,
            }
        }
    }

    fn reject(&mut self, reading: &str, tokens: Range<usize>, why: impl Into<String>) {
        let Some((span, text)) = place_of(self.doc, &tokens) else { return };
        let rejected = Rejected { reading: reading.to_owned(), span, text, why: why.into() };
        if !self.rejected.iter().rev().take(REPEATED).any(|other| *other == rejected) {
            self.rejected.push(rejected);
        }
    }

    fn notes(&mut self, notes: Notes) {
        for reason in notes.reasons {
            self.count(reason.what, reason.points, reason.tokens);
        }
    }
}

/// Where tokens stand and what; nothing where there are none.
fn place_of(doc: &Doc, tokens: &Range<usize>) -> Option<(Span, String)> {
    let tokens = tokens.start..tokens.end.min(doc.len());
    let text = doc.slice(&tokens);
    (!tokens.is_empty() && !text.is_empty()).then(|| (doc.span(&tokens), text.to_owned()))
}

impl<'d, 't> Explainer<'_, 'd, 't> {
    fn telling(&self) -> Telling<'d, 't> {
        Telling { doc: self.doc, evidence: Vec::new(), rejected: Vec::new() }
    }

    fn tell(&mut self, fact: Fact, rule: &str, telling: Telling) {
        let Telling { evidence, rejected, .. } = telling;
        self.out.push(Explanation { fact, rule: rule.to_owned(), evidence, rejected });
    }

    // ---------------------------------------------------------------- rivals

    /// Whether a reading is a fact of the bulletin, too.
    fn is_found(&self, kind: &str, tokens: &Range<usize>) -> bool {
        fn holds<R>(list: &[R], tokens: &Range<usize>, of: fn(&R) -> &Range<usize>) -> bool {
            let at = list.binary_search_by_key(&tokens.start, |reading| of(reading).start);
            at.is_ok_and(|at| list.get(at).is_some_and(|reading| of(reading) == tokens))
        }
        let found = &self.readings.found;
        match kind {
            "document" => holds(&found.documents, tokens, |r| &r.tokens),
            "ratio" => holds(&found.ratios, tokens, |r| &r.tokens),
            "percent" => holds(&found.percents, tokens, |r| &r.tokens),
            "money" => holds(&found.money, tokens, |r| &r.tokens),
            "date" => holds(&found.dates, tokens, |r| &r.tokens),
            "quantity" => holds(&found.quantities, tokens, |r| &r.tokens),
            "organization" => holds(&found.organizations, tokens, |r| &r.tokens),
            "place" => holds(&found.places, tokens, |r| &r.tokens),
            _ => holds(&found.persons, tokens, |r| &r.tokens),
        }
    }

    /// What the other recognizers of figures read at the beginning of the tokens, and inside them.
    fn rival_figures(&self, telling: &mut Telling, own: &str, tokens: &Range<usize>) {
        let later = FIGURES.iter().skip_while(|(kind, _)| *kind != own).skip(1);
        for (kind, read) in later {
            if let Some(other) = read(self.doc, tokens.start).filter(|other| !self.is_found(kind, other)) {
                telling.reject(kind, other, format!("{own} comes before {kind} in the policy"));
            }
        }
        let mut at = tokens.start + 1;
        while at < tokens.end {
            let inside = FIGURES.iter().find_map(|(kind, read)| read(self.doc, at).map(|other| (*kind, other)));
            let Some((kind, other)) = inside else {
                at += 1;
                continue;
            };
            at = other.end.max(at + 1);
            if kind != own && !self.is_found(kind, &other) {
                telling.reject(kind, other, format!("it begins inside the {own}, which begins before it"));
            }
        }
    }

    /// The bodies, places and persons that are read inside a name.
    fn rival_names(&self, telling: &mut Telling, own: &str, tokens: &Range<usize>) {
        let doc = self.doc;
        let mut at = tokens.start + 1;
        while at < tokens.end {
            let body =
                organization::read(doc, at, Context::default()).filter(|body| body.definite).map(|body| ("organization", body.tokens));
            let inside = body.or_else(|| place::read(doc, at, false).map(|place| ("place", place.tokens))).or_else(|| {
                let run = at..person::run_end(doc, at);
                (doc.is_cap(at) && person::stands_alone(doc, &run)).then_some(("person", run))
            });
            // "Ban Chỉ đạo 138 tỉnh": the number is the body's.
            let inside = inside.or_else(|| quantity::read(doc, at).map(|quantity| ("quantity", quantity.tokens)));
            let Some((kind, other)) = inside.filter(|(kind, other)| other.end <= tokens.end && (*kind, own) != ("person", "person")) else {
                at += 1;
                continue;
            };
            at = other.end.max(at + 1);
            if !self.is_found(kind, &other) {
                telling.reject(kind, other, format!("inside the {own}, which is the longer name"));
            }
        }
    }

    // ---------------------------------------------------------------- persons and titles

    fn persons(&mut self) {
        let readings = self.readings;
        let bulletin = self.bulletin;
        if bulletin.persons.is_empty() {
            return;
        }
        let mut told = Given::default();
        link::link_titles(self.doc, &readings.found, |person, title, by| told.hear(person, title, by));
        for (n, reading) in readings.found.persons.iter().enumerate().take(bulletin.persons.len()) {
            self.person(n, reading);
            for (nth, &t) in readings.given.get(n).into_iter().flatten().enumerate() {
                if let Some(title) = readings.found.titles.get(t) {
                    self.title(Fact::Title { person: n, title: nth }, n, t, title, &told);
                }
            }
        }
    }

    fn person(&mut self, n: usize, reading: &PersonReading) {
        let (doc, found) = (self.doc, &self.readings.found);
        let mut telling = self.telling();
        let start = reading.tokens.start;
        let rule = match reading.by {
            PersonRule::AfterHonorific(hit) => {
                telling.row(hit);
                if doc.entry(hit).cells[0] == "cue" { "person.after_cue" } else { "person.after_honorific" }
            }
            PersonRule::AfterTitle(title) => {
                if let Some(title) = found.titles.get(title) {
                    telling.see("the title before", title.tokens.clone());
                }
                self.person_cut(&mut telling, start);
                "person.after_title"
            }
            PersonRule::Byline => {
                const LINE: usize = 14;
                let line = doc.line(start);
                let shown = if line.len() <= LINE { line } else { start.saturating_sub(3)..reading.tokens.end };
                telling.see("a line or remark that names authors or photographers", shown);
                "person.byline"
            }
            PersonRule::Alone => "person.alone",
            PersonRule::Listed => {
                if let Some(before) = n.checked_sub(1).and_then(|n| found.persons.get(n)) {
                    telling.see("the person before it in the list", before.tokens.clone());
                }
                "person.in_list"
            }
            PersonRule::Repeated(said) => {
                telling.see("the same name elsewhere", said..said + reading.tokens.len());
                "person.repeated"
            }
            PersonRule::GivenName(said, why) => {
                if let Some(full) = found.persons.iter().find(|p| p.tokens.end == said) {
                    telling.see("the name in full", full.tokens.clone());
                }
                self.given_name(&mut telling, &reading.tokens, why);
                "person.given_name"
            }
        };
        // A name that is known from elsewhere is not weighed again.
        if !matches!(reading.by, PersonRule::Repeated(_) | PersonRule::GivenName(..) | PersonRule::Byline) {
            let mut notes = Notes::default();
            person::score_name(doc, &reading.tokens, &mut notes);
            telling.notes(notes);
        }
        let first = match reading.by {
            PersonRule::AfterHonorific(_) => Some("behind a word of address a person comes first"),
            PersonRule::AfterTitle(_) => Some("behind a title a person comes first"),
            PersonRule::Byline => Some("in a byline a person comes first"),
            _ => None,
        };
        if let Some(why) = first {
            let body = organization::read(doc, start, Context::default()).filter(|body| body.definite);
            if let Some(body) = body {
                telling.reject("organization", body.tokens, why);
            }
            if let Some(place) = place::read(doc, start, false) {
                telling.reject("place", place.tokens, why);
            }
        }
        self.rival_names(&mut telling, "person", &reading.tokens);
        self.tell(Fact::Person(n), rule, telling);
    }

    /// *Chủ tịch UBND xã Ea Tul | Hoàng Văn Páo*: why the name begins at `start`, where a place's name stands right before it.
    fn person_cut(&self, telling: &mut Telling, start: usize) {
        const NAME: usize = 5;
        let doc = self.doc;
        let Some((name, head)) = (start.saturating_sub(NAME)..start)
            .filter(|&name| (name..start).all(|at| doc.is_cap(at)))
            .find_map(|name| doc.find_before(Table::PlaceHeads, name).map(|head| (name, head)))
        else {
            return;
        };
        let known = doc.find(Table::Places, name).filter(|hit| hit.end == start);
        let run = if known.is_some() { start } else { name }..person::run_end(doc, name);
        let mut notes = Notes::default();
        if person::cut(doc, &run, true, &mut notes) != start {
            return;
        }
        if let Some(hit) = known {
            telling.row(hit);
        }
        let points =
            |what: &str, from: usize| notes.reasons.iter().find(|r| r.what == what && r.tokens.start == from).and_then(|r| r.points);
        let (needed, given) = (points(person::NEEDED, run.start), points(person::FROM_HERE, start));
        telling.count(person::NEEDED, needed, run.clone());
        telling.count(person::FROM_HERE, given, start..run.end);
        if let (Some(needed), Some(given)) = (needed, given) {
            telling.reject(
                "place",
                head.start..run.end,
                format!("the person begins at {}: {given} points, more than {needed}", doc.raw(start)),
            );
        }
    }

    fn given_name(&self, telling: &mut Telling, name: &Range<usize>, why: GivenName) {
        let doc = self.doc;
        match why {
            GivenName::Title => {
                let title = self.readings.found.titles.iter().find(|title| title.tokens.end == name.start);
                if let Some(title) = title {
                    telling.see("the title before", title.tokens.clone());
                }
            }
            GivenName::Cue => {
                if let Some(hit) = doc.find_before(Table::Honorifics, name.start) {
                    telling.row(hit);
                }
            }
            GivenName::Acts => match doc.find(Table::SpeechVerbs, name.end) {
                Some(hit) => telling.row(hit),
                None => telling.see("a verb of people behind", name.end..name.end + 1),
            },
            GivenName::Only => telling.see("a capital inside a sentence that no row of the lexicons explains", name.clone()),
            GivenName::Usual => telling.see("the text uses it alone inside its sentences, too", name.clone()),
        }
    }

    fn title(&mut self, fact: Fact, n: usize, t: usize, title: &TitleReading, told: &Given) {
        let (doc, found) = (self.doc, &self.readings.found);
        let mut telling = self.telling();
        let (start, end) = (title.tokens.start, title.tokens.end);
        // The row that the head stands on; of several of one length the one with this role.
        let heads: Vec<Hit> = title
            .tokens
            .clone()
            .flat_map(|at| doc.hits_at(at))
            .filter(|hit| hit.table == Table::Posts && hit.end == title.head_end)
            .collect();
        let of_role = |hit: &&Hit| title.role.contains(doc.entry(**hit).cells[0]);
        let head = heads.iter().find(of_role).or(heads.first());
        if let Some(&head) = head {
            telling.row(head);
        }
        let rule = match told.by.get(&(n, t)) {
            Some(TitleRule::Before) => "title.before_name",
            Some(TitleRule::After) => "title.after_name",
            Some(TitleRule::PluralList) => {
                telling.see(
                    "a plural before",
                    doc.find_before(Table::Honorifics, start).map_or(start.saturating_sub(1), |hit| hit.start)..start,
                );
                "title.plural_list"
            }
            Some(TitleRule::Appointed) => {
                telling.see("words of an office before", start.saturating_sub(3).max(doc.sentence(start).start)..start);
                "title.appointed"
            }
            Some(TitleRule::Remark) => "title.in_brackets",
            Some(TitleRule::SharedByPair) => {
                if let Some(second) = found.persons.get(n + 1) {
                    telling.see("the second of the two, behind whom it stands", second.tokens.clone());
                }
                "title.shared_by_pair"
            }
            Some(TitleRule::Signature) => "title.signature",
            Some(TitleRule::Refused(_)) | None => "title",
        };
        if let Some(person) = found.persons.get(n) {
            const NEAR: usize = 12;
            telling.see("the person", person.tokens.clone());
            let between = if person.tokens.end <= start { person.tokens.end..start } else { end..person.tokens.start };
            if (1..=NEAR).contains(&between.len()) {
                telling.see("between the two", between);
            }
        }
        if let Some(body) = title.organization.as_ref().filter(|body| body.definite) {
            telling.see("the body it is held in", body.tokens.clone());
        }
        // "TUV": of a city or of a province.
        let city = self.city;
        for &other in heads.iter().filter(|&other| Some(other) != head) {
            let flags = doc.flags(other);
            if flags.has(Flags::CITY) && !city || flags.has(Flags::PROVINCE) && city {
                let speaks = if city { "a city" } else { "a province" };
                let why = format!("{} is said elsewhere: the bulletin speaks of {speaks}", doc.entry(other).cells[0]);
                telling.reject("title", other.start..other.end, why);
            }
        }
        for (person, why) in told.refused.get(&t).into_iter().flatten() {
            if let Some(other) = found.persons.get(*person).filter(|_| *person != n) {
                telling.reject("person", other.tokens.clone(), *why);
            }
        }
        if let Some(body) = organization::read(doc, start, Context::default()).filter(|body| body.definite) {
            telling.reject("organization", body.tokens, "a title comes before a body in the policy");
        }
        self.tell(fact, rule, telling);
    }

    // ---------------------------------------------------------------- bodies and places

    fn organizations(&mut self) {
        let readings = self.readings;
        for (n, (reading, body)) in readings.found.organizations.iter().zip(&self.bulletin.organizations).enumerate() {
            let mut telling = self.telling();
            let rule = self.organization(&mut telling, reading);
            if body.expanded.is_some() {
                telling.rows(Table::Acronyms, reading.tokens.clone());
            }
            self.tell(Fact::Organization(n), rule, telling);
        }
    }

    fn organization(&self, telling: &mut Telling, reading: &OrganizationReading) -> &'static str {
        let doc = self.doc;
        let start = reading.tokens.start;
        let rule = match reading.by {
            BodyRule::Known => {
                if let Some(hit) = doc.find(Table::KnownBodies, start) {
                    telling.row(hit);
                    telling.see("what the complete name goes on with", hit.end..reading.tokens.end);
                }
                "organization.known"
            }
            BodyRule::Head => {
                if let Some(hit) = doc.find(Table::Bodies, start) {
                    telling.row(hit);
                }
                let mut notes = Notes::default();
                organization::parts(doc, start, reading.context, &mut notes);
                telling.notes(notes);
                "organization.head"
            }
            BodyRule::Introduced => {
                if let Some(full) = &reading.stands_for {
                    telling.see("the name in full, with this acronym in brackets behind it", full.clone());
                }
                "organization.introduced"
            }
        };
        // Inside a title a body is looked for first.
        if !reading.context.person_expected
            && let Some(place) = place::read(doc, start, false)
        {
            let why = if place.tokens.end < reading.tokens.end {
                "shorter than the organization"
            } else {
                "as long as the organization, and its first word heads no place"
            };
            telling.reject("place", place.tokens, why);
        }
        self.rival_names(telling, "organization", &reading.tokens);
        rule
    }

    fn places(&mut self) {
        let readings = self.readings;
        for (n, reading) in readings.found.places.iter().enumerate().take(self.bulletin.places.len()) {
            let mut telling = self.telling();
            let rule = self.place(&mut telling, reading);
            self.tell(Fact::Place(n), rule, telling);
        }
    }

    fn place(&self, telling: &mut Telling, reading: &PlaceReading) -> &'static str {
        let (doc, found) = (self.doc, &self.readings.found);
        let start = reading.tokens.start;
        let rule = match reading.by {
            PlaceRule::LevelWord => {
                if let Some(head) = doc.find(Table::PlaceHeads, start) {
                    telling.row(head);
                    self.place_name(telling, reading, place::past_dot(doc, head.end));
                }
                "place.level_word"
            }
            PlaceRule::Known => {
                if let Some(hit) = doc.find(Table::Places, start) {
                    telling.row(hit);
                }
                "place.known"
            }
            PlaceRule::Counted(head) => {
                telling.see("a plural or a count", head.saturating_sub(1)..head);
                self.head_row(telling, head);
                "place.counted"
            }
            PlaceRule::Listed => {
                if let Some(before) = found.places.iter().find(|p| p.tokens.end + 1 == start) {
                    telling.see("the commune before it in the list", before.tokens.clone());
                }
                if let Some(hit) = doc.find(Table::Places, start) {
                    telling.row(hit);
                }
                "place.in_list"
            }
            PlaceRule::Street => {
                telling.see("a number, an announcement or a street before", start.saturating_sub(2)..start);
                "place.street"
            }
            PlaceRule::Repeated(said) => {
                if let Some(before) = reading_at(&found.places, said) {
                    telling.see("the same name with its level word", before.tokens.clone());
                }
                "place.repeated"
            }
        };
        self.refused_days(telling, &reading.tokens);
        if matches!(reading.by, PlaceRule::LevelWord | PlaceRule::Known)
            && let Some(body) = organization::read(doc, start, Context::default()).filter(|body| body.definite)
            && !self.is_found("organization", &body.tokens)
        {
            let why = if body.tokens.end < reading.tokens.end { "shorter than the place" } else { "its first word heads a place" };
            telling.reject("organization", body.tokens, why);
        }
        rule
    }

    /// *đường 2/4*: the day or ratio that the verdict refused, and why.
    fn refused_days(&self, telling: &mut Telling, tokens: &Range<usize>) {
        for at in tokens.clone() {
            let Some(day) = date::numeric(self.doc, at).filter(|day| day.slash && day.end <= tokens.end) else { continue };
            let mut notes = Notes::default();
            if ratio::weigh(self.doc, at, &mut notes).verdict == Verdict::Neither
                && let Some(reason) = notes.reasons.last()
            {
                telling.reject("date", at..day.end, reason.what);
            }
        }
    }

    fn head_row(&self, telling: &mut Telling, at: usize) {
        if let Some(hit) = self.doc.find(Table::PlaceHeads, at) {
            telling.row(hit);
        }
    }

    /// Behind the level word: a row of the gazetteer, or a capitalized run in which a person may begin.
    fn place_name(&self, telling: &mut Telling, reading: &PlaceReading, name: usize) {
        let doc = self.doc;
        if let Some(hit) = doc.find(Table::Places, name).filter(|hit| hit.end <= reading.tokens.end) {
            telling.row(hit);
        }
        if !doc.is_cap(name) || name >= reading.tokens.end {
            telling.see("the name or number behind the level word", name..reading.tokens.end);
            return;
        }
        let run = name..person::run_end(doc, name);
        if doc.find(Table::Places, name).is_some_and(|hit| hit.end >= run.end) {
            if person::stands_alone(doc, &run) {
                telling.reject("person", run, "behind a level word the gazetteer has the name");
            }
            return;
        }
        let expected = place::read(doc, reading.tokens.start, false).is_none_or(|alone| alone.tokens != reading.tokens);
        let mut notes = Notes::default();
        let cut = person::cut(doc, &run, expected, &mut notes);
        let needed = notes.reasons.iter().find(|r| r.what == person::NEEDED).and_then(|r| r.points).unwrap_or(0);
        let best = notes.reasons.iter().filter(|r| r.what == person::FROM_HERE).max_by_key(|r| r.points);
        telling.see("the capitalized words behind the level word", name..reading.tokens.end);
        let Some((best, points)) = best.and_then(|best| Some((best, best.points.filter(|&points| points > 0)?))) else { return };
        telling.count(person::NEEDED, Some(needed), run.clone());
        telling.count(person::FROM_HERE, Some(points), best.tokens.clone());
        if cut == run.end {
            telling.reject("person", best.tokens.clone(), format!("a person needs more than {needed} points here, this has {points}"));
        } else if cut == name {
            telling.reject("person", run, "behind a level word, with no title before, a place may bear a person's name");
        }
    }

    // ---------------------------------------------------------------- figures

    fn dates(&mut self) {
        let readings = self.readings;
        let mut context = DayContext::new(&readings.anchor);
        for (n, (reading, date)) in readings.found.dates.iter().zip(&self.bulletin.dates).enumerate() {
            let mut telling = self.telling();
            let (doc, tokens) = (self.doc, &reading.tokens);
            let by = [tokens.start, tokens.start.saturating_sub(1)]
                .into_iter()
                .find_map(|at| date::read_by(doc, at).filter(|(again, _)| again.tokens == *tokens))
                .map(|(_, by)| by);
            let rule = match by {
                Some(DateRule::LunarYear) => "date.lunar_year",
                Some(DateRule::Interval) => "date.interval",
                Some(DateRule::Relative) => "date.relative",
                Some(DateRule::MonthsOfYear) => "date.months_of_year",
                Some(DateRule::DaysOfMonth) => "date.days_of_month",
                Some(DateRule::Duration) => "date.duration",
                Some(DateRule::Points) | None => "date.written",
            };
            telling.rows(Table::Calendar, tokens.clone());
            for at in tokens.clone() {
                if let Some(day) = date::numeric(doc, at).filter(|day| day.year.is_some() && day.end <= tokens.end) {
                    telling.see("day, month and year in figures", at..day.end);
                }
            }
            let weighed = by == Some(DateRule::Points) && self.weighed_days(&mut telling, tokens);
            let rule = if weighed { "date.verdict" } else { rule };
            if telling.evidence.is_empty() {
                telling.see("numbers and words of time", tokens.clone());
            }
            self.rival_figures(&mut telling, "date", tokens);
            let told_by = context.told_by(reading);
            context.next(reading);
            if date.resolved_from.is_some() {
                self.resolved(&mut telling, reading.tokens.clone(), told_by, date.resolved_from);
            }
            self.tell(Fact::Date(n), rule, telling);
        }
    }

    /// The days without a year inside a date that the verdict was asked about: the points, and the ratio they might have been. Whether there
    /// are any.
    fn weighed_days(&self, telling: &mut Telling, tokens: &Range<usize>) -> bool {
        let doc = self.doc;
        let mut any = false;
        for at in tokens.clone() {
            let Some(day) = date::numeric(doc, at).filter(|day| day.slash && day.year.is_none() && day.end <= tokens.end) else { continue };
            // Behind the word itself nothing is weighed.
            if at > tokens.start && doc.is_any(at - 1, &[w::ngày, w::mồng, w::mùng]) {
                telling.see("the word for day before it", at - 1..at);
                continue;
            }
            let mut notes = Notes::default();
            let weighed = ratio::weigh(doc, at, &mut notes);
            if weighed.verdict == Verdict::Date {
                telling.notes(notes);
                telling.reject("ratio", at..day.end, format!("the points: date {}, ratio {}", weighed.date, weighed.ratio));
                any = true;
            }
        }
        any
    }

    /// From what the year or the day of a date was filled in.
    fn resolved(&self, telling: &mut Telling, tokens: Range<usize>, told_by: Option<usize>, from: Option<InferredFrom>) {
        let dates = &self.readings.found.dates;
        let date = |n: usize| dates.get(n).map(|date| date.tokens.clone());
        if let Some(tokens) = told_by.and_then(date) {
            telling.see("resolved with the day named before", tokens);
            return;
        }
        let anchor = self.readings.anchor.told_by.and_then(date);
        match (from, anchor) {
            (Some(InferredFrom::PublicationLine), Some(line)) => telling.see("resolved with the day in the publication line", line),
            (Some(InferredFrom::FirstFullDate), Some(first)) => {
                telling.see("resolved with the first full date of the text that is its own", first)
            }
            (Some(InferredFrom::Period), Some(period)) => telling.see("resolved with the year of a quarter or half", period),
            (Some(InferredFrom::ReferenceDate), _) => telling.see("resolved with the reference date that the caller gave", tokens),
            _ => {}
        }
    }

    fn ratios(&mut self) {
        let readings = self.readings;
        for (n, reading) in readings.found.ratios.iter().enumerate().take(self.bulletin.ratios.len()) {
            let mut telling = self.telling();
            let (doc, start) = (self.doc, reading.tokens.start);
            let mut notes = Notes::default();
            let weighed = ratio::weigh(doc, start, &mut notes);
            telling.notes(notes);
            if let Some(unit) = &reading.unit {
                telling.rows(Table::Units, unit.clone());
            }
            if let Some(at) = reading.stated_at {
                telling.see("the percentage stated for it", at..at + 2);
            }
            if let Some(day) = date::numeric(doc, start).filter(|day| day.slash) {
                telling.reject("date", start..day.end, format!("the points: ratio {}, date {}", weighed.ratio, weighed.date));
            }
            self.rival_figures(&mut telling, "ratio", &reading.tokens);
            self.tell(Fact::Ratio(n), "ratio.verdict", telling);
        }
    }

    fn percents(&mut self) {
        let readings = self.readings;
        for (n, reading) in readings.found.percents.iter().enumerate().take(self.bulletin.percents.len()) {
            let mut telling = self.telling();
            let end = reading.tokens.end;
            let sign = if self.doc.is(end.saturating_sub(1), w::PERCENT) { end - 1 } else { end.saturating_sub(2) };
            telling.see("the sign or the words of percent", sign..end);
            self.rival_figures(&mut telling, "percent", &reading.tokens);
            self.tell(Fact::Percent(n), "percent.sign", telling);
        }
    }

    fn quantities(&mut self) {
        let readings = self.readings;
        for (n, reading) in readings.found.quantities.iter().enumerate().take(self.bulletin.quantities.len()) {
            let mut telling = self.telling();
            let rule = match reading.by {
                UnitRule::Known => "quantity.known_unit",
                UnitRule::Shape => "quantity.noun_behind",
                UnitRule::Quoted => "quantity.quoted_unit",
                UnitRule::Padded => "quantity.leading_zero",
            };
            if reading.by == UnitRule::Known {
                telling.rows(Table::Units, reading.unit.clone());
            }
            if telling.evidence.is_empty() {
                telling.see("what is counted", reading.unit.clone());
            }
            if let Some(at) = reading.approx {
                telling.see("the word that makes it approximate", at..at + 1);
            }
            self.rival_figures(&mut telling, "quantity", &reading.tokens);
            self.tell(Fact::Quantity(n), rule, telling);
        }
    }

    fn money(&mut self) {
        let readings = self.readings;
        for (n, reading) in readings.found.money.iter().enumerate().take(self.bulletin.money.len()) {
            let mut telling = self.telling();
            let tokens = &reading.tokens;
            let rule = match reading.by {
                MoneyRule::Prefix => "money.currency_before",
                MoneyRule::Currency => "money.currency_behind",
                MoneyRule::BareScale => {
                    telling.see("the words before", tokens.start.saturating_sub(2)..tokens.start);
                    "money.scale_alone"
                }
            };
            telling.rows(Table::Currencies, tokens.clone());
            telling.rows(Table::Numbers, tokens.clone());
            if let Some(at) = reading.approx {
                telling.see("the word that makes it approximate", at..at + 1);
            }
            self.rival_figures(&mut telling, "money", tokens);
            self.tell(Fact::Money(n), rule, telling);
        }
    }

    fn documents(&mut self) {
        let readings = self.readings;
        for (n, (reading, document)) in readings.found.documents.iter().zip(&self.bulletin.documents).enumerate() {
            let mut telling = self.telling();
            let before = n.checked_sub(1).and_then(|n| readings.found.documents.get(n));
            let rule = self.document(&mut telling, reading, document, before);
            self.tell(Fact::Document(n), rule, telling);
        }
    }

    fn document(
        &self,
        telling: &mut Telling,
        reading: &DocumentReading,
        document: &Document,
        before: Option<&DocumentReading>,
    ) -> &'static str {
        let doc = self.doc;
        let own_end = reading.number_at.as_ref().or(reading.title.as_ref()).map_or(reading.tokens.end, |part| part.end);
        let rule = match reading.by {
            DocumentRule::Typed => "document.typed",
            DocumentRule::Symbol => "document.symbol",
            DocumentRule::Article => "document.article",
            DocumentRule::Coordinated => {
                if let Some(before) = before {
                    telling.see("the document before, whose type it shares", before.tokens.clone());
                }
                "document.coordinated"
            }
            DocumentRule::Law => "document.law",
            DocumentRule::Treaty => "document.treaty",
            DocumentRule::Named => "document.named",
        };
        let type_end = reading.number_at.as_ref().map_or(own_end, |number| number.start);
        telling.rows(Table::Documents, reading.tokens.start.saturating_sub(usize::from(reading.by == DocumentRule::Typed))..type_end);
        if let Some(number) = &reading.number_at {
            let what = document.symbol.as_ref().map_or_else(
                || "the number".to_owned(),
                |symbol| {
                    let year = symbol.year.map(|year| year.to_string());
                    let parts = [("number", Some(&symbol.number)), ("year", year.as_ref()), ("type", symbol.kind.as_ref())];
                    let parts = parts.into_iter().chain([("issuer", symbol.issuer.as_ref())]);
                    let said: Vec<String> = parts.filter_map(|(part, value)| value.map(|value| format!("{part} {value}"))).collect();
                    format!("the symbol: {}", said.join(", "))
                },
            );
            telling.see(what, number.clone());
        }
        if let Some(title) = &reading.title {
            match doc.find(Table::Laws, title.start).filter(|hit| hit.end == title.end) {
                Some(hit) => telling.row(hit),
                None => telling.see("its title or subject", title.clone()),
            }
        }
        if let Some(date) = reading.date_at.and_then(|at| reading_at(&self.readings.found.dates, at)) {
            telling.see("the day of issue", date.tokens.clone());
        }
        if let Some(issuer) = &reading.issuer {
            telling.see("the issuer", issuer.clone());
        }
        if let Some(first) = document.same_as.and_then(|first| self.readings.found.documents.get(first)) {
            telling.see("an earlier mention of the same document", first.tokens.clone());
        }
        self.rival_figures(telling, "document", &(reading.tokens.start..own_end));
        rule
    }

    // ---------------------------------------------------------------- quotes, entities, indicators

    fn quotes(&mut self) {
        if self.bulletin.quotes.is_empty() {
            return;
        }
        for (n, reading) in quote::find::<Notes>(self.doc, &self.readings.cast()).into_iter().enumerate() {
            let mut telling = self.telling();
            telling.notes(reading.notes);
            let rule = match reading.by {
                QuoteRule::Lead => "quote.lead",
                QuoteRule::Tail => "quote.tail",
                QuoteRule::Continued => "quote.continued",
                QuoteRule::Nested => "quote.nested",
            };
            self.tell(Fact::Quote(n), rule, telling);
        }
    }

    fn entities(&mut self) {
        let (readings, bulletin) = (self.readings, self.bulletin);
        if bulletin.entities.is_empty() {
            return;
        }
        let writer = readings.writer();
        let mut apart = Vec::new();
        let mut seldom = Vec::new();
        let expanded = |body: &OrganizationReading| writer.expanded(body);
        let found = entity::tell(self.doc, &readings.found, &readings.given, expanded, &mut |aside| match aside {
            Aside::Apart { entity, other, why } => apart.push((entity, other, why)),
            Aside::OtherName { taken, other } => seldom.push((taken.to_owned(), other.to_owned())),
        });
        let mut mentions = vec![Vec::new(); bulletin.entities.len()];
        // Persons and bodies have entities of their own.
        for (m, &at) in found.persons.iter().enumerate().chain(found.organizations.iter().enumerate()) {
            if let Some(list) = mentions.get_mut(at) {
                list.push(m);
            }
        }
        let names = link::Names::new(self.doc, &readings.found, &readings.given);
        let fullest = (0..readings.found.persons.len()).map(|m| names.fullest(m)).collect();
        let places = entity::named_places(self.doc, &readings.found);
        let entities = Entities { mentions, found, fullest, places, apart, seldom };
        for (n, entity) in bulletin.entities.iter().enumerate() {
            let mut telling = self.telling();
            let rule = match entity {
                Entity::Person { .. } => self.person_entity(&mut telling, n, &entities),
                Entity::Organization { name, inferred, .. } => self.body_entity(&mut telling, n, name, *inferred, &entities),
            };
            self.tell(Fact::Entity(n), rule, telling);
        }
    }

    fn person_entity(&self, telling: &mut Telling, n: usize, entities: &Entities) -> &'static str {
        let persons = &self.readings.found.persons;
        let (mut full, mut short) = (0, 0);
        for &m in entities.mentions.get(n).into_iter().flatten() {
            let tokens = persons.get(m).map_or(0..0, |person| person.tokens.clone());
            if entities.fullest.get(m) == Some(&m) {
                full += 1;
                telling.see("the full name", tokens);
            } else {
                short += 1;
                telling.see("a short name of it: no other fuller name fits it better", tokens);
            }
        }
        for (_, other, why) in entities.apart.iter().filter(|(entity, ..)| *entity == n) {
            let mention = entities.mentions.get(*other).and_then(|list| list.first()).and_then(|&m| persons.get(m));
            telling.reject("same person", mention.map_or(0..0, |person| person.tokens.clone()), *why);
        }
        match (full, short) {
            (_, 1..) => "entity.short_name",
            (2.., _) => "entity.same_name",
            _ => "entity.one_mention",
        }
    }

    fn body_entity(
        &self,
        telling: &mut Telling,
        n: usize,
        name: &str,
        inferred: Option<InferredName>,
        entities: &Entities,
    ) -> &'static str {
        let bodies = &self.readings.found.organizations;
        let tokens_of = |m: &usize| bodies.get(*m).map_or(0..0, |body| body.tokens.clone());
        let mentions = entities.mentions.get(n).map_or(&[][..], Vec::as_slice);
        let longest = mentions.iter().map(tokens_of).max_by_key(|tokens| tokens.len()).unwrap_or(0..0);
        let mut by: Option<&Source> = None;
        // Of the whole text, not of one mention: said once.
        let (mut about, mut longer) = (None, false);
        for m in mentions {
            telling.see("a mention of it", tokens_of(m));
            // What completes this mention's name.
            let Some(source) = entities.found.sources.get(*m).and_then(Option::as_ref) else { continue };
            match source {
                Source::Shared(next) => telling.see("it shares the level and place of the body behind it", next.clone()),
                Source::Sentence(place) => telling.see("the place of its level that its sentence names", place.clone()),
                Source::Subject(level) if about != Some(*level) => {
                    about = Some(*level);
                    self.subject_place(telling, name, *level, &entities.places);
                }
                Source::Bracket(full) => telling.see("the full name before the bracket", full.clone()),
                Source::LongerName if !longer => {
                    longer = true;
                    telling.see("the longer name that begins with it", longest.clone());
                    self.other_names(telling, name, entities, tokens_of);
                }
                Source::Subject(_) | Source::LongerName => {}
            }
            by = by.or(Some(source));
        }
        match (inferred, by) {
            (Some(InferredName::Place), _) => "entity.place",
            (Some(InferredName::LongerName), _) | (None, Some(Source::Bracket(_) | Source::LongerName)) => "entity.longer_name",
            (None, Some(_)) => "entity.place",
            (None, None) if mentions.len() > 1 => "entity.same_name",
            (None, None) => "entity.one_mention",
        }
    }

    /// The longer names that were named too seldom to be meant by the short one.
    fn other_names(&self, telling: &mut Telling, name: &str, entities: &Entities, tokens_of: impl Fn(&usize) -> Range<usize>) {
        for (_, other) in entities.seldom.iter().filter(|(taken, _)| taken == name) {
            let named = |entity: &Entity| matches!(entity, Entity::Organization { name, .. } if name == other);
            let at = self.bulletin.entities.iter().position(named);
            let mention = at.and_then(|at| entities.mentions.get(at)).and_then(|list| list.first()).map(&tokens_of);
            telling.reject("organization", mention.unwrap_or(0..0), "a longer name, too, but not named half as often");
        }
    }

    /// The mentions of the place that the text is about, and of the others of its level.
    fn subject_place(&self, telling: &mut Telling, name: &str, level: usize, places: &[(usize, String, Range<usize>)]) {
        let doc = self.doc;
        let mut named = false;
        for (_, place, tokens) in places.iter().filter(|(of, ..)| *of == level) {
            if name.ends_with(place.as_str()) {
                named = true;
                telling.see("the place of its level that the text names most", tokens.clone());
            } else {
                telling.reject("place", tokens.clone(), "of its level, but the text does not name it half as often");
            }
        }
        if !named {
            let name = fold(name);
            let ends = |hit: &Hit| doc.is_cap(hit.start) && name.ends_with(&fold(&doc.plain(&(hit.start..hit.end))));
            if let Some(hit) = (0..doc.len()).find_map(|at| doc.find(Table::Places, at).filter(ends)) {
                telling.see("the only province or city that the first lines name", hit.start..hit.end);
            }
        }
    }

    fn indicators(&mut self) {
        if self.bulletin.indicators.is_empty() {
            return;
        }
        let dates = self.readings.writer().dates(&self.readings.found.dates, &self.readings.anchor);
        for (n, told) in indicator::tell_all::<Notes>(self.doc, &self.readings.found, &dates).into_iter().enumerate() {
            let mut telling = self.telling();
            telling.notes(told.notes);
            let rule = match told.by {
                IndicatorRule::Ratio => "indicator.ratio",
                IndicatorRule::Share => "indicator.share",
                IndicatorRule::Growth => "indicator.growth",
                IndicatorRule::Rate => "indicator.rate",
                IndicatorRule::Plan => "indicator.plan",
                IndicatorRule::Part => "indicator.part",
            };
            self.tell(Fact::Indicator(n), rule, telling);
        }
    }

    fn references(&mut self) {
        let bulletin = self.bulletin;
        for (n, reference) in bulletin.references.iter().enumerate() {
            let mut telling = self.telling();
            let rule = match reference {
                Reference::Person { entity, span, .. } => {
                    self.holder(&mut telling, *entity, *span);
                    "reference.post"
                }
                Reference::Document { document, .. } => {
                    let meant = self.readings.found.documents.get(*document).map_or(0..0, |reading| reading.tokens.clone());
                    telling.see("the last document of this type before", meant);
                    "reference.document"
                }
            };
            self.tell(Fact::Reference(n), rule, telling);
        }
    }

    /// Where the bulletin says that a person holds the post that stands alone at `span`.
    fn holder(&self, telling: &mut Telling, entity: usize, span: Span) {
        let found = &self.readings.found;
        let alone = found.titles.iter().find(|title| self.doc.span(&title.tokens).end == span.end);
        let persons = found.persons.iter().zip(&self.bulletin.persons).zip(&self.readings.given);
        for ((person, _), given) in persons.filter(|((_, person), _)| person.entity == Some(entity)) {
            let held = given.iter().filter_map(|&t| found.titles.get(t));
            for title in held.filter(|held| alone.is_some_and(|alone| alone.role == held.role) && !held.former) {
                telling.see("the only holder of the post", person.tokens.clone());
                telling.see("where the holder is named with it", title.tokens.clone());
            }
        }
    }

    // ---------------------------------------------------------------- header

    fn header(&mut self) {
        let bulletin = self.bulletin;
        let header = &bulletin.header;
        let anchor = &self.readings.anchor;
        let page = Page::new(self.doc, &self.readings.found, &self.readings.given);
        if header.headline.is_some() {
            let mut telling = self.telling();
            self.see_span(&mut telling, page.sort_of_headline(), header.spans.headline);
            for (line, what) in page.before_headline() {
                telling.reject("headline", line, what);
            }
            self.tell(Fact::Header(HeaderField::Headline), "header.headline", telling);
        }
        if header.published.is_some() {
            let rule = match header.published_from {
                None if page.publication.is_some() => "header.publication_line",
                None => "header.dateline",
                Some(InferredFrom::FirstFullDate) => "header.first_full_date",
                Some(_) => "header.reference_date",
            };
            let first = anchor.told_by.and_then(|n| self.readings.found.dates.get(n)).map(|date| self.doc.span(&date.tokens));
            let first = first.filter(|_| header.published_from == Some(InferredFrom::FirstFullDate));
            self.header_field(HeaderField::Published, rule, "the day as written", header.spans.published.or(first));
        }
        if header.place.is_some() {
            self.header_field(HeaderField::Place, "header.dateline", "the place of the dateline", header.spans.place);
        }
        if header.byline.is_some() {
            self.header_field(HeaderField::Byline, "header.byline", "the author's name or names", header.spans.byline);
        }
        if header.source.is_some() {
            self.header_field(HeaderField::Source, "header.source", "what the bulletin says it comes from", header.spans.source);
        }
        if header.url.is_some() {
            self.header_field(HeaderField::Url, "header.url", "the first address of the text", header.spans.url);
        }
    }

    fn header_field(&mut self, field: HeaderField, rule: &str, what: &str, span: Option<Span>) {
        let mut telling = self.telling();
        self.see_span(&mut telling, what, span);
        self.tell(Fact::Header(field), rule, telling);
    }

    fn see_span(&self, telling: &mut Telling, what: &str, span: Option<Span>) {
        if let Some((span, text)) = span.and_then(|span| Some((span, span.slice(self.doc.text)?))) {
            telling.evidence.push(Evidence { what: what.to_owned(), points: None, span, text: text.to_owned() });
        }
    }
}
