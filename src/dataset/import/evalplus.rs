//! EvalPlus: dated JSON objects by model in; pass rates on four code benchmarks out.

use super::draft::Draft;
use super::raw::{RawRoot, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Key in the file, benchmark id, items.
const BENCHMARKS: [(&str, &str, u64); 4] = [
    ("humaneval", "human-eval", 164),
    ("humaneval+", "human-eval-plus", 164),
    ("mbpp", "mbpp", 378),
    ("mbpp+", "mbpp-plus", 378),
];

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "pass@1", default)]
    pass_at_1: BTreeMap<String, Option<f64>>,
    /// Until April 2024 the plain and the extended test sets stood apart.
    #[serde(rename = "pass@1_base", default)]
    base: BTreeMap<String, Option<f64>>,
    #[serde(rename = "pass@1_plus", default)]
    plus: BTreeMap<String, Option<f64>>,
    prompted: Option<bool>,
}

impl Entry {
    /// The first form had MBPP with 399 tasks, another set than the 378 since: only its HumanEval is read.
    fn score(&self, key: &str) -> Option<f64> {
        let first_form = match key {
            "humaneval" => self.base.get(key),
            "humaneval+" => self.plus.get("humaneval"),
            _ => None,
        };
        self.pass_at_1.get(key).or(first_form).copied().flatten()
    }
}

/// Reads every dated copy.
pub(super) fn boards(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".json")? {
        drafts.extend(rows(&raw.json(&file)?, file_date(&file)?));
    }
    Ok(drafts)
}

fn rows(board: &BTreeMap<String, Entry>, day: Date) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (name, entry) in board {
        // The board asks instruction-tuned models in a chat template ("prompted") and completes with the others.
        let kind = entry.prompted.and_then(|prompted| prompted.then_some("chat"));
        for (key, benchmark, items) in BENCHMARKS {
            if let Some(score) = entry.score(key) {
                let draft = Draft::new(name, benchmark, "pass-at-1", score, day);
                drafts.push(Draft { n: Some(items), kind, ..draft });
            }
        }
    }
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_form_keeps_plain_and_extended_tests_apart_and_its_mbpp_is_another_set() {
        let text = r#"{"m": {"pass@1_base": {"humaneval": 56.1, "mbpp": 52.9}, "pass@1_plus": {"humaneval": 51.8}, "prompted": true}}"#;
        let rows = rows(&serde_json::from_str(text).expect("JSON"), Date::constant(2024, 3, 31));
        let scores: Vec<(&str, f64)> = rows.iter().map(|row| (row.benchmark.as_str(), row.score)).collect();
        assert_eq!(scores, [("human-eval", 56.1), ("human-eval-plus", 51.8)]);
    }

    #[test]
    fn a_benchmark_that_was_not_run_is_no_zero() {
        let text = r#"{"m": {"pass@1": {"humaneval": 81.7, "mbpp": null}, "prompted": true, "size": null}}"#;
        let rows = rows(&serde_json::from_str(text).expect("JSON"), Date::constant(2024, 12, 26));
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].score, rows[0].n, rows[0].kind), (81.7, Some(164), Some("chat")));
    }
}
