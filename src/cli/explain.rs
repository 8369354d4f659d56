//! `benchclaim explain`: a claim type, verdict or reason code in; how it is found and decided, in prose, out.

use super::near::nearest;
use super::{Ending, explain_rule, output};
use crate::claim::ClaimKind;
use crate::evidence::told_readings;
use crate::verdict::{Outcome, Reason};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

const TOPICS: &str = include_str!("../../assets/explain/topics.toml");

/// Explanations by code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    types: BTreeMap<String, String>,
    verdicts: BTreeMap<String, String>,
    reasons: BTreeMap<String, String>,
}

/// Explains one topic, or one rule, or lists them all.
pub(super) fn run(topic: Option<&str>, name: Option<&str>) -> Result<Ending> {
    let Some(topic) = topic else { return output::write(listing()?.as_bytes(), None) };
    if topic == "rule" {
        return output::write(explain_rule::told(name)?.as_bytes(), None);
    }
    if let Some(name) = name {
        bail!(
            "`{topic} {name}` is too much; `benchclaim explain {topic}` explains it, `benchclaim explain rule {name}` a rule"
        );
    }
    let wanted = topic.to_lowercase().replace([' ', '_'], "-");
    let text = explanation(&wanted)?;
    if text.is_empty() {
        let codes = codes();
        match nearest(&wanted, codes.iter().map(String::as_str)) {
            Some(near) => bail!("`{topic}` is no claim type, verdict or reason; did you mean `{near}`?"),
            None => bail!("`{topic}` is no claim type, verdict or reason; `benchclaim explain` lists them"),
        }
    }
    output::write(text.as_bytes(), None)
}

/// Everything said of a code; empty for one that is none. `forecast` is a type and a reason: both are told.
fn explanation(code: &str) -> Result<String> {
    let topics = topics()?;
    let mut text = String::new();
    if let Some(kind) = ClaimKind::ALL.into_iter().find(|kind| kind.name() == code) {
        writeln!(text, "{code}, a type of claim: {}\n", kind_line(kind))?;
        text.push_str(&match topics.types.get(code) {
            Some(told) => wrapped(told),
            None => told_by_source(kind),
        });
        text.push_str(&told_of_readings(kind)?);
    }
    if let Some(outcome) = Outcome::ALL.into_iter().find(|outcome| outcome.name() == code) {
        writeln!(text, "{code}, a verdict: {}\n", outcome_line(outcome))?;
        text.push_str(&wrapped(topics.verdicts.get(code).map_or("", String::as_str)));
    }
    if let Some(reason) = Reason::ALL.into_iter().find(|reason| reason.code() == code) {
        if !text.is_empty() {
            text.push('\n');
        }
        writeln!(text, "{code}, a reason: {}\n", reason.sentence())?;
        text.push_str(&wrapped(topics.reasons.get(code).map_or("", String::as_str)));
    }
    Ok(text)
}

fn topics() -> Result<Topics> {
    toml::from_str(TOPICS).context("the program's own explanations cannot be read")
}

/// Every code there is, each once.
fn codes() -> Vec<String> {
    let kinds = ClaimKind::ALL.iter().map(|kind| kind.name().to_owned());
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.name().to_owned());
    let mut codes: Vec<String> =
        kinds.chain(outcomes).chain(Reason::ALL.iter().map(|reason| reason.code())).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// A checkable type as the head of the file that recomputes it tells it, so that the two cannot drift apart.
fn told_by_source(kind: ClaimKind) -> String {
    let source = match kind {
        ClaimKind::Score => include_str!("../evidence/score.rs"),
        ClaimKind::Comparison => include_str!("../evidence/comparison.rs"),
        ClaimKind::Rank => include_str!("../evidence/rank.rs"),
        ClaimKind::Share => include_str!("../evidence/share.rs"),
        ClaimKind::Gap => include_str!("../evidence/gap.rs"),
        ClaimKind::Trend => include_str!("../evidence/trend.rs"),
        ClaimKind::Count => include_str!("../evidence/count.rs"),
        ClaimKind::Lineage => include_str!("../evidence/lineage.rs"),
        ClaimKind::Attribute => include_str!("../evidence/attribute.rs"),
        // Told in the topics: nothing recomputes them.
        ClaimKind::Forecast | ClaimKind::Opinion => "",
    };
    let lines = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let mut text = String::new();
    for paragraph in lines.collect::<Vec<_>>().split(|line| line.is_empty()) {
        match paragraph {
            [head, rest @ ..] if head.starts_with("# ") => {
                text.push_str(&format!("\n{}\n{}", head.trim_start_matches("# "), wrapped(&rest.join(" "))));
            }
            words => text.push_str(&wrapped(&words.join(" "))),
        }
    }
    text
}

