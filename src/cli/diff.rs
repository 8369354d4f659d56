//! `benchclaim data diff`: two snapshots of a data set, or two stores, in; rows added, removed and changed out.

use super::update_args::{DiffArguments, DiffFormat};
use super::{Ending, output, place};
use crate::dataset::manifest::History;
use crate::dataset::{BoardHead, Catalog};
use crate::refresh::{Diff, Line, diff};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// What changed in one data set.
#[derive(Serialize)]
struct Section {
    dataset: String,
    before: String,
    after: String,
    #[serde(flatten)]
    diff: Diff,
}

pub(super) fn run(arguments: &DiffArguments, open: impl Fn() -> Result<Catalog>) -> Result<Ending> {
    let sections = match (is_store(&arguments.from), is_store(&arguments.to)) {
        (true, true) => stores(&arguments.from, &arguments.to)?,
        // In a folder of data sets an id is the name of a folder too.
        (false, _) => vec![snapshots(&open()?, &arguments.from, &arguments.to)?],
        (true, false) => bail!("give two folders, or a data set at two days: `ID@DAY DAY`"),
    };
    let bytes = match arguments.format {
        DiffFormat::Text => text(&sections, arguments.rows)?,
        DiffFormat::Markdown => markdown(&sections, arguments.rows)?,
        DiffFormat::Json => {
            let mut bytes = serde_json::to_vec_pretty(&sections)?;
            bytes.push(b'\n');
            bytes
        }
    };
    output::write(&bytes, None)
}

/// A folder, or the word for what is inside the binary.
fn is_store(given: &str) -> bool {
    given == place::SHIPPED || Path::new(given).is_dir()
}

fn snapshots(catalog: &Catalog, from: &str, to: &str) -> Result<Section> {
    let (id, first) =
        from.split_once('@').context("the first must be written ID@DAY, such as arena-text@2025-06-25")?;
    let second = match to.split_once('@') {
        Some((other, day)) if other == id => Some(day),
        Some((other, _)) => bail!("`{id}` and `{other}` are two data sets; a difference is of one"),
        None if to == id => None,
        None => Some(to),
    };
    let first = crate::article::parse_date(first)?;
    let second = second.map(crate::article::parse_date).transpose()?;
    catalog.manifest(id)?;
    let last = catalog.lock().last_snapshot(id).unwrap_or_else(|| catalog.newest());
    let second = second.unwrap_or(last);
    let (before, after) = (lines(catalog, id, first)?, lines(catalog, id, second)?);
    if before.is_empty() && after.is_empty() {
        bail!("data set `{id}` has no snapshot on or before {first} or {second}");
    }
    Ok(Section {
        dataset: id.to_owned(),
        before: first.to_string(),
        after: second.to_string(),
        diff: diff(&before, &after),
    })
}

fn stores(from: &str, to: &str) -> Result<Vec<Section>> {
    let open = |given: &str| -> Result<Catalog> { Ok(Catalog::open(place::store(Some(Path::new(given)))?)?) };
    let (old, new) = (open(from)?, open(to)?);
    let ids: BTreeSet<&str> =
        old.heads().iter().chain(new.heads()).map(|head| head.dataset.as_str()).collect();
    let mut sections = Vec::new();
    for id in ids {
        let last = |catalog: &Catalog| catalog.lock().last_snapshot(id);
        if old.lock().sha256(id) == new.lock().sha256(id) {
            continue;
        }
        let newest =
            |catalog: &Catalog| last(catalog).map_or_else(|| Ok(Vec::new()), |day| lines(catalog, id, day));
        let told = |day: Option<Date>| day.map_or_else(|| "nothing".to_owned(), |day| day.to_string());
        let diff = diff(&newest(&old)?, &newest(&new)?);
        sections.push(Section {
            dataset: id.to_owned(),
            before: told(last(&old)),
            after: told(last(&new)),
            diff,
        });
    }
    Ok(sections)
}

/// The rows of every board of a data set as it stood on a day. A board that had ended before the data set's snapshot of
/// that day is left out: what it last said has not changed since.
fn lines(catalog: &Catalog, id: &str, day: Date) -> Result<Vec<Line>> {
    let heads: Vec<&BoardHead> = catalog.heads().iter().filter(|head| head.dataset == id).collect();
    let mut boards = Vec::new();
    for head in heads {
        boards.extend(catalog.current(head, day)?);
    }
    let last = boards.iter().map(|board| board.snapshot).max();
    let adds_up = catalog.manifest(id)?.history == History::Cumulative;
    let current = boards.iter().filter(|board| adds_up || Some(board.snapshot) == last);
    Ok(current.flat_map(|board| board.rows.iter().map(|row| Line::of_row(&board.head, row))).collect())
}

fn text(sections: &[Section], most: usize) -> Result<Vec<u8>> {
    let mut text = String::new();
    for Section { dataset, before, after, diff } in sections {
        writeln!(text, "{dataset}, {before} -> {after}: {}", diff.summary())?;
        for line in diff.lines(most) {
            writeln!(text, "  {line}")?;
        }
    }
    if sections.iter().all(|section| section.diff.is_empty()) {
        writeln!(text, "no row differs")?;
    }
    Ok(text.into_bytes())
}

fn markdown(sections: &[Section], most: usize) -> Result<Vec<u8>> {
    let mut text = String::new();
    writeln!(
        text,
        "| data set | before | after | added | removed | changed |\n|---|---|---|---:|---:|---:|"
    )?;
    for Section { dataset, before, after, diff } in sections {
        let counts = [&diff.added.len(), &diff.removed.len(), &diff.changed.len()]
            .map(ToString::to_string)
            .join(" | ");
        writeln!(text, "| {dataset} | {before} | {after} | {counts} |")?;
    }
    for Section { dataset, diff, .. } in sections.iter().filter(|section| !section.diff.is_empty()) {
        writeln!(text, "\n<details><summary>{dataset}: {}</summary>\n\n```diff", diff.summary())?;
        for line in diff.lines(most) {
            writeln!(text, "{}", line.replacen('~', "!", 1))?;
        }
        writeln!(text, "```\n</details>")?;
    }
    Ok(text.into_bytes())
}
