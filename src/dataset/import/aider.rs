//! Aider's code editing boards: YAML lists of runs in; pass rates with item counts and run dates out.
//!
//! Of several runs of one model (edit formats, repeats) the best stands, listed on the day of the first.

use super::draft::Draft;
use super::raw::{RawRoot, fault, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The board whose headline is the first try; the others count the second.
const FIRST_TRY_BOARD: &str = "aider-refactor";

#[derive(Deserialize)]
struct Run {
    model: String,
    date: Option<String>,
    test_cases: Option<u64>,
    pass_rate_1: Option<f64>,
    pass_rate_2: Option<f64>,
}

/// Reads every dated copy of a board.
pub(super) fn runs(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let benchmark = manifest.benchmarks.first().map_or("", |entry| entry.id.as_str());
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".yml")? {
        let runs: Vec<Run> = raw.yaml(&file)?;
        drafts.extend(best_runs(&file, runs, benchmark, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn best_runs(file: &str, runs: Vec<Run>, benchmark: &str, day: Date) -> Result<Vec<Draft>> {
    let mut best: BTreeMap<String, Draft> = BTreeMap::new();
    for run in runs {
        let rate = if benchmark == FIRST_TRY_BOARD { run.pass_rate_1 } else { run.pass_rate_2 };
        let Some(rate) = rate else { continue };
        let listed = run.date.as_deref().map(|text| {
            text.parse::<Date>()
                .map_err(|_| fault(file, format!("model `{}`: `{text}` is not a date", run.model)))
        });
        let draft = Draft::new(&run.model, benchmark, "pass-rate", rate, day);
        let draft = Draft { n: run.test_cases, listed: listed.transpose()?, ..draft };
        match best.get_mut(&run.model) {
            None => {
                best.insert(run.model, draft);
            }
            Some(other) => {
                let listed = [other.listed, draft.listed].into_iter().flatten().min();
                if draft.score > other.score {
                    *other = draft;
                }
                other.listed = listed;
            }
        }
    }
    Ok(best.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: &str = "\
- {model: a, date: 2024-05-04, test_cases: 89, pass_rate_1: 20.0, pass_rate_2: 40.0}
- {model: a, date: 2024-04-01, test_cases: 89, pass_rate_1: 30.0, pass_rate_2: 35.0}
- {model: b, date: 2024-05-04, test_cases: 89, pass_rate_1: 49.4}
";

    fn scores(benchmark: &str) -> Vec<(String, f64)> {
        let runs = serde_norway::from_str(RUNS).expect("YAML");
        let rows = best_runs("t.yml", runs, benchmark, Date::constant(2024, 6, 1)).expect("rows");
        assert_eq!(rows[0].listed, Some(Date::constant(2024, 4, 1)));
        rows.into_iter().map(|row| (row.name, row.score)).collect()
    }

    #[test]
    fn the_refactoring_board_counts_the_first_try_and_the_others_the_second() {
        assert_eq!(scores("aider-refactor"), [("a".to_owned(), 30.0), ("b".to_owned(), 49.4)]);
        assert_eq!(scores("aider-polyglot"), [("a".to_owned(), 40.0)]);
    }
}
