//! Properties that a model has or has not: its licence, its maker, whether its weights are open. What the tables state of a
//! party's models in; the share of them that has it, out.

use super::licence::Licence;
use super::measured::{Measured, Target, Uncertainty};
use super::record;
use super::view::View;
use crate::claim::{Claim, Party};
use crate::names::{Entity, Group, ModelFacts};
use crate::reported::{Interval, Unit};

/// What a model has or has not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    Licence(Licence),
    /// Who made it, by the organisation's id.
    Maker(String),
    /// What its maker is one of, with the words for it: "a Chinese developer".
    MakerAmong(Group, String),
    OpenWeights,
    ClosedWeights,
}

impl Held {
    /// The maker that the claim names as its object: of no other attribute has it one.
    pub(super) fn maker(claim: &Claim) -> Option<Self> {
        let object = claim.object.first()?;
        match &object.entity {
            Some(Entity::Organisation(id)) => Some(Self::Maker(id.clone())),
            Some(Entity::Group(group)) => Some(Self::MakerAmong(group.clone(), object.text.clone())),
            _ => None,
        }
    }

    /// In words.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Licence(_) => "the licence",
            Self::Maker(_) | Self::MakerAmong(..) => "the maker",
            Self::OpenWeights | Self::ClosedWeights => "whether weights are open",
        }
    }

    /// Whether a model has it; `None` where no table tells.
    fn is_had_by(&self, facts: &ModelFacts) -> Option<bool> {
        match self {
            Self::Licence(asked) => facts.licence.as_deref().and_then(|text| asked.is(text)),
            Self::Maker(asked) => facts.organisation.as_ref().map(|maker| maker == asked),
            Self::MakerAmong(group, _) => facts.country.as_ref().map(|_| group.has(facts)),
            Self::OpenWeights => facts.open_weights,
            Self::ClosedWeights => facts.open_weights.map(|open| !open),
        }
    }

    /// What is asked of each row, and what the row says.
    fn asked(&self) -> String {
        match self {
            Self::Licence(licence) => format!("stated under a licence {}", licence.text()),
            Self::Maker(maker) => format!("stated to be of {maker}"),
            Self::MakerAmong(_, words) => format!("stated to be of {words}"),
            Self::OpenWeights => "stated to have open weights".to_owned(),
            Self::ClosedWeights => "stated to have closed weights".to_owned(),
        }
    }

    fn told(&self, facts: &ModelFacts) -> String {
        match self {
            Self::Licence(_) => format!("licence={}", facts.licence.as_deref().unwrap_or("")),
            Self::Maker(_) => format!("organisation={}", facts.organisation.as_deref().unwrap_or("")),
            Self::MakerAmong(..) => {
                let told = |text: &Option<String>| text.clone().unwrap_or_default();
                format!("organisation={} country={}", told(&facts.organisation), told(&facts.country))
            }
            _ => format!("open_weights={}", facts.open_weights.unwrap_or(false)),
        }
    }

    /// The share of the party's stated models that have it: one model gives 0 or 100. None where no table states it.
    pub(super) fn measured(&self, view: &View<'_>, party: &Party) -> Option<Measured> {
        let records = record::records(view, party.entity.as_ref()?);
        let stated: Vec<(&ModelFacts, bool)> =
            records.iter().filter_map(|facts| Some((facts, self.is_had_by(facts)?))).collect();
        let (first, _) = stated.first()?;
        let share = 100.0 * stated.iter().filter(|(_, has)| *has).count() as f64 / stated.len() as f64;
        let what = self.asked();
        Some(Measured {
            label: match stated.len() {
                1 => format!("{}: share of the one row {what}", party.text),
                n => format!("{}: share of the {n} rows {what}", party.text),
            },
            benchmark: "licence".to_owned(),
            metric: "stated".to_owned(),
            unit: Unit::Percent,
            estimate: share,
            uncertainty: Uncertainty::Exact,
            n: Some(stated.len() as u64),
            evaluation: record::evaluation(view, first),
            // Of a family most members are meant; where only some have it, the words are off and not wrong.
            claimed: Interval::at_least(50.0),
            target: Target::Published,
            conclusion: Some(Interval::at_least(0f64.next_up())),
            scale: 1.0,
            sources: record::sources(view, stated.iter().map(|(facts, _)| *facts), |facts| self.told(facts)),
        })
    }
}
