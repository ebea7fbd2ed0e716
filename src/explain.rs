//! What each fact of a bulletin stands on, as it comes out: the rule, the evidence, the readings that were refused and why. [`explainer`] finds it.

mod explainer;

use serde::{Deserialize, Serialize};

use crate::bulletin::Bulletin;
use crate::span::{OffsetMap, OffsetUnit, Span};

pub(crate) use explainer::all;

/// A bulletin, and an explanation of each of its facts. In JSON it is the bulletin's object with `explanations` beside its lists.
///
/// ```
/// use bantin::{Explained, Extractor};
/// let explained = Extractor::new().explain("Hỗ trợ gần 200 hộ.", None);
/// assert_eq!(explained.bulletin, Extractor::new().extract("Hỗ trợ gần 200 hộ."));
/// let json = serde_json::to_value(&explained)?;
/// assert_eq!(json["quantities"][0]["text"], "gần 200 hộ");
/// assert_eq!(json["explanations"][0]["rule"], "quantity.known_unit");
/// assert_eq!(serde_json::from_value::<Explained>(json)?, explained);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explained {
    /// What [`crate::Extractor::extract_on`] gives for the text.
    #[serde(flatten)]
    pub bulletin: Bulletin,
    /// One for each fact, in the order of the bulletin's lists; a person's titles behind the person.
    pub explanations: Vec<Explanation>,
}

impl Explained {
    /// Turns all spans, which count bytes of `text`, into `unit`: those of the bulletin and of the explanations.
    ///
    /// ```
    /// use bantin::{Extractor, OffsetUnit};
    /// let text = "Hỗ trợ 200 hộ.";
    /// let mut explained = Extractor::new().explain(text, None);
    /// explained.convert_offsets(text, OffsetUnit::Chars);
    /// assert_eq!(explained.bulletin.quantities[0].span.start, 7);
    /// assert_eq!(explained.explanations[0].evidence[0].span.start, 11); // "hộ"
    /// ```
    pub fn convert_offsets(&mut self, text: &str, unit: OffsetUnit) {
        self.bulletin.convert_offsets(text, unit);
        let map = OffsetMap::new(text, unit);
        let convert = |span: &mut Span| *span = Span { start: map.convert(span.start), end: map.convert(span.end) };
        for explanation in &mut self.explanations {
            explanation.evidence.iter_mut().for_each(|evidence| convert(&mut evidence.span));
            explanation.rejected.iter_mut().for_each(|rejected| convert(&mut rejected.span));
        }
    }
}

/// What one fact stands on.
///
/// ```
/// use bantin::{Extractor, Fact};
/// let explained = Extractor::new().explain("Ông Trần Văn Bình, Bí thư Quận ủy.", None);
/// let rules: Vec<(Fact, &str)> = explained.explanations.iter().map(|e| (e.fact, e.rule.as_str())).collect();
/// assert_eq!(rules[0], (Fact::Person(0), "person.after_honorific"));
/// assert_eq!(rules[1], (Fact::Title { person: 0, title: 0 }, "title.after_name"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// Which fact.
    pub fact: Fact,
    /// The rule that made it: the kind and what decided, `person.after_honorific`. The names are listed in `docs/output.md`.
    pub rule: String,
    /// What the rule saw, in the order in which it looked.
    pub evidence: Vec<Evidence>,
    /// What else the words might have been.
    pub rejected: Vec<Rejected>,
}

/// Something that a rule saw in the text.
///
/// ```
/// use bantin::Extractor;
/// let explained = Extractor::new().explain("Hỗ trợ 200 hộ.", None);
/// let unit = &explained.explanations[0].evidence[0];
/// assert_eq!((unit.what.as_str(), unit.text.as_str(), unit.points), ("lexicon units: hộ", "hộ", None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// What it is, in English: `lexicon posts: Bí thư`, `points for ratio: a known unit behind`.
    pub what: String,
    /// The points it counted for, where the rule counts points.
    pub points: Option<i32>,
    /// Where it stands.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
}

/// A reading that was refused.
///
/// ```
/// use bantin::Extractor;
/// let explained = Extractor::new().explain("UBND xã Tân Lập họp.", None);
/// let place = &explained.explanations[0].rejected[0];
/// assert_eq!((place.reading.as_str(), place.text.as_str()), ("place", "xã Tân Lập"));
/// assert_eq!(place.why, "inside the organization, which is the longer name");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rejected {
    /// What it would have been: `date`, `place`, `person` …
    pub reading: String,
    /// Where it would have stood.
    pub span: Span,
    /// The slice of the text under `span`.
    pub text: String,
    /// Why it was refused, in English.
    pub why: String,
}

