//! A claim's card: a checked claim in; its words, numbers and figures, ready for a template, out.

use super::document::{Checked, Report};
use super::figure::{self, Figure};
use super::view::{Figures, OutcomeView, capitalised, shown, web_address};
use super::{place, wording};
use crate::claim::Claim;
use crate::evidence::{Evidence, Measured, Reading};
use crate::quantity;
use crate::verdict::{Certainty, Note, ReadingVerdict, Reason, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;

/// Rows of the table of values on a card; the data files hold the rest.
const MOST_VALUES: usize = 24;

/// A claim, ready to be placed.
#[derive(Debug, Serialize)]
pub(super) struct ClaimView {
    number: usize,
    id: String,
    kind: String,
    quote: String,
    /// What the claim is about, where its words are few or stand in another claim, too.
    about: String,
    /// A link to the words where the article is published.
    source_link: Option<String>,
    /// Whether the baseline lists it.
    known: bool,
    /// "line 3, column 4"; empty where the file has no such lines.
    place: String,
    slots: Vec<(&'static str, String)>,
    outcome: OutcomeView,
    because: String,
    support: Option<f64>,
    support_text: String,
    /// Over the readings, where there are several.
    support_range: Option<RangeView>,
    certainty: Option<CertaintyView>,
    reasons: Vec<String>,
    as_of: Option<String>,
    now: Option<NowView>,
    flipped_on: Option<String>,
    readings: Vec<ReadingView>,
    agree: String,
    /// "2 of 5 readings", where not all come out as the headline.
    differ: String,
    values: Vec<ValueView>,
    values_left_out: usize,
    sources: Vec<RowsView>,
    figures: Vec<FigureView>,
}

#[derive(Debug, Serialize)]
struct RangeView {
    low: f64,
    high: f64,
    words: String,
}

#[derive(Debug, Serialize)]
struct CertaintyView {
    label: &'static str,
    /// 1 for very low to 4 for high.
    level: usize,
    steps: Vec<(&'static str, String)>,
}

#[derive(Debug, Serialize)]
struct NowView {
    /// The day of the newest table that it rests on; empty without any.
    day: String,
    outcome: OutcomeView,
    support: Option<f64>,
    support_text: String,
    changed: bool,
    /// One line of why, where it came out otherwise.
    because: String,
}

#[derive(Debug, Serialize)]
struct ReadingView {
    name: String,
    meaning: String,
    outcome: OutcomeView,
    support_text: String,
}

#[derive(Debug, Serialize)]
struct ValueView {
    label: String,
    value: String,
    interval: String,
    n: String,
    who: &'static str,
}

#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct RowsView {
    dataset: String,
    snapshot: String,
    url: Option<String>,
    sha256: String,
    rows: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FigureView {
    file: String,
    alt: String,
    title: String,
    svg: String,
}

fn support_text(support: Option<f64>) -> String {
    support.map_or_else(|| "–".to_owned(), quantity::probability)
}

/// Quotes of so few words say little by themselves.
const FEW_WORDS: usize = 4;

/// Type, parties and number of a claim that its words do not tell from another.
fn about(report: &Report, claim: &Claim, quote: &str) -> String {
    let words = report.article.words(claim.span);
    let same = |other: &&Checked| report.article.words(other.claim.span) == words;
    let is_repeated = report.checked.iter().filter(same).count() > 1;
    if !is_repeated && quote.split(' ').count() >= FEW_WORDS {
        return String::new();
    }
    let told = wording::slots(claim)
        .into_iter()
        .filter(|(name, _)| matches!(*name, "Subject" | "Against" | "Number" | "On"));
    let parts: Vec<String> = told.map(|(_, value)| shown(&value)).collect();
    std::iter::once(claim.kind.name().to_owned()).chain(parts).collect::<Vec<_>>().join(" \u{b7} ")
}

/// The least and the greatest support of a reading; `None` where there are not two of them.
fn support_range(verdict: &Verdict) -> Option<RangeView> {
    let supports: Vec<f64> = verdict
        .readings
        .iter()
        .filter_map(|reading| reading.support)
        .filter(|support| support.is_finite())
        .collect();
    if supports.len() < 2 {
        return None;
    }
    let low = supports.iter().copied().fold(f64::INFINITY, f64::min);
    let high = supports.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (least, most) = (quantity::probability(low), quantity::probability(high));
    let of = format!("{} readings", supports.len());
    let words = match least == most {
        true => format!("{least} in each of {of}"),
        false => format!("{least} to {most} over {of}"),
    };
    Some(RangeView { low, high, words })
}

/// The card of one claim.
pub(super) fn of_claim(report: &Report, index: usize, checked: &Checked, figures: Figures) -> ClaimView {
    let Checked { claim, evidence, verdict, .. } = checked;
    let id = report.claim_id(index);
    let quote = shown(report.article.words(claim.span));
    let headline = evidence.as_ref().and_then(|evidence| evidence.then.first());
    ClaimView {
        number: index + 1,
        kind: claim.kind.name().to_owned(),
        about: about(report, claim, &quote),
        quote: quote.clone(),
        source_link: (report.article.url.as_deref().and_then(web_address))
            .map(|url| place::text_fragment(&url, &quote)),
        known: checked.standing.is_known(),
        place: place::in_words(&report.article, claim.span),
        slots: wording::slots(claim).into_iter().map(|(name, value)| (name, shown(&value))).collect(),
        outcome: OutcomeView::of(verdict.outcome),
        because: capitalised(&shown(&verdict.because)),
        support: verdict.support.filter(|support| support.is_finite()),
        support_text: support_text(verdict.support),
        support_range: support_range(verdict),
        certainty: verdict.certainty.map(|certainty| certainty_view(certainty, verdict)),
        reasons: reasons(verdict),
        as_of: evidence.as_ref().map(|evidence| wording::day(evidence.as_of)),
        now: now(verdict, evidence.as_ref()),
        flipped_on: verdict.flipped_on.map(wording::day),
        readings: verdict.readings.iter().map(reading).collect(),
        agree: agreement(verdict),
        differ: wording::differing(verdict),
        values: headline.map_or_else(Vec::new, |r| r.measured.iter().take(MOST_VALUES).map(value).collect()),
        values_left_out: headline.map_or(0, |r| r.measured.len().saturating_sub(MOST_VALUES)),
        sources: evidence.as_ref().map_or_else(Vec::new, rows),
        figures: figure::of_claim(&id, checked).iter().map(|drawn| figure_view(drawn, figures)).collect(),
        id,
    }
}

fn certainty_view(certainty: Certainty, verdict: &Verdict) -> CertaintyView {
    CertaintyView {
        label: wording::certainty_label(certainty),
        level: match certainty {
            Certainty::VeryLow => 1,
            Certainty::Low => 2,
            Certainty::Moderate => 3,
            Certainty::High => 4,
        },
        steps: verdict
            .steps
            .iter()
            .map(|(step, cause)| (wording::step_label(*step), capitalised(cause)))
            .collect(),
    }
}

/// Reasons in words, without those that the card says elsewhere.
fn reasons(verdict: &Verdict) -> Vec<String> {
    let elsewhere = |reason: &Reason| {
        matches!(reason, Reason::Down(_) | Reason::Note(Note::Flipped | Note::ReadingsDiffer))
    };
    let sentences =
        verdict.reasons.iter().filter(|reason| !elsewhere(reason)).map(|reason| reason.sentence());
    sentences.filter(|sentence| !verdict.because.contains(sentence)).map(capitalised).collect()
}

/// The verdict on the newest data, unless neither day had any.
fn now(verdict: &Verdict, evidence: Option<&Evidence>) -> Option<NowView> {
    let now = verdict.now.as_ref().filter(|now| now.support.is_some() || verdict.support.is_some())?;
    let values =
        evidence.into_iter().filter_map(|evidence| evidence.now.first()).flat_map(|now| &now.measured);
    let day = values.flat_map(|measured| &measured.sources).map(|source| source.snapshot).max();
    Some(NowView {
        day: day.map_or_else(String::new, wording::day),
        outcome: OutcomeView::of(now.verdict),
        support: now.support.filter(|support| support.is_finite()),
        support_text: support_text(now.support),
        changed: now.verdict != verdict.outcome,
        because: if now.verdict == verdict.outcome {
            String::new()
        } else {
            capitalised(&shown(&now.because))
        },
    })
}

fn reading(reading: &ReadingVerdict) -> ReadingView {
    ReadingView {
        name: wording::words(&reading.name),
        meaning: shown(&reading.meaning),
        outcome: OutcomeView::of(reading.verdict),
        support_text: support_text(reading.support),
    }
}

fn agreement(verdict: &Verdict) -> String {
    match verdict.agreement() {
        (_, 0 | 1) => String::new(),
        (same, n) if same == n => format!("All {n} readings agree"),
        (same, n) => {
            let come = if same == 1 { "comes" } else { "come" };
            format!("{same} of {n} readings {come} out {}", wording::outcome_in_sentence(verdict.outcome))
        }
    }
}

fn value(measured: &Measured) -> ValueView {
    ValueView {
        label: shown(&measured.label),
        value: quantity::with_unit(measured.estimate, measured.unit),
        interval: measured.interval().map_or_else(String::new, |(low, high)| quantity::range(low, high)),
        n: measured.n.map_or_else(String::new, |n| quantity::grouped(&n.to_string())),
        who: wording::evaluation_label(measured.evaluation),
    }
}

/// The tables behind the headline reading, then and now, each once, with the rows used.
fn rows(evidence: &Evidence) -> Vec<RowsView> {
    let readings: [Option<&Reading>; 2] = [evidence.then.first(), evidence.now.first()];
    let mut seen = BTreeSet::new();
    let mut views: Vec<RowsView> = Vec::new();
    for source in
        readings.into_iter().flatten().flat_map(|reading| &reading.measured).flat_map(|m| &m.sources)
    {
        let key = (source.dataset.clone(), source.snapshot);
        if seen.insert(key) {
            views.push(RowsView {
                dataset: source.dataset.clone(),
                snapshot: source.snapshot.to_string(),
                url: web_address(&source.url),
                sha256: source.sha256.clone(),
                rows: Vec::new(),
            });
        }
        let snapshot = source.snapshot.to_string();
        if let Some(view) = views.iter_mut().find(|v| v.dataset == source.dataset && v.snapshot == snapshot) {
            view.rows.extend(
                source.rows.iter().filter(|row| !view.rows.contains(row)).cloned().collect::<Vec<_>>(),
            );
        }
    }
    views
}

fn figure_view(drawn: &Figure, figures: Figures) -> FigureView {
    FigureView {
        file: format!("{}.svg", drawn.name),
        alt: drawn.alt.clone(),
        title: drawn.title.clone(),
        svg: if figures == Figures::Inline { drawn.svg_for_page() } else { String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn a_row_is_listed_once() {
        let report = fixture::report();
        for (i, checked) in report.checked.iter().enumerate() {
            for source in of_claim(&report, i, checked, Figures::ByName).sources {
                let unique: BTreeSet<&String> = source.rows.iter().collect();
                assert_eq!(unique.len(), source.rows.len());
            }
        }
    }
}
