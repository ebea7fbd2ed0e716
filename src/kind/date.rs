//! **Accepts** days (*ngày 12/11/2021, 8.7, 18-8, ngày 17 tháng 12 năm 2021*), months, quarters, halves, years, decades, clock times,
//! intervals of all of these (*từ ngày 12 đến ngày 15 tháng 10 năm 2020, nhiệm kỳ 2020-2025*), durations (*3 tháng vừa qua*), and words that
//! count from the bulletin's own day (*hôm nay, tháng trước, cùng ngày*).
//!
//! **Refuses** fractions that are ratios, numbers of documents and houses, ages, lunar dates, weekdays alone.
//!
//! **Value** TIMEX3 / ISO 8601: day `2021-11-12`, without a year `XXXX-11-12`, month `2021-11`, quarter `2021-Q4`, half `2021-H2`, decade `199`,
//! clock time `2021-11-12T14:30` or `T14:30`, interval `a/b`, duration `P3M`. Years 1000 to 2100.
//!
//! **Ambiguity** *6/5* is decided in [`super::ratio::verdict`]. A year that is missing is the one that brings the date nearest to the
//! bulletin's day, or the next after it behind *đến, trước, hết*.
//!
//! **Sources** TIMEX3 (ISO 24617-1) for values; ISO 8601 for intervals and durations.

use std::ops::Range;

use jiff::civil;
use jiff::{Span as JiffSpan, ToSpan};

use super::ratio::{Verdict, verdict};
use crate::bulletin::{DateKind, PartOfDay};
use crate::doc::Doc;
use crate::lexicon::{Hit, Sym, Table};
use crate::number::{figure, roman};
use crate::token::Case;
use crate::words as w;

/// A date as read, before its year is known.
#[derive(Debug, Clone)]
pub(crate) struct DateReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) value: Value,
    pub(crate) part: Option<PartOfDay>,
    /// Words before it that point ahead (*đến, trước, hết*).
    pub(crate) ahead: bool,
    /// *từ* before it: what has begun.
    pub(crate) since: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Point(Point),
    Interval(Point, Point),
    Duration(String),
    /// So many days, months … from the bulletin's day.
    Relative {
        grain: Grain,
        offset: i64,
        month: Option<i8>,
        time: Option<(i8, i8)>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    /// *cùng ngày*: the day last named.
    SameDay,
}

impl Value {
    fn has_day(&self) -> bool {
        matches!(self, Value::Point(p) if p.day.is_some())
    }
}

/// A point in time with what is said of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) year: Option<i16>,
    pub(crate) part: Part,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    /// Hour and minute.
    pub(crate) time: Option<(i8, i8)>,
}

/// Parts of a year that are no months, and units larger than one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    None,
    Quarter(i8),
    Half(i8),
    Decade,
}

/// Adds a number in so many digits. Dates are many, and `format!` takes longer than all else that is done for one.
fn push_digits(out: &mut String, number: impl Into<i32>, width: u32) {
    let number = number.into().unsigned_abs();
    for place in (0..width).rev() {
        out.extend(char::from_digit(number / 10u32.pow(place) % 10, 10));
    }
}

impl Point {
    fn of_year(year: i16) -> Self {
        Point { year: Some(year), ..Point::default() }
    }

    fn is_year(self) -> bool {
        self == Point::of_year(self.year.unwrap_or(0))
    }

    pub(crate) fn is_full_day(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// The day without its clock time, `YYYY-MM-DD`.
    pub(crate) fn day_alone(self) -> Option<String> {
        self.is_full_day().then(|| Point { time: None, ..self }.value())
    }

    /// TIMEX3 value.
    pub(crate) fn value(self) -> String {
        let mut out = String::with_capacity("2021-11-12T08:00".len());
        let year = |out: &mut String| match self.year {
            Some(year) => push_digits(out, year, 4),
            None => out.push_str("XXXX"),
        };
        let clock = |out: &mut String| {
            if let Some((hour, minute)) = self.time {
                out.push('T');
                push_digits(out, hour, 2);
                out.push(':');
                push_digits(out, minute, 2);
            }
        };
        let behind = |out: &mut String, mark: &str, number: i8, width| {
            out.push_str(mark);
            push_digits(out, number, width);
        };
        match (self.part, self.month, self.day) {
            (Part::Decade, _, _) => {
                if let Some(year) = self.year {
                    push_digits(&mut out, year / 10, 3);
                }
            }
            (Part::Quarter(quarter), _, _) => {
                year(&mut out);
                behind(&mut out, "-Q", quarter, 1);
            }
            (Part::Half(half), _, _) => {
                year(&mut out);
                behind(&mut out, "-H", half, 1);
            }
            (Part::None, Some(month), Some(day)) => {
                year(&mut out);
                behind(&mut out, "-", month, 2);
                behind(&mut out, "-", day, 2);
                clock(&mut out);
            }
            (Part::None, Some(month), None) => {
                year(&mut out);
                behind(&mut out, "-", month, 2);
            }
            (Part::None, None, Some(day)) => {
                behind(&mut out, "XXXX-XX-", day, 2);
                clock(&mut out);
            }
            (Part::None, None, None) if self.time.is_some() => clock(&mut out),
            (Part::None, None, None) => year(&mut out),
        }
        out
    }

    fn kind(self) -> DateKind {
        match (self.part, self.month, self.day) {
            _ if self.time.is_some() => DateKind::Time,
            (Part::Quarter(_), _, _) => DateKind::Quarter,
            (Part::Half(_), _, _) => DateKind::Half,
            (Part::Decade, _, _) => DateKind::Decade,
            (_, _, Some(_)) => DateKind::Day,
            (_, Some(_), None) => DateKind::Month,
            _ => DateKind::Year,
        }
    }

    /// The first and the last day it covers.
    fn days(self) -> Option<(civil::Date, civil::Date)> {
        let year = self.year?;
        let months = |first: i8, count: i8| -> Option<(civil::Date, civil::Date)> {
            let start = civil::Date::new(year, first, 1).ok()?;
            let last = civil::Date::new(year, first + count - 1, 1).ok()?.last_of_month();
            Some((start, last))
        };
        match (self.part, self.month, self.day) {
            (Part::Quarter(q), _, _) => months(q * 3 - 2, 3),
            (Part::Half(h), _, _) => months(h * 6 - 5, 6),
            (Part::Decade, _, _) => {
                let first = year / 10 * 10;
                Some((civil::Date::new(first, 1, 1).ok()?, civil::Date::new(first + 9, 12, 31).ok()?))
            }
            (Part::None, Some(m), Some(d)) => {
                let day = civil::Date::new(year, m, d).ok()?;
                Some((day, day))
            }
            (Part::None, Some(m), None) => months(m, 1),
            (Part::None, None, None) => months(1, 12),
            (Part::None, None, Some(_)) => None,
        }
    }

    /// The start of an interval that ends at `end`: it runs forward, so that the one which ends in January began last year.
    fn not_after(self, end: Point) -> Point {
        match (self.days(), end.days()) {
            (Some((first, _)), Some((_, last))) if first > last => Point { year: self.year.map(|y| y - 1), ..self },
            _ => self,
        }
    }

    /// The same point in the year that fits the bulletin's day.
    fn in_year_near(self, day: civil::Date, ahead: bool, since: bool) -> Point {
        if self.year.is_some() {
            return self;
        }
        if self.month.is_none() && self.part == Part::None {
            // A clock time alone, or a day of an unknown month.
            let (Some(_), None) = (self.time, self.day) else { return self };
            return Point { year: Some(day.year()), month: Some(day.month()), day: Some(day.day()), ..self };
        }
        let month = match self.part {
            Part::Quarter(q) => q * 3 - 1,
            Part::Half(_) => day.month(),
            _ => self.month.unwrap_or(1),
        };
        let away = i32::from(month) - i32::from(day.month());
        let shift = match away {
            1.. if since => -1,
            8.. if !ahead => -1,
            7 if !ahead && self.day.is_some() => -1,
            ..=-10 if self.day.is_some() => 1,
            ..=-2 if ahead => 1,
            _ => 0,
        };
        let year = day.year().saturating_add(shift);
        Point { year: Some(year), ..self }
    }
}

impl DateReading {
    pub(crate) fn value(&self, anchor: Option<civil::Date>, same_day: Option<civil::Date>) -> String {
        match &self.value {
            Value::Point(p) => p.value(),
            Value::Interval(a, b) => format!("{}/{}", a.value(), b.value()),
            Value::Duration(d) => d.clone(),
            Value::Relative { grain: Grain::Week, .. } => {
                self.resolve(anchor, None, None).map_or_else(|| self.unanchored(), |(week, _)| week)
            }
            Value::Relative { .. } => self.relative(anchor, same_day).map_or_else(|| self.unanchored(), Point::value),
        }
    }

