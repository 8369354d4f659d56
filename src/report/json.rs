//! JSON and JSON Lines: reports in; the records of the output contract, wrapped, out.

use super::document::{Report, SourceCard};
use super::records::{ClaimRecord, records};
use crate::error::{Error, Result};
use crate::stats::{FALSE_DISCOVERY_LEVEL, Multiplicity};
use crate::verdict::Outcome;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct SourceRecord<'r> {
    id: &'r str,
    title: &'r str,
    url: &'r str,
    licence: &'r str,
    attribution: &'r str,
    first: Date,
    last: Date,
    rows: usize,
}

#[derive(Serialize)]
struct NotChecked<'r> {
    what: &'r str,
    why: &'r str,
}

#[derive(Serialize)]
struct FalseDiscoveryRecord {
    verdicts: usize,
    expected_false: f64,
    rate: f64,
    within_level: usize,
    level: f64,
}

#[derive(Serialize)]
struct DocumentRecord<'r> {
    id: &'r str,
    title: Option<&'r str>,
    url: Option<&'r str>,
    published: Option<Date>,
    judged_as_of: Date,
    newest_data: Date,
    headline: String,
    false_discovery: Option<FalseDiscoveryRecord>,
    counts: BTreeMap<&'static str, usize>,
    claims: Vec<ClaimRecord>,
    not_checked: Vec<NotChecked<'r>>,
    sources: Vec<SourceRecord<'r>>,
}

#[derive(Serialize)]
struct ReportRecord<'r> {
    version: &'r str,
    documents: Vec<DocumentRecord<'r>>,
}

#[derive(Serialize)]
struct LineRecord<'r> {
    id: &'r str,
    claims: Vec<ClaimRecord>,
}

fn document(report: &Report) -> DocumentRecord<'_> {
    DocumentRecord {
        id: &report.article.id,
        title: report.article.title.as_deref(),
        url: report.article.url.as_deref(),
        published: report.article.published,
        judged_as_of: report.as_of,
        newest_data: report.newest,
        headline: report.headline(),
        false_discovery: report.multiplicity().map(false_discovery_record),
        counts: Outcome::ALL.into_iter().map(|outcome| (outcome.name(), report.count(outcome))).collect(),
        claims: records(report),
        not_checked: report.not_checked.iter().map(|(what, why)| NotChecked { what, why }).collect(),
        sources: report.sources.iter().map(source_record).collect(),
    }
}

fn false_discovery_record(together: Multiplicity) -> FalseDiscoveryRecord {
    FalseDiscoveryRecord {
        verdicts: together.decisions,
        expected_false: together.expected_false,
        rate: together.false_discovery_rate,
        within_level: together.within_level,
        level: FALSE_DISCOVERY_LEVEL,
    }
}

fn source_record(card: &SourceCard) -> SourceRecord<'_> {
    SourceRecord {
        id: &card.id,
        title: &card.title,
        url: &card.url,
        licence: &card.licence,
        attribution: &card.attribution,
        first: card.first,
        last: card.last,
        rows: card.rows,
    }
}

/// One JSON object with every document.
pub(super) fn render(reports: &[Report]) -> Result<Vec<u8>> {
    let version = reports.first().map_or(env!("CARGO_PKG_VERSION"), |report| &report.version);
    let record = ReportRecord { version, documents: reports.iter().map(document).collect() };
    let mut bytes = serde_json::to_vec_pretty(&record).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// One line a document: its id and its claims.
pub(super) fn render_lines(reports: &[Report]) -> Result<Vec<u8>> {
    lines(reports.iter().map(|report| (report.article.id.as_str(), records(report))))
}

/// One line a document from ids and claims.
pub(super) fn lines<'r>(documents: impl Iterator<Item = (&'r str, Vec<ClaimRecord>)>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for (id, claims) in documents {
        serde_json::to_writer(&mut bytes, &LineRecord { id, claims }).map_err(failed)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// A list of documents with ids and claims.
pub(super) fn list<'r>(documents: impl Iterator<Item = (&'r str, Vec<ClaimRecord>)>) -> Result<Vec<u8>> {
    let documents: Vec<LineRecord<'_>> = documents.map(|(id, claims)| LineRecord { id, claims }).collect();
    let mut bytes = serde_json::to_vec_pretty(&documents).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn failed(error: serde_json::Error) -> Error {
    Error::Render { what: "JSON".to_owned(), why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use serde_json::Value;

    fn assert_valid(value: &Value) {
        let complaints = super::super::schema::complaints(value);
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    #[test]
    fn json_and_lines_keep_to_the_schema() {
        for report in [fixture::report(), fixture::hostile(), fixture::with_claims(0)] {
            let reports = [report];
            assert_valid(&serde_json::from_slice(&render(&reports).unwrap()).unwrap());
            let lines = render_lines(&reports).unwrap();
            let lines = String::from_utf8(lines).unwrap();
            assert_eq!(lines.lines().count(), 1);
            assert_valid(&serde_json::from_str(&lines).unwrap());
        }
    }

    #[test]
    fn extracted_claims_keep_to_the_schema() {
        let report = fixture::report();
        let claims: Vec<_> = report.checked.iter().map(|c| c.claim.clone()).collect();
        for format in [super::super::Format::Json, super::super::Format::Jsonl] {
            let documents = [(&report.article, claims.as_slice())];
            let bytes =
                super::super::render_claims(&documents, format, super::super::Style::default()).unwrap();
            assert_valid(&serde_json::from_slice(&bytes).unwrap());
        }
    }

    #[test]
    fn the_schema_names_what_the_program_can_say() {
        let schema: Value = serde_json::from_str(super::super::SCHEMA).unwrap();
        let listed = |pointer: &str| -> Vec<String> {
            let list = schema.pointer(pointer).and_then(Value::as_array).unwrap();
            list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
        };
        let verdicts: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.name()).collect();
        assert_eq!(listed("/$defs/verdict/enum"), verdicts);
        let kinds: Vec<&str> = crate::claim::ClaimKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(listed("/$defs/claim/properties/type/enum"), kinds);
        let steps = crate::verdict::Reason::ALL.into_iter();
        let steps = steps.filter(|r| matches!(r, crate::verdict::Reason::Down(_))).map(|r| r.code());
        assert_eq!(listed("/$defs/step/enum"), steps.collect::<Vec<_>>());
    }

    #[test]
    fn the_schema_refuses_what_is_not_a_verdict() {
        let report = fixture::report();
        let mut value: Value = serde_json::from_slice(&render(&[report]).unwrap()).unwrap();
        value["documents"][0]["claims"][0]["verdict"] = "true".into();
        assert!(!super::super::schema::complaints(&value).is_empty());
    }
}
