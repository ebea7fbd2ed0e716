//! From bulletins to files: each format renders bulletins on the threads that extract them, and writes what was rendered in order.
//!
//! Where the output is a folder (its name ends in `/`, or it is one), `json`, `ndjson`, `html`, `conll`, `table` and `brat` give a file for each input, named
//! as the input with an extension more: `sub/a.txt` is `sub/a.txt.json`. `csv` and `parquet` give a file for each table, and take a file only where one kind
//! was asked for: its table. `popolo` is one document, in a folder `popolo.json`.
//!
//! `--resume` goes on where files are there already: a file for each input is left as it is; one file of `ndjson`, `conll` or `csv` is taken over and written
//! behind. In a folder of tables `headers.csv` has a row for each text and tells what is done; rows of texts that it does not have are dropped. In one table
//! a text without rows is done again, which changes nothing. What is there is not asked whether it was made with the same options.
//!
//! The output is left out of the inputs, where it lies in a folder of them.

mod brat;
mod columns;
mod conll;
mod csv;
mod file;
mod json;
mod mention;
mod parquet;
mod popolo;
mod terminal;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use bantin::{Bulletin, Explanation, Kind, OffsetUnit};
use clap::ValueEnum;

use crate::error::Error;
use crate::input::Input;
use crate::page::{self, Entry};

pub use file::{WholeFile, abandon};
pub use terminal::plain;

use columns::{Cell, Facts, Table};
use file::{Names, Target, hash, write_whole};
use parquet::ParquetTable;

/// How facts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the eye, on a terminal
    Table,
    /// One object a text, indented
    Json,
    /// One object a line
    Ndjson,
    /// Tables, one file a kind
    Csv,
    /// Tables in columns, one file a kind
    Parquet,
    /// Persons, organizations, posts and memberships of all texts as Popolo JSON
    Popolo,
    /// A page to look at for each text
    Html,
    /// Standoff annotation: the text, and beside it its mentions
    Brat,
    /// One token a line with its label (BIO)
    Conll,
}

/// What was read and what it says.
#[derive(Debug)]
pub struct Read {
    /// The text and where it came from.
    pub input: Input,
    /// Its facts; offsets are bytes of the text, `source` is set.
    pub bulletin: Bulletin,
    /// The explanations, where they were asked for; offsets are bytes too.
    pub explanations: Option<Vec<Explanation>>,
}

/// How facts are written.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The format.
    pub format: Format,
    /// The kinds wanted; all of them unless the user chose. (The extractor leaves the lists of the others empty.)
    pub kinds: Vec<Kind>,
    /// What offsets count in the output.
    pub unit: OffsetUnit,
    /// Whether objects have the text beside the facts.
    pub text: bool,
    /// A file or a folder; `None` for standard output.
    pub output: Option<PathBuf>,
    /// Whether what the output has already is kept and left out.
    pub resume: bool,
}

/// What one text gives, ready to be written.
#[derive(Debug)]
pub struct Rendered {
    source: String,
    body: Body,
}

#[derive(Debug)]
enum Body {
    /// Text of the format; brat's is the bulletin's own.
    Text(String),
    /// brat: the text and its annotations.
    Pair(String, String),
    /// Lines of each CSV table.
    Lines(Vec<String>),
    /// Rows of each Parquet table.
    Rows(Vec<Vec<Vec<Cell>>>),
    /// What goes into one Popolo document.
    Bulletin(Box<Bulletin>),
    /// What goes into one page.
    Entry(Box<Entry>),
}

/// Where facts go.
#[derive(Debug)]
pub struct Output {
    settings: Settings,
    /// The sources that the files taken over have.
    done: HashSet<u64>,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    /// A file for each input, in a folder.
    Folder(PathBuf, Mutex<Names>),
    /// Texts one behind the other.
    Stream(Target),
    /// Objects that are one JSON document.
    Json(json::Array, Target),
    /// Texts that are one page.
    Page(Vec<Entry>, Target),
    Csv(csv::Tables),
    Parquet(Vec<ParquetTable>),
    Popolo(Box<bantin::popolo::Builder>, Target),
}

