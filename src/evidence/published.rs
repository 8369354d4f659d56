//! Published figures: a distance that the text says somebody found in; what they published of it, as a reading, out.
//!
//! "Chinese models trail by seven months, Epoch AI finds" is about Epoch AI's own figure before it is about any other.

use super::comparison;
use super::figures;
use super::measured::{Measured, Reading, Target, Uncertainty};
use super::months;
use super::party;
use super::statement;
use super::view::View;
use super::window;
use super::words::Words;
use crate::claim::{Claim, Party, Relation};
use crate::dataset::Statement;
use crate::names::Entity;
use crate::reported::{Interval, Reported, Unit};

/// What the reading is called.
const NAME: &str = "as-published";

/// A published figure is met within this share of it: it was rounded before it was printed.
const ROUNDING_SHARE: f64 = 0.05;

/// Shorter words in capitals are no name of an institute: "AI", "US".
const SHORTEST_INITIALS: usize = 4;

/// How the topics of gaps on boards begin.
const GAP_ON: &str = "china-gap-on-";

/// The rule that finds a distance between two without saying who is behind.
const BETWEEN_RULE: &str = "gap/between";

/// Sides by their place in the topics of statements.
const CHINA: &str = "china";
const OPEN: &str = "open";

/// Whose published figures a text may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Publisher {
    /// Of whom it names, or whose very figure it repeats.
    Named,
    /// Of anybody who published one of that board and month.
    Anybody,
}

/// The published figure of how far one side is behind the other.
pub(super) fn distance(
    claim: &Claim,
    view: &View<'_>,
    (laggard, leader): (&Party, &Party),
    index: Option<&str>,
    publisher: Publisher,
) -> Option<Reading> {
    let reported = match claim.reported? {
        time if matches!(time.unit, Unit::Days | Unit::Months | Unit::Years) => months::in_months(&time),
        other => other,
    };
    // "The distance between the two" says nothing of who is behind.
    let either = || behind(view, leader, laggard).filter(|_| claim.rule == BETWEEN_RULE);
    let side = behind(view, laggard, leader).or_else(either)?;
    let topic = match (side, reported.unit) {
        (CHINA, Unit::Months) => "china-lag-behind-us".to_owned(),
        (OPEN, Unit::Months) => "open-lag-behind-closed".to_owned(),
        (CHINA, _) => topic_of_gap(view, index?, &month(claim)?)?,
        _ => return None,
    };
    // A figure of one month was published later, and is no other by then; what it said of the day must have been said.
    let said_by = if topic.starts_with(GAP_ON) { view.catalog.newest() } else { view.day.last_of_month() };
    let standing = view.catalog.statements().standing(&topic, said_by);
    // Who repeats the very figure that was published of a board and a month means that figure, whoever is named.
    let repeats = |s: &Statement| {
        let is_plain =
            reported.unit == Unit::Points && reported.comparator.is_none() && reported.high.is_none();
        topic.starts_with(GAP_ON) && is_plain && s.middle().is_some_and(|v| reported.interval().contains(v))
    };
    let is_anybodys = publisher == Publisher::Anybody && topic.starts_with(GAP_ON);
    let is_meant = |s: &Statement| is_anybodys || is_by(claim, &s.who) || repeats(s);
    let statement = standing.into_iter().find(|s| is_meant(s) && is_of(s, laggard))?;
    let tolerance = ROUNDING_SHARE * statement.middle()?.abs();
    let measured = Measured {
        uncertainty: Uncertainty::Exact,
        target: Target::Published,
        conclusion: Some(comparison::near(&reported, tolerance)),
        ..statement::measured(view, statement, reported.interval().widened(tolerance))?
    };
    let steps = statement::steps(statement);
    Some(Reading::of_sources(NAME.to_owned(), published(&[statement]), vec![measured], steps))
}

/// The change between the first and the last figure that somebody published of a gap on a board, where the text names who
/// or repeats both figures.
pub(super) fn change(
    claim: &Claim,
    view: &View<'_>,
    (one, other): (&Party, Option<&Party>),
    index: &str,
    relation: Relation,
) -> Option<Reading> {
    // Where one is named, the figures must say that it is this gap.
    let is_theirs = match other {
        Some(other) => behind(view, one, other).or_else(|| behind(view, other, one)) == Some(CHINA),
        None => matches!(country(view, one).as_deref(), Some("CN" | "US")),
    };
    if !is_theirs {
        return None;
    }
    let statements = view.catalog.statements().all().iter();
    let is_told = |topic: &str| gap_on(topic).is_some_and(|(board, _)| is_board(board, index));
    let mut told: Vec<&Statement> = statements.filter(|s| is_told(&s.topic)).collect();
    told.sort_by_key(|statement| &statement.topic);
    // Who repeats the two figures that somebody published means those, named or not.
    let is = |reported: &Reported, s: &Statement| s.middle().is_some_and(|v| reported.interval().contains(v));
    let are_theirs = match &told[..] {
        [first, .., last] if let Some(figures::Change::FromTo(from, to)) = figures::change(claim, view) => {
            is(&from, first) && is(&to, last)
        }
        _ => false,
    };
    told.retain(|statement| are_theirs || (other.is_some() && is_by(claim, &statement.who)));
    let (first, last) = (told.first()?, told.last().filter(|_| told.len() > 1)?);
    let change = last.middle()? - first.middle()?;
    let claimed = match relation {
        Relation::Closing => Interval { low: f64::NEG_INFINITY, high: 0f64.next_down() },
        _ => Interval::at_least(0f64.next_up()),
    };
    let one = statement::measured(view, last, claimed)?;
    let sources = vec![statement::source(view, first), statement::source(view, last)];
    let label = format!("change from {} to {}", first.claim, last.claim);
    let uncertainty = Uncertainty::Exact;
    let measured = Measured { label, estimate: change, uncertainty, sources, ..one };
    let steps = statement::steps(last);
    Some(Reading::of_sources(NAME.to_owned(), published(&[first, last]), vec![measured], steps))
}

