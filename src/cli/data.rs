//! `benchclaim data`: lists, shows, imports and verifies data sets.

use super::data_args::{BoardFormat, DataCommand};
use super::{Ending, diff, output, update, watch};
use crate::dataset::manifest::Decision;
use crate::dataset::{self, Board, Catalog, Store, import};
use anyhow::{Context, Result, bail};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

pub(super) fn run(
    command: &DataCommand,
    open: impl Fn() -> Result<Catalog>,
    datasets: Option<&Path>,
) -> Result<Ending> {
    match command {
        DataCommand::List => list(&open()?),
        DataCommand::Show { id, as_of, benchmark, format, rows } => {
            show(&open()?, id, *as_of, benchmark.as_deref(), *format, *rows)
        }
        DataCommand::Import { raw, ids, output } => import_raw(raw, datasets.unwrap_or(output), ids),
        DataCommand::Verify => verify(&open()?),
        DataCommand::Update(arguments) => update::run(arguments, datasets),
        DataCommand::Watch(arguments) => watch::run(arguments, datasets),
        DataCommand::Diff(arguments) => diff::run(arguments, open),
        DataCommand::Package { output } => {
            let mut bytes = serde_json::to_vec_pretty(&dataset::package::describe(&open()?)?)?;
            bytes.push(b'\n');
            output::write(&bytes, output.as_deref())
        }
    }
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
    table
}

fn right(text: impl ToString) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn list(catalog: &Catalog) -> Result<Ending> {
    let mut listing =
        table(&["data set", "decision", "rows", "snapshots", "first", "last", "licence", "title"]);
    for (id, manifest) in catalog.manifests() {
        let locked = catalog.lock().datasets.get(id);
        let of = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        listing.add_row(vec![
            Cell::new(id),
            Cell::new(match manifest.decision {
                Decision::Shipped => "shipped",
                Decision::Registered => "registered",
                Decision::Refused => "refused",
            }),
            right(of(locked.map(|l| l.rows.to_string()))),
            right(of(locked.map(|l| l.snapshots.to_string()))),
            Cell::new(of(locked.map(|l| l.first.to_string()))),
            Cell::new(of(locked.map(|l| l.last.to_string()))),
            Cell::new(&manifest.licence),
            Cell::new(&manifest.title),
        ]);
    }
    output::write(format!("{listing}\n").as_bytes(), None)
}

fn show(
    catalog: &Catalog,
    id: &str,
    as_of: Option<Date>,
    benchmark: Option<&str>,
    format: BoardFormat,
    count: usize,
) -> Result<Ending> {
    let manifest = catalog.manifest(id)?;
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
    let day = as_of.unwrap_or_else(|| catalog.newest());
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
    let count = if count == 0 { usize::MAX } else { count };
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

fn import_raw(raw: &Path, datasets: &Path, ids: &[String]) -> Result<Ending> {
    if !raw.is_dir() {
        bail!("{} is not a folder of raw files", raw.display());
    }
    let store = Store::folder(datasets)?;
    if ids.is_empty() {
        // Releases and makers first: what was on a board when depends on them.
        import::import_identities(raw, datasets, &dataset::open_names(&store)?)?;
    }
    let imported = import::import(raw, datasets, &dataset::open_names(&store)?, ids)?;
    let mut text = String::new();
    for table in &imported {
        let state = if table.changed { "changed" } else { "as before" };
        let locked = &table.locked;
        writeln!(text, "{}: {} rows of {} snapshots, {state}", table.id, locked.rows, locked.snapshots)?;
    }
    output::write(text.as_bytes(), None)
}

/// Checks every shipped table, and tells what its names resolve to.
fn verify(catalog: &Catalog) -> Result<Ending> {
    let mut listing = table(&["data set", "rows", "snapshots", "first", "last", "names", "resolved"]);
    let mut ending = Ending::Clean;
    let mut unresolved: BTreeSet<String> = BTreeSet::new();
    for (id, manifest) in catalog.manifests() {
        if !manifest.is_held(catalog.lock()) {
            continue;
        }
        let rows = match catalog.verify(id) {
            Ok(rows) => rows,
            Err(error) => {
                output::complain(&format!("{id}: {error}"));
                ending = Ending::Findings;
                continue;
            }
        };
        let names = catalog.printed_names(id)?;
        let unknown: Vec<_> =
            names.iter().filter(|(_, model)| catalog.names().facts(model).organisation.is_none()).collect();
        let share = 100.0 * (1.0 - unknown.len() as f64 / names.len().max(1) as f64);
        unresolved.extend(unknown.iter().map(|(name, _)| format!("{id}: {name}")));
        let locked = catalog.lock().datasets.get(id);
        listing.add_row(vec![
            Cell::new(id),
            right(rows),
            right(locked.map_or(0, |l| l.snapshots)),
            Cell::new(locked.map(|l| l.first.to_string()).unwrap_or_default()),
            Cell::new(locked.map(|l| l.last.to_string()).unwrap_or_default()),
            right(names.len()),
            right(format!("{share:.1} %")),
        ]);
    }
    output::write(format!("{listing}\n").as_bytes(), None)?;
    if !unresolved.is_empty() {
        let list: Vec<String> = unresolved.into_iter().collect();
        output::complain(&format!("names without a known organisation:\n  {}", list.join("\n  ")));
    }
    Ok(ending)
}
