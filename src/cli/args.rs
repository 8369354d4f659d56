//! What can be typed: commands, arguments and their help.

use super::data_args::DataCommand;
use super::extractor::ExtractorArguments;
use super::scan::ScanArguments;
use crate::report::Format;
use crate::verdict::Outcome;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Checks what prose claims about AI models against dated public leaderboards.
#[derive(Debug, Parser)]
#[command(name = "benchclaim", version, max_term_width = 110)]
#[command(
    after_help = "Exit codes: 0 nothing at or above --fail-on, 1 something is, 2 the run failed, 3 bad arguments or configuration."
)]
pub(super) struct Arguments {
    /// Read data sets from this folder, or the `shipped` snapshot, instead of the refreshed data of the user
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) datasets: Option<PathBuf>,
    /// Read this configuration instead of the nearest `benchclaim.toml` at or above the working directory
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, global = true)]
    pub(super) isolated: bool,
    /// When to colour the terminal output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal that does not ask for none
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge every claim of articles
    Check(CheckArguments),
    /// Judge every claim and write PDF, PNG, HTML, figures and data files
    Report(ReportArguments),
    /// Judge one sentence
    Ask(AskArguments),
    /// Find claims without judging them
    Extract(ExtractArguments),
    /// Find the claims of a corpus, far larger than memory, as a table
    Scan(ScanArguments),
    /// Train the reader that finds claims on labelled passages
    Train {
        /// JSON Lines of passages with their claims
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// File of weights to write
        #[arg(long, short, value_name = "FILE", default_value = "assets/reader/weights.bin")]
        output: PathBuf,
    },
    /// Show what a name resolves to, and near names
    Names {
        /// A model, family, organisation, group or benchmark
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// List, show, import or verify data sets
    #[command(subcommand)]
    Data(DataCommand),
    /// Judge statements about simulated boards whose truth is known, and compare support with truth
    Calibrate {
        /// Seed of the simulation
        #[arg(long, default_value_t = crate::calibrate::SEED)]
        seed: u64,
        /// Simulated worlds; each gives about ten statements
        #[arg(long, default_value_t = crate::calibrate::WORLDS)]
        worlds: usize,
        /// Folder for the tables and the figure; without it the table is printed
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Tell how a type, verdict or reason is found and decided
    Explain {
        /// A claim type, verdict or reason code, or `rule`; none lists them all
        topic: Option<String>,
        /// The rule, as `extract --trace` prints it (`gap/behind`); none lists the rules
        name: Option<String>,
    },
    /// Print a JSON Schema
    Schema {
        /// Of what
        of: SchemaOf,
    },
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page, or write all of them into a folder
    Man {
        /// The command whose page to print ("check", "data update"); without one that of the program
        command: Vec<String>,

        /// Write the page of every command into this folder instead
        #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
        output: Option<PathBuf>,
    },
}

/// What to read and for which day.
#[derive(Debug, Args)]
pub(super) struct InputArguments {
    /// Files (Markdown, HTML, PDF, text; JSON Lines or Parquet of many), URLs, or - for standard input
    #[arg(required = true, value_name = "PATH|URL|-")]
    pub(super) inputs: Vec<String>,
    /// The day of publication, where the article does not say (YYYY-MM-DD, YYYY-MM or YYYY)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) date: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct JudgeArguments {
    /// Judge on the data of this day instead of the claim's own
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    /// Exit with 1 when a verdict is this bad or worse; `never` for always 0 [default: contradicted]
    #[arg(long, value_name = "VERDICT")]
    pub(super) fail_on: Option<FailOn>,
    /// Findings listed in this file fail nothing; `check --write-baseline` writes it
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct OutputArguments {
    /// Output format [default: full]
    #[arg(long, short, value_name = "FORMAT", value_parser = format_parser())]
    pub(super) format: Option<Format>,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[command(flatten)]
    pub(super) judge: JudgeArguments,
    #[command(flatten)]
    pub(super) output: OutputArguments,
    /// Write every finding to the baseline instead of judging against it
    #[arg(long)]
    pub(super) write_baseline: bool,
    /// Make every result anew, and keep none
    #[arg(long)]
    pub(super) no_cache: bool,
    #[command(flatten)]
    pub(super) extractor: ExtractorArguments,
}

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[command(flatten)]
    pub(super) judge: JudgeArguments,
    /// Folder to write to; several articles get a folder each
    #[arg(long, short, value_name = "DIR", required = true)]
    pub(super) output: Option<PathBuf>,
    /// Lay the pages out with the files of this folder; those it lacks are the shipped ones
    #[arg(long, value_name = "DIR")]
    pub(super) template: Option<PathBuf>,
    /// Write the shipped template to a folder, to be changed and given with --template
    #[arg(long, value_name = "DIR", exclusive = true)]
    pub(super) write_template: Option<PathBuf>,
    #[command(flatten)]
    pub(super) extractor: ExtractorArguments,
}

#[derive(Debug, Args)]
pub(super) struct AskArguments {
    /// The claim, as a sentence
    #[arg(value_name = "CLAIM")]
    pub(super) claim: String,
    #[command(flatten)]
    pub(super) judge: JudgeArguments,
    #[command(flatten)]
    pub(super) output: OutputArguments,
    #[command(flatten)]
    pub(super) extractor: ExtractorArguments,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// Read with these weights, made by `train`, instead of those that ship
    #[arg(long, value_name = "FILE", conflicts_with = "extractor")]
    pub(super) reader: Option<PathBuf>,
    /// Show how each sentence was read: which rule fired on which words (text, or tokens too with --format jsonl)
    #[arg(long, conflicts_with = "extractor")]
    pub(super) trace: bool,
    #[command(flatten)]
    pub(super) output: OutputArguments,
    #[command(flatten)]
    pub(super) extractor: ExtractorArguments,
}

/// What has a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The formats json and jsonl
    Report,
    /// The configuration, benchclaim.toml
    Config,
}

