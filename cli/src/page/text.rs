//! The text of a bulletin as HTML: paragraphs with marks in them, nested where mentions nest, split where they cross.

use std::borrow::Cow;

use bantin::Span;
use maud::PreEscaped;

use super::mention::Mention;

/// The text as one paragraph a line. Every byte of it is there, in its order; only control characters are shown by their pictures (␀).
///
/// A mark that crosses another, or the end of a line, is split; its first piece has the id `PREFIX-INDEX`, the others name that in `data-of`.
/// Lines of the `headline` are set apart.
pub fn marked(text: &str, mentions: &[Mention], prefix: &str, headline: Option<Span>) -> PreEscaped<String> {
    let fits = |m: &Mention| m.span.start < m.span.end && text.get(m.span.start..m.span.end).is_some();
    let mut coming: Vec<usize> = (0..mentions.len()).filter(|&n| mentions.get(n).is_some_and(fits)).collect();
    // Of marks that begin together the longest is the outermost.
    coming.sort_by_key(|&n| mentions.get(n).map(|m| (m.span.start, std::cmp::Reverse(m.span.end))));
    let mut cuts: Vec<usize> = coming.iter().filter_map(|&n| mentions.get(n)).flat_map(|m| [m.span.start, m.span.end]).collect();
    cuts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();

    let mut writer = Writer { out: String::with_capacity(text.len() * 3), mentions, prefix, begun: vec![false; mentions.len()] };
    let mut coming = coming.into_iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    for pair in cuts.windows(2) {
        let &[at, next] = pair else { continue };
        let line_begins = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        let ends = |n: &usize| mentions.get(*n).is_none_or(|m| m.span.end <= at);
        // Close down to the outermost one that ends, or all of them at a line's end; what goes on is opened again.
        let keep = if line_begins { 0 } else { open.iter().position(ends).unwrap_or(open.len()) };
        let going_on: Vec<usize> = open.get(keep..).unwrap_or_default().iter().copied().filter(|n| !ends(n)).collect();
        for _ in keep..open.len() {
            writer.out.push_str("</mark>");
        }
        open.truncate(keep);
        if line_begins {
            if at > 0 {
                writer.out.push_str("</p>");
            }
            let line = text.get(at..).unwrap_or_default().lines().next().unwrap_or_default();
            let of_headline = headline.is_some_and(|headline| headline.contains(Span { start: at, end: at + line.len() }));
            writer.out.push_str(match line.trim().is_empty() {
                true => "<p class=b>",
                false if of_headline => "<p class=h>",
                false => "<p>",
            });
        }
        let begins = |n: &usize| mentions.get(*n).is_some_and(|m| m.span.start == at);
        let beginning = std::iter::from_fn(|| coming.next_if(begins));
        for n in going_on.into_iter().chain(beginning) {
            writer.open(n);
            open.push(n);
        }
        writer.text(text.get(at..next).unwrap_or_default());
    }
    for _ in open {
        writer.out.push_str("</mark>");
    }
    if !text.is_empty() {
        writer.out.push_str("</p>");
    }
    PreEscaped(writer.out)
}

/// What the page becomes.
struct Writer<'a> {
    out: String,
    mentions: &'a [Mention],
    prefix: &'a str,
    begun: Vec<bool>,
}

impl Writer<'_> {
    /// A mark begins or goes on.
    fn open(&mut self, n: usize) {
        let (Some(mention), Some(begun)) = (self.mentions.get(n), self.begun.get_mut(n)) else { return };
        let bad = if mention.bad.is_some() { " bad" } else { "" };
        let kind = mention.kind;
        let id = if *begun { "data-of" } else { "id" };
        self.out.push_str(&format!("<mark class=\"{kind}{bad}\" {id}={}-{n}>", self.prefix));
        *begun = true;
    }

    fn text(&mut self, text: &str) {
        for c in pictured(text).chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                _ => self.out.push(c),
            }
        }
    }
}

/// Control characters by their pictures: ␀ for NUL, ␡ for DEL. Tabs and line ends stay.
pub fn pictured(text: &str) -> Cow<'_, str> {
    let strange = |c: char| (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || c == '\r';
    if !text.contains(strange) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek().is_none_or(|next| *next == '\n') => out.push(c),
            '\t' | '\n' => out.push(c),
            '\u{7f}' => out.push('␡'),
            c if c.is_ascii_control() => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use bantin::Span;

    use super::super::mention::Mention;
    use super::{marked, pictured};

    fn mention(kind: &'static str, start: usize, end: usize) -> Mention {
        Mention::new(kind, Span { start, end })
    }

    /// The text that a browser makes of the HTML: tags dropped, references resolved.
    fn read_back(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            rest = after.split_once('>').unwrap().1;
        }
        text.push_str(rest);
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    /// Every closing tag fits the tag that is open.
    fn well_formed(html: &str) -> bool {
        let mut open = Vec::new();
        for tag in html.split('<').skip(1).map(|rest| rest.split_once('>').unwrap().0) {
            match tag.strip_prefix('/') {
                Some(name) => {
                    if open.pop() != Some(name.to_owned()) {
                        return false;
                    }
                }
                None => open.push(tag.split(' ').next().unwrap().to_owned()),
            }
        }
        open.is_empty()
    }

    #[test]
    fn marks_nest_where_mentions_nest() {
        let html = marked("Bí thư Quận ủy", &[mention("organization", 9, 20), mention("title", 0, 20)], "b0", None).0;
        let wanted = "<p><mark class=\"title\" id=b0-1>Bí thư <mark class=\"organization\" id=b0-0>Quận ủy</mark></mark></p>";
        assert_eq!(html, wanted);
    }

    #[test]
    fn marks_that_cross_are_split_and_the_pieces_know_each_other() {
        let html = marked("abcdef", &[mention("quote", 0, 4), mention("date", 2, 6)], "b0", None).0;
        let wanted = "<p><mark class=\"quote\" id=b0-0>ab<mark class=\"date\" id=b0-1>cd</mark></mark>\
                      <mark class=\"date\" data-of=b0-1>ef</mark></p>";
        assert_eq!(html, wanted);
    }

    #[test]
    fn no_byte_is_lost_whatever_the_spans() {
        let text = "a<b>&\"c\"\n\nd\u{202e}éd e\u{301}\tf\r\ng\n";
        let bounds: Vec<usize> = (0..=text.len() + 2).collect();
        // Every pair of spans, also those that end inside a character, run backwards or past the end.
        for &a in &bounds {
            for &b in &bounds {
                for (c, d) in [(3, 12), (a / 2, b), (0, text.len())] {
                    let html = marked(text, &[mention("date", a, b), mention("quote", c, d), mention("place", b, a)], "x", None).0;
                    assert_eq!(read_back(&html), text);
                    assert!(well_formed(&html), "{html}");
                }
            }
        }
    }

    #[test]
    fn control_characters_are_pictures() {
        assert_eq!(pictured("a\0b\u{1b}[0m\rc\u{7f}\r\nd"), "a␀b␛[0m␍c␡\r\nd");
        assert_eq!(marked("", &[], "x", None).0, "");
    }
}
