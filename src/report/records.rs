//! The records of the output contract: claims and what was made of them in; one flat record each out. JSON, CSV and
//! Parquet are made from these, so that a field means the same everywhere.

use super::document::{Checked, Report};
use super::wording;
use crate::article::{Article, Span};
use crate::claim::{Claim, ClaimKind, Relation};
use crate::evidence::{Evaluation, Evidence, Measured, Reading, Source, Step};
use crate::reported::{Comparator, Unit};
use crate::verdict::{Certainty, Now, Outcome, ReadingVerdict, Verdict};
use jiff::civil::Date;
use serde::Serialize;

/// One claim, with its verdict where it has one. Field names are those of the output contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimRecord {
    /// Type.
    #[serde(rename = "type")]
    pub kind: ClaimKind,
    /// The words that make the claim, exactly as in the text.
    pub quote: String,
    /// Whom it is about, joined by `; `.
    pub subject: Option<String>,
    /// Whom the subject is set against, joined by `; `.
    pub object: Option<String>,
    /// How they stand.
    pub relation: Option<Relation>,
    /// Benchmark as the text names it.
    pub benchmark: Option<String>,
    /// The number printed, in `unit`.
    pub value: Option<f64>,
    /// Upper end of a printed range.
    pub value_high: Option<f64>,
    /// What the number counts.
    pub unit: Option<Unit>,
    /// How the number bounds the truth; absent for "equals".
    pub comparator: Option<Comparator>,
    /// Of whom.
    pub population: Option<String>,
    /// The time the text speaks of, as ISO date or prefix.
    pub as_of: Option<String>,
    /// Who said it.
    pub attributed_to: Option<String>,
    /// Whether it is softened.
    pub hedged: bool,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether public data could decide it.
    pub checkable: bool,
    /// First byte of the quote in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The sentence it stands in.
    pub sentence: String,
    /// The rule that found it.
    pub rule: String,
    /// Other places that say the same, as pairs of bytes.
    pub mentions: Vec<(usize, usize)>,
    /// The judgement; its fields stand beside the others.
    #[serde(flatten)]
    pub judged: Option<JudgedRecord>,
}

/// The judgement on a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedRecord {
    /// What came out.
    pub verdict: Outcome,
    /// Probability that the claim as read is true.
    pub support: Option<f64>,
    /// How far the data can be trusted.
    pub certainty: Option<Certainty>,
    /// Each step that certainty went down, with its cause.
    pub steps: Vec<StepRecord>,
    /// Stable codes.
    pub reasons: Vec<String>,
    /// One line of why.
    pub because: String,
    /// Name of the headline reading; absent when there is none.
    pub reading: Option<String>,
    /// Every reading, headline first.
    pub readings: Vec<ReadingVerdict>,
    /// The day it was judged for; absent for what cannot be checked.
    pub judged_as_of: Option<Date>,
    /// On the newest data.
    pub now: Option<Now>,
    /// When the verdict changed sides for good.
    pub flipped_on: Option<Date>,
    /// Estimate of the headline reading.
    pub estimate: Option<f64>,
    /// Lower end of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Unit of the estimate; `times` for a pooled, standardised one.
    pub estimate_unit: Option<Unit>,
    /// Measured values with their rows: every reading on the claim's day, then the headline on the newest data.
    pub evidence: Vec<EvidenceRecord>,
}

/// A step down of certainty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepRecord {
    /// Its code.
    pub step: Step,
    /// Its cause in a sentence.
    pub cause: String,
}

/// Which data a piece of evidence is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Moment {
    /// The data of the claim's day.
    Then,
    /// The newest data.
    Now,
}

/// A measured value and one source of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceRecord {
    /// Whether it is the data of the claim's day or the newest.
    pub at: Moment,
    /// The reading it serves.
    pub reading: String,
    /// What was measured.
    pub label: String,
    /// Data set id.
    pub dataset: String,
    /// Date of the snapshot.
    pub snapshot: Option<Date>,
    /// Benchmark id.
    pub benchmark: String,
    /// Metric, as the data set names it.
    pub metric: String,
    /// The rows, each as `column=value` pairs.
    pub rows: Vec<String>,
    /// Address of the original.
    pub url: String,
    /// SHA-256 of the table.
    pub sha256: String,
    /// Who measured.
    pub evaluation: Evaluation,
    /// The value.
    pub estimate: Option<f64>,
    /// Lower end of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Unit of the value.
    pub unit: Unit,
    /// Items, votes or models behind it.
    pub n: Option<u64>,
}

