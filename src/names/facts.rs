//! A canonical id or an entity in; what the tables and the name itself say of it out, and which ids belong to it.

use super::model_name::{Detail, ModelName};
use super::qualifier::dates_agree;
use super::tables::ModelRow;
use super::token::is_length;
use super::{Entity, FULL_DATE_DIGITS, Group, ModelFacts, Names};
use jiff::civil::Date;
use std::sync::Arc;

impl Names {
    /// What is known of a model: the exact row of `models.csv`, then the row without date, effort and quantisation,
    /// then the family's and the organisation's defaults; the size is read off the name where no table has it.
    #[must_use]
    pub fn facts(&self, model_id: &str) -> Arc<ModelFacts> {
        self.known_facts.get(model_id, || self.work_out_facts(model_id))
    }

    fn work_out_facts(&self, model_id: &str) -> ModelFacts {
        let parsed = self.parsed(model_id);
        let mut facts = ModelFacts { id: model_id.to_owned(), ..ModelFacts::default() };
        let ladder = [
            model_id.to_owned(),
            parsed.id.clone(),
            parsed.render(Detail::Dated),
            parsed.undated(),
            parsed.render(Detail::Bare),
        ];
        let mut is_same_release = true;
        for (rung, id) in ladder.iter().enumerate() {
            if rung > 0 && ladder[..rung].contains(id) {
                continue;
            }
            // A dated version's release is not that of the version without a date.
            is_same_release &= parsed.date.is_none() || rung <= 2;
            if let Some(row) = self.models.get(id) {
                fill(&mut facts, row, is_same_release);
            }
        }
        if facts.name.is_empty() && !parsed.is_derivative {
            self.fill_from_versions(&mut facts, &parsed);
        }
        facts.family = facts.family.or_else(|| parsed.family.clone());
        facts.organisation = facts.organisation.or_else(|| parsed.organisation.clone());
        facts.country = facts
            .organisation
            .as_deref()
            .and_then(|id| self.organisation(id))
            .and_then(|o| o.country.clone());
        // Beside a number of experts the size is that of the active part.
        let total = parsed.parameters_b.filter(|_| !parsed.words.iter().any(|word| is_experts(word)));
        facts.parameters = facts.parameters.or_else(|| total.map(|billions| billions * 1e9));
        facts.released = facts.released.or_else(|| date_of(parsed.date.as_deref()?));
        let family = facts.family.as_deref().and_then(|id| self.family(id));
        facts.open_weights = facts.open_weights.or_else(|| family.and_then(|f| f.open_weights));
        if facts.name.is_empty() {
            facts.name = self.printed(&parsed);
        }
        facts
    }

    /// What the tables say of a name's first version where they have no row of its own: "Qwen3-235B" came with the
    /// first Qwen3-235B-A22B.
    fn fill_from_versions(&self, facts: &mut ModelFacts, asked: &ModelName) {
        if asked.head.is_empty() {
            return;
        }
        let front = front_of(asked);
        let beginning = self.models.range(front.clone()..).take_while(|(id, _)| id.starts_with(&front));
        let versions = beginning.filter(|(id, _)| is_version_of(asked, &self.parsed(id)));
        if let Some((_, first)) = versions.min_by_key(|(_, row)| (row.released.is_none(), row.released)) {
            fill(facts, first, true);
            facts.name.clear();
        }
    }

    /// Ids of the models that the tables state something of, sorted.
    pub fn recorded(&self) -> impl Iterator<Item = &str> {
        self.models.keys().map(String::as_str)
    }

    /// What the tables state of a model: [`Names::facts`] without what only its name says; `None` where no table has
    /// a row of exactly this id.
    #[must_use]
    pub fn record(&self, model_id: &str) -> Option<ModelFacts> {
        let row = self.models.get(model_id)?;
        Some(ModelFacts {
            parameters: row.parameters,
            released: row.released,
            ..(*self.facts(model_id)).clone()
        })
    }

    /// What the id of every version of a model begins with.
    #[must_use]
    pub fn front(&self, model_id: &str) -> String {
        front_of(&self.parsed(model_id))
    }