    /// A relative date in a bulletin without a day.
    fn unanchored(&self) -> String {
        match &self.value {
            Value::Relative { grain: Grain::Year, month: Some(m), .. } => format!("XXXX-{m:02}"),
            Value::Relative { grain: Grain::Year, .. } => "XXXX".to_owned(),
            Value::Relative { grain: Grain::Month, .. } => "XXXX-XX".to_owned(),
            Value::Relative { grain: Grain::Week, .. } => "XXXX-WXX".to_owned(),
            Value::Relative { grain: Grain::Quarter, .. } => "XXXX-QX".to_owned(),
            Value::Relative { time: Some((h, m)), .. } => format!("XXXX-XX-XXT{h:02}:{m:02}"),
            _ => "XXXX-XX-XX".to_owned(),
        }
    }

    pub(crate) fn kind(&self) -> DateKind {
        match &self.value {
            Value::Point(p) => p.kind(),
            Value::Interval(..) => DateKind::Interval,
            Value::Duration(_) => DateKind::Duration,
            Value::Relative { time: Some(_), .. } => DateKind::Time,
            Value::Relative { month: Some(_), .. } => DateKind::Month,
            Value::Relative { grain, .. } => match grain {
                Grain::Day | Grain::SameDay => DateKind::Day,
                Grain::Week => DateKind::Interval,
                Grain::Month => DateKind::Month,
                Grain::Quarter => DateKind::Quarter,
                Grain::Year => DateKind::Year,
            },
        }
    }

    fn relative(&self, anchor: Option<civil::Date>, same_day: Option<civil::Date>) -> Option<Point> {
        let Value::Relative { grain, offset, month, time } = self.value else { return None };
        let anchor = anchor?;
        let shifted = |span: JiffSpan| anchor.checked_add(span).ok();
        let day_point =
            |d: civil::Date| Point { year: Some(d.year()), month: Some(d.month()), day: Some(d.day()), time, ..Point::default() };
        Some(match grain {
            Grain::Day => day_point(shifted(offset.days())?),
            Grain::SameDay => day_point(same_day.unwrap_or(anchor)),
            Grain::Week => return None,
            Grain::Month => {
                let d = anchor.first_of_month().checked_add(offset.months()).ok()?;
                Point { year: Some(d.year()), month: Some(d.month()), ..Point::default() }
            }
            Grain::Quarter => {
                let d = anchor.first_of_month().checked_add((offset * 3).months()).ok()?;
                Point { year: Some(d.year()), part: Part::Quarter((d.month() + 2) / 3), ..Point::default() }
            }
            Grain::Year => Point { year: Some(anchor.year().saturating_add(i16::try_from(offset).ok()?)), month, ..Point::default() },
        })
    }

    /// The same with the year filled in, where only the bulletin's year is known.
    pub(crate) fn in_year(&self, year: i16) -> DateReading {
        let fill = |p: Point| if p.month.is_some() || p.part != Part::None { Point { year: p.year.or(Some(year)), ..p } } else { p };
        let value = match &self.value {
            Value::Point(p) => Value::Point(fill(*p)),
            Value::Interval(a, b) if a.year.is_none() => Value::Interval(fill(*a).not_after(fill(*b)), fill(*b)),
            Value::Interval(a, b) => Value::Interval(*a, fill(*b)),
            other => other.clone(),
        };
        DateReading { value, ..self.clone() }
    }

    /// The value with everything filled in, and the first and last day covered.
    pub(crate) fn resolve(
        &self,
        anchor: Option<civil::Date>,
        same_day: Option<civil::Date>,
        event_day: Option<civil::Date>,
    ) -> Option<(String, Option<(civil::Date, civil::Date)>)> {
        let near = |p: Point| match (anchor, p.time, p.day, p.month) {
            // A clock time alone is on the day of the event that is spoken of.
            (Some(day), Some(_), None, None) => p.in_year_near(event_day.unwrap_or(day), false, false),
            (Some(day), ..) => p.in_year_near(day, self.ahead, self.since && !matches!(self.value, Value::Interval(..))),
            (None, ..) => p,
        };
        // February 29 of a year that has none stays without a year.
        let known = |p: &Point| p.year.is_some() && (p.month.is_none() || p.day.is_none() || p.days().is_some());
        match &self.value {
            Value::Point(p) => {
                let p = near(*p);
                known(&p).then(|| (p.value(), p.days()))
            }
            Value::Interval(a, b) => {
                let written = a.year.is_some();
                let (a, b) = (near(*a), near(*b));
                let a = if written { a } else { a.not_after(b) };
                (known(&a) && known(&b)).then(|| {
                    // One that is written the wrong way round covers no days.
                    let days = a.days().zip(b.days()).map(|(x, y)| (x.0, y.1)).filter(|(first, last)| first <= last);
                    (format!("{}/{}", a.value(), b.value()), days)
                })
            }
            Value::Duration(_) => None,
            Value::Relative { grain: Grain::Week, offset, .. } => {
                let day = anchor?.checked_add((*offset * 7).days()).ok()?;
                let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
                let sunday = monday.checked_add(6.days()).ok()?;
                Some((format!("{monday}/{sunday}"), Some((monday, sunday))))
            }
            Value::Relative { .. } => self.relative(anchor, same_day).map(|p| (p.value(), p.days())),
        }
    }
}

/// Which of the readers read a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateRule {
    LunarYear,
    Interval,
    Relative,
    MonthsOfYear,
    DaysOfMonth,
    Points,
    Duration,
}

/// The date that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize) -> Option<DateReading> {
    read_by(doc, i).map(|(reading, _)| reading)
}

/// The date that begins at token `i`, and which reader read it.
pub(crate) fn read_by(doc: &Doc, i: usize) -> Option<(DateReading, DateRule)> {
    // "nhằm ngày 14/4 năm Quý Mão": by the moon.
    let lunar = |at: usize| at > 0 && doc.small(at - 1) == w::nhằm;
    if !may_start(doc, i) || lunar(i) || (i > 0 && doc.is(i - 1, w::ngày) && lunar(i - 1)) {
        return None;
    }
    // "Xuân Kỷ Hợi 2019"
    let lunar_year = doc.find_before(Table::Calendar, i).is_some_and(|hit| doc.entry(hit).cells[1] == "lunar_year");
    if let Some(year) = recent_year(doc, i).filter(|_| lunar_year) {
        let value = Value::Point(Point::of_year(year));
        return Some((DateReading { tokens: i..i + 1, value, part: None, ahead: false, since: false }, DateRule::LunarYear));
    }
    let by = |rule: DateRule| move |reading: DateReading| (reading, rule);
    interval_words(doc, i)
        .map(by(DateRule::Interval))
        .or_else(|| relative(doc, i).map(by(DateRule::Relative)))
        .or_else(|| months_of_year(doc, i).map(by(DateRule::MonthsOfYear)))
        .or_else(|| days_of_month(doc, i).map(by(DateRule::DaysOfMonth)))
        .or_else(|| points(doc, i).map(by(DateRule::Points)))
        .or_else(|| duration(doc, i).map(by(DateRule::Duration)))
}

static STARTERS: w::WordSet = w::WordSet::of(&[
    w::ngày,
    w::tháng,
    w::năm,
    w::quí,
    w::quý,
    w::nhiệm,
    w::giai,
    w::niên,
    w::hôm,
    w::rạng,
    w::sáng,
    w::trưa,
    w::chiều,
    w::tối,
    w::buổi,
    w::đêm,
    w::khuya,
    w::cuối,
    w::đầu,
    w::giữa,
    w::từ,
    w::trước,
    w::sau,
    w::hết,
    w::thứ,
    w::trong,
    w::những,
    w::thập,
    w::cùng,
    w::mồng,
    w::mùng,
    w::hơn,
    w::gần,
    w::trên,
    w::khoảng,
    w::chủ,
    w::nửa,
    w::các,
    w::khóa,
    w::suốt,
]);

/// Whether a date can begin at token `i`.
pub(crate) fn may_start(doc: &Doc, i: usize) -> bool {
    doc.is_number(i) || STARTERS.has(doc.sym(i)) || doc.has_any(&[Table::Calendar, Table::Numbers], i)
}

fn calendar<'d>(doc: &'d Doc, i: usize, role: &str) -> Option<(Hit, &'d str)> {
    if !doc.has_any(&[Table::Calendar], i) {
        return None;
    }
    doc.hits_at(i).rev().filter(|h| h.table == Table::Calendar).find_map(|hit| {
        let [value, r] = &doc.entry(hit).cells;
        (&**r == role).then_some((hit, &**value))
    })
}

// ---------------------------------------------------------------- numbers of dates

/// A small whole number at token `i`, written in digits alone.
fn small(doc: &Doc, i: usize, least: i16, most: i16) -> Option<i16> {
    if !doc.is_number(i) {
        return None;
    }
    digits(doc.raw(i)).filter(|n| (least..=most).contains(n))
}

fn digits(raw: &str) -> Option<i16> {
    if raw.len() <= 4 && raw.bytes().all(|b| b.is_ascii_digit()) {
        return raw.parse().ok();
    }
    // Figures of full width begin with EF.
    if !raw.bytes().any(|b| b == 0xef) {
        return None;
    }
    let plain: String =
        raw.chars().map(|c| if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c) } else { c }).collect();
    (plain.len() <= 4).then(|| plain.parse().ok())?
}

