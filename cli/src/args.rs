//! The command line: every subcommand and option, as `--help` shows them.

use std::path::PathBuf;

use bantin::jiff::civil::Date;
use bantin::normalize::TonePlacement;
use bantin::{Kind, OffsetUnit, Table};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::input::{Encoding, InputType};
use crate::output::Format;

/// Typed facts from Vietnamese bulletins: people with their titles, organizations, dates, ratios, money, documents, places, quotes.
///
/// Exit status: 0 done; 1 some input failed, or `check` found figures that disagree; 2 the command line or the configuration is wrong.
#[derive(Debug, Parser)]
#[command(name = "bantin", version, max_term_width = 100)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Options of all subcommands
    #[command(flatten)]
    pub common: Common,
}

/// What every subcommand takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Configuration file; without it `bantin.toml` of the working directory, where there is one
    ///
    /// It is TOML and has options under their names (`encoding = "tcvn3"`, `kind = ["person", "date"]`), and tables of your own in `[lexicon]`
    /// (`posts = "our-posts.tsv"`). Paths in it are relative to its folder. The command line wins over it.
    #[arg(long, global = true, value_name = "FILE", help_heading = "General")]
    pub config: Option<PathBuf>,
    /// No progress, no summary; errors only
    #[arg(short, long, global = true, help_heading = "General")]
    pub quiet: bool,
    /// Name every input as it is read; twice, what was found out about it
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "General")]
    pub verbose: u8,
    /// When to colour (`NO_COLOR` is respected) [default: auto]
    #[arg(long, global = true, value_enum, value_name = "WHEN", help_heading = "General")]
    pub color: Option<Color>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What `bantin` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read bulletins and write their facts
    Extract(Extract),
    /// Write one page to look at: texts with their facts marked, tables, figures that disagree
    Report(Report),
    /// Show the same page live in a browser on this machine, with an HTTP interface for programs
    Serve(Serve),
    /// Find figures that do not add up, before a bulletin is published
    Check(Check),
    /// Write text in one spelling: NFC, one placement of tones, plain blanks, dashes and quotation marks
    Normalize(Normalize),
    /// Look into the bundled lexicons, and check tables of your own
    Lexicon(Lexicon),
    /// Print the script that completes commands in a shell
    #[command(after_help = "\
Examples:
  bantin completions bash > ~/.local/share/bash-completion/completions/bantin
  bantin completions fish > ~/.config/fish/completions/bantin.fish")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each subcommand into a folder
    #[command(after_help = "\
Examples:
  bantin man | man -l -
  bantin man ~/.local/share/man/man1")]
    Man {
        /// The folder; without it the page of `bantin` goes to standard output
        folder: Option<PathBuf>,
    },
}

