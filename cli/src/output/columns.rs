//! The tables of CSV and Parquet: one a kind, their columns with name and type, and how each is taken from a bulletin. Declared here once.
//!
//! Every row begins with `source` and `index`, its place in its list of the bulletin; tables of what is nested (titles, provisions …) have `index` too,
//! and the index of what they belong to. Lists of plain strings are rows of a table as well. Fields are named as in the JSON; where several fields of one
//! name meet, the outer name stands before (`symbol_number`, `headline_start`).

use bantin::{Bulletin, Entity, Kind, Reference, Span};
use serde::Serialize;
use serde_json::{Map, Value};

/// What the rows of one text are made of; offsets are in the unit that is written.
pub struct Facts<'a> {
    /// The bulletin.
    pub bulletin: &'a Bulletin,
    /// The other fields of its record.
    pub record: Option<&'a Map<String, Value>>,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name, also that of its file.
    pub name: &'static str,
    /// The kinds without which it would be empty; it is written where all of them were asked for.
    pub needs: &'static [Kind],
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows of one text; each has a cell a column, of the column's type.
    pub rows: fn(&Facts) -> Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Strings.
    Text,
    /// Whole numbers: counts, offsets, indices.
    Int,
    /// Numbers as the text has them.
    Float,
    /// `true` and `false`.
    Bool,
}

/// What stands in a row and a column; `None` for null.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A string.
    Text(Option<String>),
    /// A whole number.
    Int(Option<i64>),
    /// A number.
    Float(Option<f64>),
    /// `true` or `false`.
    Bool(Option<bool>),
}

/// Declares a table: its name, its kinds, the items that give a row each, and its columns as `name: Type = value`. `mentions LIST as ITEM` stands for the
/// items of a list of the bulletin, and for the columns that all mentions have.
macro_rules! table {
    ($name:literal of [$($need:ident),*], mentions $list:ident as $item:ident => { $($columns:tt)* }) => {
        table!($name of [$($need),*], facts => facts.bulletin.$list.iter().enumerate(), (index, $item) => {
            index: Int = index,
            start: Int = $item.span.start,
            end: Int = $item.span.end,
            text: Text = &$item.text,
            $($columns)*
        })
    };
    ($name:literal of [$($need:ident),*], $facts:ident => $items:expr, $item:pat => { $($column:ident: $type:ident = $value:expr,)* }) => {
        Table {
            name: $name,
            needs: &[$(Kind::$need),*],
            columns: &[
                Column { name: "source", kind: Type::Text },
                $(Column { name: stringify!($column), kind: Type::$type },)*
            ],
            rows: |$facts| {
                let mut rows = Vec::new();
                for $item in $items {
                    rows.push(vec![Cell::Text($facts.bulletin.source.clone()), $(Cell::$type(Field::field($value)),)*]);
                }
                rows
            },
        }
    };
}

