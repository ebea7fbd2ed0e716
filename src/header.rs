//! The frame of a bulletin: headline, day of publication, place of the dateline, author, source, address.
//!
//! Only the first and the last lines are looked at. **Conventions:** the form of an administrative document (letterhead, number, place and day,
//! type, subject) is that of Nghị định 30/2020/NĐ-CP, phụ lục I; news has a headline, a publication line, a dateline, and its author last.

use std::ops::Range;

use crate::bulletin::{Header, HeaderSpans};
use crate::doc::Doc;
use crate::kind::date::Value;
use crate::kind::{Found, reading_at};
use crate::lexicon::Table;
use crate::link::Anchor;
use crate::span::Span;
use crate::words as w;

/// How many lines at the top and at the end belong to the frame.
const TOP: usize = 16;
const FOOT: usize = 6;

/// Reads the frame. `titled` tells for each person whether they have a title.
pub(crate) fn find(doc: &Doc, found: &Found, titled: &[bool], anchor: &Anchor) -> Header {
    let page = Page { doc, found, titled };
    let top = page.top();
    let headline = page.headline(&top);
    let (place, written) = page.dateline(&top, headline.as_ref());
    let source = page.source();
    let byline = page.byline(source.as_ref());
    let url = address(doc.text);
    let publication = anchor.publication.and_then(|n| found.dates.get(n));
    let written = publication.or(written.and_then(|n| found.dates.get(n)));
    let day = written.and_then(|date| match &date.value {
        Value::Point(point) => point.day_alone(),
        _ => None,
    });
    Header {
        headline: headline.as_ref().map(|tokens| doc.plain(tokens)),
        published: day.or_else(|| anchor.day.map(|day| day.to_string())),
        published_from: match (written, anchor.day) {
            (Some(_), _) => None,
            (None, Some(_)) => anchor.from,
            (None, None) => None,
        },
        place: place.as_ref().map(|tokens| doc.plain(tokens)),
        byline: byline.as_ref().map(|tokens| doc.plain(tokens)),
        source: source.as_ref().map(|tokens| doc.plain(tokens)),
        url: url.and_then(|span| span.slice(doc.text)).map(str::to_owned),
        spans: HeaderSpans {
            headline: headline.map(|tokens| doc.span(&tokens)),
            published: written.map(|date| doc.span(&date.tokens)),
            place: place.map(|tokens| doc.span(&tokens)),
            byline: byline.map(|tokens| doc.span(&tokens)),
            source: source.map(|tokens| doc.span(&tokens)),
            url,
        },
    }
}

struct Page<'d, 't> {
    doc: &'d Doc<'t>,
    found: &'d Found,
    titled: &'d [bool],
}

impl Page<'_, '_> {
    fn top(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut at = 0;
        while at < self.doc.len() && lines.len() < TOP {
            let line = self.doc.line(at);
            at = line.end.max(at + 1);
            lines.push(line);
        }
        lines
    }

    /// The last lines, the very last first.
    fn foot(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut end = self.doc.len();
        while end > 0 && lines.len() < FOOT {
            let line = self.doc.line(end - 1);
            end = line.start;
            lines.push(line);
        }
        lines
    }

    fn words(&self, line: &Range<usize>) -> usize {
        line.clone().filter(|&at| self.doc.is_word(at)).count()
    }

    fn headline(&self, top: &[Range<usize>]) -> Option<Range<usize>> {
        let doc = self.doc;
        let letter = self.letterhead_end(top);
        for (n, line) in top.iter().enumerate() {
            let next = top.get(n + 1);
            if n < letter && self.is_body_line(line) {
                continue;
            }
            if self.words(line) == 0 || self.is_publication(line) || self.is_letterhead(line) || self.is_crumb(line) {
                continue;
            }
            if matches!((doc.raw(line.start), doc.raw(line.start + 1)), ("Kính", "thưa" | "gửi")) {
                return None;
            }
            if self.is_type(line) {
                return Some(line.start..self.subject_end(top, n));
            }
            // "V/v tổ chức …", "Về việc …" under a letter's number
            if doc.raw(line.start) == "V" && doc.is(line.start + 1, w::SLASH) {
                return Some(line.start + 3..line.end);
            }
            if !self.is_title(line) || next.is_none() {
                return None;
            }
            // "XÂY DỰNG ĐẢNG" over the headline: the name of a section.
            const SECTION: usize = 4;
            let over = |next: &Range<usize>| self.is_title(next) && !self.is_publication(next) && self.words(next) > SECTION;
            if self.words(line) <= SECTION && next.is_some_and(over) {
                continue;
            }
            return Some(line.clone());
        }
        None
    }

