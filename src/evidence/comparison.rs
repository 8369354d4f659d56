//! Comparison claims: "Qwen rivals Llama 2", "GPT-4 beats Claude 2 by 5 points on MMLU".
//!
//! # What it reads
//! One or more subjects, one or more objects, the relation, a benchmark or none, a difference or none.
//!
//! # How it is recomputed
//! On each benchmark both sides have, subject minus object in the better direction. Better asks for more than zero,
//! comparable for more than minus the benchmark's margin (non-inferiority). Over benchmarks, one vote a family,
//! differences are divided by the board's spread and pooled.
//!
//! # What it cannot tell
//! Which use the text has in mind: benchmarks are pooled as if all mattered alike.

use super::database::Database;
use super::downloads;
use super::listed;
use super::measured::{Absence, Measured, Picture, Pool, Reading, STALE_DAYS, Step, Target, Uncertainty};
use super::opponents;
use super::places;
use super::sources::{evaluation, source};
use super::view::{View, days_between};
use super::words::Words;
use crate::claim::{Claim, Party, Relation};
use crate::dataset::{Board, BoardHead, Direction, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Reported, Unit};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Words for what a database lists.
const OF_MODELS: [&str; 5] = ["model", "entr", "listing", "system", "release"];

/// Two models are of the same size when one has at most this many times the other's parameters.
const SAME_SIZE_RATIO: f64 = 1.5;

/// Two models are of the same time when released within this many days of each other.
const SAME_TIME_DAYS: i32 = 183;

/// A printed difference that is off by no more than this share of itself still serves its conclusion; "by 60 points"
/// does not stand on 40.
const INEXACT_SHARE: f64 = 0.25;

/// A small difference may be off by what two runs differ by, but not by more than this share of itself.
const MOST_INEXACT_SHARE: f64 = 0.5;

/// The differences on which a printed one still stands, if inexactly; `tolerance` is how far two runs may differ.
pub(super) fn near(reported: &Reported, tolerance: f64) -> Interval {
    let value = reported.value.abs();
    reported.interval().widened(tolerance.clamp(INEXACT_SHARE * value, MOST_INEXACT_SHARE * value))
}

/// Words that set models of one size against each other.
const OF_SIZE: [&str; 12] = [
    "same size",
    "similar size",
    "similarly sized",
    "comparable size",
    "comparably sized",
    "equal size",
    "like size",
    "size class",
    "weight class",
    "for its size",
    "for their size",
    "same parameter",
];

/// Words that set models of one time against each other.
const OF_TIME: [&str; 5] = ["contemporar", "same generation", "same time", "same period", "same year"];

/// Words that set numbers of things against each other.
const HOW_MANY: [&str; 5] = ["as many", "as much", "more ", "fewer", "times the"];

/// Things that are no score, and that no table here counts.
const UNCOUNTED: [&str; 11] = [
    "visit",
    "download",
    "subscriber",
    "customer",
    "employee",
    "researcher",
    "patent",
    "citation",
    "chip",
    "investor",
    "click",
];

/// Which members of the two sides are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pairing {
    BestAgainstBest,
    SameSize,
    SameTime,
}

impl Pairing {
    /// Every pairing, the one nearest bare words first.
    const ALL: [Pairing; 3] = [Self::BestAgainstBest, Self::SameSize, Self::SameTime];

    /// The pairing that the words ask for: "of the same size", "its contemporaries".
    fn asked(words: &Words) -> Self {
        match () {
            () if words.any(&OF_SIZE) => Self::SameSize,
            () if words.any(&OF_TIME) => Self::SameTime,
            () => Self::BestAgainstBest,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::BestAgainstBest => "best-against-best",
            Self::SameSize => "same-size",
            Self::SameTime => "same-time",
        }
    }

    fn meaning(self, subject: &str, object: &str) -> String {
        match self {
            Self::BestAgainstBest => format!("the best {subject} against the best {object}"),
            Self::SameSize => format!("the best {subject} of the size of the best {object}"),
            Self::SameTime => format!("{subject} against {object} released within six months of each other"),
        }
    }
}

