//! Tokens of a printed name in; the qualifiers among them out: dates, thinking effort and budget.

use super::token::{Separator, Token, is_length};

/// A date at `at`, normalised to its digits (`20241022`, `202410`, `1022`), and how many tokens it takes.
pub(crate) fn date_at(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let text = |offset: usize| -> &str {
        tokens
            .get(at + offset)
            .filter(|t| offset == 0 || t.separator != Separator::Glued)
            .map_or("", |t| t.text.as_str())
    };
    let (first, second, third) = (text(0), text(1), text(2));
    if let Some(month) = month_named(first) {
        return match (is_day(second), is_year(second), is_year(third)) {
            (true, _, true) => Some((format!("{third}{month:02}{second:0>2}"), 3)),
            (_, true, _) => Some((format!("{second}{month:02}"), 2)),
            _ if second.len() == 2 && is_short_year(second) => Some((format!("20{second}{month:02}"), 2)),
            _ => None,
        };
    }
    if let Some((year, month)) = first.split_once('.') {
        return (is_short_year(year) && is_month(month)).then(|| (format!("20{year}{month}"), 1));
    }
    if !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match first.len() {
        8 if is_year(&first[..4]) && is_month(&first[4..6]) && is_two_digit_day(&first[6..]) => {
            Some((first.to_owned(), 1))
        }
        6 if is_year(&first[..4]) && is_month(&first[4..]) => Some((first.to_owned(), 1)),
        6 if is_short_year(&first[..2]) && is_month(&first[2..4]) && is_two_digit_day(&first[4..]) => {
            Some((format!("20{first}"), 1))
        }
        4 if is_year(first) => match (is_month(second), is_two_digit_day(third)) {
            (true, true) => Some((format!("{first}{second}{third}"), 3)),
            (true, false) => Some((format!("{first}{second}"), 2)),
            _ => None,
        },
        4 if is_month(&first[..2]) && is_two_digit_day(&first[2..]) => Some((first.to_owned(), 1)),
        4 if is_short_year(&first[..2]) && is_month(&first[2..]) => Some((format!("20{first}"), 1)),
        2 if is_month(first) && is_year(second) => Some((format!("{second}{first}"), 2)),
        2 if is_month(first) && is_two_digit_day(second) && is_year(third) => {
            Some((format!("{third}{first}{second}"), 3))
        }
        2 if is_short_year(first) && is_month(second) && is_two_digit_day(third) => {
            Some((format!("20{first}{second}{third}"), 3))
        }
        2 if is_month(first) && is_two_digit_day(second) => Some((format!("{first}{second}"), 2)),
        _ => None,
    }
}

/// Whether two date qualifiers can be the same day: equal, or one the shortened form of the other.
pub(crate) fn dates_agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    match (short.len(), long.len()) {
        (a, b) if a == b => short == long,
        (4, 8) => &long[4..] == short,
        (6, 8) => long.starts_with(short),
        _ => false,
    }
}

/// A statement of thinking effort or budget at `at`, written one way (`high`, `thinking-16k`, `no-thinking`), and how
/// many tokens it takes. An empty text is "the default".
pub(crate) fn effort_at(
    tokens: &[Token],
    at: usize,
    levels_are_efforts: LevelWords,
) -> Option<(String, usize)> {
    let token = tokens.get(at)?;
    let text = |offset: usize| tokens.get(at + offset).map_or("", |t| t.text.as_str());
    let is_last = at + 1 == tokens.len();
    // "gpt-5-high-2025-08-07": a day may stand behind it.
    let is_dated = || date_at(tokens, at + 1).is_some_and(|(_, taken)| at + 1 + taken == tokens.len());
    match (token.text.as_str(), text(1)) {
        ("no" | "non", next) if is_thinking(next) => Some(("no-thinking".to_owned(), 2)),
        ("concise" | "verbose", _) if is_last => Some((token.text.clone(), 1)),
        ("nonthinking" | "nothinking", _) => Some(("no-thinking".to_owned(), 1)),
        ("default", next) if is_thinking(next) => {
            Some((String::new(), if text(2) == "length" { 3 } else { 2 }))
        }
        ("default", _) if token.bracketed => Some((String::new(), 1)),
        (length, next) if is_length(length) && is_thinking(next) => {
            Some((format!("thinking-{length}"), if text(2) == "tokens" { 3 } else { 2 }))
        }
        (word, length) if is_thinking(word) && is_length(length) => {
            Some((format!("thinking-{length}"), if text(2) == "tokens" { 3 } else { 2 }))
        }
        (word, level) if is_thinking(word) && is_level(level) => Some((format!("thinking-{level}"), 2)),
        (length, _) if is_length(length) && is_last && token.separator == Separator::Underscore => {
            Some((format!("thinking-{length}"), 1))
        }
        (level, "effort" | "reasoning") if is_level(level) || level == "max" => Some((level.to_owned(), 2)),
        ("high" | "low" | "minimal" | "xhigh", _) if token.bracketed || is_last || is_dated() => {
            Some((token.text.clone(), 1))
        }
        ("medium" | "max" | "none", _)
            if token.bracketed
                || (is_last
                    && (token.separator == Separator::Underscore
                        || levels_are_efforts == LevelWords::Efforts)) =>
        {
            Some((token.text.clone(), 1))
        }
        _ => None,
    }
}

