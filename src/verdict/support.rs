//! Support: a reading's measured values in; the probability that the claim so read is true, and its outcome, out.

use super::outcome::Outcome;
use super::{CONTRADICTED, LEANING_CONTRADICTED, LEANING_SUPPORTED, SUPPORTED};
use crate::evidence::{Absence, Evaluation, Measured, Pool, Reading, Target, Uncertainty};
use crate::reported::{Interval, Unit};
use crate::stats;

/// A source that gives no uncertainty never makes a claim more certain than this.
const DOUBT_WITHOUT_UNCERTAINTY: f64 = 0.02;

/// The most support of a number that is off beyond its rounding: short of what bears a claim out.
const MOST_INEXACT: f64 = 0.94;

/// What a reading comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Result {
    pub(super) outcome: Outcome,
    pub(super) support: Option<f64>,
    pub(super) estimate: Option<f64>,
    pub(super) ci: Option<(f64, f64)>,
    pub(super) unit: Option<Unit>,
    /// I² of a pooled reading.
    pub(super) i_squared: f64,
    /// How many values lie on the claim's side at all, of how many, for each part that must hold.
    pub(super) wins: Vec<(usize, usize)>,
    pub(super) absence: Option<Absence>,
    /// The data bear on it and the interval spans the claim's edge.
    pub(super) tie: bool,
    /// Only the maker's own figure decided.
    pub(super) self_reported: bool,
    /// Sources of the same quantity disagree, each decisively.
    pub(super) disputed: bool,
}

/// Judges one reading; of a denied claim the support is that of its opposite.
pub(super) fn of_reading(reading: &Reading, denied: bool) -> Result {
    let Some(first) = reading.measured.first() else {
        return silent(reading.absence.unwrap_or(Absence::NoData));
    };
    let supports: Vec<f64> = reading.measured.iter().map(strict).collect();
    let decisive = (
        supports.iter().filter(|s| **s >= SUPPORTED).count(),
        supports.iter().filter(|s| **s <= CONTRADICTED).count(),
    );
    let wins = wins(&reading.pool, &reading.measured);
    let mut combined = combine(&reading.pool, &reading.measured, &supports);
    if denied {
        // A near miss neither bears out a denial ("does not score 86.4" of 86.5) nor refutes it.
        let is_near = combined.support < SUPPORTED && combined.conclusion.is_some_and(|c| c >= SUPPORTED);
        combined.support = if is_near { 0.5 } else { 1.0 - combined.support };
        combined.conclusion = None;
    }
    let torn = decisive.0 > 0 && decisive.1 > 0 && combined.contested;
    let outcome = if torn { Outcome::Mixed } else { outcome(combined.support, combined.conclusion) };
    let pooled = reading.measured.len() > 1 && reading.pool != Pool::Sources;
    Result {
        outcome,
        support: Some(combined.support),
        estimate: Some(combined.estimate),
        ci: Some(combined.ci),
        // A pooled difference is in standard deviations of the boards: no unit of the text's.
        unit: (!pooled).then_some(first.unit),
        i_squared: combined.i_squared,
        wins,
        absence: None,
        tie: outcome == Outcome::Undecided && combined.spans_edge,
        self_reported: combined.self_reported,
        disputed: decisive.0 > 0 && decisive.1 > 0,
    }
}

fn wins(pool: &Pool, measured: &[Measured]) -> Vec<(usize, usize)> {
    let count =
        |part: &[Measured]| (part.iter().filter(|m| m.claimed.contains(m.estimate)).count(), part.len());
    let Pool::Every(lengths) = pool else { return vec![count(measured)] };
    let mut from = 0;
    lengths
        .iter()
        .filter_map(|length| {
            let part = measured.get(from..from + length)?;
            from += length;
            Some(count(part))
        })
        .collect()
}

fn combine(pool: &Pool, measured: &[Measured], supports: &[f64]) -> Combined {
    match pool {
        Pool::Benchmarks if measured.len() > 1 => pooled(measured),
        Pool::Every(lengths) => {
            let mut rest = measured;
            let parts = lengths.iter().filter_map(|length| {
                let (part, after) = rest.split_at_checked(*length)?;
                rest = after;
                let supports: Vec<f64> = part.iter().map(strict).collect();
                (!part.is_empty()).then(|| combine(&Pool::Benchmarks, part, &supports))
            });
            // "A and B match C" is as well supported as the weaker of the two.
            let weakest = parts.min_by(|a, b| a.support.total_cmp(&b.support));
            weakest.unwrap_or_else(|| best(measured, supports))
        }
        Pool::Benchmarks | Pool::Sources => best(measured, supports),
    }
}

fn silent(absence: Absence) -> Result {
    Result {
        outcome: Outcome::Insufficient,
        support: None,
        estimate: None,
        ci: None,
        unit: None,
        i_squared: 0.0,
        wins: Vec::new(),
        absence: Some(absence),
        tie: false,
        self_reported: false,
        disputed: false,
    }
}

/// The outcome of a support, given how well the looser conclusion stands.
fn outcome(support: f64, conclusion: Option<f64>) -> Outcome {
    match support {
        s if s >= SUPPORTED => Outcome::Supported,
        _ if conclusion.is_some_and(|c| c >= SUPPORTED) => Outcome::Inexact,
        s if s >= LEANING_SUPPORTED => Outcome::LeaningSupported,
        s if s > LEANING_CONTRADICTED => Outcome::Undecided,
        s if s > CONTRADICTED => Outcome::LeaningContradicted,
        _ => Outcome::Contradicted,
    }
}

