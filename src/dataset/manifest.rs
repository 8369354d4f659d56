//! Manifests: the text of a `dataset.toml` in; a checked record of what a data set is, and its boards, out.
//!
//! A manifest is written by hand. What the importer measures (rows, days, hashes) stands apart in `lock.toml`.

use super::board::{BoardHead, Coverage, Direction};
use super::columns::Columns;
pub use super::lock::{Lock, Locked, RawFile};
use super::source::Source;
use crate::dataset::Evaluation;
use crate::error::{Error, Result};
use crate::reported::Unit;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a data set is, who made it, under which licence, what it measures and how far it can be trusted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Id; the name of its folder.
    pub id: String,
    /// Title for readers.
    pub title: String,
    /// Address of the original.
    pub source_url: String,
    /// Repository that the raw files were read from, as owner/name.
    pub repository: String,
    /// SPDX expression of the licence, or "unknown".
    pub licence: String,
    /// What is to be known about the licence beyond its name.
    #[serde(default)]
    pub licence_note: String,
    /// How the source is to be credited.
    pub attribution: String,
    /// What the rows are about: which models, chosen by whom.
    pub population: String,
    /// How often the source changes, in words.
    pub cadence: String,
    /// How the source states uncertainty.
    pub uncertainty: GivenUncertainty,
    /// Who measured, where a row does not say otherwise.
    pub evaluation: Evaluation,
    /// How much of the field it lists.
    #[serde(default = "full_coverage")]
    pub coverage: Coverage,
    /// How the table holds its past.
    #[serde(default)]
    pub history: History,
    /// Whether it ships.
    pub decision: Decision,
    /// Why it ships, or why not.
    pub reason: String,
    /// Known faults of the source and what the importer does about each.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// The boards, the headline metric of each benchmark first.
    #[serde(default, rename = "benchmark")]
    pub benchmarks: Vec<BenchmarkEntry>,
    /// The tidy table; absent when nothing ships.
    #[serde(default)]
    pub table: Option<TableEntry>,
    /// How the raw files are read; absent when nothing ships, and for tables kept by hand.
    #[serde(default)]
    pub import: Option<ImportEntry>,
    /// Where a new snapshot is fetched from: every body that its reader needs. None: the source is closed or scattered.
    #[serde(default)]
    pub refresh: Vec<Source>,
}

/// How a source states uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GivenUncertainty {
    /// A 95 % interval.
    Ci95,
    /// A standard error.
    StandardError,
    /// The number of items of a proportion.
    Items,
    /// Not at all.
    None,
}

/// How a table holds its past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum History {
    /// Each snapshot is the whole board.
    #[default]
    Snapshots,
    /// Rows add up; each says when it was first listed, where the source tells.
    Cumulative,
}

/// Whether a data set ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// In tidy form, with the program.
    Shipped,
    /// Known here, fetched by the user: the licence does not let us pass it on, or is not stated.
    Registered,
    /// Not used: the numbers cannot be relied on for what they would be asked.
    Refused,
}

/// A known fault of a source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What is wrong with it.
    pub fault: String,
    /// What the importer does about it.
    pub repair: String,
}

/// One benchmark and metric of a data set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenchmarkEntry {
    /// Benchmark id.
    pub id: String,
    /// Metric, as the table's `metric` column has it.
    pub metric: String,
    /// Unit of the scores.
    pub unit: Unit,
    /// Whether a larger score is a better one.
    pub higher_is_better: bool,
    /// How far two honest runs of one model may differ by protocol, in `unit`.
    pub tolerance: f64,
    /// Why that much.
    pub tolerance_reason: String,
    /// Differences below this are equivalence, in `unit`.
    pub margin: f64,
    /// Why that much.
    pub margin_reason: String,
    /// Items of the benchmark, where its scores are proportions of items.
    #[serde(default)]
    pub items: Option<u64>,
    /// Benchmark family: one vote each when benchmarks are pooled.
    pub family: String,
    /// Whether it is an average of benchmarks that are boards of their own here.
    #[serde(default)]
    pub composite: bool,
    /// First day on which the source showed this metric as its headline, where that changed.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last such day.
    #[serde(default)]
    pub until: Option<Date>,
    /// What else a reader of the number must know.
    #[serde(default)]
    pub note: String,
}

/// The tidy table of a data set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// What its rows are.
    pub kind: TableKind,
    /// File name inside the data set's folder.
    pub file: String,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// A score of a model on a benchmark at a date.
    Scores,
    /// What is known of a model.
    Models,
    /// How much of something was used in a period, by model, maker or country.
    Usage,
    /// What somebody said of a number that no board measures; compiled by hand, not imported.
    Statements,
}

