//! A Parquet file in; a document a row out, with one row group in memory at a time.

use super::{Content, Document};
use crate::article::Record;
use crate::error::{Error, Result};
use polars::prelude::{
    ArrowDataType, ArrowSchema, Column, DataFrame, DataType, FileMetadataRef, ParquetReader, PolarsError,
    SerReader,
};
use std::borrow::Cow;
use std::fs::File;
use std::sync::Arc;
use std::vec::IntoIter;

/// Columns without which a row is no document.
const NEEDED: [&str; 2] = ["id", "text"];

/// Columns that say more of it.
const KNOWN: [&str; 3] = ["date", "title", "url"];

/// Rows of a Parquet file as documents.
pub(super) struct Rows {
    path: String,
    file: File,
    metadata: FileMetadataRef,
    schema: Arc<ArrowSchema>,
    /// Row groups that were read, and rows in them.
    groups: usize,
    rows: usize,
    /// What is left of the last group.
    held: IntoIter<Result<Document>>,
}

impl Rows {
    /// The rows of an open file.
    pub(super) fn new(path: &str, file: File) -> Result<Self> {
        let failed =
            |error: PolarsError| refused(path, error.to_string(), "check that it is a whole Parquet file");
        let io = |source| Error::Io { action: "open", path: path.into(), source };
        let mut reader = ParquetReader::new(file.try_clone().map_err(io)?);
        let metadata = reader.get_metadata().map_err(failed)?.clone();
        let schema = reader.schema().map_err(failed)?;
        if let Some(lacking) = NEEDED.iter().find(|name| !schema.contains(name)) {
            let why = format!("it has no column `{lacking}`");
            return Err(refused(
                path,
                why,
                "a corpus has the columns id and text, and may have date, title and url",
            ));
        }
        for name in NEEDED.iter().chain(&KNOWN) {
            if let Some(field) = schema.get(name).filter(|field| !is_readable(&field.dtype)) {
                let why = format!("its column `{name}` is of type {:?}", field.dtype);
                return Err(refused(path, why, "store it as text"));
            }
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            metadata,
            schema,
            groups: 0,
            rows: 0,
            held: Vec::new().into_iter(),
        })
    }

    /// Reads the next row group; a group that cannot be read is one error.
    fn fill(&mut self) {
        let Some(group) = self.metadata.row_groups.get(self.groups) else { return };
        let (first, length) = (self.rows, group.num_rows());
        self.groups += 1;
        self.rows += length;
        let documents = match self.frame(first, length) {
            Ok(frame) => self.documents(&frame, first),
            Err(error) => {
                let rows = format!("{}, rows {} to {}", self.path, first + 1, first + length);
                Err(refused(&rows, error.to_string(), "write the file anew"))
            }
        };
        self.held = documents.unwrap_or_else(|error| vec![Err(error)]).into_iter();
    }

    fn frame(&self, first: usize, length: usize) -> std::result::Result<DataFrame, PolarsError> {
        let is_there = |name: &&str| self.schema.contains(name);
        let columns = NEEDED.iter().chain(&KNOWN).copied().filter(is_there).map(str::to_owned).collect();
        let mut reader = ParquetReader::new(self.file.try_clone()?);
        reader.set_metadata(self.metadata.clone());
        reader.with_columns(Some(columns)).with_slice(Some((first, length))).finish()
    }

    fn documents(&self, frame: &DataFrame, first: usize) -> Result<Vec<Result<Document>>> {
        let texts = |name: &str| -> Result<Option<Column>> {
            let Ok(column) = frame.column(name) else { return Ok(None) };
            let cast = column.cast(&DataType::String);
            cast.map(Some).map_err(|error| refused(&self.path, error.to_string(), "store the column as text"))
        };
        let columns: Vec<Option<Column>> =
            NEEDED.iter().chain(&KNOWN).map(|name| texts(name)).collect::<Result<_>>()?;
        let cell = |column: usize, row: usize| -> Option<Cow<'static, str>> {
            let text = columns[column].as_ref()?.str().ok()?.get(row)?;
            Some(Cow::Owned(text.to_owned()))
        };
        let document = |row: usize| {
            let place = format!("{}, row {}", self.path, first + row + 1);
            let (Some(id), Some(text)) = (cell(0, row), cell(1, row)) else {
                return Err(refused(&place, "its id or text is missing".to_owned(), "leave such rows out"));
            };
            let [date, title, url] = [2, 3, 4].map(|column| cell(column, row));
            Ok(Document { place, content: Content::Row(Record { id, text, date, title, url }) })
        };
        Ok((0..frame.height()).map(document).collect())
    }
}

impl Iterator for Rows {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.held.next() {
                return Some(document);
            }
            if self.groups == self.metadata.row_groups.len() {
                return None;
            }
            self.fill();
        }
    }
}

/// Types that are text, or have one way to be printed.
fn is_readable(kind: &ArrowDataType) -> bool {
    use ArrowDataType::{
        Date32, Int8, Int16, Int32, Int64, LargeUtf8, Null, UInt8, UInt16, UInt32, UInt64, Utf8, Utf8View,
    };
    matches!(
        kind,
        Utf8 | LargeUtf8
            | Utf8View
            | Date32
            | Null
            | Int8
            | Int16
            | Int32
            | Int64
            | UInt8
            | UInt16
            | UInt32
            | UInt64
    )
}

fn refused(input: &str, why: String, hint: &str) -> Error {
    Error::Article { input: input.to_owned(), why, hint: hint.to_owned() }
}
