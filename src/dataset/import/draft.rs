//! Drafts: rows as the readers find them in; the tidy table `scores.csv`, named, sorted and without repeats, out.

use crate::dataset::Evaluation;
use crate::error::{Error, Result};
use crate::names::{ModelName, Names};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The columns of every tidy table of scores.
const COLUMNS: [&str; 13] = [
    "model",
    "name",
    "organisation",
    "benchmark",
    "metric",
    "score",
    "ci_low",
    "ci_high",
    "n",
    "evaluation",
    "type",
    "listed",
    "snapshot",
];

/// Columns of the tables whose source tells what a model was made from; they stand after the others.
const LINEAGE_COLUMNS: [&str; 3] = ["base", "architecture", "size"];

/// Half the width of a 95 % interval of a Normal, in standard errors.
const NORMAL_95: f64 = 1.96;

/// Scores are kept to this many steps a unit: the fourth decimal, finer than any source prints.
const STEPS_PER_UNIT: f64 = 1e4;

/// A row before its model is named.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// The model as printed.
    pub(super) name: String,
    /// What the model is named by, where the printed name says more: a mode, a host.
    pub(super) identified_by: Option<String>,
    /// The organisation as printed, where the source has one.
    pub(super) organisation: Option<String>,
    /// Benchmark id.
    pub(super) benchmark: String,
    /// Metric.
    pub(super) metric: String,
    /// In the metric's unit.
    pub(super) score: f64,
    /// 95 % interval.
    pub(super) ci: Option<(f64, f64)>,
    /// Items or votes.
    pub(super) n: Option<u64>,
    /// Who measured, where it differs from the data set.
    pub(super) evaluation: Option<Evaluation>,
    /// Kind of model, where the source tells.
    pub(super) kind: Option<&'static str>,
    /// First day on the board, where the source tells.
    pub(super) listed: Option<Date>,
    /// Day of the table.
    pub(super) snapshot: Date,
    /// What it was made from, as its uploader declares on the board.
    pub(super) base: Option<String>,
    /// Class of its architecture, as the board prints it. An architecture is not weights.
    pub(super) architecture: Option<String>,
    /// Parameters in billions, to a tenth, as the board prints them.
    pub(super) size: Option<String>,
}

impl Draft {
    /// A row with nothing but its score.
    pub(super) fn new(name: &str, benchmark: &str, metric: &str, score: f64, snapshot: Date) -> Self {
        Self {
            name: name.trim().to_owned(),
            identified_by: None,
            organisation: None,
            benchmark: benchmark.to_owned(),
            metric: metric.to_owned(),
            score,
            ci: None,
            n: None,
            evaluation: None,
            kind: None,
            listed: None,
            snapshot,
            base: None,
            architecture: None,
            size: None,
        }
    }

    /// The same with the 95 % interval that a standard error gives.
    pub(super) fn with_standard_error(self, standard_error: Option<f64>) -> Self {
        let half = standard_error.map(|se| NORMAL_95 * se);
        Self { ci: half.map(|half| (self.score - half, self.score + half)), ..self }
    }

    /// The same with an organisation as printed.
    pub(super) fn with_organisation(self, printed: &str) -> Self {
        Self { organisation: Some(printed.trim().to_owned()).filter(|o| !o.is_empty()), ..self }
    }
}

/// A written table and what is to be known of it.
pub(super) struct Tidy {
    /// The CSV.
    pub(super) bytes: Vec<u8>,
    /// Rows without the header.
    pub(super) rows: u64,
    /// Days of the snapshots.
    pub(super) days: BTreeSet<Date>,
}

/// Names, sorts and writes rows. Of rows alike in snapshot, benchmark, metric, printed name, kind and evaluation the
/// first in reading order stands: readers settle repeats by a rule of their own before.
///
/// # Errors
/// When a row cannot be written.
pub(super) fn tidy(table: &str, drafts: Vec<Draft>, names: &Names) -> Result<Tidy> {
    let mut known: BTreeMap<(String, Option<String>), ModelName> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut rows: Vec<(String, Option<String>, Draft)> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let what = (draft.snapshot, draft.benchmark.clone(), draft.metric.clone(), draft.name.clone());
        if draft.name.is_empty() || !seen.insert((what, draft.kind, draft.evaluation)) {
            continue;
        }
        let name = draft.identified_by.as_ref().unwrap_or(&draft.name);
        let key = (name.clone(), draft.organisation.clone());
        let model = known.entry(key).or_insert_with(|| names.canonical(name, draft.organisation.as_deref()));
        rows.push((model.id.clone(), model.organisation.clone(), draft));
    }
    rows.sort_by(|(a_id, _, a), (b_id, _, b)| {
        let board = |d: &Draft| (d.snapshot, d.benchmark.clone(), d.metric.clone());
        board(a)
            .cmp(&board(b))
            .then(b.score.total_cmp(&a.score))
            .then_with(|| (a_id, &a.name, a.evaluation).cmp(&(b_id, &b.name, b.evaluation)))
    });
    write(table, &rows)
}

