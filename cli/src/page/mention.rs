//! What is marked in a text, and what the page tells of each mark.

use std::collections::{HashMap, HashSet};

use bantin::{Bulletin, Entity, Explanation, Fact, Indicator, Post, Ratio, Reference, Span, Title};
use serde_json::{Value, json};

use super::Entry;
use super::say;
use super::text::pictured;

/// One mark.
#[derive(Debug)]
pub struct Mention {
    /// Its class, one of [`say::KINDS`].
    pub kind: &'static str,
    /// Where it stands.
    pub span: Span,
    /// What it says that does not add up.
    pub bad: Option<String>,
    /// What the page tells of it: labels and values.
    fields: Vec<(&'static str, String)>,
    /// The fact whose explanation belongs to it.
    fact: Option<Fact>,
}

impl Mention {
    /// A mark without anything to tell.
    pub fn new(kind: &'static str, span: Span) -> Mention {
        Mention { kind, span, bad: None, fields: Vec::new(), fact: None }
    }

    fn of(fact: Fact, kind: &'static str, span: Span) -> Mention {
        Mention { fact: Some(fact), ..Mention::new(kind, span) }
    }

    fn tell(mut self, label: &'static str, value: impl Into<String>) -> Mention {
        self.fields.push((label, value.into()));
        self
    }

    fn maybe(self, label: &'static str, value: Option<impl Into<String>>) -> Mention {
        match value {
            Some(value) => self.tell(label, value),
            None => self,
        }
    }
}

/// All marks of a text, and where the mark of a fact is among them.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In the order of the bulletin's lists.
    pub list: Vec<Mention>,
    /// The index of a fact's mark.
    pub of: HashMap<Fact, usize>,
}

