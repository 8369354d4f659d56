//! Candidates for a slot in; the likeliest out.
//!
//! A log-linear model over the candidates of one slot: which words stand beside a candidate and between it and the
//! claim's own words, on which side, how far, and whether the rules chose it.

use super::super::class::Class;
use super::super::context::Context;
use super::super::entry::Place;
use super::super::rule::Rule;
use super::super::slots::Draft;
use super::super::token::Line;
use super::super::{clause, noun, owner};
use super::SLOTS;
use super::candidate::{Candidate, Slot, Source, candidates, held, is_same, put};
use super::features::{Features, hash, mix, symbol};
use super::weights::Weights;
use crate::claim::{ClaimKind, Party};
use crate::names::Entity;

/// Whatever the rules did not choose must be likelier by this much, in logits.
const DOUBT: f32 = 0.4;

/// Words further apart than this say nothing of each other.
const BETWEEN: usize = 8;

/// Whether claims of the rule hold something in the slot that its words do not say for certain: what a pattern captured
/// stands where the pattern says.
pub(super) fn is_open(rule: &Rule, slot: Slot) -> bool {
    use ClaimKind::{Comparison, Count, Gap, Lineage, Rank, Score, Trend};
    let kind = rule.kind;
    match slot {
        Slot::Subject => {
            rule.entry.subject != Place::Captured || (kind == Count && !rule.captures("subject"))
        }
        Slot::Object => matches!(kind, Comparison | Gap | Lineage) && rule.entry.object != Place::Captured,
        Slot::Benchmark => matches!(kind, Comparison | Gap | Rank | Score | Trend),
    }
}

/// Whether a rule that is sure of itself found the models that have a score.
fn is_sure(draft: &Draft<'_>) -> bool {
    draft.rule.kind == ClaimKind::Score
        && draft.rule.entry.weight >= SURE
        && !draft.subject.is_empty()
        && draft.subject.iter().all(Party::is_model)
}

/// Rules of this weight say what they say.
const SURE: i32 = 8;

/// Whether the rule turns the parties round ("A is ahead of B": B is behind) and found both: which of them is which its
/// words say for certain.
fn is_turned(draft: &Draft<'_>) -> bool {
    let entry = &draft.rule.entry;
    let is_known = |parties: &[Party]| parties.iter().any(|party| party.entity.is_some());
    entry.subject == Place::Right
        && entry.object == Place::Left
        && is_known(&draft.subject)
        && is_known(&draft.object)
}

/// Fills the slots of the draft anew, each with its likeliest candidate.
pub(super) fn choose(weights: &Weights<SLOTS>, draft: &mut Draft<'_>, line: &Line<'_>, context: &Context) {
    let is_turned = is_turned(draft);
    for (output, slot) in Slot::ALL.into_iter().enumerate().filter(|(_, slot)| is_open(draft.rule, *slot)) {
        if (is_turned && slot != Slot::Benchmark) || (slot == Slot::Subject && is_sure(draft)) {
            continue;
        }
        let mut best: Option<(f32, Candidate)> = None;
        let all = candidates(slot, draft, line, context);
        let subject = if slot == Slot::Object { held(Slot::Subject, draft) } else { Vec::new() };
        // Nobody is set against himself.
        let is_subject = |candidate: &Candidate| !subject.is_empty() && is_same(&subject, &candidate.parties);
        let is_apposed = |candidate: &Candidate| {
            let place = candidate.place.filter(|_| slot == Slot::Object);
            place.is_some_and(|(from, to)| is_apposed(line, from, to, &subject))
        };
        // One model that the rules chose is not given up for the kind it belongs to.
        let is_model = |party: &Party| matches!(party.entity, Some(Entity::Model(_)));
        let is_group = |party: &Party| matches!(party.entity, Some(Entity::Group(_)));
        let holds_model = slot == Slot::Subject
            && matches!(draft.rule.kind, ClaimKind::Attribute | ClaimKind::Score)
            && draft.subject.iter().any(is_model);
        let is_wider = |candidate: &Candidate| holds_model && candidate.parties.iter().any(is_group);
        for (features, candidate) in describe(slot, draft, line, context, &all).iter().zip(&all) {
            if is_wider(candidate) || is_subject(candidate) || is_apposed(candidate) {
                continue;
            }
            let doubt = if candidate.by_rules { 0.0 } else { DOUBT };
            let worth = weights.logit(features, output) - doubt;
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, candidate.clone()));
            }
        }
        if let Some((_, candidate)) = best.filter(|(_, candidate)| !candidate.by_rules) {
            put(slot, draft, candidate);
        }
    }
}

