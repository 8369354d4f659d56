//! Count claims: "more than 100 models released", "nine of the ten best are Chinese", "a wave of open models".
//!
//! # What it reads
//! A number, or a surge without one, of models: in the top places of a board, listed on a board, released in a window.
//!
//! # How it is recomputed
//! Places and lists are counted as they stood. The identity tables hold a part of all models, so their count is a
//! lower bound: more than claimed decides, fewer decides nothing. A surge compares two windows of equal length by the
//! conditional binomial of their counts (Przyborowski and Wilenski 1940), with Jeffreys' prior.
//!
//! # What it cannot tell
//! Downloads, users, votes, repositories, chips: only where a statement gives a number.

use super::database::Database;
use super::downloads;
use super::listed;
use super::makers;
use super::measured::{Absence, Measured, Picture, Pool, Reading, Step, Tally, Target, Uncertainty};
use super::party::{self, Named};
use super::places::{self, Told};
use super::record;
use super::stated;
use super::view::View;
use super::votes;
use super::window::{self, months_before};
use super::words::Words;
use crate::claim::Claim;
use crate::error::Result;
use crate::names::{Entity, Group, ModelFacts};
use crate::reported::{Comparator, Interval, Reported, Unit};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashSet};

/// A wave is told over two years: shorter windows mostly show how late the tables are filled.
const LONGEST_WINDOW_MONTHS: u32 = 24;

/// A window shorter than this holds too few releases to compare.
const SHORTEST_WINDOW_DAYS: i32 = 60;

/// Half of the releases of two windows of one length fall in either, if nothing changed.
const EVEN_PERCENT: f64 = 50.0;

/// The rules that find how many models somebody brought out.
const RELEASED_RULES: &str = "count/released";

/// What no table here counts, by the words that betray it.
#[rustfmt::skip]
const UNCOUNTED: [&str; 26] = [
    "download", "user", "vote", "star", "derivativ", "variant", "repositor", "dataset", "space", "chip",
    "gpu", "signup", "upload", "token", "checkpoint", "patent", "paper", "employee", "engineer", "customer",
    "app ", "apps", "used most", "most used", "volume", "openrouter",
];

/// Words that pick some models by a rule that the tables do not apply.
#[rustfmt::skip]
const PICKED: [&str; 12] = [
    "notable", "significant", "larger than", "bigger than", "smaller than", "parameters", "multimodal",
    "video", "speech", "image", "small language", "high quality",
];

/// Words of a number that grows, which stand where a board's name might mean its places.
#[rustfmt::skip]
const SURGE: [&str; 16] = [
    "wave", "proliferat", "surge", "flood", "boom", "explosion", "follow", "flurry", "more and more", "growing",
    "raft", "slew", "stream", "swarm", "avalanche", "burst",
];

