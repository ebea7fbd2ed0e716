//! Many bulletins in one page: the index, who held which post when, the chart of indicators, then each of them.

use std::collections::BTreeMap;

use bantin::{Entity, Kind};
use maud::{Markup, html};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::article::{Article, first, table};
use super::{Entry, bar, counts, legend, mismatch_badge, say, show};

/// How many rows of posts and of indicators a page shows at most, that it stays quick.
const MOST: usize = 2000;

/// The body of the page.
pub fn show_all(title: &str, articles: &[Article]) -> Markup {
    let wrong: usize = articles.iter().map(|article| article.disagreements.len()).sum();
    html! {
        header.top {
            h1 { (show(title)) }
            p { (articles.len()) " bản tin"
                @if wrong > 0 { ", " strong.wrong { span.neq {} (wrong) " chỗ không khớp" } }
            }
            nav aria-label="Các phần" { a href="#index" { "Mục lục" } a href="#posts" { "Ai giữ chức gì" } a href="#chart" { "Biểu đồ" } a href="#texts" { "Các bản tin" } }
        }
        main {
            (index(articles))
            (posts(articles))
            (chart(articles))
            section #texts {
                h2 { "Các bản tin" }
                (legend(&counts(articles.iter())))
                @for article in articles {
                    details.entry id=(article.id) {
                        summary {
                            h3 { span.number { (number_of(&article.id)) ". " } (show(article.entry.headline())) }
                            @if !article.disagreements.is_empty() { " " span.badge { span.neq {} (article.disagreements.len()) " không khớp" } }
                        }
                        (article.show(3, false))
                    }
                }
            }
        }
    }
}

/// The body of the page over some bulletins.
pub fn show_entries(title: &str, entries: &[Entry]) -> Markup {
    let articles: Vec<Article> = entries.iter().enumerate().map(|(n, entry)| Article::new(n, entry)).collect();
    show_all(title, &articles)
}

/// A box that hides the rows of a table that have not its words.
fn filter(of: &str, label: &str) -> Markup {
    html! { p.filter hidden { input type="search" data-filter=(of) aria-label=(label) placeholder=(label) autocomplete="off"; " " output {} } }
}

/// Every bulletin in a row: source, headline, day, and how much of each kind it has.
fn index(articles: &[Article]) -> Markup {
    let columns = ["Bản tin", "Ngày", "Không khớp", "Người", "Tổ chức", "Số liệu", "Văn bản", "Tất cả"];
    html! {
        section #index {
            (filter("index", "Lọc mục lục…"))
            (table("wide index", 2, "Mục lục", &columns, &html! {
                @for article in articles {
                    @let bulletin = &article.entry.bulletin;
                    tr {
                        th scope="row" {
                            span.number { (number_of(&article.id)) ". " }
                            a href={ "#" (article.id) } { (show(article.entry.headline())) }
                            small.also { (show(&article.entry.source)) }
                        }
                        td { @if let Some(day) = &bulletin.header.published { (show(&say::day(day))) } }
                        td.n { @if article.disagreements.is_empty() { "–" } @else { span.badge { span.neq {} (article.disagreements.len()) } } }
                        td.n { (bulletin.persons.len()) }
                        td.n { (bulletin.organizations.len()) }
                        td.n { (bulletin.indicators.len()) }
                        td.n { (bulletin.documents.len()) }
                        td.n { (Kind::ALL.into_iter().map(|kind| bulletin_count(article, kind)).sum::<usize>()) }
                    }
                }
            }))
        }
    }
}

fn bulletin_count(article: &Article, kind: Kind) -> usize {
    article.mentions.list.iter().filter(|mark| mark.kind == kind.name()).count()
}

/// One post of one person, in all bulletins that tell it.
#[derive(Default)]
struct Held<'a> {
    /// Number, day and mark of each bulletin.
    told: Vec<(&'a str, Option<&'a str>, usize)>,
}

