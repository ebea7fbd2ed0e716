//! The vocabulary that the build script made of `data/*.tsv`.

use std::sync::{Arc, LazyLock};

use crate::lexicon::Lexicon;
use crate::lexicon::store::Store;

/// Bytes that begin where numbers of eight bytes may.
#[repr(C, align(8))]
struct Aligned<B: ?Sized>(B);

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin")));

static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(Lexicon::new(Store::take(&BYTES.0))));

/// The bundled vocabulary. Its arrays are part of the program; what is done once is to find where each begins.
pub(crate) fn lexicon() -> Arc<Lexicon> {
    LEXICON.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_part_of_the_program_and_small() {
        let lexicon = lexicon();
        assert!(lexicon.store.words.len() > 5_000 && lexicon.store.shapes.len() > 10_000, "it is read where it lies");
        assert!(BYTES.0.len() < 2_000_000, "{} bytes", BYTES.0.len());
    }
}
