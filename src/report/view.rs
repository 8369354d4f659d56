//! What a laid-out page shows: a report in; words, numbers and file names, ready for a template, out.
//!
//! HTML and PDF are drawn from this one record, so that they say the same. Templates only place what stands here.

use super::document::{Checked, Report, line_and_column};
use super::figure::{self, Figure};
use super::marked::{self, MarkedParagraph};
use super::{mark, wording};
use crate::evidence::{Evidence, Measured, Reading};
use crate::verdict::{Certainty, Outcome, ReadingVerdict, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;

/// Characters of a quote or title on a page; the rest of a quote stands in the marked text.
const LONGEST_WORDS: usize = 420;

/// Rows of the table of values on a card; the data files hold the rest.
const MOST_VALUES: usize = 24;

/// A report, ready to be placed.
#[derive(Debug, Serialize)]
pub(super) struct View {
    title: String,
    id: String,
    url: Option<String>,
    published: Option<String>,
    as_of: String,
    newest: String,
    version: String,
    headline: String,
    total: usize,
    checkable: usize,
    judged: usize,
    flipped: usize,
    counts: Vec<Count>,
    certainties: Vec<(&'static str, usize)>,
    paragraphs: Vec<MarkedParagraph>,
    claims: Vec<ClaimView>,
    not_checked: Vec<(String, String)>,
    sources: Vec<SourceView>,
    outcomes: Vec<OutcomeView>,
}

/// An outcome as the pages name and colour it.
#[derive(Debug, Clone, Serialize)]
struct OutcomeView {
    name: &'static str,
    label: &'static str,
    meaning: &'static str,
    colour: &'static str,
}

#[derive(Debug, Serialize)]
struct Count {
    outcome: OutcomeView,
    n: usize,
}

#[derive(Debug, Serialize)]
struct ClaimView {
    number: usize,
    id: String,
    kind: String,
    quote: String,
    line: usize,
    column: usize,
    slots: Vec<(&'static str, String)>,
    outcome: OutcomeView,
    because: String,
    support: Option<f64>,
    support_text: String,
    certainty: Option<CertaintyView>,
    reasons: Vec<String>,
    as_of: Option<String>,
    now: Option<NowView>,
    flipped_on: Option<String>,
    readings: Vec<ReadingView>,
    agree: String,
    values: Vec<ValueView>,
    values_left_out: usize,
    sources: Vec<RowsView>,
    figures: Vec<FigureView>,
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
    outcome: OutcomeView,
    support: Option<f64>,
    support_text: String,
    changed: bool,
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

#[derive(Debug, Serialize)]
struct SourceView {
    id: String,
    title: String,
    url: Option<String>,
    licence: String,
    attribution: String,
    snapshots: String,
    rows: String,
}

/// A figure's SVG as the page wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// Inline, coloured by CSS variables.
    Inline,
    /// Referred to by file name only.
    ByName,
}

impl View {
    /// The view of a report.
    pub(super) fn of(report: &Report, figures: Figures) -> View {
        let spans: Vec<_> = report.checked.iter().map(|checked| checked.claim.span).collect();
        View {
            title: shown(report.title()),
            id: shown(&report.article.id),
            url: report.article.url.as_deref().and_then(web_address),
            published: report.article.published.map(wording::day),
            as_of: wording::day(report.as_of),
            newest: wording::day(report.newest),
            version: report.version.clone(),
            headline: report.headline(),
            total: report.checked.len(),
            checkable: report.checkable(),
            judged: report.judged(),
            flipped: report.flipped(),
            counts: report.counts().into_iter().map(|(outcome, n)| Count { outcome: outcome_view(outcome), n }).collect(),
            certainties: certainties(report),
            paragraphs: marked::paragraphs(&report.article, &spans),
            claims: report.checked.iter().enumerate().map(|(i, c)| claim(report, i, c, figures)).collect(),
            not_checked: report.not_checked.iter().map(|(what, why)| (shown(what), shown(why))).collect(),
            sources: sources(report),
            outcomes: Outcome::ALL.into_iter().map(outcome_view).collect(),
        }
    }
}

/// Words on one line, without characters that cannot be seen, and not endlessly many.
fn shown(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| marked::is_visible(*c)).collect();
    let words = clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

/// Only addresses of the web become links: a report must not carry a `javascript:` one.
fn web_address(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then(|| url.trim().to_owned())
}

fn outcome_view(outcome: Outcome) -> OutcomeView {
    OutcomeView {
        name: outcome.name(),
        label: wording::outcome_label(outcome),
        meaning: wording::outcome_meaning(outcome),
        colour: mark::colour(outcome),
    }
}

fn certainties(report: &Report) -> Vec<(&'static str, usize)> {
    let count = |level| report.checked.iter().filter(|checked| checked.verdict.certainty == Some(level)).count();
    [Certainty::High, Certainty::Moderate, Certainty::Low, Certainty::VeryLow]
        .into_iter()
        .map(|level| (wording::certainty_label(level), count(level)))
        .filter(|(_, n)| *n > 0)
        .collect()
}

fn sources(report: &Report) -> Vec<SourceView> {
    let view = |card: &super::document::SourceCard| SourceView {
        id: card.id.clone(),
        title: card.title.clone(),
        url: web_address(&card.url),
        licence: card.licence.clone(),
        attribution: card.attribution.clone(),
        snapshots: if card.first == card.last { card.first.to_string() } else { format!("{} to {}", card.first, card.last) },
        rows: wording::grouped(&card.rows.to_string()),
    };
    report.sources.iter().map(view).collect()
}

fn support_text(support: Option<f64>) -> String {
    support.map_or_else(|| "–".to_owned(), wording::probability)
}

fn claim(report: &Report, index: usize, checked: &Checked, figures: Figures) -> ClaimView {
    let Checked { claim, evidence, verdict } = checked;
    let id = report.claim_id(index);
    let (line, column) = line_and_column(&report.article.original, claim.span.start);
    let headline = evidence.as_ref().and_then(|evidence| evidence.then.first());
    ClaimView {
        number: index + 1,
        kind: claim.kind.name().to_owned(),
        quote: shown(&claim.quote),
        line,
        column,
        slots: wording::slots(claim).into_iter().map(|(name, value)| (name, shown(&value))).collect(),
        outcome: outcome_view(verdict.outcome),
        because: capitalised(&shown(&verdict.because)),
        support: verdict.support.filter(|support| support.is_finite()),
        support_text: support_text(verdict.support),
        certainty: verdict.certainty.map(|certainty| certainty_view(certainty, verdict)),
        reasons: reasons(verdict),
        as_of: evidence.as_ref().map(|evidence| wording::day(evidence.as_of)),
        now: now(verdict),
        flipped_on: verdict.flipped_on.map(wording::day),
        readings: verdict.readings.iter().map(reading).collect(),
        agree: agreement(verdict),
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
        steps: verdict.steps.iter().map(|(step, cause)| (wording::step_label(*step), capitalised(cause))).collect(),
    }
}

/// Reasons in words, without those that the card says elsewhere.
fn reasons(verdict: &Verdict) -> Vec<String> {
    use crate::verdict::{Note, Reason};
    let elsewhere = |reason: &Reason| matches!(reason, Reason::Down(_) | Reason::Note(Note::Flipped | Note::ReadingsDiffer));
    let sentences = verdict.reasons.iter().filter(|reason| !elsewhere(reason)).map(|reason| reason.sentence());
    sentences.filter(|sentence| !verdict.because.contains(sentence)).map(capitalised).collect()
}

/// The verdict on the newest data, unless neither day had any.
fn now(verdict: &Verdict) -> Option<NowView> {
    let now = verdict.now.as_ref().filter(|now| now.support.is_some() || verdict.support.is_some())?;
    Some(NowView {
        outcome: outcome_view(now.verdict),
        support: now.support.filter(|support| support.is_finite()),
        support_text: support_text(now.support),
        changed: now.verdict != verdict.outcome,
    })
}

fn reading(reading: &ReadingVerdict) -> ReadingView {
    ReadingView {
        name: wording::words(&reading.name),
        meaning: shown(&reading.meaning),
        outcome: outcome_view(reading.verdict),
        support_text: support_text(reading.support),
    }
}

fn agreement(verdict: &Verdict) -> String {
    let same = verdict.readings.iter().filter(|reading| reading.verdict == verdict.outcome).count();
    match verdict.readings.len() {
        0 | 1 => String::new(),
        n if same == n => format!("All {n} readings agree"),
        n => {
            let come = if same == 1 { "comes" } else { "come" };
            format!("{same} of {n} readings {come} out {}", wording::outcome_in_sentence(verdict.outcome))
        }
    }
}

fn value(measured: &Measured) -> ValueView {
    ValueView {
        label: shown(&measured.label),
        value: wording::quantity(measured.estimate, measured.unit),
        interval: wording::interval(measured).map_or_else(String::new, |(low, high)| wording::range(low, high)),
        n: measured.n.map_or_else(String::new, |n| wording::grouped(&n.to_string())),
        who: wording::evaluation_label(measured.evaluation),
    }
}

/// The tables behind the headline reading, then and now, each once, with the rows used.
fn rows(evidence: &Evidence) -> Vec<RowsView> {
    let readings: [Option<&Reading>; 2] = [evidence.then.first(), evidence.now.first()];
    let mut seen = BTreeSet::new();
    let mut views: Vec<RowsView> = Vec::new();
    for source in readings.into_iter().flatten().flat_map(|reading| &reading.measured).flat_map(|m| &m.sources) {
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
            view.rows.extend(source.rows.iter().filter(|row| !view.rows.contains(row)).cloned().collect::<Vec<_>>());
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

/// The text with its first letter as a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web_address(" https://a.example/x "), Some("https://a.example/x".to_owned()));
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("data:text/html,x"), None);
    }

    #[test]
    fn shown_words_are_visible_and_bounded() {
        assert_eq!(shown(" a\n\tb\u{1b}[31m\u{0} "), "a b[31m");
        assert_eq!(shown(&"x".repeat(5000)).chars().count(), LONGEST_WORDS + 1);
    }

    #[test]
    fn a_row_is_listed_once() {
        let report = fixture::report();
        let view = View::of(&report, Figures::ByName);
        for claim in &view.claims {
            for source in &claim.sources {
                let unique: BTreeSet<&String> = source.rows.iter().collect();
                assert_eq!(unique.len(), source.rows.len());
            }
        }
    }
}
