//! Gap claims: "China lags the US by at least a year", "12 points behind", "trails".
//!
//! # What it reads
//! Two sides, who is behind, and a distance in time or in points; an unquantified lag is one above zero.
//!
//! # How it is recomputed
//! In time by the frontier rule of Epoch AI with every score redrawn from its uncertainty; in points as the
//! difference of the two best scores on the day.
//!
//! # What it cannot tell
//! How far behind a side is in anything but what the board measures.

use super::apart;
use super::comparison;
use super::lag;
use super::measured::{Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::opponents::{self, DIRECTED};
use super::party;
use super::published::{self, Publisher};
use super::sources::{evaluation, source};
use super::view::{self, SAME_TIME_DAYS, View};
use super::words::Words;
use crate::claim::{Claim, Party, Relation};
use crate::dataset::{Board, BoardHead, Coverage, Direction, Row};
use crate::error::Result;
use crate::names::{Entity, Group};
use crate::reported::{Interval, Reported, Unit};

/// Indices for a gap that names no benchmark, the headline first.
pub(super) const INDICES: [&str; 4] = ["epoch-capabilities-index", "chatbot-arena", "gpqa-diamond", "mmlu"];

/// The readings of a gap claim; none when no index has both sides.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    if apart::is_asked(claim) {
        return apart::readings(claim, view);
    }
    let claim = &opponents::named(claim, view);
    let Some((subject, object)) = sides(claim) else { return Ok(Vec::new()) };
    let (laggard, leader) =
        if claim.relation == Some(Relation::Better) { (object, subject) } else { (subject, object) };
    let words = Words::about(claim);
    let is_apart = words.any(&APART) && !words.any(&DIRECTED);
    let indices: Vec<&str> = match &claim.benchmark {
        Some(named) => named.id.as_deref().into_iter().collect(),
        None => INDICES.to_vec(),
    };
    // Whoever is said to have found it has the first word.
    let named = claim.benchmark.as_ref().and_then(|named| named.id.as_deref());
    let mut readings: Vec<Reading> =
        published::distance(claim, view, (laggard, leader), named, Publisher::Named).into_iter().collect();
    for index in indices {
        if !(lag::NAMES.iter().any(|name| view.wants(&format!("{name}/{index}")))
            || view.wants(&points_name(index)))
        {
            continue;
        }
        let both = |board: &Board| ![laggard, leader].iter().any(|side| view.members(board, side).is_empty());
        // Only the best of some laboratories is no frontier of those laboratories; of two it shows the distance.
        let is_model = |side: &Party| matches!(side.entity, Some(Entity::Model(_)));
        let are_labs =
            (is_one_lab(laggard) && is_lab_or_best(leader)) || (is_model(laggard) && is_model(leader));
        let fits = |head: &BoardHead| head.coverage != Coverage::BestOfLab || are_labs;
        let mut copies = view.copies(index, fits, both)?;
        // A whole board that stood on the day shows more than the best of some laboratories, be they a day nearer.
        let is_partial = |board: &Board| board.head.coverage == Coverage::BestOfLab;
        copies.sort_by_key(|board| (view.remoteness(board).0, is_partial(board)));
        let nearest = copies.first().map(|board| board.snapshot);
        for board in copies {
            let is_frontier = board.head.coverage != Coverage::BestOfLab;
            // A printed number is that of the copy which its author saw.
            let is_seen = claim.reported.is_some_and(|printed| !printed.is_bound())
                && !board.retrospective
                && nearest.is_some_and(|day| view::days_between(board.snapshot, day) <= SAME_TIME_DAYS);
            // "Its hallucination rate is higher": what is higher there is behind.
            let is_rate = board.head.direction == Direction::LowerIsBetter && words.any(&RAW);
            let is_turned = is_rate || (is_apart && leads(view, &board, laggard, leader));
            let (behind, ahead) = if is_turned { (leader, laggard) } else { (laggard, leader) };
            for way in ways(claim).into_iter().filter(|way| is_frontier || *way == Way::Points) {
                let found = match way {
                    Way::Points => {
                        points(view, &board, behind, ahead, claim.reported.as_ref()).into_iter().collect()
                    }
                    Way::Months => lag::readings(claim, view, &board, behind, ahead),
                };
                for new in found.into_iter().filter(|new| view.wants(&new.name)) {
                    match readings.iter_mut().find(|known| known.name == new.name) {
                        // "Points" may be those of any scale that the board has; one that was only published later is
                        // none that a text had in front of it.
                        Some(known)
                            if way == Way::Points
                                && (is_seen || is_other_scale(known, &new))
                                && (!board.retrospective || known.steps.contains(&Step::Retrospective)) =>
                        {
                            known.measured.extend(new.measured);
                        }
                        Some(_) => {}
                        None => readings.push(new),
                    }
                }
            }
        }
    }
    // Where no table reaches back so far, what was published of that very gap is all there is.
    if readings.is_empty() {
        readings.extend(published::distance(claim, view, (laggard, leader), named, Publisher::Anybody));
    }
    Ok(readings)
}

fn is_one_lab(side: &Party) -> bool {
    side.entity.as_ref().is_some_and(party::is_lab)
}

