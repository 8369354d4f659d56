//! Arena-Hard-Auto: dated tables in; win rates with their bootstrap intervals out.

use super::draft::Draft;
use super::raw::{RawRoot, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;

/// Prompts of the benchmark.
const ITEMS: u64 = 500;

/// Reads every dated copy.
pub(super) fn boards(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        let day = file_date(&file)?;
        for row in raw.table(&file)?.rows() {
            let draft =
                Draft::new(row.need("model")?, "arena-hard", "win-rate", row.need_number("score")?, day);
            let ci = row.number("rating_q025")?.zip(row.number("rating_q975")?);
            drafts.push(Draft { ci, n: Some(ITEMS), ..draft });
        }
    }
    Ok(drafts)
}
