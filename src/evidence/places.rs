//! Top places of a board: whom they are counted for and how many there are in; how many that party holds out, as a
//! count or as a share.

use super::measured::{Measured, Reading, Step, Target, Uncertainty};
use super::party;
use super::sources::{evaluation, source};
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Unit};
use crate::stats::{BOARD_DRAWS, Draws, OUT_OF_REACH};
use std::collections::{BTreeSet, HashSet};

/// Words of the last places of a board.
#[rustfmt::skip]
pub(super) const LAST_PLACES: [&str; 23] = [
        "last place",
        "comes last",
        "came last",
        "come last",
        "ranks last",
        "ranked last",
        "is last",
        "was last",
        "placed last",
        "finished last",
        "finishes last",
        "dead last",
        "sits last",
        "bottom",
        "bring up the rear",
        "brings up the rear",
        "ten worst",
        "five worst",
        "three worst",
        "the worst",
        "the weakest",
        "lowest scoring",
        "lowest ranked",
    ];

/// Boards for top places of a board that the text does not name, the most general first.
const BOARDS: [&str; 2] = ["chatbot-arena", "epoch-capabilities-index"];

/// Boards of open models alone.
pub(super) const OPEN_BOARDS: [&str; 2] = ["open-llm-leaderboard-2", "open-llm-leaderboard-1"];

/// Nine of the top ten are nearly eight of them; one of the top three is not nearly two.
const PLACES_WITH_A_NEAR_MISS: usize = 10;

/// Whether places are told as a number of them or as a share of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Count,
    Percent,
}

/// Ids of the boards that a claim on places speaks of, the one nearest its words first.
fn boards(named: Option<&String>, among_open: bool) -> Vec<String> {
    if let Some(named) = named {
        return vec![named.clone()];
    }
    let open = OPEN_BOARDS.iter().filter(|_| among_open);
    BOARDS.iter().chain(open).map(|id| (*id).to_owned()).collect()
}

/// Whether the claim's population is one of open models.
pub(super) fn is_among_open(claim: &Claim) -> bool {
    // The Open LLM Leaderboard is called so whatever is counted on it.
    let is_open =
        |population: &str| Words::new(&population.to_lowercase().replace("open llm leaderboard", ""));
    claim.population.as_deref().is_some_and(|population| is_open(population).any(&["open ", "opensource"]))
}

/// Readings of how many of the `places` top places the party holds; none when no board has so many.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    party: &Party,
    places: usize,
    told: Told,
) -> Result<Vec<Reading>> {
    let Some(claimed) = claim.reported.map(|reported| reported.interval()) else { return Ok(Vec::new()) };
    let among_open = is_among_open(claim);
    let named = party::board(claim, view);
    let mut found: Vec<((bool, i32), Reading)> = Vec::new();
    for benchmark in boards(named.as_ref(), among_open) {
        let fits = |head: &BoardHead| head.coverage != Coverage::BestOfLab && head.in_force(view.day);
        let enough = |board: &Board| field(view, board, among_open).len() >= places;
        for board in view.copies(&benchmark, fits, enough)? {
            let order = view.remoteness(&board);
            let here = on_board(view, &board, party, places, told, claimed, (among_open, named.is_some()));
            found.extend(here.into_iter().map(|reading| (order, reading)));
        }
    }
    // Of several copies of one board the one nearest the day speaks; the others repeat it.
    found.sort_by_key(|(order, _)| *order);
    let mut seen = HashSet::new();
    let nearest = found.into_iter().map(|(_, reading)| reading);
    let mut readings: Vec<Reading> = nearest.filter(|reading| seen.insert(reading.name.clone())).collect();
    // A board that stood on the day before one that is only seen in retrospect.
    readings.sort_by_key(|reading| reading.steps.contains(&Step::Retrospective));
    Ok(readings)
}

/// The best row of every model, of open ones only where asked; best first.
pub(super) fn field<'b>(view: &View<'_>, board: &'b Board, among_open: bool) -> Vec<&'b Row> {
    let is_among = |row: &&Row| !among_open || view.facts(&row.model).open_weights == Some(true);
    board.rows.best_of_each().filter(is_among).collect()
}

