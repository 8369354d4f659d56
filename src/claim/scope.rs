//! A clause and its trigger in; whether it is denied, softened, a question or an order out; and whether a number only counts places.

use super::class::Class;
use super::rule::RULES;
use super::token::Line;
use crate::claim::ClaimKind;

/// A denial reaches this many tokens forward.
const NEGATION_REACH: usize = 6;

/// Whether a denial before the trigger, in the same clause, reaches it.
pub(super) fn is_negated(line: &Line<'_>, clause_from: usize, trigger: usize) -> bool {
    let from = clause_from.max(trigger.saturating_sub(NEGATION_REACH));
    // "No Anthropic system gets as far": a subject that is nobody denies its whole clause.
    let opening = (clause_from..from.min(clause_from + 1)).filter(|i| matches!(line.low(*i), "no" | "none"));
    opening.chain(from..trigger).any(|i| {
        let low = line.low(i);
        let denies = matches!(low, "not" | "never" | "cannot" | "neither" | "nor" | "hardly")
            || low.ends_with("n't")
            || (low == "no" && (line.low(i + 1) == "longer" || line.is(i + 1, Class::PARTY)))
            || (low == "no" && i + 1 == trigger && is_comparative(line, i + 1))
            || (low == "no"
                && (i + 1..=i + 2)
                    .any(|at| matches!(line.low(at), "model" | "lab" | "company" | "version" | "variant")))
            || (matches!(low, "fails" | "failed" | "unable") && line.low(i + 1) == "to")
            || (matches!(low, "nothing" | "none" | "nobody")
                && i <= clause_from + 1
                && matches!(line.low(i + 1), "that" | "of" | "from" | "by"))
            || (low == "nowhere" && line.low(i + 1) == "near")
            || (low == "far" && line.low(i + 1) == "from")
            || (low == "anything" && line.low(i + 1) == "but");
        // "Not even fifty models" are fewer than fifty.
        let bounds = line.low(i + 1) == "even" && line.is(i + 2, Class::QUANTITY);
        let only = bounds
            || matches!(line.low(i + 1), "only" | "just" | "merely")
            || line.low(i + 1) == "yet" && low == "if";
        let whether = i >= 2 && line.low(i - 1) == "or";
        // "Was not released until November" was released then.
        let until = (i..line.len().min(i + NEGATION_REACH)).any(|at| line.low(at) == "until");
        // "Coverage is not the issue, given that 300 models": the denial is of what stands before the comma.
        let is_over = (i..trigger).any(|at| line.low(at) == "," && opens_a_reason(line, at + 1));
        denies
            && !is_contrast(line, i)
            && !only
            && !whether
            && !until
            && !is_over
            && !is_in_aside(line, i, trigger)
    })
}

/// Whether the number at the token only says how far a claim that is of something else looks back.
pub(super) fn is_window(kind: ClaimKind, line: &Line<'_>, at: usize) -> bool {
    kind != ClaimKind::Trend && looks_back(line, at)
}

/// Whether the token is a length of time that the words look back over: "the past six months", "over the last year".
pub(super) fn looks_back(line: &Line<'_>, at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or("", |i| line.low(i));
    matches!(back(1), "past" | "last" | "previous")
        && (line.is(at, Class::DURATION)
            || (line.low(at) == "year" && (back(1) == "past" || back(2) == "the")))
}

/// Whether a reason, a contrast or a new sentence begins at the token: "given that", "since", "but".
fn opens_a_reason(line: &Line<'_>, at: usize) -> bool {
    matches!(
        line.low(at),
        "given" | "since" | "because" | "as" | "for" | "but" | "although" | "though" | "so"
    )
}

/// Whether a denial among the tokens is of what "the" begins: "is not the best".
pub(super) fn denies_the(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| (line.low(i) == "not" || line.low(i).ends_with("n't")) && line.low(i + 1) == "the")
}

