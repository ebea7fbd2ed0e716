//! From figures to indicators: what is measured, what came of it, against what, and whether the figures agree.
//!
//! Each sentence is walked once, figure by figure. A count, an amount or a ratio opens a *subject* with the words before it as its label; the
//! comparisons that follow in a chain (*…, bằng 85% dự toán, tăng 5,2% so với cùng kỳ*) are the subject's. A comparison behind other words (*…,
//! chỉ số giá tăng 3%*) opens a subject without a figure of its own.
//!
//! **Accepts** ratios; percentages of a plan or of an earlier time; growth in percent; rates (*tỷ lệ hộ nghèo còn 2,5%*); a figure with its plan
//! as a number (*5.200 ha (kế hoạch 5.000 ha)*); a part that exceeds its whole (*19 đồng chí, trong đó có 21 nữ*).
//!
//! **Refuses** shares of a whole (*chiếm 7,5% tổng đàn*), conditions, interest rates, growth in absolute numbers.
//!
//! **Value** as written: *212,5 tỷ đồng* is 212.5 of the unit *tỷ đồng*. Nothing is mended.

use std::ops::Range;

use crate::bulletin::{Change, Date, DateKind, Indicator};
use crate::doc::Doc;
use crate::kind::quantity::is_function_word;
use crate::kind::ratio::{agrees, round};
use crate::kind::{Found, Reading, reading_at};
use crate::lexicon::Table;
use crate::note::{Note, Silent};
use crate::number::{Decimal, parse};
use crate::words as w;

/// Finds the indicators. `dates` are the dates of `found` as they come out.
pub(crate) fn find(doc: &Doc, found: &Found, dates: &[Date]) -> Vec<Indicator> {
    tell_all::<Silent>(doc, found, dates).into_iter().map(|told| told.indicator).collect()
}

/// What an indicator was told for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndicatorRule {
    /// A ratio.
    Ratio,
    /// A percentage of a plan.
    Share,
    /// A percentage by which something grew or fell.
    Growth,
    /// A figure that is a percentage.
    Rate,
    /// A figure with its plan as a number.
    Plan,
    /// A part that exceeds its whole.
    Part,
}

/// An indicator with what it came of.
pub(crate) struct Told<N> {
    pub(crate) indicator: Indicator,
    pub(crate) by: IndicatorRule,
    pub(crate) notes: N,
}

/// The same; each with the rule, and where its parts stand.
pub(crate) fn tell_all<N: Note + Default>(doc: &Doc, found: &Found, dates: &[Date]) -> Vec<Told<N>> {
    let mut reader = Reader {
        doc,
        found,
        dates,
        dated: TokenSet::of(doc.len(), found.dates.iter().map(|d| d.tokens.clone())),
        acting: TokenSet::of(doc.len(), actors(found)),
        out: Vec::new(),
        subject: None,
        read: 0,
        sentence: usize::MAX,
        subject_period: None,
    };
    reader.subject_period = reader.period_of_all();
    for figure in figures(found) {
        reader.take(&figure);
    }
    reader.close();
    reader.out.sort_by_key(|told: &Told<N>| (told.indicator.span.start, told.indicator.span.end));
    reader.out
}

/// The first tokens of bodies, persons, titles and places.
fn actors(found: &Found) -> impl Iterator<Item = Range<usize>> {
    let organizations = found.organizations.iter().map(Reading::tokens);
    let persons = found.persons.iter().map(Reading::tokens);
    let titles = found.titles.iter().map(Reading::tokens);
    let places = found.places.iter().map(Reading::tokens);
    organizations.chain(persons).chain(titles).chain(places).map(|tokens| tokens.start..tokens.start + 1)
}

/// A set of a text's tokens, a bit for each: whether it is worth to search what stands at one.
struct TokenSet(Vec<u64>);

impl TokenSet {
    fn of(tokens: usize, ranges: impl Iterator<Item = Range<usize>>) -> TokenSet {
        let mut bits = vec![0; tokens / 64 + 1];
        for at in ranges.flatten() {
            if let Some(block) = bits.get_mut(at / 64) {
                *block |= 1u64 << (at % 64);
            }
        }
        TokenSet(bits)
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|block| block >> (at % 64) & 1 != 0)
    }
}

/// A number of the text with what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Ratio(usize),
    Percent(usize),
    Money(usize),
    Quantity(usize),
}

#[derive(Debug, Clone)]
struct Figure {
    tokens: Range<usize>,
    sort: Sort,
}

/// All figures in the order of the text; what stands inside a ratio is the ratio's.
fn figures(found: &Found) -> Vec<Figure> {
    let figure = |tokens: &Range<usize>, sort| Figure { tokens: tokens.clone(), sort };
    let mut all: Vec<Figure> = found.ratios.iter().enumerate().map(|(n, r)| figure(&r.tokens, Sort::Ratio(n))).collect();
    all.extend(found.percents.iter().enumerate().map(|(n, r)| figure(&r.tokens, Sort::Percent(n))));
    all.extend(found.money.iter().enumerate().map(|(n, r)| figure(&r.tokens, Sort::Money(n))));
    all.extend(found.quantities.iter().enumerate().map(|(n, r)| figure(&r.tokens, Sort::Quantity(n))));
    all.sort_by_key(|f| (f.tokens.start, std::cmp::Reverse(f.tokens.end)));
    let mut end = 0;
    all.retain(|f| {
        let free = f.tokens.start >= end;
        end = end.max(f.tokens.end);
        free
    });
    all
}

const PLAN: &str = "the plan, or the whole";

/// What is stated of a subject in percent.
#[derive(Debug, Default)]
struct Stated {
    percent: Option<f64>,
    /// Where it stands, the verb before it included.
    percent_at: Option<Range<usize>>,
    basis: Option<Range<usize>>,
    change: Option<Change>,
}

/// What is measured, and the figure for it, if there is one.
#[derive(Debug, Clone)]
struct Subject {
    label: String,
    /// Where the label or the figure begins.
    start: usize,
    actual: Option<Decimal>,
    target: Option<Decimal>,
    unit: Option<String>,
    /// What is counted, for a count of people and things; empty for measures and money.
    counted: Range<usize>,
    /// Behind the last token that was read as said of it.
    end: usize,
    /// Behind the figure and what the label takes from behind it.
    shown: usize,
    /// Whether an indicator has come of it.
    told: bool,
    /// Which way it went by a number that was said last.
    grown: Option<Change>,
    /// Where the label stands: before the figure, and behind it.
    words: [Range<usize>; 2],
    /// Where the figure stands, and the plan; empty where there is none.
    figure: Range<usize>,
    plan: Range<usize>,
}

/// How many tokens may stand between a figure and what is said of it.
const GAP: usize = 16;

/// How a percentage is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// *đạt, bằng*
    Share,
    /// *tăng, giảm*
    Growth(Change),
    /// No verb.
    None,
}

struct Reader<'d, 't, N> {
    doc: &'d Doc<'t>,
    found: &'d Found,
    dates: &'d [Date],
    /// The tokens of dates, and those that an actor begins at.
    dated: TokenSet,
    acting: TokenSet,
    out: Vec<Told<N>>,
    subject: Option<Subject>,
    /// Tokens before this one have been read as part of something.
    read: usize,
    sentence: usize,
    /// The period that the bulletin is about.
    subject_period: Option<String>,
}

impl<N: Note + Default> Reader<'_, '_, N> {
    fn take(&mut self, figure: &Figure) {
        let sentence = self.doc.sentence_of(figure.tokens.start);
        if sentence != self.sentence {
            self.close();
            self.sentence = sentence;
            self.read = self.doc.sentence(figure.tokens.start).start;
        }
        if figure.tokens.start < self.read {
            return;
        }
        match figure.sort {
            Sort::Percent(n) => self.percent(n, &figure.tokens),
            Sort::Ratio(n) => self.ratio(n, &figure.tokens),
            Sort::Money(_) | Sort::Quantity(_) => self.figure(figure),
        }
    }

