//! Numbers and quantities as people read them: values and units in, phrases out.

use crate::reported::{Comparator, Reported, Unit};

/// A space at which no line breaks.
const FIXED_SPACE: char = '\u{A0}';

/// A probability with two digits; what rounds to certainty is said to be near it.
pub(crate) fn probability(support: f64) -> String {
    match support {
        s if s >= 0.995 => "> 0.99".to_owned(),
        s if s < 0.005 => "< 0.01".to_owned(),
        s => format!("{s:.2}"),
    }
}

/// Thousands set apart by commas, from 10,000 up. `plain` is a number without sign.
pub(crate) fn grouped(plain: &str) -> String {
    let (whole, rest) = plain.split_once('.').map_or((plain, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A number with as many digits as a reader needs and a real minus.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "unknown"
        } else if value > 0.0 {
            "∞"
        } else {
            "\u{2212}∞"
        }
        .to_owned();
    }
    let size = value.abs();
    let digits = match size {
        s if s >= 1000.0 => 0,
        s if s >= 10.0 => 1,
        _ => 2,
    };
    let mut plain = format!("{size:.digits$}");
    if plain.contains('.') {
        plain.truncate(plain.trim_end_matches('0').trim_end_matches('.').len());
    }
    let sign = if value < 0.0 && plain != "0" { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(&plain))
}

/// A number with up to two decimals, for the ends of a claimed range: 76.25, where a reader's 76.3 would mislead.
pub(crate) fn precise(value: f64) -> String {
    if value.is_finite() && value.abs() < 1000.0 {
        let sign = if value < 0.0 { "\u{2212}" } else { "" };
        let plain = format!("{:.2}", value.abs());
        let plain = plain.trim_end_matches('0').trim_end_matches('.');
        return if plain == "0" { plain.to_owned() } else { format!("{sign}{plain}") };
    }
    number(value)
}

/// The two ends of a claimed range; of one that is a printed number's rounding, the number as it was printed.
pub(crate) fn claimed(low: f64, high: f64) -> String {
    let (width, middle) = (high - low, f64::midpoint(low, high));
    let rounded = (0..=MOST_DECIMALS).find_map(|decimals| {
        let step = 10f64.powi(-decimals);
        let steps = middle / step;
        let is_its_rounding = (width / step - 1.0).abs() < 1e-6 && (steps - steps.round()).abs() < 1e-6;
        is_its_rounding.then(|| format!("{middle:.0$}", decimals as usize).replace('-', "\u{2212}"))
    });
    rounded.unwrap_or_else(|| format!("{} to {}", precise(low), precise(high)))
}

/// Decimals of printed numbers beyond which nothing is told.
const MOST_DECIMALS: i32 = 4;

/// The size in which large numbers of this unit are spoken of, and its name before the unit.
pub(crate) fn magnitude(largest: f64, unit: Unit) -> (f64, &'static str) {
    let sizes = [(1e12, "trillion "), (1e9, "billion "), (1e6, "million ")];
    match unit {
        Unit::Params | Unit::Tokens | Unit::Usd | Unit::Count => {
            sizes.into_iter().find(|(size, _)| largest.abs() >= *size).unwrap_or((1.0, ""))
        }
        _ => (1.0, ""),
    }
}

/// 70B, 1.5T, 350M: how parameters and tokens are spoken of.
fn abbreviated(value: f64) -> String {
    let (size, suffix) = [(1e12, "T"), (1e9, "B"), (1e6, "M")]
        .into_iter()
        .find(|(size, _)| value.abs() >= *size * 0.9995)
        .unwrap_or((1.0, ""));
    format!("{}{suffix}", number(value / size))
}

/// A value with its unit.
pub(crate) fn with_unit(value: f64, unit: Unit) -> String {
    let plural = |singular: &str, plural: &str| {
        let printed = number(value);
        let unit = if printed == "1" { singular } else { plural };
        format!("{printed}{FIXED_SPACE}{unit}")
    };
    match unit {
        Unit::Percent => format!("{}{FIXED_SPACE}%", number(value)),
        Unit::Points => plural("point", "points"),
        Unit::Elo => format!("{}{FIXED_SPACE}Elo", number(value)),
        Unit::Days => plural("day", "days"),
        Unit::Months => plural("month", "months"),
        // A calendar year is not "2,023 years".
        Unit::Years if (1900.0..2100.0).contains(&value) => format!("{value:.0}"),
        Unit::Years => plural("year", "years"),
        Unit::Usd => format!("${}", number(value)),
        Unit::UsdPerMtok => format!("${} per million tokens", number(value)),
        Unit::Params => format!("{}{FIXED_SPACE}parameters", abbreviated(value)),
        Unit::Tokens => format!("{}{FIXED_SPACE}tokens", abbreviated(value)),
        Unit::Count => number(value),
        Unit::Rank => format!("rank{FIXED_SPACE}{}", number(value)),
        Unit::Times => format!("{}×", number(value)),
    }
}

