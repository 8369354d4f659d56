//! CSV: claim records in, one row a claim out; nested fields as the compact JSON of the contract.

use super::records::{ClaimRecord, EvidenceRecord};
use crate::error::{Error, Result};
use serde::Serialize;
use serde_json::Value;

/// A column: its name and the path into the claim's record.
type Column = (&'static str, &'static [&'static str]);

/// The claim's columns, in order. Names are those of the JSON contract; `now_` fields are those inside `now`.
pub(super) const CLAIM_COLUMNS: [Column; 36] = [
    ("type", &["type"]),
    ("quote", &["quote"]),
    ("subject", &["subject"]),
    ("object", &["object"]),
    ("relation", &["relation"]),
    ("benchmark", &["benchmark"]),
    ("value", &["value"]),
    ("value_high", &["value_high"]),
    ("unit", &["unit"]),
    ("comparator", &["comparator"]),
    ("population", &["population"]),
    ("as_of", &["as_of"]),
    ("attributed_to", &["attributed_to"]),
    ("hedged", &["hedged"]),
    ("negated", &["negated"]),
    ("checkable", &["checkable"]),
    ("start", &["start"]),
    ("end", &["end"]),
    ("sentence", &["sentence"]),
    ("rule", &["rule"]),
    ("mentions", &["mentions"]),
    ("verdict", &["verdict"]),
    ("support", &["support"]),
    ("certainty", &["certainty"]),
    ("reasons", &["reasons"]),
    ("because", &["because"]),
    ("reading", &["reading"]),
    ("readings", &["readings"]),
    ("judged_as_of", &["judged_as_of"]),
    ("now_verdict", &["now", "verdict"]),
    ("now_support", &["now", "support"]),
    ("flipped_on", &["flipped_on"]),
    ("estimate", &["estimate"]),
    ("ci_low", &["ci_low"]),
    ("ci_high", &["ci_high"]),
    ("estimate_unit", &["estimate_unit"]),
];

/// The columns of an evidence table, in order, after `document` and `claim`.
pub(super) const EVIDENCE_COLUMNS: [&str; 16] = [
    "at",
    "reading",
    "label",
    "dataset",
    "snapshot",
    "benchmark",
    "metric",
    "rows",
    "url",
    "sha256",
    "evaluation",
    "estimate",
    "ci_low",
    "ci_high",
    "unit",
    "n",
];

/// A row of a table: a JSON value a column, after the document's id and the claim's place in it.
pub(super) struct TableRow {
    pub(super) document: String,
    pub(super) claim: usize,
    pub(super) cells: Vec<Value>,
}

/// The claims of documents as rows of [`CLAIM_COLUMNS`].
pub(super) fn claim_rows(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<TableRow>> {
    let mut rows = Vec::new();
    for (document, claims) in documents {
        for (claim, record) in claims.iter().enumerate() {
            let value = as_value(record)?;
            let cell = |path: &[&str]| path.iter().fold(&value, |value, key| &value[*key]).clone();
            let cells = CLAIM_COLUMNS.iter().map(|(_, path)| cell(path)).collect();
            rows.push(TableRow { document: (*document).to_owned(), claim, cells });
        }
    }
    Ok(rows)
}

/// The evidence of documents as rows of [`EVIDENCE_COLUMNS`].
pub(super) fn evidence_rows(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<TableRow>> {
    let mut rows = Vec::new();
    for (document, claims) in documents {
        for (claim, record) in claims.iter().enumerate() {
            let evidence: &[EvidenceRecord] = record.judged.as_ref().map_or(&[], |judged| &judged.evidence);
            for record in evidence {
                let value = as_value(record)?;
                let cells = EVIDENCE_COLUMNS.iter().map(|name| value[*name].clone()).collect();
                rows.push(TableRow { document: (*document).to_owned(), claim, cells });
            }
        }
    }
    Ok(rows)
}

fn as_value(record: &impl Serialize) -> Result<Value> {
    serde_json::to_value(record).map_err(|error| failed(&error))
}

/// The text of a cell; nothing for an absent value, compact JSON for a nested one.
pub(super) fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The text of a cell, which no spreadsheet takes for a formula.
fn inert(value: &Value) -> String {
    let text = cell_text(value);
    let is_formula = value.is_string() && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text }
}

/// One row a claim, with a header.
pub(super) fn render(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<u8>> {
    Ok([header()?, rows(documents)?].concat())
}

/// The line with the names of the columns.
pub(super) fn header() -> Result<Vec<u8>> {
    let names = CLAIM_COLUMNS.iter().map(|(name, _)| *name);
    written([["document", "claim"].into_iter().chain(names)])
}

/// One row a claim, without a header.
pub(super) fn rows(documents: &[(&str, Vec<ClaimRecord>)]) -> Result<Vec<u8>> {
    written(claim_rows(documents)?.into_iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(inert).collect();
        [row.document, (row.claim + 1).to_string()].into_iter().chain(cells)
    }))
}

fn written<T: AsRef<[u8]>>(
    records: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer.write_record(record).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error.into_error()))
}

fn failed(error: &dyn std::error::Error) -> Error {
    Error::Render { what: "CSV".to_owned(), why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, records};
    use super::*;

    #[test]
    fn every_row_has_every_column_and_quotes_survive() {
        for report in [fixture::report(), fixture::hostile()] {
            let records = records::records(&report);
            let bytes = render(&[(&report.article.id, records.clone())]).unwrap();
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let quote = reader.headers().unwrap().iter().position(|name| name == "quote").unwrap();
            let quotes: Vec<String> = reader.records().map(|row| row.unwrap()[quote].to_owned()).collect();
            assert_eq!(quotes, records.into_iter().map(|record| record.quote).collect::<Vec<_>>());
        }
    }

    #[test]
    fn columns_are_fields_of_the_records() {
        let report = fixture::report();
        let value = serde_json::to_value(&records::records(&report)[0]).unwrap();
        for (name, path) in CLAIM_COLUMNS {
            assert!(value.get(path[0]).is_some(), "{name}");
        }
        let evidence = &value["evidence"][0];
        assert_eq!(evidence.as_object().unwrap().len(), EVIDENCE_COLUMNS.len());
        assert!(EVIDENCE_COLUMNS.iter().all(|name| evidence.get(*name).is_some()));
    }
}
