//! The history of a board: a score table in; the rows of one board, and those that one of its snapshots shows, out.
//!
//! A table is taken apart into its boards once. Asking the query engine for every board and day costs more than the
//! whole table is worth: its plans take longer than its rows.

use super::board::{BoardHead, Direction};
use super::manifest::History;
use super::table::{self, Row};
use crate::error::{Error, Result};
use jiff::civil::Date;
use polars::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The numbers of the rows of each benchmark and metric of a table.
pub(super) type Index = HashMap<(String, String), Vec<IdxSize>>;

/// Takes a table apart by benchmark and metric.
pub(super) fn index(table: &str, frame: &DataFrame) -> Result<Index> {
    let query = |e: PolarsError| Error::Query { table: table.to_owned(), why: e.to_string() };
    let text = |name: &str| frame.column(name).and_then(|c| c.str().cloned()).map_err(query);
    let (benchmark, metric) = (text("benchmark")?, text("metric")?);
    let mut index = Index::new();
    let mut last: Option<(&str, &str, &mut Vec<IdxSize>)> = None;
    for (i, (benchmark, metric)) in (0..).zip(benchmark.iter().zip(metric.iter())) {
        let (benchmark, metric) = (benchmark.unwrap_or(""), metric.unwrap_or(""));
        match &mut last {
            // Rows of one board mostly stand together.
            Some((b, m, rows)) if *b == benchmark && *m == metric => rows.push(i),
            _ => {
                let rows = index.entry((benchmark.to_owned(), metric.to_owned())).or_default();
                rows.push(i);
                last = Some((benchmark, metric, rows));
            }
        }
    }
    Ok(index)
}

/// Every row of a board in the table's order.
pub(super) fn rows(head: &BoardHead, frame: &DataFrame, index: &Index) -> Result<Vec<Arc<Row>>> {
    let Some(numbers) = index.get(&(head.benchmark.clone(), head.metric.clone())) else {
        return Ok(Vec::new());
    };
    let numbers = IdxCa::from_vec("row".into(), numbers.clone());
    let part =
        frame.take(&numbers).map_err(|e| Error::Query { table: head.dataset.clone(), why: e.to_string() })?;
    Ok(table::rows(&head.dataset, &part)?.into_iter().map(Arc::new).collect())
}

/// The rows that a snapshot shows, best first: the whole board, or of a cumulative table the last row of each model up
/// to then.
pub(super) fn shown(
    all: &[Arc<Row>],
    history: History,
    direction: Direction,
    snapshot: Date,
) -> Vec<Arc<Row>> {
    let mut rows: Vec<Arc<Row>> = match history {
        History::Snapshots => all.iter().filter(|row| row.snapshot == snapshot).cloned().collect(),
        History::Cumulative => {
            let mut known: Vec<&Arc<Row>> = all.iter().filter(|row| row.snapshot <= snapshot).collect();
            known.sort_by_key(|row| row.snapshot);
            let mut places: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
            let mut last: Vec<Arc<Row>> = Vec::new();
            for row in known {
                let place = places.entry((&row.model, &row.name, row.kind.as_deref())).or_insert(last.len());
                match last.get_mut(*place) {
                    Some(before) => *before = Arc::clone(row),
                    None => last.push(Arc::clone(row)),
                }
            }
            last
        }
    };
    rows.sort_by(|a, b| {
        let by_score = match direction {
            Direction::HigherIsBetter => b.score.total_cmp(&a.score),
            Direction::LowerIsBetter => a.score.total_cmp(&b.score),
        };
        by_score.then_with(|| a.model.cmp(&b.model))
    });
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(model: &str, score: f64, snapshot: Date) -> Arc<Row> {
        Arc::new(Row {
            model: model.to_owned(),
            name: model.to_owned(),
            organisation: None,
            score,
            ci_low: None,
            ci_high: None,
            n: None,
            evaluation: None,
            kind: None,
            listed: None,
            snapshot,
        })
    }

    fn names(rows: &[Arc<Row>]) -> Vec<(&str, f64)> {
        rows.iter().map(|row| (row.model.as_str(), row.score)).collect()
    }

    #[test]
    fn a_cumulative_table_shows_the_last_row_of_each_and_a_snapshot_its_own() {
        let (first, second) = (date(2024, 1, 1), date(2024, 2, 1));
        let all = [row("b", 2.0, first), row("a", 2.0, first), row("b", 3.0, second)];
        let at = |history, direction, day| shown(&all, history, direction, day);
        let higher = Direction::HigherIsBetter;
        assert_eq!(names(&at(History::Cumulative, higher, second)), [("b", 3.0), ("a", 2.0)]);
        assert_eq!(names(&at(History::Cumulative, higher, first)), [("a", 2.0), ("b", 2.0)]);
        assert_eq!(names(&at(History::Snapshots, higher, second)), [("b", 3.0)]);
        let lower = Direction::LowerIsBetter;
        assert_eq!(names(&at(History::Cumulative, lower, second)), [("a", 2.0), ("b", 3.0)]);
    }
}
