//! Months claimed: a printed stretch of time in; where a lag would have to be for it to hold out.

use crate::reported::{DAYS_A_MONTH, Interval, Reported, Unit};

/// A lag between two frontiers is known to about a month and a half: a release is announced, opened and evaluated
/// on different days. Within it a printed number is off but its conclusion stands.
const LAG_TOLERANCE_MONTHS: f64 = 1.5;

/// For long lags the tolerance is this share of the printed number: nobody means "two years" to the month.
const LAG_TOLERANCE_SHARE: f64 = 0.20;

/// A whole year is not rounded to by half of one: "a year" is nine to fifteen months.
const COARSEST_SHARE: f64 = 0.25;

/// A printed stretch of time in months, rounded no coarser than its makers will have meant it.
pub(super) fn in_months(reported: &Reported) -> Reported {
    let factor = match reported.unit {
        Unit::Years => 12.0,
        Unit::Days => 1.0 / DAYS_A_MONTH,
        _ => 1.0,
    };
    let months = reported.scaled(factor, Unit::Months);
    Reported { step: months.step.min(2.0 * COARSEST_SHARE * months.value.abs()), ..months }
}

/// Where the lag would have to be, in months, and the wider range in which the number's conclusion stands.
pub(super) fn claimed(reported: Option<&Reported>) -> (Interval, Option<Interval>) {
    let Some(reported) = reported else { return (Interval::at_least(0f64.next_up()), None) };
    let months = in_months(reported);
    let tolerance = LAG_TOLERANCE_MONTHS.max(LAG_TOLERANCE_SHARE * months.value);
    // A printed "at least" keeps its side: only the bound itself is loose.
    let tolerance = if months.is_bound() { LAG_TOLERANCE_MONTHS } else { tolerance };
    let interval = months.interval();
    (interval, Some(interval.widened(tolerance)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reported::Comparator;

    #[test]
    fn at_least_a_year_is_twelve_months_and_more() {
        let year = Reported { comparator: Some(Comparator::Ge), ..Reported::exact(1.0, Unit::Years, 1.0) };
        let (claimed, conclusion) = claimed(Some(&year));
        assert!(claimed.contains(12.0) && !claimed.contains(11.9));
        assert!(conclusion.is_some_and(|c| c.contains(11.0) && !c.contains(9.0)));
    }

    #[test]
    fn half_a_year_is_not_about_a_year() {
        let year =
            Reported { comparator: Some(Comparator::Approx), ..Reported::exact(1.0, Unit::Years, 1.0) };
        let (claimed, conclusion) = claimed(Some(&year));
        assert!(claimed.contains(10.0) && claimed.contains(14.0) && !claimed.contains(8.0));
        assert!(conclusion.is_some_and(|c| c.contains(8.0) && !c.contains(6.1)));
    }

    #[test]
    fn two_to_three_years_leaves_room_for_rounding_and_no_more() {
        let years = Reported { high: Some(3.0), ..Reported::exact(2.0, Unit::Years, 1.0) };
        let (claimed, conclusion) = claimed(Some(&years));
        assert!(claimed.contains(18.0) && claimed.contains(40.0) && !claimed.contains(14.0));
        assert!(conclusion.is_some_and(|c| c.contains(14.0) && !c.contains(11.0)));
    }

    #[test]
    fn an_unquantified_lag_is_any_lag() {
        let (claimed, _) = claimed(None);
        assert!(claimed.contains(0.1) && !claimed.contains(0.0));
    }
}
