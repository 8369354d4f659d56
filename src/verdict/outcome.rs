//! The record of a verdict: outcome, support, certainty with its steps, readings, then and now.

use crate::evidence::{Absence, Step};
use crate::reported::Unit;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What the data say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Support of at least 0.95 under the headline reading.
    Supported,
    /// Support in [0.80, 0.95).
    LeaningSupported,
    /// The printed number is off beyond its rounding, or a word of degree ("rapidly") is; the conclusion it serves stands.
    Inexact,
    /// Sources disagree, each decisively.
    Mixed,
    /// The data bear on it and cannot tell.
    Undecided,
    /// Support in (0.05, 0.20].
    LeaningContradicted,
    /// Support of at most 0.05.
    Contradicted,
    /// Nothing here bears on it.
    Insufficient,
    /// Forecast, opinion, or too vague.
    NotCheckable,
}

impl Outcome {
    /// Every outcome, from the best for the claim to the worst, then the silent ones.
    pub const ALL: [Outcome; 9] = [
        Self::Supported,
        Self::LeaningSupported,
        Self::Inexact,
        Self::Mixed,
        Self::Undecided,
        Self::LeaningContradicted,
        Self::Contradicted,
        Self::Insufficient,
        Self::NotCheckable,
    ];

    /// The outcome's name in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::LeaningSupported => "leaning-supported",
            Self::Inexact => "inexact",
            Self::Mixed => "mixed",
            Self::Undecided => "undecided",
            Self::LeaningContradicted => "leaning-contradicted",
            Self::Contradicted => "contradicted",
            Self::Insufficient => "insufficient",
            Self::NotCheckable => "not-checkable",
        }
    }
}

/// How far the data can be trusted on the claim, after GRADE (Guyatt et al. 2008).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Little confidence.
    VeryLow,
    /// Limited confidence.
    Low,
    /// Moderate confidence.
    Moderate,
    /// High confidence.
    High,
}

/// A code that says why a verdict is what it is. Codes are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reason {
    /// Why there is no measured value.
    Absent(Absence),
    /// Why certainty went down.
    Down(Step),
    /// What else a reader must know.
    Note(Note),
}

/// Facts about a verdict that change how it should be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// The claim is about the future.
    Forecast,
    /// The claim is a judgement.
    Opinion,
    /// The claim names nothing that could be measured.
    Vague,
    /// Other readings come out differently.
    ReadingsDiffer,
    /// Overlapping intervals: a statistical tie.
    Tie,
    /// The printed number, or a word of degree, is off; its conclusion stands.
    NumberOff,
    /// The verdict changed after the claim's day.
    Flipped,
    /// The article holds the same claim with a hedge.
    LostHedge,
    /// The article holds the same claim of a narrower population.
    WiderPopulation,
    /// The words leave open whom or what it is about; it is judged of one whom the text around it names.
    Reread,
}

/// A reading and what came out under it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadingVerdict {
    /// The reading's name.
    pub name: String,
    /// What it takes the words to mean.
    pub meaning: String,
    /// What came out.
    pub verdict: Outcome,
    /// Probability that the claim so read is true; absent without evidence.
    pub support: Option<f64>,
}

/// The verdict on the newest data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Now {
    /// What came out.
    pub verdict: Outcome,
    /// Probability that the claim is true of today.
    pub support: Option<f64>,
    /// One line of why, for people.
    #[serde(default)]
    pub because: String,
}

/// The headline reading on one day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DayVerdict {
    /// The day.
    pub day: Date,
    /// What came out on it.
    pub outcome: Outcome,
    /// Probability that the claim was true of that day.
    pub support: f64,
}

/// The judgement on one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What came out under the headline reading.
    pub outcome: Outcome,
    /// Probability, given the measured values and their sampling uncertainty, that the claim as read is true.
    pub support: Option<f64>,
    /// How far the data can be trusted; absent when there are none.
    pub certainty: Option<Certainty>,
    /// Each step down, with its cause in one sentence.
    pub steps: Vec<(Step, String)>,
    /// Stable codes.
    pub reasons: Vec<Reason>,
    /// One line of why, for people.
    pub because: String,
    /// Name of the headline reading; empty when there is none.
    pub reading: String,
    /// Every reading, headline first.
    pub readings: Vec<ReadingVerdict>,
    /// On the newest data; absent for what cannot be checked.
    pub now: Option<Now>,
    /// The first snapshot day on which the headline's outcome changed sides for good.
    pub flipped_on: Option<Date>,
    /// The headline reading through time, the claim's day first; days without data are left out.
    pub timeline: Vec<DayVerdict>,
    /// The pooled or single estimate of the headline reading.
    pub estimate: Option<f64>,
    /// Lower end of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Unit of the estimate.
    pub unit: Option<Unit>,
}
