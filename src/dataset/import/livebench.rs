//! LiveBench: tables of tasks by release, with the categories of each, in; the board's average, one metric a release, out.
//!
//! The average is the mean of the categories' means, as the board computes it. A release has its own questions: averages
//! of two releases do not compare, and within one only models are added.

use super::draft::Draft;
use super::raw::{RawRoot, RawTable, fault};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The board's id.
const BOARD: &str = "live-bench";

/// The tasks of each category.
type Categories = BTreeMap<String, Vec<String>>;

/// Reads every copy of every release: `table.RELEASE.DAY.csv` with `categories.RELEASE.json`.
pub(super) fn releases(
    raw: &mut RawRoot,
    _: &Manifest,
    import: &ImportEntry,
    _: &Names,
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        let (release, day) = days(&file).ok_or_else(|| {
            fault(&file, "is not named table.RELEASE.DAY.csv, both as YYYY-MM-DD".to_owned())
        })?;
        let categories: Categories = raw.json(&format!("{}/categories.{release}.json", import.folder))?;
        drafts.extend(rows(&raw.table(&file)?, &categories, release, day)?);
    }
    Ok(drafts)
}

fn days(file: &str) -> Option<(Date, Date)> {
    let name = file.rsplit('/').next()?.strip_prefix("table.")?.strip_suffix(".csv")?;
    let (release, day) = name.split_once('.')?;
    Some((release.parse().ok()?, day.parse().ok()?))
}

fn rows(table: &RawTable, categories: &Categories, release: Date, day: Date) -> Result<Vec<Draft>> {
    let metric = format!("average-{release}");
    for task in categories.values().flatten() {
        table.column(&[task])?;
    }
    let mut drafts = Vec::new();
    for row in table.rows() {
        let mut means = Vec::new();
        for tasks in categories.values() {
            let mut scores = Vec::new();
            for task in tasks {
                scores.extend(row.number(task)?);
            }
            // A model without one of the tasks has no average on the board either.
            if scores.len() == tasks.len() && !tasks.is_empty() {
                means.push(scores.iter().sum::<f64>() / scores.len() as f64);
            }
        }
        if means.len() == categories.len() && !means.is_empty() {
            let average = means.iter().sum::<f64>() / means.len() as f64;
            drafts.push(Draft::new(row.need("model")?, BOARD, &metric, average, day));
        }
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn averages(text: &str) -> Vec<(String, String, f64)> {
        let categories: Categories =
            serde_json::from_str(r#"{"Math": ["a", "b"], "Language": ["c"]}"#).expect("categories");
        let table = RawTable::parse("t.csv", text).expect("a table");
        let day = Date::constant;
        let rows = rows(&table, &categories, day(2024, 6, 24), day(2024, 8, 30)).expect("rows");
        rows.into_iter().map(|row| (row.name, row.metric, row.score)).collect()
    }

    #[test]
    fn trap_13_the_average_is_of_categories_and_of_one_release() {
        let expected = ("M".to_owned(), "average-2024-06-24".to_owned(), 60.0);
        assert_eq!(averages("model,a,b,c\nM,50,90,50\n"), [expected]);
    }

    #[test]
    fn a_model_without_a_task_has_no_average() {
        assert!(averages("model,a,b,c\nM,50,,50\n").is_empty());
    }

    #[test]
    fn the_file_tells_release_and_day() {
        let day = Date::constant;
        assert_eq!(days("f/table.2024-06-24.2024-08-30.csv"), Some((day(2024, 6, 24), day(2024, 8, 30))));
        assert_eq!(days("f/2024-08-30.csv"), None);
    }
}
