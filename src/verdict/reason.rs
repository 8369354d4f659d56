//! Reasons: stable codes in; the sentences that people read out.

use super::certainty;
use super::outcome::{Note, Outcome, Reason};
use super::support::Result;
use crate::claim::ClaimKind;
use crate::evidence::{Absence, Pool, Reading};
use crate::reported::Unit;

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
    pub const ALL: [Reason; 21] = [
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
        Note::Tie => "the intervals overlap: a statistical tie",
        Note::NumberOff => "the printed number is off; the conclusion it serves stands",
        Note::Flipped => "the verdict has changed since",
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
        let each = if parts.len() > 1 { ", one after the other" } else { "" };
        return format!("{}: holds on {} benchmarks{each}", reading.meaning, parts.join(" and "));
    }
    let interval = match result.ci {
        Some((low, high)) if high > low => format!(" (95 %: {} to {})", number(low), number(high)),
        _ => String::new(),
    };
    let what = if first.label.is_empty() { &reading.meaning } else { &first.label };
    let tie = if result.outcome == Outcome::Undecided && result.tie { ", too close to call" } else { "" };
    format!("{what} is {}{interval}{tie}", quantity(estimate, first.unit))
}

/// A number with its unit, in the words that people use for it.
fn quantity(value: f64, unit: Unit) -> String {
    const SCALES: [(f64, &str); 3] = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    let large = matches!(unit, Unit::Params | Unit::Tokens | Unit::Usd | Unit::Count);
    let scale = SCALES.iter().find(|(scale, _)| large && value.abs() >= *scale);
    let (value, word) = scale.map_or((value, ""), |(scale, word)| (value / scale, *word));
    format!("{}{word}{}", number(value), unit_suffix(unit))
}

/// A number with as many digits as a reader needs.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        a if a >= 1000.0 || value.fract().abs() < 1e-9 => 0,
        a if a >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.digits$}");
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') { text.replace('-', "") } else { text }
}

pub(crate) fn unit_suffix(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => " %",
        Unit::Points => " points",
        Unit::Elo => " Elo",
        Unit::Days => " days",
        Unit::Months => " months",
        Unit::Years => " years",
        Unit::Usd => " US dollars",
        Unit::UsdPerMtok => " US dollars a million tokens",
        Unit::Params => " parameters",
        Unit::Tokens => " tokens",
        Unit::Times => " times",
        Unit::Count | Unit::Rank => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_people_write_them() {
        assert_eq!(quantity(3.4e10, Unit::Params), "34 billion parameters");
        assert_eq!(quantity(128_000.0, Unit::Tokens), "128000 tokens");
        assert_eq!(quantity(-0.001, Unit::Months), "0.00 months");
        assert_eq!(quantity(88.0, Unit::Percent), "88 %");
    }

    #[test]
    fn every_reason_has_a_code_of_its_own_and_a_sentence() {
        let codes: std::collections::BTreeSet<String> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        assert!(Reason::ALL.iter().all(|reason| !reason.sentence().is_empty()));
    }
}
