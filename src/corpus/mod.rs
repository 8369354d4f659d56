//! Corpora: files of documents in; the documents, one after the other and not yet read, out.
//!
//! A corpus may be far larger than memory: of JSON Lines one line is held at a time, of Parquet one row group. A line or
//! row that holds no document is an error of its own, with its place, and the next one follows.
mod json_lines;
mod parquet;

use crate::article::{Article, Record};
use crate::error::{Error, Result};
use jiff::civil::Date;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The name under which standard input is given, as JSON Lines.
const STANDARD_INPUT: &str = "-";

/// A document of a corpus, found and not yet read.
#[derive(Debug)]
pub struct Document {
    /// Where it stands: "news.jsonl, line 3".
    pub place: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Line(String),
    Row(Record<'static>),
}

impl Document {
    /// Reads the document; `date` is the day of publication where it names none itself.
    ///
    /// # Errors
    /// [`Error::Article`] when it is no document, [`Error::Date`] when its date is none.
    pub fn read(&self, date: Option<Date>) -> Result<Article> {
        let article = match &self.content {
            Content::Line(line) => crate::article::read_jsonl_line(line),
            Content::Row(record) => record.read(),
        }?;
        Ok(Article { published: article.published.or(date), ..article })
    }
}

/// Documents one after the other, each of which may be none.
pub type Documents = Box<dyn Iterator<Item = Result<Document>>>;

/// Whether a file is one of documents, by the ending of its name.
#[must_use]
pub fn is_corpus(path: &str) -> bool {
    format(path).is_some()
}

#[derive(Clone, Copy)]
enum Format {
    JsonLines,
    Parquet,
}

fn format(path: &str) -> Option<Format> {
    let ending = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        "parquet" => Some(Format::Parquet),
        _ => None,
    }
}

/// The documents of a file: JSON Lines (`.jsonl`, `.ndjson`, or `-` for standard input) or Parquet (`.parquet`), with the
/// fields `id`, `text` and, where known, `date`, `title` and `url`.
///
/// # Errors
/// A file that cannot be opened, is neither, or is a Parquet file without these columns.
pub fn documents(path: &str) -> Result<Documents> {
    if path == STANDARD_INPUT {
        return Ok(lines("standard input", std::io::stdin().lock()));
    }
    let io = |source| Error::Io { action: "open", path: path.into(), source };
    let file = || {
        let file = File::open(path).map_err(io)?;
        match file.metadata().map_err(io)?.is_dir() {
            true => Err(no_corpus(path, "it is a folder", "give the files in it")),
            false => Ok(file),
        }
    };
    match format(path) {
        Some(Format::JsonLines) => Ok(lines(path, BufReader::new(file()?))),
        Some(Format::Parquet) => Ok(Box::new(parquet::Rows::new(path, file()?)?)),
        None => Err(no_corpus(
            path,
            "its name says neither JSON Lines nor Parquet",
            "give *.jsonl or *.parquet, and single articles to `extract`",
        )),
    }
}

fn lines(path: &str, reader: impl BufRead + 'static) -> Documents {
    Box::new(json_lines::Lines::new(path, reader))
}

fn no_corpus(path: &str, why: &str, hint: &str) -> Error {
    Error::Article { input: path.to_owned(), why: why.to_owned(), hint: hint.to_owned() }
}
