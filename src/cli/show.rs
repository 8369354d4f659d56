//! `benchclaim data show`: a data set and a day in; its board, models, statements or usage as they stood out.

use super::data::{right, table};
use super::data_args::BoardFormat;
use super::{Ending, output};
use crate::dataset::manifest::TableKind;
use crate::dataset::package::type_of;
use crate::dataset::{Board, Catalog, Records};
use anyhow::{Context, Result, bail};
use comfy_table::Cell;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Letters of a cell that are shown on a terminal.
const CELL_WIDTH: usize = 40;

/// What is to be shown, and how.
pub(super) struct Asked<'a> {
    pub(super) as_of: Option<Date>,
    pub(super) benchmark: Option<&'a str>,
    pub(super) format: BoardFormat,
    pub(super) rows: Option<usize>,
}

/// Rows of a table for people, where no number is asked for; a program gets them all.
const ROWS_OF_A_TABLE: usize = 20;

impl Asked<'_> {
    fn count(&self) -> usize {
        match (self.rows, self.format) {
            (Some(0), _) | (None, BoardFormat::Csv | BoardFormat::Json) => usize::MAX,
            (Some(rows), _) => rows,
            (None, BoardFormat::Table) => ROWS_OF_A_TABLE,
        }
    }
}

pub(super) fn run(catalog: &Catalog, id: &str, asked: &Asked<'_>) -> Result<Ending> {
    let manifest = catalog.manifest(id)?;
    match manifest.table.as_ref().map(|table| table.kind) {
        Some(TableKind::Scores) | None => board(catalog, id, asked),
        Some(_) if !manifest.is_held(catalog.lock()) => {
            bail!("the table of data set `{id}` is not here ({})", manifest.reason)
        }
        Some(_) => records(catalog, id, asked),
    }
}

fn records(catalog: &Catalog, id: &str, asked: &Asked<'_>) -> Result<Ending> {
    if let Some(benchmark) = asked.benchmark {
        bail!("data set `{id}` holds no board, so none of `{benchmark}`");
    }
    let day = asked.as_of.unwrap_or_else(|| catalog.newest());
    let records = catalog.records(id, day)?;
    let count = asked.count();
    let bytes = match asked.format {
        BoardFormat::Table => records_table(&catalog.manifest(id)?.title, &records, day, count),
        BoardFormat::Csv => records_csv(&records, count)?,
        BoardFormat::Json => records_json(&records, count)?,
    };
    output::write(&bytes, None)
}

fn records_table(title: &str, records: &Records, day: Date, count: usize) -> Vec<u8> {
    let shown = || records.rows.iter().take(count);
    let filled: Vec<usize> = (0..records.columns.len())
        .filter(|at| shown().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let header: Vec<&str> = filled.iter().map(|at| records.columns[*at].as_str()).collect();
    let mut listing = table(&header);
    for row in shown() {
        listing.add_row(filled.iter().map(|at| {
            let cell = row.get(*at).map_or("", String::as_str);
            if type_of(&records.columns[*at]) == "number" { right(cell) } else { Cell::new(cut(cell)) }
        }));
    }
    let undated = match records.undated {
        0 => String::new(),
        n => format!("; {n} more without a day, of which nobody knows whether they existed"),
    };
    let all = records.rows.len();
    format!("{title}, as of {day}\n{listing}\n{} of {all} rows{undated}\n", shown().count()).into_bytes()
}

fn cut(cell: &str) -> String {
    if cell.chars().count() <= CELL_WIDTH {
        return cell.to_owned();
    }
    cell.chars().take(CELL_WIDTH - 1).chain(['…']).collect()
}

fn records_csv(records: &Records, count: usize) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&records.columns)?;
    for row in records.rows.iter().take(count) {
        writer.write_record(row)?;
    }
    writer.into_inner().context("could not finish the table")
}

fn records_json(records: &Records, count: usize) -> Result<Vec<u8>> {
    let value = |column: &str, cell: &str| match type_of(column) {
        _ if cell.is_empty() => serde_json::Value::Null,
        "number" => cell.parse::<f64>().map_or_else(|_| cell.into(), Into::into),
        "boolean" => cell.parse::<bool>().map_or_else(|_| cell.into(), Into::into),
        _ => cell.into(),
    };
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = records
        .rows
        .iter()
        .take(count)
        .map(|row| records.columns.iter().zip(row).map(|(c, cell)| (c.clone(), value(c, cell))).collect())
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&rows)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn board(catalog: &Catalog, id: &str, asked: &Asked<'_>) -> Result<Ending> {
    let manifest = catalog.manifest(id)?;
    let (benchmark, format, count) = (asked.benchmark, asked.format, asked.count());
    let mut heads = catalog.heads().iter().filter(|head| head.dataset == id).peekable();
    if heads.peek().is_none() {
        bail!(
            "data set `{id}` holds no board here ({}); `benchclaim data list` lists those that do",
            manifest.reason
        );
    }
    let known: BTreeSet<&str> = heads.clone().map(|head| head.benchmark.as_str()).collect();
    if let Some(asked) = benchmark.filter(|asked| !known.contains(asked)) {
        let known: Vec<&str> = known.into_iter().collect();
        bail!("data set `{id}` has no benchmark `{asked}`; it has {}", known.join(", "));
    }
    let day = asked.as_of.unwrap_or_else(|| catalog.newest());
    let mut heads =
        heads.filter(|head| benchmark.is_none_or(|asked| head.benchmark == asked) && head.in_force(day));
    let Some(head) = heads.next() else { bail!("data set `{id}` showed nothing of that benchmark on {day}") };
    let board = match catalog.current(head, day)? {
        Some(board) => Some(board),
        None => catalog.retrospective(head, day)?,
    };
    let Some(board) = board else {
        let days = catalog.snapshot_days(head)?;
        let first = days.first().map_or_else(|| "never".to_owned(), ToString::to_string);
        bail!("data set `{id}` has no snapshot on or before {day}; its first is {first}")
    };
    let bytes = match format {
        BoardFormat::Table => board_table(&board, count),
        BoardFormat::Csv => board_csv(&board, count)?,
        BoardFormat::Json => board_json(&board, count)?,
    };
    output::write(&bytes, None)
}

