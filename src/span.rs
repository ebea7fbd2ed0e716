//! Where a mention stands: half-open ranges into the text that was given.

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of the original text.
///
/// The extractor counts in UTF-8 bytes; [`crate::Bulletin::convert_offsets`] turns
/// all spans of a bulletin into another [`OffsetUnit`].
///
/// ```
/// use bantin::Span;
/// let span = Span { start: 0, end: 4 };
/// assert_eq!(span.slice("năm 2021"), Some("năm"));
/// assert_eq!(span.slice("nă"), None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
pub struct Span {
    /// Offset of the first unit.
    pub start: usize,
    /// Offset after the last unit; never smaller than `start`.
    pub end: usize,
}

impl Span {
    /// The slice of `text` that a byte span covers; `None` where it does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one unit.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many units the span covers.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// What the offsets of a [`Span`] count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(any(test, feature = "schema"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OffsetUnit {
    /// UTF-8 bytes, as Rust, Go and most files count.
    #[default]
    Bytes,
    /// Unicode scalar values, as Python counts.
    Chars,
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
}

/// Converts byte offsets of one text into another unit.
///
/// Building it is one pass over the text; each look-up costs at most a walk of 256 bytes.
///
/// ```
/// use bantin::{OffsetMap, OffsetUnit};
/// let map = OffsetMap::new("Tỉnh ủy", OffsetUnit::Chars);
/// assert_eq!(map.convert(6), 4); // "Tỉnh" is six bytes, four characters
/// ```
#[derive(Debug, Clone)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// Units before every multiple of [`STRIDE`] bytes (counted at the character boundary at or before it).
    marks: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'t> OffsetMap<'t> {
    /// A map for `text` from bytes to `unit`.
    #[must_use]
    pub fn new(text: &'t str, unit: OffsetUnit) -> Self {
        let mut marks = Vec::new();
        if unit != OffsetUnit::Bytes {
            let mut count = 0;
            for (at, c) in text.char_indices() {
                // A mark counts the characters that start before it.
                while marks.len() * STRIDE <= at {
                    marks.push(count);
                }
                count += width(c, unit);
            }
            while marks.len() * STRIDE <= text.len() {
                marks.push(count);
            }
        }
        OffsetMap { text, unit, marks }
    }

    /// The offset in the map's unit of byte `offset`; an offset past the end or inside a character counts
    /// the characters that start before it.
    #[must_use]
    pub fn convert(&self, offset: usize) -> usize {
        if self.unit == OffsetUnit::Bytes {
            return offset;
        }
        let offset = offset.min(self.text.len());
        let block = offset / STRIDE;
        let mut count = self.marks.get(block).copied().unwrap_or(0);
        // Characters that start in this block, before the offset.
        let mut at = block * STRIDE;
        while at < offset && !self.text.is_char_boundary(at) {
            at += 1;
        }
        for (n, c) in self.text.get(at..).unwrap_or("").char_indices() {
            if at + n >= offset {
                break;
            }
            count += width(c, self.unit);
        }
        count
    }
}

fn width(c: char, unit: OffsetUnit) -> usize {
    match unit {
        OffsetUnit::Utf16 => c.len_utf16(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_offset_counts_what_the_standard_library_counts() {
        let text = "Đảng ủy 🇻🇳 – khối doanh nghiệp ".repeat(40);
        for unit in [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16] {
            let map = OffsetMap::new(&text, unit);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..at];
                let want = match unit {
                    OffsetUnit::Bytes => before.len(),
                    OffsetUnit::Chars => before.chars().count(),
                    OffsetUnit::Utf16 => before.encode_utf16().count(),
                };
                assert_eq!(map.convert(at), want, "{unit:?} at {at}");
            }
        }
    }
}
