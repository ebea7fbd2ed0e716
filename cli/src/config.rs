//! `bantin.toml`: the options of the command line in a file, under the same names, and tables of one's own.
//!
//! ```toml
//! include = ["*.txt", "*.html"]
//! encoding = "windows1258"
//! ref-date = 2021-11-12
//! kind = ["person", "organization"]
//!
//! [lexicon]
//! posts = "our-posts.tsv"
//! bodies = ["our-bodies.tsv", "schools.tsv"]
//! ```
//!
//! The command line wins over the file; what it adds to the lexicons comes behind the file's, and so wins row by row. Paths in the file are relative to the
//! folder it lies in.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use bantin::jiff::civil::Date;
use bantin::{Extractor, ExtractorBuilder, Kind, OffsetUnit, Table};
use clap::ValueEnum;
use serde::de::{Deserialize, Deserializer, Error as _};

use crate::args::{self, Color, Common, Offsets, Reading};
use crate::error::Error;
use crate::input::{self, Encoding, InputType};
use crate::output::Format;

/// The file that is read where none is named.
const USUAL: &str = "bantin.toml";

/// What the file says; a command asks its methods, which put the command line before it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// `--include`
    pub include: Vec<String>,
    /// `--exclude`
    pub exclude: Vec<String>,
    /// `--input`
    #[serde(deserialize_with = "named")]
    pub input: Option<InputType>,
    /// `--field`
    pub field: Option<String>,
    /// `--encoding`
    #[serde(deserialize_with = "named")]
    pub encoding: Option<Encoding>,
    /// `--ref-date`, as a string or a date of TOML
    #[serde(deserialize_with = "day")]
    pub ref_date: Option<Date>,
    /// `--jobs`
    pub jobs: Option<NonZeroUsize>,
    /// `--format`
    #[serde(deserialize_with = "named")]
    pub format: Option<Format>,
    /// `--kind`
    #[serde(deserialize_with = "kinds")]
    pub kind: Vec<Kind>,
    /// `--offsets`
    #[serde(deserialize_with = "named")]
    pub offsets: Option<Offsets>,
    /// `--explain`
    pub explain: bool,
    /// `--text`
    pub text: bool,
    /// `--output`
    pub output: Option<PathBuf>,
    /// `--quiet`
    pub quiet: bool,
    /// `--color`
    #[serde(deserialize_with = "named")]
    pub color: Option<Color>,
    /// `--lexicon`: tables by their names
    #[serde(deserialize_with = "tables")]
    pub lexicon: Vec<(Table, PathBuf)>,
}

/// Reads the file named by `--config`, else `bantin.toml` of the working directory; where there is none, nothing is configured.
pub fn load(common: &Common) -> Result<Config, Error> {
    let path = common.config.as_deref().unwrap_or(Path::new(USUAL));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if common.config.is_none() && error.kind() == ErrorKind::NotFound => return Ok(Config::default()),
        Err(error) => return Err(Error::new(path.display().to_string(), error).advise("the configuration is a file of TOML in UTF-8")),
    };
    let mut config = parse(&text, path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let output = config.output.iter_mut().filter(|path| **path != Path::new("-"));
    for file in config.lexicon.iter_mut().map(|(_, file)| file).chain(output) {
        *file = folder.join(&*file);
    }
    Ok(config)
}

/// The line at fault stands in the error: it has the key, which the reason of a wrong value has not.
fn parse(text: &str, path: &Path) -> Result<Config, Error> {
    toml::from_str(text).map_err(|error| {
        let reason = error.message().replace('\n', "; ");
        let Some((before, after)) = error.span().and_then(|span| text.split_at_checked(span.start)) else {
            return Error::new(path.display().to_string(), reason);
        };
        let number = before.matches('\n').count() + 1;
        let begun = before.rsplit('\n').next().unwrap_or_default();
        let line: String = [begun, after.lines().next().unwrap_or_default()].concat();
        let place = format!("{}:{number}", path.display());
        Error::new(place, if line.trim().is_empty() { reason } else { format!("`{}`: {reason}", line.trim()) })
    })
}

impl Config {
    /// What all commands take, with the file's `quiet` and `color` where the command line is silent.
    pub fn common(&self, common: &Common) -> Common {
        Common { quiet: common.quiet || self.quiet, color: common.color.or(self.color), ..common.clone() }
    }

    /// How inputs are read.
    pub fn reading(&self, reading: &Reading) -> input::Settings {
        input::Settings {
            paths: reading.paths.clone(),
            include: first_filled(&reading.include, &self.include),
            exclude: first_filled(&reading.exclude, &self.exclude),
            kind: reading.input.or(self.input),
            field: reading.field.as_ref().or(self.field.as_ref()).cloned().unwrap_or_else(|| "text".to_owned()),
            encoding: reading.encoding.or(self.encoding),
            output: None,
        }
    }

