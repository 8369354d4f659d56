//! Boards: one benchmark of one data set as it stood on a day.

use super::rows::Rows;
use super::table::Row;
use crate::reported::Unit;
use crate::stats;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whether a larger score is a better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Accuracy, win rate, rating.
    HigherIsBetter,
    /// Error rate, price.
    LowerIsBetter,
}

/// Who measured: the certainty of a verdict starts from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evaluation {
    /// Run by somebody other than the model's maker.
    Independent,
    /// Votes of many users.
    Crowd,
    /// The maker's own figure.
    SelfReported,
}

impl Evaluation {
    /// As tables write it.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "independent" => Some(Self::Independent),
            "crowd" => Some(Self::Crowd),
            "self-reported" => Some(Self::SelfReported),
            _ => None,
        }
    }
}

/// How much of the field a board lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// Everything that was evaluated.
    Full,
    /// The top of the board only.
    Top,
    /// The best model of each of some laboratories.
    BestOfLab,
}

/// What a board is: everything about it but its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardHead {
    /// Its place among the boards of the catalog: a short name for it while the program runs.
    pub(super) place: usize,
    /// Data set id.
    pub dataset: String,
    /// The data set's title.
    pub title: String,
    /// Benchmark id.
    pub benchmark: String,
    /// The benchmark's name for display.
    pub name: String,
    /// Benchmark family: one vote each when benchmarks are pooled.
    pub family: String,
    /// Metric, as the manifest names it.
    pub metric: String,
    /// Unit of the scores.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// How far two runs of the same model may differ by protocol, in `unit`.
    pub tolerance: f64,
    /// Differences below this are equivalence, in `unit`.
    pub margin: f64,
    /// Items of the benchmark, where its scores are proportions of items.
    pub items: Option<u64>,
    /// Who measured, where a row does not say otherwise.
    pub evaluation: Evaluation,
    /// How much of the field it lists.
    pub coverage: Coverage,
    /// Whether it is an average of benchmarks that are boards of their own here.
    pub composite: bool,
    /// First day on which the source showed this metric as its headline, where that changed.
    pub from: Option<Date>,
    /// Last such day.
    pub until: Option<Date>,
    /// Day of the data set's oldest snapshot.
    pub first: Date,
    /// Day of its newest.
    pub last: Date,
    /// Address of the original.
    pub url: String,
    /// SHA-256 of the shipped table.
    pub sha256: String,
}

impl BoardHead {
    /// Name of the score with its unit, for an axis: "accuracy, %".
    #[must_use]
    pub fn metric_and_unit(&self) -> String {
        match self.unit {
            Unit::Percent if !self.metric.contains('%') => format!("{}, %", self.metric),
            _ => self.metric.clone(),
        }
    }
}

/// A board as it stood on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// What it is.
    pub head: BoardHead,
    /// The snapshot used.
    pub snapshot: Date,
    /// Whether a later snapshot stood in, restricted to what existed on the day.
    pub retrospective: bool,
    /// Its rows, best first.
    pub rows: Rows,
}

impl BoardHead {
    /// Whether this metric was the board's headline on `day`.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// `score` with its sign turned where lower is better, so that more is better.
    #[must_use]
    pub fn better(&self, score: f64) -> f64 {
        match self.direction {
            Direction::HigherIsBetter => score,
            Direction::LowerIsBetter => -score,
        }
    }
}

impl Board {
    /// The rows' standard deviation: what a difference is divided by before benchmarks are pooled.
    #[must_use]
    pub fn spread(&self) -> f64 {
        let n = self.rows.len() as f64;
        let mean = self.rows.iter().map(|r| r.score).sum::<f64>() / n.max(1.0);
        let variance = self.rows.iter().map(|r| (r.score - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        variance.sqrt().max(self.head.margin).max(f64::EPSILON)
    }

    /// The best row of each of the given models, best first.
    #[must_use]
    pub fn rows_of(&self, ids: &BTreeSet<&str>) -> Vec<&Row> {
        self.rows.best_of(ids).into_iter().map(|i| self.rows[i].as_ref()).collect()
    }

    /// The board with its worst row on top: a place from the end is one from its start.
    #[must_use]
    pub fn turned(&self) -> Self {
        let mut rows = self.rows.to_vec();
        rows.reverse();
        let direction = match self.head.direction {
            Direction::HigherIsBetter => Direction::LowerIsBetter,
            Direction::LowerIsBetter => Direction::HigherIsBetter,
        };
        Self { head: BoardHead { direction, ..self.head.clone() }, rows: rows.into(), ..*self }
    }

    /// Distinct model ids, best first.
    #[must_use]
    pub fn models(&self) -> Vec<&str> {
        self.rows.best_of_each().map(|row| row.model.as_str()).collect()
    }

    /// The standard deviation of a row's score, from its interval, its items, or the protocol tolerance where the
    /// source gives neither. The last is a stand-in; [`Board::gives_uncertainty`] tells it from the others.
    #[must_use]
    pub fn deviation(&self, row: &Row) -> f64 {
        match (row.ci_low, row.ci_high, row.n.or(self.head.items)) {
            (Some(low), Some(high), _) if high > low => (high - low) / (2.0 * stats::Z95),
            (_, _, Some(n)) if n > 0 && self.head.unit == Unit::Percent => {
                stats::proportion_sd(row.score / 100.0, n) * 100.0
            }
            _ => self.head.tolerance / stats::Z95,
        }
    }

    /// Whether the row's uncertainty comes from the source rather than from the protocol tolerance.
    #[must_use]
    pub fn gives_uncertainty(&self, row: &Row) -> bool {
        row.ci_low.is_some() || (self.head.unit == Unit::Percent && row.n.or(self.head.items).is_some())
    }
}
