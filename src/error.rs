//! The one error of this crate: a user's lexicon that can't be read.

/// A line of a user's lexicon that can't be used. Its message names the lexicon, the line and the reason.
///
/// ```
/// use bantin::{Extractor, Table};
/// let error = Extractor::builder().lexicon(Table::Posts, "my-posts.tsv", "Tổng quản\tTổng quản").build().unwrap_err();
/// assert_eq!(error.to_string(), "my-posts.tsv:1: 2 columns, but posts has 4: form, role, kind, flags");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct Error {
    file: String,
    line: usize,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Reason {
    #[error("{found} columns, but {table} has {}: {}", columns.len(), columns.join(", "))]
    Columns { found: usize, table: &'static str, columns: &'static [&'static str] },
    #[error("the form is empty")]
    EmptyForm,
    #[error("the form has more than {0} tokens")]
    LongForm(usize),
    #[error("there are more than {0} rows")]
    ManyRows(usize),
    #[error("{column} can't be {found:?}; it is one of {}", allowed.join(", "))]
    Value { column: &'static str, found: String, allowed: &'static [&'static str] },
    #[error("{column} can't be {found:?}; it is a number")]
    Number { column: &'static str, found: String },
    #[error("no flag is called {0:?}")]
    Flag(String),
}

impl Error {
    pub(crate) fn new(file: &str, line: usize, reason: Reason) -> Self {
        Error { file: file.to_owned(), line, reason }
    }

    /// The name under which the lexicon was given.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line at fault, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}
