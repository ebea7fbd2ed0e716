//! `bantin extract`

use std::io::{IsTerminal, stdout};
use std::path::Path;

use super::failed;
use crate::args::{Common, Extract};
use crate::config::Config;
use crate::error::Error;
use crate::input;
use crate::output::{self, Format, Output, Read, Rendered};
use crate::run::{Consumer, Run};

/// Reads bulletins and writes their facts; `false` where an input failed or a signal stopped the run.
pub fn run(arguments: &Extract, config: &Config, common: &Common) -> Result<bool, Error> {
    let output = config.output(arguments.output.as_deref());
    let format = match config.format(arguments.format) {
        Some(format) => format,
        None => usual_format(&config.reading(&arguments.reading), output.as_deref())?,
    };
    let kinds = config.kinds(&arguments.kind);
    let run = Run::new(config, &arguments.reading, &kinds, output.as_deref(), common)?.explaining(config.explain(arguments.explain));
    let mut output = Output::new(output::Settings {
        format,
        kinds,
        unit: config.offsets(arguments.offsets),
        text: config.text(arguments.text),
        output,
        resume: arguments.resume,
    })?;
    let done = run.each(&mut output).and_then(|summary| output.finish().map(|()| summary.complete()));
    Ok(done.unwrap_or_else(|error| failed(&error)))
}

/// The format where none is named: told by the output's name, else a table for the eye, an object for one text, objects line by line for many.
fn usual_format(input: &input::Settings, output: Option<&Path>) -> Result<Format, Error> {
    let Some(path) = output else {
        return Ok(match (stdout().is_terminal(), input::is_one(input)) {
            (true, _) => Format::Table,
            (false, true) => Format::Json,
            (false, false) => Format::Ndjson,
        });
    };
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => Ok(Format::Json),
        Some("ndjson" | "jsonl") => Ok(Format::Ndjson),
        Some("csv") => Ok(Format::Csv),
        Some("parquet") => Ok(Format::Parquet),
        Some("html") => Ok(Format::Html),
        Some("conll") => Ok(Format::Conll),
        _ => Err(Error::new(path.display().to_string(), "its name tells no format").advise("name one with --format")),
    }
}

impl Consumer for Output {
    type Made = Rendered;

    fn has(&self, source: &str) -> bool {
        Output::has(self, source)
    }

    fn make(&self, read: Read) -> Rendered {
        self.render(read)
    }

    fn take(&mut self, rendered: Rendered) -> Result<(), Error> {
        self.write(rendered)
    }
}
