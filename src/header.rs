//! The frame of a bulletin: headline, day of publication, place of the dateline, author, source, address.
//!
//! Only the first and the last lines are looked at, as they stand on the page (a sentence may run on over several). Each of the first lines is of
//! one sort ([`Sort`]): the page's own furniture, a publication line, a letterhead, a title, the body. Then
//! - a document has its type and subject, or what a letter is about (*V/v*), for a headline;
//! - news has the title at its publication line, or the last one before the body.
//!
//! **Conventions:** the form of an administrative document (letterhead, number, place and day, type, subject) is that of Nghị định 30/2020/NĐ-CP,
//! phụ lục I, that of a Party document Hướng dẫn 36-HD/VPTW.

use std::ops::Range;

use crate::bulletin::{Header, HeaderSpans, InferredFrom};
use crate::doc::Doc;
use crate::kind::date::{DateReading, Value};
use crate::kind::{Found, reading_at};
use crate::lexicon::Table;
use crate::link::Anchor;
use crate::span::Span;
use crate::token::Break;
use crate::words as w;

/// How many lines at the top and at the end belong to the frame.
const TOP: usize = 24;
const FOOT: usize = 9;
/// How many tokens behind the headline open the text.
const LEAD: usize = 40;

/// What a line at the top is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// No word: a rule, stars.
    Rule,
    /// What the page adds: menus, counters, addresses.
    Furniture,
    /// The day of publication and little else; the index of its date.
    Publication(usize),
    /// The State's motto, the Party's name.
    Motto,
    /// *Số: 47/BC-UBND*
    Number,
    /// *V/v …*
    Regarding,
    /// *BÁO CÁO*
    Type,
    /// The names of bodies in capitals over a document, or a body's name alone.
    Body,
    /// Words without a full stop.
    Title,
    /// Here the text itself begins.
    Text,
}

struct Line {
    tokens: Range<usize>,
    sort: Sort,
    /// Whether an empty line stands before it.
    apart: bool,
}

impl Sort {
    /// What a line of this sort is, where it is no title.
    fn says(self) -> Option<&'static str> {
        Some(match self {
            Sort::Furniture => "what the page adds: a menu, a counter, an address",
            Sort::Publication(_) => "a line that says when",
            Sort::Motto => "the State's motto or the Party's name",
            Sort::Number => "the number of a document",
            Sort::Body => "the names of bodies",
            Sort::Rule | Sort::Regarding | Sort::Type | Sort::Title | Sort::Text => return None,
        })
    }
}

/// The first and last lines of a text, read.
pub(crate) struct Page<'d, 't> {
    doc: &'d Doc<'t>,
    found: &'d Found,
    /// The titles of each person.
    given: &'d [Vec<usize>],
    top: Vec<Line>,
    /// The last lines, the very last first.
    foot: Vec<Range<usize>>,
    headline: Option<Range<usize>>,
    /// The index of the date of publication.
    pub(crate) publication: Option<usize>,
}

impl<'d, 't> Page<'d, 't> {
    pub(crate) fn new(doc: &'d Doc<'t>, found: &'d Found, given: &'d [Vec<usize>]) -> Self {
        let mut page = Page { doc, found, given, top: Vec::new(), foot: Vec::new(), headline: None, publication: None };
        page.top = page.first_lines();
        page.foot = page.last_lines();
        page.headline = page.find_headline();
        page.publication = page.find_publication();
        page
    }

    /// The lines before the headline that are none, and what they are.
    pub(crate) fn before_headline(&self) -> impl Iterator<Item = (Range<usize>, &'static str)> {
        let start = self.headline.as_ref().map_or(0, |headline| headline.start);
        let before = self.top.iter().take_while(move |line| line.tokens.start < start);
        before.filter_map(|line| line.sort.says().map(|what| (line.tokens.clone(), what)))
    }

