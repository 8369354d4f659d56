//! What can be typed after `benchclaim data`: commands, arguments and their help.

use super::args::date;
use super::update_args::{DiffArguments, UpdateArguments, WatchArguments};
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// What to do with the data sets.
#[derive(Debug, Subcommand)]
pub(super) enum DataCommand {
    /// List the data sets with licence, days and rows
    List,
    /// Print a board, models, statements or usage as they stood
    Show {
        /// Data set id
        id: String,
        /// The day; the newest snapshot without it
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<Date>,
        /// Benchmark id, where the data set has several
        #[arg(long, value_name = "ID")]
        benchmark: Option<String>,
        /// Output format
        #[arg(long, short, default_value = "table")]
        format: BoardFormat,
        /// Rows to print, 0 for all; 20 of a table and all of CSV and JSON without it
        #[arg(long)]
        rows: Option<usize>,
    },
    /// Make the tidy tables from raw files
    Import {
        /// Folder of raw files, one folder a source
        raw: PathBuf,
        /// Only these data sets
        ids: Vec<String>,
        /// Make the tables of registered sources, which may not be passed on, in a folder of yours
        #[arg(long)]
        registered: bool,
        /// Folder to write to: `datasets`, or for registered sources your data directory, when left out
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Check every table: hash, columns, rows, share of names resolved
    Verify {
        /// List every name that is not resolved
        #[arg(long)]
        all: bool,
    },
    /// Fetch new snapshots; data that look implausible are refused, and the old ones stay
    Update(UpdateArguments),
    /// Fetch new snapshots again and again, until stopped
    Watch(WatchArguments),
    /// Show what changed between two snapshots of a data set, or between two stores
    Diff(DiffArguments),
    /// Describe the store as a Frictionless data package (datapackage.json)
    Package {
        /// Write to a file instead of standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How a board is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BoardFormat {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// One JSON array
    Json,
}