/// The country of a group or a model, or the one among the words: "the US frontier".
fn country(view: &View<'_>, party: &Party) -> Option<String> {
    let of = |entity: &Entity| match entity {
        Entity::Group(group) => group.countries.first().cloned(),
        Entity::Model(id) => view.facts(id).country.clone(),
        _ => None,
    };
    match &party.entity {
        Some(entity) => of(entity),
        None => party::in_text(&party.text, view).iter().find_map(|named| of(&named.entity)),
    }
}

/// Which of the sides that statements speak of is the one behind; `None` for any other pair.
fn behind(view: &View<'_>, laggard: &Party, leader: &Party) -> Option<&'static str> {
    let is_open = |party: &Party| match party.entity.as_ref() {
        Some(Entity::Group(group)) if group.countries.is_empty() => group.open_weights,
        _ => None,
    };
    // "The frontier" is whose it is: that of the United States.
    let is_frontier = Words::new(&leader.text).any(&["frontier"]);
    match (country(view, laggard).as_deref(), country(view, leader).as_deref()) {
        (Some("CN"), Some("US")) => Some(CHINA),
        (Some("CN"), None) if is_frontier => Some(CHINA),
        _ => (is_open(laggard) == Some(true) && is_open(leader) == Some(false)).then_some(OPEN),
    }
}

/// The topic of what was published of the gap on a board in a month.
fn topic_of_gap(view: &View<'_>, index: &str, month: &str) -> Option<String> {
    let is_it = |topic: &str| gap_on(topic).is_some_and(|(board, of)| of == month && is_board(board, index));
    view.catalog.statements().all().iter().map(|s| s.topic.clone()).find(|topic| is_it(topic))
}

/// The board and the month that a topic of a gap is about.
fn gap_on(topic: &str) -> Option<(&str, &str)> {
    let told = topic.strip_prefix(GAP_ON)?;
    let (board, month) = told.split_at_checked(told.len().checked_sub("-2024-12".len())?)?;
    Some((board, month.strip_prefix('-')?))
}

/// Whether a topic's word for a board is its id, hyphens aside; "math" is its hardest level where that alone is kept.
fn is_board(word: &str, id: &str) -> bool {
    let id = id.split_once("-level").map_or(id, |(whole, _)| whole);
    word.replace('-', "") == id.replace('-', "")
}

/// The month at the end of the time that the claim speaks of: "2023-12" of the year 2023.
fn month(claim: &Claim) -> Option<String> {
    let (_, last) = window::range(claim.as_of.as_deref()?)?;
    Some(last.strftime("%Y-%m").to_string())
}

/// Whether the text lays the figure to the speaker of a statement: by a name of theirs, or by their initials.
pub(super) fn is_by(claim: &Claim, who: &str) -> bool {
    let own = claim.subject.iter().map(|party| party.text.as_str()).chain([claim.quote.as_str()]);
    let told: Vec<&str> = own.chain(claim.attributed_to.as_deref()).collect();
    let words = Words::new(&told.join(" | "));
    let names = who.split([',', '(', ')']);
    let without_year =
        |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned();
    let is_initials =
        |word: &&str| word.len() >= SHORTEST_INITIALS && word.chars().all(|c| c.is_ascii_uppercase());
    names.map(without_year).any(|name| words.hold(&name))
        || who.split_whitespace().filter(is_initials).any(|word| words.hold(word))
}

/// Whether the statement speaks of the side: one on a single model speaks of that model, and of its country.
fn is_of(statement: &Statement, laggard: &Party) -> bool {
    !matches!(laggard.entity, Some(Entity::Model(_))) || Words::new(&statement.claim).hold(&laggard.text)
}

fn published(statements: &[&Statement]) -> String {
    let told: Vec<String> =
        statements.iter().map(|s| format!("{} ({}, {})", s.claim, s.who, s.said_on)).collect();
    format!("what was published: {}", told.join("; "))
}
