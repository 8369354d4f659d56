//! A table of unjudged claims that is written as they come: claims of documents in; Parquet, CSV or JSON Lines, one row a
//! claim, out to wherever the caller says.

use super::parquet;
use super::{ClaimRecord, csv};
use crate::article::Article;
use crate::claim::Claim;
use crate::error::{Error, Result};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// Rows of a row group: enough for a reader to skip by, few enough to hold.
const GROUP_ROWS: usize = 8192;

/// What such a table can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Typed columns, in row groups.
    Parquet,
    /// Text.
    Csv,
    /// An object a line.
    JsonLines,
}

impl TableFormat {
    /// The format that a file's ending names.
    #[must_use]
    pub fn of(path: &Path) -> Option<TableFormat> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "parquet" => Some(Self::Parquet),
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// A table of claims that grows. It has the columns of every other table of claims.
pub struct GrowingTable<W: Write> {
    writer: Writer<W>,
    held: Vec<(String, Vec<ClaimRecord>)>,
    rows: usize,
}

enum Writer<W: Write> {
    Parquet(Box<parquet::Growing<W>>),
    Csv(W),
    JsonLines(W),
}

#[derive(Serialize)]
struct Row<'r> {
    document: &'r str,
    claim: usize,
    #[serde(flatten)]
    record: &'r ClaimRecord,
}

impl<W: Write> GrowingTable<W> {
    /// A table without a row.
    ///
    /// # Errors
    /// When its head cannot be written.
    pub fn new(mut target: W, format: TableFormat) -> Result<Self> {
        let writer = match format {
            TableFormat::Parquet => Writer::Parquet(Box::new(parquet::Growing::new(target)?)),
            TableFormat::JsonLines => Writer::JsonLines(target),
            TableFormat::Csv => {
                target.write_all(&csv::header()?).map_err(|error| failed(&error))?;
                Writer::Csv(target)
            }
        };
        Ok(Self { writer, held: Vec::new(), rows: 0 })
    }

    /// Adds the claims of a document.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, article: &Article, claims: &[Claim]) -> Result<()> {
        if claims.is_empty() {
            return Ok(());
        }
        let records = claims.iter().map(|claim| ClaimRecord::from_claim(article, claim)).collect();
        self.held.push((article.id.clone(), records));
        self.rows += claims.len();
        if self.rows >= GROUP_ROWS { self.write() } else { Ok(()) }
    }

    /// Writes what is still held, and the end of the table.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(mut self) -> Result<()> {
        self.write()?;
        match self.writer {
            Writer::Parquet(growing) => growing.finish(),
            Writer::Csv(mut target) | Writer::JsonLines(mut target) => {
                target.flush().map_err(|error| failed(&error))
            }
        }
    }

    fn write(&mut self) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.rows) == 0 {
            return Ok(());
        }
        let (ids, records): (Vec<String>, Vec<Vec<ClaimRecord>>) = held.into_iter().unzip();
        let documents: Vec<(&str, Vec<ClaimRecord>)> = ids.iter().map(String::as_str).zip(records).collect();
        match &mut self.writer {
            Writer::Parquet(growing) => growing.add(&documents),
            Writer::Csv(target) => target.write_all(&csv::rows(&documents)?).map_err(|error| failed(&error)),
            Writer::JsonLines(target) => {
                for (document, records) in &documents {
                    for (i, record) in records.iter().enumerate() {
                        let row = Row { document, claim: i + 1, record };
                        serde_json::to_writer(&mut *target, &row).map_err(|error| failed(&error))?;
                        target.write_all(b"\n").map_err(|error| failed(&error))?;
                    }
                }
                Ok(())
            }
        }
    }
}

fn failed(error: &dyn std::error::Error) -> Error {
    Error::Render { what: "the table of claims".to_owned(), why: error.to_string() }
}
