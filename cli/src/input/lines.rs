//! Lines put together from the paragraphs and tables of a page or a document.

/// What is written so far. Tables and text boxes are levels of their own until they end.
#[derive(Debug)]
pub struct Lines {
    /// The text's own level first; never empty.
    levels: Vec<Level>,
}

/// A text, a table, a cell or a text box that is being written.
#[derive(Debug, Default)]
struct Level {
    done: Vec<String>,
    line: String,
    /// Of a table: rows of cells of lines.
    rows: Vec<Vec<Vec<String>>>,
}

impl Level {
    fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            self.done.push(line.to_owned());
        }
        self.line.clear();
    }

    fn into_lines(mut self) -> Vec<String> {
        self.end_line();
        self.done
    }
}

impl Default for Lines {
    fn default() -> Self {
        Lines { levels: vec![Level::default()] }
    }
}

impl Lines {
    /// All lines; what is still open ends.
    pub fn finish(mut self) -> Vec<String> {
        while self.levels.len() > 1 {
            self.close_cell();
        }
        self.levels.pop().map(Level::into_lines).unwrap_or_default()
    }

    /// Writes on in the line; a run of blanks and line breaks is one blank.
    pub fn text(&mut self, text: &str) {
        let Some(level) = self.levels.last_mut() else { return };
        for character in text.chars() {
            if !character.is_whitespace() {
                level.line.push(character);
            } else if !level.line.is_empty() && !level.line.ends_with([' ', '\t']) {
                level.line.push(' ');
            }
        }
    }

    /// Writes a tab.
    pub fn tab(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.line.truncate(level.line.trim_end().len());
            level.line.push('\t');
        }
    }

    /// Ends the line; an empty one is none.
    pub fn end_line(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.end_line();
        }
    }

    /// Begins a text box, whose lines come before the line that it hangs in.
    pub fn open_box(&mut self) {
        self.levels.push(Level::default());
    }

    /// Ends it.
    pub fn close_box(&mut self) {
        let lines = self.pop();
        self.add(lines);
    }

    /// Begins a table.
    pub fn open_table(&mut self) {
        self.end_line();
        self.levels.push(Level::default());
    }

    /// Begins a row of it.
    pub fn open_row(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.rows.push(Vec::new());
        }
    }

    /// Begins a cell of it.
    pub fn open_cell(&mut self) {
        self.levels.push(Level::default());
    }

    /// Ends the cell.
    pub fn close_cell(&mut self) {
        let lines = self.pop();
        let Some(level) = self.levels.last_mut() else { return };
        match level.rows.last_mut() {
            Some(row) => row.push(lines),
            None => level.done.extend(lines),
        }
    }

    /// Ends the table.
    pub fn close_table(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(mut table) = self.levels.pop() else { return };
        let rows = rows(std::mem::take(&mut table.rows));
        let stray = table.into_lines();
        self.add(stray);
        self.add(rows);
    }

    /// The innermost level's lines; the text itself stays.
    fn pop(&mut self) -> Vec<String> {
        if self.levels.len() < 2 {
            return Vec::new();
        }
        self.levels.pop().map(Level::into_lines).unwrap_or_default()
    }

    fn add(&mut self, lines: Vec<String>) {
        if let Some(level) = self.levels.last_mut() {
            level.done.extend(lines);
        }
    }
}

/// The lines of a table: one a row, its cells parted by tabs. A table that only puts things side by side (the letterhead of an administrative
/// document: the body and its number at the left, the State's motto, place and day at the right) gives the lines of its cells.
fn rows(rows: Vec<Vec<Vec<String>>>) -> Vec<String> {
    const LONG: usize = 600; // characters of a cell that holds a text of its own
    let cells = || rows.iter().flatten();
    let small = rows.len() <= 3 && rows.iter().all(|row| row.len() <= 2);
    let longest = cells().map(Vec::len).max().unwrap_or_default();
    let layout = small && longest > 1 || longest > 4 || cells().flatten().any(|line| line.chars().count() > LONG);
    if layout {
        return rows.into_iter().flatten().flatten().collect();
    }
    let lines = rows.into_iter().map(|row| row.into_iter().map(|cell| cell.join(" ").replace('\t', " ")).collect::<Vec<_>>().join("\t"));
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// A table of cells; `/` ends a line in them.
    fn table(rows: &[&[&str]]) -> Vec<String> {
        let mut lines = Lines::default();
        lines.text("trước");
        lines.open_table();
        for row in rows {
            lines.open_row();
            for cell in *row {
                lines.open_cell();
                for line in cell.split('/') {
                    lines.text(line);
                    lines.end_line();
                }
                lines.close_cell();
            }
        }
        lines.close_table();
        lines.text("sau");
        lines.finish()
    }

    #[test]
    fn a_row_is_a_line_and_a_letterhead_is_not() {
        assert_eq!(table(&[&["Chỉ tiêu", "Kết quả"], &["Kết nạp", "7"]]), ["trước", "Chỉ tiêu\tKết quả", "Kết nạp\t7", "sau"]);
        assert_eq!(
            table(&[&["ĐẢNG BỘ/Số 3-BC/ĐU", "ĐẢNG CỘNG SẢN/ngày 3/tháng 2"]]),
            ["trước", "ĐẢNG BỘ", "Số 3-BC", "ĐU", "ĐẢNG CỘNG SẢN", "ngày 3", "tháng 2", "sau"]
        );
        assert_eq!(table(&[&["1", "Thu/ngân sách", "5 tỷ"], &["", "", ""]]), ["trước", "1\tThu ngân sách\t5 tỷ", "sau"]);
    }

    #[test]
    fn what_ends_without_having_begun_harms_nothing() {
        let mut lines = Lines::default();
        lines.close_table();
        lines.close_cell();
        lines.close_box();
        lines.text("a \n\t b");
        lines.open_table();
        lines.open_cell();
        lines.text("c");
        assert_eq!(lines.finish(), ["a b", "c"]);
    }
}
