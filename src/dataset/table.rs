//! Tables: the bytes of a tidy score table in; polars frames and plain rows out. CSV and Parquet are read alike.

use crate::dataset::Evaluation;
use crate::error::{Error, Result};
use jiff::civil::Date;
use polars::prelude::*;
use std::io::Cursor;
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

/// One row of a score table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Canonical model id.
    pub model: String,
    /// The name as the board prints it.
    pub name: String,
    /// Organisation id, where the board or the name tells.
    pub organisation: Option<String>,
    /// The score, in the metric's unit.
    pub score: f64,
    /// Lower end of the 95 % interval, where the source gives one.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Items or votes, where the source says.
    pub n: Option<u64>,
    /// Who measured, where the row differs from its data set.
    pub evaluation: Option<Evaluation>,
    /// Kind of model as the board tells it ("pretrained", "chat"), where it does.
    pub kind: Option<String>,
    /// The day the row was first on the board, where the source tells.
    pub listed: Option<Date>,
    /// The snapshot it stands in.
    pub snapshot: Date,
}

/// Reads a tidy score table.
///
/// # Errors
/// A column that is missing, a cell that is not of its type, a file that is cut short.
pub(super) fn read(table: &str, bytes: Vec<u8>) -> Result<DataFrame> {
    let mut frame =
        if table.ends_with(".parquet") { read_parquet(table, bytes)? } else { read_csv(table, bytes)? };
    // Rows are picked by number, and looked for in each piece of a column.
    frame.rechunk_mut();
    for (name, _) in &SCORE_COLUMNS {
        if frame.column(name).is_err() {
            return Err(broken(table, format!("column `{name}` is missing")));
        }
    }
    Ok(frame)
}

fn read_parquet(table: &str, bytes: Vec<u8>) -> Result<DataFrame> {
    ParquetReader::new(Cursor::new(bytes))
        .finish()
        .map_err(|e| broken(table, format!("not a whole Parquet file ({e})")))
}

fn read_csv(table: &str, bytes: Vec<u8>) -> Result<DataFrame> {
    let header = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let header = String::from_utf8_lossy(header);
    let present: Vec<&str> = header.trim_end().split(',').collect();
    if let Some((missing, _)) = SCORE_COLUMNS.iter().find(|(name, _)| !present.contains(name)) {
        return Err(broken(
            table,
            format!("column `{missing}` is missing from the header `{}`", header.trim_end()),
        ));
    }
    let lineage = LINEAGE_COLUMNS.iter().filter(|name| present.contains(name));
    let schema: Schema = SCORE_COLUMNS
        .iter()
        .map(|(name, kind)| Field::new((*name).into(), kind.clone()))
        .chain(lineage.map(|name| Field::new((*name).into(), DataType::String)))
        .collect();
    CsvReadOptions::default()
        .with_has_header(true)
        .with_schema_overwrite(Some(Arc::new(schema)))
        .with_n_threads(Some(1))
        .into_reader_with_file_handle(Cursor::new(bytes))
        .finish()
        .map_err(|e| broken(table, e.to_string()))
}

/// A tidy score table in CSV as the same table in Parquet. Same rows, same bytes.
///
/// # Errors
/// As [`read`], and when the engine cannot write it.
pub(super) fn csv_to_parquet(table: &str, csv: Vec<u8>) -> Result<Vec<u8>> {
    let mut frame = read_csv(table, csv)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .finish(&mut frame)
        .map_err(|e| broken(table, format!("could not be written as Parquet ({e})")))?;
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
    rows_at(table, frame, days.into_iter().enumerate())
}

/// The plain rows of these numbers, each with its snapshot.
pub(super) fn rows_at(
    table: &str,
    frame: &DataFrame,
    numbers: impl Iterator<Item = (usize, Date)>,
) -> Result<Vec<Row>> {
    let query = |e: PolarsError| Error::Query { table: table.to_owned(), why: e.to_string() };
    let text = |name: &str| frame.column(name).and_then(|c| c.str().cloned()).map_err(query);
    let number = |name: &str| frame.column(name).and_then(|c| c.f64().cloned()).map_err(query);
    let (model, name, organisation) = (text("model")?, text("name")?, text("organisation")?);
    let (score, ci_low, ci_high) = (number("score")?, number("ci_low")?, number("ci_high")?);
    let n = frame.column("n").and_then(|c| c.i64().cloned()).map_err(query)?;
    let (evaluation, kind) = (text("evaluation")?, text("type")?);
    let listed = text("listed")?;
    let some = |cell: Option<&str>| cell.filter(|c| !c.is_empty()).map(str::to_owned);
    numbers
        .map(|(i, snapshot)| {
            Ok(Row {
                model: model.get(i).unwrap_or("").to_owned(),
                name: name.get(i).unwrap_or("").to_owned(),
                organisation: some(organisation.get(i)),
                score: score
                    .get(i)
                    .ok_or_else(|| broken(table, format!("a row of {snapshot} has no score")))?,
                ci_low: ci_low.get(i),
                ci_high: ci_high.get(i),
                n: n.get(i).and_then(|n| u64::try_from(n).ok()),
                evaluation: evaluation.get(i).and_then(evaluation_from),
                kind: some(kind.get(i)),
                listed: listed.get(i).and_then(|d| d.parse().ok()),
                snapshot,
            })
        })
        .collect()
}

/// The cells of a text column that a table may do without, in its order; all empty where it has none.
pub(super) fn optional_text(table: &str, frame: &DataFrame, column: &str) -> Result<Vec<Option<String>>> {
    let Ok(cells) = frame.column(column) else { return Ok(vec![None; frame.height()]) };
    let cells = cells.str().map_err(|e| Error::Query { table: table.to_owned(), why: e.to_string() })?;
    Ok(cells.iter().map(|cell| cell.filter(|c| !c.is_empty()).map(str::to_owned)).collect())
}

fn evaluation_from(text: &str) -> Option<Evaluation> {
    match text {
        "independent" => Some(Evaluation::Independent),
        "crowd" => Some(Evaluation::Crowd),
        "self-reported" => Some(Evaluation::SelfReported),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot\n";

    #[test]
    fn a_row_reads_back_with_its_gaps() {
        let csv = format!("{HEADER}gpt-4,GPT-4,openai,mmlu,accuracy,86.4,,,14042,,,,2023-03-14\n");
        let frame = read("t.csv", csv.into_bytes()).expect("a good table");
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
        let rows_of = |name: &str, bytes| rows(name, &read(name, bytes).expect("a table")).expect("rows");
        assert_eq!(rows_of("t.parquet", bytes), rows_of("t.csv", csv));
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = read("t.csv", b"model,name\na,b\n".to_vec()).expect_err("columns are missing");
        assert!(error.to_string().contains("`organisation` is missing"), "{error}");
    }

    #[test]
    fn a_score_that_is_no_number_is_an_error() {
        let csv = format!("{HEADER}a,A,,mmlu,accuracy,high,,,,,,,2023-03-14\n");
        assert!(read("t.csv", csv.into_bytes()).is_err());
    }

    #[test]
    fn a_truncated_parquet_file_is_an_error() {
        let error = read("t.parquet", b"PAR1garbage".to_vec()).expect_err("not Parquet");
        assert!(error.to_string().contains("Parquet"), "{error}");
    }
}
