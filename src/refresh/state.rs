//! State: what is remembered between refreshes of each body (its marks, its shape, where it is kept), as a JSON file.
//!
//! It is written after the lock: when a stop falls between the two, the next refresh fetches once more than needed.

use super::shape::Shape;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Everything remembered, by data set id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct State {
    /// What is remembered of each data set.
    pub(super) datasets: BTreeMap<String, Remembered>,
}

/// What is remembered of one data set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// SHA-256 of the table that the bodies led to; of another table nothing is known.
    pub(super) table: String,
    /// By address.
    pub(super) bodies: BTreeMap<String, Held>,
}

/// A body that was taken in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Held {
    /// The server's mark of it.
    pub(super) etag: Option<String>,
    /// When the server said it last changed.
    pub(super) last_modified: Option<String>,
    /// SHA-256 of the body as it came.
    pub(super) sha256: String,
    /// The raw file that it is kept as, below the folder of raw files.
    pub(super) file: String,
    /// Its columns or keys.
    pub(super) shape: Shape,
}

impl State {
    /// Reads the state; none is no fault, and one that cannot be read is as good as none.
    ///
    /// # Errors
    /// When the file is there and the system refuses it.
    pub(super) fn read(path: &Path) -> Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(Error::Io { action: "read", path: path.to_owned(), source }),
        }
    }

    /// The state as text.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("maps of text can be written as JSON");
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_back_and_a_broken_one_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.json");
        assert_eq!(State::read(&path).expect("none is fine"), State::default());
        let held = Held { etag: Some("\"x\"".to_owned()), ..Held::default() };
        let bodies = BTreeMap::from([("https://example.org".to_owned(), held)]);
        let remembered = Remembered { table: "ff".to_owned(), bodies };
        let state = State { datasets: BTreeMap::from([("a".to_owned(), remembered)]) };
        std::fs::write(&path, state.to_bytes()).expect("written");
        assert_eq!(State::read(&path).expect("readable"), state);
        std::fs::write(&path, &state.to_bytes()[..20]).expect("written");
        assert_eq!(State::read(&path).expect("forgotten"), State::default());
    }
}
