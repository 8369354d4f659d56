//! Model identities: facts from every source in; `identities/models.csv`, one row a canonical id, out.
//!
//! Sources are merged in an order of trust; of days of release see [`super::release`]. Corrections by hand, each with its
//! source, stand above all.

use super::model_sources::{self, CLOSED, Fact};
use super::raw::{RawRoot, RawTable};
use super::release::{date_by_versions, date_within_month, released};
use super::write_whole;
use crate::error::{Error, Result};
use crate::names::{ModelName, Names};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// The columns of `models.csv`.
const COLUMNS: [&str; 11] = [
    "id",
    "name",
    "family",
    "organisation",
    "released",
    "parameters",
    "open_weights",
    "licence",
    "base_model",
    "context_tokens",
    "source",
];

/// Readers and raw folders, the most trusted first: curated with references, then the vendors' own pages as
/// collected, then a list that knows months only.
const SOURCES: [(&str, &str); 6] = [
    ("epoch-models", "epoch-models"),
    ("epoch-versions", "epoch-benchmarks"),
    ("atom", "atom-tracked-models"),
    ("models-dev", "models-dev"),
    ("llm-stats-models", "llm-stats"),
    ("open-llms", "open-llms"),
];

/// What corrections by hand are told by among the sources.
const CORRECTIONS: &str = "corrections";

/// One merged row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) family: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) released: Option<Date>,
    pub(super) parameters: Option<f64>,
    pub(super) open_weights: Option<bool>,
    pub(super) licence: Option<String>,
    pub(super) base_model: Option<String>,
    pub(super) context_tokens: Option<f64>,
    pub(super) sources: Vec<String>,
}

/// Writes `identities/models.csv` from every source of model metadata and `identities/corrections.csv`; gives the
/// number of rows.
///
/// # Errors
/// A raw file that cannot be read, or a correction of a column that is not there.
pub fn import_identities(raw: &Path, datasets: &Path, names: &Names) -> Result<usize> {
    let mut root = RawRoot::new(raw);
    let mut facts = Vec::new();
    for (format, folder) in SOURCES {
        facts.extend(model_sources::read(&mut root, format, folder)?.unwrap_or_default().facts);
    }
    let mut rows: BTreeMap<String, Identity> =
        merge(facts, names).into_iter().map(|row| (row.id.clone(), row)).collect();
    let folder = datasets.join("identities");
    let corrections = folder.join("corrections.csv");
    if corrections.is_file() {
        let text = std::fs::read_to_string(&corrections).map_err(|source| Error::Io {
            action: "read",
            path: corrections.clone(),
            source,
        })?;
        correct(&mut rows, &RawTable::parse("identities/corrections.csv", &text)?, names)?;
    }
    let rows: Vec<Identity> = rows.into_values().collect();
    write_whole(&folder.join("models.csv"), &write("identities/models.csv", &rows)?)?;
    Ok(rows.len())
}

/// Merges facts, given in the order of trust, by canonical id; sorted by id.
pub(super) fn merge(facts: Vec<Fact>, names: &Names) -> Vec<Identity> {
    let mut groups: BTreeMap<String, (ModelName, Vec<Fact>)> = BTreeMap::new();
    for fact in facts {
        let model = names.canonical(&fact.name, fact.organisation.as_deref());
        if !model.id.is_empty() {
            let (first, facts) =
                groups.entry(model.id.clone()).or_insert_with(|| (model.clone(), Vec::new()));
            // "Amber" tells of no maker, "LLM360 Amber" does.
            first.family = first.family.take().or(model.family);
            first.organisation = first.organisation.take().or(model.organisation);
            facts.push(fact);
        }
    }
    let mut rows: Vec<Identity> =
        groups.values().map(|(model, facts)| identity(model, facts, names)).collect();
    date_by_versions(&mut rows, groups.values().map(|(model, _)| model));
    let is_of_a_month = |facts: &Vec<Fact>| facts.iter().all(|fact| fact.released.is_none());
    date_within_month(&mut rows, &groups.values().map(|(_, facts)| is_of_a_month(facts)).collect::<Vec<_>>());
    rows
}

