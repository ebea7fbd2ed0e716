//! What there is under the paths of the command line.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::{InputType, Job, Place, STDIN, Settings, ndjson, unpack, unreadable};
use crate::error::Error;

/// See [`super::jobs`].
pub type Jobs = Box<dyn Iterator<Item = Result<Job, Error>> + Send>;

/// Endings of files in folders that hold no text. A file that the user names is read whatever its name.
const NO_TEXT: &[&str] = &[
    "7z", "apk", "avi", "avif", "bin", "bmp", "bz2", "css", "db", "dll", "dmg", "eot", "exe", "gif", "heic", "ico", "iso", "jar", "jpeg",
    "jpg", "js", "m4a", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "ogg", "otf", "parquet", "png", "pptx", "ppt", "psd", "pyc", "rar",
    "so", "sqlite", "svg", "tar", "tgz", "tif", "tiff", "ttf", "wasm", "wav", "webm", "webp", "wmv", "woff", "woff2", "xls", "xlsx", "xz",
    "zip",
];

/// Which files of a folder are wanted.
struct Patterns {
    include: Option<GlobSet>,
    exclude: GlobSet,
    /// See [`Settings::output`].
    output: Option<PathBuf>,
}

impl Patterns {
    fn new(settings: &Settings) -> Result<Self, Error> {
        let include = if settings.include.is_empty() { None } else { Some(globs("--include", &settings.include)?) };
        Ok(Patterns { include, exclude: globs("--exclude", &settings.exclude)?, output: settings.output.clone() })
    }

    /// Whether this is what is written. It may come to be only while the folder is read.
    fn is_output(&self, entry: &DirEntry) -> bool {
        let same_name = |output: &&PathBuf| output.file_name() == Some(entry.file_name());
        let Some(output) = self.output.as_ref().filter(same_name) else { return false };
        fs::canonicalize(output).is_ok_and(|output| fs::canonicalize(entry.path()).is_ok_and(|path| path == output))
    }

    /// `path` is relative to the folder.
    fn want(&self, path: &Path) -> bool {
        self.include.as_ref().is_none_or(|include| matches(include, path)) && !matches(&self.exclude, path)
    }
}

fn globs(option: &str, patterns: &[String]) -> Result<GlobSet, Error> {
    let fail = |error: globset::Error| Error::new(option, error).advise("patterns are like *.txt, 2021/**, {a,b}*.html");
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(GlobBuilder::new(pattern).literal_separator(true).build().map_err(fail)?);
    }
    set.build().map_err(fail)
}

/// Whether a pattern is that of the path or of the file's name.
fn matches(globs: &GlobSet, path: &Path) -> bool {
    globs.is_match(path) || path.file_name().is_some_and(|name| globs.is_match(name))
}

/// A file, or standard input.
enum Found {
    Stdin,
    File { path: PathBuf, size: u64 },
}

type Finds = Box<dyn Iterator<Item = Result<Found, Error>> + Send>;

/// See [`super::jobs`].
pub fn jobs(settings: &Settings) -> Result<Jobs, Error> {
    let kind = settings.kind;
    Ok(Box::new(found(settings)?.flat_map(move |found| match found {
        Ok(Found::Stdin) => stdin(kind),
        Ok(Found::File { path, size }) => file(path, size, kind),
        Err(error) => fail(error),
    })))
}

/// See [`super::total_size`].
pub fn total_size(settings: &Settings) -> Option<u64> {
    let told = |found: Found| match found {
        Found::File { path, size } if !(is_records(&path, settings.kind) && is_packed(&path)) => Some(size),
        _ => None,
    };
    found(settings).ok()?.flatten().map(told).sum()
}

/// All that is named, and what is wanted of folders.
fn found(settings: &Settings) -> Result<Finds, Error> {
    let patterns = Arc::new(Patterns::new(settings)?);
    let mut paths = settings.paths.clone();
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Error::new("PATH", "nothing to read").advise("name files or folders, or pipe a text in"));
        }
        paths.push(PathBuf::from("-"));
    }
    let mut stdin_is_read = false;
    Ok(Box::new(paths.into_iter().flat_map(move |path| {
        if path.as_os_str() == "-" {
            let again = std::mem::replace(&mut stdin_is_read, true);
            return one(if again { Err(Error::new(STDIN, "named twice")) } else { Ok(Found::Stdin) });
        }
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() => folder(path, Arc::clone(&patterns)),
            Ok(found) => one(Ok(Found::File { path, size: found.len() })),
            Err(error) => one(Err(unreadable(&shown(&path), &error))),
        }
    })))
}

/// A path as a source: what is not UTF-8 in it as `%FF`, so that no two files share one.
fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
    }
    shown
}

fn one(found: Result<Found, Error>) -> Finds {
    Box::new(std::iter::once(found))
}

fn fail(error: Error) -> Jobs {
    Box::new(std::iter::once(Err(error)))
}

fn stdin(kind: Option<InputType>) -> Jobs {
    if kind == Some(InputType::Ndjson) {
        return records(STDIN.to_owned(), io::stdin());
    }
    Box::new(std::iter::once(Ok(Job { source: STDIN.to_owned(), size: 0, place: Place::Stdin })))
}

