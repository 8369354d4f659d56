//! Retellings: the claims of one article in; which of them tell another one more firmly, or of more people, out.
//!
//! An article may quote "I'd say an 80 percent chance" and write "most start-ups" a line above. Nothing here says which
//! of the two is so; it points out what was lost between them.

use super::Note;
use crate::claim::{Claim, ClaimKind};
use std::collections::BTreeSet;

/// What each claim lost against another claim of the article that it repeats, in the order of the claims.
#[must_use]
pub fn retold(claims: &[&Claim]) -> Vec<Vec<Note>> {
    let lost = |own: &Claim| {
        let originals: Vec<&&Claim> = claims.iter().filter(|other| repeats(own, other)).collect();
        let is_firmer = !own.hedged && originals.iter().any(|original| original.hedged);
        let is_wider = originals.iter().any(|original| is_wider(own, original));
        let notes = [(is_firmer, Note::LostHedge), (is_wider, Note::WiderPopulation)];
        notes.into_iter().filter(|(is_so, _)| *is_so).map(|(_, note)| note).collect()
    };
    claims.iter().map(|claim| lost(claim)).collect()
}

/// Whether a claim on a share says of the same models what the other's number bears out: "most" repeats "80 percent".
fn repeats(own: &Claim, other: &Claim) -> bool {
    let is_share = |claim: &Claim| claim.kind == ClaimKind::Share && !claim.negated;
    let (Some(said), Some(number)) = (own.reported, other.reported) else { return false };
    let same_models = own.subject.iter().any(|party| {
        party.entity.is_some() && other.subject.iter().any(|original| original.entity == party.entity)
    });
    own.span != other.span
        && is_share(own)
        && is_share(other)
        && said.unit == number.unit
        && same_models
        && said.interval().contains(number.value)
}

/// Whether the claim's population is the original's without what narrowed it.
fn is_wider(own: &Claim, original: &Claim) -> bool {
    let words = |claim: &Claim| -> BTreeSet<String> {
        let text = claim.population.as_deref().unwrap_or_default().to_lowercase();
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (own, original) = (words(own), words(original));
    !own.is_empty() && own.len() < original.len() && own.is_subset(&original)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use crate::claim::Party;
    use crate::names::{Entity, Group};
    use crate::reported::{Comparator, Reported, Unit};

    fn share(
        at: usize,
        percent: f64,
        comparator: Option<Comparator>,
        population: &str,
        hedged: bool,
    ) -> Claim {
        let chinese = Group { countries: vec!["CN".to_owned()], ..Group::default() };
        Claim {
            kind: ClaimKind::Share,
            span: Span::new(at, at + 10),
            quote: String::new(),
            sentence: Span::new(at, at + 10),
            subject: vec![Party { text: "Chinese models".to_owned(), entity: Some(Entity::Group(chinese)) }],
            object: Vec::new(),
            relation: None,
            benchmark: None,
            reported: Some(Reported { comparator, ..Reported::exact(percent, Unit::Percent, 1.0) }),
            population: Some(population.to_owned()),
            as_of: None,
            attributed_to: None,
            hedged,
            negated: false,
            checkable: true,
            rule: String::new(),
            mentions: Vec::new(),
            alternatives: crate::claim::Alternatives::default(),
        }
    }

    #[test]
    fn a_headline_that_drops_the_hedge_and_the_population_is_pointed_out() {
        let headline = share(0, 50.0, Some(Comparator::Gt), "startups", false);
        let quote = share(50, 80.0, None, "startups that pitch to one firm", true);
        let notes = retold(&[&headline, &quote]);
        assert_eq!(notes, [vec![Note::LostHedge, Note::WiderPopulation], Vec::new()]);
    }

    #[test]
    fn another_number_is_another_claim() {
        let headline = share(0, 20.0, None, "startups", false);
        let quote = share(50, 80.0, None, "startups that pitch to one firm", true);
        assert!(retold(&[&headline, &quote]).iter().all(Vec::is_empty));
        assert!(retold(&[&quote]).iter().all(Vec::is_empty), "no claim repeats itself");
    }
}
