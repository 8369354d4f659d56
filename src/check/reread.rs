//! A verdict that goes against a claim in; where the words leave open whom or what the claim is about, and of another that
//! the text around it names it would be so, the verdict on that reading out.
//!
//! "It has 76.8 there": a human reader tells who "it" is by what makes sense, and to call a text wrong for a pronoun that
//! was misread here is the worst that can be done to it. A printed number that just one of them has tells who is meant; of
//! words without a number, that it holds of one and not of another, leaves the claim open.

use crate::claim::{Claim, ClaimKind, Party};
use crate::error::Result;
use crate::report::Checked;
use crate::verdict::{Note, Outcome, Reason};

/// Other readings that are tried of a claim.
const TRIED: usize = 40;

/// The verdict, or another reading's where this goes against the claim and the other does not.
pub(super) fn charitably(checked: Checked, judge: impl Fn(Claim) -> Result<Checked>) -> Result<Checked> {
    let (claim, outcome) = (&checked.claim, checked.verdict.outcome);
    if matches!(outcome, Outcome::Supported | Outcome::LeaningSupported | Outcome::NotCheckable) {
        return Ok(checked);
    }
    if let Some(mut other) = supported(claim, outcome, judge)? {
        if !(is_told_by_number(claim) || is_on_a_board_nearby(claim, &other.claim)) {
            return Ok(left_open(checked));
        }
        other.verdict.reasons.push(Reason::Note(Note::Reread));
        let is_of_another = other.claim.subject != claim.subject || other.claim.object != claim.object;
        let verdict = if is_of_another { other.verdict.leaning() } else { other.verdict };
        return Ok(Checked { verdict, ..other });
    }
    // "Was 0.3 a year later" is no score of a maker or a country that the sentence before named, "its successor has 31" none
    // of the model itself.
    let others = &claim.alternatives;
    let is_of_nobody = match claim.kind {
        ClaimKind::Score => {
            others.is_of_a_relative || (others.of_whom && !claim.subject.iter().any(Party::is_model))
        }
        ClaimKind::Rank => others.is_of_a_relative,
        _ => false,
    };
    let is_open = is_of_nobody && is_worth_trying(outcome, claim, claim);
    Ok(if is_open { left_open(checked) } else { checked })
}

/// The first other reading of the claim that the tables support.
fn supported(
    claim: &Claim,
    outcome: Outcome,
    judge: impl Fn(Claim) -> Result<Checked>,
) -> Result<Option<Checked>> {
    for other in readings(claim).take(TRIED).filter(|other| is_worth_trying(outcome, claim, other)) {
        let reread = judge(other)?;
        if reread.verdict.outcome == Outcome::Supported {
            return Ok(Some(reread));
        }
    }
    Ok(None)
}

/// The claim with its verdict left open.
pub(super) fn left_open(checked: Checked) -> Checked {
    Checked { verdict: checked.verdict.left_open(), ..checked }
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
        && parties().all(Party::is_model)
}

/// Whether the claim prints a number that hardly two things have.
fn is_told_by_number(claim: &Claim) -> bool {
    claim.reported.is_some() && claim.kind != ClaimKind::Rank
}

/// The claim, of others and on other boards that its words may mean.
fn readings(claim: &Claim) -> impl Iterator<Item = Claim> {
    let others = &claim.alternatives;
    let boards =
        move || std::iter::once(&claim.benchmark).cloned().chain(others.benchmarks.iter().cloned().map(Some));
    let subjects =
        std::iter::once(claim.subject.clone()).chain(others.subjects.iter().map(|one| vec![one.clone()]));
    let of_subjects = subjects.flat_map(move |subject| {
        boards().map(move |benchmark| Claim { subject: subject.clone(), benchmark, ..claim.clone() })
    });
    let of_objects = others.objects.iter().flat_map(move |one| {
        boards().map(move |benchmark| Claim { object: vec![one.clone()], benchmark, ..claim.clone() })
    });
    // The first is the claim as it was judged.
    of_subjects.skip(1).chain(of_objects)
}