    /// Tells what a subject with its plan has to tell, if no percentage has done so.
    fn close(&mut self) {
        if let Some(subject) = self.subject.take()
            && !subject.told
            && subject.target.is_some()
        {
            let end = subject.end;
            self.tell(IndicatorRule::Plan, &subject, Stated::default(), end);
        }
    }

    /// Whether the last percentage was of a plan: *đạt 104% kế hoạch | (5.000 ha)*.
    fn last_is_of_plan(&self) -> bool {
        self.out
            .last()
            .and_then(|last| last.indicator.basis.as_deref())
            .is_some_and(|basis| !basis.starts_with("so") && !basis.starts_with("cùng"))
    }

    /// The direction, where a verb of growth stands right before the figure at token `at`.
    fn grown_by(&self, at: usize) -> Option<Change> {
        let doc = self.doc;
        let verb = (self.read.max(at.saturating_sub(3))..at)
            .rev()
            .find(|&n| !(doc.is_any(n, &[w::hơn, w::gần, w::trên, w::khoảng, w::tới]) || matches!(doc.small(n), w::thêm | w::tới)))?;
        match doc.sym(verb) {
            w::tăng => Some(Change::Increase),
            w::giảm => Some(Change::Decrease),
            _ => None,
        }
    }

    /// A count or an amount: the plan of the subject before it, a part of it, or a subject of its own.
    fn figure(&mut self, figure: &Figure) {
        let (value, unit, counted) = self.measure(figure);
        let last_of_plan = self.last_is_of_plan();
        if let Some(subject) = self.subject.as_mut()
            && subject.target.is_none()
            && subject.actual.is_some()
            && subject.unit.is_some()
            && subject.unit == unit
            && (is_plan_of(self.doc, subject.end, figure.tokens.start)
                || subject.told && opens_bracket(self.doc, past_giver(self.doc, subject.end), figure.tokens.start) && last_of_plan)
        {
            subject.target = value;
            subject.plan = figure.tokens.clone();
            subject.end = figure.tokens.end;
            self.read = subject.end;
            // "đạt 104% kế hoạch (5.000 ha)": the percentage has been told.
            if subject.told
                && let (Some(last), Some(target), Some(actual)) = (self.out.last_mut(), value, subject.actual)
                && last.indicator.change.is_none()
            {
                last.indicator.target = Some(target.value());
                last.notes.because(PLAN, None, figure.tokens.clone());
                judge(&mut last.indicator, actual, target, self.doc, subject.start..subject.end);
            }
            return;
        }
        // "… 369 triệu đồng, tăng 104 triệu đồng (tăng 39,3%)": by how much it grew, said of the same.
        if let Some(change) = self.grown_by(figure.tokens.start) {
            let alike = |subject: &Subject| subject.unit.as_deref().zip(unit.as_deref()).is_none_or(|(a, b)| is_unit_of(a, b));
            if let Some(subject) = self.subject.as_mut().filter(|s| figure.tokens.start <= s.end + GAP && alike(s)) {
                subject.end = noun_tail(self.doc, figure.tokens.end).max(figure.tokens.end);
                subject.grown = Some(change);
            } else {
                self.close();
            }
            self.read = figure.tokens.end;
            return;
        }
        if let Some(value) = value
            && self.part(value, &counted, figure)
        {
            return;
        }
        self.close();
        let Some(value) = value else { return };
        self.subject = self.open(figure.tokens.clone(), Some(value), None, unit, counted);
        self.read = figure.tokens.end;
    }

    /// *19 đồng chí, trong đó có 21 nữ*: a part that exceeds its whole is told, any other part is not.
    fn part(&mut self, value: Decimal, counted: &Range<usize>, figure: &Figure) -> bool {
        const REACH: usize = 12;
        let doc = self.doc;
        let Some(whole) = &self.subject else { return false };
        let Some(total) = whole.actual.filter(|_| whole.target.is_none()) else { return false };
        let from = whole.end.max(figure.tokens.start.saturating_sub(REACH));
        let said = (from..figure.tokens.start).any(|at| doc.is(at, w::trong) && doc.small(at + 1) == w::đó);
        let numbers_between = (whole.end..figure.tokens.start).any(|at| doc.is_number(at) || doc.is(at, w::SEMICOLON));
        if !said || numbers_between || counted.is_empty() || value.value() <= total.value() || !same_sort(doc, &whole.counted, counted) {
            return false;
        }
        let label = doc.plain(counted);
        let (unit, start) = (whole.unit.clone(), whole.start);
        let words = [counted.clone(), counted.end..counted.end];
        let (plan, tokens) = (whole.figure.clone(), figure.tokens.clone());
        let subject =
            Subject { label, start, actual: Some(value), target: Some(total), unit, words, plan, figure: tokens, ..whole.clone() };
        self.tell(IndicatorRule::Part, &subject, Stated::default(), figure.tokens.end);
        if let Some(last) = self.out.last_mut() {
            last.indicator.consistent = Some(false);
        }
        true
    }

    fn ratio(&mut self, n: usize, tokens: &Range<usize>) {
        let Some(reading) = self.found.ratios.get(n) else { return };
        self.close();
        let doc = self.doc;
        let numbers: Vec<Decimal> = tokens.clone().filter(|&at| doc.is_number(at)).filter_map(|at| parse(doc.raw(at))).take(2).collect();
        let [actual, target] = numbers.as_slice() else { return };
        // "xếp thứ 67/134": a place among so many measures nothing.
        let rank = |at: usize| {
            matches!(doc.small(at), w::thứ | w::hạng) || matches!((doc.small(at.wrapping_sub(1)), doc.small(at)), (w::vị, w::trí))
        };
        if tokens.start > 0 && rank(tokens.start - 1) {
            return;
        }
        let counted = reading.unit.clone().unwrap_or(tokens.end..tokens.end);
        let measure = is_measure(doc, counted.start);
        let unit = match &reading.unit {
            Some(unit) => Some(unit_of(doc, unit)),
            None => doc.is(tokens.start + 1, w::PERCENT).then(|| "%".to_owned()),
        };
        let counted = if measure { counted.end..counted.end } else { counted };
        let Some(subject) = self.open(tokens.clone(), Some(*actual), Some(*target), unit, counted) else { return };
        self.subject = Some(subject);
        let percent_at = reading.stated.and_then(|stated| self.percent_saying(tokens, stated));
        let (basis, end) = match &percent_at {
            Some(percent) => (self.basis(percent.end), percent.end),
            None => (None, tokens.end),
        };
        let end = basis.as_ref().map_or(end, |basis| basis.end).max(self.subject.as_ref().map_or(tokens.end, |subject| subject.shown));
        let Some(mut subject) = self.subject.take() else { return };
        self.tell(IndicatorRule::Ratio, &subject, Stated { percent: reading.stated, percent_at, basis, change: None }, end);
        if let Some(last) = self.out.last_mut() {
            last.indicator.consistent = reading.consistent;
        }
        subject.told = true;
        subject.end = end.max(subject.end);
        self.read = subject.end;
        self.subject = Some(subject);
    }

    /// The percentage that says `stated` of the ratio at `tokens`: behind it, or before the bracket that it stands in.
    fn percent_saying(&self, tokens: &Range<usize>, stated: f64) -> Option<Range<usize>> {
        const REACH: usize = 34;
        let near = |at: usize| at + REACH > tokens.start && at < tokens.end + REACH;
        let same = |p: &&crate::kind::percent::PercentReading| (p.value - stated).abs() < 1e-9 && near(p.tokens.start);
        let from = self.found.percents.partition_point(|p| p.tokens.start < tokens.end);
        let behind = self.found.percents.iter().skip(from).take(3).find(same);
        let before = || self.found.percents.get(..from).unwrap_or_default().iter().rev().take(3).find(same);
        behind.or_else(before).map(|p| p.tokens.clone())
    }

