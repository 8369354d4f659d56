//! Places: what the user asked for in; the store to read and the folder to write, out.

use crate::dataset::Store;
use anyhow::{Result, anyhow};
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The word for the snapshot inside the binary, where a folder can be given.
pub(super) const SHIPPED: &str = "shipped";

/// The user's data directory of this program, there or not.
pub(super) fn user_store() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.data_dir().join("benchclaim").join("datasets"))
}

/// The store to read: the folder given, else the user's refreshed tables over the shipped ones, else the shipped ones.
pub(super) fn store(given: Option<&Path>) -> Result<Store> {
    match given {
        Some(word) if word == Path::new(SHIPPED) => Ok(Store::Shipped),
        Some(folder) if folder.join("lock.toml").is_file() => Ok(in_folder(folder)),
        Some(folder) => Ok(Store::folder(folder)?),
        None => Ok(user_store()
            .filter(|folder| folder.join("lock.toml").is_file())
            .map_or(Store::Shipped, Store::Refreshed)),
    }
}

/// The store to refresh and its folder: the one given, else the user's data directory.
pub(super) fn target(given: Option<&Path>) -> Result<(Store, PathBuf)> {
    let nowhere = || anyhow!("there is no home directory to keep data in; give a folder with --dir");
    let folder = given.map(Path::to_owned).or_else(user_store).ok_or_else(nowhere)?;
    Ok((in_folder(&folder), folder))
}

/// A folder with identities stands alone; one without lies over the shipped snapshot.
fn in_folder(folder: &Path) -> Store {
    let folder = folder.to_owned();
    if folder.join("identities").is_dir() { Store::Folder(folder) } else { Store::Refreshed(folder) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_identities_stands_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(
            target(Some(folder.path())).expect("a place").0,
            Store::Refreshed(folder.path().to_owned())
        );
        std::fs::create_dir(folder.path().join("identities")).expect("made");
        assert_eq!(target(Some(folder.path())).expect("a place").0, Store::Folder(folder.path().to_owned()));
        assert_eq!(store(Some(Path::new(SHIPPED))).expect("a place"), Store::Shipped);
        assert!(store(Some(folder.path())).is_err());
    }
}
