//! A number as a text prints it: value, printed precision, unit and comparator; its rounding interval.

use serde::{Deserialize, Serialize};

/// What a number counts. The names are those of the output contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Per hundred, 0 to 100.
    Percent,
    /// Points of a score, or percentage points.
    Points,
    /// Points of an Elo or Bradley-Terry rating.
    Elo,
    /// Days.
    Days,
    /// Months.
    Months,
    /// Years, or a calendar year.
    Years,
    /// US dollars.
    Usd,
    /// US dollars a million tokens.
    UsdPerMtok,
    /// Parameters of a model (70B is 7e10).
    Params,
    /// Tokens: of context, or of training text.
    Tokens,
    /// Things counted.
    Count,
    /// A place on a board; 1 is the top.
    Rank,
    /// A ratio: "three times cheaper".
    Times,
}

/// How the printed number bounds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// "at least"
    Ge,
    /// "at most", "up to"
    Le,
    /// "more than", "most"
    Gt,
    /// "less than", "under"
    Lt,
    /// "about", "nearly", "roughly"
    Approx,
}

/// A half-open interval `[low, high)`; infinite ends are open ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end, included.
    pub low: f64,
    /// The upper end, excluded.
    pub high: f64,
}

impl Interval {
    /// Everything from `low` up.
    #[must_use]
    pub fn at_least(low: f64) -> Self {
        Self { low, high: f64::INFINITY }
    }

    /// Everything below `high`.
    #[must_use]
    pub fn below(high: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high }
    }

    /// Whether `value` lies inside.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value < self.high
    }

    /// The interval widened by a share of its middle: near misses of a number. A bound has none.
    #[must_use]
    pub fn near(&self, share: f64) -> Option<Self> {
        let margin = share * f64::midpoint(self.low, self.high).abs();
        margin.is_finite().then(|| self.widened(margin))
    }

    /// The interval widened by `margin` on both sides.
    #[must_use]
    pub fn widened(&self, margin: f64) -> Self {
        Self { low: self.low - margin, high: self.high + margin }
    }
}

/// A number as printed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// The number, in `unit`; the lower end where the text gives a range.
    pub value: f64,
    /// The upper end of a printed range ("two to three years": 3).
    pub high: Option<f64>,
    /// What is counted.
    pub unit: Unit,
    /// How the number bounds the truth; `None` means "equals, as printed".
    pub comparator: Option<Comparator>,
    /// The value of one step of the last printed digit: 0.1 for "86.4", 1e9 for "70B".
    pub step: f64,
}

/// "About 80 %" is read as within this share of the value: journalists round to the nearest five or ten.
const APPROXIMATE_SHARE: f64 = 0.10;

/// "About 1400 Elo": ratings have no zero, and of all of them a tenth spans a board.
const APPROXIMATE_SHARE_OF_RATING: f64 = 0.015;

/// Days of a mean Gregorian month.
pub(crate) const DAYS_A_MONTH: f64 = 30.436_875;

/// Smaller numbers of Elo are differences of ratings.
pub(crate) const LEAST_RATING: f64 = 600.0;

/// Share of a printed step that rounding of binary fractions may cost.
const SLIVER: f64 = 1e-9;

impl Reported {
    /// A number printed exactly, with its last printed digit worth `step`.
    #[must_use]
    pub fn exact(value: f64, unit: Unit, step: f64) -> Self {
        Self { value, high: None, unit, comparator: None, step }
    }

    /// Whether it is told as a bound ("at least", "under") and not as a figure, exact or rounded.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.comparator.is_some_and(|comparator| comparator != Comparator::Approx)
    }

    /// The interval of true values that the printed text allows. A printed 86.4 allows [86.35, 86.45), as
    /// statcheck reads it (Nuijten et al. 2016); "at least 12" allows [12, inf); a range allows its ends, each
    /// at its rounding.
    ///
    /// ```
    /// use benchclaim::reported::{Reported, Unit};
    /// let printed = Reported::exact(86.4, Unit::Percent, 0.1).interval();
    /// assert!(printed.contains(86.35) && printed.contains(86.4499) && !printed.contains(86.46));
    /// ```
    #[must_use]
    pub fn interval(&self) -> Interval {
        // Decimal fractions have no exact binary form: without the sliver 86.4 - 0.05 would leave out 86.35.
        let sliver = self.step * SLIVER;
        let half = self.step / 2.0;
        let top = self.high.unwrap_or(self.value);
        match self.comparator {
            None => Interval { low: self.value - half - sliver, high: top + half - sliver },
            Some(Comparator::Ge) => Interval::at_least(self.value),
            // The next representable number keeps "more than 0" from holding at exactly 0.
            Some(Comparator::Gt) => Interval::at_least(self.value.next_up()),
            Some(Comparator::Le) => Interval::below(top.next_up()),
            Some(Comparator::Lt) => Interval::below(top),
            Some(Comparator::Approx) => {
                let share = match self.unit {
                    Unit::Elo if self.value > LEAST_RATING => APPROXIMATE_SHARE_OF_RATING,
                    _ => APPROXIMATE_SHARE,
                };
                let slack = half.max(share * self.value.abs());
                Interval { low: self.value - slack, high: top + slack }
            }
        }
    }

    /// The same number in another unit of the same quantity (years to months), or unchanged.
    #[must_use]
    pub fn scaled(&self, factor: f64, unit: Unit) -> Self {
        Self {
            value: self.value * factor,
            high: self.high.map(|h| h * factor),
            unit,
            step: self.step * factor,
            ..*self
        }
    }
}
