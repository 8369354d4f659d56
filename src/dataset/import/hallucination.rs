//! Vectara's hallucination board: dated tables in; hallucination rates, one metric a judge and document set, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// The judging model was replaced in August 2024: the first stored table after it.
const SECOND_JUDGE: Date = Date::constant(2024, 8, 1);

/// The documents were replaced in November 2025.
const SECOND_DOCUMENTS: Date = Date::constant(2025, 11, 1);

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
        day if day < SECOND_JUDGE => "hallucination-rate-1",
        day if day < SECOND_DOCUMENTS => "hallucination-rate-2",
        _ => "hallucination-rate-3",
    };
    table
        .rows()
        .map(|row| {
            let printed = row.need("Hallucination Rate")?;
            let rate = printed.trim_end_matches('%').trim().parse();
            let rate = rate
                .map_err(|_| row.fault("Hallucination Rate", &format!("`{printed}` is not a percentage")))?;
            Ok(Draft::new(row.need("Model")?, "vectara-hallucination", metric, rate, day))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trap_13_a_change_of_judge_or_documents_is_another_metric() {
        let table =
            RawTable::parse("t.csv", "Model,Hallucination Rate\nGPT 4,3.0 %\nXAI-2,1.9\n").expect("a table");
        let metric = |day| rows(&table, day).expect("rows")[0].metric.clone();
        assert_eq!(metric(Date::constant(2024, 7, 26)), "hallucination-rate-1");
        assert_eq!(metric(Date::constant(2025, 10, 16)), "hallucination-rate-2");
        assert_eq!(metric(Date::constant(2025, 11, 24)), "hallucination-rate-3");
        assert_eq!(rows(&table, SECOND_JUDGE).expect("rows")[1].score, 1.9);
    }
}
