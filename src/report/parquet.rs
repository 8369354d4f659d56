//! Parquet: table rows in, a typed file out. The only file of the report that knows polars.

use super::csv::{CLAIM_COLUMNS, EVIDENCE_COLUMNS, TableRow, cell_text, claim_rows, evidence_rows};
use super::json::ClaimRecord;
use crate::error::{Error, Result};
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetCompression, ParquetWriter, PolarsError, Series,
};
use serde_json::Value;

/// Columns of numbers; what is not named in any of these lists is text.
const FLOATS: [&str; 8] = ["value", "value_high", "support", "now_support", "estimate", "ci_low", "ci_high", "share"];
const INTEGERS: [&str; 3] = ["start", "end", "n"];
const FLAGS: [&str; 3] = ["hedged", "negated", "checkable"];
const DAYS: [&str; 3] = ["judged_as_of", "flipped_on", "snapshot"];
const TEXT_LISTS: [&str; 2] = ["reasons", "rows"];

/// One row a claim.
pub(super) fn claims(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<u8>> {
    let names: Vec<&str> = CLAIM_COLUMNS.iter().map(|(name, _)| *name).collect();
    written("claims.parquet", &names, &claim_rows(documents)?)
}

/// One row a measured value and source.
pub(super) fn evidence(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<u8>> {
    written("evidence.parquet", &EVIDENCE_COLUMNS, &evidence_rows(documents)?)
}

fn written(what: &str, names: &[&str], rows: &[TableRow]) -> Result<Vec<u8>> {
    write(names, rows).map_err(|error| Error::Render { what: what.to_owned(), why: error.to_string() })
}

fn write(names: &[&str], rows: &[TableRow]) -> std::result::Result<Vec<u8>, PolarsError> {
    let documents: Vec<&str> = rows.iter().map(|row| row.document.as_str()).collect();
    let claims: Vec<i64> = rows.iter().map(|row| row.claim as i64 + 1).collect();
    let mut columns = vec![
        Series::new("document".into(), documents).into_column(),
        Series::new("claim".into(), claims).into_column(),
    ];
    for (i, name) in names.iter().enumerate() {
        columns.push(column(name, rows.iter().map(|row| &row.cells[i]))?);
    }
    let mut frame = DataFrame::new(rows.len(), columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Uncompressed).finish(&mut frame)?;
    Ok(bytes)
}

fn column<'r>(name: &str, cells: impl Iterator<Item = &'r Value>) -> std::result::Result<Column, PolarsError> {
    let series = if FLOATS.contains(&name) {
        Series::new(name.into(), cells.map(Value::as_f64).collect::<Vec<_>>())
    } else if INTEGERS.contains(&name) {
        Series::new(name.into(), cells.map(Value::as_i64).collect::<Vec<_>>())
    } else if FLAGS.contains(&name) {
        Series::new(name.into(), cells.map(Value::as_bool).collect::<Vec<_>>())
    } else if DAYS.contains(&name) {
        let days: Vec<Option<i32>> = cells.map(|cell| cell.as_str().and_then(days_since_epoch)).collect();
        Series::new(name.into(), days).cast(&DataType::Date)?
    } else if TEXT_LISTS.contains(&name) {
        text_lists(name, cells)
    } else {
        let texts: Vec<Option<String>> = cells.map(|cell| (!cell.is_null()).then(|| cell_text(cell))).collect();
        Series::new(name.into(), texts)
    };
    Ok(series.into_column())
}

fn text_lists<'r>(name: &str, cells: impl Iterator<Item = &'r Value>) -> Series {
    let list = |cell: &Value| -> Series {
        let texts: Vec<&str> = cell.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        Series::new("".into(), texts)
    };
    let lists: Vec<Series> = cells.map(list).collect();
    Series::new(name.into(), lists)
}

fn days_since_epoch(text: &str) -> Option<i32> {
    let day: jiff::civil::Date = text.parse().ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(day).ok()?.get_days())
}
