//! Candidates: one data set's manifest, table and memory in; the table that is to replace it, or why none is, out.
//!
//! Nothing is written here but raw files in a folder of the refresh's own, for the readers to read.

use super::diff::{Diff, diff};
use super::fetch::{self, Answer, Client, Fetched, Wanted};
use super::gate::{self, Comparison, Finding, Gate};
use super::limits::{Clock, Limits};
use super::models;
use super::progress::{Event, Progress};
use super::retry::with_retries;
use super::shape::{self, drift};
use super::state::{Held, Remembered};
use super::tidy::Table;
use crate::dataset::import;
use crate::dataset::manifest::{Locked, Manifest, RawFile, TableKind};
use crate::dataset::source::Source;
use crate::error::{Error, Result};
use crate::names::Names;
use jiff::civil::Date;
use sha2::Digest;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Digits of the hash in the name of a kept raw file.
const MARK: usize = 8;

/// Everything that one data set is refreshed with.
pub(super) struct Job<'j> {
    pub(super) manifest: &'j Manifest,
    /// The lock's entry; none for a data set that is fetched for the first time.
    pub(super) locked: Option<&'j Locked>,
    /// The table in force.
    pub(super) table: Option<Vec<u8>>,
    pub(super) remembered: Option<&'j Remembered>,
    pub(super) seed: u64,
}

/// What all jobs share.
pub(super) struct Shared<'s> {
    pub(super) client: &'s Client,
    pub(super) limits: &'s Limits,
    pub(super) clock: &'s dyn Clock,
    pub(super) names: &'s Names,
    pub(super) today: Date,
    /// Raw files that were kept, one folder a source.
    pub(super) kept: &'s Path,
    /// Where raw files are put for the readers.
    pub(super) incoming: &'s Path,
    pub(super) progress: Progress<'s>,
}

/// What came of one data set.
pub(super) enum Outcome {
    /// Nothing new in the table; there may be bodies to remember and raw files to keep.
    Unchanged(Option<Remembered>, Vec<(String, Vec<u8>)>),
    /// A table that differs.
    New(Box<Candidate>),
    /// What came cannot be taken.
    Refused(Vec<Finding>),
}

/// A table that is to replace the one in force.
pub(super) struct Candidate {
    pub(super) bytes: Vec<u8>,
    pub(super) locked: Locked,
    pub(super) remembered: Remembered,
    /// Raw files to keep, by name below the folder of raw files.
    pub(super) raw: Vec<(String, Vec<u8>)>,
    pub(super) findings: Vec<Finding>,
    pub(super) diff: Diff,
}

/// A body, new or held, as the raw file it becomes.
struct Body<'j> {
    source: &'j Source,
    raw: Vec<u8>,
    held: Held,
}

