//! Dates as people write them in metadata: full, month or year in; a day out.

use crate::error::{Error, Result};
use jiff::civil::Date;

/// Reads `2024-02-21`, `2024-02`, `2024`, or a time stamp that begins with a date. A month or a year stands for
/// its last day: what is so dated may speak of anything up to then.
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
    find(text.trim()).ok_or_else(|| Error::Date { text: text.to_owned() })
}

fn find(text: &str) -> Option<Date> {
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
    }

    #[test]
    fn what_is_no_date() {
        for text in ["", "soon", "2025-13", "2025-02-30", "25-01-01", "2025-01-01-01", "٢٠٢٥"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }
}
