//! Trend claims: "China is rapidly closing the gap", "falling further behind", "the number of models rises".
//!
//! # What it reads
//! A gap between two sides that closes or widens, or a quantity that rises or falls: releases, or places on a board.
//!
//! # How it is recomputed
//! A monthly series over the window named, else the 18 months before the day: of the lag by the frontier rule and of
//! the distance in points, on each index; of releases; of the share of the top 20. The change is the Theil-Sen slope
//! over the window; how sure its sign is, the Mann-Kendall test says. "Rapidly" asks for a change above a named pace.
//!
//! # What it cannot tell
//! Prices, usage, revenue, one model's mood: nothing here follows them through time.

use super::frontier::{self, Dated};
use super::gap;
use super::measured::{Absence, Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::party::{self, Named};
use super::record;
use super::series::{Series, months_before};
use super::share;
use super::view::{View, evaluation, source};
use super::words::Words;
use crate::claim::{Claim, Relation};
use crate::dataset::{Board, Coverage};
use crate::error::Result;
use crate::names::{Entity, ModelFacts};
use crate::reported::{Interval, Unit};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The window of a trend that names none.
const WINDOW_MONTHS: u32 = 18;

/// The longest window that a series is built for.
const LONGEST_WINDOW_MONTHS: u32 = 60;

/// "Rapidly" asks for a change of at least this share of the usual level in a year: a gap a quarter smaller.
const RAPID_SHARE_A_YEAR: f64 = 0.25;

/// Words of pace.
const RAPID: [&str; 9] =
    ["rapid", "fast", "quick", "sharp", "steep", "dramatic", "at an amazing", "plung", "skyrocket"];

/// Places that a group's standing is followed through.
const PLACES: usize = 20;

/// Quantities that nothing here follows through time.
const UNFOLLOWED: [&str; 22] = [
    "price", "cost", "cheap", "spend", "spent", "revenue", "download", "usage", "token", "user", "adopt", "household",
    "invest", "valuation", "share price", "productivity", "demand", "speed", "latency", "focus", "interest", "deploy",
];

/// The readings of a trend claim; never none: what is not followed is said.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let words = Words::of(claim);
    let nothing = |meaning: &str| Ok(vec![Reading::absent("monthly-series", meaning.to_owned(), Absence::NoData)]);
    if words.any(&UNFOLLOWED) {
        return nothing("no table here follows that quantity through time");
    }
    let Some(relation) = claim.relation else { return nothing("what rises or falls is not said") };
    let readings = match relation {
        Relation::Closing | Relation::Widening => gaps(claim, view, &words, relation)?,
        Relation::Rising | Relation::Falling => quantities(claim, view, &words, relation)?,
        _ => Vec::new(),
    };
    if readings.is_empty() { nothing("no board follows both through enough months") } else { Ok(readings) }
}

/// The first and last day of the series.
fn window(claim: &Claim, last: Date) -> (Date, Date) {
    let longest = months_before(last, LONGEST_WINDOW_MONTHS);
    let (from, to) = share::window(claim, last);
    let months = match claim.reported {
        Some(reported) if reported.unit == Unit::Months => reported.high.unwrap_or(reported.value),
        Some(reported) if reported.unit == Unit::Years && reported.value < 10.0 => 12.0 * reported.value,
        _ => f64::from(WINDOW_MONTHS),
    };
    let whole = months.clamp(1.0, f64::from(LONGEST_WINDOW_MONTHS)) as u32;
    if from > longest { (from, to) } else { (months_before(last, whole), last) }
}

/// A side of a gap.
enum Side {
    Named(Named),
    /// Everybody but the other side: "China is closing the gap".
    Rest,
}

impl Side {
    fn text(&self) -> &str {
        match self {
            Self::Named(named) => &named.text,
            Self::Rest => "the best of everybody else",
        }
    }

    fn members<'b>(&self, view: &View<'_>, board: &'b Board, other: &BTreeSet<&'b str>) -> BTreeSet<&'b str> {
        match self {
            Self::Named(named) => view.members_of(board, &named.entity),
            Self::Rest => board.models().into_iter().filter(|id| !other.contains(id)).collect(),
        }
    }
}

/// Who is set against whom; `None` where the words name nobody, or single models, which have one score each.
fn sides(claim: &Claim, view: &View<'_>, words: &Words) -> Option<(Side, Side)> {
    if let Some((open, closed)) = party::open_and_closed(words) {
        return Some((Side::Named(open), Side::Named(closed)));
    }
    let mut named = party::named(claim, view);
    if named.is_empty() {
        named = party::in_text(&claim.quote, view);
    }
    named.retain(|named| !matches!(named.entity, Entity::Benchmark(_)));
    if named.iter().any(|named| matches!(named.entity, Entity::Model(_))) {
        return None;
    }
    let mut named = named.into_iter();
    let first = named.next()?;
    let second = named.find(|other| other.entity != first.entity);
    Some((Side::Named(first), second.map_or(Side::Rest, Side::Named)))
}