pub(crate) fn year_at(doc: &Doc, i: usize) -> Option<i16> {
    (doc.raw(i).chars().count() == 4).then(|| small(doc, i, 1000, 2100))?
}

pub(crate) fn recent_year(doc: &Doc, i: usize) -> Option<i16> {
    year_at(doc, i).filter(|y| (1900..=2100).contains(y))
}

/// Whether the calendar has the day; without a year it may be one of February 29.
fn valid_day(day: i16, month: i16, year: Option<i16>) -> bool {
    const LEAP: i16 = 2000;
    let (Ok(d), Ok(m)) = (i8::try_from(day), i8::try_from(month)) else { return false };
    civil::Date::new(year.unwrap_or(LEAP), m, d).is_ok()
}

fn point_of(day: i16, month: i16, year: Option<i16>) -> Option<Point> {
    if !valid_day(day, month, year) {
        return None;
    }
    Some(Point { year, month: i8::try_from(month).ok(), day: i8::try_from(day).ok(), ..Point::default() })
}

/// *12/11/2021*, *20 / 10*, *18-8*, *16.6.2022*, *8.7*: a numeric date from token `i`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numeric {
    pub(crate) day: i16,
    pub(crate) month: i16,
    pub(crate) year: Option<i16>,
    pub(crate) end: usize,
    /// The mark between the parts.
    pub(crate) slash: bool,
}

pub(crate) fn numeric(doc: &Doc, i: usize) -> Option<Numeric> {
    if !doc.is_number(i) {
        return None;
    }
    let raw = doc.raw(i);
    if raw.contains(['.', ',']) {
        let parts: Vec<&str> = raw.split('.').collect();
        let number = |n: usize| parts.get(n).filter(|p| p.len() <= 4).and_then(|p| digits(p));
        let (day, month) = (number(0)?, number(1)?);
        let year = match parts.len() {
            2 => None,
            3 => Some(number(2).filter(|y| (1000..=2100).contains(y))?),
            _ => return None,
        };
        let two = |n: usize| parts.get(n).is_some_and(|p| p.len() <= 2);
        if !valid_day(day, month, year) || !two(0) || !two(1) {
            return None;
        }
        // "8.7-2022": point and dash mixed.
        let mut found = Numeric { day, month, year, end: i + 1, slash: false };
        if year.is_none()
            && (doc.is_dash(i + 1) || doc.is(i + 1, w::SLASH))
            && doc.touches(i + 1)
            && doc.touches(i + 2)
            && let Some(y) = recent_year(doc, i + 2)
        {
            found.year = Some(y);
            found.end = i + 3;
        }
        return Some(found);
    }
    let day = small(doc, i, 1, 31).filter(|_| raw.len() <= 2 || !raw.is_ascii())?;
    let slash = doc.is(i + 1, w::SLASH);
    if !slash && !doc.is_dash(i + 1) {
        return None;
    }
    let month_token = doc.raw(i + 2);
    // "12/3.2019": the month and the year in one token.
    let (month, mut year, mut end) = if let Some((m, y)) = month_token.split_once('.') {
        (digits(m)?, Some(digits(y).filter(|y| (1900..=2100).contains(y))?), i + 3)
    } else {
        (small(doc, i + 2, 1, 12)?, None, i + 3)
    };
    if !valid_day(day, month, year) || doc.raw(i + 2).split('.').next().is_some_and(|m| m.len() > 2 && m.is_ascii()) {
        return None;
    }
    let tight = doc.touches(i + 1) && doc.touches(i + 2);
    if year.is_none()
        && (doc.is(end, w::SLASH) || doc.is_dash(end))
        && let Some(y) = year_at(doc, end + 1)
    {
        // "ngày 27/7 - 2020": the year belongs to it only where the marks are alike.
        if doc.is(end, w::SLASH) == slash || doc.touches(end + 1) {
            year = Some(y);
            end += 2;
        }
    } else if year.is_none() && slash && doc.is(end, w::SLASH) && doc.touches(end) && doc.touches(end + 1) && doc.raw(end + 1).len() == 2 {
        // "12/3/20"
        let y = small(doc, end + 1, 0, 99)?;
        year = Some(if y < 40 { 2000 + y } else { 1900 + y });
        end += 2;
    }
    if !tight && year.is_none() && !slash {
        return None;
    }
    // More marks and digits: a telephone number, a code.
    if doc.is(end, w::SLASH) && doc.is_number(end + 1) && doc.touches(end + 1) && doc.touches(end) {
        return None;
    }
    Some(Numeric { day, month, year, end, slash })
}

/// A month in digits at token `i` (behind *tháng*), and the token after it.
fn month_at(doc: &Doc, i: usize) -> Option<(i16, usize)> {
    small(doc, i, 1, 12).map(|month| (month, i + 1))
}

// ---------------------------------------------------------------- points

/// What stands at one end of an expression.
#[derive(Debug, Clone, Copy)]
struct Side {
    point: Point,
    part: Option<PartOfDay>,
    end: usize,
}

/// Days, months, years, and the interval that two of them make.
fn points(doc: &Doc, i: usize) -> Option<DateReading> {
    let mut at = i;
    let mut from = false;
    // "đến 30/9" looks ahead; "Đến 18/4, … đã …", "tính đến 18/4" look back.
    let mut ahead =
        i > 0 && doc.is(i - 1, w::đến) && !doc.at_sentence_start(i - 1) && !(i > 1 && matches!(doc.raw(i - 2), "tính" | "Tính"));
    if doc.is_any(at, &[w::trước, w::hết, w::sau]) {
        ahead |= !doc.is(at, w::sau);
        at += 1;
    } else if doc.is(at, w::từ) {
        from = true;
        at += 1;
    } else if doc.is_any(at, &[w::cuối, w::đầu, w::giữa]) && doc.is_any(at + 1, &[w::tháng, w::năm, w::quý]) {
        if doc.is(at + 2, w::học) {
            return None;
        }
        at += 1;
    }
    let explicit = at > i;
    // "từ tháng 8 năm ngoái"
    if explicit && relative(doc, at).is_some() {
        return None;
    }
    let mut left = side(doc, at, explicit || ahead || dotted_days(doc, at) || slashed_days(doc, at))?;
    // "từ nay đến 31-12" is handled from "31-12" on.
    let mut end = left.end;
    let joint = if doc.is_dash(end) {
        Some(end + 1)
    } else if doc.is(end, w::đến) {
        Some(if doc.is(end + 1, w::hết) { end + 2 } else { end + 1 })
    } else if doc.is(end, w::tới)
        || (doc.is(end, w::COMMA) && doc.is(end + 1, w::rạng))
        || (doc.is(end, w::SLASH) && left.point.is_full_day())
    {
        // "(5-9-1962/5-9-2022)", "đêm 30, rạng sáng 31/12"
        Some(end + 1)
    } else if doc.is(end, w::rạng) {
        Some(end)
    } else if doc.is(end, w::và) && left.point.day.is_some() && left.point.month.is_none() {
        Some(end + 1)
    } else {
        None
    };
    let mut value = Value::Point(left.point);
    if let Some(second) = joint
        && let Some(right) =
            side(doc, second, true).or_else(|| bare_day(doc, second, left.point)).or_else(|| bare_month(doc, second, left.point))
        && let Some((a, b)) = joined(left.point, right.point)
    {
        value = if a == b { Value::Point(a) } else { Value::Interval(a, b) };
        end = right.end;
        left.point = a;
    } else if left.point.day.is_some() && left.point.month.is_none() {
        // "ngày 12" alone says too little.
        return None;
    }
    // "từ tháng 3", "từ năm 2010": the preposition belongs to days and intervals alone.
    let lone = from && matches!(&value, Value::Point(p) if p.day.is_none());
    Some(DateReading { tokens: if lone { i + 1 } else { i }..end, value, part: left.part, ahead, since: from })
}

/// *đợt cao điểm 5 - 11.6, …*: two days of a month that nothing counts.
fn dotted_days(doc: &Doc, i: usize) -> bool {
    let (Some(first), Some(last)) = (small(doc, i, 1, 31), numeric(doc, i + 2)) else { return false };
    let word = i > 0 && doc.is_lower(i - 1) && !doc.touches(i) && !doc.is_any(i - 1, &[w::hơn, w::gần, w::khoảng, w::trên]);
    let ends = doc.is_any(last.end, &[w::COMMA, w::CLOSE, w::SEMICOLON, w::DOT]);
    doc.is_dash(i + 1) && doc.touches(i + 1) == doc.touches(i + 2) && word && ends && !last.slash && last.year.is_none() && first < last.day
}

