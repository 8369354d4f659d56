//! Monthly series: a quantity asked for at month's ends in; its change over the window and how sure that is out.

use super::frontier::DAYS_A_MONTH;
use crate::stats::{self, MannKendall};
use jiff::ToSpan;
use jiff::civil::Date;

/// A trend of fewer months is chance: six values in order happen once in 720.
const MIN_MONTHS: usize = 6;

/// Values by day, oldest first, a month apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    points: Vec<(Date, f64)>,
}

/// The day so many months earlier.
pub(super) fn months_before(day: Date, months: u32) -> Date {
    day.saturating_sub(i64::from(months).months())
}

impl Series {
    /// The days a month apart that end on `to`, oldest first, none before `from`.
    pub(super) fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
        let mut days: Vec<Date> =
            (0u32..).map(|back| months_before(to, back)).take_while(|day| *day >= from && *day > Date::MIN).collect();
        days.reverse();
        days.into_iter()
    }

    /// The quantity at each of those days on which it is known; `None` where these are too few.
    pub(super) fn of(from: Date, to: Date, value: impl Fn(Date) -> Option<f64>) -> Option<Self> {
        Self::from_points(Self::days(from, to).filter_map(|day| Some((day, value(day)?))).collect())
    }

    /// A series of given points; `None` where they are too few.
    pub(super) fn from_points(points: Vec<(Date, f64)>) -> Option<Self> {
        (points.len() >= MIN_MONTHS).then_some(Self { points })
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// Length of the window in years.
    pub(super) fn years(&self) -> f64 {
        self.months() / 12.0
    }

    fn months(&self) -> f64 {
        match (self.points.first(), self.points.last()) {
            (Some((first, _)), Some((last, _))) => days(*first, *last) / DAYS_A_MONTH,
            _ => 0.0,
        }
    }

    /// The usual size of the values: the median of their absolute values.
    pub(super) fn level(&self) -> f64 {
        let mut sizes: Vec<f64> = self.points.iter().map(|(_, value)| value.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        stats::quantile(&sizes, 0.5)
    }

    /// The Theil-Sen slope times the window.
    pub(super) fn change(&self) -> f64 {
        self.slope() * self.months()
    }

    fn slope(&self) -> f64 {
        let Some((first, _)) = self.points.first() else { return 0.0 };
        let points: Vec<(f64, f64)> =
            self.points.iter().map(|(day, value)| (days(*first, *day) / DAYS_A_MONTH, *value)).collect();
        stats::theil_sen(&points).unwrap_or(0.0)
    }

    /// The deviation of the change that gives its sign the certainty of the Mann-Kendall test: change over z. Where
    /// the test sees no direction, the whole spread of the values.
    pub(super) fn deviation(&self) -> f64 {
        let values: Vec<f64> = self.points.iter().map(|(_, value)| *value).collect();
        let z = MannKendall::of(&values).z();
        let change = self.change();
        if change != 0.0 && z * change > 0.0 {
            return (change / z).abs();
        }
        let spread = |pick: fn(f64, f64) -> f64, from| values.iter().copied().fold(from, pick);
        (spread(f64::max, f64::NEG_INFINITY) - spread(f64::min, f64::INFINITY)).max(f64::MIN_POSITIVE)
    }
}

fn days(from: Date, to: Date) -> f64 {
    to.since(from).map_or(0.0, |span| f64::from(span.get_days()))
}