    /// Which of a board's canonical ids belong to the entity.
    ///
    /// A model stands for itself and its dated, effort and quantised versions, and, asked for without a variant, for
    /// its chat, instruct and base variants. A family leaves out what others derived from it.
    #[must_use]
    pub fn members<'m>(&self, entity: &Entity, ids: &[&'m str]) -> Vec<&'m str> {
        match entity {
            Entity::Model(asked) => {
                let asked = self.parsed(asked);
                // Every version's id begins as the asked one does: the others need no parsing.
                let front = front_of(&asked);
                // "DeepSeek-V3 (December 2024)" is the undated one where that came out then, "Grok 2 (December 2024)" the
                // "grok-2-1212" that names no year.
                let date = asked.date.as_ref().filter(|date| date.len() > SHORT_DATE);
                let undated = date.map(|date| (date, ModelName { date: None, ..(*asked).clone() }));
                let came_out_then = |id: &str, other: &ModelName| {
                    let agrees =
                        |day: Date, date: &str| dates_agree(&day.strftime("%Y%m%d").to_string(), date);
                    undated.as_ref().is_some_and(|(date, undated)| {
                        other.date.as_ref().is_none_or(|date| date.len() == SHORT_DATE)
                            && is_version_of(undated, other)
                            && self.facts(id).released.is_some_and(|day| agrees(day, date))
                    })
                };
                let is_version = |id: &str| {
                    id.starts_with(&front) && {
                        let other = self.parsed(id);
                        is_version_of(&asked, &other) || came_out_then(id, &other)
                    }
                };
                let own = |id: &&str| *id == asked.id || is_published_as(id, &asked.id) || is_version(id);
                let versions: Vec<&str> = ids.iter().copied().filter(own).collect();
                if !versions.is_empty() {
                    return versions;
                }
                ids.iter()
                    .copied()
                    .filter(|id| id.starts_with(&front) && self.differs_by_size(&asked, id))
                    .collect()
            }
            Entity::Family(asked) => {
                let prefix = format!("{asked}-");
                let owner = &self.parsed(asked).family;
                ids.iter()
                    .copied()
                    .filter(|id| (*id == asked || id.starts_with(&prefix)) && !id.contains(['+', '/']))
                    .filter(|id| {
                        let name = self.parsed(id);
                        !name.is_derivative
                            && (name.family == *owner || self.is_branch(name.family.as_deref(), asked))
                    })
                    .collect()
            }
            Entity::Organisation(asked) => {
                ids.iter().copied().filter(|id| self.facts(id).organisation.as_ref() == Some(asked)).collect()
            }
            Entity::Group(group) => ids.iter().copied().filter(|id| self.is_in_group(id, group)).collect(),
            Entity::Benchmark(_) => Vec::new(),
        }
    }

    /// Whether the id is the asked model's but that only one of the two names its size: "Gopher" is said for gopher-280b,
    /// "Mathstral 7B" for mathstral. A size in a table must agree with the one in the name.
    fn differs_by_size(&self, asked: &ModelName, id: &str) -> bool {
        let other = self.parsed(id);
        let (sized, bare) = match (&asked.size, &other.size) {
            (Some(_), None) => (asked, &*other),
            (None, Some(_)) => (&*other, asked),
            _ => return false,
        };
        let known = self.models.get(&bare.undated()).and_then(|row| row.parameters);
        let agrees = match (known, sized.parameters_b) {
            (Some(known), Some(billions)) => (known / (billions * 1e9) - 1.0).abs() < NEAR_SIZE,
            _ => asked.size.is_none(),
        };
        let unsized_name = |name: &ModelName| ModelName { size: None, ..name.clone() };
        agrees && is_version_of(&unsized_name(asked), &unsized_name(&other))
    }

    /// Whether a model has every property that the group asks for; an unknown property is not had.
    #[must_use]
    pub fn is_in_group(&self, model_id: &str, group: &Group) -> bool {
        group.has(&self.facts(model_id))
    }

    /// The name of an entity for people.
    #[must_use]
    pub fn display(&self, entity: &Entity) -> String {
        match entity {
            Entity::Model(id) => self.facts(id).name.clone(),
            Entity::Family(id) => self.printed(&self.parsed(id)),
            Entity::Organisation(id) => self.organisation(id).map_or_else(|| id.clone(), |o| o.name.clone()),
            Entity::Benchmark(id) => self.benchmark(id).map_or_else(|| id.clone(), |b| b.name.clone()),
            Entity::Group(group) => self.group_name(group),
        }
    }

    /// `qwen-max` is a branch of `qwen`: a row of its own because its openness differs.
    fn is_branch(&self, family: Option<&str>, of: &str) -> bool {
        family.is_some_and(|family| {
            family == of || family.strip_prefix(of).is_some_and(|rest| rest.starts_with('-'))
        })
    }

    /// A readable form of a parsed name: "Llama 2 70B Chat".
    fn printed(&self, name: &ModelName) -> String {
        let Some(family) =
            name.family.as_deref().and_then(|id| self.family(id)).filter(|f| f.id == name.head)
        else {
            return name.id.clone();
        };
        let rest = name.id.strip_prefix(&family.id).unwrap_or("").trim_start_matches('-');
        let words = rest.split('-').filter(|word| !word.is_empty()).map(|word| {
            let mut letters = word.chars();
            let is_size = super::token::is_size(word)
                || super::parse::is_version(word) && word.len() > 1 && !word.ends_with('o');
            match letters.next() {
                Some(first) if !is_size => first.to_uppercase().collect::<String>() + letters.as_str(),
                _ => word.to_uppercase(),
            }
        });
        let glue = if family.id.starts_with("gpt") && !rest.is_empty() { "-" } else { " " };
        let text = words.collect::<Vec<_>>().join(" ");
        if text.is_empty() { family.name.clone() } else { format!("{}{glue}{text}", family.name) }
    }

    fn group_name(&self, group: &Group) -> String {
        let mut words: Vec<String> = Vec::new();
        if !group.countries.is_empty() {
            let adjective = self.adjectives.get(&group.countries);
            words.push(adjective.cloned().unwrap_or_else(|| group.countries.join("/")));
        }
        words.extend(
            group.open_weights.map(|open| if open { "open-weight".to_owned() } else { "closed".to_owned() }),
        );
        words.push("models".to_owned());
        if !group.organisations.is_empty() {
            let name = |id: &String| self.organisation(id).map_or_else(|| id.clone(), |o| o.name.clone());
            words.push("of".to_owned());
            words.push(group.organisations.iter().map(name).collect::<Vec<_>>().join(", "));
        }
        words.join(" ")
    }
}

