//! Runs the stages in their order: the only place that knows it.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil;

use crate::bulletin::{Bulletin, Date, Document, Header, Money, Organization, Percent, Person, Place, Quantity, Quote, Ratio, Title};
use crate::bundled;
use crate::citation;
use crate::doc::{Doc, Scratch};
use crate::entity;
use crate::error::Error;
use crate::explain::{self, Explained};
use crate::header;
use crate::indicator;
use crate::kind::date::DateReading;
use crate::kind::document::DocumentReading;
use crate::kind::money::MoneyReading;
use crate::kind::organization::OrganizationReading;
use crate::kind::percent::PercentReading;
use crate::kind::person::PersonReading;
use crate::kind::place::PlaceReading;
use crate::kind::quantity::QuantityReading;
use crate::kind::ratio::RatioReading;
use crate::kind::title::TitleReading;
use crate::kind::{self, Found, Kind, quote};
use crate::lexicon::draft::Draft;
use crate::lexicon::{Hit, Lexicon, Table};
use crate::link::{self, DayContext};
use crate::note::Silent;
use crate::token::Case;
use crate::words as w;

/// Reads bulletins. Build it once, share it freely: it is `Send + Sync` and never changes.
///
/// ```
/// use bantin::Extractor;
///
/// let extractor = Extractor::new();
/// let bulletin = extractor.extract("Dự hội nghị có đồng chí Trần Văn Bình – TUV, Bí thư Huyện ủy.");
/// let person = &bulletin.persons[0];
/// assert_eq!(person.name, "Trần Văn Bình");
/// let roles: Vec<&str> = person.titles.iter().map(|t| t.role.as_str()).collect();
/// assert_eq!(roles, ["Tỉnh ủy viên", "Bí thư"]);
/// ```
#[derive(Debug)]
pub struct Extractor {
    lexicon: Arc<Lexicon>,
    reference: Option<civil::Date>,
    kinds: Vec<Kind>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// An extractor with the bundled lexicons, for all kinds, without a reference date.
    #[must_use]
    pub fn new() -> Self {
        Extractor { lexicon: bundled::lexicon(), reference: None, kinds: Kind::ALL.to_vec() }
    }

