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

/// What the tables state of the entity's models.
pub(super) fn records(view: &View<'_>, entity: &Entity) -> Vec<ModelFacts> {
    match entity {
        Entity::Model(id) | Entity::Family(id) => {
            let stem = id.split('-').next().unwrap_or(id);
            let ids: Vec<&str> = view.names().recorded().filter(|known| known.starts_with(stem)).collect();
            view.names().members(entity, &ids).into_iter().filter_map(|id| view.names().record(id)).collect()
        }
        Entity::Organisation(id) => {
            view.catalog.models().iter().filter(|facts| facts.organisation.as_ref() == Some(id)).cloned().collect()
        }
        Entity::Group(group) => view.catalog.models().iter().filter(|facts| group.has(facts)).cloned().collect(),
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
        by_table.entry(table(facts)).or_default().push(format!("id={} {}", facts.id, text(facts)));
    }
    by_table.into_iter().map(|(table, rows)| source(view, table, rows)).collect()
}

/// The most trusted table that has the model.
fn table(facts: &ModelFacts) -> &str {
    let mut tables = facts.source.as_deref().unwrap_or(CORRECTIONS).split(';');
    let first = tables.next().unwrap_or(CORRECTIONS);
    if first == CORRECTIONS { tables.next().unwrap_or(first) } else { first }
}

fn source(view: &View<'_>, table: &str, mut rows: Vec<String>) -> Source {
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