/// Whether a side is one that the best of laboratories can show: another one, a model that is the best of its own, or all.
fn is_lab_or_best(side: &Party) -> bool {
    let is_all = matches!(&side.entity, Some(Entity::Group(group)) if *group == Group::default());
    is_one_lab(side) || is_all || matches!(side.entity, Some(Entity::Model(_)))
}

/// Whether a reading of the same points tells them on a scale that the known one lacks.
fn is_other_scale(known: &Reading, new: &Reading) -> bool {
    new.measured.iter().all(|new| known.measured.iter().all(|known| known.metric != new.metric))
}

/// Whom the claim sets apart: its subject and its object, or the two of its subject ("A and B are separated by").
fn sides(claim: &Claim) -> Option<(&Party, &Party)> {
    match (&claim.subject[..], &claim.object[..]) {
        ([first, second, ..], object) if object.is_empty() || claim.object == claim.subject => {
            Some((first, second))
        }
        ([subject, ..], [object, ..]) => Some((subject, object)),
        _ => None,
    }
}

/// Words of a distance that says nothing of who is ahead.
const APART: [&str; 13] = [
    "separat",
    "between ",
    "gap ",
    "difference",
    "distance",
    "apart",
    "divide",
    "of each other",
    "of one another",
    "lies between",
    "lie between",
    "lay between",
    "stands between",
];

/// Words that set the numbers themselves against each other.
const RAW: [&str; 4] = ["higher than", "lower than", "above", "below"];

/// Whether the first party's best stands above the other's.
fn leads(view: &View<'_>, board: &Board, first: &Party, other: &Party) -> bool {
    bests(view, board, first, other)
        .is_some_and(|(first, other)| board.head.better(first.score) > board.head.better(other.score))
}

/// The best row of either party; what is both's is the narrower one's ("Qwen 2.5" and "Qwen").
fn bests<'b>(view: &View<'_>, board: &'b Board, one: &Party, other: &Party) -> Option<(&'b Row, &'b Row)> {
    let (ours, theirs) = opponents::apart(view.members(board, one), view.members(board, other));
    Some((board.rows_of(&ours).into_iter().next()?, board.rows_of(&theirs).into_iter().next()?))
}

/// Of two models in several settings, the pair that is as far apart as is printed: a text that names no setting may mean
/// any.
fn pair_of<'b>(
    view: &View<'_>,
    board: &'b Board,
    laggard: &Party,
    leader: &Party,
    printed: &Reported,
) -> Option<(&'b Row, &'b Row)> {
    let is_model = |party: &Party| matches!(party.entity, Some(Entity::Model(_)));
    if printed.is_bound() || printed.unit == Unit::Percent || !is_model(laggard) || !is_model(leader) {
        return None;
    }
    let (ours, theirs) = opponents::apart(view.members(board, laggard), view.members(board, leader));
    let claimed = printed.interval();
    let is_apart = |ours: &Row, theirs: &Row| {
        claimed.contains(board.head.better(theirs.score) - board.head.better(ours.score))
    };
    let (ours, theirs) = (board.rows_of(&ours), board.rows_of(&theirs));
    ours.iter().find_map(|ours| Some((*ours, *theirs.iter().find(|theirs| is_apart(ours, theirs))?)))
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

fn points_name(index: &str) -> String {
    format!("points/{index}")
}

fn points(
    view: &View<'_>,
    board: &Board,
    laggard: &Party,
    leader: &Party,
    reported: Option<&Reported>,
) -> Option<Reading> {
    let shown = reported.and_then(|printed| pair_of(view, board, laggard, leader, printed));
    let (behind, ahead) = shown.or_else(|| bests(view, board, laggard, leader))?;
    let measured = difference(board, behind, ahead, reported);
    let meaning = format!(
        "the best of {} minus the best of {}",
        party::in_sentence(&leader.text),
        party::in_sentence(&laggard.text)
    );
    let name = points_name(&board.head.benchmark);
    let steps = lag::steps_down(board, &[laggard, leader]);
    let (pool, picture) = (Pool::Sources, Some(Picture::Forest));
    Some(Reading { name, meaning, pool, measured: vec![measured], absence: None, steps, picture })
}

/// How far one row is behind another, beside what is reported of it.
pub(super) fn difference(board: &Board, behind: &Row, ahead: &Row, reported: Option<&Reported>) -> Measured {
    let difference = board.head.better(ahead.score) - board.head.better(behind.score);
    let sd = board.deviation(behind).hypot(board.deviation(ahead));
    // "1.7 percent behind" on a board of ratings is a share of the rating.
    let as_share = board.head.unit == Unit::Elo && reported.is_some_and(|r| r.unit == Unit::Percent);
    let (factor, unit) = match as_share {
        true => (100.0 / behind.score.abs(), Unit::Percent),
        false => (1.0, comparison::unit_of_difference(board.head.unit)),
    };
    Measured {
        label: format!("{} minus {} on {}", ahead.name, behind.name, board.head.name),
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
            Some(printed) if !printed.is_bound() => Target::Published,
            _ => Target::Latent,
        },
        conclusion: reported.map(|printed| comparison::near(printed, factor * board.head.tolerance)),
        scale: factor * board.spread(),
        sources: vec![source(board, &[behind, ahead])],
    }
}