    /// Chooses reference date, kinds, and further lexicons.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder { reference: None, kinds: Kind::ALL.to_vec(), lexicons: Vec::new() }
    }

    /// The rows of all tables as lines of their files in `data/` (cells parted by tabs), in the order of code points: the bundled ones, and those added to
    /// them. Among the places are the names of administrative units, flag `head`.
    ///
    /// ```
    /// use bantin::{Extractor, Table};
    /// let rows = Extractor::new().rows();
    /// assert!(rows[&Table::SpeechVerbs].contains(&"nhấn mạnh\tstrong".to_owned()));
    /// ```
    #[must_use]
    pub fn rows(&self) -> BTreeMap<Table, Vec<String>> {
        let draft = Draft::of(&self.lexicon);
        Table::ALL.into_iter().map(|table| (table, draft.written(table))).collect()
    }

    /// All facts of `text`. Any text will do: it never fails and never panics, and costs time in proportion to its length. Past 4 GiB it is not read.
    ///
    /// Spans count UTF-8 bytes of `text` as given; see [`Bulletin::convert_offsets`] for other units.
    #[must_use]
    pub fn extract(&self, text: &str) -> Bulletin {
        self.extract_on(text, self.reference)
    }

    /// Like [`Extractor::extract`], for a bulletin that was published on `day`, whatever the reference date of the extractor.
    ///
    /// ```
    /// use bantin::Extractor;
    /// let day = bantin::jiff::civil::date(2021, 11, 12);
    /// let bulletin = Extractor::new().extract_on("Sáng nay, xã tổ chức hội nghị.", Some(day));
    /// assert_eq!(bulletin.dates[0].resolved.as_deref(), Some("2021-11-12"));
    /// ```
    #[must_use]
    pub fn extract_on(&self, text: &str, day: Option<civil::Date>) -> Bulletin {
        self.worker().extract_on(text, day)
    }

    /// Reads many texts on one thread: what one of them needed besides its facts serves the next. Some percent faster than [`Extractor::extract`] for
    /// short bulletins; a thread of your own takes a worker of its own.
    ///
    /// ```
    /// use bantin::Extractor;
    /// let extractor = Extractor::new();
    /// let mut worker = extractor.worker();
    /// let people: usize = ["Ông Trần Văn Bình dự.", "Bà Lê Thị Mơ vắng."].iter().map(|text| worker.extract(text).persons.len()).sum();
    /// assert_eq!(people, 2);
    /// ```
    #[must_use]
    pub fn worker(&self) -> Worker<'_> {
        Worker { extractor: self, scratch: Scratch::default() }
    }

    /// The bulletins of many texts, in their order, read on all cores (as many threads as rayon's global pool has).
    ///
    /// ```
    /// use bantin::Extractor;
    /// let bulletins = Extractor::new().extract_many(&["Ông Trần Văn Bình dự.", "Ngày 12/11/2021."]);
    /// assert_eq!((bulletins[0].persons.len(), bulletins[1].dates.len()), (1, 1));
    /// ```
    #[cfg(feature = "rayon")]
    #[must_use]
    pub fn extract_many<T: AsRef<str> + Sync>(&self, texts: &[T]) -> Vec<Bulletin> {
        use rayon::prelude::*;
        texts.par_iter().map_init(|| self.worker(), |worker, text| worker.extract(text.as_ref())).collect()
    }

    /// Like [`Extractor::extract_on`], with what each fact stands on: the rule, the evidence, the readings that were refused and why.
    ///
    /// The bulletin is the same; only the explanations cost more time.
    ///
    /// ```
    /// use bantin::{Extractor, Fact};
    /// let explained = Extractor::new().explain("Chi hội vận động 9/6 hội viên mới.", None);
    /// let ratio = explained.explanations.iter().find(|e| e.fact == Fact::Ratio(0)).unwrap();
    /// assert_eq!(ratio.rule, "ratio.verdict");
    /// assert!(ratio.evidence.iter().any(|e| e.what == "points for ratio: a known unit behind" && e.points == Some(4)));
    /// assert_eq!((ratio.rejected[0].reading.as_str(), ratio.rejected[0].why.as_str()), ("date", "the points: ratio 4, date 0"));
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str, day: Option<civil::Date>) -> Explained {
        let doc = Doc::new(text, &self.lexicon, &mut Scratch::default());
        let readings = Readings::of(&doc, day);
        let bulletin = self.write(readings.clone());
        let explanations = explain::all(&readings, &bulletin);
        Explained { bulletin, explanations }
    }

    /// What comes of the readings, for the kinds wanted. Each list of them is given back once it is written: with a long text they take half as much
    /// memory as its facts.
    fn write(&self, readings: Readings) -> Bulletin {
        let Readings { doc, mut found, given, anchor, header } = readings;
        let writer = Writer { doc };
        let wants = |kind| self.kinds.contains(&kind);
        let mut bulletin = Bulletin { header, ..Bulletin::default() };
        let dates = writer.dates(&found.dates, &anchor);
        if [Kind::Ratio, Kind::Percent, Kind::Quantity, Kind::Money].into_iter().all(wants) {
            bulletin.indicators = indicator::find(doc, &found, &dates);
        }
        if wants(Kind::Date) {
            bulletin.dates = dates;
        }
        if wants(Kind::Quote) {
            bulletin.quotes = writer.quotes(&found, &given);
        }
        let mut entity_of = None;
        if wants(Kind::Person) && wants(Kind::Organization) {
            let entities = entity::find(doc, &found, &given, |body| writer.expanded(body));
            bulletin.entities = entities.list;
            bulletin.references = entities.references;
            entity_of = Some((entities.persons, entities.organizations));
        }
        found.dates = Vec::new();
        if wants(Kind::Document) {
            bulletin.documents = writer.documents(&found.documents);
            bulletin.references.extend(citation::references(doc, &found.documents, &bulletin.documents));
            bulletin.references.sort_by_key(|reference| reference.span().start);
        }
        found.documents = Vec::new();
        if wants(Kind::Ratio) {
            bulletin.ratios = writer.ratios(take(&mut found.ratios));
        }
        if wants(Kind::Percent) {
            bulletin.percents = writer.percents(take(&mut found.percents));
        }
        if wants(Kind::Quantity) {
            bulletin.quantities = writer.quantities(take(&mut found.quantities));
        }
        if wants(Kind::Money) {
            bulletin.money = writer.money(take(&mut found.money));
        }
        if wants(Kind::Place) {
            bulletin.places = writer.places(take(&mut found.places));
        }
        if wants(Kind::Person) {
            bulletin.persons = writer.persons(take(&mut found.persons), take(&mut found.titles), given);
        }
        if wants(Kind::Organization) {
            bulletin.organizations = writer.organizations(take(&mut found.organizations));
        }
        if let Some((of_persons, of_organizations)) = entity_of {
            bulletin.persons.iter_mut().zip(of_persons).for_each(|(person, at)| person.entity = Some(at));
            bulletin.organizations.iter_mut().zip(of_organizations).for_each(|(body, at)| body.entity = Some(at));
        }
        bulletin
    }
}

