//! Trends: a series in; its Theil-Sen slope and the probability that it really rises or falls out.

use statrs::distribution::{ContinuousCDF, Normal};
use std::cmp::Ordering;

/// Lags of a series whose correlation widens the variance; Hamed and Rao (1998) find three enough in practice.
const CORRELATED_LAGS: usize = 3;

/// The median of the slopes between all pairs of points (Theil 1950, Sen 1968); none for fewer than two places.
#[must_use]
pub fn theil_sen(points: &[(f64, f64)]) -> Option<f64> {
    let mut slopes: Vec<f64> = points
        .iter()
        .enumerate()
        .flat_map(|(i, a)| points[i + 1..].iter().map(move |b| (b.1 - a.1) / (b.0 - a.0)))
        .filter(|slope| slope.is_finite())
        .collect();
    slopes.sort_by(f64::total_cmp);
    (!slopes.is_empty()).then(|| super::quantile(&slopes, 0.5))
}

/// The Mann-Kendall test (Mann 1945, Kendall 1975) of a series, oldest value first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Pairs that rise minus pairs that fall.
    pub s: f64,
    /// Variance of `s` without a trend, ties and serial correlation allowed for.
    pub variance: f64,
}

impl MannKendall {
    /// Tests a series. Neighbouring months resemble each other, which makes a chance run look like a trend: the
    /// variance is widened by the correlation of the detrended ranks (Hamed and Rao 1998), never narrowed.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let pairs =
            values.iter().enumerate().flat_map(|(i, a)| values[i + 1..].iter().map(move |b| sign(b - a)));
        let s = pairs.sum();
        let ties: f64 = runs(values).into_iter().map(|t| t * (t - 1.0) * (2.0 * t + 5.0)).sum();
        let plain = ((n * (n - 1.0) * (2.0 * n + 5.0) - ties) / 18.0).max(0.0);
        Self { s, variance: plain * correlation_factor(values).max(1.0) }
    }

    /// The standard normal statistic, with the continuity correction; 0 where nothing varies.
    #[must_use]
    pub fn z(&self) -> f64 {
        if self.variance > 0.0 {
            (self.s.abs() - 1.0).max(0.0) * sign(self.s) / self.variance.sqrt()
        } else {
            0.0
        }
    }

    /// The probability that the series rises, one minus the one-sided p-value of falling.
    #[must_use]
    pub fn rising(&self) -> f64 {
        Normal::standard().cdf(self.z())
    }
}

fn sign(x: f64) -> f64 {
    match x.partial_cmp(&0.0) {
        Some(Ordering::Greater) => 1.0,
        Some(Ordering::Less) => -1.0,
        _ => 0.0,
    }
}

/// How often each distinct value stands.
fn runs(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|run| run.len() as f64).collect()
}

/// By how much serial correlation multiplies the variance of `s`.
fn correlation_factor(values: &[f64]) -> f64 {
    let n = values.len();
    if n <= CORRELATED_LAGS + 1 {
        return 1.0;
    }
    let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(i, y)| (i as f64, *y)).collect();
    let slope = theil_sen(&points).unwrap_or(0.0);
    let detrended: Vec<f64> = points.iter().map(|(x, y)| y - slope * x).collect();
    let ranks = ranks(&detrended);
    let mean = ranks.iter().sum::<f64>() / n as f64;
    let total: f64 = ranks.iter().map(|r| (r - mean).powi(2)).sum();
    if total <= 0.0 {
        return 1.0;
    }
    let significant = super::Z95 / (n as f64).sqrt();
    let sum: f64 = (1..=CORRELATED_LAGS)
        .map(|lag| {
            let together: f64 = ranks[lag..].iter().zip(&ranks).map(|(a, b)| (a - mean) * (b - mean)).sum();
            let correlation = together / total;
            let left = (n - lag) as f64;
            if correlation.abs() > significant {
                left * (left - 1.0) * (left - 2.0) * correlation
            } else {
                0.0
            }
        })
        .sum();
    let n = n as f64;
    1.0 + 2.0 / (n * (n - 1.0) * (n - 2.0)) * sum
}

/// Ranks from 1, ties at their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |x: &f64| {
        let below = values.iter().filter(|y| *y < x).count() as f64;
        let equal = values.iter().filter(|y| *y == x).count() as f64;
        below + (equal + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOW: [f64; 17] = [
        12.03, 12.51, 13.02, 13.58, 12.84, 12.21, 11.47, 10.66, 9.83, 9.91, 10.27, 10.69, 10.12, 9.23, 8.35,
        7.64, 7.17,
    ];

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    #[test]
    fn the_slope_matches_scipy() {
        // scipy.stats.theilslopes(SLOW, range(17)).slope
        let points: Vec<(f64, f64)> = SLOW.iter().enumerate().map(|(i, y)| (i as f64, *y)).collect();
        close(theil_sen(&points).expect("a slope"), -0.37375);
        assert_eq!(theil_sen(&points[..1]), None);
        assert_eq!(theil_sen(&[(1.0, 2.0), (1.0, 3.0)]), None, "two values of one day have no slope");
    }

    #[test]
    fn the_test_matches_pymannkendall() {
        // pymannkendall 1.4.3: hamed_rao_modification_test(SLOW, lag=3): var_s and z
        let test = MannKendall::of(&SLOW);
        assert_eq!(test.s, -100.0);
        close(test.variance, 785.845751633987);
        close(test.z(), -3.5315595982828007);
        // original_test([1, 1, 2, 2, 2, 3, 3, 4]): ties
        let ties = MannKendall::of(&[1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 4.0]);
        close(ties.variance, 59.666_666_666_7);
        close(ties.z(), 2.848_110_223_2);
    }

    #[test]
    fn what_does_not_vary_has_no_trend() {
        for values in [&[][..], &[1.0][..], &[2.0; 12][..]] {
            let test = MannKendall::of(values);
            assert_eq!(test.z(), 0.0);
            close(test.rising(), 0.5);
        }
    }

    #[test]
    fn a_series_turned_round_falls_as_surely_as_it_rose() {
        let mut back = SLOW;
        back.reverse();
        close(MannKendall::of(&SLOW).rising() + MannKendall::of(&back).rising(), 1.0);
    }
}
