//! SuperCLUE: the monthly pages of 2023, several tables a page each with its header as first row, in; the total of the
//! main table, listed by maker, out.

use super::draft::Draft;
use super::raw::{RawRoot, RawRow, RawTable, fault, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;

/// The board's id.
const BOARD: &str = "superclue";

/// From this month on the total is of open questions and multiple choice; before, of multiple choice alone.
const FIRST_WITH_OPEN_QUESTIONS: Date = Date::constant(2023, 8, 1);

/// Headers of the model, its maker and the total.
const MODEL: &[&str] = &["模型"];
const MAKER: &[&str] = &["机构"];
const TOTAL: &[&str] = &["总分", "平均"];

/// The row of the human reference, which is no model.
const HUMANS: &str = "人类";

/// Arrows and medals that the page puts behind names.
const DECORATION: [char; 4] = ['↗', '↑', '*', '\u{fe0f}'];

/// Reads every month.
pub(super) fn months(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for file in raw.files(&import.folder, ".csv")? {
        drafts.extend(rows(&file, &raw.table(&file)?, file_date(&file)?)?);
    }
    Ok(drafts)
}

fn rows(file: &str, table: &RawTable, day: Date) -> Result<Vec<Draft>> {
    let metric = if day < FIRST_WITH_OPEN_QUESTIONS { "total-multiple-choice" } else { "total-with-open" };
    let mut main = table.rows().filter(|row| row.get("table_no") == "0");
    let header = main.next().ok_or_else(|| fault(file, "has no table 0".to_owned()))?;
    let place = |names: &[&str]| {
        let found = table.columns().iter().find(|column| names.contains(&header.get(column)));
        found.ok_or_else(|| fault(file, format!("the main table has none of the columns {names:?}")))
    };
    let (model, maker, total) = (place(MODEL)?, place(MAKER)?, place(TOTAL)?);
    let mut drafts = Vec::new();
    for row in main {
        let name = plain(&row, model);
        if name.is_empty() || name == HUMANS {
            continue;
        }
        if let Some(score) = row.number(total)? {
            let draft = Draft::new(name, BOARD, metric, score, day);
            drafts.push(draft.with_organisation(row.get(maker)));
        }
    }
    Ok(drafts)
}

fn plain<'t>(row: &RawRow<'t>, column: &str) -> &'t str {
    row.get(column).trim_end_matches(|c: char| DECORATION.contains(&c) || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "table_no,heading,c1,c2,c3,c4,c5\n\
        0,总榜,排名,模型,机构,总分,OPEN\n0,总榜,-,人类,CLUE,96.5,98\n0,总榜,1,Model-A ↗,Acme,70.5,61\n\
        1,能力,排名,模型,平均分,语义,\n1,能力,1,Model-A,12,13,\n";

    fn rows_of(page: &str, day: Date) -> Result<Vec<Draft>> {
        rows("t.csv", &RawTable::parse("t.csv", page).expect("a table"), day)
    }

    #[test]
    fn only_models_of_the_main_table_are_read() {
        let rows = rows_of(PAGE, Date::constant(2023, 12, 1)).expect("rows");
        let read: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.score)).collect();
        assert_eq!(read, [("Model-A", 70.5)]);
        assert_eq!(rows[0].organisation.as_deref(), Some("Acme"));
    }

    #[test]
    fn the_total_was_another_before_open_questions_came_in() {
        let metric = |day| rows_of(PAGE, day).expect("rows")[0].metric.clone();
        assert_eq!(metric(Date::constant(2023, 7, 1)), "total-multiple-choice");
        assert_eq!(metric(Date::constant(2023, 8, 1)), "total-with-open");
    }

    #[test]
    fn a_page_without_the_main_columns_is_an_error() {
        assert!(rows_of("table_no,c1,c2\n0,排名,模型\n0,1,A\n", Date::constant(2023, 8, 1)).is_err());
    }
}