/// Reads one text after another, see [`Extractor::worker`].
///
/// It keeps some hundred kilobytes for the next text, whatever it has read.
pub struct Worker<'e> {
    extractor: &'e Extractor,
    scratch: Scratch,
}

impl Worker<'_> {
    /// All facts of `text`, as [`Extractor::extract`] gives them.
    #[must_use]
    pub fn extract(&mut self, text: &str) -> Bulletin {
        self.extract_on(text, self.extractor.reference)
    }

    /// All facts of `text`, as [`Extractor::extract_on`] gives them.
    #[must_use]
    pub fn extract_on(&mut self, text: &str, day: Option<civil::Date>) -> Bulletin {
        let doc = Doc::new(text, &self.extractor.lexicon, &mut self.scratch);
        let bulletin = self.extractor.write(Readings::of(&doc, day));
        self.scratch.reclaim(doc);
        bulletin
    }
}

/// Shows whose it is.
impl std::fmt::Debug for Worker<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("kinds", &self.extractor.kinds).finish_non_exhaustive()
    }
}

/// All that the stages before writing made of a text.
#[derive(Clone)]
pub(crate) struct Readings<'d, 't> {
    pub(crate) doc: &'d Doc<'t>,
    pub(crate) found: Found,
    /// The titles of each person.
    pub(crate) given: Vec<Vec<usize>>,
    pub(crate) anchor: link::Anchor,
    header: Header,
}

impl<'d, 't> Readings<'d, 't> {
    fn of(doc: &'d Doc<'t>, day: Option<civil::Date>) -> Self {
        let mut found = kind::find(doc, is_city(doc));
        link::complete_documents(doc, &mut found);
        let given = link::titles_of_persons(doc, &found);
        let page = header::Page::new(doc, &found, &given);
        let anchor = link::anchor_of(doc, &found, day, page.publication);
        let header = page.header(&anchor);
        Readings { doc, found, given, anchor, header }
    }

    pub(crate) fn writer(&self) -> Writer<'d, 't> {
        Writer { doc: self.doc }
    }

    pub(crate) fn cast(&self) -> quote::Cast<'_> {
        quote::Cast { persons: &self.found.persons, titles: &self.found.titles, given: &self.given }
    }
}

/// Builds an [`Extractor`].
///
/// ```
/// use bantin::{Extractor, Kind, Table};
///
/// let extractor = Extractor::builder()
///     .reference_date(bantin::jiff::civil::date(2021, 11, 12))
///     .kinds(&[Kind::Person, Kind::Date])
///     .lexicon(Table::Posts, "our-posts.tsv", "Tổ trưởng Tổ Covid\tTổ trưởng\tpost\t-\n")
///     .build()?;
/// let bulletin = extractor.extract("Hôm nay, Tổ trưởng Tổ Covid Nguyễn Văn An đi vắng.");
/// assert_eq!(bulletin.dates[0].resolved.as_deref(), Some("2021-11-12"));
/// assert_eq!(bulletin.persons[0].titles[0].text, "Tổ trưởng Tổ Covid");
/// # Ok::<(), bantin::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct ExtractorBuilder {
    reference: Option<civil::Date>,
    kinds: Vec<Kind>,
    lexicons: Vec<(Table, String, String)>,
}

impl ExtractorBuilder {
    /// The day against which *hôm nay* and *13/10* resolve; without it the bulletin's own dateline does, or its first full date.
    pub fn reference_date(mut self, day: civil::Date) -> Self {
        self.reference = Some(day);
        self
    }