    /// A line without a full stop, neither very short nor very long.
    fn is_title(&self, line: &Range<usize>) -> bool {
        const LONGEST: usize = 50;
        let last = line.end.saturating_sub(1);
        let dots = self.doc.is(last, w::DOT) && (self.doc.is(last.wrapping_sub(1), w::DOT) || self.doc.raw(last).len() > 1);
        let closed = self.doc.is_any(last, &[w::DOT, w::SEMICOLON, w::COMMA, w::COLON]) && !dots;
        !closed && (2..=LONGEST).contains(&self.words(line))
    }

    /// A line that says when: it holds a full date, or a clock time, and little else.
    fn is_publication(&self, line: &Range<usize>) -> bool {
        let dates = &self.found.dates;
        let n = dates.partition_point(|d| d.tokens.start < line.start);
        let dates = dates.iter().skip(n).take_while(|d| d.tokens.start < line.end);
        let mut dated = 0;
        let mut full = false;
        for date in dates {
            dated += date.tokens.len();
            full |= matches!(&date.value, Value::Point(p) if p.is_full_day() || p.time.is_some());
        }
        let others = self.words(line) + line.clone().filter(|&at| self.doc.is_number(at)).count();
        full && others <= dated + 7 && line.len() <= dated + 12
    }

    /// The names of bodies over a document, the State's motto, the number.
    fn is_letterhead(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let number = doc.is(line.start, w::SO) && (doc.is(line.start + 1, w::COLON) || doc.is_number(line.start + 1));
        number || self.is_motto(line) || self.is_bodies(line)
    }

    fn is_motto(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        line.clone().take(40).any(|at| {
            let (first, second, third) = (doc.folded(at), doc.folded(at + 1), doc.folded(at + 2));
            let capitals = !doc.raw(at).chars().any(char::is_lowercase);
            matches!((&*first, &*second, &*third), ("cộng", "hòa", "xã") | ("đảng", "cộng", "sản")) && capitals
                || matches!((&*first, &*second, &*third), ("độc", "lập", "-"))
        })
    }

    /// How many lines stand above the last rule, number or motto of a letterhead.
    fn letterhead_end(&self, top: &[Range<usize>]) -> usize {
        const LINES: usize = 8;
        let doc = self.doc;
        let marks = |line: &Range<usize>| {
            let number = doc.is(line.start, w::SO) && (doc.is(line.start + 1, w::COLON) || doc.is_number(line.start + 1));
            number || self.words(line) == 0 && !line.clone().any(|at| doc.is_number(at)) || self.is_motto(line)
        };
        top.iter().take(LINES).rposition(marks).map_or(0, |n| n + 1)
    }

    /// A line of capitals that begins with the head of a body, or is short.
    fn is_body_line(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let capitals = line.clone().all(|at| !doc.raw(at).chars().any(char::is_lowercase));
        let head = reading_at(&self.found.organizations, line.start).is_some() || doc.find(Table::Bodies, line.start).is_some();
        capitals && !self.is_type(line) && (head || self.words(line) <= 4)
    }

    /// Whether a line holds nothing but the names of bodies, and perhaps something in brackets.
    fn is_bodies(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let mut at = line.start;
        let mut any = false;
        while at < line.end {
            if let Some(body) = reading_at(&self.found.organizations, at) {
                at = body.tokens.end;
                any = true;
            } else if doc.is(at, w::OPEN) && any {
                at = (at..line.end).find(|&n| doc.is(n, w::CLOSE)).map_or(line.end, |close| close + 1);
            } else if doc.is_word(at) || doc.is_number(at) || doc.is(at, w::COLON) {
                return false;
            } else {
                at += 1;
            }
        }
        any
    }

    /// *Trang chủ » Tin tức - Sự kiện*
    fn is_crumb(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let trail = line.clone().filter(|&at| matches!(doc.raw(at), "»" | ">" | "›" | "|" | "/")).count();
        matches!(
            (&*doc.folded(line.start), &*doc.folded(line.start + 1)),
            ("trang", "chủ") | ("cập", "nhật") | ("bản", "tin") | ("lượt", "xem") | ("xem", "với")
        ) || trail > 0 && self.words(line) <= 3 * (trail + 1) + 3 && line.len() <= 20 && trail * 8 >= line.len()
    }

