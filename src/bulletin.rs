//! What comes out: one [`Bulletin`] per text, plain structs that serde writes and reads.
//!
//! What each kind means and where a mention begins and ends is told in `docs/output.md`. A fact that the text does not state is
//! `None`, never guessed.

use serde::{Deserialize, Serialize, Serializer};

use crate::span::{OffsetMap, OffsetUnit, Span};

/// The version of the output: the value of [`Bulletin::schema`].
pub const SCHEMA: &str = "bantin/1";

/// All facts of one text, each list in the order of the text.
///
/// ```
/// use bantin::{Bulletin, Extractor};
/// let bulletin = Extractor::new().extract("Đồng chí Trần Văn Bình – Bí thư Quận ủy dự.");
/// let json = serde_json::to_string(&bulletin)?;
/// assert_eq!(serde_json::from_str::<Bulletin>(&json)?, bulletin);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Bulletin {
    /// The version of this structure, [`SCHEMA`].
    pub schema: String,
    /// Where the text came from (a file's name); set by the caller.
    pub source: Option<String>,
    /// Named people with their titles.
    pub persons: Vec<Person>,
    /// Definite bodies.
    pub organizations: Vec<Organization>,
    /// Expressions that place something in time.
    pub dates: Vec<Date>,
    /// Counts out of counts.
    pub ratios: Vec<Ratio>,
    /// Percentages.
    pub percents: Vec<Percent>,
    /// Numbers with what they count or measure.
    pub quantities: Vec<Quantity>,
    /// Amounts of a currency.
    pub money: Vec<Money>,
    /// References to legal, administrative and Party documents.
    pub documents: Vec<Document>,
    /// Named places that are not part of a longer name.
    pub places: Vec<Place>,
    /// Speech in quotation marks.
    pub quotes: Vec<Quote>,
    /// The people and bodies that the mentions in `persons` and `organizations` are of; empty where one of the two kinds was not asked for.
    pub entities: Vec<Entity>,
    /// Figures compared with a plan, a whole or an earlier time; empty unless ratios, percents, quantities and money were all asked for.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// Posts alone and words like *Nghị quyết này* that stand for a person or a document of the bulletin; empty where the kind was not asked for.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// Headline, day, place, author, source and address.
    #[serde(default)]
    pub header: Header,
}

impl Default for Bulletin {
    fn default() -> Self {
        Bulletin {
            schema: SCHEMA.to_owned(),
            source: None,
            persons: Vec::new(),
            organizations: Vec::new(),
            dates: Vec::new(),
            ratios: Vec::new(),
            percents: Vec::new(),
            quantities: Vec::new(),
            money: Vec::new(),
            documents: Vec::new(),
            places: Vec::new(),
            quotes: Vec::new(),
            entities: Vec::new(),
            indicators: Vec::new(),
            references: Vec::new(),
            header: Header::default(),
        }
    }
}

impl Bulletin {
    /// Turns all spans, which count bytes of `text`, into `unit`. `text` is what the bulletin was extracted from.
    ///
    /// ```
    /// use bantin::{Extractor, OffsetUnit};
    /// let text = "Tỉnh ủy họp năm 2021";
    /// let mut bulletin = Extractor::new().extract(text);
    /// bulletin.convert_offsets(text, OffsetUnit::Chars);
    /// assert_eq!(bulletin.dates[0].span.start, 12);
    /// ```
    pub fn convert_offsets(&mut self, text: &str, unit: OffsetUnit) {
        if unit == OffsetUnit::Bytes {
            return;
        }
        let map = OffsetMap::new(text, unit);
        self.for_each_span(|span| {
            span.start = map.convert(span.start);
            span.end = map.convert(span.end);
        });
    }

