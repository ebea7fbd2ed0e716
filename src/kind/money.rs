//! **Accepts** a number with a currency: *1,2 tỷ đồng*, *500.000đ*, *98 tỷ 760 triệu đồng*, *từ 3 đến 5 triệu đồng*, *286 triệu USD*, *$500*; without a
//! currency only where the clause speaks of money (*trị giá 5 tỷ*).
//!
//! **Refuses** *5 đồng chí*, *đồng bào*, *yên* and *bảng* as ordinary words.
//!
//! **Value** the amount in the currency's main unit, exact: *4,35 tỷ USD* is 4350000000 USD.
//!
//! **Ambiguity** a scale word without a noun is money only beside a word of money.
//!
//! **Sources** ISO 4217 for currencies.

use std::ops::Range;

use crate::doc::Doc;
use crate::lexicon::{Flags, Hit, Table};
use crate::number::{Figure, figure};
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct MoneyReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) value: f64,
    pub(crate) upper: Option<f64>,
    pub(crate) currency: String,
    pub(crate) approx: Option<usize>,
    pub(crate) by: MoneyRule,
}

/// What made a number an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MoneyRule {
    /// A currency before it.
    Prefix,
    /// A currency behind it.
    Currency,
    /// A scale word, and what stands before it speaks of money.
    BareScale,
}

/// The amount that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize) -> Option<MoneyReading> {
    let from = usize::from(doc.is(i, w::từ));
    let reading = |figure: &Figure, end, currency: Currency, by| {
        let approx = i.checked_sub(1).filter(|&at| doc.is_any(at, &[w::gần, w::hơn, w::trên, w::khoảng, w::ước, w::dưới]));
        (from == 0 || figure.high.is_some()).then(|| MoneyReading {
            tokens: i..end,
            value: figure.low / currency.parts,
            upper: figure.high.map(|high| high / currency.parts),
            currency: currency.code.to_owned(),
            // "trên dưới 5 tỷ đồng": about that much, on either side.
            approx: approx.filter(|&at| !(doc.is(at, w::dưới) && at > 0 && doc.is(at - 1, w::trên))),
            by,
        })
    };
    // "$500", "US$ 20 triệu"
    if let Some(hit) = doc.find(Table::Currencies, i).filter(|&hit| doc.flags(hit).has(Flags::PREFIX)) {
        let amount = figure(doc, hit.end).filter(|_| doc.is_number(hit.end))?;
        return reading(&amount, amount.end, Currency::of(doc, hit), MoneyRule::Prefix);
    }
    let amount = figure(doc, i + from)?;
    if let Some((end, unit)) = currency(doc, &amount) {
        // "300 triệu đồng đến 1,5 tỷ đồng", "100.000 đồng - 300.000 đồng"
        if (doc.is(end, w::đến) || doc.is_dash(end))
            && amount.high.is_none()
            && let Some(second) = figure(doc, end + 1).filter(|f| f.high.is_none() && f.low > amount.low)
            && let Some((second_end, second_unit)) = currency(doc, &second)
            && unit == second_unit
        {
            return reading(&Figure { high: Some(second.low), ..amount }, second_end, unit, MoneyRule::Currency);
        }
        // "từ 100.000 đồng đến 300.000": the currency is said once.
        if from == 1
            && doc.is(end, w::đến)
            && amount.high.is_none()
            && let Some(second) = figure(doc, end + 1).filter(|f| f.high.is_none() && f.low > amount.low && doc.is_number(end + 1))
            && !doc.is_word(second.end)
            && !doc.is_any(second.end, &[w::SLASH, w::PERCENT])
        {
            return reading(&Figure { high: Some(second.low), ..amount }, second.end, unit, MoneyRule::Currency);
        }
        return reading(&amount, end, unit, MoneyRule::Currency);
    }
    // "trị giá 5 tỷ": the currency is left out.
    ((amount.scaled || amount.spelled && amount.low >= 1e9) && bare_scale(doc, i, &amount))
        .then(|| reading(&amount, amount.end, Currency { code: "VND", parts: 1.0 }, MoneyRule::BareScale))?
}