/// The readings of a count claim; never none: what is not counted is said.
pub(super) fn readings(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let words = Words::about(claim);
    let absent = |meaning: &str| vec![Reading::absent("as-counted", meaning.to_owned(), Absence::NoData)];
    let named = party::named(claim, view);
    let named = if named.is_empty() { party::in_text(&claim.quote, view) } else { named };
    let group = named
        .iter()
        .filter(|named| !keeps_the_board(named, claim))
        .find(|n| matches!(n.entity, Entity::Group(_) | Entity::Organisation(_) | Entity::Family(_)))
        .map(|named| named.as_maker(view));
    let group = group.as_ref();
    let listed = party::board(claim, view);
    let database = Database::named(claim, view);
    // "64 of the models on the Arena come from Chinese labs" counts models, "Chinese labs released 64" too.
    let is_of_labs = words.any(&["lab ", "labs"])
        && !claim.rule.starts_with(RELEASED_RULES)
        && listed.is_none()
        && database.is_none();
    if let Some(reading) = votes::is_asked(&words).then(|| votes::reading(claim, view)).transpose()?.flatten()
    {
        return Ok(vec![reading]);
    }
    if words.any(&UNCOUNTED) || is_of_labs {
        let spoken = group
            .filter(|_| words.any(&["download"]))
            .and_then(|group| downloads::reading(claim, view, group));
        return Ok(spoken.map_or_else(|| absent("no table here counts that"), |reading| vec![reading]));
    }
    if let (Some(counted), Some(benchmark), Some(reported)) =
        (makers::Counted::named(&words), &listed, &claim.reported)
    {
        return makers::readings(view, benchmark, words.places(), counted, reported.interval());
    }
    let is_of_models = words.any(&["model", "llm", "system", "release", "submission", "ai "])
        || (database.is_some() && words.any(&["entr", "listing"]))
        || words.places().is_some()
        || (listed.is_some() && words.any(&["entr", "row", "place", "result"]));
    if !is_of_models {
        return Ok(absent("no table here counts that"));
    }
    // "As many as thirty" says thirty, not thirty or any number below.
    let as_many = |reported: &Reported| match reported.comparator {
        Some(Comparator::Le) if words.any(&["as many as"]) => {
            Reported { comparator: None, ..*reported }.interval()
        }
        _ => reported.interval(),
    };
    let counted = claim.reported.as_ref().filter(|reported| reported.unit == Unit::Count);
    let claimed = counted.map(as_many);
    if claim.reported.is_some() && claimed.is_none() {
        return Ok(absent("no table here counts that"));
    }
    if let Some(claimed) = claimed
        && let Some(readings) = stated::readings(claim, view, Told::Count, claimed)?
        && !readings.is_empty()
    {
        return Ok(readings);
    }
    if let (Some(places), Some(party)) = (words.places(), party::counted(claim, view)) {
        let readings = places::readings(claim, view, &party, places, Told::Count)?;
        if !readings.is_empty() {
            return Ok(readings);
        }
    }
    if let (Some(benchmark), Some(claimed)) = (&listed, claimed) {
        return Ok(listed::reading(claim, view, benchmark, group, claimed)?
            .map_or_else(|| absent("that board is not among the data sets"), |reading| vec![reading]));
    }
    let Some(group) = group else { return Ok(absent("whose models are counted does not resolve")) };
    if let (Some(database), Some(claimed)) = (&database, claimed.filter(|_| !words.any(&PICKED))) {
        let reading = database.count(group, claimed);
        return Ok(reading.map_or_else(|| absent("no model there is of that time"), |reading| vec![reading]));
    }
    let is_lower_bound = claimed.is_some_and(|claimed| claimed.high.is_infinite());
    let readings = match claimed {
        Some(_) if words.any(&PICKED) => {
            absent("the models counted are picked by a rule that no table here applies")
        }
        Some(_) if !is_lower_bound && window::is_open(window::counted(claim, view.day).0) => {
            vec![Reading::absent("as-counted", "over which time is not said".to_owned(), Absence::Ambiguous)]
        }
        Some(claimed) => vec![released(claim, view, group, claimed)],
        None if listed.is_some() && !words.any(&SURGE) => absent("how many are meant is not said"),
        None => surge(claim, view, group),
    };
    Ok(if readings.is_empty() { absent("the tables hold too few releases about that day") } else { readings })
}

/// Whether somebody is named only as whose board it is: "AI2's WildBench".
fn keeps_the_board(named: &Named, claim: &Claim) -> bool {
    let board = claim.benchmark.as_ref().map_or("", |board| board.text.as_str());
    matches!(named.entity, Entity::Organisation(_))
        && !board.is_empty()
        && Words::new(&claim.quote).hold(&format!("{}'s {board}", named.text))
}

/// Models of the group released in a window, each once whatever its dated and sized versions.
fn in_window(records: &[ModelFacts], from: Date, to: Date) -> Vec<&ModelFacts> {
    let in_window = |facts: &&ModelFacts| facts.released.is_some_and(|day| from < day && day <= to);
    let mut seen = HashSet::new();
    let once = |facts: &&ModelFacts| {
        seen.insert((facts.family.clone().unwrap_or_else(|| facts.id.clone()), facts.released))
    };
    records.iter().filter(in_window).filter(once).collect()
}

/// The group, restricted to the country that the quote names apart from it: "open-weight models released in China".
fn placed(claim: &Claim, view: &View<'_>, group: &Named) -> Named {
    let place = party::in_text(&claim.quote, view).into_iter().find_map(|named| match named.entity {
        Entity::Group(place) if !place.countries.is_empty() => Some(place.countries),
        _ => None,
    });
    match (&group.entity, place) {
        (Entity::Group(known), Some(countries)) if known.countries.is_empty() => {
            Named { text: group.text.clone(), entity: Entity::Group(Group { countries, ..known.clone() }) }
        }
        _ => Named { text: group.text.clone(), entity: group.entity.clone() },
    }
}

