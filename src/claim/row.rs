//! Drafts of one sentence in; the same with the rest of each row of figures: "A (86%), B (84%)".

use super::class::Class;
use super::slots::Draft;
use super::token::Line;
use super::{clause, context, noun};
use crate::claim::ClaimKind;

/// Kinds whose figures come in rows: "A (86%), B (84%)".
const IN_ROWS: [ClaimKind; 5] =
    [ClaimKind::Score, ClaimKind::Share, ClaimKind::Count, ClaimKind::Attribute, ClaimKind::Gap];

/// Figures of the same unit that stand beside a claimed one and are claimed by no rule: the rest of the row.
pub(super) fn complete<'r>(drafts: &mut Vec<Draft<'r>>, line: &Line<'_>) {
    let mut more: Vec<Draft<'r>> = Vec::new();
    // A rule without weight only guesses from the unit, and yields to its row.
    let taken = |i: usize| {
        drafts.iter().any(|draft| {
            draft.rule.entry.weight > 0
                && (draft.value == Some(i) || (draft.core.0..draft.core.1).contains(&i))
        })
    };
    for i in (0..line.len()).filter(|i| line.is(*i, Class::QUANTITY) && !taken(*i)) {
        let Some(quantity) = line.quantity(i) else { continue };
        let model =
            drafts
                .iter()
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
            None if !beside && stretch.0 < i => noun::party_of(line.text(stretch.0, i)),
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

/// Whether the figure is joined to the draft's own: "16B and 236B".
fn draft_beside(draft: &Draft<'_>, i: usize) -> bool {
    draft.value.is_some_and(|value| value.abs_diff(i) <= 2)
}

/// A row's figures stand this near to one another, in tokens.
const ROW_REACH: usize = 16;
