//! Bulletins in, JSON out.
//!
//!     extract [--offsets bytes|chars|utf16] [--ref-date YYYY-MM-DD] [--ndjson] [--explain] [FILE…]

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use bantin::{Extractor, OffsetUnit};
use clap::{Parser, ValueEnum};
use serde::Serialize;

/// Reads Vietnamese bulletins and prints their facts as JSON.
///
/// Without a file, and for the file `-`, it reads standard input. The exit status is 1 where a file could not be read, 2 for bad arguments.
#[derive(Parser)]
#[command(name = "extract", version)]
struct Arguments {
    /// What the offsets count
    #[arg(long, value_enum, default_value = "bytes")]
    offsets: Offsets,
    /// The day on which the bulletins were published, against which dates without a year resolve
    #[arg(long, value_name = "YYYY-MM-DD")]
    ref_date: Option<jiff::civil::Date>,
    /// Print one object a line, in the order of the files
    #[arg(long)]
    ndjson: bool,
    /// Add `explanations`: for each fact its path in the object, the rule, the evidence, what was refused and why
    #[arg(long)]
    explain: bool,
    /// Bulletins, plain text in UTF-8
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Offsets {
    Bytes,
    Chars,
    Utf16,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads has enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("extract: {error}");
            ExitCode::from(1)
        }
    }
}

/// One object, on a line of its own or indented.
fn write(out: &mut impl Write, object: &impl Serialize, ndjson: bool) -> io::Result<()> {
    if ndjson {
        serde_json::to_writer(&mut *out, object)?;
    } else {
        serde_json::to_writer_pretty(&mut *out, object)?;
    }
    out.write_all(b"\n")
}

/// Whether all files could be read; an error where the output can't be written.
fn run(arguments: &Arguments) -> io::Result<bool> {
    let extractor = Extractor::new();
    let mut worker = extractor.worker();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut all_read = true;
    let mut print = |name: &str, bytes: io::Result<Vec<u8>>| -> io::Result<bool> {
        let text = match bytes.map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) => {
                eprintln!("extract: {name}: not UTF-8 at byte {}", error.utf8_error().valid_up_to());
                return Ok(false);
            }
            Err(error) => {
                eprintln!("extract: {name}: {error}");
                return Ok(false);
            }
        };
        let unit = match arguments.offsets {
            Offsets::Bytes => OffsetUnit::Bytes,
            Offsets::Chars => OffsetUnit::Chars,
            Offsets::Utf16 => OffsetUnit::Utf16,
        };
        if arguments.explain {
            let mut explained = extractor.explain(&text, arguments.ref_date);
            explained.bulletin.source = Some(name.to_owned());
            explained.convert_offsets(&text, unit);
            write(&mut out, &explained, arguments.ndjson)?;
        } else {
            let mut bulletin = worker.extract_on(&text, arguments.ref_date);
            bulletin.source = Some(name.to_owned());
            bulletin.convert_offsets(&text, unit);
            write(&mut out, &bulletin, arguments.ndjson)?;
        }
        Ok(true)
    };
    let standard_input = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &standard_input[..] } else { &arguments.files };
    for file in files {
        if file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes);
            all_read &= print("<stdin>", read)?;
        } else {
            all_read &= print(&file.to_string_lossy(), fs::read(file))?;
        }
    }
    out.flush()?;
    Ok(all_read)
}
