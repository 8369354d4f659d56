//! Candidates for names in; those that have the company they need, as mentions, out.

use super::mention::Candidate;
use super::tables::Homonym;
use super::{Entity, Mention, Names};
use crate::article::Span;
use std::collections::BTreeSet;

/// A name that is also a word counts when a cue or another name stands this near, in bytes: about three sentences.
const COMPANY_BYTES: usize = 300;

/// A word in capitals is a name where a model stands this near, in bytes: in the same sentence.
const BESIDE_BYTES: usize = 80;

impl Names {
    /// Keeps what has the company it needs, joins a maker's name to the model that follows it.
    pub(super) fn settle(
        &self,
        text: &str,
        found: Vec<Candidate>,
        cues: &[usize],
        is_alone: bool,
    ) -> Vec<Mention> {
        let certain: Vec<usize> = found
            .iter()
            .filter(|c| c.needs == Homonym::Never && !matches!(c.entity, Entity::Group(_)))
            .map(|c| c.start)
            .collect();
        let models: Vec<usize> = found
            .iter()
            .filter(|c| c.needs == Homonym::Never && c.entity.is_model())
            .map(|c| c.start)
            .collect();
        let within = |bytes: usize, places: &[usize], at: usize| {
            let from = places.partition_point(|p| *p + bytes < at);
            places.get(from).is_some_and(|p| *p <= at + bytes)
        };
        let near = |places: &[usize], at: usize| within(COMPANY_BYTES, places, at);
        let has_company = |candidate: &Candidate| match candidate.needs {
            Homonym::Never => true,
            Homonym::Bare => is_alone || near(cues, candidate.start) || near(&certain, candidate.start),
            Homonym::Numbered => near(&models, candidate.start),
            // "LIMA", "Perplexity's Sonar": beside a model, a name in capitals or one that its maker owns is a model too.
            Homonym::Word => {
                let name = &text[candidate.start..candidate.end];
                let before = text[..candidate.start].trim_end().rsplit(' ').next().unwrap_or_default();
                let is_thing = ["the", "The", "to", "a", "an"].contains(&before);
                let is_capitals = name.chars().all(char::is_uppercase) && !is_thing;
                is_alone
                    || (within(BESIDE_BYTES, &models, candidate.start)
                        && (is_capitals || self.is_owned(text, &found, candidate)))
            }
        };
        let company: Vec<bool> = found.iter().map(has_company).collect();
        // A word keeps its sense through a text: once a Claude is the model, the others are too.
        let is_in_doubt = company.contains(&false);
        let believed: BTreeSet<String> = found
            .iter()
            .zip(&company)
            .filter(|(_, has_company)| is_in_doubt && **has_company)
            .filter_map(|(candidate, _)| self.family_of(&candidate.entity))
            .collect();
        let mut mentions: Vec<Mention> = Vec::with_capacity(found.len());
        for (candidate, has_company) in found.into_iter().zip(company) {
            let is_known_sense =
                || self.family_of(&candidate.entity).is_some_and(|family| believed.contains(&family));
            if !has_company && !is_known_sense() {
                continue;
            }
            let mut span = Span::new(candidate.start, candidate.end);
            if let Some(maker) = mentions.last().filter(|last| self.is_maker(text, last, &candidate)) {
                span.start = maker.span.start;
                mentions.pop();
            }
            mentions.push(Mention { span, entity: candidate.entity });
        }
        mentions
    }

    /// Whether the maker of the candidate stands before it as its owner: "Perplexity's Sonar".
    fn is_owned(&self, text: &str, found: &[Candidate], candidate: &Candidate) -> bool {
        let (Entity::Model(id) | Entity::Family(id)) = &candidate.entity else { return false };
        let maker = self.facts(id).organisation.clone();
        found.iter().any(|other| {
            matches!(&other.entity, Entity::Organisation(owner) if Some(owner) == maker.as_ref())
                && text
                    .get(other.end..candidate.start)
                    .is_some_and(|between| matches!(between, "'s " | "\u{2019}s "))
        })
    }

    /// "Google Gemini" is one mention: the maker's name stands directly before its own model.
    fn is_maker(&self, text: &str, last: &Mention, candidate: &Candidate) -> bool {
        let Entity::Organisation(organisation) = &last.entity else { return false };
        let (Entity::Model(id) | Entity::Family(id)) = &candidate.entity else { return false };
        matches!(&text[last.span.end..candidate.start], " " | "-")
            && self.parsed(id).organisation.as_deref() == Some(organisation)
    }
}
