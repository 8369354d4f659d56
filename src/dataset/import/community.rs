//! The community table of 2023 (papers, model cards, Arena): fractions in; per cent, and Arena Elo, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::Evaluation;
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// Column, benchmark id, metric. Shots are part of the metric: zero-shot and few-shot figures do not compare.
const COLUMNS: [(&str, &str, &str); 13] = [
    ("HellaSwag (few-shot)", "hellaswag", "accuracy"),
    ("HellaSwag (zero-shot)", "hellaswag", "accuracy-zero-shot"),
    ("HellaSwag (one-shot)", "hellaswag", "accuracy-one-shot"),
    ("HumanEval-Python (pass@1)", "human-eval", "pass-at-1"),
    ("LAMBADA (zero-shot)", "lambada", "accuracy-zero-shot"),
    ("LAMBADA (one-shot)", "lambada", "accuracy-one-shot"),
    ("MMLU (zero-shot)", "mmlu", "accuracy-zero-shot"),
    ("MMLU (few-shot)", "mmlu", "accuracy"),
    ("TriviaQA (zero-shot)", "trivia-qa", "accuracy-zero-shot"),
    ("TriviaQA (one-shot)", "trivia-qa", "accuracy-one-shot"),
    ("WinoGrande (zero-shot)", "winogrande", "accuracy-zero-shot"),
    ("WinoGrande (one-shot)", "winogrande", "accuracy-one-shot"),
    ("WinoGrande (few-shot)", "winogrande", "accuracy"),
];

/// The Arena's column: votes, not papers.
const ARENA: &str = "Chatbot Arena Elo";

/// Reads every dated copy.
pub(super) fn tables(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        drafts.extend(rows(&raw.table(&file)?, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows() {
        let name = row.need("Model Name")?;
        let draft = |benchmark: &str, metric: &str, score: f64| {
            Draft::new(name, benchmark, metric, score, day).with_organisation(row.get("Publisher"))
        };
        if let Some(elo) = row.number(ARENA)? {
            let rating = draft("chatbot-arena", "rating", elo);
            drafts.push(Draft { evaluation: Some(Evaluation::Crowd), ..rating });
        }
        for (column, benchmark, metric) in COLUMNS {
            if let Some(fraction) = row.number(column)? {
                if !(0.0..=1.0).contains(&fraction) {
                    return Err(row.fault(column, &format!("{fraction} is not a fraction")));
                }
                drafts.push(draft(benchmark, metric, fraction * 100.0));
            }
        }
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(text: &str) -> Result<Vec<Draft>> {
        rows(&RawTable::parse("t.csv", text).expect("a table"), Date::constant(2023, 8, 25))
    }

    #[test]
    fn fractions_become_per_cent_and_votes_stay_votes() {
        let rows =
            rows_of("Model Name,Publisher,Chatbot Arena Elo,MMLU (few-shot)\ngpt-4,OpenAI,1206,0.864\n")
                .expect("rows");
        assert_eq!((rows[0].score, rows[0].evaluation), (1206.0, Some(Evaluation::Crowd)));
        assert_eq!((rows[1].score, rows[1].evaluation), (86.4, None));
    }

    #[test]
    fn a_percentage_among_fractions_is_an_error() {
        assert!(rows_of("Model Name,Publisher,MMLU (few-shot)\ngpt-4,OpenAI,86.4\n").is_err());
    }
}
