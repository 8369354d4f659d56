//! A clause and the place of a claim in it in; the phrase that opens the clause, which in plain English is its subject, out.

use super::class::Class;
use super::clause::{self, is_hard_mark};
use super::noun::{self, Phrase};
use super::owner;
use super::rule::RULES;
use super::token::Line;

/// Longer runs of words are not a subject.
const MAX_SUBJECT: usize = 8;

/// The subject of the claim at token `at`: the first name of its clause before it, a word that points back, a name that
/// nobody knows, or the words up to the verb. `None` when the clause opens with its verb.
pub(super) fn subject(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let (from, to) = clause::around(line, at);
    let start = after_circumstance(line, from, at);
    let end = at.max(start + 1).min(to);
    let is_subject = |i: &usize| {
        noun::is_party(line, *i)
            && !owner::is_owner(line, *i)
            && !matches!(
                line.low(i.wrapping_sub(1)),
                "than" | "by" | "from" | "with" | "against" | "for" | "on" | "at"
            )
    };
    if let Some(first) = (start..end).find(is_subject) {
        return Some(noun::run_of_names(line, first, start, end));
    }
    if let Some(pointer) = (start..end).find(|i| noun::is_pointer(line, *i)) {
        let to = (pointer + 1..end).find(|i| RULES.lists("auxiliaries", line, *i)).unwrap_or(pointer + 1);
        let to = if noun::is_pronoun(line, pointer) { pointer + 1 } else { to.min(pointer + 3) };
        let parties = noun::party_of(line.text(pointer, to));
        return Some(Phrase { from: pointer, to, parties, points_back: true });
    }
    proper(line, start, end).or_else(|| {
        let verb =
            (start..to).find(|i| RULES.lists("auxiliaries", line, *i) || is_hard_mark(line.low(*i)))?;
        let short = verb > start && verb - start <= MAX_SUBJECT && verb <= at;
        short.then(|| Phrase {
            from: start,
            to: verb,
            parties: noun::party_of(line.text(start, verb)),
            points_back: false,
        })
    })
}

/// Past "On MMLU," and "In March 2024,", which say where and when, and past the words that join clauses.
fn after_circumstance(line: &Line<'_>, from: usize, at: usize) -> usize {
    let is_preposition = matches!(
        line.low(from),
        "on" | "in"
            | "at"
            | "for"
            | "with"
            | "by"
            | "as"
            | "after"
            | "since"
            | "over"
            | "across"
            | "among"
            | "to"
    );
    let comma = (from..at).find(|i| line.low(*i) == ",").filter(|_| is_preposition);
    let mut start = comma.map_or(from, |comma| comma + 1);
    while start < at && (RULES.lists("openers", line, start) || line.is(start, Class::MARK)) {
        start += 1;
    }
    start
}

/// The first run of capitalised words: a name that the tables lack. A lone word that opens the sentence is no name unless
/// it is printed like one.
fn proper(line: &Line<'_>, from: usize, to: usize) -> Option<Phrase> {
    let is_name = |i: usize| {
        line.is(i, Class::CAPITAL)
            && line.is(i, Class::WORD)
            && !RULES.lists("openers", line, i)
            && !RULES.lists("auxiliaries", line, i)
            && !RULES.lists("not_names", line, i)
    };
    let first = (from..to).find(|i| is_name(*i))?;
    let mut end = first + 1;
    while end < to && (is_name(end) || line.quantity(end).is_some()) {
        end += 1;
    }
    let text = line.text(first, end);
    let is_odd = text.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-');
    let names_something = first > 0 || end - first > 1 || is_odd;
    names_something.then(|| Phrase {
        from: first,
        to: end,
        parties: noun::party_of(text),
        points_back: false,
    })
}
