//! Tidy tables as text: the CSV of a score table in; its rows, still as printed, out, and the CSV of merged rows.

use super::diff::Line;
use crate::dataset::manifest::History;
use crate::error::{Error, Result};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A tidy table, each cell as printed: what is not touched is written back byte for byte.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) header: csv::StringRecord,
    pub(super) rows: Vec<Entry>,
}

/// One row and the cells that its place depends on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) cells: csv::StringRecord,
    pub(super) line: Line,
    pub(super) snapshot: Date,
    pub(super) listed: Option<Date>,
}

impl Table {
    /// Reads a table; `name` stands in complaints.
    pub(super) fn parse(name: &str, bytes: &[u8]) -> Result<Self> {
        let broken = |why: String| Error::Table {
            table: name.to_owned(),
            why,
            hint: "run `benchclaim data verify`, and restore the table that it names".to_owned(),
        };
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().map_err(|e| broken(e.to_string()))?.clone();
        let place = |column: &str| {
            let found = header.iter().position(|name| name == column);
            found.ok_or_else(|| broken(format!("column `{column}` is missing")))
        };
        let names = [
            "benchmark",
            "metric",
            "name",
            "type",
            "evaluation",
            "score",
            "ci_low",
            "ci_high",
            "n",
            "snapshot",
            "listed",
        ];
        let places: Vec<usize> = names.into_iter().map(place).collect::<Result<_>>()?;
        let mut rows = Vec::new();
        for (i, record) in reader.records().enumerate() {
            let cells = record.map_err(|e| broken(e.to_string()))?;
            let cell = |i: usize| cells.get(places[i]).unwrap_or_default();
            let fault = |column: &str| broken(format!("line {}: column `{column}` cannot be read", i + 2));
            let line = Line {
                benchmark: cell(0).to_owned(),
                metric: cell(1).to_owned(),
                name: cell(2).to_owned(),
                kind: cell(3).to_owned(),
                evaluation: cell(4).to_owned(),
                score: cell(5).parse().map_err(|_| fault("score"))?,
                ci_low: cell(6).parse().ok(),
                ci_high: cell(7).parse().ok(),
                n: cell(8).parse().ok(),
            };
            let snapshot = cell(9).parse().map_err(|_| fault("snapshot"))?;
            let listed = cell(10).parse().ok();
            rows.push(Entry { line, snapshot, listed, cells });
        }
        Ok(Self { header, rows })
    }

    /// The table as CSV.
    pub(super) fn to_bytes(&self, name: &str) -> Result<Vec<u8>> {
        let broken = |why: String| Error::Table {
            table: name.to_owned(),
            why,
            hint: "report this as a defect".to_owned(),
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.header).map_err(|e| broken(e.to_string()))?;
        for row in &self.rows {
            writer.write_record(&row.cells).map_err(|e| broken(e.to_string()))?;
        }
        writer.into_inner().map_err(|e| broken(e.to_string()))
    }

    /// Days of the snapshots.
    pub(super) fn days(&self) -> BTreeSet<Date> {
        self.rows.iter().map(|row| row.snapshot).collect()
    }

    /// The board as the table shows it last: its newest snapshot, or the last row of each model of a table that adds up.
    pub(super) fn newest(&self, history: History) -> Vec<Line> {
        match history {
            History::Snapshots => {
                let last = self.rows.iter().map(|row| row.snapshot).max();
                self.rows
                    .iter()
                    .filter(|row| Some(row.snapshot) == last)
                    .map(|row| row.line.clone())
                    .collect()
            }
            History::Cumulative => last_rows(&self.rows).into_values().map(|row| row.line.clone()).collect(),
        }
    }

    /// The table with what is new in `fetched`, or `None` when nothing is.
    ///
    /// The past is not rewritten: days already held keep their rows, but for `today`, on which the last fetch stands. A
    /// snapshot equal to the one before it is none. Of a table that adds up only new and changed rows are taken.
    pub(super) fn with(&self, fetched: &Table, history: History, today: Date) -> Option<Table> {
        let held = self.days();
        let mut rows: Vec<Entry> = self.rows.clone();
        let fresh: Vec<&Entry> = fetched
            .rows
            .iter()
            .filter(|row| row.snapshot == today || !held.contains(&row.snapshot))
            .collect();
        match history {
            History::Snapshots => {
                let days: BTreeSet<Date> = fresh.iter().map(|row| row.snapshot).collect();
                rows.retain(|row| !days.contains(&row.snapshot));
                for day in days {
                    let board: Vec<&Entry> =
                        fresh.iter().copied().filter(|row| row.snapshot == day).collect();
                    let before = rows.iter().map(|row| row.snapshot).filter(|held| *held < day).max();
                    let was: Vec<&Entry> = rows.iter().filter(|row| Some(row.snapshot) == before).collect();
                    if !same_board(&was, &board) {
                        rows.extend(board.into_iter().cloned());
                    }
                }
            }
            History::Cumulative => {
                rows.retain(|row| row.snapshot != today);
                let said: BTreeMap<_, _> =
                    last_rows(&rows).into_iter().map(|(key, row)| (key, row.clone())).collect();
                let is_known = |row: &&Entry| {
                    said.get(&row.line.key().map(str::to_owned)).is_some_and(|was| was.says_as(row))
                };
                rows.extend(fresh.into_iter().filter(|row| !is_known(row)).cloned());
            }
        }
        rows.sort_by_key(|row| row.snapshot);
        (rows != self.rows).then(|| Table { header: self.header.clone(), rows })
    }