impl Mentions {
    /// The marks of a bulletin. A title that several people share is one mark.
    pub fn new(bulletin: &Bulletin) -> Mentions {
        let mut marks = Mentions::default();
        let mut titles: HashMap<Span, usize> = HashMap::new();
        let entity = |index: Option<usize>| index.and_then(|n| bulletin.entities.get(n));
        for (n, person) in bulletin.persons.iter().enumerate() {
            let mut mark =
                Mention::of(Fact::Person(n), "person", person.span).tell("Tên", &person.name).maybe("Xưng hô", person.honorific.as_deref());
            if let Some(Entity::Person { name, mentions, posts, .. }) = entity(person.entity) {
                if *name != person.name {
                    mark = mark.tell("Tên đầy đủ", name);
                }
                for held in posts {
                    mark = mark.tell("Chức vụ", post(held));
                }
                if *mentions > 1 {
                    mark = mark.tell("Nhắc đến", format!("{mentions} lần"));
                }
            }
            marks.add(mark);
            for (t, title) in person.titles.iter().enumerate() {
                let fact = Fact::Title { person: n, title: t };
                let shared = titles.get(&title.span).copied();
                match shared.and_then(|at| Some((at, marks.list.get_mut(at)?))) {
                    Some((at, mark)) => {
                        mark.fields.push(("Người giữ", person.name.clone()));
                        marks.of.insert(fact, at);
                    }
                    None => {
                        titles.insert(title.span, marks.list.len());
                        marks.add(title_mark(fact, title).tell("Người giữ", &person.name));
                    }
                }
            }
        }
        for (n, body) in bulletin.organizations.iter().enumerate() {
            let mut mark =
                Mention::of(Fact::Organization(n), "organization", body.span).tell("Tên", body.expanded.as_ref().unwrap_or(&body.name));
            if let Some(Entity::Organization { name, inferred, level, mentions, .. }) = entity(body.entity) {
                if Some(name) != body.expanded.as_ref() && *name != body.name {
                    mark = mark
                        .tell("Tên đầy đủ", inferred.map_or_else(|| name.clone(), |from| format!("{name} ({})", say::inferred_name(from))));
                }
                mark = mark.maybe("Cấp", level.map(say::level));
                if *mentions > 1 {
                    mark = mark.tell("Nhắc đến", format!("{mentions} lần"));
                }
            }
            marks.add(mark.tell("Khối", say::branch(body.kind)).maybe("Thuộc", body.parent.as_deref()));
        }
        for (n, date) in bulletin.dates.iter().enumerate() {
            let value = say::day(date.resolved.as_ref().unwrap_or(&date.value));
            let span = date.start.as_ref().zip(date.end.as_ref()).filter(|(start, end)| start != end);
            let mark = Mention::of(Fact::Date(n), "date", date.span)
                .tell("Là", value)
                .tell("Loại", say::date_kind(date.kind))
                .maybe("Buổi", date.part_of_day.map(say::part_of_day))
                .maybe("Bao gồm", span.map(|(start, end)| format!("{} – {}", say::day(start), say::day(end))))
                .maybe("Suy ra", date.resolved_from.map(say::inferred_from));
            marks.add(if date.resolved.is_none() && date.value.contains('X') { mark.tell("Lưu ý", "chưa rõ năm") } else { mark });
        }
        for (n, ratio) in bulletin.ratios.iter().enumerate() {
            let mut mark = Mention::of(Fact::Ratio(n), "ratio", ratio.span)
                .tell("Là", figures(ratio.numerator, Some(ratio.denominator), ratio.unit.as_deref()))
                .maybe("Nêu", ratio.percent.map(say::percent))
                .maybe("Tính ra", ratio.computed_percent.map(say::percent));
            mark.bad = ratio_disagrees(ratio);
            marks.add(mark);
        }
        for (n, percent) in bulletin.percents.iter().enumerate() {
            marks.add(
                Mention::of(Fact::Percent(n), "percent", percent.span).tell("Là", format!("{}%", say::range(percent.value, percent.upper))),
            );
        }
        for (n, quantity) in bulletin.quantities.iter().enumerate() {
            let value = format!("{} {}", say::range(quantity.value, quantity.upper), quantity.unit);
            marks.add(
                Mention::of(Fact::Quantity(n), "quantity", quantity.span).tell("Là", value).maybe("Ước lượng", quantity.approx.as_deref()),
            );
        }
        for (n, money) in bulletin.money.iter().enumerate() {
            let value = format!("{} {}", say::range(money.value, money.upper), money.currency);
            marks.add(Mention::of(Fact::Money(n), "money", money.span).tell("Là", value).maybe("Ước lượng", money.approx.as_deref()));
        }
        for (n, place) in bulletin.places.iter().enumerate() {
            marks.add(Mention::of(Fact::Place(n), "place", place.span).tell("Tên", &place.name).maybe("Cấp", place.level.map(say::place)));
        }
        for (n, document) in bulletin.documents.iter().enumerate() {
            let mut mark = Mention::of(Fact::Document(n), "document", document.span)
                .maybe("Loại", document.kind.as_deref())
                .maybe("Số, ký hiệu", document.number.as_deref())
                .maybe("Tên", document.title.as_deref())
                .maybe("Ngày", document.date.as_deref().map(say::day))
                .maybe("Năm", document.year.map(|year| year.to_string()))
                .maybe("Nơi ban hành", document.issuer.as_deref());
            if let Some(symbol) = &document.symbol {
                let parts = [
                    symbol.kind.clone(),
                    symbol.issuer.clone(),
                    symbol.system.map(|s| say::system(s).to_owned()),
                    symbol.level.map(|l| format!("cấp {}", say::level(l))),
                ];
                let told: Vec<String> = parts.into_iter().flatten().collect();
                if !told.is_empty() {
                    mark = mark.tell("Ký hiệu cho biết", told.join(" · "));
                }
            }
            for provision in &document.provisions {
                let parts = [("điểm", &provision.point), ("khoản", &provision.clause), ("Điều", &provision.article)];
                let words: Vec<String> =
                    parts.into_iter().filter_map(|(word, part)| part.as_ref().map(|part| format!("{word} {part}"))).collect();
                mark = mark.tell("Dẫn", words.join(" "));
            }
            if !document.contradictions.is_empty() {
                let all: Vec<String> = document.contradictions.iter().map(contradiction).collect();
                mark.bad = Some(all.join("; "));
            }
            marks.add(mark);
        }
        for (n, quote) in bulletin.quotes.iter().enumerate() {
            marks.add(Mention::of(Fact::Quote(n), "quote", quote.span).tell("Người nói", quote.speaker.as_deref().unwrap_or("chưa rõ")));
        }
        for (n, indicator) in bulletin.indicators.iter().enumerate() {
            let mut mark = Mention::of(Fact::Indicator(n), "indicator", indicator.span).tell("Chỉ tiêu", &indicator.label);
            if let Some(actual) = indicator.actual {
                mark = mark.tell("Kết quả", figures(actual, indicator.target, indicator.unit.as_deref()));
            }
            mark = mark
                .maybe("Nêu", indicator.percent.map(|value| format!("{}{}", say::change(indicator.change), say::percent(value))))
                .maybe("So với", indicator.basis.as_deref())
                .maybe("Tính ra", indicator.computed_percent.map(say::percent))
                .maybe("Kỳ", indicator.period.as_deref().map(say::day));
            mark.bad = indicator_disagrees(indicator);
            marks.add(mark);
        }
        for (n, reference) in bulletin.references.iter().enumerate() {
            let meant = match reference {
                Reference::Person { entity: n, .. } => entity(Some(*n)).map(|entity| match entity {
                    Entity::Person { name, .. } | Entity::Organization { name, .. } => name.clone(),
                    _ => String::new(),
                }),
                Reference::Document { document, .. } => bulletin.documents.get(*document).map(|document| document.text.clone()),
                _ => None,
            };
            marks.add(Mention::of(Fact::Reference(n), "reference", reference.span()).maybe("Chỉ", meant));
        }
        marks
    }

