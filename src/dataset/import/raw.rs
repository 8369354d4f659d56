//! Raw files: the path of a folder in; tables, JSON and text with file, line and column for every complaint, out.

use crate::dataset::manifest::RawFile;
use crate::error::{Error, Result};
use jiff::civil::Date;
use sha2::Digest;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The byte-order mark that spreadsheet programs put before the first header.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The root below which raw files lie, and what was read from it.
pub(super) struct RawRoot {
    root: PathBuf,
    read: Vec<RawFile>,
}

impl RawRoot {
    /// Opens a root; nothing is read yet.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), read: Vec::new() }
    }

    /// The files read since the last call, in reading order, with their hashes.
    pub(super) fn take_read(&mut self) -> Vec<RawFile> {
        std::mem::take(&mut self.read)
    }

    /// Names of the files in `folder` that end with `suffix`, sorted: dated names come oldest first.
    ///
    /// # Errors
    /// When the folder cannot be listed or holds no such file.
    pub(super) fn files(&self, folder: &str, suffix: &str) -> Result<Vec<String>> {
        let path = self.root.join(folder);
        let unreadable = |source| Error::Io { action: "list", path: path.clone(), source };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&path).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
            if name.ends_with(suffix) {
                names.push(format!("{folder}/{name}"));
            }
        }
        names.sort();
        if names.is_empty() {
            return Err(Error::NotFound {
                what: format!("a raw file `*{suffix}` in {}", path.display()),
                hint: "give the folder that holds the raw files".to_owned(),
            });
        }
        Ok(names)
    }

    /// The newest of [`RawRoot::files`].
    ///
    /// # Errors
    /// As [`RawRoot::files`].
    pub(super) fn newest(&self, folder: &str, suffix: &str) -> Result<String> {
        Ok(self.files(folder, suffix)?.pop().unwrap_or_default())
    }

    /// The text of a file, without a byte-order mark.
    ///
    /// # Errors
    /// When it cannot be read or is not UTF-8.
    pub(super) fn text(&mut self, file: &str) -> Result<String> {
        let path = self.root.join(file);
        let bytes = std::fs::read(&path).map_err(|source| Error::Io { action: "read", path, source })?;
        self.read.push(RawFile { file: file.to_owned(), sha256: sha256(&bytes) });
        let text = String::from_utf8(bytes)
            .map_err(|e| fault(file, format!("byte {} is not UTF-8", e.utf8_error().valid_up_to())))?;
        Ok(text.strip_prefix(BYTE_ORDER_MARK).map_or(text.clone(), str::to_owned))
    }

    /// A CSV file.
    ///
    /// # Errors
    /// As [`RawRoot::text`], and when a line has more cells than the header.
    pub(super) fn table(&mut self, file: &str) -> Result<RawTable> {
        RawTable::parse(file, &self.text(file)?)
    }

    /// A table in CSV, or of the objects in a JSON or JSON Lines file: see [`super::objects`].
    ///
    /// # Errors
    /// As [`RawRoot::text`], and when it is no such table.
    pub(super) fn mapped(&mut self, file: &str, below: Option<&str>) -> Result<RawTable> {
        let text = self.text(file)?;
        if file.ends_with(".json") || file.ends_with(".jsonl") {
            return super::objects::table(file, &text, below);
        }
        RawTable::parse(file, &text)
    }

    /// A JSON file.
    ///
    /// # Errors
    /// As [`RawRoot::text`], and when it is not JSON of that shape.
    pub(super) fn json<T: serde::de::DeserializeOwned>(&mut self, file: &str) -> Result<T> {
        serde_json::from_str(&self.text(file)?).map_err(|e| fault(file, e.to_string()))
    }

    /// A YAML file.
    ///
    /// # Errors
    /// As [`RawRoot::text`], and when it is not YAML of that shape.
    pub(super) fn yaml<T: serde::de::DeserializeOwned>(&mut self, file: &str) -> Result<T> {
        serde_norway::from_str(&self.text(file)?).map_err(|e| fault(file, e.to_string()))
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A complaint about a raw file.
pub(super) fn fault(file: &str, why: String) -> Error {
    let hint = "the source may have changed its form; compare it with the manifest's import entry".to_owned();
    Error::Table { table: file.to_owned(), why, hint }
}

/// The date that a raw file's name begins with.
///
/// # Errors
/// When it does not begin with one.
pub(super) fn file_date(file: &str) -> Result<Date> {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.get(..10)
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| fault(file, "the file name does not begin with a date".to_owned()))
}

