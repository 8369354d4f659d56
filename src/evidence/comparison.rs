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

use super::measured::{Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::view::{View, evaluation, source};
use crate::claim::{Claim, Party, Relation};
use crate::dataset::{Board, BoardHead, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Reported, Unit};
use std::collections::BTreeMap;

/// Two models are of the same size when one has at most this many times the other's parameters.
const SAME_SIZE_RATIO: f64 = 1.5;

/// Two models are of the same time when released within this many days of each other.
const SAME_TIME_DAYS: i32 = 183;

/// Which members of the two sides are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pairing {
    BestAgainstBest,
    SameSize,
    SameTime,
}

impl Pairing {
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
    let benchmark = match &claim.benchmark {
        // "Price" or "speed" is a benchmark in the words' sense but no board: other boards do not answer for it.
        Some(named) if named.id.is_none() && !is_general(&named.text) => return Ok(Vec::new()),
        Some(named) => named.id.as_deref(),
        None => None,
    };
    let mut readings = Vec::new();
    for pairing in [Pairing::BestAgainstBest, Pairing::SameSize, Pairing::SameTime] {
        let mut parts = Vec::new();
        for subject in subjects {
            for object in objects {
                parts.push(part(claim, view, pairing, benchmark, subject, object)?);
            }
        }
        readings.extend(join(pairing, subjects, objects, parts));
    }
    Ok(readings)
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

fn part(
    claim: &Claim,
    view: &View<'_>,
    pairing: Pairing,
    benchmark: Option<&str>,
    subject: &Party,
    object: &Party,
) -> Result<Part> {
    let mut by_family: BTreeMap<String, (Preference, Measured, bool, bool)> = BTreeMap::new();
    for head in view.heads(benchmark) {
        if !fits(head, claim.reported.as_ref()) {
            continue;
        }
        let both = |board: &Board| pair(view, board, pairing, subject, object).is_some();
        let Some(board) = view.board(head, both)? else { continue };
        let Some((ours, theirs)) = pair(view, &board, pairing, subject, object) else { continue };
        let measured = measure(claim, &board, ours, theirs);
        let preference = Preference::of(&board, ours);
        let entry = (preference, measured, board.retrospective, head.composite);
        match by_family.get(&head.family) {
            Some(known) if known.0 <= preference => {}
            _ => _ = by_family.insert(head.family.clone(), entry),
        }
    }
    // An average of benchmarks that are here themselves would count them twice.
    let has_parts = by_family.values().any(|(.., composite)| !composite);
    let kept: Vec<_> = by_family.into_values().filter(|(.., composite)| !(has_parts && *composite)).collect();
    Ok(Part {
        retrospective: kept.iter().any(|(_, _, retrospective, _)| *retrospective),
        measured: kept.into_iter().map(|(_, measured, ..)| measured).collect(),
    })
}

/// A difference in Elo is not one in percent: a printed unit that a board does not have excludes the board.
fn fits(head: &BoardHead, reported: Option<&Reported>) -> bool {
    match reported.map(|r| r.unit) {
        None | Some(Unit::Times) => true,
        Some(Unit::Percent | Unit::Points) => head.unit != Unit::Elo || reported.is_some_and(|r| r.unit == Unit::Points),
        Some(Unit::Elo) => head.unit == Unit::Elo,
        Some(_) => false,
    }
}

/// Which of two boards of one family speaks for it: smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Preference {
    retrospective: bool,
    evaluation: super::measured::Evaluation,
    without_uncertainty: bool,
    coverage: crate::dataset::Coverage,
    age_days: i32,
}

impl Preference {
    fn of(board: &Board, row: &Row) -> Self {
        Self {
            retrospective: board.retrospective,
            evaluation: evaluation(board, row),
            without_uncertainty: !board.gives_uncertainty(row),
            coverage: board.head.coverage,
            age_days: -board.snapshot.since(jiff::civil::Date::constant(2020, 1, 1)).map_or(0, |s| s.get_days()),
        }
    }
}

/// The two rows that the pairing sets against each other.
fn pair<'b>(
    view: &View<'_>,
    board: &'b Board,
    pairing: Pairing,
    subject: &Party,
    object: &Party,
) -> Option<(&'b Row, &'b Row)> {
    let theirs_ids = view.members(board, object);
    let mut ours_ids = view.members(board, subject);
    // "Qwen 2.5 beats Qwen": the older ones are meant, not the subject itself.
    ours_ids.retain(|id| !theirs_ids.contains(id) || theirs_ids.len() == 1);
    let theirs_ids = theirs_ids.into_iter().filter(|id| !ours_ids.contains(id)).collect();
    let (ours, theirs) = (board.rows_of(&ours_ids), board.rows_of(&theirs_ids));
    let best = *theirs.first()?;
    match pairing {
        Pairing::BestAgainstBest => Some((*ours.first()?, best)),
        Pairing::SameSize => theirs.iter().find_map(|their| {
            let size = view.facts(&their.model).parameters?;
            let same = |row: &&&Row| {
                view.facts(&row.model).parameters.is_some_and(|p| p.max(size) / p.min(size) <= SAME_SIZE_RATIO)
            };
            Some((*ours.iter().find(same)?, *their))
        }),
        Pairing::SameTime => theirs.iter().find_map(|their| {
            let day = view.first_day(their)?;
            let same = |row: &&&Row| {
                let apart = |d: jiff::civil::Date| d.since(day).map_or(i32::MAX, |span| span.get_days().abs());
                view.first_day(row).is_some_and(|d| apart(d) <= SAME_TIME_DAYS)
            };
            Some((*ours.iter().find(same)?, *their))
        }),
    }
}

fn measure(claim: &Claim, board: &Board, ours: &Row, theirs: &Row) -> Measured {
    let head = &board.head;
    let as_ratio = claim.reported.is_some_and(|r| r.unit == Unit::Times);
    let difference = head.better(ours.score) - head.better(theirs.score);
    let sd = board.deviation(ours).hypot(board.deviation(theirs));
    let (estimate, sd, unit) = if as_ratio && theirs.score != 0.0 {
        (ours.score / theirs.score, sd / theirs.score.abs(), Unit::Times)
    } else {
        (difference, sd, head.unit)
    };
    let sign_only = match claim.relation {
        Some(Relation::Comparable) => Interval::at_least(-head.margin),
        _ => Interval::at_least(0f64.next_up()),
    };
    let (claimed, conclusion) = match claim.reported {
        // "Matches B at 80" states a score, not a difference.
        Some(reported) if claim.relation != Some(Relation::Comparable) => (reported.interval(), Some(sign_only)),
        _ => (sign_only, None),
    };
    Measured {
        label: format!("{}: {} against {}", head.benchmark, ours.name, theirs.name),
        benchmark: head.benchmark.clone(),
        metric: head.metric.clone(),
        unit,
        estimate,
        uncertainty: Uncertainty::Normal { sd },
        n: ours.n.or(head.items),
        evaluation: evaluation(board, ours).max(evaluation(board, theirs)),
        claimed,
        target: if claim.reported.is_some() { Target::Published } else { Target::Latent },
        conclusion,
        scale: if as_ratio { 1.0 } else { board.spread() },
        sources: vec![source(board, &[ours, theirs])],
    }
}
