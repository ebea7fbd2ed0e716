//! Makes the arrays of the bundled vocabulary from `data/*.tsv`, so that a program has them without reading any table; with the very modules that read a
//! user's tables at run time.

#![allow(dead_code, unused_imports)] // the modules serve the library, too

use std::path::Path;

#[path = "src/error.rs"]
mod error;
#[path = "src/key.rs"]
mod key;
#[path = "src/letter.rs"]
mod letter;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/normalize.rs"]
mod normalize;
#[path = "src/scan.rs"]
mod scan;
#[path = "src/syllable.rs"]
mod syllable;
#[path = "src/tok.rs"]
mod tok;
#[path = "src/token.rs"]
mod token;
#[path = "src/typo.rs"]
mod typo;
#[path = "src/words.rs"]
mod words;

/// What the modules need of the library's `span`, whose output traits the build does not.
mod span {
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub struct Span {
        pub start: usize,
        pub end: usize,
    }

    impl Span {
        pub fn slice(self, text: &str) -> Option<&str> {
            text.get(self.start..self.end)
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=build.rs");
    let data = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("data");
    let read = |name: &str| std::fs::read_to_string(data.join(name).with_extension("tsv")).unwrap_or_default();
    let store = lexicon::draft::Draft::bundled(read)?.finish();
    let big_endian = std::env::var("CARGO_CFG_TARGET_ENDIAN")? == "big";
    let mut sink = lexicon::store::Sink { bytes: Vec::new(), big_endian };
    store.put(&mut sink);
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("lexicon.bin"), sink.bytes)?;
    Ok(())
}
