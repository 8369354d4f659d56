//! Calibration: stated probabilities and what came true in; how well the two agree out.

use super::wilson_interval;

/// Bins of equal width between 0 and 1.
pub(super) const BINS: usize = 10;

/// One bin of a reliability diagram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower end of the probabilities in it, 0 to 1.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Forecasts in it.
    pub n: usize,
    /// Their mean probability; the middle of the bin where it is empty.
    pub stated: f64,
    /// How many came true.
    pub came_true: usize,
}

impl Bin {
    /// The share that came true; `None` for an empty bin.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.came_true as f64 / self.n as f64)
    }

    /// The 95 % interval of the share.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        wilson_interval(self.came_true as u64, self.n as u64)
    }
}

/// How well probabilities and outcomes agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Forecasts.
    pub n: usize,
    /// Expected calibration error: the mean distance between stated probability and share that came true, each bin
    /// weighted by its forecasts (Naeini, Cooper and Hauskrecht 2015).
    pub ece: f64,
    /// The mean squared distance between probability and outcome (Brier 1950); 0 is perfect, 0.25 a coin's.
    pub brier: f64,
    /// The bins from 0 to 1.
    pub bins: Vec<Bin>,
}

impl Calibration {
    /// Of forecasts: a probability each, and whether it came true.
    #[must_use]
    pub fn of(forecasts: &[(f64, bool)]) -> Self {
        let mut sums = [(0usize, 0.0, 0usize); BINS];
        for (probability, came_true) in forecasts {
            let bin = ((probability * BINS as f64) as usize).min(BINS - 1);
            sums[bin] = (sums[bin].0 + 1, sums[bin].1 + probability, sums[bin].2 + usize::from(*came_true));
        }
        let bin = |(i, (n, sum, came_true)): (usize, (usize, f64, usize))| {
            let (low, high) = (i as f64 / BINS as f64, (i + 1) as f64 / BINS as f64);
            let stated = if n > 0 { sum / n as f64 } else { f64::midpoint(low, high) };
            Bin { low, high, n, stated, came_true }
        };
        let bins: Vec<Bin> = sums.into_iter().enumerate().map(bin).collect();
        let total = forecasts.len().max(1) as f64;
        let distance = |bin: &Bin| bin.share().map_or(0.0, |share| bin.n as f64 * (share - bin.stated).abs());
        let square =
            |(probability, came_true): &(f64, bool)| (probability - f64::from(u8::from(*came_true))).powi(2);
        Self {
            n: forecasts.len(),
            ece: bins.iter().map(distance).sum::<f64>() / total,
            brier: forecasts.iter().map(square).sum::<f64>() / total,
            bins,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fair_forecaster_has_no_error_and_a_boaster_has() {
        let fair: Vec<(f64, bool)> = (0..100).map(|i| (0.75, i % 4 != 0)).collect();
        let fair = Calibration::of(&fair);
        assert!(fair.ece < 1e-12);
        // sklearn.metrics.brier_score_loss([0, 1, 1, 1] * 25, [0.75] * 100)
        assert!((fair.brier - 0.1875).abs() < 1e-12);
        let boaster: Vec<(f64, bool)> = (0..100).map(|i| (1.0, i % 2 == 0)).collect();
        let boaster = Calibration::of(&boaster);
        assert!((boaster.ece - 0.5).abs() < 1e-12 && (boaster.brier - 0.5).abs() < 1e-12);
        assert_eq!(boaster.bins[BINS - 1].n, 100, "a probability of one is in the last bin");
    }

    #[test]
    fn nothing_forecast_is_no_error() {
        let none = Calibration::of(&[]);
        assert_eq!((none.n, none.ece, none.brier), (0, 0.0, 0.0));
        assert!(none.bins.iter().all(|bin| bin.share().is_none()));
    }
}