    fn percent(&mut self, n: usize, tokens: &Range<usize>) {
        let Some(reading) = self.found.percents.get(n) else { return };
        let doc = self.doc;
        let value = reading.value;
        if self.is_aim(tokens.start) {
            return;
        }
        // "tăng 0,35 điểm phần trăm": points are no percentage.
        if tokens.clone().any(|at| doc.is(at, w::điểm)) {
            return;
        }
        let (comparison, verb) = comparison(doc, tokens.start, self.read);
        let behind = self.basis(tokens.end);
        let leading = leading_basis(doc, verb, self.read);
        let lead = leading.as_ref().map_or(verb, |basis| basis.start);
        let chained = self.subject.as_ref().is_some_and(|subject| chains(doc, subject.end, lead));
        let measured = matches!(comparison, Comparison::Growth(_)) || doc.is(verb, w::bằng);
        let opening = || if measured { opening_basis(doc, lead) } else { None };
        let basis = behind.clone().or(leading.clone()).or_else(opening);
        let end = behind.as_ref().map_or(tokens.end, |basis| basis.end);
        let change = match comparison {
            // "vượt 102% kế hoạch" is 102 %, not 102 % more.
            Comparison::Growth(_) if value >= 100.0 && doc.small(verb) == w::vượt && basis.is_some() => None,
            Comparison::Growth(_) if basis.is_none() && matches!(doc.small(verb), w::cao | w::thấp | w::nhiều | w::ít) => return,
            // "miễn thuế và giảm 50% phí": an object of its own; "cần tăng trưởng 14%": an aim; "cùng kỳ tăng 4%": of another time.
            Comparison::Growth(_) if basis.is_none() && !chained && self.is_no_result(lead) => return,
            Comparison::Growth(change) => Some(change),
            // "giảm 57 người chết, tỷ lệ 15,15%"
            Comparison::Share if chained && self.subject.as_ref().is_some_and(|subject| subject.grown.is_some()) => {
                self.subject.as_ref().and_then(|subject| subject.grown)
            }
            Comparison::Share if basis.is_some() || chained && self.owns_figure() && !is_share_of_whole(doc, tokens.end) => None,
            Comparison::None if basis.is_some() && chained && doc.is(lead.saturating_sub(1), w::OPEN) => None,
            _ => {
                self.rate(tokens, verb);
                return;
            }
        };
        if !chained {
            self.close();
            self.subject = self.open(lead..tokens.end, None, None, None, tokens.end..tokens.end);
        }
        let Some(mut subject) = self.subject.take() else { return };
        // What has been told against its plan is compared with something else now.
        if subject.told {
            subject.target = None;
        }
        let rule = if change.is_some() { IndicatorRule::Growth } else { IndicatorRule::Share };
        self.tell(rule, &subject, Stated { percent: Some(value), percent_at: Some(verb..tokens.end), basis, change }, end);
        subject.told = true;
        subject.end = end;
        self.read = end;
        self.subject = Some(subject);
    }

    /// *phấn đấu đạt 95%*, *nếu tăng 5%*, *theo đề xuất, thuế giảm 2%*: the clause before token `at` tells no result.
    fn is_aim(&self, at: usize) -> bool {
        const REACH: usize = 25;
        let doc = self.doc;
        let from = doc.sentence(at).start.max(at.saturating_sub(REACH));
        let clause = (from..at).rev().take_while(|&n| !doc.is(n, w::SEMICOLON));
        clause.into_iter().any(|n| {
            matches!((doc.sym(n), doc.small(n + 1)), (w::phấn, w::đấu) | (w::đề, w::xuất) | (w::kỳ, w::vọng) | (w::mục, w::tiêu))
                && !(n > 0 && doc.is(n - 1, w::với))
                && !(n > 1 && matches!(doc.small(n - 1), w::vượt | w::đạt))
                || doc.sym(n) == w::nếu
        })
    }

    /// Whether the words before the comparison at token `lead` speak of an aim, a favour or another time.
    fn is_no_result(&self, lead: usize) -> bool {
        let doc = self.doc;
        let label = self.label_before(lead, self.read.max(doc.sentence(lead).start));
        let aim = |at: usize| {
            matches!(doc.small(at), w::cần | w::phải | w::sẽ | w::để)
                || matches!(
                    (doc.small(at), doc.small(at + 1)),
                    (w::phấn, w::đấu) | (w::nỗ, w::lực) | (w::mục, w::tiêu) | (w::duy, w::trì) | (w::kỳ, w::vọng)
                )
        };
        let before = label.start.saturating_sub(4)..lead;
        label.is_empty() || doc.is(lead - 1, w::và) || before.into_iter().any(aim) || doc.are(label.start, &[w::cùng, w::kỳ])
    }

    /// Whether a percentage without a basis can be of the subject's figure; of a ratio it would have been found.
    fn owns_figure(&self) -> bool {
        self.subject.as_ref().is_some_and(|subject| subject.actual.is_some() && !(subject.told && subject.target.is_some()))
    }

    /// *tỷ lệ hộ nghèo còn 2,5%*
    fn rate(&mut self, tokens: &Range<usize>, verb: usize) {
        const LONGEST: usize = 20;
        let doc = self.doc;
        let floor = self.read.max(verb.saturating_sub(LONGEST));
        let is_rate = |at: usize| (doc.is(at, w::tỷ) || doc.is(at, w::tỉ)) && doc.is(at + 1, w::lệ);
        let Some(start) = (floor..verb).rev().find(|&at| is_rate(at)) else { return };
        let end = label_end(doc, verb, start);
        // "giảm còn 2,5%"
        let end = end - usize::from(end > start && doc.is_any(end - 1, &[w::tăng, w::giảm]));
        let broken = (start..verb).any(|at| doc.is_any(at, &[w::COMMA, w::SEMICOLON, w::OPEN]) || doc.is_number(at) && !self.in_date(at));
        // "chiếm tỷ lệ 78%", "tỷ lệ đồng thuận phải đạt trên 50%": nothing is named, nothing is reported.
        let demanded = (start..verb).any(|at| matches!(doc.small(at), w::phải | w::nếu | w::khi | w::tối | w::quy));
        if end <= start + 2 || broken || demanded {
            return;
        }
        // "giảm từ 28,1% xuống 9%" tells where it stood.
        if tokens.start > 0 && doc.is(tokens.start - 1, w::từ) {
            return;
        }
        let Some(value) = parse(doc.raw(tokens.start)) else { return };
        self.close();
        let subject = Subject {
            label: doc.plain(&(start..end)),
            start,
            actual: Some(value),
            target: None,
            unit: Some("%".to_owned()),
            counted: tokens.end..tokens.end,
            end: tokens.end,
            shown: tokens.end,
            told: true,
            grown: None,
            words: [start..end, end..end],
            figure: tokens.clone(),
            plan: 0..0,
        };
        self.tell(IndicatorRule::Rate, &subject, Stated::default(), tokens.end);
        self.read = tokens.end;
        self.subject = Some(subject);
    }

