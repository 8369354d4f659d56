//! Databases of models: a claim that names one ("in Epoch AI's database", "the models.dev list") in; how many of its
//! models are whose, out.
//!
//! What a database holds is counted in it as it is, so that its number decides either way; the identity tables together
//! hold a part of all models and are no such list.

use super::listed::{COUNTING_SHARE, by_how_many};
use super::measured::{Measured, Reading, Target, Uncertainty};
use super::party::{self, Named};
use super::record;
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::manifest::{Manifest, TableKind};
use crate::names::{Entity, ModelFacts};
use crate::reported::{Interval, Reported, Unit};
use jiff::civil::Date;

/// Whether a party is who made models, and not models of a kind, of which others are the makers.
fn is_maker(party: &Party) -> bool {
    match &party.entity {
        Some(Entity::Organisation(_)) => true,
        Some(Entity::Group(group)) => !group.countries.is_empty() || !group.organisations.is_empty(),
        _ => false,
    }
}

/// Words by which several are taken as one: "than Meta and Mistral combined".
const TOGETHER: [&str; 4] = ["combined", "together", "taken together", "in total"];

/// A database of models that a claim names, and the time of release that it speaks of.
pub(super) struct Database<'v> {
    view: &'v View<'v>,
    manifest: &'v Manifest,
    from: Date,
    to: Date,
}

impl<'v> Database<'v> {
    /// The database that the claim's words name by the first word of its title; `None` where they name a board, or none.
    pub(super) fn named(claim: &Claim, view: &'v View<'_>) -> Option<Self> {
        if claim.benchmark.as_ref().is_some_and(|named| named.id.is_some()) {
            return None;
        }
        let said = [claim.quote.as_str(), claim.population.as_deref().unwrap_or_default()];
        let benchmark = claim.benchmark.as_ref().map(|named| named.text.as_str());
        let texts = said.into_iter().chain(claim.attributed_to.as_deref()).chain(benchmark);
        let words = Words::new(&texts.collect::<Vec<_>>().join(" | "));
        let is_named = |manifest: &&Manifest| {
            let is_held = manifest.is_held(view.catalog.lock());
            let of_models = manifest.table.as_ref().is_some_and(|table| table.kind == TableKind::Models);
            let first = manifest.title.split([' ', ':']).next().unwrap_or_default();
            is_held && of_models && words.hold(first)
        };
        let manifest = view.catalog.manifests().values().find(is_named)?;
        let (from, to) = window::counted(claim, view.day);
        Some(Self { view, manifest, from, to })
    }

    /// Its models of the time.
    pub(super) fn models(&self) -> impl Iterator<Item = &ModelFacts> {
        let is_in = |facts: &&ModelFacts| {
            facts.source.as_deref().is_some_and(|tables| tables.split(';').any(|id| id == self.manifest.id))
        };
        let is_of_time = |facts: &&ModelFacts| {
            let ever = window::is_open(self.from) && facts.released.is_none();
            ever || facts.released.is_some_and(|day| self.from <= day && day <= self.to)
        };
        self.view.catalog.models().iter().filter(is_in).filter(is_of_time)
    }

