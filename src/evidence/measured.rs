//! The record of evidence: measured values with their uncertainty and rows, by reading, then and now.

pub use crate::dataset::Evaluation;
use crate::reported::{Interval, Unit};
use crate::stats;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A snapshot further than this from the as-of is stale.
pub const STALE_DAYS: i32 = 90;

/// How uncertain a measured value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Uncertainty {
    /// A count or a looked-up fact: no sampling.
    Exact,
    /// Normal with this standard deviation, in the value's unit.
    Normal {
        /// Standard deviation.
        sd: f64,
    },
    /// A proportion of `n` items, on the scale 0 to `scale` (100 for percent): Beta posterior with Jeffreys prior.
    Proportion {
        /// Items.
        n: u64,
        /// The value that stands for "all".
        scale: f64,
    },
    /// Draws from the value's distribution (rank simulation, bootstrap), sorted ascending.
    Draws(Vec<f64>),
    /// The source gives nothing to compute one from.
    Unknown,
}

/// What the claimed interval is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The figure as the source publishes it: a printed 86.4 is met by a published 86.4, whatever its sampling error.
    Published,
    /// The true value behind the figure: its sampling error counts.
    Latent,
}

/// Where a row came from, so that each number can be traced.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// Data set id.
    pub dataset: String,
    /// Date of the snapshot the rows stand in.
    pub snapshot: Date,
    /// SHA-256 of the shipped table.
    pub sha256: String,
    /// Address of the original.
    pub url: String,
    /// The rows used, each as `column=value` pairs in the table's order.
    pub rows: Vec<String>,
}

/// One measured value and what it would have to be for the claim to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What was measured, for a figure's row: "MMLU: Qwen-72B minus Llama-2-70B".
    pub label: String,
    /// Benchmark id.
    pub benchmark: String,
    /// Metric, as the data set names it.
    pub metric: String,
    /// Unit of the estimate.
    pub unit: Unit,
    /// The value.
    pub estimate: f64,
    /// Its uncertainty.
    pub uncertainty: Uncertainty,
    /// Items, votes or models behind it, where the source says.
    pub n: Option<u64>,
    /// Who measured.
    pub evaluation: Evaluation,
    /// The claim as read is true when the target lies here.
    pub claimed: Interval,
    /// Whether `claimed` is about the published figure or the true value behind it.
    pub target: Target,
    /// A wider interval in which the conclusion that the number serves still stands; `None` when there is none.
    pub conclusion: Option<Interval>,
    /// What one unit of pooled difference is worth here, in `unit`; pooling divides by it.
    pub scale: f64,
    /// Rows behind the value.
    pub sources: Vec<Source>,
}

impl Measured {
    /// The 95 % interval of the value; `None` where it has none or is a point.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        let (low, high) = match &self.uncertainty {
            Uncertainty::Exact | Uncertainty::Unknown => return None,
            Uncertainty::Normal { sd } => stats::normal_interval(self.estimate, *sd),
            Uncertainty::Proportion { n, scale } => {
                let (low, high) = stats::proportion_interval(self.estimate / scale, *n);
                (low * scale, high * scale)
            }
            Uncertainty::Draws(draws) => (stats::quantile(draws, 0.025), stats::quantile(draws, 0.975)),
        };
        (low.is_finite() && high.is_finite()).then_some((low, high))
    }
}

/// How the measured values of a reading make one support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pool {
    /// The same quantity from several sources: the best one decides, disagreement is reported.
    Sources,
    /// Different benchmarks: a random-effects mean of standardised values.
    Benchmarks,
    /// Runs of benchmarks, of these lengths in the order of the values: every one of them must hold.
    Every(Vec<usize>),
}

/// Why certainty goes down a step, beyond what the measured values themselves show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The interval is too wide to decide.
    Imprecision,
    /// A proxy: a family for a model, another population or benchmark.
    Indirectness,
    /// Sources disagree beyond chance (I² above 50 %).
    Inconsistency,
    /// The snapshot is more than 90 days from the as-of.
    Staleness,
    /// Only the maker's own figure.
    SelfReporting,
    /// A later snapshot stood in, restricted to what existed then.
    Retrospective,
    /// One person's number, given without data.
    SingleEstimate,
    /// A statement that was not read in the original.
    Hearsay,
}

