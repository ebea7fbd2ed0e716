//! The kinds of facts, one file each, and the policy by which overlapping readings are decided.
//!
//! **Policy.** Two passes go over the tokens from left to right; a reading begins only where the one before it ended.
//! 1. *Figures*: at each token the first of document, ratio, percent, money, date, quantity that accepts it wins. They rarely compete: what
//!    stands behind a number (a symbol, a slash, a sign, a currency, a unit of time, another noun) chooses. The one real doubt, day or ratio,
//!    is decided by evidence in [`ratio::verdict`].
//! 2. *Names*, on what documents, dates and money left: behind an honorific or a title a person; else a title with its body, a body, a place,
//!    a person standing alone. A longer name takes the names inside it; where a capitalized run is body or place and then person, [`person::name_start`]
//!    cuts.
//!
//! Quotes come last: they need the persons, and may hold mentions of any kind.

pub(crate) mod date;
pub(crate) mod document;
pub(crate) mod money;
pub(crate) mod organization;
pub(crate) mod percent;
pub(crate) mod person;
pub(crate) mod place;
pub(crate) mod quantity;
pub(crate) mod quote;
pub(crate) mod ratio;
pub(crate) mod title;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::bulletin::TitleKind;
use crate::doc::Doc;
use crate::lexicon::{Flags, Table};
use crate::tok::Tok;
use crate::token::Case;
use crate::words as w;

use date::DateReading;
use document::DocumentReading;
use money::MoneyReading;
use organization::OrganizationReading;
use percent::PercentReading;
use person::GivenName;
pub(crate) use person::{PersonReading, PersonRule};
use place::{PlaceReading, PlaceRule};
use quantity::QuantityReading;
use ratio::RatioReading;
use title::TitleReading;

/// A kind of fact, to choose what an extractor gives; see [`crate::ExtractorBuilder::kinds`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// [`crate::Person`], with titles.
    Person,
    /// [`crate::Organization`].
    Organization,
    /// [`crate::Date`].
    Date,
    /// [`crate::Ratio`].
    Ratio,
    /// [`crate::Percent`].
    Percent,
    /// [`crate::Quantity`].
    Quantity,
    /// [`crate::Money`].
    Money,
    /// [`crate::Document`].
    Document,
    /// [`crate::Place`].
    Place,
    /// [`crate::Quote`].
    Quote,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 10] = [
        Kind::Person,
        Kind::Organization,
        Kind::Date,
        Kind::Ratio,
        Kind::Percent,
        Kind::Quantity,
        Kind::Money,
        Kind::Document,
        Kind::Place,
        Kind::Quote,
    ];

    /// Its name: `person`, `organization`, `date`, `ratio`, `percent`, `quantity`, `money`, `document`, `place`, `quote`.
    ///
    /// ```
    /// use bantin::Kind;
    /// assert_eq!(Kind::Money.name(), "money");
    /// assert_eq!(Kind::ALL.into_iter().find(|kind| kind.name() == "quote"), Some(Kind::Quote));
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organization => "organization",
            Kind::Date => "date",
            Kind::Ratio => "ratio",
            Kind::Percent => "percent",
            Kind::Quantity => "quantity",
            Kind::Money => "money",
            Kind::Document => "document",
            Kind::Place => "place",
            Kind::Quote => "quote",
        }
    }
}

/// What stands on a range of tokens. Lists of readings are in the order of the text.
pub(crate) trait Reading {
    /// The tokens it stands on.
    fn tokens(&self) -> &Range<usize>;
}

macro_rules! readings {
    ($($reading:ty),*) => { $(impl Reading for $reading { fn tokens(&self) -> &Range<usize> { &self.tokens } })* };
}

readings!(PersonReading, TitleReading, OrganizationReading, PlaceReading, DateReading, DocumentReading);

/// The index of the reading that begins at token `start`.
pub(crate) fn index_at<R: Reading>(readings: &[R], start: usize) -> Option<usize> {
    readings.binary_search_by_key(&start, |r| r.tokens().start).ok()
}

/// The reading that begins at token `start`.
pub(crate) fn reading_at<R: Reading>(readings: &[R], start: usize) -> Option<&R> {
    index_at(readings, start).and_then(|n| readings.get(n))
}

/// All readings of a text, each list in the order of the text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) persons: Vec<PersonReading>,
    pub(crate) titles: Vec<TitleReading>,
    pub(crate) organizations: Vec<OrganizationReading>,
    pub(crate) places: Vec<PlaceReading>,
    pub(crate) dates: Vec<DateReading>,
    pub(crate) ratios: Vec<RatioReading>,
    pub(crate) percents: Vec<PercentReading>,
    pub(crate) quantities: Vec<QuantityReading>,
    pub(crate) money: Vec<MoneyReading>,
    pub(crate) documents: Vec<DocumentReading>,
}

