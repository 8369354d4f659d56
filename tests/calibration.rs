//! The judge's support against truth on simulated boards: calibrated, the same for one seed, and as the table that
//! ships says.

use benchclaim::calibrate::{KINDS, SEED, calibrations, forecasts};
use std::collections::BTreeMap;

/// Worlds of the small run, the first of those that the shipped table is made of.
const FEW_WORLDS: usize = 60;

/// The expected calibration error that the design allows.
const LARGEST_ERROR: f64 = 0.03;

/// By so many standard errors may the share of a small run differ from that of the full one.
const DEVIATIONS: f64 = 4.0;

/// Type, forecasts, mean stated probability and number that came true of each bin of the shipped table.
fn shipped() -> Vec<(String, f64, f64, f64)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/reports/calibration/calibration.csv");
    let text = std::fs::read_to_string(path).expect("the shipped table");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |i: usize| cells[i].parse::<f64>().expect("a number");
        (cells[0].to_owned(), number(3), number(4), number(5))
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn the_shipped_table_is_calibrated() {
    let mut errors: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (kind, n, stated, came_true) in shipped() {
        let error = errors.entry(kind).or_default();
        *error = (error.0 + n, error.1 + (came_true - n * stated).abs());
    }
    assert_eq!(errors.len(), KINDS.len());
    for (kind, (n, distance)) in errors {
        assert!(n >= 300.0, "{kind}: {n} statements");
        assert!(distance / n <= LARGEST_ERROR, "{kind}: {}", distance / n);
    }
}

#[test]
fn a_small_run_agrees_with_the_shipped_table_and_repeats() {
    let forecasts = forecasts(SEED, FEW_WORLDS).expect("simulated tables");
    let again = benchclaim::calibrate::forecasts(SEED, FEW_WORLDS).expect("simulated tables");
    assert_eq!(forecasts, again);
    let mut shipped = shipped().into_iter();
    for (kind, calibration) in calibrations(&forecasts) {
        assert!(calibration.bins.iter().any(|bin| bin.n > 0), "{}: no statement is judged", kind.name());
        for bin in calibration.bins {
            let (name, n, _, came_true) = shipped.next().expect("a row a bin");
            assert_eq!(name, kind.name());
            assert!(bin.n as f64 <= n, "{name}: the small run is a part of the full one");
            let Some(share) = bin.share() else { continue };
            let expected = came_true / n;
            let error = ((expected * (1.0 - expected)).max(0.25 / n) / bin.n as f64).sqrt();
            // Statements about one world share its noise: ten of them are worth fewer.
            assert!(
                (share - expected).abs() <= DEVIATIONS * 2.0 * error,
                "{name}: {share} against {expected}"
            );
        }
    }
}
