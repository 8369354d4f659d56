//! Reasons: stable codes in; the sentences that people read out.

use super::certainty;
use super::outcome::{Note, Outcome, Reason};
use super::support::Result;
use crate::claim::ClaimKind;
use crate::evidence::{Absence, Pool, Reading};
use crate::quantity;

/// Why a claim of this kind, or this claim, cannot be checked.
pub(super) fn why_not_checkable(kind: ClaimKind) -> Note {
    match kind {
        ClaimKind::Forecast => Note::Forecast,
        ClaimKind::Opinion => Note::Opinion,
        _ => Note::Vague,
    }
}

impl Reason {
    /// Every reason, for `benchclaim explain` and the output's schema.
    pub const ALL: [Reason; 24] = [
        Reason::Absent(Absence::NoData),
        Reason::Absent(Absence::UnknownEntity),
        Reason::Absent(Absence::NoSnapshotAtDate),
        Reason::Absent(Absence::ProxyOnly),
        Reason::Absent(Absence::Ambiguous),
        Reason::Absent(Absence::NoMethod),
        Reason::Down(crate::evidence::Step::Imprecision),
        Reason::Down(crate::evidence::Step::Indirectness),
        Reason::Down(crate::evidence::Step::Inconsistency),
        Reason::Down(crate::evidence::Step::Staleness),
        Reason::Down(crate::evidence::Step::SelfReporting),
        Reason::Down(crate::evidence::Step::Retrospective),
        Reason::Down(crate::evidence::Step::SingleEstimate),
        Reason::Down(crate::evidence::Step::Hearsay),
        Reason::Note(Note::Forecast),
        Reason::Note(Note::Opinion),
        Reason::Note(Note::Vague),
        Reason::Note(Note::ReadingsDiffer),
        Reason::Note(Note::Tie),
        Reason::Note(Note::NumberOff),
        Reason::Note(Note::Flipped),
        Reason::Note(Note::LostHedge),
        Reason::Note(Note::WiderPopulation),
        Reason::Note(Note::Reread),
    ];

    /// The stable code, as in every output.
    #[must_use]
    pub fn code(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The code in words.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Reason::Absent(absence) => absence_sentence(absence),
            Reason::Down(step) => certainty::sentence(step),
            Reason::Note(note) => note_sentence(note),
        }
    }
}

pub(super) fn note_sentence(note: Note) -> &'static str {
    match note {
        Note::Forecast => "it is about the future; no table can decide it yet",
        Note::Opinion => "it is a judgement; no table can decide it",
        Note::Vague => "it names nothing that a table could measure",
        Note::ReadingsDiffer => "other fair readings of the words come out differently",
        Note::Tie => "the interval spans the edge of the claim: too close to call",
        Note::NumberOff => "the number or word of degree is off; the conclusion it serves stands",
        Note::Flipped => "the verdict has changed since",
        Note::LostHedge => "elsewhere the article says the same with a hedge",
        Note::WiderPopulation => "elsewhere the article says the same of fewer",
        Note::Reread => "the words leave open whom or what it is about; it holds of one that is named nearby",
    }
}

fn absence_sentence(absence: Absence) -> &'static str {
    match absence {
        Absence::NoData => "no table here measures it",
        Absence::UnknownEntity => "a name in it is not known here",
        Absence::NoSnapshotAtDate => "no table here reaches back to that day",
        Absence::ProxyOnly => "only another population is measured here",
        Absence::Ambiguous => "the words fit more than one thing",
        Absence::NoMethod => "this version cannot judge claims of this type yet",
    }
}

/// Why the newest data say nothing where older ones did.
pub(super) const GONE: &str = "the newest copies no longer show what this was judged on";

/// One line of why, for people.
pub(super) fn because(reading: &Reading, result: &Result) -> String {
    if let Some(absence) = result.absence {
        return if reading.meaning.is_empty() {
            absence_sentence(absence).to_owned()
        } else {
            format!("{}: {}", absence_sentence(absence), reading.meaning)
        };
    }
    let (Some(estimate), Some(first)) = (result.estimate, reading.measured.first()) else {
        return String::new();
    };
    if reading.pool != Pool::Sources && reading.measured.len() > 1 {
        let parts: Vec<String> = result.wins.iter().map(|(wins, of)| format!("{wins} of {of}")).collect();
        let (held, all) = (result.wins.iter().filter(|(wins, _)| *wins > 0).count(), parts.len());
        return match all {
            1 => format!("{}: holds on {} benchmarks", reading.meaning, parts.join("")),
            _ if result.wins.iter().all(|(_, of)| *of == 1) => {
                format!("{}: holds of {held} of the {all} that must all be so", reading.meaning)
            }
            _ => format!(
                "{}: holds on {} benchmarks, one after the other",
                reading.meaning,
                parts.join(" and ")
            ),
        };
    }
    let interval = match result.ci {
        Some((low, high)) if high > low => quantity::interval(low, high),
        _ => String::new(),
    };
    // Of several values the one that is told is not always the first.
    let told = reading.measured.iter().find(|measured| measured.estimate == estimate).unwrap_or(first);
    let what = if told.label.is_empty() { &reading.meaning } else { &told.label };
    let tie = if result.outcome == Outcome::Undecided && result.tie { ", too close to call" } else { "" };
    format!("{what}: {}{interval}{tie}", quantity::with_unit(estimate, first.unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own_and_a_sentence() {
        let codes: std::collections::BTreeSet<String> =
            Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        assert!(Reason::ALL.iter().all(|reason| !reason.sentence().is_empty()));
    }
}