/// What an axis in this unit is called.
pub(crate) fn axis_label(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Points => "points",
        Unit::Elo => "Elo",
        Unit::Days => "days",
        Unit::Months => "months",
        Unit::Years => "years",
        Unit::Usd => "US dollars",
        Unit::UsdPerMtok => "US dollars per million tokens",
        Unit::Params => "parameters",
        Unit::Tokens => "tokens",
        Unit::Count => "count",
        Unit::Rank => "rank (1 is the top)",
        Unit::Times => "ratio",
    }
}

/// The printed number as a phrase: "at least 12 months", "2 to 3 years".
pub(crate) fn reported(reported: &Reported) -> String {
    let low = match reported.unit {
        Unit::Params | Unit::Tokens => abbreviated(reported.value),
        _ => number(reported.value),
    };
    let value = match reported.high {
        Some(high) => format!("{low} to {}", with_unit(high, reported.unit)),
        None => with_unit(reported.value, reported.unit),
    };
    match reported.comparator {
        None => value,
        Some(Comparator::Ge) => format!("at least {value}"),
        Some(Comparator::Le) => format!("at most {value}"),
        Some(Comparator::Gt) => format!("more than {value}"),
        Some(Comparator::Lt) => format!("less than {value}"),
        Some(Comparator::Approx) => format!("about {value}"),
    }
}

/// "2.1 to 4.3"
pub(crate) fn range(low: f64, high: f64) -> String {
    format!("{} to {}", number(low), number(high))
}

/// " (95 %: 2.1 to 4.3)", after the value whose interval it is.
pub(crate) fn interval(low: f64, high: f64) -> String {
    format!(" (95{FIXED_SPACE}%: {})", range(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounding_is_told_as_its_number() {
        assert_eq!(claimed(9.255, 9.265), "9.26");
        assert_eq!(claimed(87.95, 88.05), "88.0");
        assert_eq!(claimed(2.0, 3.0), "2 to 3");
        assert_eq!(claimed(-0.5, 0.5), "0");
        assert_eq!(claimed(76.0, 80.0), "76 to 80");
    }

    #[test]
    fn numbers_read_naturally() {
        for (value, text) in [
            (86.4, "86.4"),
            (0.0, "0"),
            (-0.001, "0"),
            (-3.25, "\u{2212}3.25"),
            (1287.4, "1287"),
            (1234567.0, "1,234,567"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(with_unit(7e10, Unit::Params), "70B\u{A0}parameters");
        assert_eq!(with_unit(999_999_999.0, Unit::Params), "1B\u{A0}parameters");
        assert_eq!(with_unit(2023.0, Unit::Years), "2023");
        assert_eq!(with_unit(1.0, Unit::Months), "1\u{A0}month");
        assert_eq!(number(f64::NAN), "unknown");
    }

    #[test]
    fn claimed_ends_keep_their_digits() {
        assert_eq!([76.25, -0.001, 12.0, -2.5].map(precise).join(" "), "76.25 0 12 \u{2212}2.5");
        assert_eq!(magnitude(3.1e12, Unit::Tokens), (1e12, "trillion "));
        assert_eq!(magnitude(3.1e12, Unit::Percent), (1.0, ""));
    }

    #[test]
    fn probabilities_never_claim_certainty() {
        assert_eq!([1.0, 0.0, 0.5].map(probability), ["> 0.99", "< 0.01", "0.50"]);
    }

    #[test]
    fn printed_numbers_keep_their_bounds() {
        let mut number = Reported::exact(2.0, Unit::Years, 1.0);
        number.high = Some(3.0);
        assert_eq!(reported(&number), "2 to 3\u{A0}years");
        number = Reported { comparator: Some(Comparator::Ge), high: None, ..number };
        assert_eq!(reported(&number), "at least 2\u{A0}years");
    }
}
