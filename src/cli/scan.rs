//! `benchclaim scan`: corpora in; a table of the claims in their documents, one row a claim, out.

use super::progress::Documents;
use super::{Ending, args, input, output};
use crate::claim;
use crate::corpus;
use crate::dataset::Catalog;
use crate::report::{GrowingTable, TableFormat};
use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;
use std::cell::Cell;
use std::io::BufWriter;
use std::path::PathBuf;
use std::time::Instant;

#[derive(Debug, Args)]
pub(super) struct ScanArguments {
    /// Corpora: JSON Lines (*.jsonl, or - for standard input) or Parquet (*.parquet) with id, text and, where known, date,
    /// title, url
    #[arg(required = true, value_name = "PATH|-")]
    inputs: Vec<String>,
    /// Table to write, of the kind that its ending names: .parquet, .csv or .jsonl
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// The day of publication, where a document does not say (YYYY-MM-DD, YYYY-MM or YYYY)
    #[arg(long, value_name = "DATE", value_parser = args::date)]
    date: Option<Date>,
}

/// Finds the claims of every document. What is no document is complained of, and the rest is written all the same.
pub(super) fn run(arguments: &ScanArguments, catalog: &Catalog) -> Result<Ending> {
    let path = &arguments.output;
    let Some(format) = TableFormat::of(path) else {
        bail!("{} is no table that can be written; end its name in .parquet, .csv or .jsonl", path.display());
    };
    // Corpora that cannot be opened are known before hours are spent on the others.
    let corpora = arguments.inputs.iter().map(|path| corpus::documents(path));
    let corpora: Vec<corpus::Documents> = corpora.collect::<crate::Result<_>>()?;
    let target = output::Pending::new(path)?;
    let mut table = GrowingTable::new(BufWriter::new(target.file()?), format)?;
    let (started, read, found, mut bytes) = (Instant::now(), Cell::new(0_u64), Cell::new(0_u64), 0_usize);
    let progress = Documents::uncounted();
    let tell = |_: &Result<corpus::Document>| {
        progress.tell(&format!("{} documents read, {} claims found", read.get(), found.get()));
    };
    let documents = corpora.into_iter().flatten().map(|document| Ok(document?)).inspect(tell);
    let work = |document: corpus::Document| {
        let article = input::read_document(&document, arguments.date)?;
        let claims = claim::extract(&article, catalog.names());
        Ok((article, claims))
    };
    let failed = input::in_batches(documents, &progress, work, |results| {
        for (article, claims) in results {
            table.add(&article, &claims)?;
            read.set(read.get() + 1);
            found.set(found.get() + claims.len() as u64);
            bytes += article.original.len();
        }
        Ok(())
    })?;
    table.finish()?;
    target.persist(output::Durability::Synced)?;
    let seconds = started.elapsed().as_secs_f64();
    output::complain(&format!(
        "{} claims of {} documents in {} ({:.1} MB of text in {seconds:.1} s)",
        found.get(),
        read.get(),
        path.display(),
        bytes as f64 / 1e6,
    ));
    if failed > 0 {
        bail!("{failed} documents could not be read; the claims of the others are in {}", path.display());
    }
    Ok(Ending::Clean)
}
