//! Files of records, one JSON object a line.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::{Input, Job, Place, Settings, unreadable};
use crate::error::Error;

/// No line is longer.
const LIMIT: u64 = 1 << 30;

/// The records of a file, each a job, one line in memory at a time.
pub struct Records {
    source: String,
    /// Where lines come from; `None` when there are no more.
    lines: Option<Box<dyn BufRead + Send>>,
    /// The number of the last line, from 1.
    line: usize,
}

impl Records {
    /// The records of what `source` names.
    pub fn new(source: String, lines: Box<dyn BufRead + Send>) -> Self {
        Records { source, lines: Some(lines), line: 0 }
    }
}

impl Iterator for Records {
    type Item = Result<Job, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let lines = self.lines.as_mut()?;
            let mut bytes = Vec::new();
            let read = lines.by_ref().take(LIMIT).read_until(b'\n', &mut bytes);
            self.line += 1;
            let source = format!("{}:{}", self.source, self.line);
            match read {
                Ok(0) => self.lines = None,
                Ok(read) if read as u64 == LIMIT && bytes.last() != Some(&b'\n') => {
                    self.lines = None;
                    return Some(Err(Error::new(source, "a line of more than 1 GiB").advise("records are one JSON object a line")));
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(read) => return Some(Ok(Job { source, size: read as u64, place: Place::Record(bytes) })),
                Err(error) => {
                    self.lines = None;
                    return Some(Err(unreadable(&source, &error)));
                }
            }
        }
    }
}

/// Reads one record.
pub fn read(source: String, line: &[u8], settings: &Settings) -> Result<Input, Error> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let fail = |what: String| Error::new(source.clone(), what);
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| fail(format!("not JSON: {}", at_column(&error))).advise("each line must be one JSON object, in UTF-8"))?;
    let Value::Object(mut record) = value else {
        return Err(fail(format!("{}, where an object is wanted", name_of(&value))).advise("each line must be one JSON object"));
    };
    let field = if settings.field.is_empty() { "text" } else { &settings.field };
    match record.shift_remove(field) {
        Some(Value::String(text)) => Ok(Input { source, text, record: Some(record), remarks: Vec::new() }),
        Some(other) => {
            Err(fail(format!("the field `{field}` is {}, not a string", name_of(&other))).advise("name the field of the text with --field"))
        }
        None => Err(fail(format!("no field `{field}`; there are {}", fields(&record))).advise("name the field of the text with --field")),
    }
}

/// What is wrong, and where in its line.
fn at_column(error: &serde_json::Error) -> String {
    let what = error.to_string();
    let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
    format!("{what} at column {}", error.column())
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn fields(record: &Map<String, Value>) -> String {
    const SHOWN: usize = 12;
    let names: Vec<String> = record.keys().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match (names.len(), record.len()) {
        (0, _) => "none".to_owned(),
        (shown, all) if all > shown => format!("{} and {} more", names.join(", "), all - shown),
        _ => names.join(", "),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn record(line: &str, field: &str) -> Result<Input, String> {
        let settings = Settings { field: field.to_owned(), ..Settings::default() };
        read("a.ndjson:7".to_owned(), line.as_bytes(), &settings).map_err(|error| error.to_string())
    }

    #[test]
    fn other_fields_keep_their_order() {
        let input = record(r#"{"id": 4, "body": "Chi bộ họp", "a": [1], "z": null}"#, "body").unwrap();
        assert_eq!((input.source.as_str(), input.text.as_str()), ("a.ndjson:7", "Chi bộ họp"));
        assert_eq!(serde_json::to_string(&input.record.unwrap()).unwrap(), r#"{"id":4,"a":[1],"z":null}"#);
        assert_eq!(record(r#"{"text": "Chi bộ"}"#, "").unwrap().text, "Chi bộ");
    }

    #[test]
    fn errors_name_line_and_remedy() {
        for (line, error) in [
            (
                "{\"text\": \"a",
                "a.ndjson:7: not JSON: EOF while parsing a string at column 11 (each line must be one JSON object, in UTF-8)",
            ),
            ("[1]", "a.ndjson:7: a list, where an object is wanted (each line must be one JSON object)"),
            ("{\"body\": \"a\"}", "a.ndjson:7: no field `text`; there are `body` (name the field of the text with --field)"),
            ("{}", "a.ndjson:7: no field `text`; there are none (name the field of the text with --field)"),
            ("{\"text\": 3}", "a.ndjson:7: the field `text` is a number, not a string (name the field of the text with --field)"),
        ] {
            assert_eq!(record(line, "text").unwrap_err(), error);
        }
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert!(record(&deep, "text").unwrap_err().contains("not JSON: recursion limit exceeded"));
    }

    #[test]
    fn lines_are_read_as_they_are_asked_for() {
        /// Gives lines without end, and counts what was taken.
        struct Endless(std::sync::Arc<std::sync::atomic::AtomicUsize>);
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let line = b"{\"text\":\"a\"}\n\n";
                let given = line.len().min(buffer.len());
                buffer[..given].copy_from_slice(&line[..given]);
                self.0.fetch_add(given, std::sync::atomic::Ordering::Relaxed);
                Ok(given)
            }
        }
        let taken = std::sync::Arc::default();
        let lines = Box::new(std::io::BufReader::new(Endless(std::sync::Arc::clone(&taken))));
        let sources: Vec<String> = Records::new("x".to_owned(), lines).take(3).map(|job| job.unwrap().source).collect();
        assert_eq!(sources, ["x:1", "x:3", "x:5"], "empty lines are no records");
        assert!(taken.load(std::sync::atomic::Ordering::Relaxed) < 100);
    }
}
