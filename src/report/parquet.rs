//! Parquet: table rows in, a typed file out. The only file of the report that knows polars.

use super::csv::{CLAIM_COLUMNS, EVIDENCE_COLUMNS, TableRow, cell_text, claim_rows, evidence_rows};
use super::records::ClaimRecord;
use crate::error::{Error, Result};
use polars::io::parquet::write::{BatchedWriter, KeyValueMetadata, StatisticsOptions};
use polars::prelude::{
    Column, CompatLevel, DataFrame, DataType, IntoColumn, NamedFrom, ParquetCompression, ParquetWriter,
    PolarsError, SchemaExt, Series,
};
use polars_parquet::write::schema_to_metadata_key;
use serde_json::Value;
use std::io::Write;

/// Columns of numbers; what is not named in any of these lists is text.
const FLOATS: [&str; 7] = ["value", "value_high", "support", "now_support", "estimate", "ci_low", "ci_high"];
const INTEGERS: [&str; 3] = ["start", "end", "n"];
const FLAGS: [&str; 3] = ["hedged", "negated", "checkable"];
const DAYS: [&str; 3] = ["judged_as_of", "flipped_on", "snapshot"];
const TEXT_LISTS: [&str; 2] = ["reasons", "rows"];

/// One row a claim.
pub(super) fn claims(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<u8>> {
    written("claims.parquet", &claim_names(), &claim_rows(documents)?)
}

/// One row a measured value and source.
pub(super) fn evidence(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<u8>> {
    written("evidence.parquet", &EVIDENCE_COLUMNS, &evidence_rows(documents)?)
}

fn written(what: &str, names: &[&str], rows: &[TableRow]) -> Result<Vec<u8>> {
    write(names, rows).map_err(|error| Error::Render { what: what.to_owned(), why: error.to_string() })
}

fn write(names: &[&str], rows: &[TableRow]) -> std::result::Result<Vec<u8>, PolarsError> {
    let mut frame = frame(names, rows)?;
    let mut bytes = Vec::new();
    writer(&mut bytes, &frame).finish(&mut frame)?;
    Ok(bytes)
}

fn writer<W: Write>(target: W, frame: &DataFrame) -> ParquetWriter<W> {
    ParquetWriter::new(target)
        .with_compression(ParquetCompression::Uncompressed)
        .with_key_value_metadata(Some(plain_schema(frame)))
}

/// A table of claims that grows by row groups.
pub(super) struct Growing<W: Write>(BatchedWriter<W>);

impl<W: Write> Growing<W> {
    /// The table without a row.
    pub(super) fn new(target: W) -> Result<Self> {
        let empty = frame(&claim_names(), &[]).map_err(|error| grown(&error))?;
        // What every row group says of its values is held until the end: of a large corpus more than the rows.
        let writer = writer(target, &empty).with_statistics(StatisticsOptions::empty());
        let writer = writer.set_parallel(false).batched(empty.schema());
        Ok(Self(writer.map_err(|error| grown(&error))?))
    }

    /// Adds the claims of documents as one row group.
    pub(super) fn add(&mut self, documents: &[(&str, Vec<ClaimRecord>)]) -> Result<()> {
        let rows = claim_rows(documents)?;
        let frame = frame(&claim_names(), &rows).map_err(|error| grown(&error))?;
        self.0.write_batch(&frame).map_err(|error| grown(&error))
    }

    /// Writes what a reader finds the row groups by.
    pub(super) fn finish(self) -> Result<()> {
        self.0.finish().map(|_| ()).map_err(|error| grown(&error))
    }
}

fn claim_names() -> Vec<&'static str> {
    CLAIM_COLUMNS.iter().map(|(name, _)| *name).collect()
}

fn grown(error: &PolarsError) -> Error {
    Error::Render { what: "the table of claims".to_owned(), why: error.to_string() }
}

fn frame(names: &[&str], rows: &[TableRow]) -> std::result::Result<DataFrame, PolarsError> {
    let documents: Vec<&str> = rows.iter().map(|row| row.document.as_str()).collect();
    let claims: Vec<i64> = rows.iter().map(|row| row.claim as i64 + 1).collect();
    let mut columns = vec![
        Series::new("document".into(), documents).into_column(),
        Series::new("claim".into(), claims).into_column(),
    ];
    for (i, name) in names.iter().enumerate() {
        columns.push(column(name, rows.iter().map(|row| &row.cells[i]))?);
    }
    DataFrame::new(rows.len(), columns)
}

/// The schema note of the file in the oldest Arrow types. The writer notes the newest, and pandas cannot read lists of
/// those (its reader has no lists of string views).
fn plain_schema(frame: &DataFrame) -> KeyValueMetadata {
    let note = schema_to_metadata_key(&frame.schema().to_arrow(CompatLevel::oldest()));
    KeyValueMetadata::from_static(note.value.map(|value| (note.key, value)).into_iter().collect())
}

fn column<'r>(
    name: &str,
    cells: impl Iterator<Item = &'r Value>,
) -> std::result::Result<Column, PolarsError> {
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
        let texts: Vec<Option<String>> =
            cells.map(|cell| (!cell.is_null()).then(|| cell_text(cell))).collect();
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
    if lists.is_empty() {
        return Series::new_empty(name.into(), &DataType::List(Box::new(DataType::String)));
    }
    Series::new(name.into(), lists)
}

fn days_since_epoch(text: &str) -> Option<i32> {
    let day: jiff::civil::Date = text.parse().ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(day).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, records};
    use super::*;
    use polars::prelude::{ParquetReader, SerReader};
    use std::io::Cursor;

    fn frame(bytes: Vec<u8>) -> DataFrame {
        ParquetReader::new(Cursor::new(bytes)).finish().unwrap()
    }

    #[test]
    fn claims_keep_their_types_and_rows() {
        let report = fixture::report();
        let records = records::records(&report);
        let supports: Vec<Option<f64>> =
            records.iter().map(|r| r.judged.as_ref().and_then(|judged| judged.support)).collect();
        let frame = frame(claims(&[("a", records)]).unwrap());
        assert_eq!(frame.height(), supports.len());
        assert_eq!(frame.column("support").unwrap().f64().unwrap().iter().collect::<Vec<_>>(), supports);
        assert_eq!(frame.column("flipped_on").unwrap().dtype(), &DataType::Date);
        assert_eq!(frame.column("checkable").unwrap().dtype(), &DataType::Boolean);
    }

    #[test]
    fn an_empty_report_still_has_typed_columns() {
        let filled = fixture::report();
        let (filled, empty) = (records::records(&filled), Vec::new());
        for write in [claims, evidence] {
            let schema =
                |records: Vec<ClaimRecord>| frame(write(&[("a", records)]).unwrap()).schema().clone();
            assert_eq!(schema(empty.clone()), schema(filled.clone()));
        }
    }
}
