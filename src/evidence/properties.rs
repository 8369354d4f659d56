//! Properties of two models compared: "twice as large as DBRX", "a longer context window than", "came out before".
//!
//! # What it reads
//! Two models and words of size, of context or of the day of release; or how many times the one's is the other's.
//!
//! # How it is recomputed
//! The ratio of what the identity tables state of both; of two days of release, the days between them.
//!
//! # What it cannot tell
//! Properties of whole families, whose models differ, and what no table states.

use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::months;
use super::record;
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::names::{Entity, ModelFacts};
use crate::reported::{DAYS_A_MONTH, Interval, Unit};
use jiff::civil::Date;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Property {
    Parameters,
    Context,
    Released,
}

/// Words that compare each property, with those that make the first the smaller or the earlier one. A size in passing
/// ("outperforms it with half the parameters") compares nothing.
const PROPERTIES: [(Property, &[&str], &[&str]); 3] = [
    (
        Property::Context,
        &[
            "longer context",
            "larger context",
            "bigger context",
            "more context",
            "shorter context",
            "smaller context",
            "less context",
            "window is longer",
            "window is larger",
            "window is bigger",
            "window is shorter",
            "window is smaller",
        ],
        &["shorter context", "smaller context", "less context", "window is shorter", "window is smaller"],
    ),
    (
        Property::Released,
        &[
            "out before",
            "out after",
            "out earlier",
            "out later",
            "released before",
            "released after",
            "released earlier",
            "released later",
            "launched before",
            "launched after",
            "launched earlier",
            "launched later",
            "shortly before",
            "shortly after",
            "just before",
            "just after",
            "appeared before",
            "appeared after",
            "arrived before",
            "arrived after",
            "came before",
            "came after",
            "older than",
            "newer than",
            "younger than",
            "predate",
        ],
        &["before", "earlier", "older", "predate"],
    ),
    (
        Property::Parameters,
        &[
            "more parameters than",
            "fewer parameters than",
            "as many parameters",
            "as large as",
            "as big as",
            "larger than",
            "bigger than",
            "smaller than",
            "smaller model than",
            "larger model than",
            "bigger model than",
            "times larger",
            "times bigger",
            "times smaller",
            "times the size",
            "twice the size",
            "half the size",
            "bigger in total parameters",
            "of the parameters of",
            "of the size of",
            "the size of",
        ],
        &["smaller than", "smaller model than", "times smaller", "fewer parameters", "half the size"],
    ),
];

/// Words that compare two lengths, wherever they stand beside what is as long.
const LONGER_OR_SHORTER: [&str; 10] = [
    "longer than",
    "larger than",
    "bigger than",
    "wider than",
    "shorter than",
    "smaller than",
    "as long as",
    "as large as",
    "as big as",
    "times that of",
];

/// Words of how models do: what they are is then said beside it.
const OF_PERFORMANCE: [&str; 9] =
    ["outperform", "beat", "better", "surpass", "outscore", "rival", "match", "worse", "trail"];

/// A number of times is met within this share of it: makers round sizes.
const NEAR_SHARE: f64 = 0.05;

/// The rule that finds which of two came out first.
const RELEASED_RULE: &str = "comparison/before";

fn property(claim: &Claim) -> Option<(Property, bool)> {
    let words = Words::about(claim);
    if words.any(&OF_PERFORMANCE) {
        return None;
    }
    if claim.rule == RELEASED_RULE {
        return Some((Property::Released, words.any(&["before", "earlier", "predate"])));
    }
    // "The context window of A is larger than that of B".
    if words.any(&["context window", "context length", "context of"]) && words.any(&LONGER_OR_SHORTER) {
        return Some((Property::Context, words.any(&["shorter", "smaller", "less"])));
    }
    let found = PROPERTIES.iter().find(|(_, names, _)| words.any(names))?;
    Some((found.0, words.any(found.2)))
}

/// Whether a comparison is of what models are and not of how they do.
pub(super) fn is_asked(claim: &Claim) -> bool {
    // A board of an earlier sentence does not make "half the parameters" a score.
    let is_on_board = claim
        .benchmark
        .as_ref()
        .is_some_and(|named| named.id.is_some() && Words::new(&claim.quote).hold(&named.text));
    let both = claim.subject.first().is_some_and(Party::is_model)
        && claim.object.first().is_some_and(Party::is_model);
    both && !is_on_board && property(claim).is_some()
}

