//! Attribute claims: "671B parameters", "a 128K context window", "released on July 24, 2024", "under Apache 2.0".
//!
//! # What it reads
//! A model or family and a property: parameters, context window, day of release, licence, open weights. The unit tells
//! which, else the words do.
//!
//! # How it is recomputed
//! The value that the identity tables state, at the precision the text prints: 70B is 69.5 to 70.5 billion. A size
//! within five in a hundred, or a day within a week, is off and its conclusion stands.
//!
//! # What it cannot tell
//! Costs, valuations, ages of companies, training data: no table here states them, and the verdict says so. Prices have
//! a file of their own.

use super::held::Held;
use super::licence::Licence;
use super::measured::{Absence, Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::record;
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::names::{Entity, ModelFacts};
use crate::reported::{Comparator, Interval, Reported, Unit};
use jiff::civil::Date;

/// Sizes within this share of each other are one size: makers round 671.0B to 671B and 68.98B to 70B.
const SAME_SIZE_SHARE: f64 = 0.05;

/// A release is announced, opened and listed on different days of a week.
const SAME_RELEASE_DAYS: f64 = 7.0;

/// Above this a number of tokens is one of training text, whatever the words: no context window comes near.
const LONGEST_CONTEXT: f64 = 1e9;

/// Parameters are printed in billions.
const BILLION: f64 = 1e9;

/// "128K" of context may be thousands or 1024s, "1M" millions or 1024 squared.
const BINARY_THOUSAND: f64 = 1.024;

/// Words of open weights.
const OPEN: [&str; 7] =
    ["open source", "open weight", "open access", "weights", "openly", "is open ", "are open "];

/// What is claimed of the subject.
#[derive(Debug, Clone, PartialEq)]
enum Property {
    Parameters,
    Context,
    /// Day of release, between two days.
    Released(Date, Date),
    /// What it has or has not.
    Held(Held),
    /// No table states it: what it is.
    Unstated(&'static str),
}

/// The readings of an attribute claim; none when its subject is not known.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Vec<Reading> {
    let property = Held::maker(claim).map_or_else(|| property(claim), Property::Held);
    if let Property::Unstated(what) = property {
        return vec![Reading::absent("as-stated", format!("no table states {what}"), Absence::NoData)];
    }
    if claim.subject.is_empty() || claim.subject.iter().any(|party| party.entity.is_none()) {
        return Vec::new();
    }
    if !claim.subject.iter().all(Party::is_model) {
        let meaning = "it is said of many models at once, and of which is not".to_owned();
        return vec![Reading::absent("as-stated", meaning, Absence::Ambiguous)];
    }
    // "Open-sourced X in May" says two things; whether weights are open the tables do not tell of all.
    let opens = matches!(property, Property::Released(..)) && Words::of(claim).any(&OPEN);
    let mut measured = Vec::new();
    for party in &claim.subject {
        match stated(claim, view, party, &property) {
            Some(value) => {
                measured.push(value);
                measured.extend(opens.then(|| Held::OpenWeights.measured(view, party)).flatten());
            }
            None => {
                let meaning = format!("no table states {} of {}", name(&property), party.text);
                return vec![Reading::absent("as-stated", meaning, Absence::NoData)];
            }
        }
    }
    let sources: Vec<_> = measured.iter().flat_map(|m| m.sources.clone()).collect();
    let mut steps: Vec<Step> = record::retrospective(view, &sources).into_iter().collect();
    if claim.subject.iter().any(|party| !matches!(party.entity, Some(Entity::Model(_)))) {
        steps.push(Step::Indirectness);
    }
    let subjects: Vec<&str> = claim.subject.iter().map(|party| party.text.as_str()).collect();
    vec![Reading {
        name: "as-stated".to_owned(),
        meaning: format!("{} of {} as the tables state it", name(&property), subjects.join(" and ")),
        pool: if measured.len() > 1 { Pool::Every(vec![1; measured.len()]) } else { Pool::Sources },
        measured,
        absence: None,
        steps,
        picture: Some(Picture::Forest),
    }]
}

fn name(property: &Property) -> &'static str {
    match property {
        Property::Parameters => "the parameters",
        Property::Context => "the context window",
        Property::Released(..) => "the day of release",
        Property::Held(held) => held.name(),
        Property::Unstated(what) => what,
    }
}