/// Whether words that begin with their auxiliary are denied by it: "is not behind", "wasn't closing".
pub(super) fn opens_denied(line: &Line<'_>, from: usize) -> bool {
    RULES.lists("auxiliaries", line, from)
        && (line.low(from).ends_with("n't") || matches!(line.low(from + 1), "not" | "never"))
}

/// Whether the denial only says who or what it is not, beside who it is: "it is o1, not GPT-4, that", "from Qwen and not from
/// Gemma".
fn is_contrast(line: &Line<'_>, i: usize) -> bool {
    let named = i + 1 + usize::from(matches!(line.low(i + 1), "from" | "on" | "of"));
    let is_told = line.low(i) == "not" && line.is(named, Class::PARTY);
    let before = i.checked_sub(1).map_or("", |at| line.low(at));
    is_told && (before == "and" || (before == "," && line.low(named + 1) == ","))
}

/// Whether a relative clause that ends before the trigger holds the word: "Qwen2.5-Max, which is not open, ranks first".
fn is_in_aside(line: &Line<'_>, i: usize, trigger: usize) -> bool {
    let opens = (0..i).rev().find(|at| line.low(*at) == ",").map_or("", |comma| line.low(comma + 1));
    matches!(opens, "which" | "who" | "whose") && (i..trigger).any(|at| line.low(at) == ",")
}

/// "No better than", "no larger than", "no gap between".
fn is_comparative(line: &Line<'_>, i: usize) -> bool {
    const OTHERS: [&str; 9] =
        ["larger", "bigger", "more", "newer", "older", "gap", "difference", "distance", "lead"];
    RULES.lists("better", line, i) || OTHERS.contains(&line.low(i))
}

/// Whether a softening word stands in the clause or opens the sentence.
pub(super) fn is_hedged(line: &Line<'_>, from: usize, to: usize) -> bool {
    let in_clause = (from..to).any(|i| line.is(i, Class::WORD) && RULES.lists("hedges", line, i));
    in_clause
        || (0..line.len().min(6)).any(|i| line.is(i, Class::WORD) && RULES.lists("opening_hedges", line, i))
}

/// Whether the trigger only stands in what somebody asks, wants or means to do: "wanted to know whether Yi beats GPT-4".
pub(super) fn is_unasserted(line: &Line<'_>, clause_from: usize, trigger: usize) -> bool {
    let from = clause_from.max(trigger.saturating_sub(UNASSERTED_REACH));
    (from..trigger).any(|i| {
        // "May want to know that": what is known is so.
        let is_known =
            (i..trigger).any(|at| matches!(line.low(at), "know" | "note") && line.low(at + 1) == "that");
        RULES.lists("unasserted", line, i)
            && !is_known
            && (i..trigger).all(|at| !matches!(line.low(at), "," | "or"))
    })
}

/// What is asked or wanted reaches this many tokens forward.
const UNASSERTED_REACH: usize = 10;

/// Whether a word stands right before the number at `i`, or one token further: "from about 40".
pub(super) fn stands_before(line: &Line<'_>, i: usize, word: &str) -> bool {
    (i.saturating_sub(2)..i).any(|at| line.low(at) == word)
}

/// Whether the number only says how many places are meant: "the top ten", "the ten best models".
pub(super) fn counts_places(line: &Line<'_>, i: usize) -> bool {
    let is_top = |low: &str| matches!(low, "top" | "best" | "highest" | "leading");
    // "Two models among the first twenty".
    let is_first = i > 1 && line.low(i - 1) == "first" && line.low(i - 2) == "the";
    is_first || (i > 0 && is_top(line.low(i - 1))) || is_top(line.low(i + 1))
}

/// Questions ask, orders and wishes order: neither claims.
pub(super) fn claims_nothing(line: &Line<'_>) -> bool {
    let text = line.span.of(line.plain).trim_end_matches(['"', '”', ')', ' ', '*']);
    text.ends_with('?') || RULES.lists("orders", line, 0)
}
