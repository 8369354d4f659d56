//! "Twice", "third", "fivefold", "a year and a half" in; the multiple, place or duration these words are out.

use super::comparator::comparator_before;
use super::number::{digits, ordinal, small};
use super::quantity::Quantity;
use super::token::Line;
use crate::reported::Unit;

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
        // A second is a time more often than a place.
        "second"
            if matches!(line.low(i + 1), "." | "," | ")" | "")
                && matches!(
                    line.low(i.wrapping_sub(1)),
                    "per" | "a" | "/" | "every" | "each" | "the" | "one" | ","
                ) => {}
        "first" => {}
        "runner-up" | "runners-up" => return some(2.0, Unit::Rank, i + 1),
        "fortnight" => return some(14.0, Unit::Days, i + 1),
        "doubled" | "doubles" | "doubling" => return some(2.0, Unit::Times, i + 1),
        "tripled" | "trebled" | "triples" | "trebles" | "tripling" => return some(3.0, Unit::Times, i + 1),
        "quadrupled" | "quadrupling" => return some(4.0, Unit::Times, i + 1),
        "an" if line.low(i + 1) == "order" && line.low(i + 3) == "magnitude" => {
            return some(10.0, Unit::Times, i + 4);
        }
        "a" if line.low(i + 1) == "point"
            && matches!(line.low(i.wrapping_sub(1)), "within" | "by" | "than" | "only" | "just") =>
        {
            return some(1.0, Unit::Points, i + 2);
        }
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
    if let Some(place) = ordinal(word) {
        return some(place, Unit::Rank, i + 1);
    }
    if let Some(times) = word.strip_suffix("fold").map(|times| times.trim_end_matches('-')) {
        let times = match times {
            "hundred" => Some(100.0),
            "thousand" => Some(1000.0),
            times => small(times).filter(|times| *times > 1.0),
        };
        return times.and_then(|times| some(times, Unit::Times, i + 1));
    }
    // "a two-year head start"
    if let Some((number, unit)) = word.split_once('-')
        && let Some(number) = small(number)
    {
        let (days, unit) = match unit {
            "year" => (1.0, Unit::Years),
            "month" => (1.0, Unit::Months),
            "week" => (7.0, Unit::Days),
            "day" => (1.0, Unit::Days),
            _ => return None,
        };
        return some(number * days, unit, i + 1);
    }
    if let Some(stem) = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))
        && let Ok(rank) = stem.parse::<u16>()
    {
        return some(f64::from(rank), Unit::Rank, i + 1);
    }
    let half = usize::from(line.low(i + 1) == "half" && matches!(line.low(i + 2), "a" | "an"));
    if matches!(word, "a" | "an" | "one") || (word == "half" && matches!(line.low(i + 1), "a" | "an")) {
        let at = i + if word == "half" { 2 } else { 1 + 2 * half };
        // "A full year", "a good year".
        let at = at + usize::from(matches!(line.low(at), "full" | "whole" | "good" | "solid" | "clear"));
        let mut value: f64 = if word == "half" { 0.5 } else { 1.0 };
        let unit = match line.low(at) {
            "year" => Unit::Years,
            "month" => Unit::Months,
            "point" if is_distance(line, at) => Unit::Points,
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
            || value.fract() != 0.0
            || matches!(before, "by" | "of" | "roughly" | "behind" | "trailing" | "only" | "just")
            || matches!(line.low(end), "behind" | "ahead" | "late" | "old" | "lag" | "lead" | "gap");
        return counts.then(|| some(value, unit, end)).flatten();
    }
    None
}

/// Whether the point at the token is one of a distance: "half a point below".
fn is_distance(line: &Line<'_>, at: usize) -> bool {
    const APART: [&str; 16] = [
        "behind", "ahead", "below", "above", "more", "less", "better", "worse", "short", "clear", "off",
        "up", "down", "higher", "lower", "from",
    ];
    APART.contains(&line.low(at + 1))
}
