//! One bulletin: its head, its text with marks, its tables.

use std::collections::HashMap;

use bantin::{Entity, Fact};
use maud::{Markup, PreEscaped, html};

use super::mention::{Disagreement, Mentions, disagreements, figures, lone_ratios};
use super::{Entry, bar, counts, heading, legend, mismatch_badge, say, show, text};

/// A bulletin on its way into the page.
pub struct Article<'a> {
    /// What it is made from.
    pub entry: &'a Entry,
    /// Its marks.
    pub mentions: Mentions,
    /// What does not add up in it.
    pub disagreements: Vec<Disagreement<'a>>,
    /// The ids in it begin with this.
    pub id: String,
}

impl<'a> Article<'a> {
    /// Bulletin number `n` of the page.
    pub fn new(n: usize, entry: &'a Entry) -> Self {
        Article { entry, mentions: Mentions::new(&entry.bulletin), disagreements: disagreements(entry), id: format!("b{n}") }
    }

    /// All of it, headings beginning at `level`; with its own legend, where it stands alone.
    pub fn show(&self, level: u8, alone: bool) -> Markup {
        html! {
            article.bulletin id=[alone.then_some(&self.id)] {
                @if alone { (self.head(level)) } @else { (self.frame()) }
                (self.alarm(level + 1))
                @if alone { (legend(&counts(std::iter::once(self)))) }
                a.skip href={ "#" (self.id) "-tables" } { "Bỏ qua văn bản, tới các bảng" }
                div.reading {
                    div.text { (text::marked(&self.entry.text, &self.mentions.list, &self.id, self.entry.bulletin.header.spans.headline)) }
                    aside.why aria-label="Giải thích" aria-live="polite" {
                        p.hint { "Rê chuột, chạm, hoặc dùng phím Tab tới một chỗ tô màu để xem nó là gì và vì sao." }
                    }
                }
                div.tables id={ (self.id) "-tables" } { (self.indicators(level + 1)) (self.people(level + 1)) (self.organizations(level + 1)) (self.documents(level + 1)) (self.dates(level + 1)) }
                script.data type="application/json" { (PreEscaped(self.mentions.data(&self.entry.explanations))) }
            }
        }
    }

    fn head(&self, level: u8) -> Markup {
        html! { header.head { (heading(level, "", &html! { (show(self.entry.headline())) })) (self.frame()) } }
    }

    /// Day, place, author, source.
    fn frame(&self) -> Markup {
        let header = &self.entry.bulletin.header;
        let day = header.published.as_ref().map(|value| match header.published_from {
            Some(from) => format!("{} ({})", say::day(value), say::inferred_from(from)),
            None => say::day(value),
        });
        let fields = [
            ("Ngày", day.as_deref()),
            ("Nơi", header.place.as_deref()),
            ("Tác giả", header.byline.as_deref()),
            ("Nguồn", header.source.as_deref()),
            ("Tệp", Some(self.entry.source.as_str()).filter(|source| !source.is_empty())),
        ];
        html! {
            dl.frame {
                @for (label, value) in fields.into_iter().filter_map(|(label, value)| Some((label, value?))) {
                    div { dt { (label) } dd { (show(value)) } }
                }
            }
        }
    }

    /// The figures that disagree, before everything else: it is what a clerk looks for.
    fn alarm(&self, level: u8) -> Markup {
        if self.disagreements.is_empty() {
            return html! {};
        }
        html! {
            section.alarm {
                (heading(level, "", &html! { span.neq {} (self.disagreements.len()) " chỗ không khớp" }))
                ul {
                    @for wrong in &self.disagreements {
                        li { (self.link(wrong.fact, wrong.text)) " " strong { (show(&wrong.what)) } }
                    }
                }
            }
        }
    }

    /// Words that lead to a mark.
    fn link(&self, fact: Fact, words: &str) -> Markup {
        html! {
            @match self.mentions.of.get(&fact) {
                Some(n) => { a href={ "#" (self.id) "-" (n) } { (show(words)) } }
                None => { (show(words)) }
            }
        }
    }

    fn indicators(&self, level: u8) -> Markup {
        let bulletin = &self.entry.bulletin;
        let ratios: Vec<_> = lone_ratios(bulletin).collect();
        if bulletin.indicators.is_empty() && ratios.is_empty() {
            return html! {};
        }
        let figure = |value: Option<f64>, unit: Option<&str>| value.map(|value| figures(value, None, unit));
        html! {
            (table("wide indicators", level, "Số liệu so với kế hoạch", &["Chỉ tiêu", "Kết quả", "Kế hoạch, tổng số", "Nêu", "Tính ra", "Kỳ", "So với mốc 100%"], &html! {
                @for (n, row) in bulletin.indicators.iter().enumerate() {
                    @let wrong = row.consistent == Some(false);
                    tr.bad[wrong] {
                        th scope="row" { (self.link(Fact::Indicator(n), &row.label)) @if wrong { " " (mismatch_badge()) } }
                        td.n { (show(&figure(row.actual, row.unit.as_deref()).unwrap_or_default())) }
                        td.n { (show(&figure(row.target, row.unit.as_deref()).unwrap_or_default())) }
                        td.n {
                            @if let Some(percent) = row.percent { b { (say::change(row.change)) (say::percent(percent)) } }
                            @if let Some(basis) = &row.basis { " " small { (show(basis)) } }
                        }
                        td.n { @if let Some(percent) = row.computed_percent { (say::percent(percent)) } }
                        td { @if let Some(period) = &row.period { (show(&say::day(period))) } }
                        td { @if row.change.is_none() { (bar(row.percent, row.computed_percent)) } }
                    }
                }
                @for (n, row) in ratios {
                    @let wrong = row.consistent == Some(false);
                    tr.bad[wrong] {
                        th scope="row" { (self.link(Fact::Ratio(n), &row.text)) @if wrong { " " (mismatch_badge()) } }
                        td.n { (show(&figure(Some(row.numerator), row.unit.as_deref()).unwrap_or_default())) }
                        td.n { (show(&figure(Some(row.denominator), row.unit.as_deref()).unwrap_or_default())) }
                        td.n { @if let Some(percent) = row.percent { b { (say::percent(percent)) } } }
                        td.n { @if let Some(percent) = row.computed_percent { (say::percent(percent)) } }
                        td {}
                        td { (bar(row.percent, row.computed_percent)) }
                    }
                }
            }))
        }
    }

