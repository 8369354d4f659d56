//! "One in five", "two thirds", "twice", "third", "a year" in; the quantity these words are out.

use super::comparator::comparator_before;
use super::number::{digits, small, spelled};
use super::quantity::Quantity;
use super::token::Line;
use crate::reported::Unit;

/// "half", "a third", "two thirds", "one in five", "4 out of 5", "most" is left to the rules.
pub(super) fn fraction(line: &Line<'_>, i: usize) -> Option<(Quantity, usize)> {
    let percent = |value: f64, end: usize| {
        let quantity = Quantity {
            value,
            high: None,
            unit: Some(Unit::Percent),
            comparator: None,
            step: 1.0,
            foreign: false,
            scaled: false,
            sign: false,
        };
        Some((quantity, end))
    };
    let part = |word: &str| match word {
        "half" | "halves" => Some(2.0),
        "third" | "thirds" => Some(3.0),
        "quarter" | "quarters" | "fourth" | "fourths" => Some(4.0),
        "fifth" | "fifths" => Some(5.0),
        "tenth" | "tenths" => Some(10.0),
        _ => None,
    };
    let word = line.low(i);
    if word == "half"
        && matches!(line.low(i + 1), "of" | "the" | "all" | "its" | "their")
        && line.low(i.wrapping_sub(1)) != "first"
    {
        return percent(50.0, i + 1);
    }
    let of_follows = |end: usize| matches!(line.low(end), "of" | "the" | "all");
    if matches!(word, "a" | "one") && part(line.low(i + 1)).is_some() && of_follows(i + 2) {
        return percent(100.0 / part(line.low(i + 1))?, i + 2);
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
    let of = if line.low(i + 1) == "in" {
        2
    } else if line.low(i + 1) == "out" && line.low(i + 2) == "of" {
        3
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

/// "twice", "double", "a year" after a comparator or before "behind".
pub(super) fn word_unit(line: &Line<'_>, i: usize) -> Option<(Quantity, usize)> {
    let some = |value: f64, unit: Unit, end: usize| {
        Some((
            Quantity {
                value,
                high: None,
                unit: Some(unit),
                comparator: None,
                step: 1.0,
                foreign: false,
                scaled: false,
                sign: false,
            },
            end,
        ))
    };
    match line.low(i) {
        "twice" | "double" if !matches!(line.low(i + 1), "down" | "check" | "checked" | "-") => {
            return some(2.0, Unit::Times, i + 1);
        }
        "thrice" | "triple" => return some(3.0, Unit::Times, i + 1),
        "first" if !matches!(line.low(i + 1), "time" | ",") => return some(1.0, Unit::Rank, i + 1),
        "second" if !matches!(line.low(i + 1), "." | "," | ")") => return some(2.0, Unit::Rank, i + 1),
        "third" => return some(3.0, Unit::Rank, i + 1),
        "fourth" => return some(4.0, Unit::Rank, i + 1),
        "fifth" => return some(5.0, Unit::Rank, i + 1),
        "sixth" => return some(6.0, Unit::Rank, i + 1),
        "seventh" => return some(7.0, Unit::Rank, i + 1),
        "eighth" => return some(8.0, Unit::Rank, i + 1),
        "ninth" => return some(9.0, Unit::Rank, i + 1),
        "tenth" => return some(10.0, Unit::Rank, i + 1),
        "no" if line.low(i + 1) == "." => {
            let rank = digits(line.low(i + 2)).filter(|rank| rank.value <= 200.0 && rank.step >= 1.0)?;
            return some(rank.value, Unit::Rank, i + 3)
                .map(|(rank, end)| (Quantity { sign: true, ..rank }, end));
        }
        "#" => {
            let rank = digits(line.low(i + 1)).filter(|rank| rank.value <= 200.0 && rank.step >= 1.0)?;
            return some(rank.value, Unit::Rank, i + 2)
                .map(|(rank, end)| (Quantity { sign: true, ..rank }, end));
        }
        _ => {}
    }
    let word = line.low(i);
    if let Some(stem) = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))
        && let Ok(rank) = stem.parse::<u16>()
    {
        return some(f64::from(rank), Unit::Rank, i + 1);
    }
    let half = usize::from(line.low(i + 1) == "half" && matches!(line.low(i + 2), "a" | "an"));
    if matches!(word, "a" | "an" | "one") || (word == "half" && matches!(line.low(i + 1), "a" | "an")) {
        let at = i + if word == "half" { 2 } else { 1 + 2 * half };
        let mut value = if word == "half" { 0.5 } else { 1.0 };
        let unit = match line.low(at) {
            "year" => Unit::Years,
            "month" => Unit::Months,
            "generation" => return None,
            _ => return None,
        };
        let mut end = at + 1;
        if line.low(end) == "and" && line.low(end + 1) == "a" && line.low(end + 2) == "half" {
            value += 0.5;
            end += 3;
        }
        let before = if i == 0 { "" } else { line.low(i - 1) };
        let (comparator, _) = comparator_before(line, i);
        let counts = comparator.is_some()
            || matches!(before, "by" | "of" | "roughly" | "behind" | "trailing" | "only" | "just")
            || matches!(line.low(end), "behind" | "ahead" | "late" | "old" | "lag" | "lead" | "gap");
        return counts.then(|| some(value, unit, end)).flatten();
    }
    None
}
