//! Terminal output: reports in; a finding a claim, as compilers print them, or one line a claim, out.
//!
//! The look is that of compilers and the drawing our own. Prose stands in lines as long as a paragraph, and of those
//! annotate-snippets (0.12) and miette (7.6) show a window: they cut a sentence at the width of the terminal, and
//! annotate-snippets cuts a claim longer than that in its middle, too. A claim over two lines gets a rail beside it, no
//! line below it, and is as wide as a wide terminal whatever the width; notes are not broken at all. Here a sentence is
//! broken into lines, so that all of it can be read, and every line of the claim is underlined.

use super::document::{Checked, Report};
use super::wording;
use super::{Style, marked, place, records};
use crate::article::{Article, Span};
use crate::claim::Claim;
use crate::error::Result;
use crate::evidence::Measured;
use crate::quantity;
use crate::verdict::Outcome;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

/// Tables named on the line of evidence; the other formats hold the rest.
const MOST_TABLES: usize = 3;

/// Narrower than this no line is broken further.
const LEAST_WIDTH: usize = 40;

/// Select Graphic Rendition codes, by the part they play.
mod sgr {
    pub(super) const BOLD: &str = "1";
    pub(super) const DIM: &str = "2";
    pub(super) const BLUE: &str = "34";
    pub(super) const CYAN: &str = "36";
    pub(super) const RED: &str = "31";
    pub(super) const YELLOW: &str = "33";
    pub(super) const MAGENTA: &str = "35";
}

/// Text without what could steer a terminal or turn the reading direction around.
fn safe(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| marked::is_visible(*c)).collect()
}

fn single_spaced(text: &str) -> String {
    safe(text).split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn paint(style: Style, codes: &[&str], text: &str) -> String {
    if style.colour { format!("\u{1b}[{}m{text}\u{1b}[0m", codes.join(";")) } else { text.to_owned() }
}

fn colour(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported | Outcome::LeaningSupported => sgr::BLUE,
        Outcome::Inexact => sgr::CYAN,
        Outcome::Mixed => sgr::MAGENTA,
        Outcome::LeaningContradicted => sgr::YELLOW,
        Outcome::Contradicted => sgr::RED,
        Outcome::Undecided | Outcome::Insufficient | Outcome::NotCheckable => sgr::DIM,
    }
}

fn location(article: &Article, claim: &Claim) -> String {
    let id = safe(&article.id);
    place::region(article, claim.span)
        .map_or_else(|| id.clone(), |region| format!("{id}:{}:{}", region.start.0, region.start.1))
}

/// Every claim with its sentence, why, evidence and what has changed; then what was not checked, then the sum.
pub(super) fn render_full(reports: &[Report], style: Style) -> Result<Vec<u8>> {
    let mut out = String::new();
    for report in reports {
        let (known, new): (Vec<&Checked>, Vec<&Checked>) =
            report.checked.iter().partition(|checked| checked.standing.is_known());
        for checked in new {
            finding(&mut out, report, checked, style);
        }
        if !report.not_checked.is_empty() {
            line(&mut out, &paint(style, &[sgr::BOLD], "not checked"));
            for (what, why) in &report.not_checked {
                wrapped(&mut out, "  - ", "    ", &format!("{what}: {why}"), style.width);
            }
            line(&mut out, "");
        }
        let dated = if report.is_undated() { "no date found, " } else { "" };
        let title =
            format!("{}, {dated}as of {}; newest data {}", safe(report.title()), report.as_of, report.newest);
        wrapped(&mut out, "", "", &title, style.width);
        wrapped(&mut out, "", "", &report.headline(), style.width);
        if let Some(together) = report.false_discovery() {
            wrapped(&mut out, "", "", &together, style.width);
        }
        if !known.is_empty() {
            let text = format!("{} of them are known from the baseline and not shown.", known.len());
            wrapped(&mut out, "", "", &text, style.width);
        }
    }
    Ok(out.into_bytes())
}

/// One line a claim.
pub(super) fn render_concise(reports: &[Report], style: Style) -> Result<Vec<u8>> {
    let mut out = String::new();
    for report in reports {
        let new = report.checked.iter().filter(|checked| !checked.standing.is_known());
        for Checked { claim, verdict, .. } in new {
            let name = paint(style, &[colour(verdict.outcome)], verdict.outcome.name());
            // Without a space, so that the line has the same fields whatever the support.
            let support =
                verdict.support.map_or_else(|| "-".to_owned(), quantity::probability).replace(' ', "");
            let place = location(&report.article, claim);
            let because = single_spaced(&verdict.because);
            let words = single_spaced(report.article.words(claim.span));
            let differ = Some(wording::differing(verdict)).filter(|differ| !differ.is_empty());
            let differ = differ.map_or_else(String::new, |differ| format!(" ({differ})"));
            line(&mut out, &format!("{place} {name} {support} \"{words}\" {because}{differ}"));
        }
    }
    Ok(out.into_bytes())
}