    /// *BÁO CÁO*, *THÔNG CÁO BÁO CHÍ*: the type of a document on a line of its own.
    fn is_type(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let capitals = line.clone().all(|at| doc.raw(at).chars().all(|c| !c.is_lowercase()));
        let known = doc.hits_at(line.start).iter().any(|hit| hit.table == Table::Documents)
            || matches!(
                (&*doc.folded(line.start), &*doc.folded(line.start + 1)),
                ("thông", "tin" | "cáo" | "báo")
                    | ("bản", "tin")
                    | ("giấy", "mời")
                    | ("thư", "ngỏ" | "mời")
                    | ("lời", "kêu")
                    | ("tin", "nhanh")
            );
        capitals && known && (2..=6).contains(&self.words(line))
    }

    /// The end of the lines that tell the subject under the type at line `n`.
    fn subject_end(&self, top: &[Range<usize>], n: usize) -> usize {
        const LINES: usize = 3;
        let doc = self.doc;
        let mut end = top.get(n).map_or(0, |line| line.end);
        for line in top.iter().skip(n + 1).take(LINES) {
            let opens_body = matches!(
                (&*doc.folded(line.start), &*doc.folded(line.start + 1)),
                ("căn", "cứ") | ("kính", "gửi") | ("kính", "thưa") | ("thực", "hiện") | ("ngày", _) | ("sáng" | "chiều", _)
            );
            let about = doc.is(line.start, w::VE);
            let regarding = doc.raw(line.start) == "V" && doc.is(line.start + 1, w::SLASH);
            let numbered = !regarding && doc.is_number(line.start)
                || crate::number::roman(doc.raw(line.start)).is_some() && !doc.is_word(line.start + 1);
            if opens_body
                || numbered
                || self.is_publication(line) && !about
                || !self.is_title(line)
                || self.blank_before(line) && end > top.get(n).map_or(0, |l| l.end)
            {
                break;
            }
            end = line.end;
        }
        end
    }

    /// Whether an empty line stands before `line`.
    fn blank_before(&self, line: &Range<usize>) -> bool {
        let gap = self.doc.token(line.start).and_then(|token| self.doc.text.get(token.before..token.span.start));
        gap.is_some_and(|gap| gap.matches('\n').count() > 1)
    }

    /// The place before the day (*Tam Mỹ Đông, ngày 27 tháng 6*) or at the head of the body (*(Tây Ninh) – Sáng 8.7*), and the day.
    fn dateline(&self, top: &[Range<usize>], headline: Option<&Range<usize>>) -> (Option<Range<usize>>, Option<usize>) {
        const NAME: usize = 5;
        let doc = self.doc;
        for line in top {
            if headline.is_some_and(|headline| headline.contains(&line.start)) {
                continue;
            }
            if let Some(found) = self.letter_dateline(line) {
                return found;
            }
            let bracket = doc.is(line.start, w::OPEN);
            let start = line.start + usize::from(bracket);
            let place = reading_at(&self.found.places, start).map(|place| place.tokens.end).filter(|&end| end <= line.end);
            // A village that no lexicon has stands before "ngày" all the same.
            let name_end = place.or_else(|| {
                let end = (start..start + NAME).find(|&at| !doc.is_cap(at) && !doc.is(at, w::DOT)).unwrap_or(start + NAME);
                (end > start && doc.is(end, w::COMMA) && self.is_publication(line)).then_some(end)
            });
            let Some(end) = name_end else { continue };
            let day = index_of_date(self.found, end + 1).filter(|_| doc.is(end, w::COMMA));
            let full = |n: usize| self.found.dates.get(n).is_some_and(|d| matches!(&d.value, Value::Point(p) if p.is_full_day()));
            if let Some(day) = day.filter(|&n| full(n) || doc.is(end + 1, w::NGAY)) {
                return (Some(start..end), Some(day).filter(|&n| full(n)));
            }
            if place.is_none() {
                continue;
            }
            // "(Tây Ninh) -", "Hà Nội (TTXVN) -", "TP.HCM –"
            let mut at = end;
            if bracket {
                if !doc.is(at, w::CLOSE) {
                    continue;
                }
                at += 1;
            } else if doc.is(at, w::OPEN) && doc.is(at + 2, w::CLOSE) {
                at += 3;
            }
            at += usize::from(doc.is(at, w::DOT));
            let dash = doc.is_dash(at) && !(doc.touches(at) && doc.touches(at + 1));
            let body = (doc.is_cap(at + 1) || doc.opens_quote(at + 1)) && !doc.is(at + 1, w::ANH) && line.end > at + 8;
            if dash && body {
                return (Some(start..end), None);
            }
        }
        (None, None)
    }