/// Where texts come from and how they are read: the same for all commands that read bulletins.
#[derive(Debug, Args)]
pub struct Reading {
    /// Files, folders (read with all below them), `-` for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// In folders, read only what this pattern matches (`*.txt`, `2021/**`); may be repeated
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub include: Vec<String>,
    /// In folders, leave out what this pattern matches; may be repeated
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub exclude: Vec<String>,
    /// What the input is, where name and content do not tell
    #[arg(long, value_enum, value_name = "TYPE", help_heading = "Input")]
    pub input: Option<InputType>,
    /// The field of NDJSON records that holds the text [default: text]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub field: Option<String>,
    /// The encoding of plain text and HTML, instead of telling it from the bytes
    #[arg(long, value_enum, value_name = "NAME", help_heading = "Input")]
    pub encoding: Option<Encoding>,
    /// The day on which the bulletins were published, against which dates without a year resolve
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Extraction")]
    pub ref_date: Option<Date>,
    /// A table of your own beside the bundled one; may be repeated
    #[arg(long, value_name = "TABLE=FILE", value_parser = own_table, help_heading = "Extraction")]
    pub lexicon: Vec<(Table, PathBuf)>,
    /// How many threads extract [default: one for each core]
    #[arg(short, long, value_name = "N", help_heading = "Extraction")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// `bantin extract`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bantin extract bulletin.txt                          a table of its facts
  bantin extract -f csv -o facts/ bulletins/           a folder of bulletins, one CSV file a kind
  bantin extract -k person,date --ref-date 2021-11-12 - < bulletin.txt")]
pub struct Extract {
    /// Where texts come from
    #[command(flatten)]
    pub reading: Reading,
    /// How facts are written [default: table on a terminal, else json for one text and ndjson for many]
    #[arg(short, long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<Format>,
    /// The kinds wanted, parted by commas [default: all]
    #[arg(short, long, value_name = "KIND,…", value_delimiter = ',', value_parser = kind, help_heading = "Output")]
    pub kind: Vec<Kind>,
    /// What offsets count [default: bytes]
    #[arg(long, value_enum, value_name = "UNIT", help_heading = "Output")]
    pub offsets: Option<Offsets>,
    /// Add to each fact its rule, the evidence, and what was refused and why (json, ndjson, html)
    #[arg(long, help_heading = "Output")]
    pub explain: bool,
    /// Add the text that offsets point into, `input` (json, ndjson): for HTML, docx, PDF and legacy encodings it is not the file's bytes
    #[arg(long, help_heading = "Output")]
    pub text: bool,
    /// Where to write: a file, or a folder (ends in `/`, or is one) for one file an input or one file a table
    #[arg(short, long, value_name = "FILE|DIR", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Leave out inputs whose facts the output has already
    #[arg(long, help_heading = "Output")]
    pub resume: bool,
}

/// `bantin report`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bantin report -o report.html bulletins/
  bantin report --title 'Giao ban tháng 11' -o report.html *.docx")]
pub struct Report {
    /// Where texts come from
    #[command(flatten)]
    pub reading: Reading,
    /// Where to write the page [default: standard output]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// The page's title
    #[arg(long, value_name = "TEXT", help_heading = "Output")]
    pub title: Option<String>,
}

/// `bantin serve`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bantin serve                                         then open http://127.0.0.1:8017/
  curl --data-binary @bulletin.txt http://127.0.0.1:8017/extract")]
pub struct Serve {
    /// The port on the loopback interface; 0 takes a free one
    #[arg(short, long, default_value_t = 8017)]
    pub port: u16,
    /// The largest body that is read, in megabytes
    #[arg(long, default_value_t = 16, value_name = "MB")]
    pub max_body: usize,
    /// How long one request may take, in seconds
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    pub timeout: u64,
    /// A table of your own beside the bundled one; may be repeated
    #[arg(long, value_name = "TABLE=FILE", value_parser = own_table)]
    pub lexicon: Vec<(Table, PathBuf)>,
}

/// `bantin check`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bantin check draft.docx                              exit status 1 where figures disagree
  bantin check --json bulletins/ > findings.ndjson")]
pub struct Check {
    /// Where texts come from
    #[command(flatten)]
    pub reading: Reading,
    /// Print one JSON object a finding instead of lines
    #[arg(long, help_heading = "Output")]
    pub json: bool,
}

/// `bantin normalize`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bantin normalize old.txt -o new.txt
  bantin normalize --encoding tcvn3 --tone new < old.txt")]
pub struct Normalize {
    /// Files of plain text, whatever their names, and folders of them; `-` or nothing for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Where the tone of oa, oe, uy stands
    #[arg(long, value_enum, default_value = "old")]
    pub tone: Tone,
    /// The encoding of the input, instead of telling it from the bytes
    #[arg(long, value_enum, value_name = "NAME")]
    pub encoding: Option<Encoding>,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Placements of tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tone {
    /// hòa, thủy
    Old,
    /// hoà, thuỷ
    New,
    /// As written
    Keep,
}

/// `bantin lexicon`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bantin lexicon list posts
  bantin lexicon check posts=our-posts.tsv")]
pub struct Lexicon {
    /// What to do with lexicons
    #[command(subcommand)]
    pub command: LexiconCommand,
}

/// What `bantin lexicon` can do.
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    #[command(after_help = "\
Examples:
  bantin lexicon list
  bantin lexicon list posts | grep -i 'bí thư'

Rows have the form of the files in data/: cells parted by tabs, - for none. Among the places are the names of administrative units, flag head.")]
    /// List the tables with their numbers of rows and their columns; with a table's name, its rows
    List {
        /// The table
        #[arg(value_name = "TABLE", value_parser = table_names())]
        table: Option<Table>,
    },
    #[command(after_help = "\
Examples:
  bantin lexicon check posts=our-posts.tsv
  bantin extract --lexicon posts=our-posts.tsv bulletin.txt

Exit status: 0 where all is well, 1 where something was found or a file could not be read.")]
    /// Check tables of your own: columns, cells, flags; order; rows that repeat or change one of the file or of the bundled table
    Check {
        /// The tables
        #[arg(value_name = "TABLE=FILE", value_parser = own_table, required = true)]
        tables: Vec<(Table, PathBuf)>,
    },
}

/// [`OffsetUnit`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Offsets {
    /// Bytes of UTF-8
    Bytes,
    /// Unicode scalar values, as in Python
    Chars,
    /// UTF-16 units, as in JavaScript and Java
    Utf16,
}

