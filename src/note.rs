//! What a rule tells of its choice while it makes it: for [`crate::Extractor::explain`], so that no story is made up afterwards.
//!
//! A rule that weighs is generic over [`Note`]. In extraction it is handed [`Silent`], whose calls are empty and compiled away.

use std::ops::Range;

/// Takes down reasons.
pub(crate) trait Note {
    /// What spoke for the reading, with its points where points are counted, and the tokens it was seen in.
    fn because(&mut self, what: &'static str, points: Option<i32>, tokens: Range<usize>);
}

/// Takes down nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Silent;

impl Note for Silent {
    fn because(&mut self, _: &'static str, _: Option<i32>, _: Range<usize>) {}
}

/// Takes down all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    pub(crate) reasons: Vec<Reason>,
}

#[derive(Debug, Clone)]
pub(crate) struct Reason {
    pub(crate) what: &'static str,
    pub(crate) points: Option<i32>,
    pub(crate) tokens: Range<usize>,
}

impl Note for Notes {
    fn because(&mut self, what: &'static str, points: Option<i32>, tokens: Range<usize>) {
        self.reasons.push(Reason { what, points, tokens });
    }
}
