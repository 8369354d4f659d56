//! `benchclaim data`: lists, shows, imports and verifies data sets.

use super::data_args::DataCommand;
use super::{Ending, diff, output, place, show, update, verify, watch};
use crate::dataset::import::Imported;
use crate::dataset::manifest::Decision;
use crate::dataset::{self, Catalog, Store, import};
use anyhow::{Result, bail};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
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
            let asked =
                show::Asked { as_of: *as_of, benchmark: benchmark.as_deref(), format: *format, rows: *rows };
            show::run(&open()?, id, &asked)
        }
        DataCommand::Import { raw, ids, registered: true, output } => {
            import_registered(raw, &open()?, output.as_deref().or(datasets), ids)
        }
        DataCommand::Import { raw, ids, registered: false, output } => {
            import_raw(raw, datasets.or(output.as_deref()).unwrap_or(Path::new("datasets")), ids)
        }
        DataCommand::Verify { all } => verify::run(&open()?, *all),
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

pub(super) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
    table
}

pub(super) fn right(text: impl ToString) -> Cell {
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

fn import_raw(raw: &Path, datasets: &Path, ids: &[String]) -> Result<Ending> {
    if !raw.is_dir() {
        bail!("{} is not a folder of raw files", raw.display());
    }
    let store = Store::folder(datasets)?;
    if ids.is_empty() {
        // Releases and makers first: what was on a board when depends on them.
        import::import_identities(raw, datasets, &dataset::open_names(&store)?)?;
    }
    tell(&import::import(raw, datasets, &dataset::open_names(&store)?, ids)?)
}

/// Makes registered tables in the folder given, else in the user's data directory, where every command reads them.
fn import_registered(raw: &Path, catalog: &Catalog, folder: Option<&Path>, ids: &[String]) -> Result<Ending> {
    if !raw.is_dir() {
        bail!("{} is not a folder of raw files", raw.display());
    }
    let (_, folder) = place::target(folder)?;
    let imported =
        import::import_registered(raw, catalog.manifests().values(), &folder, catalog.names(), ids)?;
    if imported.is_empty() {
        bail!("no folder of a registered source is in {}", raw.display());
    }
    output::complain(&format!("in {}", folder.display()));
    tell(&imported)
}

fn tell(imported: &[Imported]) -> Result<Ending> {
    let mut text = String::new();
    for table in imported {
        let state = if table.changed { "changed" } else { "as before" };
        let locked = &table.locked;
        writeln!(text, "{}: {} rows of {} snapshots, {state}", table.id, locked.rows, locked.snapshots)?;
    }
    output::write(text.as_bytes(), None)
}