impl Output {
    /// Makes ready: says what cannot work (`--resume` with a format that cannot go on, several tables on standard output), reads what is done
    /// already, begins temporary files.
    pub fn new(settings: Settings) -> Result<Output, Error> {
        if settings.resume && settings.output.is_none() {
            return Err(Error::new("--resume", "standard output tells nothing of what was done").advise("name a file or folder with -o"));
        }
        let folder = settings.output.as_deref().filter(|path| is_folder(path));
        let file = settings.output.as_deref().filter(|path| !is_folder(path));
        let mut done = HashSet::new();
        let whole = |what: &str| {
            let error = Error::new("--resume", format!("{what} is written anew as a whole and cannot go on"));
            if settings.resume { Err(error.advise("use --format ndjson")) } else { Ok(()) }
        };
        let sink = match (settings.format, folder) {
            (Format::Csv, folder) => {
                let files = table_files(&settings, folder, "csv")?;
                // The last table tells what is done: of one kind the only one, in a folder `headers`.
                if let (true, Some((table, Some(path)))) = (settings.resume, files.last()) {
                    done = csv::sources(path, table)?;
                }
                Sink::Csv(csv::Tables::new(files, settings.resume.then_some(&done))?)
            }
            (Format::Parquet, folder) => {
                whole("parquet")?;
                let place = || Error::new("parquet", "cannot be written to standard output").advise("name a folder with -o DIR/");
                let table = |(table, path): (&'static Table, Option<PathBuf>)| ParquetTable::new(table, &path.ok_or_else(place)?);
                let files = if settings.output.is_none() { Err(place()) } else { table_files(&settings, folder, "parquet") };
                Sink::Parquet(files?.into_iter().map(table).collect::<Result<_, _>>()?)
            }
            (Format::Popolo, folder) => {
                whole("popolo")?;
                let path = folder.map(|folder| folder.join("popolo.json"));
                Sink::Popolo(Box::default(), Target::new(path.as_deref().or(file))?)
            }
            (format, Some(folder)) => {
                if format == Format::Brat {
                    write_whole(&folder.join("annotation.conf"), brat::configuration().as_bytes())?;
                }
                Sink::Folder(folder.to_owned(), Mutex::default())
            }
            (Format::Brat, None) => {
                return Err(Error::new("brat", "two files a text need a folder").advise("name one with -o DIR/"));
            }
            (Format::Json, None) => {
                whole("one json document")?;
                Sink::Json(json::Array::default(), Target::new(file)?)
            }
            (Format::Html, None) => {
                whole("one page")?;
                Sink::Page(Vec::new(), Target::new(file)?)
            }
            (Format::Table, None) => {
                whole("a table for the eye")?;
                Sink::Stream(Target::new(file)?)
            }
            (Format::Ndjson | Format::Conll, None) => {
                let mut target = Target::new(file)?;
                if let (true, Some(file)) = (settings.resume, file) {
                    let take_over = if settings.format == Format::Conll { conll::take_over } else { json::take_over };
                    done = take_over(file, &mut target)?;
                }
                Sink::Stream(target)
            }
        };
        Ok(Output { settings, done, sink })
    }

    /// Whether the output has this input already (`--resume`).
    pub fn has(&self, source: &str) -> bool {
        // A name is claimed with or without `--resume`, and for inputs that fail, too: so that the next run gives the same ones.
        let path = match &self.sink {
            Sink::Folder(folder, names) => Some(self.path(folder, names, source)),
            _ => None,
        };
        match path {
            _ if !self.settings.resume => false,
            Some(path) => path.exists(),
            _ if self.settings.format == Format::Conll => self.done.contains(&conll::key(source)),
            _ => self.done.contains(&hash(source)),
        }
    }

    /// Renders one text. Called on many threads.
    pub fn render(&self, mut read: Read) -> Rendered {
        let source = read.input.source.clone();
        let unit = self.settings.unit;
        let body = match (&self.sink, self.settings.format) {
            (Sink::Csv(tables), _) => {
                json::convert_offsets(&mut read, unit);
                Body::Lines(tables.render(&Facts { bulletin: &read.bulletin, record: read.input.record.as_ref() }))
            }
            (Sink::Parquet(tables), _) => {
                json::convert_offsets(&mut read, unit);
                let facts = Facts { bulletin: &read.bulletin, record: read.input.record.as_ref() };
                Body::Rows(tables.iter().map(|table| table.render(&facts)).collect())
            }
            (Sink::Popolo(..), _) => Body::Bulletin(Box::new(read.bulletin)),
            (Sink::Page(..), _) => Body::Entry(Box::new(entry(read))),
            (_, Format::Html) => Body::Text(page::page(&source, &[entry(read)])),
            (_, Format::Brat) => {
                let annotations = brat::annotations(&read.input.text, &read.bulletin);
                Body::Pair(read.input.text, annotations)
            }
            (_, Format::Conll) => Body::Text(conll::lines(&source, &read.input.text, &read.bulletin, unit)),
            (_, Format::Table) => Body::Text(terminal::table(&read)),
            (sink, format) => {
                json::convert_offsets(&mut read, unit);
                let mut object = json::object(&read, self.settings.text, format == Format::Json);
                // In one document, what stands between objects is not known yet.
                if !matches!(sink, Sink::Json(..)) {
                    object.push('\n');
                }
                Body::Text(object)
            }
        };
        Rendered { source, body }
    }

    /// Writes what was rendered; called in the order of the inputs.
    pub fn write(&mut self, rendered: Rendered) -> Result<(), Error> {
        let Rendered { source, body } = rendered;
        let styled = self.settings.format == Format::Table;
        if let Sink::Folder(folder, names) = &self.sink {
            let path = self.path(folder, names, &source);
            return match body {
                Body::Text(text) if styled => write_whole(&path, anstream::adapter::strip_str(&text).to_string().as_bytes()),
                Body::Text(text) => write_whole(&path, text.as_bytes()),
                Body::Pair(text, annotations) => {
                    // The annotations last: they tell that both are there.
                    write_whole(&path.with_extension("txt"), text.as_bytes())?;
                    write_whole(&path, annotations.as_bytes())
                }
                _ => Ok(()),
            };
        }
        match (&mut self.sink, body) {
            (Sink::Stream(target), Body::Text(text)) if styled => target.write_styled(&text),
            (Sink::Stream(target), Body::Text(text)) => target.write(&text),
            (Sink::Json(array, target), Body::Text(object)) => array.write(object, target),
            (Sink::Page(entries, _), Body::Entry(entry)) => {
                entries.push(*entry);
                Ok(())
            }
            (Sink::Csv(tables), Body::Lines(rows)) => tables.write(&rows),
            (Sink::Parquet(tables), Body::Rows(rows)) => tables.iter_mut().zip(rows).try_for_each(|(table, rows)| table.write(rows)),
            (Sink::Popolo(builder, _), Body::Bulletin(bulletin)) => {
                builder.add(&bulletin);
                Ok(())
            }
            // What was rendered for one output is written to the same.
            _ => Ok(()),
        }
    }

    /// Completes all files and puts them in their places; without it nothing is left behind.
    pub fn finish(self) -> Result<(), Error> {
        match self.sink {
            Sink::Folder(..) => Ok(()),
            Sink::Stream(target) => target.finish(),
            Sink::Json(array, mut target) => {
                array.finish(&mut target)?;
                target.finish()
            }
            Sink::Page(entries, mut target) => {
                let title = match entries.as_slice() {
                    [entry] => entry.source.as_str(),
                    _ => "Bản tin",
                };
                target.write(&page::page(title, &entries))?;
                target.finish()
            }
            Sink::Csv(tables) => tables.finish(),
            Sink::Parquet(tables) => tables.into_iter().try_for_each(ParquetTable::finish),
            Sink::Popolo(builder, mut target) => {
                popolo::write(*builder, &mut target)?;
                target.finish()
            }
        }
    }

    /// The file of an input in a folder.
    fn path(&self, folder: &Path, names: &Mutex<Names>, source: &str) -> PathBuf {
        let name = names.lock().unwrap_or_else(PoisonError::into_inner).claim(source);
        let extension = match self.settings.format {
            Format::Html => "html",
            Format::Brat => "ann",
            Format::Conll => "conll",
            Format::Ndjson => "ndjson",
            Format::Table => "txt",
            _ => "json",
        };
        folder.join(format!("{name}.{extension}"))
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

fn entry(read: Read) -> Entry {
    Entry { source: read.input.source, text: read.input.text, bulletin: read.bulletin, explanations: read.explanations.unwrap_or_default() }
}

/// The tables of the kinds and their files: in a folder all, else the one table of the one kind.
fn table_files(settings: &Settings, folder: Option<&Path>, extension: &str) -> Result<Vec<(&'static Table, Option<PathBuf>)>, Error> {
    if let Some(folder) = folder {
        let path = |table: &'static Table| (table, Some(folder.join(format!("{}.{extension}", table.name))));
        return Ok(columns::tables(&settings.kinds).into_iter().map(path).collect());
    }
    let table = columns::table_of(&settings.kinds).ok_or_else(|| {
        let error = Error::new(extension, "several kinds give several tables, which need a folder");
        error.advise("name one with -o DIR/, or choose one kind with --kind")
    })?;
    Ok(vec![(table, settings.output.clone())])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use bantin::Extractor;

    use super::*;

    /// What a run hands to the output.
    pub fn read(source: &str, text: &str, extractor: &Extractor) -> Read {
        let mut bulletin = extractor.extract(text);
        bulletin.source = Some(source.to_owned());
        let input = Input { source: source.to_owned(), text: text.to_owned(), record: None, remarks: Vec::new() };
        Read { input, bulletin, explanations: None }
    }

    const ONE: &str = "Sáng 12/11/2021, đồng chí Đỗ Văn Hùng, Bí thư Huyện ủy, dự họp. Xã kết nạp 7/5 đảng viên mới, đạt 140% kế hoạch.";
    const TWO: &str = "Ông Lê Văn Tám, Chủ tịch UBND xã Tân Lập, nói: “Xã đã hỗ trợ gần 200 hộ, mỗi hộ 1,5 triệu đồng trong năm nay”.";

    fn settings(format: Format, output: Option<PathBuf>) -> Settings {
        Settings { format, kinds: Kind::ALL.to_vec(), unit: OffsetUnit::Bytes, text: false, output, resume: false }
    }

    /// Runs over texts as `extract` does, and gives the sources that were not there already.
    fn run(settings: &Settings, inputs: &[(&str, &str)]) -> Vec<String> {
        let extractor = Extractor::builder().kinds(&settings.kinds).build().unwrap();
        let mut output = Output::new(settings.clone()).unwrap();
        let mut read_now = Vec::new();
        for (source, text) in inputs {
            if !output.has(source) {
                read_now.push((*source).to_owned());
                let rendered = output.render(read(source, text, &extractor));
                output.write(rendered).unwrap();
            }
        }
        output.finish().unwrap();
        read_now
    }

    fn all_files(folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                names.extend(all_files(&file).into_iter().map(|name| format!("{}/{name}", file.file_name().unwrap().to_string_lossy())));
            } else {
                names.push(file.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
        names.sort();
        names
    }

    fn advice(settings: Settings) -> String {
        Output::new(settings).unwrap_err().to_string()
    }

    #[test]
    fn threads_may_render_from_one_output() {
        fn shared<T: Sync>() {}
        shared::<Output>();
        fn handed_on<T: Send>() {}
        handed_on::<Rendered>();
    }

    #[test]
    fn json_is_one_document_however_many_texts_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        let settings = settings(Format::Json, Some(path.clone()));
        let parsed = || serde_json::from_str::<serde_json::Value>(&std::fs::read_to_string(&path).unwrap()).unwrap();
        run(&settings, &[]);
        assert_eq!(parsed(), serde_json::json!([]));
        run(&settings, &[("a", ONE)]);
        assert_eq!(parsed()["persons"][0]["name"], "Đỗ Văn Hùng");
        run(&settings, &[("a", ONE), ("b", TWO), ("c", ONE)]);
        let sources: Vec<_> = parsed().as_array().unwrap().iter().map(|object| object["source"].clone()).collect();
        assert_eq!(sources, ["a", "b", "c"]);
    }

    #[test]
    fn an_object_is_the_bulletins_own_with_the_record_and_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.ndjson");
        let settings = Settings { unit: OffsetUnit::Chars, text: true, ..settings(Format::Ndjson, Some(path.clone())) };
        let mut output = Output::new(settings).unwrap();
        let mut one = read("a", ONE, &Extractor::new());
        one.explanations = Some(Extractor::new().explain(ONE, None).explanations);
        one.input.record = Some(serde_json::from_str(r#"{"id": 7, "tags": ["x"]}"#).unwrap());
        let rendered = output.render(one);
        output.write(rendered).unwrap();
        output.finish().unwrap();
        let line = std::fs::read_to_string(&path).unwrap();
        assert_eq!(line.matches('\n').count(), 1);
        let object: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&object["record"]["id"], &object["record"]["tags"][0]), (&7.into(), &"x".into()));
        assert_eq!(object["input"], ONE);
        let mut explained = Extractor::new().explain(ONE, None);
        explained.bulletin.source = Some("a".to_owned());
        explained.convert_offsets(ONE, OffsetUnit::Chars);
        assert_eq!(serde_json::from_str::<bantin::Explained>(&line).unwrap(), explained);
    }

    #[test]
    fn in_a_folder_each_input_has_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = [("in/a.txt", ONE), ("/in/a.txt", TWO), ("in/a.html", TWO), ("r.ndjson:12", ONE), ("<stdin>", ONE)];
        let settings = settings(Format::Json, Some(folder.path().to_owned()));
        run(&settings, &inputs);
        assert_eq!(all_files(folder.path()), ["in/a.html.json", "in/a.txt.json", "in/a.txt~2.json", "r.ndjson/12.json", "stdin.json"]);
        let second = std::fs::read_to_string(folder.path().join("in/a.txt~2.json")).unwrap();
        assert_eq!(serde_json::from_str::<Bulletin>(&second).unwrap().source.unwrap(), "/in/a.txt");
        // What is there is left out by the next run, each under its own name.
        std::fs::remove_file(folder.path().join("in/a.txt~2.json")).unwrap();
        std::fs::remove_file(folder.path().join("r.ndjson/12.json")).unwrap();
        assert_eq!(run(&Settings { resume: true, ..settings.clone() }, &inputs), ["/in/a.txt", "r.ndjson:12"]);
        assert_eq!(run(&settings, &inputs).len(), 5, "without --resume all is done again");
    }

    #[test]
    fn brat_has_the_text_exactly_and_its_types() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/");
        let text = format!("{ONE}\r\n{TWO}\n");
        let settings = settings(Format::Brat, Some(PathBuf::from(format!("{}/", path.display()))));
        run(&settings, &[("a.txt", &text)]);
        assert_eq!(all_files(&path), ["a.txt.ann", "a.txt.txt", "annotation.conf"]);
        assert_eq!(std::fs::read_to_string(path.join("a.txt.txt")).unwrap(), text);
        let configuration = std::fs::read_to_string(path.join("annotation.conf")).unwrap();
        let annotations = std::fs::read_to_string(path.join("a.txt.ann")).unwrap();
        for line in annotations.lines().filter(|line| line.starts_with('T')) {
            let kind = line.split(['\t', ' ']).nth(1).unwrap();
            assert!(configuration.lines().any(|line| line == kind), "{kind}");
        }
        assert!(run(&Settings { resume: true, ..settings }, &[("a.txt", &text)]).is_empty());
    }

