//! The writer: tables and a lock in; a store that is the old or the new one at every moment, out.
//!
//! A table is written under a name of its own, with the beginning of its hash, beside the one in force. The lock names
//! the table in force, so that replacing the lock, one rename, switches every table at once. A stop before it leaves
//! files that nothing names; the next writer takes them away.

use crate::dataset::manifest::Lock;
use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Folder, below the store's root, of everything that the refresh keeps for itself.
pub const PRIVATE: &str = ".refresh";

/// Digits of the hash in a table's name.
const MARK: usize = 12;

/// The only one that writes to a store, as long as it lives.
pub(super) struct Writer {
    root: PathBuf,
    _hold: File,
}

/// A table that is to come into force.
pub(super) struct NewTable<'t> {
    pub(super) id: &'t str,
    pub(super) file: &'t str,
    pub(super) bytes: &'t [u8],
}

impl Writer {
    /// Takes hold of a store; its folder is made when it is not there.
    ///
    /// # Errors
    /// When another program holds it, or the folder cannot be made.
    pub(super) fn open(root: &Path) -> Result<Self> {
        let private = root.join(PRIVATE);
        std::fs::create_dir_all(&private).map_err(io("make the folder", &private))?;
        let path = private.join("writer.lock");
        let hold = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(io("open", &path))?;
        match hold.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _hold: hold }),
            Err(TryLockError::WouldBlock) => {
                let source = std::io::Error::new(
                    std::io::ErrorKind::WouldBlock,
                    "another refresh is writing to this store",
                );
                Err(Error::Io { action: "lock", path, source })
            }
            Err(TryLockError::Error(source)) => Err(Error::Io { action: "lock", path, source }),
        }
    }

    /// A path in the refresh's own folder.
    pub(super) fn private(&self, name: &str) -> PathBuf {
        self.root.join(PRIVATE).join(name)
    }

    /// The lock of this folder alone; an empty one where there is none yet.
    pub(super) fn lock(&self) -> Result<Lock> {
        let path = self.root.join("lock.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => Lock::parse(&path.display().to_string(), &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lock::default()),
            Err(source) => Err(Error::Io { action: "read", path, source }),
        }
    }

    /// Keeps a raw file, named below the folder of raw files.
    pub(super) fn keep_raw(&self, file: &str, bytes: &[u8]) -> Result<()> {
        let path = self.private("raw").join(file);
        let folder = path.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder).map_err(io("make the folder", folder))?;
        write_durably(&path, bytes)
    }

    /// Writes tables, then the lock that names them: until the last step the old store stands whole.
    pub(super) fn switch(&self, tables: &[NewTable<'_>], lock: &Lock) -> Result<()> {
        for table in tables {
            let folder = self.root.join(table.id);
            std::fs::create_dir_all(&folder).map_err(io("make the folder", &folder))?;
            write_durably(&folder.join(table.file), table.bytes)?;
        }
        sync_folder(&self.root)?;
        write_durably(&self.root.join("lock.toml"), lock.to_text()?.as_bytes())
    }

    /// Takes away tables of a data set that neither `keep` names nor a writer is about to name.
    pub(super) fn prune(&self, id: &str, table_file: &str, keep: &[&str]) -> Result<()> {
        let folder = self.root.join(id);
        let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
        for entry in entries {
            let entry = entry.map_err(io("list", &folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // A table under its plain name that no lock names was put there by somebody else.
            let is_ours = is_marked(&name, table_file) || name.ends_with(PART);
            let is_replaced = is_ours || (name == table_file && !keep.is_empty());
            if is_replaced && !keep.contains(&name.as_str()) {
                std::fs::remove_file(entry.path()).map_err(io("remove", &entry.path()))?;
            }
        }
        Ok(())
    }
}

/// The name of a table with the beginning of its hash: `scores-0123456789ab.csv`.
pub(super) fn marked(table_file: &str, sha256: &str) -> String {
    let (stem, extension) = table_file.rsplit_once('.').unwrap_or((table_file, "csv"));
    format!("{stem}-{}.{extension}", sha256.get(..MARK).unwrap_or(sha256))
}

fn is_marked(name: &str, table_file: &str) -> bool {
    let (stem, extension) = table_file.rsplit_once('.').unwrap_or((table_file, "csv"));
    let mark = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-'));
    let mark = mark.and_then(|rest| rest.strip_suffix(extension)).and_then(|rest| rest.strip_suffix('.'));
    mark.is_some_and(|mark| mark.len() == MARK && mark.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// End of the name of a file that is being written.
const PART: &str = ".part";

/// Writes beside the target, makes sure that it lies on the disk, and renames: a reader sees the old file or the new
/// one, even after the power has failed.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Only one writer is at work, so that one name is enough and nothing piles up after a stop.
    let part = folder.join(format!(".{name}{PART}"));
    let mut file = File::create(&part).map_err(io("write", &part))?;
    file.write_all(bytes).map_err(io("write", &part))?;
    file.sync_all().map_err(io("write", &part))?;
    drop(file);
    std::fs::rename(&part, path).map_err(io("replace", path))?;
    sync_folder(folder)
}

/// Adds a line to a file and makes sure that it lies on the disk.
pub(super) fn append(path: &Path, line: &str) -> Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(io("open", path))?;
    file.write_all(line.as_bytes()).map_err(io("write", path))?;
    file.sync_data().map_err(io("write", path))
}

/// A rename lies on the disk when its folder does; other systems do without.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io("write", folder))
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<()> {
    Ok(())
}

fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { action, path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_turned_away_until_the_first_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Writer::open(folder.path()).expect("free");
        let error = Writer::open(folder.path()).err().expect("held").to_string();
        assert!(error.contains("another refresh"), "{error}");
        drop(first);
        assert!(Writer::open(folder.path()).is_ok());
    }

    #[test]
    fn a_marked_name_is_known_again_and_others_are_let_be() {
        let name = marked("scores.csv", "0123456789abcdef");
        assert_eq!(name, "scores-0123456789ab.csv");
        assert!(is_marked(&name, "scores.csv"));
        assert!(!is_marked("scores-notes.csv", "scores.csv") && !is_marked("scores.csv", "scores.csv"));
    }

    #[test]
    fn pruning_keeps_what_is_named_and_what_is_not_ours() {
        let folder = tempfile::tempdir().expect("a folder");
        let writer = Writer::open(folder.path()).expect("free");
        let old = [
            "dataset.toml",
            "scores.csv",
            "scores-0123456789ab.csv",
            "scores-ba9876543210.csv",
            ".x.part",
            "notes.csv",
        ];
        std::fs::create_dir(folder.path().join("a")).expect("made");
        for name in old {
            std::fs::write(folder.path().join("a").join(name), "x").expect("written");
        }
        writer.prune("a", "scores.csv", &["scores-ba9876543210.csv"]).expect("pruned");
        let mut left: Vec<_> = std::fs::read_dir(folder.path().join("a"))
            .expect("listed")
            .map(|e| e.expect("entry").file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["dataset.toml", "notes.csv", "scores-ba9876543210.csv"]);
    }
}
