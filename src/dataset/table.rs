//! Tables: the bytes of a tidy score table in; polars frames and plain rows out. CSV and Parquet are read alike.

use super::entry::{Entries, Entry};
use crate::error::{Error, Result};
use jiff::civil::Date;
use polars::prelude::*;
use std::borrow::Cow;
use std::io::Cursor;
use std::ops::Deref;
use std::sync::Arc;

/// Columns of a tidy score table and their types; dates are ISO text, which sorts as dates do.
const SCORE_COLUMNS: [(&str, DataType); 13] = [
    ("model", DataType::String),
    ("name", DataType::String),
    ("organisation", DataType::String),
    ("benchmark", DataType::String),
    ("metric", DataType::String),
    ("score", DataType::Float64),
    ("ci_low", DataType::Float64),
    ("ci_high", DataType::Float64),
    ("n", DataType::Int64),
    ("evaluation", DataType::String),
    ("type", DataType::String),
    ("listed", DataType::String),
    ("snapshot", DataType::String),
];

/// Columns that only tables have whose source tells what a model was made from.
const LINEAGE_COLUMNS: [&str; 3] = ["base", "architecture", "size"];

/// One row of a score table: a score of who stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who has the score, shared by all its rows.
    pub entry: Arc<Entry>,
    /// The score, in the metric's unit.
    pub score: f64,
    /// Lower end of the 95 % interval, where the source gives one.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Items or votes, where the source says.
    pub n: Option<u64>,
    /// The snapshot it stands in.
    pub snapshot: Date,
}

impl Deref for Row {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        &self.entry
    }
}

/// Which columns of a tidy score table are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those that every table has.
    Scores,
    /// Also those of lineage, where the table has them: long text, and seldom asked for.
    Lineage,
}

/// Reads a tidy score table.
///
/// # Errors
/// A column that is missing, a cell that is not of its type, a file that is cut short.
pub(super) fn read(table: &str, bytes: Cow<'static, [u8]>, wanted: Wanted) -> Result<DataFrame> {
    let mut frame = match table.ends_with(".parquet") {
        true => read_parquet(table, bytes, wanted)?,
        false => read_csv(table, bytes, wanted)?,
    };
    // Rows are picked by number, and looked for in each piece of a column.
    frame.rechunk_mut();
    Ok(frame)
}

/// The wanted ones of a table's columns.
fn columns(table: &str, present: &[&str], wanted: Wanted) -> Result<Vec<(&'static str, DataType)>> {
    if let Some((missing, _)) = SCORE_COLUMNS.iter().find(|(name, _)| !present.contains(name)) {
        return Err(broken(
            table,
            format!("column `{missing}` is missing; there are {}", present.join(", ")),
        ));
    }
    let lineage = LINEAGE_COLUMNS.iter().filter(|name| wanted == Wanted::Lineage && present.contains(name));
    Ok(SCORE_COLUMNS.into_iter().chain(lineage.map(|name| (*name, DataType::String))).collect())
}

fn read_parquet(table: &str, bytes: Cow<'static, [u8]>, wanted: Wanted) -> Result<DataFrame> {
    let cut = |e: PolarsError| broken(table, format!("not a whole Parquet file ({e})"));
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(cut)?;
    let present: Vec<&str> = schema.iter_names().map(PlSmallStr::as_str).collect();
    let names = columns(table, &present, wanted)?.into_iter().map(|(name, _)| name.to_owned());
    reader.with_columns(Some(names.collect())).finish().map_err(cut)
}

fn read_csv(table: &str, bytes: Cow<'static, [u8]>, wanted: Wanted) -> Result<DataFrame> {
    let header = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header);
    let present: Vec<&str> = header.trim_end().split(',').collect();
    let columns = columns(table, &present, wanted)?;
    let kind = |name: &str| columns.iter().find(|(column, _)| *column == name).map(|(_, kind)| kind.clone());
    // Of every column, so that none has to be guessed.
    let schema: Schema = present
        .iter()
        .map(|name| Field::new((*name).into(), kind(name).unwrap_or(DataType::String)))
        .collect();
    let names: Vec<PlSmallStr> = columns.iter().map(|(name, _)| (*name).into()).collect();
    CsvReadOptions::default()
        .with_has_header(true)
        .with_columns(Some(names.into()))
        .with_schema(Some(Arc::new(schema)))
        .with_n_threads(Some(1))
        .into_reader_with_file_handle(Cursor::new(bytes))
        .finish()
        .map_err(|e| broken(table, e.to_string()))
}

/// A tidy score table in CSV as the same table in Parquet, board after board and each by model: equal columns of long
/// text pack better so, and are read faster. Same rows, same bytes.
///
/// # Errors
/// As [`read`], and when the engine cannot write it.
pub(super) fn csv_to_parquet(table: &str, csv: Vec<u8>) -> Result<Vec<u8>> {
    let unwritten = |e: PolarsError| broken(table, format!("could not be written as Parquet ({e})"));
    let by = ["benchmark", "metric", "snapshot", "model", "name"];
    let mut frame = read_csv(table, csv.into(), Wanted::Lineage)?
        .sort(by, SortMultipleOptions::default().with_maintain_order(true))
        .map_err(unwritten)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .finish(&mut frame)
        .map_err(unwritten)?;
    Ok(bytes)
}

