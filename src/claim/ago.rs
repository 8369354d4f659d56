//! Lengths of time before the day of writing, such as "over the past six months" or "five months ago", in; the days that they
//! mean out.

use super::class::Class;
use super::comparator::comparator_before;
use super::scope;
use super::token::Line;
use crate::reported::{Comparator, DAYS_A_MONTH, Unit};
use jiff::ToSpan;
use jiff::civil::Date;

/// "Over the past six months": from so long before the text to its day.
pub(super) fn looked_back(line: &Line<'_>, published: Option<Date>) -> Option<String> {
    let published = published?;
    let at = (1..line.len()).find(|at| scope::looks_back(line, *at))?;
    let months = match line.quantity(at) {
        Some(_) => months_before(line, at + 1)?,
        None if line.low(at) == "year" => 12,
        None => return None,
    };
    let first = published.checked_sub(months.months()).ok()?;
    Some(format!("{first}/{published}"))
}

/// A length of time is rounded to within this share of it, and to no less than half a month.
const ROUNDED_SHARE: f64 = 0.1;

/// "Came out five months ago", "less than a year ago": the days that this may mean.
pub(super) fn released_ago(line: &Line<'_>, published: Option<Date>) -> Option<String> {
    let published = published?;
    let ago = (1..line.len()).find(|at| line.low(*at) == "ago")?;
    let months = months_before(line, ago)?;
    let day = published.checked_sub(months.months()).ok()?;
    let told = line
        .quantity(ago - 1)
        .map_or_else(|| comparator_before(line, ago.saturating_sub(2)).0, |quantity| quantity.comparator);
    Some(match told {
        Some(Comparator::Lt | Comparator::Le) => format!("{day}/{published}"),
        Some(Comparator::Gt | Comparator::Ge) => {
            format!("{}/{day}", day.checked_sub(EVER_YEARS.years()).ok()?)
        }
        _ => {
            let slack = (ROUNDED_SHARE * months as f64).max(0.5) * DAYS_A_MONTH;
            let slack = (slack.round() as i64).days();
            let last = day.checked_add(slack).ok()?.min(published);
            format!("{}/{last}", day.checked_sub(slack).ok()?)
        }
    })
}

/// So many years back there was no model that anybody still speaks of.
const EVER_YEARS: i64 = 20;

/// How many months the words before "ago" say: "three months", "a year and a half", "a month".
pub(super) fn months_before(line: &Line<'_>, ago: usize) -> Option<i64> {
    let before = ago.checked_sub(1)?;
    if let Some(quantity) = line.quantity(before).filter(|_| line.is(before, Class::DURATION)) {
        let months = match quantity.unit? {
            Unit::Years => 12.0 * quantity.value,
            Unit::Months => quantity.value,
            Unit::Days => quantity.value / DAYS_A_MONTH,
            _ => return None,
        };
        return Some(months.round() as i64);
    }
    let article = before.checked_sub(1).filter(|i| matches!(line.low(*i), "a" | "one"));
    match line.low(before) {
        "month" if article.is_some() => Some(1),
        "year" if article.is_some() => Some(12),
        _ => None,
    }
}
