//! Drafts of one sentence in; the same with the rest of each row of figures: "A (86%), B (84%)".

use super::class::Class;
use super::slots::Draft;
use super::token::Line;
use super::{clause, context, noun, policy, scope};
use crate::claim::{ClaimKind, Party};

/// Kinds whose figures come in rows: "A (86%), B (84%)".
const IN_ROWS: [ClaimKind; 5] =
    [ClaimKind::Score, ClaimKind::Share, ClaimKind::Count, ClaimKind::Attribute, ClaimKind::Gap];

/// Figures of the same unit that stand beside a claimed one and are claimed by no rule: the rest of the row.
pub(super) fn complete<'r>(drafts: &mut Vec<Draft<'r>>, line: &Line<'_>) {
    let mut more: Vec<Draft<'r>> = Vec::new();
    let foretold = policy::foretold(drafts, line);
    // A rule without weight only guesses from the unit, and yields to its row.
    let taken = |i: usize| {
        drafts.iter().any(|draft| {
            draft.rule.entry.weight > 0
                && (draft.value == Some(i) || (draft.core.0..draft.core.1).contains(&i))
        })
    };
    for i in (0..line.len()).filter(|i| line.is(*i, Class::QUANTITY) && !taken(*i)) {
        if scope::counts_places(line, i) || foretold.iter().any(|(from, to)| (*from..*to).contains(&i)) {
            continue;
        }
        let Some(quantity) = line.quantity(i) else { continue };
        let model =
            drafts
                .iter()
                .chain(&more)
                .rev()
                .filter(|draft| IN_ROWS.contains(&draft.rule.kind) && draft.rule.entry.weight > 0)
                .find(|draft| {
                    draft.value.and_then(|v| line.quantity(v)).is_some_and(|of| {
                        of.unit == quantity.unit && of.scaled == quantity.scaled && !of.foreign
                    }) && draft.value.is_some_and(|v| v.abs_diff(i) < ROW_REACH)
                });
        let Some(model) = model else { continue };
        let stretch = clause::stretch(line, i, i + 1);
        let near =
            (stretch.0..stretch.1).filter(|at| noun::is_party(line, *at)).min_by_key(|at| at.abs_diff(i));
        let outside = (i.saturating_sub(3)..i).rev().find(|at| noun::is_party(line, *at));
        let beside = draft_beside(model, i);
        let named = near.or(outside).or_else(|| (stretch.0..i).find(|at| noun::is_pointer(line, *at)));
        if line.low(i.saturating_sub(1)) == "±"
            || (named.is_none() && !beside && model.rule.kind != ClaimKind::Share)
        {
            continue;
        }
        let name = named.unwrap_or(stretch.0);
        let parties = match named {
            Some(at) if noun::is_party(line, at) => {
                noun::run_of_names(line, at, stretch.0.min(at), stretch.1.max(at + 1)).parties
            }
            None if !beside && Some(stretch.0) > model.value && line.is(stretch.0, Class::CAPITAL) => {
                let end = (stretch.0..i).find(|at| !line.is(*at, Class::CAPITAL)).unwrap_or(i);
                noun::party_of(line.text(stretch.0, end))
            }
            _ => model.subject.clone(),
        };
        let reported = model.reported.map(|reported| quantity.reported(reported.unit));
        let benchmark = (stretch.0..stretch.1)
            .find(|at| line.is(*at, Class::BENCHMARK))
            .map(|at| context::benchmark(line, at));
        more.push(Draft {
            core: (i, i + 1),
            quote: (stretch.0.min(name), stretch.1.max(name + 1)),
            clause: stretch,
            subject: parties,
            benchmark: benchmark.or_else(|| model.benchmark.clone()),
            value: Some(i),
            reported,
            ..model.clone()
        });
    }
    drafts.retain(|draft| draft.value.is_none() || !more.iter().any(|row| row.value == draft.value));
    drafts.extend(more);
}