/// Whether the tokens, between commas, only name the subject again: "the best open model, Gemma 3 27B, is behind".
fn is_apposed(line: &Line<'_>, from: usize, to: usize, subject: &[Party]) -> bool {
    let before = from.checked_sub(2).filter(|i| line.low(i + 1) == "," && line.low(to) == ",");
    before.is_some_and(|i| subject.iter().any(|party| party.text == line.text(i, i + 1)))
}

/// The features of each candidate.
pub(super) fn describe(
    slot: Slot,
    draft: &Draft<'_>,
    line: &Line<'_>,
    context: &Context,
    all: &[Candidate],
) -> Vec<Features> {
    let kind = hash(draft.rule.kind.name().as_bytes());
    let core = (draft.core.0, draft.core.1.max(draft.core.0 + 1));
    let names: Vec<usize> = (0..line.len()).filter(|i| noun::is_party(line, *i)).collect();
    let pronoun = (0..line.len()).any(|i| noun::is_pointer(line, i));
    let opens_with_pronoun = (0..line.len().min(2)).any(|i| noun::is_pronoun(line, i));
    let named_before = names.iter().any(|i| *i < core.0 && *i >= draft.clause.0);
    let rest = u32::from(pronoun) | u32::from(opens_with_pronoun) << 1 | u32::from(named_before) << 2;
    let subject = if slot == Slot::Object { held(Slot::Subject, draft) } else { Vec::new() };
    let relation = draft.rule.entry.relation.map_or(0, |relation| relation as u32 + 1);
    let topic = context.topic().unwrap_or_default();
    let triggers: Vec<u32> = (core.0..core.1.min(line.len())).map(|i| symbol(line, i)).collect();
    all.iter()
        .map(|candidate| {
            let mut out = Out { kind, features: Features::new() };
            let source = match candidate.source {
                Source::Nobody => 0,
                Source::Names => 1,
                Source::Words => 2,
                Source::Earlier(age) => 3 + age.min(3) as u32,
                Source::Rules => 8,
            };
            out.both(SOURCE, source, rest, 0);
            out.both(SOURCE, source, names.len().min(4) as u32, 1);
            if candidate.by_rules {
                out.both(CHOSEN, source, 0, 0);
                out.both(CHOSEN, hash(draft.rule.id.as_bytes()), 0, 1);
            }
            let many = candidate.parties.len().min(3) as u32;
            out.both(MANY, many, source, 0);
            if candidate.parties.iter().any(|party| subject.iter().any(|other| other.text == party.text)) {
                out.both(IS_SUBJECT, source, 0, 0);
            }
            if !candidate.parties.is_empty()
                && candidate.parties.iter().all(|party| topic.iter().any(|other| other.text == party.text))
            {
                out.both(IS_TOPIC, source, rest, 0);
            }
            let entity = candidate.parties.first().and_then(|party| party.entity.as_ref());
            let entity = entity.map_or(0, |entity| 1 + class_of(entity));
            out.both(ENTITY, entity, source, 0);
            let Some((from, to)) = candidate.place else { return out.features };
            let side = side(from, to, core);
            let distance = if to <= core.0 { core.0 - to } else { from.saturating_sub(core.1) };
            let far = match distance {
                0..=2 => distance as u32,
                3..=4 => 3,
                5..=8 => 4,
                _ => 5,
            };
            let within = u32::from(from >= draft.clause.0 && to <= draft.clause.1);
            out.both(DISTANCE, side, far, within);
            out.both(DISTANCE, side, relation, 7);
            let nearer = names
                .iter()
                .filter(|i| if side == 0 { **i >= to && **i < core.0 } else { **i >= core.1 && **i < from });
            let nearer = nearer.count().min(3) as u32;
            out.both(NEARER, side, nearer, source);
            out.both(NEARER, side, nearer, entity + 16);
            let first = names.first().is_some_and(|i| (from..to).contains(i));
            out.both(FIRST_NAME, u32::from(first), u32::from(from == 0), source);
            let class = head_class(line, to - 1);
            out.both(CLASS, class, side, 0);
            out.both(CLASS, class, side, 1 + relation);
            let word = |i: Option<usize>| i.map_or(0, |i| if i < line.len() { symbol(line, i) } else { 0 });
            out.both(BEFORE, word(from.checked_sub(1)), side, 0);
            out.both(AFTER, word(Some(to)), side, 0);
            out.both(BEFORE, word(from.checked_sub(2)), side, 1);
            out.both(AFTER, word(Some(to + 1)), side, 1);
            out.both(HEAD, symbol(line, to - 1), 0, 0);
            out.both(HEAD, symbol(line, from), 1, 0);
            if line.low(to) == "'s" || owner::is_owner(line, to - 1) {
                out.both(OWNER, side, source, 0);
            }
            if line.low(from.saturating_sub(1)) == "(" {
                out.both(OWNER, side, source, 1);
            }
            for trigger in &triggers {
                out.both(TRIGGER, *trigger, side, nearer);
            }
            let between = if to <= core.0 { to..core.0 } else { core.1.min(from)..from };
            if between.len() <= BETWEEN {
                for i in between.clone() {
                    out.both(BETWEEN_WORD, symbol(line, i), side, 0);
                }
            }
            let marks = between.filter(|i| clause::is_hard_mark(line.low(*i))).count();
            out.both(MARKS, marks.min(3) as u32, side, 0);
            if let Some(value) = draft.value {
                let apart = if to <= value { value - to } else { from.saturating_sub(value) };
                out.both(VALUE, u32::from(from > value), apart.min(6) as u32, 0);
            }
            out.features
        })
        .collect()
}

