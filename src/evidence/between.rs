//! Two dates: a claim that something changed from one to the other in; the board as it stood on each, and the change as
//! a reading, out.
//!
//! A change "between August 2024 and February 2025" is told by its two ends. What lay between them is a trend, and a
//! reading of its own.

use super::figures;
use super::measured::{Measured, Reading, Source, Step, Target, Uncertainty};
use super::series;
use super::view::{View, days_between};
use super::window;
use super::words::Words;
use crate::claim::{Claim, Relation};
use crate::dataset::{Board, BoardHead};
use crate::error::Result;
use crate::quantity;
use crate::reported::{Interval, Unit};
use jiff::civil::Date;

/// A copy of a board further than this from a date does not show the board of that date.
const STALE_DAYS: i32 = 75;

/// Copies speak beside the nearest ones where their two ends are together no more than this much older.
const OLDER_DAYS: i32 = 14;

/// The board at both ends of the time that a claim names.
pub(super) struct Ends {
    pub(super) then: Board,
    pub(super) now: Board,
    /// The days that the two copies show.
    days: (Date, Date),
}

/// The two dates that the claim names, the later not beyond the view's day. A year is two where figures are told of the
/// change in it.
fn dates(claim: &Claim, view: &View<'_>) -> Option<(Date, Date)> {
    let named = claim.as_of.as_deref()?;
    let (then, last) = match named.split_once('/') {
        Some((first, last)) => (window::period(first)?.1, window::period(last)?.1),
        None if named.len() == 4 && figures::change(claim, view).is_some() => {
            let (first, last) = window::period(named)?;
            (first.yesterday().ok()?, last)
        }
        // "Since October": from then to the day of writing.
        None if Words::of(claim).any(&["since "]) => (window::period(named)?.1, view.day),
        None => return None,
    };
    let now = last.min(view.day);
    (then < now).then_some((then, now))
}

/// The board of a benchmark on the two dates, once for each data set that shows both, the nearest first; from two data
/// sets where none does. None where the claim names no two dates.
pub(super) fn ends(
    claim: &Claim,
    view: &View<'_>,
    benchmark: &str,
    fits: impl Fn(&BoardHead) -> bool,
    covers: impl Fn(&Board) -> bool,
) -> Result<Vec<Ends>> {
    let Some((then, now)) = dates(claim, view) else { return Ok(Vec::new()) };
    let on = |day: Date| -> Result<Vec<Board>> {
        let mut boards = Vec::new();
        for head in view.heads(Some(benchmark)).filter(|head| fits(head)) {
            let board = view.catalog.current(head, day)?.filter(&covers);
            boards.extend(board.filter(|board| days_between(board.snapshot, day) <= STALE_DAYS));
        }
        // A board that was not kept then tells by what stood on it later and was there already.
        if boards.is_empty() {
            for head in view.heads(Some(benchmark)).filter(|head| fits(head) && head.first > day) {
                boards.extend(view.catalog.retrospective(head, day)?.filter(&covers));
            }
        }
        Ok(boards)
    };
    let (then_boards, now_boards) = (on(then)?, on(now)?);
    let age = |(a, b): &(&Board, &Board)| days_between(a.snapshot, then) + days_between(b.snapshot, now);
    // Two data sets may keep a board on two scales: one that has both dates stands before a pair from two.
    let pairs = then_boards.iter().flat_map(|a| now_boards.iter().map(move |b| (a, b)));
    let comparable = pairs.filter(|(a, b)| a.head.unit == b.head.unit && a.head.metric == b.head.metric);
    let (mut own, mut crossed): (Vec<_>, Vec<_>) =
        comparable.partition(|(a, b)| a.head.dataset == b.head.dataset);
    own.sort_by_key(age);
    // Copies that are much older at an end show another change.
    if let Some(nearest) = own.first().map(&age) {
        own.retain(|pair| age(pair) <= nearest + OLDER_DAYS);
    }
    crossed.sort_by_key(age);
    crossed.truncate(1);
    let chosen = if own.is_empty() { crossed } else { own };
    let shown = |board: &Board, day: Date| if board.retrospective { day } else { board.snapshot };
    let ends = |(a, b): (&Board, &Board)| Ends {
        then: a.clone(),
        now: b.clone(),
        days: (shown(a, then), shown(b, now)),
    };
    Ok(chosen.into_iter().map(ends).collect())
}

/// What a quantity was on the two dates.
pub(super) struct Change {
    /// What changed, for a figure's row.
    pub(super) label: String,
    pub(super) unit: Unit,
    /// Unit of the quantity itself: of a share in per cent the change is one in points.
    pub(super) of: Unit,
    /// Values with their deviations.
    pub(super) then: (f64, f64),
    pub(super) now: (f64, f64),
    pub(super) sources: Vec<Source>,
}

/// The change as a measured value; `told` is what the claim puts it at, where it does.
pub(super) fn measured(
    change: Change,
    ends: &Ends,
    claim: &Claim,
    told: Option<figures::Change>,
    relation: Relation,
) -> Measured {
    let (then, now) = ends.days;
    let years = f64::from(days_between(then, now)) / DAYS_A_YEAR;
    let words = Words::of(claim);
    let falls = matches!(relation, Relation::Closing | Relation::Falling);
    let places = words.places().filter(|_| change.unit == Unit::Points);
    let told = told.map(|told| places.map_or(told, |places| told.of_places(places as f64)));
    let tolerance = if change.unit == Unit::Count { 0.0 } else { ends.now.head.tolerance };
    let told = told.map(|told| match told.has_its_ends(change.then.0, change.now.0, tolerance) {
        true => told.interval(change.then.0, change.unit, falls),
        // Figures that the board showed on neither day: no change is the one told.
        false => Interval { low: f64::INFINITY, high: f64::INFINITY },
    });
    let (claimed, conclusion) = match told {
        Some(claimed) => (claimed, claimed.near(FIGURES_SHARE)),
        None => series::claimed(&words, relation, change.then.0.abs(), years),
    };
    Measured {
        label: format!(
            "{}: {} on {then}, {} on {now}",
            change.label,
            quantity::with_unit(change.then.0, change.of),
            quantity::with_unit(change.now.0, change.of)
        ),
        benchmark: ends.now.head.benchmark.clone(),
        metric: ends.now.head.metric.clone(),
        unit: change.unit,
        estimate: change.now.0 - change.then.0,
        uncertainty: Uncertainty::Normal { sd: change.then.1.hypot(change.now.1) },
        n: None,
        evaluation: ends.now.head.evaluation,
        claimed,
        // Figures are told of what the board showed.
        target: if told.is_some() { Target::Published } else { Target::Latent },
        conclusion,
        scale: 1.0,
        sources: change.sources,
    }
}

/// The changes on the copies of a board as a reading; `None` where there are none.
pub(super) fn reading(
    name: String,
    meaning: String,
    ends: &[Ends],
    measured: Vec<Measured>,
) -> Option<Reading> {
    let first = ends.first().filter(|_| !measured.is_empty())?;
    let is_crossed = first.then.head.dataset != first.now.head.dataset;
    let is_retrospective = first.then.retrospective || first.now.retrospective;
    let steps = is_crossed.then_some(Step::Indirectness);
    Some(Reading::of_sources(
        name,
        meaning,
        measured,
        steps.into_iter().chain(is_retrospective.then_some(Step::Retrospective)),
    ))
}

/// How far a change may be off, as a share of it, and still be about the one that is told.
const FIGURES_SHARE: f64 = 0.1;

/// Days of a mean Gregorian year.
const DAYS_A_YEAR: f64 = 365.25;
