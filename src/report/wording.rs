//! Words as people read them: outcomes, steps, slots and days in, phrases out. Every format for people uses these.

use crate::claim::{Claim, Party, Relation};
use crate::evidence::{Evaluation, Step};
use crate::quantity;
use crate::verdict::{Certainty, Outcome, Verdict};
use jiff::civil::Date;

/// Where a claim would have a value, in words; `unit` stands after the number. Empty without either end.
pub(super) fn claimed(ends: (Option<f64>, Option<f64>), unit: &str) -> String {
    match ends {
        (Some(low), Some(high)) => format!("claimed: {}{unit}", quantity::claimed(low, high)),
        // Any change at all: the least number above it is none that one would print.
        (Some(low), None) if low > 0.0 && low < f64::EPSILON => format!("claimed: more than 0{unit}"),
        (Some(low), None) => format!("claimed: {}{unit} or more", quantity::precise(low)),
        (None, Some(high)) => format!("claimed: {}{unit} or less", quantity::precise(high)),
        (None, None) => String::new(),
    }
}

/// "2 of 5 readings"; empty where all come out as the headline.
pub(super) fn differing(verdict: &Verdict) -> String {
    match verdict.agreement() {
        (same, n) if same < n => format!("{same} of {n} readings"),
        _ => String::new(),
    }
}

/// The outcome as a label.
pub(super) fn outcome_label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "Supported",
        Outcome::LeaningSupported => "Leaning supported",
        Outcome::Inexact => "Inexact",
        Outcome::Mixed => "Mixed",
        Outcome::Undecided => "Undecided",
        Outcome::LeaningContradicted => "Leaning contradicted",
        Outcome::Contradicted => "Contradicted",
        Outcome::Insufficient => "Insufficient data",
        Outcome::NotCheckable => "Not checkable",
    }
}

/// The outcome after "4" or "it is".
pub(super) fn outcome_in_sentence(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "supported",
        Outcome::LeaningSupported => "leaning to supported",
        Outcome::Inexact => "inexact",
        Outcome::Mixed => "mixed",
        Outcome::Undecided => "undecided",
        Outcome::LeaningContradicted => "leaning to contradicted",
        Outcome::Contradicted => "contradicted",
        Outcome::Insufficient => "without data",
        Outcome::NotCheckable => "not checkable",
    }
}

/// What an outcome means, for a legend.
pub(super) fn outcome_meaning(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "support of 0.95 or more",
        Outcome::LeaningSupported => "support from 0.80 to 0.95",
        Outcome::Inexact => {
            "the printed number or the word of degree is off, the conclusion it serves stands"
        }
        Outcome::Mixed => "sources disagree, each decisively",
        Outcome::Undecided => "the data bear on it and cannot tell",
        Outcome::LeaningContradicted => "support from 0.05 to 0.20",
        Outcome::Contradicted => "support of 0.05 or less",
        Outcome::Insufficient => "no data here bear on it",
        Outcome::NotCheckable => "a forecast, an opinion, or too vague",
    }
}

/// The certainty as a word.
pub(super) fn certainty_label(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::High => "high",
        Certainty::Moderate => "moderate",
        Certainty::Low => "low",
        Certainty::VeryLow => "very low",
    }
}

/// The name of a step down.
pub(super) fn step_label(step: Step) -> &'static str {
    match step {
        Step::Imprecision => "imprecision",
        Step::Indirectness => "indirectness",
        Step::Inconsistency => "inconsistency",
        Step::Staleness => "staleness",
        Step::SelfReporting => "self-reporting",
        Step::Retrospective => "retrospective",
        Step::SingleEstimate => "single estimate",
        Step::Hearsay => "hearsay",
    }
}

/// Who measured, as a phrase.
pub(super) fn evaluation_label(evaluation: Evaluation) -> &'static str {
    match evaluation {
        Evaluation::Independent => "independent",
        Evaluation::Crowd => "crowd-voted",
        Evaluation::SelfReported => "self-reported",
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A name of the data ("same-size") as words.
pub(super) fn words(name: &str) -> String {
    name.replace(['-', '_'], " ")
}

/// A day in prose: 6 November 2023.
pub(super) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The parties' words, joined as the output contract has it; `None` for none.
pub(super) fn parties(parties: &[Party]) -> Option<String> {
    (!parties.is_empty())
        .then(|| parties.iter().map(|party| party.text.as_str()).collect::<Vec<_>>().join("; "))
}

fn relation_label(relation: Relation) -> &'static str {
    match relation {
        Relation::Better => "better",
        Relation::Worse => "worse",
        Relation::Comparable => "comparable",
        Relation::Closing => "closing",
        Relation::Widening => "widening",
        Relation::Rising => "rising",
        Relation::Falling => "falling",
    }
}

/// What the claim says, slot by slot, for a card: label and value.
pub(super) fn slots(claim: &Claim) -> Vec<(&'static str, String)> {
    let mut slots = Vec::new();
    slots.extend(parties(&claim.subject).map(|text| ("Subject", text)));
    slots.extend(claim.relation.map(|relation| ("Relation", relation_label(relation).to_owned())));
    slots.extend(parties(&claim.object).map(|text| ("Against", text)));
    slots.extend(claim.benchmark.as_ref().map(|benchmark| ("On", benchmark.text.clone())));
    slots.extend(claim.reported.as_ref().map(|number| ("Number", quantity::reported(number))));
    slots.extend(claim.population.clone().map(|text| ("Of whom", text)));
    slots.extend(claim.as_of.clone().map(|text| ("As of", text)));
    slots.extend(claim.attributed_to.clone().map(|text| ("Said by", text)));
    let manner: Vec<String> = [(claim.hedged, "hedged"), (claim.negated, "negated")]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| word.to_owned())
        .collect();
    if !manner.is_empty() {
        slots.push(("Manner", list(&manner)));
    }
    slots
}