/// Why a reading has no measured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// No table here measures it.
    NoData,
    /// A name in it is not known.
    UnknownEntity,
    /// The board has nothing on or before the date that could be used.
    NoSnapshotAtDate,
    /// Only another population is measured.
    ProxyOnly,
    /// The words fit more than one thing and the readings cannot be told apart.
    Ambiguous,
    /// The method for this type of claim is not in this version.
    NoMethod,
}

/// One rung of a rank ladder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rung {
    /// Rank by point estimate, 1 is the top; equals share the better one.
    pub rank: usize,
    /// Name as the board prints it.
    pub name: String,
    /// Score on the board.
    pub score: f64,
    /// Lower end of the 95 % interval, where the board has one.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Whether it is (one of) the claim's subject.
    pub is_subject: bool,
    /// Whether its interval overlaps the subject's: a tie.
    pub is_tie: bool,
}

/// A step of a frontier curve: the best score so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontierStep {
    /// The day it was reached.
    pub day: Date,
    /// The score.
    pub score: f64,
    /// Who reached it.
    pub model: String,
}

/// How many there were in a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The day before its first.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// How many.
    pub n: usize,
}

/// The data of a reading's figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "figure", rename_all = "kebab-case")]
pub enum Picture {
    /// Dot and interval for each measured value, the claimed interval behind.
    Forest,
    /// The top of a board with the subject marked.
    Ladder {
        /// Board title.
        board: String,
        /// Name of the score on the board ("Elo", "average, %").
        metric: String,
        /// From the top, including the subject.
        rungs: Vec<Rung>,
    },
    /// Two frontier curves and the lag between them on the day.
    Frontier {
        /// Board title.
        board: String,
        /// Name of the score.
        metric: String,
        /// Who is ahead, for the curve's label.
        leader: String,
        /// Who is behind.
        laggard: String,
        /// The leader's curve.
        leader_steps: Vec<FrontierStep>,
        /// The laggard's curve.
        laggard_steps: Vec<FrontierStep>,
        /// The day on which the lag is read.
        day: Date,
        /// The day on which the leader first had what the laggard has on `day`; `None` if it always had.
        reached: Option<Date>,
    },
    /// A quantity through time; the measured value is its change from the first point to the last.
    Trend {
        /// What it is, for the axis.
        quantity: String,
        /// Its values, oldest first.
        points: Vec<(Date, f64)>,
    },
    /// How many there were before a day and after it, in stretches of one length.
    Counts {
        /// What is counted.
        what: String,
        /// Before the day.
        before: Tally,
        /// After it.
        after: Tally,
    },
}

/// One fair way to read the claim, and what the data say under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its name: `best-against-best`, `same-size`, `pretrained-only`.
    pub name: String,
    /// What it takes the words to mean, as a clause: "the best Qwen against the best Llama 2".
    pub meaning: String,
    /// How the values make one support.
    pub pool: Pool,
    /// The values; empty when `absence` says why.
    pub measured: Vec<Measured>,
    /// Why there is none.
    pub absence: Option<Absence>,
    /// Steps down that the evidence knows of.
    pub steps: Vec<Step>,
    /// What to draw.
    pub picture: Option<Picture>,
}

impl Reading {
    /// A reading of one quantity that each of these values tells by itself.
    pub(super) fn of_sources(
        name: impl Into<String>,
        meaning: String,
        measured: Vec<Measured>,
        steps: impl IntoIterator<Item = Step>,
    ) -> Self {
        Self {
            name: name.into(),
            meaning,
            pool: Pool::Sources,
            measured,
            absence: None,
            steps: steps.into_iter().collect(),
            picture: Some(Picture::Forest),
        }
    }
}

/// What bears on a claim: readings on the data of its day and on the newest, the headline reading first.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The day the claim is judged for.
    pub as_of: Date,
    /// Readings on the data of that day, headline first; never empty.
    pub then: Vec<Reading>,
    /// Readings on the newest data, in the same order.
    pub now: Vec<Reading>,
    /// The headline reading on each snapshot day after `as_of`, oldest first.
    pub timeline: Vec<(Date, Reading)>,
}
