//! Usage: the table of how much of something was used in a period in; shares of a population on a day out.
//!
//! A share is of the population that its row names, and of no other.

use crate::error::{Error, Result};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What was used in one period, by one model, maker or country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageRow {
    /// First and last day, as `2025-02-10/2025-02-16`.
    pub period: String,
    /// Whose it is.
    pub of: UsedOf,
    /// Id of the model, organisation or country; empty for what is not known or not listed.
    pub id: String,
    /// As the source prints it; of a country its code.
    pub name: String,
    /// Tokens in the period.
    pub quantity: f64,
    /// Per cent of the population.
    pub share: f64,
    /// What it is a share of.
    pub population: String,
    /// What became of the figure at its source.
    pub status: UsageStatus,
    /// Day of the table, or of the period where one file holds them all.
    pub snapshot: Date,
}

/// Whose use it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UsedOf {
    /// A model.
    Model,
    /// All listed models of a maker.
    Organisation,
    /// All listed models of makers of a country; without an id, of makers whose country is not known.
    Country,
    /// What the source counts in the population and lists under no name.
    Rest,
}

/// What became of a figure at its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UsageStatus {
    /// It stands.
    #[default]
    Stands,
    /// The source took the copy back.
    Withdrawn,
}

/// The columns of a table of usage.
pub(super) const COLUMNS: [&str; 9] =
    ["period", "of", "id", "name", "quantity", "share", "population", "status", "snapshot"];

impl UsageRow {
    /// The last day of the period, where it is one.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.period.split_once('/').and_then(|(_, until)| until.parse().ok())
    }
}

/// Reads a table; `name` is its path in the store.
///
/// # Errors
/// A cell that is not of its type, a period that is none, a share outside 0 to 100.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Vec<UsageRow>> {
    let broken = |why: String| Error::Table {
        table: name.to_owned(),
        why,
        hint: "run `benchclaim data import`".to_owned(),
    };
    let mut rows = Vec::new();
    for (i, row) in csv::Reader::from_reader(bytes).deserialize().enumerate() {
        let row: UsageRow = row.map_err(|e| broken(e.to_string()))?;
        let line = i + 2;
        if row.until().is_none() {
            return Err(broken(format!("line {line}: `{}` is no period", row.period)));
        }
        if !(0.0..=100.0).contains(&row.share) || !row.quantity.is_finite() {
            return Err(broken(format!("line {line}: {} is no share", row.share)));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The rows of each population's last period that had ended by `day`.
#[must_use]
pub fn standing(rows: &[UsageRow], day: Date) -> Vec<&UsageRow> {
    let ended = |row: &&UsageRow| row.until().is_some_and(|until| until <= day);
    let last = |population: &str| {
        rows.iter().filter(ended).filter(|row| row.population == population).filter_map(UsageRow::until).max()
    };
    let mut known: Vec<(&str, Option<Date>)> = Vec::new();
    rows.iter()
        .filter(ended)
        .filter(|row| {
            let population = row.population.as_str();
            let found = known.iter().find(|(name, _)| *name == population).map(|(_, day)| *day);
            let newest = found.unwrap_or_else(|| {
                let newest = last(population);
                known.push((population, newest));
                newest
            });
            row.until() == newest
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const ROWS: &str = "period,of,id,name,quantity,share,population,status,snapshot\n\
        2025-02-10/2025-02-16,country,CN,CN,300,30,tokens,withdrawn,2025-02-16\n\
        2025-02-17/2025-02-23,country,CN,CN,400,40,tokens,stands,2025-02-23\n\
        2025-02-03/2025-02-09,country,CN,CN,90,9,other tokens,stands,2025-02-09\n";

    #[test]
    fn each_population_stands_by_its_last_period_of_the_day() {
        let rows = parse("t.csv", ROWS.as_bytes()).expect("rows");
        let shares = |day| standing(&rows, day).iter().map(|row| row.share).collect::<Vec<_>>();
        assert_eq!(shares(date(2025, 2, 20)), [30.0, 9.0]);
        assert_eq!(shares(date(2025, 2, 23)), [40.0, 9.0]);
        assert_eq!(shares(date(2025, 2, 1)), [0.0; 0]);
        assert_eq!(rows[0].status, UsageStatus::Withdrawn);
    }

    #[test]
    fn what_cannot_be_is_named_by_its_line() {
        let error = |text: String| parse("t.csv", text.as_bytes()).expect_err("a fault").to_string();
        assert!(error(ROWS.replace(",40,tokens", ",140,tokens")).contains("line 3"));
        assert!(error(ROWS.replace("2025-02-03/2025-02-09", "last week")).contains("line 4"));
        assert!(error(ROWS.replace("withdrawn", "doubtful")).contains("doubtful"));
    }
}
