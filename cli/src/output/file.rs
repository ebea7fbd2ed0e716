//! Files that are written whole or not at all, the names of files in a folder, and standard output.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use crate::error::Error;

/// The longest name of a file or folder that is kept as it is, in bytes; file systems take 255, and an extension follows.
const LONGEST_NAME: usize = 200;

/// The temporary files that are there now.
static UNDER_WAY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Ends the program at once, as a signal does, and leaves no temporary file.
pub fn abandon() -> ! {
    // Held to the end, so that no other thread begins or completes a file meanwhile.
    let under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    for path in under_way.iter() {
        let _ = fs::remove_file(path);
    }
    std::process::exit(130);
}

/// A temporary file that [`abandon`] knows of as long as it is there.
#[derive(Debug)]
struct Temporary {
    /// First, since fields are dropped in their order.
    file: NamedTempFile,
    known: Known,
}

impl Temporary {
    fn create(begin: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<Temporary> {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        let file = begin()?;
        let known = Known(file.path().to_owned());
        under_way.insert(known.0.clone());
        Ok(Temporary { file, known })
    }

    fn persist(self, path: &Path) -> io::Result<()> {
        let Temporary { file, known } = self;
        let kept = file.persist(path).map(drop).map_err(|error| error.error);
        drop(known);
        kept
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// An entry in [`UNDER_WAY`].
#[derive(Debug)]
struct Known(PathBuf);

impl Drop for Known {
    fn drop(&mut self) {
        UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// A file that is written beside its place under a temporary name, and put into its place by [`WholeFile::finish`]; dropped before, it leaves nothing.
/// What is no file (a device, a pipe) is written straight.
#[derive(Debug)]
pub struct WholeFile {
    to: To,
    path: PathBuf,
}

#[derive(Debug)]
enum To {
    Temporary(BufWriter<Temporary>),
    Device(BufWriter<File>),
}

impl WholeFile {
    /// Begins it; its folder is created where it is not there.
    pub fn create(path: &Path) -> Result<WholeFile, Error> {
        let failed = |error| about(path, error);
        // The file behind a link is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if path.is_dir() {
            return Err(Error::new(path.display().to_string(), "is a folder").advise("end it in / for files in it, or name a file"));
        }
        if path.exists() && !path.is_file() {
            let device = File::options().write(true).open(&path).map_err(failed)?;
            return Ok(WholeFile { to: To::Device(BufWriter::new(device)), path });
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder).map_err(|error| {
            Error::new(path.display().to_string(), format!("its folder cannot be made: {error}")).advise("write elsewhere")
        })?;
        let mut named = tempfile::Builder::new();
        named.prefix(".bantin-").suffix(".tmp");
        // As an ordinary created file: what the user's mask leaves of 0666.
        #[cfg(unix)]
        let permissions = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
        #[cfg(unix)]
        named.permissions(permissions);
        let temporary = Temporary::create(|| {
            let file = named.tempfile_in(folder)?;
            // What is replaced keeps who may read it.
            if let Ok(replaced) = fs::metadata(&path) {
                file.as_file().set_permissions(replaced.permissions())?;
            }
            Ok(file)
        })
        .map_err(|error| about(folder, error))?;
        Ok(WholeFile { to: To::Temporary(BufWriter::new(temporary)), path })
    }

    /// Where it will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Completes it and puts it into its place.
    pub fn finish(self) -> Result<(), Error> {
        let WholeFile { to, path } = self;
        match to {
            To::Temporary(writer) => {
                let temporary = writer.into_inner().map_err(|error| about(&path, error.into_error()))?;
                temporary.persist(&path).map_err(|error| about(&path, error))
            }
            To::Device(mut writer) => writer.flush().map_err(|error| about(&path, error)),
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Temporary(writer) => writer.write(bytes),
            To::Device(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Temporary(writer) => writer.flush(),
            To::Device(writer) => writer.flush(),
        }
    }
}

/// Writes a file at once.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes).map_err(|error| about(path, error))?;
    file.finish()
}

/// An error of the operating system about a path.
pub fn about(path: &Path, error: io::Error) -> Error {
    Error::new(path.display().to_string(), error)
}

/// The end of a run of output: one file, or standard output.
#[derive(Debug)]
pub enum Target {
    /// A file.
    File(WholeFile),
    /// Standard output.
    Stdout,
}

impl Target {
    /// Begins a file, or takes standard output.
    pub fn new(path: Option<&Path>) -> Result<Target, Error> {
        path.map_or(Ok(Target::Stdout), |path| WholeFile::create(path).map(Target::File))
    }

    /// Writes; on standard output the reader has it at once.
    pub fn write(&mut self, text: &str) -> Result<(), Error> {
        match self {
            Target::File(file) => file.write_all(text.as_bytes()).map_err(|error| about(file.path(), error)),
            Target::Stdout => {
                let mut out = io::stdout().lock();
                written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
            }
        }
    }

    /// Writes what has colours: they are left out in a file, and where standard output is no terminal that shows them.
    pub fn write_styled(&mut self, text: &str) -> Result<(), Error> {
        match self {
            Target::File(_) => self.write(&anstream::adapter::strip_str(text).to_string()),
            Target::Stdout => {
                let mut out = anstream::stdout().lock();
                written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
            }
        }
    }

    /// Completes it.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Target::File(file) => file.finish(),
            Target::Stdout => Ok(()),
        }
    }
}

/// Whether standard output took it. A reader that has enough (`| head`) ends the program as it ends any other, without a word.
fn written(result: io::Result<()>) -> Result<(), Error> {
    if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        std::process::exit(0);
    }
    result.map_err(|error| Error::new("standard output", error))
}

/// The names that inputs have in a folder: each its own, and the same one in the next run over the same inputs.
#[derive(Debug, Default)]
pub struct Names {
    /// The name (in small letters, for file systems that do not tell them from capitals) and the input that has it, as hashes: many inputs take little
    /// memory.
    taken: HashMap<u64, u64>,
}

impl Names {
    /// The name of an input without the extension that the format adds. Of inputs that would have the same name, the second gets `~2`.
    pub fn claim(&mut self, source: &str) -> String {
        let name = name(source);
        let source = hash(source);
        let numbered = |number: usize| if number == 1 { name.clone() } else { format!("{name}~{number}") };
        let free = (1..).map(numbered).find(|name| *self.taken.entry(hash(&name.to_lowercase())).or_insert(source) == source);
        free.unwrap_or(name)
    }
}

/// A number that stands for a string.
pub fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The relative path that a source has in a folder: without its root, `..`, drive; `records.ndjson:12` is `records.ndjson/12`, `<stdin>` is `stdin`.
fn name(source: &str) -> String {
    let (path, record) = match source.rsplit_once(':') {
        Some((path, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => (path, Some(number)),
        _ => (source, None),
    };
    let path = if path == "<stdin>" { "stdin" } else { path };
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..") && !is_drive(part));
    let mut parts: Vec<String> = parts.map(safe).collect();
    if parts.is_empty() {
        parts.push("unnamed".to_owned());
    }
    parts.extend(record.map(str::to_owned));
    parts.join("/")
}

fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

/// A part of a path that every file system takes.
fn safe(part: &str) -> String {
    let mut safe: String = part.chars().map(|c| if c.is_control() || "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let fits = (0..=LONGEST_NAME.min(safe.len())).rev().find(|&at| safe.is_char_boundary(at));
    safe.truncate(fits.unwrap_or(0));
    safe
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_below_the_folder_and_keeps_its_extension() {
        let names = [
            ("sub/a.txt", "sub/a.txt"),
            ("./sub//a.txt", "sub/a.txt"),
            ("/var/in/a.txt", "var/in/a.txt"),
            ("../../etc/passwd", "etc/passwd"),
            ("C:\\tin\\a.docx", "tin/a.docx"),
            ("records.ndjson:12", "records.ndjson/12"),
            ("<stdin>", "stdin"),
            ("<stdin>:3", "stdin/3"),
            ("a?b*.txt\u{7}", "a_b_.txt_"),
            ("..", "unnamed"),
            ("", "unnamed"),
        ];
        for (source, want) in names {
            assert_eq!(name(source), want, "{source}");
        }
        let long = name(&"ủ".repeat(300));
        assert!(long.len() <= LONGEST_NAME && long.chars().all(|c| c == 'ủ'), "a long name is cut between characters");
    }

    #[test]
    fn two_inputs_never_share_a_name_and_one_input_keeps_its_own() {
        let mut names = Names::default();
        let claimed: Vec<String> =
            ["a.txt", "/a.txt", "A.txt", "a.txt~2", "/a.txt", "a.txt"].iter().map(|source| names.claim(source)).collect();
        assert_eq!(claimed, ["a.txt", "a.txt~2", "A.txt~3", "a.txt~2~2", "a.txt~2", "a.txt"]);
    }

    #[test]
    fn a_file_is_there_only_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/out.txt");
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        file.flush().unwrap();
        drop(file);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 0, "a dropped file leaves nothing");
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(!path.exists());
        file.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn an_unfinished_file_leaves_the_old_one_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        write_whole(&path, b"old").unwrap();
        WholeFile::create(&path).unwrap().write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_any_created_file_and_links_stay_links() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        fs::write(folder.path().join("ordinary"), "").unwrap();
        write_whole(&folder.path().join("ours"), b"1").unwrap();
        assert_eq!(mode("ours"), mode("ordinary"));
        std::os::unix::fs::symlink("ours", folder.path().join("link")).unwrap();
        write_whole(&folder.path().join("link"), b"2").unwrap();
        assert!(fs::symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(folder.path().join("ours")).unwrap(), "2");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_straight() {
        write_whole(Path::new("/dev/null"), b"gone").unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = WholeFile::create(folder.path()).unwrap_err().to_string();
        assert!(error.contains("is a folder"), "{error}");
    }
}
