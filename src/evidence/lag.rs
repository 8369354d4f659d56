//! Lags between two frontiers: a board and its two sides in; how far one is behind in months on the day, on average and
//! at the least and the most over a window, each a reading, out.

use super::frontier::{self, Dated};
use super::measured::{FrontierStep, Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::months;
use super::party::{as_label, in_sentence};
use super::series::Series;
use super::sources::{evaluation, source};
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, Party};
use crate::dataset::{Board, Row};
use crate::names::Entity;
use crate::reported::{Reported, Unit};
use crate::stats::BOARD_DRAWS;
use jiff::civil::Date;

/// What the readings are called before their board's id.
pub(super) const NAMES: [&str; 5] = ["lag", "mean-lag", "mean-lag-by-month", "lag-range", "time-to-reach"];

/// Words of an average over time.
const AVERAGE: [&str; 5] = ["average", "averag", "mean ", "typical", "usually"];

/// Words of a time that it took to get somewhere.
const REACH: [&str; 6] = ["took", "takes", "needed", "needs", "to match", "to reach"];

/// Words of a distance that moved within bounds: "ranged from 4 to 14 months".
const RANGE: [&str; 6] = ["ranged", "ranging", "range ", "varied", "varying", "fluctuat"];

/// The readings that a board offers of a lag, the one nearest the words first; none where a side has no dated row.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    board: &Board,
    laggard: &Party,
    leader: &Party,
) -> Vec<Reading> {
    let Some(race) = Race::of(view, board, laggard, leader) else { return Vec::new() };
    let (words, reported) = (Words::about(claim), claim.reported.as_ref());
    let (from, to) = window::spanned(claim, race.day);
    let bests = race.new_bests(from, to);
    let wants = |name: &str| view.wants(&format!("{name}/{}", board.head.benchmark));
    let range = reported.filter(|reported| reported.high.is_some() && words.any(&RANGE));
    let is_over_time = range.is_some() || words.any(&AVERAGE);
    let mut readings = Vec::new();
    if let Some(reported) = range.filter(|_| wants("lag-range")) {
        readings.extend(race.range(reported, &bests));
    }
    if is_over_time && wants("mean-lag") {
        readings.extend(race.mean(reported, &bests, ("mean-lag", "at each new best of the one behind")));
    }
    if is_over_time && wants("mean-lag-by-month") {
        let months: Vec<Date> = Series::days(from, to).collect();
        readings.extend(race.mean(reported, &months, ("mean-lag-by-month", "month by month")));
    }
    if words.any(&REACH) && wants("time-to-reach") {
        readings.extend(race.time_to_reach(reported));
    }
    if wants("lag") {
        readings.push(race.on_the_day(reported));
    }
    readings
}

/// Two frontiers on one board.
struct Race<'r> {
    board: &'r Board,
    laggard: &'r Party,
    leader: &'r Party,
    behind: Vec<Dated>,
    ahead: Vec<Dated>,
    behind_steps: Vec<FrontierStep>,
    ahead_steps: Vec<FrontierStep>,
    /// The last day of which the board can tell.
    day: Date,
    /// The lag on that day, in months.
    lag_months: f64,
}

impl<'r> Race<'r> {
    fn of(view: &View<'_>, board: &'r Board, laggard: &'r Party, leader: &'r Party) -> Option<Self> {
        let side = |party: &Party| frontier::dated(view, board, &view.members(board, party));
        let (behind, ahead) = (side(laggard), side(leader));
        // A board that stopped moving says nothing of the time since.
        let day = view.last_day(board);
        let (behind_steps, ahead_steps) = (frontier::steps(&behind, day), frontier::steps(&ahead, day));
        let lag_months = frontier::lag_months(&ahead_steps, &behind_steps, day)?;
        Some(Self { board, laggard, leader, behind, ahead, behind_steps, ahead_steps, day, lag_months })
    }

    /// How long ago the leader had what the laggard has on the day.
    fn on_the_day(&self, reported: Option<&Reported>) -> Reading {
        let who = format!("{} behind {}", in_sentence(&self.laggard.text), in_sentence(&self.leader.text));
        let draws = self.draws(&[self.day], frontier::mean);
        let label = format!("lag of {who} on {}", self.board.head.name);
        let meaning = format!(
            "how long ago {} scored as high as {}, on {}",
            in_sentence(&self.leader.text),
            in_sentence(&self.laggard.text),
            self.board.head.name
        );
        let measured = self.measured(label, self.lag_months, draws, reported);
        Reading { picture: Some(self.curves()), ..self.reading("lag", meaning, vec![measured]) }
    }

    /// How long after the leader had its best the laggard had as much.
    fn time_to_reach(&self, reported: Option<&Reported>) -> Option<Reading> {
        let took = frontier::months_to_reach(&self.ahead_steps, &self.behind_steps, self.day)?;
        let draws = frontier::reach_draws(&self.ahead, &self.behind, self.day, (BOARD_DRAWS, 1));
        let label = format!(
            "time that {} took to reach {} on {}",
            in_sentence(&self.laggard.text),
            in_sentence(&self.leader.text),
            self.board.head.name
        );
        let meaning = format!(
            "how long after {} the first of {} scored as high on {}",
            in_sentence(&self.leader.text),
            in_sentence(&self.laggard.text),
            self.board.head.name
        );
        let measured = self.measured(label, took, Uncertainty::Draws(draws), reported);
        Some(self.reading("time-to-reach", meaning, vec![measured]))
    }

