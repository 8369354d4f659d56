//! What can be typed to refresh the data and to see what changed.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What to refresh, and how.
#[derive(Debug, Args)]
pub(super) struct UpdateArguments {
    /// Only these data sets; without one, all that have a source
    #[arg(value_name = "ID")]
    pub(super) ids: Vec<String>,
    /// Take implausible data all the same, as long as they can be read
    #[arg(long)]
    pub(super) accept: bool,
    /// The store to write to instead of the user's data directory
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
    /// Saved reports whose verdicts are judged again on the new data: DIR/*/report.json
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(super) reports: PathBuf,
    /// Remove replaced tables at once instead of at the next update; for folders under version control
    #[arg(long)]
    pub(super) prune: bool,
    /// Data sets fetched at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = jobs)]
    pub(super) jobs: usize,
}

/// When to refresh, and where to tell how it goes.
#[derive(Debug, Args)]
pub(super) struct WatchArguments {
    /// Refresh at once and then at this interval, such as 6h, 90m or 1d [default: 6h]
    #[arg(long, value_name = "INTERVAL", conflicts_with = "cron")]
    pub(super) every: Option<String>,
    /// Refresh when this cron expression matches, in local time: minute, hour, day, month, weekday
    #[arg(long, value_name = "EXPRESSION")]
    pub(super) cron: Option<String>,
    /// Begin up to this much later, by chance, to spread the load on the sources
    #[arg(long, value_name = "INTERVAL", default_value = "5m")]
    pub(super) jitter: String,
    /// The file that tells how the service is doing [default: .refresh/health.json in the store]
    #[arg(long, value_name = "FILE")]
    pub(super) health: Option<PathBuf>,
    #[command(flatten)]
    pub(super) update: UpdateArguments,
}

/// What to compare.
#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// ID@DAY, a folder with data sets, or `shipped`
    #[arg(value_name = "A")]
    pub(super) from: String,
    /// DAY, ID@DAY, ID for its newest snapshot, a folder with data sets, or `shipped`
    #[arg(value_name = "B")]
    pub(super) to: String,
    /// Output format
    #[arg(long, short, default_value = "text")]
    pub(super) format: DiffFormat,
    /// Rows of each sort to print; 0 for all
    #[arg(long, default_value_t = 20)]
    pub(super) rows: usize,
}

/// How a difference is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// One JSON array
    Json,
}

fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (1..=64).contains(n)).ok_or_else(|| "give a number from 1 to 64".to_owned())
}
