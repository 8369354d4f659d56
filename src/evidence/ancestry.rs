//! Two models: a claim that they were trained on from one base, or from two, in; whether their declared bases meet out.

use super::lineage::{LONGEST_CHAIN, reaches};
use super::measured::{Absence, Measured, Reading, Target, Uncertainty};
use super::record;
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::names::{Entity, ModelFacts};
use crate::reported::{Interval, Unit};

/// Words for a base that two models have in common or have not.
const COMMON: [&str; 10] = [
    "same base",
    "same foundation",
    "same parent",
    "same underlying",
    "common base",
    "common parent",
    "common ancestor",
    "different base",
    "different foundation",
    "different parent",
];

/// A yes is 100 percent, a no is 0.
const YES_PERCENT: f64 = 50.0;

/// Whether the claim sets the bases of two models side by side.
pub(super) fn is_asked(claim: &Claim) -> bool {
    let is_model = |party: &Party| matches!(party.entity, Some(Entity::Model(_)));
    claim.subject.iter().chain(&claim.object).filter(|party| is_model(party)).count() > 1
        && Words::about(claim).any(&COMMON)
}

/// Whether the first two models named have a declared base in common, at any step up.
pub(super) fn reading(claim: &Claim, view: &View<'_>) -> Option<Reading> {
    let mut named = claim.subject.iter().chain(&claim.object);
    let (one, other) = (named.next()?, named.next()?);
    let meaning = format!("{} and {} go back to one declared base", one.text, other.text);
    let name = "shared-base";
    let (Some(ours), Some(theirs)) = (declared(view, one), declared(view, other)) else {
        return Some(Reading::absent(name, meaning, Absence::NoData));
    };
    let meet = |from: &ModelFacts, to: &ModelFacts| {
        let (Some(from), Some(to)) = (&from.base_model, &to.base_model) else { return false };
        from.split(';').any(|base| reaches(view, to, &Entity::Model(base.to_owned()), LONGEST_CHAIN))
    };
    let is_shared = meet(&ours, &theirs) || meet(&theirs, &ours);
    let text = |facts: &ModelFacts| format!("base_model={}", facts.base_model.as_deref().unwrap_or("none"));
    let sources = record::sources(view, [&ours, &theirs], text);
    let step = record::retrospective(view, &sources);
    let measured = Measured {
        label: meaning.clone(),
        benchmark: "lineage".to_owned(),
        metric: "share".to_owned(),
        unit: Unit::Percent,
        estimate: if is_shared { 100.0 } else { 0.0 },
        uncertainty: Uncertainty::Exact,
        n: None,
        evaluation: record::evaluation(view, &ours),
        claimed: Interval::at_least(YES_PERCENT),
        target: Target::Latent,
        conclusion: None,
        scale: 1.0,
        sources,
    };
    Some(Reading::of_sources(name, meaning, vec![measured], step))
}

/// What is stated of a model that declares a base; of its versions the one that bears the name first.
fn declared(view: &View<'_>, party: &Party) -> Option<ModelFacts> {
    let entity = party.entity.as_ref()?;
    let mut records = record::records(view, entity);
    records.retain(|facts| facts.base_model.is_some());
    records.sort_by_key(|facts| !matches!(entity, Entity::Model(id) if facts.id == *id));
    records.into_iter().next()
}
