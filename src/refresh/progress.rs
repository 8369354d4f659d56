//! Progress: what a refresh tells while it is at work, for whoever shows it.

use std::time::Duration;

/// Hears of progress, from several threads at a time.
pub type Progress<'p> = &'p (dyn Fn(Event<'_>) + Sync);

/// Something happened to a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'e> {
    /// Its turn has come.
    Started {
        /// The data set.
        id: &'e str,
    },
    /// More of a body has been read.
    Read {
        /// The data set.
        id: &'e str,
        /// Bytes of the body so far.
        bytes: u64,
        /// Of how many, where the server says.
        of: Option<u64>,
    },
    /// An attempt failed, and another follows.
    Waiting {
        /// The data set.
        id: &'e str,
        /// After this pause.
        pause: Duration,
        /// Why it failed.
        why: String,
    },
    /// It is done with; whether anything is written is decided when all are.
    Finished {
        /// The data set.
        id: &'e str,
    },
}