    fn for_each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        for person in &mut self.persons {
            change(&mut person.span);
            person.titles.iter_mut().for_each(|t| change(&mut t.span));
        }
        self.organizations.iter_mut().for_each(|m| change(&mut m.span));
        self.dates.iter_mut().for_each(|m| change(&mut m.span));
        self.ratios.iter_mut().for_each(|m| change(&mut m.span));
        self.percents.iter_mut().for_each(|m| change(&mut m.span));
        self.quantities.iter_mut().for_each(|m| change(&mut m.span));
        self.money.iter_mut().for_each(|m| change(&mut m.span));
        self.documents.iter_mut().for_each(|m| change(&mut m.span));
        self.places.iter_mut().for_each(|m| change(&mut m.span));
        self.quotes.iter_mut().for_each(|m| change(&mut m.span));
        self.indicators.iter_mut().for_each(|m| change(&mut m.span));
        for reference in &mut self.references {
            match reference {
                Reference::Person { span, .. } | Reference::Document { span, .. } => change(span),
            }
        }
        let frame = &mut self.header.spans;
        let fields = [&mut frame.headline, &mut frame.published, &mut frame.place, &mut frame.byline, &mut frame.source, &mut frame.url];
        fields.into_iter().flatten().for_each(change);
    }
}

/// One person or one body, with all that the bulletin says of it.
///
/// ```
/// use bantin::{Entity, Extractor};
/// let text = "Quận ủy Long Biên họp. Đồng chí Trần Văn Bình, Bí thư Quận ủy, chủ trì. Ông Bình phát biểu.";
/// let bulletin = Extractor::new().extract(text);
/// let Some(Entity::Person { name, mentions, posts }) = bulletin.persons[1].entity.map(|n| &bulletin.entities[n]) else { unreachable!() };
/// assert_eq!((name.as_str(), *mentions), ("Trần Văn Bình", 2));
/// assert_eq!(posts[0].organization.as_deref(), Some("Quận ủy Long Biên"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Entity {
    /// A person.
    Person {
        /// The fullest name that the bulletin has.
        name: String,
        /// How many mentions are of this person.
        mentions: usize,
        /// The titles of all mentions, each once, in the order of the text.
        posts: Vec<Post>,
    },
    /// A body.
    Organization {
        /// Its full name: acronyms written out, the place added that the bulletin is about (*Quận ủy* → *Quận ủy Long Biên*).
        name: String,
        /// From what the name is known, where no mention writes it so (acronyms aside).
        inferred: Option<InferredName>,
        /// The branch of public life it belongs to.
        #[serde(default)]
        branch: OrganizationKind,
        /// The administrative level that its name tells.
        level: Option<AdministrativeLevel>,
        /// The other ways in which the bulletin names it, in the order of the text.
        aliases: Vec<String>,
        /// The full name of the body that stands inside its name.
        parent: Option<String>,
        /// Whether the name tells it from all other bodies, beyond this bulletin too (*Bộ Y tế*, *Quận ủy Long Biên*); *Sở Y tế*, *Đảng ủy* or, for
        /// there are several of the name, *UBND xã Tân An* do not.
        #[serde(default)]
        distinct: bool,
        /// How many mentions are of this body.
        mentions: usize,
    },
}

/// From what a full name is known that no mention writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InferredName {
    /// The place was added that the bulletin is about, or that the sentence names.
    Place,
    /// A longer name that the bulletin has and that begins with this one.
    LongerName,
}

/// The levels of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AdministrativeLevel {
    /// The centre: Government, ministries, central organs of the Party.
    Central,
    /// A province or centrally-run city.
    Province,
    /// *quận, huyện, thị xã*, a city of a province (until July 2025).
    District,
    /// *xã, phường, thị trấn, đặc khu*
    Commune,
    /// A cell, a company: what stands under no level of administration.
    Unit,
}

