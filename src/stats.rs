//! Statistics: plain numbers and slices in, probabilities and intervals out. Distributions come from `statrs`.

mod calibration;
mod multiplicity;
mod trend;

pub use calibration::{Bin, Calibration};
pub use multiplicity::{FALSE_DISCOVERY_LEVEL, Multiplicity};
pub use trend::{MannKendall, theil_sen};

use crate::reported::Interval;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::SeedableRng;
use statrs::distribution::{Beta, ContinuousCDF, Normal, StudentsT};

/// Two-sided 95 % standard normal quantile: half-widths of 95 % intervals are divided by it to get a deviation.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Draws of a simulation: the Monte-Carlo error of a probability near 0.95 is then below 0.005.
pub const DRAWS: usize = 2000;

/// Draws where each draws a whole board again; the error near 0.95 is then below 0.01.
pub const BOARD_DRAWS: usize = DRAWS / 4;

/// Scores that lie more than this many deviations of their difference apart change sides in no draw that matters: in
/// one of thirty thousand.
pub const OUT_OF_REACH: f64 = 4.0;

/// Jeffreys' prior adds half a success and half a failure (Brown, Cai and DasGupta 2001).
const JEFFREYS: f64 = 0.5;

/// The probability that a normal variable lies in the interval. A deviation of zero is a fixed value.
#[must_use]
pub fn normal_probability(mean: f64, sd: f64, interval: Interval) -> f64 {
    match Normal::new(mean, sd) {
        Ok(normal) if sd > 0.0 => (normal.cdf(interval.high) - normal.cdf(interval.low)).clamp(0.0, 1.0),
        _ => f64::from(u8::from(interval.contains(mean))),
    }
}

/// The 95 % interval of a normal variable.
#[must_use]
pub fn normal_interval(mean: f64, sd: f64) -> (f64, f64) {
    (mean - Z95 * sd, mean + Z95 * sd)
}

fn jeffreys(share: f64, n: u64) -> Option<Beta> {
    let successes = share.clamp(0.0, 1.0) * n as f64;
    Beta::new(successes + JEFFREYS, n as f64 - successes + JEFFREYS).ok()
}

/// The probability that a proportion, observed as `share` of `n` items, lies in the interval (on the scale 0 to 1).
#[must_use]
pub fn proportion_probability(share: f64, n: u64, interval: Interval) -> f64 {
    let cdf = |beta: &Beta, x: f64| beta.cdf(x.clamp(0.0, 1.0));
    jeffreys(share, n).map_or_else(
        || f64::from(u8::from(interval.contains(share))),
        |beta| (cdf(&beta, interval.high) - cdf(&beta, interval.low)).clamp(0.0, 1.0),
    )
}

/// The Jeffreys 95 % interval of a proportion.
#[must_use]
pub fn proportion_interval(share: f64, n: u64) -> (f64, f64) {
    jeffreys(share, n).map_or((share, share), |beta| (beta.inverse_cdf(0.025), beta.inverse_cdf(0.975)))
}

/// The score interval at 95 % of a proportion (Wilson 1927), for shares that are counted and drawn: unlike Jeffreys' it
/// needs no prior. All of it for no trials.
#[must_use]
pub fn wilson_interval(successes: u64, n: u64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (n as f64, successes as f64 / n as f64);
    let z2 = Z95 * Z95;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// The standard error of a proportion under the Jeffreys posterior, for differences of two scores. Treats the two
/// as independent although boards use the same items for both: that is the wider, careful choice.
#[must_use]
pub fn proportion_sd(share: f64, n: u64) -> f64 {
    let (a, b) =
        (share.clamp(0.0, 1.0) * n as f64 + JEFFREYS, (1.0 - share.clamp(0.0, 1.0)) * n as f64 + JEFFREYS);
    (a * b / ((a + b).powi(2) * (a + b + 1.0))).sqrt()
}

/// The share of draws in the interval, with half a draw of doubt on either side so that it is never exactly 0 or 1.
#[must_use]
pub fn draws_probability(draws: &[f64], interval: Interval) -> f64 {
    let inside = draws.iter().filter(|x| interval.contains(**x)).count();
    (inside as f64 + JEFFREYS) / (draws.len() as f64 + 2.0 * JEFFREYS)
}

/// A quantile of sorted draws (type 7 of Hyndman and Fan 1996); 0 for no draws.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let position = p.clamp(0.0, 1.0) * last as f64;
    let (below, part) = (position.floor() as usize, position.fract());
    let above = (below + 1).min(last);
    // An infinite neighbour of weight zero must not turn the result into NaN.
    if part == 0.0 { sorted[below] } else { sorted[below] + part * (sorted[above] - sorted[below]) }
}