/// Features as they are made: each for every kind of claim, and for this one.
pub(super) struct Out {
    pub(super) kind: u32,
    pub(super) features: Features,
}

impl Out {
    pub(super) fn both(&mut self, name: u32, a: u32, b: u32, c: u32) {
        let plain = mix(name, a, b, c);
        self.features.push((plain, 1.0));
        self.features.push((mix(OF_KIND, plain, self.kind, 0), 1.0));
    }
}

/// Before the claim's own words (0), after (1) or among them (2).
fn side(from: usize, to: usize, core: (usize, usize)) -> u32 {
    if to <= core.0 {
        0
    } else if from >= core.1 {
        1
    } else {
        2
    }
}

fn class_of(entity: &Entity) -> u32 {
    match entity {
        Entity::Model(_) => 0,
        Entity::Family(_) => 1,
        Entity::Organisation(_) => 2,
        Entity::Group(_) => 3,
        Entity::Benchmark(_) => 4,
    }
}

fn head_class(line: &Line<'_>, i: usize) -> u32 {
    let classes =
        [Class::MODEL, Class::ORGANISATION, Class::GROUP, Class::BENCHMARK, Class::PLURAL, Class::CAPITAL];
    classes.iter().enumerate().map(|(bit, class)| u32::from(line.is(i, *class)) << bit).sum()
}

const SOURCE: u32 = 40;
const CHOSEN: u32 = 41;
const MANY: u32 = 42;
const IS_SUBJECT: u32 = 43;
const IS_TOPIC: u32 = 44;
const ENTITY: u32 = 45;
const DISTANCE: u32 = 46;
const NEARER: u32 = 47;
const FIRST_NAME: u32 = 48;
const CLASS: u32 = 49;
const BEFORE: u32 = 50;
const AFTER: u32 = 51;
const HEAD: u32 = 52;
const OWNER: u32 = 53;
const TRIGGER: u32 = 54;
const BETWEEN_WORD: u32 = 55;
const MARKS: u32 = 56;
const VALUE: u32 = 57;
const OF_KIND: u32 = 58;