/// Words that stand for a person or a document that is named elsewhere in the bulletin.
///
/// ```
/// use bantin::{Extractor, Reference};
/// let text = "Đồng chí Trần Văn Bình, Bí thư Quận ủy Long Biên, chủ trì. Đồng chí Bí thư Quận ủy Long Biên kết luận.";
/// let bulletin = Extractor::new().extract(text);
/// let Reference::Person { entity, text, .. } = &bulletin.references[0] else { unreachable!() };
/// assert_eq!((Some(*entity), text.as_str()), (bulletin.persons[0].entity, "Bí thư Quận ủy Long Biên"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reference {
    /// A post alone: *đồng chí Bí thư Quận ủy*.
    Person {
        /// The index of its holder in [`Bulletin::entities`].
        entity: usize,
        /// The post with its body.
        span: Span,
        /// The slice of the text under `span`.
        text: String,
    },
    /// *Nghị quyết này*, *Chỉ thị trên*.
    Document {
        /// The index in [`Bulletin::documents`] of the first mention of what is meant.
        document: usize,
        /// The type and the word that points back.
        span: Span,
        /// The slice of the text under `span`.
        text: String,
    },
}

impl Reference {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Reference::Person { span, .. } | Reference::Document { span, .. } => *span,
        }
    }

    /// The slice of the text under [`Reference::span`].
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Reference::Person { text, .. } | Reference::Document { text, .. } => text,
        }
    }
}

/// What a person holds or held in a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Post {
    /// As in [`Title::role`].
    pub role: String,
    /// As in [`Title::kind`].
    #[serde(default)]
    pub kind: TitleKind,
    /// The full name of the body.
    pub organization: Option<String>,
    /// The index of the body in [`Bulletin::entities`], where the body is a mention of its own.
    pub organization_entity: Option<usize>,
    /// Whether it is past.
    pub former: bool,
}

/// A named person at one place of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Person {
    /// The name, line ends and double blanks as one space: *Trần Thị Mai Hương*.
    pub name: String,
    /// The word of address before it, lower case as in *đồng chí*.
    pub honorific: Option<String>,
    /// The personal name alone.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
    /// Posts, memberships, ranks, degrees and honours that the bulletin gives the person here, in the order written.
    pub titles: Vec<Title>,
    /// The index of the person in [`Bulletin::entities`]; none where only some kinds were asked for.
    pub entity: Option<usize>,
}

/// A title of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Title {
    /// The title as written; in a list of several holders the singular (*Phó Chủ tịch UBND tỉnh*).
    pub text: String,
    /// Its head with acronyms written out: *Phó Bí thư Thường trực*, *Thành ủy viên*.
    pub role: String,
    /// The body as written, inside the title.
    pub organization: Option<String>,
    /// What sort of title it is.
    pub kind: TitleKind,
    /// Whether it is a past one (*nguyên*, *cựu*).
    pub former: bool,
    /// The title with its body.
    pub span: Span,
}

/// The sorts of titles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TitleKind {
    /// An office: *Bí thư Quận ủy*.
    #[default]
    Post,
    /// A seat in a body: *Tỉnh ủy viên*, *đại biểu Quốc hội*.
    Membership,
    /// A rank of army, police or clergy: *Đại tá*, *Hòa thượng*.
    Rank,
    /// An academic degree or profession: *PGS.TS*, *Bác sĩ*.
    Degree,
    /// An honour of the State: *Nhà giáo Ưu tú*.
    Honour,
}

/// A definite body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Organization {
    /// The name, line ends and double blanks as one space.
    pub name: String,
    /// The name with its acronyms written out; `None` where nothing is to write out.
    pub expanded: Option<String>,
    /// The branch of public life it belongs to.
    pub kind: OrganizationKind,
    /// The generic first words: *HĐND*, *Sở*, *Công ty*.
    pub head: String,
    /// A body inside the name: *Quận ủy* of *Ban Tuyên giáo Quận ủy*.
    pub parent: Option<String>,
    /// The whole name.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
    /// The index of the body in [`Bulletin::entities`]; none where only some kinds were asked for.
    pub entity: Option<usize>,
}

