//! From paths to texts: folders are walked, files opened, unpacked, decoded, and taken out of their pages.
//!
//! [`walk`] finds what there is, [`ndjson`] takes files of records apart line by line, [`unpack`] opens what is packed, [`encoding`] makes bytes text,
//! and [`html`], [`docx`] and [`pdf`] take the text out of a page.

mod docx;
mod encoding;
mod guard;
mod html;
mod legacy;
mod lines;
mod ndjson;
mod pdf;
mod unpack;
mod walk;

pub use guard::guarded;
pub use walk::Jobs;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Map, Value};

use crate::error::Error;

/// Encodings of plain text and HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark
    Utf8,
    /// UTF-16, little endian
    Utf16le,
    /// UTF-16, big endian
    Utf16be,
    /// Windows code page 1258 (letters with combining tones)
    Windows1258,
    /// TCVN 5712, the encoding of the .VnTime fonts (ABC)
    Tcvn3,
    /// VNI, the encoding of the VNI fonts: a letter and its mark in two bytes
    Vni,
    /// VIQR: marks as ASCII signs behind the letter
    Viqr,
}

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputType {
    /// Plain text
    Text,
    /// An HTML page, of which the main text is read
    Html,
    /// A Word document (.docx)
    Docx,
    /// A PDF that has a text layer
    Pdf,
    /// JSON records, one a line
    Ndjson,
}

/// How inputs are read.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Files, folders, `-`.
    pub paths: Vec<PathBuf>,
    /// Patterns of what is read in folders; empty for all.
    pub include: Vec<String>,
    /// Patterns of what is left out in folders.
    pub exclude: Vec<String>,
    /// What every input is; `None` to tell it from name and content.
    pub kind: Option<InputType>,
    /// The field of a record that has the text.
    pub field: String,
    /// The encoding of plain text and HTML; `None` to tell it from the bytes.
    pub encoding: Option<Encoding>,
    /// Where facts are written: left out where it lies in a folder that is read.
    pub output: Option<PathBuf>,
}

/// A text to extract from.
#[derive(Debug)]
pub struct Input {
    /// What the user sees it as: the path as given and found, `<stdin>`, `records.ndjson:12`.
    pub source: String,
    /// The text that all offsets count in.
    pub text: String,
    /// Of an NDJSON record, its other fields.
    pub record: Option<Map<String, Value>>,
    /// What was found out on the way, for `-vv` and for warnings: the encoding, the page's main text, bytes that could not be decoded.
    pub remarks: Vec<String>,
}

/// One input that is found, but not read yet.
#[derive(Debug)]
pub struct Job {
    source: String,
    size: u64,
    place: Place,
}

/// Where the bytes of a job are.
#[derive(Debug)]
enum Place {
    File(PathBuf),
    Stdin,
    /// A line of NDJSON.
    Record(Vec<u8>),
}

/// The source of what comes from standard input.
const STDIN: &str = "<stdin>";

/// All inputs, in the order of the paths and sorted within folders; records of NDJSON are read line by line as they are asked for.
///
/// A path that cannot be read is an item that says so. An error in place of the iterator is a wrong command line.
pub fn jobs(settings: &Settings) -> Result<Jobs, Error> {
    walk::jobs(settings)
}

/// How many bytes all jobs have together ([`Job::size`]); `None` where it can't be told before they are read.
pub fn total_size(settings: &Settings) -> Option<u64> {
    walk::total_size(settings)
}

/// Whether the paths name one text, as far as names tell.
pub fn is_one(settings: &Settings) -> bool {
    walk::is_one(settings)
}

impl Job {
    /// As [`Input::source`].
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How many bytes the user has there (packed, where it is packed), for the progress. Of a record, those of its line, unpacked; of standard input 0.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Reads it. Called on many threads.
    pub fn read(self, settings: &Settings) -> Result<Input, Error> {
        let Job { source, place, .. } = self;
        let (bytes, name) = match place {
            Place::Record(line) => return ndjson::read(source, &line, settings),
            Place::Stdin => (unpack::all(io::stdin()), None),
            Place::File(path) => (File::open(&path).and_then(unpack::all), Some(path)),
        };
        let bytes = bytes.map_err(|error| unreadable(&source, &error))?;
        let (text, remarks) = text_of(&bytes, name.as_deref(), settings).map_err(|refusal| refusal.at(&source))?;
        Ok(Input { source, text, record: None, remarks })
    }
}

/// Text, and what was found out on the way.
type Text = (String, Vec<String>);

/// Why bytes give no text, and what to do.
#[derive(Debug)]
struct Refusal {
    what: String,
    advice: Option<&'static str>,
}

impl Refusal {
    fn new(what: impl Into<String>) -> Self {
        Refusal { what: what.into(), advice: None }
    }

    fn advise(self, advice: &'static str) -> Self {
        Refusal { advice: Some(advice), ..self }
    }

    fn at(self, source: &str) -> Error {
        let error = Error::new(source, self.what);
        match self.advice {
            Some(advice) => error.advise(advice),
            None => error,
        }
    }
}

/// An error of reading.
fn unreadable(source: &str, error: &io::Error) -> Error {
    let advice = match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "check who may read it",
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            "the packed file is cut off or broken; fetch or pack it again"
        }
        _ => return Error::new(source, error),
    };
    Error::new(source, error).advise(advice)
}

