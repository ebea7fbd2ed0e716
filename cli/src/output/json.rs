//! A text's facts as one JSON object: the bulletin with `explanations`, `record` (the other fields of an NDJSON record) and `input` (the text) beside its
//! lists where there are such.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use bantin::{Bulletin, Explanation, OffsetMap, OffsetUnit, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::output::Read;
use crate::output::file::{Target, about, hash};

#[derive(Serialize)]
struct Object<'a> {
    #[serde(flatten)]
    bulletin: &'a Bulletin,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<&'a [Explanation]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
}

/// The object, indented or on one line, without a line end. The offsets of `read` are those that are written.
pub fn object(read: &Read, with_text: bool, indented: bool) -> String {
    let object = Object {
        bulletin: &read.bulletin,
        explanations: read.explanations.as_deref(),
        record: read.input.record.as_ref(),
        input: with_text.then_some(read.input.text.as_str()),
    };
    let written = if indented { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) };
    // A bulletin has no keys that are no strings, the one thing that could fail.
    written.unwrap_or_default()
}

/// Turns all offsets, which count bytes, into `unit`.
pub fn convert_offsets(read: &mut Read, unit: OffsetUnit) {
    read.bulletin.convert_offsets(&read.input.text, unit);
    let map = OffsetMap::new(&read.input.text, unit);
    let convert = |span: &mut Span| *span = Span { start: map.convert(span.start), end: map.convert(span.end) };
    for explanation in read.explanations.iter_mut().flatten() {
        explanation.evidence.iter_mut().for_each(|evidence| convert(&mut evidence.span));
        explanation.rejected.iter_mut().for_each(|rejected| convert(&mut rejected.span));
    }
}

/// Objects that are one JSON document: one object alone, several as an array, none as an empty array.
#[derive(Debug, Default)]
pub struct Array {
    /// The first object, until it is known whether another one follows.
    first: Option<String>,
    many: bool,
}

impl Array {
    /// Writes an object, or holds it back.
    pub fn write(&mut self, object: String, target: &mut Target) -> Result<(), Error> {
        match self.first.take() {
            None if !self.many => {
                self.first = Some(object);
                Ok(())
            }
            first => {
                self.many = true;
                if let Some(first) = first {
                    target.write("[\n")?;
                    target.write(&first)?;
                }
                target.write(",\n")?;
                target.write(&object)
            }
        }
    }

    /// Writes what makes it a document.
    pub fn finish(self, target: &mut Target) -> Result<(), Error> {
        match (self.first, self.many) {
            (Some(object), _) => target.write(&format!("{object}\n")),
            (None, true) => target.write("\n]\n"),
            (None, false) => target.write("[]\n"),
        }
    }
}

/// Copies the objects of an earlier run's file, line by line, and gives their sources. What is no object of ours (a line that was torn off) is left out.
pub fn take_over(path: &Path, target: &mut Target) -> Result<HashSet<u64>, Error> {
    #[derive(Deserialize)]
    struct Done {
        source: String,
    }
    let mut sources = HashSet::new();
    if !path.exists() {
        return Ok(sources);
    }
    let mut reader = BufReader::new(File::open(path).map_err(|error| about(path, error))?);
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line).map_err(|error| about(path, error))? == 0 {
            return Ok(sources);
        }
        let Ok(text) = std::str::from_utf8(&line) else { continue };
        if let Ok(done) = serde_json::from_str::<Done>(text) {
            sources.insert(hash(&done.source));
            target.write(text.trim_end_matches(['\r', '\n']))?;
            target.write("\n")?;
        }
    }
}