/// *(4-5/7)*, *27-28/2/2020*: two days of a month, where the second is a day.
fn slashed_days(doc: &Doc, i: usize) -> bool {
    let (Some(first), Some(last)) = (small(doc, i, 1, 31), numeric(doc, i + 2)) else { return false };
    let tight = doc.is_dash(i + 1) && doc.touches(i + 1) && doc.touches(i + 2) && !(i > 0 && doc.touches(i) && doc.is_dash(i - 1));
    tight && last.slash && first < last.day && (last.year.is_some() || verdict(doc, i + 2) == Verdict::Date)
}

/// *từ 14/4 đến 16*: a later day alone behind *đến* takes month and year from the first.
fn bare_day(doc: &Doc, i: usize, first: Point) -> Option<Side> {
    let day = i8::try_from(small(doc, i, 1, 31)?).ok()?;
    (first.day.is_some_and(|first| first < day) && first.month.is_some() && !doc.is_lower(i + 1)).then_some(())?;
    Some(Side { point: Point { day: Some(day), ..Point::default() }, part: None, end: i + 1 })
}

/// *tháng 10-11*: a later month alone behind a dash.
fn bare_month(doc: &Doc, i: usize, first: Point) -> Option<Side> {
    let month = i8::try_from(small(doc, i, 1, 12)?).ok()?;
    let later = first.day.is_none() && first.year.is_none() && first.month.is_some_and(|first| first < month);
    let closed = doc.touches(i) && !doc.touches(i + 1) || doc.is_any(i + 1, &[w::COMMA, w::DOT, w::CLOSE, w::SEMICOLON]);
    (later && closed && doc.is_dash(i - 1)).then_some(Side {
        point: Point { month: Some(month), ..Point::default() },
        part: None,
        end: i + 1,
    })
}

/// The two ends of an interval, each completed from the other; `None` where they make no interval.
fn joined(mut a: Point, mut b: Point) -> Option<(Point, Point)> {
    if a.part != b.part
        && a.part != Part::None
        && b.part != Part::None
        && std::mem::discriminant(&a.part) != std::mem::discriminant(&b.part)
    {
        return None;
    }
    // "8 giờ đến 11 giờ ngày 5/3": the day stands with one of the two.
    if a.time.is_some() && a.day.is_none() && b.day.is_some() {
        (a.day, a.month, a.year) = (b.day, b.month, b.year);
    } else if b.time.is_some() && b.day.is_none() && a.day.is_some() && a.time.is_some() {
        (b.day, b.month, b.year) = (a.day, a.month, a.year);
    }
    if a.day.is_some() && a.month.is_none() {
        a.month = b.month;
        if a.day > b.day && b.month.is_some() {
            // "đêm 30, rạng sáng 1/5": the month before.
            a.month = b.month.map(|m| if m == 1 { 12 } else { m - 1 });
        }
    }
    if b.day.is_some() && b.month.is_none() {
        (b.month, b.year) = (a.month, a.year);
    }
    if a.year.is_none() {
        a.year = b.year.map(|y| if a.month > b.month && b.month.is_some() { y - 1 } else { y });
    } else if b.year.is_none() {
        b.year = a.year.map(|y| if b.month < a.month && b.month.is_some() { y + 1 } else { y });
    }
    let grain = |p: Point| (p.time.is_some(), p.day.is_some(), p.month.is_some());
    if grain(a).1 != grain(b).1 || grain(a).2 != grain(b).2 || (a.day.is_some() && a.month.is_none()) {
        // "từ tháng 5/2020 đến năm 2025" is still an interval; days and months do not mix.
        if a.day.is_some() || b.day.is_some() || a.year.is_none() || b.year.is_none() {
            return None;
        }
    }
    if let (Some(x), Some(y)) = (a.year, b.year)
        && x > y
    {
        return None;
    }
    // "đêm 30, rạng sáng 1/3": February has none.
    let exists = |p: Point| p.day.zip(p.month).is_none_or(|(day, month)| valid_day(day.into(), month.into(), p.year));
    (exists(a) && exists(b)).then_some((a, b))
}

/// A clock, a part of the day, a weekday, and a day, month, quarter or year from token `i`. `sure`: the words before make even *8.7* a date.
fn side(doc: &Doc, i: usize, sure: bool) -> Option<Side> {
    let mut at = i;
    let mut part = None;
    let mut sure = sure;
    if let Some((clock, end)) = clock(doc, at) {
        let time = Some(clock);
        at = end;
        // "14h30, thứ Sáu, ngày …", "16:29, 22/10/2020", "8 giờ sáng 5/3"
        let next = skip_marks(doc, at, &[w::COMMA, w::HYPHEN, w::PIPE]);
        let lone = Side { point: Point { time, ..Point::default() }, part: None, end: at };
        let rest = day_side(doc, next, next == at || !doc.is_dash(at));
        let follows = rest.filter(|s| {
            s.point.day.is_some() && (next == at || s.point.year.is_some() || s.part.is_some() || doc.is_any(next, &[w::ngày, w::thứ]))
        });
        return Some(match follows {
            Some(day) => Side { point: Point { time: time.map(|t| half_day(t, day.part)), ..day.point }, part: day.part, end: day.end },
            None => match calendar(doc, at, "part") {
                Some((hit, value)) if !doc.is_cap(at) => {
                    let part = PartOfDay::named(value);
                    Side { point: Point { time: time.map(|t| half_day(t, part)), ..lone.point }, part, end: hit.end }
                }
                _ => lone,
            },
        });
    }
    if let Some((hit, value)) = calendar(doc, at, "part") {
        part = PartOfDay::named(value);
        at = hit.end;
        sure = true;
        if doc.is(at, w::COMMA) {
            at += 1;
        }
    }
    let mut day = day_side(doc, at, sure)?;
    if part.is_some() && day.point.day.is_none() {
        return None;
    }
    day.part = part.or(day.part);
    // "24/12/2021, 09:20", "14/03/2023 17:55", "8/7/2022 - 16:42"
    if day.point.is_full_day() {
        let next = skip_marks(doc, day.end, &[w::COMMA, w::HYPHEN, w::PIPE]);
        if let Some((clock, end)) = colon_clock(doc, next) {
            day.point.time = Some(clock);
            day.end = end;
        }
    }
    Some(day)
}

/// *3 giờ chiều* is 15 o'clock.
fn half_day((hour, minute): (i8, i8), part: Option<PartOfDay>) -> (i8, i8) {
    let later = match part {
        Some(PartOfDay::Afternoon | PartOfDay::Evening) => hour < 12,
        Some(PartOfDay::Night) => (6..12).contains(&hour),
        Some(PartOfDay::Noon) => hour < 4,
        _ => false,
    };
    (if later { hour + 12 } else { hour }, minute)
}

fn skip_marks(doc: &Doc, i: usize, marks: &[Sym]) -> usize {
    if doc.is_any(i, marks) { i + 1 } else { i }
}

/// A part of the day, a weekday, and the day they introduce: *sáng thứ Hai (12/11)*.
fn day_side(doc: &Doc, i: usize, sure: bool) -> Option<Side> {
    let (at, part) = part_of_day(doc, i);
    // "lần thứ 7 (11/1940)", "kỳ họp thứ 3, ngày 5/6"
    let ordinal = at > 0 && matches!(doc.small(at - 1), w::lần | w::họp | w::phiên | w::kỳ | w::hội | w::khóa | w::tập);
    let Some((hit, _)) = calendar(doc, at, "weekday").filter(|_| !ordinal) else {
        let day = day_itself(doc, at, sure || part.is_some())?;
        return Some(Side { part, ..day });
    };
    let next = skip_marks(doc, hit.end, &[w::COMMA, w::HYPHEN]);
    let open = doc.is(next, w::OPEN);
    let (at, inner_part) = part_of_day(doc, if open { next + 1 } else { next });
    let day = day_itself(doc, at, true)?;
    let end = if open { doc.is(day.end, w::CLOSE).then_some(day.end + 1)? } else { day.end };
    (open || day.point.day.is_some()).then_some(Side { part: part.or(inner_part), end, ..day })
}

/// The token behind the part of the day at token `i`, if one is there.
fn part_of_day(doc: &Doc, i: usize) -> (usize, Option<PartOfDay>) {
    calendar(doc, i, "part").map_or((i, None), |(hit, value)| (hit.end, PartOfDay::named(value)))
}

/// *ngày 12/11/2021*, *hôm 5/3*, *12/11*.
fn day_itself(doc: &Doc, i: usize, sure: bool) -> Option<Side> {
    if doc.is(i, w::ngày) {
        return after_day_word(doc, i + 1);
    }
    if doc.is(i, w::hôm) && doc.is_number(i + 1) {
        return unprefixed(doc, i + 1, true);
    }
    unprefixed(doc, i, sure)
}

