//! Refresh: the only door for the network and the only writer of a store. Addresses in; a store with new snapshots, and
//! what changed in it, out.
//!
//! Data sets are fetched side by side. What came is read by the data set's own importer, compared with what is held, and
//! refused where it is implausible. What stands is written at the end, in one step: see `writer`.

mod candidate;
mod diff;
mod fetch;
mod flip;
mod gate;
mod limits;
mod models;
mod post;
mod progress;
mod queue;
mod record;
mod retry;
mod schedule;
mod shape;
mod state;
mod tidy;
mod writer;

pub use diff::{Changed, Diff, Line, diff};
pub use fetch::{Fetched, fetch};
pub use flip::{Flip, Flips, flips};
pub use gate::{Finding, Gate};
pub use limits::{Clock, Limits};
pub(crate) use post::JsonServer;
pub use progress::{Event, Progress};
pub use schedule::{Health, Schedule};
pub use writer::PRIVATE;

use crate::dataset::manifest::{Lock, Manifest, TableKind};
use crate::dataset::{Catalog, Store};
use crate::error::{Error, Result};
use candidate::{Candidate, Job, Outcome, Shared, candidate};
use jiff::civil::Date;
use state::State;
use std::path::Path;
use writer::{NewTable, Writer};

/// What is to be refreshed, and how.
pub struct Request<'r> {
    /// The store as it is read.
    pub store: &'r Store,
    /// The folder that is written to; of a store in a folder the same.
    pub folder: &'r Path,
    /// The data sets; none for every one that has a source.
    pub ids: &'r [String],
    /// The day of the fetch.
    pub today: Date,
    /// What is done with implausible data.
    pub implausible: Implausible,
    /// What is done with the table that is replaced.
    pub replaced: Replaced,
    /// How long, how much and how often.
    pub limits: Limits,
    /// Seed of the pauses' jitter.
    pub seed: u64,
}

/// What is done with implausible data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implausible {
    /// Refused.
    Refuse,
    /// Taken, as long as it can be read.
    Accept,
}

/// What is done with the table that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// Kept until the next refresh, for readers that opened the store before.
    Keep,
    /// Taken away at once: for folders under version control.
    Remove,
}

/// What became of one data set.
#[derive(Debug)]
pub struct Updated {
    /// The data set.
    pub id: String,
    /// What became of it.
    pub outcome: Ended,
}

/// How the refresh of a data set ended.
#[derive(Debug)]
pub enum Ended {
    /// Nothing new.
    Unchanged,
    /// A new snapshot is in force.
    Changed {
        /// Newest snapshot before; absent for a data set that is here for the first time.
        before: Option<Date>,
        /// Newest snapshot now.
        after: Date,
        /// Rows of the table now.
        rows: u64,
        /// What changed between the two.
        diff: Diff,
        /// What was implausible and accepted.
        accepted: Vec<Finding>,
    },
    /// Implausible or unreadable; the old data stay.
    Refused {
        /// Why.
        findings: Vec<Finding>,
        /// What would have changed.
        diff: Diff,
    },
    /// Not fetched; the old data stay.
    Failed(Error),
}

impl Updated {
    /// Whether the old data stay although newer were asked for.
    #[must_use]
    pub fn is_kept_back(&self) -> bool {
        matches!(self.outcome, Ended::Refused { .. } | Ended::Failed(_))
    }
}

/// Refreshes data sets. Each is dealt with on its own; what can be taken comes into force at once, at the end.
///
/// # Errors
/// When the store cannot be read or written, another refresh is writing to it, or an id is none.
pub fn update(request: &Request<'_>, clock: &dyn Clock, progress: Progress<'_>) -> Result<Vec<Updated>> {
    let writer = Writer::open(request.folder)?;
    let catalog = Catalog::open(request.store.clone())?;
    let manifests = wanted(&catalog, request.ids)?;
    let known = State::read(&writer.private("state.json"))?;
    let mut state = known.clone();
    // Tables that the last refresh replaced have been kept long enough.
    let own = writer.lock()?;
    for manifest in &manifests {
        let in_force = own.datasets.get(&manifest.id).map(|locked| locked.file.as_str());
        let keep: Vec<&str> = in_force.into_iter().chain(foundation(manifest)).collect();
        writer.prune(&manifest.id, manifest.table_file(), &keep)?;
    }
    let jobs: Vec<Job<'_>> = manifests
        .iter()
        .zip(request.seed..)
        .map(|(manifest, seed)| job(manifest, seed, request.store, catalog.lock(), &known))
        .collect::<Result<_>>()?;
    let client = fetch::client(&request.limits)?;
    let shared = Shared {
        client: &client,
        limits: &request.limits,
        clock,
        names: catalog.names(),
        today: request.today,
        kept: &writer.private("raw"),
        incoming: &writer.private("incoming"),
        progress,
    };
    let host = |job: &Job<'_>| {
        job.manifest.refresh.first().map(|source| fetch::host(&source.url)).unwrap_or_default()
    };
    let outcomes = queue::run(&jobs, &request.limits, host, |job| {
        let id = job.manifest.id.as_str();
        progress(Event::Started { id });
        let outcome = candidate(job, &shared);
        progress(Event::Finished { id });
        outcome
    });
    let (mut taken, mut raw, mut updated) = (Vec::new(), Vec::new(), Vec::new());
    for (job, outcome) in jobs.iter().zip(outcomes) {
        let (id, before) = (job.manifest.id.clone(), job.locked.map(|locked| locked.last));
        let outcome = match outcome {
            Err(error) => Ended::Failed(error),
            Ok(Outcome::Unchanged(remembered, files)) => {
                if let Some(remembered) = remembered {
                    state.datasets.insert(id.clone(), remembered);
                    raw.extend(files);
                }
                Ended::Unchanged
            }
            Ok(Outcome::Refused(findings)) => Ended::Refused { findings, diff: Diff::default() },
            Ok(Outcome::New(candidate)) => decide(request.implausible, job, candidate, before, &mut taken),
        };
        updated.push(Updated { id, outcome });
    }
    for (file, bytes) in raw.iter().chain(taken.iter().flat_map(|taken| &taken.candidate.raw)) {
        writer.keep_raw(file, bytes)?;
    }
    commit(&writer, request.replaced, &taken, &mut state)?;
    record::log(&writer.private("log.jsonl"), clock.now(), &updated)?;
    Ok(updated)
}

