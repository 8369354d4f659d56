//! llm-stats: a collection of makers' own figures, fractions and per cent, in; per cent, self-reported unless it says otherwise, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, file_date};
use crate::dataset::Evaluation;
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// Benchmark as the source names it, and its id here. Ratings and mean judge scores, which it scales in ways it does
/// not state, are left out.
const BENCHMARKS: [(&str, &str); 27] = [
    ("aime-2024", "aime-2024"),
    ("aime-2025", "aime-2025"),
    ("arc-c", "arc-challenge"),
    ("arc-agi-v2", "arc-agi-2"),
    ("arena-hard", "arena-hard"),
    ("bbh", "bbh"),
    ("big-bench-hard", "bbh"),
    ("drop", "drop"),
    ("gsm8k", "gsm8k"),
    ("hellaswag", "hellaswag"),
    ("humaneval", "human-eval"),
    ("humanity's-last-exam", "humanitys-last-exam"),
    ("ifeval", "ifeval"),
    ("livecodebench", "live-code-bench"),
    ("math", "math"),
    ("math-500", "math-500"),
    ("mbpp", "mbpp"),
    ("mgsm", "mgsm"),
    ("mmlu", "mmlu"),
    ("mmlu-pro", "mmlu-pro"),
    ("mmlu-redux", "mmlu-redux"),
    ("mmmu", "mmmu"),
    ("simpleqa", "simple-qa"),
    ("swe-bench-verified", "swe-bench-verified"),
    ("triviaqa", "trivia-qa"),
    ("truthfulqa", "truthful-qa"),
    ("winogrande", "winogrande"),
];

/// An address that stands for no source.
const NO_SOURCE: &str = "example.com";

/// Two numbers of one file are the same within the error of binary fractions.
const SAME: f64 = 1e-6;

/// Reads every dated copy.
pub(super) fn llm_stats(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".scores.csv")? {
        drafts.extend(rows(&raw.table(&file)?, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn rows(table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for row in table.rows().filter(|row| !row.get("source_link").contains(NO_SOURCE)) {
        let printed = row.need("benchmark_id")?;
        // Makers mean the Diamond subset by "GPQA" nearly always since 2024, but only some say so.
        let is_diamond = row.get("analysis_method").to_lowercase().contains("diamond");
        let benchmark = match printed {
            "gpqa" if is_diamond => "gpqa-diamond",
            "gpqa" => "gpqa",
            _ => match BENCHMARKS.iter().find(|(name, _)| *name == printed) {
                Some((_, id)) => id,
                None => continue,
            },
        };
        // The older copy has per cent for one benchmark and fractions for the rest; the normalised column settles it.
        let (printed, fraction) = (row.need_number("score")?, row.need_number("normalized_score")?);
        let agrees = |scale: f64| (printed - fraction * scale).abs() < SAME;
        if !(0.0..=1.0).contains(&fraction) || !(agrees(1.0) || agrees(100.0)) {
            return Err(
                row.fault("score", &format!("{printed} is neither {fraction} nor {fraction} in per cent"))
            );
        }
        let is_independent = row.get("is_self_reported").eq_ignore_ascii_case("false");
        let draft = Draft::new(row.need("model_id")?, benchmark, "accuracy", fraction * 100.0, day);
        drafts.push(Draft { evaluation: is_independent.then_some(Evaluation::Independent), ..draft });
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "model_id,benchmark_id,score,normalized_score,is_self_reported,analysis_method,source_link\n";

    fn rows_of(text: &str) -> Result<Vec<Draft>> {
        rows(
            &RawTable::parse("t.csv", &format!("{HEADER}{text}")).expect("a table"),
            Date::constant(2025, 10, 16),
        )
    }

    #[test]
    fn trap_12_fractions_become_per_cent_and_say_who_measured() {
        let rows =
            rows_of("m,mmlu,0.864,0.864,True,5-shot,https://a\nm,gpqa,50,0.5,False,Diamond,https://b\n")
                .expect("rows");
        assert_eq!((rows[0].score, rows[0].evaluation), (86.4, None));
        assert_eq!(
            (rows[1].benchmark.as_str(), rows[1].evaluation),
            ("gpqa-diamond", Some(Evaluation::Independent))
        );
    }

    #[test]
    fn rows_without_a_source_and_unknown_scales_are_left_out() {
        let rows =
            rows_of("m,mmlu,0.8,0.8,False,,https://example.com/x\nm,cfeval,2134,0.2134,True,,https://a\n")
                .expect("rows");
        assert!(rows.is_empty());
        assert!(rows_of("m,mmlu,86.4,86.4,True,,https://a\n").is_err());
    }
}
