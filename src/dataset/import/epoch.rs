//! Epoch AI's benchmark hub: its own runs with standard errors, and the Epoch Capabilities Index, in; scores out.

use super::draft::Draft;
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Task as the hub prints it (without case), benchmark id, items. The two public problems of FrontierMath's fourth tier
/// are left out: they rank nothing.
const TASKS: [(&str, &str, Option<u64>); 7] = [
    ("gpqa diamond", "gpqa-diamond", Some(198)),
    ("math level 5", "math-level-5", Some(1324)),
    ("otis mock aime 2024-2025", "otis-mock-aime", Some(45)),
    ("frontiermath-2025-02-28-private", "frontier-math", Some(290)),
    ("frontiermath-2025-02-28-public", "frontier-math-public", Some(10)),
    ("frontiermath-tier-4-2025-07-01-private", "frontier-math-tier-4", Some(48)),
    ("swe-bench verified", "swe-bench-verified", Some(484)),
];

/// Standard errors and means are printed to two decimals of a fraction: half a step of them.
const HALF_STEP: f64 = 0.005;

/// Reads every dated copy of the hub's own runs.
pub(super) fn runs(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".benchmarks_runs.csv")? {
        drafts.extend(run_rows(&raw.table(&file)?, file_date(&file)?)?);
    }
    Ok(drafts)
}

/// The runs of one copy. Of several runs of a model on a task the best stands, listed on the day of the first.
fn run_rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let score = table.column(&["best_score", "Best score (across scorers)"])?;
    let scores = table.column(&["scores", "Scores"])?;
    let mut best: BTreeMap<(&str, &str), Draft> = BTreeMap::new();
    for row in table.rows() {
        let task = row.need("task")?.to_lowercase();
        let Some((_, benchmark, items)) = TASKS.iter().find(|(printed, _, _)| *printed == task) else {
            continue;
        };
        let failed = !matches!(row.get("status"), "" | "Success");
        let Some(fraction) = row.number(score)?.filter(|_| !failed) else { continue };
        let error = standard_error(row.get(scores), fraction).map(|se| se * 100.0);
        let model = row.need("model")?;
        let draft =
            Draft::new(model, benchmark, "accuracy", fraction * 100.0, day).with_standard_error(error);
        let draft = Draft { n: *items, listed: started(&row)?, ..draft };
        let key = (*benchmark, model);
        match best.remove(&key) {
            Some(other) => {
                let listed = [other.listed, draft.listed].into_iter().flatten().min();
                let winner = if draft.score > other.score { draft } else { other };
                best.insert(key, Draft { listed, ..winner });
            }
            None => {
                best.insert(key, draft);
            }
        }
    }
    Ok(best.into_values().collect())
}

/// "choice:0.85±0.02, other:0.10±0.01": the error of the scorer whose mean is the score. One printed as 0.00 tells
/// nothing (none of two problems solved is not certainty): the items must do.
fn standard_error(printed: &str, score: f64) -> Option<f64> {
    let parts = printed.split([',', ';', '\n']).filter_map(|part| {
        let (mean, error) = part.rsplit(':').next()?.split_once('±')?;
        Some((mean.trim().parse::<f64>().ok()?, error.trim().parse::<f64>().ok()?))
    });
    let distance = |mean: f64| (mean - score).abs();
    let (mean, error) = parts.min_by(|a, b| distance(a.0).total_cmp(&distance(b.0)))?;
    (distance(mean) <= 2.0 * HALF_STEP && error > 0.0).then_some(error)
}

/// "17 November 2025 4:28pm", or nothing in the copies that do not say.
fn started(row: &RawRow<'_>) -> Result<Option<Date>> {
    let printed = row.get("started_at");
    if printed.is_empty() {
        return Ok(None);
    }
    let words: Vec<&str> = printed.split_whitespace().take(3).collect();
    let day = Date::strptime("%d %B %Y", words.join(" "));
    day.map(Some).map_err(|_| {
        row.fault("started_at", &format!("`{printed}` does not begin with a day, month and year"))
    })
}

/// Reads the Epoch Capabilities Index; a model is listed from its release.
pub(super) fn index(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let file = raw.newest(&import.folder, ".eci-index.csv")?;
    index_rows(&raw.table(&file)?, file_date(&file)?)
}

fn index_rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows() {
        if let Some(score) = row.number("eci_score")? {
            // The fullest form of the name tells the version and the thinking effort.
            let draft =
                Draft::new(row.need("model_version")?, "epoch-capabilities-index", "index", score, day);
            let draft = draft.with_organisation(row.get("organization"));
            drafts.push(Draft { listed: row.date("release_date")?, ..draft });
        }
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = Date::constant(2025, 11, 26);

    fn runs_of(rows: &str) -> Vec<Draft> {
        let text = format!("task,model,best_score,scores,started_at,status\n{rows}");
        run_rows(&RawTable::parse("t.csv", &text).expect("a table"), DAY).expect("rows")
    }

    #[test]
    fn fractions_become_per_cent_with_their_standard_error() {
        let rows =
            runs_of("GPQA diamond,gpt-5.1_medium,0.850,choice:0.85±0.02,17 November 2025 4:28pm,Success\n");
        assert_eq!((rows[0].score, rows[0].n), (85.0, Some(198)));
        assert_eq!(rows[0].listed, Some(Date::constant(2025, 11, 17)));
        let (low, high) = rows[0].ci.expect("an interval");
        assert!((low - 81.08).abs() < 1e-9 && (high - 88.92).abs() < 1e-9);
    }

    #[test]
    fn an_error_printed_as_zero_is_not_certainty() {
        assert_eq!(standard_error("choice:0.97±0.00", 0.97), None);
        assert_eq!(standard_error("choice:0.20±0.01", 0.97), None);
        assert_eq!(standard_error("a:0.20±0.01, b:0.97±0.02", 0.97), Some(0.02));
        assert_eq!(standard_error("", 0.5), None);
    }

    #[test]
    fn failed_runs_are_left_out_and_of_several_the_best_stands_from_the_first_day() {
        let rows = runs_of(
            "GPQA diamond,a,0.5,x:0.5±0.03,1 May 2025 1:00pm,Success\nGPQA diamond,a,0.6,x:0.6±0.03,1 June 2025 1:00pm,Success\n\
             GPQA diamond,b,0.9,x:0.9±0.03,1 June 2025 1:00pm,Error\n",
        );
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].score, rows[0].listed), (60.0, Some(Date::constant(2025, 5, 1))));
    }

    #[test]
    fn versions_without_an_index_are_left_out() {
        let text =
            "model_version,eci_score,release_date,organization\na_low,,2025-01-01,O\na,140.5,2025-01-01,O\n";
        let rows = index_rows(&RawTable::parse("t.csv", text).expect("a table"), DAY).expect("rows");
        assert_eq!((rows.len(), rows[0].listed), (1, Some(Date::constant(2025, 1, 1))));
    }
}