/// The branches that a body can belong to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OrganizationKind {
    /// The Communist Party and its organs.
    Party,
    /// Government, ministries, committees and their departments.
    Government,
    /// National Assembly and People's Councils.
    Legislature,
    /// Courts.
    Court,
    /// Procuracies.
    Procuracy,
    /// Army, border guard, coast guard.
    Army,
    /// Police.
    Police,
    /// The Fatherland Front.
    Front,
    /// Unions, women, youth, farmers, veterans, associations.
    MassOrganization,
    /// Companies, banks, cooperatives.
    Enterprise,
    /// Schools and universities.
    Education,
    /// Hospitals and health centres.
    Health,
    /// Churches, pagodas' associations.
    Religion,
    /// Press and broadcasting.
    Media,
    /// Embassies, international bodies.
    Foreign,
    /// Anything else.
    #[default]
    Other,
}

/// An expression that places something in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Date {
    /// TIMEX3 / ISO 8601 value: `2021-11-12`, `XXXX-10-13` without a year, `2021-Q4`, `2022-H1`, `2020/2025`, `P3M`.
    pub value: String,
    /// Its grain.
    pub kind: DateKind,
    /// The part of the day that is said.
    pub part_of_day: Option<PartOfDay>,
    /// The value with what it lacks (the year, the day of a clock time) filled from the bulletin's day; `None` where nothing says.
    pub resolved: Option<String>,
    /// From what `resolved` is known; `None` where the text itself writes all of it.
    pub resolved_from: Option<InferredFrom>,
    /// The first day covered, `YYYY-MM-DD`; `None` where the year is unknown or an interval is written the wrong way round.
    pub start: Option<String>,
    /// The last day covered, inclusive.
    pub end: Option<String>,
    /// The whole expression.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// The grains of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DateKind {
    /// A clock time, with its day or without.
    Time,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A half-year.
    Half,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// From one point to another.
    Interval,
    /// A length of time without an anchor.
    Duration,
}

/// The parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PartOfDay {
    /// *sáng, rạng sáng*
    Morning,
    /// *trưa*
    Noon,
    /// *chiều*
    Afternoon,
    /// *tối*
    Evening,
    /// *đêm, khuya*
    Night,
}

/// A count out of a count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ratio {
    /// The number before the slash.
    #[serde(serialize_with = "number")]
    pub numerator: f64,
    /// The number after it.
    #[serde(serialize_with = "number")]
    pub denominator: f64,
    /// What is counted.
    pub unit: Option<String>,
    /// The percentage that the sentence states for this ratio.
    pub percent: Option<f64>,
    /// 100 · numerator / denominator; `None` for a denominator of 0.
    pub computed_percent: Option<f64>,
    /// Whether the two agree to the precision stated; `None` where none is stated.
    pub consistent: Option<bool>,
    /// The numbers and the unit.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// A percentage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Percent {
    /// The percentage, or the lower bound of a range; 120 for *120%*.
    pub value: f64,
    /// The upper bound of a range.
    pub upper: Option<f64>,
    /// The number and its sign.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// A number and what it counts or measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Quantity {
    /// The number, or the lower bound of a range.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// The upper bound of a range.
    #[serde(serialize_with = "optional_number")]
    pub upper: Option<f64>,
    /// What is counted, or the unit of measure, as written.
    pub unit: String,
    /// The word that makes it approximate: *gần, hơn, trên, khoảng, ước*.
    pub approx: Option<String>,
    /// The approximation word, the number and the unit.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// An amount of a currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Money {
    /// The amount in the currency's main unit (1200000000 for *1,2 tỷ đồng*), or the lower bound of a range.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// The upper bound of a range.
    #[serde(serialize_with = "optional_number", skip_serializing_if = "Option::is_none", default)]
    pub upper: Option<f64>,
    /// ISO 4217 code.
    pub currency: String,
    /// The word that makes it approximate.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approx: Option<String>,
    /// The whole amount.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// A reference to a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Document {
    /// *Nghị quyết, Kết luận, Luật …*; `None` where only a symbol is written and it tells no type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its number or symbol as written, blanks left out: `09-KL/TW`.
    pub number: Option<String>,
    /// The day it was issued, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The body or office that issued it, as written.
    pub issuer: Option<String>,
    /// Its title, where it follows in quotation marks, or the subject of a law (*Đất đai*).
    pub title: Option<String>,
    /// The year: of the symbol (`100/2019/NĐ-CP`), of the day of issue, or in the name of a law (*Luật Đất đai năm 2013*).
    pub year: Option<i16>,
    /// The number taken apart, where it is a symbol.
    pub symbol: Option<Symbol>,
    /// The articles, clauses and points that are cited: *khoản 2 Điều 5*.
    #[serde(default)]
    pub provisions: Vec<Provision>,
    /// The index in [`Bulletin::documents`] of the first mention of the same document; `None` for that first mention.
    pub same_as: Option<usize>,
    /// What the text says of the document that its symbol contradicts.
    #[serde(default)]
    pub contradictions: Vec<Mismatch>,
    /// The reference from type to issuer.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// What the symbol of a document says: *100/2019/NĐ-CP* is number 100 of 2019, a decree of the Government. [`Symbol::parse`] takes it apart.
