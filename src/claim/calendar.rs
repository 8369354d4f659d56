//! Words that name a time in; a date token out: "May 1, 2026", "late 2024", "Q1 2026", "in November".

use super::class::Class;
use super::token::{Kind, Line};
use crate::names::MONTHS;

/// A day, month, quarter or year as printed; what is not printed is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    /// The months a quarter or season spans, when it is one.
    pub(super) until: Option<i8>,
}

/// Words before which a season or a bare "may" and "march" is a time.
const BEFORE_TIME: [&str; 14] = [
    "in", "since", "by", "last", "this", "of", "until", "through", "from", "between", "early", "late", "mid",
    "as",
];
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2040;

/// Joins the words of each time into one token.
pub(super) fn merge(line: &mut Line<'_>) {
    let mut i = 0;
    while i < line.len() {
        if let Some((moment, end)) = read(line, i) {
            line.join(i, end, Kind::Moment(moment), Class::DATE);
        }
        i += 1;
    }
}

fn read(line: &Line<'_>, i: usize) -> Option<(Moment, usize)> {
    let word = line.low(i);
    let first = *word.as_bytes().first()?;
    if !line.is(i, Class::WORD) {
        return None;
    }
    if first.is_ascii_digit() {
        return iso(line, i).or_else(|| day_month(line, i)).or_else(|| bare_year(line, i));
    }
    let qualified = word.rsplit('-').next().filter(|_| word.contains('-')).and_then(year_of);
    if let Some(year) =
        qualified.filter(|_| word.starts_with("mid") || word.starts_with("late") || word.starts_with("early"))
    {
        // "Mid-2024" is the middle of it.
        let month = Some(match &word[..1] {
            "m" => 6,
            "l" => 11,
            _ => 2,
        });
        return Some((Moment { year: Some(year), month, day: None, until: None }, i + 1));
    }
    // "mid-July", "late-May 2025"
    let part = word.split_once('-').filter(|(part, _)| matches!(*part, "mid" | "late" | "early"));
    if let Some(month) = part.and_then(|(_, month)| month_of(month)) {
        let year = year_of(line.low(i + 1));
        let end = i + 1 + usize::from(year.is_some());
        return Some((Moment { year, month: Some(month), day: None, until: None }, end));
    }
    if let Some((month, until)) = period(line, i) {
        let of = usize::from(line.low(i + 1) == "of");
        return match year_of(line.low(i + 1 + of)) {
            Some(year) => Some((
                Moment { year: Some(year), month: Some(month), day: None, until: Some(until) },
                i + 2 + of,
            )),
            None => Some((Moment { year: None, month: Some(month), day: None, until: Some(until) }, i + 1)),
        };
    }
    month_day_year(line, i)
}

/// "May 1, 2026", "Nov 2023", "January 10th", "in March".
fn month_day_year(line: &Line<'_>, i: usize) -> Option<(Moment, usize)> {
    let month = month_of(line.low(i))?;
    let mut end = i + 1;
    // "Jan. 2025"
    let dot = usize::from(
        line.low(i).len() <= 4
            && line.low(end) == "."
            && (day_of(line.low(end + 1)).is_some() || year_of(line.low(end + 1)).is_some()),
    );
    end += dot;
    let day = day_of(line.low(end));
    end += usize::from(day.is_some());
    let comma = usize::from(line.low(end) == ",");
    let year = year_of(line.low(end + comma));
    if year.is_some() {
        end += comma + 1;
    }
    let before = if i == 0 { "" } else { line.low(i - 1) };
    let capital = line.is(i, Class::CAPITAL);
    let is_time = year.is_some()
        || (day.is_some() && capital)
        || (capital && BEFORE_TIME.contains(&before))
        || (capital && line.low(i).len() > 5);
    is_time.then_some((Moment { year, month: Some(month), day, until: None }, end))
}

/// "10 January 2025".
fn day_month(line: &Line<'_>, i: usize) -> Option<(Moment, usize)> {
    let day = day_of(line.low(i))?;
    let month = month_of(line.low(i + 1)).filter(|_| line.is(i + 1, Class::CAPITAL))?;
    let year = year_of(line.low(i + 2));
    Some((
        Moment { year, month: Some(month), day: Some(day), until: None },
        i + 2 + usize::from(year.is_some()),
    ))
}

