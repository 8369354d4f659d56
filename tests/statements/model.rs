//! Statements on single models as the identity tables know them: parameters, context, licence, day of release,
//! openness, and declared bases.

use crate::world::{MONTHS, Statement, Truth, World, filled, one, printed};
use benchclaim::Claim;
use benchclaim::claim::{ClaimKind, Party};
use benchclaim::names::{Entity, ModelFacts};
use benchclaim::reported::{Reported, Unit};
use jiff::civil::{Date, date};

const PARAMETERS: [&str; 3] =
    ["{A} has {N} parameters", "{A} is a model with {N} parameters", "{A} has a total of {N} parameters"];

const CONTEXT: [&str; 3] = [
    "{A} has a context window of {N} tokens",
    "{A} supports a context of {N} tokens",
    "{A} has a {N}-token context window",
];

const RELEASED: [&str; 3] = ["{A} was released {D}", "{A} came out {D}", "{A} was launched {D}"];

const LICENSED: [&str; 3] = [
    "{A} is released under the {L} license",
    "{A} is licensed under {L}",
    "{A} is available under the {L} license",
];

/// Phrasing and whether it says that the weights are open.
const OPENNESS: [(&str, bool); 5] = [
    ("{A} is an open-weight model", true),
    ("The weights of {A} are open", true),
    ("{A} has open weights", true),
    ("{A} is a proprietary model", false),
    ("{A} is a closed model", false),
];

const LINEAGE: [&str; 5] = [
    "{A} is based on {B}",
    "{A} is built on {B}",
    "{A} was fine-tuned from {B}",
    "{A} is a fine-tune of {B}",
    "{A} is derived from {B}",
];

/// Days on which such facts are said: after every release drawn.
const SAID_ON: Date = date(2026, 8, 15);

/// A model whose display name stands for just it.
fn model<'w>(world: &'w World, random: &mut fastrand::Rng) -> Option<&'w ModelFacts> {
    let models = world.catalog.models();
    let facts = &models[random.usize(..models.len())];
    let is_plain = facts.name.len() < 40 && !facts.name.contains(['(', '+', ',', '*', ':', '/', '&']);
    (is_plain && world.model(&facts.name).as_ref() == Some(&facts.id)).then_some(facts)
}

fn party(facts: &ModelFacts) -> Party {
    Party { text: facts.name.clone(), entity: Some(Entity::Model(facts.id.clone())) }
}

fn attribute(facts: &ModelFacts, quote: String, reported: Option<Reported>, as_of: Option<String>) -> Claim {
    Claim { reported, as_of, ..Claim::saying(ClaimKind::Attribute, quote, vec![party(facts)], Vec::new()) }
}

pub(crate) fn draw(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let facts = model(world, random)?;
    let holds = random.bool();
    let (claim, what) = match random.u8(..5) {
        0 => (parameters(random, facts, holds)?, "attribute/parameters"),
        1 => (context(random, facts, holds)?, "attribute/context"),
        2 => (released(random, facts, holds)?, "attribute/released"),
        3 => (licensed(random, facts, holds)?, "attribute/licence"),
        _ => (openness(random, facts, holds)?, "attribute/openness"),
    };
    Some(Statement { claim, date: SAID_ON, truth: Truth::Clear(holds), what })
}

fn parameters(random: &mut fastrand::Rng, facts: &ModelFacts, holds: bool) -> Option<Claim> {
    let factor = if holds { 1.0 } else { one(random, &[0.4, 0.6, 1.7, 2.5]) };
    let value = facts.parameters? * factor;
    if !(1e9..3e12).contains(&value) {
        return None;
    }
    let (text, read, step) = printed(value / 1e9, usize::from(value < 1e10));
    let words = if random.bool() { format!("{text}B") } else { format!("{text} billion") };
    let quote = filled(one(random, &PARAMETERS), &[("A", &facts.name), ("N", &words)]);
    Some(attribute(facts, quote, Some(Reported::exact(read * 1e9, Unit::Params, step * 1e9)), None))
}

