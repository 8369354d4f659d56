//! Statements as evidence: what somebody said of a number in; a measured value with the doubt it deserves out.

use super::measured::{Evaluation, Measured, Source, Step, Target, Uncertainty};
use super::view::View;
use crate::dataset::{Read, Statement, StatementKind};
use crate::reported::{Interval, Unit};
use crate::stats;

/// A share given from memory is taken to be off by ten points as often as not: that is a normal deviation of 15.
const SPOKEN_SHARE_SD: f64 = 15.0;

/// Another spoken number: off by a fifth as often as not.
const SPOKEN_SHARE_OF_VALUE: f64 = 0.3;

/// Between two numbers from memory nobody means the last digit: a claimed one is met within this share of it.
const SPOKEN_ROUNDING: f64 = 0.125;

/// A statement as a measured value that should lie in `claimed`.
pub(super) fn measured(view: &View<'_>, statement: &Statement, claimed: Interval) -> Option<Measured> {
    let estimate = statement.middle()?;
    let is_two_sided = claimed.low.is_finite() && claimed.high.is_finite();
    let rounding = if is_spoken(statement) && is_two_sided {
        SPOKEN_ROUNDING * f64::midpoint(claimed.low, claimed.high).abs()
    } else {
        0.0
    };
    let claimed = claimed.widened(rounding);
    Some(Measured {
        label: format!(
            "{} ({}, {}): the {} of {}",
            statement.claim,
            statement.who,
            statement.said_on,
            unit_word(statement.unit),
            statement.population
        ),
        benchmark: statement.topic.clone(),
        metric: "stated".to_owned(),
        unit: statement.unit,
        estimate,
        uncertainty: uncertainty(statement, estimate),
        n: None,
        evaluation: match statement.kind {
            StatementKind::Vendor => Evaluation::SelfReported,
            _ => Evaluation::Independent,
        },
        claimed,
        target: Target::Latent,
        conclusion: None,
        scale: 1.0,
        sources: vec![source(view, statement)],
    })
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "share",
        Unit::Count => "number",
        _ => "figure",
    }
}

/// A range is read as a 95 % interval with soft ends, hence Normal and not uniform: a speaker who says "20 to 30"
/// does not exclude 31. A single spoken number gets the wide deviation of a guess; a published analysis its own
/// figure, with no more certainty than a source that gives no uncertainty.
fn uncertainty(statement: &Statement, estimate: f64) -> Uncertainty {
    match (statement.low, statement.high) {
        (Some(low), Some(high)) if high > low => {
            Uncertainty::Normal { sd: (high - low) / (2.0 * stats::Z95) }
        }
        _ if !is_spoken(statement) => Uncertainty::Unknown,
        _ if statement.unit == Unit::Percent => Uncertainty::Normal { sd: SPOKEN_SHARE_SD },
        _ => Uncertainty::Normal { sd: SPOKEN_SHARE_OF_VALUE * estimate.abs() },
    }
}

fn is_spoken(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Estimate | StatementKind::Correction)
}

/// What a reader must hold against it.
pub(super) fn steps(statement: &Statement) -> Vec<Step> {
    let mut steps = Vec::new();
    if is_spoken(statement) {
        steps.push(Step::SingleEstimate);
    }
    if statement.read != Read::Primary {
        steps.push(Step::Hearsay);
    }
    steps
}

/// Where a statement came from.
pub(super) fn source(view: &View<'_>, statement: &Statement) -> Source {
    let mut row = format!(
        "id={} who={} said_on={} claim={}",
        statement.id, statement.who, statement.said_on, statement.claim
    );
    for (column, value) in [("low", statement.low), ("high", statement.high), ("value", statement.value)] {
        row += &value.map_or_else(String::new, |value| format!(" {column}={value}"));
    }
    Source {
        dataset: "statements".to_owned(),
        snapshot: statement.said_on,
        sha256: view.catalog.statements().sha256.clone(),
        url: statement.url.clone(),
        rows: vec![row],
    }
}