/// Fetches and reads one data set.
///
/// # Errors
/// When a body cannot be fetched or a file of ours cannot be read; a body that cannot be understood is refused.
pub(super) fn candidate(job: &Job<'_>, shared: &Shared<'_>) -> Result<Outcome> {
    let mut random = fastrand::Rng::with_seed(job.seed);
    let mut bodies = Vec::new();
    let mut changed = false;
    for source in &job.manifest.refresh {
        // Marks count only for the table that their bodies led to, and while the bodies are at hand.
        let known =
            job.remembered.filter(|known| job.locked.is_some_and(|locked| locked.sha256 == known.table));
        let known = known.and_then(|known| known.bodies.get(&source.url));
        let known = known.filter(|held| shared.kept.join(&held.file).is_file());
        match fetched(job, source, known, shared, &mut random)? {
            Answer::Body(fetched) if known.is_none_or(|held| held.sha256 != sha256(&fetched.bytes)) => {
                changed = true;
                match new_body(job.manifest, source, fetched, shared.today) {
                    Ok(body) => bodies.push(body),
                    Err(error) => return Ok(Outcome::Refused(vec![unreadable(&error)])),
                }
            }
            answer => bodies.push(held_body(source, known, answer, shared)?),
        }
    }
    let remembered = |table: String| {
        let held = bodies.iter().map(|body| (body.source.url.clone(), body.held.clone()));
        Remembered { table, bodies: held.collect() }
    };
    if !changed {
        let table = job.locked.map(|locked| locked.sha256.clone()).unwrap_or_default();
        return Ok(Outcome::Unchanged(Some(remembered(table)), Vec::new()));
    }
    let mut findings = drifts(job, &bodies);
    let reading = match read(job.manifest, &bodies, shared) {
        Ok(reading) => reading,
        Err(error) => {
            findings.insert(0, unreadable(&error));
            return Ok(Outcome::Refused(findings));
        }
    };
    let name = format!("{}/{}", job.manifest.id, job.manifest.table_file());
    let is_of_models = job.manifest.table.as_ref().is_some_and(|table| table.kind == TableKind::Models);
    let parsed = |bytes: &[u8]| {
        if is_of_models { models::parse(&name, bytes, shared.today) } else { Table::parse(&name, bytes) }
    };
    let fetched = match parsed(&reading.table) {
        Ok(table) => table,
        Err(error) => return Ok(Outcome::Refused(vec![unreadable(&error)])),
    };
    let held = job.table.as_deref().map_or_else(|| Ok(fetched.emptied()), parsed)?;
    let history = job.manifest.history;
    let newest = |table: &Table| if is_of_models { models::lines(table) } else { table.newest(history) };
    let merged = if is_of_models {
        models::merged(&held, &fetched)
    } else {
        held.with(&fetched, history, shared.today)
    };
    let (before, after) = (newest(&held), newest(&fetched));
    // A model that is no longer listed stays in the table: it is not gone.
    let changes = match merged.as_ref().filter(|_| is_of_models) {
        Some(merged) => diff(&before, &newest(merged)),
        None => diff(&before, &after),
    };
    let comparison =
        Comparison { before: &before, after: &after, diff: &changes, fetched: &fetched, today: shared.today };
    findings.extend(gate::findings(job.manifest, &comparison));
    let Some(merged) = merged else {
        // A list of models that has collapsed has nothing new either; it is told all the same.
        if is_of_models && !findings.is_empty() {
            return Ok(Outcome::Refused(findings));
        }
        // The same rows in other words: nothing to refuse, nothing to write.
        let table = job.locked.map(|locked| locked.sha256.clone()).unwrap_or_default();
        let remembered = findings.is_empty().then(|| remembered(table));
        return Ok(Outcome::Unchanged(remembered, raw_files(bodies)));
    };
    let bytes = merged.to_bytes(&name)?;
    let mut locked = measure(job, &merged, &bytes, reading.raw, &bodies);
    if let Some(was) = job.locked.filter(|_| is_of_models) {
        // Its rows are not dated: the days are those of the fetches.
        let is_new_day = was.last < locked.last;
        locked = Locked { first: was.first, snapshots: was.snapshots + u64::from(is_new_day), ..locked };
    }
    let remembered = remembered(locked.sha256.clone());
    let raw = raw_files(bodies);
    Ok(Outcome::New(Box::new(Candidate { bytes, locked, remembered, raw, findings, diff: changes })))
}

fn raw_files(bodies: Vec<Body<'_>>) -> Vec<(String, Vec<u8>)> {
    bodies.into_iter().map(|body| (body.held.file, body.raw)).collect()
}

fn fetched(
    job: &Job<'_>,
    source: &Source,
    known: Option<&Held>,
    shared: &Shared<'_>,
    random: &mut fastrand::Rng,
) -> Result<Answer> {
    let (id, progress) = (job.manifest.id.as_str(), shared.progress);
    let wanted = Wanted {
        url: &source.url,
        media_types: source.format.media_types(),
        etag: known.and_then(|held| held.etag.as_deref()),
        last_modified: known.and_then(|held| held.last_modified.as_deref()),
    };
    let read = |bytes: u64, of: Option<u64>| progress(Event::Read { id, bytes, of });
    let waiting = |pause, error: &Error| progress(Event::Waiting { id, pause, why: error.to_string() });
    with_retries(shared.limits, shared.clock, random, &waiting, || {
        fetch::attempt(shared.client, wanted, shared.limits, shared.clock, &read)
    })
}

