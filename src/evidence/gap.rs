//! Gap claims: "China lags the US by at least a year", "12 points behind", "trails".
//!
//! # What it reads
//! Two sides, who is behind, and a distance in time or in points; an unquantified lag is one above zero.
//!
//! # How it is recomputed
//! In time by the frontier rule (see `frontier.rs`) with every score redrawn from its uncertainty; in points as the
//! difference of the two best scores on the day.
//!
//! # What it cannot tell
//! How far behind a side is in anything but what the board measures.

use super::comparison;
use super::frontier::{self, DAYS_A_MONTH, Dated};
use super::measured::{Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::view::{View, evaluation, source};
use crate::claim::{Claim, Party, Relation};
use crate::dataset::{Board, Coverage, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Reported, Unit};
use crate::stats::DRAWS;
use std::collections::BTreeSet;

/// Indices for a gap that names no benchmark, the headline first.
pub(super) const INDICES: [&str; 4] = ["epoch-capabilities-index", "chatbot-arena", "gpqa-diamond", "mmlu"];

/// A lag between two frontiers is known to about a month and a half: a release is announced, opened and evaluated
/// on different days. Within it a printed number is off but its conclusion stands.
const LAG_TOLERANCE_MONTHS: f64 = 1.5;

/// For long lags the tolerance is this share of the printed number: nobody means "two years" to the month.
const LAG_TOLERANCE_SHARE: f64 = 0.25;

/// Fewer redraws than elsewhere: each rebuilds two frontier curves.
const LAG_DRAWS: usize = DRAWS / 4;

/// The readings of a gap claim; none when no index has both sides.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let (Some(subject), Some(object)) = (claim.subject.first(), claim.object.first()) else {
        return Ok(Vec::new());
    };
    let (laggard, leader) =
        if claim.relation == Some(Relation::Better) { (object, subject) } else { (subject, object) };
    let indices: Vec<&str> = match &claim.benchmark {
        Some(named) => named.id.as_deref().into_iter().collect(),
        None => INDICES.to_vec(),
    };
    let mut readings: Vec<Reading> = Vec::new();
    for index in indices {
        if !(view.wants(&lag_name(index)) || view.wants(&points_name(index))) {
            continue;
        }
        let both = |board: &Board| ![laggard, leader].iter().any(|side| view.members(board, side).is_empty());
        // Only the best of some laboratories is no frontier of those laboratories.
        for board in view.copies(index, |head| head.coverage != Coverage::BestOfLab, both)? {
            for way in ways(claim) {
                let reading = match way {
                    Way::Points => points(view, &board, laggard, leader, claim.reported.as_ref()),
                    Way::Months => lag(view, &board, laggard, leader, claim.reported.as_ref()),
                };
                readings.extend(reading.filter(|new| {
                    view.wants(&new.name) && readings.iter().all(|known| known.name != new.name)
                }));
            }
        }
    }
    Ok(readings)
}

/// What a distance is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Months,
    Points,
}

/// The measures that the words leave open, the one nearest to them first: a number has a unit; "A trails B on the board"
/// is about its scores, and "China trails the United States" about time.
fn ways(claim: &Claim) -> Vec<Way> {
    match claim.reported.map(|reported| reported.unit) {
        Some(Unit::Points | Unit::Elo | Unit::Percent) => vec![Way::Points],
        Some(_) => vec![Way::Months],
        None if claim.benchmark.is_some() => vec![Way::Points, Way::Months],
        None => vec![Way::Months, Way::Points],
    }
}

/// Where the lag would have to be, in months, and the wider range in which the number's conclusion stands.
fn claimed_months(reported: Option<&Reported>) -> (Interval, Option<Interval>) {
    let Some(reported) = reported else { return (Interval::at_least(0f64.next_up()), None) };
    let factor = match reported.unit {
        Unit::Years => 12.0,
        Unit::Days => 1.0 / DAYS_A_MONTH,
        _ => 1.0,
    };
    let months = reported.scaled(factor, Unit::Months);
    let tolerance = LAG_TOLERANCE_MONTHS.max(LAG_TOLERANCE_SHARE * months.value);
    // A printed "at least" keeps its side: only the bound itself is loose.
    let tolerance = if months.comparator.is_some() { LAG_TOLERANCE_MONTHS } else { tolerance };
    let interval = months.interval();
    (interval, Some(interval.widened(tolerance)))
}

fn lag_name(index: &str) -> String {
    format!("lag/{index}")
}

fn points_name(index: &str) -> String {
    format!("points/{index}")
}

fn lag(
    view: &View<'_>,
    board: &Board,
    laggard: &Party,
    leader: &Party,
    reported: Option<&Reported>,
) -> Option<Reading> {
    let side = |party: &Party| dated(view, board, &view.members(board, party));
    let (behind, ahead) = (side(laggard), side(leader));
    // A board that stopped moving says nothing of the time since.
    let day = view.last_day(board);
    let (behind_steps, ahead_steps) = (frontier::steps(&behind, day), frontier::steps(&ahead, day));
    let estimate = frontier::lag_months(&ahead_steps, &behind_steps, day)?;
    let best = behind_steps.last()?;
    let (claimed, conclusion) = claimed_months(reported);
    let rows = rows_named(board, &[&best.model, &ahead_steps.last()?.model]);
    let measured = Measured {
        label: format!("lag of {} behind {} on {}", laggard.text, leader.text, board.head.benchmark),
        benchmark: board.head.benchmark.clone(),
        metric: board.head.metric.clone(),
        unit: Unit::Months,
        estimate,
        uncertainty: Uncertainty::Draws(frontier::lag_draws(&ahead, &behind, day, LAG_DRAWS, 1)),
        n: Some((behind.len() + ahead.len()) as u64),
        evaluation: rows.first().map_or(board.head.evaluation, |row| evaluation(board, row)),
        claimed,
        // A printed number of months is the board's own figure, rounded; a bound is one on the true lag.
        target: match reported {
            Some(printed) if printed.comparator.is_none() => Target::Published,
            _ => Target::Latent,
        },
        conclusion,
        scale: 1.0,
        sources: vec![source(board, &rows)],
    };
    let picture = Picture::Frontier {
        board: format!("{}, {}", board.head.title, board.snapshot),
        metric: board.head.metric.clone(),
        leader: leader.text.clone(),
        laggard: laggard.text.clone(),
        reached: frontier::reached(&ahead_steps, best.score),
        leader_steps: ahead_steps,
        laggard_steps: behind_steps,
        day,
    };
    let meaning =
        format!("how long ago {} had what {} has, on {}", leader.text, laggard.text, board.head.benchmark);
    Some(reading(
        board,
        lag_name(&board.head.benchmark),
        meaning,
        measured,
        Some(picture),
        &[laggard, leader],
    ))
}

