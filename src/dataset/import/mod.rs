//! The importer: raw files of the sources and the manifests in; the tidy tables under `datasets/` and their lock out.
//!
//! One file a raw format. A reader turns raw rows into drafts and settles what its source leaves open (units, repeats,
//! first appearances, scales); here drafts are named, sorted, written and measured. It does not use the network.

mod aider;
mod alpaca;
mod arena;
mod arena_hard;
mod columns;
mod community;
mod draft;
mod epoch;
mod epoch_external;
mod evalplus;
mod facts;
mod function_calling;
mod glued;
mod hallucination;
mod identities;
mod livebench;
mod model_sources;
mod objects;
mod open_llm;
mod open_llm_second;
mod prices;
mod raw;
mod readme;
mod registered;
mod release;
mod superclue;
mod tau;
mod upstream;
mod usage;
mod vendor;
mod wildbench;
mod zeroeval;

pub use identities::import_identities;
pub use readme::{readme_table, refresh_readme};
pub use registered::import_registered;
pub use upstream::to_raw;

use super::manifest::{Decision, ImportEntry, Lock, Locked, Manifest, RawFile, TableKind};
use super::table;
use crate::error::{Error, Result};
use crate::names::Names;
use draft::{Draft, Tidy, tidy};
use jiff::civil::Date;
use raw::{RawRoot, RawTable, sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// Turns the raw files of one data set into drafts.
type Reader = fn(&mut RawRoot, &Manifest, &ImportEntry, &Names) -> Result<Vec<Draft>>;

/// Readers of scores by the name that a manifest's `import.format` gives.
const READERS: [(&str, Reader); 24] = [
    ("aider", aider::runs),
    ("alpaca-eval", alpaca::boards),
    ("arena-board", arena::board),
    ("arena-dated", arena::dated),
    ("arena-hard", arena_hard::boards),
    ("arena-labs", arena::labs),
    ("arena-pages", arena::pages),
    (model_sources::COLUMNS, columns::scores),
    ("community", community::tables),
    ("epoch-external", epoch_external::tables),
    ("epoch-index", epoch::index),
    ("epoch-runs", epoch::runs),
    ("evalplus", evalplus::boards),
    ("function-calling", function_calling::boards),
    ("hallucination", hallucination::boards),
    ("list-prices", prices::list_prices),
    ("livebench", livebench::releases),
    ("llm-stats", vendor::llm_stats),
    ("open-llm-1", open_llm::archive),
    ("open-llm-2", open_llm_second::board),
    ("superclue", superclue::months),
    ("tau", tau::submissions),
    ("wildbench", wildbench::boards),
    ("zeroeval", zeroeval::summaries),
];

/// One written table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Data set id.
    pub id: String,
    /// What the lock says of it now.
    pub locked: Locked,
    /// Whether the table differs from the one that was there.
    pub changed: bool,
}

/// Writes the tidy tables of the shipped data sets under `datasets`, from the raw files under `raw`; `only` names the
/// wanted ids, or none for all. The lock is rewritten with what was
/// measured, and the tables in `README.md`, where there is one.
///
/// # Errors
/// A manifest or raw file that cannot be read or means something else than the reader knows; the error names file, line
/// and column. Tables before it are already written, each whole.
pub fn import(raw: &Path, datasets: &Path, names: &Names, only: &[String]) -> Result<Vec<Imported>> {
    let manifests = read_manifests(datasets)?;
    if let Some(unknown) = only.iter().find(|id| manifests.iter().all(|manifest| manifest.id != **id)) {
        let hint = format!("the manifests are in {}", datasets.display());
        return Err(Error::NotFound { what: format!("data set `{unknown}`"), hint });
    }
    let not_ours =
        |manifest: &&Manifest| only.contains(&manifest.id) && manifest.decision != Decision::Shipped;
    if let Some(manifest) = manifests.iter().find(not_ours) {
        let what = format!("data set `{}` among those that ship ({})", manifest.id, manifest.reason);
        let hint = "`data import --registered` makes it in a folder of yours".to_owned();
        return Err(Error::NotFound { what, hint });
    }
    let lock_path = datasets.join("lock.toml");
    let mut lock = read_lock(&lock_path)?;
    let mut root = RawRoot::new(raw);
    let mut done = Vec::new();
    let wanted = |manifest: &&Manifest| only.is_empty() || only.contains(&manifest.id);
    for manifest in manifests.iter().filter(wanted).filter(|manifest| manifest.decision == Decision::Shipped)
    {
        let path = datasets.join(&manifest.id).join(manifest.table_file());
        let (tidy, locked) = match manifest.import {
            Some(_) => build(&mut root, manifest, names)?,
            None => by_hand(&path, manifest)?,
        };
        let changed = lock.sha256(&manifest.id) != locked.sha256 || !path.is_file();
        if manifest.import.is_some() {
            write_whole(&path, &tidy.bytes)?;
        }
        lock.datasets.insert(manifest.id.clone(), locked.clone());
        done.push(Imported { id: manifest.id.clone(), locked, changed });
    }
    lock.datasets.retain(|id, _| manifests.iter().any(|m| m.id == *id && m.decision == Decision::Shipped));
    write_whole(&lock_path, lock.to_text()?.as_bytes())?;
    if datasets.join("README.md").is_file() {
        refresh_readme(datasets, &manifests, &lock)?;
    }
    Ok(done)
}