/// Who held which post when: the posts of all bulletins, the same ones together, with the first and the last day they are told.
fn posts(articles: &[Article]) -> Markup {
    let mut held: BTreeMap<(String, &str, &str, &str, bool), Held> = BTreeMap::new();
    for article in articles {
        let bulletin = &article.entry.bulletin;
        let day = bulletin.header.published.as_deref();
        let first = first(bulletin.persons.iter().map(|person| person.entity));
        for (n, entity) in bulletin.entities.iter().enumerate() {
            let Entity::Person { name, posts, .. } = entity else { continue };
            let mark = first.get(&n).and_then(|n| article.mentions.of.get(&bantin::Fact::Person(*n))).copied().unwrap_or_default();
            for post in posts {
                let key =
                    (sorted_as(name), name.as_str(), post.role.as_str(), post.organization.as_deref().unwrap_or_default(), post.former);
                held.entry(key).or_default().told.push((&article.id, day, mark));
            }
        }
    }
    if held.is_empty() {
        return html! {};
    }
    let left_out = held.len().saturating_sub(MOST);
    html! {
        section #posts {
            (filter("posts", "Lọc người, chức vụ, tổ chức…"))
            (table("wide posts", 2, "Ai giữ chức gì, khi nào", &["Người", "Chức vụ", "Tổ chức", "Ngày của bản tin", "Bản tin"], &html! {
                @for ((_, name, role, body, former), held) in held.iter().take(MOST) {
                    @let mut days: Vec<&str> = held.told.iter().filter_map(|(_, day, _)| *day).collect();
                    @let () = days.sort_unstable();
                    tr {
                        th scope="row" { (show(name)) }
                        td { @if *former { span.former { "nguyên" } " " } (show(role)) }
                        td { (show(body)) }
                        td {
                            @match days.as_slice() {
                                [] => {}
                                [first, .., last] if first != last => { (show(&say::day(first))) " – " (show(&say::day(last))) }
                                [day, ..] => { (show(&say::day(day))) }
                            }
                        }
                        td.links { @for (n, (id, _, mark)) in held.told.iter().take(20).enumerate() { @if n > 0 { " " } a href={ "#" (id) "-" (mark) } { (number_of(id)) } } @if held.told.len() > 20 { " …" } }
                    }
                }
            }))
            @if left_out > 0 { p.note { "Còn " (left_out) " dòng không hiện ở đây; " code { "bantin extract --format popolo" } " cho tất cả." } }
        }
    }
}

/// A name as it is sorted: letters before their tones, *Đ* behind *D*.
fn sorted_as(name: &str) -> String {
    name.to_lowercase().replace('đ', "d\u{7f}").nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// The number by which a bulletin is told from the others: counted from 1.
fn number_of(id: &str) -> usize {
    id.trim_start_matches('b').parse::<usize>().map_or(0, |n| n + 1)
}

/// Every indicator that states a share of a plan or whole, as a bar against 100 %; those that disagree come first.
fn chart(articles: &[Article]) -> Markup {
    let mut rows: Vec<_> = articles
        .iter()
        .flat_map(|article| article.entry.bulletin.indicators.iter().enumerate().map(move |(n, row)| (article, n, row)))
        .filter(|(_, _, row)| row.change.is_none() && row.percent.or(row.computed_percent).is_some())
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    rows.sort_by_key(|(_, _, row)| row.consistent != Some(false));
    let left_out = rows.len().saturating_sub(MOST);
    html! {
        section #chart {
            (filter("chart", "Lọc chỉ tiêu…"))
            (table("wide chart", 2, "Biểu đồ: nêu so với kế hoạch", &["Chỉ tiêu", "Nêu", "Tính ra", "0 – 200%, vạch ở 100%", "Bản tin"], &html! {
                @for (article, n, row) in rows.iter().take(MOST) {
                    @let wrong = row.consistent == Some(false);
                    tr.bad[wrong] {
                        th scope="row" {
                            @match article.mentions.of.get(&bantin::Fact::Indicator(*n)) {
                                Some(mark) => { a href={ "#" (article.id) "-" (mark) } { (show(&row.label)) } }
                                None => { (show(&row.label)) }
                            }
                            @if wrong { " " (mismatch_badge()) }
                        }
                        td.n { @if let Some(percent) = row.percent { (say::percent(percent)) } }
                        td.n { @if let Some(percent) = row.computed_percent { (say::percent(percent)) } }
                        td { (bar(row.percent, row.computed_percent)) }
                        td { (number_of(&article.id)) ". " (show(article.entry.headline())) }
                    }
                }
            }))
            @if left_out > 0 { p.note { "Còn " (left_out) " dòng không hiện ở đây." } }
        }
    }
}
