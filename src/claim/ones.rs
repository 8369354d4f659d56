//! Two parties of a claim in, one of them "ones"; what these are, told by the other, out.

use crate::claim::Party;
use crate::names::Entity;

/// "Chinese open models ... American ones": what the ones are, the other party says, and that they are open.
pub(super) fn name(parties: &mut [Party], others: &[Party]) {
    // What a model or a maker is called is no noun.
    let is_kind = |party: &&Party| matches!(party.entity, None | Some(Entity::Group(_)));
    let nouns = || others.iter().filter(is_kind).filter_map(|party| party.text.rsplit(' ').next());
    for party in parties {
        let told = [(" ones", true), (" one", false)].into_iter().find_map(|(ending, is_plural)| {
            let kind = party.text.strip_suffix(ending)?;
            Some(format!("{kind} {}", nouns().find(|noun| noun.ends_with('s') == is_plural)?))
        });
        let Some(told) = told else { continue };
        party.text = told;
        if let Some(Entity::Group(ones)) = &mut party.entity
            && !ones.countries.is_empty()
        {
            ones.open_weights = ones.open_weights.or(others.iter().find_map(said_open));
        }
    }
}

fn said_open(party: &Party) -> Option<bool> {
    match &party.entity {
        Some(Entity::Group(group)) => group.open_weights,
        _ => None,
    }
}