/// A source of repeatable standard normal draws.
pub struct Draws(Pcg64Mcg);

impl Draws {
    /// Draws that follow from `seed` alone.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// One draw with the given mean and deviation.
    pub fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let standard: f64 = StandardNormal.sample(&mut self.0);
        mean + sd * standard
    }
}

/// A pooled mean of several values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom of the t distribution that the mean follows; `None` means normal.
    pub df: Option<f64>,
    /// I², the share of variation beyond chance, 0 to 1 (Higgins and Thompson 2002).
    pub i_squared: f64,
}

impl Pooled {
    /// The probability that the mean lies in the interval.
    #[must_use]
    pub fn probability(&self, interval: Interval) -> f64 {
        match self.df.and_then(|df| StudentsT::new(self.mean, self.se, df).ok()) {
            Some(t) if self.se > 0.0 => (t.cdf(interval.high) - t.cdf(interval.low)).clamp(0.0, 1.0),
            _ => normal_probability(self.mean, self.se, interval),
        }
    }

    /// The 95 % interval of the mean.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        match self.df.and_then(|df| StudentsT::new(self.mean, self.se, df).ok()) {
            Some(t) if self.se > 0.0 => (t.inverse_cdf(0.025), t.inverse_cdf(0.975)),
            _ => normal_interval(self.mean, self.se),
        }
    }
}