impl Group {
    /// Whether a model of these facts has every property that the group asks for; an unknown property is not had.
    #[must_use]
    pub fn has(&self, facts: &ModelFacts) -> bool {
        self.has_maker(facts.organisation.as_deref(), facts.country.as_deref())
            && self.open_weights.is_none_or(|asked| facts.open_weights == Some(asked))
    }

    /// Whether the group takes in what an organisation of this country makes, whatever its openness.
    #[must_use]
    pub fn has_maker(&self, organisation: Option<&str>, country: Option<&str>) -> bool {
        let is_country = |asked: &String| {
            country.is_some_and(|country| asked == country || (asked == "EU" && EU.contains(&country)))
        };
        let is_organisation = |asked: &String| organisation == Some(asked);
        (self.countries.is_empty() || self.countries.iter().any(is_country))
            && (self.organisations.is_empty() || self.organisations.iter().any(is_organisation))
    }
}

/// Members of the European Union.
const EU: [&str; 27] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT",
    "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
];

/// A size in a name and the parameters of a table are of one model within this share of each other.
const NEAR_SIZE: f64 = 0.05;

/// Digits of a date without a year: "1022".
const SHORT_DATE: usize = 4;

/// Whether `other` is the asked model in a dated, effort or quantised version, or in a variant left open.
fn is_version_of(asked: &ModelName, other: &ModelName) -> bool {
    let fits = |asked: &Option<String>, other: &Option<String>| asked.is_none() || asked == other;
    // Asked for without a revision it stands for any, and how it was reached is nothing of the model's.
    let bare = |name: &ModelName| {
        let revision = asked.revision.as_ref().and(name.revision.clone());
        let context = asked.context.as_ref().and(name.context.clone());
        let mut bare = ModelName { revision, context, ..name.clone() };
        // "Phi-3 Medium" is said for phi-3-medium-4k-instruct.
        let is_passed_over = |word: &str| ACCESS.contains(&word) || is_length(word);
        bare.words.retain(|word| asked.words.contains(word) || !is_passed_over(word));
        // "Llama 4 Maverick" is said for Llama-4-Maverick-17B-128E: size and experts add nothing to the tier.
        if asked.size.is_none() && bare.words.iter().any(|word| is_experts(word)) {
            bare.size = None;
            bare.words.retain(|word| !is_experts(word));
        }
        bare.render(Detail::Bare)
    };
    let is_same = |other: &ModelName| bare(asked) == bare(other);
    let agrees = match (&asked.date, &other.date) {
        (None, _) => true,
        (Some(one), Some(two)) => dates_agree(one, two),
        (Some(_), None) => false,
    };
    agrees
        && asked.is_derivative == other.is_derivative
        && (fits(&asked.variant, &other.variant) || (is_base(asked) && other.variant.is_none()))
        && fits(&asked.effort, &other.effort)
        && fits(&asked.quantisation, &other.quantisation)
        && (is_same(other) || without_active(asked, other).is_some_and(|other| is_same(&other)))
}