fn broken(table: &str, why: String) -> Error {
    let hint = "restore the file, or run `benchclaim data import` or `data verify`".to_owned();
    Error::Table { table: table.to_owned(), why, hint }
}

/// A cell of the column `snapshot`.
pub(super) fn day(table: &str, cell: &str) -> Result<Date> {
    cell.parse().map_err(|_| broken(table, format!("`{cell}` is not a date")))
}

/// Every plain row of a frame, in its order.
pub(super) fn rows(table: &str, frame: &DataFrame) -> Result<Vec<Row>> {
    let snapshot = frame.column("snapshot").and_then(|c| c.str().cloned());
    let snapshot = snapshot.map_err(|e| Error::Query { table: table.to_owned(), why: e.to_string() })?;
    let days = snapshot.iter().map(|cell| day(table, cell.unwrap_or(""))).collect::<Result<Vec<Date>>>()?;
    rows_at(table, frame, &Entries::of(table, frame)?, days.into_iter().enumerate())?.collect()
}

/// The plain rows of these numbers, each with its snapshot.
pub(super) fn rows_at(
    table: &str,
    frame: &DataFrame,
    entries: &Entries,
    numbers: impl Iterator<Item = (usize, Date)>,
) -> Result<impl Iterator<Item = Result<Row>>> {
    let query = |e: PolarsError| Error::Query { table: table.to_owned(), why: e.to_string() };
    let number = |name: &str| frame.column(name).and_then(|c| c.f64().cloned()).map_err(query);
    let (score, ci_low, ci_high) = (number("score")?, number("ci_low")?, number("ci_high")?);
    let n = frame.column("n").and_then(|c| c.i64().cloned()).map_err(query)?;
    Ok(numbers.map(move |(i, snapshot)| {
        let none = || broken(table, format!("a row of {snapshot} has no score"));
        Ok(Row {
            entry: entries.of_row(i),
            score: score.get(i).ok_or_else(none)?,
            ci_low: ci_low.get(i),
            ci_high: ci_high.get(i),
            n: n.get(i).and_then(|n| u64::try_from(n).ok()),
            snapshot,
        })
    }))
}

/// The cells of a text column that a table may do without, in its order; all empty where it has none.
pub(super) fn optional_text(table: &str, frame: &DataFrame, column: &str) -> Result<Vec<Option<String>>> {
    let Ok(cells) = frame.column(column) else { return Ok(vec![None; frame.height()]) };
    let cells = cells.str().map_err(|e| Error::Query { table: table.to_owned(), why: e.to_string() })?;
    Ok(cells.iter().map(|cell| cell.filter(|c| !c.is_empty()).map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot\n";

    #[test]
    fn a_row_reads_back_with_its_gaps() {
        let csv = format!("{HEADER}gpt-4,GPT-4,openai,mmlu,accuracy,86.4,,,14042,,,,2023-03-14\n");
        let frame = read("t.csv", csv.into_bytes().into(), Wanted::Scores).expect("a good table");
        let rows = rows("t.csv", &frame).expect("good rows");
        assert_eq!((rows[0].score, rows[0].ci_low, rows[0].n), (86.4, None, Some(14042)));
        assert_eq!(rows[0].kind, None);
    }

    #[test]
    fn parquet_holds_what_the_csv_held() {
        let csv = format!("{HEADER}gpt-4,GPT-4,openai,mmlu,accuracy,86.4,,,14042,,,2023-04-01,2023-05-14\n")
            .into_bytes();
        let bytes = csv_to_parquet("t.parquet", csv.clone()).expect("a good table");
        assert_eq!(bytes, csv_to_parquet("t.parquet", csv.clone()).expect("the same again"));
        let rows_of = |name: &str, bytes| {
            rows(name, &read(name, Cow::Owned(bytes), Wanted::Scores).expect("a table")).expect("rows")
        };
        assert_eq!(rows_of("t.parquet", bytes), rows_of("t.csv", csv));
    }

    #[test]
    fn a_missing_column_is_named() {
        let error =
            read("t.csv", b"model,name\na,b\n".into(), Wanted::Scores).expect_err("columns are missing");
        assert!(error.to_string().contains("`organisation` is missing"), "{error}");
    }

    #[test]
    fn a_score_that_is_no_number_is_an_error() {
        let csv = format!("{HEADER}a,A,,mmlu,accuracy,high,,,,,,,2023-03-14\n");
        assert!(read("t.csv", csv.into_bytes().into(), Wanted::Scores).is_err());
    }

    #[test]
    fn a_truncated_parquet_file_is_an_error() {
        let error = read("t.parquet", b"PAR1garbage".into(), Wanted::Scores).expect_err("not Parquet");
        assert!(error.to_string().contains("Parquet"), "{error}");
    }
}
