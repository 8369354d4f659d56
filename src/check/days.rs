//! A claim and its sentence in; the days that it speaks of out.

use crate::claim::{Claim, ClaimKind};
use crate::dataset::Catalog;
use crate::error::Result;
use crate::evidence;
use crate::names::MONTHS;
use jiff::civil::Date;

/// Whether a claim is of what goes on: what a model has "been available since" is the day of its release.
pub(super) fn lasts(claim: &Claim) -> bool {
    claim.kind != ClaimKind::Attribute
}

/// Words between "since" and its date: "since the board went up in December 2024".
const WORDS_TO_SINCE: usize = 7;

/// Whether a sentence tells of a time that has lasted since a date.
pub(super) fn speaks_of_since(sentence: &str) -> bool {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let Some(since) = words.iter().position(|word| word == "since") else { return false };
    let after = &words[since + 1..words.len().min(since + 1 + WORDS_TO_SINCE)];
    let leads = |word: &&String| {
        ["the", "last", "this", "about", "end", "start", "beginning", "middle", "of"].contains(&word.as_str())
    };
    let begins = |word: &String| evidence::begins_a_date(word) || word == "year";
    after.iter().find(|word| !leads(word)).is_some_and(begins)
        || after.windows(2).any(|pair| matches!(pair[0].as_str(), "in" | "last" | "on") && begins(&pair[1]))
}

/// Whether a sentence says that something was so on no day at all.
pub(super) fn denies_ever(sentence: &str) -> bool {
    sentence
        .split(|c: char| !c.is_alphabetic())
        .any(|word| ["never", "ever"].iter().any(|denial| word.eq_ignore_ascii_case(denial)))
}

/// Months looked back for a day on which what "never" was so was.
const MONTHS_OF_NEVER: i64 = 36;

/// The ends of months before a day, and the day itself, oldest first.
pub(super) fn days_before(catalog: &Catalog, written: Date) -> Result<Vec<Date>> {
    let first = written.saturating_sub(jiff::Span::new().months(MONTHS_OF_NEVER));
    let oldest = catalog.heads().iter().map(|head| head.first).min().unwrap_or(first).max(first);
    let months = oldest.first_of_month().series(jiff::Span::new().months(1)).map(Date::last_of_month);
    Ok(months.take_while(|day| *day < written).chain([written]).collect())
}

/// Days of a month on which a claim about the month is tried; the 31st is the last of any.
const DAYS_OF_A_MONTH: [i8; 3] = [10, 20, 31];

/// Months at whose ends a claim about a year is tried.
const MONTHS_OF_A_YEAR: [i8; 4] = [3, 6, 9, 12];

/// The days a claim may speak of: the day of publication, or days of the period that the claim names, none of them
/// after it was written.
pub(super) fn claim_days(claim: &Claim, sentence: &str, written: Date) -> Vec<Date> {
    // Of a release, and of what was counted in a year, the time is part of what is said, not when it was said.
    let is_counted_then = claim.kind == ClaimKind::Count && !evidence::speaks_of_a_board(claim);
    if claim.kind == ClaimKind::Attribute || is_counted_then {
        return vec![written];
    }
    // "From seven in June 2024 to fifteen in August": what is counted stands at the first.
    let spoken = claim.as_of.as_deref().map(|text| match claim.kind {
        ClaimKind::Count => text.split_once('/').map_or(text, |(first, _)| first),
        _ => text,
    });
    let named = spoken.map(|spoken| period(spoken, sentence)).unwrap_or_default();
    // What changed over a time is known at its end.
    if let (ClaimKind::Trend, Some(end)) = (claim.kind, named.last()) {
        return vec![written.min(*end)];
    }
    // A period that was not over ends, for who wrote of it, on the day of writing.
    let is_over = named.last().is_some_and(|end| *end <= written);
    named.into_iter().filter(|day| *day < written || is_over).chain((!is_over).then_some(written)).collect()
}

/// Words before a month for a part of it, with the days on which a claim about that part is tried.
const PARTS_OF_A_MONTH: [(&str, [i8; 2]); 6] = [
    ("early ", [5, 10]),
    ("start of ", [1, 5]),
    ("beginning of ", [1, 5]),
    ("mid ", [12, 18]),
    ("late ", [28, 31]),
    ("end of ", [28, 31]),
];

/// Words before a year for a part of it, with a month of that part.
const PARTS_OF_A_YEAR: [(&str, &str); 7] = [
    ("early ", "02"),
    ("start of ", "01"),
    ("beginning of ", "01"),
    ("mid ", "06"),
    ("middle of ", "06"),
    ("late ", "11"),
    ("end of ", "12"),
];

/// A year as the month of it that the sentence means; another time as it is.
pub(super) fn part_of_year(time: &str, sentence: &str) -> String {
    let named =
        part(&PARTS_OF_A_YEAR, time, sentence).or_else(|| part(&PARTS_OF_A_YEAR, "last year", sentence));
    let month = named.filter(|_| time.len() == 4);
    month.map_or_else(|| time.to_owned(), |month| format!("{time}-{month}"))
}

/// What belongs to the part of a month or year that the sentence names: "early 2025", "mid-March".
fn part<'p, T>(parts: &'p [(&str, T)], name: &str, sentence: &str) -> Option<&'p T> {
    let lower = sentence.to_lowercase().replace('-', " ");
    parts.iter().find(|(word, _)| lower.contains(&format!("{word}{name}"))).map(|(_, told)| told)
}

/// Days of a month on which a claim about it, or about the part of it that the sentence names, is tried.
fn days_of_month(year: i16, month: i8, sentence: &str) -> Option<Vec<Date>> {
    let last = Date::new(year, month, 1).ok()?.last_of_month();
    let name = MONTHS.get(usize::try_from(month - 1).ok()?)?;
    let part = part(&PARTS_OF_A_MONTH, name, sentence).map(|days| days.to_vec());
    let days = part.unwrap_or_else(|| DAYS_OF_A_MONTH.to_vec());
    days.into_iter().map(|day| Date::new(year, month, day.min(last.day())).ok()).collect()
}

/// Days of an ISO date or prefix, oldest first; none for what is neither. The sentence may name a part of a month.
fn period(prefix: &str, sentence: &str) -> Vec<Date> {
    let mut parts = prefix.split('-');
    let Some(year) = parts.next().and_then(|year| year.parse::<i16>().ok()) else { return Vec::new() };
    let mut number = || parts.next().map(|part| part.parse::<i8>().unwrap_or(0));
    let days: Vec<Option<Date>> = match (number(), number()) {
        (Some(month), Some(day)) => vec![Date::new(year, month, day).ok()],
        (Some(month), None) => return days_of_month(year, month, sentence).unwrap_or_default(),
        (None, _) => {
            MONTHS_OF_A_YEAR.iter().map(|m| Date::new(year, *m, 1).ok().map(Date::last_of_month)).collect()
        }
    };
    days.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_is_tried_on_days_of_it() {
        assert_eq!(period("2024-02-21", ""), [date(2024, 2, 21)]);
        assert_eq!(
            period("2023-11", "In November 2023"),
            [date(2023, 11, 10), date(2023, 11, 20), date(2023, 11, 30)]
        );
        assert_eq!(period("2024", "").last(), Some(&date(2024, 12, 31)));
        assert_eq!(period("2024-02", "By late February it led"), [date(2024, 2, 28), date(2024, 2, 29)]);
        assert!(period("last spring", "").is_empty() && period("2024-13", "").is_empty());
    }
}