fn gaps(claim: &Claim, view: &View<'_>, words: &Words, relation: Relation) -> Result<Vec<Reading>> {
    let Some((first, second)) = sides(claim, view, words) else { return Ok(Vec::new()) };
    let indices: Vec<&str> = match &claim.benchmark {
        Some(named) => named.id.as_deref().into_iter().collect(),
        None => gap::INDICES.to_vec(),
    };
    let among_open = claim.population.as_deref().is_some_and(|text| Words::new(text).any(&["open "]));
    let mut readings: Vec<Reading> = Vec::new();
    for index in indices {
        for head in view.heads(Some(index)).filter(|head| head.coverage != Coverage::BestOfLab) {
            let Some(board) = view.board(head, |board| !board.rows.is_empty())? else { continue };
            let new = on_index(claim, view, &board, (&first, &second), relation, among_open);
            readings.extend(new.into_iter().filter(|new| readings.iter().all(|known| known.name != new.name)).collect::<Vec<_>>());
        }
    }
    Ok(readings)
}

/// The lag and the distance in points on one board, as two readings.
fn on_index(
    claim: &Claim,
    view: &View<'_>,
    board: &Board,
    (first, second): (&Side, &Side),
    relation: Relation,
    among_open: bool,
) -> Vec<Reading> {
    let keep = |ids: BTreeSet<&str>| -> Vec<Dated> {
        let ids = ids.into_iter().filter(|id| !among_open || view.facts(id).open_weights == Some(true)).collect();
        gap::dated(view, board, &ids)
    };
    let ours = first.members(view, board, &BTreeSet::new());
    let theirs = second.members(view, board, &ours);
    let (ours, theirs) = (keep(ours), keep(theirs));
    let last = view.last_day(board);
    let (from, to) = window(claim, last);
    let best = |side: &[Dated], day: Date| frontier::steps(side, day).last().map(|step| step.score);
    // Who is ahead when the window opens leads: a lag below zero is then an overtaking.
    let opening = Series::days(from, to).find_map(|day| Some((best(&ours, day)?, best(&theirs, day)?)));
    let Some((our_start, their_start)) = opening else { return Vec::new() };
    let (leader, laggard, ahead, behind) = if our_start > their_start {
        (&ours, &theirs, first.text(), second.text())
    } else {
        (&theirs, &ours, second.text(), first.text())
    };
    let lag = Series::of(from, to, |day| {
        frontier::lag_months(&frontier::steps(leader, day), &frontier::steps(laggard, day), day)
    });
    let points = Series::of(from, to, |day| Some(best(leader, day)? - best(laggard, day)?));
    let among = if among_open { " among open models" } else { "" };
    let suffix = if among_open { "/open" } else { "" };
    let index = &board.head.benchmark;
    [("lag", lag, Unit::Months), ("points", points, board.head.unit)]
        .into_iter()
        .filter_map(|(what, series, unit)| {
            let label = format!("change of the {what} of {behind} behind {ahead}{among} on {index}, {from} to {to}");
            let rows: Vec<_> = board.rows.iter().map(AsRef::as_ref).take(1).collect();
            let measured = Measured {
                label,
                benchmark: index.clone(),
                metric: board.head.metric.clone(),
                unit,
                evaluation: rows.first().map_or(board.head.evaluation, |row| evaluation(board, row)),
                sources: vec![source(board, &frontier_rows(board, leader, laggard, to))],
                ..change(&series?, claim, relation)
            };
            let mut steps = vec![Step::Indirectness];
            if board.retrospective {
                steps.push(Step::Retrospective);
            }
            Some(Reading {
                name: format!("{what}/{index}{suffix}"),
                meaning: format!("the {what} of {behind} behind {ahead}{among} on {index}, month by month"),
                pool: Pool::Sources,
                measured: vec![measured],
                absence: None,
                steps,
                picture: Some(Picture::Forest),
            })
        })
        .collect()
}

/// The rows that made the two frontiers.
fn frontier_rows<'b>(board: &'b Board, leader: &[Dated], laggard: &[Dated], to: Date) -> Vec<&'b crate::dataset::Row> {
    let names: BTreeSet<String> =
        [leader, laggard].iter().flat_map(|side| frontier::steps(side, to)).map(|step| step.model).collect();
    board.rows.iter().map(AsRef::as_ref).filter(|row: &&crate::dataset::Row| names.contains(&row.name)).collect()
}

/// The change of a series over its window as a measured value; label, unit and sources are the caller's.
fn change(series: &Series, claim: &Claim, relation: Relation) -> Measured {
    let words = Words::of(claim);
    let pace = if words.any(&RAPID) { RAPID_SHARE_A_YEAR * series.level() * series.years() } else { 0.0 };
    let falls = matches!(relation, Relation::Closing | Relation::Falling);
    let claimed = match (falls, pace > 0.0) {
        (true, false) => Interval::below(0.0),
        (true, true) => Interval::below((-pace).next_up()),
        (false, false) => Interval::at_least(0f64.next_up()),
        (false, true) => Interval::at_least(pace),
    };
    // The looser conclusion of a rapid change is any change that way.
    let conclusion = (pace > 0.0).then(|| if falls { Interval::below(0.0) } else { Interval::at_least(0f64.next_up()) });
    Measured {
        label: String::new(),
        benchmark: String::new(),
        metric: String::new(),
        unit: Unit::Count,
        estimate: series.change(),
        uncertainty: Uncertainty::Normal { sd: series.deviation() },
        n: Some(series.len() as u64),
        evaluation: super::measured::Evaluation::Independent,
        claimed,
        target: Target::Latent,
        conclusion,
        scale: 1.0,
        sources: Vec::new(),
    }
}

