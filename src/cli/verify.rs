//! `benchclaim data verify`: a store in; for each table rows, snapshots, days and the share of its names that are
//! resolved, how they are, the names that are not, and an exit code, out.

use super::data::{right, table};
use super::{Ending, output};
use crate::dataset::Catalog;
use crate::names::{BaseBy, Standing};
use anyhow::Result;
use comfy_table::Cell;
use std::collections::BTreeMap;

/// Names that are listed when not all are asked for.
const SOME: usize = 12;

pub(super) fn run(catalog: &Catalog, all: bool) -> Result<Ending> {
    let mut listing = table(&["data set", "rows", "snapshots", "first", "last", "names", "resolved"]);
    let mut ending = Ending::Clean;
    let mut unresolved: Vec<String> = Vec::new();
    let mut names = 0;
    let mut ways: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, manifest) in catalog.manifests() {
        if !manifest.is_held(catalog.lock()) {
            continue;
        }
        let checked = catalog.verify(id).and_then(|rows| Ok((rows, catalog.printed_names(id)?)));
        let (rows, printed) = match checked {
            Ok(checked) => checked,
            Err(error) => {
                output::complain(&format!("{id}: {error}"));
                ending = Ending::Findings;
                continue;
            }
        };
        let mut open: Vec<&String> = Vec::new();
        for (name, said) in printed.iter() {
            match way(&catalog.standing(name, said)) {
                Some(way) => *ways.entry(way).or_default() += 1,
                None => open.push(name),
            }
        }
        names += printed.len();
        unresolved.extend(open.iter().map(|name| format!("{id}: {name}")));
        let locked = catalog.lock().datasets.get(id);
        listing.add_row(vec![
            Cell::new(id),
            right(rows),
            right(locked.map_or(0, |l| l.snapshots)),
            Cell::new(locked.map(|l| l.first.to_string()).unwrap_or_default()),
            Cell::new(locked.map(|l| l.last.to_string()).unwrap_or_default()),
            right(printed.len()),
            right(share(printed.len() - open.len(), printed.len())),
        ]);
    }
    let known: usize = ways.values().sum();
    let mut text = format!("{listing}\n{known} of {names} names are resolved ({})\n", share(known, names));
    for (way, count) in &ways {
        text.push_str(&format!("  {count:>6} {way}\n"));
    }
    output::write(text.as_bytes(), None)?;
    if !unresolved.is_empty() {
        let shown = if all { unresolved.len() } else { SOME };
        let more = unresolved.len().saturating_sub(shown);
        let list: Vec<&str> = unresolved.iter().take(shown).map(String::as_str).collect();
        let rest = if more > 0 { format!("\n  and {more} more: --all lists them") } else { String::new() };
        output::complain(&format!("names without a known maker:\n  {}{rest}", list.join("\n  ")));
    }
    Ok(ending)
}

/// In which way a name is resolved; none where it is not.
fn way(standing: &Standing<'_>) -> Option<&'static str> {
    standing.is_resolved().then_some(match standing.base {
        None => "to a maker of known country",
        Some((_, BaseBy::Name)) => "to an account and the family that the name says",
        Some((_, BaseBy::Declaration)) => "to an account and the family of the declared base",
        Some((_, BaseBy::Part)) => {
            "to an account and the family that a word of the name has in it or is short for"
        }
        Some((_, BaseBy::Design)) => {
            "to an account and the family that models of its architecture and size are of"
        }
        Some((_, BaseBy::Architecture)) => {
            "to an account and the family of the architecture, which is not weights"
        }
    })
}

/// A share for people; of nothing there is none.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 { String::new() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}
