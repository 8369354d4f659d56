//! Flips: saved reports and the store in; the verdicts that come out on another side on the data of today, out.
//!
//! A saved sentence is read and judged again, for the day it was judged for. Where the sentence alone does not give the
//! saved claim (it leaned on its neighbours), nothing is said about it but that.

use crate::article::{self, Format, Input};
use crate::dataset::Catalog;
use crate::error::{Error, Result};
use crate::report::ClaimRecord;
use crate::verdict::{Outcome, side};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Fields that make a claim the same claim.
const IDENTITY: [&str; 9] =
    ["type", "quote", "subject", "object", "relation", "benchmark", "value", "unit", "comparator"];

/// A verdict that came out on another side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The report's file.
    pub report: PathBuf,
    /// The article in it.
    pub document: String,
    /// The claim's words.
    pub quote: String,
    /// Whether it is the verdict for the claim's own day, or for now.
    pub moment: &'static str,
    /// As saved.
    pub was: Outcome,
    /// On the data of today.
    pub is: Outcome,
}

/// What came of judging saved verdicts again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flips {
    /// Those that came out on another side, or are decided now, or no longer.
    pub flips: Vec<Flip>,
    /// Saved claims judged again.
    pub judged: usize,
    /// Saved claims that their sentences alone do not give.
    pub lost: usize,
}

#[derive(Deserialize)]
struct SavedReport {
    documents: Vec<SavedDocument>,
}

#[derive(Deserialize)]
struct SavedDocument {
    id: String,
    published: Option<Date>,
    claims: Vec<Value>,
}

/// The fields of a saved claim that its judgement hangs on.
#[derive(Deserialize)]
struct Saved {
    sentence: String,
    quote: String,
    judged_as_of: Option<Date>,
    verdict: Option<Outcome>,
    now: Option<SavedNow>,
}

#[derive(Deserialize)]
struct SavedNow {
    verdict: Outcome,
}

/// Judges every verdict saved in `<folder>/*/report.json` again. A folder that is not there holds none.
///
/// # Errors
/// When a report cannot be read, or a table.
pub fn flips(folder: &Path, catalog: &Catalog) -> Result<Flips> {
    let mut found = Flips::default();
    for path in saved_reports(folder)? {
        let broken = |why: String| Error::Table {
            table: path.display().to_string(),
            why,
            hint: "make the report again with `benchclaim report`".to_owned(),
        };
        let bytes = std::fs::read(&path).map_err(|source| Error::Io {
            action: "read",
            path: path.clone(),
            source,
        })?;
        let report: SavedReport = serde_json::from_slice(&bytes).map_err(|e| broken(e.to_string()))?;
        for document in report.documents {
            let mut judged: BTreeMap<(String, Option<Date>), Vec<Value>> = BTreeMap::new();
            for claim in &document.claims {
                let saved = Saved::deserialize(claim).map_err(|e| broken(e.to_string()))?;
                // What cannot be checked has no day and cannot flip.
                if saved.judged_as_of.is_none() {
                    continue;
                }
                let key = (saved.sentence.clone(), saved.judged_as_of);
                if !judged.contains_key(&key) {
                    judged.insert(key.clone(), again(&document, &saved, catalog)?);
                }
                match judged[&key].iter().find(|new| is_same(claim, new)) {
                    None => found.lost += 1,
                    Some(new) => {
                        found.judged += 1;
                        compare(&path, &document.id, &saved, new, &mut found.flips);
                    }
                }
            }
        }
    }
    Ok(found)
}

/// Every saved report, sorted.
fn saved_reports(folder: &Path) -> Result<Vec<PathBuf>> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| Error::Io { action: "list", path: folder.to_owned(), source })?;
        let path = entry.path().join("report.json");
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The records of a sentence's claims, judged on the data of today.
fn again(document: &SavedDocument, saved: &Saved, catalog: &Catalog) -> Result<Vec<Value>> {
    let article = article::read(Input {
        id: &document.id,
        bytes: saved.sentence.as_bytes(),
        format: Some(Format::Text),
        date: document.published.or(saved.judged_as_of),
        title: None,
        url: None,
    })?;
    let checked = crate::check(&article, catalog, saved.judged_as_of)?;
    let records = checked.iter().map(|checked| ClaimRecord::from_checked(&article, checked));
    records
        .map(serde_json::to_value)
        .collect::<std::result::Result<_, _>>()
        .map_err(|e| Error::Render { what: "a claim as JSON".to_owned(), why: e.to_string() })
}

fn is_same(saved: &Value, new: &Value) -> bool {
    IDENTITY.iter().all(|field| saved[field] == new[field])
}

fn compare(report: &Path, document: &str, saved: &Saved, new: &Value, flips: &mut Vec<Flip>) {
    let outcome = |value: &Value| Outcome::deserialize(value).ok();
    let moments = [
        ("then", saved.verdict, outcome(&new["verdict"])),
        ("now", saved.now.as_ref().map(|now| now.verdict), outcome(&new["now"]["verdict"])),
    ];
    for (moment, was, is) in moments {
        if let (Some(was), Some(is)) = (was, is)
            && side(was) != side(is)
        {
            let (report, document, quote) = (report.to_owned(), document.to_owned(), saved.quote.clone());
            flips.push(Flip { report, document, quote, moment, was, is });
        }
    }
}