    /// *Số: 112/TB-CN3      Biên Hòa, ngày 4 tháng 3 năm 2019*: place and full day, perhaps beside the number or a body.
    fn letter_dateline(&self, line: &Range<usize>) -> Option<(Option<Range<usize>>, Option<usize>)> {
        const LONGEST: usize = 40;
        const NAME: usize = 6;
        let doc = self.doc;
        let comma = line.clone().take(LONGEST).find(|&at| doc.is(at, w::COMMA) && doc.is(at + 1, w::NGAY))?;
        let day = index_of_date(self.found, comma + 1)?;
        let date = self.found.dates.get(day)?;
        if !matches!(&date.value, Value::Point(p) if p.is_full_day()) || date.tokens.end + 2 < line.end {
            return None;
        }
        let wide = |at: usize| {
            doc.token(at)
                .and_then(|t| doc.text.get(t.before..t.span.start))
                .is_some_and(|gap| gap.chars().count() > 2 || gap.contains('\t'))
        };
        let mut start = comma;
        while start > line.start && comma - start < NAME && (doc.is_cap(start - 1) || doc.is(start - 1, w::DOT)) {
            start -= 1;
            if wide(start) {
                break;
            }
        }
        (start < comma).then_some((Some(start..comma), Some(day)))
    }

    /// What is behind *Nguồn:* or *Theo* at the end, or a last line that names a body.
    fn source(&self) -> Option<Range<usize>> {
        let doc = self.doc;
        let foot = self.foot();
        for line in &foot {
            let start = line.start + usize::from(doc.is(line.start, w::OPEN));
            let cue = matches!(&*doc.folded(start), "nguồn" | "nguôn");
            if cue && doc.is_any(start + 1, &[w::COLON, w::HYPHEN]) {
                return self.named(start + 2, line.end);
            }
        }
        // "(Theo TTXVN)" on the last line, or at its end.
        let last = foot.iter().find(|line| self.words(line) > 0)?;
        let sentence = doc.sentence(last.end.saturating_sub(1));
        let bracket = (last.start.max(last.end.saturating_sub(12))..last.end).find(|&at| doc.is(at, w::OPEN) && doc.raw(at + 1) == "Theo");
        for start in [last.start, sentence.start].into_iter().chain(bracket) {
            let start = start + usize::from(doc.is(start, w::OPEN));
            if doc.raw(start) == "Theo" && last.end.saturating_sub(start) <= 10 && start >= last.start {
                let named = self.named(start + 1, last.end)?;
                let behind = (named.end..last.end).all(|at| !doc.is_word(at));
                return behind.then_some(named);
            }
        }
        let letter = self.signed();
        (!letter && foot.len() > 2 && self.is_bodies(last)).then(|| last.start..last.end).map(|line| self.without_point(line))
    }

    fn without_point(&self, line: Range<usize>) -> Range<usize> {
        let end = line.end - usize::from(self.doc.is(line.end.saturating_sub(1), w::DOT));
        line.start..end.max(line.start)
    }

    /// The body or medium from token `at`, up to a comma or the end of the line.
    fn named(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        if let Some(body) = reading_at(&self.found.organizations, at) {
            return Some(body.tokens.clone());
        }
        let stop = (at..end).find(|&n| doc.is_any(n, &[w::COMMA, w::OPEN, w::CLOSE, w::SEMICOLON, w::PIPE])).unwrap_or(end);
        let named = self.without_point(at..stop);
        (!named.is_empty() && self.words(&named) > 0 && named.len() <= 14 && !matches!(doc.raw(at), "http" | "https")).then_some(named)
    }

    /// Whether the text ends in a signature.
    fn signed(&self) -> bool {
        let doc = self.doc;
        self.foot().iter().any(|line| {
            let mark = doc.raw(line.start);
            let stamp = doc.is(line.start, w::OPEN) && matches!(&*doc.folded(line.start + 1), "đã" | "ký");
            stamp
                || matches!(mark, "TM" | "KT" | "TL" | "TUQ" | "T" | "Q" | "CHÁNH" | "CHỦ") && doc.is_shouted(line.start)
                || matches!(mark, "TM" | "KT" | "TL" | "TUQ") && doc.is(line.start + 1, w::DOT)
        })
    }

