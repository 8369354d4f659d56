//! Digits and number words in; the bare number out, with the worth of its last printed digit.

use super::class::Class;
use super::token::Line;

/// The printed number alone: value, step, and whether it had a magnitude letter.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    pub(super) value: f64,
    pub(super) step: f64,
    pub(super) scaled: bool,
    pub(super) end: usize,
}

/// A number in digits or words, with magnitude letter or word.
pub(super) fn number(line: &Line<'_>, i: usize) -> Option<Plain> {
    let word = line.low(i);
    let first = *word.as_bytes().first()?;
    let mut plain = if first.is_ascii_digit() { digits(word)? } else { spelled(line, i)? };
    plain.end = plain.end.max(1);
    let mut end = if first.is_ascii_digit() { i + 1 } else { plain.end };
    while let Some(factor) = magnitude_word(line.low(end)) {
        plain.value *= factor;
        plain.step *= factor;
        plain.scaled = true;
        end += 1;
    }
    Some(Plain { end, ..plain })
}

/// "1,234.5", "70b", "128k", "3.5x" (the x is left to `unit` through the returned value's suffix).
pub(super) fn digits(word: &str) -> Option<Plain> {
    let split = word.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(word.len());
    let (figure, suffix) = word.split_at(split);
    let figure: String = figure.chars().filter(|c| *c != ',').collect();
    let value: f64 = figure.parse().ok()?;
    let decimals = figure.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let step = 10f64.powi(-i32::try_from(decimals).unwrap_or(0));
    let factor = match suffix {
        "" | "x" | "×" => 1.0,
        _ if FOREIGN.contains(&suffix) => 1.0,
        "k" => 1e3,
        "m" | "mn" => 1e6,
        "b" | "bn" => 1e9,
        "t" | "tn" | "trn" => 1e12,
        _ => return None,
    };
    Some(Plain { value: value * factor, step: step * factor, scaled: factor > 1.0, end: 0 })
}

/// Unit letters printed at the number that claims have no unit for.
pub(super) const FOREIGN: [&str; 12] = ["gb", "tb", "mb", "kb", "ms", "s", "hz", "gw", "mw", "w", "g", "bit"];

/// "twenty-five", "a hundred", "a hundred and thirteen thousand", "a couple".
pub(super) fn spelled(line: &Line<'_>, i: usize) -> Option<Plain> {
    let word = line.low(i);
    let exact = |value: f64, end: usize| Some(Plain { value, step: 1.0, scaled: false, end });
    if matches!(word, "a" | "an") || (word == "one" && line.low(i + 1) == "hundred") {
        return match line.low(i + 1) {
            "dozen" => exact(12.0, i + 2),
            "hundred" if line.low(i + 2) == "and" => {
                let rest = small(line.low(i + 3))?;
                exact(100.0 + rest, i + 4)
            }
            "hundred" => exact(100.0, i + 2),
            "thousand" | "million" | "billion" | "trillion" => exact(1.0, i + 1),
            _ => None,
        };
    }
    let value = small(word)?;
    if line.low(i + 1) == "hundred" {
        return exact(value * 100.0, i + 2);
    }
    if line.low(i + 1) == "dozen" {
        return exact(value * 12.0, i + 2);
    }
    // "eighty-three point seven", as people say it.
    if line.low(i + 1) == "point"
        && let Some(tenths) = small(line.low(i + 2)).filter(|digit| *digit < 10.0)
    {
        return Some(Plain { value: value + tenths / 10.0, step: 0.1, scaled: false, end: i + 3 });
    }
    // "Two and a half years".
    if line.low(i + 1) == "and" && line.low(i + 2) == "a" && line.low(i + 3) == "half" {
        return Some(Plain { value: value + 0.5, step: 0.5, scaled: false, end: i + 4 });
    }
    exact(value, i + 1)
}

/// The value of a number word below a hundred; "one" alone is a pronoun more often than a number.
pub(super) fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(i) = ONES.iter().position(|one| *one == word) {
        return Some(i as f64);
    }
    let (ten, one) = word.split_once('-').unwrap_or((word, "zero"));
    let ten = TENS.iter().position(|candidate| *candidate == ten)?;
    let one = ONES.iter().take(10).position(|candidate| *candidate == one)?;
    Some((ten * 10 + 20 + one) as f64)
}

/// "third" to "twentieth", and the tens.
pub(super) fn ordinal(word: &str) -> Option<f64> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(i) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some((i + 1) as f64);
    }
    Some(match word {
        "thirtieth" => 30.0,
        "fortieth" => 40.0,
        "fiftieth" => 50.0,
        "hundredth" => 100.0,
        "thousandth" => 1000.0,
        _ => return None,
    })
}

pub(super) fn magnitude_word(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// The magnitude that a number was printed in.
pub(super) fn magnitude(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|factor| value >= *factor).unwrap_or(1.0)
}

/// "-50", "– 90", "to three": the upper end of a range, when the first number had no unit of its own.
pub(super) fn range(line: &Line<'_>, i: usize) -> Option<Plain> {
    // "between 55 and 60"
    let between = line.low(i) == "and" && (i.saturating_sub(4)..i).any(|at| line.low(at) == "between");
    if !between && !matches!(line.low(i), "-" | "–" | "—" | "to") {
        return None;
    }
    number(line, i + 1).filter(|_| !line.is(i + 1, Class::DATE))
}
