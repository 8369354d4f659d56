//! The lock: what the importer measured of each shipped table (rows, days, hashes), as text in `lock.toml`.

use crate::error::{Error, Result};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The lock of a store, by data set id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lock {
    /// One entry a shipped data set.
    pub datasets: BTreeMap<String, Locked>,
}

/// What was measured of one tidy table when it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// File name inside the data set's folder.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Rows, without the header.
    pub rows: u64,
    /// Day of the oldest snapshot.
    pub first: Date,
    /// Day of the newest snapshot.
    pub last: Date,
    /// Different snapshot days.
    pub snapshots: u64,
    /// Raw files it was made from, in reading order.
    #[serde(default)]
    pub raw: Vec<RawFile>,
}

/// A raw file that a table was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFile {
    /// Folder and file name below the raw root.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl Lock {
    /// Reads a lock; `name` is its path in the store.
    ///
    /// # Errors
    /// When the text is not TOML of this shape.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| Error::Manifest { manifest: name.to_owned(), why: e.to_string() })
    }

    /// The lock as text, entries by id.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
    pub fn to_text(&self) -> Result<String> {
        let body = toml::to_string(self)
            .map_err(|e| Error::Manifest { manifest: "lock.toml".to_owned(), why: e.to_string() })?;
        Ok(format!("# Written by `benchclaim data import`; not by hand.\n\n{body}"))
    }

    /// SHA-256 of a data set's table, or nothing when the lock does not know it.
    #[must_use]
    pub fn sha256(&self, id: &str) -> &str {
        self.datasets.get(id).map_or("", |locked| locked.sha256.as_str())
    }

    /// Day of a data set's newest snapshot.
    #[must_use]
    pub fn last_snapshot(&self, id: &str) -> Option<Date> {
        self.datasets.get(id).map(|locked| locked.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_reads_back_as_written() {
        let day = Date::constant(2025, 8, 6);
        let raw = vec![RawFile { file: "a/1.csv".to_owned(), sha256: "00".to_owned() }];
        let (file, sha256) = ("scores.csv".to_owned(), "ff".to_owned());
        let locked = Locked { file, sha256, rows: 3, first: day, last: day, snapshots: 1, raw };
        let lock = Lock { datasets: BTreeMap::from([("a-board".to_owned(), locked)]) };
        let text = lock.to_text().expect("writable");
        assert_eq!(Lock::parse("lock.toml", &text).expect("readable"), lock);
        assert_eq!((lock.sha256("a-board"), lock.sha256("other")), ("ff", ""));
    }
}
