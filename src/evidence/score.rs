//! Score claims: "GPT-4 achieves 86.4 % on MMLU".
//!
//! # What it reads
//! A model (or family), a benchmark and a printed number.
//!
//! # How it is recomputed
//! Every row for the model on the benchmark as of the day. The number holds when a row falls in its rounding
//! interval, is inexact within the benchmark's protocol tolerance, and is else as likely as sampling makes it.
//!
//! # What it cannot tell
//! Which protocol (shots, prompt, judge) the text means: rows of several protocols are shown side by side.

use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::sources::{evaluation, source};
use super::view::View;
use super::words::Words;
use crate::claim::Claim;
use crate::dataset::{Board, BoardHead, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Comparator, Reported, Unit};
use crate::stats;
use std::collections::BTreeSet;

/// The readings of a score claim; none when nothing bears on it.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let (Some(subject), Some(reported)) = (claim.subject.first(), reached(claim)) else {
        return Ok(Vec::new());
    };
    let Some(benchmark) = claim.benchmark.as_ref().and_then(|b| b.id.as_deref()) else {
        return Ok(Vec::new());
    };
    let mut boards = Vec::new();
    for head in view.heads(Some(benchmark)).filter(|head| same_quantity(head.unit, reported.unit)) {
        boards.extend(view.board(head, |board| !view.members(board, subject).is_empty())?);
    }
    // What a source showed on the day is what it said, whatever it measured later in another way.
    prefer(&mut boards, |board| !board.retrospective);
    // A test that its source has replaced speaks only of what the new one lacks.
    prefer(&mut boards, |board| board.head.in_force(view.day));
    let retrospective = boards.iter().any(|board| board.retrospective);
    let mut measured: Vec<Measured> = Vec::new();
    for board in &boards {
        let mut rows = board.rows_of(&view.members(board, subject));
        // What somebody else uploaded under the model's name is not the model where its maker's own row stands.
        if let Some(Entity::Model(id)) = &subject.entity
            && let maker @ Some(_) = &view.facts(id).organisation
            && rows.iter().any(|row| row.organisation == *maker)
        {
            rows.retain(|row| row.organisation.is_none() || row.organisation == *maker);
        }
        measured.extend(rows.into_iter().map(|row| measure(board, row, &reported)));
    }
    if measured.is_empty() {
        return Ok(Vec::new());
    }
    let one_model = matches!(subject.entity, Some(Entity::Model(_)));
    let mut steps = Vec::new();
    if !one_model {
        steps.push(Step::Indirectness);
    }
    if retrospective {
        steps.push(Step::Retrospective);
    }
    // The rows nearest the printed number first: a long list of a model's settings must not hide the one meant.
    measured.sort_by(|a, b| distance(a, &reported).total_cmp(&distance(b, &reported)));
    Ok(vec![Reading::of_sources(
        if one_model { "any-setting" } else { "any-member" }.to_owned(),
        format!("{} on {}, in any setting listed", subject.text, view.called(benchmark)),
        measured,
        steps,
    )])
}

/// Words of reaching a mark.
const REACHES: [&str; 6] = ["reach", "hit ", "clear", "attain", "crack", "get to"];

/// The number that the claim reports. What is not reached is a mark: who "does not even reach 75" is denied 75 or more, and
/// not just that score.
fn reached(claim: &Claim) -> Option<Reported> {
    let reported = claim.reported?;
    let is_mark = claim.negated && !reported.is_bound() && Words::of(claim).any(&REACHES);
    let comparator = if is_mark { Some(Comparator::Ge) } else { reported.comparator };
    Some(Reported { comparator, ..reported })
}

/// Of a source that has boards of the better kind, keeps those alone.
fn prefer(boards: &mut Vec<Board>, is_better: impl Fn(&Board) -> bool) {
    let better: BTreeSet<String> =
        boards.iter().filter(|board| is_better(board)).map(|board| board.head.dataset.clone()).collect();
    boards.retain(|board| is_better(board) || !better.contains(&board.head.dataset));
}

fn distance(measured: &Measured, reported: &Reported) -> f64 {
    (measured.estimate - reported.value).abs()
}

/// A percentage is a score in points of a hundred; a rating is not.
fn same_quantity(board: Unit, printed: Unit) -> bool {
    let plain = |unit| matches!(unit, Unit::Percent | Unit::Points | Unit::Count);
    board == printed || (plain(board) && plain(printed)) || (board == Unit::Elo && printed == Unit::Points)
}

/// What lies on the edge of two roundings belongs to both.
const ROUNDING_EDGE: f64 = 1e-9;

fn measure(board: &Board, row: &Row, reported: &Reported) -> Measured {
    // 76.35 may be printed as 76.3 and as 76.4.
    let claimed = reported.interval().widened(ROUNDING_EDGE);
    let uncertainty = match (row.n.or(board.head.items), board.gives_uncertainty(row)) {
        (Some(n), true) if row.ci_low.is_none() => Uncertainty::Proportion { n, scale: 100.0 },
        (_, true) => Uncertainty::Normal { sd: board.deviation(row) },
        _ => Uncertainty::Normal { sd: board.head.tolerance / stats::Z95 },
    };
    Measured {
        label: label(row, &board.head),
        benchmark: board.head.benchmark.clone(),
        metric: board.head.metric.clone(),
        unit: board.head.unit,
        estimate: row.score,
        uncertainty,
        n: row.n.or(board.head.items),
        evaluation: evaluation(board, row),
        claimed,
        target: Target::Published,
        conclusion: Some(claimed.widened(board.head.tolerance)),
        scale: board.spread(),
        sources: vec![source(board, &[row])],
    }
}

/// What was measured, with the table where that is called otherwise than its benchmark.
fn label(row: &Row, head: &BoardHead) -> String {
    let table = if head.dataset == head.benchmark { String::new() } else { format!(" ({})", head.dataset) };
    format!("{} on {}{table}", row.name, head.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_and_points_are_one_quantity_and_ratings_another() {
        assert!(same_quantity(Unit::Percent, Unit::Points));
        assert!(!same_quantity(Unit::Elo, Unit::Percent));
        assert!(!same_quantity(Unit::Percent, Unit::Months));
    }
}
