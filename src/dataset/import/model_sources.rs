//! Sources of model metadata: Epoch AI, the ATOM project, llm-stats, models.dev and open-llms in; facts on models, each
//! as its source states it, out. [`super::identities`] merges them.

use super::draft::Tidy;
use super::raw::{RawRoot, RawRow, RawTable, file_date};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::{Error, Result};
use crate::names::Names;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The licence that a collection writes for models without weights.
pub(super) const CLOSED: &str = "proprietary";

/// The reader that is told by the manifest which column holds what.
pub(super) const COLUMNS: &str = "columns";

/// What one source says of one model.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Fact {
    /// The model as printed.
    pub(super) name: String,
    /// The organisation as printed.
    pub(super) organisation: Option<String>,
    /// First public release.
    pub(super) released: Option<Date>,
    /// The month of it, by its first day, where the source knows no more.
    pub(super) released_month: Option<Date>,
    /// Total parameters, a count.
    pub(super) parameters: Option<f64>,
    /// Whether the weights can be downloaded.
    pub(super) open_weights: Option<bool>,
    /// Licence, as published.
    pub(super) licence: Option<String>,
    /// Declared base models, as printed.
    pub(super) base_model: Vec<String>,
    /// Context window in tokens.
    pub(super) context_tokens: Option<f64>,
    /// Data set the fact is from.
    pub(super) source: String,
}

/// Facts, and the days of the copies they were read from.
#[derive(Default)]
pub(super) struct Facts {
    /// In reading order.
    pub(super) facts: Vec<Fact>,
    /// Days of the copies.
    pub(super) days: BTreeSet<Date>,
}

