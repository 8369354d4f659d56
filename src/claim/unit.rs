//! The words after a number in; its unit out.

use super::class::Class;
use super::number::{FOREIGN, magnitude_word};
use super::quantity::Quantity;
use super::token::Line;
use crate::reported::{Comparator, Unit};

/// The unit after the number; its end. Sets what the unit says of the quantity.
pub(super) fn unit(line: &Line<'_>, i: usize, quantity: &mut Quantity) -> usize {
    let last = line.low(i - 1);
    if last.len() > 1 && last.as_bytes()[0].is_ascii_digit() && last.ends_with(['x', '×']) {
        quantity.unit = Some(Unit::Times);
        return i;
    }
    if last.as_bytes()[0].is_ascii_digit()
        && FOREIGN.iter().any(|unit| {
            last.strip_suffix(unit).is_some_and(|figure| figure.ends_with(|c: char| c.is_ascii_digit()))
        })
    {
        quantity.foreign = true;
        return i;
    }
    // "7-month", "256K-token"
    let at = if matches!(line.low(i), "-") && line.is(i + 1, Class::WORD) { i + 1 } else { i };
    let next = line.low(at + 1);
    let mut end = at + 1;
    // "a 13-billion-parameter decoder", "32bn-parameter"
    if let Some((factor, thing)) = line.low(at).split_once('-').filter(|_| at > i)
        && let Some(factor) = magnitude_word(factor)
    {
        quantity.value *= factor;
        quantity.step *= factor;
        quantity.scaled = true;
        quantity.unit = match thing {
            "parameter" | "parameters" => Some(Unit::Params),
            "token" | "tokens" => Some(Unit::Tokens),
            "dollar" => Some(Unit::Usd),
            _ => None,
        };
        quantity.sign = quantity.unit == Some(Unit::Params);
        return end;
    }
    let unit = match line.low(at) {
        "%" | "percent" | "pct" => {
            if matches!(line.low(at + 1), "point" | "points")
                || (line.low(at + 1) == "-" && line.low(at + 2) == "points")
            {
                end = at + 2;
                Unit::Points
            } else {
                Unit::Percent
            }
        }
        "per" if next == "cent" => {
            end = at + 2;
            Unit::Percent
        }
        "percentage" if next.starts_with("point") => {
            end = at + 2;
            Unit::Points
        }
        "dollar" | "dollars" => match per_million(line, at + 1) {
            Some(after) => {
                end = after;
                Unit::UsdPerMtok
            }
            None => Unit::Usd,
        },
        "points" | "point" | "pp" | "pts" | "ppts" => Unit::Points,
        "elo" => {
            end = if next.starts_with("point") { at + 2 } else { at + 1 };
            Unit::Elo
        }
        "eci" | "index" | "rating" | "ratings" | "leaderboard" if next.starts_with("point") => {
            end = at + 2;
            Unit::Points
        }
        // "120 Arena points": the board keeps its own place in the sentence.
        _ if line.is(at, Class::BENCHMARK) && matches!(next, "point" | "points" | "elo") => {
            end = i;
            Unit::Points
        }
        // "downloaded 650 million times" counts.
        "times" if quantity.value >= 1000.0 => Unit::Count,
        "x" | "×" | "times" | "fold" => Unit::Times,
        "orders" if next == "of" => {
            quantity.value = 10f64.powf(quantity.value);
            quantity.step = quantity.value;
            quantity.comparator = Some(Comparator::Approx);
            end = at + 3;
            Unit::Times
        }
        "year" | "years" => Unit::Years,
        "month" | "months" => Unit::Months,
        "week" | "weeks" => {
            quantity.value *= 7.0;
            quantity.high = quantity.high.map(|high| high * 7.0);
            quantity.step *= 7.0;
            Unit::Days
        }
        "day" | "days" => Unit::Days,
        "parameters" | "parameter" | "params" | "param" => Unit::Params,
        "active" | "activated" if quantity.scaled && !next.starts_with("param") => Unit::Params,
        "active" | "total" if next.starts_with("param") => {
            end = at + 2;
            Unit::Params
        }
        "tokens" | "token" => Unit::Tokens,
        "usd" => Unit::Usd,
        "cents" => {
            quantity.value /= 100.0;
            quantity.step /= 100.0;
            Unit::Usd
        }
        "gb" | "tb" | "mb" | "gigabytes" | "hours" | "hour" | "minutes" | "minute" | "seconds" | "second"
        | "ms" | "gw" | "mw" | "watts" | "layers" | "bit" | "bits" => {
            quantity.foreign = true;
            return end;
        }
        _ => {
            if quantity.scaled
                && last.ends_with('b')
                && last.as_bytes()[0].is_ascii_digit()
                && (5e7..4e12).contains(&quantity.value)
                && !is_thing(line, at)
            {
                quantity.unit = Some(Unit::Params);
            }
            return i;
        }
    };
    quantity.unit = Some(unit);
    quantity.sign = unit == Unit::Params;
    if unit == Unit::Usd {
        end = per_million(line, end).map_or(end, |at| {
            quantity.unit = Some(Unit::UsdPerMtok);
            at
        });
    }
    end
}

/// "20B downloads" counts downloads.
fn is_thing(line: &Line<'_>, i: usize) -> bool {
    matches!(
        line.low(i),
        "downloads"
            | "users"
            | "people"
            | "images"
            | "messages"
            | "requests"
            | "queries"
            | "dollars"
            | "euros"
            | "yuan"
            | "in"
    )
}

/// "per million tokens", "/M", "/million input tokens", "a million tokens".
pub(super) fn per_million(line: &Line<'_>, i: usize) -> Option<usize> {
    if !matches!(line.low(i), "/" | "per" | "a" | "for" | "each" | "every") {
        return None;
    }
    let one = usize::from(matches!(line.low(i + 1), "1" | "one" | "a" | "every" | "each"));
    if !matches!(line.low(i + 1 + one), "m" | "million" | "mtok" | "1m" | "mtokens") {
        return None;
    }
    let mut end = i + 2 + one;
    while matches!(line.low(end), "input" | "output" | "tokens" | "token" | "cached") {
        end += 1;
    }
    Some(end)
}