/// Everything that the rules read. `city`: the bulletin is a centrally-run city's.
pub(crate) fn find(doc: &Doc, city: bool) -> Found {
    let mut found = Found::default();
    let taken = figures(doc, &mut found);
    names(doc, city, &taken, &mut found);
    found
}

/// A number, a word of a numeral, a date or a document, or one that stands before them; at any other token no figure begins.
fn may_start_figure(doc: &Doc, i: usize) -> bool {
    static LEADS: w::WordSet = w::WordSet::of(&[w::từ, w::gần, w::hơn, w::trên, w::khoảng, w::ước, w::dưới, w::điều, w::khoản, w::điểm]);
    LEADS.has(doc.sym(i)) || date::may_start(doc, i) || doc.has_any(&[Table::Documents, Table::Currencies], i)
}

/// The first pass. Returns for each token whether names are out of the question there.
fn figures(doc: &Doc, found: &mut Found) -> Vec<bool> {
    let mut taken = vec![false; doc.len() + 1];
    let mut i = 0;
    while i < doc.len() {
        if !may_start_figure(doc, i) {
            i += 1;
            continue;
        }
        if let Some(reading) = document::read(doc, i) {
            let mut reading = reading;
            while let Some(next) = document::coordinated(doc, &reading) {
                mark(&mut taken, &reading.tokens);
                found.documents.push(std::mem::replace(&mut reading, next));
            }
            mark(&mut taken, &reading.tokens);
            i = reading.tokens.end;
            found.documents.push(reading);
        } else if let Some(reading) = ratio::read(doc, i) {
            // *83,2%/75%*: a ratio, and two percentages.
            if doc.is(i + 1, w::PERCENT) {
                found.percents.extend(percent::read(doc, i));
                found.percents.extend(percent::read(doc, i + 3));
            }
            i = reading.tokens.end;
            found.ratios.push(reading);
        } else if let Some(reading) = percent::read(doc, i) {
            i = reading.tokens.end;
            found.percents.push(reading);
        } else if let Some(reading) = money::read(doc, i) {
            mark(&mut taken, &reading.tokens);
            i = reading.tokens.end;
            found.money.push(reading);
        } else if let Some(reading) = date::read(doc, i) {
            mark(&mut taken, &reading.tokens);
            i = reading.tokens.end;
            found.dates.push(reading);
        } else if let Some(reading) = quantity::read(doc, i) {
            i = reading.tokens.end;
            found.quantities.push(reading);
        } else {
            i += 1;
        }
    }
    taken
}

/// What a name can begin with in small letters.
const NAMED_BY: &[Table] =
    &[Table::Posts, Table::Bodies, Table::KnownBodies, Table::Acronyms, Table::Places, Table::PlaceHeads, Table::Honorifics];