/// The tidy table of one source.
pub(super) fn table(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Tidy> {
    let read = if import.format == COLUMNS {
        super::facts::facts(raw, manifest, import, names)?
    } else {
        read(raw, &import.format, &import.folder)?.ok_or_else(|| Error::Manifest {
            manifest: format!("{}/dataset.toml", manifest.id),
            why: format!("key `import.format`: no reader `{}`", import.format),
        })?
    };
    let rows = super::identities::merge(read.facts, names);
    let bytes = super::identities::write(&format!("{}/{}", manifest.id, manifest.table_file()), &rows)?;
    Ok(Tidy { bytes, rows: rows.len() as u64, days: read.days })
}

/// Reads one source, or nothing when no reader has that name.
pub(super) fn read(raw: &mut RawRoot, format: &str, folder: &str) -> Result<Option<Facts>> {
    match format {
        "atom" => atom(raw, folder),
        "epoch-models" => epoch_models(raw, folder),
        "epoch-versions" => epoch_versions(raw, folder),
        "llm-stats-models" => llm_stats(raw, folder),
        "models-dev" => models_dev(raw, folder),
        "open-llms" => open_llms(raw, folder),
        _ => return Ok(None),
    }
    .map(Some)
}

fn some(cell: &str) -> Option<String> {
    Some(cell.to_owned()).filter(|text| !text.is_empty())
}

fn truth(cell: &str) -> Option<bool> {
    match cell {
        "True" | "true" => Some(true),
        "False" | "false" => Some(false),
        _ => None,
    }
}

/// Whether a cell has the form YYYY-MM.
fn is_month(cell: &str) -> bool {
    cell.len() == "YYYY-MM".len()
}

/// The first day of a month written YYYY-MM.
fn month(cell: &str) -> Option<Date> {
    is_month(cell).then(|| format!("{cell}-01").parse().ok()).flatten()
}

/// Epoch AI's database. Selections and criteria differ between copies: a model is taken from the newest that has it.
fn epoch_models(raw: &mut RawRoot, folder: &str) -> Result<Facts> {
    let mut newest: BTreeMap<String, Fact> = BTreeMap::new();
    let mut days = BTreeSet::new();
    for file in raw.files(folder, ".csv")? {
        days.insert(file_date(&file)?);
        for fact in epoch_model_rows(&raw.table(&file)?)? {
            newest.insert(fact.name.clone(), fact);
        }
    }
    Ok(Facts { facts: newest.into_values().collect(), days })
}

fn epoch_model_rows(table: &RawTable) -> Result<Vec<Fact>> {
    let name = table.column(&["Model", "System"])?;
    let mut facts = Vec::new();
    for row in table.rows().filter(|row| !row.get(name).is_empty() && is_language_model(row.get("Domain"))) {
        // A future date is an announcement: the copies list some.
        let released = row.date("Publication date")?.filter(|_| row.get("Confidence") != "Unverified");
        facts.push(Fact {
            name: row.get(name).to_owned(),
            organisation: row.get("Organization").split(',').next().and_then(some),
            released,
            parameters: row.number("Parameters")?.filter(|n| *n > 0.0),
            open_weights: access(row.get("Model accessibility")),
            base_model: row.get("Base model").split(',').filter_map(|base| some(base.trim())).collect(),
            source: "epoch-models".to_owned(),
            ..Fact::default()
        });
    }
    Ok(facts)
}

fn is_language_model(domain: &str) -> bool {
    domain.split(',').any(|part| matches!(part.trim(), "Language" | "Multimodal"))
}

/// "Open weights (restricted use)", older "Open access", "API access", "Hosted access (no API)", "Unreleased".
fn access(printed: &str) -> Option<bool> {
    match printed {
        "" => None,
        open if open.starts_with("Open") => Some(true),
        _ => Some(false),
    }
}

/// Model versions of Epoch AI's hub and of its capabilities index, with release days.
fn epoch_versions(raw: &mut RawRoot, folder: &str) -> Result<Facts> {
    let mut read = Facts::default();
    let mut files = vec![raw.newest(folder, ".eci-index.csv")?];
    files.extend(raw.files(folder, ".model_versions.csv")?.into_iter().rev());
    for file in files {
        read.days.insert(file_date(&file)?);
        let table = raw.table(&file)?;
        let version = table.column(&["model_version", "id"])?;
        let released = table.column(&["release_date", "version_release_date", "Version release date"])?;
        for row in table.rows().filter(|row| !row.get(version).is_empty()) {
            read.facts.push(Fact {
                name: row.get(version).to_owned(),
                organisation: row.get("organization").split(',').next().and_then(some),
                released: row.date(released)?,
                source: "epoch-benchmarks".to_owned(),
                ..Fact::default()
            });
        }
    }
    Ok(read)
}

/// The ATOM project's open models: parameters, and release days where the hub's own are wrong.
fn atom(raw: &mut RawRoot, folder: &str) -> Result<Facts> {
    let mut by_id: BTreeMap<String, Fact> = BTreeMap::new();
    let mut days = BTreeSet::new();
    let files =
        [".models.csv", ".extra_models.csv", ".model_parameters.csv", ".release_date_corrections.csv"];
    for suffix in files {
        let file = raw.newest(folder, suffix)?;
        days.insert(file_date(&file)?);
        let table = raw.table(&file)?;
        let id = table.column(&["modelId", "model_id"])?;
        for row in table.rows().filter(|row| !row.get(id).is_empty()) {
            let fact = by_id.entry(row.get(id).to_owned()).or_insert_with(|| Fact {
                name: row.get(id).to_owned(),
                open_weights: Some(true),
                source: "atom-tracked-models".to_owned(),
                ..Fact::default()
            });
            if let Some(billions) = row.number("total_params_b")? {
                fact.parameters = Some(billions * 1e9);
            }
            if let Some(day) = row.date("actual_release_date")? {
                fact.released = Some(day);
            }
        }
    }
    Ok(Facts { facts: by_id.into_values().collect(), days })
}

/// llm-stats: a newer copy before an older one.
fn llm_stats(raw: &mut RawRoot, folder: &str) -> Result<Facts> {
    let mut read = Facts::default();
    for file in raw.files(folder, ".models.csv")?.into_iter().rev() {
        read.days.insert(file_date(&file)?);
        for row in raw.table(&file)?.rows() {
            let licence = some(row.get("license_id"));
            // It files some closed models under the licence of their documentation.
            let is_for_text =
                licence.as_deref().is_some_and(|licence| licence.starts_with("creative_commons"));
            read.facts.push(Fact {
                name: row.need("model_id")?.to_owned(),
                organisation: some(row.get("organization_id")),
                released: row.date("release_date")?,
                parameters: row.number("param_count")?.filter(|n| *n > 0.0),
                open_weights: licence.as_deref().filter(|_| !is_for_text).map(|licence| licence != CLOSED),
                licence,
                base_model: some(row.get("fine_tuned_from_model_id")).into_iter().collect(),
                source: "llm-stats".to_owned(),
                ..Fact::default()
            });
        }
    }
    Ok(read)
}

/// models.dev: context windows above all.
fn models_dev(raw: &mut RawRoot, folder: &str) -> Result<Facts> {
    let mut read = Facts::default();
    let file = raw.newest(folder, "02.models.csv")?;
    read.days.insert(file_date(&file)?);
    for row in raw.table(&file)?.rows() {
        read.facts.push(Fact {
            name: row.need("id")?.to_owned(),
            organisation: some(row.get("lab")),
            released: if is_month(row.get("release_date")) { None } else { row.date("release_date")? },
            released_month: month(row.get("release_date")),
            open_weights: truth(row.get("open_weights")),
            context_tokens: row.number("context")?.filter(|n| *n > 0.0),
            source: "models-dev".to_owned(),
            ..Fact::default()
        });
    }
    Ok(read)
}

/// open-llms: commercially usable open models by month of release.
fn open_llms(raw: &mut RawRoot, folder: &str) -> Result<Facts> {
    let file = raw.newest(folder, ".csv")?;
    let days = BTreeSet::from([file_date(&file)?]);
    let facts = raw.table(&file)?.rows().map(|row| open_llm_row(&row)).collect();
    Ok(Facts { facts, days })
}

/// One context length, "4096" or "32k"; several ("4096, 8192") are a family's, "infinity" is none.
fn context(printed: &str) -> Option<f64> {
    let lower = printed.to_lowercase();
    let (digits, tokens) = lower.strip_suffix('k').map_or((lower.as_str(), 1.0), |digits| (digits, 1024.0));
    digits.parse::<u32>().ok().map(|number| f64::from(number) * tokens)
}

fn open_llm_row(row: &RawRow<'_>) -> Fact {
    Fact {
        name: row.get("Language Model").to_owned(),
        released_month: month(&row.get("Release Date").replace('/', "-")),
        // A range ("0.06 - 11") is a family's, not a model's.
        parameters: row.get("Params (B)").parse::<f64>().ok().map(|billions| billions * 1e9),
        open_weights: Some(true),
        licence: some(row.get("Licence")),
        context_tokens: context(row.get("Context Length")),
        source: "open-llms".to_owned(),
        ..Fact::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_language_and_multimodal_models_are_taken() {
        let text = "System,Organization,Publication date,Domain,Parameters,Model accessibility,Base model,Confidence\n\
            Yi-34B,01.AI,2023-11-02,Language,34000000000.00,Open access (restricted use),,Confident\n\
            AlphaFold,DeepMind,2020-01-15,Biology,16340840.00,Unreleased,,Speculative\n\
            Llama 3,,2024-06-01,Language,,,,Unverified\n";
        let facts = epoch_model_rows(&RawTable::parse("t.csv", text).expect("a table")).expect("facts");
        assert_eq!(facts.iter().map(|fact| fact.name.as_str()).collect::<Vec<_>>(), ["Yi-34B", "Llama 3"]);
        assert_eq!((facts[0].parameters, facts[0].open_weights), (Some(3.4e10), Some(true)));
        assert_eq!(facts[1].released, None, "an unverified announcement is no release");
    }

    #[test]
    fn trap_9_selections_are_joined_the_newest_copy_stands_and_several_countries_are_none() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join("e")).expect("made");
        let header = "Model,Organization,Publication date,Domain,Parameters,Country,Base model\n";
        let copies = [
            (
                "2023-12-20.notable.csv",
                "Yi-34B,01.AI,2023-11-02,Language,3.3e10,China,\nQ-1,A,2023-01-05,Language,,,\n",
            ),
            ("2026-07-19.all.csv", "Yi-34B,\"01.AI,Google\",2023-11-02,Language,3.4e10,\"China,France\",\n"),
        ];
        for (name, rows) in copies {
            std::fs::write(root.path().join("e").join(name), format!("{header}{rows}")).expect("written");
        }
        let read = epoch_models(&mut RawRoot::new(root.path()), "e").expect("facts");
        let told: Vec<_> = read.facts.iter().map(|fact| (fact.name.as_str(), fact.parameters)).collect();
        assert_eq!(told, [("Q-1", None), ("Yi-34B", Some(3.4e10))]);
        // A base that is not stated is not "no base"; the first maker is, and only our table says where it is.
        assert!(read.facts[1].base_model.is_empty());
        assert_eq!(read.facts[1].organisation.as_deref(), Some("01.AI"));
    }

    #[test]
    fn several_context_lengths_are_none() {
        assert_eq!(
            (context("4096"), context("32k"), context("128K")),
            (Some(4096.0), Some(32_768.0), Some(131_072.0))
        );
        assert_eq!((context("4096, 8192"), context("infinity (RNN)"), context("")), (None, None, None));
    }

    #[test]
    fn a_range_of_sizes_is_no_size() {
        let text = "Language Model,Release Date,Params (B),Licence\nT5,2019/10,0.06 - 11,Apache 2.0\nGPT-NeoX-20B,2022/04,20,Apache 2.0\n";
        let table = RawTable::parse("t.csv", text).expect("a table");
        let facts: Vec<Fact> = table.rows().map(|row| open_llm_row(&row)).collect();
        assert_eq!((facts[0].parameters, facts[1].parameters), (None, Some(2e10)));
        assert_eq!((facts[0].released, facts[0].released_month), (None, Some(Date::constant(2019, 10, 1))));
    }
}
