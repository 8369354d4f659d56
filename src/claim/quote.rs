//! A match with its value and parties in; the tokens to quote out.

use super::class::Class;
use super::clause;
use super::noun::Phrase;
use super::pattern::Match;
use super::token::Line;
use crate::claim::ClaimKind;

/// A clause of more tokens is quoted only between the commas around what matched.
const LONG_CLAUSE: usize = 14;
/// A quote of fewer tokens says too little alone...
const SHORT_QUOTE: usize = 5;
/// ...and takes in a subject that begins at most this many tokens before it.
const QUOTE_REACH: usize = 6;

/// What to quote: a figure with its stretch, anything else with its clause.
pub(super) fn tokens(
    kind: ClaimKind,
    found: &Match<'_>,
    value: Option<usize>,
    subject: Option<&Phrase>,
    object: Option<&Phrase>,
    line: &Line<'_>,
    clause: (usize, usize),
) -> (usize, usize) {
    let is_figure =
        matches!(kind, ClaimKind::Attribute | ClaimKind::Count | ClaimKind::Score | ClaimKind::Share);
    // "#1 in coding and #4 in maths": each place has its stretch.
    let is_figure = is_figure || (kind == ClaimKind::Rank && value.is_some());
    let (from, to) =
        (value.map_or(found.from, |v| v.min(found.from)), value.map_or(found.to, |v| (v + 1).max(found.to)));
    let whole = (clause.0.min(from), clause.1.max(to));
    let figures = (whole.0..whole.1).filter(|i| line.is(*i, Class::QUANTITY)).count();
    let mut quote = if is_figure && figures > 1 {
        clause::stretch(line, from, to)
    } else if whole.1 - whole.0 > LONG_CLAUSE {
        let (mut from, mut to) = (from, to);
        for phrase in [subject, object].into_iter().flatten() {
            if phrase.from >= whole.0 && phrase.to <= whole.1 {
                (from, to) = (from.min(phrase.from), to.max(phrase.to));
            }
        }
        while from > whole.0 && line.low(from - 1) != "," {
            from -= 1;
        }
        while to < whole.1 && line.low(to) != "," {
            to += 1;
        }
        (from, to)
    } else {
        whole
    };
    if is_figure && quote.1 - quote.0 < SHORT_QUOTE {
        for phrase in [subject, object].into_iter().flatten() {
            if phrase.from < quote.0 && phrase.from + QUOTE_REACH >= quote.0 {
                quote.0 = phrase.from;
            }
        }
    }
    let trims = |i: usize| {
        matches!(
            line.low(i),
            "," | ";" | ":" | "." | "and" | "but" | "—" | "–" | "-" | ")" | "(" | "while" | "whereas" | "yet"
        )
    };
    while quote.0 + 1 < quote.1 && trims(quote.0) {
        quote.0 += 1;
    }
    while quote.1 > quote.0 + 1 && trims(quote.1 - 1) {
        quote.1 -= 1;
    }
    quote
}