    #[test]
    fn lines_go_on_behind_what_is_there_and_a_torn_one_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        for (format, name) in [(Format::Ndjson, "out.ndjson"), (Format::Conll, "out.conll")] {
            let path = folder.path().join(name);
            let settings = Settings { resume: true, ..settings(format, Some(path.clone())) };
            assert_eq!(run(&settings, &[("a", ONE)]), ["a"]);
            assert_eq!(run(&settings, &[("a", ONE), ("b", TWO)]), ["b"]);
            let resumed = std::fs::read_to_string(&path).unwrap();
            run(&Settings { resume: false, ..settings.clone() }, &[("a", ONE), ("b", TWO)]);
            assert_eq!(resumed, std::fs::read_to_string(&path).unwrap());
            if format == Format::Ndjson {
                std::fs::write(&path, &resumed[..resumed.len() - 40]).unwrap();
                assert_eq!(run(&settings, &[("a", ONE), ("b", TWO)]), ["b"]);
                assert_eq!(resumed, std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn tables_go_on_behind_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { resume: true, ..settings(Format::Csv, Some(folder.path().to_owned())) };
        let tables = || -> Vec<String> {
            all_files(folder.path()).iter().map(|name| std::fs::read_to_string(folder.path().join(name)).unwrap()).collect()
        };
        run(&settings, &[("=a", ONE), ("b", TWO), ("nothing", "")]);
        let whole = tables();
        assert_eq!(whole.len(), columns::TABLES.len());
        assert!(run(&settings, &[("=a", ONE), ("b", TWO), ("nothing", "")]).is_empty(), "headers have a row for each text");
        // A text whose row in `headers` is not there is done again, and its rows elsewhere are not there twice.
        let headers = folder.path().join("headers.csv");
        let rows = std::fs::read_to_string(&headers).unwrap();
        std::fs::write(&headers, rows.lines().filter(|row| !row.starts_with("b,")).map(|row| format!("{row}\n")).collect::<String>())
            .unwrap();
        assert_eq!(run(&settings, &[("=a", ONE), ("nothing", ""), ("b", TWO)]), ["b"]);
        let sorted = |tables: Vec<String>| {
            tables
                .into_iter()
                .map(|table| {
                    let mut rows: Vec<String> = table.lines().map(str::to_owned).collect();
                    rows.sort();
                    rows
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(sorted(tables()), sorted(whole));
        std::fs::write(&headers, "x,y\n1,2\n").unwrap();
        assert!(advice(settings).contains("without --resume"));
    }

    #[test]
    fn one_kind_is_one_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        let settings = Settings { kinds: vec![Kind::Person], unit: OffsetUnit::Chars, ..settings(Format::Csv, Some(path.clone())) };
        run(&settings, &[("-a", ONE)]);
        let written = std::fs::read_to_string(&path).unwrap();
        assert_eq!(written, "source,index,start,end,text,name,honorific,titles,entity\n'-a,0,26,37,Đỗ Văn Hùng,Đỗ Văn Hùng,đồng chí,1,\n");
        assert!(run(&Settings { resume: true, ..settings }, &[("-a", ONE)]).is_empty());
    }

    #[test]
    fn parquet_is_there_with_all_its_tables() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(Format::Parquet, Some(folder.path().to_owned()));
        run(&settings, &[("a", ONE), ("b", TWO)]);
        let files = all_files(folder.path());
        assert_eq!(files.len(), columns::TABLES.len());
        for name in files {
            let bytes = std::fs::read(folder.path().join(&name)).unwrap();
            assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}");
        }
    }

    #[test]
    fn parquet_reads_back_as_it_was_over_many_row_groups() {
        use arrow_array::{Array, Int64Array, StringArray};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dates.parquet");
        let settings = Settings { kinds: vec![Kind::Date], ..settings(Format::Parquet, Some(path.clone())) };
        let text: String = (0..10_000).map(|n| format!("Xã họp ngày {}/10/2021.\n", n % 28 + 1)).collect();
        let bulletin = Extractor::builder().kinds(&[Kind::Date]).build().unwrap().extract(&text);
        let copies = 120_000 / bulletin.dates.len();
        let inputs: Vec<(&str, &str)> = vec![("a", &text); copies];
        run(&settings, &inputs);
        let file = std::fs::File::open(&path).unwrap();
        let builder = ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        assert_eq!(builder.metadata().num_row_groups(), 3);
        let mut row = 0;
        for batch in builder.build().unwrap() {
            let batch = batch.unwrap();
            let starts: &Int64Array = batch.column_by_name("start").unwrap().as_any().downcast_ref().unwrap();
            let resolved: &StringArray = batch.column_by_name("resolved").unwrap().as_any().downcast_ref().unwrap();
            let parts = batch.column_by_name("part_of_day").unwrap();
            for at in 0..batch.num_rows() {
                let date = &bulletin.dates[row % bulletin.dates.len()];
                assert_eq!(
                    (usize::try_from(starts.value(at)).unwrap(), resolved.value(at)),
                    (date.span.start, date.resolved.as_deref().unwrap())
                );
                assert!(parts.is_null(at));
                row += 1;
            }
        }
        assert_eq!(row, bulletin.dates.len() * copies);
    }

    #[test]
    fn popolo_is_one_document_over_all_texts() {
        let folder = tempfile::tempdir().unwrap();
        run(&settings(Format::Popolo, Some(folder.path().to_owned())), &[("a", ONE), ("b", TWO)]);
        let document: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(folder.path().join("popolo.json")).unwrap()).unwrap();
        assert_eq!(document["persons"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_table_in_a_file_has_no_colours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        run(&settings(Format::Table, Some(path.clone())), &[("a", ONE)]);
        let shown = std::fs::read_to_string(&path).unwrap();
        assert!(shown.contains("Đỗ Văn Hùng") && !shown.contains('\u{1b}'), "{shown}");
    }

    #[test]
    fn without_finish_nothing_is_there() {
        let folder = tempfile::tempdir().unwrap();
        for (format, name) in [
            (Format::Json, "out.json"),
            (Format::Ndjson, "out.ndjson"),
            (Format::Conll, "out.conll"),
            (Format::Html, "out.html"),
            (Format::Csv, ""),
            (Format::Parquet, ""),
            (Format::Popolo, ""),
        ] {
            let mut output = Output::new(settings(format, Some(folder.path().join(name)))).unwrap();
            for (source, text) in [("a", ONE), ("b", TWO)] {
                let rendered = output.render(read(source, text, &Extractor::new()));
                output.write(rendered).unwrap();
            }
            drop(output);
            assert!(all_files(folder.path()).is_empty(), "{format:?}");
        }
    }

    #[test]
    fn what_cannot_work_is_said_with_what_to_do() {
        let resumed = |format, name: &str| advice(Settings { resume: true, ..settings(format, Some(PathBuf::from(name))) });
        assert!(resumed(Format::Parquet, "no-such-folder/").contains("--format ndjson"));
        assert!(resumed(Format::Popolo, "out.json").contains("--format ndjson"));
        assert!(resumed(Format::Json, "out.json").contains("--format ndjson"));
        assert!(advice(settings(Format::Csv, None)).contains("-o DIR/"));
        assert!(advice(settings(Format::Csv, Some(PathBuf::from("out.csv")))).contains("-o DIR/"));
        assert!(advice(settings(Format::Parquet, None)).contains("-o DIR/"));
        assert!(advice(settings(Format::Brat, None)).contains("-o DIR/"));
        assert!(!Path::new("no-such-folder").exists() && !Path::new("out.json").exists());
    }
}