/// Behind *ngày*: *12/11/2021*, *12 tháng 11 năm 2021*, *mùng 3 tháng 2*, *12* alone.
fn after_day_word(doc: &Doc, i: usize) -> Option<Side> {
    let at = if doc.is_any(i, &[w::mồng, w::mùng]) { i + 1 } else { i };
    if let Some(n) = numeric(doc, at) {
        // "ngày 18-19/8", "ngày 5-7.10": two days, the month stands with the second.
        let range = !n.slash && n.year.is_none() && doc.is_dash(at + 1) && (doc.is(at + 3, w::SLASH) || doc.raw(at + 2).contains('.'));
        if !range {
            return Some(Side { point: point_of(n.day, n.month, n.year)?, part: None, end: n.end });
        }
    }
    let day = small(doc, at, 1, 31)?;
    let after = at + 1;
    if doc.is(after, w::tháng)
        && let Some((month, mut end)) = month_at(doc, after + 1).or_else(|| month_word(doc, after))
    {
        let year = year_behind(doc, &mut end);
        return Some(Side { point: point_of(day, month, year)?, part: None, end });
    }
    let point = Point { day: i8::try_from(day).ok(), ..Point::default() };
    Some(Side { point, part: None, end: after })
}

/// *tháng Tám* from the word *tháng*; *tháng Giêng*, *tháng Chạp* are lunar months, which no solar month equals.
fn month_word(doc: &Doc, i: usize) -> Option<(i16, usize)> {
    let (hit, value) =
        calendar(doc, i, "month").filter(|(hit, _)| doc.is(hit.start, w::tháng) && !matches!(doc.sym(hit.end - 1), w::giêng | w::chạp))?;
    // "tháng hai năm", "ba tháng năm": lower-case words are months only in a date, "tháng Tám" anywhere; "tháng năm" with a year is none.
    let last = hit.end - 1;
    if doc.is(last, w::năm) && (recent_year(doc, hit.end).is_some() || doc.is_lower(last)) {
        return None;
    }
    value.parse().ok().map(|m| (m, hit.end))
}

/// A year behind a month: *năm 2021*, */2021*, *-2021*, *.2021*; moves `end` past it.
fn year_behind(doc: &Doc, end: &mut usize) -> Option<i16> {
    let (at, tight) = if doc.is(*end, w::năm) {
        (*end + 1, true)
    } else if doc.is_any(*end, &[w::SLASH, w::HYPHEN, w::COMMA])
        && (doc.touches(*end) || doc.is(*end, w::SLASH))
        && !doc.is(*end + 1, w::năm)
    {
        (*end + 1, doc.touches(*end + 1) || doc.is(*end, w::SLASH))
    // "quý 4, năm 2018", "quý 4 của năm 2018"
    } else if doc.is_any(*end, &[w::COMMA, w::của]) && doc.is(*end + 1, w::năm) {
        (*end + 2, true)
    } else {
        (*end, false)
    };
    // Behind "năm" any year will do: "tháng 11 năm 1852".
    let year = if at > *end && doc.is(at - 1, w::năm) { year_at(doc, at)? } else { recent_year(doc, at)? };
    let follows_bare = at == *end && !doc.is_lower(at + 1);
    if !(tight || follows_bare) {
        return None;
    }
    *end = at + 1;
    Some(year)
}

/// Without *ngày*: *12/11/2021*; *tháng 10/2020*; *năm 2021*; *quý IV/2021*; *12 tháng 11 năm 2021* where `sure`.
fn unprefixed(doc: &Doc, i: usize, sure: bool) -> Option<Side> {
    let side = |point, end| Some(Side { point, part: None, end });
    if doc.is(i, w::tháng) {
        return month_side(doc, i);
    }
    if doc.is(i, w::năm) {
        return year_side(doc, i);
    }
    if doc.is_any(i, &[w::quý, w::quí]) {
        return quarter_side(doc, i);
    }
    if !doc.is_number(i) {
        return None;
    }
    // "6/1970-12/1979": another month of a year follows.
    let month_of_year =
        doc.is_dash(i + 3) && small(doc, i + 4, 1, 12).is_some() && doc.is(i + 5, w::SLASH) && recent_year(doc, i + 6).is_some();
    let bracketed = i > 0 && doc.is(i - 1, w::OPEN) && doc.is(i + 3, w::CLOSE) && !super::ratio::is_scale(doc, i);
    // "7/2020", "(11/1940)": a month of a year.
    if doc.is(i + 1, w::SLASH)
        && doc.touches(i + 1)
        && doc.touches(i + 2)
        && let (Some(month), Some(year)) = (small(doc, i, 1, 12), recent_year(doc, i + 2))
        && !doc.is(i + 3, w::SLASH)
        && (!doc.is_dash(i + 3) || month_of_year)
        && !before_is_number_word(doc, i)
        && (sure || month_of_year || bracketed || verdict(doc, i) == Verdict::Date)
    {
        let point = Point { year: Some(year), month: i8::try_from(month).ok(), ..Point::default() };
        return side(point, i + 3);
    }
    if let Some(month) = small(doc, i, 1, 12).filter(|_| listed_month(doc, i)) {
        let mut end = i + 1;
        let year = year_behind(doc, &mut end).or_else(|| year_of_list(doc, end));
        if year.is_some() {
            return side(Point { year, month: i8::try_from(month).ok(), ..Point::default() }, end);
        }
    }
    if let Some(n) = numeric(doc, i) {
        let range = !n.slash && n.year.is_none() && doc.is_dash(i + 1) && doc.is(i + 3, w::SLASH) && small(doc, i + 4, 1, 12).is_some();
        let dotted = doc.raw(i).contains('.');
        let allowed = if range {
            false
        } else if n.year.is_some() {
            !before_is_number_word(doc, i)
        } else if n.slash {
            match verdict(doc, i) {
                Verdict::Date => true,
                Verdict::Ratio | Verdict::Neither => false,
            }
        } else {
            // "8.7" and "18-8" are numbers and ranges unless the words before say otherwise.
            sure && !followed_by_unit(doc, n.end) && (dotted || doc.touches(i + 1))
        };
        if allowed {
            return side(point_of(n.day, n.month, n.year)?, n.end);
        }
    }
    let day = small(doc, i, 1, 31);
    if let Some(day) = day
        && doc.is(i + 1, w::tháng)
        && let Some((month, mut end)) = month_at(doc, i + 2).or_else(|| month_word(doc, i + 1).filter(|_| doc.is_cap(i + 2)))
        && valid_day(day, month, None)
        && !doc.is(end, w::SLASH)
    {
        let year = year_behind(doc, &mut end);
        if sure || year.is_some() || !doc.is_lower(end) {
            return side(point_of(day, month, year)?, end);
        }
    }
    // "từ 12 đến 15/3", "đêm 30, rạng sáng 31/12": a day alone, completed by what follows.
    let bridge = doc.is_dash(i + 1)
        || doc.is_any(i + 1, &[w::đến, w::và, w::tới])
        || doc.is(i + 1, w::rạng)
        || (doc.is(i + 1, w::COMMA) && doc.is(i + 2, w::rạng));
    if let Some(day) = day.filter(|_| sure && bridge && doc.raw(i).len() <= 2) {
        return side(Point { day: i8::try_from(day).ok(), ..Point::default() }, i + 1);
    }
    // "2020-2025", "2011 - 2022"
    let year = recent_year(doc, i)?;
    let before = i.checked_sub(1).map_or("", |at| doc.raw(at));
    // "SN 1971", "cùng kỳ 2016", "tầm nhìn 2030"; "Đến 2015, …" with nothing that it could count.
    let two_before = i.checked_sub(2).map_or("", |at| doc.raw(at));
    let cue = matches!(before, "SN" | "S.N" | "kỳ" | "nhìn" | "hè" | "KH")
        || matches!(
            (&*two_before.to_lowercase(), before),
            ("thời", "điểm") | ("kế", "hoạch") | ("kết", "quả") | ("dự", "toán") | ("cổ", "tức") | ("niên", "vụ") | ("so", "với") | ("mùa", "giải")
        )
        // "Chiến dịch Biên giới (1950)"
        || before == "(" && doc.is(i + 1, w::CLOSE) && (1900..=2050).contains(&year);
    let by = i > 0 && doc.is(i - 1, w::đến) && !doc.is_word(i + 1) && !doc.is(i + 1, w::SLASH) && !doc.is_number(i + 1);
    if (cue || by || year_in_list(doc, i)) && !followed_by_unit(doc, i + 1) {
        return side(Point::of_year(year), i + 1);
    }
    // "năm 1985 đến 1990 ông …"
    if i > 2
        && doc.is_any(i - 1, &[w::đến, w::HYPHEN])
        && doc.is(i - 3, w::năm)
        && recent_year(doc, i - 2).is_some_and(|y| y < year && year - y < 60)
    {
        return side(Point::of_year(year), i + 1);
    }
    if (sure && !followed_by_unit(doc, i + 1))
        || (doc.is_dash(i + 1) && recent_year(doc, i + 2).is_some_and(|y| y > year && y - year <= 120))
    {
        return side(Point::of_year(year), i + 1);
    }
    None
}

