//! Marks: a claim on what share of a board stands above or below a score in ("half of the models hallucinate in more than
//! 10 % of answers"); that share out.

use super::figures;
use super::measured::{Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::party;
use super::view::{View, evaluation, source};
use crate::claim::Claim;
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::reported::{Interval, Unit};

/// How far a share may be off, as a share of itself, and still be the one printed: what counts as a model of its own is a
/// matter of the counting.
const COUNTING_SHARE: f64 = 0.1;

/// Rows that are listed as the source.
const ROWS_SHOWN: usize = 20;

/// The share that the claim speaks of; none where its words name no mark or no board.
pub(super) fn readings(claim: &Claim, view: &View<'_>, claimed: Interval) -> Result<Vec<Reading>> {
    let Some(bound) = figures::bound_of_counted(claim, view) else { return Ok(Vec::new()) };
    let Some(benchmark) = party::board(claim, view) else { return Ok(Vec::new()) };
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && head.in_force(view.day);
    let boards = view.nearest_copies(&benchmark, fits, |board| !board.rows.is_empty())?;
    let slack = COUNTING_SHARE * f64::midpoint(claimed.low, claimed.high).abs();
    let share = |board: &Board| {
        let rows: Vec<&Row> = board.rows.best_of_each().collect();
        let held: Vec<&Row> = rows.iter().copied().filter(|row| bound.contains(row.score)).collect();
        let shown = if held.is_empty() { &rows } else { &held };
        let first = shown.first()?;
        Some(Measured {
            label: format!("models of {benchmark} within the mark, of {}", rows.len()),
            benchmark: benchmark.clone(),
            metric: "share".to_owned(),
            unit: Unit::Percent,
            estimate: 100.0 * held.len() as f64 / rows.len() as f64,
            uncertainty: Uncertainty::Exact,
            n: Some(rows.len() as u64),
            evaluation: evaluation(board, first),
            claimed,
            target: Target::Published,
            conclusion: slack.is_finite().then(|| claimed.widened(slack)),
            scale: 1.0,
            sources: vec![source(board, &shown[..shown.len().min(ROWS_SHOWN)])],
        })
    };
    let measured: Vec<Measured> = boards.iter().filter_map(share).collect();
    let Some(first) = boards.first().filter(|_| !measured.is_empty()) else { return Ok(Vec::new()) };
    Ok(vec![Reading {
        name: format!("within-a-mark/{benchmark}"),
        meaning: format!(
            "the models of {benchmark} on {} whose scores are on the side of the mark",
            first.snapshot
        ),
        pool: Pool::Sources,
        measured,
        absence: None,
        steps: first.retrospective.then_some(Step::Retrospective).into_iter().collect(),
        picture: Some(Picture::Forest),
    }])
}
