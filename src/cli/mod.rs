//! The command line: arguments in; results on standard output, talk on standard error, an exit code out.
//!
//! The outermost room: only here is anything printed, the terminal asked, or a path chosen.

mod args;
mod ask;
mod baseline;
mod cache;
mod calibrate;
mod check;
mod clock;
mod config;
mod data;
mod data_args;
mod diff;
mod explain;
mod explain_rule;
mod extract;
mod extractor;
mod ignore;
mod input;
mod keys;
mod man;
mod names;
mod near;
mod output;
mod place;
mod progress;
mod report;
mod scan;
mod show;
mod train;
mod update;
mod update_args;
mod verify;
mod watch;

use crate::dataset::Catalog;
use anyhow::Result;
use args::{Arguments, Command, ReportArguments, SchemaOf};
use clap::{CommandFactory, Parser};
use config::{BadConfiguration, Settings};
use std::process::ExitCode;

/// What a run that worked comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something is.
    Findings,
}

const FINDINGS: u8 = 1;
const FAILED: u8 = 2;
const BAD_ARGUMENTS: u8 = 3;

/// Runs the program on the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    // Two threads: the tables are small, and a larger pool costs more to start than it saves, but two of them are read
    // at once. Set before polars starts.
    if std::env::var_os("POLARS_MAX_THREADS").is_none() {
        // SAFETY: first statement of the program; no other thread exists that could read the environment.
        unsafe { std::env::set_var("POLARS_MAX_THREADS", "2") };
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { BAD_ARGUMENTS } else { 0 };
            // Help goes to standard output, a misuse to standard error; a closed pipe on the way is no failure.
            _ = error.print();
            return ExitCode::from(code);
        }
    };
    match run(arguments) {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(FINDINGS),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let bad = error.chain().any(|cause| cause.is::<BadConfiguration>());
            output::complain(&format!("error: {error:#}"));
            ExitCode::from(if bad { BAD_ARGUMENTS } else { FAILED })
        }
    }
}

fn run(arguments: Arguments) -> Result<Ending> {
    let settings = match arguments.isolated {
        true => Settings::default(),
        false => Settings::find(arguments.config.as_deref(), &std::env::current_dir().unwrap_or_default())?,
    };
    let datasets = arguments.datasets.as_deref().or(settings.datasets.as_deref());
    let open = || -> Result<Catalog> { Ok(Catalog::open(place::store(datasets)?)?) };
    let style = output::style(arguments.color, settings.mapping);
    match &arguments.command {
        Command::Check(check) => check::run(check, &settings, place::store(datasets)?, style),
        Command::Report(ReportArguments { write_template: Some(folder), .. }) => {
            report::write_template(folder)
        }
        Command::Report(report) => report::run(report, &settings, &open()?),
        Command::Ask(ask) => ask::run(ask, &settings, &open()?, style),
        Command::Extract(extract) => extract::run(extract, &settings, &open()?, style),
        Command::Scan(scan) => scan::run(scan, &open()?),
        Command::Train { files, output } => train::run(files, output, &open()?),
        Command::Names { names } => names::run(names, &open()?),
        Command::Data(command) => data::run(command, open, datasets),
        Command::Calibrate { seed, worlds, output } => calibrate::run(*seed, *worlds, output.as_deref()),
        Command::Explain { topic, name } => explain::run(topic.as_deref(), name.as_deref()),
        Command::Schema { of } => {
            let schema = match of {
                SchemaOf::Report => crate::report::SCHEMA,
                SchemaOf::Config => include_str!("../../assets/schema/config.schema.json"),
            };
            output::write(schema.as_bytes(), None)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "benchclaim", &mut script);
            output::write(&script, None)
        }
        Command::Man { command, output } => man::run(command, output.as_deref()),
    }
}