    /// The subject whose figure (or comparison) stands at `tokens`.
    fn open(
        &self,
        tokens: Range<usize>,
        actual: Option<Decimal>,
        target: Option<Decimal>,
        unit: Option<String>,
        counted: Range<usize>,
    ) -> Option<Subject> {
        let doc = self.doc;
        let floor = self.read.max(doc.sentence(tokens.start).start);
        let before = self.label_before(tokens.start, floor);
        let has_figure = actual.is_some();
        let tail = if has_figure { noun_tail(doc, tokens.end) } else { tokens.end };
        let between = before.end..tokens.start;
        // "Kết quả: 25/25 thành viên có mặt tán thành": what is counted, and what is said of it, stands behind.
        let counts = !counted.is_empty();
        let set_off =
            between.clone().any(|at| doc.is_any(at, &[w::COLON, w::OPEN, w::COMMA])) || doc.is(before.end.saturating_sub(1), w::có);
        let before = if counts && set_off && tail > tokens.end { tokens.start..tokens.start } else { before };
        let before = if !counts && doc.is(before.end.saturating_sub(1), w::có) { before.start..before.end - 1 } else { before };
        let mut label = doc.plain(&before);
        let mut behind = tail..tail;
        // What is counted belongs to the label: "kết nạp | đảng viên mới"; of a measure only the noun behind it: "gieo sạ | lúa".
        let verbal = counts && between.clone().any(|at| doc.is(at, w::đạt)) || !copula_between(doc, between);
        if has_figure && (before.is_empty() || verbal) {
            let from = if counts { past_scale(doc, counted.start) } else { tokens.end };
            behind = from..tail;
            let noun = doc.plain(&behind);
            if !label.is_empty() && !noun.is_empty() {
                let apart = (before.end..tokens.start).any(|at| doc.is_any(at, &[w::COMMA, w::COLON]));
                label.push_str(if apart { ", " } else { " " });
            }
            label.push_str(&noun);
        }
        let shown = if label.ends_with(&doc.plain(&(tokens.end..tail))) && has_figure { tail.max(tokens.end) } else { tokens.end };
        // Nothing but the unit says what "12/15 ha" are.
        if label.is_empty() && target.is_some() {
            label = unit.clone().unwrap_or_else(|| doc.plain(&tokens));
        }
        let start = if before.is_empty() { tokens.start } else { before.start };
        let figure = if has_figure { tokens.clone() } else { 0..0 };
        let end = tail.max(tokens.end);
        let words = [before, behind];
        (!label.is_empty()).then_some(Subject {
            label,
            start,
            actual,
            target,
            unit,
            counted,
            end,
            shown,
            told: false,
            grown: None,
            words,
            figure,
            plan: 0..0,
        })
    }

    fn in_date(&self, at: usize) -> bool {
        self.dated.has(at)
    }

    /// The tokens of the date that token `at` belongs to.
    fn date_over(&self, at: usize) -> Option<&Range<usize>> {
        if !self.dated.has(at) {
            return None;
        }
        let dates = &self.found.dates;
        let n = dates.partition_point(|d| d.tokens.start <= at).checked_sub(1)?;
        dates.get(n).map(|d| &d.tokens).filter(|tokens| tokens.contains(&at))
    }

    /// The words before a figure that say what it measures; empty where none do.
    fn label_before(&self, figure: usize, floor: usize) -> Range<usize> {
        const LONGEST: usize = 24;
        let doc = self.doc;
        let mut end = label_end(doc, figure, floor);
        // "xuất khẩu tháng 1/2017 đạt": the period is no part of it.
        while end > floor
            && let Some(date) = self.date_over(end - 1)
        {
            end = label_end(doc, date.start.max(floor), floor);
        }
        let mut start = end;
        while start > floor && end - start < LONGEST {
            let at = start - 1;
            if let Some(open) = self.bracket_before(at, floor) {
                start = open;
                continue;
            }
            // "tổng mức bán lẻ tháng 1 | của TP": what little stands behind the period is not all.
            const REST: usize = 3;
            if let Some(date) = self.date_over(at).filter(|date| end - start <= REST && date.start > floor)
                && (doc.is_any(start, &[w::của, w::tại, w::trên]) || doc.small(start) == w::ở)
            {
                start = date.start;
                continue;
            }
            let joins = doc.is(at, w::COMMA) && short_list(doc, at, floor, end);
            let inside = (doc.is_word(at) || doc.is_dash(at) && doc.touches(at) && doc.touches(at + 1)) && !ends_label(doc, at, end);
            if self.in_date(at) || !(inside || joins) || doc.at_line_start(start) {
                break;
            }
            start = at;
        }
        // Who acts, and who reports it, is no part of what is measured.
        let words = start..end;
        for at in words {
            let actor = self.acting.has(at).then(|| self.actor(at, start..end)).flatten();
            let leads = actor.filter(|&to| at <= start + 2 && to <= end);
            let said = doc.find(Table::SpeechVerbs, at).map(|hit| hit.end).filter(|&to| to > at + 1 && to <= end && at > start);
            start = start.max(leads.unwrap_or(start)).max(said.unwrap_or(start));
        }
        // "Chi bộ | kết nạp": a head without a name acts as well.
        if let Some(head) = doc.find(Table::Bodies, start).filter(|head| head.end > start + 1 && head.end < end) {
            start = head.end;
        }
        trim(doc, strip(doc, start..end))
    }

    /// Where the body, person or title ends that begins at token `at` of a label, or the place that is all of it.
    fn actor(&self, at: usize, label: Range<usize>) -> Option<usize> {
        let found = self.found;
        reading_at(&found.organizations, at)
            .map(|o| o.tokens.end)
            .or_else(|| reading_at(&found.persons, at).map(|p| p.tokens.end))
            .or_else(|| reading_at(&found.titles, at).map(|t| t.tokens.end))
            .or_else(|| reading_at(&found.places, at).map(|p| p.tokens.end).filter(|&to| (at..to) == label))
    }

    /// Where the bracket opens that closes at token `at`: *chỉ số sản xuất (IIP)*, *tổng sản phẩm (giá so sánh 2010)*.
    fn bracket_before(&self, at: usize, floor: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        let doc = self.doc;
        let reach = floor.max(at.saturating_sub(LONGEST))..at;
        doc.is(at, w::CLOSE).then_some(())?;
        reach.rev().take_while(|&n| !doc.at_line_start(n + 1)).find(|&n| doc.is(n, w::OPEN)).filter(|&open| open > floor)
    }

    /// What stands behind a percentage and says of what it is: *kế hoạch năm*, *so với cùng kỳ*.
    fn basis(&self, at: usize) -> Option<Range<usize>> {
        const LONGEST: usize = 14;
        let doc = self.doc;
        if doc.at_line_start(at) {
            return None;
        }
        // "(85%) kế hoạch" and "của kế hoạch"
        let start = if doc.is(at, w::của) || doc.is(at, w::CLOSE) { at + 1 } else { at };
        let compared = doc.is(start, w::so) && (doc.is(start + 1, w::với) || is_base(doc, start + 1));
        if !compared && !is_base(doc, start) {
            return None;
        }
        let mut end = start;
        while end < start + LONGEST && !doc.at_line_start(end.max(start + 1)) {
            if let Some(date) = self.date_over(end) {
                end = date.end;
                continue;
            }
            let first = end < start + 2;
            let number = doc.is_number(end) && !first && doc.is_word(end - 1);
            let stops = !(doc.is_word(end) || number) || !first && ends_basis(doc, end) || doc.is_cap(end) && !first && !compared;
            if stops || !doc.same_sentence(start, end) {
                break;
            }
            end += 1;
        }
        (end > start).then_some(start..end)
    }

