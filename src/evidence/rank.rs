//! Rank claims: "leaped to the top of the leaderboard", "third among open models", "China leads".
//!
//! # What it reads
//! A subject (model, organisation, country or group), a place (the first, unless a number is printed), a board or
//! none, a population or none.
//!
//! # How it is recomputed
//! The rank of the subject's best row among the population on the board as of the day. Who stands on a named board where
//! the text puts them is there, whoever ties with them; every other place at the top is judged by simulation from the
//! rows' intervals, P(rank <= k), and a place further down by the board as printed.
//!
//! # What it cannot tell
//! Which board an unnamed leaderboard is: those that fit the population are tried, each a reading of its own.

use super::ladder::{RUNGS, ladder};
use super::measured::{Absence, Measured, Pool, Reading, Step, Target, Uncertainty};
use super::party;
use super::places::LAST_PLACES;
use super::price;
use super::sources::{evaluation, source};
use super::unlisted;
use super::view::{SAME_TIME_DAYS, View, days_between};
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::names::{Entity, Group, Resolution};
use crate::reported::{Comparator, Interval, Unit};
use crate::stats::{BOARD_DRAWS, Draws, OUT_OF_REACH};
use std::collections::BTreeSet;

/// Boards for a leaderboard that the text does not name, the most general first.
const BOARDS: [&str; 2] = ["chatbot-arena", "epoch-capabilities-index"];

/// Boards for one that it calls a board of open models.
const OPEN_BOARDS: [&str; 2] = ["open-llm-leaderboard-2", "open-llm-leaderboard-1"];

/// "Leads" said of a group: its share of this many top places.
const TOP_PLACES: usize = 10;

/// What the names of readings of the board as it stands end in.
const PRINTED: &str = "/as-printed";

/// The kind of row that a base model is.
const PRETRAINED: &str = "pretrained";

/// Words of size, which no place on a board shows...
const OF_SIZE: [&str; 3] = ["largest", "biggest", "smallest"];
/// ...unless words of a place stand beside them.
const OF_PLACES: [&str; 6] = ["first ", "top", "lead", "best", "number ", "rank"];

/// Words of one of the first or of the last places...
const NEAR_THE_END: [&str; 4] =
    ["near the top", "close to the top", "near the bottom", "close to the bottom"];
/// ...which are so many, or this share of a longer board.
const NEAR_PLACES: (f64, f64) = (5.0, 0.1);

/// The readings of a rank claim; none when no board has the subject.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let Some(subject) = claim.subject.first().filter(|party| party.entity.is_some()) else {
        return Ok(Vec::new());
    };
    let words = Words::new(&claim.quote);
    let is_first = claim.reported.is_none_or(|place| place.value <= 1.0);
    if is_first && words.any(&OF_SIZE) && !words.any(&OF_PLACES) {
        let meaning = "no table here ranks models by their size".to_owned();
        return Ok(vec![Reading::absent("as-written", meaning, Absence::NoData)]);
    }
    let population = population(claim, view);
    let mut readings = Vec::new();
    for benchmark in boards(claim, &population) {
        let ranked = |head: &&BoardHead| {
            head.coverage != Coverage::BestOfLab && head.in_force(view.day) && price::is_named(head, &words)
        };
        for head in view.heads(Some(&benchmark)).filter(ranked) {
            let Some(board) = view.board(head, |board| !view.members(board, subject).is_empty())? else {
                continue;
            };
            readings.extend(on_board(claim, view, &board, subject, &population));
        }
    }
    if readings.is_empty() && claim.negated && !matches!(subject.entity, Some(Entity::Model(_))) {
        readings.extend(unlisted::readings(claim, view, subject)?);
    }
    let mut readings = of_copies(readings);
    // A place that the board shows is held; one that it does not show may still be a tie, which the simulation tells.
    let holds = |value: &Measured| value.claimed.contains(value.estimate);
    let is_shown = |reading: &Reading| reading.name.ends_with(PRINTED) && reading.measured.iter().any(holds);
    readings
        .sort_by_key(|reading| (reading.steps.len(), !is_shown(reading), reading.name.ends_with(PRINTED)));
    Ok(readings)
}