/// The lock in a folder; an empty one where there is none yet.
fn read_lock(path: &Path) -> Result<Lock> {
    match std::fs::read_to_string(path) {
        Ok(text) => Lock::parse("lock.toml", &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lock::default()),
        Err(source) => Err(Error::Io { action: "read", path: path.to_owned(), source }),
    }
}

/// Reads every manifest under `datasets`, in the order of their ids.
///
/// # Errors
/// When the folder or a manifest cannot be read.
pub fn read_manifests(datasets: &Path) -> Result<Vec<Manifest>> {
    let unreadable = |source| Error::Io { action: "list", path: datasets.to_owned(), source };
    let mut manifests = Vec::new();
    for entry in std::fs::read_dir(datasets).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path().join("dataset.toml");
        if path.is_file() {
            let text = std::fs::read_to_string(&path).map_err(|source| Error::Io {
                action: "read",
                path: path.clone(),
                source,
            })?;
            manifests.push(Manifest::parse(&path.display().to_string(), &text)?);
        }
    }
    manifests.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(manifests)
}

fn build(root: &mut RawRoot, manifest: &Manifest, names: &Names) -> Result<(Tidy, Locked)> {
    let broken = |why: String| Error::Manifest { manifest: format!("{}/dataset.toml", manifest.id), why };
    let entry = manifest.import.as_ref().ok_or_else(|| broken("key `import` is missing".to_owned()))?;
    let kind = manifest.table.as_ref().map_or(TableKind::Scores, |table| table.kind);
    root.take_read();
    let tidy = match kind {
        TableKind::Models => model_sources::table(root, manifest, entry, names)?,
        TableKind::Usage => usage::table(root, manifest, entry, names)?,
        TableKind::Scores | TableKind::Statements => {
            let reader = READERS.iter().find(|(format, _)| *format == entry.format).map(|(_, reader)| reader);
            let reader =
                reader.ok_or_else(|| broken(format!("key `import.format`: no reader `{}`", entry.format)))?;
            let drafts = reader(root, manifest, entry, names)?;
            let foreign =
                drafts.iter().find(|draft| manifest.benchmark(&draft.benchmark, &draft.metric).is_none());
            if let Some(draft) = foreign {
                let (benchmark, metric) = (&draft.benchmark, &draft.metric);
                return Err(broken(format!("no `benchmark` entry for the imported {benchmark} {metric}")));
            }
            tidy(&format!("{}/{}", manifest.id, manifest.table_file()), drafts, names)?
        }
    };
    let tidy = packed(tidy, manifest)?;
    let locked = measure(&tidy, manifest, root.take_read())?;
    Ok((tidy, locked))
}

/// The table in the form its file name asks for: large ones are Parquet, which opens in a tenth of the time.
fn packed(tidy: Tidy, manifest: &Manifest) -> Result<Tidy> {
    let file = manifest.table_file();
    if !file.ends_with(".parquet") {
        return Ok(tidy);
    }
    Ok(Tidy { bytes: table::csv_to_parquet(&format!("{}/{file}", manifest.id), tidy.bytes)?, ..tidy })
}

/// Measures a table that is kept by hand; its days are those on which something was said.
fn by_hand(path: &Path, manifest: &Manifest) -> Result<(Tidy, Locked)> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    let table = RawTable::parse(&format!("{}/{}", manifest.id, manifest.table_file()), &text)?;
    let day = table.column(&["said_on"])?;
    let days: BTreeSet<Date> = table.rows().filter_map(|row| row.date(day).ok().flatten()).collect();
    let tidy = Tidy { bytes: text.into_bytes(), rows: table.rows().count() as u64, days };
    let locked = measure(&tidy, manifest, Vec::new())?;
    Ok((tidy, locked))
}

fn measure(tidy: &Tidy, manifest: &Manifest, raw: Vec<RawFile>) -> Result<Locked> {
    let (Some(first), Some(last)) = (tidy.days.first().copied(), tidy.days.last().copied()) else {
        let why = "the table has no dated row".to_owned();
        return Err(Error::Manifest { manifest: format!("{}/dataset.toml", manifest.id), why });
    };
    let (rows, snapshots) = (tidy.rows, tidy.days.len() as u64);
    let (file, sha256) = (manifest.table_file().to_owned(), sha256(&tidy.bytes));
    Ok(Locked { file, sha256, rows, first, last, snapshots, raw })
}

/// What the raw files of one data set say, without a word written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawReading {
    /// The tidy table, in the form of its file name.
    pub table: Vec<u8>,
    /// The raw files read, in reading order.
    pub raw: Vec<RawFile>,
}

/// Reads the raw files of one data set under `raw` as [`import`] does, and writes nothing.
///
/// # Errors
/// As [`import`].
pub fn read_raw(raw: &Path, manifest: &Manifest, names: &Names) -> Result<RawReading> {
    let (tidy, locked) = build(&mut RawRoot::new(raw), manifest, names)?;
    Ok(RawReading { table: tidy.bytes, raw: locked.raw })
}

/// Writes beside the target and renames: a reader sees the old file or the new one, never half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = path.with_extension("part");
    let failed = |action, path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { action, path, source }
    };
    std::fs::write(&temporary, bytes).map_err(failed("write", &temporary))?;
    std::fs::rename(&temporary, path).map_err(failed("replace", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_sorted_and_named_once() {
        assert!(READERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