    /// The author's name: a last line or sentence of names alone, with or without *Tin, ảnh:*.
    fn byline(&self, source: Option<&Range<usize>>) -> Option<Range<usize>> {
        let doc = self.doc;
        if self.signed() {
            return None;
        }
        for line in self.foot() {
            // What stands beside the author: the address of the page, the source, a day.
            let held = source.is_some_and(|source| line.contains(&source.start));
            if self.words(&line) == 0 || held || doc.raw(line.start).starts_with("http") || self.is_publication(&line) {
                continue;
            }
            let sentence = doc.sentence(line.end.saturating_sub(1));
            return self.authors(line.clone()).or_else(|| self.authors(sentence.start.max(line.start)..line.end));
        }
        None
    }

    fn authors(&self, line: Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 24;
        let doc = self.doc;
        if line.len() > LONGEST {
            return None;
        }
        let colon = line.clone().take(9).find(|&at| doc.is(at, w::COLON));
        let cue = colon.filter(|&colon| {
            (line.start..colon).all(|at| {
                matches!(
                    &*doc.folded(at),
                    "tin"
                        | "bài"
                        | "ảnh"
                        | "và"
                        | ","
                        | "thực"
                        | "hiện"
                        | "tác"
                        | "giả"
                        | "viết"
                        | "người"
                        | "biên"
                        | "tập"
                        | "&"
                        | "-"
                        | "bài viết"
                )
            })
        });
        // A picture's author is not the text's.
        if let Some(colon) = cue
            && (line.start..colon).all(|at| doc.is(at, w::ANH))
        {
            return None;
        }
        if colon.is_some() && cue.is_none() {
            return None;
        }
        let start = cue.map_or(line.start, |colon| colon + 1);
        // "Tin, ảnh: Ban Truyền thông"
        if let Some(body) = reading_at(&self.found.organizations, start)
            .filter(|body| cue.is_some() && body.tokens.end >= line.end - usize::from(doc.is(line.end - 1, w::DOT)))
        {
            return Some(body.tokens.clone());
        }
        let mut end = start;
        while end < line.end {
            let mark = doc.is_any(end, &[w::HYPHEN, w::COMMA, w::AMPERSAND, w::SLASH, w::VA, w::DOT, w::SEMICOLON]);
            let body = doc.is_cap(end)
                && (reading_at(&self.found.organizations, end).is_some()
                    || doc.find(Table::Bodies, end).is_some_and(|hit| hit.end > end + 1));
            // "Sóc Kha - Ảnh: Huỳnh Nhiên": from here on the picture's.
            let picture = doc.is(end, w::ANH) && end > start;
            if body || picture || !(doc.is_cap(end) || mark) {
                break;
            }
            end += 1;
        }
        let rest_is_remark = end >= line.end || doc.is(end, w::OPEN) || doc.is_cap(end) && end > start;
        while end > start
            && doc.is_any(end - 1, &[w::HYPHEN, w::COMMA, w::SLASH, w::DOT, w::SEMICOLON])
            && !(doc.is(end - 1, w::DOT) && initials(doc, end))
        {
            end -= 1;
        }
        let names = start..end;
        let words = self.words(&names);
        let person = self.found.persons.iter().rposition(|p| names.contains(&p.tokens.start));
        let holder = person.is_some_and(|n| self.titled.get(n).copied().unwrap_or(false));
        let single = words == 1 && cue.is_none() && person.is_none();
        let place = reading_at(&self.found.places, start).is_some_and(|p| p.tokens.end == end && person.is_none() && cue.is_none());
        let known =
            cue.is_some() || person.is_some() || names.clone().any(|at| initials(doc, at + 1)) || doc.is_shouted(start) || words >= 2;
        (rest_is_remark && known && (1..=10).contains(&words) && !holder && !single && !place).then_some(names)
    }
}

/// *T.H.*, *L.Mai*: a letter and a point end before token `end`.
fn initials(doc: &Doc, end: usize) -> bool {
    end >= 2 && doc.is(end - 1, w::DOT) && doc.raw(end - 2).chars().count() == 1 && doc.is_cap(end - 2)
}

fn index_of_date(found: &Found, at: usize) -> Option<usize> {
    found.dates.binary_search_by_key(&at, |d| d.tokens.start).ok()
}

/// The first address of a page.
fn address(text: &str) -> Option<Span> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '”')).unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(['.', ',', ';', ')', '!', '?']);
    Some(Span { start, end: start + address.len() })
}
