//! Score tables: the frame of a table in; the days of each of its boards, and the rows that a board shows on one, out.
//!
//! A run asks for hundreds of boards on a handful of days. The table is walked once and its rows told apart by board and
//! day; a query of the engine for each would be most of the time of a check.

use super::board::{BoardHead, Direction};
use super::manifest::History;
use super::table::{self, Row};
use crate::error::Result;
use jiff::civil::Date;
use polars::prelude::DataFrame;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// The rows of a snapshot, shared by every board made of them.
pub(super) type SharedRows = Arc<Vec<Arc<Row>>>;

/// A score table with its rows told apart.
pub(super) struct Scores {
    id: String,
    history: History,
    frame: DataFrame,
    /// Of a cumulative table a number for each row that tells whose it is: rows of one model under one name share it.
    whose: Vec<usize>,
    /// Boards by benchmark, then by metric.
    boards: BTreeMap<String, BTreeMap<String, Snapshots>>,
}

/// The snapshots of a board.
struct Snapshots {
    days: Arc<Vec<Date>>,
    /// For each day its rows of the table, in the table's order.
    rows: Vec<Vec<usize>>,
    /// For each day what the board shows, made when first asked for.
    shown: Vec<Mutex<Option<SharedRows>>>,
}

impl Scores {
    /// Tells the rows of a table apart.
    ///
    /// # Errors
    /// A column that is not of its type.
    pub(super) fn of(id: &str, history: History, frame: DataFrame) -> Result<Self> {
        let mut boards: BTreeMap<&str, BTreeMap<&str, BTreeMap<Date, Vec<usize>>>> = BTreeMap::new();
        let text = |name: &str| table::texts(id, &frame, name);
        let (benchmark, metric, snapshot) = (text("benchmark")?, text("metric")?, text("snapshot")?);
        // Rows of one snapshot stand together: its day is read once.
        let (mut printed, mut day) = ("", None);
        for i in 0..frame.height() {
            let cell = snapshot.get(i).unwrap_or("");
            if cell != printed || day.is_none() {
                (printed, day) = (cell, cell.parse::<Date>().ok());
            }
            let (Some(day), Some(benchmark), Some(metric)) = (day, benchmark.get(i), metric.get(i)) else {
                continue;
            };
            boards.entry(benchmark).or_default().entry(metric).or_default().entry(day).or_default().push(i);
        }
        let snapshots = |days: BTreeMap<Date, Vec<usize>>| Snapshots {
            shown: days.iter().map(|_| Mutex::default()).collect(),
            days: Arc::new(days.keys().copied().collect()),
            rows: days.into_values().collect(),
        };
        let boards = boards.into_iter().map(|(benchmark, metrics)| {
            let metrics = metrics.into_iter().map(|(metric, days)| (metric.to_owned(), snapshots(days)));
            (benchmark.to_owned(), metrics.collect())
        });
        let boards = boards.collect();
        let whose = match history {
            History::Snapshots => Vec::new(),
            History::Cumulative => whose(id, &frame)?,
        };
        Ok(Self { id: id.to_owned(), history, boards, whose, frame })
    }

    /// Every row, in the table's order.
    ///
    /// # Errors
    /// A cell that cannot be read.
    pub(super) fn rows(&self) -> Result<Vec<Row>> {
        table::rows(&self.id, &self.frame)
    }

    /// The days of a board's snapshots, oldest first.
    pub(super) fn days(&self, head: &BoardHead) -> Arc<Vec<Date>> {
        self.snapshots(head).map_or_else(Arc::default, |board| Arc::clone(&board.days))
    }