impl From<Tone> for TonePlacement {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Old => TonePlacement::Old,
            Tone::New => TonePlacement::New,
            Tone::Keep => TonePlacement::AsWritten,
        }
    }
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Bytes => OffsetUnit::Bytes,
            Offsets::Chars => OffsetUnit::Chars,
            Offsets::Utf16 => OffsetUnit::Utf16,
        }
    }
}

/// A kind by its name.
pub fn kind(name: &str) -> Result<Kind, String> {
    let names = || Kind::ALL.map(Kind::name).join(", ");
    Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| format!("the kinds are {}", names()))
}

/// A table by its name.
pub fn table(name: &str) -> Result<Table, String> {
    let names = || Table::ALL.map(Table::name).join(", ");
    Table::ALL.into_iter().find(|table| table.name() == name).ok_or_else(|| format!("no table {name}; the tables are {}", names()))
}

/// The names of tables, which help and completions list.
fn table_names() -> impl TypedValueParser<Value = Table> {
    PossibleValuesParser::new(Table::ALL.map(Table::name)).try_map(|name| table(&name))
}

fn own_table(argument: &str) -> Result<(Table, PathBuf), String> {
    let names = || Table::ALL.map(Table::name).join(", ");
    let (name, file) = argument.split_once('=').ok_or_else(|| format!("TABLE=FILE is wanted; the tables are {}", names()))?;
    Ok((table(name)?, PathBuf::from(file)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// The words of an example as a shell parts them, up to a redirection or the words that explain it.
    fn words(example: &str) -> Vec<String> {
        let quoted = |(nth, part): (usize, &str)| match nth % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        };
        let example = example.trim().split(['<', '>', '|']).next().unwrap().split("   ").next().unwrap();
        example.split('\'').enumerate().flat_map(quoted).collect()
    }

    #[test]
    fn the_help_of_each_command_has_examples_that_the_command_line_takes() {
        let program = Cli::command();
        for command in program.get_subcommands().flat_map(|command| command.get_subcommands().chain([command])) {
            let help = command.get_after_help().unwrap_or_else(|| panic!("{} has no examples", command.get_name())).to_string();
            let examples: Vec<&str> = help.lines().filter(|line| line.starts_with("  bantin ")).collect();
            assert!(!examples.is_empty(), "{help}");
            for example in examples {
                Cli::try_parse_from(words(example)).unwrap_or_else(|error| panic!("{example}: {error}"));
            }
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
