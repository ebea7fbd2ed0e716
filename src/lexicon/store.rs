//! The vocabulary as it lies in memory: flat arrays, which the build script writes into the binary and which need no work to load.
//!
//! **Why.** Reading the tables and building hash maps of them took 55–78 ms at every start. As arrays they are mapped with the program; what remains is
//! to find where each begins and to check that the strings are UTF-8 (under a millisecond).

use std::borrow::Cow;

/// An array that is part of the binary, or made at run time where a user adds rows.
pub(crate) type Array<T> = Cow<'static, [T]>;

/// A list of strings: one text, and where each begins in it.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    text: Cow<'static, str>,
    starts: Array<u32>,
}

impl Strings {
    pub(crate) fn of<S: AsRef<str>>(strings: impl IntoIterator<Item = S>) -> Strings {
        let mut text = String::new();
        let mut starts = vec![0];
        for string in strings {
            text.push_str(string.as_ref());
            starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Strings { text: Cow::Owned(text), starts: Cow::Owned(starts) }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The string number `n`; empty where there is none.
    pub(crate) fn get(&self, n: usize) -> &str {
        let (Some(&from), Some(&to)) = (self.starts.get(n), self.starts.get(n + 1)) else { return "" };
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|n| self.get(n))
    }

    /// The number of a string in a sorted list.
    pub(crate) fn search(&self, string: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(string) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

/// Writes sections one behind the other, each at a multiple of eight bytes, in the byte order of the machine that will read them.
pub(crate) struct Sink {
    pub(crate) bytes: Vec<u8>,
    pub(crate) big_endian: bool,
}

impl Sink {
    #[allow(dead_code)] // of the build script
    fn put<T: Copy, const N: usize>(&mut self, items: &[T], little: fn(T) -> [u8; N], big: fn(T) -> [u8; N]) {
        let length = items.len() as u64;
        self.bytes.extend(if self.big_endian { length.to_be_bytes() } else { length.to_le_bytes() });
        for &item in items {
            self.bytes.extend(if self.big_endian { big(item) } else { little(item) });
        }
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
    }
}

/// What a store is made of.
pub(crate) trait Section: Sized {
    #[allow(dead_code)] // of the build script
    fn put(&self, sink: &mut Sink);
    /// Takes the section off the front of `bytes`; empty where they are no store.
    fn take(bytes: &mut &'static [u8]) -> Self;
}

fn take<T: bytemuck::AnyBitPattern>(bytes: &mut &'static [u8]) -> &'static [T] {
    let length = bytes.get(..8).and_then(|head| bytemuck::try_cast_slice(head).ok()).and_then(|head: &[u64]| head.first().copied());
    let size = usize::try_from(length.unwrap_or_default()).unwrap_or(0).saturating_mul(size_of::<T>());
    let items = bytes.get(8..size.saturating_add(8)).and_then(|items| bytemuck::try_cast_slice(items).ok());
    *bytes = bytes.get(size.next_multiple_of(8).saturating_add(8)..).unwrap_or_default();
    items.unwrap_or_default()
}

macro_rules! section {
    ($($item:ty),*) => {$(
        impl Section for Array<$item> {
            fn put(&self, sink: &mut Sink) {
                sink.put(self, <$item>::to_le_bytes, <$item>::to_be_bytes);
            }
            fn take(bytes: &mut &'static [u8]) -> Self {
                Cow::Borrowed(take(bytes))
            }
        }
    )*};
}

section!(u16, u32, u64);

impl Section for Strings {
    fn put(&self, sink: &mut Sink) {
        sink.put(self.text.as_bytes(), u8::to_le_bytes, u8::to_be_bytes);
        self.starts.put(sink);
    }

    fn take(bytes: &mut &'static [u8]) -> Self {
        let text = std::str::from_utf8(take(bytes)).unwrap_or_default();
        Strings { text: Cow::Borrowed(text), starts: Array::take(bytes) }
    }
}

/// A set of pairs of numbers as bits, one at the hash of each pair: where the bit is not set, the pair is none of the set; where it is, it nearly always is
/// one.
///
/// **Why.** Nine in ten tokens go on with no row, or stand in no gap. A bit says so without a search: an eighth of the time of finding rows, a third of
/// that of mending words.
#[derive(Debug, Default)]
pub(crate) struct PairSet(Array<u64>);

impl PairSet {
    /// Bits for each pair.
    const ROOM: usize = 8;

    pub(crate) fn of(pairs: &[(u32, u32)]) -> PairSet {
        let mut bits = vec![0u64; (pairs.len() * Self::ROOM / 64).next_power_of_two().max(2)];
        let count = bits.len();
        for &(a, b) in pairs {
            let at = Self::bit(a, b, count);
            if let Some(block) = bits.get_mut(at / 64) {
                *block |= 1 << (at % 64);
            }
        }
        PairSet(Cow::Owned(bits))
    }

    fn bit(a: u32, b: u32, blocks: usize) -> usize {
        let hash = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        hash as usize & (blocks * 64 - 1)
    }

    pub(crate) fn may_hold(&self, a: u32, b: u32) -> bool {
        let at = Self::bit(a, b, self.0.len().max(1));
        self.0.get(at / 64).is_some_and(|block| block >> (at % 64) & 1 != 0)
    }
}

impl Section for PairSet {
    fn put(&self, sink: &mut Sink) {
        self.0.put(sink);
    }

    fn take(bytes: &mut &'static [u8]) -> Self {
        PairSet(Array::take(bytes))
    }
}

macro_rules! store {
    ($($(#[$doc:meta])* $name:ident: $section:ty,)*) => {
        /// The vocabulary's arrays.
        #[derive(Debug, Default)]
        pub(crate) struct Store {
            $($(#[$doc])* pub(crate) $name: $section,)*
        }

        impl Store {
            #[allow(dead_code)] // of the build script
            pub(crate) fn put(&self, sink: &mut Sink) {
                $(self.$name.put(sink);)*
            }

            pub(crate) fn take(mut bytes: &'static [u8]) -> Store {
                Store { $($name: Section::take(&mut bytes),)* }
            }
        }
    };
}

store! {
    /// The folded form of each symbol; the first is of symbol 1.
    words: Strings,
    /// The packed letters of each word ([`crate::letter::Packed`]; 0 where it can't be packed), then of other spellings.
    spellings: Array<u64>,
    /// The symbols of the other spellings.
    other_symbols: Array<u32>,
    /// A hash table: the number of a spelling, counted from 1; 0 is empty.
    spelling_slots: Array<u32>,
    /// The symbols of the words that can't be packed, sorted by word.
    long_words: Array<u32>,
    /// The pairs of words that rows begin with; and of a node with many children and the symbol that leads on.
    beginnings: PairSet,
    branches: PairSet,
    /// The node of the trie that a symbol leads to from the root; 0 is none.
    roots: Array<u32>,
    /// The first child of each node, and one past the last. Children stand side by side, sorted by symbol.
    children: Array<u32>,
    /// The symbol that leads to each node.
    labels: Array<u32>,
    /// Bit by bit, whether rows end at a node; before each 64 nodes, at how many.
    ends: Array<u64>,
    ends_before: Array<u32>,
    /// For each node where rows end: the row, or where in `row_lists` a list of them begins. See [`super::Row`].
    rows: Array<u32>,
    /// Lists of rows, the length of each before it.
    row_lists: Array<u32>,
    /// What rows share, [`super::SHAPE`] numbers each: the flags (low, high), two cells, how their tokens are cased.
    shapes: Array<u32>,
    cells: Strings,
    /// One letter for a token.
    cases: Strings,
    /// The rows (by node and shape) whose form is not just their words: both packed in one number, sorted; and the forms.
    odd_rows: Array<u64>,
    odd_forms: Strings,
    /// Abbreviations of documents' types, sorted; and the types.
    abbreviations: Strings,
    abbreviated: Strings,
    /// Names of units that have namesakes, sorted.
    namesakes: Strings,
    /// See [`crate::typo::learn`].
    pair_set: PairSet,
    /// For each symbol where the words that follow it begin in `followers`, each list sorted.
    follower_starts: Array<u32>,
    followers: Array<u16>,
    pairs_back: Array<u32>,
    triples: Array<u64>,
    inside_fours: Array<u64>,
    fours: Array<u64>,
    /// The first word last.
    fours_back: Array<u64>,
    /// The pairs of words around a third in a row.
    gaps: PairSet,
}