impl ClaimRecord {
    /// The record of a claim that nothing has judged.
    #[must_use]
    pub fn from_claim(article: &Article, claim: &Claim) -> ClaimRecord {
        let number = claim.reported.as_ref();
        ClaimRecord {
            kind: claim.kind,
            quote: claim.quote.clone(),
            subject: wording::parties(&claim.subject),
            object: wording::parties(&claim.object),
            relation: claim.relation,
            benchmark: claim.benchmark.as_ref().map(|benchmark| benchmark.text.clone()),
            value: number.and_then(|n| finite(n.value)),
            value_high: number.and_then(|n| n.high).and_then(finite),
            unit: number.map(|n| n.unit),
            comparator: number.and_then(|n| n.comparator),
            population: claim.population.clone(),
            as_of: claim.as_of.clone(),
            attributed_to: claim.attributed_to.clone(),
            hedged: claim.hedged,
            negated: claim.negated,
            checkable: claim.checkable,
            start: claim.span.start,
            end: claim.span.end,
            sentence: claim.sentence.of(&article.original).to_owned(),
            rule: claim.rule.clone(),
            mentions: claim.mentions.iter().map(|Span { start, end }| (*start, *end)).collect(),
            judged: None,
        }
    }

    /// The record of a checked claim.
    #[must_use]
    pub fn from_checked(article: &Article, checked: &Checked) -> ClaimRecord {
        let judged = JudgedRecord::new(&checked.verdict, checked.evidence.as_ref());
        ClaimRecord { judged: Some(judged), ..ClaimRecord::from_claim(article, &checked.claim) }
    }
}

impl JudgedRecord {
    fn new(verdict: &Verdict, evidence: Option<&Evidence>) -> JudgedRecord {
        JudgedRecord {
            verdict: verdict.outcome,
            support: verdict.support.and_then(finite),
            certainty: verdict.certainty,
            steps: verdict
                .steps
                .iter()
                .map(|(step, cause)| StepRecord { step: *step, cause: cause.clone() })
                .collect(),
            reasons: verdict.reasons.iter().map(|reason| reason.code()).collect(),
            because: verdict.because.clone(),
            reading: Some(verdict.reading.clone()).filter(|name| !name.is_empty()),
            readings: verdict.readings.clone(),
            judged_as_of: evidence.map(|evidence| evidence.as_of),
            now: verdict.now.clone(),
            flipped_on: verdict.flipped_on,
            estimate: verdict.estimate.and_then(finite),
            ci_low: verdict.ci_low.and_then(finite),
            ci_high: verdict.ci_high.and_then(finite),
            estimate_unit: verdict.unit,
            evidence: evidence.map(evidence_records).unwrap_or_default(),
        }
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn evidence_records(evidence: &Evidence) -> Vec<EvidenceRecord> {
    let then = evidence.then.iter().map(|reading| (Moment::Then, reading));
    let now = evidence
        .now
        .first()
        .filter(|now| Some(*now) != evidence.then.first())
        .map(|reading| (Moment::Now, reading));
    then.chain(now)
        .flat_map(|(at, reading)| {
            reading.measured.iter().flat_map(move |measured| of_measured(at, reading, measured))
        })
        .collect()
}

/// One record a source; a value without source still has one.
fn of_measured(at: Moment, reading: &Reading, measured: &Measured) -> Vec<EvidenceRecord> {
    let interval = measured.interval();
    let bare = EvidenceRecord {
        at,
        reading: reading.name.clone(),
        label: measured.label.clone(),
        dataset: String::new(),
        snapshot: None,
        benchmark: measured.benchmark.clone(),
        metric: measured.metric.clone(),
        rows: Vec::new(),
        url: String::new(),
        sha256: String::new(),
        evaluation: measured.evaluation,
        estimate: finite(measured.estimate),
        ci_low: interval.map(|(low, _)| low),
        ci_high: interval.map(|(_, high)| high),
        unit: measured.unit,
        n: measured.n,
    };
    if measured.sources.is_empty() {
        return vec![bare];
    }
    let with_source = |source: &Source| EvidenceRecord {
        dataset: source.dataset.clone(),
        snapshot: Some(source.snapshot),
        rows: source.rows.clone(),
        url: source.url.clone(),
        sha256: source.sha256.clone(),
        ..bare.clone()
    };
    measured.sources.iter().map(with_source).collect()
}

/// The records of a report's claims, in reading order.
#[must_use]
pub fn records(report: &Report) -> Vec<ClaimRecord> {
    report.checked.iter().map(|checked| ClaimRecord::from_checked(&report.article, checked)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, schema};
    use super::*;

    #[test]
    fn an_extracted_claim_has_no_verdict_fields() {
        let report = fixture::report();
        let record = ClaimRecord::from_claim(&report.article, &report.checked[0].claim);
        let value = serde_json::to_value(&record).unwrap();
        assert!(value.get("verdict").is_none() && value.get("evidence").is_none());
        assert_eq!(value["quote"].as_str().unwrap(), &report.article.original[record.start..record.end]);
        assert!(schema::complaints(&serde_json::json!({"id": "a", "claims": [value]})).is_empty());
    }
}