/// What the claim says of its subject, by the unit of its number, else by its words.
fn property(claim: &Claim) -> Property {
    let words = Words::of(claim);
    match claim.reported.map(|reported| (reported.unit, reported.value)) {
        Some((Unit::Params | Unit::Count, _)) if words.any(&["activ"]) && words.any(&["param"]) => {
            Property::Unstated("active parameters")
        }
        Some((Unit::Params, _)) if words.any(&["activ"]) => Property::Unstated("active parameters"),
        Some((Unit::Params, _)) => Property::Parameters,
        Some((Unit::Count, _)) if words.any(&["param"]) => Property::Parameters,
        Some((Unit::Tokens, value)) => {
            if value >= LONGEST_CONTEXT || words.any(&["train", "pretrain", "data ", "corpus"]) {
                Property::Unstated("how much text a model was trained on")
            } else if words.any(&["vocabular", "output", "a second", "per second"]) {
                Property::Unstated("vocabulary, length of answers or speed")
            } else {
                Property::Context
            }
        }
        Some((Unit::UsdPerMtok, _)) => Property::Unstated("prices"),
        Some((Unit::Usd, _)) if words.any(&["valu", "worth", "rais", "invest", "fund", "revenue"]) => {
            Property::Unstated("valuations, investments or revenue")
        }
        Some((Unit::Usd, _)) => Property::Unstated("what something cost to make, to own or to run"),
        Some((Unit::Days | Unit::Months | Unit::Years, _)) if words.any(&["old ", "age ", "founded"]) => {
            Property::Unstated("the age of an organisation")
        }
        Some((Unit::Days | Unit::Months | Unit::Years, _)) => {
            Property::Unstated("since when, or for how long, something has gone on")
        }
        Some((Unit::Percent | Unit::Times, _)) => Property::Unstated("a quantity of this kind"),
        _ => property_in_words(claim, &words),
    }
}

fn property_in_words(claim: &Claim, words: &Words) -> Property {
    let released = words.any(&[
        "releas",
        "launch",
        "unveil",
        "announc",
        "introduc",
        "debut",
        "publish",
        "open sourced",
        "put out",
        "out ",
        "available",
        "came out",
        "brought out",
        "appear",
        "dates from",
        "surfac",
        "been around",
    ]);
    let period = claim.as_of.as_deref().and_then(window::range).map(|period| window::bounded(words, period));
    let is_closed = [
        "closed",
        "proprietary",
        "to itself",
        "to themselves",
        "for itself",
        "for themselves",
        "secret",
        "weights private",
        "are private",
        "unpublished",
    ];
    // "…, which Alibaba unveiled in September, is open-weight": the rule that found it knows which of the two it is.
    let of_release = !claim.rule.starts_with("attribute/licence");
    match (Licence::named(words), period) {
        (Some(licence), _) => Property::Held(Held::Licence(licence)),
        (_, Some((first, last))) if released && of_release => Property::Released(first, last),
        _ if words.any(&is_closed) => Property::Held(Held::ClosedWeights),
        _ if words.any(&OPEN) => Property::Held(Held::OpenWeights),
        (_, Some((first, last))) if released => Property::Released(first, last),
        _ => Property::Unstated("this property"),
    }
}

/// What the tables state of one subject: of several members the one nearest the claim.
fn stated(claim: &Claim, view: &View<'_>, party: &Party, property: &Property) -> Option<Measured> {
    if let Property::Held(held) = property {
        return held.measured(view, party);
    }
    let records = record::records(view, party.entity.as_ref()?);
    let values = records.iter().filter_map(|facts| Some((measure(claim, view, facts, property)?, facts)));
    // An exact namesake before its dated versions; then the nearest value.
    let exact = |facts: &ModelFacts| matches!(&party.entity, Some(Entity::Model(id)) if *id == facts.id);
    values
        .min_by(|a, b| {
            let distance = |m: &Measured| outside(m.claimed, m.estimate);
            (!exact(a.1)).cmp(&!exact(b.1)).then(distance(&a.0).total_cmp(&distance(&b.0)))
        })
        .map(|(measured, _)| measured)
}

