//! `benchclaim train`: labelled passages in; the reader's weights out.

use super::{Ending, output};
use crate::claim::{Labelled, train};
use crate::dataset::Catalog;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Trains the reader on every passage of the files.
pub(super) fn run(files: &[PathBuf], weights: &Path, catalog: &Catalog) -> Result<Ending> {
    let mut passages: Vec<Labelled> = Vec::new();
    for file in files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = || format!("{}, line {}: not a labelled passage", file.display(), number + 1);
            passages.push(serde_json::from_str(line).with_context(place)?);
        }
    }
    let bytes = train(&passages, catalog.names())?;
    output::complain(&format!("{} passages, {} bytes of weights", passages.len(), bytes.len()));
    output::write(&bytes, Some(weights))
}
