//! SARIF 2.1.0: reports in; one run in the format of code scanners out. A rule is a verdict, a result a claim.
//!
//! After the OASIS standard, sections 3.19 (`tool`), 3.27 (`result`), 3.35 (`suppression`) and 3.49 (rules).

use super::document::{Checked, Report, Standing};
use super::mapping::{Level, Mapping};
use super::{place, view, wording};
use crate::article::{Article, Span};
use crate::error::{Error, Result};
use crate::quantity;
use crate::verdict::{Outcome, Verdict};
use serde_json::{Map, Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base that relative paths are meant from, as code hosts name it.
const ROOT: &str = "%SRCROOT%";

/// One run with every claim of every document.
pub(super) fn render(reports: &[Report], mapping: &Mapping) -> Result<Vec<u8>> {
    let version = reports.first().map_or(env!("CARGO_PKG_VERSION"), |report| &report.version);
    let results: Vec<Value> = reports.iter().flat_map(|report| results(report, mapping)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "benchclaim",
                "version": version,
                "semanticVersion": version,
                "shortDescription": { "text": "Checks claims about AI models against dated public leaderboards." },
                "rules": Outcome::ALL.map(|outcome| rule(outcome, mapping)),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut bytes = serde_json::to_vec_pretty(&log)
        .map_err(|error| Error::Render { what: "SARIF".to_owned(), why: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn rule(outcome: Outcome, mapping: &Mapping) -> Value {
    let meaning = view::sentence(wording::outcome_meaning(outcome));
    json!({
        "id": outcome.name(),
        "shortDescription": { "text": meaning },
        "fullDescription": { "text": meaning },
        "help": { "text": format!("{meaning} `benchclaim explain {}` tells more.", outcome.name()) },
        "defaultConfiguration": { "level": mapping.level(outcome).name() },
    })
}

fn results<'r>(report: &'r Report, mapping: &'r Mapping) -> impl Iterator<Item = Value> + 'r {
    let fingerprints = place::fingerprints(report);
    report.checked.iter().zip(fingerprints).map(move |(checked, fingerprint)| {
        let Checked { claim, verdict, .. } = checked;
        let level = mapping.level(verdict.outcome);
        let mut result = json!({
            "ruleId": verdict.outcome.name(),
            "ruleIndex": verdict.outcome as usize,
            "kind": kind(verdict.outcome, level),
            "level": level.name(),
            "message": { "text": message(report, checked) },
            "locations": [location(&report.article, claim.span)],
            "partialFingerprints": { "claim/v1": fingerprint },
            "properties": properties(checked),
        });
        // Without a baseline the state must be absent (section 3.27.24).
        match checked.standing {
            Standing::Uncompared => {}
            Standing::New => result["baselineState"] = json!("new"),
            Standing::Known => {
                result["baselineState"] = json!("unchanged");
                result["suppressions"] =
                    json!([{ "kind": "external", "justification": "listed in the baseline" }]);
            }
        }
        if !claim.mentions.is_empty() {
            let mentions = claim.mentions.iter().enumerate().map(|(i, span)| {
                let mut related = location(&report.article, *span);
                related["id"] = json!(i + 1);
                related["message"] = json!({ "text": "says the same" });
                related
            });
            result["relatedLocations"] = mentions.collect();
        }
        result
    })
}

/// A result with a level is a failure; the standard wants every other kind to have none.
fn kind(outcome: Outcome, level: Level) -> &'static str {
    match (level, outcome) {
        (Level::None, Outcome::Supported | Outcome::LeaningSupported | Outcome::Inexact) => "pass",
        (Level::None, Outcome::Insufficient) => "open",
        (Level::None, Outcome::NotCheckable) => "notApplicable",
        (Level::None, _) => "review",
        _ => "fail",
    }
}

/// Verdict, support and why, in one line.
pub(super) fn message(report: &Report, checked: &Checked) -> String {
    let Checked { claim, verdict, .. } = checked;
    let support =
        verdict.support.map_or_else(String::new, |s| format!(", support {}", quantity::probability(s)));
    let because = match verdict.because.as_str() {
        "" => String::new(),
        because => format!(": {}", view::shown(because)),
    };
    let now = now(verdict).map_or_else(String::new, |now| format!(" ({now})"));
    format!(
        "\u{201c}{}\u{201d} {}{support}{because}{now}",
        view::shown(report.article.words(claim.span)),
        verdict.outcome.name()
    )
}

/// What the newest data say, where it differs.
fn now(verdict: &Verdict) -> Option<String> {
    let now = verdict.now.as_ref().filter(|now| now.verdict != verdict.outcome)?;
    let since = verdict.flipped_on.map_or_else(String::new, |day| format!(" since {day}"));
    Some(format!("now {}{since}", now.verdict.name()))
}

fn location(article: &Article, span: Span) -> Value {
    let uri = place::uri(article);
    let is_relative = !uri.contains("://");
    let mut artifact = json!({ "uri": uri });
    if is_relative {
        artifact["uriBaseId"] = json!(ROOT);
    }
    let mut physical = json!({ "artifactLocation": artifact });
    if let Some(region) = place::region(article, span) {
        physical["region"] = json!({
            "startLine": region.start.0,
            "startColumn": region.start.1,
            "endLine": region.end.0,
            "endColumn": region.end.1,
            "snippet": { "text": view::visible(span.of(&article.original)) },
        });
    }
    json!({ "physicalLocation": physical })
}

fn properties(checked: &Checked) -> Value {
    let Checked { claim, verdict, evidence, .. } = checked;
    let mut bag = Map::new();
    bag.insert("type".to_owned(), json!(claim.kind.name()));
    bag.insert("rule".to_owned(), json!(claim.rule));
    bag.insert("support".to_owned(), json!(verdict.support.filter(|s| s.is_finite())));
    bag.insert("certainty".to_owned(), json!(verdict.certainty));
    bag.insert("reasons".to_owned(), verdict.reasons.iter().map(|reason| reason.code()).collect());
    bag.insert("asOf".to_owned(), json!(evidence.as_ref().map(|evidence| evidence.as_of.to_string())));
    bag.insert("now".to_owned(), json!(verdict.now.as_ref().map(|now| now.verdict.name())));
    bag.insert("flippedOn".to_owned(), json!(verdict.flipped_on.map(|day| day.to_string())));
    Value::Object(bag)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn run(reports: &[Report], mapping: &Mapping) -> Value {
        let log: Value = serde_json::from_slice(&render(reports, mapping).unwrap()).unwrap();
        log["runs"][0].clone()
    }

    #[test]
    fn every_claim_is_a_result_at_its_place_under_a_known_rule() {
        let report = fixture::report();
        let run = run(std::slice::from_ref(&report), &Mapping::default());
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), report.checked.len());
        let lines: Vec<&str> = report.article.original.lines().collect();
        for (result, checked) in results.iter().zip(&report.checked) {
            assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
            let region = &result["locations"][0]["physicalLocation"]["region"];
            let [line, from, to] =
                ["startLine", "startColumn", "endColumn"].map(|key| region[key].as_u64().unwrap() as usize);
            let words: String = lines[line - 1].chars().skip(from - 1).take(to - from).collect();
            assert_eq!(words, checked.claim.quote);
        }
    }

    #[test]
    fn only_failures_have_a_level() {
        let mapping = Mapping::default().with_level(Outcome::Insufficient, Level::Note);
        for mapping in [Mapping::default(), mapping] {
            for result in run(&[fixture::report()], &mapping)["results"].as_array().unwrap() {
                assert_eq!(result["kind"] == "fail", result["level"] != "none", "{result}");
            }
        }
    }

    #[test]
    fn known_findings_are_suppressed_and_text_is_inert() {
        let mut report = fixture::hostile();
        report.checked[0].standing = Standing::Known;
        let run = run(&[report], &Mapping::default());
        assert_eq!(run["results"][0]["suppressions"][0]["kind"], "external");
        let text = run.to_string();
        assert!(!text.contains("\\u001b") && !text.contains('\u{202e}') && !text.contains("\\u0000"));
    }
}
