//! The classes that tokens belong to, as patterns name them.

use super::quantity::Quantity;
use crate::names::Entity;
use crate::reported::Unit;

/// A set of token classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class(pub(super) u32);

impl Class {
    pub(super) const MODEL: Class = Class(1);
    pub(super) const ORGANISATION: Class = Class(1 << 1);
    pub(super) const GROUP: Class = Class(1 << 2);
    pub(super) const BENCHMARK: Class = Class(1 << 3);
    pub(super) const PERCENT: Class = Class(1 << 4);
    pub(super) const POINTS: Class = Class(1 << 5);
    pub(super) const ELO: Class = Class(1 << 6);
    pub(super) const USD: Class = Class(1 << 7);
    pub(super) const PRICE: Class = Class(1 << 8);
    pub(super) const PARAMS: Class = Class(1 << 9);
    pub(super) const TOKENS: Class = Class(1 << 10);
    pub(super) const TIMES: Class = Class(1 << 11);
    pub(super) const DURATION: Class = Class(1 << 12);
    pub(super) const ORDINAL: Class = Class(1 << 13);
    /// A number without a unit.
    pub(super) const BARE: Class = Class(1 << 14);
    /// A number without a unit, printed with decimals.
    pub(super) const DECIMAL: Class = Class(1 << 15);
    pub(super) const DATE: Class = Class(1 << 16);
    pub(super) const WORD: Class = Class(1 << 17);
    pub(super) const MARK: Class = Class(1 << 18);
    /// A number of bytes, hours or anything else that claims have no unit for.
    pub(super) const OTHER: Class = Class(1 << 19);
    /// A word or mark printed with a capital.
    pub(super) const CAPITAL: Class = Class(1 << 20);
    /// A number printed with a magnitude letter, such as 128K.
    pub(super) const SCALED: Class = Class(1 << 21);
    /// A name that makes a sentence one about AI: a model, a maker, a board, a group of models.
    pub(super) const AI: Class = Class(1 << 22);
    /// A rank printed with a number sign: #2.
    pub(super) const PLACE: Class = Class(1 << 23);
    /// Parameters with the unit spelled out; a bare "70B" is more often part of a name.
    pub(super) const SIZE: Class = Class(1 << 24);
    /// A group in the plural: "Chinese labs" can be counted.
    pub(super) const PLURAL: Class = Class(1 << 25);
    /// A number without a unit of a thousand or more: things counted, whatever they are.
    pub(super) const LARGE: Class = Class(1 << 26);
    /// A word in lower case that looks like a plural noun.
    pub(super) const NOUNS: Class = Class(1 << 27);
    pub(super) const PARTY: Class = Class(0b111);
    pub(super) const QUANTITY: Class = Class(0b1_1111_1111_1110_0000 & !(1 << 16) | 1 << 4 | Self::OTHER.0);

    /// The names that patterns use.
    pub(super) const NAMES: [(&str, Class); 29] = [
        ("model", Self::MODEL),
        ("org", Self::ORGANISATION),
        ("group", Self::GROUP),
        ("party", Self::PARTY),
        ("benchmark", Self::BENCHMARK),
        ("percent", Self::PERCENT),
        ("points", Self::POINTS),
        ("elo", Self::ELO),
        ("usd", Self::USD),
        ("price", Self::PRICE),
        ("params", Self::PARAMS),
        ("tokens", Self::TOKENS),
        ("times", Self::TIMES),
        ("duration", Self::DURATION),
        ("ordinal", Self::ORDINAL),
        ("bare", Self::BARE),
        ("decimal", Self::DECIMAL),
        ("scaled", Self::SCALED),
        ("number", Self::QUANTITY),
        ("date", Self::DATE),
        ("ai", Self::AI),
        ("place", Self::PLACE),
        ("size", Self::SIZE),
        ("large", Self::LARGE),
        ("plural", Self::PLURAL),
        ("nouns", Self::NOUNS),
        ("word", Self::WORD),
        ("mark", Self::MARK),
        ("capital", Self::CAPITAL),
    ];

    /// The class with this name in a pattern.
    pub(super) fn named(name: &str) -> Option<Class> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
    }

    /// Each single class.
    pub(super) fn each() -> impl Iterator<Item = Class> {
        (0..u32::BITS).map(|bit| Class(1 << bit))
    }

    pub(super) fn with(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }
}

/// The classes of a name.
pub(super) fn entity_class(entity: &Entity, text: &str) -> Class {
    match entity {
        Entity::Model(_) | Entity::Family(_) => Class::MODEL.with(Class::AI),
        Entity::Organisation(_) => Class::ORGANISATION.with(Class::AI),
        // A country alone says nothing about AI; "Chinese labs" does.
        Entity::Group(_)
            if text.split([' ', '-']).any(|word| AI_NOUNS.contains(&word.to_ascii_lowercase().as_str())) =>
        {
            let group = Class::GROUP.with(Class::AI);
            if text.ends_with('s') { group.with(Class::PLURAL) } else { group }
        }
        Entity::Group(_) => Class::GROUP,
        Entity::Benchmark(_) => Class::BENCHMARK.with(Class::AI),
    }
}

/// Nouns that make a group one of models or their makers.
const AI_NOUNS: [&str; 17] = [
    "model",
    "models",
    "ai",
    "a.i.",
    "llm",
    "llms",
    "lab",
    "labs",
    "weight",
    "weights",
    "source",
    "closed",
    "open",
    "frontier",
    "chatbots",
    "systems",
    "proprietary",
];

/// Whether a word is likely a plural noun: verbs in "-s" that follow "80% of" are rare.
pub(super) fn looks_plural(word: &str) -> bool {
    word.len() > 4
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
        && word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Smaller numbers without a unit are scores, versions and figures of speech.
const LARGE_FROM: f64 = 1000.0;
/// Larger ones are tokens or money whose unit stands elsewhere.
const LARGE_TO: f64 = 1e11;

/// The class of a quantity, for patterns.
pub(super) fn quantity_class(quantity: &Quantity) -> Class {
    let unit = match quantity.unit {
        Some(Unit::Percent) => Class::PERCENT,
        Some(Unit::Points) => Class::POINTS,
        Some(Unit::Elo) => Class::ELO,
        Some(Unit::Usd) => Class::USD,
        Some(Unit::UsdPerMtok) => Class::PRICE,
        Some(Unit::Params) => Class::PARAMS,
        Some(Unit::Tokens) => Class::TOKENS,
        Some(Unit::Times) => Class::TIMES,
        Some(Unit::Days | Unit::Months | Unit::Years) => Class::DURATION,
        Some(Unit::Rank) => Class::ORDINAL,
        Some(Unit::Count) => Class::BARE,
        None if quantity.foreign => Class::OTHER,
        None if quantity.step < 1.0 => Class::BARE.with(Class::DECIMAL),
        None => Class::BARE,
    };
    let unit = if quantity.scaled { unit.with(Class::SCALED) } else { unit };
    match quantity.unit {
        None if !quantity.foreign
            && quantity.step >= 1.0
            && (LARGE_FROM..LARGE_TO).contains(&quantity.value) =>
        {
            unit.with(Class::LARGE)
        }
        None if !quantity.foreign && quantity.scaled && (LARGE_FROM..LARGE_TO).contains(&quantity.value) => {
            unit.with(Class::LARGE)
        }
        Some(Unit::Rank) if quantity.sign => unit.with(Class::PLACE),
        Some(Unit::Params) if quantity.sign => unit.with(Class::SIZE),
        _ => unit,
    }
}
