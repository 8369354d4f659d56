//! Levels of a board: a claim that its best score or the number of its models changed in; the change, between the two
//! dates that the claim names and month by month, out. Of a group where the claim names one, else of all.

use super::between;
use super::figures::{self, Change};
use super::listed::ENTRIES;
use super::measured::{Measured, Picture, Pool, Reading, Step};
use super::party::{self, Named};
use super::series::{self, Series};
use super::sources::source;
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, Relation};
use crate::dataset::{Board, BoardHead, Coverage, Direction, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::Unit;

/// Words of scores; without one it is the number of models that is told.
const OF_SCORES: [&str; 15] = [
    "rate ",
    "score",
    "record",
    "result",
    "accuracy",
    "rating",
    "performance",
    "hallucination rate",
    "pass rate",
    "win rate",
    "average",
    "state of the art",
    "frontier",
    "pass 1",
    "mark ",
];

/// Words that say how good, and not how high, something has become.
const OF_QUALITY: [&str; 5] = ["worse", "better", "improv", "deteriorat", "degrad"];

/// Words by which a group's models are counted.
const OF_MODELS: [&str; 5] = ["number", "count", "how many", "more models", "fewer models"];

/// Words of the place that one model holds.
const OF_PLACES: [&str; 5] = ["rank", "standings", "places", "position", "down the table"];

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    BestScore,
    ModelsListed,
    /// Rows: a model that was run at several settings has several.
    EntriesListed,
    /// Where one model stands, from the best: a smaller number is a higher place.
    Place,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::BestScore => "best-score",
            Self::ModelsListed => "models-listed",
            Self::EntriesListed => "entries-listed",
            Self::Place => "place",
        }
    }

    fn text(self, view: &View<'_>, group: Option<&Named>) -> String {
        let whose = group.map(|group| party::models_of(group, view));
        match (self, whose) {
            (Self::BestScore, None) => "best score".to_owned(),
            (Self::BestScore, Some(models)) => format!("best score of {models}"),
            (Self::ModelsListed, models) => {
                format!("number of {} listed", models.as_deref().unwrap_or("models"))
            }
            (Self::EntriesListed, None) => "number of entries".to_owned(),
            (Self::EntriesListed, Some(models)) => format!("number of entries of {models}"),
            (Self::Place, _) => format!("place of {}", group.map_or("the model", |model| &model.text)),
        }
    }

    fn unit(self, head: &BoardHead) -> Unit {
        match self {
            Self::BestScore => head.unit,
            Self::ModelsListed | Self::EntriesListed => Unit::Count,
            Self::Place => Unit::Rank,
        }
    }

    /// Its value on a copy of the board; a best score is the one shown, whichever way is better.
    fn on(self, view: &View<'_>, board: &Board, group: Option<&Named>) -> Option<f64> {
        match self {
            Self::BestScore => rows(view, board, group).first().map(|row| row.score),
            Self::ModelsListed => Some(rows(view, board, group).len() as f64),
            Self::EntriesListed => {
                let is_ours = view.owns(board, group);
                Some(board.rows.iter().filter(|row| is_ours(row)).count() as f64)
            }
            Self::Place => {
                let is_ours = view.owns(board, group);
                board.rows.best_of_each().position(is_ours).map(|above| above as f64 + 1.0)
            }
        }
    }
}

/// The best row of each model that is followed, best first.
fn rows<'b>(view: &View<'_>, board: &'b Board, group: Option<&Named>) -> Vec<&'b Row> {
    let is_ours = view.owns(board, group);
    board.rows.best_of_each().filter(|row| is_ours(row)).collect()
}

