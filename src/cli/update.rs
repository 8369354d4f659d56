//! `benchclaim data update`: fetches new snapshots; what changed in each data set, and which saved verdicts flip, out.

use super::clock::{self, SystemClock};
use super::progress::Display;
use super::update_args::UpdateArguments;
use super::{Ending, output, place};
use crate::dataset::Catalog;
use crate::refresh::{self, Clock, Ended, Flips, Implausible, Limits, Replaced, Request, Updated};
use anyhow::{Result, bail};
use jiff::Zoned;
use std::fmt::Write;
use std::path::Path;

/// Rows of each sort that are shown of a difference.
const ROWS_SHOWN: usize = 5;

pub(super) fn run(arguments: &UpdateArguments, datasets: Option<&Path>) -> Result<Ending> {
    let clock = SystemClock::new(clock::stop_on_signals()?);
    let display = Display::new();
    let updated = update(arguments, datasets, &clock, &|event| display.show(&event))?;
    let mut text = String::new();
    for data_set in &updated {
        describe(&mut text, data_set)?;
    }
    if updated.is_empty() {
        output::complain("no data set here has a source to refresh from");
    }
    let flips = flips(arguments, datasets, &updated)?;
    tell_flips(&mut text, &flips)?;
    output::write(text.as_bytes(), None)?;
    let kept_back = updated.iter().filter(|data_set| data_set.is_kept_back()).count();
    if kept_back > 0 {
        bail!("{kept_back} of {} data sets keep their old data", updated.len());
    }
    Ok(if flips.flips.is_empty() { Ending::Clean } else { Ending::Findings })
}

/// Refreshes the store that the arguments name.
pub(super) fn update(
    arguments: &UpdateArguments,
    datasets: Option<&Path>,
    clock: &SystemClock,
    progress: refresh::Progress<'_>,
) -> Result<Vec<Updated>> {
    let (store, folder) = place::target(arguments.dir.as_deref().or(datasets))?;
    let request = Request {
        store: &store,
        folder: &folder,
        ids: &arguments.ids,
        today: Zoned::now().date(),
        implausible: if arguments.accept { Implausible::Accept } else { Implausible::Refuse },
        replaced: if arguments.prune { Replaced::Remove } else { Replaced::Keep },
        limits: Limits { workers: arguments.jobs, ..Limits::default() },
        // Many machines start a refresh on the hour; their pauses should differ.
        seed: clock.now().as_nanosecond() as u64 ^ u64::from(std::process::id()),
    };
    Ok(refresh::update(&request, clock, progress)?)
}

/// The saved verdicts that the new data flip; none are looked for when nothing changed.
pub(super) fn flips(
    arguments: &UpdateArguments,
    datasets: Option<&Path>,
    updated: &[Updated],
) -> Result<Flips> {
    let has_changed = updated.iter().any(|data_set| matches!(data_set.outcome, Ended::Changed { .. }));
    if !has_changed || !arguments.reports.is_dir() {
        return Ok(Flips::default());
    }
    let (store, _) = place::target(arguments.dir.as_deref().or(datasets))?;
    Ok(refresh::flips(&arguments.reports, &Catalog::open(store)?)?)
}

fn describe(text: &mut String, data_set: &Updated) -> Result<()> {
    let id = &data_set.id;
    write!(text, "{id}: {}", data_set.outcome.name())?;
    match &data_set.outcome {
        Ended::Unchanged => writeln!(text)?,
        Ended::Changed { before, after, rows, diff, accepted } => {
            let before = before.map_or_else(|| "nothing".to_owned(), |day| day.to_string());
            writeln!(text, ", {before} -> {after}, {rows} rows in all; {}", diff.summary())?;
            for finding in accepted {
                writeln!(text, "  accepted: {}", finding.text)?;
            }
            for line in diff.lines(ROWS_SHOWN) {
                writeln!(text, "  {line}")?;
            }
        }
        Ended::Refused { findings, diff } => {
            writeln!(text, ", the old data stay")?;
            for finding in findings {
                writeln!(text, "  {}", finding.text)?;
            }
            for line in diff.lines(ROWS_SHOWN) {
                writeln!(text, "  {line}")?;
            }
            if findings.iter().all(|finding| finding.gate.can_be_accepted()) {
                writeln!(text, "  `benchclaim data update {id} --accept` takes it all the same")?;
            }
        }
        Ended::Failed(error) => writeln!(text, ", the old data stay: {error}")?,
    }
    Ok(())
}

fn tell_flips(text: &mut String, flips: &Flips) -> Result<()> {
    if flips.judged + flips.lost == 0 {
        return Ok(());
    }
    writeln!(text, "saved verdicts: {} judged again, {} flipped", flips.judged, flips.flips.len())?;
    if flips.lost > 0 {
        writeln!(text, "  {} claims lean on their neighbours and were not judged again", flips.lost)?;
    }
    for flip in &flips.flips {
        let (was, is) = (flip.was.name(), flip.is.name());
        writeln!(text, "  {} ({}, {}): {was} -> {is}", flip.report.display(), flip.document, flip.moment)?;
        writeln!(text, "    \"{}\"", flip.quote.trim())?;
    }
    Ok(())
}