    /// The kinds wanted; the lists of the others stay empty.
    pub fn kinds(mut self, kinds: &[Kind]) -> Self {
        self.kinds = kinds.to_vec();
        self
    }

    /// Adds rows to a bundled table: `text` has the columns of the file of that name in `data/`, parted by tabs; lines that begin with `# `
    /// are comments. Where a form is there already, the added row wins. `name` (a file's name, say) stands in error messages.
    pub fn lexicon(mut self, table: Table, name: &str, text: &str) -> Self {
        self.lexicons.push((table, name.to_owned(), text.to_owned()));
        self
    }

    /// The extractor.
    ///
    /// # Errors
    /// The first line of an added lexicon that has not the table's columns, or a cell or a flag that the table does not know.
    pub fn build(self) -> Result<Extractor, Error> {
        let mut lexicon = bundled::lexicon();
        if !self.lexicons.is_empty() {
            let mut draft = Draft::of(&lexicon);
            for (table, name, text) in &self.lexicons {
                draft.add(*table, name, text)?;
            }
            lexicon = Arc::new(Lexicon::new(draft.finish()));
        }
        Ok(Extractor { lexicon, reference: self.reference, kinds: self.kinds })
    }
}

/// Whether the bulletin speaks of a centrally-run city more than of a province.
pub(crate) fn is_city(doc: &Doc) -> bool {
    let mut city = 0;
    let mut province = 0;
    for i in doc.tokens_that(|tok| matches!(tok.sym(), w::quận | w::tỉnh | w::thành | w::tp)) {
        match doc.sym(i) {
            w::quận
                if !doc.is_any(i + 1, &[w::sự, w::nhân, w::đội, w::lý])
                    && (doc.is(i + 1, w::ủy) || doc.is_cap(i + 1) || doc.is_number(i + 1) || !doc.is_word(i + 1)) =>
            {
                city += 1
            }
            w::tỉnh => province += 1,
            w::thành if doc.is_any(i + 1, &[w::ủy, w::phố]) => city += 1,
            w::tp => city += 1,
            _ => {}
        }
    }
    city > province
}

/// Turns readings into the output's structs.
pub(crate) struct Writer<'d, 't> {
    doc: &'d Doc<'t>,
}

impl Writer<'_, '_> {
    fn text(&self, tokens: &Range<usize>) -> String {
        self.doc.slice(tokens).to_owned()
    }

    fn persons(&self, readings: Vec<PersonReading>, titles: Vec<TitleReading>, given: Vec<Vec<usize>>) -> Vec<Person> {
        let doc = self.doc;
        readings
            .iter()
            .zip(&given)
            .map(|(reading, given)| Person {
                name: doc.plain(&reading.tokens),
                honorific: reading.honorific.as_ref().map(|tokens| singular(&doc.plain(tokens))),
                span: doc.span(&reading.tokens),
                text: self.text(&reading.tokens),
                titles: given.iter().filter_map(|&t| titles.get(t)).map(|title| self.title(title)).collect(),
                entity: None,
            })
            .collect()
    }

    fn title(&self, reading: &TitleReading) -> Title {
        Title {
            text: self.text(&reading.tokens),
            role: reading.role.clone(),
            organization: reading.organization.as_ref().map(|body| self.doc.plain(&body.tokens)),
            kind: reading.kind,
            former: reading.former,
            span: self.doc.span(&reading.tokens),
        }
    }

    fn organizations(&self, readings: Vec<OrganizationReading>) -> Vec<Organization> {
        let doc = self.doc;
        readings
            .iter()
            .map(|reading| Organization {
                name: doc.plain(&reading.tokens),
                expanded: self.expanded(reading),
                kind: reading.kind,
                head: doc.plain(&reading.head),
                parent: reading.parent.as_ref().map(|tokens| doc.plain(tokens)),
                span: doc.span(&reading.tokens),
                text: self.text(&reading.tokens),
                entity: None,
            })
            .collect()
    }