/// The second pass.
fn names(doc: &Doc, city: bool, taken: &[bool], found: &mut Found) {
    let mut covered = taken.to_vec();
    // The title that ends at the current token, and whether it has a complement.
    let mut title_before: Option<usize> = None;
    let mut i = 0;
    while i < doc.len() {
        if taken.get(i).copied().unwrap_or(false) {
            i += 1;
            continue;
        }
        // Names begin with a capital, or with a word that some row of these begins with.
        if !doc.is_cap(i) && !doc.has_any(NAMED_BY, i) && !title::begins_before_post(doc, i) {
            i += 1;
            continue;
        }
        // "Chủ tịch UBND phường An Hòa (quận Bình Sơn) Lê Quang Phú"
        let bracketed = |t: &TitleReading| {
            i > 0
                && doc.is(i - 1, w::CLOSE)
                && doc.is(t.tokens.end, w::OPEN)
                && i - t.tokens.end <= 9
                && found.places.last().is_some_and(|p| p.tokens.end == i - 1)
        };
        let after_title = title_before.and_then(|t| found.titles.get(t)).filter(|t| {
            (t.tokens.end == i || bracketed(t) || t.tokens.end + 1 == i && doc.is_any(i - 1, &[w::COLON, w::DOT]))
                && doc.same_sentence(t.tokens.start, i)
        });
        // "Bà A, Giám đốc Trung tâm Võ Văn Kiệt, …": behind a person and their post the bare head has its name, which is nobody who holds the post;
        // but "Giám đốc A, Chủ tịch Công đoàn B, …" lists posts in front of their persons.
        let in_front = |p: &PersonReading| found.titles.iter().rev().take(2).any(|t| t.tokens.end == p.tokens.start);
        let bare = |t: &TitleReading| {
            t.organization.as_ref().is_some_and(|body| !body.definite)
                && behind_person(doc, t.tokens.start, found)
                && !found.persons.last().is_some_and(in_front)
        };
        if doc.is_cap(i) && after_title.is_some_and(bare) && person::honorific(doc, i).is_none() && place::read(doc, i, false).is_none() {
            let run = bounded_run(doc, i, taken);
            if run.len() >= 2 && doc.is_any(run.end, &[w::COMMA, w::SEMICOLON, w::DOT, w::CLOSE]) {
                i = run.end;
                continue;
            }
        }
        if doc.is_cap(i)
            && let Some(person) = introduced_person(doc, i, after_title, title_before, taken)
        {
            mark(&mut covered, &person.tokens);
            i = person.tokens.end;
            found.persons.push(person);
            continue;
        }
        // "Theo Thế Kha" at the end: who it is taken from.
        if doc.title(i) == w::theo && doc.is_cap(i + 1) && person::byline(doc, i) {
            i += 1;
            continue;
        }
        if doc.is_cap(i) && person::byline(doc, i) {
            let mut run = bounded_run(doc, i, taken);
            // "Ảnh: Hoài An Tuy vậy, …": the last capital begins a sentence.
            if i > 0 && doc.is_any(i - 1, &[w::COLON, w::SLASH]) && doc.is_lower(run.end) && (3..=4).contains(&run.len()) {
                run.end -= 1;
            }
            if person::byline_name(doc, &run) {
                mark(&mut covered, &run);
                i = run.end;
                found.persons.push(PersonReading { tokens: run, honorific: None, credit: true, by: PersonRule::Byline });
                continue;
            }
        }
        if let Some(title) = title::read(doc, i, city, behind_person(doc, i, found)) {
            mark(&mut covered, &title.tokens);
            let mut inside = title.head_end;
            if let Some(body) = &title.organization {
                inside = body.tokens.end;
                if body.definite {
                    found.organizations.push(body.clone());
                }
            }
            // Places that a title holds: "Tổng Lãnh sự Lào tại Đà Nẵng".
            while inside < title.tokens.end {
                match place::read(doc, inside, false)
                    .or_else(|| place::read(doc, inside, true))
                    .filter(|p| p.tokens.end <= title.tokens.end)
                {
                    Some(place) => {
                        inside = place.tokens.end;
                        found.places.push(place);
                    }
                    None => inside += 1,
                }
            }
            i = title.tokens.end;
            title_before = Some(found.titles.len());
            found.titles.push(title);
            continue;
        }
        if let Some(street) = listed_street(doc, i, found) {
            mark(&mut covered, &street.tokens);
            i = street.tokens.end;
            found.places.push(street);
            continue;
        }
        let listed = place::counted(doc, i);
        if let Some(last) = listed.last() {
            i = last.tokens.end;
            listed.iter().for_each(|place| mark(&mut covered, &place.tokens));
            found.places.extend(listed);
            continue;
        }
        let body = organization::read(doc, i, organization::Context::default());
        // The head of no definite body: what it ends in ("Bệnh viện" in "viện") begins none either.
        let passed = body.as_ref().filter(|b| !b.definite && doc.is_cap(i)).map_or(i + 1, |b| b.head.end);
        let body = body.filter(|b| b.definite);
        let place = place::read(doc, i, false).or_else(|| listed_commune(doc, i, found));
        // A word that heads both ("tổ dân phố") heads a place.
        let heads_place = |b: &OrganizationReading| doc.find(Table::PlaceHeads, i).is_some_and(|hit| hit.end >= b.head.end);
        let body =
            body.filter(|b| place.as_ref().is_none_or(|p| b.tokens.end > p.tokens.end || b.tokens.end == p.tokens.end && !heads_place(b)));
        if let Some(body) = body {
            mark(&mut covered, &body.tokens);
            i = body.tokens.end;
            found.organizations.push(body);
            continue;
        }
        if let Some(place) = place {
            mark(&mut covered, &place.tokens);
            i = place.tokens.end;
            found.places.push(place);
            continue;
        }
        // "Ông Nguyễn …" at the start of a sentence: the name begins behind.
        if let Some(hit) = doc.find(Table::Honorifics, i).filter(|hit| doc.is_cap(hit.end) && !doc.at_line_start(hit.end)) {
            i = hit.end;
            continue;
        }
        if doc.is_cap(i) {
            let run = bounded_run(doc, i, taken);
            let run = if doc.touches(i) && i > 0 && doc.is_number(i - 1) { i..i } else { run }; // "536A Minh Khai"
            let foreign = || {
                (2..=4).contains(&run.len())
                    && !doc.is_word(run.end)
                    && person::looks_foreign(doc, &run)
                    && doc.find(Table::Places, i).is_none()
            };
            let listed = in_list(doc, i, found) && (person::name_score(doc, &run) >= 4 || foreign());
            if person::names_a_thing(doc, i) {
                i = run.end.max(i + 1);
                continue;
            }
            let alone = person::stands_alone(doc, &run);
            if (alone || listed) && !follows_name(doc, i) {
                let by = if alone { PersonRule::Alone } else { PersonRule::Listed };
                let person = PersonReading { tokens: run.clone(), honorific: None, credit: false, by };
                mark(&mut covered, &person.tokens);
                i = run.end;
                found.persons.push(person);
                continue;
            }
        }
        i = passed;
    }
    // "Ban Chỉ đạo 138 tỉnh": the number is the body's.
    let (quantities, organizations) = (&mut found.quantities, &found.organizations);
    let inside = |at: &Range<usize>| {
        let n = organizations.partition_point(|o| o.tokens.start <= at.start);
        n.checked_sub(1).and_then(|n| organizations.get(n)).is_some_and(|o| at.start < o.tokens.end)
    };
    quantities.retain(|q| !inside(&q.tokens));
    repeated(doc, &covered, found);
    mark_all(&mut covered, &found.persons);
    given_names(doc, &covered, found);
    mark_all(&mut covered, &found.persons);
    mark_all(&mut covered, &found.places);
    repeated_places(doc, &covered, found);
    found.persons.sort_by_key(|p| p.tokens.start);
    found.places.sort_by_key(|p| p.tokens.start);
}