/// "R1 matches o1 at a tenth of the cost": the second comparison of a clause, which names nobody new, is about the same two.
pub(super) fn pair_up(drafts: &mut [Draft<'_>]) {
    for i in 0..drafts.len() {
        let of_pair = |other: &&Draft<'_>| {
            other.rule.kind == ClaimKind::Comparison
                && other.clause == drafts[i].clause
                && !other.object.is_empty()
                && same_names(&other.object, &drafts[i].subject)
        };
        if drafts[i].rule.kind == ClaimKind::Comparison
            && drafts[i].object.is_empty()
            && let Some(first) = drafts.iter().find(of_pair)
        {
            (drafts[i].subject, drafts[i].object) = (first.subject.clone(), first.object.clone());
        }
    }
}

/// "A beats B (86% vs 83%)": the first of two scores set against each other is the winner's, the second the other's.
pub(super) fn set_against(drafts: &mut [Draft<'_>], line: &Line<'_>) {
    let Some((subject, object)) = drafts.iter().find_map(|draft| {
        (draft.rule.kind == ClaimKind::Comparison && draft.subject.len() == 1 && draft.object.len() == 1)
            .then(|| (draft.subject.clone(), draft.object.clone()))
    }) else {
        return;
    };
    let mut scores: Vec<usize> =
        (0..drafts.len()).filter(|i| drafts[*i].rule.kind == ClaimKind::Score).collect();
    scores.sort_by_key(|i| drafts[*i].value);
    if let [first, second] = scores[..]
        && let (Some(from), Some(to)) = (drafts[first].value, drafts[second].value)
        && to - from <= 3
        && (from + 1..to).all(|i| matches!(line.low(i), "vs" | "versus" | "." | "to" | "against" | "and"))
    {
        drafts[first].subject = subject;
        drafts[second].subject = object;
    }
}

/// Whether two lists name the same parties, be the noun spelled out or "ones".
fn same_names(a: &[Party], b: &[Party]) -> bool {
    let stem = |party: &Party| {
        party.text.rsplit_once(' ').map_or_else(|| party.text.clone(), |(stem, _)| stem.to_owned())
    };
    a == b
        || (a.len() == b.len()
            && a.iter().zip(b).all(|(a, b)| b.text.ends_with(" ones") && stem(a) == stem(b)))
}

/// Gives each of several figures its own name where names and figures stand in the same order: "A and B scored 80% and
/// 75%", "80% on MMLU and 75% on GSM8K" told as "80% and 75% on MMLU and GSM8K".
pub(super) fn share_out(drafts: &mut [Draft<'_>], line: &Line<'_>) {
    for first in 0..drafts.len() {
        let of_row = |draft: &Draft<'_>| {
            draft.value.is_some()
                && draft.rule.kind == drafts[first].rule.kind
                && draft.subject == drafts[first].subject
        };
        let mut row: Vec<usize> = (first..drafts.len()).filter(|i| of_row(&drafts[*i])).collect();
        row.sort_by_key(|i| drafts[*i].value);
        if row.len() < 2 || !of_row(&drafts[first]) {
            continue;
        }
        let parties = drafts[first].subject.clone();
        if parties.len() == row.len() {
            for (i, party) in row.into_iter().zip(parties) {
                drafts[i].subject = vec![party];
            }
            continue;
        }
        let last = row.iter().filter_map(|i| drafts[*i].value).max().unwrap_or(0);
        let boards = joined_boards(line, last + 1);
        if boards.len() == row.len() {
            for (i, board) in row.into_iter().zip(boards) {
                drafts[i].benchmark = Some(context::benchmark(line, board));
            }
        }
    }
}

/// The benchmarks that stand joined to one another soon after token `from`.
fn joined_boards(line: &Line<'_>, from: usize) -> Vec<usize> {
    let mut boards: Vec<usize> = Vec::new();
    for i in from..line.len() {
        if line.is(i, Class::BENCHMARK) {
            boards.push(i);
        } else if line.is(i, Class::QUANTITY)
            || (boards.is_empty() && i > from + 4)
            || (!boards.is_empty() && !matches!(line.low(i), "," | "and" | "the" | "&" | "/"))
        {
            break;
        }
    }
    boards
}

/// Whether the figure is joined to the draft's own: "16B and 236B".
fn draft_beside(draft: &Draft<'_>, i: usize) -> bool {
    draft.value.is_some_and(|value| value.abs_diff(i) <= 2)
}

/// A row's figures stand this near to one another, in tokens.
const ROW_REACH: usize = 16;