    fn of<'s>(&'s self, entity: &Entity) -> Vec<&'s ModelFacts> {
        let is_theirs = |facts: &&ModelFacts| match entity {
            Entity::Organisation(id) => facts.organisation.as_ref() == Some(id),
            Entity::Group(group) => group.has(facts),
            _ => record::is_member(self.view, entity, &facts.id),
        };
        self.models().filter(is_theirs).collect()
    }

    /// How many of its models are the group's.
    pub(super) fn count(&self, group: &Named, claimed: Interval) -> Option<Reading> {
        let models = self.of(&group.entity);
        let whose = party::models_of(group, self.view);
        let count = (Unit::Count, models.len() as f64, claimed);
        self.value(whose, &models, count).map(|value| self.reading(value))
    }

    /// How many more of its models are the one's than the others'.
    pub(super) fn compared(
        &self,
        claim: &Claim,
        more: &[Party],
        fewer: &[Party],
        reported: Option<&Reported>,
    ) -> Option<Reading> {
        let makers = |parties: &[Party]| -> Vec<Party> {
            let maker = |party: &Party| Party {
                entity: party.entity.as_ref().map(|entity| party::as_maker(&party.text, entity, self.view)),
                ..party.clone()
            };
            parties.iter().map(maker).collect()
        };
        let (more, fewer) = (&makers(more)[..], &makers(fewer)[..]);
        if more.is_empty() || fewer.is_empty() || !more.iter().chain(fewer).all(is_maker) {
            return None;
        }
        let of = |party: &Party| party.entity.as_ref().map(|entity| self.of(entity));
        let ours: Vec<&ModelFacts> = more.iter().filter_map(of).flatten().collect();
        let theirs: Vec<Vec<&ModelFacts>> = fewer.iter().filter_map(of).collect();
        let counts = theirs.iter().map(Vec::len);
        let others = if Words::of(claim).any(&TOGETHER) { counts.sum::<usize>() } else { counts.max()? };
        let value = by_how_many(ours.len() as f64, others as f64, reported);
        let names = |parties: &[Party]| {
            parties.iter().map(|party| party.text.as_str()).collect::<Vec<_>>().join(" and ")
        };
        let whose = format!("models of {} against those of {}", names(more), names(fewer));
        let models: Vec<&ModelFacts> = ours.into_iter().chain(theirs.into_iter().flatten()).collect();
        self.value(whose, &models, value).map(|value| self.reading(value))
    }

    fn value(
        &self,
        whose: String,
        models: &[&ModelFacts],
        (unit, estimate, claimed): (Unit, f64, Interval),
    ) -> Option<Measured> {
        let first = models.first().copied().or_else(|| self.models().next())?;
        let shown = if models.is_empty() { vec![first] } else { models.to_vec() };
        let rows = shown.into_iter().map(|facts| record::row(facts, record::released)).collect();
        Some(Measured {
            label: format!("{whose} in {}{}", self.manifest.title, self.when()),
            benchmark: "releases".to_owned(),
            metric: "models".to_owned(),
            unit,
            estimate,
            uncertainty: Uncertainty::Exact,
            n: Some(models.len() as u64),
            evaluation: self.manifest.evaluation,
            claimed,
            target: Target::Published,
            conclusion: claimed.near(COUNTING_SHARE),
            scale: 1.0,
            sources: vec![record::source(self.view, &self.manifest.id, rows)],
        })
    }

    fn reading(&self, value: Measured) -> Reading {
        let later = record::retrospective(self.view, &value.sources);
        Reading::of_sources("in-the-database".to_owned(), value.label.clone(), vec![value], later)
    }

    /// The share of its models that have a property, `None` of those of which it is not known.
    pub(super) fn share(
        &self,
        property: &str,
        has: impl Fn(&ModelFacts) -> Option<bool>,
        claimed: Interval,
    ) -> Option<Reading> {
        let models: Vec<&ModelFacts> = self.models().collect();
        let (share, draws) = record::bounded(models.iter().map(|facts| has(facts)))?;
        let value = self.value(property.to_owned(), &models, (Unit::Percent, share, claimed))?;
        Some(self.reading(Measured {
            metric: "share".to_owned(),
            uncertainty: draws.map_or(Uncertainty::Exact, Uncertainty::Draws),
            target: Target::Latent,
            ..value
        }))
    }

    /// In words, which time of release is asked for.
    fn when(&self) -> String {
        if window::is_open(self.from) {
            String::new()
        } else {
            format!(", released from {} to {}", self.from, self.to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, number, shipped};
    use super::super::gather;
    use crate::claim::{Claim, ClaimKind, Relation};
    use crate::reported::Unit;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), date(2026, 8, 10)).expect("readable tables"))).outcome
    }

    #[test]
    fn what_a_database_lists_is_counted_in_it() {
        let count = |models: f64| {
            let quote = "OpenAI has models in the models.dev list";
            outcome(&Claim {
                reported: number(models, Unit::Count, 1.0),
                ..claim(ClaimKind::Count, quote, &["OpenAI"], &[])
            })
        };
        // models-dev/models.csv of 2026-07-02: 50 models of OpenAI.
        assert_eq!(count(50.0), Outcome::Supported);
        assert_eq!(count(150.0), Outcome::Contradicted);
        assert_eq!(count(10.0), Outcome::Contradicted);
    }

    #[test]
    fn two_makers_are_compared_by_their_models_and_several_can_be_taken_together() {
        let more = |who: &str, than: &[&str], quote: &str| {
            let relation = Some(Relation::Better);
            outcome(&Claim { relation, ..claim(ClaimKind::Comparison, quote, &[who], than) })
        };
        let quote = "more models in the models.dev list than";
        assert_eq!(more("OpenAI", &["Mistral"], quote), Outcome::Supported);
        assert_eq!(more("Mistral", &["OpenAI"], quote), Outcome::Contradicted);
        let together = "more models in the models.dev list than both combined";
        assert_eq!(more("Alibaba", &["OpenAI", "Google"], together), Outcome::Contradicted);
    }
}