    /// The name with its acronyms written out.
    pub(crate) fn expanded(&self, reading: &OrganizationReading) -> Option<String> {
        let doc = self.doc;
        let name = reading.stands_for.as_ref().unwrap_or(&reading.tokens);
        if reading.stands_for.is_none() && !name.clone().any(|at| doc.has_any(&[Table::Acronyms], at)) {
            return None;
        }
        let mut out = String::new();
        let mut changed = reading.stands_for.is_some();
        let mut kind = reading.kind;
        let mut at = name.start;
        while at < name.end {
            if at > name.start && !doc.touches(at) {
                out.push(' ');
            }
            // Inside a name the nearest head decides: "Công đoàn Công ty CP".
            if let Some(head) = doc.find(Table::Bodies, at).filter(|head| head.end <= name.end) {
                kind = crate::bulletin::OrganizationKind::named(doc.entry(head).cells[0]).unwrap_or(kind);
            }
            // "Bộ đội Biên phòng (BĐBP) tỉnh": what the brackets hold is said before them.
            let bracket = at > name.start && doc.is(at - 1, w::OPEN);
            match acronym(doc, at, name.end, kind).filter(|_| !bracket) {
                Some((expansion, end)) => {
                    out.push_str(expansion);
                    changed = true;
                    at = end;
                }
                None => {
                    doc.write_plain(&(at..at + 1), &mut out);
                    at += 1;
                }
            }
        }
        changed.then_some(out)
    }

    pub(crate) fn dates(&self, readings: &[DateReading], anchor: &link::Anchor) -> Vec<Date> {
        let doc = self.doc;
        let mut context = DayContext::new(anchor);
        readings
            .iter()
            .map(|reading| {
                let (value, resolved, days, resolved_from) = context.next(reading);
                Date {
                    value,
                    kind: reading.kind(),
                    part_of_day: reading.part,
                    resolved,
                    resolved_from,
                    start: days.map(|(first, _)| first.to_string()),
                    end: days.map(|(_, last)| last.to_string()),
                    span: doc.span(&reading.tokens),
                    text: self.text(&reading.tokens),
                }
            })
            .collect()
    }

    fn ratios(&self, readings: Vec<RatioReading>) -> Vec<Ratio> {
        let doc = self.doc;
        let ratio = |reading: &RatioReading| Ratio {
            numerator: reading.numerator,
            denominator: reading.denominator,
            unit: reading.unit.as_ref().map(|tokens| doc.plain(tokens)),
            percent: reading.stated,
            computed_percent: reading.computed,
            consistent: reading.consistent,
            span: doc.span(&reading.tokens),
            text: self.text(&reading.tokens),
        };
        readings.iter().map(ratio).collect()
    }

    fn percents(&self, readings: Vec<PercentReading>) -> Vec<Percent> {
        let doc = self.doc;
        let percent = |reading: &PercentReading| Percent {
            value: reading.value,
            upper: reading.upper,
            span: doc.span(&reading.tokens),
            text: self.text(&reading.tokens),
        };
        readings.iter().map(percent).collect()
    }

    fn quantities(&self, readings: Vec<QuantityReading>) -> Vec<Quantity> {
        let doc = self.doc;
        let quantity = |reading: &QuantityReading| Quantity {
            value: reading.value,
            upper: reading.upper,
            unit: doc.plain(&reading.unit),
            approx: reading.approx.map(|at| doc.plain(&(at..at + 1))),
            span: doc.span(&reading.tokens),
            text: self.text(&reading.tokens),
        };
        readings.iter().map(quantity).collect()
    }

    fn money(&self, readings: Vec<MoneyReading>) -> Vec<Money> {
        let doc = self.doc;
        let money = |reading: &MoneyReading| Money {
            value: reading.value,
            upper: reading.upper,
            currency: reading.currency.clone(),
            approx: reading.approx.map(|at| doc.plain(&(at..at + 1))),
            span: doc.span(&reading.tokens),
            text: self.text(&reading.tokens),
        };
        readings.iter().map(money).collect()
    }

    fn documents(&self, readings: &[DocumentReading]) -> Vec<Document> {
        let doc = self.doc;
        let document = |reading: &DocumentReading| Document {
            kind: reading.kind.clone(),
            number: reading.number.clone(),
            date: reading.date.clone(),
            issuer: reading.issuer.as_ref().map(|tokens| doc.plain(tokens)),
            title: reading.title.as_ref().map(|tokens| doc.plain(tokens)),
            year: reading.year,
            symbol: None,
            provisions: Vec::new(),
            same_as: None,
            contradictions: Vec::new(),
            span: doc.span(&reading.tokens),
            text: self.text(&reading.tokens),
        };
        let mut documents: Vec<Document> = readings.iter().map(document).collect();
        citation::complete(doc, readings, &mut documents);
        documents
    }

