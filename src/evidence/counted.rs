//! What models are counted by in a share: a party or words in; whether a model or a row has it out.

use super::licence::Licence;
use super::party;
use super::record;
use super::view::View;
use super::words::Words;
use crate::claim::Party;
use crate::dataset::Row;
use crate::names::{Entity, ModelFacts};

/// What a model must have to be counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Property {
    Of(Entity, String),
    Licence(Licence, String),
    /// A kind that a board tells of its rows.
    Kind(&'static str),
}

/// Kinds as boards tell them, by the words for them.
const KINDS: [(&[&str], &str); 4] = [
    (&["merge"], "merge"),
    (&["pretrained", "pre trained", "base models"], "pretrained"),
    (&["fine tune", "finetune"], "fine-tuned"),
    (&["chat model"], "chat"),
];

impl Property {
    pub(super) fn of(party: &Party) -> Option<Self> {
        let words = Words::new(&party.text);
        match &party.entity {
            Some(Entity::Benchmark(_)) => None,
            Some(entity) => Some(Self::Of(entity.clone(), party.text.clone())),
            None => Self::said(&words),
        }
    }

    /// The property that words name without naming a party.
    pub(super) fn said(words: &Words) -> Option<Self> {
        if let Some(licence) = Licence::named(words) {
            Some(Self::Licence(licence, format!("models under a licence {}", licence.text())))
        } else if let Some((_, kind)) = KINDS.iter().find(|(names, _)| words.any(names)) {
            Some(Self::Kind(kind))
        } else {
            words
                .any(&["open weight", "weights open", "openly available weights"])
                .then(|| party::by_openness("models with open weights", true))
                .map(|open| Self::Of(open.entity, open.text))
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Of(_, text) | Self::Licence(_, text) => text,
            Self::Kind(text) => text,
        }
    }

    pub(super) fn entity(&self) -> Option<&Entity> {
        match self {
            Self::Of(entity, _) => Some(entity),
            Self::Licence(..) | Self::Kind(_) => None,
        }
    }

    /// As [`Property::had_by`], of a row: the board's own column of makers stands above what the name tells, since a
    /// community fine-tune of a company's model is not the company's.
    pub(super) fn had_by_row(&self, view: &View<'_>, row: &Row) -> Option<bool> {
        if let Self::Kind(kind) = self {
            return row.kind.as_deref().map(|own| own == *kind);
        }
        let facts = view.facts(&row.model);
        let Some(organisation) = &row.organisation else { return self.had_by(view, &facts) };
        match self {
            Self::Of(Entity::Organisation(_) | Entity::Group(_), _) => {
                let country = view.names().organisation(organisation).and_then(|o| o.country.clone());
                let (organisation, facts) = (Some(organisation.clone()), (*facts).clone());
                self.had_by(view, &ModelFacts { organisation, country, ..facts })
            }
            _ => self.had_by(view, &facts),
        }
    }

    /// Whether a model has it; `None` where the tables do not tell.
    pub(super) fn had_by(&self, view: &View<'_>, facts: &ModelFacts) -> Option<bool> {
        match self {
            Self::Kind(_) => None,
            Self::Licence(licence, _) => licence.is(facts.licence.as_deref()?),
            Self::Of(Entity::Group(group), _) => {
                let is_known = (group.countries.is_empty() || facts.country.is_some())
                    && (group.organisations.is_empty() || facts.organisation.is_some())
                    && (group.open_weights.is_none() || facts.open_weights.is_some());
                is_known.then(|| group.has(facts))
            }
            Self::Of(Entity::Organisation(id), _) => facts.organisation.as_ref().map(|of| of == id),
            Self::Of(entity, _) => Some(record::is_member(view, entity, &facts.id)),
        }
    }
}
