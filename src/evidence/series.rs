//! Monthly series: a quantity asked for at month's ends in; its change over the window and how sure that is out.

use super::measured::{Evaluation, Measured, Target, Uncertainty};
use super::window::months_before;
use super::words::Words;
use crate::claim::{Claim, Relation};
use crate::reported::{DAYS_A_MONTH, Interval, Unit};
use crate::stats::{self, MannKendall};
use jiff::civil::Date;

/// A trend of fewer months is chance: six values in order happen once in 720.
const MIN_MONTHS: usize = 6;

/// "Rapidly" asks for a change of at least this share of the usual level in a year: a gap a quarter smaller.
const RAPID_SHARE_A_YEAR: f64 = 0.25;

/// Words of pace.
const RAPID: [&str; 9] =
    ["rapid", "fast", "quick", "sharp", "steep", "dramatic", "at an amazing", "plung", "skyrocket"];

/// Values by day, oldest first, a month apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    points: Vec<(Date, f64)>,
}

impl Series {
    /// The days a month apart that end on `to`, oldest first, none before `from`.
    pub(super) fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
        let mut days: Vec<Date> = (0u32..)
            .map(|back| months_before(to, back))
            .take_while(|day| *day >= from && *day > Date::MIN)
            .collect();
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

    pub(super) fn points(&self) -> &[(Date, f64)] {
        &self.points
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// The series with every value multiplied.
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.points.iter_mut().for_each(|(_, value)| *value *= factor);
        self
    }

    /// Its first and last day, in words.
    pub(super) fn span(&self) -> String {
        match (self.points.first(), self.points.last()) {
            (Some((first, _)), Some((last, _))) => format!("{first} to {last}"),
            _ => String::new(),
        }
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

/// Where a change must lie, and where it must for the looser conclusion: any change that way. `level` is the usual size
/// of the quantity, in its own unit.
pub(super) fn claimed(
    words: &Words,
    relation: Relation,
    level: f64,
    years: f64,
) -> (Interval, Option<Interval>) {
    let falls = matches!(relation, Relation::Closing | Relation::Falling);
    let any = if falls { Interval::below(0.0) } else { Interval::at_least(0f64.next_up()) };
    let pace = if words.any(&RAPID) { RAPID_SHARE_A_YEAR * level * years } else { 0.0 };
    match (falls, pace > 0.0) {
        (_, false) => (any, None),
        (true, true) => (Interval::below((-pace).next_up()), Some(any)),
        (false, true) => (Interval::at_least(pace), Some(any)),
    }
}

/// The change of a series over its window as a measured value; label, unit and sources are the caller's.
pub(super) fn change(series: &Series, claim: &Claim, relation: Relation) -> Measured {
    let (claimed, conclusion) = claimed(&Words::of(claim), relation, series.level(), series.years());
    Measured {
        label: String::new(),
        benchmark: String::new(),
        metric: String::new(),
        unit: Unit::Count,
        estimate: series.change(),
        uncertainty: Uncertainty::Normal { sd: series.deviation() },
        n: Some(series.len() as u64),
        evaluation: Evaluation::Independent,
        claimed,
        target: Target::Latent,
        conclusion,
        scale: 1.0,
        sources: Vec::new(),
    }
}

fn days(from: Date, to: Date) -> f64 {
    to.since(from).map_or(0.0, |span| f64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::ClaimKind;
    use jiff::civil::date;

    fn series(values: &[f64]) -> Option<Series> {
        let to = date(2025, 6, 30);
        let days: Vec<Date> = Series::days(months_before(to, values.len() as u32 - 1), to).collect();
        Series::from_points(days.into_iter().zip(values.iter().copied()).collect())
    }

    fn support(values: &[f64], quote: &str, relation: Relation) -> f64 {
        let claim = super::super::fixture::claim(ClaimKind::Trend, quote, &[], &[]);
        let measured = change(&series(values).expect("enough months"), &claim, relation);
        let Uncertainty::Normal { sd } = measured.uncertainty else { panic!("a normal change") };
        stats::normal_probability(measured.estimate, sd, measured.claimed)
    }

    #[test]
    fn the_change_is_the_slope_over_the_window_and_its_sign_as_sure_as_the_test() {
        let falling: Vec<f64> = (0..18).map(|i| 12.0 - 0.5 * f64::from(i)).collect();
        let line = series(&falling).expect("enough months");
        assert!((line.change() + 8.5).abs() < 0.1, "{}", line.change());
        let closing = support(&falling, "closing the gap", Relation::Closing);
        assert!((closing - (1.0 - MannKendall::of(&falling).rising())).abs() < 1e-9, "{closing}");
        assert!(support(&falling, "falling further behind", Relation::Widening) < 0.01);
    }

    #[test]
    fn rapidly_asks_for_more_than_any_change() {
        let slow: Vec<f64> = (0..18).map(|i| 12.0 - 0.02 * f64::from(i)).collect();
        assert!(support(&slow, "closing the gap", Relation::Closing) > 0.95);
        assert!(support(&slow, "rapidly closing the gap", Relation::Closing) < 0.05);
    }

    #[test]
    fn few_months_are_no_series_and_flat_ones_tell_nothing() {
        assert!(series(&[1.0; 5]).is_none());
        let flat = support(&[3.0; 12], "closing", Relation::Closing);
        assert!((flat - 0.5).abs() < 0.01, "{flat}");
    }
}