///
/// ```
/// use bantin::Symbol;
/// let symbol = Symbol::parse("37-KH/HU", None).unwrap();
/// let json = r#"{"number":"37","year":null,"type":"Kế hoạch","issuer":"Huyện ủy","system":"party","level":"district"}"#;
/// assert_eq!(serde_json::to_string(&symbol)?, json);
/// assert_eq!(serde_json::from_str::<Symbol>(json)?, symbol);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Symbol {
    /// The number as written: `01`, `30a`.
    pub number: String,
    /// The year between number and type; the Party and most administrative documents have none.
    pub year: Option<i16>,
    /// The type written out: *Kết luận* for `KL`; `None` where no type stands there (`68/2020/QH14`).
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Who issued it, written out: *Chính phủ* for `CP`. Where the abbreviation leaves it open, with *hoặc* between (*Tỉnh ủy hoặc Thành ủy*);
    /// the issuers of a joint document with `; ` between them.
    pub issuer: Option<String>,
    /// What the issuer belongs to.
    pub system: Option<IssuerSystem>,
    /// The level at which it works; `None` where the symbol does not tell it (`UBND` is a province's, a district's or a commune's).
    pub level: Option<AdministrativeLevel>,
}

/// What the issuer of a document can belong to.
///
/// ```
/// use bantin::{IssuerSystem, Symbol};
/// assert_eq!(Symbol::parse("88/VKSTC-V14", None).and_then(|symbol| symbol.system), Some(IssuerSystem::Court));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IssuerSystem {
    /// The Communist Party and its organs.
    Party,
    /// The National Assembly, the President, the Government, People's Councils and Committees, army and police.
    State,
    /// The Fatherland Front.
    Front,
    /// Unions, women, youth, farmers, veterans, associations.
    MassOrganization,
    /// Courts and procuracies.
    Court,
    /// Enterprises, schools, hospitals, churches.
    Other,
}

/// What a text says of a document against what the document's symbol says. [`Symbol::contradictions`] finds it.
///
/// ```
/// use bantin::Symbol;
/// let symbol = Symbol::parse("33-NQ/TU", None).unwrap();
/// let found = symbol.contradictions(Some("Nghị quyết"), Some("Bộ Chính trị"), None);
/// assert_eq!(serde_json::to_string(&found)?, r#"[{"field":"issuer","stated":"Bộ Chính trị","symbol":"Tỉnh ủy hoặc Thành ủy"}]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Mismatch {
    /// What of the document it is about.
    pub field: MismatchField,
    /// What the text says.
    pub stated: String,
    /// What the symbol says.
    pub symbol: String,
}