/// A currency as it is named in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Currency<'d> {
    code: &'d str,
    /// How many of what is named make the main unit: 100 for *xu*, *cent*.
    parts: f64,
}

impl<'d> Currency<'d> {
    fn of(doc: &'d Doc, hit: Hit) -> Self {
        Currency { code: doc.entry(hit).cells[0], parts: if doc.flags(hit).has(Flags::CENT) { 100.0 } else { 1.0 } }
    }
}

/// The currency behind an amount, and the token after it.
fn currency<'d>(doc: &'d Doc, amount: &Figure) -> Option<(usize, Currency<'d>)> {
    let at = amount.end;
    let hit = doc.find(Table::Currencies, at)?;
    let entry = doc.entry(hit);
    // A longer noun: "đồng chí", "đồng bào", "yên ngựa".
    if doc.find(Table::Units, at).is_some_and(|unit| unit.end > hit.end) || ordinary(doc, hit.end, at) {
        return None;
    }
    if entry.flags.has(Flags::WEAK) && !amount.scaled && amount.low < 1000.0 {
        return None;
    }
    // "tuyến 8 Đồng Tháp": a name begins.
    if doc.is(at, w::đồng) && doc.case(at) == crate::token::Case::Title {
        return None;
    }
    // The letter đ stands behind digits, and no word goes on.
    if doc.raw(at).chars().count() == 1 && doc.is_word(at) && (amount.spelled || doc.touches(hit.end) && doc.is_word(hit.end)) {
        return None;
    }
    Some((hit.end, Currency::of(doc, hit)))
}

fn ordinary(doc: &Doc, next: usize, at: usize) -> bool {
    // "3,86 tỷ đồng thời điểm đó"
    if doc.small(next) == w::thời && matches!(doc.small(next + 1), w::điểm | w::gian | w::kỳ | w::hạn) {
        return false;
    }
    doc.is(at, w::đồng)
        && matches!(
            doc.small(next),
            w::chí
                | w::bào
                | w::nghiệp
                | w::hồ
                | w::thời
                | w::loạt
                | w::hương
                | w::đội
                | w::ý
                | w::thuận
                | w::bộ
                | w::phục
                | w::cỏ
                | w::ruộng
                | w::lúa
                | w::muối
                | w::minh
                | w::phạm
                | w::tác
        )
}

/// *trị giá 5 tỷ*, *phạt 7 triệu*: no noun behind, a word of money before.
fn bare_scale(doc: &Doc, i: usize, amount: &Figure) -> bool {
    let next = amount.end;
    let closed = !doc.is_word(next) || doc.is_any(next, &[w::và, w::để, w::cho, w::mỗi, w::từ, w::đến, w::nay, w::trong]);
    if !closed || doc.is(next, w::PERCENT) || doc.is_number(next) {
        return false;
    }
    // "Dân số thế giới đạt 8 tỷ"
    let start = doc.sentence(i).start.max(i.saturating_sub(8));
    if (start..i).any(|at| doc.sym(at) == w::dân && doc.small(at + 1) == w::số) {
        return false;
    }
    // "9 tỷ", "1 tỷ 250 triệu", "một tỷ rưỡi"
    if doc.is_any(next - 1, &[w::tỷ, w::tỉ]) || amount.low >= 1e9 {
        return true;
    }
    (start..i).any(|at| {
        matches!(
            doc.raw(at),
            "giá"
                | "vốn"
                | "phí"
                | "tiền"
                | "phạt"
                | "chi"
                | "lương"
                | "thưởng"
                | "nợ"
                | "vay"
                | "ngân"
                | "mua"
                | "bán"
                | "đồng"
                | "tỷ"
                | "USD"
                | "thu"
        )
    })
}
