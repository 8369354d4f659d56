//! Model identities: facts from every source in; `identities/models.csv`, one row a canonical id, out.
//!
//! Sources are merged in an order of trust. A release day is the earliest that a second source confirms within a
//! month; when none does, the most trusted source's. Corrections by hand, each with its source, stand above all.

use super::model_sources::{self, CLOSED, Fact};
use super::raw::{RawRoot, RawTable};
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

/// Two sources mean one release when their days are this near.
const SAME_RELEASE_DAYS: i32 = 31;

/// One merged row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Identity {
    id: String,
    name: String,
    family: Option<String>,
    organisation: Option<String>,
    released: Option<Date>,
    parameters: Option<f64>,
    open_weights: Option<bool>,
    licence: Option<String>,
    base_model: Option<String>,
    context_tokens: Option<f64>,
    sources: Vec<String>,
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
            groups.entry(model.id.clone()).or_insert_with(|| (model, Vec::new())).1.push(fact);
        }
    }
    let mut rows: Vec<Identity> =
        groups.values().map(|(model, facts)| identity(model, facts, names)).collect();
    date_by_versions(&mut rows, groups.values().map(|(model, _)| model));
    rows
}

/// An undated name stands for its dated versions too: it was released with the earliest of them, where that is well
/// before its own day (a day or two is only how a version was stamped) or its own is not known.
fn date_by_versions<'m>(rows: &mut [Identity], models: impl Iterator<Item = &'m ModelName>) {
    let mut earliest: BTreeMap<String, Date> = BTreeMap::new();
    for (row, model) in rows.iter().zip(models) {
        if let Some(day) = row.released.filter(|_| model.date.is_some() && model.stage.is_none()) {
            let first = earliest.entry(model.undated()).or_insert(day);
            *first = day.min(*first);
        }
    }
    for row in rows {
        if let Some(first) = earliest.get(&row.id).copied() {
            let is_later = |own: Date| (own - first).get_days() > SAME_RELEASE_DAYS;
            if row.released.is_none_or(is_later) {
                row.released = Some(first);
            }
        }
    }
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

/// The earliest day that another source confirms within a month; else the most trusted source's; else a month.
fn released(facts: &[Fact]) -> Option<Date> {
    let days: Vec<(Date, &str)> =
        facts.iter().filter_map(|fact| Some((fact.released?, fact.source.as_str()))).collect();
    let confirmed = |(day, source): &&(Date, &str)| {
        days.iter().any(|(other, by)| by != source && (*other - *day).get_days().abs() <= SAME_RELEASE_DAYS)
    };
    let earliest = days.iter().filter(confirmed).map(|(day, _)| *day).min();
    let trusted = || days.first().map(|(day, _)| *day);
    earliest.or_else(trusted).or_else(|| facts.iter().find_map(|fact| fact.released_month))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(source: &str, released: Date) -> Fact {
        Fact { source: source.to_owned(), released: Some(released), ..Fact::default() }
    }

    #[test]
    fn the_earliest_confirmed_day_is_the_release() {
        let day = Date::constant;
        let facts = [fact("a", day(2023, 3, 15)), fact("b", day(2023, 3, 14)), fact("c", day(2022, 1, 1))];
        assert_eq!(released(&facts), Some(day(2023, 3, 14)));
    }

    #[test]
    fn without_a_second_source_the_most_trusted_day_stands() {
        let day = Date::constant;
        assert_eq!(
            released(&[fact("a", day(2024, 6, 1)), fact("b", day(2022, 1, 1))]),
            Some(day(2024, 6, 1))
        );
        assert_eq!(
            released(&[fact("a", day(2024, 6, 1)), fact("a", day(2024, 6, 2))]),
            Some(day(2024, 6, 1))
        );
        assert_eq!(released(&[]), None);
    }

    #[test]
    fn a_month_neither_confirms_a_day_nor_goes_before_one() {
        let day = Date::constant;
        let month = Fact { source: "b".to_owned(), released_month: Some(day(2023, 9, 1)), ..Fact::default() };
        assert_eq!(released(&[fact("a", day(2023, 9, 27)), month.clone()]), Some(day(2023, 9, 27)));
        assert_eq!(released(&[month]), Some(day(2023, 9, 1)));
    }

    #[test]
    fn an_undated_name_is_as_old_as_its_first_version() {
        let row = |id: &str, day| Identity { id: id.to_owned(), released: Some(day), ..Identity::default() };
        let day = Date::constant;
        let mut rows = [row("m", day(2025, 5, 20)), row("m-202503", day(2025, 3, 25))];
        let dated = ModelName {
            words: vec!["m".to_owned()],
            date: Some("202503".to_owned()),
            ..ModelName::default()
        };
        let plain = ModelName { words: vec!["m".to_owned()], ..ModelName::default() };
        date_by_versions(&mut rows, [&plain, &dated].into_iter());
        assert_eq!(rows[0].released, Some(day(2025, 3, 25)));
    }
}