/// The reading of one model's property against another's; none when a table lacks either.
pub(super) fn compared(claim: &Claim, view: &View<'_>) -> Vec<Reading> {
    let (Some((property, is_less)), Some(first), Some(second)) =
        (property(claim), claim.subject.first(), claim.object.first())
    else {
        return Vec::new();
    };
    let (Some(one), Some(other)) = (stated(view, first, property), stated(view, second, property)) else {
        return Vec::new();
    };
    // "A third of the parameters of": the part says which is the smaller.
    let part = claim.reported.filter(|reported| reported.unit == Unit::Percent);
    let stretch =
        claim.reported.filter(|reported| matches!(reported.unit, Unit::Days | Unit::Months | Unit::Years));
    let (large, small) = if is_less && part.is_none() { (&other, &one) } else { (&one, &other) };
    let (unit, estimate, claimed) =
        match (property, claim.reported.filter(|reported| reported.unit == Unit::Times)) {
            // "Fourteen months after".
            (Property::Released, _) if let Some(stretch) = stretch => (
                Unit::Months,
                (days(large) - days(small)) / DAYS_A_MONTH,
                months::in_months(&stretch).interval(),
            ),
            (Property::Released, _) => {
                (Unit::Days, days(large) - days(small), Interval::at_least(0f64.next_up()))
            }
            _ if let Some(part) = part => {
                let slack = if part.is_bound() { 0.0 } else { NEAR_SHARE * part.value };
                let ratio = 100.0 * value(large, property) / value(small, property);
                (Unit::Percent, ratio, part.interval().widened(slack))
            }
            (_, Some(times)) => (
                Unit::Times,
                value(large, property) / value(small, property),
                times.interval().widened(if times.is_bound() { 0.0 } else { NEAR_SHARE * times.value }),
            ),
            _ => (
                Unit::Times,
                value(large, property) / value(small, property),
                Interval::at_least(1f64.next_up()),
            ),
        };
    let text = |facts: &ModelFacts| match property {
        Property::Parameters => format!("parameters={}", value(facts, property)),
        Property::Context => format!("context_tokens={}", value(facts, property)),
        Property::Released => record::released(facts),
    };
    let sources = record::sources(view, [&one, &other], text);
    let steps: Vec<Step> = record::retrospective(view, &sources).into_iter().collect();
    let name = match property {
        Property::Parameters => "parameters",
        Property::Context => "context window",
        Property::Released => "day of release",
    };
    vec![Reading::of_sources(
        "as-stated".to_owned(),
        format!("the {name} of {} against that of {}, as the tables state it", first.text, second.text),
        vec![Measured {
            label: format!("{name}: {} against {}", large.id, small.id),
            benchmark: "properties".to_owned(),
            metric: name.to_owned(),
            unit,
            estimate,
            uncertainty: Uncertainty::Exact,
            n: None,
            evaluation: record::evaluation(view, &one),
            claimed,
            target: Target::Published,
            conclusion: None,
            scale: 1.0,
            sources,
        }],
        steps,
    )]
}

/// The record that states the property of a party: its exact namesake before its versions.
fn stated(view: &View<'_>, party: &Party, property: Property) -> Option<ModelFacts> {
    let entity = party.entity.as_ref()?;
    let has = |facts: &ModelFacts| match property {
        Property::Parameters => facts.parameters.is_some(),
        Property::Context => facts.context_tokens.is_some(),
        Property::Released => facts.released.is_some(),
    };
    let is_exact =
        |facts: &ModelFacts| matches!(entity, Entity::Model(id) | Entity::Family(id) if *id == facts.id);
    let mut records: Vec<ModelFacts> = record::records(view, entity).into_iter().filter(has).collect();
    records.sort_by_key(|facts| (!is_exact(facts), facts.released));
    records.into_iter().next()
}

fn value(facts: &ModelFacts, property: Property) -> f64 {
    let value = match property {
        Property::Context => facts.context_tokens,
        _ => facts.parameters,
    };
    value.unwrap_or(f64::NAN)
}

/// Days since a day before all models.
fn days(facts: &ModelFacts) -> f64 {
    let since = |day: Date| day.since(Date::constant(1950, 1, 1)).map_or(0, |span| span.get_days());
    facts.released.map_or(f64::NAN, |day| f64::from(since(day)))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, shipped};
    use super::super::gather;
    use crate::claim::{Claim, ClaimKind, Relation};
    use crate::reported::{Reported, Unit};
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(quote: &str, first: &str, second: &str, times: Option<f64>) -> Outcome {
        let reported = times.map(|times| Reported::exact(times, Unit::Times, 0.1));
        let claim = Claim {
            relation: Some(Relation::Better),
            reported,
            ..claim(ClaimKind::Comparison, quote, &[first], &[second])
        };
        judge(&claim, Some(&gather(&claim, shipped(), date(2025, 9, 1)).expect("readable tables"))).outcome
    }

    #[test]
    fn sizes_and_days_are_compared() {
        let (large, small) = ("Llama 3.1 405B", "Llama 3.1 8B");
        assert_eq!(outcome("has more parameters than", large, small, None), Outcome::Supported);
        assert_eq!(outcome("has fewer parameters than", large, small, None), Outcome::Contradicted);
        assert_eq!(outcome("is three times as large as", large, small, Some(3.0)), Outcome::Contradicted);
        assert_eq!(outcome("came out before", "Llama 2 70B", large, None), Outcome::Supported);
        assert_eq!(outcome("came out after", "Llama 2 70B", large, None), Outcome::Contradicted);
    }
}