/// The year behind the last month of a list whose first month ends before token `at`: *tháng 5, 6 và 7/2021*.
fn year_of_list(doc: &Doc, at: usize) -> Option<i16> {
    const MONTHS: usize = 12;
    let joined = |n: &usize| doc.is_any(at + 2 * n, &[w::COMMA, w::và]) && small(doc, at + 2 * n + 1, 1, 12).is_some();
    let count = (0..MONTHS).take_while(joined).count();
    let mut end = at + 2 * count;
    if count == 0 { None } else { year_behind(doc, &mut end) }
}

/// Whether the number at token `i` is a later month of such a list.
fn listed_month(doc: &Doc, i: usize) -> bool {
    const MONTHS: usize = 12;
    let joined = |n: &usize| i >= 2 * n && doc.is_any(i + 1 - 2 * n, &[w::COMMA, w::và]) && small(doc, i - 2 * n, 1, 12).is_some();
    let first = i - 2 * (1..=MONTHS).take_while(joined).count();
    first < i && first > 0 && doc.is(first - 1, w::tháng)
}

/// *năm 2015, 2016 và 2017*: a year behind years behind *năm*.
fn year_in_list(doc: &Doc, i: usize) -> bool {
    const LONGEST: usize = 20;
    let listed =
        (1..=LONGEST).take_while(|n| i >= 2 * n && doc.is_any(i + 1 - 2 * n, &[w::COMMA, w::và]) && recent_year(doc, i - 2 * n).is_some());
    let first = i - 2 * listed.count();
    first < i && first > 0 && doc.is(first - 1, w::năm)
}

fn before_is_number_word(doc: &Doc, i: usize) -> bool {
    i > 0 && (doc.is(i - 1, w::số) || (i > 1 && doc.is(i - 1, w::COLON) && doc.is(i - 2, w::số)))
}

fn followed_by_unit(doc: &Doc, i: usize) -> bool {
    doc.is(i, w::PERCENT)
        || doc.find(Table::Units, i).is_some()
        || doc.find(Table::Currencies, i).is_some()
        || doc.find(Table::Numbers, i).is_some()
}

fn month_side(doc: &Doc, i: usize) -> Option<Side> {
    // "đường 3 tháng 2"
    if i > 1 && doc.is_number(i - 1) && doc.is(i - 2, w::đường) {
        return None;
    }
    if let Some((month, mut end)) = month_at(doc, i + 1) {
        let mut point = Point { month: i8::try_from(month).ok(), ..Point::default() };
        // "tháng 10/2020", "tháng 10 năm 2020", "tháng 5, 6 và 7/2021"
        point.year = year_behind(doc, &mut end).or_else(|| year_of_list(doc, end));
        return Some(Side { point, part: None, end });
    }
    // "tháng 3.2019"
    if let Some((m, y)) = doc.raw(i + 1).split_once('.')
        && let (Some(month), Some(year)) = (digits(m).filter(|m| (1..=12).contains(m)), digits(y).filter(|y| (1900..=2100).contains(y)))
    {
        let point = Point { year: Some(year), month: i8::try_from(month).ok(), ..Point::default() };
        return Some(Side { point, part: None, end: i + 2 });
    }
    let (month, mut end) = month_word(doc, i)?;
    let named = doc.is_cap(end - 1) && !doc.is_cap(i);
    let year = year_behind(doc, &mut end);
    // "tháng hai" in lower case is read only with a year.
    (named || year.is_some()).then_some(())?;
    Some(Side { point: Point { year, month: i8::try_from(month).ok(), ..Point::default() }, part: None, end })
}

fn year_side(doc: &Doc, i: usize) -> Option<Side> {
    let at = if doc.is(i + 1, w::học) { i + 2 } else { i + 1 };
    let year = year_at(doc, at)?;
    Some(Side { point: Point::of_year(year), part: None, end: at + 1 })
}

fn quarter_side(doc: &Doc, i: usize) -> Option<Side> {
    // "thôn Phú Quý 2"
    if doc.is_cap(i) && !doc.is_shouted(i) && i > 0 && doc.is_cap(i - 1) {
        return None;
    }
    // "quý 02.2021"
    if let Some((q, y)) = doc.raw(i + 1).split_once('.')
        && let (Some(quarter), Some(year)) = (digits(q).filter(|q| (1..=4).contains(q)), digits(y).filter(|y| (1900..=2100).contains(y)))
    {
        let point = Point { year: Some(year), part: Part::Quarter(i8::try_from(quarter).ok()?), ..Point::default() };
        return Some(Side { point, part: None, end: i + 2 });
    }
    let number = roman(doc.raw(i + 1)).filter(|n| *n <= 4).or_else(|| small(doc, i + 1, 1, 4).and_then(|n| u32::try_from(n).ok()));
    let (quarter, mut end) = match number {
        Some(n) => (i8::try_from(n).ok()?, i + 2),
        None => {
            let (hit, value) = calendar(doc, i, "quarter")?;
            (value.strip_prefix('Q')?.parse().ok()?, hit.end)
        }
    };
    let year = year_behind(doc, &mut end);
    Some(Side { point: Point { year, part: Part::Quarter(quarter), ..Point::default() }, part: None, end })
}

// ---------------------------------------------------------------- clock times

/// *7h30, 14 giờ 30 phút, 9h, 16:42* from token `i`.
fn clock(doc: &Doc, i: usize) -> Option<((i8, i8), usize)> {
    if let Some(found) = colon_clock(doc, i) {
        return Some(found);
    }
    let hour = small(doc, i, 0, 24).filter(|_| doc.raw(i).len() <= 2)?;
    let word = doc.is(i + 1, w::giờ);
    let letter = (doc.is(i + 1, w::h) || doc.is(i + 1, w::g)) && doc.touches(i + 1);
    if !(word || letter) || duration_before(doc, i) && !on_a_day(doc, i + 2) || (i > 0 && doc.is(i - 1, w::SLASH)) {
        return None;
    }
    // "12 giờ đồng hồ", "8 giờ/ngày"
    if doc.are(i + 2, &[w::đồng, w::hồ]) || doc.is(i + 2, w::SLASH) {
        return None;
    }
    let mut end = i + 2;
    let mut minute = 0;
    // "3 giờ rưỡi chiều"
    if word && doc.is(end, w::rưỡi) {
        return clock_time(hour, 30).map(|time| (time, end + 1));
    }
    if let Some(m) = small(doc, end, 0, 59).filter(|_| doc.raw(end).len() <= 2) {
        // "14 giờ 30", "7h30", "8 giờ 15 phút"; not "lúc 9 giờ 12 hộ dân".
        let tight = doc.touches(end);
        let minutes_word = doc.is(end + 1, w::phút);
        let closed = !doc.is_lower(end + 1) || doc.is_any(end + 1, &[w::ngày, w::sáng, w::trưa, w::chiều, w::tối, w::đêm, w::cùng, w::đến]);
        let two = doc.raw(end).len() == 2;
        if tight || minutes_word || (closed && two && !doc.is(end + 1, w::SLASH)) {
            minute = m;
            end += 1;
            if minutes_word || (doc.is(end, w::p) && doc.touches(end)) {
                end += 1;
            }
        }
    }
    clock_time(hour, minute).map(|time| (time, end))
}

/// Whether what stands from token `at` behind *giờ* makes it a time of day: *hơn 9 giờ sáng nay*, *hơn 23h ngày 6/7*, *gần 13h cùng ngày*.
fn on_a_day(doc: &Doc, at: usize) -> bool {
    let at = if doc.is_number(at) { at + 1 + usize::from(doc.is(at + 1, w::phút)) } else { at };
    doc.is(at, w::ngày) && doc.is_number(at + 1)
        || doc.is_any(at, &[w::sáng, w::trưa, w::chiều, w::tối, w::đêm])
        || ["part_day", "same_day", "day"].iter().any(|role| calendar(doc, at, role).is_some())
}

/// Up to *24:00*, the end of a day.
fn clock_time(hour: i16, minute: i16) -> Option<(i8, i8)> {
    (hour < 24 || minute == 0).then_some((i8::try_from(hour).ok()?, i8::try_from(minute).ok()?))
}

fn colon_clock(doc: &Doc, i: usize) -> Option<((i8, i8), usize)> {
    let hour = small(doc, i, 0, 24).filter(|_| doc.raw(i).len() <= 2)?;
    let minute = small(doc, i + 2, 0, 59).filter(|_| doc.raw(i + 2).len() == 2)?;
    if !(doc.is(i + 1, w::COLON) && doc.touches(i + 1) && doc.touches(i + 2)) {
        return None;
    }
    let mut end = i + 3;
    // Seconds.
    if doc.is(end, w::COLON) && doc.touches(end) && doc.touches(end + 1) && small(doc, end + 1, 0, 59).is_some() {
        end += 2;
    }
    clock_time(hour, minute).map(|time| (time, end))
}

/// Words before a number of hours that make it a length: *trong 24 giờ*.
fn duration_before(doc: &Doc, i: usize) -> bool {
    i > 0
        && (doc.is_any(i - 1, &[w::trong, w::suốt, w::hơn, w::gần, w::sau, w::mỗi])
            || matches!(doc.small(i - 1), w::dài | w::mất | w::hơn | w::thêm | w::qua | w::gian | w::hết)
            || doc.is(i - 1, w::với) && doc.is(i + 1, w::giờ) && doc.is(i + 3, w::phút))
}

