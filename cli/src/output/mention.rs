//! The mentions of a bulletin in one list, for formats that mark them in the text.

use bantin::{Bulletin, Entity, Span};

use crate::output::columns::word;

/// A mention.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Its type: `Person`, `Title` …
    pub kind: &'static str,
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it says, for a reader: the day of a date, the amount of money.
    pub note: Option<String>,
    /// For persons and organizations, the index of whom or what it is a mention of.
    pub entity: Option<usize>,
    /// For titles, the index of their person in this list.
    pub holder: Option<usize>,
}

/// The types, in the order in which they win where two have the same span.
pub const TYPES: [&str; 11] =
    ["Document", "Person", "Title", "Organization", "Ratio", "Percent", "Money", "Date", "Quantity", "Place", "Quote"];

/// All mentions, persons first, each before its titles.
pub fn mentions(bulletin: &Bulletin) -> Vec<Mention> {
    let mut list = Vec::new();
    for person in &bulletin.persons {
        let name = person.entity.and_then(|at| bulletin.entities.get(at)).and_then(|entity| match entity {
            Entity::Person { name, .. } if *name != person.name => Some(name.clone()),
            _ => None,
        });
        list.push(Mention { kind: "Person", span: person.span, note: name, entity: person.entity, holder: None });
        let holder = list.len() - 1;
        for title in &person.titles {
            let former = if title.former { ", former" } else { "" };
            let note = word(&title.kind).map(|kind| format!("{}: {kind}{former}", title.role));
            list.push(Mention { kind: "Title", span: title.span, note, entity: None, holder: Some(holder) });
        }
    }
    for body in &bulletin.organizations {
        let name = body.entity.and_then(|at| bulletin.entities.get(at)).and_then(|entity| match entity {
            Entity::Organization { name, .. } if *name != body.name => Some(name.clone()),
            _ => None,
        });
        let note = name.or_else(|| body.expanded.clone());
        list.push(Mention { kind: "Organization", span: body.span, note, entity: body.entity, holder: None });
    }
    let mut add = |kind, span, note| list.push(Mention { kind, span, note, entity: None, holder: None });
    for date in &bulletin.dates {
        add("Date", date.span, Some(date.resolved.as_ref().unwrap_or(&date.value).clone()));
    }
    for ratio in &bulletin.ratios {
        let mark = if ratio.consistent == Some(false) { ", the text says another percentage" } else { "" };
        add("Ratio", ratio.span, ratio.computed_percent.map(|percent| format!("{percent} %{mark}")));
    }
    for percent in &bulletin.percents {
        add("Percent", percent.span, Some(range(percent.value, percent.upper)));
    }
    for quantity in &bulletin.quantities {
        add("Quantity", quantity.span, Some(format!("{} {}", range(quantity.value, quantity.upper), quantity.unit)));
    }
    for money in &bulletin.money {
        add("Money", money.span, Some(format!("{} {}", range(money.value, money.upper), money.currency)));
    }
    for document in &bulletin.documents {
        add("Document", document.span, document.number.clone());
    }
    for place in &bulletin.places {
        add("Place", place.span, word(&place.level));
    }
    for quote in &bulletin.quotes {
        add("Quote", quote.span, quote.speaker.clone());
    }
    list
}

/// A number, or the two ends of a range.
pub fn range(value: f64, upper: Option<f64>) -> String {
    upper.map_or_else(|| value.to_string(), |upper| format!("{value}–{upper}"))
}