/// Whether the base model is asked for by that word: a name without a variant is a base model's too.
fn is_base(asked: &ModelName) -> bool {
    asked.variant.as_deref() == Some("base")
}

/// A number of experts: `128e`.
fn is_experts(word: &str) -> bool {
    word.strip_suffix('e')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Words of a board's name for how a model was reached or asked.
const ACCESS: [&str; 4] = ["api", "webapp", "fc", "r"];

/// Whether an id is the asked one under the name of who published it: `antgroup/finix-s1-32b`.
fn is_published_as(id: &str, asked: &str) -> bool {
    id.strip_suffix(asked).is_some_and(|front| front.ends_with('/') && !asked.contains('/'))
}

/// Family and version, or what stands before the size: what the ids of all versions begin with.
fn front_of(asked: &ModelName) -> String {
    let front = match &asked.version {
        // Boards put words before the size that the asked name has not: `xlam-2-fc-r-70b`.
        _ if asked.head.is_empty() => {
            let size = asked.size.as_ref().map(|size| format!("-{size}"));
            size.and_then(|size| asked.id.split_once(&size)).map_or(&*asked.id, |(front, _)| front).to_owned()
        }
        Some(version) => format!("{}-{version}", asked.head),
        None => asked.head.clone(),
    };
    // What others made goes by their account: `sequelbox/gemma-2-moth-9b`.
    match asked.id.rsplit_once('/') {
        Some((account, _)) if !front.starts_with(account) => format!("{account}/{front}"),
        _ => front,
    }
}

/// The other name without its active parameters, where only the total is asked for: "Qwen3-235B" is said for
/// Qwen3-235B-A22B.
fn without_active(asked: &ModelName, other: &ModelName) -> Option<ModelName> {
    let total = asked.size.as_deref()?;
    let active = other.size.as_deref()?.strip_prefix(total)?.strip_prefix("-a")?;
    super::token::is_size(active).then(|| ModelName { size: asked.size.clone(), ..other.clone() })
}

fn fill(facts: &mut ModelFacts, row: &ModelRow, is_same_release: bool) {
    if facts.name.is_empty() {
        facts.name.clone_from(&row.name);
    }
    let text = |mine: &mut Option<String>, theirs: &Option<String>| {
        if mine.is_none() {
            mine.clone_from(theirs);
        }
    };
    text(&mut facts.family, &row.family);
    text(&mut facts.organisation, &row.organisation);
    text(&mut facts.licence, &row.licence);
    text(&mut facts.base_model, &row.base_model);
    text(&mut facts.source, &row.source);
    if is_same_release {
        facts.released = facts.released.or(row.released);
    }
    facts.parameters = facts.parameters.or(row.parameters);
    facts.open_weights = facts.open_weights.or(row.open_weights);
    facts.context_tokens = facts.context_tokens.or(row.context_tokens);
}

fn date_of(digits: &str) -> Option<Date> {
    if digits.len() != FULL_DATE_DIGITS {
        return None;
    }
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}
