//! Marks: a claim on what share of a board stands above or below a score in ("half of the models hallucinate in more than
//! 10 % of answers"); that share out.

use super::figures;
use super::listed::{COUNTING_SHARE, ENTRIES};
use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::party;
use super::sources::{evaluation, source_of_first};
use super::view::View;
use super::words::Words;
use crate::claim::Claim;
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::reported::{Interval, Unit};

/// The share that the claim speaks of; none where its words name no mark or no board.
pub(super) fn readings(claim: &Claim, view: &View<'_>, claimed: Interval) -> Result<Vec<Reading>> {
    let Some(bound) = figures::bound_of_counted(claim, view) else { return Ok(Vec::new()) };
    let Some(benchmark) = party::board(claim, view) else { return Ok(Vec::new()) };
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && head.in_force(view.day);
    let boards = view.nearest_copies(&benchmark, fits, |board| !board.rows.is_empty())?;
    let share = |board: &Board, rows: Vec<&Row>| {
        let held: Vec<&Row> = rows.iter().copied().filter(|row| bound.contains(row.score)).collect();
        let shown = if held.is_empty() { &rows } else { &held };
        let first = shown.first()?;
        Some(Measured {
            label: format!("models of {} within the mark, of {}", board.head.name, rows.len()),
            benchmark: benchmark.clone(),
            metric: "share".to_owned(),
            unit: Unit::Percent,
            estimate: 100.0 * held.len() as f64 / rows.len() as f64,
            uncertainty: Uncertainty::Exact,
            n: Some(rows.len() as u64),
            evaluation: evaluation(board, first),
            claimed,
            target: Target::Published,
            conclusion: claimed.near(COUNTING_SHARE),
            scale: 1.0,
            sources: vec![source_of_first(board, shown)],
        })
    };
    let mut measured: Vec<Measured> = Vec::new();
    for board in &boards {
        let models: Vec<&Row> = board.rows.best_of_each().collect();
        // Entries are rows, of which a model may have several.
        let has_more = board.rows.len() > models.len() && Words::of(claim).any(&ENTRIES);
        measured.extend(share(board, models));
        measured
            .extend(has_more.then(|| share(board, board.rows.iter().map(AsRef::as_ref).collect())).flatten());
    }
    let Some(first) = boards.first().filter(|_| !measured.is_empty()) else { return Ok(Vec::new()) };
    Ok(vec![Reading::of_sources(
        format!("within-a-mark/{benchmark}"),
        format!(
            "the models of {} on {} whose scores are on the side of the mark",
            first.head.name, first.snapshot
        ),
        measured,
        first.retrospective.then_some(Step::Retrospective),
    )])
}
