//! Quantities through time: a claim that releases or places rise or fall in; the change of the monthly series out.

use super::between::{self, Change};
use super::figures;
use super::gap;
use super::level;
use super::measured::{Absence, Measured, Picture, Pool, Reading, Step};
use super::party::{self, Named};
use super::places;
use super::record;
use super::series::{self, Series};
use super::sources::source;
use super::view::View;
use super::window::{self, months_before};
use super::words::Words;
use crate::claim::{Claim, Relation};
use crate::dataset::{Board, BoardHead, Coverage};
use crate::error::Result;
use crate::names::{Entity, ModelFacts};
use crate::reported::Unit;

/// Places that a group's standing is followed through.
const PLACES: usize = 20;

/// Releases of a group, or its places on a board, month by month.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    words: &Words,
    relation: Relation,
) -> Result<Vec<Reading>> {
    let named = party::named(claim, view);
    let named =
        if named.is_empty() { party::in_text(party::without_since(&claim.quote), view) } else { named };
    // "The rating of Claude 3 Opus": one model has levels of its own.
    if let Some(model) = named.iter().find(|named| matches!(named.entity, Entity::Model(_))) {
        return level::readings(claim, view, words, relation, Some(model));
    }
    let mut makers = named.into_iter().map(|named| named.as_maker(view));
    let group = makers.find(|named| matches!(named.entity, Entity::Group(_) | Entity::Organisation(_)));
    let group = group.or_else(|| party::open(words));
    let Some(group) = group else { return level::readings(claim, view, words, relation, None) };
    if words.any(&["share", "dominan", "proportion", "part ", "places"]) || words.places().is_some() {
        return standing(claim, view, &group, words, relation);
    }
    let of_board = level::readings(claim, view, words, relation, Some(&group))?;
    if !of_board.is_empty() {
        return Ok(of_board);
    }
    if words.any(&RELEASES) {
        return Ok(releases(claim, view, &group, relation).into_iter().collect());
    }
    Ok(Vec::new())
}

/// Words that speak of how many models come out.
const RELEASES: [&str; 12] = [
    "number",
    "release",
    "more models",
    "more and more",
    "proliferat",
    "count",
    "models in",
    "publish",
    "launch",
    "more new models",
    "fewer models",
    "put out",
];

/// Releases a month. The tables are filled late: a fall in them cannot be told from what is still missing.
fn releases(claim: &Claim, view: &View<'_>, group: &Named, relation: Relation) -> Option<Reading> {
    let models = party::models_of(group, view);
    let (from, to) = window::followed(claim, view.day);
    let records = record::records(view, &group.entity);
    let released: Vec<&ModelFacts> =
        records.iter().filter(|facts| facts.released.is_some_and(|day| from < day && day <= to)).collect();
    let series = Series::of(from, to, |day| {
        let before = months_before(day, 1);
        let in_month = |facts: &&&ModelFacts| {
            facts.released.is_some_and(|released| before < released && released <= day)
        };
        Some(released.iter().filter(in_month).count() as f64)
    })?;
    // A rise in spite of what is still missing is a rise.
    if series.change() <= 0.0 {
        let meaning =
            format!("the tables list releases of {models} late: fewer in recent months prove nothing");
        return Some(Reading::absent("releases-a-month", meaning, Absence::ProxyOnly));
    }
    let sources = record::sources(view, released.iter().copied(), record::released);
    let mut steps = vec![Step::Indirectness];
    steps.extend(record::retrospective(view, &sources));
    let measured = Measured {
        label: format!("change of the {models} released a month, {from} to {to}"),
        benchmark: "releases".to_owned(),
        metric: "a-month".to_owned(),
        unit: Unit::Count,
        evaluation: record::evaluation(view, released.first()?),
        sources,
        ..series::change(&series, claim, relation)
    };
    Some(Reading {
        name: "releases-a-month".to_owned(),
        meaning: format!("models of {} in the identity tables by month of release", group.text),
        pool: Pool::Sources,
        measured: vec![measured],
        absence: None,
        steps,
        picture: Some(Picture::Trend {
            quantity: format!("models of {} released a month", group.text),
            points: series.points().to_vec(),
        }),
    })
}