/// "2025-09-09", "2024.09.19", "2025-09".
fn iso(line: &Line<'_>, i: usize) -> Option<(Moment, usize)> {
    let year = year_of(line.low(i).get(..4)?)?;
    let part = |text: &str| (text.len() == 2).then(|| text.parse::<i8>().ok()).flatten();
    let word = line.low(i);
    if word.len() == 10 && word.as_bytes()[4] == b'.' {
        let (month, day) = (part(&word[5..7])?, part(&word[8..10])?);
        return (month <= 12 && day <= 31).then_some((
            Moment { year: Some(year), month: Some(month), day: Some(day), until: None },
            i + 1,
        ));
    }
    if word.len() != 4 || line.low(i + 1) != "-" {
        return None;
    }
    let month = part(line.low(i + 2)).filter(|month| (1..=12).contains(month))?;
    let day = (line.low(i + 3) == "-")
        .then(|| part(line.low(i + 4)))
        .flatten()
        .filter(|day| (1..=31).contains(day));
    Some((
        Moment { year: Some(year), month: Some(month), day, until: None },
        i + if day.is_some() { 5 } else { 3 },
    ))
}

fn bare_year(line: &Line<'_>, i: usize) -> Option<(Moment, usize)> {
    let year = year_of(line.low(i))?;
    // "2024 models" counts models; "$2024" and "2000 tokens" are amounts.
    let is_amount = i > 0 && matches!(line.low(i - 1), "$" | "€" | "£" | "~" | "than" | "about");
    let counts = matches!(
        line.low(i + 1),
        "%" | "tokens" | "models" | "points" | "gpus" | "downloads" | "elo" | "problems"
    );
    (!is_amount && !counts && year >= 2000 || (1990..2000).contains(&year) && !counts)
        .then_some((Moment { year: Some(year), month: None, day: None, until: None }, i + 1))
}

/// A quarter, half or season as the first and last month.
fn period(line: &Line<'_>, i: usize) -> Option<(i8, i8)> {
    let season = match line.low(i) {
        "q1" => return Some((1, 3)),
        "q2" => return Some((4, 6)),
        "q3" => return Some((7, 9)),
        "q4" => return Some((10, 12)),
        "h1" => return Some((1, 6)),
        "h2" => return Some((7, 12)),
        "spring" => (3, 5),
        "summer" => (6, 8),
        "autumn" | "fall" => (9, 11),
        "winter" => (12, 12),
        _ => return None,
    };
    let before = if i == 0 { "" } else { line.low(i - 1) };
    (BEFORE_TIME.contains(&before) || before == "the" || year_of(line.low(i + 1)).is_some()).then_some(season)
}

fn month_of(word: &str) -> Option<i8> {
    let full = MONTHS.iter().position(|month| *month == word);
    let short = || {
        let stem = word.trim_end_matches('.');
        (stem.len() == 3 || stem == "sept")
            .then(|| MONTHS.iter().position(|month| month.starts_with(stem)))
            .flatten()
    };
    full.or_else(short).and_then(|i| i8::try_from(i + 1).ok())
}

fn year_of(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| YEARS.contains(year))
}

fn day_of(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let is_day = (1..=2).contains(&digits.len()) && matches!(ending, "" | "st" | "nd" | "rd" | "th");
    is_day.then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::super::token::tests::words;

    #[test]
    fn times_are_one_token() {
        assert_eq!(words("On May 1, 2026 it may run"), ["on", "may 1 , 2026", "it", "may", "run"]);
        assert_eq!(words("since late 2024, in November"), ["since", "late", "2024", ",", "in", "november"]);
        assert_eq!(words("by mid-July 2025 or mid-May"), ["by", "mid-july 2025", "or", "mid-may"]);
        assert_eq!(words("Q1 2026 and 2025-09-09"), ["q1 2026", "and", "2025 - 09 - 09"]);
    }
}