struct Combined {
    support: f64,
    conclusion: Option<f64>,
    estimate: f64,
    ci: (f64, f64),
    i_squared: f64,
    spans_edge: bool,
    /// Whether disagreement between decisive sources is left standing by the combination.
    contested: bool,
    /// Whether the maker's own figure decided.
    self_reported: bool,
}

/// The same quantity from several sources: the one kindest to the claim decides, the most independent of equals.
fn best(measured: &[Measured], supports: &[f64]) -> Combined {
    let kinder = |a: &(&Measured, &f64), b: &(&Measured, &f64)| {
        a.1.total_cmp(b.1)
            .then_with(|| conclusion(a.0).total_cmp(&conclusion(b.0)))
            .then_with(|| b.0.evaluation.cmp(&a.0.evaluation))
    };
    let chosen = measured.iter().zip(supports).max_by(kinder);
    let (value, support) = chosen.unwrap_or((&measured[0], &supports[0]));
    let ci = interval(value);
    Combined {
        support: *support,
        // A number that holds as measured is not off, however unsure it is.
        conclusion: value
            .conclusion
            .filter(|_| !value.claimed.contains(value.estimate))
            .map(|_| conclusion(value)),
        estimate: value.estimate,
        ci,
        i_squared: 0.0,
        spans_edge: spans(ci, value.claimed),
        contested: false,
        self_reported: value.evaluation == Evaluation::SelfReported,
    }
}

/// Different benchmarks: a random-effects mean of standardised distances from the claim's edge.
fn pooled(measured: &[Measured]) -> Combined {
    let unit = |m: &Measured| if m.scale > 0.0 { m.scale } else { 1.0 };
    let values: Vec<(f64, f64)> =
        measured.iter().map(|m| (m.estimate / unit(m), deviation(m) / unit(m))).collect();
    let mean_edge = |edge: fn(&Interval) -> f64, of: fn(&Measured) -> Interval| {
        measured.iter().map(|m| edge(&of(m)) / unit(m)).sum::<f64>() / measured.len() as f64
    };
    let average = |of: fn(&Measured) -> Interval| Interval {
        low: mean_edge(|i| i.low, of),
        high: mean_edge(|i| i.high, of),
    };
    let claimed = average(|m| m.claimed);
    let Some(pooled) = stats::random_effects(&values) else {
        return best(measured, &measured.iter().map(strict).collect::<Vec<_>>());
    };
    let support = pooled.probability(claimed);
    let ci = pooled.interval();
    Combined {
        support,
        conclusion: (!claimed.contains(pooled.mean) && measured.iter().all(|m| m.conclusion.is_some()))
            .then(|| pooled.probability(average(|m| m.conclusion.unwrap_or(m.claimed)))),
        estimate: pooled.mean,
        ci,
        i_squared: pooled.i_squared,
        spans_edge: spans(ci, claimed),
        contested: support > CONTRADICTED && support < SUPPORTED,
        self_reported: measured.iter().all(|m| m.evaluation == Evaluation::SelfReported),
    }
}

fn spans(ci: (f64, f64), claimed: Interval) -> bool {
    let crosses = |edge: f64| edge.is_finite() && ci.0 < edge && edge < ci.1;
    crosses(claimed.low) || crosses(claimed.high)
}

/// The probability that one measured value meets the claim as printed.
pub(super) fn strict(measured: &Measured) -> f64 {
    match measured.target {
        Target::Published if measured.claimed.contains(measured.estimate) => 1.0,
        // Off beyond its rounding: what is left is the chance that the true value lies within tolerance, so that a
        // nearer number never has less support. One that is off is no match, however sure it is to be near.
        Target::Published => {
            measured.conclusion.map_or(0.0, |conclusion| within(measured, conclusion)).min(MOST_INEXACT)
        }
        Target::Latent => within(measured, measured.claimed),
    }
}

fn conclusion(measured: &Measured) -> f64 {
    match (measured.conclusion, measured.target) {
        (Some(interval), Target::Published) => f64::from(u8::from(interval.contains(measured.estimate))),
        (Some(interval), Target::Latent) => within(measured, interval),
        (None, _) => 0.0,
    }
}

fn within(measured: &Measured, interval: Interval) -> f64 {
    let estimate = measured.estimate;
    match &measured.uncertainty {
        Uncertainty::Exact => f64::from(u8::from(interval.contains(estimate))),
        Uncertainty::Normal { sd } => stats::normal_probability(estimate, *sd, interval),
        Uncertainty::Proportion { n, scale } => stats::proportion_probability(
            estimate / scale,
            *n,
            Interval { low: interval.low / scale, high: interval.high / scale },
        ),
        Uncertainty::Draws(draws) => stats::draws_probability(draws, interval),
        Uncertainty::Unknown if interval.contains(estimate) => 1.0 - DOUBT_WITHOUT_UNCERTAINTY,
        Uncertainty::Unknown => DOUBT_WITHOUT_UNCERTAINTY,
    }
}

/// The 95 % interval of one measured value, a point where it has none.
fn interval(measured: &Measured) -> (f64, f64) {
    measured.interval().unwrap_or((measured.estimate, measured.estimate))
}

fn deviation(measured: &Measured) -> f64 {
    let (low, high) = interval(measured);
    (high - low) / (2.0 * stats::Z95)
}
