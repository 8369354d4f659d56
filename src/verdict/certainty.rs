//! Certainty: a reading and its result in; a GRADE level and each step down with its cause out.

use super::outcome::Certainty;
use super::support::Result;
use crate::evidence::{Evaluation, Measured, Reading, STALE_DAYS, Step, Uncertainty};
use crate::verdict::{LEANING_CONTRADICTED, LEANING_SUPPORTED};
use jiff::civil::Date;

/// Above this I² sources disagree beyond chance (DESIGN, after Higgins et al. 2003).
const INCONSISTENT: f64 = 0.5;

/// Grades the headline reading; nothing to grade without a value.
pub(super) fn grade(
    reading: &Reading,
    result: &Result,
    as_of: Date,
) -> (Option<Certainty>, Vec<(Step, String)>) {
    if reading.measured.is_empty() {
        // What weakens the nearest proxy is worth saying even where nothing is measured.
        return (None, reading.steps.iter().map(|step| (*step, sentence(*step).to_owned())).collect());
    }
    let steps = steps(reading, result, as_of);
    let start = if reading.measured.iter().all(has_interval_from_others) { 3 } else { 2 };
    let level = match start - steps.len() as i64 {
        3.. => Certainty::High,
        2 => Certainty::Moderate,
        1 => Certainty::Low,
        _ => Certainty::VeryLow,
    };
    (Some(level), steps)
}

fn has_interval_from_others(measured: &Measured) -> bool {
    measured.evaluation != Evaluation::SelfReported && measured.uncertainty != Uncertainty::Unknown
}

fn steps(reading: &Reading, result: &Result, as_of: Date) -> Vec<(Step, String)> {
    let mut steps = Vec::new();
    let undecided = result.support.is_some_and(|s| s > LEANING_CONTRADICTED && s < LEANING_SUPPORTED);
    if undecided {
        steps.push((Step::Imprecision, "the interval is too wide to decide".to_owned()));
    }
    if result.i_squared > INCONSISTENT {
        let cause = format!("benchmarks disagree beyond chance (I² {:.0} %)", result.i_squared * 100.0);
        steps.push((Step::Inconsistency, cause));
    } else if result.disputed {
        steps.push((Step::Inconsistency, "sources of the same number disagree".to_owned()));
    }
    let days =
        reading.measured.iter().flat_map(|m| &m.sources).map(|s| days_between(s.snapshot, as_of)).max();
    let retrospective = reading.steps.contains(&Step::Retrospective);
    // A later table that stood in is a step of its own: its distance is not counted twice.
    if let Some(days) = days.filter(|days| *days > STALE_DAYS && !retrospective) {
        steps.push((Step::Staleness, format!("the snapshot is {days} days from the claim's day")));
    }
    if result.self_reported {
        steps.push((Step::SelfReporting, sentence(Step::SelfReporting).to_owned()));
    }
    for step in &reading.steps {
        if !steps.iter().any(|(known, _)| known == step) {
            steps.push((*step, sentence(*step).to_owned()));
        }
    }
    steps
}

fn days_between(a: Date, b: Date) -> i32 {
    // Dates of the tables span decades at most: the difference fits.
    a.since(b).map_or(0, |span| span.get_days().abs())
}

/// What a step means where the evidence gives no closer cause.
pub(crate) fn sentence(step: Step) -> &'static str {
    match step {
        Step::Imprecision => "the interval is too wide to decide",
        Step::Indirectness => "a proxy is measured, not the thing itself",
        Step::Inconsistency => "sources disagree beyond chance",
        Step::Staleness => "the snapshot is far from the claim's day",
        Step::SelfReporting => "the maker's own figure decided",
        Step::Retrospective => "a later table stood in, restricted to what existed on the day",
        Step::SingleEstimate => "one person's estimate, given without data",
        Step::Hearsay => "the statement was read as others quote it, not in the original",
    }
}