fn identity(model: &ModelName, facts: &[Fact], names: &Names) -> Identity {
    let organisation = facts.iter().find_map(|fact| {
        fact.organisation
            .as_deref()
            .and_then(|printed| names.canonical(&fact.name, Some(printed)).organisation)
    });
    let bases = facts.iter().map(|fact| &fact.base_model).find(|bases| !bases.is_empty());
    let bases = bases
        .map(|bases| bases.iter().map(|base| names.canonical(base, None).id).collect::<Vec<_>>().join(";"));
    let mut sources: Vec<String> = Vec::new();
    for fact in facts {
        if !sources.contains(&fact.source) {
            sources.push(fact.source.clone());
        }
    }
    let open_weights = facts.iter().find_map(|fact| fact.open_weights);
    let open = open_weights == Some(true);
    Identity {
        id: model.id.clone(),
        name: facts.first().map(|fact| fact.name.clone()).unwrap_or_default(),
        family: model.family.clone(),
        organisation: model.organisation.clone().or(organisation),
        released: released(facts),
        parameters: facts.iter().find_map(|fact| fact.parameters),
        open_weights,
        licence: facts
            .iter()
            .find_map(|fact| fact.licence.clone())
            .filter(|licence| !(open && licence == CLOSED)),
        base_model: bases.filter(|base| *base != model.id),
        context_tokens: facts.iter().find_map(|fact| fact.context_tokens),
        sources,
    }
}

/// Applies corrections: `id,field,value,source`. A row that is not there yet is added.
fn correct(rows: &mut BTreeMap<String, Identity>, table: &RawTable, names: &Names) -> Result<()> {
    for row in table.rows() {
        row.need("source")?;
        let (id, value) = (row.need("id")?, row.get("value"));
        let entry = rows.entry(id.to_owned()).or_insert_with(|| {
            let model = names.canonical(id, None);
            Identity {
                id: id.to_owned(),
                name: id.to_owned(),
                family: model.family,
                organisation: model.organisation,
                ..Identity::default()
            }
        });
        let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
        match row.need("field")? {
            "name" => value.clone_into(&mut entry.name),
            "family" => entry.family = text(),
            "organisation" => entry.organisation = text(),
            "released" => entry.released = row.date("value")?,
            "parameters" => entry.parameters = row.number("value")?,
            "open_weights" => entry.open_weights = Some(value == "true"),
            "licence" => entry.licence = text(),
            "base_model" => entry.base_model = text(),
            "context_tokens" => entry.context_tokens = row.number("value")?,
            other => return Err(row.fault("field", &format!("`{other}` is not a column of models.csv"))),
        }
        if entry.sources.iter().all(|source| source != CORRECTIONS) {
            entry.sources.push(CORRECTIONS.to_owned());
        }
    }
    Ok(())
}

/// The rows as CSV.
pub(super) fn write(table: &str, rows: &[Identity]) -> Result<Vec<u8>> {
    let broken = |why: String| Error::Table {
        table: table.to_owned(),
        why,
        hint: "report this as a defect".to_owned(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|e| broken(e.to_string()))?;
    for row in rows {
        let number = |n: Option<f64>| n.map_or_else(String::new, |n| format!("{}", n.round()));
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let record = [
            row.id.clone(),
            row.name.clone(),
            text(&row.family),
            text(&row.organisation),
            row.released.map_or_else(String::new, |day| day.to_string()),
            number(row.parameters),
            row.open_weights.map_or_else(String::new, |open| open.to_string()),
            text(&row.licence),
            text(&row.base_model),
            number(row.context_tokens),
            row.sources.join(";"),
        ];
        writer.write_record(&record).map_err(|e| broken(e.to_string()))?;
    }
    writer.into_inner().map_err(|e| broken(e.to_string()))
}
