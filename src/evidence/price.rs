//! Prices: "$15 per million output tokens", "cheaper than GPT-4o", "ten times the price".
//!
//! # What it reads
//! One or two models, a price or how many times, or by how much in a hundred, one is cheaper than the other.
//!
//! # How it is recomputed
//! Makers' list prices for a million tokens. A printed price is met by the price of input or of output, whichever the
//! words name; of two models the ratio is taken. Where the words name neither, "cheaper" asks for both, and a printed
//! price or ratio is met by either.
//!
//! # What it cannot tell
//! What hosts and resellers ask, what subscriptions, training or running a model of one's own cost, and what a country's
//! models cost as a whole.

use super::comparison::near;
use super::measured::{Measured, Picture, Pool, Reading, Step, Target, Uncertainty};
use super::party;
use super::sources::{evaluation, source};
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party, Relation};
use crate::dataset::{Board, BoardHead, Row};
use crate::error::Result;
use crate::names::Entity;
use crate::reported::{Interval, Unit};

/// The benchmark whose scores are prices: nothing that says how good a model is.
pub(super) const PRICE: &str = "api-price";

/// "The same price" within this share of it.
const SAME_SHARE: f64 = 0.1;

/// A list price that is off by no more than this share was rounded, or is that of a day near by.
const NEAR_SHARE: f64 = 0.05;

/// Words by which a share is of the other's price, and not of how much less it is: "30 % of what GPT-4 costs".
const OF_THE_OTHER: [&str; 5] = ["of what", "of the price", "of the cost", "as much", "of its price"];

/// Words of a lower price.
const CHEAPER: [&str; 9] = [
    "charges less",
    "asks less",
    "cheaper",
    "less expensive",
    "costs less",
    "cost less",
    "undercut",
    "cheapest",
    "lower price",
];

/// Words of a higher price, whatever else they make better.
const DEARER: [&str; 17] = [
    "times what",
    "twice what",
    "charges more",
    "asks more",
    "times that of",
    "more expensive",
    "costlier",
    "pricier",
    "dearer",
    "costs more",
    "cost more",
    "times as much",
    "twice as much",
    "times the price",
    "twice the price",
    "double the price",
    "times more expensive",
];

/// Words of the highest price of all.
pub(super) const DEAREST_OF_ALL: [&str; 5] =
    ["most expensive", "priciest", "dearest", "costliest", "most costly"];

/// Words of what list prices say nothing about.
#[rustfmt::skip]
const OTHER_COSTS: [&str; 18] = [
    "train", "subscri", "a month", "per month", "to develop", "built", "hardware", "salary", "electric", "per task",
    "per user", "per seat", "per hour", "per image", "per query", "a year", "monthly", "an hour",
];

/// Whether a claim is about what it costs to use a model.
pub(super) fn is_asked(claim: &Claim) -> bool {
    let is_of_model = matches!(&claim.subject[..], [Party { entity: Some(Entity::Model(_)), .. }]);
    let is_priced = claim.reported.is_some_and(|reported| match reported.unit {
        Unit::UsdPerMtok => true,
        // "GPT-4o mini costs $0.15": what is asked for a million tokens, where the words name nothing else.
        Unit::Usd => reported.value < DEAREST && is_of_model && !Words::of(claim).any(&OTHER_COSTS),
        _ => false,
    });
    is_priced || claim.benchmark.as_ref().is_some_and(|named| named.id.as_deref() == Some(PRICE))
}

/// No maker asks as much for a million tokens, in dollars.
const DEAREST: f64 = 1000.0;

/// The readings of a printed price; none when no table has the model's.
pub(super) fn stated(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let Some(reported) = claim.reported else { return Ok(Vec::new()) };
    let mut found = Found::default();
    for party in &sold(claim, view) {
        for board in boards(claim, view, |board| !view.members(board, party).is_empty())? {
            let rows = board.rows_of(&view.members(&board, party));
            let claimed = reported.interval();
            let value = |row: &Row| Measured {
                label: format!("{}, {} tokens", row.name, board.head.metric),
                unit: Unit::UsdPerMtok,
                estimate: row.score,
                claimed,
                conclusion: Some(claimed.widened(NEAR_SHARE * reported.value.abs())),
                ..measured(&board, &[row])
            };
            found.measured.extend(rows.into_iter().map(value));
            found.retrospective |= board.retrospective;
        }
    }
    let distance = |value: &Measured| (value.estimate - reported.value).abs();
    found.measured.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    Ok(found.reading(Pool::Sources, "what the maker asks for a million tokens"))
}

