//! Berkeley Function Calling Leaderboard: dated tables in; overall accuracy, one metric a benchmark version, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// First day of the third version's table; the second was never seen in a stored table.
const THIRD_VERSION: Date = Date::constant(2024, 9, 19);

/// First day of the fourth version's table.
const FOURTH_VERSION: Date = Date::constant(2025, 7, 17);

/// Reads every dated copy.
pub(super) fn boards(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        drafts.extend(rows(&raw.table(&file)?, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let metric = match day {
        day if day < THIRD_VERSION => "overall-accuracy-v1",
        day if day < FOURTH_VERSION => "overall-accuracy-v3",
        _ => "overall-accuracy-v4",
    };
    table
        .rows()
        .map(|row| {
            let printed = row.need("Overall Acc")?;
            let score = printed.trim_end_matches('%').trim().parse();
            let score =
                score.map_err(|_| row.fault("Overall Acc", &format!("`{printed}` is not a percentage")))?;
            let name = row.need("Model")?;
            let draft =
                Draft::new(name, "bfcl", metric, score, day).with_organisation(row.get("Organization"));
            Ok(Draft { identified_by: Some(without_mode(name).to_owned()), ..draft })
        })
        .collect()
}

/// The name without how functions were called: natively "(FC)" or by "(Prompt)", with remarks such as "(FC thinking)".
fn without_mode(name: &str) -> &str {
    let is_mode = |rest: &str| rest.starts_with("FC") || rest.starts_with("Prompt");
    name.rsplit_once('(').filter(|(_, rest)| is_mode(rest)).map_or(name, |(model, _)| model).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_13_versions_are_metrics_of_their_own_and_the_sign_may_be_missing() {
        let table = RawTable::parse("t.csv", "Overall Acc,Model\n84.28%,a\n84.28,b\n").expect("a table");
        let metric = |day| rows(&table, day).expect("rows")[0].metric.clone();
        assert_eq!(metric(Date::constant(2024, 8, 14)), "overall-accuracy-v1");
        assert_eq!(metric(Date::constant(2025, 6, 14)), "overall-accuracy-v3");
        assert_eq!(metric(Date::constant(2025, 8, 28)), "overall-accuracy-v4");
        assert_eq!(without_mode("GPT-4-1106-Preview (FC)"), "GPT-4-1106-Preview");
        assert_eq!(without_mode("Mistral-Medium-2505 (Prompt)"), "Mistral-Medium-2505");
        assert_eq!(without_mode("Nova Pro (v1)"), "Nova Pro (v1)");
        let scores: Vec<f64> =
            rows(&table, FOURTH_VERSION).expect("rows").iter().map(|row| row.score).collect();
        assert_eq!(scores, [84.28, 84.28]);
    }
}