fn file(path: PathBuf, size: u64, kind: Option<InputType>) -> Jobs {
    let source = shown(&path);
    if is_records(&path, kind) {
        return match File::open(&path) {
            Ok(file) => records(source, file),
            Err(error) => fail(unreadable(&source, &error)),
        };
    }
    Box::new(std::iter::once(Ok(Job { source, size, place: Place::File(path) })))
}

fn records(source: String, reader: impl Read + Send + 'static) -> Jobs {
    match unpack::stream(reader) {
        Ok(lines) => Box::new(ndjson::Records::new(source, lines)),
        Err(error) => fail(unreadable(&source, &error)),
    }
}

/// All files of a folder, sorted by name; hidden ones are none of the user's texts.
fn folder(folder: PathBuf, patterns: Arc<Patterns>) -> Finds {
    let hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let left_out = {
        let (folder, patterns) = (folder.clone(), Arc::clone(&patterns));
        move |entry: &DirEntry| {
            let excluded = || entry.path().strip_prefix(&folder).is_ok_and(|path| matches(&patterns.exclude, path));
            entry.depth() > 0 && (excluded() || patterns.is_output(entry))
        }
    };
    let entries = WalkDir::new(&folder).follow_links(true).sort_by_file_name().into_iter();
    let entries = entries.filter_entry(move |entry| !hidden(entry) && !left_out(entry));
    Box::new(entries.flat_map(move |entry| -> Finds {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let place = shown(error.path().unwrap_or(&folder));
                return match error.io_error() {
                    Some(error) => one(Err(unreadable(&place, error))),
                    None => one(Err(Error::new(place, "a link to a folder that it is in").advise("leave it out with --exclude"))),
                };
            }
        };
        let path = entry.path();
        let relative = path.strip_prefix(&folder).unwrap_or(path);
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        // Word's own files beside an open document begin so.
        let temporary = entry.file_name().to_string_lossy().starts_with("~$");
        if !entry.file_type().is_file() || temporary || NO_TEXT.contains(&ending.as_str()) || !patterns.want(relative) {
            return Box::new(std::iter::empty());
        }
        let size = entry.metadata().map_or(0, |found| found.len());
        one(Ok(Found::File { path: entry.into_path(), size }))
    }))
}

/// Whether a file holds records, a line each.
fn is_records(path: &Path, kind: Option<InputType>) -> bool {
    let name = unpacked_name(path);
    kind.map_or_else(|| name.ends_with(".ndjson") || name.ends_with(".jsonl"), |kind| kind == InputType::Ndjson)
}

fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "gz" || ending == "zst")
}

/// Whether the paths name one text, as far as names tell.
pub fn is_one(settings: &Settings) -> bool {
    match settings.paths.as_slice() {
        [] => settings.kind != Some(InputType::Ndjson),
        [path] => !path.is_dir() && !is_records(path, settings.kind),
        _ => false,
    }
}

