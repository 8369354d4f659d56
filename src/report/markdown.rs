//! Markdown: reports in; a document for issue trackers and wikis out.

use super::document::{Checked, Report};
use super::{place, wording};
use crate::error::Result;
use crate::quantity;
use std::fmt::Write as _;

/// Text that Markdown and HTML leave alone.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars().filter(|c| super::marked::is_visible(*c)) {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '^' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
    }
    out
}

/// One section a document: the sum, a table of claims, a section a claim, what was not checked, the sources.
pub(super) fn render(reports: &[Report]) -> Result<Vec<u8>> {
    let mut out = String::new();
    for report in reports {
        document(&mut out, report);
    }
    Ok(out.into_bytes())
}

fn document(out: &mut String, report: &Report) {
    _ = writeln!(out, "# {}\n", escaped(report.title()));
    _ = writeln!(out, "**{}**\n", escaped(&report.headline()));
    _ = writeln!(
        out,
        "Judged as of {}; newest data {}.\n",
        wording::day(report.as_of),
        wording::day(report.newest)
    );
    if let Some(together) = report.false_discovery() {
        _ = writeln!(out, "{}\n", escaped(&together));
    }
    if !report.checked.is_empty() {
        _ = writeln!(out, "| | Claim | Verdict | Support | Certainty | Now |\n|--:|---|---|--:|---|---|");
        for (i, checked) in report.checked.iter().enumerate() {
            table_row(out, report, i, checked);
        }
        out.push('\n');
    }
    for (i, checked) in report.checked.iter().enumerate() {
        claim(out, report, i, checked);
    }
    if !report.not_checked.is_empty() {
        _ = writeln!(out, "## Not checked\n");
        for (what, why) in &report.not_checked {
            _ = writeln!(out, "- {}: {}", escaped(what), escaped(why));
        }
        out.push('\n');
    }
    if !report.sources.is_empty() {
        _ = writeln!(
            out,
            "## Data\n\n| Data set | Licence | Snapshots | Rows | Credit |\n|---|---|---|--:|---|"
        );
        for card in &report.sources {
            _ = writeln!(
                out,
                "| [{}](<{}>) | {} | {} to {} | {} | {} |",
                escaped(&card.title),
                card.url.replace(['<', '>', '\n', '|'], ""),
                escaped(&card.licence),
                card.first,
                card.last,
                quantity::grouped(&card.rows.to_string()),
                escaped(&card.attribution)
            );
        }
        out.push('\n');
    }
    _ = writeln!(out, "benchclaim {}\n", escaped(&report.version));
}

fn support(support: Option<f64>) -> String {
    support.map_or_else(|| "–".to_owned(), quantity::probability).replace('<', "&lt;").replace('>', "&gt;")
}

fn table_row(out: &mut String, report: &Report, index: usize, checked: &Checked) {
    let verdict = &checked.verdict;
    _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} | {} |",
        index + 1,
        escaped(report.article.words(checked.claim.span)),
        wording::outcome_label(verdict.outcome),
        support(verdict.support),
        verdict.certainty.map_or("–", wording::certainty_label),
        verdict.now.as_ref().map_or("–", |now| wording::outcome_label(now.verdict)),
    );
}

fn claim(out: &mut String, report: &Report, index: usize, checked: &Checked) {
    let Checked { claim, verdict, evidence, .. } = checked;
    let place = place::in_words(&report.article, claim.span);
    let place = if place.is_empty() { place } else { format!(", {place}") };
    _ = writeln!(out, "## {}. {}\n", index + 1, wording::outcome_label(verdict.outcome));
    _ = writeln!(out, "> {}\n", escaped(report.article.words(claim.span)));
    _ = writeln!(out, "{}{place}.", super::view::capitalised(claim.kind.name()));
    if !verdict.because.is_empty() {
        _ = writeln!(out, "Why: {}.", escaped(&verdict.because));
    }
    out.push('\n');
    for (step, cause) in &verdict.steps {
        _ = writeln!(out, "- Certainty down for {}: {}", wording::step_label(*step), escaped(cause));
    }
    if verdict.readings.len() > 1 {
        for reading in &verdict.readings {
            _ = writeln!(
                out,
                "- Read as {}: {}, support {}",
                escaped(&reading.meaning),
                wording::outcome_in_sentence(reading.verdict),
                support(reading.support)
            );
        }
    }
    if let Some(now) = verdict.now.as_ref().filter(|now| now.verdict != verdict.outcome) {
        let turn = verdict.flipped_on.map_or_else(String::new, |day| format!(" since {}", wording::day(day)));
        let because = Some(escaped(&now.because)).filter(|text| !text.is_empty());
        _ = writeln!(
            out,
            "- On the newest data: {}{turn}, support {}{}",
            wording::outcome_in_sentence(now.verdict),
            support(now.support),
            because.map_or_else(String::new, |text| format!("; {text}"))
        );
    }
    for measured in evidence.iter().filter_map(|evidence| evidence.then.first()).flat_map(|r| &r.measured) {
        let interval =
            measured.interval().map_or_else(String::new, |(low, high)| quantity::interval(low, high));
        let sources: Vec<String> = measured
            .sources
            .iter()
            .map(|s| format!("[{}](<{}>) {}", escaped(&s.dataset), s.url, s.snapshot))
            .collect();
        _ = writeln!(
            out,
            "- {}: {}{interval}, {} {}",
            escaped(&measured.label),
            quantity::with_unit(measured.estimate, measured.unit),
            wording::evaluation_label(measured.evaluation),
            sources.join(", ")
        );
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn article_text_cannot_become_markup() {
        assert_eq!(escaped("a|b <img> *x*\n# y"), "a\\|b &lt;img&gt; \\*x\\* \\# y");
        let text = String::from_utf8(render(&[fixture::hostile()]).unwrap()).unwrap();
        assert!(!text.contains("<script"));
    }

    #[test]
    fn every_claim_has_a_row_and_a_section() {
        let report = fixture::report();
        let n = report.checked.len();
        let text = String::from_utf8(render(&[report]).unwrap()).unwrap();
        assert_eq!(text.lines().filter(|line| line.starts_with("> ")).count(), n);
        assert!(text.contains(&format!("## {n}. ")));
    }
}
