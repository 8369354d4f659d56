//! The first two places of a board: a claim on how far they are apart in; the distance that the board shows out.

use super::gap;
use super::measured::{Measured, Reading, Step};
use super::opponents::{LEADER, RUNNER_UP};
use super::party;
use super::view::View;
use super::words::Words;
use crate::claim::Claim;
use crate::dataset::{Board, BoardHead, Coverage};
use crate::error::Result;

/// Words for the second place, beside those for whoever holds it.
const SECOND: [&str; 5] = ["second place", "second spot", "number two", "and second", "from second"];

/// Whether the claim is of the first two places, whoever holds them.
pub(super) fn is_asked(claim: &Claim) -> bool {
    let words = Words::of(claim);
    let names_nobody = claim.subject.iter().chain(&claim.object).all(|party| party.entity.is_none());
    names_nobody
        && (words.any(&SECOND) || words.any(&RUNNER_UP))
        && (words.any(&LEADER) || words.any(&["first ", "apart", "separat"]))
}

/// The distance between the two on the claim's board; none where it names no board.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let Some(benchmark) = party::board(claim, view) else { return Ok(Vec::new()) };
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && head.in_force(view.day);
    let boards = view.nearest_copies(&benchmark, fits, |board| board.models().len() > 1)?;
    let shown = |board: &Board| -> Option<Measured> {
        let mut best = board.rows.best_of_each();
        let (first, second) = (best.next()?, best.next()?);
        Some(gap::difference(board, second, first, claim.reported.as_ref()))
    };
    let measured: Vec<Measured> = boards.iter().filter_map(shown).collect();
    if measured.is_empty() {
        return Ok(Vec::new());
    }
    let is_retrospective = boards.iter().any(|board| board.retrospective);
    Ok(vec![Reading::of_sources(
        format!("first-two/{benchmark}"),
        format!("the first of {} minus the second", view.called(&benchmark)),
        measured,
        is_retrospective.then_some(Step::Retrospective),
    )])
}
