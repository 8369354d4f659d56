//! Many decisions at once: the chance of each to be wrong in; how many of them are expected to be out.
//!
//! The chances are posterior probabilities, so the expected rate of false discoveries among decisions is their mean
//! (Newton et al., "Detecting differential gene expression with a semiparametric hierarchical mixture method",
//! Biostatistics 5, 2004, section 3.1; the direct posterior approach). It is to such chances what Benjamini and
//! Hochberg's rate is to p-values.

/// The level at which the surest decisions are counted.
pub const FALSE_DISCOVERY_LEVEL: f64 = 0.05;

/// What several decisions taken together come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Multiplicity {
    /// Decisions taken; at least one.
    pub decisions: usize,
    /// How many of them are expected to be wrong.
    pub expected_false: f64,
    /// The expected share of wrong ones, 0 to 1.
    pub false_discovery_rate: f64,
    /// How many, the surest first, keep that rate at or below [`FALSE_DISCOVERY_LEVEL`].
    pub within_level: usize,
}

impl Multiplicity {
    /// Of decisions that are wrong with these probabilities, each 0 to 1; `None` of none.
    #[must_use]
    pub fn of(wrong: &[f64]) -> Option<Self> {
        let mut sorted = wrong.to_vec();
        sorted.sort_by(f64::total_cmp);
        let means: Vec<f64> = sorted
            .iter()
            .scan(0.0, |sum, chance| {
                *sum += chance;
                Some(*sum)
            })
            .zip(1u32..)
            .map(|(sum, n)| sum / f64::from(n))
            .collect();
        let false_discovery_rate = *means.last()?;
        Some(Self {
            decisions: wrong.len(),
            expected_false: false_discovery_rate * wrong.len() as f64,
            false_discovery_rate,
            within_level: means.partition_point(|mean| *mean <= FALSE_DISCOVERY_LEVEL),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_the_mean_chance_and_the_surest_are_kept() {
        // By hand: running means 0.01, 0.02, 0.0433, 0.0825.
        let four = Multiplicity::of(&[0.20, 0.01, 0.09, 0.03]).expect("four decisions");
        assert_eq!((four.decisions, four.within_level), (4, 3));
        assert!((four.expected_false - 0.33).abs() < 1e-12);
        assert!((four.false_discovery_rate - 0.0825).abs() < 1e-12);
    }

    #[test]
    fn none_taken_is_none_and_unsure_ones_are_not_kept() {
        assert_eq!(Multiplicity::of(&[]), None);
        assert_eq!(Multiplicity::of(&[0.2, 0.1]).map(|m| m.within_level), Some(0));
    }
}