/// The readings of one model set against another by price; none when no table has both prices.
pub(super) fn compared(claim: &Claim, view: &View<'_>) -> Result<Vec<Reading>> {
    let (mut subject, mut object) = (claim.subject.first(), claim.object.first());
    let words = Words::about(claim);
    // "Cheaper than the more expensive": the cheap word is the claim's.
    // "A's list price is higher than B's".
    let is_of_price = words.any(&["price", "cost", "rate ", "charge", "fee"]);
    let is_higher = words.any(&DEARER) || (is_of_price && words.any(&["higher "]));
    let relation = match (words.any(&CHEAPER) || words.any(&["lower "]), is_higher) {
        (false, true) => Some(Relation::Worse),
        _ => claim.relation,
    };
    let claim = &Claim { relation, ..claim.clone() };
    if relation == Some(Relation::Worse) {
        std::mem::swap(&mut subject, &mut object);
    }
    let Some((cheap, dear)) = subject.zip(object).filter(|(a, b)| is_sold(a) && is_sold(b)) else {
        return Ok(Vec::new());
    };
    let mut found = Found::default();
    let has = |board: &Board, party: &Party| !view.members(board, party).is_empty();
    for board in boards(claim, view, |board| has(board, cheap) && has(board, dear))? {
        let row = |party: &Party| board.rows_of(&view.members(&board, party)).into_iter().next();
        let Some((cheap, dear)) = row(cheap).zip(row(dear)) else { continue };
        found.measured.push(ratio(claim, &board, cheap, dear));
        found.retrospective |= board.retrospective;
    }
    let pool = match claim.reported {
        Some(_) => Pool::Sources,
        None => Pool::Every(vec![1; found.measured.len()]),
    };
    Ok(found.reading(pool, "what the makers ask for a million tokens, one against the other"))
}

#[derive(Default)]
struct Found {
    measured: Vec<Measured>,
    retrospective: bool,
}

impl Found {
    fn reading(self, pool: Pool, meaning: &str) -> Vec<Reading> {
        if self.measured.is_empty() {
            return Vec::new();
        }
        vec![Reading {
            name: "list-price".to_owned(),
            meaning: meaning.to_owned(),
            pool,
            measured: self.measured,
            absence: None,
            steps: self.retrospective.then_some(Step::Retrospective).into_iter().collect(),
            picture: Some(Picture::Forest),
        }]
    }
}

/// The models that a price is told of: the claim's subjects, else those that its words name ("OpenAI asks $10 for GPT-5").
fn sold(claim: &Claim, view: &View<'_>) -> Vec<Party> {
    let subjects: Vec<Party> = claim.subject.iter().filter(|party| is_sold(party)).cloned().collect();
    if !subjects.is_empty() {
        return subjects;
    }
    let named = party::in_text(&claim.quote, view).into_iter();
    named.map(|named| named.as_party()).filter(is_sold).collect()
}

/// A maker or a country has no one price.
fn is_sold(party: &Party) -> bool {
    party.is_model()
}

/// The tables of the prices that the words name: of input, of output, else of both.
fn boards(claim: &Claim, view: &View<'_>, covers: impl Fn(&Board) -> bool) -> Result<Vec<Board>> {
    let words = Words::about(claim);
    if words.any(&OTHER_COSTS) {
        return Ok(Vec::new());
    }
    let mut boards = Vec::new();
    for head in view.heads(Some(PRICE)).filter(|head| is_named(head, &words)) {
        boards.extend(view.board(head, &covers)?);
    }
    Ok(boards)
}

/// Whether a table is of the price that the words name, or of none: output tokens have their own.
pub(super) fn is_named(head: &BoardHead, words: &Words) -> bool {
    head.benchmark != PRICE || words.any(&[&head.metric]) || !words.any(&["input", "output"])
}