    fn places(&self, readings: Vec<PlaceReading>) -> Vec<Place> {
        let doc = self.doc;
        let place = |reading: &PlaceReading| Place {
            name: doc.plain(&reading.tokens),
            level: reading.level,
            span: doc.span(&reading.tokens),
            text: self.text(&reading.tokens),
        };
        readings.iter().map(place).collect()
    }

    fn quotes(&self, found: &Found, given: &[Vec<usize>]) -> Vec<Quote> {
        let doc = self.doc;
        let cast = quote::Cast { persons: &found.persons, titles: &found.titles, given };
        // Few bulletins quote anybody.
        let names = LazyCell::new(|| link::Names::new(doc, found, given));
        quote::find::<Silent>(doc, &cast)
            .iter()
            .map(|reading| {
                let speaker = reading.speaker.and_then(|n| found.persons.get(names.fullest(n)));
                Quote { speaker: speaker.map(|p| doc.plain(&p.tokens)), span: doc.span(&reading.tokens), text: self.text(&reading.tokens) }
            })
            .collect()
    }
}

/// *các đồng chí* → *đồng chí*, in lower case.
fn singular(honorific: &str) -> String {
    let lower = honorific.to_lowercase();
    for plural in ["các ", "hai ", "ba ", "những ", "nhà ", "vợ chồng ", "gia đình "] {
        if let Some(rest) = lower.strip_prefix(plural) {
            return rest.to_owned();
        }
    }
    lower
}

/// The acronym at `at` that ends before `end`: its expansion in a body of `kind`, and the token after it.
fn acronym<'d>(doc: &'d Doc, at: usize, end: usize, kind: crate::bulletin::OrganizationKind) -> Option<(&'d str, usize)> {
    use crate::bulletin::OrganizationKind as K;
    if !doc.has_any(&[Table::Acronyms], at) {
        return None;
    }
    let context = match kind {
        K::Enterprise => "enterprise",
        K::Education => "education",
        K::Health => "health",
        K::Media => "media",
        K::Religion => "religion",
        K::Army => "army",
        K::Police => "police",
        _ => "government",
    };
    // "Tư pháp" holds no TƯ.
    let as_acronym = |hit: &Hit| hit.end > at + 1 || doc.case(at) != Case::Title || doc.form(*hit).chars().any(char::is_lowercase);
    let hits = doc.hits_at(at).rev().filter(|hit| hit.table == Table::Acronyms && hit.end <= end && as_acronym(hit));
    let longest = hits.clone().map(|hit| hit.end).max()?;
    let rows = || hits.clone().filter(|hit| hit.end == longest).map(|hit| doc.entry(hit).cells);
    rows().find(|cells| cells[1] == context).or_else(|| rows().find(|cells| cells[1].is_empty())).map(|cells| (cells[0], longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_row_wins_over_the_bundled_one() {
        let text = "Bí thư Trần Văn Bình ký Công văn 12/CV-UBND gửi UBMTTQ tỉnh.";
        let extractor = Extractor::builder()
            .lexicon(Table::Posts, "posts", "\u{feff}Bí thư\tBí thư thứ nhất\tpost\t-\n")
            .lexicon(Table::Acronyms, "acronyms", "UBMTTQ\tỦy ban Mặt trận\t-\tupper\n")
            .lexicon(Table::Documents, "documents", "Công vụ lệnh\tCông vụ lệnh\tCV\t-\n")
            .build()
            .unwrap();
        let bulletin = extractor.extract(text);
        assert_eq!(bulletin.persons[0].titles[0].role, "Bí thư thứ nhất");
        assert_eq!(bulletin.organizations[0].expanded.as_deref(), Some("Ủy ban Mặt trận tỉnh"));
        assert_eq!(extractor.lexicon.document_type("CV"), Some("Công vụ lệnh"));
        let bundled = Extractor::new();
        assert_eq!(bundled.extract(text).persons[0].titles[0].role, "Bí thư");
        assert_eq!(bundled.lexicon.document_type("CV"), Some("Công văn"));
    }
}
