//! Absence: a claim that nothing here measures in; one empty reading that says truly why, out.

use super::measured::{Absence, Pool, Reading, Step};
use super::view::View;
use crate::claim::{Claim, ClaimKind, Party};
use crate::reported::Unit;

impl Reading {
    /// A reading without a value.
    pub(super) fn absent(name: &str, meaning: String, absence: Absence) -> Self {
        Self {
            name: name.to_owned(),
            meaning,
            pool: Pool::Sources,
            measured: Vec::new(),
            absence: Some(absence),
            steps: Vec::<Step>::new(),
            picture: None,
        }
    }
}

/// The one reading of a claim that no other could be made of.
pub(super) fn reading(claim: &Claim, view: &View<'_>) -> Reading {
    let unknown: Vec<&str> = claim
        .subject
        .iter()
        .chain(&claim.object)
        .filter(|p| p.entity.is_none())
        .map(|p| p.text.as_str())
        .collect();
    let (meaning, absence) = match claim.kind {
        ClaimKind::Lineage | ClaimKind::Attribute if unknown.is_empty() => match named(&claim.subject) {
            names if names.is_empty() => ("whom it is about is not said".to_owned(), Absence::Ambiguous),
            names => (format!("no table states it of {names}"), Absence::NoData),
        },
        _ => match &claim.benchmark {
            _ if !unknown.is_empty() => (quoted(&unknown), Absence::UnknownEntity),
            Some(benchmark) if benchmark.id.is_none() => (quoted(&[&benchmark.text]), Absence::UnknownEntity),
            Some(benchmark) if view.heads(benchmark.id.as_deref()).next().is_none() => {
                (format!("{} is not among the data sets", benchmark.text), Absence::NoData)
            }
            _ if claim.reported.is_some_and(|reported| reported.unit == Unit::Times) => {
                ("no board here scores what the ratio is of".to_owned(), Absence::NoData)
            }
            _ if matches!(claim.kind, ClaimKind::Gap | ClaimKind::Comparison) && claim.object.is_empty() => {
                ("against whom is not said".to_owned(), Absence::Ambiguous)
            }
            _ if claim.subject.is_empty() => ("whom it is about is not said".to_owned(), Absence::Ambiguous),
            _ => (missing(claim, view), Absence::NoSnapshotAtDate),
        },
    };
    Reading::absent("as-written", meaning, absence)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

/// Whom no copy shows, and of which board where the claim names one.
fn missing(claim: &Claim, view: &View<'_>) -> String {
    let names = [named(&claim.subject), named(&claim.object)];
    let names: Vec<String> = names.into_iter().filter(|names| !names.is_empty()).collect();
    let board = claim.benchmark.as_ref().and_then(|named| named.id.as_deref());
    let board = board.map_or_else(|| "no board".to_owned(), |id| format!("no copy of {}", view.called(id)));
    format!("{board} had {} by then", names.join(" and "))
}

fn named(parties: &[Party]) -> String {
    parties.iter().map(|party| party.text.as_str()).collect::<Vec<_>>().join(" and ")
}