fn measured(board: &Board, rows: &[&Row]) -> Measured {
    Measured {
        label: String::new(),
        benchmark: board.head.benchmark.clone(),
        metric: board.head.metric.clone(),
        unit: Unit::Times,
        estimate: 0.0,
        uncertainty: Uncertainty::Exact,
        n: None,
        evaluation: evaluation(board, rows[0]),
        claimed: Interval::at_least(0.0),
        target: Target::Published,
        conclusion: None,
        scale: 1.0,
        sources: vec![source(board, rows)],
    }
}

/// How many times the cheap one's price the dear one's is; where the text has per cent, by how much of a hundred the
/// subject's differs.
fn ratio(claim: &Claim, board: &Board, cheap: &Row, dear: &Row) -> Measured {
    let times = dear.score / cheap.score;
    let value = Measured {
        label: format!("{} tokens: {} against {}", board.head.metric, dear.name, cheap.name),
        estimate: times,
        ..measured(board, &[cheap, dear])
    };
    match claim.reported {
        Some(reported) if reported.unit == Unit::Times => {
            Measured { claimed: reported.interval(), conclusion: Some(near(&reported, 0.0)), ..value }
        }
        // "$5 more": so many dollars apart.
        Some(reported) if matches!(reported.unit, Unit::Usd | Unit::UsdPerMtok) => Measured {
            unit: Unit::UsdPerMtok,
            estimate: dear.score - cheap.score,
            claimed: reported.interval(),
            conclusion: Some(near(&reported, 0.0)),
            ..value
        },
        Some(reported) if reported.unit == Unit::Percent => Measured {
            unit: Unit::Percent,
            estimate: match claim.relation {
                _ if Words::of(claim).any(&OF_THE_OTHER) => 100.0 / times,
                Some(Relation::Worse) => 100.0 * (times - 1.0),
                _ => 100.0 * (1.0 - 1.0 / times),
            },
            claimed: reported.interval(),
            conclusion: Some(near(&reported, 0.0)),
            ..value
        },
        _ => {
            let least = match claim.relation {
                Some(Relation::Comparable) => 1.0 - SAME_SHARE,
                _ => 1f64.next_up(),
            };
            Measured { claimed: Interval::at_least(least), ..value }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{claim, named, shipped};
    use super::super::gather;
    use super::*;
    use crate::claim::ClaimKind;
    use crate::reported::Reported;
    use crate::verdict::{Outcome, judge};
    use jiff::civil::date;

    fn outcome(claim: &Claim) -> Outcome {
        judge(claim, Some(&gather(claim, shipped(), date(2026, 7, 5)).expect("readable tables"))).outcome
    }

    fn asks(quote: &str, dollars: f64, step: f64) -> Outcome {
        let reported = Some(Reported::exact(dollars, Unit::UsdPerMtok, step));
        outcome(&Claim { reported, ..claim(ClaimKind::Attribute, quote, &["Claude Opus 4.5"], &[]) })
    }

    #[test]
    fn a_price_is_that_of_the_tokens_named() {
        assert_eq!(asks("costs $5 per million input tokens", 5.0, 1.0), Outcome::Supported);
        assert_eq!(asks("costs $25 per million tokens", 25.0, 1.0), Outcome::Supported, "either fits");
        assert_eq!(asks("costs $25 per million input tokens", 25.0, 1.0), Outcome::Contradicted);
    }

    #[test]
    fn cheaper_is_told_by_the_ratio_of_prices() {
        let compared = |quote: &str, relation, reported| {
            let claim = claim(ClaimKind::Comparison, quote, &["GPT-4o mini"], &["GPT-4o"]);
            outcome(&Claim { relation: Some(relation), reported, benchmark: named("cheaper"), ..claim })
        };
        let number = |value, unit| Some(Reported::exact(value, unit, 1.0));
        assert_eq!(compared("is cheaper than", Relation::Better, None), Outcome::Supported);
        assert_eq!(compared("is dearer than", Relation::Worse, None), Outcome::Contradicted);
        assert_eq!(
            compared("is 17 times cheaper", Relation::Better, number(17.0, Unit::Times)),
            Outcome::Supported
        );
        assert_eq!(
            compared("is 94% cheaper", Relation::Better, number(94.0, Unit::Percent)),
            Outcome::Supported
        );
        assert_eq!(
            compared("is 50% cheaper", Relation::Better, number(50.0, Unit::Percent)),
            Outcome::Contradicted
        );
    }
}