/// All tables, `headers` last: it has one row a text, so that it tells what is done.
pub const TABLES: &[Table] = &[
    table!("persons" of [Person], mentions persons as person => {
        name: Text = &person.name,
        honorific: Text = &person.honorific,
        titles: Int = person.titles.len(),
        entity: Int = person.entity,
    }),
    table!("titles" of [Person],
        facts => facts.bulletin.persons.iter().enumerate().flat_map(|(at, person)| person.titles.iter().enumerate().map(move |title| (at, person, title))),
        (at, person, (index, title)) => {
        person: Int = at,
        index: Int = index,
        person_name: Text = &person.name,
        start: Int = title.span.start,
        end: Int = title.span.end,
        text: Text = &title.text,
        role: Text = &title.role,
        organization: Text = &title.organization,
        kind: Text = word(&title.kind),
        former: Bool = title.former,
    }),
    table!("organizations" of [Organization], mentions organizations as body => {
        name: Text = &body.name,
        expanded: Text = &body.expanded,
        kind: Text = word(&body.kind),
        head: Text = &body.head,
        parent: Text = &body.parent,
        entity: Int = body.entity,
    }),
    // `start` and `end` are offsets in every table; the days have names of their own.
    table!("dates" of [Date], mentions dates as date => {
        value: Text = &date.value,
        kind: Text = word(&date.kind),
        part_of_day: Text = word(&date.part_of_day),
        resolved: Text = &date.resolved,
        resolved_from: Text = word(&date.resolved_from),
        first_day: Text = &date.start,
        last_day: Text = &date.end,
    }),
    table!("ratios" of [Ratio], mentions ratios as ratio => {
        numerator: Float = ratio.numerator,
        denominator: Float = ratio.denominator,
        unit: Text = &ratio.unit,
        percent: Float = ratio.percent,
        computed_percent: Float = ratio.computed_percent,
        consistent: Bool = ratio.consistent,
    }),
    table!("percents" of [Percent], mentions percents as percent => {
        value: Float = percent.value,
        upper: Float = percent.upper,
    }),
    table!("quantities" of [Quantity], mentions quantities as quantity => {
        value: Float = quantity.value,
        upper: Float = quantity.upper,
        unit: Text = &quantity.unit,
        approx: Text = &quantity.approx,
    }),
    table!("money" of [Money], mentions money as money => {
        value: Float = money.value,
        upper: Float = money.upper,
        currency: Text = &money.currency,
        approx: Text = &money.approx,
    }),
    table!("documents" of [Document], mentions documents as document => {
        type: Text = &document.kind,
        number: Text = &document.number,
        date: Text = &document.date,
        issuer: Text = &document.issuer,
        title: Text = &document.title,
        year: Int = document.year,
        symbol_number: Text = document.symbol.as_ref().map(|symbol| symbol.number.clone()),
        symbol_year: Int = document.symbol.as_ref().and_then(|symbol| symbol.year),
        symbol_type: Text = document.symbol.as_ref().and_then(|symbol| symbol.kind.clone()),
        symbol_issuer: Text = document.symbol.as_ref().and_then(|symbol| symbol.issuer.clone()),
        symbol_system: Text = document.symbol.as_ref().and_then(|symbol| word(&symbol.system)),
        symbol_level: Text = document.symbol.as_ref().and_then(|symbol| word(&symbol.level)),
        same_as: Int = document.same_as,
    }),
    table!("document_provisions" of [Document],
        facts => facts.bulletin.documents.iter().enumerate().flat_map(|(at, document)| document.provisions.iter().enumerate().map(move |provision| (at, provision))),
        (at, (index, provision)) => {
        document: Int = at,
        index: Int = index,
        article: Text = &provision.article,
        clause: Text = &provision.clause,
        point: Text = &provision.point,
    }),
    table!("document_contradictions" of [Document],
        facts => facts.bulletin.documents.iter().enumerate().flat_map(|(at, document)| document.contradictions.iter().enumerate().map(move |found| (at, found))),
        (at, (index, contradiction)) => {
        document: Int = at,
        index: Int = index,
        field: Text = word(&contradiction.field),
        stated: Text = &contradiction.stated,
        symbol: Text = &contradiction.symbol,
    }),
    table!("places" of [Place], mentions places as place => {
        name: Text = &place.name,
        level: Text = word(&place.level),
    }),
    table!("quotes" of [Quote], mentions quotes as quote => {
        speaker: Text = &quote.speaker,
    }),
    table!("entities" of [Person, Organization], facts => facts.bulletin.entities.iter().enumerate().filter_map(entity), (index, entity) => {
        index: Int = index,
        kind: Text = entity.kind,
        name: Text = entity.name,
        mentions: Int = entity.mentions,
        inferred: Text = entity.inferred,
        branch: Text = entity.branch,
        level: Text = entity.level,
        parent: Text = entity.parent,
        distinct: Bool = entity.distinct,
    }),
    table!("entity_aliases" of [Person, Organization],
        facts => facts.bulletin.entities.iter().enumerate().flat_map(|(at, entity)| {
            let aliases = match entity {
                Entity::Organization { aliases, .. } => aliases.as_slice(),
                _ => [].as_slice(),
            };
            aliases.iter().enumerate().map(move |alias| (at, alias))
        }),
        (at, (index, alias)) => {
        entity: Int = at,
        index: Int = index,
        alias: Text = alias,
    }),
    table!("posts" of [Person, Organization],
        facts => facts.bulletin.entities.iter().enumerate().flat_map(|(at, entity)| {
            let (name, posts) = match entity {
                Entity::Person { name, posts, .. } => (name.as_str(), posts.as_slice()),
                _ => ("", [].as_slice()),
            };
            posts.iter().enumerate().map(move |post| (at, name, post))
        }),
        (at, name, (index, post)) => {
        entity: Int = at,
        index: Int = index,
        person_name: Text = name,
        role: Text = &post.role,
        kind: Text = word(&post.kind),
        organization: Text = &post.organization,
        organization_entity: Int = post.organization_entity,
        former: Bool = post.former,
    }),
    table!("indicators" of [Ratio, Percent, Quantity, Money], mentions indicators as indicator => {
        label: Text = &indicator.label,
        actual: Float = indicator.actual,
        target: Float = indicator.target,
        unit: Text = &indicator.unit,
        percent: Float = indicator.percent,
        change: Text = word(&indicator.change),
        basis: Text = &indicator.basis,
        computed_percent: Float = indicator.computed_percent,
        consistent: Bool = indicator.consistent,
        period: Text = &indicator.period,
    }),
    table!("references" of [Person, Organization, Document], facts => facts.bulletin.references.iter().enumerate(), (index, reference) => {
        index: Int = index,
        start: Int = reference.span().start,
        end: Int = reference.span().end,
        text: Text = reference.text(),
        kind: Text = match reference { Reference::Person { .. } => Some("person"), Reference::Document { .. } => Some("document"), _ => None },
        entity: Int = match reference { Reference::Person { entity, .. } => Some(*entity), _ => None },
        document: Int = match reference { Reference::Document { document, .. } => Some(*document), _ => None },
    }),
    // One row a text, whatever was asked for. `source` is the text's own source, so the medium that the header names is `header_source`.
    table!("headers" of [], facts => std::iter::once((&facts.bulletin.header, facts.record)), (header, record) => {
        index: Int = 0,
        schema: Text = &facts.bulletin.schema,
        headline: Text = &header.headline,
        published: Text = &header.published,
        published_from: Text = word(&header.published_from),
        place: Text = &header.place,
        byline: Text = &header.byline,
        header_source: Text = &header.source,
        url: Text = &header.url,
        headline_start: Int = header.spans.headline.map(start),
        headline_end: Int = header.spans.headline.map(end),
        published_start: Int = header.spans.published.map(start),
        published_end: Int = header.spans.published.map(end),
        place_start: Int = header.spans.place.map(start),
        place_end: Int = header.spans.place.map(end),
        byline_start: Int = header.spans.byline.map(start),
        byline_end: Int = header.spans.byline.map(end),
        header_source_start: Int = header.spans.source.map(start),
        header_source_end: Int = header.spans.source.map(end),
        url_start: Int = header.spans.url.map(start),
        url_end: Int = header.spans.url.map(end),
        record: Text = record.and_then(|record| serde_json::to_string(record).ok()),
    }),
];