/// The random-effects mean of values with standard deviations: DerSimonian and Laird's (1986) variance between
/// values, and Hartung and Knapp's (2001) t interval, never narrower than the plain one (Röver et al. 2015). It is
/// chosen because boards are few and differ more than their sampling errors say.
#[must_use]
pub fn random_effects(values: &[(f64, f64)]) -> Option<Pooled> {
    // A value without sampling error would take all the weight.
    const LEAST_SD: f64 = 1e-6;
    let k = values.len();
    let (first, _) = values.first()?;
    if k == 1 {
        return Some(Pooled { mean: *first, se: values[0].1, df: None, i_squared: 0.0 });
    }
    let weights: Vec<f64> = values.iter().map(|(_, sd)| 1.0 / sd.max(LEAST_SD).powi(2)).collect();
    let weighted_mean = |weights: &[f64]| {
        weights.iter().zip(values).map(|(w, (x, _))| w * x).sum::<f64>() / weights.iter().sum::<f64>()
    };
    let fixed = weighted_mean(&weights);
    let df = (k - 1) as f64;
    let q: f64 = weights.iter().zip(values).map(|(w, (x, _))| w * (x - fixed).powi(2)).sum();
    let total: f64 = weights.iter().sum();
    let c = total - weights.iter().map(|w| w * w).sum::<f64>() / total;
    let tau_squared = if c > 0.0 { ((q - df) / c).max(0.0) } else { 0.0 };
    let weights: Vec<f64> =
        values.iter().map(|(_, sd)| 1.0 / (sd.max(LEAST_SD).powi(2) + tau_squared)).collect();
    let total: f64 = weights.iter().sum();
    let mean = weighted_mean(&weights);
    let spread: f64 = weights.iter().zip(values).map(|(w, (x, _))| w * (x - mean).powi(2)).sum::<f64>() / df;
    let se = (spread.max(1.0) / total).sqrt();
    Some(Pooled { mean, se, df: Some(df), i_squared: if q > 0.0 { ((q - df) / q).max(0.0) } else { 0.0 } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, within: f64) {
        assert!((a - b).abs() < within, "{a} is not {b}");
    }

    #[test]
    fn normal_matches_scipy() {
        // scipy.stats.norm.cdf(1.96) - scipy.stats.norm.cdf(-1.96)
        close(normal_probability(0.0, 1.0, Interval { low: -1.96, high: 1.96 }), 0.950_004_21, 1e-7);
        assert_eq!(normal_probability(1.0, 0.0, Interval::at_least(1.0)), 1.0);
    }

    #[test]
    fn jeffreys_interval_matches_scipy() {
        // scipy.stats.beta.ppf([0.025, 0.975], 8.5, 2.5)
        let (low, high) = proportion_interval(0.8, 10);
        close(low, 0.497_225_5, 1e-6);
        close(high, 0.955_940_6, 1e-6);
    }

    #[test]
    fn two_counts_compare_as_a_conditional_binomial() {
        // Of 22 events 17 came after, in windows of equal length: given their sum, a binomial with a half
        // (Przyborowski and Wilenski 1940). scipy.stats.beta.sf(0.5, 17.5, 5.5); Jeffreys' tail lies between those of
        // the exact test with and without the count itself, scipy.stats.binom.sf(16, 22, 0.5) and binom.sf(17, 22, 0.5).
        let rose = proportion_probability(17.0 / 22.0, 22, Interval::at_least(0.5));
        close(rose, 0.995_584_02, 1e-7);
        assert!((0.002_171..0.008_451).contains(&(1.0 - rose)));
        // "More than doubled", 30 against 9: scipy.stats.beta.sf(2 / 3, 30.5, 9.5)
        close(proportion_probability(30.0 / 39.0, 39, Interval::at_least(2.0 / 3.0)), 0.916_117_14, 1e-7);
    }

    #[test]
    fn wilson_interval_matches_statsmodels() {
        // statsmodels.stats.proportion.proportion_confint(8, 10, method="wilson")
        let (low, high) = wilson_interval(8, 10);
        close(low, 0.490_162_47, 1e-7);
        close(high, 0.943_317_82, 1e-7);
        assert_eq!(wilson_interval(0, 0), (0.0, 1.0));
    }

    #[test]
    fn proportions_stay_in_bounds_at_the_ends() {
        for share in [0.0, 1.0] {
            let (low, high) = proportion_interval(share, 20);
            assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high) && low < high);
        }
        close(proportion_probability(0.5, 100, Interval::at_least(0.5)), 0.5, 1e-9);
    }

    #[test]
    fn quantiles_of_few_draws() {
        assert_eq!(quantile(&[], 0.5), 0.0);
        assert_eq!(quantile(&[3.0], 0.9), 3.0);
        close(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), 2.5, 1e-12);
        assert_eq!(quantile(&[1.0, f64::INFINITY], 0.0), 1.0);
    }

    #[test]
    fn random_effects_matches_statsmodels() {
        // statsmodels 0.14: combine_effects([0.1, 0.3, 0.35, 0.65], [0.01, 0.04, 0.01, 0.04], method_re="dl",
        // use_t=True): the row "random effect wls", and its .i2
        let pooled =
            random_effects(&[(0.1, 0.1), (0.3, 0.2), (0.35, 0.1), (0.65, 0.2)]).expect("four values");
        close(pooled.mean, 0.312_641_5, 1e-6);
        close(pooled.se, 0.108_186_3, 1e-6);
        close(pooled.i_squared, 0.580_786_0, 1e-6);
        let (low, high) = pooled.interval();
        close(low, -0.031_656, 1e-5);
        close(high, 0.656_939, 1e-5);
    }

    #[test]
    fn one_value_pools_to_itself_and_none_to_nothing() {
        let one = random_effects(&[(2.0, 0.5)]).expect("one value");
        assert_eq!((one.mean, one.se, one.i_squared), (2.0, 0.5, 0.0));
        assert!(random_effects(&[]).is_none());
    }

    #[test]
    fn draws_repeat_with_their_seed() {
        let take = |seed| {
            let mut draws = Draws::seeded(seed);
            (0..4).map(|_| draws.normal(0.0, 1.0)).collect::<Vec<_>>()
        };
        assert_eq!(take(7), take(7));
        assert_ne!(take(7), take(8));
        let mut draws = Draws::seeded(1);
        let mean: f64 = (0..DRAWS).map(|_| draws.normal(5.0, 2.0)).sum::<f64>() / DRAWS as f64;
        close(mean, 5.0, 0.2);
    }
}
