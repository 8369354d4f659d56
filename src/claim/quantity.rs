//! Number words and digits in; quantities out: value, range, unit, comparator and what one step of the last digit is worth.

use super::token::{Class, Kind, Line, quantity_class};
use crate::reported::{Comparator, Reported, Unit};

/// A number of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity {
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    pub(super) unit: Option<Unit>,
    pub(super) comparator: Option<Comparator>,
    pub(super) step: f64,
    /// Whether its unit is one that claims do not have (hours, gigabytes).
    pub(super) foreign: bool,
    /// Whether it was printed with a magnitude letter (128K, 70B).
    pub(super) scaled: bool,
    /// Whether its unit was spelled out ("70B parameters") or its rank marked ("#2").
    pub(super) sign: bool,
}

impl Quantity {
    /// The number as a claim reports it.
    pub(super) fn reported(&self, unit: Unit) -> Reported {
        Reported { value: self.value, high: self.high, unit, comparator: self.comparator, step: self.step }
    }
}

/// The printed number alone: value, step, and whether it had a magnitude letter.
#[derive(Clone, Copy)]
struct Plain {
    value: f64,
    step: f64,
    scaled: bool,
    end: usize,
}

/// Joins the words of each quantity into one token.
pub(super) fn merge(line: &mut Line<'_>) {
    let mut i = 0;
    while i < line.len() {
        if let Some((quantity, from, end)) = read(line, i) {
            line.join(from, end, Kind::Quantity(quantity), quantity_class(&quantity));
            i = from;
        }
        i += 1;
    }
}

/// The quantity whose number begins at `i`, with the comparator words before it.
fn read(line: &Line<'_>, i: usize) -> Option<(Quantity, usize, usize)> {
    let currency = matches!(line.low(i), "$" | "€" | "£") as usize;
    let prefixed = currency == 0 && matches!(line.low(i), "us" | "usd") && line.low(i + 1) == "$";
    let start = i + currency + if prefixed { 2 } else { 0 };
    let mut quantity;
    let mut end;
    if let Some((found, at)) = fraction(line, start).or_else(|| word_unit(line, start)) {
        (quantity, end) = (found, at);
    } else {
        let low = number(line, start)?;
        end = low.end;
        quantity = Quantity { value: low.value, high: None, unit: None, comparator: None, step: low.step, foreign: false, scaled: low.scaled, sign: false };
        if let Some(high) = range(line, end) {
            quantity.high = Some(high.value);
            end = high.end;
            // "two to three trillion", "20-50K": the magnitude serves both ends.
            if high.scaled || high.value >= 1e3 * quantity.value.max(1e-9) {
                let factor = magnitude(high.value);
                if quantity.value < factor && factor > 1.0 && !low.scaled {
                    quantity.value *= factor;
                    quantity.step *= factor;
                }
            }
            quantity.scaled |= high.scaled;
        }
        if matches!(line.low(end), "+") && !line.is(end + 1, Class::WORD.with(Class::MARK)) || (line.low(end) == "+" && line.tokens[end].span.start == line.tokens[end - 1].span.end) {
            quantity.comparator = Some(Comparator::Ge);
            end += 1;
        }
        if matches!(line.low(i), "€" | "£") {
            quantity.foreign = true;
        } else if line.low(end) == "$" {
            // "$0.6$" is a formula.
            end += 1;
        } else if currency == 1 || prefixed {
            quantity.unit = Some(Unit::Usd);
            end = per_million(line, end).map_or(end, |at| {
                quantity.unit = Some(Unit::UsdPerMtok);
                at
            });
        } else {
            end = unit(line, end, &mut quantity);
        }
    }
    // "one" is a pronoun and "2025" a year unless a unit says otherwise.
    let alone = quantity.unit.is_none() && !quantity.foreign && quantity.high.is_none();
    if alone && (line.low(start) == "one" || (end == start + 1 && line.low(start).len() == 4 && (1990.0..2040.0).contains(&quantity.value))) {
        return None;
    }
    if line.low(end) == "or" && matches!(line.low(end + 1), "more" | "so" | "less") {
        quantity.comparator = Some(match line.low(end + 1) {
            "more" => Comparator::Ge,
            "less" => Comparator::Le,
            _ => Comparator::Approx,
        });
        end += 2;
    }
    let (comparator, from) = comparator_before(line, i);
    quantity.comparator = comparator.or(quantity.comparator);
    Some((quantity, from, end))
}

