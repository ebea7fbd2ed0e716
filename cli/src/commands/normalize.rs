//! `bantin normalize`

use std::io::{ErrorKind, Write, stdout};

use bantin::normalize::Normalizer;

use crate::args::{Common, Normalize};
use crate::config::{self, Config};
use crate::error::{Error, tell};
use crate::input::{self, InputType};
use crate::output::{WholeFile, abandon};

/// Writes every text in one spelling, one behind the other; `false` where an input could not be read.
pub fn run(arguments: &Normalize, config: &Config, common: &Common) -> Result<bool, Error> {
    let mut paths = arguments.paths.clone();
    if paths.is_empty() {
        paths.push("-".into());
    }
    let settings = input::Settings {
        paths,
        kind: Some(InputType::Text),
        encoding: arguments.encoding.or(config.encoding),
        ..input::Settings::default()
    };
    let normalizer = Normalizer::new().tone(arguments.tone.into());
    let Some(path) = config::file(arguments.output.as_deref()) else {
        return write(&settings, &normalizer, common, "standard output", &mut stdout().lock());
    };
    // Where no handler can be set, a signal ends the program as ever.
    let _ = ctrlc::set_handler(|| abandon());
    let mut file = WholeFile::create(path)?;
    let complete = write(&settings, &normalizer, common, &path.display().to_string(), &mut file)?;
    file.finish()?;
    Ok(complete)
}

fn write(settings: &input::Settings, normalizer: &Normalizer, common: &Common, place: &str, out: &mut impl Write) -> Result<bool, Error> {
    let mut complete = true;
    // A text that does not end its last line must not run into the next one.
    let mut line_is_open = false;
    for job in input::jobs(settings)? {
        let input = match job.and_then(|job| job.read(settings)) {
            Ok(input) => input,
            Err(error) => {
                tell(&error.to_string());
                complete = false;
                continue;
            }
        };
        if common.verbose > 0 {
            tell(&input.source);
        }
        if common.verbose > 1 {
            input.remarks.iter().for_each(|remark| tell(&format!("{}: {remark}", input.source)));
        }
        let mut text = normalizer.normalize(&input.text).into_text();
        if line_is_open && !text.is_empty() {
            text.insert(0, '\n');
        }
        line_is_open = !text.ends_with('\n') && (line_is_open || !text.is_empty());
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            // Who reads has all they wanted (`| head`).
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(complete),
            result => result.map_err(|error| Error::new(place, error))?,
        }
    }
    Ok(complete)
}
