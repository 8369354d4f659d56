//! Lists: a claim on how many models stand on a board in; their number on each copy of the board out.

use super::counted::Property;
use super::figures;
use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::party::Named;
use super::sources::{evaluation, source_of_first};
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::quantity;
use crate::reported::{Interval, Reported, Unit};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How far a count or share of a board may be off, as a share of itself, and still be the one printed: what counts as a
/// model of its own (dated, sized and tuned versions) is a matter of the counting.
pub(super) const COUNTING_SHARE: f64 = 0.1;

/// Words for the rows of a board.
pub(super) const ENTRIES: [&str; 5] = ["entr", "row", "submission", "listing", "results"];

/// Words that say when the models came, and not when they stood on the board.
pub(super) const RELEASED: [&str; 6] =
    ["released", "launched", "published", "came out", "dating from", "from 20"];

/// Models listed on a board, of a group and a time of release where these are named. Several data sets may keep a board
/// of one name: the words fit any of them.
pub(super) fn reading(
    claim: &Claim,
    view: &View<'_>,
    benchmark: &str,
    group: Option<&Named>,
    claimed: Interval,
) -> Result<Option<Reading>> {
    let window = Some(window::counted(claim, view.day))
        .filter(|(from, _)| !window::is_open(*from) && Words::of(claim).any(&RELEASED));
    let bound = figures::bound_of_counted(claim, view);
    // The head of a board shows all that stand above a mark that its last row is below.
    let shows_all = |board: &Board| match (board.head.coverage, bound, board.rows.last()) {
        (Coverage::Full, ..) => true,
        (_, Some(bound), Some(last)) => board.head.better(last.score) < board.head.better(bound.low),
        _ => false,
    };
    let covers = |board: &Board| !board.rows.is_empty() && shows_all(board);
    let boards = view.nearest_copies(benchmark, |_| true, covers)?;
    // "More than 1,500 merges": a kind that the board tells of its rows.
    let kind = Property::said(&Words::of(claim)).filter(|said| matches!(said, Property::Kind(_)));
    let field = Field { group, window, bound, kind: kind.as_ref() };
    let mut measured: Vec<Measured> =
        boards.iter().filter_map(|board| counted(view, board, &field, claimed)).collect();
    if window.is_none() && (bound.is_some() || kind.is_some() || Words::of(claim).any(&ENTRIES)) {
        let entries: Vec<Measured> = boards
            .iter()
            .zip(&measured)
            .map(|(board, models)| entries(view, board, &field, models))
            .collect();
        measured.extend(entries);
    }
    let Some(board) = boards.first().filter(|_| !measured.is_empty()) else { return Ok(None) };
    Ok(Some(Reading::of_sources(
        "listed".to_owned(),
        format!("different models on {} on {}{}", board.head.name, board.snapshot, field.text()),
        measured,
        board.retrospective.then_some(Step::Retrospective),
    )))
}

/// Words by which two are compared by how many models they have on a board.
pub(super) const MORE_MODELS: [&str; 6] =
    ["more models", "more entries", "more systems", "fewer models", "fewer entries", "fewer systems"];

fn top(places: Option<usize>) -> String {
    places.map_or_else(String::new, |places| format!(", top {places},"))
}

/// How many models more than the other the one has on a board, or in the top places of it; none where no copy lists both.
pub(super) fn compared(
    view: &View<'_>,
    (benchmark, places): (&str, Option<usize>),
    more: &Party,
    fewer: &Party,
    reported: Option<&Reported>,
) -> Result<Option<Reading>> {
    // The top of a board tells of its top places as the whole does.
    let fits = |head: &BoardHead| match head.coverage {
        Coverage::Full => true,
        Coverage::Top => places.is_some(),
        Coverage::BestOfLab => false,
    };
    let is_enough = |board: &Board| board.rows.best_of_each().count() >= places.unwrap_or(1);
    let boards = view.nearest_copies(benchmark, fits, is_enough)?;
    let value = |board: &Board| {
        let placed: Option<BTreeSet<&str>> = places
            .map(|places| board.rows.best_of_each().take(places).map(|row| row.model.as_str()).collect());
        let among = |party: &Party| {
            let mut ids = view.members(board, party);
            ids.retain(|id| placed.as_ref().is_none_or(|placed| placed.contains(id)));
            ids
        };
        let (ours, theirs) = (among(more), among(fewer));
        let rows: Vec<&Row> = board.rows_of(&ours.union(&theirs).copied().collect());
        let first = rows.first().copied()?;
        let (ours, theirs) = (ours.len() as f64, theirs.len() as f64);
        let (unit, estimate, claimed) = by_how_many(ours, theirs, reported);
        Some(Measured {
            label: format!("models of {} minus those of {} on {}", more.text, fewer.text, board.head.name),
            benchmark: benchmark.to_owned(),
            metric: "models".to_owned(),
            unit,
            estimate,
            uncertainty: Uncertainty::Exact,
            n: Some((ours + theirs) as u64),
            evaluation: evaluation(board, first),
            claimed,
            target: Target::Published,
            conclusion: None,
            scale: 1.0,
            sources: vec![source_of_first(board, &rows)],
        })
    };
    let measured: Vec<Measured> = boards.iter().filter_map(value).collect();
    let Some(board) = boards.first().filter(|_| !measured.is_empty()) else { return Ok(None) };
    Ok(Some(Reading::of_sources(
        "listed".to_owned(),
        format!("different models of both on {}{} on {}", board.head.name, top(places), board.snapshot),
        measured,
        board.retrospective.then_some(Step::Retrospective),
    )))
}

