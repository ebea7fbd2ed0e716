//! **Accepts** *120%*, *83,2 %*, *5-7%*, *10%-15%*, *từ 5 đến 7%*, *mười phần trăm*, percentage points.
//!
//! **Refuses** the two sides of a ratio of percentages (*83,2%/75%*), which [`super::ratio`] reads; per mille.
//!
//! **Value** 120 for *120%*; the upper bound of a range apart.
//!
//! **Ambiguity** none.
//!
//! **Sources** the rulings of `docs/output.md`.

use std::ops::Range;

use crate::doc::Doc;
use crate::number::figure;
use crate::words as w;

#[derive(Debug, Clone)]
pub(crate) struct PercentReading {
    pub(crate) tokens: Range<usize>,
    pub(crate) value: f64,
    pub(crate) upper: Option<f64>,
}

/// The percentage that begins at token `i`.
pub(crate) fn read(doc: &Doc, i: usize) -> Option<PercentReading> {
    let from = usize::from(doc.is(i, w::từ));
    let number = figure(doc, i + from).filter(|f| !f.scaled)?;
    let (end, upper) = match sign(doc, number.end) {
        // "10%-15%", "từ 10% đến 15%"
        Some(end) if number.high.is_none() && (doc.is_dash(end) || (from == 1 && doc.is(end, w::đến))) => {
            let second = figure(doc, end + 1).filter(|f| f.high.is_none() && f.low > number.low);
            match second.and_then(|f| sign(doc, f.end).map(|end| (end, f.low))) {
                Some((end, upper)) => (end, Some(upper)),
                None => (end, None),
            }
        }
        Some(end) => (end, number.high),
        None => return None,
    };
    // "từ 5%" without an upper bound begins at its number.
    if from == 1 && upper.is_none() {
        return None;
    }
    Some(PercentReading { tokens: i..end, value: number.low, upper })
}

/// The token after *%* or *phần trăm* at `at`.
fn sign(doc: &Doc, at: usize) -> Option<usize> {
    if doc.is(at, w::PERCENT) {
        Some(at + 1)
    } else if doc.are(at, &[w::phần, w::trăm]) || doc.are(at, &[w::điểm, w::phần, w::trăm]) {
        Some(at + if doc.is(at, w::điểm) { 3 } else { 2 })
    } else {
        None
    }
}
