//! Gaps through time: a claim that one closes or widens in; the change of the lag and of the distance on each index out.

use super::between::{self, Change};
use super::comparison;
use super::figures;
use super::frontier::{self, Dated};
use super::gap;
use super::measured::{FrontierStep, Measured, Picture, Pool, Reading, Step};
use super::party::{self, Named};
use super::published;
use super::series::{self, Series};
use super::sources::{evaluation, source};
use super::view::{SAME_TIME_DAYS, View, days_between};
use super::window;
use super::words::Words;
use crate::claim::{Claim, Relation};
use crate::dataset::{Board, BoardHead, Coverage, Row};
use crate::error::Result;
use crate::names::{Entity, Mention};
use crate::reported::Unit;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A side of a gap.
enum Side {
    Named(Named),
    /// Everybody but the other side: "China is closing the gap".
    Rest,
}

impl Side {
    fn text(&self) -> String {
        match self {
            Self::Named(named) => party::in_sentence(&named.text),
            Self::Rest => "the best of everybody else".to_owned(),
        }
    }

    /// Whether the best of laboratories is all that is asked of it.
    fn is_lab(&self) -> bool {
        match self {
            Self::Named(named) => party::is_lab(&named.entity),
            Self::Rest => true,
        }
    }

    /// Whether its best is the best of its laboratories.
    fn is_best_of_labs(&self) -> bool {
        let is_country = |named: &Named| matches!(&named.entity, Entity::Group(g) if !g.countries.is_empty() && g.open_weights.is_none());
        self.is_lab() || matches!(self, Self::Named(named) if is_country(named))
    }

    fn members<'b>(&self, view: &View<'_>, board: &'b Board, other: &BTreeSet<&'b str>) -> BTreeSet<&'b str> {
        match self {
            Self::Named(named) => view.members_of(board, &named.entity),
            Self::Rest => board.models().into_iter().filter(|id| !other.contains(id)).collect(),
        }
    }
}

/// Two sides, and which of them the words put behind.
struct Sides {
    first: Side,
    second: Side,
    order: Order,
    /// The change that the words put in figures.
    told: Option<figures::Change>,
}

/// Which side is taken to be behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// "China is closing the gap", "falls further behind".
    FirstBehind,
    /// "The lead of closed models is shrinking".
    FirstAhead,
    /// "The gap between A and B": whoever was behind when the window opened.
    AsItOpened,
}

/// "Open-source models" is among whom the two are compared, not one of the two.
fn is_population(named: &Named) -> bool {
    matches!(&named.entity, Entity::Group(group) if group.countries.is_empty() && group.organisations.is_empty())
}

/// Words for a distance.
const DISTANCES: [&str; 6] = ["gap", "distance", "difference", "margin", "spread", "divide"];

/// How many words may stand between a distance and the "between" that says whose it is.
const WORDS_TO_BETWEEN: usize = 6;

/// Whether the words speak of a distance between two, and so of neither as the one that moves: "the gap in points
/// between China and the United States", but not "the gap narrowed between May and July".
fn is_between_two(quote: &str) -> bool {
    let lower = quote.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let rest = words.get(at + 1..(at + 2 + WORDS_TO_BETWEEN).min(words.len())).unwrap_or_default();
        let whose = rest.iter().position(|word| *word == "between").and_then(|i| words.get(at + i + 2));
        DISTANCES.contains(word) && whose.is_some_and(|next| !window::begins_a_date(next))
    })
}

/// Words of being ahead.
const LEADS: [&str; 8] =
    ["lead ", "ahead", "advantage", "edge ", "pulling away", "pull away", "margin by which", "margin of"];

/// Words for what somebody has who is ahead.
const LEAD: [&str; 5] = ["lead", "advantage", "edge", "margin", "headstart"];

/// Whose lead the words speak of: "Google's lead", "the lead of Google".
fn whose_lead(quote: &str, view: &View<'_>) -> Option<Entity> {
    let is_lead = |word: &str| LEAD.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    let owns = |mention: &Mention| {
        let (before, after) = (&quote[..mention.span.start], &quote[mention.span.end..]);
        let possessed = ["'s ", "\u{2019}s ", "' "].iter().find_map(|sign| after.strip_prefix(sign));
        possessed.is_some_and(|rest| rest.split_whitespace().take(WORDS_TO_LEAD).any(is_lead))
            || before
                .strip_suffix(" of ")
                .is_some_and(|rest| rest.split_whitespace().next_back().is_some_and(is_lead))
    };
    view.names().mentions(quote).into_iter().find(owns).map(|mention| mention.entity)
}