/// Marks the tokens `range`.
fn mark(tokens: &mut [bool], range: &Range<usize>) {
    if let Some(slots) = tokens.get_mut(range.clone()) {
        slots.fill(true);
    }
}

/// Marks the tokens that the readings stand on.
fn mark_all<R: Reading>(tokens: &mut [bool], readings: &[R]) {
    for reading in readings {
        mark(tokens, reading.tokens());
    }
}

/// Whether token `i` stands behind a person's name and a mark, or behind such a title.
fn behind_person(doc: &Doc, i: usize, found: &Found) -> bool {
    let Some(mark) = i.checked_sub(1) else { return false };
    let end = if doc.is_any(mark, &[w::COMMA, w::HYPHEN, w::OPEN, w::kiêm, w::và]) { mark } else { return false };
    let ends_there = |range: &Range<usize>| range.end == end;
    let title = || {
        found.titles.last().is_some_and(|t| {
            ends_there(&t.tokens)
                && found.persons.last().is_some_and(|p| {
                    p.tokens.end < t.tokens.start && t.tokens.start - p.tokens.end < 30 && doc.same_sentence(p.tokens.end, i)
                })
        })
    };
    found.persons.last().is_some_and(|p| ends_there(&p.tokens)) || title()
}

/// *đường Lê Lợi, Hàm Nghi, Phạm Ngọc Thạch*: behind a street and a comma a name is another street.
fn listed_street(doc: &Doc, i: usize, found: &Found) -> Option<PlaceReading> {
    if !doc.is_cap(i) || i < 2 {
        return None;
    }
    // "số 16 Lương Văn Can", "ngõ 15 An Dương Vương"
    let numbered =
        doc.is_number(i - 1) && !doc.touches(i) && matches!(doc.raw(i - 2), "số" | "nhà" | "ngõ" | "ngách" | "hẻm" | "kiệt" | "Số" | "Ngõ");
    let last = || {
        found
            .places
            .last()
            .filter(|p| p.level == Some(crate::bulletin::PlaceLevel::Street) && p.tokens.end + 1 == i && doc.is_cap(p.tokens.end - 1))
    };
    // "các tuyến đường: Nguyễn Thị Định, …"
    let announced = doc.is(i - 1, w::COLON) && matches!(doc.small(i - 2), w::đường | w::phố);
    // "từ đường Trần Quốc Hoàn qua Phan Thúc Duyện đến đường …"
    let joined = doc.is_any(i - 1, &[w::COMMA, w::và, w::HYPHEN, w::qua]);
    if !numbered && !announced && (!joined || last().is_none()) {
        return None;
    }
    let run = i..person::run_end(doc, i);
    let other = doc.hits_at(i).any(|hit| {
        matches!(hit.table, Table::Posts | Table::Bodies | Table::KnownBodies | Table::PlaceHeads | Table::Honorifics) && hit.end > i + 1
            || hit.table == Table::Places && hit.end == run.end && !doc.flags(hit).has(Flags::HEAD)
    });
    // A person would be marked: by a title behind, or a verb of saying.
    let marked = doc.is_any(run.end, &[w::HYPHEN, w::OPEN]) || doc.find(Table::SpeechVerbs, run.end).is_some();
    ((2..=4).contains(&run.len()) && !other && !marked).then_some(PlaceReading {
        tokens: run,
        level: Some(crate::bulletin::PlaceLevel::Street),
        by: PlaceRule::Street,
    })
}

/// *xã Đại Lào, Lộc Châu*: behind a commune and a comma a known commune needs no level word.
fn listed_commune(doc: &Doc, i: usize, found: &Found) -> Option<PlaceReading> {
    let hit = doc.find(Table::Places, i).filter(|&hit| hit.end > i + 1 && doc.entry(hit).cells[0] == "commune")?;
    let last = found.places.last()?;
    let listed = i > 0
        && last.tokens.end + 1 == i
        && doc.is_any(i - 1, &[w::COMMA, w::và])
        && doc.find(Table::PlaceHeads, last.tokens.start).is_some();
    let whole = hit.end == person::run_end(doc, i) && doc.same_sentence(i - 1, i) && person::name_score(doc, &(i..hit.end)) < 5;
    let level = Some(crate::bulletin::PlaceLevel::Commune);
    (listed && whole && last.level == level).then_some(PlaceReading { tokens: i..hit.end, level, by: PlaceRule::Listed })
}