fn outside(claimed: Interval, value: f64) -> f64 {
    (claimed.low - value).max(value - claimed.high).max(0.0)
}

/// One printed digit is not a licence to be wrong by half: "1 trillion" is not 671 billion.
const COARSEST_SHARE: f64 = 0.1;

/// The rounding interval, no wider on either side than a tenth of the printed number.
fn sharpened(interval: Interval, reported: &Reported) -> Interval {
    let slack = COARSEST_SHARE * reported.value.abs();
    let high = reported.high.unwrap_or(reported.value);
    let low = if interval.low.is_finite() { interval.low.max(reported.value - slack) } else { interval.low };
    let high = if interval.high.is_finite() { interval.high.min(high + slack) } else { interval.high };
    Interval { low, high }
}

fn measure(claim: &Claim, view: &View<'_>, facts: &ModelFacts, property: &Property) -> Option<Measured> {
    let size = |what: &str, unit: Unit, value: f64, claimed: Interval, reported: &Reported| {
        value_of(view, facts, what, unit, value, claimed, Some(near(claimed, reported)))
    };
    match property {
        Property::Parameters => {
            let reported = claim.reported?;
            let claimed = sharpened(reported.interval(), &reported);
            // "Llama 3.2 1B" has 1.23 billion and is a 1B by its name.
            let nominal =
                view.names().canonical(&facts.id, None).parameters_b.map(|billions| billions * BILLION);
            let value = nominal.filter(|size| claimed.contains(*size)).or(facts.parameters)?;
            Some(size("parameters", Unit::Params, value, claimed, &reported))
        }
        Property::Context => {
            let (value, reported) = (facts.context_tokens?, claim.reported?);
            // "Up to 128K" is how long a window is, and no bound on it.
            let comparator = reported.comparator.filter(|comparator| *comparator != Comparator::Le);
            let reported = Reported { comparator, ..reported };
            let claimed = binary(rounded(reported.interval(), &reported), &reported);
            Some(size("context window", Unit::Tokens, value, claimed, &reported))
        }
        Property::Released(first, last) => {
            let released = facts.released?;
            let days =
                if released < *first { days(*first, released) } else { days(*last, released).max(0.0) };
            let half = 0.5;
            let claimed = Interval { low: -half, high: half };
            let what = format!("days from the stated date to the release on {released}");
            Some(value_of(
                view,
                facts,
                &what,
                Unit::Days,
                days,
                claimed,
                Some(claimed.widened(SAME_RELEASE_DAYS)),
            ))
        }
        _ => None,
    }
}