fn context(random: &mut fastrand::Rng, facts: &ModelFacts, holds: bool) -> Option<Claim> {
    let factor = if holds { 1.0 } else { one(random, &[0.25, 4.0]) };
    let tokens = facts.context_tokens?;
    // As makers print it: 131,072 is 128K.
    let thousand = if tokens % 1024.0 == 0.0 && tokens % 1000.0 != 0.0 { 1024.0 } else { 1000.0 };
    let value = (tokens / thousand * factor).round();
    if !(2.0..1000.0).contains(&value) {
        return None;
    }
    let quote = filled(one(random, &CONTEXT), &[("A", &facts.name), ("N", &format!("{value}K"))]);
    Some(attribute(facts, quote, Some(Reported::exact(value * 1e3, Unit::Tokens, 1e3)), None))
}

fn released(random: &mut fastrand::Rng, facts: &ModelFacts, holds: bool) -> Option<Claim> {
    let days = if holds { 0 } else { one(random, &[-700, -400, 400, 700]) };
    let day = facts.released?.saturating_add(jiff::Span::new().days(days));
    if !(2019..=2027).contains(&day.year()) {
        return None;
    }
    let month = MONTHS[day.month() as usize - 1];
    let (words, as_of) = match random.u8(..3) {
        0 => (format!("on {month} {}, {}", day.day(), day.year()), day.to_string()),
        1 => (format!("in {month} {}", day.year()), format!("{:04}-{:02}", day.year(), day.month())),
        _ => (format!("in {}", day.year()), day.year().to_string()),
    };
    let quote = filled(one(random, &RELEASED), &[("A", &facts.name), ("D", &words)]);
    Some(attribute(facts, quote, None, Some(as_of)))
}

fn licensed(random: &mut fastrand::Rng, facts: &ModelFacts, holds: bool) -> Option<Claim> {
    let known = facts.licence.as_ref()?.to_lowercase();
    let (name, word) = one(random, &[("Apache 2.0", "apache"), ("MIT", "mit")]);
    let is_this = known.contains(word);
    if is_this != holds || known.contains("unknown") || known.is_empty() {
        return None;
    }
    let quote = filled(one(random, &LICENSED), &[("A", &facts.name), ("L", name)]);
    Some(attribute(facts, quote, None, None))
}

fn openness(random: &mut fastrand::Rng, facts: &ModelFacts, holds: bool) -> Option<Claim> {
    let (template, says_open) = one(random, &OPENNESS);
    ((facts.open_weights? == says_open) == holds).then_some(())?;
    Some(attribute(facts, filled(template, &[("A", &facts.name)]), None, None))
}

/// A declared base, or one of another family and another maker.
pub(crate) fn lineage(world: &World, random: &mut fastrand::Rng) -> Option<Statement> {
    let facts = loop {
        let models = world.catalog.models();
        let facts = &models[random.usize(..models.len())];
        if facts.base_model.is_some() {
            break facts;
        }
    };
    if world.model(&facts.name).as_ref() != Some(&facts.id) || facts.name.contains(['(', '/', ',']) {
        return None;
    }
    let declared = facts.base_model.as_deref().filter(|bases| !bases.contains(';'))?;
    let base = world.catalog.names().facts(declared);
    let holds = random.bool();
    let other = if holds { (*base).clone() } else { model(world, random)?.clone() };
    let is_apart = |a: &ModelFacts, b: &ModelFacts| {
        a.family.is_some()
            && b.family.is_some()
            && a.family != b.family
            && a.organisation.is_some()
            && b.organisation.is_some()
            && a.organisation != b.organisation
    };
    let is_plain = world.model(&other.name).as_ref() == Some(&other.id) && other.id != facts.id;
    let is_clear = holds || (is_apart(&other, facts) && is_apart(&other, &base) && base.base_model.is_none());
    if !is_plain || !is_clear {
        return None;
    }
    let quote = filled(one(random, &LINEAGE), &[("A", &facts.name), ("B", &other.name)]);
    let claim = Claim::saying(ClaimKind::Lineage, quote, vec![party(facts)], vec![party(&other)]);
    Some(Statement { claim, date: SAID_ON, truth: Truth::Clear(holds), what: "lineage" })
}
