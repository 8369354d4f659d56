//! Properties of the statistics and of the judge: what must hold for any number, not only for those we thought of.

use benchclaim::claim::{Claim, ClaimKind};
use benchclaim::evidence::{Evaluation, Evidence, Measured, Pool, Reading, Source, Target, Uncertainty};
use benchclaim::reported::{Interval, Reported, Unit};
use benchclaim::stats;
use benchclaim::verdict::{Outcome, judge};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAY: Date = date(2024, 2, 21);

fn claim() -> Claim {
    Claim::saying(ClaimKind::Score, "q", Vec::new(), Vec::new())
}

fn measured(estimate: f64, uncertainty: Uncertainty, claimed: Interval, target: Target) -> Measured {
    let source = Source {
        dataset: "d".to_owned(),
        snapshot: DAY,
        sha256: String::new(),
        url: "https://example.org".to_owned(),
        rows: Vec::new(),
    };
    Measured {
        label: "m".to_owned(),
        benchmark: "b".to_owned(),
        metric: "accuracy".to_owned(),
        unit: Unit::Percent,
        estimate,
        uncertainty,
        n: None,
        evaluation: Evaluation::Independent,
        claimed,
        target,
        conclusion: None,
        scale: 1.0,
        sources: vec![source],
    }
}

fn outcome(pool: Pool, values: Vec<Measured>, negated: bool) -> (Outcome, f64) {
    let reading = Reading {
        name: "r".to_owned(),
        meaning: "m".to_owned(),
        pool,
        measured: values,
        absence: None,
        steps: Vec::new(),
        picture: None,
    };
    let evidence =
        Evidence { as_of: DAY, then: vec![reading.clone()], now: vec![reading], timeline: Vec::new() };
    let verdict = judge(&Claim { negated, ..claim() }, Some(&evidence));
    (verdict.outcome, verdict.support.expect("a measured claim has a support"))
}

proptest! {
    #[test]
    fn an_interval_holds_its_estimate(share in 0.0f64..=1.0, n in 1u64..5000) {
        let (low, high) = stats::proportion_interval(share, n);
        // Jeffreys leaves out the very ends, where the estimate is 0 or 1.
        let inside = share.clamp(0.5 / (n as f64 + 1.0), (n as f64 + 0.5) / (n as f64 + 1.0));
        prop_assert!(low <= inside + 1e-9 && inside <= high + 1e-9, "{low} {share} {high}");
    }

    #[test]
    fn a_nearer_number_never_has_less_support(
        truth in 10.0f64..90.0, sd in 0.1f64..5.0, near in 0.0f64..10.0, further in 0.0f64..10.0,
    ) {
        let support = |off: f64| {
            let claimed = Reported::exact(truth + off, Unit::Percent, 0.1).interval();
            let value = measured(truth, Uncertainty::Normal { sd }, claimed, Target::Published);
            outcome(Pool::Sources, vec![Measured { conclusion: Some(claimed.widened(2.0)), ..value }], false).1
        };
        prop_assert!(support(near) + 1e-9 >= support(near + further), "{near} {further}");
    }

    #[test]
    fn coarser_printing_never_turns_supported_into_contradicted(
        truth in 0.0f64..100.0, sd in 0.0f64..5.0, decimals in 1i32..3,
    ) {
        let step = 10f64.powi(-decimals);
        let fine = (truth / step).round() * step;
        let coarse_step = step * 10.0;
        let coarse = (truth / coarse_step).round() * coarse_step;
        let judged = |value: f64, step: f64| {
            let claimed = Reported::exact(value, Unit::Percent, step).interval();
            outcome(Pool::Sources, vec![measured(truth, Uncertainty::Normal { sd }, claimed, Target::Published)], false).0
        };
        if judged(fine, step) == Outcome::Supported {
            prop_assert_ne!(judged(coarse, coarse_step), Outcome::Contradicted);
        }
    }

    #[test]
    fn support_is_a_probability_and_denial_turns_it_round(
        estimates in prop::collection::vec(-50.0f64..50.0, 1..8), sd in 0.01f64..20.0,
    ) {
        let values = |()| -> Vec<Measured> {
            let claimed = Interval::at_least(0.0);
            let value = |e: &f64| measured(*e, Uncertainty::Normal { sd }, claimed, Target::Latent);
            estimates.iter().map(value).collect()
        };
        let (_, said) = outcome(Pool::Benchmarks, values(()), false);
        let (_, denied) = outcome(Pool::Benchmarks, values(()), true);
        prop_assert!((0.0..=1.0).contains(&said));
        prop_assert!((said + denied - 1.0).abs() < 1e-9);
    }

    #[test]
    fn every_part_must_hold(strong in 5.0f64..20.0, weak in -20.0f64..-5.0) {
        let value = |e| measured(e, Uncertainty::Normal { sd: 1.0 }, Interval::at_least(0.0), Target::Latent);
        let (together, _) = outcome(Pool::Every(vec![1, 1]), vec![value(strong), value(weak)], false);
        prop_assert_eq!(together, Outcome::Contradicted);
    }

    #[test]
    fn quantiles_do_not_decrease(mut draws in prop::collection::vec(-1e6f64..1e6, 1..60), p in 0.0f64..1.0) {
        draws.sort_by(f64::total_cmp);
        prop_assert!(stats::quantile(&draws, p * 0.5) <= stats::quantile(&draws, p));
    }
}

#[test]
fn thresholds_stand_where_the_contract_puts_them() {
    // Φ(1.6449) = 0.95, Φ(0.8416) = 0.80 (scipy.stats.norm.ppf): just above and just below each.
    let at = |z: f64| {
        let value = measured(z, Uncertainty::Normal { sd: 1.0 }, Interval::at_least(0.0), Target::Latent);
        outcome(Pool::Sources, vec![value], false).0
    };
    assert_eq!(at(1.65), Outcome::Supported);
    assert_eq!(at(1.64), Outcome::LeaningSupported);
    assert_eq!(at(0.85), Outcome::LeaningSupported);
    assert_eq!(at(0.83), Outcome::Undecided);
    assert_eq!(at(-0.83), Outcome::Undecided);
    assert_eq!(at(-0.85), Outcome::LeaningContradicted);
    assert_eq!(at(-1.65), Outcome::Contradicted);
}

#[test]
fn decisive_disagreement_over_benchmarks_is_mixed() {
    let value = |e| measured(e, Uncertainty::Normal { sd: 0.5 }, Interval::at_least(0.0), Target::Latent);
    let (outcome, _) = outcome(Pool::Benchmarks, vec![value(5.0), value(-5.0)], false);
    assert_eq!(outcome, Outcome::Mixed);
}