    fn add(&mut self, mark: Mention) {
        if let Some(fact) = mark.fact {
            self.of.insert(fact, self.list.len());
        }
        self.list.push(mark);
    }

    /// For the script: of each mark `[class, [[label, value]…], rule, [[what, text, points]…], [[reading, text, why]…], what disagrees]`.
    pub fn data(&self, explanations: &[Explanation]) -> String {
        let why: HashMap<Fact, &Explanation> = explanations.iter().map(|explanation| (explanation.fact, explanation)).collect();
        let rows: Vec<Value> = self
            .list
            .iter()
            .map(|mark| {
                let fields: Vec<Value> = mark.fields.iter().map(|(label, value)| json!([label, pictured(value)])).collect();
                let Some(explanation) = mark.fact.and_then(|fact| why.get(&fact)) else {
                    return json!([mark.kind, fields, "", [], [], mark.bad.as_deref().map(pictured)]);
                };
                let evidence: Vec<Value> =
                    explanation.evidence.iter().map(|e| json!([pictured(&e.what), pictured(&e.text), e.points])).collect();
                let rejected: Vec<Value> =
                    explanation.rejected.iter().map(|r| json!([r.reading, pictured(&r.text), pictured(&r.why)])).collect();
                json!([mark.kind, fields, explanation.rule, evidence, rejected, mark.bad.as_deref().map(pictured)])
            })
            .collect();
        // Inside <script> nothing but `<` can do harm.
        Value::from(rows).to_string().replace('<', "\\u003c")
    }
}

/// A figure of a bulletin that disagrees with another.
pub struct Disagreement<'a> {
    /// The words.
    pub text: &'a str,
    /// What is wrong.
    pub what: String,
    /// Which fact says so.
    pub fact: Fact,
}