/// Words of a share of all that a board lists, and not of its top places.
const OF_ALL: [&str; 6] =
    ["the models on", "models on the", "all models", "the models listed", "entries on", "the entries"];

/// The group's share of a board's top places, or of all that it lists, on each of its snapshot days.
fn standing(
    claim: &Claim,
    view: &View<'_>,
    group: &Named,
    words: &Words,
    relation: Relation,
) -> Result<Vec<Reading>> {
    let benchmark = match &claim.benchmark {
        Some(named) => named.id.clone(),
        None => gap::INDICES.get(1).map(|id| (*id).to_owned()),
    };
    let Some(benchmark) = benchmark else { return Ok(Vec::new()) };
    let of_all = words.places().is_none() && words.any(&OF_ALL);
    let top = Words::of(claim).places().unwrap_or(PLACES);
    let enough = |board: &Board| of_all || board.models().len() >= top;
    let places = if of_all { usize::MAX } else { top };
    let is_full = |head: &BoardHead| head.coverage == Coverage::Full;
    let ends = between::ends(claim, view, &benchmark, is_full, enough)?;
    let (called, models) = (view.called(&benchmark), party::models_of(group, view));
    let held = |board: &Board| places::share(view, board, &group.entity, places);
    let among = if of_all { format!("all models of {called}") } else { format!("the top {top} of {called}") };
    let name = if of_all { "listed".to_owned() } else { format!("top-{top}") };
    let shown = |board: &Board| source(board, &board.rows.best_of_each().take(places).collect::<Vec<_>>());
    let told = figures::change(claim, view);
    let measured = ends.iter().map(|ends| {
        let change = Change {
            label: format!("change of the share of {models} among {among}"),
            unit: Unit::Points,
            of: Unit::Percent,
            then: held(&ends.then),
            now: held(&ends.now),
            sources: vec![shown(&ends.then), shown(&ends.now)],
        };
        between::measured(change, ends, claim, told, relation)
    });
    let at_ends = between::reading(
        format!("{name}-between-dates/{benchmark}"),
        format!("the share of {models} among {among} on the two dates"),
        &ends,
        measured.collect(),
    );
    let mut readings = Vec::new();
    for head in
        view.heads(Some(&benchmark)).filter(|head| head.coverage == Coverage::Full && head.in_force(view.day))
    {
        let (from, to) = window::followed(claim, head.last.min(view.day));
        let mut shares = Vec::new();
        let mut newest = None;
        for day in Series::days(from, to) {
            let Some(board) = view.shown(head, day)?.filter(&enough) else { continue };
            let ours = view.members_of(&board, &group.entity);
            let places = board.models().len().min(places);
            let held = board.models().into_iter().take(places).filter(|id| ours.contains(id)).count();
            shares.push((day, 100.0 * held as f64 / places.max(1) as f64));
            newest = Some(board);
        }
        let (Some(series), Some(board)) = (Series::from_points(shares), newest) else { continue };
        let rows: Vec<_> = board.rows.iter().map(AsRef::as_ref).take(places).collect();
        let measured = Measured {
            label: format!("change of the share of {models} among {among}, {from} to {to}"),
            benchmark: benchmark.clone(),
            metric: "share".to_owned(),
            unit: Unit::Points,
            evaluation: head.evaluation,
            sources: vec![source(&board, &rows)],
            ..series::change(&series, claim, relation)
        };
        readings.push(Reading {
            name: format!("{name}-share/{benchmark}"),
            meaning: format!("the share of {models} among {among}, month by month"),
            pool: Pool::Sources,
            measured: vec![measured],
            absence: None,
            steps: [Step::Indirectness]
                .into_iter()
                .chain((head.first > from).then_some(Step::Retrospective))
                .collect(),
            picture: Some(Picture::Trend {
                quantity: format!("share of {models} among {among}, %"),
                points: series.points().to_vec(),
            }),
        });
    }
    readings.truncate(1);
    Ok(at_ends.into_iter().chain(readings).collect())
}