/// Words between a name and its lead: "Google's long-standing lead".
const WORDS_TO_LEAD: usize = 3;

/// Who is set against whom; `None` where the words name nobody, or single models, which have one score each.
fn sides(claim: &Claim, view: &View<'_>, words: &Words) -> Option<Sides> {
    let told = figures::change(claim, view);
    if let Some((open, closed)) = party::open_and_closed(words) {
        return Some(Sides {
            first: Side::Named(open),
            second: Side::Named(closed),
            order: Order::FirstBehind,
            told,
        });
    }
    let in_quote = party::in_text(&claim.quote, view);
    let has_subject = claim.subject.len() == 1 && claim.subject.iter().all(|party| party.entity.is_some());
    // "China is closing the gap" says who moves even where the subject is the gap; "the gap between" does not.
    let is_moving = has_subject || (!in_quote.is_empty() && !Words::new(&claim.quote).any(&["between "]));
    // "Shrank from 53 points to 36": figures of a distance say how it opened.
    let in_figures = matches!(told, Some(figures::Change::FromTo(..)));
    let order = match is_moving {
        _ if in_figures || is_between_two(&claim.quote) => Order::AsItOpened,
        true if words.any(&LEADS) => Order::FirstAhead,
        true => Order::FirstBehind,
        false => Order::AsItOpened,
    };
    let moving = in_quote.first().filter(|_| is_moving && !has_subject);
    let mut named: Vec<Named> = moving.cloned().into_iter().collect();
    named.extend(party::named(claim, view));
    // "… the gap with the United States": the other side may stand in the words only.
    named.extend(in_quote.into_iter().filter(|named| !is_population(named)));
    named.retain(|named| !matches!(named.entity, Entity::Benchmark(_)));
    if named.iter().any(|named| matches!(named.entity, Entity::Model(_))) {
        return None;
    }
    let mut named = named.into_iter();
    let first = named.next()?;
    let second = named.find(|other| other.entity != first.entity);
    // "Anthropic narrows Google's lead": whose lead it is says who is ahead.
    let order = match whose_lead(&claim.quote, view) {
        Some(owner) if owner != first.entity => Order::FirstBehind,
        Some(_) => Order::FirstAhead,
        None => order,
    };
    // One name without a direction is the subject of its sentence.
    let is_undirected = order == Order::AsItOpened && !in_figures;
    let order = if second.is_none() && is_undirected { Order::FirstBehind } else { order };
    Some(Sides { first: Side::Named(first), second: second.map_or(Side::Rest, Side::Named), order, told })
}

/// The readings of a gap that closes or widens; none when no index has both sides long enough.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    words: &Words,
    relation: Relation,
) -> Result<Vec<Reading>> {
    let Some(sides) = sides(claim, view, words) else { return Ok(Vec::new()) };
    let named = party::board(claim, view);
    let indices: Vec<&str> = match (&claim.benchmark, &named) {
        (_, Some(id)) => vec![id],
        (Some(_), None) => Vec::new(),
        (None, None) => gap::INDICES.to_vec(),
    };
    // The words may say it beside the slot; of sides that are open or closed themselves it says nothing more.
    let is_country = |side: &Side| matches!(side, Side::Named(named) if !is_population(named));
    let among = claim.population.as_deref().unwrap_or(&claim.quote);
    let among_open = is_country(&sides.first)
        && !matches!(&sides.second, Side::Named(named) if is_population(named))
        && Words::new(among).any(&["open source", "open weight", "open model", "open ai model"]);
    let mut readings: Vec<Reading> = Vec::new();
    for index in indices {
        if let Side::Named(first) = &sides.first {
            let other = match &sides.second {
                Side::Named(second) => Some(second.as_party()),
                Side::Rest => None,
            };
            let two = (&first.as_party(), other.as_ref());
            readings.extend(published::change(claim, view, two, index, relation));
        }
        readings.extend(at_two_dates(claim, view, index, &sides, relation, among_open)?);
        let of_labs = !among_open && sides.first.is_best_of_labs() && sides.second.is_best_of_labs();
        let fits =
            |head: &BoardHead| (head.coverage != Coverage::BestOfLab || of_labs) && view.is_fresh(head);
        let mut copies = view.copies(index, fits, |board| !board.rows.is_empty())?;
        // The best of laboratories speaks where no whole board still stood on the day.
        let is_young = |board: &Board| board.head.coverage == Coverage::Full && !view.remoteness(board).0;
        if copies.iter().any(is_young) {
            copies.sort_by_key(|board| board.head.coverage != Coverage::Full);
        }
        // One board an index: a second copy of it would only repeat the readings.
        for board in copies {
            let found = on_index(claim, view, &board, &sides, relation, among_open)?;
            if !found.is_empty() {
                readings.extend(found);
                break;
            }
        }
    }
    Ok(readings)
}