/// All that does not add up in a bulletin: indicators, ratios outside of them, documents.
pub fn disagreements(entry: &Entry) -> Vec<Disagreement<'_>> {
    let bulletin = &entry.bulletin;
    let mut found: Vec<Disagreement> = Vec::new();
    for (n, indicator) in bulletin.indicators.iter().enumerate() {
        found.extend(indicator_disagrees(indicator).map(|what| Disagreement { text: &indicator.text, what, fact: Fact::Indicator(n) }));
    }
    for (n, ratio) in lone_ratios(bulletin) {
        found.extend(ratio_disagrees(ratio).map(|what| Disagreement { text: &ratio.text, what, fact: Fact::Ratio(n) }));
    }
    for (n, document) in bulletin.documents.iter().enumerate() {
        found.extend(document.contradictions.iter().map(|mismatch| Disagreement {
            text: &document.text,
            what: contradiction(mismatch),
            fact: Fact::Document(n),
        }));
    }
    found
}

/// The ratios that no indicator tells already.
pub fn lone_ratios(bulletin: &Bulletin) -> impl Iterator<Item = (usize, &Ratio)> {
    // Ratios stand in the order of the text.
    let told: HashSet<usize> = bulletin
        .indicators
        .iter()
        .flat_map(|indicator| {
            let first = bulletin.ratios.partition_point(|ratio| ratio.span.start < indicator.span.start);
            let inside = bulletin.ratios.iter().enumerate().skip(first).take_while(|(_, ratio)| ratio.span.end <= indicator.span.end);
            inside.map(|(n, _)| n)
        })
        .collect();
    bulletin.ratios.iter().enumerate().filter(move |(n, _)| !told.contains(n))
}

/// `9/6 hội viên mới`
pub fn figures(actual: f64, target: Option<f64>, unit: Option<&str>) -> String {
    let mut out = say::number(actual);
    if let Some(target) = target {
        out.push('/');
        out.push_str(&say::number(target));
    }
    if let Some(unit) = unit {
        if unit != "%" {
            out.push(' ');
        }
        out.push_str(unit);
    }
    out
}

/// `nguyên Phó Giám đốc, Sở Y tế`
pub fn post(post: &Post) -> String {
    let former = if post.former { "nguyên " } else { "" };
    match &post.organization {
        Some(body) => format!("{former}{} – {body}", post.role),
        None => format!("{former}{}", post.role),
    }
}

fn title_mark(fact: Fact, title: &Title) -> Mention {
    Mention::of(fact, "title", title.span).tell("Chức danh", &title.role).maybe("Tại", title.organization.as_deref()).tell(
        "Loại",
        if title.former {
            format!("{}, đã thôi (nguyên)", say::title_kind(title.kind))
        } else {
            say::title_kind(title.kind).to_owned()
        },
    )
}

fn contradiction(mismatch: &bantin::Mismatch) -> String {
    format!("{}: bản tin viết “{}”, ký hiệu là “{}”", say::mismatch(mismatch.field), mismatch.stated, mismatch.symbol)
}

fn ratio_disagrees(ratio: &Ratio) -> Option<String> {
    disagrees(ratio.consistent, ratio.percent, ratio.computed_percent)
}

fn indicator_disagrees(indicator: &Indicator) -> Option<String> {
    disagrees(indicator.consistent, indicator.percent, indicator.computed_percent)
}

fn disagrees(consistent: Option<bool>, stated: Option<f64>, computed: Option<f64>) -> Option<String> {
    (consistent == Some(false)).then(|| match (stated, computed) {
        (Some(stated), Some(computed)) => format!("nêu {}, tính ra {}", say::percent(stated), say::percent(computed)),
        (_, Some(computed)) => format!("phần lớn hơn tổng số, tính ra {}", say::percent(computed)),
        (Some(stated), None) => format!("nêu {}, không khớp với các số", say::percent(stated)),
        (None, None) => "các số không khớp".to_owned(),
    })
}