/// Releases of a group, or its places on a board, month by month.
fn quantities(claim: &Claim, view: &View<'_>, words: &Words, relation: Relation) -> Result<Vec<Reading>> {
    let named = party::named(claim, view);
    let named = if named.is_empty() { party::in_text(&claim.quote, view) } else { named };
    let group = named.into_iter().find(|named| matches!(named.entity, Entity::Group(_) | Entity::Organisation(_)));
    let Some(group) = group else { return Ok(Vec::new()) };
    if words.any(&["share", "dominan", "proportion", "part ", "places"]) {
        return standing(claim, view, &group, relation);
    }
    if words.any(&["number", "release", "more models", "more and more", "proliferat", "count", "models in"]) {
        return Ok(releases(claim, view, &group, relation).into_iter().collect());
    }
    Ok(Vec::new())
}

fn releases(claim: &Claim, view: &View<'_>, group: &Named, relation: Relation) -> Option<Reading> {
    let (from, to) = window(claim, view.day);
    let records = record::records(view, &group.entity);
    let released: Vec<&ModelFacts> =
        records.iter().filter(|facts| facts.released.is_some_and(|day| from < day && day <= to)).collect();
    let series = Series::of(from, to, |day| {
        let before = months_before(day, 1);
        let in_month = |facts: &&&ModelFacts| facts.released.is_some_and(|released| before < released && released <= day);
        Some(released.iter().filter(in_month).count() as f64)
    })?;
    let text = |facts: &ModelFacts| facts.released.map_or_else(String::new, |day| format!("released={day}"));
    let sources = record::sources(view, released.iter().copied(), text);
    let mut steps = vec![Step::Indirectness];
    steps.extend(record::retrospective(view, &sources));
    let measured = Measured {
        label: format!("change of the models that {} released a month, {from} to {to}", group.text),
        benchmark: "releases".to_owned(),
        metric: "a-month".to_owned(),
        unit: Unit::Count,
        evaluation: record::evaluation(view, released.first()?),
        sources,
        ..change(&series, claim, relation)
    };
    Some(Reading {
        name: "releases-a-month".to_owned(),
        meaning: format!("models of {} in the identity tables by month of release", group.text),
        pool: Pool::Sources,
        measured: vec![measured],
        absence: None,
        steps,
        picture: Some(Picture::Forest),
    })
}

/// The group's share of a board's top places on each of its snapshot days.
fn standing(claim: &Claim, view: &View<'_>, group: &Named, relation: Relation) -> Result<Vec<Reading>> {
    let benchmark = match &claim.benchmark {
        Some(named) => named.id.clone(),
        None => gap::INDICES.get(1).map(|id| (*id).to_owned()),
    };
    let Some(benchmark) = benchmark else { return Ok(Vec::new()) };
    let mut readings = Vec::new();
    for head in view.heads(Some(&benchmark)).filter(|head| head.coverage == Coverage::Full && head.in_force(view.day)) {
        let (from, to) = window(claim, head.last.min(view.day));
        let mut places = Vec::new();
        let mut newest = None;
        for day in Series::days(from, to) {
            let Some(board) = view.catalog.current(head, day)?.filter(|board| board.models().len() >= PLACES) else { continue };
            let ours = view.members_of(&board, &group.entity);
            let held = board.models().into_iter().take(PLACES).filter(|id| ours.contains(id)).count();
            places.push((day, 100.0 * held as f64 / PLACES as f64));
            newest = Some(board);
        }
        let (Some(series), Some(board)) = (Series::from_points(places), newest) else { continue };
        let top: Vec<_> = board.rows.iter().map(AsRef::as_ref).take(PLACES).collect();
        let measured = Measured {
            label: format!("change of the share of {} in the top {PLACES} of {benchmark}, {from} to {to}", group.text),
            benchmark: benchmark.clone(),
            metric: "share".to_owned(),
            unit: Unit::Points,
            evaluation: head.evaluation,
            sources: vec![source(&board, &top)],
            ..change(&series, claim, relation)
        };
        readings.push(Reading {
            name: format!("top-{PLACES}-share/{benchmark}"),
            meaning: format!("how many of the top {PLACES} of {benchmark} are of {}, month by month", group.text),
            pool: Pool::Sources,
            measured: vec![measured],
            absence: None,
            steps: vec![Step::Indirectness],
            picture: Some(Picture::Forest),
        });
    }
    readings.truncate(1);
    Ok(readings)
}