/// Whether the item before token `i` in a list is a person: *A, B và C*.
fn in_list(doc: &Doc, i: usize, found: &Found) -> bool {
    i > 0 && doc.is_any(i - 1, &[w::COMMA, w::và, w::SEMICOLON]) && found.persons.last().is_some_and(|p| p.tokens.end + 1 == i)
}

/// Whether a capital right before token `i` makes the run there the tail of another name.
fn follows_name(doc: &Doc, i: usize) -> bool {
    i > 0 && doc.same_sentence(i - 1, i) && doc.is_cap(i - 1) && !doc.at_sentence_start(i - 1) && !doc.is_acronym(i - 1)
}

/// The capitalized run from `i`, ended before a post, a body or a figure that begins inside it.
fn bounded_run(doc: &Doc, i: usize, taken: &[bool]) -> Range<usize> {
    let end = person::run_end(doc, i);
    // In a photo credit capitals throughout end where other words begin.
    let capitals = doc.case(i) == Case::Upper
        && !doc.is_shouted(i)
        && (i > 0 && doc.is(i - 1, w::COLON) || doc.case(i + 1) == Case::Upper && !doc.is_acronym(i) && !doc.is_acronym(i + 1));
    // "Lê Văn Được,", "Thích Không Nghiêm", "ông Mai Có cho biết": a syllable of the name, where a middle name or Thích stands before it, or no
    // word or a verb of saying behind.
    let ends_name = |at: usize| {
        matches!(doc.title(at - 1), w::văn | w::thị | w::thích)
            || !doc.is_word(at + 1)
            || matches!(doc.title(at), w::có | w::được | w::mới | w::từ | w::qua | w::năm | w::đồng)
                && (doc.find(Table::SpeechVerbs, at + 1).is_some() || at == i + 2 && at + 1 == end && person::family(doc, i).is_some())
    };
    let stop = (i + 1..end).find(|&at| {
        taken.get(at).copied().unwrap_or(false)
            || person::opens_sentence(doc, at) && !ends_name(at)
            || capitals && doc.case(at) == Case::Title && doc.raw(at).chars().count() > 1
            || doc.hits_at(at).any(|hit| {
                hit.end > at + 1
                    && match hit.table {
                        // "Cao Tiến Sỹ" holds no degree: the form has a small second syllable.
                        Table::Posts => !doc.flags(hit).has(Flags::WEAK) && doc.as_cased(hit),
                        // "ông Lương Chí Viễn thông báo": the second syllable begins a verb.
                        Table::Bodies | Table::KnownBodies => {
                            doc.as_cased(hit) && !(doc.is_lower(at + 1) && doc.find(Table::SpeechVerbs, at + 1).is_some())
                        }
                        _ => false,
                    }
            })
    });
    i..stop.unwrap_or(end)
}

/// *Giám đốc Khu Quản | lý giao thông*: the run's last capital is the first syllable of a word that goes on in lower case.
fn splits_word(doc: &Doc, run: &Range<usize>) -> bool {
    let last = run.end - 1;
    run.len() == 2
        && doc.is_lower(run.end)
        && !doc.at_line_start(run.end)
        && doc.hits_at(last).any(|hit| hit.table == Table::Fields && hit.end > run.end)
        && doc.find(Table::Bodies, run.start).is_some()
}

/// Whether a capitalized run begins like the name of a body, or holds the Party.
fn begins_body(doc: &Doc, run: &Range<usize>) -> bool {
    let head = matches!(
        doc.title(run.start),
        w::nhóm | w::ngành | w::nha | w::hội | w::hãng | w::trung | w::khối | w::tổ | w::liệt | w::ban | w::đội
    );
    let whole = doc.is_lower(run.end) && run.len() <= 2;
    head && whole || run.clone().any(|at| doc.title(at) == w::đảng)
}