/// The name of a file in small letters, without the ending of what packed it.
pub fn unpacked_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let unpacked = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst"));
    unpacked.map(str::to_owned).unwrap_or(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// A folder with these files.
    fn folder_of(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    /// The sources found, below the folder.
    fn found(folder: &Path, settings: Settings) -> Vec<String> {
        let settings = Settings { paths: vec![folder.to_path_buf()], ..settings };
        let strip = |source: &str| source.strip_prefix(&*folder.to_string_lossy()).unwrap().trim_start_matches('/').to_owned();
        super::super::jobs(&settings).unwrap().map(|job| strip(job.unwrap().source())).collect()
    }

    fn patterns(include: &[&str], exclude: &[&str]) -> Settings {
        let owned = |patterns: &[&str]| patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        Settings { include: owned(include), exclude: owned(exclude), ..Settings::default() }
    }

    #[test]
    fn folders_are_walked_in_order() {
        let files = ["b.txt", "a.txt", "2021/x.html", "2021/anh.JPG", "2021/goi.zip", ".hidden/a.txt", ".a", "2021/~$x.docx", "c"];
        let folder = folder_of(&files.map(|name| (name, &b"a"[..])));
        assert_eq!(found(folder.path(), Settings::default()), ["2021/x.html", "a.txt", "b.txt", "c"]);
        assert_eq!(found(folder.path(), patterns(&["*.txt"], &[])), ["a.txt", "b.txt"]);
        assert_eq!(found(folder.path(), patterns(&["2021/**", "c"], &[])), ["2021/x.html", "c"]);
        assert_eq!(found(folder.path(), patterns(&["*.txt"], &["b*"])), ["a.txt"]);
        assert_eq!(found(folder.path(), patterns(&[], &["2021"])), ["a.txt", "b.txt", "c"], "a folder left out is not entered");
    }

    #[test]
    fn what_is_written_is_not_read() {
        let folder =
            folder_of(&[("a.txt", b"a"), ("facts/a.txt.json", b"{}"), ("sub/facts/b.txt", b"b"), ("c.ndjson", b"{\"text\":\"c\"}")]);
        let written = |name: &str| Settings { output: Some(folder.path().join(name)), ..Settings::default() };
        assert_eq!(found(folder.path(), written("facts/")), ["a.txt", "c.ndjson:1", "sub/facts/b.txt"]);
        assert_eq!(found(folder.path(), written("c.ndjson")), ["a.txt", "facts/a.txt.json", "sub/facts/b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf8_are_told_apart() {
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes: &[u8]| shown(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!((path(b"b\xe1\xbb\x99\xff.txt"), path(b"b\xe1\xbb\x99\xfe.txt")), ("bộ%FF.txt".to_owned(), "bộ%FE.txt".to_owned()));
    }

    #[test]
    fn a_file_that_is_named_is_read_whatever_its_ending() {
        let folder = folder_of(&[("a.zip", b"Chi b\xe1\xbb\x99")]);
        let settings = Settings { paths: vec![folder.path().join("a.zip")], ..Settings::default() };
        let job = jobs(&settings).unwrap().next().unwrap().unwrap();
        assert_eq!(job.size(), 8);
        assert_eq!(job.read(&settings).unwrap().text, "Chi bộ");
    }

    #[test]
    fn what_is_missing_stops_nothing() {
        let folder = folder_of(&[("a.txt", b"a")]);
        let settings =
            Settings { paths: vec![folder.path().join("no"), folder.path().join("a.txt"), "-".into(), "-".into()], ..Settings::default() };
        let all: Vec<Result<String, String>> =
            jobs(&settings).unwrap().map(|job| job.map(|job| job.source().to_owned()).map_err(|error| error.to_string())).collect();
        assert!(all[0].as_ref().is_err_and(|error| error.contains("/no: ") && error.ends_with("(check the path)")), "{all:?}");
        assert!(all[1].as_ref().is_ok_and(|source| source.ends_with("/a.txt")));
        assert_eq!(all[2], Ok(STDIN.to_owned()));
        assert_eq!(all[3], Err("<stdin>: named twice".to_owned()));
    }

    #[test]
    fn a_pattern_that_is_none_is_a_wrong_command_line() {
        let error = jobs(&patterns(&["{a"], &[])).err().unwrap().to_string();
        assert!(error.starts_with("--include: ") && error.contains("{a"), "{error}");
    }

    #[test]
    fn records_are_jobs_of_their_own() {
        let lines = "{\"text\":\"một\"}\n\nkhông\n{\"text\":\"ba\",\"id\":3}";
        let (gzip, zstandard) = (unpack::tests::gzip(lines.as_bytes()), unpack::tests::zstandard(lines.as_bytes()));
        let cut = &gzip[..gzip.len() - 12];
        let folder =
            folder_of(&[("a.jsonl", lines.as_bytes()), ("b.NDJSON.gz", &gzip), ("c.ndjson.zst", &zstandard), ("d.ndjson.gz", cut)]);
        let settings = Settings { paths: vec![folder.path().to_path_buf()], ..Settings::default() };
        let read =
            |job: Result<Job, Error>| job.and_then(|job| job.read(&settings)).map(|input| input.text).map_err(|error| error.to_string());
        let all: Vec<Result<String, String>> = jobs(&settings).unwrap().map(read).collect();
        for file in all.chunks(3).take(3) {
            assert_eq!((file[0].as_deref(), file[2].as_deref()), (Ok("một"), Ok("ba")));
            assert!(file[1].as_ref().is_err_and(|error| error.contains(":3: not JSON")), "{file:?}");
        }
        let last = all.last().unwrap().as_ref().unwrap_err();
        assert!(last.contains("d.ndjson.gz:") && last.contains("cut off"), "{last}");
    }

    #[test]
    fn any_file_is_records_if_the_user_says_so() {
        let folder = folder_of(&[("a.txt", b"{\"text\":\"a\"}\n{\"text\":\"b\"}")]);
        let settings = Settings { kind: Some(InputType::Ndjson), ..Settings::default() };
        assert_eq!(found(folder.path(), settings), ["a.txt:1", "a.txt:2"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_permission_is_one_error() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder_of(&[("a.txt", b"a"), ("shut/b.txt", b"b"), ("c/d.txt", b"d")]);
        let shut = folder.path().join("shut");
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o0)).unwrap();
        symlink(folder.path(), folder.path().join("c/loop")).unwrap();
        let settings = Settings { paths: vec![folder.path().to_path_buf()], ..Settings::default() };
        let (good, bad): (Vec<_>, Vec<_>) = jobs(&settings).unwrap().partition(Result::is_ok);
        let bad: Vec<String> = bad.into_iter().map(|error| error.unwrap_err().to_string()).collect();
        // Root may read everything.
        let root = fs::read_dir(&shut).is_ok();
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(good.len(), if root { 3 } else { 2 });
        assert!(bad[0].contains("c/loop: a link to a folder that it is in"), "{bad:?}");
        assert!(root || bad[1].contains("shut: ") && bad[1].ends_with("(check who may read it)"), "{bad:?}");
    }
}