// ---------------------------------------------------------------- words that place in time

/// *14h30 cùng ngày*, *8 giờ sáng nay*, *hôm qua*.
fn relative(doc: &Doc, i: usize) -> Option<DateReading> {
    let Some((time, end)) = clock(doc, i) else { return relative_words(doc, i) };
    let mut reading = relative_words(doc, end)?;
    let slot = match &mut reading.value {
        Value::Relative { time, grain: Grain::Day | Grain::SameDay, .. } => time,
        // "8 giờ sáng qua (24/5)"
        Value::Point(point) if point.day.is_some() => &mut point.time,
        _ => return None,
    };
    *slot = Some(half_day(time, reading.part));
    reading.tokens.start = i;
    Some(reading)
}

fn relative_words(doc: &Doc, i: usize) -> Option<DateReading> {
    // "tháng 10 năm ngoái"
    if doc.is(i, w::tháng)
        && let Some((month, end)) = month_at(doc, i + 1)
        && let Some((hit, offset)) = calendar(doc, end, "year_rel")
        && doc.is(end, w::năm)
    {
        let value = Value::Relative { grain: Grain::Year, offset: offset.parse().ok()?, month: i8::try_from(month).ok(), time: None };
        return Some(DateReading { tokens: i..hit.end, value, part: None, ahead: false, since: false });
    }
    let hit = doc.find(Table::Calendar, i)?;
    let [value, role] = &doc.entry(hit).cells;
    let (grain, end) = match &**role {
        "day" if doc.small(i) != w::nay && doc.title(i) != w::nay => (Grain::Day, hit.end),
        "part_day" => (Grain::Day, hit.end),
        "same_day" => (Grain::SameDay, hit.end),
        "week_rel" => (Grain::Week, hit.end),
        "month_rel" => (Grain::Month, hit.end),
        "quarter_rel" => (Grain::Quarter, hit.end),
        "year_rel" => (Grain::Year, hit.end),
        _ => return None,
    };
    // "sang năm 2022", "sang tháng 5" are dates of their own; "3 năm qua", "hai tuần trước" durations (read from their number).
    if doc.is(i, w::sang) && doc.is_number(hit.end) {
        return None;
    }
    if doc.is_any(i, &[w::năm, w::tháng, w::tuần, w::quý])
        && i > 0
        && (doc.is_number(i - 1) || doc.find_before(Table::Numbers, i).is_some() || doc.is_any(i - 1, &[w::những, w::nhiều, w::các]))
    {
        return None;
    }
    let (part, offset) = split_part(value);
    // "Mấy năm nay", "nhiều tháng qua"
    if i > 0 && doc.is_any(i, &[w::năm, w::tháng, w::tuần]) && matches!(doc.sym(i - 1), w::mấy | w::bao | w::vài) {
        return None;
    }
    // "Hôm nay 11/4/2023", "Sáng nay (14/1)", "hôm nay, 5/3": the day itself is written.
    if matches!(grain, Grain::Day) && offset <= 0 {
        let open = doc.is(end, w::OPEN);
        let at = if open || doc.is(end, w::COMMA) { end + 1 } else { end };
        if let Some(day) = day_side(doc, at, true).filter(|s| s.point.day.is_some() && s.point.month.is_some()) {
            let closed = !open || doc.is(day.end, w::CLOSE);
            if closed {
                let tokens = i..if open { day.end + 1 } else { day.end };
                return Some(DateReading { tokens, value: Value::Point(day.point), part: part.or(day.part), ahead: false, since: false });
            }
        }
    }
    Some(DateReading {
        tokens: i..end,
        value: Value::Relative { grain, offset, month: None, time: None },
        part,
        ahead: false,
        since: false,
    })
}

/// `morning+0`, `night-1`, `-1`.
fn split_part(value: &str) -> (Option<PartOfDay>, i64) {
    let cut = value.find(['+', '-']).unwrap_or(0);
    let (part, offset) = value.split_at(cut);
    (PartOfDay::named(part), offset.trim_start_matches('+').parse().unwrap_or(0))
}

// ---------------------------------------------------------------- months and days counted inside a year or month

/// *6 tháng đầu năm 2022*, *9 tháng năm 2022*, *2 tháng cuối năm*.
fn months_of_year(doc: &Doc, i: usize) -> Option<DateReading> {
    let start = i;
    let count = figure(doc, i).filter(|f| f.high.is_none() && f.low.fract() == 0.0 && (1.0..=12.0).contains(&f.low))?;
    #[allow(clippy::cast_possible_truncation)]
    let count_number = count.low as i8;
    let (per_unit, unit_end) = if doc.is(count.end, w::tháng) {
        (1, count.end + 1)
    } else if doc.is(count.end, w::quý) && count.low <= 4.0 {
        (3, count.end + 1)
    } else {
        return None;
    };
    let months = count_number.checked_mul(per_unit).filter(|m| *m <= 12)?;
    let (last, mut end) = if doc.is(unit_end, w::đầu) && doc.is(unit_end + 1, w::năm) {
        (false, unit_end + 2)
    } else if doc.is(unit_end, w::cuối) && doc.is(unit_end + 1, w::năm) {
        (true, unit_end + 2)
    } else if doc.is(unit_end, w::năm) && recent_year(doc, unit_end + 1).is_some() && months > 1 && !doc.is(i.wrapping_sub(1), w::ngày) {
        (false, unit_end + 1)
    } else {
        return None;
    };
    // "6 tháng đầu năm 2017", "6 tháng cuối năm năm 2017"
    if doc.is(end, w::năm) && recent_year(doc, end + 1).is_some() {
        end += 1;
    }
    let year = recent_year(doc, end);
    if year.is_some() {
        end += 1;
    }
    let point = |month: i8| Point { year, month: Some(month), ..Point::default() };
    let value = match (months, last) {
        (6, false) => Value::Point(Point { year, part: Part::Half(1), ..Point::default() }),
        (6, true) => Value::Point(Point { year, part: Part::Half(2), ..Point::default() }),
        (12, _) => Value::Point(Point { year, ..Point::default() }),
        (m, false) => Value::Interval(point(1), point(m)),
        (m, true) => Value::Interval(point(13 - m), point(12)),
    };
    if months == 12 && year.is_none() {
        return None;
    }
    Some(DateReading { tokens: start..end, value, part: None, ahead: false, since: false })
}

/// *hai ngày 20 và 21/4*, *3 ngày (15 - 17/3)*, *trong các ngày 27, 28/2*.
fn days_of_month(doc: &Doc, i: usize) -> Option<DateReading> {
    let mut at = i;
    if doc.is(at, w::các) {
        at += 1;
    } else {
        at = figure(doc, at).filter(|f| f.high.is_none() && f.low >= 2.0 && f.low <= 31.0)?.end;
    }
    if !doc.is(at, w::ngày) {
        return None;
    }
    at += 1;
    let open = doc.is(at, w::OPEN);
    if open || doc.is_any(at, &[w::từ, w::COMMA]) {
        at += 1;
        if doc.is(at, w::từ) {
            at += 1;
        }
        if doc.is(at, w::ngày) {
            at += 1;
        }
    }
    let first = small(doc, at, 1, 31).filter(|_| doc.raw(at).len() <= 2);
    let mut left = match numeric(doc, at).filter(|n| n.slash) {
        Some(n) => (point_of(n.day, n.month, n.year)?, n.end),
        None => (Point { day: i8::try_from(first?).ok(), ..Point::default() }, at + 1),
    };
    // Days between, in a list.
    while doc.is(left.1, w::COMMA) && small(doc, left.1 + 1, 1, 31).is_some() && !doc.is(left.1 + 2, w::SLASH) {
        left.1 += 2;
    }
    let joint = left.1;
    if !(doc.is_dash(joint) || doc.is_any(joint, &[w::và, w::đến, w::COMMA])) {
        return None;
    }
    let next = if doc.is(joint + 1, w::ngày) { joint + 2 } else { joint + 1 };
    let right = if let Some(n) = numeric(doc, next).filter(|n| n.slash || doc.raw(next).contains('.')) {
        Side { point: point_of(n.day, n.month, n.year)?, part: None, end: n.end }
    } else {
        after_day_word(doc, next).filter(|s| s.point.month.is_some())?
    };
    // "các ngày 19/9, 29/9 và 3/10": days one by one, each with its month.
    if left.0.month.is_some() && !open && doc.is(joint, w::COMMA) {
        return None;
    }
    let (a, b) = joined(left.0, right.point)?;
    let end = if open && doc.is(right.end, w::CLOSE) { right.end + 1 } else { right.end };
    Some(DateReading { tokens: i..end, value: Value::Interval(a, b), part: None, ahead: false, since: false })
}

// ---------------------------------------------------------------- terms, periods, decades

