//! A gap in words; the claim with those whom they set apart, and the distance that they mean, named out: the leader, the
//! runner-up, open and closed models, "a few weeks".

use super::party;
use super::view::View;
use super::words::Words;
use crate::claim::{Claim, Party, Relation};
use crate::names::{Entity, Group};
use crate::reported::{Comparator, Reported, Unit};
use std::collections::BTreeSet;

/// The claim with both sides and its distance, where its words name them without saying them.
pub(super) fn named(claim: &Claim, view: &View<'_>) -> Claim {
    open_against_closed(in_numbers(against_the_leader(&with_its_leader(claim), view)))
}

/// Words by which neither of two is ahead; "rivals" and "matches" only say that one is not behind.
const LEVEL: [&str; 12] = [
    "neck and neck",
    "are level",
    "about level",
    "is level",
    "level with",
    "tied ",
    "in a tie",
    "ties with",
    "the same score",
    "identical",
    "indistinguishable",
    "equal ",
];

/// Whether the claim puts two on one level, each with the other: as its words say, or "A and B are comparable".
pub(super) fn is_mutual(claim: &Claim) -> bool {
    let (Some(one), Some(other)) = (claim.subject.first(), claim.object.first()) else { return false };
    claim.relation == Some(Relation::Comparable)
        && (Words::about(claim).any(&LEVEL)
            || Words::new(&claim.quote).hold(&format!("{} and {}", one.text, other.text)))
}

/// Words for whoever stands next.
pub(super) const RUNNER_UP: [&str; 11] = [
    "runner up",
    "second placed",
    "second best",
    "next best",
    "nearest rival",
    "closest rival",
    "its nearest",
    "its closest",
    "the rest of",
    "the field",
    "the pack",
];

/// Words for whoever stands first.
pub(super) const LEADER: [&str; 17] = [
    "best score",
    "top score",
    "highest score",
    "best result",
    "leader ",
    "the pace",
    "lead ",
    "front runner",
    "frontrunner",
    "first place",
    "number one",
    "top of",
    "the top model",
    "the leading model",
    "the leading system",
    "the frontier",
    "current number",
];

/// Words of being ahead after "with" and a name.
const IN_FRONT: [&str; 5] = [" in front", " ahead", " in the lead", " on top", " leading"];

/// The claim with whom it puts in front as its object: "50 points separate A and B, with B in front".
fn with_its_leader(claim: &Claim) -> Claim {
    let is_in_front = |party: &&Party| {
        claim
            .quote
            .split_once(&format!("with {}", party.text))
            .is_some_and(|(_, rest)| IN_FRONT.iter().any(|words| rest.starts_with(words)))
    };
    let sides = || claim.subject.iter().chain(&claim.object);
    let Some(leader) = sides().find(is_in_front) else { return claim.clone() };
    let others: Vec<Party> = sides().filter(|party| *party != leader).cloned().collect();
    Claim { subject: others, object: vec![leader.clone()], relation: Some(Relation::Worse), ..claim.clone() }
}

/// The claim with everybody as its object, where it names none but the leader, or nobody at all: the best of all is who
/// leads. "Open models trail by 120 points on the Arena" trail the best of the others.
fn against_the_leader(claim: &Claim, view: &View<'_>) -> Claim {
    let is_unknown = claim.object == claim.subject || claim.object.iter().all(|party| party.entity.is_none());
    let told = claim.object.iter().map(|party| party.text.as_str()).chain([claim.quote.as_str()]);
    let words = Words::new(&told.collect::<Vec<_>>().join(" | "));
    let names_leader = words.any(&LEADER) || words.any(&RUNNER_UP);
    if !is_unknown || !(names_leader || is_alone(claim, view)) {
        return claim.clone();
    }
    let everybody =
        |text: &str| vec![Party { text: text.to_owned(), entity: Some(Entity::Group(Group::default())) }];
    // "Ahead of the runner-up": everybody else is behind.
    if names_leader && words.any(&RUNNER_UP) {
        let (ahead, relation) = (claim.subject.clone(), Some(Relation::Worse));
        return Claim { subject: everybody("the runner-up"), object: ahead, relation, ..claim.clone() };
    }
    Claim { object: everybody("the leader"), ..claim.clone() }
}

/// Whether a distance on a board is told of one party and its words name no other.
fn is_alone(claim: &Claim, view: &View<'_>) -> bool {
    let [subject] = &claim.subject[..] else { return false };
    let is_on_board = claim.benchmark.as_ref().is_some_and(|named| named.id.is_some());
    let names_none = claim.object.is_empty() || claim.object == claim.subject;
    let is_own = |named: &party::Named| Some(&named.entity) == subject.entity.as_ref();
    let is_board = |named: &party::Named| matches!(named.entity, Entity::Benchmark(_));
    let others = party::in_text(&claim.quote, view).iter().any(|named| !is_own(named) && !is_board(named));
    is_on_board && names_none && !others && claim.reported.is_some() && Words::about(claim).any(&DIRECTED)
}

/// The claim with open and closed models as its sides, where its words set these against each other and name nobody.
fn open_against_closed(claim: Claim) -> Claim {
    let is_unknown = |parties: &[Party]| parties.iter().all(|party| party.entity.is_none());
    let known = party::open_and_closed(&Words::of(&claim))
        .filter(|_| is_unknown(&claim.subject) || is_unknown(&claim.object));
    let Some((open, closed)) = known else { return claim };
    Claim { subject: vec![open.as_party()], object: vec![closed.as_party()], ..claim }
}

/// Distances in time that words give without a number, as the most months that they may mean.
const VAGUE: [(&str, f64); 6] = [
    ("days behind", 1.0),
    ("few weeks", 2.0),
    ("couple of weeks", 1.5),
    ("several weeks", 3.0),
    ("weeks behind", 3.0),
    ("few months", 8.0),
];

/// The claim with the number that its words mean where they give none: "a few weeks behind" is less than two months.
fn in_numbers(claim: Claim) -> Claim {
    let words = Words::about(&claim);
    let is_more = words.any(&["more than", "at least", "over ", "well over"]);
    let vague = VAGUE.iter().find(|(vague, _)| claim.reported.is_none() && !is_more && words.any(&[vague]));
    let Some((_, most)) = vague else { return claim };
    let at_most = Reported { comparator: Some(Comparator::Le), ..Reported::exact(*most, Unit::Months, 0.0) };
    Claim { reported: Some(at_most), ..claim }
}

/// Words that say who is ahead whatever else they call the distance.
pub(super) const DIRECTED: [&str; 10] =
    ["behind", "trail", "lag ", "lags", "lagged", "ahead", "in front", "lead ", "leads ", "led "];

/// Two sets of ids without what they share, which is the smaller one's: "Qwen 2.5 beats Qwen" is about the older ones.
pub(super) fn apart<T: Ord>(mut ours: BTreeSet<T>, mut theirs: BTreeSet<T>) -> (BTreeSet<T>, BTreeSet<T>) {
    if theirs.len() > ours.len() {
        theirs.retain(|id| !ours.contains(id));
    } else {
        ours.retain(|id| !theirs.contains(id));
    }
    (ours, theirs)
}