    fn measure(&self, figure: &Figure) -> (Option<Decimal>, Option<String>, Range<usize>) {
        let doc = self.doc;
        let none = figure.tokens.end..figure.tokens.end;
        match figure.sort {
            Sort::Money(n) => {
                let Some(money) = self.found.money.get(n) else { return (None, None, none) };
                let numbers: Vec<usize> = figure.tokens.clone().filter(|&at| doc.is_number(at)).collect();
                match numbers.as_slice() {
                    // "212,5 tỷ đồng": the number and the unit as written.
                    &[at] if at + 1 < figure.tokens.end => (parse(doc.raw(at)), Some(doc.plain(&(at + 1..figure.tokens.end))), none),
                    _ if money.upper.is_some() => (None, None, none),
                    _ => (Some(Decimal::whole(money.value)), Some(money.currency.clone()), none),
                }
            }
            Sort::Quantity(n) => {
                let Some(quantity) = self.found.quantities.get(n).filter(|q| q.upper.is_none()) else { return (None, None, none) };
                let written = figure.tokens.clone().find(|&at| doc.is_number(at)).and_then(|at| parse(doc.raw(at)));
                let value = written.filter(|d| (d.value() - quantity.value).abs() < 1e-9).unwrap_or(Decimal::whole(quantity.value));
                let counted = if is_measure(doc, quantity.unit.start) { none } else { quantity.unit.clone() };
                (Some(value), Some(unit_of(doc, &quantity.unit)), counted)
            }
            Sort::Ratio(_) | Sort::Percent(_) => (None, None, none),
        }
    }

    fn tell(&mut self, by: IndicatorRule, subject: &Subject, stated: Stated, end: usize) {
        let doc = self.doc;
        let mut notes = N::default();
        let [before, behind] = subject.words.clone();
        let Stated { percent, percent_at, basis, change } = stated;
        let parts = [
            ("what is measured", Some(before)),
            ("the figure", Some(subject.figure.clone())),
            ("what is measured", Some(behind)),
            (PLAN, Some(subject.plan.clone())),
            ("the percentage", percent_at),
            ("the basis", basis.clone()),
        ];
        for (what, tokens) in parts {
            if let Some(tokens) = tokens.filter(|tokens| !tokens.is_empty()) {
                notes.because(what, None, tokens);
            }
        }
        let first = basis.as_ref().map_or(subject.start, |basis| basis.start.min(subject.start));
        let tokens = first..end.max(subject.start + 1);
        // Growth is measured against another time, not against the plan.
        let target = subject.target.filter(|_| change.is_none());
        let mut indicator = Indicator {
            label: subject.label.clone(),
            actual: subject.actual.map(Decimal::value),
            target: target.map(Decimal::value),
            unit: subject.unit.clone(),
            percent,
            change,
            basis: basis.map(|basis| doc.plain(&basis)),
            computed_percent: None,
            consistent: None,
            period: self.period(&tokens),
            span: doc.span(&tokens),
            text: doc.slice(&tokens).to_owned(),
        };
        if let (Some(actual), Some(target)) = (subject.actual, target) {
            judge(&mut indicator, actual, target, doc, tokens);
        }
        self.out.push(Told { indicator, by, notes });
    }

    /// The period that the figure of the clause at `tokens` covers: said in the clause, before it in its paragraph or in a heading, else behind it,
    /// else what the whole bulletin is about.
    fn period(&self, tokens: &Range<usize>) -> Option<String> {
        const REACH: usize = 30;
        let doc = self.doc;
        let dates = &self.found.dates;
        let line = doc.line(tokens.start);
        // A page that was scraped into one line is one paragraph of many.
        const PARAGRAPH: usize = 120;
        let close = |start: usize| line.contains(&start) && start + PARAGRAPH > tokens.start;
        let near = |n: &usize| dates.get(*n).is_some_and(|d| close(d.tokens.start) || is_heading(doc, d.tokens.start));
        let until = dates.partition_point(|d| d.tokens.start < tokens.end);
        let before = (until.saturating_sub(REACH)..until).rev().find(|n| near(n) && self.is_period(*n));
        let same_sentence = |n: &usize| dates.get(*n).is_some_and(|d| doc.same_sentence(d.tokens.start, tokens.start));
        let behind = || (until..dates.len().min(until + 3)).take_while(same_sentence).find(|&n| self.is_period(n));
        before.or_else(behind).map(|n| self.covered(n)).or_else(|| self.subject_period.clone())
    }

    /// The period that the bulletin is about: of its first headings, or the first that is summed up (*sơ kết 6 tháng đầu năm*).
    fn period_of_all(&self) -> Option<String> {
        const TOP: usize = 120; // tokens
        let doc = self.doc;
        let start = |n: usize| self.found.dates.get(n).map_or(usize::MAX, |d| d.tokens.start);
        let periods = || (0..self.found.dates.len()).filter(|&n| self.is_period(n));
        let heading = periods().take_while(|&n| start(n) < TOP).find(|&n| is_heading(doc, start(n)));
        let summed_up = |at: &usize| {
            matches!((doc.sym(*at), doc.sym(at + 1)), (w::sơ | w::tổng, w::kết) | (w::kết, w::quả) | (w::tình, w::hình) | (w::đánh, w::giá))
        };
        let told =
            || periods().take_while(|&n| start(n) < 3 * TOP).find(|&n| (start(n).saturating_sub(16)..start(n)).any(|at| summed_up(&at)));
        // "tháng 9 và 9 tháng đầu năm": of several the last is the whole.
        let last = |n: usize| periods().skip_while(|&m| m < n).take_while(|&m| doc.line(start(n)).contains(&start(m))).last().unwrap_or(n);
        heading.map(last).or_else(told).map(|n| self.covered(n))
    }

    /// Whether the date is a stretch of time that figures cover, no term of office, and not what they are compared with.
    fn is_period(&self, n: usize) -> bool {
        const REACH: usize = 9;
        let doc = self.doc;
        let (Some(reading), Some(date)) = (self.found.dates.get(n), self.dates.get(n)) else { return false };
        let start = reading.tokens.start;
        let clause = (start.saturating_sub(REACH)..start).rev().take_while(|&at| doc.is_word(at) && doc.same_sentence(at, start));
        let base = clause.into_iter().any(|at| doc.is(at, w::so) || doc.is(at, w::cùng) && doc.is(at + 1, w::kỳ));
        let grain = matches!(date.kind, DateKind::Month | DateKind::Quarter | DateKind::Half | DateKind::Year | DateKind::Interval);
        let term = matches!(doc.small(start), w::nhiệm | w::giai);
        // "đến tháng 9", "từ năm 2015", "trước tháng 6": a point from or to which something runs.
        let point = doc.is_any(start, &[w::trước, w::sau])
            || start > 0 && (doc.is_any(start - 1, &[w::đến, w::tới, w::từ, w::trước, w::sau]) && date.kind != DateKind::Interval);
        grain && !base && !term && !point && date.resolved.is_some() && !self.in_document(start)
    }

    /// The period of date `n`; *hết tháng 9* covers the year from its beginning.
    fn covered(&self, n: usize) -> String {
        let doc = self.doc;
        let resolved = self.dates.get(n).and_then(|date| date.resolved.clone()).unwrap_or_default();
        let start = self.found.dates.get(n).map_or(0, |d| d.tokens.start);
        let to_end = doc.is(start, w::hết) || start > 0 && (doc.is(start - 1, w::hết) || matches!(doc.title(start - 1), w::hết));
        match resolved.split_once('-') {
            Some((year, month)) if to_end && month.len() == 2 && !month.starts_with(['Q', 'H']) => match month {
                "06" => format!("{year}-H1"),
                "12" => year.to_owned(),
                _ => format!("{year}-01/{resolved}"),
            },
            _ => resolved,
        }
    }

    fn in_document(&self, at: usize) -> bool {
        let documents = &self.found.documents;
        let n = documents.partition_point(|d| d.tokens.start <= at).checked_sub(1);
        n.and_then(|n| documents.get(n)).is_some_and(|d| at < d.tokens.end)
    }
}