    /// The extractor for these kinds, with the tables of the file and of the command line.
    pub fn extractor(&self, reading: &Reading, kinds: &[Kind]) -> Result<Extractor, Error> {
        let mut builder = Extractor::builder().kinds(kinds);
        if let Some(day) = self.ref_date(reading) {
            builder = builder.reference_date(day);
        }
        with(builder, &self.tables(&reading.lexicon)?)
    }

    /// The user's own tables: those of the file, and behind them `more`.
    pub fn tables(&self, more: &[(Table, PathBuf)]) -> Result<Vec<OwnTable>, Error> {
        let read =
            |(table, file): &(Table, PathBuf)| Ok(OwnTable { table: *table, name: file.display().to_string(), text: own_table(file)? });
        self.lexicon.iter().chain(more).map(read).collect()
    }

    /// The day of publication, where the user told it.
    pub fn ref_date(&self, reading: &Reading) -> Option<Date> {
        reading.ref_date.or(self.ref_date)
    }

    /// The number of threads; 0 for one a core.
    pub fn jobs(&self, reading: &Reading) -> usize {
        reading.jobs.or(self.jobs).map_or(0, NonZeroUsize::get)
    }

    /// The format, where the user told it.
    pub fn format(&self, format: Option<Format>) -> Option<Format> {
        format.or(self.format)
    }

    /// The kinds wanted; all where the user told none.
    pub fn kinds(&self, kinds: &[Kind]) -> Vec<Kind> {
        first_filled(&first_filled(kinds, &self.kind), &Kind::ALL)
    }

    /// What offsets count.
    pub fn offsets(&self, offsets: Option<Offsets>) -> OffsetUnit {
        offsets.or(self.offsets).unwrap_or(Offsets::Bytes).into()
    }

    /// Whether facts are explained. (What the file turns on, the command line cannot turn off.)
    pub fn explain(&self, explain: bool) -> bool {
        explain || self.explain
    }

    /// Whether objects have the text, too. (As [`Config::explain`].)
    pub fn text(&self, text: bool) -> bool {
        text || self.text
    }

    /// Where facts are written; `None` for standard output, which `-` names, too.
    pub fn output(&self, output: Option<&Path>) -> Option<PathBuf> {
        file(output.or(self.output.as_deref())).map(Path::to_owned)
    }
}

/// The file that an `--output` names; none for `-`, standard output.
pub fn file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| *path != Path::new("-"))
}

/// A table of the user's own.
#[derive(Debug)]
pub struct OwnTable {
    table: Table,
    name: String,
    text: String,
}

/// The extractor that has these tables, too.
pub fn with(builder: ExtractorBuilder, tables: &[OwnTable]) -> Result<Extractor, Error> {
    let builder = tables.iter().fold(builder, |builder, own| builder.lexicon(own.table, &own.name, &own.text));
    builder.build().map_err(|error| refused(&error))
}

/// The text of a table of the user's own.
pub fn own_table(file: &Path) -> Result<String, Error> {
    fs::read_to_string(file).map_err(|error| Error::new(file.display().to_string(), error).advise("a lexicon is a text file in UTF-8"))
}

/// What the library refuses in an own table: file and line are the place.
fn refused(error: &bantin::Error) -> Error {
    Error::new(format!("{}:{}", error.file(), error.line()), reason(error))
}

/// Why the library refuses a line, without its place.
pub fn reason(error: &bantin::Error) -> String {
    let message = error.to_string();
    let place = format!("{}:{}: ", error.file(), error.line());
    message.strip_prefix(&place).unwrap_or(&message).to_owned()
}

fn first_filled<T: Clone>(first: &[T], second: &[T]) -> Vec<T> {
    if first.is_empty() { second.to_vec() } else { first.to_vec() }
}

/// A value by its name on the command line.
fn named<'de, D: Deserializer<'de>, T: ValueEnum>(deserializer: D) -> Result<Option<T>, D::Error> {
    let name = String::deserialize(deserializer)?;
    T::from_str(&name, false).map(Some).map_err(|_| {
        let values = T::value_variants().iter().filter_map(T::to_possible_value);
        let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
        D::Error::custom(format!("{name:?} is none of {}", names.join(", ")))
    })
}

fn kinds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Kind>, D::Error> {
    let names: Vec<String> = Vec::deserialize(deserializer)?;
    names.iter().map(|name| args::kind(name).map_err(|allowed| D::Error::custom(format!("no kind {name:?}; {allowed}")))).collect()
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let written = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(day) => day,
        day => day.to_string(),
    };
    written.parse().map(Some).map_err(|_| D::Error::custom(format!("{written:?} is no day; write it as 2021-11-12")))
}

