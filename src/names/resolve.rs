//! A name asked for in; the identity, family or group it stands for out, or near names.

use super::parse::is_version;
use super::token::{is_hyphen, is_size};
use super::{Entity, Group, ModelName, NamedBy, Names, Resolution};

/// Near names that are suggested.
const SUGGESTIONS: usize = 5;

/// Below this similarity a suggestion only confuses (Jaro-Winkler puts ChatGPT and ChatGLM at 0.89).
const LEAST_SIMILARITY: f64 = 0.82;

impl Names {
    /// What a name stands for: "Llama 2", "Chinese open-weight models", "01.AI", "MMLU".
    ///
    /// A family's name with a version is a model where versions are what tells members apart ("GPT-4"), else a family
    /// ("Llama 2", "Claude 3"). A name of unknown family is a model when it has the shape of one ("Foo-3-70B-Instruct").
    #[must_use]
    pub fn resolve(&self, name: &str) -> Resolution {
        self.look_up(name)
            .map_or_else(|| Resolution::Unknown { near: self.near(name.trim()) }, Resolution::Found)
    }

    /// As [`Names::resolve`], without the search for near names, which takes a thousand times as long.
    #[must_use]
    pub fn look_up(&self, name: &str) -> Option<Entity> {
        let name = name.trim();
        let unpossessed = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
        let bare = unpossessed.strip_prefix("the ").filter(|rest| *rest != "West").unwrap_or(unpossessed);
        self.find(bare)
    }

    fn find(&self, name: &str) -> Option<Entity> {
        if name.is_empty() {
            return None;
        }
        let lower = name.to_lowercase();
        if let Some(id) = self
            .benchmark_names
            .get(&folded(name))
            .or_else(|| self.benchmarks.get_key_value(name).map(|(id, _)| id))
        {
            return Some(Entity::Benchmark(id.clone()));
        }
        if let Some(countries) = self.places.get(&lower) {
            return Some(Entity::Group(Group { countries: countries.clone(), ..Group::default() }));
        }
        if let Some(group) = self.group_phrase(name) {
            return Some(Entity::Group(group));
        }
        let parsed = self.canonical(name, None);
        if parsed.family.is_some() && !parsed.is_derivative && parsed.is_family_only() {
            return Some(self.entity_of(&parsed));
        }
        if let Some(id) = self.organisation_names.get(&lower).or_else(|| self.people.get(&lower)) {
            return Some(Entity::Organisation(id.clone()));
        }
        let is_known = parsed.family.is_some()
            || self.models.contains_key(&parsed.id)
            || self.aliased.contains(&parsed.id);
        (is_known || has_model_shape(name)).then(|| self.entity_of(&parsed))
    }

    /// The entity of a parsed name, by the rule that [`Names::resolve`] states.
    pub(crate) fn entity_of(&self, name: &ModelName) -> Entity {
        let Some(family) =
            name.family.as_deref().and_then(|id| self.family(id)).filter(|f| f.id == name.head)
        else {
            return Entity::Model(name.id.clone());
        };
        let is_family = match family.named_by {
            NamedBy::Name => false,
            NamedBy::Version => name.is_family_only(),
            // "Phi-4" is the one that the others are tiers beside.
            NamedBy::Tier => {
                name.is_versioned_family_only()
                    && (name.is_family_only() || !self.models.contains_key(&name.id))
            }
            NamedBy::Size => {
                name.is_versioned_family_only() && (name.is_family_only() || !self.is_lone_model(&name.id))
            }
        };
        if is_family { Entity::Family(name.id.clone()) } else { Entity::Model(name.id.clone()) }
    }

    /// Whether the table has the id and nothing that begins with it but its own dated or effort versions.
    fn is_lone_model(&self, id: &str) -> bool {
        self.models.contains_key(id)
            && self.models.range(format!("{id}-")..format!("{id}.")).all(|(other, _)| {
                !other[id.len() + 1..]
                    .split('-')
                    .any(|word| is_size(word) || word.chars().all(char::is_alphabetic))
            })
    }

    fn near(&self, name: &str) -> Vec<String> {
        let asked = folded(name);
        let families = self.parser.families.iter().map(|f| f.name.as_str());
        let organisations = self.organisations.values().map(|o| o.name.as_str());
        let benchmarks = self.benchmarks.values().map(|b| b.name.as_str());
        let models = self.models.values().map(|m| m.name.as_str());
        let mut scored: Vec<(f64, &str)> = families
            .chain(organisations)
            .chain(benchmarks)
            .chain(models)
            .map(|known| (strsim::jaro_winkler(&asked, &folded(known)), known))
            .filter(|(similarity, _)| *similarity >= LEAST_SIMILARITY)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        scored.dedup_by(|a, b| a.1 == b.1);
        scored.into_iter().take(SUGGESTIONS).map(|(_, known)| known.to_owned()).collect()
    }
}

/// Letters and digits only, in lower case, with "+" kept: how names of benchmarks are compared.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '+').flat_map(char::to_lowercase).collect()
}

/// Whether an unknown name is built like a model's: joined by hyphens, begun by a word, with a size or with a version
/// and a variant.
pub(super) fn has_model_shape(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    if name.contains(char::is_whitespace)
        && !name.split_whitespace().skip(1).any(|w| is_size(&w.to_lowercase()))
    {
        return false;
    }
    let words: Vec<String> =
        name.split(|c: char| is_hyphen(c) || c == '_' || c.is_whitespace()).map(str::to_lowercase).collect();
    let begins = words.first().is_some_and(|w| w.starts_with(char::is_alphabetic)) && words.len() >= 2;
    let has_size = words.iter().skip(1).any(|w| is_size(w) && w.ends_with('b'));
    let has_version = words.iter().skip(1).any(|w| is_version(w) && w.bytes().any(|b| b.is_ascii_digit()));
    let has_variant =
        words.iter().skip(1).any(|w| matches!(w.as_str(), "instruct" | "chat" | "base" | "thinking"));
    begins && (has_size || (has_version && has_variant))
}