fn released(claim: &Claim, view: &View<'_>, group: &Named, claimed: Interval) -> Reading {
    let group = &placed(claim, view, group);
    let (from, to) = window::counted(claim, view.day);
    let records = record::records(view, &group.entity);
    let models = in_window(&records, from, to);
    let count = models.len() as f64;
    let when = if window::is_open(from) { format!("by {to}") } else { format!("from {from} to {to}") };
    let meaning = format!("releases of {} {when} in the identity tables", group.text);
    let Some(first) = models.first().filter(|_| count >= claimed.low || claimed.low.is_infinite()) else {
        let meaning =
            format!("{meaning}: {count}, a lower bound that falls short of the number and cannot refute it");
        return Reading::absent("released", meaning, Absence::ProxyOnly);
    };
    let sources = record::sources(view, models.iter().copied(), record::released);
    // A lower bound above the number decides alone; below it, "fewer than" is not shown either.
    if count < claimed.high && claimed.low.is_infinite() {
        let meaning = format!("{meaning}: {count}, a lower bound that cannot show that there are no more");
        return Reading::absent("released", meaning, Absence::ProxyOnly);
    }
    let mut steps = vec![Step::Indirectness];
    steps.extend(record::retrospective(view, &sources));
    Reading::of_sources(
        "released".to_owned(),
        meaning,
        vec![Measured {
            label: format!("different releases of {} {when}, at least", group.text),
            benchmark: "releases".to_owned(),
            metric: "models".to_owned(),
            unit: Unit::Count,
            estimate: count,
            uncertainty: Uncertainty::Exact,
            n: Some(models.len() as u64),
            evaluation: record::evaluation(view, first),
            claimed,
            target: Target::Published,
            conclusion: None,
            scale: 1.0,
            sources,
        }],
        steps,
    )
}

/// A wave or proliferation: releases after a day against as long before it.
fn surge(claim: &Claim, view: &View<'_>, group: &Named) -> Vec<Reading> {
    let mut records = record::records(view, &group.entity);
    let mut readings = Vec::new();
    if let Some((name, day, entity)) = event(claim, view, group) {
        // "Others have followed": whose release it was is not one of the others.
        let theirs: BTreeSet<String> =
            record::records(view, &entity).into_iter().map(|facts| facts.id).collect();
        records.retain(|facts| !theirs.contains(&facts.id));
        readings.extend(before_and_after(
            view,
            group,
            &records,
            "after-the-event",
            &format!("since {name} ({day})"),
            day,
        ));
    }
    let two_years = months_before(view.day, LONGEST_WINDOW_MONTHS);
    readings.extend(before_and_after(view, group, &records, "two-years", "in the last two years", two_years));
    readings
}

/// The event that the words date the surge by: one of the table of events, else the first release of a maker or
/// family that they name beside the group.
fn event(claim: &Claim, view: &View<'_>, group: &Named) -> Option<(String, Date, Entity)> {
    let words = Words::of(claim);
    if !words.any(&["since", "after", "following", "in the wake"]) {
        return None;
    }
    let names = party::in_text(&claim.quote, view);
    let known =
        |named: &Named| Some((named.text.clone(), view.names().event(&named.text)?, named.entity.clone()));
    let first = |named: &Named| {
        let other = matches!(named.entity, Entity::Family(_) | Entity::Model(_) | Entity::Organisation(_));
        let released =
            record::records(view, &named.entity).into_iter().filter_map(|facts| facts.released).min();
        (other && named.entity != group.entity).then_some((
            named.text.clone(),
            released?,
            named.entity.clone(),
        ))
    };
    names
        .iter()
        .find_map(known)
        .or_else(|| names.iter().find_map(first))
        .filter(|(_, day, _)| *day < view.day)
}

