//! WildBench v2: judged scores and an Elo with its interval in; both as metrics of one benchmark out.

use super::draft::Draft;
use super::raw::{RawRoot, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Judged {
    score: f64,
    total: Option<u64>,
}

#[derive(Deserialize)]
struct EloFile {
    elo_stat: BTreeMap<String, Elo>,
}

#[derive(Deserialize)]
struct Elo {
    median: f64,
    ci: Option<(f64, f64)>,
}

/// Reads the newest copies.
pub(super) fn boards(raw: &mut RawRoot, _: &Manifest, import: &ImportEntry, _: &Names) -> Result<Vec<Draft>> {
    let file = raw.newest(&import.folder, ".score.json")?;
    let day = file_date(&file)?;
    let judged: BTreeMap<String, Judged> = raw.json(&file)?;
    let mut drafts: Vec<Draft> = judged
        .iter()
        .map(|(name, row)| Draft { n: row.total, ..Draft::new(name, "wild-bench", "score", row.score, day) })
        .collect();
    let file = raw.newest(&import.folder, ".wb_elo_results.json")?;
    let day = file_date(&file)?;
    let elo: EloFile = raw.json(&file)?;
    drafts.extend(elo.elo_stat.iter().map(|(name, row)| {
        let draft = Draft::new(name, "wild-bench", "rating", row.median, day);
        Draft { ci: row.ci, ..draft }
    }));
    Ok(drafts)
}