/// The readings of a comparison claim; none when the sides never meet on a board.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let (mut subjects, mut objects) = (&claim.subject, &claim.object);
    if claim.relation == Some(Relation::Worse) {
        std::mem::swap(&mut subjects, &mut objects);
    }
    if let Some(reading) = downloads::compared(claim, view, subjects, objects) {
        return Ok(vec![reading]);
    }
    let words = Words::about(claim);
    if words.any(&HOW_MANY)
        && let Some(things) = UNCOUNTED.iter().find(|things| words.any(&[**things]))
    {
        let meaning = format!("no table here counts {things}s");
        return Ok(vec![Reading::absent("as-written", meaning, Absence::NoData)]);
    }
    if words.any(&OF_MODELS)
        && words.any(&["more", "fewer", "as many", "times those"])
        && let Some(database) = Database::named(claim, view)
    {
        let (more, fewer) = if words.any(&["fewer"]) { (objects, subjects) } else { (subjects, objects) };
        return Ok(database.compared(claim, more, fewer, claim.reported.as_ref()).into_iter().collect());
    }
    let benchmark = match &claim.benchmark {
        // "Price" or "speed" is a benchmark in the words' sense but no board: other boards do not answer for it.
        Some(named) if named.id.is_none() && !is_general(&named.text) => return Ok(Vec::new()),
        Some(named) => named.id.as_deref(),
        None => None,
    };
    if let (Some(benchmark), Some(subject), Some(object)) = (benchmark, subjects.first(), objects.first())
        && words.any(&listed::MORE_MODELS)
        && !matches!(
            (&subject.entity, &object.entity),
            (Some(Entity::Model(_)), _) | (_, Some(Entity::Model(_)))
        )
    {
        let (more, fewer) = if words.any(&["fewer"]) { (object, subject) } else { (subject, object) };
        let reported = claim.reported.as_ref();
        let compared = listed::compared(view, (benchmark, words.places()), more, fewer, reported)?;
        return Ok(compared.into_iter().collect());
    }
    // "Twice as large", "three times cheaper": a ratio of something that no board scores.
    if benchmark.is_none() && claim.reported.is_some_and(|reported| reported.unit == Unit::Times) {
        return Ok(Vec::new());
    }
    let counts_wins = words.any(&ON_MOST) && view.wants(MOST);
    let mut parts: BTreeMap<Pairing, Vec<Part>> = BTreeMap::new();
    for subject in subjects {
        for object in objects {
            let meetings = meetings(view, benchmark, claim.reported.as_ref(), subject, object)?;
            for pairing in
                Pairing::ALL.into_iter().filter(|pairing| view.wants(pairing.name()) || counts_wins)
            {
                parts.entry(pairing).or_default().push(part(claim, view, pairing, &meetings));
            }
        }
    }
    let asked = Pairing::asked(&words);
    let mut parts: Vec<(Pairing, Vec<Part>)> = parts.into_iter().collect();
    parts.sort_by_key(|(pairing, _)| *pairing != asked);
    let mut readings: Vec<Reading> =
        parts.into_iter().filter_map(|(pairing, parts)| join(pairing, subjects, objects, parts)).collect();
    if counts_wins && let Some(most) = readings.first().and_then(on_most) {
        readings.insert(0, most);
    }
    Ok(readings)
}

/// The reading of how many benchmarks it holds on.
const MOST: &str = "on-most";

/// Words that claim it of most benchmarks and not of all together.
const ON_MOST: [&str; 6] =
    ["most benchmark", "most test", "most task", "most of the", "most evaluation", "majority of"];

/// Fewer benchmarks have no "most".
const LEAST_FOR_MOST: usize = 3;

/// The share of the benchmarks of a reading on which it holds; `None` where they are too few.
fn on_most(reading: &Reading) -> Option<Reading> {
    let first = reading.measured.first()?;
    let (all, holds) = (reading.measured.len(), |m: &&Measured| m.claimed.contains(m.estimate));
    let won = reading.measured.iter().filter(holds).count();
    let measured = Measured {
        label: format!("benchmarks on which it holds, {won} of {all}"),
        benchmark: "benchmarks".to_owned(),
        metric: "share".to_owned(),
        unit: Unit::Percent,
        estimate: 100.0 * won as f64 / all as f64,
        uncertainty: Uncertainty::Exact,
        n: Some(all as u64),
        claimed: Interval::at_least(50f64.next_up()),
        target: Target::Published,
        conclusion: None,
        scale: 1.0,
        sources: reading.measured.iter().flat_map(|measured| measured.sources.clone()).collect(),
        ..first.clone()
    };
    let meaning = format!("{}, on more than half of the benchmarks that both are on", reading.meaning);
    let most = Reading::of_sources(MOST, meaning, vec![measured], reading.steps.iter().copied());
    (all >= LEAST_FOR_MOST).then_some(most)
}

/// A board that both sides are on.
struct Meeting {
    board: Board,
    /// The sides' models on it, best first, as indices of rows.
    ours: Vec<usize>,
    theirs: Vec<usize>,
}

