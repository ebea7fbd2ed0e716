//! The vocabulary that the build script made of `data/*.tsv`.

use crate::lexicon::Lexicon;
use crate::lexicon::store::Store;

/// Bytes that begin where numbers of eight bytes may.
#[repr(C, align(8))]
struct Aligned<B: ?Sized>(B);

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin")));

/// The bundled vocabulary. Costs next to nothing: its arrays are part of the program.
pub(crate) fn lexicon() -> Lexicon {
    Lexicon::new(Store::take(&BYTES.0))
}
