//! The page to look at: one offline HTML document with texts, their facts marked in colour, and tables.
//!
//! The page reads without its script; the script adds explanations, filters, and ways from table to text. Nothing is fetched from anywhere: style and
//! script are inside, and the Content-Security-Policy allows these two by their hashes and nothing else.

mod article;
mod live;
mod mention;
mod overview;
mod say;
mod text;

use bantin::{Bulletin, Explanation};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use article::Article;
pub use live::{LARGEST, live};
use text::pictured;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// One bulletin of a page.
#[derive(Debug)]
pub struct Entry {
    /// The name of where it came from.
    pub source: String,
    /// The text.
    pub text: String,
    /// Its facts, with offsets in bytes of the text.
    pub bulletin: Bulletin,
    /// Why each fact is one.
    pub explanations: Vec<Explanation>,
}

impl Entry {
    /// The headline; without one the source.
    fn headline(&self) -> &str {
        self.bulletin.header.headline.as_deref().unwrap_or(&self.source)
    }
}

/// A page over some bulletins: with one, its text and tables; with several an index, who held which post when and a chart of indicators before them.
pub fn page(title: &str, entries: &[Entry]) -> String {
    let body = match entries {
        [entry] => html! { main { (Article::new(0, entry).show(1, true)) } },
        entries => overview::show_entries(title, entries),
    };
    document(title, &policy("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:"), &body)
}

/// One bulletin as a part of a page, under a heading of level 2.
pub fn fragment(entry: &Entry) -> String {
    Article::new(0, entry).show(2, true).into_string()
}

/// A Content-Security-Policy: `base`, and besides the style and the script of the page.
pub fn policy(base: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!("{base}; style-src 'sha256-{}'; script-src 'sha256-{}'", hash(STYLE), hash(SCRIPT))
}

/// The frame of every page.
fn document(title: &str, policy: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (show(title)) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                footer { "Trích bằng " b { "bantin" } " " (env!("CARGO_PKG_VERSION")) ". Máy đọc theo quy tắc, có thể sót hoặc nhầm: hãy đối chiếu với văn bản gốc." }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

/// A string for the page: escaped by maud, control characters as pictures.
fn show(text: &str) -> std::borrow::Cow<'_, str> {
    pictured(text)
}

/// A heading of a level.
fn heading(level: u8, class: &str, content: &Markup) -> Markup {
    match level {
        1 => html! { h1 class=(class) { (content) } },
        2 => html! { h2 class=(class) { (content) } },
        3 => html! { h3 class=(class) { (content) } },
        _ => html! { h4 class=(class) { (content) } },
    }
}

/// The legend: each kind with its colour and number of marks, and a box that shows or hides it. The style alone does that, without the script.
fn legend(counts: &[(&'static str, &'static str, usize)]) -> Markup {
    html! {
        fieldset.legend {
            legend { "Tô màu trong văn bản" }
            @for (kind, word, count) in counts.iter().filter(|(_, _, count)| *count > 0) {
                label class=(kind) {
                    input type="checkbox" checked id={ "k-" (kind) };
                    span.word { (word) } " "
                    span.count { (count) }
                }
            }
        }
    }
}

/// How many marks of each kind the articles have together.
fn counts<'a>(articles: impl Iterator<Item = &'a Article<'a>>) -> Vec<(&'static str, &'static str, usize)> {
    let mut counts: Vec<(&str, &str, usize)> = say::KINDS.iter().map(|&(kind, word)| (kind, word, 0)).collect();
    for mark in articles.flat_map(|article| &article.mentions.list) {
        if let Some((_, _, count)) = counts.iter_mut().find(|(kind, _, _)| *kind == mark.kind) {
            *count += 1;
        }
    }
    counts
}

/// Figures that disagree, not by colour alone.
fn mismatch_badge() -> Markup {
    html! { span.badge { span.neq {} "không khớp" } }
}

/// A percentage as a bar with a line at 100 %, cut off at 200 %; beside it as a tick what the figures give, where the text says something else.
fn bar(stated: Option<f64>, computed: Option<f64>) -> Markup {
    let Some(length) = stated.or(computed) else { return html! {} };
    let place = |percent: f64| format!("{:.1}", percent.clamp(0.0, 200.0) / 2.0);
    let apart = computed.filter(|computed| (computed - length).abs() >= 1.0);
    let words = match apart {
        Some(computed) => format!("nêu {}, tính ra {}", say::percent(length), say::percent(computed)),
        None => say::percent(length),
    };
    html! {
        svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(words) {
            rect.rail width="100" height="10" {}
            rect.stated width=(place(length)) y="2" height="6" {}
            @if let Some(computed) = apart { rect.computed x=(place(computed)) width="1.6" height="10" {} }
            rect.plan x="49.7" width=".6" height="10" {}
        }
    }
}

#[cfg(test)]
mod tests;
