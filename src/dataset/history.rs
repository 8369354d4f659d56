//! The history of a board: a score table in; the days of one board, and the rows that one of its snapshots shows, out.
//!
//! A table is taken apart into its boards once, by the numbers of its rows; rows are read when a snapshot asks for them.
//! Asking the query engine for every board and day costs more than the whole table is worth: its plans take longer than
//! its rows.

use super::board::{BoardHead, Direction};
use super::entry::Entries;
use super::table::{self, Row};
use crate::error::{Error, Result};
use jiff::civil::Date;
use polars::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One benchmark and metric of a table: the numbers and snapshot days of its rows, in the table's order.
pub(super) type Part = Vec<(usize, Date)>;

/// A table taken apart.
#[derive(Default)]
pub(super) struct Index {
    /// Its parts by benchmark and metric.
    parts: PlHashMap<(String, String), Part>,
    entries: Entries,
}

/// Takes a table apart by benchmark and metric.
pub(super) fn index(table: &str, frame: &DataFrame) -> Result<Index> {
    let query = |e: PolarsError| Error::Query { table: table.to_owned(), why: e.to_string() };
    let text = |name: &str| frame.column(name).and_then(|c| c.str().cloned()).map_err(query);
    let (benchmark, metric, snapshot) = (text("benchmark")?, text("metric")?, text("snapshot")?);
    let mut parts: PlHashMap<(String, String), Part> = PlHashMap::default();
    let mut last: Option<(&str, &str, &mut Part)> = None;
    let mut last_day: Option<(&str, Date)> = None;
    let rows = benchmark.iter().zip(metric.iter()).zip(snapshot.iter());
    for (i, ((benchmark, metric), snapshot)) in rows.enumerate() {
        let (benchmark, metric) = (benchmark.unwrap_or(""), metric.unwrap_or(""));
        let snapshot = snapshot.unwrap_or("");
        let day = match last_day {
            // Rows of one day, as of one board, mostly stand together.
            Some((text, day)) if text == snapshot => day,
            _ => table::day(table, snapshot)?,
        };
        last_day = Some((snapshot, day));
        match &mut last {
            Some((b, m, rows)) if *b == benchmark && *m == metric => rows.push((i, day)),
            _ => {
                let rows = parts.entry((benchmark.to_owned(), metric.to_owned())).or_default();
                rows.push((i, day));
                last = Some((benchmark, metric, rows));
            }
        }
    }
    Ok(Index { parts, entries: Entries::of(table, frame)? })
}

/// The part of a table that is a board's; empty when it has no row.
pub(super) fn part<'i>(head: &BoardHead, index: &'i Index) -> &'i [(usize, Date)] {
    index.parts.get(&(head.benchmark.clone(), head.metric.clone())).map_or(&[], Vec::as_slice)
}

/// The days on which the part has rows, oldest first.
pub(super) fn days(part: &[(usize, Date)]) -> Vec<Date> {
    part.iter().map(|(_, day)| *day).collect::<BTreeSet<Date>>().into_iter().collect()
}

/// The rows of a board on the days that are `wanted`, in the table's order.
pub(super) fn rows(
    head: &BoardHead,
    frame: &DataFrame,
    index: &Index,
    wanted: impl Fn(Date) -> bool,
) -> Result<Vec<Arc<Row>>> {
    let numbers = part(head, index).iter().filter(|(_, day)| wanted(*day)).copied();
    let rows = table::rows_at(&head.dataset, frame, &index.entries, numbers)?;
    rows.map(|row| row.map(Arc::new)).collect()
}

/// The last row of each model up to a snapshot, by model: what it shows of a table that keeps what it had. Of one model
/// rows of other names and kinds stay beside each other.
pub(super) fn last_of_each(all: &[Arc<Row>], snapshot: Date) -> Vec<Arc<Row>> {
    let mut known: Vec<(u32, Date, usize)> = all
        .iter()
        .enumerate()
        .filter(|(_, row)| row.snapshot <= snapshot)
        .map(|(i, row)| (row.by_id, row.snapshot, i))
        .collect();
    known.sort_unstable();
    let mut last: Vec<Arc<Row>> = Vec::new();
    for of_model in known.chunk_by(|(a, ..), (b, ..)| a == b) {
        let first = last.len();
        for (.., i) in of_model {
            let row = &all[*i];
            let is_same = |before: &&mut Arc<Row>| before.name == row.name && before.kind == row.kind;
            match last[first..].iter_mut().find(is_same) {
                Some(before) => *before = Arc::clone(row),
                None => last.push(Arc::clone(row)),
            }
        }
    }
    last
}

/// The rows, best first, equals by model.
pub(super) fn ranked(mut rows: Vec<Arc<Row>>, direction: Direction) -> Vec<Arc<Row>> {
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
    use crate::dataset::entry;
    use jiff::civil::date;

    fn names(rows: &[Arc<Row>]) -> Vec<(&str, f64)> {
        rows.iter().map(|row| (row.model.as_str(), row.score)).collect()
    }

    #[test]
    fn a_cumulative_table_shows_the_last_row_of_each() {
        let (first, second) = (date(2024, 1, 1), date(2024, 2, 1));
        let all = entry::tests::rows(&[
            ("b", 2.0, "2024-01-01"),
            ("a", 2.0, "2024-01-01"),
            ("b", 3.0, "2024-02-01"),
        ]);
        let at = |day, direction| ranked(last_of_each(&all, day), direction);
        assert_eq!(names(&at(second, Direction::HigherIsBetter)), [("b", 3.0), ("a", 2.0)]);
        assert_eq!(names(&at(first, Direction::HigherIsBetter)), [("a", 2.0), ("b", 2.0)]);
        assert_eq!(names(&at(second, Direction::LowerIsBetter)), [("a", 2.0), ("b", 3.0)]);
    }
}