/// A CSV file in memory.
pub(super) struct RawTable {
    file: Rc<str>,
    header: Rc<BTreeMap<String, usize>>,
    columns: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl RawTable {
    /// Reads CSV text. Lines that begin with `#` before the header are comments.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self> {
        let body = text.trim_start_matches(BYTE_ORDER_MARK);
        let comments = body.lines().take_while(|line| line.starts_with('#')).count();
        let body = body.splitn(comments + 1, '\n').last().unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(body.as_bytes());
        let headers = reader.headers().map_err(|e| fault(file, e.to_string()))?.clone();
        let columns: Vec<String> = headers.iter().map(|name| name.trim().to_owned()).collect();
        let header = columns.iter().enumerate().map(|(i, name)| (name.clone(), i)).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| fault(file, e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line) + comments as u64;
            // Hand-kept files leave out empty cells at the end of a row; a cell too many means columns have moved.
            if record.len() > columns.len() {
                let (cells, columns) = (record.len(), columns.len());
                return Err(fault(file, format!("line {line} has {cells} cells, the header {columns}")));
            }
            rows.push((line, record));
        }
        Ok(Self { file: file.into(), header: Rc::new(header), columns, rows })
    }

    /// A table of rows that were not read from CSV, each with the number it is told by in complaints.
    pub(super) fn of(file: &str, columns: Vec<String>, rows: Vec<(u64, csv::StringRecord)>) -> Self {
        let header = columns.iter().enumerate().map(|(i, name)| (name.clone(), i)).collect();
        Self { file: file.into(), header: Rc::new(header), columns, rows }
    }

    /// The column names, in order.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = RawRow<'_>> {
        let (file, header) = (&self.file, &self.header);
        self.rows.iter().map(move |(line, cells)| RawRow { file, line: *line, header, cells })
    }

    /// The first of `names` that is a column: sources rename columns over time.
    ///
    /// # Errors
    /// When none is.
    pub(super) fn column<'n>(&self, names: &[&'n str]) -> Result<&'n str> {
        names.iter().copied().find(|name| self.header.contains_key(*name)).ok_or_else(|| {
            fault(&self.file, format!("none of the columns {names:?} is in the header {:?}", self.columns))
        })
    }
}

/// One row of a CSV file.
pub(super) struct RawRow<'t> {
    file: &'t str,
    line: u64,
    header: &'t BTreeMap<String, usize>,
    cells: &'t csv::StringRecord,
}

impl<'t> RawRow<'t> {
    /// The trimmed cell of a column; empty when there is no such column.
    pub(super) fn get(&self, column: &str) -> &'t str {
        self.header.get(column).and_then(|i| self.cells.get(*i)).unwrap_or_default().trim()
    }

    /// A cell that must not be empty.
    ///
    /// # Errors
    /// When it is.
    pub(super) fn need(&self, column: &str) -> Result<&'t str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).ok_or_else(|| self.fault(column, "is empty"))
    }

    /// A number, or nothing for an empty cell.
    ///
    /// # Errors
    /// When the cell is neither.
    pub(super) fn number(&self, column: &str) -> Result<Option<f64>> {
        self.number_in(column, self.get(column))
    }

    /// The number in a cell of a column, or nothing for an empty one.
    ///
    /// # Errors
    /// When the cell is neither.
    pub(super) fn number_in(&self, column: &str, cell: &str) -> Result<Option<f64>> {
        if cell.is_empty() {
            return Ok(None);
        }
        let number: Option<f64> = cell.parse().ok().filter(|n: &f64| n.is_finite());
        number.map(Some).ok_or_else(|| self.fault(column, &format!("`{cell}` is not a number")))
    }

    /// A number that must be there.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn need_number(&self, column: &str) -> Result<f64> {
        self.number(column)?.ok_or_else(|| self.fault(column, "is empty"))
    }

    /// A date from a cell that begins with YYYY-MM-DD, or nothing for an empty cell.
    ///
    /// # Errors
    /// When the cell is neither.
    pub(super) fn date(&self, column: &str) -> Result<Option<Date>> {
        let cell = self.get(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let day = cell.get(..10).and_then(|day| day.parse().ok());
        day.map(Some).ok_or_else(|| self.fault(column, &format!("`{cell}` does not begin with a date")))
    }

    /// A day as [`RawRow::date`] reads it, or in words: "Feb 11, 2026".
    ///
    /// # Errors
    /// When the cell is neither.
    pub(super) fn day(&self, column: &str) -> Result<Option<Date>> {
        match Date::strptime("%b %d, %Y", self.get(column)) {
            Ok(day) => Ok(Some(day)),
            Err(_) => self.date(column),
        }
    }

    /// A complaint about a cell.
    pub(super) fn fault(&self, column: &str, why: &str) -> Error {
        fault(self.file, format!("line {}, column `{column}`: {why}", self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_and_comments_do_not_hide_the_header() {
        let table = RawTable::parse("t.csv", "\u{feff}# a comment\nmodel,score\na,1.5\n").expect("a table");
        let row = table.rows().next().expect("a row");
        assert_eq!((row.get("model"), row.need_number("score").expect("a number")), ("a", 1.5));
    }

    #[test]
    fn a_short_row_lacks_its_last_cells_and_a_long_one_is_an_error() {
        let table = RawTable::parse("t.csv", "model,score,error\na,1\n").expect("a table");
        assert_eq!(table.rows().next().expect("a row").number("error").expect("a gap"), None);
        assert!(RawTable::parse("t.csv", "model,score\na,1,2\n").is_err());
    }

    #[test]
    fn complaints_name_file_line_and_column() {
        let table = RawTable::parse("t.csv", "# x\nmodel,score\na,1\nb,high\n").expect("a table");
        let error = table.rows().nth(1).expect("a row").number("score").expect_err("no number").to_string();
        assert!(error.contains("t.csv") && error.contains("line 4") && error.contains("`score`"), "{error}");
        assert!(table.column(&["points", "rating"]).is_err());
    }

    #[test]
    fn a_file_name_tells_its_day() {
        assert_eq!(file_date("a/2024-03-21.v1.csv").expect("a date"), Date::constant(2024, 3, 21));
        assert!(file_date("a/table.csv").is_err());
    }
}