/// The tables that the kinds asked for give.
pub fn tables(kinds: &[Kind]) -> Vec<&'static Table> {
    TABLES.iter().filter(|table| table.needs.iter().all(|kind| kinds.contains(kind))).collect()
}

/// The one table of a kind, where only that kind was asked for.
pub fn table_of(kinds: &[Kind]) -> Option<&'static Table> {
    let [kind] = kinds else { return None };
    TABLES.iter().find(|table| table.needs == [*kind])
}

/// The fields of an [`Entity`] side by side: each kind of entity has some of them.
struct EntityRow<'a> {
    kind: &'static str,
    name: &'a str,
    mentions: usize,
    inferred: Option<String>,
    branch: Option<String>,
    level: Option<String>,
    parent: Option<String>,
    distinct: Option<bool>,
}

fn entity((index, entity): (usize, &Entity)) -> Option<(usize, EntityRow<'_>)> {
    let row = match entity {
        Entity::Person { name, mentions, .. } => {
            EntityRow { kind: "person", name, mentions: *mentions, inferred: None, branch: None, level: None, parent: None, distinct: None }
        }
        Entity::Organization { name, inferred, branch, level, parent, distinct, mentions, .. } => EntityRow {
            kind: "organization",
            name,
            mentions: *mentions,
            inferred: word(inferred),
            branch: word(branch),
            level: word(level),
            parent: parent.clone(),
            distinct: Some(*distinct),
        },
        _ => return None,
    };
    Some((index, row))
}

fn start(span: Span) -> usize {
    span.start
}

fn end(span: Span) -> usize {
    span.end
}

/// The word that a member of a closed set has in JSON.
pub fn word(member: &impl Serialize) -> Option<String> {
    match serde_json::to_value(member) {
        Ok(Value::String(word)) => Some(word),
        _ => None,
    }
}