/// Fills in what the two numbers make, and whether a stated percentage agrees.
fn judge(indicator: &mut Indicator, actual: Decimal, target: Decimal, doc: &Doc, tokens: Range<usize>) {
    if target.value() == 0.0 {
        return;
    }
    let exact = 100.0 * actual.value() / target.value();
    indicator.computed_percent = Some(round(exact));
    // The digits that the text states decide how exact it must be.
    let stated = indicator.percent.and_then(|percent| {
        let reach = tokens.start..tokens.end + 2;
        let figures = reach.filter(|&at| doc.is_number(at)).filter_map(|at| Some((at, parse(doc.raw(at))?)));
        figures.into_iter().find(|(_, figure)| (figure.value() - percent).abs() < 1e-9)
    });
    // "đạt trên 100%" of 104 % is no contradiction.
    let bound = |at: usize| at > 0 && doc.is_any(at - 1, &[w::trên, w::hơn, w::gần, w::dưới, w::khoảng]);
    indicator.consistent =
        stated.map(|(at, figure)| (bound(at), agrees(figure, exact))).filter(|&(bound, agrees)| agrees || !bound).map(|(_, agrees)| agrees);
    indicator.span = doc.span(&tokens);
    doc.slice(&tokens).clone_into(&mut indicator.text);
}

/// Behind who set the plan, if that stands at token `at`: *dự toán | tỉnh giao |*.
fn past_giver(doc: &Doc, at: usize) -> usize {
    const LONGEST: usize = 4;
    let words = (at..at + LONGEST).take_while(|&n| doc.is_word(n) && !doc.at_line_start(n));
    words.into_iter().find(|&n| doc.small(n) == w::giao).map_or(at, |given| given + 1)
}

fn opens_bracket(doc: &Doc, at: usize, figure: usize) -> bool {
    doc.is(at, w::OPEN) && figure == at + 1
}

/// Whether a change in unit `b` can be one of a figure in unit `a`: *tỷ đồng* and *triệu đồng*, *người* and *người chết*, but not *người* and *vụ*.
fn is_unit_of(a: &str, b: &str) -> bool {
    a.split(' ').next() == b.split(' ').next() || a.split(' ').next_back() == b.split(' ').next_back()
}

/// A line without a full stop at its end, and of few words.
fn is_heading(doc: &Doc, at: usize) -> bool {
    const LONGEST: usize = 30;
    let line = doc.line(at);
    line.len() <= LONGEST && !line.end.checked_sub(1).is_some_and(|last| doc.is_any(last, &[w::DOT, w::SEMICOLON]))
}

/// Past the scale words of a unit: *triệu | cổ phần*.
fn past_scale(doc: &Doc, at: usize) -> usize {
    at + (at..at + 2).take_while(|&at| crate::number::scale_word(doc, at).is_some()).count()
}

fn is_measure(doc: &Doc, at: usize) -> bool {
    crate::kind::quantity::unit_phrase(doc, at).is_some_and(|unit| unit.measure)
}

/// The counted noun without what is said of it: *đảng viên* of *đảng viên mới*.
fn unit_of(doc: &Doc, unit: &Range<usize>) -> String {
    let joint = unit.clone().any(|at| doc.is(at, w::COMMA));
    let noun = doc.hits_at(unit.start).find(|hit| hit.table == Table::Units && hit.end >= unit.start + 2 && hit.end <= unit.end);
    match noun.filter(|_| !joint && unit.len() > 2) {
        Some(noun) => doc.plain(&(unit.start..noun.end)),
        None => doc.plain(unit),
    }
}

/// Whether a part can be one of the whole: the same noun, or people of people.
fn same_sort(doc: &Doc, whole: &Range<usize>, part: &Range<usize>) -> bool {
    let is_person = |at: usize| {
        matches!(
            doc.sym(at),
            w::người
                | w::nữ
                | w::nam
                | w::đại
                | w::đảng
                | w::đoàn
                | w::cán
                | w::hội
                | w::công
                | w::sinh
                | w::giáo
                | w::thành
                | w::ứng
                | w::ủy
                | w::đồng
                | w::lao
        ) && matches!(doc.sym(at + 1), w::biểu | w::viên | w::bộ | w::nhân | w::chí | w::động | w::dân | w::cử)
            || matches!(doc.small(at), w::người | w::nữ | w::nam)
    };
    !whole.is_empty()
        && (doc.sym(whole.start) == doc.sym(part.start) && doc.sym(whole.start) != 0 || is_person(whole.start) && is_person(part.start))
}

/// The verb before the percentage at token `at`, and where it begins (where the words of degree begin, if there is none).
fn comparison(doc: &Doc, at: usize, floor: usize) -> (Comparison, usize) {
    let mut lead = at;
    let mut rate = false;
    while lead > floor && !doc.at_line_start(lead) {
        let word = lead - 1;
        let degree = doc
            .is_any(word, &[w::khoảng, w::hơn, w::gần, w::trên, w::dưới, w::đến, w::tới, w::ước, w::COLON, w::là, w::mới, w::được])
            || matches!(doc.small(word), w::thêm | w::mức | w::ở | w::xấp | w::xỉ | w::lên | w::chỉ | w::những | w::vượt | w::tới);
        let is_rate = doc.is(word, w::lệ) && word > floor && doc.is_any(word - 1, &[w::tỷ, w::tỉ]);
        if !degree && !is_rate {
            break;
        }
        if doc.small(word) == w::vượt {
            return (Comparison::Growth(Change::Increase), word);
        }
        rate |= is_rate;
        lead = if is_rate { word - 1 } else { word };
    }
    let Some(verb) = lead.checked_sub(1).filter(|&verb| verb >= floor && !doc.at_line_start(lead)) else { return (Comparison::None, lead) };
    let two = |first, second| verb > floor && doc.small(verb - 1) == first && doc.small(verb) == second;
    let growth = |change, start| (Comparison::Growth(change), start);
    // "giảm còn 2,5%" and "tăng lên 80%" say where it stands, not by how much.
    let level = (lead..at).any(|n| doc.is_any(n, &[w::đến, w::tới]) || matches!(doc.small(n), w::lên | w::xuống));
    if two(w::tăng, w::trưởng) {
        return growth(Change::Increase, verb - 1);
    }
    if doc.is(verb, w::tăng) && !level {
        return growth(Change::Increase, verb);
    }
    // "cắt giảm 10% chi thường xuyên" is an order, "miễn giảm 50% tiền thuê" a favour.
    if doc.is(verb, w::giảm) && !level && !(verb > floor && matches!(doc.small(verb - 1), w::cắt | w::miễn | w::khấu | w::chiết))
    {
        return growth(Change::Decrease, verb);
    }
    // "cao hơn mức 5,52% cùng kỳ" names the other level.
    let named = (lead..at).any(|n| doc.small(n) == w::mức);
    if matches!(doc.small(verb), w::cao | w::nhiều) && doc.is(lead, w::hơn) && !named {
        return growth(Change::Increase, verb);
    }
    if matches!(doc.small(verb), w::thấp | w::ít) && doc.is(lead, w::hơn) && !named {
        return growth(Change::Decrease, verb);
    }
    if doc.is_any(verb, &[w::đạt, w::bằng, w::EQUALS]) {
        // "tăng trưởng đạt 6%" is growth.
        let grown = verb > floor + 1 && doc.small(verb - 2) == w::tăng && doc.small(verb - 1) == w::trưởng;
        return if grown { growth(Change::Increase, verb) } else { (Comparison::Share, verb) };
    }
    if two(w::hoàn, w::thành) || two(w::thực, w::hiện) || two(w::tương, w::ứng) || two(w::tương, w::đương) {
        return (Comparison::Share, verb - 1);
    }
    // "ước được 85% kế hoạch"
    if doc.is_any(lead, &[w::được, w::ước, w::mới]) || rate {
        return (Comparison::Share, lead);
    }
    (Comparison::None, lead)
}