/// The distance in points on the two dates that the claim names, where it names two.
fn at_two_dates(
    claim: &Claim,
    view: &View<'_>,
    index: &str,
    sides: &Sides,
    relation: Relation,
    among_open: bool,
) -> Result<Option<Reading>> {
    let of_labs = !among_open && sides.first.is_lab() && sides.second.is_lab();
    let ends_on = |coverage: Coverage| {
        let fits = |head: &BoardHead| head.coverage == coverage;
        between::ends(claim, view, index, fits, |board| !board.rows.is_empty())
    };
    // The best of laboratories shows where they stand when no whole board is kept.
    let ends = match ends_on(Coverage::Full)? {
        ends if ends.is_empty() && of_labs => ends_on(Coverage::BestOfLab)?,
        ends => ends,
    };
    let mut names = None;
    let called = view.called(index);
    let among = if among_open { " among open models" } else { "" };
    let mut measured = Vec::new();
    for ends in &ends {
        let (Some(then), Some(now)) = (
            best_of_sides(view, &ends.then, sides, among_open),
            best_of_sides(view, &ends.now, sides, among_open),
        ) else {
            continue;
        };
        let (mut before, mut after) = (distance(&ends.then, then), distance(&ends.now, now));
        let first_is_behind = match sides.order {
            Order::FirstBehind => true,
            Order::FirstAhead => false,
            Order::AsItOpened => before.0 >= 0.0,
        };
        let (mut behind, mut ahead) = (sides.first.text(), sides.second.text());
        if !first_is_behind {
            (before.0, after.0) = (-before.0, -after.0);
            std::mem::swap(&mut behind, &mut ahead);
        }
        let label = format!("change of the points of {behind} behind {ahead}{among} on {called}");
        names.get_or_insert((behind, ahead));
        let change = Change {
            label,
            unit: comparison::unit_of_difference(ends.now.head.unit),
            of: comparison::unit_of_difference(ends.now.head.unit),
            then: before,
            now: after,
            sources: vec![source(&ends.then, &[then.0, then.1]), source(&ends.now, &[now.0, now.1])],
        };
        measured.push(between::measured(change, ends, claim, sides.told, relation));
    }
    let Some((behind, ahead)) = names else { return Ok(None) };
    let meaning =
        format!("the best of {ahead} minus the best of {behind}{among} on {called} on the two dates");
    Ok(between::reading(format!("points-between-dates/{index}"), meaning, &ends, measured))
}

/// How far the second side's best stands above the first's, in points, with its deviation.
fn distance(board: &Board, (ours, theirs): (&Row, &Row)) -> (f64, f64) {
    let points = board.head.better(theirs.score) - board.head.better(ours.score);
    (points, board.deviation(ours).hypot(board.deviation(theirs)))
}

/// The best row of either side.
fn best_of_sides<'b>(
    view: &View<'_>,
    board: &'b Board,
    sides: &Sides,
    among_open: bool,
) -> Option<(&'b Row, &'b Row)> {
    let ours = sides.first.members(view, board, &BTreeSet::new());
    let theirs = sides.second.members(view, board, &ours);
    let is_among = |id: &str| !among_open || view.facts(id).open_weights == Some(true);
    let best = |ids: &BTreeSet<&str>| {
        let mut rows = board.rows.iter().map(AsRef::as_ref);
        rows.find(|row: &&Row| ids.contains(row.model.as_str()) && is_among(&row.model))
    };
    Some((best(&ours)?, best(&theirs)?))
}