fn shown(board: &Board, count: usize) -> impl Iterator<Item = (usize, &crate::dataset::Row)> {
    board.rows.iter().map(AsRef::as_ref).enumerate().take(count)
}

fn board_table(board: &Board, count: usize) -> Vec<u8> {
    let mut listing =
        table(&["rank", "name", "identity", &board.head.metric, "95 % interval", "n", "listed"]);
    let number = |value: Option<f64>| value.map(|v| format!("{v:.1}"));
    for (i, row) in shown(board, count) {
        let interval =
            number(row.ci_low).zip(number(row.ci_high)).map(|(low, high)| format!("{low} to {high}"));
        listing.add_row(vec![
            right(i + 1),
            Cell::new(&row.name),
            Cell::new(&row.model),
            right(format!("{:.1}", row.score)),
            Cell::new(interval.unwrap_or_default()),
            right(row.n.map(|n| n.to_string()).unwrap_or_default()),
            Cell::new(row.listed.map(|d| d.to_string()).unwrap_or_default()),
        ]);
    }
    let retrospective =
        if board.retrospective { ", restricted to what existed on the day asked for" } else { "" };
    let head = &board.head;
    format!(
        "{}: {} ({}), snapshot of {}{retrospective}\n{listing}\n{} of {} rows\n",
        head.title,
        head.benchmark,
        head.metric,
        board.snapshot,
        shown(board, count).count(),
        board.rows.len()
    )
    .into_bytes()
}

fn board_csv(board: &Board, count: usize) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["rank", "name", "model", "score", "ci_low", "ci_high", "n", "listed", "snapshot"])?;
    for (i, row) in shown(board, count) {
        let text = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        writer.write_record([
            (i + 1).to_string(),
            row.name.clone(),
            row.model.clone(),
            row.score.to_string(),
            text(row.ci_low),
            text(row.ci_high),
            row.n.map(|n| n.to_string()).unwrap_or_default(),
            row.listed.map(|d| d.to_string()).unwrap_or_default(),
            row.snapshot.to_string(),
        ])?;
    }
    writer.into_inner().context("could not finish the table")
}

fn board_json(board: &Board, count: usize) -> Result<Vec<u8>> {
    let rows: Vec<_> = shown(board, count)
        .map(|(i, row)| {
            serde_json::json!({
                "rank": i + 1, "name": row.name, "model": row.model, "score": row.score, "ci_low": row.ci_low,
                "ci_high": row.ci_high, "n": row.n, "listed": row.listed, "snapshot": row.snapshot,
            })
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&rows)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records() -> Records {
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        Records {
            columns: ["id", "released", "parameters", "licence"].map(str::to_owned).to_vec(),
            rows: vec![row(["b", "2024-03-01", "7e9", ""]), row(["a", "2024-01-05", "", ""])],
            undated: 2,
        }
    }

    #[test]
    fn people_get_the_top_and_programs_everything() {
        let count = |rows, format| Asked { as_of: None, benchmark: None, format, rows }.count();
        assert_eq!(count(None, BoardFormat::Table), ROWS_OF_A_TABLE);
        assert_eq!(count(None, BoardFormat::Csv), usize::MAX);
        assert_eq!((count(Some(0), BoardFormat::Table), count(Some(5), BoardFormat::Json)), (usize::MAX, 5));
    }

    #[test]
    fn records_are_cut_to_the_rows_asked_for_and_empty_columns_left_out() {
        let text =
            String::from_utf8(records_table("T", &records(), Date::constant(2024, 4, 1), 1)).expect("text");
        assert!(text.starts_with("T, as of 2024-04-01\n") && text.contains("1 of 2 rows; 2 more"), "{text}");
        assert!(text.contains("released") && !text.contains("licence"), "{text}");
        let csv = String::from_utf8(records_csv(&records(), usize::MAX).expect("CSV")).expect("text");
        assert_eq!(csv, "id,released,parameters,licence\nb,2024-03-01,7e9,\na,2024-01-05,,\n");
    }

    #[test]
    fn numbers_are_numbers_in_json_and_gaps_are_null() {
        let json = records_json(&records(), usize::MAX).expect("JSON");
        let rows: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!((&rows[0]["parameters"], &rows[1]["parameters"]), (&7e9.into(), &serde_json::Value::Null));
    }

    #[test]
    fn long_cells_are_cut_between_letters() {
        assert_eq!(cut(&"ß".repeat(50)).chars().count(), CELL_WIDTH);
        assert_eq!(cut("short"), "short");
    }
}