/// How the raw files are read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportEntry {
    /// Name of the reader.
    pub format: String,
    /// Folder of the raw files, below the raw root.
    pub folder: String,
    /// A second raw folder that the reader consults, such as dated copies that tell first appearances.
    #[serde(default)]
    pub also: Option<String>,
    /// Which column holds what, for the readers that are told so.
    #[serde(default)]
    pub columns: Option<Columns>,
}

fn full_coverage() -> Coverage {
    Coverage::Full
}

impl Manifest {
    /// Reads a manifest; `name` is its path in the store, `<id>/dataset.toml`.
    ///
    /// # Errors
    /// When the text is not TOML of this shape, or a value cannot be: the error names the file and the key.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let broken = |why: String| Error::Manifest { manifest: name.to_owned(), why };
        let manifest: Self = toml::from_str(text).map_err(|e| broken(e.to_string()))?;
        manifest.fault_in(name).map_or(Ok(()), |why| Err(broken(why)))?;
        Ok(manifest)
    }

    /// The first thing that cannot be, with its key.
    fn fault_in(&self, name: &str) -> Option<String> {
        let folder = name.rsplit('/').nth(1);
        if folder.is_some_and(|folder| folder != self.id) {
            return Some(format!("key `id`: `{}` is not the name of its folder", self.id));
        }
        let required = [
            ("title", &self.title),
            ("licence", &self.licence),
            ("attribution", &self.attribution),
            ("population", &self.population),
            ("reason", &self.reason),
        ];
        if let Some((key, _)) = required.iter().find(|(_, value)| value.trim().is_empty()) {
            return Some(format!("key `{key}` is empty"));
        }
        if !self.source_url.starts_with("https://") {
            return Some(format!("key `source_url`: `{}` is not an https address", self.source_url));
        }
        if let Some(why) = self.may_not_be_used() {
            return Some(why);
        }
        match &self.table {
            None if self.decision == Decision::Shipped => {
                return Some("key `table` is needed for a shipped data set".to_owned());
            }
            Some(table) if self.import.is_none() && table.kind != TableKind::Statements => {
                return Some("key `import` is needed for a table that is not kept by hand".to_owned());
            }
            Some(_) if self.is_scores() && self.benchmarks.is_empty() => {
                return Some("key `benchmark`: a table of scores needs at least one".to_owned());
            }
            _ => {}
        }
        let columns = self.import.as_ref().and_then(|import| import.columns.as_ref());
        if let Some(why) = columns.and_then(Columns::fault_in) {
            return Some(format!("key `import.columns`: {why}"));
        }
        let kind = self.table.as_ref().map(|table| table.kind);
        let can_be_added_to = matches!(kind, Some(TableKind::Scores | TableKind::Models));
        if !self.refresh.is_empty() && (!can_be_added_to || self.import.is_none()) {
            return Some("key `refresh`: needs a `table` of scores or models and an `import`".to_owned());
        }
        if !self.refresh.is_empty() && !self.table_file().ends_with(".csv") {
            return Some("key `refresh`: needs a table kept as CSV, which is added to row by row".to_owned());
        }
        if let Some(why) = self.refresh.iter().find_map(Source::fault_in) {
            return Some(format!("key `refresh`: {why}"));
        }
        let mut seen = BTreeSet::new();
        self.benchmarks.iter().find_map(|entry| {
            let again = !seen.insert((&entry.id, &entry.metric));
            let why = if again { Some("stands twice".to_owned()) } else { entry.fault_in() };
            why.map(|why| format!("key `benchmark` {} {}: {why}", entry.id, entry.metric))
        })
    }

    /// Whether the data set's table holds scores.
    #[must_use]
    pub fn is_scores(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.kind == TableKind::Scores)
    }

    /// Name of the tidy table's file inside the data set's folder.
    #[must_use]
    pub fn table_file(&self) -> &str {
        self.table.as_ref().map_or("scores.csv", |table| table.file.as_str())
    }

    /// Whether a table of it is here: shipped, or registered and fetched by the user.
    #[must_use]
    pub fn is_held(&self, lock: &Lock) -> bool {
        match self.decision {
            Decision::Shipped => true,
            Decision::Registered => lock.datasets.contains_key(&self.id),
            Decision::Refused => false,
        }
    }

    /// The boards of a table of scores that is here; none of any other data set.
    #[must_use]
    pub fn heads(&self, lock: &Lock) -> Vec<BoardHead> {
        if !self.is_held(lock) || !self.is_scores() {
            return Vec::new();
        }
        self.benchmarks.iter().map(|entry| self.head(entry, lock)).collect()
    }

    fn head(&self, entry: &BenchmarkEntry, lock: &Lock) -> BoardHead {
        let direction =
            if entry.higher_is_better { Direction::HigherIsBetter } else { Direction::LowerIsBetter };
        let locked = lock.datasets.get(&self.id);
        BoardHead {
            place: 0,
            dataset: self.id.clone(),
            title: self.title.clone(),
            benchmark: entry.id.clone(),
            name: entry.id.clone(),
            family: entry.family.clone(),
            metric: entry.metric.clone(),
            unit: entry.unit,
            direction,
            tolerance: entry.tolerance,
            margin: entry.margin,
            items: entry.items,
            evaluation: self.evaluation,
            coverage: self.coverage,
            composite: entry.composite,
            from: entry.from,
            until: entry.until,
            first: locked.map_or(Date::MIN, |locked| locked.first),
            last: locked.map_or(Date::MAX, |locked| locked.last),
            url: self.source_url.clone(),
            sha256: lock.sha256(&self.id).to_owned(),
        }
    }

    /// The entry of a benchmark and metric.
    #[must_use]
    pub fn benchmark(&self, id: &str, metric: &str) -> Option<&BenchmarkEntry> {
        self.benchmarks.iter().find(|entry| entry.id == id && entry.metric == metric)
    }
}