/// The lag and the distance in points on one board, as two readings; of a board that the words name the points first.
fn on_index(
    claim: &Claim,
    view: &View<'_>,
    board: &Board,
    sides: &Sides,
    relation: Relation,
    among_open: bool,
) -> Result<Vec<Reading>> {
    let keep = |ids: BTreeSet<&str>| -> Vec<Dated> {
        let ids =
            ids.into_iter().filter(|id| !among_open || view.facts(id).open_weights == Some(true)).collect();
        frontier::dated(view, board, &ids)
    };
    let ours = sides.first.members(view, board, &BTreeSet::new());
    let theirs = sides.second.members(view, board, &ours);
    let (from, to) = window::followed(claim, view.last_day(board));
    let (ours, theirs) = (frontier::steps(&keep(ours), to), frontier::steps(&keep(theirs), to));
    let best = |side: &[FrontierStep], day: Date| until(side, day).last().map(|step| step.score);
    let ahead_by = |day| Some(best(&theirs, day)? - best(&ours, day)?);
    let shown = shown_points(claim, view, board, sides, among_open, (from, to))?;
    let first_is_behind = match sides.order {
        Order::FirstBehind => true,
        Order::FirstAhead => false,
        Order::AsItOpened => {
            let opened = shown.as_ref().and_then(|series| series.points().first().map(|(_, points)| *points));
            opened.or_else(|| Series::days(from, to).find_map(ahead_by)).is_none_or(|points| points >= 0.0)
        }
    };
    let sign = if first_is_behind { 1.0 } else { -1.0 };
    let (first, second) = (sides.first.text(), sides.second.text());
    let (laggard, leader, behind, ahead) =
        if first_is_behind { (&ours, &theirs, first, second) } else { (&theirs, &ours, second, first) };
    // The best of laboratories on a day is no frontier in time.
    let is_frontier = board.head.coverage != Coverage::BestOfLab;
    let lag = if is_frontier {
        Series::of(from, to, |day| frontier::lag_months(leader, laggard, day))
    } else {
        None
    };
    let points = match shown {
        Some(series) => Some(series.times(sign)),
        None if !is_frontier => None,
        None => Series::of(from, to, |day| Some(sign * ahead_by(day)?)),
    };
    let among = if among_open { " among open models" } else { "" };
    let suffix = if among_open { "/open" } else { "" };
    let (index, called) = (&board.head.benchmark, &board.head.name);
    let in_points = comparison::unit_of_difference(board.head.unit);
    let mut measures = [("lag", lag, Unit::Months), ("points", points, in_points)];
    if party::board(claim, view).is_some() {
        measures.reverse();
    }
    let reading = |(what, series, unit): (&str, Option<Series>, Unit)| {
        let series = series?;
        let label =
            format!("change of the {what} of {behind} behind {ahead}{among} on {called}, {}", series.span());
        let rows = frontier_rows(board, leader, laggard);
        let measured = Measured {
            label,
            benchmark: index.clone(),
            metric: board.head.metric.clone(),
            unit,
            evaluation: rows.first().map_or(board.head.evaluation, |row| evaluation(board, row)),
            sources: vec![source(board, &rows)],
            ..series::change(&series, claim, relation)
        };
        let mut steps = vec![Step::Indirectness];
        if board.retrospective {
            steps.push(Step::Retrospective);
        }
        Some(Reading {
            name: format!("{what}/{index}{suffix}"),
            meaning: format!("the {what} of {behind} behind {ahead}{among} on {called}, month by month"),
            pool: Pool::Sources,
            measured: vec![measured],
            absence: None,
            steps,
            picture: Some(Picture::Trend {
                quantity: format!("{what} of {behind} behind {ahead}"),
                points: series.points().to_vec(),
            }),
        })
    };
    Ok(measures.into_iter().filter_map(reading).collect())
}

/// How far the second side's best stood above the first's on the board as it was shown month by month; `None` where too
/// few of its copies are kept.
fn shown_points(
    claim: &Claim,
    view: &View<'_>,
    board: &Board,
    sides: &Sides,
    among_open: bool,
    (from, to): (Date, Date),
) -> Result<Option<Series>> {
    let mut points = Vec::new();
    // A window that the words name is followed from its start; the usual one from where the copies begin.
    let from_start = claim.as_of.is_some();
    if from_start && days_between(board.head.first, from) > SAME_TIME_DAYS && board.head.first > from {
        return Ok(None);
    }
    for day in Series::days(from, to) {
        let copy = view.catalog.current(&board.head, day)?;
        let Some(copy) = copy.filter(|copy| days_between(copy.snapshot, day) <= SAME_TIME_DAYS) else {
            continue;
        };
        let bests = best_of_sides(view, &copy, sides, among_open);
        points.extend(bests.map(|bests| (day, distance(&copy, bests).0)));
    }
    Ok(Series::from_points(points))
}

/// A frontier as it stood on a day.
fn until(steps: &[FrontierStep], day: Date) -> &[FrontierStep] {
    &steps[..steps.partition_point(|step| step.day <= day)]
}

/// The rows that made the two frontiers.
fn frontier_rows<'b>(board: &'b Board, leader: &[FrontierStep], laggard: &[FrontierStep]) -> Vec<&'b Row> {
    let names: BTreeSet<&str> = leader.iter().chain(laggard).map(|step| step.model.as_str()).collect();
    board.rows.iter().map(AsRef::as_ref).filter(|row: &&Row| names.contains(row.name.as_str())).collect()
}