/// The verdict from which on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FailOn {
    /// Never
    Never,
    /// Contradicted
    Contradicted,
    /// Leaning to contradicted, or contradicted
    LeaningContradicted,
    /// Undecided or worse
    Undecided,
    /// Sources disagree, or worse
    Mixed,
    /// The number or the degree is off, or worse
    Inexact,
    /// Anything checkable that is not supported, the unmeasured included
    Insufficient,
}

impl FailOn {
    /// Whether an outcome fails the run.
    pub(super) fn fails(self, outcome: Outcome) -> bool {
        let threshold = match self {
            Self::Never => return false,
            Self::Insufficient if outcome == Outcome::Insufficient => return true,
            Self::Contradicted => Outcome::Contradicted,
            Self::LeaningContradicted => Outcome::LeaningContradicted,
            Self::Undecided => Outcome::Undecided,
            Self::Mixed => Outcome::Mixed,
            Self::Inexact | Self::Insufficient => Outcome::Inexact,
        };
        (threshold..=Outcome::Contradicted).contains(&outcome)
    }
}

/// Formats by the names of the report's own table, so that a new one needs no second list.
fn format_parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.iter().map(|row| PossibleValue::new(row.name).help(row.describe));
    PossibleValuesParser::new(values).map(|name| Format::from_name(&name).unwrap_or(Format::Full))
}

/// A day as it is typed.
pub(super) fn date(text: &str) -> Result<Date, String> {
    crate::article::parse_date(text).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_threshold_fails_on_itself_and_worse_only() {
        assert!(FailOn::Contradicted.fails(Outcome::Contradicted));
        assert!(!FailOn::Contradicted.fails(Outcome::LeaningContradicted));
        assert!(FailOn::Mixed.fails(Outcome::Undecided));
        assert!(!FailOn::Inexact.fails(Outcome::Insufficient));
        assert!(FailOn::Insufficient.fails(Outcome::Insufficient));
        assert!(!FailOn::Never.fails(Outcome::Contradicted));
        assert!(!FailOn::Insufficient.fails(Outcome::NotCheckable));
    }
}
