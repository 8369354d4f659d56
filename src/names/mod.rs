//! Names: printed model, organisation and benchmark names in; identities, families, groups or an honest "unknown" out.
//!
//! Stands on the ground floor: claims and evidence both ask it. A printed model name is parsed by rule (`parse`), so
//! that one spelling a board needs no row of aliases; tables say who makes what. Nothing is ever guessed silently: a
//! name that fits nothing resolves to near names, and names that are also words need company before they are mentions.

mod company;
mod entity;
mod facts;
mod group;
mod heads;
mod kept;
mod lexicon;
mod mention;
mod model_name;
mod open;
mod parse;
mod qualifier;
mod resolve;
mod resolved;
mod scan;
mod shape;
mod sibling;
mod tables;
#[cfg(test)]
mod tests;
mod token;
mod unknown;
mod vocabulary;

pub use entity::*;
pub use model_name::ModelName;
pub(crate) use qualifier::MONTHS;
pub use resolved::{BaseBy, Lineage, Maker, Standing};
pub use tables::{Benchmark, BenchmarkKind, Family, Homonym, IdentityTables, NamedBy, Organisation};

use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// Everything that names are looked up in; opened once and shared.
#[derive(Debug, Default)]
pub struct Names {
    organisations: BTreeMap<String, Organisation>,
    /// Organisation ids by lower-case name or alias.
    organisation_names: HashMap<String, String>,
    benchmarks: BTreeMap<String, Benchmark>,
    benchmark_names: HashMap<String, String>,
    models: BTreeMap<String, tables::ModelRow>,
    /// Full dates of dated models, by the id without its date.
    model_dates: HashMap<String, Vec<String>>,
    /// What a name stands for that no rule reads, by the parsed id of the alias.
    aliases: HashMap<String, ModelName>,
    /// Ids that some alias stands for.
    aliased: HashSet<String>,
    people: HashMap<String, String>,
    places: HashMap<String, Vec<String>>,
    /// The adjective of each list of countries, for display.
    adjectives: BTreeMap<Vec<String>, String>,
    events: HashMap<String, Date>,
    parser: heads::Parser,
    lexicon: lexicon::Lexicon,
    /// Facts already worked out: boards ask for the same ids claim after claim.
    known_facts: kept::Kept<ModelFacts>,
    /// Ids already taken apart.
    known_ids: kept::Kept<ModelName>,
    /// Parameters of the smallest recorded model of each family, worked out when first asked.
    smallest: OnceLock<HashMap<String, f64>>,
}

impl Names {
    /// The benchmark or board with this id.
    #[must_use]
    pub fn benchmark(&self, id: &str) -> Option<&Benchmark> {
        self.benchmarks.get(id)
    }

    /// Whether it is a ranking that collects votes or other benchmarks, and no task itself.
    #[must_use]
    pub fn is_board(&self, id: &str) -> bool {
        self.benchmark(id).is_some_and(|benchmark| benchmark.kind == BenchmarkKind::Board)
    }

    /// Every benchmark and board, by id.
    pub fn benchmarks(&self) -> impl Iterator<Item = &Benchmark> {
        self.benchmarks.values()
    }

    /// The organisation with this id.
    #[must_use]
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.get(id)
    }

    /// The organisation with this id, name or alias.
    #[must_use]
    pub fn organisation_named(&self, name: &str) -> Option<&Organisation> {
        let id = self.organisation_names.get(&name.trim().to_lowercase()).map(String::as_str);
        self.organisations.get(id.unwrap_or(name))
    }

    /// The organisation that publishes under this namespace of Hugging Face or of a router.
    #[must_use]
    pub fn organisation_of_namespace(&self, namespace: &str) -> Option<&Organisation> {
        self.parser.namespace(namespace).and_then(|id| self.organisations.get(id))
    }

    /// The family with this id.
    #[must_use]
    pub fn family(&self, id: &str) -> Option<&Family> {
        self.parser.family(id)
    }

    /// The day of an event that texts date other things by ("ChatGPT's release"), whatever the case and article.
    #[must_use]
    pub fn event(&self, phrase: &str) -> Option<Date> {
        let phrase = phrase.trim().to_lowercase().replace('’', "'");
        let bare = phrase.strip_prefix("the ").unwrap_or(&phrase);
        self.events.get(&phrase).or_else(|| self.events.get(bare)).copied()
    }

    /// Takes a board's cell apart; `organisation_hint` is the organisation that the board prints beside it.
    ///
    /// Total: any text gives an id, the same for every spelling of one model.
    #[must_use]
    pub fn canonical(&self, printed: &str, organisation_hint: Option<&str>) -> ModelName {
        let hint = organisation_hint.and_then(|hint| self.organisation_named(hint)).map(|o| o.id.as_str());
        let mut name = self.parser.parse(printed, hint);
        if let Some(target) = self.alias_of(&name) {
            name = target;
        }
        self.complete_date(&mut name);
        name
    }

    /// An id taken apart; asked again and again of the same ones, and so kept.
    fn parsed(&self, id: &str) -> Arc<ModelName> {
        self.known_ids.get(id, || self.canonical(id, None))
    }

    /// The model an alias stands for, with the qualifiers that were printed beside the alias.
    fn alias_of(&self, name: &ModelName) -> Option<ModelName> {
        if self.aliases.is_empty() {
            return None;
        }
        if let Some(target) = self.aliases.get(&name.id) {
            return Some(target.clone());
        }
        let mut target =
            self.aliases.get(&name.render(model_name::Detail::Dated)).cloned().or_else(|| {
                let mut undated = self.aliases.get(&name.undated())?.clone();
                undated.stage = undated.stage.or_else(|| name.stage.clone());
                undated.date = undated.date.or_else(|| name.date.clone());
                Some(undated)
            })?;
        target.effort.clone_from(&name.effort);
        target.quantisation.clone_from(&name.quantisation);
        target.id = target.render(model_name::Detail::Full);
        Some(target)
    }

    /// Writes a shortened date in full where exactly one dated model fits it: `0806` is `20240806`.
    fn complete_date(&self, name: &mut ModelName) {
        let Some(date) = name.date.as_deref().filter(|date| date.len() < FULL_DATE_DIGITS) else { return };
        let mut fitting = self
            .model_dates
            .get(&name.undated())
            .into_iter()
            .flatten()
            .filter(|full| qualifier::dates_agree(date, full));
        if let (Some(full), None) = (fitting.next(), fitting.next()) {
            name.date = Some(full.clone());
            name.id = name.render(model_name::Detail::Full);
        }
    }
}

/// Digits of a date with year, month and day.
const FULL_DATE_DIGITS: usize = 8;
