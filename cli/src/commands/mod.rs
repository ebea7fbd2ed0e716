//! What each subcommand does. They return whether all went well: exit status 0 or 1; an error is a wrong command line or configuration: 2.

pub mod check;
pub mod extract;
pub mod lexicon;
pub mod manual;
pub mod normalize;
pub mod report;
pub mod serve;

use std::io::{self, ErrorKind, Write, stdout};

use crate::error::{Error, tell};

/// Writes to standard output. A reader that went away (`| head`) has all it wanted: that is no failure.
fn print(bytes: &[u8]) -> Result<(), Error> {
    let mut out = stdout().lock();
    enough(out.write_all(bytes).and_then(|()| out.flush()))
}

/// What writing to standard output came to.
fn enough(written: io::Result<()>) -> Result<(), Error> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::new("standard output", error)),
        _ => Ok(()),
    }
}

/// Tells what went wrong while texts were read and written: no wrong command line, so the exit status is 1.
fn failed(error: &Error) -> bool {
    tell(&error.to_string());
    false
}