/// The manifests to refresh.
fn wanted<'c>(catalog: &'c Catalog, ids: &[String]) -> Result<Vec<&'c Manifest>> {
    if ids.is_empty() {
        return Ok(catalog.manifests().values().filter(|manifest| !manifest.refresh.is_empty()).collect());
    }
    let mut manifests = Vec::new();
    for id in ids {
        let manifest = catalog.manifest(id)?;
        if manifest.refresh.is_empty() {
            let what = format!("a source to refresh `{id}` from");
            let hint = "its manifest has no [[refresh]]; `benchclaim data import` reads raw files".to_owned();
            return Err(Error::NotFound { what, hint });
        }
        manifests.push(manifest);
    }
    manifests.sort_by(|a, b| a.id.cmp(&b.id));
    manifests.dedup_by(|a, b| a.id == b.id);
    Ok(manifests)
}

fn job<'j>(
    manifest: &'j Manifest,
    seed: u64,
    store: &Store,
    lock: &'j Lock,
    state: &'j State,
) -> Result<Job<'j>> {
    let locked = lock.datasets.get(&manifest.id);
    let table = locked.map(|locked| store.bytes(&format!("{}/{}", manifest.id, locked.file))).transpose()?;
    let table = table.map(std::borrow::Cow::into_owned);
    Ok(Job { manifest, locked, table, remembered: state.datasets.get(&manifest.id), seed })
}

/// The table that stays whatever replaces it: of a table of models the one that the identities were made from, by which
/// the store tells what is new.
fn foundation(manifest: &Manifest) -> Option<&str> {
    let is_of_models = manifest.table.as_ref().is_some_and(|table| table.kind == TableKind::Models);
    is_of_models.then(|| manifest.table_file())
}

/// A data set whose new table is to come into force.
struct Taken<'t> {
    manifest: &'t Manifest,
    old_file: Option<&'t str>,
    candidate: Box<Candidate>,
}

fn decide<'t>(
    implausible: Implausible,
    job: &Job<'t>,
    mut candidate: Box<Candidate>,
    before: Option<Date>,
    taken: &mut Vec<Taken<'t>>,
) -> Ended {
    let (findings, diff) = (std::mem::take(&mut candidate.findings), std::mem::take(&mut candidate.diff));
    let may_pass =
        implausible == Implausible::Accept && findings.iter().all(|finding| finding.gate.can_be_accepted());
    if !findings.is_empty() && !may_pass {
        return Ended::Refused { findings, diff };
    }
    let (after, rows) = (candidate.locked.last, candidate.locked.rows);
    let old_file = job.locked.map(|locked| locked.file.as_str());
    taken.push(Taken { manifest: job.manifest, old_file, candidate });
    Ended::Changed { before, after, rows, diff, accepted: findings }
}

/// Brings the new tables into force. Raw files lie there already, and the memory comes last: see `writer` and `state`.
fn commit(writer: &Writer, replaced: Replaced, taken: &[Taken<'_>], state: &mut State) -> Result<()> {
    if !taken.is_empty() {
        let mut lock = writer.lock()?;
        for Taken { manifest, candidate, .. } in taken {
            lock.datasets.insert(manifest.id.clone(), candidate.locked.clone());
        }
        let tables: Vec<NewTable<'_>> = taken
            .iter()
            .map(|Taken { manifest, candidate, .. }| NewTable {
                id: &manifest.id,
                file: &candidate.locked.file,
                bytes: &candidate.bytes,
            })
            .collect();
        writer.switch(&tables, &lock)?;
        for Taken { manifest, candidate, old_file } in taken {
            state.datasets.insert(manifest.id.clone(), candidate.remembered.clone());
            let kept = if replaced == Replaced::Keep { *old_file } else { None };
            let keep: Vec<&str> = std::iter::once(candidate.locked.file.as_str())
                .chain(kept)
                .chain(foundation(manifest))
                .collect();
            writer.prune(&manifest.id, manifest.table_file(), &keep)?;
        }
    }
    writer::write_durably(&writer.private("state.json"), &state.to_bytes())
}
