//! A board and the place of a row on it in; the rungs around that place, to be drawn, out.

use super::measured::{Picture, Rung};
use crate::dataset::{Board, Row};
use crate::stats::Z95;
use std::collections::BTreeSet;

/// Rungs drawn below the subject.
const RUNGS_BELOW: usize = 3;

/// Rungs drawn, where so many do.
pub(super) const RUNGS: usize = 14;

/// A line that says what is left out takes the room of a rung: fewer than this are drawn instead.
const LEAST_LEFT_OUT: usize = 4;

/// The rows down to a little below the place at `at`, with those that are `ours` marked; what lies far above is left out.
pub(super) fn ladder(board: &Board, ours: &BTreeSet<&str>, field: &[&Row], at: usize) -> Picture {
    let last = (at + RUNGS_BELOW).min(field.len().saturating_sub(1));
    let first_shown =
        if last < RUNGS + LEAST_LEFT_OUT { 0 } else { at.saturating_sub(RUNGS - RUNGS_BELOW - 2) };
    let interval = |row: &Row| {
        let half = Z95 * board.deviation(row);
        (row.ci_low.unwrap_or(row.score - half), row.ci_high.unwrap_or(row.score + half))
    };
    let (low, high) = interval(field[at]);
    let rung = |(i, row): (usize, &&Row)| {
        let (ci_low, ci_high) = interval(row);
        Rung {
            // Equals share the better place.
            rank: 1 + field[..i].iter().position(|above| above.score == row.score).unwrap_or(i),
            name: row.name.clone(),
            score: row.score,
            ci_low: Some(ci_low),
            ci_high: Some(ci_high),
            is_subject: ours.contains(row.model.as_str()),
            is_tie: i != at && ci_low <= high && low <= ci_high,
        }
    };
    let shown = |i: usize| i == 0 || (first_shown..=last).contains(&i);
    let rungs = field.iter().enumerate().filter(|(i, _)| shown(*i)).map(rung).collect();
    Picture::Ladder {
        board: format!("{}, {}", board.head.title, board.snapshot),
        metric: board.head.metric_and_unit(),
        rungs,
    }
}