/// *nhiệm kỳ 2020-2025*, *giai đoạn 2021 – 2030*, *năm học 2022-2023*, *những năm 1990*, *thập niên 90*.
fn interval_words(doc: &Doc, i: usize) -> Option<DateReading> {
    let reading = |end, value| Some(DateReading { tokens: i..end, value, part: None, ahead: false, since: false });
    let at = if doc.are(i, &[w::nhiệm, w::kỳ])
        || doc.are(i, &[w::nhiệm, w::kì])
        || doc.are(i, &[w::giai, w::đoạn])
        || doc.are(i, &[w::niên, w::khóa])
        || doc.are(i, &[w::năm, w::học])
        || doc.are(i, &[w::niên, w::độ])
    {
        i + 2
    } else if doc.is(i, w::khóa) && recent_year(doc, i + 1).is_some() && doc.is_dash(i + 2) {
        i + 1
    } else if doc.are(i, &[w::những, w::năm])
        || doc.are(i, &[w::thập, w::niên])
        || doc.are(i, &[w::thập, w::kỳ])
        || doc.are(i, &[w::thập, w::kì])
        || doc.are(i, &[w::những, w::thập])
    {
        let mut at = i + 2;
        if doc.is_any(at, &[w::niên, w::kỳ, w::năm, w::đầu, w::cuối, w::giữa]) {
            at += 1;
        }
        if doc.is(at, w::năm) {
            at += 1;
        }
        let number = small(doc, at, 10, 2100)?;
        let year = match number {
            1800..=2100 => number / 10 * 10,
            20..=99 if number % 10 == 0 => 1900 + number,
            _ => return None,
        };
        if year % 10 != number % 10 && number > 100 {
            return None;
        }
        return reading(at + 1, Value::Point(Point { part: Part::Decade, ..Point::of_year(year) }));
    } else {
        return None;
    };
    let at = if doc.is(at, w::từ) { at + 1 } else { at };
    let at = if doc.is(at, w::năm) { at + 1 } else { at };
    let first = recent_year(doc, at)?;
    if doc.is_dash(at + 1) || doc.is(at + 1, w::đến) {
        let second_at = if doc.is(at + 2, w::năm) { at + 3 } else { at + 2 };
        if let Some(second) = recent_year(doc, second_at).filter(|s| *s > first) {
            return reading(second_at + 1, Value::Interval(Point::of_year(first), Point::of_year(second)));
        }
        if doc.raw(at + 2).len() == 2
            && let Some(short) = small(doc, at + 2, 0, 99)
        {
            let second = first / 100 * 100 + short;
            if second > first {
                return reading(at + 3, Value::Interval(Point::of_year(first), Point::of_year(second)));
            }
        }
    }
    reading(at + 1, Value::Point(Point::of_year(first)))
}

// ---------------------------------------------------------------- durations

fn duration(doc: &Doc, i: usize) -> Option<DateReading> {
    // "mùng 10 tháng Giêng", "ngày hai mươi tháng hai"
    if i > 0 && (doc.is_any(i - 1, &[w::ngày, w::mùng, w::mồng, w::thứ]) || (doc.is(i - 1, w::SLASH) && doc.touches(i))) {
        return None;
    }
    let mut at = i;
    while doc.is_any(at, &[w::trong, w::hơn, w::gần, w::trên, w::khoảng, w::suốt]) && at < i + 2 {
        at += 1;
    }
    if doc.is(at, w::vòng) {
        at += 1;
    }
    // "trong hai ngày 20 và 21/4", "khoảng 2 giờ 30 phút ngày 26-2"
    if at > i
        && (days_of_month(doc, at).is_some()
            || relative(doc, at).is_some_and(|r| r.kind() == DateKind::Time)
            || doc.is_any(i, &[w::khoảng, w::gần, w::hơn]) && points(doc, at).is_some_and(|r| r.value.has_day()))
    {
        return None;
    }
    let count = figure(doc, at).filter(|f| !f.scaled && f.low > 0.0 && f.low < 10_000.0)?;
    let unit = count.end;
    if doc.at_line_start(unit) {
        return None;
    }
    let (designator, time) = match doc.sym(unit) {
        w::năm => ('Y', false),
        w::tháng => ('M', false),
        w::tuần => ('W', false),
        w::ngày => ('D', false),
        w::giờ | w::tiếng => ('H', true),
        w::phút => ('M', true),
        w::giây => ('S', true),
        _ => return None,
    };
    if !doc.is_lower(unit) && doc.case(unit) != Case::Upper {
        return None;
    }
    if doc.is(unit, w::giờ) && on_a_day(doc, unit + 1) {
        return None;
    }
    let mut end = unit + 1;
    // "2 phút 24 giây"
    if let Some(seconds) = doc.is(unit, w::phút).then(|| small(doc, end, 1, 59)).flatten().filter(|_| doc.is(end + 1, w::giây)) {
        let value = Value::Duration(format!("PT{:.0}M{seconds}S", count.low));
        return Some(DateReading { tokens: i..end + 2, value, part: None, ahead: false, since: false });
    }
    // "với 2 giờ 46 phút"
    let minutes = doc.is(unit, w::giờ).then(|| small(doc, end, 1, 59)).flatten().filter(|_| doc.is(end + 1, w::phút));
    if let Some(minutes) = minutes {
        // "khoảng 8 giờ 45 phút" is a time of day.
        if doc.is(i, w::khoảng) {
            return None;
        }
        let value = Value::Duration(format!("PT{:.0}H{minutes}M", count.low));
        return Some(DateReading { tokens: i..end + 2, value, part: None, ahead: false, since: false });
    }
    // "15 năm tuổi", "3 ngày công", "2 tháng 9", "5 giờ 30": other readings.
    let worked = doc.is(end, w::công) && doc.small(end + 1) == w::tác; // "21 năm công tác"
    if doc.is_any(end, &[w::tuổi, w::công, w::tiếng]) && !worked {
        return None;
    }
    // "8 độ 05 phút Bắc": a place on the globe.
    if doc.is(unit, w::phút) && i > 0 && (doc.small(i - 1) == w::độ || doc.raw(i - 1) == "°") {
        return None;
    }
    // "8 năm 6 tháng tù", "1 năm 3 tháng"
    let months =
        (designator == 'Y').then(|| small(doc, end, 1, 11)).flatten().filter(|_| doc.is(end + 1, w::tháng) && !doc.is_number(end + 2));
    if let Some(months) = months.filter(|_| count.high.is_none() && count.low.fract() == 0.0) {
        let value = Value::Duration(format!("P{:.0}Y{months}M", count.low));
        return Some(DateReading { tokens: i..end + 2, value, part: None, ahead: false, since: false });
    }
    if designator == 'M' && !time && matches!(doc.sym(end), w::giêng | w::chạp | w::âm) {
        return None;
    }
    if designator == 'M' && !time && (doc.is_number(end) || doc.is_any(end, &[w::đầu, w::cuối]) && doc.is(end + 1, w::năm)) {
        return None;
    }
    // "đợt 1 năm 2018"; "kế hoạch 5 năm 2016-2020", "2 năm 2015 và 2016" have both.
    let more_years = doc.is_any(end + 1, &[w::HYPHEN, w::COMMA, w::và]) && year_at(doc, end + 2).is_some();
    let one_year = year_at(doc, end).is_some() && !more_years;
    if designator == 'Y' && doc.is_number(end) && (count.spelled || one_year) {
        return None;
    }
    // "tiếng" is a language too: "2 thứ tiếng" never gets here, "hai tiếng nói" does.
    let lone = at == i && !doc.is_any(end, &[w::đồng, w::sau, w::trước]);
    if doc.is(unit, w::tiếng) && lone && count.spelled && !doc.is_lower(end) {
        return None;
    }
    if doc.is(unit, w::tiếng) && doc.is_lower(end) && !doc.is_any(end, &[w::đồng, w::sau, w::trước, w::mỗi, w::và]) && count.spelled
    {
        return None;
    }
    for tail in
        [&[w::đồng, w::hồ][..], &[w::vừa, w::qua], &[w::qua], &[w::liền], &[w::tới], &[w::nữa], &[w::gần, w::đây], &[w::liên, w::tục]]
    {
        if doc.are(end, tail) {
            end += tail.len();
        }
    }
    let number = if count.low.fract() == 0.0 { format!("{:.0}", count.low) } else { format!("{}", count.low) };
    let value = match (doc.is(end, w::rưỡi), time) {
        (true, _) => {
            end += 1;
            format!("P{}{}.5{designator}", if time { "T" } else { "" }, number)
        }
        (false, true) => format!("PT{number}{designator}"),
        (false, false) => format!("P{number}{designator}"),
    };
    Some(DateReading { tokens: i..end, value: Value::Duration(value), part: None, ahead: false, since: false })
}

/// Whether a point is nothing but a year.
pub(crate) fn is_plain_year(reading: &DateReading) -> bool {
    matches!(&reading.value, Value::Point(p) if p.is_year())
}
