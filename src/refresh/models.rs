//! Tables of models as boards: the CSV of a table of models in; a table that the gates and the difference read as they
//! read a board's, and the held table with what is new, out.
//!
//! What a table states of models in numbers, days of release and openness among them, are boards of its own ("models
//! parameters"), so that the same gates hold: models that vanish, a column that is lost, a unit that changed, days after
//! today.

use super::diff::Line;
use super::tidy::{Entry, Table};
use crate::error::{Error, Result};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How the boards of a table of models begin.
const BOARD: &str = "models";

/// The board that every model is on.
const LISTED: &str = "listed";

/// Columns that are boards of their own.
const BOARDS: [&str; 4] = ["parameters", "context_tokens", RELEASED, OPEN_WEIGHTS];

/// The column of release days, whose board has them as numbers: 20250120.
const RELEASED: &str = "released";

/// The column of openness, whose board has 1 for open and 0 for closed.
const OPEN_WEIGHTS: &str = "open_weights";

/// Columns that our names give, not the source: a better table of names is no news.
const GIVEN: [&str; 3] = ["id", "family", "organisation"];

/// Reads a table of models; `name` stands in complaints. It is a state of the day of the fetch.
pub(super) fn parse(name: &str, bytes: &[u8], today: Date) -> Result<Table> {
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
    let (model, released) = (place("name")?, place(RELEASED)?);
    for column in GIVEN.iter().chain(&BOARDS) {
        place(column)?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let cells = record.map_err(|e| broken(e.to_string()))?;
        let line = line(cells.get(model).unwrap_or_default(), LISTED, 1.0);
        let listed = cells.get(released).and_then(|cell| cell.parse().ok());
        rows.push(Entry { cells, line, snapshot: today, listed });
    }
    Ok(Table { header, rows })
}

fn line(name: &str, metric: &str, score: f64) -> Line {
    Line {
        benchmark: BOARD.to_owned(),
        metric: metric.to_owned(),
        name: name.to_owned(),
        kind: String::new(),
        evaluation: String::new(),
        score,
        ci_low: None,
        ci_high: None,
        n: None,
    }
}

/// What a cell says, as a number.
fn number(column: &str, cell: &str) -> Option<f64> {
    match column {
        RELEASED => {
            let day: Date = cell.parse().ok()?;
            Some(f64::from(
                i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day()),
            ))
        }
        OPEN_WEIGHTS => cell.parse().ok().map(|open: bool| f64::from(u8::from(open))),
        _ => cell.parse().ok(),
    }
}

/// Every model, and what is stated of it in numbers.
pub(super) fn lines(table: &Table) -> Vec<Line> {
    let places = BOARDS.map(|column| (column, table.header.iter().position(|name| name == column)));
    let mut lines = Vec::new();
    for row in &table.rows {
        lines.push(row.line.clone());
        for (column, place) in places {
            let number = place.and_then(|at| row.cells.get(at)).and_then(|cell| number(column, cell));
            lines.extend(number.map(|number| line(&row.line.name, column, number)));
        }
    }
    lines
}

/// The held table with what is new in `fetched`, or `None` when nothing is. A model that the source no longer lists
/// stays: it was released all the same.
pub(super) fn merged(held: &Table, fetched: &Table) -> Option<Table> {
    let mut rows: BTreeMap<&str, &Entry> =
        held.rows.iter().map(|row| (row.line.name.as_str(), row)).collect();
    let mut is_news = false;
    for row in &fetched.rows {
        let was = rows.get(row.line.name.as_str());
        if was.is_none_or(|was| said(held, was) != said(fetched, row)) {
            is_news = true;
            rows.insert(&row.line.name, row);
        }
    }
    let mut rows: Vec<Entry> = rows.into_values().cloned().collect();
    rows.sort_by(|a, b| a.cells.get(0).cmp(&b.cells.get(0)));
    is_news.then(|| Table { header: fetched.header.clone(), rows })
}

/// What the source says in a row: every cell but those that our names give.
fn said<'t>(table: &'t Table, row: &'t Entry) -> Vec<(&'t str, &'t str)> {
    table.header.iter().zip(&row.cells).filter(|(column, _)| !GIVEN.contains(column)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,name,family,organisation,released,parameters,open_weights,licence,base_model,context_tokens,source\n";
    const TODAY: Date = Date::constant(2026, 3, 1);

    /// A table from (name, family, parameters).
    fn table(rows: &[(&str, &str, &str)]) -> Table {
        let rows: String = rows
            .iter()
            .map(|(name, family, parameters)| {
                format!("{name},{name},{family},,2025-01-01,{parameters},true,,,4096,s\n")
            })
            .collect();
        parse("models.csv", format!("{HEADER}{rows}").as_bytes(), TODAY).expect("a good table")
    }

    #[test]
    fn what_is_stated_in_numbers_are_boards() {
        let lines = lines(&table(&[("a", "", "7000000000"), ("b", "", "")]));
        let boards: Vec<String> =
            lines.iter().map(|line| format!("{} {}", line.board(), line.name)).collect();
        let expected = [
            "models listed a",
            "models parameters a",
            "models context_tokens a",
            "models released a",
            "models open_weights a",
            "models listed b",
            "models context_tokens b",
            "models released b",
            "models open_weights b",
        ];
        assert_eq!(boards, expected);
        let score = |board: &str| lines.iter().find(|line| line.board() == board).map(|line| line.score);
        assert_eq!((score("models released"), score("models open_weights")), (Some(20_250_101.0), Some(1.0)));
    }

    #[test]
    fn new_and_changed_models_are_taken_and_none_is_lost() {
        let held = table(&[("a", "", "7"), ("c", "", "1")]);
        let new = merged(&held, &table(&[("a", "", "8"), ("b", "", "2")])).expect("something new");
        let text = String::from_utf8(new.to_bytes("t").expect("writable")).expect("UTF-8");
        let rows: Vec<&str> =
            text.lines().skip(1).map(|row| row.split(',').next().unwrap_or_default()).collect();
        assert_eq!(rows, ["a", "b", "c"]);
        assert!(text.contains("a,a,,,2025-01-01,8,"));
    }

    #[test]
    fn another_reading_of_a_name_is_no_news() {
        assert!(merged(&table(&[("a", "", "7")]), &table(&[("a", "family", "7")])).is_none());
        assert!(parse("t", b"id,name\n", TODAY).is_err());
    }
}