fn before_and_after(
    view: &View<'_>,
    group: &Named,
    records: &[ModelFacts],
    name: &str,
    when: &str,
    split: Date,
) -> Option<Reading> {
    let to = view.day.min(split.saturating_add(jiff::Span::new().months(i64::from(LONGEST_WINDOW_MONTHS))));
    let length = to.since(split).ok()?.get_days();
    if length < SHORTEST_WINDOW_DAYS {
        return None;
    }
    let from = split.saturating_sub(jiff::Span::new().days(length));
    let (before, after) = (in_window(records, from, split), in_window(records, split, to));
    let n = (before.len() + after.len()) as u64;
    let meaning = format!("releases of {} {when} against the {length} days before", group.text);
    if after.len() < before.len() {
        let meaning = format!(
            "{meaning}: {} against {}; the tables are filled late, fewer prove nothing",
            after.len(),
            before.len()
        );
        return Some(Reading::absent(name, meaning, Absence::ProxyOnly));
    }
    let first = after.first().or(before.first())?;
    let sources = record::sources(view, before.iter().chain(&after).copied(), record::released);
    let mut steps = vec![Step::Indirectness];
    steps.extend(record::retrospective(view, &sources));
    Some(Reading {
        name: name.to_owned(),
        meaning,
        pool: Pool::Sources,
        measured: vec![Measured {
            label: format!(
                "share of the {n} releases of {} from {from} to {to} that fall after {split} ({} against {} before)",
                group.text,
                after.len(),
                before.len()
            ),
            benchmark: "releases".to_owned(),
            metric: "share-after".to_owned(),
            unit: Unit::Percent,
            estimate: 100.0 * after.len() as f64 / n as f64,
            // Given their sum, one of two Poisson counts is binomial; its share is even when the rates are equal.
            uncertainty: Uncertainty::Proportion { n, scale: 100.0 },
            n: Some(n),
            evaluation: record::evaluation(view, first),
            claimed: Interval::at_least(EVEN_PERCENT.next_up()),
            target: Target::Latent,
            conclusion: None,
            scale: 1.0,
            sources,
        }],
        absence: None,
        steps,
        picture: Some(Picture::Counts {
            what: format!("releases of {}", group.text),
            before: Tally { from, to: split, n: before.len() },
            after: Tally { from: split, to, n: after.len() },
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, more_than, named, number, shipped};
    use super::super::gather;
    use super::*;
    use crate::claim::ClaimKind;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim, day: jiff::civil::Date) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), day).expect("readable tables"))).outcome
    }

    fn released(reported: Option<crate::reported::Reported>, as_of: Option<&str>) -> Claim {
        let as_of = as_of.map(str::to_owned);
        Claim {
            reported,
            as_of,
            ..claim(ClaimKind::Count, "Chinese models were released", &["Chinese models"], &[])
        }
    }

    #[test]
    fn a_lower_bound_supports_and_never_refutes_more_than() {
        let day = date(2025, 12, 31);
        assert_eq!(outcome(&released(more_than(50.0, Unit::Count), Some("2024")), day), Outcome::Supported);
        assert_eq!(
            outcome(&released(more_than(100_000.0, Unit::Count), Some("2024")), day),
            Outcome::Insufficient
        );
        assert_eq!(
            outcome(&released(number(3.0, Unit::Count, 1.0), Some("2024")), day),
            Outcome::Contradicted
        );
        assert_eq!(
            outcome(&released(number(3.0, Unit::Count, 1.0), None), day),
            Outcome::Insufficient,
            "when?"
        );
    }

    #[test]
    fn a_wave_is_more_than_before() {
        let wave = claim(ClaimKind::Count, "a wave of Chinese models", &["Chinese models"], &[]);
        assert_eq!(outcome(&wave, date(2024, 12, 31)), Outcome::Supported);
    }

    #[test]
    fn downloads_are_known_from_statements_only() {
        let claim = |value, who: &str| Claim {
            reported: number(value, Unit::Count, value / 100.0),
            ..claim(ClaimKind::Count, "downloads", &[who], &[])
        };
        let day = date(2026, 5, 1);
        assert_eq!(outcome(&claim(1.15e9, "Chinese models"), day), Outcome::Supported);
        assert_eq!(outcome(&claim(3e9, "Chinese models"), day), Outcome::Insufficient, "a sum grows");
        assert_eq!(outcome(&claim(1e8, "Llama"), day), Outcome::Insufficient);
    }

    #[test]
    fn places_are_counted_on_the_named_board() {
        let places = |held: f64| Claim {
            reported: number(held, Unit::Count, 1.0),
            benchmark: named("Chatbot Arena"),
            population: Some("top 10 models".to_owned()),
            ..claim(ClaimKind::Count, "of the top 10 models", &["American models"], &[])
        };
        let day = date(2024, 7, 15);
        let right: Vec<u8> =
            (0..=10u8).filter(|held| outcome(&places(f64::from(*held)), day) == Outcome::Supported).collect();
        assert_eq!(right.len(), 1, "one number of places is the right one: {right:?}");
        assert_eq!(outcome(&places(f64::from(right[0] - 4)), day), Outcome::Contradicted);
    }
}
