//! Open LLM Leaderboard, second version: its last full table and monthly copies in; scores of six tasks, raw and
//! normalised, the board's average, and the day each model was first on the board, out.
//!
//! Of several rows of one name (precisions, chat template or not) the one with the best average stands, as readers
//! of the board quote it.

use super::draft::Draft;
use super::open_llm::{architecture, kind_of, origin, size};
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Benchmark id, column prefix in the full table, and whether the board rescales it so that guessing is 0.
const TASKS: [(&str, &str, bool); 6] = [
    ("ifeval", "evaluations_ifeval", false),
    ("bbh", "evaluations_bbh", true),
    ("math-level-5", "evaluations_math", false),
    ("gpqa", "evaluations_gpqa", true),
    ("musr", "evaluations_musr", true),
    ("mmlu-pro", "evaluations_mmlu_pro", true),
];

/// The board's own id.
const BOARD: &str = "open-llm-leaderboard-2";

/// Reads the full table and, for first appearances, the monthly copies.
pub(super) fn board(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Vec<Draft>> {
    let mut files = raw.files(&import.folder, ".csv")?;
    files.retain(|file| !file.ends_with(".compact.csv"));
    let mut seen = BTreeMap::new();
    for file in raw.files(&import.folder, ".compact.csv")? {
        let day = file_date(&file)?;
        for row in raw.table(&file)?.rows() {
            seen.entry(row.need("model")?.to_owned()).or_insert(day);
        }
    }
    let Some(file) = files.pop() else { return Ok(Vec::new()) };
    rows(&raw.table(&file)?, file_date(&file)?, &seen, names)
}

fn rows(table: &RawTable, day: Date, seen: &BTreeMap<String, Date>, names: &Names) -> Result<Vec<Draft>> {
    let mut best: BTreeMap<&str, (f64, RawRow<'_>)> = BTreeMap::new();
    let mut listed: BTreeMap<&str, Date> = BTreeMap::new();
    for row in table.rows() {
        let name = row.need("model_name")?;
        let days =
            [seen.get(name).copied(), row.date("metadata_submission_date")?, listed.get(name).copied()];
        if let Some(first) = days.into_iter().flatten().min() {
            listed.insert(name, first);
        }
        let average = row.need_number("model_average_score")?;
        if best.get(name).is_none_or(|(top, _)| average > *top) {
            best.insert(name, (average, row));
        }
    }
    let mut drafts = Vec::new();
    for (name, (average, row)) in best {
        let kind = kind_of(row.get("model_type"), origin(name, &names.canonical(name, None), names));
        let mut scores = score_rows(name, &row, day)?;
        scores.push(Draft::new(name, BOARD, "average", average, day));
        drafts.extend(scores.into_iter().map(|draft| Draft {
            kind,
            listed: listed.get(name).copied(),
            base: declared_base(name, row.get("metadata_base_model")),
            architecture: architecture(row.get("model_architecture")),
            size: size(row.get("metadata_params_billions")),
            ..draft
        }));
    }
    Ok(drafts)
}

/// The base model that the uploader declared: "Removed" stands for none, and a model is not its own base.
fn declared_base(name: &str, cell: &str) -> Option<String> {
    (!matches!(cell, "" | "Removed") && cell != name).then(|| cell.to_owned())
}

fn score_rows(name: &str, row: &RawRow<'_>, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (benchmark, prefix, is_rescaled) in TASKS {
        // The raw value is a fraction, the normalised one per cent.
        let raw = row.need_number(&format!("{prefix}_value"))? * 100.0;
        drafts.push(Draft::new(name, benchmark, "accuracy", raw, day));
        if is_rescaled {
            let normalised = row.need_number(&format!("{prefix}_normalized_score"))?;
            drafts.push(Draft::new(name, benchmark, "normalised", normalised, day));
        }
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_not_its_own_base() {
        assert_eq!(declared_base("a/b", "Qwen/Qwen2-7B").as_deref(), Some("Qwen/Qwen2-7B"));
        assert_eq!((declared_base("a/b", "a/b"), declared_base("a/b", "Removed")), (None, None));
    }

    #[test]
    fn raw_fractions_become_per_cent_and_stand_apart_from_normalised_scores() {
        let mut header = "model_name".to_owned();
        let mut cells = "a/b".to_owned();
        for (_, prefix, _) in TASKS {
            header.push_str(&format!(",{prefix}_value,{prefix}_normalized_score"));
            cells.push_str(",0.5,33.3");
        }
        let table = RawTable::parse("t.csv", &format!("{header}\n{cells}\n")).expect("a table");
        let row = table.rows().next().expect("a row");
        let rows = score_rows("a/b", &row, Date::constant(2025, 3, 21)).expect("scores");
        let score = |id: &str, metric: &str| rows.iter().find(|r| r.benchmark == id && r.metric == metric);
        assert_eq!(score("mmlu-pro", "accuracy").map(|r| r.score), Some(50.0));
        assert_eq!(score("mmlu-pro", "normalised").map(|r| r.score), Some(33.3));
        assert!(score("ifeval", "normalised").is_none());
    }
}