/// *so với cùng kỳ tăng 9%*, *so với cùng kỳ, số vụ bằng 112%*: the basis that ends right before token `verb`.
fn leading_basis(doc: &Doc, verb: usize, floor: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 12;
    let end = if verb > floor && doc.is(verb - 1, w::COMMA) { verb - 1 } else { verb };
    let start = (floor.max(end.saturating_sub(LONGEST))..end)
        .rev()
        .take_while(|&at| !doc.is_any(at, &[w::COMMA, w::SEMICOLON, w::OPEN]))
        .find(|&at| doc.is(at, w::so) && (doc.is(at + 1, w::với) || is_base(doc, at + 1)))?;
    (end > start + 1).then_some(start..end)
}

/// What the comparisons of a sentence, or of the clause behind a semicolon, are with before anything else: *So với cùng kỳ, số vụ giảm 15%, số người
/// chết giảm 8%*; `lead` is the token of the comparison.
fn opening_basis(doc: &Doc, lead: usize) -> Option<Range<usize>> {
    const REACH: usize = 60;
    const LEAD: usize = 4;
    const LONGEST: usize = 14;
    let sentence = doc.sentence(lead).start;
    let clause = (sentence.max(lead.saturating_sub(REACH))..lead).rev().find(|&at| doc.is(at, w::SEMICOLON)).map(|at| at + 1);
    let opens = |from: usize| {
        let start = (from..from + LEAD).find(|&at| doc.is(at, w::so) && (doc.is(at + 1, w::với) || is_base(doc, at + 1)))?;
        let end = (start..start + LONGEST).find(|&at| doc.is(at, w::COMMA))?;
        (end < lead && doc.same_sentence(from, end)).then_some(start..end)
    };
    clause.and_then(opens).or_else(|| opens(sentence))
}

/// Whether token `at` begins what a result is measured against.
fn is_base(doc: &Doc, at: usize) -> bool {
    matches!(
        (doc.sym(at), doc.sym(at + 1)),
        (w::kế, w::hoạch)
            | (w::dự, w::toán | w::báo | w::kiến)
            | (w::chỉ, w::tiêu)
            | (w::nghị, w::quyết)
            | (w::mục, w::tiêu)
            | (w::cùng, w::kỳ | w::kì)
            | (w::kịch, w::bản)
            | (w::phương, w::án)
            | (w::nhiệm, w::vụ)
            | (w::tiến, w::độ)
            | (w::định, w::mức | w::suất)
            | (w::năm | w::tháng | w::quý | w::tuần, w::trước | w::ngoái)
    ) || matches!(doc.raw(at), "KH" | "NQ" | "CT" | "DT")
}

/// The percentage is one of a whole that is named behind it: *bằng 1,42% tổng đàn*.
fn is_share_of_whole(doc: &Doc, at: usize) -> bool {
    doc.is_lower(at) && !doc.at_line_start(at) && !is_function_word(doc, at)
        || doc.is(at, w::của)
        || doc.small(at) == w::tổng
        || doc.is(at, w::so)
}

/// Who set the plan, and the clause behind it, are no part of the basis.
fn ends_basis(doc: &Doc, at: usize) -> bool {
    matches!(
        doc.sym(at),
        w::giao
            | w::đề
            | w::được
            | w::do_
            | w::đã
            | w::mà
            | w::của
            | w::và
            | w::là
            | w::thì
            | w::nhưng
            | w::trong
            | w::với
            | w::ở
            | w::tại
            | w::tăng
            | w::giảm
            | w::đạt
            | w::bằng
            | w::đặt
            | w::theo
            | w::nêu
            | w::để
            | w::cao
            | w::thấp
            | w::nên
            | w::song
            | w::về
            | w::còn
            | w::hay
            | w::có
            | w::từ
    ) && !(doc.is(at, w::với) && at > 0 && doc.is(at - 1, w::so))
        || matches!((doc.small(at), doc.small(at + 1)), (w::tỉnh | w::huyện | w::xã | w::trên | w::thành | w::quận | w::phố, w::giao))
        || matches!((doc.small(at), doc.small(at + 1), doc.small(at + 2)), (w::thành, w::phố, w::giao) | (w::cấp, w::trên, w::giao))
}

/// Whether between `end` and `start` nothing stands but marks and words that carry a comparison on.
fn chains(doc: &Doc, end: usize, start: usize) -> bool {
    end <= start
        && start - end <= 6
        && !doc.at_line_start(start)
        && (end..start).all(|at| {
            doc.is_any(at, &[w::COMMA, w::OPEN, w::CLOSE, w::HYPHEN, w::và, w::mới, w::ước])
                || matches!(
                    doc.small(at),
                    w::chỉ | w::cũng | w::đều | w::nhưng | w::đã | w::đồng | w::thời | w::song | w::vẫn | w::tức | w::đạt
                )
        })
}

/// *(kế hoạch 5.000 ha)*, */KH 5.000 ha*, *so với kế hoạch là 5.000 ha*: whether what stands between says that a plan follows.
fn is_plan_of(doc: &Doc, end: usize, start: usize) -> bool {
    const LONGEST: usize = 9;
    if start < end || start - end > LONGEST {
        return false;
    }
    let planned = (end..start).any(|at| {
        matches!((doc.sym(at), doc.sym(at + 1)), (w::kế, w::hoạch) | (w::chỉ, w::tiêu) | (w::dự, w::toán)) || matches!(doc.raw(at), "KH")
    });
    let only = (end..start).all(|at| {
        doc.is_any(at, &[w::OPEN, w::SLASH, w::COMMA, w::COLON, w::là, w::so, w::với, w::năm, w::trên])
            || matches!(
                doc.sym(at),
                w::kế
                    | w::hoạch
                    | w::chỉ
                    | w::tiêu
                    | w::dự
                    | w::toán
                    | w::kh
                    | w::giao
                    | w::được
                    | w::đề
                    | w::ra
                    | w::vốn
                    | w::cả
                    | w::tổng
                    | w::theo
            )
            || doc.is_number(at) && doc.is(at - 1, w::năm)
    });
    planned && only || start == end + 1 && doc.is(end, w::SLASH)
}

/// Behind a figure the rest of its noun: *ha | lúa xuân*, *đảng viên | ở nông thôn*; up to a mark or the next comparison.
fn noun_tail(doc: &Doc, from: usize) -> usize {
    const LONGEST: usize = 14;
    let mut end = from;
    let stops =
        |at: usize| opens_comparison(doc, at) || matches!(doc.small(at), w::nhưng | w::mà | w::thì | w::nên | w::để | w::do_ | w::vì);
    while end < from + LONGEST && !doc.at_line_start(end) && doc.is_word(end) && !stops(end) {
        end += 1;
    }
    // Cut off in the middle it says nothing.
    let whole = !doc.is_word(end) || doc.at_line_start(end) || stops(end);
    if whole && !doc.is_number(end) { end } else { from }
}

/// A verb of comparison with a percentage behind it, or a clause of its own.
fn opens_comparison(doc: &Doc, at: usize) -> bool {
    const REACH: usize = 6;
    let verb =
        doc.is_any(at, &[w::đạt, w::bằng, w::tăng, w::giảm, w::chiếm]) || matches!(doc.small(at), w::vượt | w::cao | w::thấp | w::hoàn);
    let compared = verb && (at + 1..at + REACH).take_while(|&n| !doc.is_any(n, &[w::COMMA, w::SEMICOLON])).any(|n| doc.is_number(n));
    compared || doc.is(at, w::so) && doc.is(at + 1, w::với) || matches!((doc.small(at), doc.small(at + 1)), (w::trong, w::đó))
}