fn points(
    view: &View<'_>,
    board: &Board,
    laggard: &Party,
    leader: &Party,
    reported: Option<&Reported>,
) -> Option<Reading> {
    let best = |party: &Party| board.rows_of(&view.members(board, party)).into_iter().next();
    let (behind, ahead) = (best(laggard)?, best(leader)?);
    let difference = board.head.better(ahead.score) - board.head.better(behind.score);
    let sd = board.deviation(behind).hypot(board.deviation(ahead));
    // "1.7 percent behind" on a board of ratings is a share of the rating.
    let as_share = board.head.unit == Unit::Elo && reported.is_some_and(|r| r.unit == Unit::Percent);
    let (factor, unit) =
        if as_share { (100.0 / behind.score.abs(), Unit::Percent) } else { (1.0, board.head.unit) };
    let measured = Measured {
        label: format!("{} minus {} on {}", ahead.name, behind.name, board.head.benchmark),
        benchmark: board.head.benchmark.clone(),
        metric: board.head.metric.clone(),
        unit,
        estimate: factor * difference,
        uncertainty: Uncertainty::Normal { sd: factor * sd },
        n: behind.n.or(board.head.items),
        evaluation: evaluation(board, behind),
        claimed: reported.map_or(Interval::at_least(0f64.next_up()), Reported::interval),
        // As of months: a printed number is the board's own figure, a bound is one on the true distance.
        target: match reported {
            Some(printed) if printed.comparator.is_none() => Target::Published,
            _ => Target::Latent,
        },
        conclusion: reported.map(|printed| comparison::near(printed, factor * board.head.tolerance)),
        scale: factor * board.spread(),
        sources: vec![source(board, &[behind, ahead])],
    };
    let meaning = format!("the best of {} minus the best of {}", leader.text, laggard.text);
    let name = points_name(&board.head.benchmark);
    Some(reading(board, name, meaning, measured, Some(Picture::Forest), &[laggard, leader]))
}

fn reading(
    board: &Board,
    name: String,
    meaning: String,
    measured: Measured,
    picture: Option<Picture>,
    parties: &[&Party],
) -> Reading {
    let mut steps = Vec::new();
    if board.retrospective {
        steps.push(Step::Retrospective);
    }
    // A country or an organisation is measured by its models on one board: a stand-in for "AI" as a whole.
    if parties.iter().any(|p| !matches!(p.entity, Some(Entity::Model(_)))) {
        steps.push(Step::Indirectness);
    }
    Reading { name, meaning, pool: Pool::Sources, measured: vec![measured], absence: None, steps, picture }
}

/// A party's rows with the day each model could first be used, oldest first. Rows of no known day are left out.
pub(super) fn dated(view: &View<'_>, board: &Board, ids: &BTreeSet<&str>) -> Vec<Dated> {
    let mut dated: Vec<Dated> = board
        .rows_of(ids)
        .into_iter()
        .filter_map(|row| {
            Some(Dated {
                day: view.first_day(row)?,
                score: board.head.better(row.score),
                sd: board.deviation(row),
                model: row.name.clone(),
            })
        })
        .collect();
    dated.sort_by(|a, b| (a.day, &a.model).cmp(&(b.day, &b.model)));
    dated
}

fn rows_named<'b>(board: &'b Board, names: &[&String]) -> Vec<&'b Row> {
    names
        .iter()
        .filter_map(|name| board.rows.iter().map(AsRef::as_ref).find(|row: &&Row| row.name == **name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reported::Comparator;

    #[test]
    fn at_least_a_year_is_twelve_months_and_more() {
        let year = Reported { comparator: Some(Comparator::Ge), ..Reported::exact(1.0, Unit::Years, 1.0) };
        let (claimed, conclusion) = claimed_months(Some(&year));
        assert!(claimed.contains(12.0) && !claimed.contains(11.9));
        assert!(conclusion.is_some_and(|c| c.contains(11.0) && !c.contains(9.0)));
    }

    #[test]
    fn two_to_three_years_leaves_room_for_rounding_and_no_more() {
        let years = Reported { high: Some(3.0), ..Reported::exact(2.0, Unit::Years, 1.0) };
        let (claimed, conclusion) = claimed_months(Some(&years));
        assert!(claimed.contains(18.0) && claimed.contains(40.0) && !claimed.contains(14.0));
        assert!(conclusion.is_some_and(|c| c.contains(14.0) && !c.contains(11.0)));
    }

    #[test]
    fn an_unquantified_lag_is_any_lag() {
        let (claimed, _) = claimed_months(None);
        assert!(claimed.contains(0.1) && !claimed.contains(0.0));
    }
}