fn new_body<'j>(manifest: &Manifest, source: &'j Source, fetched: Fetched, today: Date) -> Result<Body<'j>> {
    let folder = manifest.import.as_ref().map_or(manifest.id.as_str(), |import| import.folder.as_str());
    let sha256 = sha256(&fetched.bytes);
    let name = source.file_on(today, sha256.get(..MARK).unwrap_or_default());
    let raw = import::to_raw(&source.url, source.format, fetched.bytes)?;
    let shape = shape::shape(&name, &raw);
    let file = format!("{folder}/{name}");
    let held = Held { etag: fetched.etag, last_modified: fetched.last_modified, sha256, file, shape };
    Ok(Body { source, raw, held })
}

/// The body that is held already, with the marks of the latest answer.
fn held_body<'j>(
    source: &'j Source,
    known: Option<&Held>,
    answer: Answer,
    shared: &Shared<'_>,
) -> Result<Body<'j>> {
    let Some(known) = known else {
        let why = "the server answered 304 to a plain request".to_owned();
        return Err(Error::Fetch { url: source.url.clone(), why, hint: "try again later".to_owned() });
    };
    let path = shared.kept.join(&known.file);
    let raw = std::fs::read(&path).map_err(|source| Error::Io { action: "read", path, source })?;
    let held = match answer {
        Answer::Unchanged => known.clone(),
        Answer::Body(fetched) => {
            Held { etag: fetched.etag, last_modified: fetched.last_modified, ..known.clone() }
        }
    };
    Ok(Body { source, raw, held })
}

fn drifts(job: &Job<'_>, bodies: &[Body<'_>]) -> Vec<Finding> {
    let known = job.remembered.map(|known| &known.bodies);
    bodies
        .iter()
        .filter_map(|body| Some((known?.get(&body.source.url)?, body)))
        .flat_map(|(was, body)| drift(&was.shape, &body.held.shape))
        .map(|text| Finding { gate: Gate::Schema, text })
        .collect()
}

/// Puts the bodies where the data set's own reader looks for them, and lets it read.
fn read(manifest: &Manifest, bodies: &[Body<'_>], shared: &Shared<'_>) -> Result<import::RawReading> {
    let root = shared.incoming.join(&manifest.id);
    let folder = manifest.import.as_ref().map_or(manifest.id.as_str(), |import| import.folder.as_str());
    let place = root.join(folder);
    let failed = |action, path: &Path| {
        let path = path.to_owned();
        move |source| Error::Io { action, path, source }
    };
    if root.exists() {
        std::fs::remove_dir_all(&root).map_err(failed("empty", &root))?;
    }
    std::fs::create_dir_all(&place).map_err(failed("make the folder", &place))?;
    for body in bodies {
        let path = place.join(body.source.file_on(shared.today, ""));
        std::fs::write(&path, &body.raw).map_err(failed("write", &path))?;
    }
    let reading = import::read_raw(&root, manifest, shared.names);
    std::fs::remove_dir_all(&root).map_err(failed("empty", &root))?;
    reading
}

fn measure(job: &Job<'_>, merged: &Table, bytes: &[u8], read: Vec<RawFile>, bodies: &[Body<'_>]) -> Locked {
    let days: BTreeSet<Date> = merged.days();
    let sha256 = sha256(bytes);
    // Under the names that they are kept by.
    let kept: BTreeMap<String, &str> =
        bodies.iter().map(|body| (self::sha256(&body.raw), body.held.file.as_str())).collect();
    let new = read.into_iter().map(|raw| {
        let file = kept.get(&raw.sha256).map_or(raw.file, |file| (*file).to_owned());
        RawFile { file, sha256: raw.sha256 }
    });
    let mut raw = job.locked.map(|locked| locked.raw.clone()).unwrap_or_default();
    raw.extend(new);
    raw.dedup();
    Locked {
        file: super::writer::marked(job.manifest.table_file(), &sha256),
        sha256,
        rows: merged.rows.len() as u64,
        first: days.first().copied().unwrap_or_default(),
        last: days.last().copied().unwrap_or_default(),
        snapshots: days.len() as u64,
        raw,
    }
}

fn unreadable(error: &Error) -> Finding {
    Finding { gate: Gate::Unreadable, text: error.to_string() }
}

fn sha256(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
