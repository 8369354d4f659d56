//! Epoch AI's collection of others' figures (papers, model cards, leaderboards): tables of mixed units in; per cent,
//! each with who measured it, out.
//!
//! Of several figures of a model on a benchmark the one with the benchmark's usual number of shots stands, of those
//! the best; independent and self-reported figures stand beside each other.

use super::draft::Draft;
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::Evaluation;
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How a file of the collection is read.
struct External {
    /// End of the file name, after `external_benchmark_`.
    file: &'static str,
    /// Benchmark id.
    benchmark: &'static str,
    /// Column of the score.
    column: &'static str,
    /// Column of the standard error, if any.
    error: &'static str,
    /// The number of shots that papers usually report; empty when that is not a matter.
    shots: &'static str,
}

const fn external(
    file: &'static str,
    benchmark: &'static str,
    column: &'static str,
    shots: &'static str,
) -> External {
    External { file, benchmark, column, error: "", shots }
}

/// The files that are read. Left out: boards that are data sets of their own here, and scores that are not per cent.
const FILES: [External; 22] = [
    external("mmlu", "mmlu", "EM", "5"),
    external("gsm8k", "gsm8k", "EM", "8"),
    external("hellaswag", "hellaswag", "Overall accuracy", "10"),
    external("arc_ai2", "arc-challenge", "Challenge score", "25"),
    external("winogrande", "winogrande", "Accuracy", "5"),
    external("bbh", "bbh", "Average", "3"),
    external("boolq", "bool-q", "Score", "0"),
    external("piqa", "piqa", "Score", "0"),
    external("openbookqa", "openbookqa", "Accuracy", "0"),
    external("triviaqa", "trivia-qa", "EM", "5"),
    external("lambada", "lambada", "Score", "0"),
    external("superglue", "super-glue", "Score", ""),
    external("scienceqa", "science-qa", "Score", ""),
    external("arc_agi", "arc-agi", "Score", ""),
    external("simple_bench", "simple-bench", "Score (AVG@5)", ""),
    external("weirdml", "weird-ml", "Accuracy", ""),
    external("livebench", "live-bench", "Global average", ""),
    external("gso_bench", "gso", "Score OPT@1", ""),
    external("cybench", "cybench", "Unguided % Solved", ""),
    external("videomme", "video-mme", "Overall (no subtitles)", ""),
    External { error: "Average Standard error", ..external("balrog", "balrog", "Average progress", "") },
    External { error: "Accuracy SE", ..external("terminal_bench", "terminal-bench", "Accuracy mean", "") },
];

/// Reads the newest copy of each file.
pub(super) fn tables(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for external in &FILES {
        let file = raw.newest(&import.folder, &format!(".external_benchmark_{}.csv", external.file))?;
        drafts.extend(rows(&raw.table(&file)?, external, file_date(&file)?, names)?);
    }
    Ok(drafts)
}

fn rows(table: &RawTable, external: &External, day: Date, names: &Names) -> Result<Vec<Draft>> {
    table.column(&[external.column])?;
    let unit = plain_unit(table, external.column)?;
    let mut best: BTreeMap<(String, Evaluation), (bool, Draft)> = BTreeMap::new();
    for row in table.rows() {
        let name =
            Some(row.get("Model version")).filter(|version| !version.is_empty()).unwrap_or(row.get("Name"));
        let Some(score) = percent(&row, external.column, unit)?.filter(|_| !name.is_empty()) else {
            continue;
        };
        let evaluation = evaluation(&row, name, names);
        let shots = row.get("Shots").trim_end_matches("-shot");
        let error = if external.error.is_empty() { None } else { percent(&row, external.error, unit)? };
        let draft = Draft::new(name, external.benchmark, "accuracy", score, day).with_standard_error(error);
        let draft = Draft { evaluation: Some(evaluation), ..draft };
        let usual = shots == external.shots;
        let key = (name.to_owned(), evaluation);
        if best.get(&key).is_none_or(|(was, other)| (usual, draft.score) > (*was, other.score)) {
            best.insert(key, (usual, draft));
        }
    }
    Ok(best.into_values().map(|(_, draft)| draft).collect())
}

/// What a number without a per cent sign means in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlainUnit {
    Percent,
    Fraction,
}

/// Plain numbers are fractions when none of the file's is above 1: no board has all its scores below one per cent.
fn plain_unit(table: &RawTable, column: &str) -> Result<PlainUnit> {
    let mut top: f64 = 0.0;
    for row in table.rows().filter(|row| !row.get(column).ends_with('%')) {
        top = top.max(row.number(column)?.unwrap_or(0.0));
    }
    Ok(if top > 1.0 { PlainUnit::Percent } else { PlainUnit::Fraction })
}

/// A cell in per cent: "42%", 42 or 0.42 by the file's unit.
fn percent(row: &RawRow<'_>, column: &str, unit: PlainUnit) -> Result<Option<f64>> {
    if let Some(printed) = row.get(column).strip_suffix('%') {
        let number = printed.trim().parse();
        return number.map(Some).map_err(|_| row.fault(column, &format!("`{printed}` is not a percentage")));
    }
    let factor = if unit == PlainUnit::Fraction { 100.0 } else { 1.0 };
    Ok(row.number(column)?.map(|number| number * factor))
}

/// A figure from a report whose title or address names the model's own family or maker is the maker's own.
fn evaluation(row: &RawRow<'_>, name: &str, names: &Names) -> Evaluation {
    let source = format!("{} {}", row.get("Source"), row.get("Source link")).to_lowercase();
    let words: Vec<&str> = source.split(|c: char| !c.is_alphanumeric()).collect();
    let model = names.canonical(name, None);
    let own = |id: &str| {
        let parts: Vec<&str> = id.split('-').collect();
        words
            .windows(parts.len())
            .any(|window| window.iter().zip(&parts).all(|(word, part)| starts_alike(word, part)))
    };
    let is_own = [&model.family, &model.organisation].into_iter().flatten().any(|id| own(id));
    if is_own { Evaluation::SelfReported } else { Evaluation::Independent }
}

/// "qwen2" begins like "qwen", "falcon2" like "falcon"; "google" is not "go".
fn starts_alike(word: &str, part: &str) -> bool {
    word.strip_prefix(part).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> RawTable {
        RawTable::parse("t.csv", text).expect("a table")
    }

    fn scores(text: &str) -> Vec<f64> {
        let table = table(text);
        let unit = plain_unit(&table, "EM").expect("a unit");
        table.rows().filter_map(|row| percent(&row, "EM", unit).expect("a score")).collect()
    }

    #[test]
    fn trap_6_mixed_units_all_become_per_cent() {
        assert_eq!(scores("EM\n42%\n0.5\n"), [42.0, 50.0]);
        assert_eq!(scores("EM\n88.000\n0.5\n"), [88.0, 0.5]);
        assert_eq!(scores("EM\n0.4%\n71.8%\n"), [0.4, 71.8]);
    }

    #[test]
    fn a_family_with_its_version_glued_on_is_still_the_family() {
        assert!(starts_alike("qwen2", "qwen") && starts_alike("qwen", "qwen"));
        assert!(!starts_alike("google", "go") && !starts_alike("yields", "yi"));
    }
}
