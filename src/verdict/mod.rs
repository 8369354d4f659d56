//! Verdicts: a claim and its evidence in; outcome, support and certainty out.
//!
//! The last stage before the report. It knows no claim types, does no I/O and cannot fail: every type has been
//! reduced to measured values and the interval that each would have to lie in.

mod certainty;
mod outcome;
mod reason;
mod retold;
mod support;

pub use outcome::*;
pub use retold::retold;

use crate::claim::Claim;
use crate::evidence::{Absence, Evidence, Reading};
use jiff::civil::Date;

/// At this support and above a claim is supported.
pub const SUPPORTED: f64 = 0.95;
/// From here to [`SUPPORTED`] it leans that way.
pub const LEANING_SUPPORTED: f64 = 0.80;
/// At this support and below it leans to contradicted.
pub const LEANING_CONTRADICTED: f64 = 0.20;
/// At this support and below a claim is contradicted.
pub const CONTRADICTED: f64 = 0.05;

/// Judges a claim on its evidence. `evidence` is `None` for what cannot be checked.
#[must_use]
pub fn judge(claim: &Claim, evidence: Option<&Evidence>) -> Verdict {
    match evidence {
        Some(evidence) if claim.checkable && !evidence.then.is_empty() => {
            judge_evidence(evidence, claim.negated)
        }
        _ => not_checkable(claim),
    }
}

fn not_checkable(claim: &Claim) -> Verdict {
    Verdict::without_data(Outcome::NotCheckable, Reason::Note(reason::why_not_checkable(claim.kind)))
}

fn judge_evidence(evidence: &Evidence, denied: bool) -> Verdict {
    let results: Vec<support::Result> =
        evidence.then.iter().map(|r| support::of_reading(r, denied)).collect();
    let (headline, result) = (&evidence.then[0], &results[0]);
    let had_data = result.absence.is_none();
    let now = evidence.now.first().map(|reading| {
        let result = support::of_reading(reading, denied);
        // The model may be gone from the newest copy of a board that once listed it.
        let is_gone = had_data && result.absence.is_some();
        let because = if is_gone { reason::GONE.to_owned() } else { reason::because(reading, &result) };
        Now { verdict: result.outcome, support: result.support, because }
    });
    let timeline = timeline(evidence, result, denied);
    let flipped_on = now.as_ref().and_then(|now| flipped_on(result.outcome, now.verdict, &timeline));
    let (certainty, steps) = certainty::grade(headline, result, evidence.as_of);
    let mut reasons: Vec<Reason> = result.absence.map(Reason::Absent).into_iter().collect();
    reasons.extend(steps.iter().map(|(step, _)| Reason::Down(*step)));
    reasons.extend(notes(&results, flipped_on).into_iter().map(Reason::Note));
    Verdict {
        outcome: result.outcome,
        support: result.support,
        certainty,
        because: reason::because(headline, result),
        steps,
        reasons,
        reading: headline.name.clone(),
        readings: evidence
            .then
            .iter()
            .zip(&results)
            .map(|(reading, result)| reading_verdict(reading, result))
            .collect(),
        now,
        flipped_on,
        timeline: timeline.iter().filter_map(|(day, result)| moment(*day, result)).collect(),
        estimate: result.estimate,
        ci_low: result.ci.map(|ci| ci.0),
        ci_high: result.ci.map(|ci| ci.1),
        unit: result.estimate.and(result.unit),
    }
}

fn reading_verdict(reading: &Reading, result: &support::Result) -> ReadingVerdict {
    ReadingVerdict {
        name: reading.name.clone(),
        meaning: reading.meaning.clone(),
        verdict: result.outcome,
        support: result.support,
    }
}

fn timeline(evidence: &Evidence, then: &support::Result, denied: bool) -> Vec<(Date, support::Result)> {
    std::iter::once((evidence.as_of, then.clone()))
        .chain(evidence.timeline.iter().map(|(day, reading)| (*day, support::of_reading(reading, denied))))
        .collect()
}

