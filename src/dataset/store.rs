//! The store: where data sets lie (embedded in the binary, or a folder), and the bytes of their files.

use super::lock::Lock;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The shipped snapshot, so that the binary alone works anywhere.
#[derive(rust_embed::RustEmbed)]
#[folder = "datasets/"]
#[include = "*/*.toml"]
#[include = "*/*.csv"]
#[include = "*/*.parquet"]
#[include = "*.toml"]
#[exclude = ".refresh/*"]
struct Shipped;

/// Where data sets are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Store {
    /// The snapshot inside the binary.
    Shipped,
    /// A folder laid out like `datasets/`.
    Folder(PathBuf),
    /// The snapshot inside the binary below a folder of refreshed tables, which take precedence.
    Refreshed(PathBuf),
    /// Files made by the program itself, by their path from the root: simulated boards touch no disk.
    Memory(Arc<BTreeMap<String, Vec<u8>>>),
}

impl Store {
    /// A store in a folder.
    ///
    /// # Errors
    /// When the folder is not there or holds no data set.
    pub fn folder(path: &Path) -> Result<Self> {
        let store = Self::Folder(path.to_owned());
        if !path.is_dir() {
            let what = format!("the data folder {}", path.display());
            return Err(Error::NotFound { what, hint: "give --datasets a folder with data sets".to_owned() });
        }
        if store.ids()?.is_empty() {
            let what = format!("a data set (a folder with a dataset.toml) under {}", path.display());
            let hint = "copy the project's `datasets/` there, or leave --datasets out".to_owned();
            return Err(Error::NotFound { what, hint });
        }
        Ok(store)
    }

    /// Ids of the data sets in the store, sorted.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn ids(&self) -> Result<Vec<String>> {
        let id_of = |path: &str| path.strip_suffix("/dataset.toml").map(str::to_owned);
        match self {
            Self::Shipped => {
                Ok(Shipped::iter().filter_map(|p| id_of(&p)).collect::<BTreeSet<_>>().into_iter().collect())
            }
            Self::Memory(files) => {
                Ok(files.keys().filter_map(|p| id_of(p)).collect::<BTreeSet<_>>().into_iter().collect())
            }
            Self::Refreshed(root) => {
                let above = if root.is_dir() { Self::Folder(root.clone()).ids()? } else { Vec::new() };
                let below = Self::Shipped.ids()?;
                Ok(above.into_iter().chain(below).collect::<BTreeSet<_>>().into_iter().collect())
            }
            Self::Folder(root) => {
                let unreadable = |source| Error::Io { action: "list", path: root.clone(), source };
                let mut ids = BTreeSet::new();
                for entry in std::fs::read_dir(root).map_err(unreadable)? {
                    let entry = entry.map_err(unreadable)?;
                    if entry.path().join("dataset.toml").is_file() {
                        ids.insert(entry.file_name().to_string_lossy().into_owned());
                    }
                }
                Ok(ids.into_iter().collect())
            }
        }
    }

    /// The bytes of a file, named from the store's root.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn bytes(&self, path: &str) -> Result<Cow<'static, [u8]>> {
        match self {
            Self::Shipped => Shipped::get(path).map(|file| file.data).ok_or_else(|| Error::NotFound {
                what: path.to_owned(),
                hint: "`benchclaim data list` lists what ships".to_owned(),
            }),
            Self::Memory(files) => files
                .get(path)
                .map(|bytes| Cow::Owned(bytes.clone()))
                .ok_or_else(|| Error::NotFound { what: path.to_owned(), hint: "it was not made".to_owned() }),
            Self::Refreshed(root) if !root.join(path).is_file() => Self::Shipped.bytes(path),
            Self::Folder(root) | Self::Refreshed(root) => {
                let path = root.join(path);
                std::fs::read(&path).map(Cow::Owned).map_err(|source| Error::Io {
                    action: "read",
                    path,
                    source,
                })
            }
        }
    }

    /// What is known of the tables. Of a refreshed table and a shipped one the later stands: a newer program may ship
    /// data newer than what its forerunner fetched.
    ///
    /// # Errors
    /// When a lock is missing or malformed.
    pub fn lock(&self) -> Result<Lock> {
        let Self::Refreshed(root) = self else { return Lock::parse("lock.toml", &self.text("lock.toml")?) };
        let mut lock = Self::Shipped.lock()?;
        if root.join("lock.toml").is_file() {
            let above = Self::Folder(root.clone()).lock()?;
            for (id, entry) in above.datasets {
                if lock.datasets.get(&id).is_none_or(|shipped| shipped.last <= entry.last) {
                    lock.datasets.insert(id, entry);
                }
            }
        }
        Ok(lock)
    }

    /// A text file, named from the store's root.
    ///
    /// # Errors
    /// As [`Store::bytes`], and when it is not UTF-8.
    pub fn text(&self, path: &str) -> Result<String> {
        String::from_utf8(self.bytes(path)?.into_owned()).map_err(|e| Error::Table {
            table: path.to_owned(),
            why: format!("byte {} is not UTF-8", e.utf8_error().valid_up_to()),
            hint: "save it as UTF-8".to_owned(),
        })
    }
}