    /// What the line of the headline is.
    pub(crate) fn sort_of_headline(&self) -> &'static str {
        let start = self.headline.as_ref().map_or(0, |headline| headline.start);
        match self.top.iter().find(|line| line.tokens.contains(&start)).map(|line| line.sort) {
            Some(Sort::Type) => "the type of a document and its subject",
            Some(Sort::Regarding) => "what a letter is about",
            Some(Sort::Publication(_)) => "the title of a script, which holds its day",
            _ => "the title at the day of publication, or the last one before the text",
        }
    }

    /// The header; `anchor` is the day of the bulletin.
    pub(crate) fn header(&self, anchor: &Anchor) -> Header {
        let doc = self.doc;
        let (place, dateline) = self.dateline();
        let source = self.source();
        let byline = self.byline(source.as_ref());
        let url = address(doc.text);
        let written = self.publication.or(dateline).and_then(|n| self.found.dates.get(n));
        let day = written.and_then(|date| match &date.value {
            Value::Point(point) => point.day_alone(),
            _ => None,
        });
        // A day that the text speaks of is that of its publication only where it opens the text.
        let opens = |date: &DateReading| date.tokens.start < self.headline.as_ref().map_or(0, |headline| headline.end) + LEAD;
        let first = || {
            self.found
                .dates
                .iter()
                .filter(|date| opens(date))
                .any(|date| matches!(&date.value, Value::Point(p) if p.day_alone() == anchor.day.map(|day| day.to_string())))
        };
        let known = anchor.day.filter(|_| anchor.from != Some(InferredFrom::FirstFullDate) || first());
        let headline = self.headline.clone();
        let plain = |tokens: &Option<Range<usize>>| tokens.as_ref().map(|tokens| doc.plain(tokens));
        let span = |tokens: &Option<Range<usize>>| tokens.as_ref().map(|tokens| doc.span(tokens));
        Header {
            headline: plain(&headline),
            published_from: if day.is_some() { None } else { known.and(anchor.from) },
            published: day.or_else(|| known.map(|day| day.to_string())),
            place: plain(&place),
            byline: plain(&byline),
            source: plain(&source),
            url: url.and_then(|span| span.slice(doc.text)).map(str::to_owned),
            spans: HeaderSpans {
                headline: span(&headline),
                published: written.map(|date| doc.span(&date.tokens)),
                place: span(&place),
                byline: span(&byline),
                source: span(&source),
                url,
            },
        }
    }

    // ------------------------------------------------------------ lines

    /// The end of the line on the page that token `at` stands in.
    fn line_end(&self, at: usize) -> usize {
        let begins = |n: usize| self.doc.token(n).is_none_or(|token| token.line != Break::None);
        (at + 1..self.doc.len()).find(|&n| begins(n)).unwrap_or(self.doc.len())
    }

    fn line_start(&self, at: usize) -> usize {
        let begins = |n: usize| self.doc.token(n).is_some_and(|token| token.line != Break::None);
        (1..=at).rev().find(|&n| begins(n)).unwrap_or(0)
    }

    fn first_lines(&self) -> Vec<Line> {
        let doc = self.doc;
        let mut lines: Vec<Line> = Vec::new();
        let mut at = 0;
        while at < doc.len() && lines.len() < TOP {
            let tokens = at..self.line_end(at);
            at = tokens.end;
            let gap = doc.token(tokens.start).and_then(|token| doc.text.get(token.before..token.span.start));
            let apart = gap.is_some_and(|gap| gap.matches('\n').count() > 1);
            // A headline in two lines: the second goes on in small letters, or the first breaks off at a mark.
            if let Some(last) = lines.last_mut()
                && last.sort == Sort::Title
                && !apart
                && (doc.is_lower(tokens.start) || doc.is_any(last.tokens.end - 1, &[w::COMMA, w::HYPHEN]))
                && self.sort(&tokens) == Sort::Title
            {
                last.tokens.end = tokens.end;
                continue;
            }
            let sort = self.sort(&tokens);
            lines.push(Line { tokens, sort, apart });
            if sort == Sort::Text {
                break;
            }
        }
        // Over a number, a motto or a rule of stars capitals name the body.
        let last = lines.iter().take(10).rposition(|line| matches!(line.sort, Sort::Motto | Sort::Number | Sort::Rule)).unwrap_or(0);
        for n in 0..last {
            let capitals = lines.get(n).is_some_and(|line| line.sort == Sort::Title && self.is_capitals(&line.tokens));
            if let Some(line) = lines.get_mut(n).filter(|_| capitals) {
                line.sort = Sort::Body;
            }
        }
        lines
    }

    fn last_lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut end = self.doc.len();
        while end > 0 && lines.len() < FOOT {
            let start = self.line_start(end - 1);
            lines.push(start..end);
            end = start;
        }
        lines
    }

    fn sort(&self, line: &Range<usize>) -> Sort {
        const LONGEST: usize = 28; // words of a title
        let doc = self.doc;
        let first = line.start;
        let words = self.words(line);
        if words == 0 && !line.clone().any(|at| doc.is_number(at)) {
            return Sort::Rule;
        }
        if self.is_motto(line) {
            return Sort::Motto;
        }
        if doc.is(first, w::số) && (doc.is(first + 1, w::COLON) || doc.is_number(first + 1)) {
            return Sort::Number;
        }
        if doc.title(first) == w::v && doc.is(first + 1, w::SLASH) {
            return Sort::Regarding;
        }
        if let Some(date) = self.publication_in(line) {
            return Sort::Publication(date);
        }
        let home = (&*doc.folded(first), &*doc.folded(first + 1)) == ("trang", "chủ");
        if (words <= 14 || home && words <= 40) && self.is_furniture(line) {
            return Sort::Furniture;
        }
        if self.is_type(line) {
            return Sort::Type;
        }
        if self.is_bodies(line) {
            return Sort::Body;
        }
        let greeting = matches!((doc.sym(first), doc.sym(first + 1)), (w::kính, w::gửi | w::thưa | w::chào) | (w::căn, w::cứ));
        let last = line.end - 1;
        let dots = doc.is(last, w::DOT) && (doc.is(last.wrapping_sub(1), w::DOT) || doc.raw(last).len() > 1);
        let closed = doc.is_any(last, &[w::DOT, w::SEMICOLON, w::COLON]) && !dots && words >= 4;
        let sentences =
            words >= 12 && (first + 2..last).any(|at| doc.is(at, w::DOT) && doc.is_word(at + 1) && !doc.same_sentence(at, at + 1));
        if greeting || closed || sentences || words > LONGEST { Sort::Text } else { Sort::Title }
    }

    fn words(&self, line: &Range<usize>) -> usize {
        line.clone().filter(|&at| self.doc.is_word(at)).count()
    }

    fn is_capitals(&self, line: &Range<usize>) -> bool {
        line.clone().all(|at| !self.doc.raw(at).chars().any(char::is_lowercase))
    }

    /// The date of a line that holds a full one and little else: *Thứ ba, 05/04/2022 | 09:15*, *Đăng ngày 08/03/2018 - Lượt xem: 442*.
    fn publication_in(&self, line: &Range<usize>) -> Option<usize> {
        const OTHERS: usize = 7;
        const LONGEST: usize = 34;
        let doc = self.doc;
        if line.len() > LONGEST || self.is_source_cue(line.start) {
            return None;
        }
        let dates = &self.found.dates;
        let n = dates.partition_point(|d| d.tokens.start < line.start);
        let inside: Vec<_> = (n..dates.len()).take_while(|&n| dates.get(n).is_some_and(|d| d.tokens.start < line.end)).collect();
        let full =
            inside.iter().copied().find(|&n| dates.get(n).is_some_and(|d| matches!(&d.value, Value::Point(p) if p.is_full_day())))?;
        let dated = |at: usize| inside.iter().any(|&n| dates.get(n).is_some_and(|d| d.tokens.contains(&at)));
        let counter =
            |at: usize| self.is_counter(at) || at > line.start && self.is_counter(at - 1) || doc.is_any(at, &[w::ngày, w::tháng, w::năm]);
        let others = line.clone().filter(|&at| doc.is_word(at) && !dated(at) && !counter(at)).count();
        // A short sentence that holds a date tells what happened.
        let sentence = doc.is(line.end - 1, w::DOT) && others > 3;
        (others <= OTHERS && !sentence && !doc.raw(line.start).starts_with("Tháng")).then_some(full)
    }

    fn is_counter(&self, at: usize) -> bool {
        let doc = self.doc;
        matches!(
            (doc.sym(at), doc.sym(at + 1)),
            (w::lượt | w::đã, w::xem | w::đọc)
                | (w::bình, w::luận)
                | (w::chuyên, w::mục)
                | (w::ngày, w::đăng)
                | (w::cập, w::nhật)
                | (w::gửi, w::lúc)
                | (w::tác, w::giả)
        )
    }

    /// Menus, trails, counters, addresses: what the page adds to the bulletin.
    fn is_furniture(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let pair = |at: usize| {
            matches!(
                (doc.sym(at), doc.sym(at + 1)),
                (w::trang, w::chủ | w::tin)
                    | (w::lượt, w::xem | w::đọc)
                    | (w::cỡ, w::chữ)
                    | (w::in_, w::trang | w::bài)
                    | (w::gửi, w::cho | w::bình)
                    | (w::chào, w::mừng)
                    | (w::điện, w::thoại)
                    | (w::địa, w::chỉ)
                    | (w::đăng, w::nhập | w::bởi)
                    | (w::người, w::đăng)
                    | (w::chi, w::tiết)
                    | (w::cổng, w::thông)
                    | (w::bình, w::luận)
                    | (w::nghe, w::đọc)
                    | (w::ý, w::kiến)
                    | (w::nhạc, w::hiệu)
                    | (w::lưu, w::hành)
            )
        };
        let trail = line.clone().filter(|&at| matches!(doc.raw(at), "»" | ">" | "›" | "|" | "/" | ">>")).count();
        let menu = trail > 0 && self.words(line) <= 4 * (trail + 1) && trail * 8 >= line.len();
        let numbered = doc.is_number(line.start) && doc.is(line.start + 1, w::DOT) && self.words(line) <= 4;
        let masthead =
            matches!((doc.sym(line.start), doc.sym(line.start + 1)), (w::bản, w::tin) | (w::xuất, w::bản) | (w::tin, w::mới | w::tức));
        let welcome = |at: usize| pair(at) && (!matches!(doc.small(at), w::chào) || at == line.start);
        line.clone().any(welcome) || menu || numbered || masthead && self.words(line) <= 5
    }

    fn is_motto(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        line.clone().take(40).any(|at| {
            let (first, second, third) = (doc.folded(at), doc.folded(at + 1), doc.folded(at + 2));
            let capitals = !doc.raw(at).chars().any(char::is_lowercase);
            matches!((&*first, &*second, &*third), ("cộng", "hòa", "xã") | ("đảng", "cộng", "sản")) && capitals
                || matches!((&*first, &*second, &*third), ("độc", "lập", "-"))
                || matches!((&*first, &*second, &*third), ("đoàn", "tncs", _)) && capitals && at > line.start
        })
    }

    /// *BÁO CÁO*, *THÔNG CÁO BÁO CHÍ*, *QUYẾT ĐỊNH CỦA UBND TỈNH*: the type of a document in capitals on a line of its own.
    fn is_type(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let first = line.start;
        let known = doc.hits_at(first).any(|hit| hit.table == Table::Documents && hit.end >= first + 2)
            || matches!(
                (doc.sym(first), doc.sym(first + 1)),
                (w::thông, w::tin | w::cáo | w::báo)
                    | (w::giấy, w::mời)
                    | (w::thư, w::ngỏ | w::mời)
                    | (w::lời, w::kêu)
                    | (w::tờ, w::trình)
                    | (w::biên, w::bản)
                    | (w::lịch, w::công | w::tiếp)
            );
        let of_body = line.clone().any(|at| doc.is(at, w::của));
        self.is_capitals(line) && known && (self.words(line) <= 6 || of_body && self.words(line) <= 14)
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

    // ------------------------------------------------------------ headline, day, place

    fn find_headline(&self) -> Option<Range<usize>> {
        let doc = self.doc;
        if let Some(n) = self.top.iter().position(|line| line.sort == Sort::Type) {
            return Some(self.top.get(n)?.tokens.start..self.subject_end(n));
        }
        // A letter: its subject runs on to an empty line, its addressee or another line of the letterhead.
        if let Some(n) = self.top.iter().position(|line| line.sort == Sort::Regarding) {
            let mut end = self.top.get(n)?.tokens.end;
            let goes_on =
                |line: &&Line| !line.apart && matches!(line.sort, Sort::Title | Sort::Body) && self.letter_dateline(&line.tokens).is_none();
            for line in self.top.iter().skip(n + 1).take_while(goes_on) {
                end = line.tokens.end;
            }
            return Some(self.top.get(n)?.tokens.start + 3..end);
        }
        // A text whose first words are its body has no headline.
        if self.top.iter().find(|line| !matches!(line.sort, Sort::Rule | Sort::Furniture | Sort::Publication(_) | Sort::Body))?.sort
            == Sort::Text
        {
            return self.dated_title();
        }
        let is_title = |n: &usize| {
            self.top
                .get(*n)
                .is_some_and(|line| line.sort == Sort::Title && self.words(&line.tokens) >= 3 && !doc.is(line.tokens.start, w::OPEN))
        };
        let titles: Vec<usize> = (0..self.top.len()).filter(is_title).collect();
        let dated = |n: usize| self.top.get(n).is_some_and(|line| matches!(line.sort, Sort::Publication(_)));
        // At its publication line, else the last long one before the body.
        const LONG: usize = 5;
        let long = |n: &usize| self.top.get(*n).is_some_and(|line| self.words(&line.tokens) >= LONG);
        let goes_on = self.top.last().is_some_and(|line| line.sort == Sort::Text) || self.top.len() == TOP || self.top.len() > 1;
        let at_date = titles
            .iter()
            .rev()
            .copied()
            .find(|&n| dated(n + 1) && long(&n))
            .or_else(|| titles.iter().rev().copied().find(|&n| dated(n + 1)));
        // A lead without its full stop is longer than a headline.
        const SENTENCE: usize = 18;
        let short = |n: &usize| long(n) && self.top.get(*n).is_some_and(|line| self.words(&line.tokens) < SENTENCE);
        let last = |fits: &dyn Fn(&usize) -> bool| titles.iter().rev().copied().find(fits);
        let chosen = at_date.or_else(|| last(&short)).or_else(|| last(&long)).or_else(|| titles.last().copied());
        let chosen = chosen.filter(|_| goes_on).and_then(|n| self.top.get(n)).map(|line| line.tokens.clone());
        chosen.or_else(|| self.dated_title())
    }

    /// *CHƯƠNG TRÌNH PHÁT THANH NGÀY 12/3/2021*: a script's title holds its day.
    fn dated_title(&self) -> Option<Range<usize>> {
        let titled = |line: &&Line| {
            let start = line.tokens.start;
            let script = matches!((self.doc.sym(start), self.doc.sym(start + 1)), (w::chương, w::trình) | (w::bản, w::tin));
            matches!(line.sort, Sort::Publication(_)) && script && self.words(&line.tokens) >= 5
        };
        self.top.iter().find(titled).map(|line| line.tokens.clone())
    }

    /// The end of the lines that tell the subject under the type at line `n`.
    fn subject_end(&self, n: usize) -> usize {
        const LINES: usize = 4;
        let doc = self.doc;
        let mut end = self.top.get(n).map_or(0, |line| line.tokens.end);
        for (nth, line) in self.top.iter().skip(n + 1).take(LINES).enumerate() {
            let start = line.tokens.start;
            let opens_body = matches!(
                (doc.sym(start), doc.sym(start + 1)),
                (w::kính, _)
                    | (w::thực, w::hiện)
                    | (w::ngày, _)
                    | (w::sáng | w::chiều, _)
                    | (w::phần, _)
                    | (w::thời, w::gian)
                    | (w::thành, w::phần)
            );
            let numbered = (doc.is_number(start) || crate::number::roman(doc.raw(start)).is_some() || doc.raw(start).chars().count() == 1)
                && !doc.is_word(start + 1)
                && line.sort != Sort::Regarding;
            let about = doc.is(start, w::về) || line.sort == Sort::Regarding;
            let subject = matches!(line.sort, Sort::Title | Sort::Regarding) || about && matches!(line.sort, Sort::Publication(_));
            if opens_body || numbered || doc.is(start, w::OPEN) || !subject || line.apart && nth > 0 {
                break;
            }
            end = line.tokens.end;
        }
        end
    }

    /// The first day of publication behind the headline, else before it; a page's clock stands at the very top.
    fn find_publication(&self) -> Option<usize> {
        let headline = self.headline.as_ref().map_or(0, |headline| headline.start);
        let dates = || {
            self.top.iter().filter_map(|line| match line.sort {
                Sort::Publication(n) => Some((line.tokens.start, n)),
                _ => None,
            })
        };
        let behind = dates().find(|&(start, _)| start >= headline);
        let foot = || {
            let line = self.foot.iter().take(6).find(|line| self.is_counter(line.start) && self.publication_in(line).is_some())?;
            self.publication_in(line)
        };
        behind.map(|(_, n)| n).or_else(foot).or_else(|| dates().next_back().map(|(_, n)| n))
    }

    /// The place before the day (*Tam Mỹ Đông, ngày 27 tháng 6*) or at the head of the body (*(Tây Ninh) – Sáng 8.7*), and the day.
    fn dateline(&self) -> (Option<Range<usize>>, Option<usize>) {
        let doc = self.doc;
        for line in self.top.iter().map(|line| &line.tokens) {
            if self.headline.as_ref().is_some_and(|headline| headline.contains(&line.start)) {
                continue;
            }
            if let Some(found) = self.letter_dateline(line) {
                return found;
            }
            let bracket = doc.is(line.start, w::OPEN);
            let start = line.start + usize::from(bracket);
            let Some(end) = reading_at(&self.found.places, start).map(|place| place.tokens.end).filter(|&end| end <= line.end) else {
                continue;
            };
            let day = index_of_date(self.found, end + 1).filter(|_| doc.is(end, w::COMMA));
            if let Some(day) = day.filter(|&n| self.is_full(n) || doc.is(end + 1, w::ngày)) {
                return (Some(start..end), Some(day).filter(|&n| self.is_full(n)));
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
            let body = (doc.is_cap(at + 1) || doc.opens_quote(at + 1)) && !doc.is(at + 1, w::ảnh) && line.end > at + 8;
            if dash && body {
                return (Some(start..end), None);
            }
        }
        (None, None)
    }

    fn is_full(&self, date: usize) -> bool {
        self.found.dates.get(date).is_some_and(|d| matches!(&d.value, Value::Point(p) if p.is_full_day()))
    }

    /// *Số: 112/TB-CN3      Biên Hòa, ngày 4 tháng 3 năm 2019*: place and day, perhaps beside the number or a body; the day may be left open.
    fn letter_dateline(&self, line: &Range<usize>) -> Option<(Option<Range<usize>>, Option<usize>)> {
        const LONGEST: usize = 40;
        const NAME: usize = 6;
        let doc = self.doc;
        let leads = |at: usize| doc.is(at, w::ngày) || matches!(doc.small(at), w::hồi | w::lúc);
        let comma = line.clone().take(LONGEST).find(|&at| doc.is(at, w::COMMA) && leads(at + 1))?;
        let open = doc.is(comma + 2, w::tháng);
        let day = index_of_date(self.found, comma + 1).or_else(|| index_of_date(self.found, comma + 2)).filter(|&n| self.is_full(n));
        let end = day.and_then(|n| self.found.dates.get(n)).map_or(comma + 7, |d| d.tokens.end);
        if day.is_none() && !open || end + 4 < line.end {
            return None;
        }
        let gap = |at: usize| doc.token(at).and_then(|t| doc.text.get(t.before..t.span.start)).unwrap_or_default();
        let wide = |at: usize| gap(at).chars().count() > 2 || gap(at).contains('\t');
        let mut start = comma;
        while start > line.start && comma - start < NAME && (doc.is_cap(start - 1) || doc.is(start - 1, w::DOT)) {
            start -= 1;
            if wide(start) {
                break;
            }
        }
        (start < comma).then_some((Some(start..comma), day))
    }

    // ------------------------------------------------------------ source and author

    /// What is behind *Nguồn:* or *Theo* at the end, or a last line that names a body.
    fn source(&self) -> Option<Range<usize>> {
        let doc = self.doc;
        let top = self.top.iter().map(|line| &line.tokens);
        // In a page that was scraped into one line the last sentence stands for the last line.
        let sentence = self.foot.first().map(|line| doc.sentence(line.end - 1).start.max(line.start)..line.end);
        for line in self.foot.iter().chain(top).chain(&sentence) {
            let start = line.start + usize::from(doc.is(line.start, w::OPEN));
            let colon = (start + 1..start + 3).find(|&at| doc.is_any(at, &[w::COLON, w::HYPHEN]));
            let cue = self.is_source_cue(start) || doc.title(start) == w::theo && doc.is(start + 1, w::COLON);
            if let Some(named) = colon.filter(|_| cue).and_then(|colon| self.named(colon + 1, line.end)) {
                return Some(named);
            }
        }
        for line in &self.foot {
            // "Theo TTXVN", "… (Theo Báo Yên Bái)"
            let sentence = doc.sentence(line.end - 1).start.max(line.start);
            let bracket =
                (line.start.max(line.end.saturating_sub(12))..line.end).find(|&at| doc.is(at, w::OPEN) && doc.title(at + 1) == w::theo);
            for start in [line.start, sentence].into_iter().chain(bracket) {
                let start = start + usize::from(doc.is(start, w::OPEN));
                if doc.title(start) == w::theo && line.end.saturating_sub(start) <= 10 && start >= line.start {
                    let named = self.named(start + 1, line.end)?;
                    // "Theo Quang Phong (Dân Trí)": the author, and the medium in brackets.
                    let named =
                        if doc.is(named.end, w::OPEN) && doc.is(line.end - 1, w::CLOSE) { named.end + 1..line.end - 1 } else { named };
                    let behind = (named.end..line.end).all(|at| !doc.is_word(at));
                    return behind.then_some(named);
                }
            }
            if self.is_text(line) {
                break;
            }
        }
        // The closing line of the body itself.
        let last = self.foot.iter().find(|line| self.words(line) > 0 && !self.is_foot_furniture(line))?;
        let head = doc.find(Table::Bodies, last.start).is_some() && doc.is_cap(last.start) && (3..=10).contains(&self.words(last));
        let closes = self.is_bodies(last)
            || head && !self.signed() && !self.is_text(last) && !last.clone().any(|at| doc.is_any(at, &[w::COLON, w::COMMA]));
        // "- Hội Nông dân phường": the last of a list.
        let listed = doc.is_dash(last.start);
        (closes && !listed && self.foot.len() > 2 && !doc.is(last.end - 1, w::QUESTION)).then(|| self.without_point(last.clone()))
    }

    fn is_source_cue(&self, at: usize) -> bool {
        matches!(self.doc.sym(at), w::nguồn | w::nguôn)
    }

    fn without_point(&self, line: Range<usize>) -> Range<usize> {
        let end = line.end - usize::from(self.doc.is(line.end.saturating_sub(1), w::DOT));
        line.start..end.max(line.start)
    }

    /// The body or medium from token `at`, up to a mark or the end of the line.
    fn named(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        if doc.raw(at).starts_with("http") {
            return None;
        }
        if let Some(body) = reading_at(&self.found.organizations, at) {
            return Some(body.tokens.clone());
        }
        let stop = (at..end).find(|&n| doc.is_any(n, &[w::COMMA, w::OPEN, w::CLOSE, w::SEMICOLON, w::PIPE])).unwrap_or(end);
        let named = self.without_point(at..stop);
        (!named.is_empty() && self.words(&named) > 0 && named.len() <= 14).then_some(named)
    }

    /// A line of the text itself: long, or a sentence.
    fn is_text(&self, line: &Range<usize>) -> bool {
        const LONG: usize = 60; // tokens
        let doc = self.doc;
        if line.len() > LONG {
            return true;
        }
        let words = self.words(line);
        let address = line.clone().any(|at| matches!(doc.small(at), w::http | w::https | w::www));
        !address
            && !self.is_foot_furniture(line)
            && (words > 16 || words >= 6 && doc.is_any(line.end - 1, &[w::DOT, w::SEMICOLON]) && line.clone().any(|at| doc.is_lower(at)))
    }

    /// Links, counters and tags under the text.
    fn is_foot_furniture(&self, line: &Range<usize>) -> bool {
        let doc = self.doc;
        let first = doc.raw(line.start);
        line.len() <= 40 && self.is_furniture(line)
            || first.starts_with("http")
            || matches!(first, "#" | ">" | ">>" | "*" | "Share" | "Tags" | "Trang")
            || matches!(
                (doc.sym(line.start), doc.sym(line.start + 1)),
                (w::bài, w::viết)
                    | (w::chia, w::sẻ)
                    | (w::những, w::tin)
                    | (w::quay, w::lại)
                    | (w::xem, w::thêm)
                    | (w::click, _)
                    | (w::xếp, w::hạng)
                    | (w::tổng, w::số)
            )
            || self.publication_in(line).is_some()
    }

    /// Whether the text ends in a signature: a post in capitals, or *(Đã ký)*.
    fn signed(&self) -> bool {
        let doc = self.doc;
        self.foot.iter().any(|line| {
            let stamp = line.clone().take(20).any(|at| doc.is(at, w::OPEN) && matches!(doc.sym(at + 1), w::đã | w::ký));
            let on_behalf = matches!(doc.raw(line.start), "TM" | "KT" | "TL" | "TUQ") && doc.is(line.start + 1, w::DOT)
                || doc.title(line.start) == w::t && doc.is(line.start + 1, w::SLASH);
            let post = self.is_capitals(line)
                && (doc.find(Table::Posts, line.start).is_some() || matches!(doc.sym(line.start), w::thư | w::chủ | w::người));
            stamp || on_behalf || post && self.words(line) <= 8
        })
    }

    /// The author: a last line or sentence of names alone, with or without *Tin, ảnh:*; or the name beside the day of publication.
    fn byline(&self, source: Option<&Range<usize>>) -> Option<Range<usize>> {
        let doc = self.doc;
        if self.signed() {
            return None;
        }
        let alone = |line: &Range<usize>| !line.clone().any(|at| doc.is(at, w::COLON)) && self.authors(line.clone()).is_some();
        for (n, line) in self.foot.iter().enumerate() {
            let held = source.is_some_and(|source| line.contains(&source.start) && source.start < line.start + 4);
            if self.words(line) == 0 || held {
                continue;
            }
            if self.is_text(line) {
                let sentence = doc.sentence(line.end - 1).start.max(line.start);
                return self.authors(sentence..line.end).or_else(|| self.author_at_day());
            }
            // Names one under the other are a list.
            let beside = || [Some(n + 1), n.checked_sub(1)].into_iter().flatten().any(|n| self.foot.get(n).is_some_and(alone));
            let listed = || alone(line) && beside();
            if let Some(authors) = self.authors(line.clone()).filter(|_| self.publication_in(line).is_none() && !listed()) {
                return Some(authors);
            }
        }
        self.author_at_day()
    }

    /// *TỐ UYÊN - 09/07/2019 06:30*
    fn author_at_day(&self) -> Option<Range<usize>> {
        let date = self.publication.and_then(|n| self.found.dates.get(n))?;
        let start = self.line_start(date.tokens.start);
        let end = (start..date.tokens.start).find(|&at| !self.doc.is_cap(at))?;
        let named = (2..=4).contains(&(end - start)) && self.doc.is_dash(end);
        let person = || crate::kind::person::name_score(self.doc, &(start..end)) >= 1 || self.is_capitals(&(start..end));
        (named && person()).then_some(start..end)
    }

    fn authors(&self, line: Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 26;
        let doc = self.doc;
        if line.is_empty() || line.len() > LONGEST {
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
                        | "ctv"
                        | "pv"
                        | "&"
                        | "-"
                )
            })
        });
        // A picture's author is not the text's.
        let picture = |range: Range<usize>| range.clone().all(|at| doc.is(at, w::ảnh));
        if colon.is_some() && cue.is_none() || cue.is_some_and(|colon| picture(line.start..colon)) {
            return None;
        }
        let mut start = cue.map_or(line.start, |colon| colon + 1);
        // "Theo Quang Phong (Dân Trí)"; "Theo TTXVN" names no author.
        if doc.title(start) == w::theo {
            if !doc.is(line.end - 1, w::CLOSE) {
                return None;
            }
            start += 1;
        }
        // "Tin, ảnh: Ban Truyền thông"
        if let Some(body) = reading_at(&self.found.organizations, start).filter(|body| cue.is_some() && body.tokens.end + 1 >= line.end) {
            return Some(body.tokens.clone());
        }
        // "BS. Trần Thị Thu Hà"
        while cue.is_some()
            && start < line.end
            && (doc.is_acronym(start) || reading_at(&self.found.titles, start).is_some())
            && doc.raw(start).len() <= 6
            && !initials(doc, start + 2)
        {
            start += 1 + usize::from(doc.is(start + 1, w::DOT));
        }
        let mut end = start;
        while end < line.end {
            let mark = doc.is_any(end, &[w::HYPHEN, w::COMMA, w::AMPERSAND, w::SLASH, w::và, w::DOT]);
            let body = doc.is_cap(end)
                && end > start
                && !doc.is_cap(end - 1)
                && (reading_at(&self.found.organizations, end).is_some() || doc.find(Table::Bodies, end).is_some());
            // "Sóc Kha - Ảnh: Huỳnh Nhiên": from here on the picture's.
            let picture = doc.is(end, w::ảnh) && end > start;
            if body || picture || doc.title(end) == w::theo || !(doc.is_cap(end) || mark) {
                break;
            }
            end += 1;
        }
        let rest_is_remark = end >= line.end || doc.is_any(end, &[w::OPEN, w::SEMICOLON]) || doc.is_cap(end) && end > start;
        while end > start
            && doc.is_any(end - 1, &[w::HYPHEN, w::COMMA, w::SLASH, w::DOT])
            && !(doc.is(end - 1, w::DOT) && initials(doc, end))
        {
            end -= 1;
        }
        let names = start..end;
        let words = self.words(&names);
        let person = self.found.persons.iter().rposition(|p| names.contains(&p.tokens.start));
        let signs = person.is_some_and(|n| self.holds_before(n));
        // "PV", "BBT": the staff sign by an acronym.
        let staff = words == 1 && matches!(doc.raw(start), "PV" | "BBT" | "BTV" | "CTV" | "P.V");
        let single = words == 1 && cue.is_none() && person.is_none() && !initials(doc, start + 2) && !staff;
        let place = reading_at(&self.found.places, start).is_some_and(|p| p.tokens.end == end && person.is_none() && cue.is_none());
        let body = cue.is_none() && (doc.find(Table::Bodies, start).is_some() || reading_at(&self.found.organizations, start).is_some());
        (rest_is_remark && (1..=10).contains(&words) && !signs && !single && !place && !body).then_some(names)
    }

    /// Whether person `n` is given a title that stands before the name, as in a signature.
    fn holds_before(&self, n: usize) -> bool {
        let start = self.found.persons.get(n).map_or(0, |person| person.tokens.start);
        let titles = self.given.get(n).into_iter().flatten().filter_map(|&t| self.found.titles.get(t));
        titles.into_iter().any(|title| title.tokens.start < start && title.kind == crate::bulletin::TitleKind::Post)
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
