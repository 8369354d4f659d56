//! ZeroEval: summaries by task in; zero-shot accuracy with item counts out.
//!
//! A model served by several hosts (`Llama-3.1-405B@sambanova`) is one model; the rows keep their printed names.

use super::draft::Draft;
use super::raw::{RawRoot, fault, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use serde::Deserialize;

/// File suffix and benchmark id.
const TASKS: [(&str, &str); 5] = [
    (".gsm.summary.json", "gsm8k"),
    (".crux.summary.json", "cruxeval"),
    (".math-l5.summary.json", "math-level-5"),
    (".mmlu-redux.summary.json", "mmlu-redux"),
    (".zebra-grid.summary.json", "zebra-logic"),
];

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "Model")]
    model: String,
    #[serde(rename = "Acc", alias = "Puzzle Acc")]
    accuracy: String,
    #[serde(rename = "Total", alias = "Total Puzzles")]
    total: Option<u64>,
}

/// Reads the newest copy of each task.
pub(super) fn summaries(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (suffix, benchmark) in TASKS {
        let file = raw.newest(&import.folder, suffix)?;
        let rows: Vec<Row> = raw.json(&file)?;
        drafts.extend(task_rows(&file, &rows, benchmark, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn task_rows(file: &str, rows: &[Row], benchmark: &str, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in rows {
        let score = row.accuracy.parse();
        let score = score
            .map_err(|_| fault(file, format!("model `{}`: `{}` is no number", row.model, row.accuracy)))?;
        let name = row.model.split('@').next().unwrap_or_default();
        let draft = Draft::new(&row.model, benchmark, "accuracy", score, day);
        drafts.push(Draft { n: row.total, identified_by: Some(name.to_owned()), ..draft });
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_text_and_the_host_is_not_part_of_the_name() {
        let text = r#"[{"Model": "m@two", "Acc": "95.00", "Total": 1319}, {"Model": "m@one", "Acc": "95.98", "Total": 1319}]"#;
        let rows: Vec<Row> = serde_json::from_str(text).expect("JSON");
        let drafts = task_rows("t.json", &rows, "gsm8k", Date::constant(2024, 11, 5)).expect("rows");
        assert!(drafts.iter().all(|draft| draft.identified_by.as_deref() == Some("m")));
        assert_eq!((drafts[1].name.as_str(), drafts[1].score, drafts[1].n), ("m@one", 95.98, Some(1319)));
    }
}
