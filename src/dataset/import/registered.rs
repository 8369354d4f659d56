//! Registered data sets: raw files that the user has fetched in; their tidy tables in the user's own folder out.
//!
//! They may not be passed on, so they never come near the folder that ships: a folder with identities is a store of its
//! own, and is refused. The tables lie over the shipped ones and are read with them.

use super::{Imported, RawRoot, build, read_lock, write_whole};
use crate::dataset::manifest::{Decision, Manifest};
use crate::error::{Error, Result};
use crate::names::Names;
use std::path::Path;

/// Writes the tables of registered data sets whose raw files are under `raw` into `folder`, and its lock; `only` names
/// the wanted ids, or none for all that are there.
///
/// # Errors
/// An id that is not registered, a folder that is a store of its own, and as [`super::import`].
pub fn import_registered<'m>(
    raw: &Path,
    manifests: impl IntoIterator<Item = &'m Manifest>,
    folder: &Path,
    names: &Names,
    only: &[String],
) -> Result<Vec<Imported>> {
    if folder.join("identities").is_dir() {
        let what = format!("a folder of your own at {}", folder.display());
        let hint =
            "it is a store that may be passed on, which registered tables may not; give another with -o";
        return Err(Error::NotFound { what, hint: hint.to_owned() });
    }
    let readable = |manifest: &&Manifest| {
        manifest.decision == Decision::Registered && manifest.table.is_some() && manifest.import.is_some()
    };
    let manifests: Vec<&Manifest> = manifests.into_iter().filter(readable).collect();
    if let Some(unknown) = only.iter().find(|id| manifests.iter().all(|manifest| manifest.id != **id)) {
        let hint = "`benchclaim data list` tells which are".to_owned();
        return Err(Error::NotFound {
            what: format!("`{unknown}` as a registered data set with a table"),
            hint,
        });
    }
    let lock_path = folder.join("lock.toml");
    let mut lock = read_lock(&lock_path)?;
    let mut root = RawRoot::new(raw);
    let mut done = Vec::new();
    for manifest in manifests {
        let is_there = manifest.import.as_ref().is_some_and(|import| raw.join(&import.folder).is_dir());
        if !(only.contains(&manifest.id) || only.is_empty() && is_there) {
            continue;
        }
        let (tidy, locked) = build(&mut root, manifest, names)?;
        let home = folder.join(&manifest.id);
        let path = home.join(manifest.table_file());
        let changed = lock.sha256(&manifest.id) != locked.sha256 || !path.is_file();
        std::fs::create_dir_all(&home).map_err(|source| Error::Io {
            action: "make the folder",
            path: home.clone(),
            source,
        })?;
        write_whole(&path, &tidy.bytes)?;
        lock.datasets.insert(manifest.id.clone(), locked.clone());
        done.push(Imported { id: manifest.id.clone(), locked, changed });
    }
    if !done.is_empty() {
        write_whole(&lock_path, lock.to_text()?.as_bytes())?;
    }
    Ok(done)
}
