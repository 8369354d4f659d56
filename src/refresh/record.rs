//! The record: what became of each data set in; a line of JSON each in a log that only grows, out.

use super::{Ended, Updated};
use crate::error::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

/// One line of the log.
#[derive(Serialize)]
struct Entry<'e> {
    at: Timestamp,
    dataset: &'e str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Ended {
    /// One word for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Changed { .. } => "changed",
            Self::Refused { .. } => "refused",
            Self::Failed(_) => "failed",
        }
    }
}

/// Adds what changed or went wrong; what is unchanged is not worth a line.
pub(super) fn log(path: &Path, at: Timestamp, updated: &[Updated]) -> Result<()> {
    let lines: String = updated
        .iter()
        .filter(|updated| !matches!(updated.outcome, Ended::Unchanged))
        .map(|updated| line(at, updated))
        .collect();
    if lines.is_empty() { Ok(()) } else { super::writer::append(path, &lines) }
}

/// What became of one data set as a line of JSON.
pub(super) fn line(at: Timestamp, updated: &Updated) -> String {
    let mut entry = Entry {
        at,
        dataset: &updated.id,
        outcome: updated.outcome.name(),
        before: None,
        after: None,
        change: None,
        findings: Vec::new(),
        error: None,
    };
    match &updated.outcome {
        Ended::Unchanged => {}
        Ended::Changed { before, after, diff, accepted, .. } => {
            (entry.before, entry.after) = (*before, Some(*after));
            entry.change = Some(diff.summary());
            entry.findings = accepted.iter().map(|finding| finding.text.as_str()).collect();
        }
        Ended::Refused { findings, diff } => {
            entry.change = Some(diff.summary());
            entry.findings = findings.iter().map(|finding| finding.text.as_str()).collect();
        }
        Ended::Failed(error) => entry.error = Some(error.to_string()),
    }
    let text = serde_json::to_string(&entry).expect("text, days and numbers can be written as JSON");
    format!("{text}\n")
}

impl Updated {
    /// What became of it as a line of JSON, as it stands in the log.
    #[must_use]
    pub fn log_line(&self, at: Timestamp) -> String {
        line(at, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn the_log_grows_by_what_changed_or_failed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.jsonl");
        let error = Error::Fetch { url: "u".to_owned(), why: "w".to_owned(), hint: "h".to_owned() };
        let updated = [
            Updated { id: "a".to_owned(), outcome: Ended::Unchanged },
            Updated { id: "b".to_owned(), outcome: Ended::Failed(error) },
        ];
        log(&path, Timestamp::UNIX_EPOCH, &updated).expect("written");
        log(&path, Timestamp::UNIX_EPOCH, &updated).expect("written");
        let text = std::fs::read_to_string(&path).expect("a log");
        assert_eq!(text.lines().count(), 2);
        let line: serde_json::Value =
            serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
        assert_eq!((&line["dataset"], &line["outcome"]), (&"b".into(), &"failed".into()));
    }
}