/// What a trailing "medium" or "max" means in a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LevelWords {
    /// How hard the model thinks, as in `o3-medium`.
    Efforts,
    /// Which model it is, as in `phi-3-medium`.
    Tiers,
}

fn is_thinking(word: &str) -> bool {
    matches!(word, "thinking" | "think" | "reasoning")
}

fn is_level(word: &str) -> bool {
    matches!(word, "high" | "medium" | "low" | "minimal" | "xhigh" | "none")
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && number(text).is_some_and(|n| (2018..=2035).contains(&n))
}

fn is_short_year(text: &str) -> bool {
    text.len() == 2 && number(text).is_some_and(|n| (22..=29).contains(&n))
}

fn is_month(text: &str) -> bool {
    text.len() == 2 && number(text).is_some_and(|n| (1..=12).contains(&n))
}

fn is_two_digit_day(text: &str) -> bool {
    text.len() == 2 && is_day(text)
}

fn is_day(text: &str) -> bool {
    text.len() <= 2 && number(text).is_some_and(|n| (1..=31).contains(&n))
}

/// The months in English, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_named(word: &str) -> Option<u32> {
    let is_short = |month: &str| {
        (word.len() == 3 && month.starts_with(word)) || (word == "sept" && month == "september")
    };
    let at = MONTHS.iter().position(|month| word == *month || is_short(month))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::token::tokens;

    fn date(printed: &str) -> Option<String> {
        date_at(&tokens(printed), 0).map(|(date, _)| date)
    }

    #[test]
    fn dates_are_written_one_way() {
        for printed in ["20241022", "2024-10-22", "10-22-2024", "24-10-22", "241022"] {
            assert_eq!(date(printed).as_deref(), Some("20241022"), "{printed}");
        }
        assert_eq!(date("Oct 2024").as_deref(), Some("202410"));
        assert_eq!(date("08-2024").as_deref(), Some("202408"));
        assert_eq!(date("2407").as_deref(), Some("202407"));
        assert_eq!(date("25.01").as_deref(), Some("202501"));
        assert_eq!(date("0613").as_deref(), Some("0613"));
        assert_eq!(date("03-25").as_deref(), Some("0325"));
        for none in ["8192", "2024", "3.5", "001", "70b", "may", "2048"] {
            assert_eq!(date(none), None, "{none}");
        }
    }

    #[test]
    fn shortened_dates_agree_with_the_full_one() {
        assert!(dates_agree("0806", "20240806") && dates_agree("20240806", "202408"));
        assert!(!dates_agree("0806", "20240807") && !dates_agree("0806", "202408"));
    }

    #[test]
    fn efforts_are_written_one_way() {
        let effort = |printed: &str| {
            let tokens = tokens(printed);
            (1..tokens.len())
                .find_map(|at| effort_at(&tokens, at, LevelWords::Efforts))
                .map(|(effort, _)| effort)
        };
        for printed in ["x (16k thinking)", "x-thinking-16k", "x_16K", "x (16k thinking tokens)"] {
            assert_eq!(effort(printed).as_deref(), Some("thinking-16k"), "{printed}");
        }
        assert_eq!(effort("x (no think)").as_deref(), Some("no-thinking"));
        assert_eq!(effort("x_high").as_deref(), Some("high"));
        assert_eq!(effort("x (default think)").as_deref(), Some(""));
        assert_eq!(effort("x-128k-instruct"), None);
    }
}
