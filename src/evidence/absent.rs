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
        ClaimKind::Lineage | ClaimKind::Attribute if unknown.is_empty() => {
            ("whom it is about is not said".to_owned(), Absence::Ambiguous)
        }
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
            _ => (missing(&claim.subject, &claim.object), Absence::NoSnapshotAtDate),
        },
    };
    Reading::absent("as-written", meaning, absence)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

fn missing(subject: &[Party], object: &[Party]) -> String {
    let names: Vec<&str> = subject.iter().chain(object).map(|party| party.text.as_str()).collect();
    format!("no board had {} by then", names.join(" and "))
}