    /// An empty table with the columns of this one.
    pub(super) fn emptied(&self) -> Table {
        Table { header: self.header.clone(), rows: Vec::new() }
    }
}

fn last_rows(rows: &[Entry]) -> BTreeMap<[String; 5], &Entry> {
    let mut last: BTreeMap<[String; 5], &Entry> = BTreeMap::new();
    for row in rows {
        let entry = last.entry(row.line.key().map(str::to_owned)).or_insert(row);
        if entry.snapshot <= row.snapshot {
            *entry = row;
        }
    }
    last
}

fn same_board(before: &[&Entry], after: &[&Entry]) -> bool {
    let was: BTreeMap<[&str; 5], &&Entry> = before.iter().map(|row| (row.line.key(), row)).collect();
    let is_known = |row: &&Entry| was.get(&row.line.key()).is_some_and(|was| was.says_as(row));
    before.len() == after.len() && after.iter().all(is_known)
}

impl Entry {
    /// Whether it says what another row says. The day of the snapshot is not counted, nor is the identity that a name
    /// was given: a better table of names is no news from the source.
    fn says_as(&self, other: &Entry) -> bool {
        self.line == other.line && self.listed == other.listed
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const HEADER: &str =
        "model,name,organisation,benchmark,metric,score,ci_low,ci_high,n,evaluation,type,listed,snapshot\n";

    /// A table of one board from (name, score, snapshot).
    pub(in crate::refresh) fn table(rows: &[(&str, f64, &str)]) -> Table {
        let rows: String = rows
            .iter()
            .map(|(name, score, day)| format!("{name},{name},,mmlu,accuracy,{score},,,,,,,{day}\n"))
            .collect();
        Table::parse("t.csv", format!("{HEADER}{rows}").as_bytes()).expect("a good table")
    }

    const OLD: [(&str, f64, &str); 3] =
        [("a", 1.0, "2026-01-01"), ("a", 2.0, "2026-02-01"), ("b", 1.0, "2026-02-01")];

    fn today() -> Date {
        Date::constant(2026, 3, 1)
    }

    #[test]
    fn a_table_is_written_back_byte_for_byte() {
        let text = format!("{HEADER}a,\"A, x\",,mmlu,accuracy,1.50,1,2,,crowd,,,2026-01-01\n");
        let table = Table::parse("t.csv", text.as_bytes()).expect("a good table");
        assert_eq!(table.to_bytes("t.csv").expect("writable"), text.as_bytes());
        assert!(Table::parse("t.csv", b"a,b\n1,2\n").is_err());
        assert!(Table::parse("t.csv", text.replace("1.50", "much").as_bytes()).is_err());
    }

    #[test]
    fn a_new_snapshot_is_added_and_an_equal_one_is_not() {
        let old = table(&OLD);
        let new = table(&[("a", 2.0, "2026-03-01"), ("b", 1.5, "2026-03-01")]);
        let merged = old.with(&new, History::Snapshots, today()).expect("something new");
        assert_eq!((merged.rows.len(), merged.days().len()), (5, 3));
        assert_eq!(merged.rows[..3], old.rows[..]);
        let same = table(&[("b", 1.0, "2026-03-01"), ("a", 2.0, "2026-03-01")]);
        assert!(old.with(&same, History::Snapshots, today()).is_none());
    }

    #[test]
    fn the_last_fetch_of_a_day_stands() {
        let old = table(&[("a", 1.0, "2026-02-01"), ("a", 2.0, "2026-03-01")]);
        let merged = old.with(&table(&[("a", 3.0, "2026-03-01")]), History::Snapshots, today()).expect("new");
        assert_eq!(merged.rows.iter().map(|row| row.line.score).collect::<Vec<_>>(), [1.0, 3.0]);
        // Gone back to the first state on the same day: the day's snapshot goes.
        let back = old.with(&table(&[("a", 1.0, "2026-03-01")]), History::Snapshots, today()).expect("new");
        assert_eq!(back.days().len(), 1);
    }

    #[test]
    fn the_past_is_not_rewritten_but_missing_days_are_filled() {
        let new = table(&[("a", 9.0, "2026-01-01"), ("a", 1.5, "2026-01-15"), ("a", 2.5, "2026-03-01")]);
        let merged = table(&OLD).with(&new, History::Snapshots, today()).expect("new");
        let scores: Vec<f64> = merged.rows.iter().map(|row| row.line.score).collect();
        assert_eq!(scores, [1.0, 1.5, 2.0, 1.0, 2.5]);
    }

    #[test]
    fn a_table_that_adds_up_takes_new_and_changed_rows_only() {
        let new = table(&[("a", 2.0, "2026-03-01"), ("b", 1.5, "2026-03-01"), ("c", 1.0, "2026-03-01")]);
        let merged = table(&OLD).with(&new, History::Cumulative, today()).expect("new");
        assert_eq!(merged.rows.len(), 5);
        assert_eq!(merged.newest(History::Cumulative).len(), 3);
        assert!(merged.with(&new, History::Cumulative, today()).is_none());
    }
}
