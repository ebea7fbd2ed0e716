//! `bantin lexicon`

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use bantin::token::{fold, tokenize};
use bantin::{Extractor, Table};
use unicode_normalization::is_nfc;

use super::print;
use crate::args::{Lexicon, LexiconCommand};
use crate::config::{own_table, reason};
use crate::error::{Error, tell};

/// Lists what is bundled, or checks tables of the user's own; `false` where a check found something.
pub fn run(arguments: Lexicon) -> Result<bool, Error> {
    let rows = Extractor::new().rows();
    let of = |table| rows.get(&table).map(Vec::as_slice).unwrap_or_default();
    match arguments.command {
        LexiconCommand::List { table: None } => {
            let line = |table: Table| format!("{:<15} {:>6}  {}\n", table.name(), of(table).len(), table.columns().join(", "));
            print(Table::ALL.map(line).concat().as_bytes())?;
            Ok(true)
        }
        LexiconCommand::List { table: Some(table) } => {
            let lines: String = of(table).iter().flat_map(|row| [row, "\n"]).collect();
            print(lines.as_bytes())?;
            Ok(true)
        }
        LexiconCommand::Check { tables } => {
            let mut fine = true;
            for (table, file) in tables {
                fine &= check(table, &file, of(table))?;
            }
            Ok(fine)
        }
    }
}

/// Prints what is to be said of a table of the user's own; `false` where there is something.
fn check(table: Table, file: &Path, bundled: &[String]) -> Result<bool, Error> {
    let text = match own_table(file) {
        Ok(text) => text,
        Err(error) => {
            tell(&error.to_string());
            return Ok(false);
        }
    };
    let name = file.display();
    let (rows, findings) = findings(table, &text, bundled);
    let mut said = String::new();
    for (line, what) in &findings {
        // Writing to a string does not fail.
        let _ = writeln!(said, "{name}:{line}: {what}");
    }
    if findings.is_empty() {
        said = format!("{name}: {rows} rows, fine\n");
    }
    print(said.as_bytes())?;
    Ok(findings.is_empty())
}