/// A number in digits or words, with magnitude letter or word.
fn number(line: &Line<'_>, i: usize) -> Option<Plain> {
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
fn digits(word: &str) -> Option<Plain> {
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
        "t" | "tn" => 1e12,
        _ => return None,
    };
    Some(Plain { value: value * factor, step: step * factor, scaled: factor > 1.0, end: 0 })
}

/// Unit letters printed at the number that claims have no unit for.
const FOREIGN: [&str; 12] = ["gb", "tb", "mb", "kb", "ms", "s", "hz", "gw", "mw", "w", "g", "bit"];

/// "twenty-five", "a hundred", "a hundred and thirteen thousand", "a couple".
fn spelled(line: &Line<'_>, i: usize) -> Option<Plain> {
    let word = line.low(i);
    let exact = |value: f64, end: usize| Some(Plain { value, step: 1.0, scaled: false, end });
    if matches!(word, "a" | "an") {
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
    exact(value, i + 1)
}

/// The value of a number word below a hundred; "one" alone is a pronoun more often than a number.
fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
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

fn magnitude_word(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" => 1e3,
        "million" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// The magnitude that a number was printed in.
fn magnitude(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|factor| value >= *factor).unwrap_or(1.0)
}

/// "-50", "– 90", "to three": the upper end of a range, when the first number had no unit of its own.
fn range(line: &Line<'_>, i: usize) -> Option<Plain> {
    if !matches!(line.low(i), "-" | "–" | "—" | "to") {
        return None;
    }
    number(line, i + 1).filter(|_| !line.is(i + 1, Class::DATE))
}

/// "half", "a third", "two thirds", "one in five", "4 out of 5", "most" is left to the rules.
fn fraction(line: &Line<'_>, i: usize) -> Option<(Quantity, usize)> {
    let percent = |value: f64, end: usize| {
        let quantity = Quantity { value, high: None, unit: Some(Unit::Percent), comparator: None, step: 1.0, foreign: false, scaled: false, sign: false };
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
    if word == "half" && matches!(line.low(i + 1), "of" | "the" | "all" | "its" | "their") && line.low(i.wrapping_sub(1)) != "first" {
        return percent(50.0, i + 1);
    }
    let of_follows = |end: usize| matches!(line.low(end), "of" | "the" | "all");
    if matches!(word, "a" | "one") && part(line.low(i + 1)).is_some() && of_follows(i + 2) {
        return percent(100.0 / part(line.low(i + 1))?, i + 2);
    }
    let whole = spelled(line, i).filter(|whole| whole.value < 10.0 && word != "a");
    let hyphen = usize::from(line.low(i + 1) == "-");
    if let Some(whole) = whole
        && let Some(parts) = part(line.low(i + 1 + hyphen)).filter(|_| line.low(i + 1 + hyphen).ends_with('s'))
    {
        return percent(100.0 * whole.value / parts, i + 2 + hyphen);
    }
    if let Some((whole, parts)) = word.split_once('-')
        && let (Some(whole), Some(parts)) = (small(whole), part(parts))
        && parts > 2.0
    {
        return percent(100.0 * whole / parts, i + 1);
    }
    let of = if line.low(i + 1) == "in" { 2 } else if line.low(i + 1) == "out" && line.low(i + 2) == "of" { 3 } else { return None };
    let out_of = |at: usize| small(line.low(at)).or_else(|| line.low(at).parse::<f64>().ok().filter(|value| value.fract() == 0.0));
    let (part, whole) = (out_of(i)?, out_of(i + of).filter(|_| of_all(line, i + of))?);
    (part > 0.0 && part < whole && whole <= 1000.0).then(|| percent(100.0 * part / whole, i + of + 1)).flatten()
}

/// "in five" is a fraction; "in 2024", "in 5 minutes" and "in two years" are not.
fn of_all(line: &Line<'_>, i: usize) -> bool {
    !matches!(line.low(i + 1), "years" | "months" | "weeks" | "days" | "minutes" | "hours" | "%" | "tokens" | "benchmarks" | "tests" | "languages")
}

/// "twice", "double", "a year" after a comparator or before "behind".
fn word_unit(line: &Line<'_>, i: usize) -> Option<(Quantity, usize)> {
    let some = |value: f64, unit: Unit, end: usize| {
        Some((Quantity { value, high: None, unit: Some(unit), comparator: None, step: 1.0, foreign: false, scaled: false, sign: false }, end))
    };
    match line.low(i) {
        "twice" | "double" if !matches!(line.low(i + 1), "down" | "check" | "checked" | "-") => return some(2.0, Unit::Times, i + 1),
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
        "#" => {
            let rank = digits(line.low(i + 1)).filter(|rank| rank.value <= 200.0 && rank.step >= 1.0)?;
            return some(rank.value, Unit::Rank, i + 2).map(|(rank, end)| (Quantity { sign: true, ..rank }, end));
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

/// The unit after the number; its end. Sets what the unit says of the quantity.
fn unit(line: &Line<'_>, i: usize, quantity: &mut Quantity) -> usize {
    let last = line.low(i - 1);
    if last.len() > 1 && last.as_bytes()[0].is_ascii_digit() && last.ends_with(['x', '×']) {
        quantity.unit = Some(Unit::Times);
        return i;
    }
    if last.as_bytes()[0].is_ascii_digit() && FOREIGN.iter().any(|unit| last.strip_suffix(unit).is_some_and(|figure| figure.ends_with(|c: char| c.is_ascii_digit()))) {
        quantity.foreign = true;
        return i;
    }
    // "7-month", "256K-token"
    let at = if matches!(line.low(i), "-") && line.is(i + 1, Class::WORD) { i + 1 } else { i };
    let next = line.low(at + 1);
    let mut end = at + 1;
    let unit = match line.low(at) {
        "%" | "percent" | "pct" => {
            if matches!(line.low(at + 1), "point" | "points") || (line.low(at + 1) == "-" && line.low(at + 2) == "points") {
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
        "points" | "point" | "pp" | "pts" | "ppts" => Unit::Points,
        "elo" => {
            end = if next.starts_with("point") { at + 2 } else { at + 1 };
            Unit::Elo
        }
        "eci" | "index" if next.starts_with("point") => {
            end = at + 2;
            Unit::Points
        }
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
        "active" | "total" if next.starts_with("param") => {
            end = at + 2;
            Unit::Params
        }
        "tokens" | "token" => Unit::Tokens,
        "dollars" | "usd" => Unit::Usd,
        "cents" => {
            quantity.value /= 100.0;
            quantity.step /= 100.0;
            Unit::Usd
        }
        "gb" | "tb" | "mb" | "gigabytes" | "hours" | "hour" | "minutes" | "minute" | "seconds" | "second" | "ms" | "gw" | "mw" | "watts" | "layers" | "bit" | "bits" => {
            quantity.foreign = true;
            return end;
        }
        _ => {
            if quantity.scaled && last.ends_with('b') && last.as_bytes()[0].is_ascii_digit() && (5e7..4e12).contains(&quantity.value) && !is_thing(line, at) {
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
    matches!(line.low(i), "downloads" | "users" | "people" | "images" | "messages" | "requests" | "queries" | "dollars" | "euros" | "yuan" | "in")
}

/// "per million tokens", "/M", "/million input tokens", "a million tokens".
fn per_million(line: &Line<'_>, i: usize) -> Option<usize> {
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

/// The comparator that the words before `i` make, and where they begin.
fn comparator_before(line: &Line<'_>, i: usize) -> (Option<Comparator>, usize) {
    use Comparator::{Approx, Ge, Gt, Le, Lt};
    let back = |n: usize| i.checked_sub(n).map_or("", |at| line.low(at));
    let two = match (back(2), back(1)) {
        ("more" | "greater" | "better" | "higher", "than") | ("upwards" | "north", "of") | ("just" | "well" | "slightly", "over" | "above") => Some(Gt),
        ("less" | "fewer" | "lower", "than") | ("just", "under" | "below" | "shy") => Some(Lt),
        ("at", "least") | ("as", "least") => Some(Ge),
        ("at", "most") | ("up", "to") => Some(Le),
        ("close" | "near", "to") | ("something", "like") | ("more-or-less", _) => Some(Approx),
        _ => None,
    };
    if let Some(comparator) = two {
        let three = matches!((back(3), comparator), ("no" | "not", Gt | Lt));
        return match (three, comparator) {
            (true, Gt) => (Some(Le), i - 3),
            (true, _) => (Some(Ge), i - 3),
            _ => (Some(comparator), i - 2),
        };
    }
    if matches!((back(3), back(2), back(1)), ("as", "much" | "many" | "high" | "long" | "few" | "little" | "low", "as")) {
        return (Some(Le), i - 3);
    }
    match back(1) {
        "over" | "above" | ">" | "exceeding" | "exceeded" | "exceeds" | "topped" | "topping" | "surpassing" | "passed" | "beyond" => (Some(Gt), i - 1),
        "under" | "below" | "<" => (Some(Lt), i - 1),
        "about" | "around" | "roughly" | "approximately" | "some" | "nearly" | "almost" | "~" | "≈" | "nearing" | "approaching" | "approx" | "circa" | "virtually" => (Some(Approx), i - 1),
        "≥" => (Some(Ge), i - 1),
        "≤" => (Some(Le), i - 1),
        _ => (None, i),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn check(text: &str, value: f64, high: Option<f64>, unit: Option<Unit>, comparator: Option<Comparator>) {
        let line = Line::new(text, Span::new(0, text.len()), &[]);
        let found = (0..line.len()).find_map(|i| line.quantity(i)).unwrap_or_else(|| panic!("no quantity in {text}"));
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        assert!(near(found.value, value), "{text}: {found:?}");
        assert_eq!((found.high, found.unit, found.comparator), (high, unit, comparator), "{text}");
    }

    #[test]
    fn digits_words_and_units() {
        check("scores 86.4% on it", 86.4, None, Some(Unit::Percent), None);
        check("with 70B weights", 7e10, None, Some(Unit::Params), None);
        check("123 billion parameters", 1.23e11, None, Some(Unit::Params), None);
        check("a $1 billion valuation", 1e9, None, Some(Unit::Usd), None);
        check("costs $0.44 per million input tokens", 0.44, None, Some(Unit::UsdPerMtok), None);
        check("a hundred and thirteen thousand models", 113_000.0, None, None, None);
        check("two-thirds of firms", 200.0 / 3.0, None, Some(Unit::Percent), None);
        check("one in five firms", 20.0, None, Some(Unit::Percent), None);
        check("8 weeks behind", 56.0, None, Some(Unit::Days), None);
    }

    #[test]
    fn ranges_and_comparators() {
        use Comparator::{Approx, Ge, Gt, Le, Lt};
        check("20-50X lower", 20.0, Some(50.0), Some(Unit::Times), None);
        check("two to three years behind", 2.0, Some(3.0), Some(Unit::Years), None);
        check("0.2 to 2.4 trillion tokens", 2e11, Some(2.4e12), Some(Unit::Tokens), None);
        check("by at least a year", 1.0, None, Some(Unit::Years), Some(Ge));
        check("close to 40% of them", 40.0, None, Some(Unit::Percent), Some(Approx));
        check("no more than 16GB", 16.0, None, None, Some(Le));
        check("more than 100 models", 100.0, None, None, Some(Gt));
        check("less than 1% of it", 1.0, None, Some(Unit::Percent), Some(Lt));
    }

    #[test]
    fn what_is_no_quantity() {
        for text in ["a year ago", "the best of all", "in May 2024", "A1B2C3"] {
            let line = Line::new(text, Span::new(0, text.len()), &[]);
            assert!((0..line.len()).all(|i| line.quantity(i).is_none()), "{text}");
        }
    }
}
