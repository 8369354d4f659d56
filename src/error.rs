//! The library's one error: what was being done, to which file or URL, and what to try.

use std::path::PathBuf;

/// Why a stage could not do its work. Missing evidence is never an error: it is a finding.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("could not {action} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb: "read", "write", "open".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// An input is not something an article can be read from.
    #[error("could not read {input} as an article: {why}; {hint}")]
    Article {
        /// The path, URL or "standard input".
        input: String,
        /// What is wrong with it.
        why: String,
        /// What to try.
        hint: String,
    },
    /// A table lacks a column, holds a value that cannot be, or cannot be decoded.
    #[error("table {table}: {why}; {hint}")]
    Table {
        /// The file, as the store names it.
        table: String,
        /// What is wrong, with column and line where known.
        why: String,
        /// What to try.
        hint: String,
    },
    /// A `dataset.toml` is malformed.
    #[error("manifest {manifest}: {why}")]
    Manifest {
        /// The file, as the store names it.
        manifest: String,
        /// What is wrong with it.
        why: String,
    },
    /// A data set, snapshot or table was asked for that the store does not hold.
    #[error("{what} is not in the store; {hint}")]
    NotFound {
        /// What was asked for.
        what: String,
        /// Near names, or the command that lists what there is.
        hint: String,
    },
    /// A text that says no time to refresh at.
    #[error("`{text}` is no schedule: it {why}; {hint}")]
    Schedule {
        /// What was written.
        text: String,
        /// What is wrong with it.
        why: String,
        /// What may stand there.
        hint: String,
    },
    /// A download failed.
    #[error("could not fetch {url}: {why}; {hint}")]
    Fetch {
        /// The address.
        url: String,
        /// What went wrong.
        why: String,
        /// What to try.
        hint: String,
    },
    /// A date could not be understood.
    #[error("`{text}` is not a date; write it as YYYY-MM-DD, YYYY-MM or YYYY")]
    Date {
        /// What was given.
        text: String,
    },
    /// A query over the tables failed; a defect of the program or of a table.
    #[error("query over {table}: {why}")]
    Query {
        /// The table.
        table: String,
        /// The engine's words.
        why: String,
    },
    /// A report could not be laid out or drawn.
    #[error("could not render {what}: {why}")]
    Render {
        /// The file or figure.
        what: String,
        /// What the renderer said.
        why: String,
    },
}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;
