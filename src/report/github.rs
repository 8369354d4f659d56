//! GitHub: reports in; workflow commands that annotate the lines of a change, or a job's summary in Markdown, out.
//!
//! The commands are those of "Workflow commands for GitHub Actions"; the host shows at most ten annotations of a level
//! a step, the worst of them first here.

use super::document::{Checked, Report, Standing, line_and_column};
use super::mapping::{Level, Mapping};
use super::{markdown, place, sarif, view, wording};
use crate::error::Result;
use crate::quantity;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// Claims in a summary; the host cuts summaries off at 1 MiB.
const MOST_ROWS: usize = 500;

/// One command a finding that has a level and is not known, worst first.
pub(super) fn annotations(reports: &[Report], mapping: &Mapping) -> Result<Vec<u8>> {
    let mut findings: Vec<(Level, &Report, &Checked)> = reports
        .iter()
        .flat_map(|report| report.checked.iter().map(move |checked| (report, checked)))
        .filter(|(_, checked)| !checked.standing.is_known())
        .map(|(report, checked)| (mapping.level(checked.verdict.outcome), report, checked))
        .collect();
    findings.sort_by_key(|(level, ..)| Reverse(*level));
    let mut out = String::new();
    for (level, report, checked) in findings {
        let command = match level {
            Level::None => continue,
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let title = format!("{} ({})", checked.verdict.outcome.name(), checked.claim.kind.name());
        let mut properties = Vec::new();
        if !place::is_web(&report.article.id) {
            properties.push(format!("file={}", property(&view::visible(&report.article.id))));
        }
        if let Some(region) = place::region(&report.article, checked.claim.span) {
            properties.push(format!("line={},endLine={}", region.start.0, region.end.0));
            // The host wants columns only for findings on one line.
            if region.start.0 == region.end.0 {
                properties.push(format!("col={},endColumn={}", region.start.1, region.end.1));
            }
        }
        properties.push(format!("title={}", property(&title)));
        _ = writeln!(out, "::{command} {}::{}", properties.join(","), data(&sarif::message(report, checked)));
    }
    Ok(out.into_bytes())
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A job's summary: the sum and a table of claims a document, findings before what needs no look.
pub(super) fn summary(reports: &[Report], mapping: &Mapping) -> Result<Vec<u8>> {
    let mut out = String::new();
    for report in reports {
        _ = writeln!(out, "### {}\n", markdown::escaped(report.title()));
        _ = writeln!(
            out,
            "**{}** Judged as of {}; newest data {}.\n",
            markdown::escaped(&report.headline()),
            report.as_of,
            report.newest
        );
        let mut rows: Vec<&Checked> = report.checked.iter().collect();
        rows.sort_by_key(|checked| (checked.standing, Reverse(mapping.level(checked.verdict.outcome))));
        if rows.is_empty() {
            continue;
        }
        _ = writeln!(out, "| | Verdict | Line | Claim | Support | Why |\n|---|---|--:|---|--:|---|");
        for checked in rows.iter().take(MOST_ROWS) {
            row(&mut out, report, checked, mapping);
        }
        if rows.len() > MOST_ROWS {
            _ = writeln!(out, "\n{} more claims are not shown.", rows.len() - MOST_ROWS);
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

fn row(out: &mut String, report: &Report, checked: &Checked, mapping: &Mapping) {
    let Checked { claim, verdict, standing, .. } = checked;
    let level = match (standing, mapping.level(verdict.outcome)) {
        (Standing::Known, _) => "known",
        (_, Level::None) => "",
        (_, level) => level.name(),
    };
    let line = match place::has_lines(&report.article) {
        true => line_and_column(&report.article.original, claim.span.start).0.to_string(),
        false => String::new(),
    };
    let support = verdict.support.map_or_else(|| "–".to_owned(), quantity::probability);
    _ = writeln!(
        out,
        "| {level} | {} | {line} | {} | {} | {} |",
        wording::outcome_label(verdict.outcome),
        markdown::escaped(&view::shown(report.article.words(claim.span))),
        markdown::escaped(&support),
        markdown::escaped(&view::shown(&verdict.because)),
    );
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn findings_are_annotated_worst_first_and_the_rest_is_silent() {
        let report = fixture::report();
        let expected = report
            .checked
            .iter()
            .filter(|c| Mapping::default().level(c.verdict.outcome) != Level::None)
            .count();
        let text = String::from_utf8(annotations(&[report], &Mapping::default()).unwrap()).unwrap();
        assert_eq!(text.lines().count(), expected);
        assert!(text.starts_with("::error file=autumn.md,line="), "{text}");
        let kinds: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(
            kinds
                .is_sorted_by_key(|kind| ["::error", "::warning", "::notice"].iter().position(|k| k == kind))
        );
    }

    #[test]
    fn text_cannot_start_a_command_of_its_own() {
        let mut report = fixture::hostile();
        let (words, start) = ("x\n::stop-commands::y, 100% z", report.checked[0].claim.span.start);
        report.article.plain.replace_range(start..start + words.len(), words);
        report.article.id = "a,b:c\n::error::.md".to_owned();
        for bytes in [
            annotations(std::slice::from_ref(&report), &Mapping::default()),
            summary(&[report], &Mapping::default()),
        ] {
            let text = String::from_utf8(bytes.unwrap()).unwrap();
            assert!(!text.contains("\n::stop") && !text.contains("\n::error::"), "{text}");
            assert!(!text.contains('\u{1b}') && !text.contains("<script"), "{text}");
        }
    }

    #[test]
    fn the_summary_has_every_claim() {
        let report = fixture::report();
        let n = report.checked.len();
        let text = String::from_utf8(summary(&[report], &Mapping::default()).unwrap()).unwrap();
        assert_eq!(text.lines().filter(|line| line.starts_with("| ")).count(), n + 1);
    }
}