    fn people(&self, level: u8) -> Markup {
        let bulletin = &self.entry.bulletin;
        let first = first(bulletin.persons.iter().map(|person| person.entity));
        let people: Vec<_> = bulletin
            .entities
            .iter()
            .enumerate()
            .filter_map(|(n, entity)| match entity {
                Entity::Person { name, mentions, posts } => Some((n, name, mentions, posts)),
                _ => None,
            })
            .collect();
        if people.is_empty() {
            return html! {};
        }
        html! {
            (table("people", level, "Người và chức vụ", &["Người", "Chức vụ", "Lần"], &html! {
                @for (n, name, mentions, posts) in people {
                    tr {
                        th scope="row" { @match first.get(&n) { Some(at) => { (self.link(Fact::Person(*at), name)) } None => { (show(name)) } } }
                        td {
                            @if !posts.is_empty() {
                                ul { @for post in posts {
                                    li {
                                        @if post.former { span.former { "nguyên" } " " }
                                        (show(&post.role))
                                        @if let Some(body) = &post.organization { small { " – " (show(body)) } }
                                    }
                                } }
                            }
                        }
                        td.n { (mentions) }
                    }
                }
            }))
        }
    }

    fn organizations(&self, level: u8) -> Markup {
        let bulletin = &self.entry.bulletin;
        let first = first(bulletin.organizations.iter().map(|body| body.entity));
        let bodies: Vec<_> =
            bulletin.entities.iter().enumerate().filter(|(_, entity)| matches!(entity, Entity::Organization { .. })).collect();
        if bodies.is_empty() {
            return html! {};
        }
        html! {
            (table("bodies", level, "Tổ chức", &["Tổ chức", "Khối", "Lần"], &html! {
                @for (n, body) in bodies {
                    @if let Entity::Organization { name, branch, aliases, mentions, .. } = body {
                        tr {
                            th scope="row" {
                                @match first.get(&n) { Some(at) => { (self.link(Fact::Organization(*at), name)) } None => { (show(name)) } }
                                @if !aliases.is_empty() { small.also { "trong bài: " (show(&aliases.join(", "))) } }
                            }
                            td { (say::branch(*branch)) }
                            td.n { (mentions) }
                        }
                    }
                }
            }))
        }
    }

    fn documents(&self, level: u8) -> Markup {
        let documents = &self.entry.bulletin.documents;
        if documents.is_empty() {
            return html! {};
        }
        html! {
            (table("documents", level, "Văn bản", &["Văn bản", "Số, ký hiệu", "Ngày", "Nơi ban hành"], &html! {
                @for (n, row) in documents.iter().enumerate().filter(|(_, row)| row.same_as.is_none()) {
                    @let wrong = !row.contradictions.is_empty();
                    tr.bad[wrong] {
                        th scope="row" {
                            (self.link(Fact::Document(n), row.kind.as_deref().unwrap_or(&row.text)))
                            @if let Some(title) = &row.title { " " (show(title)) }
                            @if wrong { " " (mismatch_badge()) }
                        }
                        td { @if let Some(number) = &row.number { span.nowrap { (show(number)) } } }
                        td { (row.date.as_deref().map(say::day).or_else(|| row.year.map(|year| year.to_string())).unwrap_or_default()) }
                        td { @if let Some(issuer) = &row.issuer { (show(issuer)) } }
                    }
                }
            }))
        }
    }

    fn dates(&self, level: u8) -> Markup {
        let dates = &self.entry.bulletin.dates;
        if dates.is_empty() {
            return html! {};
        }
        html! {
            (table("dates", level, "Thời gian", &["Trong bài", "Là", "Loại"], &html! {
                @for (n, row) in dates.iter().enumerate() {
                    tr {
                        th scope="row" { (self.link(Fact::Date(n), &row.text)) }
                        td { (show(&say::day(row.resolved.as_ref().unwrap_or(&row.value)))) }
                        td { (say::date_kind(row.kind)) }
                    }
                }
            }))
        }
    }
}

/// A table in a box of its own, its caption a heading.
pub fn table(class: &str, level: u8, caption: &str, columns: &[&str], rows: &Markup) -> Markup {
    html! {
        div.box.(class) role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (heading(level, "", &html! { (caption) })) }
                thead { tr { @for column in columns { th scope="col" { (column) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// The first mention of each entity.
pub fn first(entities: impl DoubleEndedIterator<Item = Option<usize>> + ExactSizeIterator) -> HashMap<usize, usize> {
    entities.enumerate().rev().filter_map(|(n, entity)| Some((entity?, n))).collect()
}
