//! Shares that only people's statements speak of: the words of a claim on start-ups or companies in; its readings, with
//! the nearest statement as proxy or as decision, out.

use super::measured::{Absence, Measured, Reading, Step, Target, Uncertainty};
use super::published;
use super::statement;
use super::view::View;
use super::words::Words;
use crate::claim::Claim;
use crate::dataset::{Statement, StatementKind};
use crate::reported::Interval;

/// Populations that statements speak of, by the words of texts; the first that fits counts.
const AUDIENCES: [(&str, &[&str]); 2] = [
    ("startups", &["startup", "start up", "portfolio compan", "founders"]),
    ("companies", &["compan", "firm", "enterprise", "business", "organization", "organisation"]),
];

/// Words for making use of a model.
#[rustfmt::skip]
const USES: [&str; 14] = [
    "use", "using", "start with", "starting with", "run ", "running", "adopt", "build on", "building on",
    "rely", "pick", "choose", "go with", "opt for",
];

/// Words for the narrower population of those that use open models: who, and what they do.
const USERS: [&str; 10] = [
    "that",
    "who",
    "which",
    "startup",
    "start up",
    "startups",
    "start ups",
    "founders",
    "companies",
    "users",
];
const OF_OPEN: [&str; 10] = [
    "use open",
    "already use open",
    "build on open",
    "run open",
    "using open models",
    "working with open models",
    "using open source models use",
    "with open",
    "with an open",
    "of open",
];

/// Words that put a number as high as it may be, and mean that number.
const AS_MANY: [&str; 4] = ["as many as", "as much as", "as high as", "up to"];

/// A percentage printed without decimals is good to half a point.
const PRINTED_POINT: f64 = 0.5;

/// A population that shows its speaker: a statement about just that population is then no proxy.
const SPEAKERS: [&str; 5] = ["venture", "portfolio", "pitch", "a16z", "andreessen"];

/// Whether the population is those that use open models at all: "start-ups that use open models".
fn is_of_users(words: &Words) -> bool {
    USERS.iter().any(|who| OF_OPEN.iter().any(|what| words.any(&[&format!("{who} {what}")])))
}

/// Shares of start-ups and companies, of which only statements speak.
pub(super) fn readings(
    claim: &Claim,
    view: &View<'_>,
    words: &Words,
    claimed: Interval,
) -> Option<Vec<Reading>> {
    // "As many as 80 %" says eighty, not eighty or any share below.
    let claimed = if words.any(&AS_MANY) && claimed.low.is_infinite() {
        Interval { low: claimed.high - PRINTED_POINT, high: claimed.high + PRINTED_POINT }
    } else {
        claimed
    };
    let (audience, _) = AUDIENCES.iter().find(|(_, entries)| words.any(entries))?;
    let of_chinese = words.any(&[
        "chinese model",
        "chinese open",
        "chinese ai model",
        "chinese llm",
        "chinese one",
        "models from china",
    ]);
    let object = match () {
        () if !words.any(&USES) => return None,
        () if of_chinese => "chinese-models",
        // "Chinese firms rely on American open models" is a claim on lineage.
        () if words.any(&[
            "american model",
            "american open",
            "american ai",
            "western model",
            "western open",
            "us model",
            "u s model",
        ]) =>
        {
            return None;
        }
        () if words.any(&["open model", "open source", "open weight"]) => "open-models",
        () => return None,
    };
    // Of those that use open models at all, most may use Chinese ones while few of all do.
    let is_among_users = of_chinese && is_of_users(words);
    let own = match is_among_users {
        true => format!("open-model-{audience}-using-{object}"),
        false => format!("{audience}-using-{object}"),
    };
    let standing = view.catalog.statements().standing(&own, view.day);
    let mut readings = Vec::new();
    let proxies = match standing.first() {
        Some(_) => standing,
        // What is known of start-ups is the nearest there is to companies.
        None => view.catalog.statements().standing(&format!("startups-using-{object}"), view.day),
    };
    let Some(first) = proxies.first() else {
        let meaning =
            format!("no table here counts which models {audience} use, and nobody had said by then");
        return Some(vec![Reading::absent("as-written", meaning, Absence::NoData)]);
    };
    // Of the narrower population nobody else speaks: who is named there is quoted on it.
    // Who is named with a range of theirs is quoted on it too: the range says how sure they were.
    let is_ranged = first.low.is_some() && first.topic == own;
    let is_quoted = (is_among_users || is_ranged) && published::is_by(claim, &first.who);
    let is_theirs = words.any(&SPEAKERS) || is_quoted;
    let is_same = is_theirs && first.topic == own;
    let reading = |name: &str, statement: &Statement| {
        let mut steps = statement::steps(statement);
        if !(is_theirs && statement.topic == own) {
            steps.insert(0, Step::Indirectness);
        }
        let mut measured = statement::measured(view, statement, claimed)?;
        // Whoever is quoted said what they said, however sure of it they were.
        if is_quoted && statement.topic == own {
            measured = Measured { uncertainty: Uncertainty::Exact, target: Target::Published, ..measured };
        }
        let meaning = format!("{}: {}", statement.population, statement.claim);
        Some(Reading::of_sources(name.to_owned(), meaning, vec![measured], steps))
    };
    let decides = first.topic == own && (is_same || first.kind != StatementKind::Estimate);
    if decides {
        readings.extend(reading("as-written", first));
    } else {
        let meaning = format!(
            "the nearest is one person's estimate of {} ({}, {}): {}",
            first.population, first.who, first.said_on, first.claim
        );
        let mut headline = Reading::absent("as-written", meaning, Absence::ProxyOnly);
        headline.steps = statement::steps(first);
        readings.push(headline);
        readings.extend(reading("single-estimate", first));
    }
    // The other denominator: of those that use open models at all.
    if is_among_users {
        return Some(readings);
    }
    let among_open = view.catalog.statements().standing(&format!("open-model-{own}"), view.day);
    readings
        .extend(among_open.first().and_then(|statement| reading("among-users-of-open-models", statement)));
    Some(readings)
}
