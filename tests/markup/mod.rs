//! Reads the markup of `tests/gold/*.gold`, as `docs/output.md` tells it: plain text with inline tags.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// A bulletin without its tags, and the tags in the order in which they close.
pub struct Marked {
    pub name: String,
    /// What the first line tells: `id`, `ref_date`, `genre`.
    pub meta: HashMap<String, String>,
    pub text: String,
    pub tags: Vec<Tag>,
}

pub struct Tag {
    pub name: String,
    pub attributes: HashMap<String, String>,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn is_optional(&self) -> bool {
        self.get("opt") == Some("1")
    }
}

impl Marked {
    /// The day of publication.
    pub fn day(&self) -> Option<bantin::jiff::civil::Date> {
        self.meta.get("ref_date").map(|day| day.parse().unwrap())
    }
}

/// The gold bulletins of a folder of this package, in the order of their names.
pub fn paths(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "gold")).collect();
    paths.sort();
    paths
}

pub fn read(path: &Path) -> Marked {
    let raw = std::fs::read_to_string(path).unwrap();
    let (head, body) = raw.strip_prefix("#!").and_then(|rest| rest.split_once('\n')).unwrap_or(("", &raw));
    let pairs = head.split(';').filter_map(|pair| pair.split_once('='));
    let meta = pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())).collect();
    let tag = Regex::new(r#"<(/?)([a-z]+)((?:\s+[a-z_]+="[^"]*")*)\s*>"#).unwrap();
    let attribute = Regex::new(r#"([a-z_]+)="([^"]*)""#).unwrap();
    let (mut text, mut at) = (String::new(), 0);
    let mut open: Vec<(String, HashMap<String, String>, usize)> = Vec::new();
    let mut tags = Vec::new();
    let unescape = |piece: &str| piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    for found in tag.captures_iter(body) {
        let whole = found.get(0).unwrap();
        text.push_str(&unescape(&body[at..whole.start()]));
        at = whole.end();
        if found[1].is_empty() {
            let attributes = attribute.captures_iter(&found[3]).map(|a| (a[1].to_owned(), unescape(&a[2]))).collect();
            open.push((found[2].to_owned(), attributes, text.len()));
        } else {
            let (name, attributes, start) = open.pop().unwrap_or_else(|| panic!("{}: </{}> closes nothing", path.display(), &found[2]));
            assert_eq!(name, &found[2], "{}: tags cross", path.display());
            tags.push(Tag { name, attributes, start, end: text.len() });
        }
    }
    text.push_str(&unescape(&body[at..]));
    assert!(open.is_empty(), "{}: {open:?} is never closed", path.display());
    Marked { name: path.file_stem().unwrap().to_string_lossy().into_owned(), meta, text, tags }
}

/// Letters folded, blanks as one space.
pub fn fold(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
