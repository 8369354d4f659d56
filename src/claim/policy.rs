//! Drafts of one sentence in; those that stand out, in the order of the text.
//!
//! Where rules overlap, in this order:
//! 1. a rule of more weight wins over one of less, an earlier match over a later one;
//! 2. no two claims share a number, and no two share the words that triggered them;
//! 3. of two claims of one kind in one clause that have neither number nor relation of their own, the first stands;
//! 4. "80% of start-ups build on Chinese models" is a share, and no lineage beside it;
//! 5. "30 % of the top 20" is a share (count, trend), and no rank beside it;
//! 6. a forecast silences what its clause says from the last comma on; an opinion stands only where nothing checkable does.

use super::slots::Draft;
use super::token::Line;
use crate::claim::ClaimKind;

/// Decides among the drafts of a sentence.
pub(super) fn decide<'r>(mut drafts: Vec<Draft<'r>>, line: &Line<'_>) -> Vec<Draft<'r>> {
    drafts.sort_by_key(|draft| {
        (draft.rule.kind == ClaimKind::Opinion, std::cmp::Reverse(draft.rule.entry.weight), draft.core.0)
    });
    let mut kept: Vec<Draft<'_>> = Vec::new();
    for draft in drafts {
        if !kept.iter().any(|other| excludes(other, &draft)) {
            kept.push(draft);
        }
    }
    let shares: Vec<(usize, usize)> =
        kept.iter().filter(|draft| draft.rule.kind == ClaimKind::Share).map(|draft| draft.clause).collect();
    kept.retain(|draft| draft.rule.kind != ClaimKind::Lineage || !shares.contains(&draft.clause));
    // "30 % of the top 20", "the share in the top ten rose": the places are the population, and nobody's rank.
    let measured: Vec<(usize, usize)> = kept
        .iter()
        .filter(|draft| matches!(draft.rule.kind, ClaimKind::Share | ClaimKind::Trend | ClaimKind::Count))
        .map(|draft| draft.clause)
        .collect();
    kept.retain(|draft| {
        draft.rule.kind != ClaimKind::Rank
            || draft.negated
            || !is_within(draft, line)
            || !measured.contains(&draft.clause)
    });
    let forecasts = foretold(&kept, line);
    kept.retain(|draft| {
        draft.rule.kind == ClaimKind::Forecast
            || !forecasts.iter().any(|(from, to)| (*from..*to).contains(&draft.core.0))
    });
    kept.sort_by_key(|draft| (draft.core.0, draft.value));
    kept
}

/// Whether a rank only names the top so many, or the best there is, of a board.
pub(super) fn is_within(draft: &Draft<'_>, line: &Line<'_>) -> bool {
    let is_best = |i: usize| {
        matches!(line.low(i), "best" | "top" | "highest" | "highest-scoring" | "top-scoring" | "best-scoring")
    };
    match draft.value {
        Some(value) => value > 0 && line.low(value - 1) == "top",
        None => (draft.core.0..draft.core.1).any(is_best),
    }
}

/// The tokens that forecasts speak of: from the last comma before each to the end of its clause.
pub(super) fn foretold(drafts: &[Draft<'_>], line: &Line<'_>) -> Vec<(usize, usize)> {
    drafts
        .iter()
        .filter(|draft| draft.rule.kind == ClaimKind::Forecast)
        .map(|draft| {
            let comma = (draft.clause.0..draft.core.0).rev().find(|i| line.low(*i) == ",");
            (comma.unwrap_or(draft.clause.0), draft.clause.1)
        })
        .collect()
}

/// Whether the draft already kept leaves no room for the other.
fn excludes(kept: &Draft<'_>, other: &Draft<'_>) -> bool {
    let same_value = kept.value.is_some() && kept.value == other.value;
    let same_clause = kept.clause == other.clause;
    let same_kind = kept.rule.kind == other.rule.kind;
    // "trained on 15T tokens and released in July" is two attributes, one with a number and one without.
    let other_figure = same_kind
        && kept.rule.kind == ClaimKind::Attribute
        && kept.value.is_some()
        && other.value.is_some()
        && !same_value;
    let one_figure =
        same_kind && kept.rule.kind == ClaimKind::Attribute && kept.value.is_some() != other.value.is_some();
    let same_words = kept.core.0 < other.core.1 && other.core.0 < kept.core.1 && !one_figure && !other_figure;
    let has_figure = other.value.is_some() || other.rule.entry.value.is_some();
    let says_no_more = same_kind
        && same_clause
        && !has_figure
        && kept.rule.entry.relation == other.rule.entry.relation
        && !one_figure;
    let opinion_beside = other.rule.kind == ClaimKind::Opinion && (same_clause || same_words);
    same_value || same_words || says_no_more || opinion_beside
}
