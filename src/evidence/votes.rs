//! Votes: a claim that so many were cast on a model on a board in; how many the board showed on the day, as a reading, out.

use super::comparison;
use super::measured::{Measured, Reading, Target, Uncertainty};
use super::party;
use super::sources::{evaluation, source};
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::{Board, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::Unit;

/// Votes are added day by day: a printed number is met within this share of the one shown.
const GROWTH_SHARE: f64 = 0.05;

/// Whether the words count votes.
pub(super) fn is_asked(words: &Words) -> bool {
    words.any(&["vote ", "votes"])
}

/// The votes on the model that the claim names; `None` where it names no model, or a board that shows no votes.
pub(super) fn reading(claim: &Claim, view: &View<'_>) -> Result<Option<Reading>> {
    let is_model = |named: &party::Named| matches!(named.entity, Entity::Model(_));
    let named = party::named(claim, view).into_iter().chain(party::in_text(&claim.quote, view));
    let Some(model) = named.into_iter().find(is_model).map(|named| named.as_party()) else { return Ok(None) };
    let Some(benchmark) = party::board(claim, view) else { return Ok(None) };
    let Some(reported) = claim.reported.filter(|reported| reported.unit == Unit::Count) else {
        return Ok(None);
    };
    let shows = |board: &Board| rows(view, board, &model).iter().any(|row| row.n.is_some());
    let Some(board) = view.copies(&benchmark, |_| true, shows)?.into_iter().next() else { return Ok(None) };
    let measured = rows(view, &board, &model).into_iter().filter_map(|row| {
        let votes = row.n? as f64;
        let growth = GROWTH_SHARE * votes;
        Some(Measured {
            label: format!("votes on {} on {}", row.name, board.head.name),
            benchmark: benchmark.clone(),
            metric: "votes".to_owned(),
            unit: Unit::Count,
            estimate: votes,
            uncertainty: Uncertainty::Exact,
            n: row.n,
            evaluation: evaluation(&board, row),
            claimed: reported.interval().widened(if reported.is_bound() { 0.0 } else { growth }),
            target: Target::Published,
            conclusion: Some(comparison::near(&reported, growth)),
            scale: 1.0,
            sources: vec![source(&board, &[row])],
        })
    });
    let meaning = format!("votes on {} on {}, as the board showed them", model.text, view.called(&benchmark));
    let measured: Vec<Measured> = measured.collect();
    Ok(Some(Reading::of_sources(format!("votes/{benchmark}"), meaning, measured, None)))
}

fn rows<'b>(view: &View<'_>, board: &'b Board, model: &Party) -> Vec<&'b Row> {
    board.rows_of(&view.members(board, model))
}