/// Where the label before token `at` ends: past the words between what is measured and its figure.
fn label_end(doc: &Doc, at: usize, floor: usize) -> usize {
    let mut end = at;
    while end > floor && !doc.at_line_start(end) {
        let word = end - 1;
        let linking = doc.is_any(word, &[w::đạt, w::là, w::còn, w::COLON, w::bằng, w::HYPHEN, w::OPEN, w::chiếm]);
        let degree =
            doc.is_any(word, &[w::được, w::khoảng, w::mới, w::hơn, w::gần, w::trên, w::dưới, w::đến, w::tới, w::ước, w::đang, w::với]);
        let adverb = matches!(
            doc.small(word),
            w::đã
                | w::sẽ
                | w::chỉ
                | w::lên
                | w::xuống
                | w::ở
                | w::tính
                | w::vẫn
                | w::cũng
                | w::đều
                | w::thêm
                | w::kiến
                | w::dự
                | w::cộng
                | w::đó
                | w::hiện
                | w::thực
                | w::ra
                | w::trong
                | w::nay
        );
        // "xảy ra 45 vụ", "phát hiện 12 vụ": the second half of a verb.
        let half = word > floor
            && matches!(
                (doc.small(word - 1), doc.small(word)),
                (w::xảy | w::diễn | w::gây | w::đưa | w::phát | w::đề, w::ra) | (w::phát | w::xuất | w::biểu | w::thể, w::hiện)
            );
        if half {
            break;
        }
        // "đạt mức 5%", but "hoàn thành vượt mức 5 chỉ tiêu"
        let level = doc.small(word) == w::mức
            && word > floor
            && (doc.is_any(word - 1, &[w::đạt, w::đến]) || matches!(doc.small(word - 1), w::ở | w::lên));
        // "công tác A theo hình thức B, đạt 26/37 học viên"
        // "thu hồi đối với 12/46 dự án"
        if doc.is(word, w::với) && word > floor && doc.is(word - 1, w::đối) {
            end = word - 1;
            continue;
        }
        let comma = doc.is(word, w::COMMA) && end < at && doc.is_any(end, &[w::đạt, w::là, w::bằng, w::ước, w::chiếm, w::còn]);
        // "Đàn lợn hiện có 1,05 triệu con"
        let existing = doc.is(word, w::có) && word > floor && doc.is(word - 1, w::hiện);
        if !(linking || degree || adverb || level || comma || existing) {
            break;
        }
        end = word;
    }
    end
}

/// Whether a word that links a noun to its figure, rather than a verb to its object, stands in `between`: *thu ngân sách | đạt*.
fn copula_between(doc: &Doc, between: Range<usize>) -> bool {
    between
        .into_iter()
        .any(|at| doc.is_any(at, &[w::đạt, w::là, w::còn, w::COLON, w::bằng, w::COMMA, w::OPEN, w::chiếm]) || doc.small(at) == w::lên)
}

/// Whether a label, read backwards from its end, cannot hold token `at`.
fn ends_label(doc: &Doc, at: usize, end: usize) -> bool {
    match doc.small(at) {
        // "cây màu đã trồng 11 ha": before a single verb the noun is the label's.
        w::đã => end - at > 2,
        w::khiến | w::nhờ => true,
        w::theo => at > 0 && doc.small(at - 1) == w::kéo,
        w::đó
        | w::riêng
        | w::nhưng
        | w::song
        | w::thể
        | w::sẽ
        | w::như
        | w::mà
        | w::thì
        | w::khi
        | w::nêu
        | w::rằng
        | w::biết
        | w::thấy
        | w::hiện
        | w::nay
        | w::là => !(doc.small(at) == w::hiện && matches!(doc.small(at.wrapping_sub(1)), w::thực | w::phát | w::biểu | w::xuất)),
        _ => doc.title(at) == w::riêng,
    }
}

/// *Thu xuất, nhập khẩu*, *phòng, chống dịch*: the comma at `at` parts words of one noun.
fn short_list(doc: &Doc, at: usize, floor: usize, end: usize) -> bool {
    let words = |at: usize| doc.is_word(at) && !is_function_word(doc, at);
    let behind = (at + 1..end).take_while(|&n| words(n)).count();
    let before = (floor..at).rev().take_while(|&n| words(n) && !doc.at_line_start(n + 1)).count();
    // Before it nothing else of the clause: "Kinh doanh được quan tâm, thu ngân sách …" are two.
    let opens = at - before <= floor || !doc.is_word(at - before - 1) || doc.at_line_start(at - before);
    // "công nghiệp chế biến, chế tạo": two words of one kind.
    let alike = behind == 2 && before >= 2 && doc.sym(at + 1) != 0 && doc.sym(at + 1) == doc.sym(at - 2);
    if alike && at + 1 + behind == end {
        return true;
    }
    opens && (1..=2).contains(&before) && (1..=2).contains(&behind) && at + 1 + behind == end && doc.is_lower(at + 1)
}

/// The label without the words at its end that lead on to the figure: *CPI bình quân | có mức (tăng 5%)*.
fn trim(doc: &Doc, mut label: Range<usize>) -> Range<usize> {
    loop {
        let last = label.end.saturating_sub(1);
        let words = match (doc.small(last.wrapping_sub(1)), doc.small(last)) {
            (w::tốc, w::độ) | (w::thực, w::tế) => 2,
            (w::có | w::đạt | w::ở, w::mức) => 2,
            (_, w::mức) if label.len() == 1 => 1,
            (_, w::và) => 1,
            _ => return label,
        };
        label.end = label.end.saturating_sub(words);
        if label.end <= label.start {
            return label.start..label.start;
        }
    }
}

/// The label without the words that lead in: *trên địa bàn quận*, *toàn huyện*, *các*.
fn strip(doc: &Doc, mut label: Range<usize>) -> Range<usize> {
    loop {
        let at = label.start;
        let (first, second) = (doc.sym(at), doc.sym(at + 1));
        let words = match (first, second) {
            (w::cuối | w::đầu | w::giữa, w::năm | w::tháng | w::kỳ | w::quý) => 2,
            (w::đối, w::với) | (w::tuy, w::nhiên) | (w::ngoài, w::ra) | (w::theo | w::do_ | w::qua | w::nhờ, w::đó) | (w::vì, w::vậy) => {
                2
            }
            (w::bên, w::cạnh) if doc.small(at + 2) == w::đó => 3,
            (w::trên, w::địa) if doc.small(at + 2) == w::bàn => 3,
            (w::toàn, w::tỉnh | w::huyện | w::xã | w::quận | w::ngành | w::quốc | w::đảng | w::khối | w::phường | w::trường | w::thị)
            | (w::cả, w::nước) => 2,
            (w::toàn, w::thành) => 3,
            (w::địa | w::đơn, w::phương | w::vị) | (w::thành, w::phố) | (w::cụ, w::thể) => 2,
            (
                w::và
                | w::với
                | w::cho
                | w::để
                | w::thì
                | w::do_
                | w::vì
                | w::qua
                | w::tại
                | w::ở
                | w::trong
                | w::trên
                | w::từ
                | w::theo
                | w::của
                | w::các
                | w::những
                | w::về
                | w::tỉnh
                | w::huyện
                | w::xã
                | w::quận
                | w::phường
                | w::nước
                | w::có
                | w::được
                | w::hiện
                | w::đến
                | w::còn
                | w::tính
                | w::nhờ
                | w::nên
                | w::đã
                | w::nay
                | w::đồng,
                _,
            ) if !matches!(
                (first, second),
                (w::đồng, w::chí | w::bào | w::ruộng | w::ý | w::thuận | w::tình | w::bằng)
                    | (w::xã, w::hội)
                    | (w::hiện, w::vật | w::đại)
                    | (w::được, w::UNDERSCORE)
                    | (w::trong, w::nước)
                    | (w::theo, w::dõi)
            ) =>
            {
                1
            }
            _ if !doc.is_word(at) => 1,
            _ => 0,
        };
        if words == 0 || label.start >= label.end {
            break;
        }
        label.start = (label.start + words).min(label.end);
    }
    label
}
