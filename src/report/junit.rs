//! JUnit: reports in; a test suite a document and a test case a claim out, for the test panels of build servers.

use super::document::{Checked, Report, Standing};
use super::mapping::{Level, Mapping};
use super::{place, sarif, view};
use crate::error::{Error, Result};
use crate::verdict::Outcome;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

/// One report with every document. A claim at level `error` fails, one that nothing could decide is skipped.
pub(super) fn render(reports: &[Report], mapping: &Mapping) -> Result<Vec<u8>> {
    let mut all = quick_junit::Report::new("benchclaim");
    for report in reports {
        let mut suite = TestSuite::new(view::shown(&report.article.id));
        suite.add_property(("as-of", report.as_of.to_string().as_str()));
        suite.add_property(("newest-data", report.newest.to_string().as_str()));
        suite.add_property(("version", report.version.as_str()));
        suite.add_test_cases(report.checked.iter().enumerate().map(|(i, c)| case(report, i, c, mapping)));
        all.add_test_suite(suite);
    }
    let text = all
        .to_string()
        .map_err(|error| Error::Render { what: "JUnit".to_owned(), why: error.to_string() })?;
    Ok(text.into_bytes())
}

fn case(report: &Report, index: usize, checked: &Checked, mapping: &Mapping) -> TestCase {
    let Checked { claim, verdict, .. } = checked;
    let message = sarif::message(report, checked);
    let status = match (verdict.outcome, mapping.level(verdict.outcome), checked.standing) {
        (_, Level::Error, Standing::Uncompared | Standing::New) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_message(&*message)
                .set_type(verdict.outcome.name())
                .set_description(details(report, checked));
            status
        }
        (Outcome::Insufficient | Outcome::NotCheckable, ..) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(&*message).set_type(verdict.outcome.name());
            status
        }
        _ => TestCaseStatus::success(),
    };
    let words = view::shown(report.article.words(claim.span));
    let mut case = TestCase::new(format!("{} {words}", report.claim_id(index)), status);
    case.set_classname(format!("{}.{}", view::shown(&report.article.id), claim.kind.name()));
    case.add_property(("verdict", verdict.outcome.name()));
    if let Some(support) = verdict.support {
        case.add_property(("support", support.to_string().as_str()));
    }
    if let Some(region) = place::region(&report.article, claim.span) {
        case.add_property(("line", region.start.0.to_string().as_str()));
    }
    case.set_system_out(message);
    case
}

/// What a reader of a failed build wants to see: where it stands, the sentence, each step down.
fn details(report: &Report, checked: &Checked) -> String {
    let mut lines = Vec::new();
    if let Some(region) = place::region(&report.article, checked.claim.span) {
        lines.push(format!("{}:{}:{}", view::shown(&report.article.id), region.start.0, region.start.1));
    }
    lines.push(view::shown(checked.claim.sentence.of(&report.article.original)));
    lines.extend(
        checked.verdict.steps.iter().map(|(_, cause)| format!("less certain: {}", view::shown(cause))),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn text(report: Report) -> String {
        String::from_utf8(render(&[report], &Mapping::default()).unwrap()).unwrap()
    }

    #[test]
    fn contradicted_claims_fail_and_silent_ones_are_skipped() {
        let report = fixture::report();
        let (n, failed) = (report.checked.len(), report.count(Outcome::Contradicted));
        let skipped = report.count(Outcome::Insufficient) + report.count(Outcome::NotCheckable);
        let text = text(report);
        assert!(failed > 0 && skipped > 0);
        assert_eq!(text.matches("<testcase ").count(), n);
        assert_eq!(text.matches("<failure ").count(), failed);
        assert_eq!(text.matches("<skipped ").count(), skipped);
    }

    #[test]
    fn a_known_finding_does_not_fail() {
        let mut report = fixture::report();
        report.checked.iter_mut().for_each(|checked| checked.standing = Standing::Known);
        assert!(!text(report).contains("<failure "));
    }

    #[test]
    fn hostile_text_is_text() {
        let text = text(fixture::hostile());
        assert!(!text.contains("<script") && !text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }
}