/// The text of unpacked bytes.
fn text_of(bytes: &[u8], name: Option<&Path>, settings: &Settings) -> Result<Text, Refusal> {
    match settings.kind.map_or_else(|| kind_of(bytes, name), Ok)? {
        InputType::Html => html::text(bytes, settings.encoding),
        InputType::Docx => docx::text(bytes),
        InputType::Pdf => pdf::text(bytes),
        // Records are taken apart before.
        InputType::Text | InputType::Ndjson => encoding::decode(bytes, settings.encoding),
    }
}

/// What a file is, by its first bytes and its name.
fn kind_of(bytes: &[u8], name: Option<&Path>) -> Result<InputType, Refusal> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let name = name.map(walk::unpacked_name).unwrap_or_default();
    let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if head.windows(5).any(|five| five == b"%PDF-") {
        return Ok(InputType::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Ok(InputType::Docx);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Refusal::new("a document of an old Word (.doc)").advise("save it as .docx"));
    }
    if head.starts_with(b"{\\rtf") {
        return Err(Refusal::new("an RTF document").advise("save it as .docx"));
    }
    // UTF-16 has zeros between the letters.
    let start: Vec<u8> = head.iter().copied().filter(|&byte| byte != 0).collect();
    let start = String::from_utf8_lossy(&start).trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start().to_ascii_lowercase();
    let tags = ["<!doctype html", "<html", "<head", "<body"];
    let html = start.starts_with('<') && tags.iter().any(|tag| start.contains(tag));
    Ok(if html || named(&[".html", ".htm", ".xhtml"]) { InputType::Html } else { InputType::Text })
}
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// Reads one file of this name and content.
    fn read(name: &str, bytes: &[u8], settings: &Settings) -> Result<Input, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let settings = Settings { paths: vec![path], ..settings.clone() };
        let job = jobs(&settings).unwrap().next().unwrap().unwrap();
        assert_eq!((job.source(), job.size()), (&*settings.paths[0].to_string_lossy(), bytes.len() as u64));
        let place = folder.path().to_string_lossy().into_owned();
        job.read(&settings).map_err(|error| error.to_string().replace(&place, ""))
    }

    fn text(name: &str, bytes: &[u8]) -> String {
        read(name, bytes, &Settings::default()).unwrap().text
    }

    #[test]
    fn content_tells_the_type_before_the_name() {
        let page = "<!-- trang --><!DOCTYPE html><html><body><p>Chi bộ <b>họp</b>.</p></body></html>";
        let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text("a", page.as_bytes()), "Chi bộ họp.");
        assert_eq!(text("a.txt", &utf16), "Chi bộ họp.");
        assert_eq!(text("a.htm", "Chi bộ<br>họp".as_bytes()), "Chi bộ\nhọp");
        assert_eq!(text("a.txt", "Chi bộ <họp>.\r\n".as_bytes()), "Chi bộ <họp>.\r\n", "plain text is not changed");
        assert_eq!(text("a.docx", b""), "");
        let forced = Settings { kind: Some(InputType::Text), ..Settings::default() };
        assert_eq!(read("a.html", page.as_bytes(), &forced).unwrap().text, page);
    }

    #[test]
    fn packed_files_are_what_is_in_them() {
        let page = "<p>Chi bộ họp.".as_bytes();
        assert_eq!(text("a.html.gz", &unpack::tests::gzip(page)), "Chi bộ họp.");
        assert_eq!(text("a.html.zst", &unpack::tests::zstandard(page)), "Chi bộ họp.");
        assert_eq!(text("a.txt", &unpack::tests::gzip(page)), "<p>Chi bộ họp.", "the first bytes tell, not the name");
    }

    #[test]
    fn errors_name_the_file_and_the_remedy() {
        let gzip = unpack::tests::gzip("Chi bộ họp.".as_bytes());
        for (name, bytes, error) in [
            (
                "a.gz",
                &gzip[..gzip.len() - 9],
                "/a.gz: incomplete deflate stream (the packed file is cut off or broken; fetch or pack it again)",
            ),
            ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "/a.doc: a document of an old Word (.doc) (save it as .docx)"),
            ("a.rtf", b"{\\rtf1 Chi b", "/a.rtf: an RTF document (save it as .docx)"),
            ("a.txt", b"caf\xe9", "/a.txt: not UTF-8 at byte 3, and no legacy encoding fits (name it with --encoding)"),
            ("a.pdf", b"%PDF-1.4", "/a.pdf: a broken PDF: "),
            ("a.docx", b"PK\x03\x04", "/a.docx: a broken Word document: "),
        ] {
            let found = read(name, bytes, &Settings::default()).unwrap_err();
            assert!(found.starts_with(error), "{found}");
        }
        let zstandard = unpack::tests::zstandard("Chi bộ họp.".repeat(9).as_bytes());
        let found = read("a.zst", &zstandard[..zstandard.len() - 9], &Settings::default()).unwrap_err();
        assert!(
            found.starts_with("/a.zst: ") && found.ends_with("(the packed file is cut off or broken; fetch or pack it again)"),
            "{found}"
        );
    }

    #[test]
    fn a_file_that_went_away_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "a").unwrap();
        let settings = Settings { paths: vec![path.clone()], ..Settings::default() };
        let job = jobs(&settings).unwrap().next().unwrap().unwrap();
        std::fs::remove_file(path).unwrap();
        assert!(job.read(&settings).unwrap_err().to_string().ends_with("(check the path)"));
    }
}
