//! What a laid-out page shows: a report in; words, numbers and file names, ready for a template, out.
//!
//! HTML and PDF are drawn from this one record, so that they say the same. Templates only place what stands here.

use super::card::{self, ClaimView};
use super::document::{Report, SourceCard};
use super::marked::{self, MarkedParagraph};
use super::{mark, wording};
use crate::quantity;
use crate::verdict::{Certainty, Outcome};
use serde::Serialize;

/// Characters of a quote or title on a page; the rest of a quote stands in the marked text.
const LONGEST_WORDS: usize = 420;

/// A report, ready to be placed.
#[derive(Debug, Serialize)]
pub(super) struct View {
    title: String,
    id: String,
    url: Option<String>,
    published: Option<String>,
    as_of: String,
    newest: String,
    /// Year, month and day of the newest data, for the document's own date.
    newest_day: [i16; 3],
    version: String,
    headline: String,
    /// How many verdicts are expected to be wrong, as a sentence.
    false_discovery: Option<String>,
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
pub(super) struct OutcomeView {
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
            newest_day: [report.newest.year(), report.newest.month().into(), report.newest.day().into()],
            version: report.version.clone(),
            headline: report.headline(),
            false_discovery: report.false_discovery(),
            total: report.checked.len(),
            checkable: report.checkable(),
            judged: report.judged(),
            flipped: report.flipped(),
            counts: report
                .counts()
                .into_iter()
                .map(|(outcome, n)| Count { outcome: OutcomeView::of(outcome), n })
                .collect(),
            certainties: certainties(report),
            paragraphs: marked::paragraphs(&report.article, &spans),
            claims: report
                .checked
                .iter()
                .enumerate()
                .map(|(i, c)| card::of_claim(report, i, c, figures))
                .collect(),
            not_checked: report.not_checked.iter().map(|(what, why)| (shown(what), shown(why))).collect(),
            sources: sources(report),
            outcomes: Outcome::ALL.into_iter().map(OutcomeView::of).collect(),
        }
    }
}

/// The text with its first letter as a capital, unless it opens with a name that is written as it is: `o3`, `gpqa-diamond`.
pub(super) fn capitalised(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default().trim_end_matches([',', ':', ';', '.']);
    if !first.chars().all(char::is_alphabetic) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The words as a sentence of their own.
pub(super) fn sentence(text: &str) -> String {
    let text = capitalised(text.trim());
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// The text without characters that cannot be seen.
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || marked::is_visible(*c)).collect()
}

/// Words on one line, without characters that cannot be seen, and not endlessly many.
pub(super) fn shown(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| marked::is_visible(*c))
        .collect();
    let words = clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

/// Only addresses of the web become links: a report must not carry a `javascript:` one.
pub(super) fn web_address(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then(|| url.trim().to_owned())
}

impl OutcomeView {
    /// How an outcome is named and coloured.
    pub(super) fn of(outcome: Outcome) -> OutcomeView {
        OutcomeView {
            name: outcome.name(),
            label: wording::outcome_label(outcome),
            meaning: wording::outcome_meaning(outcome),
            colour: mark::colour(outcome),
        }
    }
}

fn certainties(report: &Report) -> Vec<(&'static str, usize)> {
    let count =
        |level| report.checked.iter().filter(|checked| checked.verdict.certainty == Some(level)).count();
    [Certainty::High, Certainty::Moderate, Certainty::Low, Certainty::VeryLow]
        .into_iter()
        .map(|level| (wording::certainty_label(level), count(level)))
        .filter(|(_, n)| *n > 0)
        .collect()
}

fn sources(report: &Report) -> Vec<SourceView> {
    let view = |card: &SourceCard| SourceView {
        id: card.id.clone(),
        title: card.title.clone(),
        url: web_address(&card.url),
        licence: card.licence.clone(),
        attribution: card.attribution.clone(),
        snapshots: if card.first == card.last {
            card.first.to_string()
        } else {
            format!("{} to {}", card.first, card.last)
        },
        rows: quantity::grouped(&card.rows.to_string()),
    };
    report.sources.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_letters() {
        assert_eq!(capitalised("the best Qwen"), "The best Qwen");
        assert_eq!(capitalised("o3 on aider-polyglot"), "o3 on aider-polyglot");
        assert_eq!(capitalised("gpqa-diamond: o3"), "gpqa-diamond: o3");
    }

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
}