/// A table's name.
#[derive(PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(try_from = "String")]
struct Name(Table);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        args::table(&name).map(Name)
    }
}

#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "a file or a list of files is wanted")]
enum Files {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

fn tables<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Table, PathBuf)>, D::Error> {
    let tables = BTreeMap::<Name, Files>::deserialize(deserializer)?;
    let files = |(Name(table), files)| {
        let files = match files {
            Files::One(file) => vec![file],
            Files::Many(files) => files,
        };
        files.into_iter().map(move |file| (table, file))
    };
    Ok(tables.into_iter().flat_map(files).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command, Extract};

    fn command_line(arguments: &[&str]) -> (Extract, Common) {
        let cli = Cli::try_parse_from(["bantin", "extract"].iter().chain(arguments)).unwrap();
        let Command::Extract(extract) = cli.command else { panic!("another command") };
        (extract, cli.common)
    }

    fn complaint(text: &str) -> String {
        parse(text, Path::new("bantin.toml")).unwrap_err().to_string()
    }

    const FULL: &str = r#"
        include = ["*.txt"]
        exclude = ["nháp/**"]
        input = "text"
        field = "body"
        encoding = "tcvn3"
        ref-date = "2021-11-12"
        jobs = 3
        format = "csv"
        kind = ["person", "date"]
        offsets = "utf16"
        explain = true
        text = true
        output = "facts"
        quiet = true
        color = "never"
        [lexicon]
        posts = "posts.tsv"
        bodies = ["a.tsv", "b.tsv"]
    "#;

    #[test]
    fn every_option_of_the_file_holds_where_the_command_line_is_silent() {
        let config = parse(FULL, Path::new("bantin.toml")).unwrap();
        let (extract, common) = command_line(&["one.txt"]);
        let input = config.reading(&extract.reading);
        assert_eq!((input.paths, input.include, input.exclude), (vec!["one.txt".into()], vec!["*.txt".into()], vec!["nháp/**".into()]));
        assert_eq!((input.kind, &*input.field, input.encoding), (Some(InputType::Text), "body", Some(Encoding::Tcvn3)));
        assert_eq!(config.ref_date(&extract.reading), Some(bantin::jiff::civil::date(2021, 11, 12)));
        assert_eq!(config.jobs(&extract.reading), 3);
        assert_eq!(config.format(extract.format), Some(Format::Csv));
        assert_eq!(config.kinds(&extract.kind), [Kind::Person, Kind::Date]);
        assert_eq!(config.offsets(extract.offsets), OffsetUnit::Utf16);
        assert!(config.explain(extract.explain) && config.text(extract.text));
        assert_eq!(config.output(extract.output.as_deref()), Some("facts".into()));
        let common = config.common(&common);
        assert_eq!((common.quiet, common.color), (true, Some(Color::Never)));
        let tables = [(Table::Bodies, "a.tsv".into()), (Table::Bodies, "b.tsv".into()), (Table::Posts, "posts.tsv".into())];
        assert_eq!(config.lexicon, tables);
    }

    #[test]
    fn the_command_line_wins() {
        let config = parse(FULL, Path::new("bantin.toml")).unwrap();
        let (extract, common) = command_line(&[
            "--include=*.html",
            "--exclude=cũ/*",
            "--input=html",
            "--field=noidung",
            "--encoding=vni",
            "--ref-date=2022-01-31",
            "--jobs=1",
            "--format=json",
            "--kind=money",
            "--offsets=chars",
            "--output=other.json",
            "--color=auto",
        ]);
        let input = config.reading(&extract.reading);
        assert_eq!((input.include, input.exclude), (vec!["*.html".to_owned()], vec!["cũ/*".to_owned()]));
        assert_eq!((input.kind, &*input.field, input.encoding), (Some(InputType::Html), "noidung", Some(Encoding::Vni)));
        assert_eq!(config.ref_date(&extract.reading), Some(bantin::jiff::civil::date(2022, 1, 31)));
        assert_eq!(config.jobs(&extract.reading), 1);
        assert_eq!(config.format(extract.format), Some(Format::Json));
        assert_eq!(config.kinds(&extract.kind), [Kind::Money]);
        assert_eq!(config.offsets(extract.offsets), OffsetUnit::Chars);
        assert_eq!(config.output(extract.output.as_deref()), Some("other.json".into()));
        assert_eq!(config.common(&common).color, Some(Color::Auto));
    }

    #[test]
    fn without_a_file_the_usual_values_hold() {
        let (extract, _) = command_line(&[]);
        let config = Config::default();
        assert_eq!(config.reading(&extract.reading).field, "text");
        assert_eq!(config.jobs(&extract.reading), 0);
        assert_eq!(config.kinds(&extract.kind), Kind::ALL);
        assert_eq!(config.offsets(extract.offsets), OffsetUnit::Bytes);
        assert_eq!(config.format(extract.format), None);
    }

    #[test]
    fn a_day_may_be_a_string_or_a_date_of_toml() {
        let day = |text| parse(text, Path::new("bantin.toml")).unwrap().ref_date;
        assert_eq!(day("ref-date = 2021-11-12"), day("ref-date = \"2021-11-12\""));
        assert_eq!(
            complaint("ref-date = \"12/11/2021\""),
            r#"bantin.toml:1: `ref-date = "12/11/2021"`: "12/11/2021" is no day; write it as 2021-11-12"#
        );
    }

    #[test]
    fn errors_name_the_line_the_key_and_what_is_allowed() {
        let unknown = complaint("jobs = 2\ncolour = \"never\"\n");
        assert!(
            unknown.starts_with("bantin.toml:2: `colour = \"never\"`: unknown field `colour`, expected one of `include`, "),
            "{unknown}"
        );
        assert_eq!(complaint("\n\n  offsets = \"words\""), r#"bantin.toml:3: `offsets = "words"`: "words" is none of bytes, chars, utf16"#);
        let kind = complaint("kind = [\"person\", \"people\"]");
        assert!(kind.contains("no kind \"people\"; the kinds are person, organization, "), "{kind}");
        let table = complaint("[lexicon]\nposts = \"posts.tsv\"\npost = \"more.tsv\"");
        assert!(table.starts_with("bantin.toml:3: `post = \"more.tsv\"`: no table post; the tables are acronyms, "), "{table}");
        assert_eq!(complaint("[lexicon]\nposts = 5"), "bantin.toml:2: `posts = 5`: a file or a list of files is wanted");
        assert!(complaint("jobs = 0").starts_with("bantin.toml:1: `jobs = 0`: invalid value: integer `0`"), "{}", complaint("jobs = 0"));
        assert!(
            complaint("jobs = 2\njobs = 3").starts_with("bantin.toml:2: `jobs = 3`: duplicate key"),
            "{}",
            complaint("jobs = 2\njobs = 3")
        );
        assert!(complaint("kind = [\"person\"\nđơn vị").starts_with("bantin.toml:2: "), "{}", complaint("kind = [\"person\"\nđơn vị"));
    }

    #[test]
    fn paths_of_the_file_are_relative_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own.toml");
        fs::write(&file, "\u{feff}output = \"facts.json\"\nlexicon.posts = \"posts.tsv\"").unwrap();
        let (_, common) = command_line(&["--config", file.to_str().unwrap()]);
        let config = load(&common).unwrap();
        assert_eq!(config.output.as_deref(), Some(&*folder.path().join("facts.json")));
        assert_eq!(config.lexicon, [(Table::Posts, folder.path().join("posts.tsv"))]);
    }

    #[test]
    fn own_tables_of_file_and_command_line_are_read_and_a_bad_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("first.tsv"), folder.path().join("second.tsv"));
        fs::write(&first, "Cai tổng\tCai tổng\tpost\t-\nTổng đoàn\tTổng đoàn\tpost\t-\n").unwrap();
        fs::write(&second, "Tổng đoàn\tTrưởng Tổng đoàn\tpost\t-\n").unwrap();
        let config = Config { lexicon: vec![(Table::Posts, first)], ..Config::default() };
        let (mut extract, _) = command_line(&[]);
        extract.reading.lexicon = vec![(Table::Posts, second.clone())];
        let role = |text: &str| {
            let bulletin = config.extractor(&extract.reading, &Kind::ALL).unwrap().extract(text);
            bulletin.persons[0].titles[0].role.clone()
        };
        assert_eq!(role("Tới dự có Cai tổng Trần Văn Bình."), "Cai tổng");
        assert_eq!(role("Tới dự có Tổng đoàn Trần Văn Bình."), "Trưởng Tổng đoàn", "the command line's row wins");

        fs::write(&second, "Tổng đoàn\tTrưởng Tổng đoàn\tjob\t-\n").unwrap();
        let error = config.extractor(&extract.reading, &Kind::ALL).unwrap_err().to_string();
        assert_eq!(error, format!("{}:1: kind can't be \"job\"; it is one of post, membership, rank, degree, honour", second.display()));
        fs::remove_file(&second).unwrap();
        let error = config.extractor(&extract.reading, &Kind::ALL).unwrap_err().to_string();
        assert!(error.starts_with(&second.display().to_string()) && error.contains("a lexicon is a text file in UTF-8"), "{error}");
    }
}