/// A person behind an honorific, a cue or a title (the `nth_title` of the text).
fn introduced_person(
    doc: &Doc,
    i: usize,
    after_title: Option<&TitleReading>,
    nth_title: Option<usize>,
    taken: &[bool],
) -> Option<PersonReading> {
    // "Đại đức A": the honorific "đức" lies inside the rank.
    let honorific =
        person::honorific(doc, i).filter(|hit| doc.same_sentence(hit.start, i) && after_title.is_none_or(|t| hit.start >= t.tokens.end));
    if honorific.is_none() && after_title.is_none() {
        return None;
    }
    let run = bounded_run(doc, i, taken);
    // "Chủ tịch UBND tỉnh Sơn La Ông Lê …": the name begins behind the honorific. "UBNDTP Nguyễn …": an acronym is no syllable of a name.
    let addressed = doc.find(Table::Honorifics, i).is_some_and(|hit| hit.end < run.end && matches!(doc.title(i), w::ông | w::bà));
    let acronym = doc.case(i) == Case::Upper && !doc.is_shouted(i) && run.len() > 1 && doc.case(i + 1) == Case::Title;
    // "Ban TCTW": no name holds a word in capitals that no syllable is; "Nguyễn Đức Chung DN …" ends before it.
    let letters = run.clone().find(|&at| honorific.is_none() && doc.is_acronym(at));
    if addressed || acronym || letters.is_some_and(|at| at < i + 2) {
        return None;
    }
    let run = i..letters.unwrap_or(run.end);
    // "Esteban Lazo Ảnh: …": a caption goes on.
    let run = if run.len() > 2 && doc.is(run.end - 1, w::ảnh) && doc.is(run.end, w::COLON) { run.start..run.end - 1 } else { run };
    // "các đồng chí Lãnh đạo Viện": a word of two syllables.
    let plural = honorific.is_some_and(|hit| doc.flags(hit).has(Flags::PLURAL));
    if plural && run.len() == 1 && doc.is_lower(run.end) && matches!(doc.small(run.end), w::đạo | w::viên | w::biểu | w::bộ | w::trưởng)
    {
        return None;
    }
    // A post, a body, a street begins here, no name.
    let other = doc.hits_at(i).any(|hit| match hit.table {
        Table::Posts => {
            !doc.flags(hit).has(Flags::WEAK)
                && (hit.end > i + 1 || doc.case(i) != Case::Title || doc.flags(hit).has(Flags::BODY) && doc.is_lower(i + 1))
        }
        // "Thạc sĩ Xây dựng Đảng", "Cử nhân Hành chính"
        Table::Fields => run.len() == 1 && hit.end > run.end && doc.is_lower(run.end),
        Table::Bodies | Table::KnownBodies => hit.end > i + 1 || hit.end >= run.end,
        // "CỬ TRI XÃ TÂN HỘI"
        Table::PlaceHeads => {
            let level = matches!(doc.entry(hit).cells[0], "province" | "district" | "commune" | "hamlet");
            hit.end < run.end && (hit.end > i + 1 || doc.is_shouted(i) && level)
        }
        _ => false,
    });
    let place = doc.find(Table::Places, i).is_some_and(|hit| hit.end >= run.end && !doc.flags(hit).has(Flags::HEAD) && run.len() >= 2);
    let addressed =
        honorific.is_some_and(|hit| matches!(doc.sym(hit.start), w::ông | w::bà | w::anh | w::chị)) && person::family(doc, i).is_some();
    if other || splits_word(doc, &run) || (place && !addressed && person::name_score(doc, &run) < 8) {
        return None;
    }
    let mut end = run.end;
    if doc.is_shouted(i) {
        end = end.min(i + 3);
    }
    let score = person::name_score(doc, &(i..end));
    let accepted = match (honorific, after_title) {
        (Some(hit), _) => {
            let flags = doc.flags(hit);
            // "em", "tên", "bác": mostly ordinary words.
            if run.len() == 1 && doc.entry(hit).cells[0] == "cue" {
                person::has_apostrophe(doc, i)
            } else if flags.has(Flags::WEAK) {
                score >= 3
                    || person::has_apostrophe(doc, i)
                    || (run.len() <= 2
                        && !doc.is(hit.end - 1, w::hiện)
                        && run.clone().all(|at| doc.find(Table::GivenSyllables, at).is_some())
                        && !doc.at_sentence_start(i)
                        && doc.find(Table::Places, i).is_none_or(|hit| hit.end < run.end))
            } else {
                true
            }
        }
        // "Chủ tịch Nhóm Nghị | sĩ hữu nghị", "Bí thư Trung Đảng": the first words of a body's name.
        (None, Some(_)) if score < 3 && begins_body(doc, &(i..end)) => false,
        (None, Some(title)) => {
            let personal = matches!(title.kind, TitleKind::Rank | TitleKind::Degree | TitleKind::Honour);
            let bare = title.organization.is_none();
            // "ông A, Bí thư Huyện ủy Sơn Lộc": behind the body of a post that somebody holds already, what may be a name is rather a place.
            let held = title.organization.as_ref().is_some_and(|body| body.context.behind_person);
            score >= if held { 4 } else { 3 }
                || person::looks_foreign(doc, &(i..end)) && (end - i >= 2 || !title.weak)
                || (personal && doc.find(Table::Places, i).is_none())
                || (bare && end - i >= 2 && !title.weak && doc.find(Table::Fields, i).is_none_or(|f| f.end < end))
        }
        (None, None) => false,
    };
    if !accepted || person::words(doc, &(i..end)) > 6 && score < 3 {
        return None;
    }
    let by = honorific.map(PersonRule::AfterHonorific).or(nth_title.map(PersonRule::AfterTitle))?;
    Some(PersonReading {
        tokens: i..end,
        honorific: honorific.filter(|&hit| doc.entry(hit).cells[0] == "honorific").map(|hit| hit.start..hit.end),
        credit: false,
        by,
    })
}