/// The readings of a type; empty for one that is never judged.
fn told_of_readings(kind: ClaimKind) -> Result<String> {
    let mut text = String::new();
    for told in told_readings(kind) {
        writeln!(text, "\n{}\n{}", told.name, wrapped(&format!("{}: {}.", told.when, told.why)).trim_end())?;
    }
    if text.is_empty() {
        return Ok(text);
    }
    Ok(format!("\nReadings\nThe first that can be computed is the headline.\n{text}"))
}

/// Text in lines of a terminal's width.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 80;
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

fn listing() -> Result<String> {
    let mut text = String::from("Claim types\n");
    for kind in ClaimKind::ALL {
        writeln!(text, "  {:<22} {}", kind.name(), kind_line(kind))?;
    }
    text.push_str("\nVerdicts\n");
    for outcome in Outcome::ALL {
        writeln!(text, "  {:<22} {}", outcome.name(), outcome_line(outcome))?;
    }
    text.push_str("\nReasons\n");
    for reason in Reason::ALL {
        writeln!(text, "  {:<22} {}", reason.code(), reason.sentence())?;
    }
    text.push_str(
        "\n`benchclaim explain CODE` tells more of each, `benchclaim explain rule` lists the rules.\n",
    );
    Ok(text)
}

fn kind_line(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Score => "a model has a number on a benchmark; held against every row of that model there",
        ClaimKind::Comparison => {
            "one is better, worse or comparable; differences on every benchmark both have, pooled"
        }
        ClaimKind::Rank => {
            "a place on a board; simulated from the rows' intervals, among the population named"
        }
        ClaimKind::Share => "a proportion of a population; \"most\" is more than half",
        ClaimKind::Gap => "ahead or behind in time or points; the lag between two frontier curves on the day",
        ClaimKind::Trend => "something rises, falls, closes or widens",
        ClaimKind::Count => "how many models, companies, downloads",
        ClaimKind::Lineage => "one model is built on, tuned or distilled from another",
        ClaimKind::Attribute => "parameters, context, price, licence, date: a look-up at printed precision",
        ClaimKind::Forecast => "about the future; listed, not checked",
        ClaimKind::Opinion => "a judgement; listed, not checked",
    }
}

fn outcome_line(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "support of at least 0.95 under the reading nearest the words",
        Outcome::LeaningSupported => "support from 0.80 to below 0.95",
        Outcome::Inexact => {
            "the printed number is off beyond its rounding, or a word of degree is; the conclusion stands"
        }
        Outcome::Mixed => "sources disagree: at least one supports and one contradicts, each decisively",
        Outcome::Undecided => "the data bear on it and cannot tell: support between 0.20 and 0.80",
        Outcome::LeaningContradicted => "support above 0.05, at most 0.20",
        Outcome::Contradicted => "support of at most 0.05",
        Outcome::Insufficient => "nothing here bears on it; the reason is named",
        Outcome::NotCheckable => "forecast, opinion or too vague; the reason is named",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The sections of a type's explanation, in the words of the files that hold them.
    const SECTIONS: [&str; 3] = ["What it reads", "How it is recomputed", "What it cannot tell"];

    /// Shorter than this nothing is explained that the listing does not say.
    const LEAST_WORDS: usize = 8;

    #[test]
    fn every_type_verdict_and_reason_is_explained() {
        for code in codes() {
            let text = explanation(&code).unwrap();
            let body: Vec<&str> = text.splitn(2, "\n\n").collect();
            assert!(body[1].split_whitespace().count() >= LEAST_WORDS, "{code}: {text}");
        }
        for kind in ClaimKind::ALL.into_iter().filter(|kind| kind.is_checkable()) {
            let text = explanation(kind.name()).unwrap();
            assert!(SECTIONS.iter().all(|section| text.contains(&format!("\n{section}\n"))), "{text}");
        }
        assert!(run(Some("no such thing"), None).is_err());
    }

    #[test]
    fn nothing_is_explained_that_there_is_not() {
        let topics = topics().unwrap();
        let set = |names: Vec<String>| names.into_iter().collect::<BTreeSet<String>>();
        let verdicts = Outcome::ALL.map(|outcome| outcome.name().to_owned()).to_vec();
        assert_eq!(set(topics.verdicts.into_keys().collect()), set(verdicts));
        let reasons = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(set(topics.reasons.into_keys().collect()), set(reasons));
        let silent = ClaimKind::ALL.into_iter().filter(|kind| !kind.is_checkable());
        assert_eq!(
            set(topics.types.into_keys().collect()),
            set(silent.map(|k| k.name().to_owned()).collect())
        );
    }
}