/// By how many, or how many times, one number of models is above another, and by how many it is said to be.
pub(super) fn by_how_many(ours: f64, theirs: f64, reported: Option<&Reported>) -> (Unit, f64, Interval) {
    match reported {
        Some(times) if times.unit == Unit::Times => (Unit::Times, ours / theirs.max(1.0), times.interval()),
        Some(number) if number.unit == Unit::Count => (Unit::Count, ours - theirs, number.interval()),
        _ => (Unit::Count, ours - theirs, Interval::at_least(1.0)),
    }
}

/// Which rows of a board are counted.
struct Field<'f> {
    group: Option<&'f Named>,
    window: Option<(Date, Date)>,
    bound: Option<Interval>,
    kind: Option<&'f Property>,
}

impl Field<'_> {
    /// In words, what is asked beside the group.
    fn text(&self) -> String {
        let when =
            self.window.map_or_else(String::new, |(from, to)| format!(", released from {from} to {to}"));
        let kind = self.kind.map_or_else(String::new, |kind| format!(", of the kind {}", kind.text()));
        when + &kind
            + &self.bound.map_or_else(String::new, |bound| {
                match (bound.low.is_finite(), bound.high.is_finite()) {
                    (true, false) => format!(", from {} up", quantity::number(bound.low)),
                    (false, true) => format!(", from {} down", quantity::number(bound.high)),
                    _ => format!(", with {}", quantity::range(bound.low, bound.high)),
                }
            })
    }

    fn has(&self, view: &View<'_>, row: &Row) -> bool {
        self.bound.is_none_or(|bound| bound.contains(row.score))
            && self.kind.is_none_or(|kind| kind.had_by_row(view, row) == Some(true))
    }
}

/// As many rows as the board has of them: a model that was run at several settings has several.
fn entries(view: &View<'_>, board: &Board, field: &Field<'_>, models: &Measured) -> Measured {
    let is_ours = view.owns(board, field.group);
    let rows = board.rows.iter().filter(|row| is_ours(row) && field.has(view, row)).count();
    Measured {
        label: format!("entries on {} by {}{}", board.head.name, board.snapshot, field.text()),
        metric: "entries".to_owned(),
        estimate: rows as f64,
        n: Some(rows as u64),
        ..models.clone()
    }
}

fn counted(view: &View<'_>, board: &Board, field: &Field<'_>, claimed: Interval) -> Option<Measured> {
    let mut models: BTreeSet<&str> = match field.group {
        Some(group) => view.members_of(board, &group.entity),
        None => board.models().into_iter().collect(),
    };
    if let Some((from, to)) = field.window {
        models.retain(|id| view.facts(id).released.is_some_and(|day| from <= day && day <= to));
    }
    let rows: Vec<&Row> = board.rows_of(&models).into_iter().filter(|row| field.has(view, row)).collect();
    let first = rows.first().copied().or_else(|| board.rows.first().map(AsRef::as_ref))?;
    let shown = if rows.is_empty() { vec![first] } else { rows.clone() };
    Some(Measured {
        label: format!("models listed on {} by {}{}", board.head.name, board.snapshot, field.text()),
        benchmark: board.head.benchmark.clone(),
        metric: "models".to_owned(),
        unit: Unit::Count,
        estimate: rows.len() as f64,
        uncertainty: Uncertainty::Exact,
        n: Some(rows.len() as u64),
        evaluation: evaluation(board, first),
        claimed,
        target: Target::Published,
        conclusion: claimed.near(COUNTING_SHARE),
        scale: 1.0,
        sources: vec![source_of_first(board, &shown)],
    })
}
