//! tau2-bench: the submissions to its board in; pass rates by domain, listed on the day of submission, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// Column and benchmark id of each domain.
const DOMAINS: [(&str, &str); 4] = [
    ("retail", "tau2-bench-retail"),
    ("airline", "tau2-bench-airline"),
    ("telecom", "tau2-bench-telecom"),
    ("banking_knowledge", "tau2-bench-banking"),
];

/// Reads the newest copy.
pub(super) fn submissions(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let file = raw.newest(&import.folder, ".csv")?;
    rows(&raw.table(&file)?, file_date(&file)?)
}

fn rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows() {
        for (column, benchmark) in DOMAINS {
            if let Some(score) = row.number(column)? {
                let draft = Draft::new(row.need("model")?, benchmark, "pass-at-1", score, day);
                let draft = draft.with_organisation(row.get("organization"));
                drafts.push(Draft { listed: row.date("submission_date")?, ..draft });
            }
        }
    }
    // Of several submissions of a model the best stands: the first of a name is kept.
    drafts.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_submission_comes_first_and_an_empty_domain_is_no_zero() {
        let text = "model,organization,submission_date,retail,airline\n\
            M,O,2025-06-09,72.1,\nM,O,2025-08-05,82.4,56.0\n";
        let drafts = rows(&RawTable::parse("t.csv", text).expect("a table"), Date::constant(2026, 8, 18))
            .expect("rows");
        assert_eq!(drafts.iter().map(|draft| draft.score).collect::<Vec<_>>(), [82.4, 72.1, 56.0]);
        assert_eq!(drafts[0].listed, Some(Date::constant(2025, 8, 5)));
    }
}