/// What of a document a text and the symbol can disagree about.
///
/// ```
/// use bantin::{MismatchField, Symbol};
/// let symbol = Symbol::parse("100/2019/NĐ-CP", None).unwrap();
/// let found = symbol.contradictions(None, None, Some("2020-12-30"));
/// assert_eq!(found[0].field, MismatchField::Year);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MismatchField {
    /// The type of document.
    Type,
    /// The body that issued it.
    Issuer,
    /// The year of issue.
    Year,
}

/// A part of a document, as Nghị định 30/2020/NĐ-CP numbers them: *điểm a khoản 2 Điều 5*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Provision {
    /// *Điều*
    pub article: Option<String>,
    /// *khoản*
    pub clause: Option<String>,
    /// *điểm*
    pub point: Option<String>,
}

/// A named place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Place {
    /// The name with its level word as written.
    pub name: String,
    /// What sort of place it is; `None` where the text does not tell.
    pub level: Option<PlaceLevel>,
    /// The whole name.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// The sorts of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlaceLevel {
    /// *Việt Nam, Lào*
    Country,
    /// *Tây Nguyên, Đông Nam Bộ*
    Region,
    /// A province or centrally-run city.
    Province,
    /// *quận, huyện, thị xã*, a city of a province.
    District,
    /// *xã, phường, thị trấn, đặc khu*
    Commune,
    /// *thôn, bản, ấp, buôn, tổ dân phố*
    Hamlet,
    /// Roads and streets.
    Street,
    /// Rivers, mountains, seas, islands.
    Natural,
    /// Markets, pagodas, industrial parks, ports …
    Other,
}

/// Speech in quotation marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Quote {
    /// Who speaks: the fullest name that the bulletin has for the person.
    pub speaker: Option<String>,
    /// What stands between the quotation marks.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// A figure that a body is measured by, compared with a plan, a whole or an earlier time: one for each comparison.
///
/// ```
/// use bantin::{Change, Extractor};
/// let text = "Huyện xây 7/5 nhà tình nghĩa, đạt 120% chỉ tiêu năm. Thu ngân sách 212,5 tỷ đồng, tăng 5,2% so với cùng kỳ.";
/// let indicators = Extractor::new().extract(text).indicators;
/// assert_eq!((indicators[0].label.as_str(), indicators[0].basis.as_deref()), ("xây nhà tình nghĩa", Some("chỉ tiêu năm")));
/// assert_eq!((indicators[0].computed_percent, indicators[0].consistent), (Some(140.0), Some(false)));
/// assert_eq!((indicators[1].actual, indicators[1].unit.as_deref()), (Some(212.5), Some("tỷ đồng")));
/// assert_eq!((indicators[1].percent, indicators[1].change), (Some(5.2), Some(Change::Increase)));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Indicator {
    /// What is measured, in the words of the text, the figure left out: *kết nạp đảng viên mới*.
    pub label: String,
    /// The result, in `unit`: 212.5 for *212,5 tỷ đồng*.
    #[serde(serialize_with = "optional_number")]
    pub actual: Option<f64>,
    /// What it is held against, in `unit`: the plan, or the whole.
    #[serde(serialize_with = "optional_number")]
    pub target: Option<f64>,
    /// The counted noun, the measure, or scale and currency; `%` where the figure is a rate.
    pub unit: Option<String>,
    /// The percentage that the text states: of the basis, or by which the figure grew or fell.
    pub percent: Option<f64>,
    /// Set where `percent` says by how much the figure grew or fell.
    pub change: Option<Change>,
    /// What the percentage is of, or compares with, as written: *kế hoạch năm*, *so với cùng kỳ*.
    pub basis: Option<String>,
    /// 100 · actual / target, to two decimals.
    pub computed_percent: Option<f64>,
    /// Whether `percent` and `computed_percent` agree to the precision stated; `false`, too, where a part exceeds its whole. `None` where nothing
    /// can be compared.
    pub consistent: Option<bool>,
    /// The time that the figure covers, as in [`Date::resolved`].
    pub period: Option<String>,
    /// From the first word of the label to the last of the comparison.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// The frame of the bulletin. Each field is `None` where the bulletin has no such thing.
