//! Denied places of whom a board does not list: "none of the ten best is from Mistral" in; a place behind everybody's out.

use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::rank;
use super::sources::{evaluation, source};
use super::view::{View, days_between};
use crate::claim::{Claim, Party};
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::reported::Unit;

/// Of a denied place of somebody whom the named board does not list: theirs is behind everybody's.
pub(super) fn readings(claim: &Claim, view: &View<'_>, subject: &Party) -> Result<Vec<(i32, Reading)>> {
    let Some(benchmark) = claim.benchmark.as_ref().and_then(|named| named.id.as_deref()) else {
        return Ok(Vec::new());
    };
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && head.in_force(view.day);
    let boards = view.copies(benchmark, fits, |board| !board.rows.is_empty())?;
    let reading = |board: Board| {
        let rows: Vec<&Row> = board.rows.best_of_each().collect();
        let (last, listed) = (*rows.last()?, rows.len());
        let measured = Measured {
            label: format!("{} not among the {listed} listed", subject.text),
            benchmark: benchmark.to_owned(),
            metric: board.head.metric.clone(),
            unit: Unit::Rank,
            estimate: listed as f64 + 1.0,
            uncertainty: Uncertainty::Exact,
            n: Some(listed as u64),
            evaluation: evaluation(&board, last),
            claimed: rank::claimed(claim, listed).0,
            target: Target::Published,
            conclusion: None,
            scale: 1.0,
            sources: vec![source(&board, &[last])],
        };
        let meaning = format!("{} among all on {}", subject.text, board.head.name);
        let steps = board.retrospective.then_some(Step::Retrospective);
        let age_days = days_between(board.snapshot, view.day);
        Some((
            age_days,
            Reading::of_sources(format!("{benchmark}/all-models"), meaning, vec![measured], steps),
        ))
    };
    Ok(boards.into_iter().take(1).filter_map(reading).collect())
}
