//! A line and a place in it in; the clause around that place out.

use super::class::Class;
use super::token::Line;

/// Marks at which a clause surely ends.
pub(super) fn is_hard_mark(low: &str) -> bool {
    matches!(low, ";" | "—" | "–" | "|" | ":" | "." | "!" | "?" | "(" | ")" | ",")
}

/// Tokens that may stand between brackets and be passed over as one.
const LONGEST_ASIDE: usize = 4;

/// The token after a short aside in brackets that opens here: "the leaderboard (V3) has grown".
pub(super) fn after_an_aside(line: &Line<'_>, at: usize) -> Option<usize> {
    let within = at + 1..line.len().min(at + 2 + LONGEST_ASIDE);
    (line.low(at) == "(").then(|| within.into_iter().find(|i| line.low(*i) == ")")).flatten().map(|i| i + 1)
}

/// Words that open a clause of their own after a comma, or without one.
const OPENERS: [&str; 17] = [
    "while", "whereas", "although", "though", "but", "which", "whose", "because", "whilst", "yet", "who",
    "where", "when", "if", "unless", "so", "albeit",
];
/// Words that open a stretch of their own in an enumeration of numbers.
const LINKS: [&str; 8] = ["and", "with", "against", "versus", "vs", "compared", "or", "then"];

/// The clause around token `at`: first token and one past the last. Commas end it only where a clause begins after them.
pub(super) fn around(line: &Line<'_>, at: usize) -> (usize, usize) {
    let mut from = at;
    while from > 0 && !ends_clause(line, from - 1) {
        from -= 1;
    }
    let mut to = at + 1;
    while to < line.len() && !ends_clause(line, to) {
        to += 1;
    }
    // An opener belongs to the clause it opens only as its first word.
    if from < at && OPENERS.contains(&line.low(from)) {
        from += 1;
    }
    (from, to.max(at + 1))
}

/// The stretch around tokens `from..to` that holds no other number: what is quoted for one of several figures.
pub(super) fn stretch(line: &Line<'_>, from: usize, to: usize) -> (usize, usize) {
    let (clause_from, _) = around(line, from);
    let (_, clause_to) = around(line, to.max(from + 1) - 1);
    let mut start = from;
    while start > clause_from && !parts(line, start - 1) {
        start -= 1;
    }
    let mut end = to;
    while end < clause_to && !parts(line, end) {
        end += 1;
    }
    (start, end)
}

/// Whether the token at `i` parts one stretch from the next.
fn parts(line: &Line<'_>, i: usize) -> bool {
    match line.low(i) {
        "," | "(" | ")" => true,
        "and" | "or" => has_figure_after(line, i) && has_figure_before(line, i),
        low => LINKS.contains(&low) && has_figure_after(line, i) && has_figure_before(line, i),
    }
}

fn has_figure_after(line: &Line<'_>, i: usize) -> bool {
    (i + 1..line.len().min(i + 9))
        .take_while(|at| !is_hard_mark(line.low(*at)))
        .any(|at| line.is(at, Class::QUANTITY))
}

fn has_figure_before(line: &Line<'_>, i: usize) -> bool {
    (i.saturating_sub(9)..i)
        .rev()
        .take_while(|at| !is_hard_mark(line.low(*at)))
        .any(|at| line.is(at, Class::QUANTITY))
}

/// Whether the token at `i` stands between two clauses.
fn ends_clause(line: &Line<'_>, i: usize) -> bool {
    let low = line.low(i);
    match low {
        ";" | "—" | "|" | ":" | "." | "!" | "?" | "…" => true,
        "–" | "--" => true,
        "-" => is_dash(line, i),
        "," => {
            let next = line.low(i + 1);
            OPENERS.contains(&next)
                || (matches!(next, "and" | "with" | "leaving" | "making" | "according")
                    && opens_clause(line, i + 2))
        }
        "while" | "whereas" | "although" | "though" | "but" | "whilst" => i > 0,
        "and" => i > 0 && opens_clause(line, i + 1),
        _ => false,
    }
}

/// Whether a subject with its verb, or a verb alone, begins at `i`.
fn opens_clause(line: &Line<'_>, i: usize) -> bool {
    matches!(
        line.low(i),
        "if" | "when"
            | "while"
            | "though"
            | "although"
            | "it"
            | "they"
            | "he"
            | "she"
            | "its"
            | "their"
            | "this"
            | "that"
            | "there"
            | "was"
            | "were"
            | "is"
            | "are"
            | "has"
            | "have"
            | "had"
            | "may"
            | "might"
            | "could"
            | "will"
            | "can"
            | "now"
            | "even"
            | "what"
            | "we"
            | "i"
    )
}

/// A hyphen with space around it.
fn is_dash(line: &Line<'_>, i: usize) -> bool {
    let span = line.tokens[i].span;
    let space = |at: Option<char>| at.is_none_or(char::is_whitespace);
    space(line.plain[..span.start].chars().next_back()) && space(line.plain[span.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn clause_of(text: &str, word: &str) -> String {
        let line = Line::new(text, Span::new(0, text.len()), &[]);
        let at = (0..line.len()).find(|i| line.low(*i) == word).expect("the word is there");
        let (from, to) = around(&line, at);
        line.text(from, to).to_owned()
    }

    #[test]
    fn clauses_end_at_marks_and_openers() {
        assert_eq!(clause_of("A beats B; C trails D.", "trails"), "C trails D");
        assert_eq!(clause_of("A beats B, C and D, while E lags.", "beats"), "A beats B, C and D");
        assert_eq!(clause_of("A beats B, C and D, while E lags.", "lags"), "E lags");
        assert_eq!(
            clause_of("China lags by a year and may be falling behind.", "falling"),
            "may be falling behind"
        );
    }
}