/// What a field of a struct gives as a cell of type `T`.
trait Field<T> {
    fn field(self) -> Option<T>;
}

impl Field<String> for &String {
    fn field(self) -> Option<String> {
        Some(self.clone())
    }
}

impl Field<String> for &str {
    fn field(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Field<String> for Option<&str> {
    fn field(self) -> Option<String> {
        self.map(str::to_owned)
    }
}

impl Field<String> for &Option<String> {
    fn field(self) -> Option<String> {
        self.clone()
    }
}

impl Field<String> for Option<String> {
    fn field(self) -> Option<String> {
        self
    }
}

impl Field<i64> for usize {
    fn field(self) -> Option<i64> {
        i64::try_from(self).ok()
    }
}

impl Field<i64> for Option<usize> {
    fn field(self) -> Option<i64> {
        self.and_then(|number| i64::try_from(number).ok())
    }
}

impl Field<i64> for Option<i16> {
    fn field(self) -> Option<i64> {
        self.map(i64::from)
    }
}

impl Field<f64> for f64 {
    fn field(self) -> Option<f64> {
        Some(self)
    }
}

impl Field<f64> for Option<f64> {
    fn field(self) -> Option<f64> {
        self
    }
}

impl Field<bool> for bool {
    fn field(self) -> Option<bool> {
        Some(self)
    }
}

impl Field<bool> for Option<bool> {
    fn field(self) -> Option<bool> {
        self
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use std::collections::HashSet;

    use bantin::Extractor;

    use super::*;

    /// The fields of the JSON that a table's row has under another name, or in a table of its own.
    fn renamed(table: &str, field: &str) -> bool {
        matches!((table, field), (_, "span") | ("dates", "start" | "end") | ("documents", "symbol" | "provisions" | "contradictions"))
            || matches!((table, field), ("entities", "posts" | "aliases"))
    }

    #[test]
    fn every_field_of_the_json_has_a_column_and_every_fact_a_row() {
        let text = include_str!("../../../data/samples/quan-uy-giao-ban.txt");
        let bulletin = Extractor::new().extract(text);
        let json = serde_json::to_value(&bulletin).unwrap();
        let facts = Facts { bulletin: &bulletin, record: None };
        let lists = json.as_object().unwrap().iter().filter_map(|(name, value)| Some((name, value.as_array()?)));
        let mut seen = 0;
        for (name, list) in lists {
            let table = TABLES.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}"));
            assert_eq!((table.rows)(&facts).len(), list.len(), "{name}");
            let columns: HashSet<&str> = table.columns.iter().map(|column| column.name).collect();
            for field in list.iter().flat_map(|item| item.as_object().unwrap().keys()) {
                assert!(columns.contains(field.as_str()) || renamed(name, field), "{name} has no column {field}");
                seen += 1;
            }
        }
        assert!(seen > 100, "the sample has facts to look at");
    }

    #[test]
    fn names_are_used_once_and_rows_are_as_wide_as_their_table() {
        let text = include_str!("../../../data/samples/xa-bao-cao-sau-thang.txt");
        let bulletin = Extractor::new().extract(text);
        let names: HashSet<&str> = TABLES.iter().map(|table| table.name).collect();
        assert_eq!(names.len(), TABLES.len());
        for table in TABLES {
            let columns: HashSet<&str> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(columns.len(), table.columns.len(), "{}", table.name);
            for row in (table.rows)(&Facts { bulletin: &bulletin, record: None }) {
                assert_eq!(row.len(), table.columns.len(), "{}", table.name);
            }
        }
    }

    #[test]
    fn the_kinds_choose_the_tables() {
        let names = |kinds: &[Kind]| tables(kinds).iter().map(|table| table.name).collect::<Vec<_>>();
        assert_eq!(names(&Kind::ALL).len(), TABLES.len());
        assert_eq!(names(&[Kind::Person]), ["persons", "titles", "headers"]);
        assert_eq!(names(&[Kind::Date, Kind::Place]), ["dates", "places", "headers"]);
        for kind in Kind::ALL {
            let table = table_of(&[kind]).unwrap_or_else(|| panic!("{} has no table", kind.name()));
            assert!(table.name.starts_with(&kind.name()[..3]), "{} for {}", table.name, kind.name());
        }
        assert!(table_of(&Kind::ALL).is_none());
    }
}
