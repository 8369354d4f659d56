//! `benchclaim calibrate`: a seed in; how well support agrees with truth on simulated boards, as figure and table, out.

use super::{Ending, output};
use crate::calibrate::{calibrations, csv, figure, forecasts, markdown};
use crate::report::figure_png;
use anyhow::Result;
use std::path::Path;

/// Simulates, judges and writes the tables and the figure; without a folder only the table for readers is printed.
pub(super) fn run(seed: u64, worlds: usize, folder: Option<&Path>) -> Result<Ending> {
    let calibrations = calibrations(&forecasts(seed, worlds)?);
    let table = markdown(&calibrations, seed, worlds);
    let Some(folder) = folder else { return output::write(table.as_bytes(), None) };
    let figure = figure(&calibrations);
    let files = [
        ("README.md", table.into_bytes()),
        ("calibration.csv", csv(&calibrations).into_bytes()),
        ("reliability.svg", figure.svg().into_bytes()),
        ("reliability.png", figure_png(&figure)?),
    ];
    for (name, bytes) in &files {
        output::write_file(&folder.join(name), bytes)?;
    }
    output::complain(&format!("{} files in {}", files.len(), folder.display()));
    Ok(Ending::Clean)
}