fn write(table: &str, rows: &[(String, Option<String>, Draft)]) -> Result<Tidy> {
    let broken = |why: String| Error::Table {
        table: table.to_owned(),
        why,
        hint: "report this as a defect".to_owned(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let has_lineage = rows.iter().any(|(_, _, draft)| draft.base.is_some() || draft.architecture.is_some());
    let columns = COLUMNS.iter().chain(LINEAGE_COLUMNS.iter().filter(|_| has_lineage));
    writer.write_record(columns).map_err(|e| broken(e.to_string()))?;
    for (id, organisation, draft) in rows {
        let day = |date: Option<Date>| date.map_or_else(String::new, |d| d.to_string());
        let mut record = vec![
            id.clone(),
            draft.name.clone(),
            organisation.clone().unwrap_or_default(),
            draft.benchmark.clone(),
            draft.metric.clone(),
            shortest(draft.score),
            draft.ci.map_or_else(String::new, |(low, _)| shortest(low)),
            draft.ci.map_or_else(String::new, |(_, high)| shortest(high)),
            draft.n.map_or_else(String::new, |n| n.to_string()),
            evaluation_text(draft.evaluation).to_owned(),
            draft.kind.unwrap_or_default().to_owned(),
            day(draft.listed),
            draft.snapshot.to_string(),
        ];
        if has_lineage {
            let lineage = [&draft.base, &draft.architecture, &draft.size];
            record.extend(lineage.map(|cell| cell.clone().unwrap_or_default()));
        }
        writer.write_record(&record).map_err(|e| broken(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| broken(e.to_string()))?;
    Ok(Tidy {
        bytes,
        rows: rows.len() as u64,
        days: rows.iter().map(|(_, _, draft)| draft.snapshot).collect(),
    })
}

/// A number in its shortest form, to the fourth decimal.
pub(super) fn shortest(number: f64) -> String {
    let rounded = (number * STEPS_PER_UNIT).round() / STEPS_PER_UNIT;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

fn evaluation_text(evaluation: Option<Evaluation>) -> &'static str {
    match evaluation {
        None => "",
        Some(Evaluation::Independent) => "independent",
        Some(Evaluation::Crowd) => "crowd",
        Some(Evaluation::SelfReported) => "self-reported",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_shortest_and_never_as_minus_zero() {
        assert_eq!(shortest(0.346 * 100.0), "34.6");
        assert_eq!(shortest(1470.0), "1470");
        assert_eq!(shortest(-0.000_001), "0");
    }

    #[test]
    fn rows_are_sorted_and_of_repeats_the_first_stands() {
        let row = |name: &str, score| Draft::new(name, "b", "x", score, Date::constant(2024, 1, 1));
        let chat = Draft { kind: Some("chat"), ..row("A", 1.0) };
        let table = tidy("t.csv", vec![row("B", 1.0), row("A", 2.0), row("A", 3.0), chat], &Names::default())
            .expect("a table");
        let text = String::from_utf8(table.bytes).expect("UTF-8");
        let names: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
        assert_eq!((names, table.rows), (vec!["A", "A", "B"], 3));
        assert!(text.lines().nth(1).is_some_and(|line| line.contains(",2,")), "{text}");
    }

    #[test]
    fn lineage_has_columns_only_where_a_source_tells_it() {
        let row = |base: Option<&str>| Draft {
            base: base.map(str::to_owned),
            ..Draft::new("A", "b", "x", 1.0, Date::constant(2024, 1, 1))
        };
        let text = |draft| {
            let table = tidy("t.csv", vec![draft], &Names::default()).expect("a table");
            String::from_utf8(table.bytes).expect("UTF-8")
        };
        assert!(!text(row(None)).contains("base"));
        assert!(text(row(Some("qwen/Qwen2-7B"))).ends_with("2024-01-01,qwen/Qwen2-7B,,\n"));
    }

    #[test]
    fn a_standard_error_gives_its_interval() {
        let draft =
            Draft::new("m", "b", "x", 50.0, Date::constant(2024, 1, 1)).with_standard_error(Some(1.0));
        assert_eq!(draft.ci, Some((50.0 - 1.96, 50.0 + 1.96)));
    }
}
