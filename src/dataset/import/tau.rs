//! tau2-bench: the submissions to its board in; pass rates by domain, listed on the day of submission, out.

use super::draft::Draft;
use super::raw::{RawRoot, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;

/// Column and benchmark id of each domain.
const DOMAINS: [(&str, &str); 4] = [
    ("retail", "tau2-bench-retail"),
    ("airline", "tau2-bench-airline"),
    ("telecom", "tau2-bench-telecom"),
    ("banking_knowledge", "tau2-bench-banking"),
];

/// Reads the newest copy.
pub(super) fn submissions(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let file = raw.newest(&import.folder, ".csv")?;
    let day = file_date(&file)?;
    let mut drafts = Vec::new();
    for row in raw.table(&file)?.rows() {
        for (column, benchmark) in DOMAINS {
            if let Some(score) = row.number(column)? {
                let draft = Draft::new(row.need("model")?, benchmark, "pass-at-1", score, day);
                let draft = draft.with_organisation(row.get("organization"));
                drafts.push(Draft { listed: row.date("submission_date")?, ..draft });
            }
        }
    }
    // Of several submissions of a model the best stands.
    drafts.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(drafts)
}