/// The boards on which subject and object meet on the view's day.
fn meetings(
    view: &View<'_>,
    benchmark: Option<&str>,
    reported: Option<&Reported>,
    subject: &Party,
    object: &Party,
) -> Result<Vec<Meeting>> {
    let grows = |party: &Party| !matches!(party.entity, Some(Entity::Model(_)));
    let mut meetings = Vec::new();
    for head in view.heads(benchmark).filter(|head| fits(head, reported)) {
        // The best of a country or a growing family on a board that stopped long ago is not its best of the day.
        if benchmark.is_none() && grows(subject) && grows(object) && !view.is_fresh(head) {
            continue;
        }
        let sides = |board: &Board| {
            let owned =
                |ids: BTreeSet<&str>| ids.into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
            let (ours, theirs) = (owned(view.members(board, subject)), owned(view.members(board, object)));
            (!ours.is_empty() && !theirs.is_empty()).then_some((ours, theirs))
        };
        let Some((board, (ours, theirs))) = view.board_with(head, sides)? else { continue };
        let (ours, theirs) = opponents::apart(ours, theirs);
        let rows = |ids: &BTreeSet<String>| board.rows.best_of(&ids.iter().map(String::as_str).collect());
        let (ours, theirs) = (rows(&ours), rows(&theirs));
        if !ours.is_empty() && !theirs.is_empty() {
            meetings.push(Meeting { board, ours, theirs });
        }
    }
    Ok(meetings)
}

/// "Various benchmarks", "most tests": every board answers for such words.
fn is_general(words: &str) -> bool {
    let words = words.to_lowercase();
    ["benchmark", "test", "evaluation", "task", "board"].iter().any(|general| words.contains(general))
}

/// What one subject against one object comes to.
struct Part {
    measured: Vec<Measured>,
    retrospective: bool,
}

/// One reading of all parts: "A and B match C" holds when each does.
fn join(pairing: Pairing, subjects: &[Party], objects: &[Party], parts: Vec<Part>) -> Option<Reading> {
    if parts.is_empty() || parts.iter().any(|part| part.measured.is_empty()) {
        return None;
    }
    let mut steps = Vec::new();
    if subjects.iter().chain(objects).any(|p| !matches!(p.entity, Some(Entity::Model(_)))) {
        steps.push(Step::Indirectness);
    }
    if parts.iter().any(|part| part.retrospective) {
        steps.push(Step::Retrospective);
    }
    let lengths: Vec<usize> = parts.iter().map(|part| part.measured.len()).collect();
    let names = |parties: &[Party]| parties.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" and ");
    Some(Reading {
        name: pairing.name().to_owned(),
        meaning: pairing.meaning(&names(subjects), &names(objects)),
        pool: if lengths.len() > 1 { Pool::Every(lengths) } else { Pool::Benchmarks },
        measured: parts.into_iter().flat_map(|part| part.measured).collect(),
        absence: None,
        steps,
        picture: Some(Picture::Forest),
    })
}

fn part(claim: &Claim, view: &View<'_>, pairing: Pairing, meetings: &[Meeting]) -> Part {
    let mut by_family: BTreeMap<&str, (Preference, &Meeting, Measured)> = BTreeMap::new();
    // The best of a country or of a maker may be a closed model.
    let asks_all = claim.subject.iter().chain(&claim.object).any(|party| match &party.entity {
        Some(Entity::Group(group)) => group.open_weights.is_none(),
        Some(Entity::Organisation(_)) => true,
        _ => false,
    });
    for meeting in meetings {
        let Some((ours, theirs)) = pair(view, meeting, pairing) else { continue };
        let preference = Preference::of(&meeting.board, ours, view.day, asks_all);
        let family = meeting.board.head.family.as_str();
        if by_family.get(family).is_none_or(|known| preference < known.0) {
            by_family.insert(family, (preference, meeting, measure(claim, &meeting.board, ours, theirs)));
        }
    }
    // An average of benchmarks that are here themselves would count them twice.
    let has_parts = by_family.values().any(|(_, meeting, _)| !meeting.board.head.composite);
    let mut part = Part { measured: Vec::new(), retrospective: false };
    for (_, meeting, measured) in by_family.into_values() {
        if !(has_parts && meeting.board.head.composite) {
            part.retrospective |= meeting.board.retrospective;
            part.measured.push(measured);
        }
    }
    part
}

/// A difference in Elo is not one in percent: a printed unit that a board does not have excludes the board.
fn fits(head: &BoardHead, reported: Option<&Reported>) -> bool {
    match reported.map(|r| r.unit) {
        None | Some(Unit::Times) => true,
        Some(Unit::Percent | Unit::Points) => {
            head.unit != Unit::Elo || reported.is_some_and(|r| r.unit == Unit::Points)
        }
        Some(Unit::Elo) => head.unit == Unit::Elo,
        Some(_) => false,
    }
}