/// Claims without verdicts: with their sentences, or one line each.
pub(super) fn render_claims(
    documents: &[(&Article, &[Claim])],
    style: Style,
    with_sentence: bool,
) -> Vec<u8> {
    let mut out = String::new();
    for (article, claims) in documents {
        for claim in *claims {
            let place = location(article, claim);
            let kind = paint(style, &[sgr::BOLD], claim.kind.name());
            if !with_sentence {
                line(&mut out, &format!("{place} {kind} \"{}\"", single_spaced(article.words(claim.span))));
                continue;
            }
            line(&mut out, &format!("{place}: {kind}"));
            sentence(&mut out, article, claim, style);
            slots(&mut out, claim, style);
            line(&mut out, "");
        }
    }
    out.into_bytes()
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn slots(out: &mut String, claim: &Claim, style: Style) {
    let slots = wording::slots(claim);
    let text: Vec<String> =
        slots.into_iter().map(|(name, value)| format!("{}: {value}", name.to_lowercase())).collect();
    wrapped(out, "  = ", "    ", &text.join("; "), style.width);
}

fn finding(out: &mut String, report: &Report, checked: &Checked, style: Style) {
    let Checked { claim, verdict, .. } = checked;
    let place = location(&report.article, claim);
    let mut head = format!("{place}: {}", verdict.outcome.name());
    if let Some(support) = verdict.support {
        _ = write!(head, ", support {}", quantity::probability(support));
    }
    if let Some(certainty) = verdict.certainty {
        _ = write!(head, ", certainty {}", wording::certainty_label(certainty));
    }
    let mut lines = String::new();
    wrapped(&mut lines, "", "  ", &format!("{head} [{}]", claim.kind.name()), style.width);
    // Painted when the line is broken, for codes take no room.
    let name = paint(style, &[sgr::BOLD, colour(verdict.outcome)], verdict.outcome.name());
    let (place, rest) = lines.split_at(place.len().min(lines.len()));
    _ = write!(out, "{place}{}", rest.replacen(verdict.outcome.name(), &name, 1));
    sentence(out, &report.article, claim, style);
    let note = |out: &mut String, name: &str, text: &str| {
        wrapped(out, &format!("  = {name}: "), "    ", text, style.width);
    };
    if !verdict.because.is_empty() {
        note(out, "why", &verdict.because);
    }
    if let Some(evidence) = evidence(headline_values(checked)) {
        note(out, "evidence", &evidence);
    }
    if !verdict.steps.is_empty() {
        let steps: Vec<String> = verdict
            .steps
            .iter()
            .map(|(step, cause)| format!("{} ({})", cause, wording::step_label(*step)))
            .collect();
        note(out, "less certain", &steps.join("; "));
    }
    if verdict.readings.len() > 1 {
        let (same, _) = verdict.agreement();
        let all: Vec<String> = verdict
            .readings
            .iter()
            .map(|r| format!("{} {}", wording::words(&r.name), r.verdict.name()))
            .collect();
        note(out, "readings", &format!("{same} of {} agree: {}", all.len(), all.join(", ")));
    }
    if let Some(now) = verdict.now.as_ref().filter(|now| now.verdict != verdict.outcome) {
        let support =
            now.support.map_or_else(String::new, |s| format!(", support {}", quantity::probability(s)));
        let flipped = verdict.flipped_on.map_or_else(String::new, |day| format!("; changed on {day}"));
        let because = if now.because.is_empty() { String::new() } else { format!("; {}", now.because) };
        note(out, "now", &format!("{}{support}{flipped}{because}", now.verdict.name()));
    }
    line(out, "");
}

fn headline_values(checked: &Checked) -> &[Measured] {
    let reading = checked.evidence.as_ref().and_then(|evidence| evidence.then.first());
    reading.map_or(&[], |reading| reading.measured.as_slice())
}

/// What the verdict rests on, in a line: how many values, by whom, on how many items, from which tables of which day.
/// The values themselves stand in the line of why.
fn evidence(values: &[Measured]) -> Option<String> {
    let first = values.first()?;
    let mut tables: Vec<String> = Vec::new();
    for source in values.iter().flat_map(|measured| &measured.sources) {
        let table = format!("{} {}", source.dataset, source.snapshot);
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    let more = tables.len().saturating_sub(MOST_TABLES);
    tables.truncate(MOST_TABLES);
    if more > 0 {
        tables.push(format!("{more} more"));
    }
    let mut text = wording::evaluation_label(first.evaluation).to_owned();
    match (values.len(), first.n) {
        (1, Some(n)) => _ = write!(text, ", n = {}", quantity::grouped(&n.to_string())),
        (1, None) => {}
        (values, _) => _ = write!(text, ", {values} values"),
    }
    if !tables.is_empty() {
        _ = write!(text, "; {}", wording::list(&tables));
    }
    Some(text)
}

/// The sentence with the claim underlined.
fn sentence(out: &mut String, article: &Article, claim: &Claim, style: Style) {
    let holds = claim.sentence.contains(&claim.span) && claim.sentence.start < claim.sentence.end;
    let span = if holds { claim.sentence } else { claim.span };
    let number = place::region(article, span).map_or_else(String::new, |region| region.start.0.to_string());
    // Without the marks of the original, which are no words; a claim may begin or end at one.
    let (span, mark) = (article.to_plain(span), article.to_plain(claim.span));
    let gutter = " ".repeat(number.len());
    let room = style.width.saturating_sub(gutter.len() + 4).max(LEAST_WIDTH);
    let bar = paint(style, &[sgr::DIM], "|");
    for (i, (text, under)) in marked_lines(&article.plain, span, mark, room).into_iter().enumerate() {
        let lead = if i == 0 { paint(style, &[sgr::DIM], &number) } else { gutter.clone() };
        line(out, &format!("{lead} {bar} {text}"));
        if !under.trim().is_empty() {
            line(out, &format!("{gutter} {bar} {}", paint(style, &[sgr::BOLD], under.trim_end())));
        }
    }
}

/// The text of `span` in lines of at most `room` columns, each with a line that has carets below `mark`.
fn marked_lines(text: &str, span: Span, mark: Span, room: usize) -> Vec<(String, String)> {
    let mut words: Vec<Vec<(char, bool)>> = vec![Vec::new()];
    for (offset, c) in span.of(text).char_indices() {
        let marked = (mark.start..mark.end).contains(&(span.start + offset));
        match safe(c.encode_utf8(&mut [0; 4])).chars().next() {
            Some(' ') => words.push(Vec::new()),
            Some(c) => words.last_mut().expect("there is always a last word").push((c, marked)),
            None => {}
        }
    }
    let mut lines = Vec::new();
    let (mut line, mut under, mut width, mut ends_marked) = (String::new(), String::new(), 0, false);
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        let word_width: usize = word.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
        if width > 0 && width + 1 + word_width > room {
            lines.push((std::mem::take(&mut line), std::mem::take(&mut under)));
            (width, ends_marked) = (0, false);
        }
        if width > 0 {
            line.push(' ');
            under.push(if ends_marked && word[0].1 { '^' } else { ' ' });
            width += 1;
        }
        for (c, marked) in &word {
            let columns = c.width().unwrap_or(0);
            line.push(*c);
            under.extend(std::iter::repeat_n(if *marked { '^' } else { ' ' }, columns));
            width += columns;
        }
        ends_marked = word.last().is_some_and(|(_, marked)| *marked);
    }
    lines.push((line, under));
    lines
}

/// Text broken at spaces, with a lead for the first line and one for the others.
fn wrapped(out: &mut String, first: &str, rest: &str, text: &str, width: usize) {
    let room = width.saturating_sub(first.len()).max(LEAST_WIDTH);
    let text = single_spaced(text);
    let whole = Span::new(0, text.len());
    for (i, (text, _)) in marked_lines(&text, whole, Span::new(0, 0), room).into_iter().enumerate() {
        line(out, &format!("{}{text}", if i == 0 { first } else { rest }));
    }
}

/// The claims of reports as records, by document.
pub(super) fn documents(reports: &[Report]) -> Vec<(&str, Vec<records::ClaimRecord>)> {
    reports.iter().map(|report| (report.article.id.as_str(), records::records(report))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn plain() -> Style {
        Style { width: 80, ..Style::default() }
    }

    #[test]
    fn carets_stand_below_the_claim_also_for_wide_characters() {
        let text = "通义千问 Qwen rivals\nLlama 2, they say.";
        let start = text.find("Qwen").unwrap();
        let mark = Span::new(start, text.find(',').unwrap());
        let lines = marked_lines(text, Span::new(0, text.len()), mark, 80);
        assert_eq!(lines[0].0, "通义千问 Qwen rivals Llama 2, they say.");
        assert_eq!(lines[0].1.trim_end(), "         ^^^^^^^^^^^^^^^^^^^");
    }

    #[test]
    fn lines_stay_within_the_width() {
        let report = fixture::report();
        let judged = report.judged();
        let text = String::from_utf8(render_full(&[report], plain()).unwrap()).unwrap();
        for line in text.lines().filter(|line| !line.starts_with("autumn.md:")) {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert_eq!(text.matches("  = evidence: ").count(), judged);
        assert!(text.contains("^^^^") && text.contains("  = why: ") && text.contains("  = evidence: "));
    }

    #[test]
    fn concise_is_one_line_a_claim_and_nothing_can_steer_the_terminal() {
        for report in [fixture::report(), fixture::hostile()] {
            let n = report.checked.len();
            let text = String::from_utf8(render_concise(&[report], plain()).unwrap()).unwrap();
            assert_eq!(text.lines().count(), n);
            assert!(!text.contains('\u{1b}') && !text.contains('\u{202E}'));
        }
        let coloured = render_concise(&[fixture::report()], Style { colour: true, ..plain() }).unwrap();
        assert!(String::from_utf8(coloured).unwrap().contains("\u{1b}[34msupported\u{1b}[0m"));
    }
}
