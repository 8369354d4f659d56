//! A match in; the benchmark, board or field that its claim is about out.

use super::class::Class;
use super::clause;
use super::context::{self, Context};
use super::pattern::Match;
use super::rule::{RULES, Rule};
use super::token::Line;
use crate::claim::{ClaimKind, NamedBenchmark};

/// The benchmark named in the clause, nearest to the value; else a phrase such as "in coding"; else the rule's own word.
pub(super) fn benchmark(
    rule: &Rule,
    found: &Match<'_>,
    line: &Line<'_>,
    clause: (usize, usize),
    value: Option<usize>,
    context: &Context,
) -> Option<NamedBenchmark> {
    use ClaimKind::{Comparison, Count, Gap, Rank, Score, Share, Trend};
    if matches!(rule.kind, Share | Count) {
        // Only a board that is named: "20% of the models on MMLU"; of top places the one that was named last.
        let counts_places = (found.from..found.to).any(|i| RULES.lists("placed", line, i));
        let named =
            (clause.0..clause.1).find(|i| line.is(*i, Class::BENCHMARK)).or_else(|| pointed_to(line, clause));
        return named
            .map(|i| context::benchmark(line, i))
            .or_else(|| context.benchmark().filter(|_| counts_places || counts_listed(line, clause)))
            .or_else(|| context.own_benchmark().filter(|_| counts_models(line, clause)));
    }
    let named_by = |from: usize, to: usize| NamedBenchmark { text: line.text(from, to).to_owned(), id: None };
    if let Some((from, to)) = found.capture("benchmark") {
        return Some(if line.is(from, Class::BENCHMARK) {
            context::benchmark(line, from)
        } else {
            named_by(from, to)
        });
    }
    if !matches!(rule.kind, Comparison | Gap | Rank | Score | Trend) {
        return None;
    }
    let centre = value.unwrap_or(found.from);
    let nearest =
        (clause.0..clause.1).filter(|i| line.is(*i, Class::BENCHMARK)).min_by_key(|i| i.abs_diff(centre));
    if let Some(i) = nearest.or_else(|| pointed_to(line, clause)) {
        let mut named = context::benchmark(line, i);
        let mut others: Vec<String> = Vec::new();
        let mut at = i + 1;
        while rule.kind != Score && at + 1 < line.len() && matches!(line.low(at), "and" | ",") {
            at += 1
                + usize::from(matches!(line.low(at + 1), "and" | "the"))
                + usize::from(line.low(at + 2) == "the");
            if !line.is(at, Class::BENCHMARK) {
                break;
            }
            others.push(line.text(at, at + 1).to_owned());
            at += 1;
        }
        if !others.is_empty() {
            named.text = format!("{}; {}", named.text, others.join("; "));
        }
        return Some(named);
    }
    if let Some(named) = context.benchmark().filter(|_| points_to_a_board(line)) {
        return Some(named);
    }
    if let Some(text) = &rule.entry.benchmark {
        return Some(NamedBenchmark { text: text.clone(), id: None });
    }
    if let Some((from, to)) =
        hosted(line, clause.0, clause.1).filter(|_| matches!(rule.kind, Score | Rank | Comparison | Gap))
    {
        return Some(named_by(from, to));
    }
    if let Some((from, to)) = phrase(line, clause.0, clause.1) {
        return Some(named_by(from, to));
    }
    let elsewhere =
        (0..line.len()).filter(|i| line.is(*i, Class::BENCHMARK)).min_by_key(|i| i.abs_diff(centre));
    match (rule.kind, elsewhere) {
        (Score | Rank | Comparison | Gap | Trend, Some(i)) => Some(context::benchmark(line, i)),
        (Comparison, None) => field(line, clause.0, clause.1).map(|(from, to)| named_by(from, to)),
        (Score, None) => {
            let phrase = || phrase(line, 0, line.len()).map(|(from, to)| named_by(from, to));
            context.own_benchmark().or_else(phrase).or_else(|| context.benchmark())
        }
        // "The best Chinese model is 36 points behind", in a paragraph on one board.
        (Gap, None) => context.own_benchmark().filter(|_| {
            value.is_some_and(|at| line.is(at, Class::POINTS.with(Class::ELO).with(Class::PERCENT)))
        }),
        (Trend, None) => {
            context.own_benchmark().filter(|_| (clause.0..clause.1).any(|i| RULES.lists("levels", line, i)))
        }
        _ => None,
    }
}

/// Whether the clause counts models, whoever brought them out, which a board named before lists.
fn counts_models(line: &Line<'_>, clause: (usize, usize)) -> bool {
    let is_plural =
        |i: usize| matches!(line.low(i), "models" | "systems" | "llms" | "chatbots" | "runs" | "submitted");
    (clause.0..clause.1).any(is_plural) && !tells_of_release(line, clause)
}

/// Whether the clause tells of what was brought out or sold, which is not what a board lists.
pub(super) fn tells_of_release(line: &Line<'_>, clause: (usize, usize)) -> bool {
    let any = |list: &str| (clause.0..clause.1).any(|i| RULES.lists(list, line, i));
    any("brought-out") || any("came-out") || any("business")
}

