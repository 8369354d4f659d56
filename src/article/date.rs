//! Dates as people write them in metadata and above articles: full, month or year in; a day out.

use crate::error::{Error, Result};
use jiff::civil::Date;

/// Reads `2024-02-21`, `2024-02`, `2024`, a time stamp that begins with a date, or a day in words (`21 February 2024`,
/// `Feb 21, 2024`). A month or a year stands for its last day: what is so dated may speak of anything up to then.
///
/// # Errors
///
/// `Error::Date` for anything else.
///
/// ```
/// use benchclaim::article::parse_date;
/// assert_eq!(parse_date("2024-02").unwrap(), jiff::civil::date(2024, 2, 29));
/// ```
pub fn parse_date(text: &str) -> Result<Date> {
    let text = text.trim();
    in_digits(text).or_else(|| in_words(text)).ok_or_else(|| Error::Date { text: text.to_owned() })
}

/// A day as the line above an article gives it: "Published 14 December 2023", "By Jo Lee | 2023-12-14".
pub(super) fn dateline(line: &str) -> Option<Date> {
    let pieces = line.split(['|', '\u{b7}', '\u{2014}', '\u{2013}', '\u{2022}', ';']);
    pieces.map(str::trim).find_map(|piece| {
        let bare = LEADS.iter().fold(piece, |piece, lead| {
            let begins = piece.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead));
            if begins { piece[lead.len()..].trim_start_matches([':', ',', ' ']) } else { piece }
        });
        let is_whole =
            bare.len() == FULL_DATE.len() && bare.bytes().filter(|byte| *byte == b'-').count() == 2;
        if is_whole { in_digits(bare) } else { in_words(bare) }
    })
}

/// What stands before the day on such a line.
const LEADS: [&str; 6] = ["first published", "published", "posted", "updated", "date", "on "];

const FULL_DATE: &str = "2023-12-14";

/// Formats of a day in words.
const IN_WORDS: [&str; 6] =
    ["%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y"];

fn in_words(text: &str) -> Option<Date> {
    IN_WORDS.iter().find_map(|format| Date::strptime(format, text).ok())
}

fn in_digits(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let mut parts = day.split(['-', '/']);
    let year = number(parts.next()?, 4)?;
    let Some(month) = parts.next() else { return Date::new(year, 12, 31).ok() };
    let month = i8::try_from(number(month, 2)?).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    match (parts.next(), parts.next()) {
        (None, _) => Some(first.last_of_month()),
        (Some(day), None) => Date::new(year, month, i8::try_from(number(day, 2)?).ok()?).ok(),
        _ => None,
    }
}

/// A number of at most `digits` digits; years have exactly four.
fn number(text: &str, digits: usize) -> Option<i16> {
    let right = text.len() == digits || (digits == 2 && text.len() == 1);
    (right && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn full_and_partial_dates() {
        let read = |text| parse_date(text).ok();
        assert_eq!(read("2025-09-09"), Some(date(2025, 9, 9)));
        assert_eq!(read("2025-09-09T12:00:00Z"), Some(date(2025, 9, 9)));
        assert_eq!(read(" 2025/9/9 "), Some(date(2025, 9, 9)));
        assert_eq!(read("2025-12"), Some(date(2025, 12, 31)));
        assert_eq!(read("2025"), Some(date(2025, 12, 31)));
        assert_eq!(read("14 December 2023"), Some(date(2023, 12, 14)));
        assert_eq!(read("Dec 14, 2023"), Some(date(2023, 12, 14)));
    }

    #[test]
    fn a_dateline_is_a_day_and_nothing_else() {
        for line in [
            "14 December 2023",
            "Published: December 14, 2023",
            "By Jo Lee | 2023-12-14",
            "Posted on 14 Dec 2023",
        ] {
            assert_eq!(dateline(line), Some(date(2023, 12, 14)), "{line}");
        }
        for line in ["2023", "Qwen came out on 14 December 2023", "2023-12", "GPT-4"] {
            assert_eq!(dateline(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "soon", "2025-13", "2025-02-30", "25-01-01", "2025-01-01-01", "٢٠٢٥"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }
}
