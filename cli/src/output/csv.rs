//! Tables as CSV: UTF-8 without a byte order mark, a header row, empty cells for null, `true` and `false`, numbers with a decimal point.
//!
//! A spreadsheet runs a cell as a formula that begins with `=`, `+`, `-`, `@` (also in full width: `＝＋－＠`), tab, CR or LF. A text that begins so, or so
//! behind any number of apostrophes, gets one apostrophe in front. A reader undoes it exactly: **of a text that has one of these signs behind one or more
//! apostrophes at its beginning, take the first apostrophe away** (`^'+[=+\-@＝＋－＠\t\r\n]`). Numbers are no texts and stay as they are.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::columns::{Cell, Facts, Table};
use crate::output::file::{Target, hash};

/// The tables that are written.
#[derive(Debug)]
pub struct Tables {
    tables: Vec<(&'static Table, Target)>,
}

impl Tables {
    /// Begins the files, each with its header row. With `done`, the rows of these sources are taken over from the files that are there.
    pub fn new(tables: Vec<(&'static Table, Option<PathBuf>)>, done: Option<&HashSet<u64>>) -> Result<Tables, Error> {
        let begin = |(table, path): (&'static Table, Option<PathBuf>)| {
            let mut target = Target::new(path.as_deref())?;
            target.write(&lines([table.columns.iter().map(|column| column.name.to_owned()).collect()]))?;
            if let (Some(done), Some(path)) = (done, &path) {
                each_row(path, table, |row| {
                    let kept = row.first().is_some_and(|source| done.contains(&hash(&bare(source))));
                    if kept { target.write(&lines([row])) } else { Ok(()) }
                })?;
            }
            Ok((table, target))
        };
        Ok(Tables { tables: tables.into_iter().map(begin).collect::<Result<_, Error>>()? })
    }

    /// The rows of one text, table by table.
    pub fn render(&self, facts: &Facts) -> Vec<String> {
        let rows = |table: &Table| lines((table.rows)(facts).into_iter().map(|row| row.into_iter().map(cell).collect()));
        self.tables.iter().map(|(table, _)| rows(table)).collect()
    }

    /// Writes what was rendered.
    pub fn write(&mut self, rows: &[String]) -> Result<(), Error> {
        self.tables.iter_mut().zip(rows).try_for_each(|((_, target), rows)| if rows.is_empty() { Ok(()) } else { target.write(rows) })
    }

    /// Completes the files, in the order of the tables.
    pub fn finish(self) -> Result<(), Error> {
        self.tables.into_iter().try_for_each(|(_, target)| target.finish())
    }
}

/// The sources that a file has rows of; none where it is not there.
pub fn sources(path: &Path, table: &Table) -> Result<HashSet<u64>, Error> {
    let mut sources = HashSet::new();
    each_row(path, table, |row| {
        sources.extend(row.first().map(|source| hash(&bare(source))));
        Ok(())
    })?;
    Ok(sources)
}

/// Reads a file that an earlier run wrote. Other columns mean another version or another table, whose rows cannot be joined with ours.
fn each_row(path: &Path, table: &Table, mut take: impl FnMut(Vec<String>) -> Result<(), Error>) -> Result<(), Error> {
    let failed = |error: &dyn std::fmt::Display| {
        Error::new(path.display().to_string(), format!("cannot go on behind what is there: {error}"))
            .advise("write to another place, or without --resume")
    };
    if !path.exists() {
        return Ok(());
    }
    let file = File::open(path).map_err(|error| failed(&error))?;
    let mut reader = csv::Reader::from_reader(file);
    let headers = reader.headers().map_err(|error| failed(&error))?;
    if !headers.iter().eq(table.columns.iter().map(|column| column.name)) {
        return Err(failed(&format!("it has not the columns of {}", table.name)));
    }
    for row in reader.records() {
        let row = row.map_err(|error| failed(&error))?;
        take(row.iter().map(str::to_owned).collect())?;
    }
    Ok(())
}

/// Rows, each with its line end.
fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell as it stands in the file.
fn cell(cell: Cell) -> String {
    let text = match cell {
        Cell::Text(text) => text.map(guarded),
        Cell::Int(number) => number.map(|number| number.to_string()),
        Cell::Float(number) => number.map(|number| number.to_string()),
        Cell::Bool(truth) => truth.map(|truth| truth.to_string()),
    };
    text.unwrap_or_default()
}

/// Whether a spreadsheet might run it, or a reader might take its apostrophe for ours.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'])
}

fn guarded(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

/// A text without the apostrophe that guards it.
fn bare(text: &str) -> String {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn no_text_runs_as_a_formula_and_every_text_comes_back() {
        for text in ["=1+1", "+84 24", "-5", "@SUM(A1)", "＝1", "\tx", "\rx", "'=1", "''=1"] {
            let written = guarded(text.to_owned());
            assert!(written.starts_with('\''), "{text:?}");
            assert_eq!(bare(&written), text);
        }
        for text in ["", "Đỗ Văn Hùng", "'trích", "1=1", "' =1", "'"] {
            assert_eq!(guarded(text.to_owned()), text);
            assert_eq!(bare(text), text);
        }
    }

    #[test]
    fn numbers_are_numbers_and_null_is_empty() {
        assert_eq!(cell(Cell::Float(Some(-12.5))), "-12.5");
        assert_eq!(cell(Cell::Float(Some(1.2e12))), "1200000000000");
        assert_eq!(cell(Cell::Int(Some(-1))), "-1");
        assert_eq!(cell(Cell::Bool(Some(false))), "false");
        assert_eq!(cell(Cell::Text(None)), "");
        assert_eq!(lines([vec!["a,b".to_owned(), "c\nd".to_owned(), "e\"f".to_owned()]]), "\"a,b\",\"c\nd\",\"e\"\"f\"\n");
    }
}
