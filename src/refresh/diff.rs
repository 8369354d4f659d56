//! Differences: the lines of a board before and after in; rows added, removed and changed, in words, out.

use crate::dataset::{BoardHead, Row};
use serde::Serialize;
use std::collections::BTreeMap;

/// One row of a board, as far as a reader of a difference needs it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Benchmark id.
    pub benchmark: String,
    /// Metric.
    pub metric: String,
    /// The name as printed.
    pub name: String,
    /// Kind of model, where the board tells it; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Who measured, where the row differs from its data set; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub evaluation: String,
    /// The score, in the metric's unit.
    pub score: f64,
    /// Lower end of its 95 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci_low: Option<f64>,
    /// Upper end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci_high: Option<f64>,
    /// Items or votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
}

impl Line {
    /// The line of a row of a board.
    #[must_use]
    pub fn of_row(head: &BoardHead, row: &Row) -> Self {
        Self {
            benchmark: head.benchmark.clone(),
            metric: head.metric.clone(),
            name: row.name.clone(),
            kind: row.kind.clone().unwrap_or_default(),
            evaluation: row.evaluation.map(|evaluation| format!("{evaluation:?}")).unwrap_or_default(),
            score: row.score,
            ci_low: row.ci_low,
            ci_high: row.ci_high,
            n: row.n,
        }
    }

    /// What makes it the same row in another snapshot.
    #[must_use]
    pub fn key(&self) -> [&str; 5] {
        [&self.benchmark, &self.metric, &self.name, &self.kind, &self.evaluation]
    }

    /// The board it stands on, for readers.
    #[must_use]
    pub fn board(&self) -> String {
        format!("{} {}", self.benchmark, self.metric)
    }

    /// Name and kind, for readers.
    #[must_use]
    pub fn label(&self) -> String {
        if self.kind.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, self.kind) }
    }
}

/// A row whose numbers changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// As it was.
    pub old: Line,
    /// As it is.
    pub new: Line,
}

/// What changed between two states of a board or of several.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Diff {
    /// Rows that were not there.
    pub added: Vec<Line>,
    /// Rows that are gone.
    pub removed: Vec<Line>,
    /// Rows with other numbers.
    pub changed: Vec<Changed>,
}

/// Compares two states, each row with its namesake.
#[must_use]
pub fn diff(before: &[Line], after: &[Line]) -> Diff {
    let by_key = |lines: &[Line]| -> BTreeMap<[String; 5], Line> {
        lines.iter().map(|line| (line.key().map(str::to_owned), line.clone())).collect()
    };
    let (mut old, new) = (by_key(before), by_key(after));
    let mut diff = Diff::default();
    for (key, line) in new {
        match old.remove(&key) {
            None => diff.added.push(line),
            Some(was) if was != line => diff.changed.push(Changed { old: was, new: line }),
            Some(_) => {}
        }
    }
    diff.removed = old.into_values().collect();
    diff
}

impl Diff {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// One line: how many of each.
    #[must_use]
    pub fn summary(&self) -> String {
        format!("{} added, {} removed, {} changed", self.added.len(), self.removed.len(), self.changed.len())
    }

    /// A line a row, old and new side by side, the largest changes first; at most `most` of each sort, 0 for all.
    #[must_use]
    pub fn lines(&self, most: usize) -> Vec<String> {
        let most = if most == 0 { usize::MAX } else { most };
        let mut lines = Vec::new();
        let mut list = |mark: &str, rows: Vec<String>| {
            let rest = rows.len().saturating_sub(most);
            lines.extend(rows.into_iter().take(most).map(|row| format!("{mark} {row}")));
            if rest > 0 {
                lines.push(format!("{mark} and {rest} more"));
            }
        };
        let told = |line: &Line| format!("{}: {} {}", line.board(), line.label(), number(line.score));
        list("+", self.added.iter().map(told).collect());
        list("-", self.removed.iter().map(told).collect());
        let mut changed: Vec<&Changed> = self.changed.iter().collect();
        let move_of = |pair: &Changed| (pair.new.score - pair.old.score).abs();
        changed.sort_by(|a, b| move_of(b).total_cmp(&move_of(a)));
        list("~", changed.into_iter().map(Changed::told).collect());
        lines
    }
}

impl Changed {
    fn told(&self) -> String {
        let (old, new) = (&self.old, &self.new);
        let mut moves = Vec::new();
        if old.score != new.score {
            moves.push(format!("{} -> {}", number(old.score), number(new.score)));
        }
        let interval = |line: &Line| {
            line.ci_low.zip(line.ci_high).map(|(low, high)| format!("[{}, {}]", number(low), number(high)))
        };
        if interval(old) != interval(new) {
            let of = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
            moves.push(format!("interval {} -> {}", of(interval(old)), of(interval(new))));
        }
        if old.n != new.n {
            let of = |n: Option<u64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
            moves.push(format!("n {} -> {}", of(old.n), of(new.n)));
        }
        format!("{}: {} {}", new.board(), new.label(), moves.join(", "))
    }
}

/// A number for readers: at most two decimals.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A line of one board, with nothing but its score.
    pub(in crate::refresh) fn line(name: &str, score: f64) -> Line {
        Line {
            benchmark: "mmlu".to_owned(),
            metric: "accuracy".to_owned(),
            name: name.to_owned(),
            kind: String::new(),
            evaluation: String::new(),
            score,
            ci_low: None,
            ci_high: None,
            n: None,
        }
    }

    #[test]
    fn rows_come_go_and_change() {
        let before = [line("a", 1.0), line("b", 2.0), line("c", 3.0)];
        let after = [line("b", 2.5), line("c", 3.0), line("d", 4.0)];
        let diff = diff(&before, &after);
        assert_eq!(diff.summary(), "1 added, 1 removed, 1 changed");
        assert_eq!(
            diff.lines(0),
            ["+ mmlu accuracy: d 4", "- mmlu accuracy: a 1", "~ mmlu accuracy: b 2 -> 2.5"]
        );
    }

    #[test]
    fn the_same_rows_are_no_difference_and_long_lists_are_cut() {
        let rows: Vec<Line> = (0..9).map(|i| line(&format!("m{i}"), f64::from(i))).collect();
        assert!(diff(&rows, &rows).is_empty());
        assert_eq!(diff(&[], &rows).lines(2).len(), 3);
        assert_eq!(diff(&[], &rows).lines(2)[2], "+ and 7 more");
    }

    #[test]
    fn a_moved_interval_is_a_change_too() {
        let old = Line { n: Some(10), ..line("a", 1.0) };
        let new = Line { ci_low: Some(0.5), ci_high: Some(1.5), ..line("a", 1.0) };
        assert_eq!(
            diff(&[old], &[new]).lines(0),
            ["~ mmlu accuracy: a interval none -> [0.5, 1.5], n 10 -> none"]
        );
    }
}
