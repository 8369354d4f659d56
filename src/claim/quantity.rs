//! Number words and digits in; quantities out: value, range, unit, comparator and what one step of the last digit is worth.

use super::class::{Class, quantity_class};
use super::comparator::comparator_before;
use super::fraction::fraction;
use super::multiple::word_unit;
use super::number::{magnitude, number, range};
use super::token::{Kind, Line};
use super::unit::{per_million, unit};
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

/// Joins the words of each quantity into one token.
pub(super) fn merge(line: &mut Line<'_>) {
    let mut i = 0;
    while i < line.len() {
        // "The 72B" is a model where the names say so.
        let found = if line.entity(i).is_some() { None } else { read(line, i) };
        if let Some((quantity, from, end)) = found {
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
        quantity = Quantity {
            value: low.value,
            high: None,
            unit: None,
            comparator: None,
            step: low.step,
            foreign: false,
            scaled: low.scaled,
            sign: false,
        };
        // "From 58 to 41" is two numbers; what the second counts the first counts too.
        let from = (i.saturating_sub(2)..i).find(|at| line.low(*at) == "from");
        // "Ranging from 4 to 14 months" is one, of two ends.
        let ranges = |from: usize| {
            from > 0
                && matches!(
                    line.low(from - 1),
                    "ranging" | "ranged" | "ranges" | "range" | "varied" | "varying" | "varies" | "anywhere"
                )
        };
        let parted = from.is_some_and(|from| !ranges(from)) && line.low(end) == "to";
        if parted && currency == 0 && line.low(end).len() == 2 {
            if let Some((second, ..)) =
                read(line, end + 1).filter(|_| unit(line, end, &mut quantity.clone()) == end)
            {
                quantity.unit = second.unit;
                quantity.foreign = second.foreign;
                if second.scaled && !quantity.scaled && quantity.value < magnitude(second.value) {
                    quantity.value *= magnitude(second.value);
                    quantity.step *= magnitude(second.value);
                    quantity.scaled = true;
                }
            }
        } else if let Some(high) = range(line, end)
            // "88.0 to 79.6" are two numbers and no range.
            .filter(|high| high.value > low.value && !is_year_said(line, start, low.value))
        {
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
        if matches!(line.low(end), "+") && !line.is(end + 1, Class::WORD.with(Class::MARK))
            || (line.low(end) == "+" && line.tokens[end].span.start == line.tokens[end - 1].span.end)
        {
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
        // "Between 16% and 24%": the unit stands at either end.
        if i > 0
            && line.low(i - 1) == "between"
            && line.low(end) == "and"
            && quantity.unit == Some(Unit::Percent)
            && let Some((second, from, to)) = read(line, end + 1)
            && from == end + 1
            && second.unit == quantity.unit
            && second.value > quantity.value
        {
            quantity.high = Some(second.value);
            end = to;
        }
    }
    // "one" is a pronoun and "2025" a year unless a unit says otherwise.
    let alone = quantity.unit.is_none() && !quantity.foreign && quantity.high.is_none();
    if alone
        && ((line.low(start) == "one" && end == start + 1)
            || (start > 0 && line.low(start - 1) == "version")
            || (end == start + 1 && line.low(start).len() == 4 && (1990.0..2040.0).contains(&quantity.value)))
    {
        return None;
    }
    let bound = match (line.low(end), line.low(end + 1)) {
        ("or", "more" | "higher" | "better" | "above" | "greater") => Some(Comparator::Ge),
        ("or", "less" | "lower" | "below" | "fewer" | "under") => Some(Comparator::Le),
        ("or", "so") => Some(Comparator::Approx),
        _ => None,
    };
    if bound.is_some() {
        quantity.comparator = bound;
        end += 2;
    }
    let (comparator, from) = comparator_before(line, i);
    quantity.comparator = comparator.or(quantity.comparator);
    Some((quantity, from, end))
}

/// Whether a number is the year of a date: "in 2023 to 86%" has two numbers.
fn is_year_said(line: &Line<'_>, at: usize, value: f64) -> bool {
    let before = at.checked_sub(1).map_or("", |i| line.low(i));
    (1990.0..2040.0).contains(&value) && matches!(before, "in" | "since" | "by" | "until" | "of")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn check(text: &str, value: f64, high: Option<f64>, unit: Option<Unit>, comparator: Option<Comparator>) {
        let line = Line::new(text, Span::new(0, text.len()), &[]);
        let found =
            (0..line.len()).find_map(|i| line.quantity(i)).unwrap_or_else(|| panic!("no quantity in {text}"));
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
        check("score 1400 or higher", 1400.0, None, None, Some(Ge));
    }

    #[test]
    fn what_is_no_quantity() {
        for text in ["a year ago", "the best of all", "in May 2024", "A1B2C3"] {
            let line = Line::new(text, Span::new(0, text.len()), &[]);
            assert!((0..line.len()).all(|i| line.quantity(i).is_none()), "{text}");
        }
    }
}
