//! `benchclaim explain`: a claim type, verdict or reason code in; how it is found and decided, in prose, out.

use super::{Ending, output};
use crate::claim::ClaimKind;
use crate::verdict::{Outcome, Reason};
use anyhow::{Result, bail};
use std::fmt::Write;

/// Explains one topic, or lists them all.
pub(super) fn run(topic: Option<&str>) -> Result<Ending> {
    let Some(topic) = topic else { return output::write(listing()?.as_bytes(), None) };
    let wanted = topic.to_lowercase().replace([' ', '_'], "-");
    let text = ClaimKind::ALL
        .into_iter()
        .find(|kind| kind.name() == wanted)
        .map(kind_text)
        .or_else(|| Outcome::ALL.into_iter().find(|o| o.name() == wanted).map(outcome_text))
        .or_else(|| Reason::ALL.into_iter().find(|r| r.code() == wanted).map(Reason::sentence));
    let Some(text) = text else {
        let topics = topics();
        let near = topics.iter().max_by(|a, b| strsim::jaro(a, &wanted).total_cmp(&strsim::jaro(b, &wanted)));
        let near = near.map(String::as_str).unwrap_or_default();
        bail!("`{topic}` is no claim type, verdict or reason; did you mean `{near}`?");
    };
    output::write(format!("{wanted}: {text}\n").as_bytes(), None)
}

fn topics() -> Vec<String> {
    let kinds = ClaimKind::ALL.iter().map(|kind| kind.name().to_owned());
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.name().to_owned());
    kinds.chain(outcomes).chain(Reason::ALL.iter().map(|reason| reason.code())).collect()
}

fn listing() -> Result<String> {
    let mut text = String::from("Claim types\n");
    for kind in ClaimKind::ALL {
        writeln!(text, "  {:<22} {}", kind.name(), kind_text(kind))?;
    }
    text.push_str("\nVerdicts\n");
    for outcome in Outcome::ALL {
        writeln!(text, "  {:<22} {}", outcome.name(), outcome_text(outcome))?;
    }
    text.push_str("\nReasons\n");
    for reason in Reason::ALL {
        writeln!(text, "  {:<22} {}", reason.code(), reason.sentence())?;
    }
    Ok(text)
}

fn kind_text(kind: ClaimKind) -> &'static str {
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

fn outcome_text(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "support of at least 0.95 under the reading nearest the words",
        Outcome::LeaningSupported => "support from 0.80 to below 0.95",
        Outcome::Inexact => {
            "the printed number is off beyond its rounding; the conclusion it serves still stands"
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

    #[test]
    fn every_topic_that_is_listed_can_be_explained() {
        for topic in topics() {
            assert!(run(Some(&topic)).is_ok(), "{topic}");
        }
        assert!(run(Some("no such thing")).is_err());
    }
}