/// The number of rows that can be used, and what is wrong or odd, by lines.
fn findings(table: Table, text: &str, bundled: &[String]) -> (usize, Vec<(usize, String)>) {
    let errors = table.check("", text);
    let refused: HashSet<usize> = errors.iter().map(bantin::Error::line).collect();
    let mut findings: Vec<(usize, String)> = errors.iter().map(|error| (error.line(), reason(error))).collect();
    let usable = |(line, row): (usize, &str)| {
        let comment = row.is_empty() || row.starts_with("# ") || row == "#";
        (!comment && !refused.contains(&line)).then(|| (line, Row::of(table, row)))
    };
    let rows: Vec<(usize, Row)> = (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter_map(usable).collect();
    findings.extend(disorder(&rows));

    let mut known: HashMap<String, Vec<Row>> = HashMap::new();
    for row in bundled.iter().map(|row| Row::of(table, row)) {
        known.entry(row.key.clone()).or_default().push(row);
    }
    let mut before: HashMap<&str, Vec<(usize, &Row)>> = HashMap::new();
    for (line, row) in &rows {
        if !row.cells.iter().all(|cell| is_nfc(cell)) {
            findings.push((*line, "not in NFC: marks stand apart from their letters".to_owned()));
        }
        let earlier = before.entry(&row.key).or_default();
        if let Some((at, other)) = earlier.iter().rev().find(|(_, other)| row.replaces(other)) {
            let same = row.cells == other.cells;
            findings
                .push((*line, if same { format!("repeats line {at}") } else { format!("has the form of line {at}, and wins over it") }));
        }
        earlier.push((*line, row));
        let rivals = known.get(&row.key).into_iter().flatten().filter(|bundled| row.replaces(bundled));
        match rivals.map(|rival| row.differences(table, rival)).min_by_key(Vec::len) {
            Some(none) if none.is_empty() => findings.push((*line, "the bundled table has this row".to_owned())),
            Some(differences) => findings.push((*line, format!("changes the bundled row: {}", differences.join(", ")))),
            None => {}
        }
    }
    findings.sort_by_key(|(line, _)| *line);
    (rows.len(), findings)
}

/// The first row that stands behind a greater one, and how many do.
fn disorder(rows: &[(usize, Row)]) -> Option<(usize, String)> {
    let mut late = rows.iter().zip(rows.iter().skip(1)).filter(|((_, a), (_, b))| a.form() > b.form());
    let ((_, greater), (line, row)) = late.next()?;
    let more = match late.count() {
        0 => String::new(),
        more => format!(", and {more} more such rows"),
    };
    Some((*line, format!("not in the order of code points (LC_ALL=C sort): {:?} stands behind {:?}{more}", row.form(), greater.form())))
}

/// A row of a table.
struct Row {
    /// As in the file, the flags in the order of the alphabet.
    cells: Vec<String>,
    /// What rows share that match the same words in the same circumstances.
    key: String,
    /// Whether it matches only as written.
    exact: bool,
}

impl Row {
    /// `line` has the columns of the table.
    fn of(table: Table, line: &str) -> Row {
        let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let mut flags = Vec::new();
        for (cell, column) in cells.iter_mut().zip(table.columns()).skip(1) {
            if *column == "flags" {
                flags = cell.split(',').map(str::to_owned).collect();
                flags.sort_unstable();
                *cell = flags.join(",");
            }
            if cell.is_empty() {
                "-".clone_into(cell);
            }
        }
        let form = cells.first().map(String::as_str).unwrap_or_default();
        let mut key: Vec<String> = tokenize(form).iter().map(|token| fold(token.text(form))).collect();
        match table {
            // An acronym may stand for something else in another context, a post in a city and in a province.
            Table::Acronyms => key.extend(cells.get(2).cloned()),
            Table::Posts => key.extend(flags.iter().filter(|flag| matches!(&***flag, "city" | "province")).cloned()),
            _ => {}
        }
        Row { key: key.join(" "), exact: flags.iter().any(|flag| flag == "upper"), cells }
    }

    fn form(&self) -> &str {
        self.cells.first().map(String::as_str).unwrap_or_default()
    }

    /// Whether it wins over `other`, a row of the same key: those that match only as written may stand side by side.
    fn replaces(&self, other: &Row) -> bool {
        !(self.exact && other.exact) || self.form() == other.form()
    }

    /// What is otherwise than in `other`, beside the form.
    fn differences(&self, table: Table, other: &Row) -> Vec<String> {
        let cells = table.columns().iter().zip(self.cells.iter().zip(&other.cells)).skip(1);
        cells.filter(|(_, (own, other))| own != other).map(|(column, (own, other))| format!("{column} {other:?} becomes {own:?}")).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// The findings on a table of posts, beside three bundled ones.
    fn found(text: &str) -> Vec<(usize, String)> {
        let bundled =
            ["Bí thư\tBí thư\tpost\t-", "TUV\tTỉnh ủy viên\tmembership\tprovince,upper", "TUV\tThành ủy viên\tmembership\tcity,upper"];
        findings(Table::Posts, text, &bundled.map(str::to_owned)).1
    }

    #[test]
    fn a_sorted_table_of_new_rows_is_fine() {
        let text = "\u{feff}# our posts\n#\nCai tổng\tCai tổng\tpost\t-\r\n\nTổng đoàn\tTrưởng Tổng đoàn\tpost\tweak\n";
        assert_eq!(findings(Table::Posts, text, &[]), (2, Vec::new()));
    }

    #[test]
    fn every_line_that_cannot_be_used_is_named() {
        let found = found("Cai tổng\nHương bạ\tHương bạ\tjob\t-\nLý trưởng\tLý trưởng\tpost\told\n");
        assert_eq!(found[0], (1, "1 columns, but posts has 4: form, role, kind, flags".to_owned()));
        assert!(found[1].0 == 2 && found[1].1.starts_with("kind can't be \"job\"; it is one of post, "), "{found:?}");
        assert_eq!(found[2], (3, "no flag is called \"old\"".to_owned()));
    }

    #[test]
    fn rows_out_of_order_are_told_once() {
        let found = found("C\tC\tpost\t-\nB\tB\tpost\t-\nA\tA\tpost\t-\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 2);
        assert!(found[0].1.ends_with("\"B\" stands behind \"C\", and 1 more such rows"), "{found:?}");
    }

    #[test]
    fn rows_that_match_the_same_words_repeat_each_other() {
        let found = found("Hoà giải\tA\tpost\t-\nHoà giải\tA\tpost\t-\nHòa giải\tB\tpost\t-\n");
        assert_eq!(found, [(2, "repeats line 1".to_owned()), (3, "has the form of line 2, and wins over it".to_owned())]);
    }

    #[test]
    fn a_row_is_compared_with_the_bundled_one_of_its_circumstances() {
        assert_eq!(found("Bí thư\tBí thư\tpost\t-"), [(1, "the bundled table has this row".to_owned())]);
        assert_eq!(found("bí thư\tBí thư\tpost\t-"), [(1, "the bundled table has this row".to_owned())]);
        let changed = "changes the bundled row: role \"Bí thư\" becomes \"Bí thư thứ nhất\", flags \"-\" becomes \"weak\"";
        assert_eq!(found("Bí thư\tBí thư thứ nhất\tpost\tweak"), [(1, changed.to_owned())]);
        // The flags may stand in any order.
        assert_eq!(found("TUV\tThành ủy viên\tmembership\tupper,city"), [(1, "the bundled table has this row".to_owned())]);
        assert_eq!(found("TUV\tThị ủy viên\tmembership\tupper"), []);
    }

    #[test]
    fn an_acronym_of_another_context_is_another() {
        let bundled = ["UB\tỦy ban\t-\tupper".to_owned()];
        assert_eq!(findings(Table::Acronyms, "UB\tỦy ban bóng đá\tsport\tupper", &bundled).1, []);
        assert_eq!(findings(Table::Acronyms, "UB\tỦy ban nhân dân\t-\tupper", &bundled).1.len(), 1);
    }

    #[test]
    fn forms_that_are_not_composed_are_told() {
        let found = found("Tru\u{031b}o\u{031b}\u{0309}ng pho\u{0300}ng\tTrưởng phòng\tpost\t-");
        assert!(found.len() == 1 && found[0].1.starts_with("not in NFC: "), "{found:?}");
    }

    #[test]
    fn of_the_bundled_files_there_is_only_to_say_that_they_are_bundled() {
        for (table, rows) in Extractor::new().rows() {
            let text = std::fs::read_to_string(format!("{}/../data/{}.tsv", env!("CARGO_MANIFEST_DIR"), table.name())).unwrap();
            let (count, findings) = findings(table, &text, &rows);
            let other: Vec<_> = findings.iter().filter(|(_, what)| what != "the bundled table has this row").collect();
            assert!(count > 0 && findings.len() == count && other.is_empty(), "{}: {other:?}", table.name());
        }
    }
}
