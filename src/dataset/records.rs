//! Records: a table of models, statements or usage in; its rows as they stood on a day, still as printed, out.
//!
//! Boards have a reader of their own, as their scores are computed with; these rows are for people and for export.

use super::manifest::TableKind;
use super::statements::last_day_of;
use super::usage::{self, UsageRow};
use super::{Catalog, Statements};
use crate::error::{Error, Result};
use jiff::civil::Date;

/// Rows of a table as they stood on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// The columns, in the table's order.
    pub columns: Vec<String>,
    /// The rows, the latest first.
    pub rows: Vec<Vec<String>>,
    /// Rows of which nobody knows whether they existed on the day.
    pub undated: usize,
}

impl Catalog {
    /// The rows of a table of models, statements or usage that stood on `day`: models released by then, statements made
    /// and not taken back by then, of each population the last period that had ended.
    ///
    /// # Errors
    /// When the data set has no such table here, or it cannot be read.
    pub fn records(&self, id: &str, day: Date) -> Result<Records> {
        let manifest = self.manifest(id)?;
        let kind = manifest.table.as_ref().filter(|_| manifest.is_held(self.lock())).map(|table| table.kind);
        let bytes = || self.table_bytes(id);
        match kind {
            Some(TableKind::Models) => dated(id, &bytes()?, "released", day, |_| true),
            Some(TableKind::Statements) => {
                let bytes = bytes()?;
                let table = Statements::parse(id, &bytes)?;
                let stands = |row: &csv::StringRecord| {
                    let statement = row.get(0).and_then(|id| table.get(id));
                    let later =
                        statement.and_then(|statement| table.get(statement.superseded_by.as_deref()?));
                    later.is_none_or(|later| later.said_on > day)
                };
                dated(id, &bytes, "said_on", day, stands)
            }
            Some(TableKind::Usage) => Ok(used(&usage::parse(id, &bytes()?)?, day)),
            Some(TableKind::Scores) | None => Err(Error::NotFound {
                what: format!("a table of models, statements or usage of `{id}`"),
                hint: manifest.reason.clone(),
            }),
        }
    }
}

/// Rows whose day, in a column, is not after `day`, the latest first.
fn dated(
    table: &str,
    bytes: &[u8],
    column: &str,
    day: Date,
    stands: impl Fn(&csv::StringRecord) -> bool,
) -> Result<Records> {
    let broken = |why: String| Error::Table {
        table: table.to_owned(),
        why,
        hint: "run `benchclaim data verify`".to_owned(),
    };
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| broken(e.to_string()))?.clone();
    let place = header.iter().position(|name| name == column);
    let place = place.ok_or_else(|| broken(format!("column `{column}` is missing")))?;
    let (mut rows, mut undated) = (Vec::new(), 0);
    for (i, row) in reader.records().enumerate() {
        let row = row.map_err(|e| broken(e.to_string()))?;
        let cell = row.get(place).unwrap_or_default();
        if cell.is_empty() {
            undated += 1;
            continue;
        }
        let known = last_day_of(cell)
            .ok_or_else(|| broken(format!("line {}, column `{column}`: `{cell}` is not a date", i + 2)))?;
        if known <= day && stands(&row) {
            rows.push((known, row.iter().map(str::to_owned).collect::<Vec<_>>()));
        }
    }
    rows.sort_by_key(|(known, _)| std::cmp::Reverse(*known));
    Ok(Records {
        columns: header.iter().map(str::to_owned).collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        undated,
    })
}

fn used(rows: &[UsageRow], day: Date) -> Records {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let cells = |row: &UsageRow| {
        vec![
            row.period.clone(),
            word(serde_json::json!(row.of)),
            row.id.clone(),
            row.name.clone(),
            row.quantity.to_string(),
            row.share.to_string(),
            row.population.clone(),
            word(serde_json::json!(row.status)),
            row.snapshot.to_string(),
        ]
    };
    let mut standing = usage::standing(rows, day);
    standing.sort_by_key(|row| std::cmp::Reverse(row.snapshot));
    Records {
        columns: usage::COLUMNS.map(str::to_owned).to_vec(),
        rows: standing.into_iter().map(cells).collect(),
        undated: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Store;
    use jiff::civil::date;

    fn ids(records: &Records) -> Vec<&str> {
        records.rows.iter().filter_map(|row| row.first().map(String::as_str)).collect()
    }

    #[test]
    fn models_of_a_day_are_those_released_by_then() {
        let csv = "id,released\na,2024-01-05\nb,2024-03-01\nc,\nd,2023-11-30\n";
        let records = dated("t", csv.as_bytes(), "released", date(2024, 2, 1), |_| true).expect("a table");
        assert_eq!((ids(&records), records.undated), (vec!["a", "d"], 1));
        assert!(dated("t", b"id\na\n", "released", date(2024, 2, 1), |_| true).is_err());
        assert!(dated("t", b"id,released\na,soon\n", "released", date(2024, 2, 1), |_| true).is_err());
    }

    #[test]
    fn a_statement_stands_until_it_is_taken_back() {
        let catalog = Catalog::open(Store::Shipped).expect("the shipped store");
        let on = |day| catalog.records("statements", day).expect("a table");
        let all = catalog.statements().all();
        let corrected = all.iter().find(|row| row.superseded_by.is_some()).expect("one was taken back");
        let later =
            catalog.statements().get(corrected.superseded_by.as_deref().expect("by")).expect("is there");
        assert!(ids(&on(corrected.said_on)).contains(&corrected.id.as_str()));
        assert!(!ids(&on(later.said_on)).contains(&corrected.id.as_str()));
        assert!(catalog.records("arena-text", date(2025, 1, 1)).is_err(), "a board is none");
    }
}
