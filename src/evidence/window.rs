//! Windows of time: the period that a claim speaks of in; its first and last day out.

use super::words::Words;
use crate::claim::Claim;
use crate::names::MONTHS;
use crate::reported::Unit;
use jiff::ToSpan;
use jiff::civil::Date;

/// The window of a trend that names none.
const TREND_MONTHS: u32 = 18;

/// The longest window that a trend is followed through.
const LONGEST_TREND_MONTHS: u32 = 60;

/// Before any model that a table here knows.
const EVER: Date = Date::constant(1950, 1, 1);

/// The first and last day of an ISO date or prefix.
pub(super) fn period(prefix: &str) -> Option<(Date, Date)> {
    let first: Date = match prefix.len() {
        4 => format!("{prefix}-01-01").parse().ok()?,
        7 => format!("{prefix}-01").parse().ok()?,
        _ => prefix.parse().ok()?,
    };
    let last = match prefix.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    };
    Some((first, last))
}

/// The first and last day of a period, or of a range of periods: `2023-06/2023-08`.
pub(super) fn range(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    Some((period(first)?.0, period(last)?.1))
}

/// A period as the words bound it: "since before September" is any time until then.
pub(super) fn bounded(words: &Words, (first, last): (Date, Date)) -> (Date, Date) {
    let said = |side: &str| {
        ["since", "out", "released", "available", "launched", "published"]
            .iter()
            .any(|word| words.any(&[&format!("{word} {side} ")]))
    };
    if said("before") {
        (Date::MIN, first.yesterday().unwrap_or(first))
    } else if said("after") {
        (last.tomorrow().unwrap_or(last), Date::MAX)
    } else {
        (first, last)
    }
}

/// The day so many months earlier.
pub(super) fn months_before(day: Date, months: u32) -> Date {
    day.saturating_sub(i64::from(months).months())
}

/// The year, month or range that the claim speaks of, until `day`; `None` where it names none.
fn named(claim: &Claim, day: Date) -> Option<(Date, Date)> {
    let text = claim.as_of.as_deref().or_else(|| claim.population.as_deref().and_then(year_in))?;
    let (from, to) = range(text)?;
    // A single day is the day of speaking, not a window.
    (from != to).then(|| (from, to.min(day)))
}

/// "Models released in 2025": a calendar year among the words.
fn year_in(text: &str) -> Option<&str> {
    let is_year =
        |word: &&str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|b| b.is_ascii_digit());
    text.split(|c: char| !c.is_alphanumeric()).find(is_year)
}

/// The window in which things are counted: the one named, else everything up to the day.
pub(super) fn counted(claim: &Claim, day: Date) -> (Date, Date) {
    named(claim, day).unwrap_or((EVER, day))
}

/// Whether a window begins before all models.
pub(super) fn is_open(from: Date) -> bool {
    from == EVER
}

/// The window of a trend: the one named in dates or as a length, else the usual one.
pub(super) fn followed(claim: &Claim, last: Date) -> (Date, Date) {
    // A month is the end of a trend, not a window that could hold one.
    if let Some((from, to)) = named(claim, last).filter(|(from, to)| months_before(*to, 6) >= *from) {
        return (from.max(months_before(to, LONGEST_TREND_MONTHS)), to);
    }
    let months = match claim.reported {
        Some(reported) if reported.unit == Unit::Months => reported.high.unwrap_or(reported.value),
        // A calendar year is no length.
        Some(reported) if reported.unit == Unit::Years && reported.value < 10.0 => 12.0 * reported.value,
        _ => f64::from(TREND_MONTHS),
    };
    (months_before(last, months.clamp(1.0, f64::from(LONGEST_TREND_MONTHS)) as u32), last)
}

/// The window over which a lag is averaged. The number of its claim is the lag itself, and no length of time to look back.
pub(super) fn spanned(claim: &Claim, last: Date) -> (Date, Date) {
    followed(&Claim { reported: None, ..claim.clone() }, last)
}

/// Words that a date may begin with, besides a month or a year.
const DATE_WORDS: [&str; 8] = ["spring", "summer", "autumn", "fall", "winter", "early", "mid", "late"];

/// Whether a date begins with this word in lower case: what stands after "between" says when, and not whose.
pub(crate) fn begins_a_date(word: &str) -> bool {
    MONTHS.contains(&word) || DATE_WORDS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::claim;
    use super::*;
    use crate::claim::ClaimKind;
    use jiff::civil::date;

    #[test]
    fn a_year_is_a_window_and_a_day_is_not() {
        let day = date(2025, 6, 1);
        let of = |as_of: Option<&str>| Claim {
            as_of: as_of.map(str::to_owned),
            ..claim(ClaimKind::Count, "", &[], &[])
        };
        assert_eq!(counted(&of(Some("2024")), day), (date(2024, 1, 1), date(2024, 12, 31)));
        assert_eq!(counted(&of(Some("2025")), day), (date(2025, 1, 1), day), "not beyond the day");
        assert_eq!(counted(&of(Some("2023/2024-03")), day), (date(2023, 1, 1), date(2024, 3, 31)));
        assert!(is_open(counted(&of(Some("2024-05-05")), day).0) && is_open(counted(&of(None), day).0));
        let named = Claim { population: Some("models released in 2023".to_owned()), ..of(None) };
        assert_eq!(counted(&named, day).0, date(2023, 1, 1));
    }

    #[test]
    fn a_trend_looks_back_as_far_as_it_says() {
        let day = date(2025, 6, 1);
        let of = |reported| Claim { reported, ..claim(ClaimKind::Trend, "", &[], &[]) };
        assert_eq!(followed(&of(None), day).0, date(2023, 12, 1));
        let two_years = super::super::fixture::number(2.0, Unit::Years, 1.0);
        assert_eq!(followed(&of(two_years), day).0, date(2023, 6, 1));
    }
}
