//! Records of models: an entity in; what the identity tables state of its models, with traceable sources, out.

use super::measured::{Evaluation, Source, Step};
use super::view::View;
use crate::dataset::manifest::Manifest;
use crate::names::{Entity, ModelFacts};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Rows of one source that are listed; of more, the number is given.
const MOST_ROWS: usize = 60;

/// The data set of corrections by hand, which has no manifest of its own.
const CORRECTIONS: &str = "corrections";

/// Values by which an unknown part between two bounds is spread.
const SPREAD: usize = 201;

/// What the tables state of the entity's models.
pub(super) fn records(view: &View<'_>, entity: &Entity) -> Vec<ModelFacts> {
    match entity {
        // Names of others' models may come first: "Llama-3.1-Nemotron-70B" is one of the Nemotron family.
        Entity::Family(id) => {
            let is_of = |facts: &&ModelFacts| {
                facts.family.as_ref() == Some(id)
                    || (facts.id.starts_with(id.as_str()) && is_member(view, entity, &facts.id))
            };
            view.catalog.models().iter().filter(is_of).cloned().collect()
        }
        Entity::Model(id) => {
            let stem = id.split('-').next().unwrap_or(id);
            let ids: Vec<&str> = view.names().recorded().filter(|known| known.starts_with(stem)).collect();
            view.names().members(entity, &ids).into_iter().filter_map(|id| view.names().record(id)).collect()
        }
        Entity::Organisation(id) => view
            .catalog
            .models()
            .iter()
            .filter(|facts| facts.organisation.as_ref() == Some(id))
            .cloned()
            .collect(),
        Entity::Group(group) => {
            view.catalog.models().iter().filter(|facts| group.has(facts)).cloned().collect()
        }
        Entity::Benchmark(_) => Vec::new(),
    }
}

/// Whether the model of this id belongs to the entity.
pub(super) fn is_member(view: &View<'_>, entity: &Entity, id: &str) -> bool {
    !view.names().members(entity, &[id]).is_empty()
}

/// The tables that records are from, one entry each, with the rows as `text` writes them.
pub(super) fn sources<'f>(
    view: &View<'_>,
    facts: impl IntoIterator<Item = &'f ModelFacts>,
    text: impl Fn(&ModelFacts) -> String,
) -> Vec<Source> {
    let mut by_table: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for facts in facts {
        by_table.entry(table(facts)).or_default().push(row(facts, &text));
    }
    by_table.into_iter().map(|(table, rows)| source(view, table, rows)).collect()
}

/// The day of release as a row tells it.
pub(super) fn released(facts: &ModelFacts) -> String {
    facts.released.map_or_else(String::new, |day| format!("released={day}"))
}

/// A model's row as a source lists it.
pub(super) fn row(facts: &ModelFacts, text: impl Fn(&ModelFacts) -> String) -> String {
    format!("id={} {}", facts.id, text(facts))
}

/// The most trusted table that has the model.
fn table(facts: &ModelFacts) -> &str {
    let mut tables = facts.source.as_deref().unwrap_or(CORRECTIONS).split(';');
    let first = tables.next().unwrap_or(CORRECTIONS);
    if first == CORRECTIONS { tables.next().unwrap_or(first) } else { first }
}

/// A table as a source, with these rows of it.
pub(super) fn source(view: &View<'_>, table: &str, mut rows: Vec<String>) -> Source {
    let more = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    if more > 0 {
        rows.push(format!("and {more} more rows"));
    }
    let lock = view.catalog.lock();
    Source {
        dataset: table.to_owned(),
        snapshot: snapshot(view, table),
        sha256: lock.sha256(table).to_owned(),
        url: manifest(view, table).map_or_else(String::new, |manifest| manifest.source_url.clone()),
        rows,
    }
}

fn manifest<'v>(view: &View<'v>, table: &str) -> Option<&'v Manifest> {
    view.catalog.manifests().get(table)
}

fn snapshot(view: &View<'_>, table: &str) -> Date {
    view.catalog.lock().last_snapshot(table).unwrap_or_else(|| view.catalog.newest())
}

/// Who states the facts: the makers, or a database that others keep.
pub(super) fn evaluation(view: &View<'_>, facts: &ModelFacts) -> Evaluation {
    manifest(view, table(facts)).map_or(Evaluation::Independent, |manifest| manifest.evaluation)
}

/// The step down for records of which some were written after the view's day.
pub(super) fn retrospective(view: &View<'_>, sources: &[Source]) -> Option<Step> {
    sources.iter().any(|source| source.snapshot > view.day).then_some(Step::Retrospective)
}

/// A share in percent of those that are known, and, where some are not, values spread evenly between the bounds that
/// they leave: none of them has it, all of them have it.
pub(super) fn bounded(has: impl Iterator<Item = Option<bool>>) -> Option<(f64, Option<Vec<f64>>)> {
    let (mut yes, mut no, mut unknown) = (0.0, 0.0, 0.0);
    for has in has {
        match has {
            Some(true) => yes += 1.0,
            Some(false) => no += 1.0,
            None => unknown += 1.0,
        }
    }
    let all: f64 = yes + no + unknown;
    if yes + no == 0.0 {
        return None;
    }
    let (low, high) = (100.0 * yes / all, 100.0 * (yes + unknown) / all);
    let spread = |i: usize| low + (high - low) * i as f64 / (SPREAD - 1) as f64;
    Some((100.0 * yes / (yes + no), (unknown > 0.0).then(|| (0..SPREAD).map(spread).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unknown_part_makes_bounds() {
        let (share, draws) =
            bounded([Some(true), Some(true), Some(false), None].into_iter()).expect("some are known");
        assert!((share - 200.0 / 3.0).abs() < 1e-9);
        let draws = draws.expect("one is unknown");
        assert_eq!((draws.first(), draws.last()), (Some(&50.0), Some(&75.0)));
        assert_eq!(bounded([None, None].into_iter()), None);
        assert_eq!(bounded([Some(true)].into_iter()), Some((100.0, None)));
    }

    proptest::proptest! {
        #[test]
        fn bounds_hold_the_truth_whatever_the_unknown_is(
            known in proptest::collection::vec(proptest::option::of(proptest::bool::ANY), 1..40),
            fill in proptest::bool::ANY,
        ) {
            if let Some((_, draws)) = bounded(known.iter().copied()) {
                let yes = known.iter().filter(|has| has.unwrap_or(fill)).count() as f64;
                let truth = 100.0 * yes / known.len() as f64;
                if let Some(draws) = draws {
                    proptest::prop_assert!(draws[0] - 1e-9 <= truth && truth <= draws[draws.len() - 1] + 1e-9);
                }
            }
        }
    }
}