/// Names that are known from elsewhere in the text, where nothing else marks them: two-syllable names, headlines in capitals.
fn repeated(doc: &Doc, covered: &[bool], found: &mut Found) {
    // Each name, and where it stands.
    let mut known: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
    for person in found.persons.iter().filter(|p| p.tokens.len() >= 2) {
        known.entry(doc.ids(person.tokens.clone())).or_insert(person.tokens.start);
    }
    if known.is_empty() {
        return;
    }
    let firsts: FxHashSet<u32> = known.keys().filter_map(|name| name.first()).copied().collect();
    let free = |at: usize| !covered.get(at).copied().unwrap_or(true) && doc.is_cap(at);
    let mut behind = 0;
    for i in doc.tokens_that(Tok::is_cap) {
        if i < behind || !free(i) || !firsts.contains(&doc.id(i)) || person::names_a_thing(doc, i) {
            continue;
        }
        let longest = (i..doc.len()).take(7).take_while(|&at| free(at)).count();
        let hit = (2..=longest).rev().map(|n| i..i + n).find_map(|range| known.get(&doc.ids(range.clone())).map(|&said| (range, said)));
        // A longer capitalized run is another name, but in a headline of capitals.
        if let Some((range, said)) = hit
            && (doc.is_shouted(i) || !doc.is_cap(range.end) || doc.at_line_start(range.end))
        {
            behind = range.end;
            found.persons.push(PersonReading { tokens: range, honorific: None, credit: false, by: PersonRule::Repeated(said) });
        }
    }
}

/// *Bí thư Thăng*, *bị cáo Tuấn*, *khám nhà của Hưng*: the last syllable of a name that the text has in full, behind a post or a cue, or, once the
/// full name has been said, where a capital inside the sentence can mean nothing else.
fn given_names(doc: &Doc, covered: &[bool], found: &mut Found) {
    // Where each given name of one or two syllables is first said in full.
    let mut givens: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
    for person in found.persons.iter().filter(|p| p.tokens.len() >= 2 && !p.credit) {
        let end = person.tokens.end;
        for length in 1..person.tokens.len().min(3) {
            let said = givens.entry(doc.ids(end - length..end)).or_insert(end);
            *said = (*said).min(end);
        }
    }
    let firsts: FxHashSet<u32> = givens.keys().filter_map(|name| name.first()).copied().collect();
    let mut made = Vec::new();
    // Those that the text uses by themselves inside its sentences, and where they begin one.
    let mut usual: FxHashSet<Vec<u32>> = FxHashSet::default();
    let mut opening = Vec::new();
    for i in doc.tokens_that(Tok::is_cap).filter(|&i| i > 0) {
        let free = |at: usize| doc.is_cap(at) && !covered.get(at).copied().unwrap_or(true) && !doc.at_line_start(at);
        if !free(i) || !firsts.contains(&doc.id(i)) || doc.find(Table::KnownBodies, i).is_some() {
            continue;
        }
        let end = if free(i + 1) { i + 2 } else { i + 1 };
        let Some(&said) = (!doc.is_cap(end)).then(|| givens.get(&doc.ids(i..end))).flatten() else { continue };
        let before = found.titles.partition_point(|t| t.tokens.end <= i).checked_sub(1).and_then(|n| found.titles.get(n));
        let title = before.is_some_and(|t| t.tokens.end == i && doc.same_sentence(t.tokens.start, i));
        let cue = doc.find_before(Table::Honorifics, i).is_some_and(|hit| doc.same_sentence(hit.start, i));
        // "Diệp đã lao vào", "Diệp cho biết": the subject of a sentence on what somebody did or said.
        let ordinary = doc.find(Table::GivenSyllables, i).is_some_and(|hit| doc.at_sentence_start(i) && doc.flags(hit).has(Flags::WORD));
        let inside_name = doc.is_cap(i - 1) && !doc.at_sentence_start(i - 1) && doc.same_sentence(i - 1, i);
        let acts =
            (matches!(doc.small(end), w::đã | w::bị | w::khai | w::đang) || doc.find(Table::SpeechVerbs, end).is_some()) && !ordinary;
        let only = !inside_name && said <= i && only_a_name(doc, &(i..end));
        if title || cue || !inside_name && acts || only {
            let why = match (title, cue, !inside_name && acts) {
                (true, _, _) => GivenName::Title,
                (_, true, _) => GivenName::Cue,
                (_, _, true) => GivenName::Acts,
                _ => GivenName::Only,
            };
            made.push(PersonReading { tokens: i..end, honorific: None, credit: false, by: PersonRule::GivenName(said, why) });
            if only {
                usual.insert(doc.ids(i..end));
            }
        } else if said <= i && doc.at_sentence_start(i) && (!ordinary || acts_as_a_person(doc, end)) {
            opening.push((i..end, said));
        }
    }
    // "Hòa đột nhập …", where another sentence speaks of "Hòa" alone.
    let usually =
        |(name, _): &(Range<usize>, usize)| usual.contains(&doc.ids(name.clone())) && doc.is_lower(name.end) && !opens_compound(doc, name);
    made.extend(opening.into_iter().filter(usually).map(|(tokens, said)| PersonReading {
        tokens,
        honorific: None,
        credit: false,
        by: PersonRule::GivenName(said, GivenName::Usual),
    }));
    found.persons.extend(made);
}

