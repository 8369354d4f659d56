//! Shares that only people's statements speak of: the words of a claim on start-ups or companies in; its readings, with
//! the nearest statement as proxy or as decision, out.

use super::measured::{Absence, Picture, Pool, Reading, Step};
use super::statement;
use super::view::View;
use super::words::Words;
use crate::dataset::{Statement, StatementKind};
use crate::reported::Interval;

/// Populations that statements speak of, by the words of texts; the first that fits counts.
const AUDIENCES: [(&str, &[&str]); 2] = [
    ("startups", &["startup", "start up", "portfolio compan"]),
    ("companies", &["compan", "firm", "enterprise", "business", "organization", "organisation"]),
];

/// Words for making use of a model.
#[rustfmt::skip]
const USES: [&str; 10] = [
    "use", "using", "start with", "starting with", "run ", "running", "adopt", "build on", "building on",
    "rely",
];

/// A population that shows its speaker: a statement about just that population is then no proxy.
const SPEAKERS: [&str; 5] = ["venture", "portfolio", "pitch", "a16z", "andreessen"];

/// Shares of start-ups and companies, of which only statements speak.
pub(super) fn readings(view: &View<'_>, words: &Words, claimed: Interval) -> Option<Vec<Reading>> {
    let (audience, _) = AUDIENCES.iter().find(|(_, entries)| words.any(entries))?;
    let of_chinese =
        words.any(&["chinese model", "chinese open", "chinese ai model", "chinese llm", "models from china"]);
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
    let own = format!("{audience}-using-{object}");
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
    let is_same = words.any(&SPEAKERS) && first.topic == own;
    let reading = |name: &str, statement: &Statement| {
        let mut steps = statement::steps(statement);
        if !(words.any(&SPEAKERS) && statement.topic == own) {
            steps.insert(0, Step::Indirectness);
        }
        Some(Reading {
            name: name.to_owned(),
            meaning: format!("{}: {}", statement.population, statement.claim),
            pool: Pool::Sources,
            measured: vec![statement::measured(view, statement, claimed)?],
            absence: None,
            steps,
            picture: Some(Picture::Forest),
        })
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
    let among_open = view.catalog.statements().standing(&format!("open-model-{own}"), view.day);
    readings
        .extend(among_open.first().and_then(|statement| reading("among-users-of-open-models", statement)));
    Some(readings)
}