/// Of several copies of one board the one nearest the day speaks. Beside it stand others of about its age where a printed
/// place is told: it is that of the copy which its author saw.
fn of_copies(mut copies: Vec<(i32, Reading)>) -> Vec<Reading> {
    copies.sort_by_key(|(age_days, _)| *age_days);
    let mut readings: Vec<(i32, Reading)> = Vec::new();
    for (age_days, copy) in copies {
        match readings.iter_mut().find(|(_, known)| known.name == copy.name) {
            Some((nearest, known)) => {
                let is_printed = copy.measured.iter().all(|measured| measured.target == Target::Published);
                if is_printed && known.steps == copy.steps && age_days <= *nearest + SAME_TIME_DAYS {
                    known.measured.extend(copy.measured);
                }
            }
            None => readings.push((age_days, copy)),
        }
    }
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// Whom the subject is ranked among, where the text says so in words that resolve to a group, a maker or several models;
/// else nobody. Of "Mistral's best model" it is nobody: among its own everybody is first.
fn population(claim: &Claim, view: &View<'_>) -> Vec<Entity> {
    let Some(words) = claim.population.as_deref() else { return Vec::new() };
    let group = match view.names().resolve(words) {
        Resolution::Found(Entity::Benchmark(_) | Entity::Model(_)) | Resolution::Unknown { .. } => {
            let models = party::in_text(words, view).into_iter().map(|named| named.entity);
            let models: Vec<Entity> = models.filter(Entity::is_model).collect();
            return if models.len() > 1 { models } else { Vec::new() };
        }
        Resolution::Found(entity) => party::as_maker(words, &entity, view),
    };
    let is_itself = |party: &Party| {
        let maker = party.entity.as_ref().map(|entity| party::as_maker(&party.text, entity, view));
        maker.as_ref() == Some(&group)
    };
    let is_told = claim.subject.is_empty() || !claim.subject.iter().all(is_itself);
    is_told.then_some(group).into_iter().collect()
}

fn boards(claim: &Claim, population: &[Entity]) -> Vec<String> {
    let named = claim.benchmark.as_ref();
    if let Some(id) = named.and_then(|benchmark| benchmark.id.clone()) {
        return vec![id];
    }
    // A board of something else altogether ("valuation") is named, and not one of these.
    if named.is_some_and(|board| !is_board_word(&board.text)) {
        return Vec::new();
    }
    let is_open_group = matches!(population, [Entity::Group(Group { open_weights: Some(true), .. })]);
    let known: &[&str] = if is_open_group || speaks_of_open(&claim.quote) { &OPEN_BOARDS } else { &BOARDS };
    known.iter().map(|id| (*id).to_owned()).collect()
}

/// Whether words name a board without saying which.
fn is_board_word(words: &str) -> bool {
    let words = words.to_lowercase();
    ["leaderboard", "board", "ranking", "index", "chart", "list"].iter().any(|word| words.contains(word))
}

/// Whether a claim's words speak of open models: then a board of open models is meant.
fn speaks_of_open(quote: &str) -> bool {
    let words = quote.to_lowercase();
    ["open-source", "open source", "open-weight", "open weight", "open model"]
        .iter()
        .any(|word| words.contains(word))
}

/// The readings that one board offers, each with the snapshot's distance in days.
fn on_board(
    claim: &Claim,
    view: &View<'_>,
    board: &Board,
    subject: &Party,
    population: &[Entity],
) -> Vec<(i32, Reading)> {
    let age_days = days_between(board.snapshot, view.day)
        + if has_intervals(board) { 0 } else { WITHOUT_INTERVALS_DAYS };
    let mut steps = Vec::new();
    if board.retrospective {
        steps.push(Step::Retrospective);
    }
    let among: BTreeSet<&str> = population.iter().flat_map(|group| view.members_of(board, group)).collect();
    let field: Vec<&Row> = board
        .rows
        .best_of_each()
        .filter(|row| population.is_empty() || among.contains(row.model.as_str()))
        .collect();
    let ours = view.members(board, subject);
    let base = |row: &&Row| row.kind.as_deref() == Some(PRETRAINED);
    let mut readings = Vec::new();
    let board_name = format!("{} ({})", board.head.name, board.head.metric.replace('-', " "));
    let bases: Vec<&Row> = field.iter().copied().filter(base).collect();
    // A base model competes with base models; fine-tunes of it and of others are a class of their own.
    if bases.iter().any(|row| ours.contains(row.model.as_str())) && bases.len() < field.len() {
        let meaning = format!("{} among pretrained models on {board_name}", subject.text);
        readings.push((format!("{}/pretrained-only", board.head.benchmark), meaning, bases));
    }
    let called: Vec<String> = population.iter().map(|group| view.names().display(group)).collect();
    let whom = if called.is_empty() { "all".to_owned() } else { called.join(", ") };
    let meaning = format!("{} among {whom} on {board_name}", subject.text);
    readings.push((format!("{}/all-models", board.head.benchmark), meaning, field));
    // Of the last places the whole board is turned round.
    let words = Words::about(claim);
    let is_part = claim.reported.is_some_and(|reported| reported.unit == Unit::Percent);
    let is_dearest = board.head.benchmark == price::PRICE && words.any(&price::DEAREST_OF_ALL);
    let is_last = is_dearest || words.any(&LAST_PLACES) || (is_part && words.any(&["lower "]));
    let turned = is_last.then(|| board.turned());
    let board = turned.as_ref().unwrap_or(board);
    if turned.is_some() {
        readings.iter_mut().for_each(|(_, meaning, field)| {
            meaning.push_str(", counted from the last");
            field.reverse();
        });
    }
    let printed = format!("{}{PRINTED}", board.head.benchmark);
    let mut out = Vec::new();
    for (name, meaning, field) in readings {
        if !view.wants(&name) && !view.wants(&printed) {
            continue;
        }
        let Some(shown) = place(claim, board, &ours, &field, &printed, &meaning, &steps) else { continue };
        if speaks_of_places(claim) {
            out.push((age_days, shown.clone()));
        }
        if view.wants(&name) {
            let rank = rank_draws(board, &ours, &field);
            out.push((age_days, simulated(claim, shown, rank, name, meaning)));
        }
    }
    out.retain(|(_, reading)| view.wants(&reading.name));
    if !subject.is_model() && claim_top(claim) {
        out.extend(top_share(board, &ours, subject, &steps).map(|reading| (age_days, reading)));
    }
    out
}

/// Words of a place on a board, as against those of merit: "tops the Arena" tells what it shows, "the best model on it"
/// what that is worth.
const PLACED: [&str; 24] = [
    "top",
    "first",
    "number one",
    "no 1",
    "1 ",
    "rank",
    "place",
    "spot",
    "lead",
    "position",
    "sits",
    "perch",
    "head of",
    "highest",
    "scores higher",
    "scores above",
    "no model",
    "no other",
    "every other",
    "all other",
    "best score",
    "best result",
    "best average",
    "best rating",
];

/// Whether the words speak of places on a board that they name: then what the board shows decides. Equal scores and
/// overlapping intervals are ties, which the simulation beside it tells.
fn speaks_of_places(claim: &Claim) -> bool {
    let is_named = claim.benchmark.as_ref().is_some_and(|named| named.id.is_some());
    // "Is fourteenth": a place that somebody counted.
    let is_counted = claim.reported.is_some_and(|place| place.value > 1.0 && place.comparator.is_none());
    is_named && (is_counted || Words::about(claim).any(&PLACED))
}

/// The reading of a place as the board shows it, with the draws of what it is worth.
fn simulated(claim: &Claim, shown: Reading, rank: Vec<f64>, name: String, meaning: String) -> Reading {
    let listed = shown.measured.first().and_then(|value| value.n).unwrap_or_default();
    let (claimed, target) = claimed(claim, listed as usize);
    let measured = shown.measured.into_iter().map(|value| Measured {
        uncertainty: Uncertainty::Draws(rank.clone()),
        target,
        conclusion: (target == Target::Published).then_some(claimed),
        ..value
    });
    Reading { name, meaning, measured: measured.collect(), ..shown }
}

/// A copy of a board without intervals stands behind one with them that is up to this much older.
const WITHOUT_INTERVALS_DAYS: i32 = 60;

fn has_intervals(board: &Board) -> bool {
    board.rows.first().is_some_and(|row| board.gives_uncertainty(row))
}

/// Whether the claim is about the very top.
fn claim_top(claim: &Claim) -> bool {
    claim.reported.is_none_or(|r| r.value <= 1.0)
}

/// The subject's best place in the field, as the board shows it.
fn place(
    claim: &Claim,
    board: &Board,
    ours: &BTreeSet<&str>,
    field: &[&Row],
    name: &str,
    meaning: &str,
    steps: &[Step],
) -> Option<Reading> {
    let at = field.iter().position(|row| ours.contains(row.model.as_str()))?;
    let rank = 1 + field[..at]
        .iter()
        .filter(|row| board.head.better(row.score) > board.head.better(field[at].score))
        .count();
    let measured = Measured {
        label: format!("{} among {} listed", field[at].name, field.len()),
        benchmark: board.head.benchmark.clone(),
        metric: board.head.metric.clone(),
        unit: Unit::Rank,
        estimate: rank as f64,
        uncertainty: Uncertainty::Exact,
        n: Some(field.len() as u64),
        evaluation: evaluation(board, field[at]),
        claimed: claimed(claim, field.len()).0,
        target: Target::Published,
        conclusion: None,
        scale: 1.0,
        sources: vec![source(board, &field[..=at.min(RUNGS)])],
    };
    // A place in numbers ("third") may be the one that the Arena prints, which ranks by intervals.
    let by_intervals =
        place_by_intervals(field, at).filter(|_| claimed(claim, field.len()).1 == Target::Published);
    let by_intervals = by_intervals.map(|rank| Measured {
        label: format!("{}, ranked by intervals", measured.label),
        estimate: rank as f64,
        ..measured.clone()
    });
    Some(Reading {
        name: name.to_owned(),
        meaning: format!("{meaning}, as the board shows it"),
        pool: Pool::Sources,
        measured: std::iter::once(measured).chain(by_intervals).collect(),
        absence: None,
        steps: steps.to_vec(),
        picture: Some(ladder(board, ours, field, at)),
    })
}

/// One more than the number of rows whose intervals lie wholly above that of the row at `at`: so the Arena ranked from
/// 2024 on. `None` where the board gives no intervals.
fn place_by_intervals(field: &[&Row], at: usize) -> Option<usize> {
    let high = field.get(at)?.ci_high?;
    Some(1 + field[..at].iter().filter(|row| row.ci_low.is_some_and(|low| low > high)).count())
}

/// Ranks at which the claim holds. "First" and "top ten" are bounds on the true rank, "the top half" on that among so many
/// listed; "third" is the board's print.
pub(super) fn claimed(claim: &Claim, listed: usize) -> (Interval, Target) {
    let Some(reported) = claim.reported else { return (Interval::below(1.5), Target::Latent) };
    let half = 0.5;
    // "Near the top", "near the bottom": no place of its own.
    if reported.value <= 1.0 && Words::new(&claim.quote).any(&NEAR_THE_END) {
        let places = (NEAR_PLACES.1 * listed as f64).round().max(NEAR_PLACES.0);
        return (Interval::below(places + half), Target::Latent);
    }
    match reported.comparator {
        _ if reported.unit == Unit::Percent => {
            let places = (reported.value / 100.0 * listed as f64).round();
            (Interval::below(places + half), Target::Latent)
        }
        None if reported.value > 1.0 => {
            let high = reported.high.unwrap_or(reported.value) + half;
            (Interval { low: reported.value - half, high }, Target::Published)
        }
        Some(Comparator::Gt | Comparator::Ge) => (Interval::at_least(reported.value - half), Target::Latent),
        _ => (Interval::below(reported.high.unwrap_or(reported.value) + half), Target::Latent),
    }
}

/// The subject's best rank in repeated draws of every row's true score, sorted.
fn rank_draws(board: &Board, ours: &BTreeSet<&str>, field: &[&Row]) -> Vec<f64> {
    let mut source = Draws::seeded(1);
    let rows: Vec<(f64, f64, bool)> = field
        .iter()
        .map(|row| (board.head.better(row.score), board.deviation(row), ours.contains(row.model.as_str())))
        .collect();
    let Some(&(best, best_sd, _)) = rows.iter().find(|row| row.2) else { return Vec::new() };
    // Rows out of reach either way are counted once instead of being drawn every time.
    let reach = |sd: f64| OUT_OF_REACH * sd.hypot(best_sd);
    let above = rows.iter().filter(|(s, sd, own)| !own && *s > best + reach(*sd)).count();
    let (mut ours, mut others): (Vec<_>, Vec<_>) =
        rows.iter().filter(|(s, sd, _)| (s - best).abs() <= reach(*sd)).partition(|(_, _, own)| *own);
    // The likeliest to win first: a draw ends at the rows that cannot reach what it has.
    let most = |(s, sd, _): &(f64, f64, bool)| s + OUT_OF_REACH * sd;
    ours.sort_by(|a, b| most(b).total_cmp(&most(a)));
    others.sort_by(|a, b| most(b).total_cmp(&most(a)));
    let mut ranks: Vec<f64> = (0..BOARD_DRAWS)
        .map(|_| {
            let mut top = f64::NEG_INFINITY;
            for row in &ours {
                if most(row) <= top {
                    break;
                }
                top = top.max(source.normal(row.0, row.1));
            }
            let rivals = others.iter().take_while(|row| most(row) > top);
            (1 + above + rivals.filter(|(s, sd, _)| source.normal(*s, *sd) > top).count()) as f64
        })
        .collect();
    ranks.sort_by(f64::total_cmp);
    ranks
}

/// "China leads" as a majority of the top ten places.
fn top_share(board: &Board, ours: &BTreeSet<&str>, subject: &Party, steps: &[Step]) -> Option<Reading> {
    let top: Vec<&Row> = board.rows.best_of_each().take(TOP_PLACES).collect();
    let last = top.last()?;
    let held = top.iter().filter(|row| ours.contains(row.model.as_str())).count();
    let measured = Measured {
        label: format!("places that {} holds among the top {TOP_PLACES}", subject.text),
        benchmark: board.head.benchmark.clone(),
        metric: "places".to_owned(),
        unit: Unit::Count,
        estimate: held as f64,
        uncertainty: Uncertainty::Exact,
        n: Some(top.len() as u64),
        evaluation: evaluation(board, last),
        claimed: Interval::at_least((top.len() / 2) as f64 + 0.5),
        target: Target::Published,
        conclusion: None,
        scale: 1.0,
        sources: vec![source(board, &top)],
    };
    let field: Vec<&Row> = board.rows.best_of_each().take(RUNGS).collect();
    Some(Reading {
        name: format!("{}/top-ten-majority", board.head.benchmark),
        meaning: format!("{} holds most of the top {TOP_PLACES} places on {}", subject.text, board.head.name),
        pool: Pool::Sources,
        measured: vec![measured],
        absence: None,
        steps: steps.to_vec(),
        picture: Some(ladder(board, ours, &field, 0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unnamed_boards_are_told_from_other_lists() {
        assert!(is_board_word("a leaderboard that judged the abilities of AI systems"));
        assert!(!is_board_word("valuation"));
        assert!(speaks_of_open("top of a leaderboard of open-source systems"));
        assert!(!speaks_of_open("opened at the top of the leaderboard"));
    }
}
