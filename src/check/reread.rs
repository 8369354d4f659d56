//! A verdict that goes against a claim in; where the words leave open whom or what the claim is about, and of another that
//! the text around it names it would be so, the verdict on that reading out.
//!
//! "It has 76.8 there": a human reader tells who "it" is by what makes sense, and to call a text wrong for a pronoun that
//! was misread here is the worst that can be done to it. A printed number that just one of them has tells who is meant; of
//! words without a number, that it holds of one and not of another, leaves the claim open.

use crate::claim::{Claim, ClaimKind, Party};
use crate::error::Result;
use crate::evidence::Absence;
use crate::names::Entity;
use crate::report::Checked;
use crate::verdict::{Note, Outcome, Reason, SUPPORTED, Verdict};

/// Other readings that are tried of a claim.
const TRIED: usize = 40;

/// The verdict, or another reading's where this goes against the claim and the other does not.
pub(super) fn charitably(
    checked: Checked,
    claim: &Claim,
    judge: impl Fn(Claim) -> Result<Checked>,
) -> Result<Checked> {
    let outcome = checked.verdict.outcome;
    for other in
        readings(claim).into_iter().take(TRIED).filter(|other| is_worth_trying(outcome, claim, other))
    {
        let is_of_another = other.subject != claim.subject || other.object != claim.object;
        let is_told = is_told_by_number(claim) || is_on_a_board_nearby(claim, &other);
        let mut reread = judge(other)?;
        if reread.verdict.outcome == Outcome::Supported {
            return Ok(if is_told {
                reread.verdict.reasons.push(Reason::Note(Note::Reread));
                if is_of_another {
                    lean(&mut reread.verdict);
                }
                reread
            } else {
                Checked { verdict: left_open(checked.verdict), ..checked }
            });
        }
    }
    // "Was 0.3 a year later" is no score of a maker or a country that the sentence before named, "its successor has 31" none
    // of the model itself.
    let is_of_nobody = match claim.kind {
        ClaimKind::Score => {
            let others = &claim.alternatives;
            others.is_of_a_relative || (others.of_whom && !claim.subject.iter().any(is_model))
        }
        ClaimKind::Rank => claim.alternatives.is_of_a_relative,
        _ => false,
    } && is_worth_trying(outcome, claim, claim);
    Ok(if is_of_nobody { Checked { verdict: left_open(checked.verdict), ..checked } } else { checked })
}

/// Whether the verdict leaves room for another reading: one that goes against the claim does, one that settles nothing for
/// the board that the text around it is about, one without data for whatever gives a number its sense.
fn is_worth_trying(outcome: Outcome, claim: &Claim, other: &Claim) -> bool {
    match outcome {
        Outcome::Contradicted | Outcome::LeaningContradicted | Outcome::Inexact => true,
        Outcome::Mixed | Outcome::Undecided => is_on_a_board_nearby(claim, other),
        // "It has 54.1", two paragraphs after the board was named.
        Outcome::Insufficient => is_told_by_number(claim) || is_on_a_board_nearby(claim, other),
        _ => false,
    }
}

/// Whether the reading only adds the board that a claim on models leaves to the text around it. Of makers and countries
/// much is said that is meant of all boards.
fn is_on_a_board_nearby(claim: &Claim, other: &Claim) -> bool {
    let parties = || claim.subject.iter().chain(&claim.object);
    claim.benchmark.is_none()
        && claim.subject == other.subject
        && claim.object == other.object
        && parties().all(is_model)
}

fn is_model(party: &Party) -> bool {
    matches!(party.entity, Some(Entity::Model(_) | Entity::Family(_)))
}

/// Whether the claim prints a number that hardly two things have.
fn is_told_by_number(claim: &Claim) -> bool {
    claim.reported.is_some() && claim.kind != ClaimKind::Rank
}

/// The claim, of others and on other boards that its words may mean.
fn readings(claim: &Claim) -> Vec<Claim> {
    let others = &claim.alternatives;
    let boards =
        || std::iter::once(&claim.benchmark).cloned().chain(others.benchmarks.iter().cloned().map(Some));
    let subjects =
        std::iter::once(claim.subject.clone()).chain(others.subjects.iter().map(|one| vec![one.clone()]));
    let of_subjects = subjects.flat_map(|subject| {
        boards().map(move |benchmark| Claim { subject: subject.clone(), benchmark, ..claim.clone() })
    });
    let of_objects = others.objects.iter().flat_map(|one| {
        boards().map(move |benchmark| Claim { object: vec![one.clone()], benchmark, ..claim.clone() })
    });
    // The first is the claim as it was judged.
    of_subjects.skip(1).chain(of_objects).collect()
}

/// A verdict on whom the words may mean only leans: that it was chosen among several is no part of its support.
fn lean(verdict: &mut Verdict) {
    verdict.outcome = Outcome::LeaningSupported;
    verdict.support = verdict.support.map(|support| support.min(SUPPORTED.next_down()));
}

/// The verdict on words that fit more than one thing, so that what is so of one of them says nothing of another.
pub(super) fn left_open(verdict: Verdict) -> Verdict {
    let absence = Reason::Absent(Absence::Ambiguous);
    Verdict {
        outcome: Outcome::Insufficient,
        support: None,
        certainty: None,
        steps: Vec::new(),
        reasons: vec![absence],
        because: absence.sentence().to_owned(),
        flipped_on: None,
        timeline: Vec::new(),
        estimate: None,
        ci_low: None,
        ci_high: None,
        unit: None,
        ..verdict
    }
}
