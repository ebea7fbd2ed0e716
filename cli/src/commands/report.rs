//! `bantin report`

use std::io::Write;
use std::path::Path;

use super::{failed, print};
use crate::args::{Common, Report};
use crate::config::{self, Config};
use crate::error::Error;
use crate::output::{Read, WholeFile};
use crate::page::{self, Entry};
use crate::run::{Consumer, Run};

/// Writes one page over all bulletins; `false` where an input failed or a signal stopped the run.
pub fn run(arguments: &Report, config: &Config, common: &Common) -> Result<bool, Error> {
    let output = config::file(arguments.output.as_deref());
    let run = Run::new(config, &arguments.reading, &bantin::Kind::ALL, output, common)?.explaining(true);
    let mut entries = Entries(Vec::new());
    let done = run.each(&mut entries).and_then(|summary| {
        let title = arguments.title.as_deref().unwrap_or("Bản tin");
        write(&page::page(title, &entries.0), output)?;
        Ok(summary.complete())
    });
    Ok(done.unwrap_or_else(|error| failed(&error)))
}

fn write(page: &str, output: Option<&Path>) -> Result<(), Error> {
    let Some(path) = output else { return print(page.as_bytes()) };
    let mut file = WholeFile::create(path)?;
    file.write_all(page.as_bytes()).map_err(|error| Error::new(path.display().to_string(), error))?;
    file.finish()
}

/// The bulletins of the page.
struct Entries(Vec<Entry>);

impl Consumer for Entries {
    type Made = Entry;

    fn make(&self, read: Read) -> Entry {
        Entry {
            source: read.input.source,
            text: read.input.text,
            bulletin: read.bulletin,
            explanations: read.explanations.unwrap_or_default(),
        }
    }

    fn take(&mut self, entry: Entry) -> Result<(), Error> {
        self.0.push(entry);
        Ok(())
    }
}