/// Whether a verb stands at token `at` that people do sooner than things.
fn acts_as_a_person(doc: &Doc, at: usize) -> bool {
    matches!(
        doc.small(at),
        w::bị
            | w::bỏ
            | w::cùng
            | w::dùng
            | w::khai
            | w::lấy
            | w::lái
            | w::mang
            | w::mua
            | w::nhờ
            | w::nói
            | w::rủ
            | w::thuê
            | w::thấy
            | w::đang
            | w::đi
            | w::đã
    )
}

/// *Sơn mài*, *Hòa giải*: the capitalized syllable begins a word that some lexicon has.
fn opens_compound(doc: &Doc, name: &Range<usize>) -> bool {
    doc.hits_at(name.start).any(|hit| hit.end > name.end && hit.table != Table::FamilyNames)
}

/// Whether the capitalized words can be nothing but a name: inside a sentence, of no row of the lexicons that names something else.
fn only_a_name(doc: &Doc, name: &Range<usize>) -> bool {
    const REACH: usize = 8;
    let (i, end) = (name.start, name.end);
    let names = |hit: crate::lexicon::Hit| match hit.table {
        Table::GivenSyllables | Table::FamilyNames | Table::Units | Table::Numbers => false,
        Table::Places => !doc.flags(hit).has(Flags::HEAD),
        _ => true,
    };
    let other = |hit: crate::lexicon::Hit| names(hit) && (hit.end > end || hit.table != Table::Fields);
    let inside = (i.saturating_sub(REACH)..i).any(|at| doc.hits_at(at).any(|hit| names(hit) && hit.end > i));
    let touched = doc.touches(i) && !doc.is(i - 1, w::OPEN) && !doc.opens_quote(i - 1) || doc.is_dash(end) && doc.touches(end);
    !doc.at_sentence_start(i)
        && !doc.is_shouted(i)
        && !doc.is(i - 1, w::DOT)
        && !matches!(doc.title(i), w::đảng | w::bác | w::người)
        && !person::opens_sentence(doc, i)
        && name.clone().all(|at| doc.case(at) == Case::Title && doc.raw(at).chars().count() > 1)
        && !touched
        && !inside
        && !doc.hits_at(i).any(other)
}

/// Communes and hamlets that the text names with their level word, where it names them again without.
fn repeated_places(doc: &Doc, covered: &[bool], found: &mut Found) {
    let mut known: FxHashMap<Vec<u32>, (Option<crate::bulletin::PlaceLevel>, usize)> = FxHashMap::default();
    for place in &found.places {
        let Some(head) = doc.find(Table::PlaceHeads, place.tokens.start).filter(|hit| hit.end < place.tokens.end) else { continue };
        let name = place::past_dot(doc, head.end)..place.tokens.end;
        let small = matches!(place.level, Some(crate::bulletin::PlaceLevel::Commune | crate::bulletin::PlaceLevel::District));
        if small && name.len() >= 2 && name.clone().all(|at| doc.is_cap(at)) {
            known.entry(doc.ids(name)).or_insert((place.level, place.tokens.start));
        }
    }
    if known.is_empty() {
        return;
    }
    // "người dân Đồng Tâm": where the text speaks of "xã Đồng Tâm", it is the people of that place.
    let people = |p: &PersonReading| {
        p.honorific.is_none()
            && p.tokens.len() == 2
            && p.tokens.start > 0
            && matches!(doc.small(p.tokens.start - 1), w::dân | w::tri)
            && known.contains_key(&doc.ids(p.tokens.clone()))
    };
    let (of_places, persons) = std::mem::take(&mut found.persons).into_iter().partition(people);
    found.persons = persons;
    let again = |p: &PersonReading| {
        let (level, said) = *known.get(&doc.ids(p.tokens.clone()))?;
        Some(PlaceReading { tokens: p.tokens.clone(), level, by: PlaceRule::Repeated(said) })
    };
    found.places.extend(of_places.iter().filter_map(again));
    let mut behind = 0;
    for i in doc.tokens_that(Tok::is_cap) {
        if i < behind {
            continue;
        }
        behind = person::run_end(doc, i);
        let free = (i..behind).all(|at| !covered.get(at).copied().unwrap_or(true));
        let alone = free && !follows_name(doc, i);
        if alone && let Some(&(level, said)) = known.get(&doc.ids(i..behind)) {
            found.places.push(PlaceReading { tokens: i..behind, level, by: PlaceRule::Repeated(said) });
        }
    }
}