///
/// ```
/// use bantin::Extractor;
/// let text = "Xã Tân An mở lớp dạy nghề\n12/11/2021\n(Ba Tơ) - Sáng nay, UBND xã Tân An mở lớp dạy nghề.\nTin, ảnh: Hải Yến";
/// let header = Extractor::new().extract(text).header;
/// assert_eq!(header.headline.as_deref(), Some("Xã Tân An mở lớp dạy nghề"));
/// assert_eq!(header.published.as_deref(), Some("2021-11-12"));
/// assert_eq!(header.byline.as_deref(), Some("Hải Yến"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct Header {
    /// The title; of an administrative document its type and subject (*BÁO CÁO Tình hình …*).
    pub headline: Option<String>,
    /// The day of publication, `YYYY-MM-DD`: written in a publication line or dateline, else from `published_from`.
    pub published: Option<String>,
    /// From what `published` is known, where no publication line or dateline writes it.
    pub published_from: Option<InferredFrom>,
    /// The place of the dateline: *(Tây Ninh) –*, *Tây Ninh, ngày …*.
    pub place: Option<String>,
    /// The author or authors as written.
    pub byline: Option<String>,
    /// The body or medium that the bulletin says it comes from: *Nguồn: …*, *(Theo …)*.
    pub source: Option<String>,
    /// The first web address.
    pub url: Option<String>,
    /// Where the fields stand.
    pub spans: HeaderSpans,
}

/// Where the fields of a [`Header`] stand; `None` for what is not in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
pub struct HeaderSpans {
    /// The lines of the headline.
    pub headline: Option<Span>,
    /// The date in the publication line or dateline.
    pub published: Option<Span>,
    /// The place of the dateline.
    pub place: Option<Span>,
    /// The author's name.
    pub byline: Option<Span>,
    /// The body or medium.
    pub source: Option<Span>,
    /// The address.
    pub url: Option<Span>,
}

/// From what something that is not written is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InferredFrom {
    /// The day that the caller gave.
    ReferenceDate,
    /// A line of little but a date near the top or the end: *Cập nhật: 08/07/2022*, *Đơn Dương, ngày 17 tháng 10 năm 2022*.
    PublicationLine,
    /// The first full date of the text that is its own.
    FirstFullDate,
    /// A quarter or half of the latest year that the text speaks of; it tells the year alone.
    Period,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// *tăng, vượt, cao hơn*
    Increase,
    /// *giảm, thấp hơn*
    Decrease,
}

/// Whole numbers are written without a decimal point.
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[allow(clippy::cast_possible_truncation)]
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

fn optional_number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

macro_rules! named {
    ($enum:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $enum {
            /// The value that a lexicon's cell names; the lexicon's loader has checked it.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named!(TitleKind { Post = "post", Membership = "membership", Rank = "rank", Degree = "degree", Honour = "honour" });
named!(OrganizationKind {
    Party = "party", Government = "government", Legislature = "legislature", Court = "court", Procuracy = "procuracy", Army = "army",
    Police = "police", Front = "front", MassOrganization = "mass_organization", Enterprise = "enterprise", Education = "education",
    Health = "health", Religion = "religion", Media = "media", Foreign = "foreign", Other = "other",
});
named!(PlaceLevel {
    Country = "country", Region = "region", Province = "province", District = "district", Commune = "commune", Hamlet = "hamlet",
    Street = "street", Natural = "natural", Other = "other",
});
named!(IssuerSystem {
    Party = "party", State = "state", Front = "front", MassOrganization = "mass_organization", Court = "court", Other = "other",
});
named!(AdministrativeLevel { Central = "central", Province = "province", District = "district", Commune = "commune", Unit = "unit" });
named!(PartOfDay { Morning = "morning", Noon = "noon", Afternoon = "afternoon", Evening = "evening", Night = "night" });