fn on_board(
    view: &View<'_>,
    board: &Board,
    party: &Party,
    places: usize,
    told: Told,
    claimed: Interval,
    (among_open, is_named): (bool, bool),
) -> Vec<Reading> {
    let ours = view.members(board, party);
    let field = field(view, board, among_open);
    let held = field[..places].iter().filter(|row| ours.contains(row.model.as_str())).count();
    let (factor, unit) = match told {
        Told::Count => (1.0, Unit::Count),
        Told::Percent => (100.0 / places as f64, Unit::Percent),
    };
    let draws = draws(board, &ours, &field, places).into_iter().map(|held| held * factor).collect();
    let who = if among_open { "open models" } else { "models" };
    let measured = Measured {
        label: format!("{} among the top {places} {who} on {}", party.text, board.head.name),
        benchmark: board.head.benchmark.clone(),
        metric: "places".to_owned(),
        unit,
        estimate: held as f64 * factor,
        uncertainty: Uncertainty::Exact,
        n: Some(places as u64),
        evaluation: evaluation(board, field[places - 1]),
        claimed,
        target: Target::Published,
        // Of many places the next number is near; of few, and for "most", there is no near miss.
        conclusion: (claimed.low.is_finite()
            && claimed.high.is_finite()
            && places >= PLACES_WITH_A_NEAR_MISS)
            .then(|| claimed.widened(factor)),
        scale: 1.0,
        sources: vec![source(board, &field[..places])],
    };
    let mut steps = Vec::new();
    if board.retrospective {
        steps.push(Step::Retrospective);
    }
    // Which board a text has in mind that names none is a guess.
    if !is_named || !matches!(party.entity, Some(Entity::Group(_) | Entity::Organisation(_))) {
        steps.push(Step::Indirectness);
    }
    let reading = |name: String, meaning: String, measured: Measured| {
        Reading::of_sources(name, meaning, vec![measured], steps.clone())
    };
    let (benchmark, called) = (&board.head.benchmark, &board.head.name);
    let latent =
        Measured { target: Target::Latent, uncertainty: Uncertainty::Draws(draws), ..measured.clone() };
    vec![
        reading(
            format!("top-{places}/{benchmark}"),
            format!("the top {places} places of {called} as printed"),
            measured,
        ),
        reading(
            format!("top-{places}-within-intervals/{benchmark}"),
            format!(
                "the top {places} places of {called}, had every score been drawn again from its interval"
            ),
            latent,
        ),
    ]
}

/// The share of a board's top places, or of all where it has no more, that an entity holds, in percent, with its deviation had every score been drawn
/// again.
pub(super) fn share(view: &View<'_>, board: &Board, entity: &Entity, places: usize) -> (f64, f64) {
    let ours = view.members_of(board, entity);
    let field = field(view, board, false);
    let places = places.min(field.len());
    let factor = 100.0 / places.max(1) as f64;
    let held = field[..places].iter().filter(|row| ours.contains(row.model.as_str())).count();
    let draws = draws(board, &ours, &field, places);
    let mean = draws.iter().sum::<f64>() / draws.len() as f64;
    let variance = draws.iter().map(|held| (held - mean).powi(2)).sum::<f64>() / draws.len() as f64;
    (factor * held as f64, factor * variance.sqrt())
}

/// How many of the top places the party holds when every score is drawn again; sorted.
fn draws(board: &Board, ours: &BTreeSet<&str>, field: &[&Row], places: usize) -> Vec<f64> {
    let edge = field[places - 1];
    let (edge_score, edge_sd) = (board.head.better(edge.score), board.deviation(edge));
    let mut sure = (0usize, 0usize);
    let mut near: Vec<(f64, f64, bool)> = Vec::new();
    for row in field {
        let (score, sd) = (board.head.better(row.score), board.deviation(row));
        let own = ours.contains(row.model.as_str());
        if (score - edge_score).abs() <= OUT_OF_REACH * sd.hypot(edge_sd) {
            near.push((score, sd, own));
        } else if score > edge_score {
            sure = (sure.0 + 1, sure.1 + usize::from(own));
        }
    }
    let left = places.saturating_sub(sure.0);
    let mut random = Draws::seeded(1);
    let mut held: Vec<f64> = (0..BOARD_DRAWS)
        .map(|_| {
            let mut drawn: Vec<(f64, bool)> =
                near.iter().map(|(score, sd, own)| (random.normal(*score, *sd), *own)).collect();
            drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
            (sure.1 + drawn.iter().take(left).filter(|d| d.1).count()) as f64
        })
        .collect();
    held.sort_by(f64::total_cmp);
    held
}