fn moment(day: Date, result: &support::Result) -> Option<DayVerdict> {
    let support = result.support.filter(|support| support.is_finite())?;
    Some(DayVerdict { day, outcome: result.outcome, support })
}

/// The first day from which on every snapshot falls on today's side, when today's side is not the claim's.
fn flipped_on(then: Outcome, now: Outcome, timeline: &[(Date, support::Result)]) -> Option<Date> {
    let today = side(now)?;
    if side(then)? == today {
        return None;
    }
    let last_other = timeline.iter().rposition(|(_, result)| side(result.outcome) != Some(today))?;
    timeline.get(last_other + 1).map(|(day, _)| *day)
}

impl Verdict {
    /// A verdict for which nothing was measured, for this reason.
    fn without_data(outcome: Outcome, reason: Reason) -> Self {
        Self {
            outcome,
            support: None,
            certainty: None,
            steps: Vec::new(),
            reasons: vec![reason],
            because: reason.sentence().to_owned(),
            reading: String::new(),
            readings: Vec::new(),
            now: None,
            flipped_on: None,
            timeline: Vec::new(),
            estimate: None,
            ci_low: None,
            ci_high: None,
            unit: None,
        }
    }

    /// The verdict where the words fit more than one thing, so that what is so of one of them says nothing of another; the
    /// readings stand beside it.
    #[must_use]
    pub fn left_open(self) -> Self {
        let Self { reading, readings, now, .. } = self;
        let bare = Self::without_data(Outcome::Insufficient, Reason::Absent(Absence::Ambiguous));
        Self { reading, readings, now, ..bare }
    }

    /// The verdict on whom the words may mean, which only leans: that it was chosen among several is no part of its
    /// support.
    #[must_use]
    pub fn leaning(self) -> Self {
        let support = self.support.map(|support| support.min(SUPPORTED.next_down()));
        Self { outcome: Outcome::LeaningSupported, support, ..self }
    }

    /// How many readings come out as the headline does, of how many.
    #[must_use]
    pub fn agreement(&self) -> (usize, usize) {
        (self.readings.iter().filter(|reading| reading.verdict == self.outcome).count(), self.readings.len())
    }

    /// Whether the newest data come down on another side than those of the claim's day.
    #[must_use]
    pub fn has_flipped(&self) -> bool {
        let now = self.now.as_ref().and_then(|now| side(now.verdict));
        matches!((side(self.outcome), now), (Some(then), Some(now)) if then != now)
    }
}

/// Which side of the fence a reading of the claim falls on.
#[must_use]
pub fn side_of(claim: &Claim, reading: &Reading) -> Option<i8> {
    side(support::of_reading(reading, claim.negated).outcome)
}

/// Which side of the fence an outcome falls on; the undecided stand on neither, the silent on none at all.
#[must_use]
pub fn side(outcome: Outcome) -> Option<i8> {
    match outcome {
        Outcome::Supported | Outcome::LeaningSupported | Outcome::Inexact => Some(1),
        Outcome::Contradicted | Outcome::LeaningContradicted => Some(-1),
        Outcome::Mixed | Outcome::Undecided => Some(0),
        Outcome::Insufficient | Outcome::NotCheckable => None,
    }
}

fn notes(results: &[support::Result], flipped_on: Option<Date>) -> Vec<Note> {
    let headline = &results[0];
    let mut notes = Vec::new();
    let differs = |result: &support::Result| matches!((side(result.outcome), side(headline.outcome)), (Some(a), Some(b)) if a != b);
    if results.iter().any(differs) {
        notes.push(Note::ReadingsDiffer);
    }
    if headline.tie {
        notes.push(Note::Tie);
    }
    if headline.outcome == Outcome::Inexact {
        notes.push(Note::NumberOff);
    }
    if flipped_on.is_some() {
        notes.push(Note::Flipped);
    }
    notes
}