/// Which fact of a [`Bulletin`]: a list and an index. In JSON it is the path to it: `["persons", 0, "titles", 1]`, `["header", "headline"]`.
///
/// ```
/// use bantin::{Fact, HeaderField};
/// let title = Fact::Title { person: 0, title: 1 };
/// assert_eq!(serde_json::to_string(&title)?, r#"["persons",0,"titles",1]"#);
/// assert_eq!(serde_json::from_str::<Fact>(r#"["header","headline"]"#)?, Fact::Header(HeaderField::Headline));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Vec<Step>", try_from = "Vec<Step>")]
#[non_exhaustive]
pub enum Fact {
    /// An index in [`Bulletin::persons`].
    Person(usize),
    /// A title of a person.
    Title {
        /// An index in [`Bulletin::persons`].
        person: usize,
        /// An index in [`crate::Person::titles`].
        title: usize,
    },
    /// An index in [`Bulletin::organizations`].
    Organization(usize),
    /// An index in [`Bulletin::dates`].
    Date(usize),
    /// An index in [`Bulletin::ratios`].
    Ratio(usize),
    /// An index in [`Bulletin::percents`].
    Percent(usize),
    /// An index in [`Bulletin::quantities`].
    Quantity(usize),
    /// An index in [`Bulletin::money`].
    Money(usize),
    /// An index in [`Bulletin::documents`].
    Document(usize),
    /// An index in [`Bulletin::places`].
    Place(usize),
    /// An index in [`Bulletin::quotes`].
    Quote(usize),
    /// An index in [`Bulletin::entities`].
    Entity(usize),
    /// An index in [`Bulletin::indicators`].
    Indicator(usize),
    /// An index in [`Bulletin::references`].
    Reference(usize),
    /// A field of [`Bulletin::header`].
    Header(HeaderField),
}

/// The fields of a [`crate::Header`] that are explained.
///
/// ```
/// use bantin::{Extractor, Fact, HeaderField};
/// let explained = Extractor::new().explain("Xem https://example.org", None);
/// assert_eq!(explained.explanations[0].fact, Fact::Header(HeaderField::Url));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HeaderField {
    /// [`crate::Header::headline`]
    Headline,
    /// [`crate::Header::published`]
    Published,
    /// [`crate::Header::place`]
    Place,
    /// [`crate::Header::byline`]
    Byline,
    /// [`crate::Header::source`]
    Source,
    /// [`crate::Header::url`]
    Url,
}

/// A step of the path to a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Step {
    Index(usize),
    Field(HeaderField),
    Name(String),
}

/// A fact by its index in one list.
type OfList = fn(usize) -> Fact;

/// The lists of facts by name.
const LISTS: [(&str, OfList); 13] = [
    ("persons", Fact::Person),
    ("organizations", Fact::Organization),
    ("dates", Fact::Date),
    ("ratios", Fact::Ratio),
    ("percents", Fact::Percent),
    ("quantities", Fact::Quantity),
    ("money", Fact::Money),
    ("documents", Fact::Document),
    ("places", Fact::Place),
    ("quotes", Fact::Quote),
    ("entities", Fact::Entity),
    ("indicators", Fact::Indicator),
    ("references", Fact::Reference),
];

impl From<Fact> for Vec<Step> {
    fn from(fact: Fact) -> Self {
        let name = |name: &str| Step::Name(name.to_owned());
        let index = match fact {
            Fact::Title { person, title } => return vec![name("persons"), Step::Index(person), name("titles"), Step::Index(title)],
            Fact::Header(field) => return vec![name("header"), Step::Field(field)],
            Fact::Person(n)
            | Fact::Organization(n)
            | Fact::Date(n)
            | Fact::Ratio(n)
            | Fact::Percent(n)
            | Fact::Quantity(n)
            | Fact::Money(n)
            | Fact::Document(n)
            | Fact::Place(n)
            | Fact::Quote(n)
            | Fact::Entity(n)
            | Fact::Indicator(n)
            | Fact::Reference(n) => n,
        };
        let list = LISTS.iter().find(|(_, list)| list(index) == fact).map_or("", |(list, _)| list);
        vec![name(list), Step::Index(index)]
    }
}

impl TryFrom<Vec<Step>> for Fact {
    type Error = &'static str;

    fn try_from(path: Vec<Step>) -> Result<Self, &'static str> {
        let list = |name: &str, index: usize| LISTS.iter().find(|(list, _)| *list == name).map(|(_, fact)| fact(index));
        let fact = match path.as_slice() {
            [Step::Name(name), Step::Index(index)] => list(name, *index),
            [Step::Name(name), Step::Field(field)] if name == "header" => Some(Fact::Header(*field)),
            [Step::Name(name), Step::Index(person), Step::Name(titles), Step::Index(title)] if name == "persons" && titles == "titles" => {
                Some(Fact::Title { person: *person, title: *title })
            }
            _ => None,
        };
        fact.ok_or("no path to a fact of a bulletin")
    }
}