fn days(from: Date, to: Date) -> f64 {
    to.since(from).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The looser interval of a two-sided size; of a bound there is none.
fn near(claimed: Interval, reported: &Reported) -> Interval {
    let slack = |end: f64| if end.is_finite() { SAME_SIZE_SHARE * reported.value.abs() } else { 0.0 };
    Interval { low: claimed.low - slack(claimed.low), high: claimed.high + slack(claimed.high) }
}

/// "205,000" is told to the thousand: of what ends in noughts the last other digit is the one that was rounded.
fn rounded(claimed: Interval, reported: &Reported) -> Interval {
    let is_told_in_thousands = reported.value >= 1e5 && reported.value % 1e3 == 0.0;
    if reported.is_bound() || !is_told_in_thousands { claimed } else { claimed.widened(500.0) }
}

/// "128K" as 128,000 to 131,072, "1M" as 1,000,000 to 1,048,576.
fn binary(claimed: Interval, reported: &Reported) -> Interval {
    let factor = if reported.value >= 1e6 { BINARY_THOUSAND.powi(2) } else { BINARY_THOUSAND };
    let top = (reported.high.unwrap_or(reported.value) * factor).next_up();
    Interval { high: claimed.high.max(top), ..claimed }
}

fn value_of(
    view: &View<'_>,
    facts: &ModelFacts,
    what: &str,
    unit: Unit,
    estimate: f64,
    claimed: Interval,
    conclusion: Option<Interval>,
) -> Measured {
    let text = |facts: &ModelFacts| match unit {
        Unit::Params => format!("parameters={estimate}"),
        Unit::Tokens => format!("context_tokens={estimate}"),
        _ => record::released(facts),
    };
    Measured {
        label: format!("{}, {what}", facts.name),
        benchmark: what.split(' ').next().unwrap_or(what).to_owned(),
        metric: "stated".to_owned(),
        unit,
        estimate,
        uncertainty: Uncertainty::Exact,
        n: None,
        evaluation: record::evaluation(view, facts),
        claimed,
        target: Target::Published,
        conclusion,
        scale: 1.0,
        sources: record::sources(view, [facts], text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, number, shipped};
    use super::super::gather;
    use super::*;
    use crate::claim::ClaimKind;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim, day: jiff::civil::Date) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), day).expect("readable tables"))).outcome
    }

    fn said(quote: &str, reported: Option<Reported>) -> Property {
        property(&Claim { reported, ..claim(ClaimKind::Attribute, quote, &[], &[]) })
    }

    #[test]
    fn the_unit_and_the_words_tell_the_property() {
        let tokens = |value| number(value, Unit::Tokens, 1.0);
        assert_eq!(said("has 70B parameters", number(7e10, Unit::Params, 1e9)), Property::Parameters);
        assert_eq!(said("a 128K context window", tokens(128e3)), Property::Context);
        assert!(matches!(said("trained on 15T tokens", tokens(15e12)), Property::Unstated(_)));
        assert!(matches!(
            said("37B active parameters", number(3.7e10, Unit::Params, 1e9)),
            Property::Unstated(_)
        ));
        assert!(matches!(said("a $1 billion valuation", number(1e9, Unit::Usd, 1e9)), Property::Unstated(_)));
        assert!(matches!(
            said("is only eight months old", number(8.0, Unit::Months, 1.0)),
            Property::Unstated(_)
        ));
        assert_eq!(
            said("under the Apache 2.0 licence", None),
            Property::Held(Held::Licence(Licence::Kind("apache")))
        );
        assert_eq!(said("its weights are open", None), Property::Held(Held::OpenWeights));
    }

    #[test]
    fn parameters_hold_at_their_printed_precision() {
        let sized = |billions: f64, step: f64| Claim {
            reported: number(billions * 1e9, Unit::Params, step * 1e9),
            ..claim(ClaimKind::Attribute, "has parameters", &["DeepSeek V3"], &[])
        };
        let day = date(2025, 6, 1);
        assert_eq!(outcome(&sized(671.0, 1.0), day), Outcome::Supported);
        assert_eq!(outcome(&sized(685.0, 1.0), day), Outcome::Inexact, "near, and not it");
        assert_eq!(outcome(&sized(236.0, 1.0), day), Outcome::Contradicted);
    }

    #[test]
    fn a_group_has_no_size_and_a_salary_no_table() {
        let reported = number(13e9, Unit::Params, 1e9);
        let many =
            Claim { reported, ..claim(ClaimKind::Attribute, "have 13B parameters", &["open models"], &[]) };
        assert_eq!(outcome(&many, date(2025, 6, 1)), Outcome::Insufficient);
        let reported = number(2e8, Unit::Usd, 1e6);
        let cost = Claim { reported, ..claim(ClaimKind::Attribute, "cost $200 million", &["GPT-4"], &[]) };
        assert_eq!(outcome(&cost, date(2025, 6, 1)), Outcome::Insufficient);
    }

    #[test]
    fn a_release_is_right_on_its_day_and_near_within_a_week() {
        let on = |day: &str| Claim {
            as_of: Some(day.to_owned()),
            ..claim(ClaimKind::Attribute, "Meta released Llama 2 70B", &["Llama 2 70B"], &[])
        };
        let day = date(2024, 6, 1);
        assert_eq!(outcome(&on("2023-07-18"), day), Outcome::Supported);
        assert_eq!(outcome(&on("2023-07"), day), Outcome::Supported);
        assert_eq!(outcome(&on("2023-07-20"), day), Outcome::Inexact);
        assert_eq!(outcome(&on("2022"), day), Outcome::Contradicted);
    }

    #[test]
    fn a_thousand_tokens_may_be_1024() {
        let printed = Reported::exact(128e3, Unit::Tokens, 1e3);
        let claimed = binary(printed.interval(), &printed);
        assert!(claimed.contains(128_000.0) && claimed.contains(131_072.0) && !claimed.contains(132_000.0));
    }
}