    /// The rows that a snapshot shows, best first: the whole board, or of a cumulative table the last row of each
    /// model up to then.
    ///
    /// # Errors
    /// A cell that cannot be read.
    pub(super) fn shown(&self, head: &BoardHead, snapshot: Date) -> Result<SharedRows> {
        let Some(board) = self.snapshots(head) else { return Ok(Arc::default()) };
        let Ok(day) = board.days.binary_search(&snapshot) else { return Ok(Arc::default()) };
        let mut shown = board.shown[day].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rows) = shown.as_ref() {
            return Ok(Arc::clone(rows));
        }
        let places = match self.history {
            History::Snapshots => board.rows[day].clone(),
            History::Cumulative => self.last_of_each(&board.rows[..=day]),
        };
        let places = self.best_first(places, head.direction)?;
        let rows = table::rows_at(&self.id, &self.frame, &places)?;
        let rows = Arc::new(rows.into_iter().map(Arc::new).collect::<Vec<_>>());
        *shown = Some(Arc::clone(&rows));
        Ok(rows)
    }

    fn snapshots(&self, head: &BoardHead) -> Option<&Snapshots> {
        self.boards.get(&head.benchmark)?.get(&head.metric)
    }

    /// The last row of each name, in the order in which the names first came.
    fn last_of_each(&self, days: &[Vec<usize>]) -> Vec<usize> {
        let mut places: HashMap<usize, usize> = HashMap::new();
        let mut last = Vec::new();
        for &i in days.iter().flatten() {
            let place = *places.entry(self.whose[i]).or_insert(last.len());
            if place == last.len() {
                last.push(i);
            } else {
                last[place] = i;
            }
        }
        last
    }

    /// Rows by score, the better first, equals by model, then as they came.
    fn best_first(&self, places: Vec<usize>, direction: Direction) -> Result<Vec<usize>> {
        let scores = table::numbers(&self.id, &self.frame, "score")?;
        let models = table::texts(&self.id, &self.frame, "model")?;
        // Zero added, so that a negative zero is equal to zero; a row without a score is refused when it is made.
        let score = |i: usize| scores.get(i).unwrap_or(f64::NAN) + 0.0;
        let mut rows: Vec<(f64, usize)> = places.into_iter().map(|i| (score(i), i)).collect();
        rows.sort_by(|a, b| {
            let scores = match direction {
                Direction::HigherIsBetter => b.0.total_cmp(&a.0),
                Direction::LowerIsBetter => a.0.total_cmp(&b.0),
            };
            scores.then_with(|| models.get(a.1).cmp(&models.get(b.1)))
        });
        Ok(rows.into_iter().map(|(_, i)| i).collect())
    }
}

fn whose(id: &str, frame: &DataFrame) -> Result<Vec<usize>> {
    let text = |name: &str| table::texts(id, frame, name);
    let (model, name, kind) = (text("model")?, text("name")?, text("type")?);
    let mut known = HashMap::new();
    let number = |i: usize| {
        let next = known.len();
        *known.entry((model.get(i), name.get(i), kind.get(i))).or_insert(next)
    };
    Ok((0..frame.height()).map(number).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Catalog, Store};
    use jiff::civil::date;

    const HEADER: &str =
        "model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot\n";

    fn scores(history: History, rows: &[(&str, f64, &str)]) -> Scores {
        let lines = rows.iter().map(|(model, score, day)| {
            format!("{model},{model},,arena-hard-auto,win-rate,{score},,,,,,,{day}\n")
        });
        let csv = HEADER.to_owned() + &lines.collect::<String>();
        Scores::of("t", history, table::read("t.csv", csv.into_bytes()).expect("a good table"))
            .expect("good columns")
    }

    fn head() -> BoardHead {
        let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
        let head = catalog.heads().first().expect("a board").clone();
        BoardHead {
            benchmark: "arena-hard-auto".to_owned(),
            metric: "win-rate".to_owned(),
            direction: Direction::HigherIsBetter,
            ..head
        }
    }

    fn shown(scores: &Scores, day: Date) -> Vec<(String, f64)> {
        let rows = scores.shown(&head(), day).expect("rows");
        rows.iter().map(|row| (row.model.clone(), row.score)).collect()
    }

    const ROWS: [(&str, f64, &str); 5] = [
        ("b", 1.0, "2024-01-01"),
        ("a", 1.0, "2024-01-01"),
        ("c", 0.5, "2024-01-01"),
        ("c", 2.0, "2024-02-01"),
        ("d", 0.1, "2024-03-01"),
    ];

    #[test]
    fn a_snapshot_is_shown_whole_and_best_first() {
        let scores = scores(History::Snapshots, &ROWS);
        assert_eq!(*scores.days(&head()), [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]);
        let first = [("a".to_owned(), 1.0), ("b".to_owned(), 1.0), ("c".to_owned(), 0.5)];
        assert_eq!(shown(&scores, date(2024, 1, 1)), first);
        assert_eq!(shown(&scores, date(2024, 3, 1)), [("d".to_owned(), 0.1)]);
        assert!(shown(&scores, date(2024, 1, 2)).is_empty());
    }

    #[test]
    fn a_cumulative_table_shows_the_last_row_of_each() {
        let scores = scores(History::Cumulative, &ROWS);
        let second = [("c".to_owned(), 2.0), ("a".to_owned(), 1.0), ("b".to_owned(), 1.0)];
        assert_eq!(shown(&scores, date(2024, 2, 1)), second);
        assert_eq!(shown(&scores, date(2024, 1, 1)).len(), 3);
        assert_eq!(shown(&scores, date(2024, 3, 1)).len(), 4);
    }
}