/// Which of two boards of one family speaks for it: smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Preference {
    /// Closed models are asked for and are not on it.
    lacks_closed: bool,
    retrospective: bool,
    is_stale: bool,
    evaluation: super::measured::Evaluation,
    without_uncertainty: bool,
    coverage: crate::dataset::Coverage,
    age_days: i32,
}

impl Preference {
    fn of(board: &Board, row: &Row, day: Date, asks_all: bool) -> Self {
        Self {
            lacks_closed: asks_all && places::OPEN_BOARDS.contains(&board.head.dataset.as_str()),
            retrospective: board.retrospective,
            is_stale: days_between(board.snapshot, day) > STALE_DAYS,
            evaluation: evaluation(board, row),
            without_uncertainty: !board.gives_uncertainty(row),
            coverage: board.head.coverage,
            age_days: -board.snapshot.since(Date::constant(2020, 1, 1)).map_or(0, |s| s.get_days()),
        }
    }
}

/// The two rows that the pairing sets against each other.
fn pair<'m>(view: &View<'_>, meeting: &'m Meeting, pairing: Pairing) -> Option<(&'m Row, &'m Row)> {
    let row = |i: &usize| meeting.board.rows[*i].as_ref();
    let best = (row(meeting.ours.first()?), row(meeting.theirs.first()?));
    let same: &dyn Fn(&Row, &Row) -> bool = match pairing {
        Pairing::BestAgainstBest => return Some(best),
        Pairing::SameSize => &|ours, theirs| {
            let sizes = view.facts(&ours.model).parameters.zip(view.facts(&theirs.model).parameters);
            sizes.is_some_and(|(a, b)| a.max(b) / a.min(b) <= SAME_SIZE_RATIO)
        },
        Pairing::SameTime => &|ours, theirs| {
            let days = view.first_day(ours).zip(view.first_day(theirs));
            days.is_some_and(|(a, b)| days_between(a, b) <= SAME_TIME_DAYS)
        },
    };
    meeting.theirs.iter().map(row).find_map(|theirs| {
        let ours = meeting.ours.iter().map(row).find(|ours| same(ours, theirs))?;
        Some((ours, theirs))
    })
}

/// Percentages differ by points.
pub(super) fn unit_of_difference(unit: Unit) -> Unit {
    if unit == Unit::Percent { Unit::Points } else { unit }
}

fn measure(claim: &Claim, board: &Board, ours: &Row, theirs: &Row) -> Measured {
    let head = &board.head;
    let as_ratio = claim.reported.is_some_and(|r| r.unit == Unit::Times);
    let difference = head.better(ours.score) - head.better(theirs.score);
    let sd = board.deviation(ours).hypot(board.deviation(theirs));
    // Of errors the worse one has the more.
    let (more, fewer) = match head.direction {
        Direction::LowerIsBetter => (theirs.score, ours.score),
        Direction::HigherIsBetter => (ours.score, theirs.score),
    };
    let (estimate, sd, unit) = if as_ratio && fewer != 0.0 {
        (more / fewer, sd / fewer.abs(), Unit::Times)
    } else {
        (difference, sd, unit_of_difference(head.unit))
    };
    let is_mutual = opponents::is_mutual(claim);
    let sign_only = match claim.relation {
        Some(Relation::Comparable) if is_mutual => Interval { low: -head.margin, high: head.margin },
        Some(Relation::Comparable) => Interval::at_least(-head.margin),
        _ => Interval::at_least(0f64.next_up()),
    };
    let (claimed, conclusion) = match claim.reported {
        // "Matches B at 80" states a score, not a difference.
        Some(reported) if claim.relation != Some(Relation::Comparable) => {
            (reported.interval(), Some(near(&reported, if as_ratio { 0.0 } else { head.tolerance })))
        }
        // "Within a point of each other": so much either way.
        Some(within) if Words::about(claim).any(&["within", "apart"]) && !as_ratio => {
            let either_way = Interval { low: -within.value, high: within.value };
            (either_way, Some(either_way.widened(head.tolerance)))
        }
        _ => (sign_only, is_mutual.then(|| sign_only.widened(head.tolerance))),
    };
    Measured {
        label: format!("{}: {} against {}", head.name, ours.name, theirs.name),
        benchmark: head.benchmark.clone(),
        metric: head.metric.clone(),
        unit,
        estimate,
        uncertainty: Uncertainty::Normal { sd },
        n: ours.n.or(head.items),
        evaluation: evaluation(board, ours).max(evaluation(board, theirs)),
        claimed,
        target: if claim.reported.is_some() || is_mutual { Target::Published } else { Target::Latent },
        conclusion,
        scale: if as_ratio { 1.0 } else { board.spread() },
        sources: vec![source(board, &[ours, theirs])],
    }
}