impl BenchmarkEntry {
    fn fault_in(&self) -> Option<String> {
        let is_id =
            |id: &str| !id.is_empty() && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        let is_width = |width: f64| width.is_finite() && width >= 0.0;
        match self {
            _ if !is_id(&self.id) => Some("key `id` is not kebab-case".to_owned()),
            _ if !is_id(&self.metric) => Some("key `metric` is not kebab-case".to_owned()),
            _ if !is_id(&self.family) => Some("key `family` is not kebab-case".to_owned()),
            _ if !is_width(self.tolerance) => {
                Some("key `tolerance` must be a number of at least 0".to_owned())
            }
            _ if !is_width(self.margin) => Some("key `margin` must be a number of at least 0".to_owned()),
            _ if self.tolerance_reason.is_empty() => Some("key `tolerance_reason` is empty".to_owned()),
            _ if self.margin_reason.is_empty() => Some("key `margin_reason` is empty".to_owned()),
            _ if self.items == Some(0) => Some("key `items` is 0".to_owned()),
            _ if self.from.zip(self.until).is_some_and(|(from, until)| from > until) => {
                Some("key `until` is before `from`".to_owned())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::dataset) const GOOD: &str = r#"
id = "a-board"
title = "A board"
source_url = "https://example.org"
repository = "owner/name"
licence = "MIT"
attribution = "Owner"
population = "models"
cadence = "monthly"
uncertainty = "items"
evaluation = "independent"
decision = "shipped"
reason = "MIT"
[[benchmark]]
id = "mmlu"
metric = "accuracy"
unit = "percent"
higher_is_better = true
tolerance = 2.0
tolerance_reason = "prompts differ"
margin = 2.0
margin_reason = "prompts differ"
items = 14042
family = "mmlu"
[table]
kind = "scores"
file = "scores.csv"
[import]
format = "a-board"
folder = "a-board"
"#;

    fn error(text: &str) -> String {
        Manifest::parse("a-board/dataset.toml", text).expect_err("a fault").to_string()
    }

    #[test]
    fn a_whole_manifest_gives_its_boards() {
        let manifest = Manifest::parse("a-board/dataset.toml", GOOD).expect("a good manifest");
        let heads = manifest.heads(&Lock::default());
        assert_eq!((heads[0].benchmark.as_str(), heads[0].items), ("mmlu", Some(14042)));
        assert_eq!(heads[0].direction, Direction::HigherIsBetter);
    }

    #[test]
    fn a_registered_data_set_has_no_boards() {
        let text = GOOD.replace("\"shipped\"", "\"registered\"");
        let manifest = Manifest::parse("a-board/dataset.toml", &text).expect("a good manifest");
        assert!(manifest.heads(&Lock::default()).is_empty());
    }

    #[test]
    fn faults_name_the_file_and_the_key() {
        assert!(error(&GOOD.replace("cadence", "cadense")).contains("a-board/dataset.toml"));
        assert!(error(&GOOD.replace("cadence", "cadense")).contains("cadense"));
        assert!(error(&GOOD.replace("tolerance = 2.0", "tolerance = -2.0")).contains("`tolerance`"));
        assert!(
            error(&GOOD.replace("\"MIT\"\nattribution", "\"unknown\"\nattribution")).contains("`licence`")
        );
        assert!(error(&GOOD.replace("id = \"a-board\"", "id = \"other\"")).contains("`id`"));
        assert!(error(&GOOD.replace("https://example.org", "example.org")).contains("`source_url`"));
    }
}