/// The change of the level that the words speak of; none where they name no board, or no level of a group's.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    words: &Words,
    relation: Relation,
    group: Option<&Named>,
) -> Result<Vec<Reading>> {
    let Some(benchmark) = party::board(claim, view) else { return Ok(Vec::new()) };
    let told = figures::change(claim, view);
    let is_model = group.is_some_and(|named| matches!(named.entity, Entity::Model(_)));
    let level = match () {
        () if is_model && words.any(&OF_PLACES) && !words.any(&["score", "rating"]) => Level::Place,
        () if words.any(&OF_SCORES) || told.is_some_and(Change::is_in_scores) => Level::BestScore,
        () if words.any(&ENTRIES) => Level::EntriesListed,
        () if group.is_none() || words.any(&OF_MODELS) => Level::ModelsListed,
        // "Anthropic went from 1282 to 1373": what somebody has on a board is a score.
        () if told.is_some() => Level::BestScore,
        () => return Ok(Vec::new()),
    };
    // "The best hallucination rate got worse" is a rate that rose.
    let is_lower_better =
        view.heads(Some(&benchmark)).next().is_some_and(|head| head.direction == Direction::LowerIsBetter);
    // So is a climb a smaller number of the place.
    let is_turned = level == Level::Place || (is_lower_better && words.any(&OF_QUALITY));
    let relation = match relation {
        Relation::Rising if is_turned => Relation::Falling,
        Relation::Falling if is_turned => Relation::Rising,
        told => told,
    };
    let covers = |board: &Board| level.on(view, board, group).is_some();
    let at_dates = between_dates(claim, view, &benchmark, level, (relation, told), group)?;
    let fits = |head: &BoardHead| head.coverage == Coverage::Full && view.is_fresh(head);
    let mut readings: Vec<Reading> = at_dates.into_iter().collect();
    for board in view.copies(&benchmark, fits, covers)? {
        if let Some(reading) = by_month(claim, view, &board, level, relation, group)? {
            readings.push(reading);
            break;
        }
    }
    Ok(readings)
}

/// The change between the two dates that the claim names: of what the board showed on each, which no sampling blurs.
fn between_dates(
    claim: &Claim,
    view: &View<'_>,
    benchmark: &str,
    level: Level,
    (relation, told): (Relation, Option<Change>),
    group: Option<&Named>,
) -> Result<Option<Reading>> {
    let covers = |board: &Board| level.on(view, board, group).is_some();
    // The best of some laboratories shows each one's own best.
    let is_one = group.is_some_and(|group| !matches!(group.entity, Entity::Group(_)));
    let fits = |head: &BoardHead| {
        head.coverage == Coverage::Full
            || (is_one && level == Level::BestScore && head.coverage == Coverage::BestOfLab)
    };
    let mut ends = between::ends(claim, view, benchmark, fits, covers)?;
    // What whole boards show stands above the best of laboratories.
    if ends.iter().any(|ends| ends.now.head.coverage == Coverage::Full) {
        ends.retain(|ends| ends.now.head.coverage == Coverage::Full);
    }
    let (called, text) = (view.called(benchmark), level.text(view, group));
    let top =
        |board: &Board| source(board, &rows(view, board, group).into_iter().take(1).collect::<Vec<_>>());
    let measured = ends.iter().filter_map(|ends| {
        let change = between::Change {
            label: format!("change of the {text} on {called}"),
            unit: level.unit(&ends.now.head),
            of: level.unit(&ends.now.head),
            then: (level.on(view, &ends.then, group)?, 0.0),
            now: (level.on(view, &ends.now, group)?, 0.0),
            sources: vec![top(&ends.then), top(&ends.now)],
        };
        Some(between::measured(change, ends, claim, told, relation))
    });
    let name = format!("{}-between-dates/{benchmark}", level.name());
    let meaning = format!("the {text} on {called} as it was shown on the two dates");
    Ok(between::reading(name, meaning, &ends, measured.collect()))
}

/// The change month by month; `None` where the board was shown in too few.
fn by_month(
    claim: &Claim,
    view: &View<'_>,
    board: &Board,
    level: Level,
    relation: Relation,
    group: Option<&Named>,
) -> Result<Option<Reading>> {
    let (benchmark, called) = (&board.head.benchmark, &board.head.name);
    let text = level.text(view, group);
    let (from, to) = window::followed(claim, view.last_day(board));
    let mut points = Vec::new();
    for day in Series::days(from, to) {
        let copy = view.shown(&board.head, day)?;
        points.extend(copy.and_then(|copy| level.on(view, &copy, group)).map(|value| (day, value)));
    }
    let Some(series) = Series::from_points(points) else { return Ok(None) };
    let top: Vec<&Row> = rows(view, board, group).into_iter().take(1).collect();
    let measured = Measured {
        label: format!("change of the {text} on {called}, {}", series.span()),
        benchmark: benchmark.clone(),
        metric: if level == Level::BestScore { board.head.metric.clone() } else { "models".to_owned() },
        unit: level.unit(&board.head),
        evaluation: board.head.evaluation,
        sources: vec![source(board, &top)],
        ..series::change(&series, claim, relation)
    };
    Ok(Some(Reading {
        name: format!("{}/{benchmark}", level.name()),
        meaning: format!("the {text} on {called} as it was shown month by month"),
        pool: Pool::Sources,
        measured: vec![measured],
        absence: None,
        steps: (board.head.first > from).then_some(Step::Retrospective).into_iter().collect(),
        picture: Some(Picture::Trend {
            quantity: format!("{text} on {called}"),
            points: series.points().to_vec(),
        }),
    }))
}
