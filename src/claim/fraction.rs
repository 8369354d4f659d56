//! "One in five", "two thirds", "half of", "nine times in ten" in; the proportion these words are out.

use super::class::Class;
use super::number::{ordinal, small, spelled};
use super::quantity::Quantity;
use super::token::Line;
use crate::reported::Unit;

/// A fraction in words is good to within half of this share of it: nobody says "a third" of exactly 33.3 percent.
const FRACTION_SHARE: f64 = 0.15;

/// "half", "a third", "two thirds", "one in five", "4 out of 5", "most" is left to the rules.
pub(super) fn fraction(line: &Line<'_>, i: usize) -> Option<(Quantity, usize)> {
    let between = |value: f64, high: Option<f64>, end: usize| {
        let quantity = Quantity {
            value,
            high,
            unit: Some(Unit::Percent),
            comparator: None,
            step: (FRACTION_SHARE * value).max(1.0),
            foreign: false,
            scaled: false,
            sign: false,
        };
        Some((quantity, end))
    };
    let percent = |value: f64, end: usize| between(value, None, end);
    let word = line.low(i);
    let before = line.low(i.wrapping_sub(1));
    // "Between a tenth and a third".
    if before == "between"
        && let Some((low, end)) = plain(line, i)
        && line.low(end) == "and"
        && let Some((high, end)) = plain(line, end + 1)
    {
        return between(low, Some(high), end);
    }
    // "The bottom half", "the top third": so many of the places.
    if matches!(before, "top" | "bottom" | "upper" | "lower")
        && let Some(parts) = part(word).filter(|_| !word.ends_with('s'))
    {
        return percent(100.0 / parts, i + 1);
    }
    if word == "half" && is_share_of(line, i) && !matches!(before, "first" | "second" | "latter") {
        return percent(50.0, i + 1);
    }
    if matches!(word, "a" | "one" | "every") {
        let parts = line.low(i + 1);
        // "one sixty-eighth"
        let parts = part(parts).or_else(|| {
            let (ten, parts) = parts.split_once('-').filter(|_| word == "one")?;
            Some(small(ten)? + ordinal(parts)?)
        });
        let counts = match word {
            "every" => parts.is_some_and(|parts| parts > 2.0) && line.is(i + 2, Class::WORD),
            _ => is_share_of(line, i + 1) || line.low(i + 2) == "part",
        };
        if let Some(parts) = parts.filter(|_| counts) {
            return percent(100.0 / parts, i + 2 + usize::from(line.low(i + 2) == "part"));
        }
    }
    // "One legal department in three": the noun stands between.
    if word == "in"
        && let Some(whole) = small(line.low(i + 1)).filter(|whole| *whole >= 3.0 && of_all(line, i + 1))
        && let Some(one) =
            (i.saturating_sub(5)..i.saturating_sub(1)).rev().find(|at| small(line.low(*at)).is_some())
        && (one + 1..i).all(|at| line.is(at, Class::WORD))
    {
        return percent(100.0 * small(line.low(one))? / whole, i + 2);
    }
    let whole = spelled(line, i).filter(|whole| whole.value < 10.0 && word != "a");
    let hyphen = usize::from(line.low(i + 1) == "-");
    if let Some(whole) = whole
        && let Some(parts) =
            part(line.low(i + 1 + hyphen)).filter(|_| line.low(i + 1 + hyphen).ends_with('s'))
    {
        return percent(100.0 * whole.value / parts, i + 2 + hyphen);
    }
    if let Some((whole, parts)) = word.split_once('-')
        && let (Some(whole), Some(parts)) = (small(whole), part(parts))
        && parts > 2.0
    {
        return percent(100.0 * whole / parts, i + 1);
    }
    // "Nine times in ten", "four out of five".
    let times = usize::from(line.low(i + 1) == "times");
    let of = if line.low(i + 1 + times) == "in" {
        2 + times
    } else if line.low(i + 1 + times) == "out" && line.low(i + 2 + times) == "of" {
        3 + times
    } else {
        return None;
    };
    let out_of = |at: usize| {
        small(line.low(at)).or_else(|| line.low(at).parse::<f64>().ok().filter(|value| value.fract() == 0.0))
    };
    let (part, whole) = (out_of(i)?, out_of(i + of).filter(|_| of_all(line, i + of))?);
    (part > 0.0 && part < whole && whole <= 1000.0)
        .then(|| percent(100.0 * part / whole, i + of + 1))
        .flatten()
}

/// A fraction by itself, with no word about what it is of: "half", "a third", "two thirds".
fn plain(line: &Line<'_>, i: usize) -> Option<(f64, usize)> {
    if line.low(i) == "half" {
        return Some((50.0, i + 1));
    }
    let parts = part(line.low(i + 1))?;
    let count = if line.low(i) == "a" { 1.0 } else { small(line.low(i))? };
    Some((100.0 * count / parts, i + 2))
}

/// How many of these parts make the whole.
fn part(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "quarter" | "quarters" => 4.0,
        _ => ordinal(word.strip_suffix('s').unwrap_or(word)).filter(|parts| *parts > 2.0)?,
    })
}

/// Whether "half" or "a third" at `i` is a part of something, and not a time, a place or a third thing.
fn is_share_of(line: &Line<'_>, i: usize) -> bool {
    let before = (1..=2).any(|back| {
        i.checked_sub(back).is_some_and(|at| {
            matches!(
                line.low(at),
                "by" | "past"
                    | "than"
                    | "under"
                    | "over"
                    | "about"
                    | "around"
                    | "nearly"
                    | "almost"
                    | "roughly"
                    | "below"
            )
        })
    });
    let next = line.low(i + 1);
    // "A third come from China".
    let is_said_of = matches!(next, "come" | "comes" | "came" | "hail" | "hails" | "belong" | "belongs")
        && matches!(line.low(i + 2), "from" | "to");
    is_said_of
        || matches!(
            next,
            "of" | "the"
                | "all"
                | "its"
                | "their"
                | "as"
                | "what"
                | "that"
                | "less"
                | "more"
                | "fewer"
                | "cheaper"
                | "faster"
                | "slower"
                | "lower"
                | "higher"
                | "smaller"
                | "larger"
                | "bigger"
                | "sooner"
                | "better"
                | "off"
                | "are"
        )
        || (before
            && (line.is(i + 1, Class::MARK) || i + 1 >= line.len() || matches!(next, "and" | "in" | "since")))
}

/// "in five" is a fraction; "in 2024", "in 5 minutes" and "in two years" are not.
fn of_all(line: &Line<'_>, i: usize) -> bool {
    !matches!(
        line.low(i + 1),
        "years"
            | "months"
            | "weeks"
            | "days"
            | "minutes"
            | "hours"
            | "%"
            | "tokens"
            | "benchmarks"
            | "tests"
            | "languages"
    )
}