    /// The days of a window on which the laggard reached a new best: Epoch AI takes its lag on these.
    fn new_bests(&self, from: Date, to: Date) -> Vec<Date> {
        let days = self.behind_steps.iter().map(|step| step.day);
        days.filter(|day| (from..=to).contains(day)).collect()
    }

    /// The mean of the lags on some days; how the reading is called, and which days they are.
    fn mean(
        &self,
        reported: Option<&Reported>,
        days: &[Date],
        (name, when): (&str, &str),
    ) -> Option<Reading> {
        let lags = self.lags(days);
        let (first, last) = (days.first()?, days.last()?);
        let label = format!(
            "mean lag of {} behind {} on {}, {when}, {first} to {last}",
            in_sentence(&self.laggard.text),
            in_sentence(&self.leader.text),
            self.board.head.name
        );
        let measured = (!lags.is_empty()).then(|| {
            self.measured(label, frontier::mean(&lags), self.draws(days, frontier::mean), reported)
        })?;
        let meaning = format!("the mean of the lags {when} on {}", self.board.head.name);
        Some(self.reading(name, meaning, vec![measured]))
    }

    /// The least and the greatest of the lags on some days, each held against its own end of the printed range.
    fn range(&self, reported: &Reported, days: &[Date]) -> Option<Reading> {
        let lags = self.lags(days);
        let (first, last) = (days.first()?, days.last()?);
        let end = |what: &str, of: fn(&[f64]) -> f64, value: f64| {
            let label = format!(
                "{what} lag of {} behind {} on {}, {first} to {last}",
                in_sentence(&self.laggard.text),
                in_sentence(&self.leader.text),
                self.board.head.name
            );
            let printed = Reported { value, high: None, ..*reported };
            self.measured(label, of(&lags), self.draws(days, of), Some(&printed))
        };
        let measured = (!lags.is_empty()).then_some(vec![
            end("least", least, reported.value),
            end("greatest", greatest, reported.high?),
        ])?;
        let meaning = format!(
            "the least and the greatest lag at each new best of the one behind on {}",
            self.board.head.name
        );
        Some(Reading { pool: Pool::Every(vec![1, 1]), ..self.reading("lag-range", meaning, measured) })
    }

    fn lags(&self, days: &[Date]) -> Vec<f64> {
        let lag = |day: &Date| frontier::lag_months(&self.ahead_steps, &self.behind_steps, *day);
        days.iter().filter_map(lag).collect()
    }

    fn draws(&self, days: &[Date], of: fn(&[f64]) -> f64) -> Uncertainty {
        Uncertainty::Draws(frontier::lag_draws(&self.ahead, &self.behind, days, of, (BOARD_DRAWS, 1)))
    }

    fn measured(
        &self,
        label: String,
        estimate: f64,
        uncertainty: Uncertainty,
        reported: Option<&Reported>,
    ) -> Measured {
        let (claimed, conclusion) = months::claimed(reported);
        let bests = self.behind_steps.last().into_iter().chain(self.ahead_steps.last());
        let rows: Vec<&Row> = bests.filter_map(|step| row_named(self.board, &step.model)).collect();
        Measured {
            label,
            benchmark: self.board.head.benchmark.clone(),
            metric: self.board.head.metric.clone(),
            unit: Unit::Months,
            estimate,
            uncertainty,
            n: Some((self.behind.len() + self.ahead.len()) as u64),
            evaluation: rows.first().map_or(self.board.head.evaluation, |row| evaluation(self.board, row)),
            claimed,
            // A printed number of months is the board's own figure, rounded; a bound is one on the true lag.
            target: match reported {
                Some(printed) if !printed.is_bound() => Target::Published,
                _ => Target::Latent,
            },
            conclusion,
            scale: 1.0,
            sources: vec![source(self.board, &rows)],
        }
    }

    fn reading(&self, name: &str, meaning: String, measured: Vec<Measured>) -> Reading {
        Reading::of_sources(
            format!("{name}/{}", self.board.head.benchmark),
            meaning,
            measured,
            steps_down(self.board, &[self.laggard, self.leader]),
        )
    }

    /// The two curves and the lag between them on the day.
    fn curves(&self) -> Picture {
        let best = self.behind_steps.last();
        Picture::Frontier {
            board: format!("{}, {}", self.board.head.title, self.board.snapshot),
            metric: self.board.head.metric_and_unit(),
            leader: as_label(&self.leader.text),
            laggard: as_label(&self.laggard.text),
            reached: best.and_then(|best| frontier::reached(&self.ahead_steps, best.score)),
            leader_steps: self.ahead_steps.clone(),
            laggard_steps: self.behind_steps.clone(),
            day: self.day,
        }
    }
}

/// Steps down that a distance between these parties on a board takes.
pub(super) fn steps_down(board: &Board, parties: &[&Party]) -> Vec<Step> {
    let mut steps = Vec::new();
    if board.retrospective {
        steps.push(Step::Retrospective);
    }
    // A country or an organisation is measured by its models on one board: a stand-in for "AI" as a whole.
    if parties.iter().any(|p| !matches!(p.entity, Some(Entity::Model(_)))) {
        steps.push(Step::Indirectness);
    }
    steps
}

fn least(lags: &[f64]) -> f64 {
    lags.iter().copied().fold(f64::INFINITY, f64::min)
}

fn greatest(lags: &[f64]) -> f64 {
    lags.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn row_named<'b>(board: &'b Board, name: &str) -> Option<&'b Row> {
    board.rows.iter().map(AsRef::as_ref).find(|row: &&Row| row.name == name)
}
