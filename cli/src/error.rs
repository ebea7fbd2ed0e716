//! What went wrong, where, and what to do about it.

use std::fmt;
use std::io::Write;

/// A failure that names its place: a file, a line, an option.
#[derive(Debug)]
pub struct Error {
    place: String,
    what: String,
    advice: Option<String>,
}

impl Error {
    /// `place` is what the user named (a path, `<stdin>`, `--ref-date`); `what` says what is wrong with it.
    pub fn new(place: impl Into<String>, what: impl fmt::Display) -> Self {
        Error { place: place.into(), what: what.to_string(), advice: None }
    }

    /// What the user can do.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)?;
        self.advice.as_ref().map_or(Ok(()), |advice| write!(f, " ({advice})"))
    }
}

impl std::error::Error for Error {}

/// Says something to who waits, on standard error. Where that cannot be written, nobody waits. Control characters (file names and texts may have some)
/// are no commands to a terminal.
pub fn tell(line: &str) {
    let line: String = line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let _ = writeln!(std::io::stderr().lock(), "bantin: {line}");
}
