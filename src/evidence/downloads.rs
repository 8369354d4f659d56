//! Downloads, of which only statements speak: a claim on how many models of a country were fetched, or of which country
//! more, in; what somebody counted, as a reading, out.

use super::listed::by_how_many;
use super::measured::{Absence, Measured, Reading, Step};
use super::party::Named;
use super::published;
use super::statement;
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::Statement;
use crate::names::Entity;
use crate::reported::Unit;

/// What the readings are called.
const NAME: &str = "as-counted";

/// Groups that statements on downloads speak of, by country.
const DOWNLOADS: [(&str, &str); 2] =
    [("CN", "downloads-of-chinese-models"), ("US", "downloads-of-us-models")];

/// The topic of what is said of an entity's downloads.
fn topic(entity: Option<&Entity>) -> Option<&'static str> {
    let Entity::Group(group) = entity? else { return None };
    DOWNLOADS.iter().find(|(country, _)| group.countries == [*country]).map(|(_, topic)| *topic)
}

/// What was counted of the models of an entity, as far as it was said by then: a month's figure is out within it.
fn counted<'v>(view: &'v View<'_>, entity: &Entity) -> Option<&'v Statement> {
    view.catalog.statements().standing(topic(Some(entity))?, view.day.last_of_month()).into_iter().next()
}

/// A number of downloads, from a statement.
pub(super) fn reading(claim: &Claim, view: &View<'_>, group: &Named) -> Option<Reading> {
    let statement = counted(view, &group.entity)?;
    let claimed = claim.reported.filter(|reported| reported.unit == Unit::Count)?.interval();
    if statement.middle()? < claimed.low && !published::is_by(claim, &statement.who) {
        let meaning =
            format!("{} on {}: a sum that has only grown since", statement.claim, statement.said_on);
        return Some(Reading::absent(NAME, meaning, Absence::ProxyOnly));
    }
    let measured = statement::measured(view, statement, claimed)?;
    let meaning = format!("{}, as {} counted them", statement.claim, statement.who);
    Some(Reading::of_sources(NAME.to_owned(), meaning, vec![measured], steps(statement)))
}

/// Whose models were fetched more often, from the statements on both.
pub(super) fn compared(claim: &Claim, view: &View<'_>, more: &[Party], fewer: &[Party]) -> Option<Reading> {
    let words = Words::about(claim);
    if !words.any(&["download"]) {
        return None;
    }
    let is_counted = |parties: &[Party]| parties.iter().all(|party| topic(party.entity.as_ref()).is_some());
    if more.is_empty() || fewer.is_empty() || !is_counted(more) || !is_counted(fewer) {
        return None;
    }
    let of = |parties: &[Party]| counted(view, parties.first()?.entity.as_ref()?);
    let (Some(mut one), Some(mut other)) = (of(more), of(fewer)) else {
        let meaning = "nobody had counted these downloads by then".to_owned();
        return Some(Reading::absent(NAME, meaning, Absence::NoData));
    };
    if words.any(&["fewer", "less "]) {
        std::mem::swap(&mut one, &mut other);
    }
    let (unit, estimate, claimed) = by_how_many(one.middle()?, other.middle()?, claim.reported.as_ref());
    let sources = vec![statement::source(view, one), statement::source(view, other)];
    let label = format!("{} against {}", one.claim, other.claim);
    let meaning = format!("{label}, as {} counted them", one.who);
    let measured = Measured { label, unit, estimate, sources, ..statement::measured(view, one, claimed)? };
    Some(Reading::of_sources(NAME.to_owned(), meaning, vec![measured], steps(one)))
}

fn steps(statement: &Statement) -> Vec<Step> {
    std::iter::once(Step::Indirectness).chain(statement::steps(statement)).collect()
}