/// Whether the clause speaks of what is listed somewhere, which the sentences before have named: "of the models listed
/// there", "of the submissions".
fn counts_listed(line: &Line<'_>, clause: (usize, usize)) -> bool {
    (clause.0..clause.1).any(|i| {
        matches!(line.low(i), "listed" | "submissions" | "entries" | "rows")
            || (line.low(i) == "it" && matches!(line.low(i + 1), "lists" | "ranks" | "tracks"))
    })
}

/// The board that the sentence named before the clause and the clause calls "it": "have scored 70 percent or better on it".
fn pointed_to(line: &Line<'_>, clause: (usize, usize)) -> Option<usize> {
    let points = (clause.0 + 1..clause.1).any(|i| {
        line.low(i) == "it" && matches!(line.low(i - 1), "on" | "at" | "in") && line.low(i + 1) != "'s"
    });
    (0..clause.0).rev().find(|i| line.is(*i, Class::BENCHMARK)).filter(|_| points)
}

/// Whether the sentence says "the same benchmark", "that leaderboard": the one named before.
fn points_to_a_board(line: &Line<'_>) -> bool {
    (0..line.len().saturating_sub(1)).any(|i| {
        matches!(line.low(i), "same" | "that" | "this") && RULES.lists("benchmark_nouns", line, i + 1)
    })
}

/// "on LMArena", "on LMArena's text leaderboard": a board known by its keeper.
fn hosted(line: &Line<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let keeper = (from + 1..to).find(|i| {
        let is_on = matches!(line.low(i - 1), "on" | "atop" | "topped" | "tops");
        // "In Berkeley's December table", and not "in China".
        let owns = matches!(line.low(i - 1), "in" | "by" | "per") && line.low(i + 1) == "'s";
        line.is(*i, Class::ORGANISATION) && (is_on || owns)
    })?;
    let board = (keeper + 1..to.min(keeper + 6))
        .take_while(|i| !clause::is_hard_mark(line.low(*i)))
        .find(|i| line.low(keeper + 1) == "'s" && RULES.lists("benchmark_nouns", line, *i));
    Some((keeper, board.map_or(keeper + 1, |i| i + 1)))
}

/// "on most coding benchmarks", "in price": a field or board that no table names.
fn phrase(line: &Line<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    for i in from..to {
        if !matches!(line.low(i), "on" | "in" | "at" | "across" | "over" | "for" | "of") {
            continue;
        }
        let limit = to.min(i + 8);
        let mut end = i + 1;
        let ends =
            |at: usize| clause::is_hard_mark(line.low(at)) || line.is(at, Class::PARTY.with(Class::PERCENT));
        while end < limit && !ends(end) {
            let head = RULES.lists("benchmark_nouns", line, end)
                || (RULES.lists("fields", line, end) && !matches!(line.low(i), "of" | "for"));
            let goes_on = RULES.lists("benchmark_nouns", line, end + 1);
            // "Of the same size" says which models are set against each other, not in what.
            let is_class = line.low(end) == "size";
            if head && !goes_on && !is_class {
                // "at a fraction of the cost" is no field of its own.
                if line.low(i) == "at" && matches!(line.low(end), "cost" | "price") {
                    break;
                }
                let start = if matches!(line.low(i + 1), "the" | "a" | "its") { i + 2 } else { i + 1 };
                return Some((start.min(end), coordinated(line, end + 1, to)));
            }
            end += 1;
        }
    }
    None
}

/// The end of "coding and maths benchmarks", given the end of "coding".
fn coordinated(line: &Line<'_>, end: usize, to: usize) -> usize {
    if !matches!(line.low(end), "and" | "," | "or") {
        return end;
    }
    let is_head = |i: &usize| RULES.lists("benchmark_nouns", line, *i) || RULES.lists("fields", line, *i);
    (end + 1..to.min(end + 5)).find(is_head).map_or(end, |i| i + 1)
}

/// "inference speed", "the context window": what two are compared in, where no preposition says so.
fn field(line: &Line<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let i = (from..to).find(|i| {
        let is_class = line.low(*i) == "size";
        !line.is(*i, Class::PARTY)
            && !is_class
            && (RULES.lists("fields", line, *i) || RULES.lists("measures", line, *i))
    })?;
    let modified = i > from
        && line.is(i - 1, Class::WORD)
        && !RULES.lists("phrase_ends", line, i - 1)
        && !RULES.lists("auxiliaries", line, i - 1);
    let start = if modified
        && !matches!(
            line.low(i - 1),
            "the" | "a" | "its" | "their" | "and" | "better" | "higher" | "lower" | "'s" | "of"
        ) {
        i - 1
    } else {
        i
    };
    let end =
        if RULES.lists("measures", line, i) && line.low(i + 1).starts_with("window") { i + 2 } else { i + 1 };
    Some((start, end))
}
