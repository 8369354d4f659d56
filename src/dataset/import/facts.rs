//! Tables of models whose manifest names the columns: raw copies in; what the source states of each model out.

use super::columns::{cell, day_of, files, mapping, meets};
use super::model_sources::{Fact, Facts};
use super::raw::{RawRoot, RawRow, RawTable};
use crate::dataset::columns::{Columns, Estimates, FactColumns};
use crate::dataset::manifest::{ImportEntry, Manifest};
use crate::error::Result;
use crate::names::Names;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Reads every copy that the manifest means: a model is taken from the newest that has it.
pub(super) fn facts(
    raw: &mut RawRoot,
    manifest: &Manifest,
    import: &ImportEntry,
    names: &Names,
) -> Result<Facts> {
    let columns = mapping(manifest, import)?;
    let mut newest: BTreeMap<String, Fact> = BTreeMap::new();
    let mut days = BTreeSet::new();
    for file in files(raw, import, columns)? {
        let table = raw.mapped(&file, columns.rows.as_deref())?;
        if let Some(row) = table.rows().next() {
            days.insert(day_of(&row, &file, columns)?);
        }
        for fact in rows(&table, columns, names)? {
            newest.insert(fact.name.clone(), Fact { source: manifest.id.clone(), ..fact });
        }
    }
    Ok(Facts { facts: newest.into_values().collect(), days })
}

fn rows(table: &RawTable, columns: &Columns, names: &Names) -> Result<Vec<Fact>> {
    let name: Vec<&str> = columns.name.iter().map(String::as_str).collect();
    let name = table.column(&name)?;
    let wanted = columns.facts.clone().unwrap_or_default();
    let listed: BTreeSet<String> =
        table.rows().map(|row| names.canonical(latin(row.get(name)), None).id).collect();
    let mut facts = Vec::new();
    for row in table.rows().filter(|row| meets(row, &columns.only)) {
        let printed = latin(cell(&row, name, columns));
        if printed.is_empty() {
            continue;
        }
        let mut fact = fact(&row, printed, &wanted, columns, names)?;
        if wanted.base_is_listed {
            fact.base_model.retain(|base| listed.contains(&names.canonical(base, None).id));
        }
        if is_meant(&fact, &wanted.countries, names) {
            facts.push(fact);
        }
    }
    Ok(facts)
}

fn fact(
    row: &RawRow<'_>,
    name: &str,
    wanted: &FactColumns,
    columns: &Columns,
    names: &Names,
) -> Result<Fact> {
    let get = |column: &Option<String>| column.as_deref().map_or("", |column| cell(row, column, columns));
    let text = |column: &Option<String>| Some(get(column).to_owned()).filter(|text| !text.is_empty());
    let says = |words: &[String]| words.iter().any(|word| word == get(&wanted.weights));
    let open_weights = match () {
        () if wanted.all_open || says(&wanted.open) => Some(true),
        () if says(&wanted.closed) => Some(false),
        () => None,
    };
    let organisation = text(&columns.organisation);
    let is_countable = || {
        let model = names.canonical(name, organisation.as_deref());
        open_weights.or_else(|| names.facts(&model.id).open_weights) == Some(true)
    };
    let parameters = parameters(get(&wanted.parameters));
    let (released, released_month) = release(get(&wanted.released));
    let bases = get(&wanted.base).split(';').map(|base| {
        let base = wanted.base_words.iter().fold(base.to_owned(), |base, word| base.replace(word, ""));
        latin(base.trim()).to_owned()
    });
    let base_model = bases.filter(|base| !base.is_empty()).collect();
    let context = wanted.context.as_deref().map(|column| row.number_in(column, cell(row, column, columns)));
    Ok(Fact {
        name: name.to_owned(),
        organisation: organisation.clone(),
        released,
        released_month,
        parameters: parameters.filter(|_| wanted.estimates == Estimates::Keep || is_countable()),
        open_weights,
        licence: text(&wanted.licence),
        base_model,
        context_tokens: context.transpose()?.flatten().filter(|tokens| *tokens > 0.0),
        source: String::new(),
    })
}

/// Whether a model may be of the countries meant: a maker whose country is not known may be.
fn is_meant(fact: &Fact, countries: &[String], names: &Names) -> bool {
    let maker = names.canonical(&fact.name, fact.organisation.as_deref()).organisation;
    let country = maker.and_then(|id| names.organisation(&id)?.country.clone());
    countries.is_empty() || country.is_none_or(|country| countries.contains(&country))
}

/// The name in Latin letters of one printed in both scripts, "轩辕(XuanYuan)"; any other as it is.
fn latin(printed: &str) -> &str {
    let inside = printed.find('(').and_then(|at| printed[at + 1..].split(')').next());
    let is_latin = |inside: &&str| inside.is_ascii() && inside.bytes().any(|b| b.is_ascii_alphabetic());
    let front = printed.split('(').next().unwrap_or_default();
    match inside.filter(is_latin) {
        Some(inside) if !front.is_empty() && !front.trim().is_ascii() => inside.trim(),
        _ => printed.trim(),
    }
}

/// A day, or the first of a month where no more is said; nothing where the words say neither.
fn release(cell: &str) -> (Option<Date>, Option<Date>) {
    if let Some(day) = cell.get(..10).and_then(|day| day.parse().ok()) {
        return (Some(day), None);
    }
    let first = format!("1 {cell}");
    let forms = ["%d %Y-%m", "%d %Y/%m", "%d %b/%Y"];
    (None, forms.iter().find_map(|form| Date::strptime(form, &first).ok()))
}

/// "70", "7B", "34B parameters (dense)", "900M": one size, as a count. Several are a family's, not a model's.
fn parameters(cell: &str) -> Option<f64> {
    let end = cell.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(cell.len());
    let number: f64 = cell[..end].parse().ok().filter(|n| *n > 0.0)?;
    let unit = cell[end..].split(" parameter").next().unwrap_or_default().trim();
    let factor = match unit {
        "" | "B" => 1e9,
        "M" => 1e6,
        "T" => 1e12,
        _ => return None,
    };
    Some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Store, open_names};
    use std::sync::LazyLock;

    fn names() -> &'static Names {
        static SHIPPED: LazyLock<Names> =
            LazyLock::new(|| open_names(&Store::Shipped).expect("shipped names"));
        &SHIPPED
    }

    fn read(columns: &str, text: &str) -> Vec<Fact> {
        let columns: Columns = toml::from_str(columns).expect("columns");
        rows(&RawTable::parse("t.csv", text).expect("a table"), &columns, names()).expect("rows")
    }

    #[test]
    fn releases_and_sizes_are_read_in_every_form_that_sources_print() {
        let day = Date::constant;
        assert_eq!(release("2024-05-07"), (Some(day(2024, 5, 7)), None));
        for month in ["2024-05", "2024/5", "May/2024"] {
            assert_eq!(release(month), (None, Some(day(2024, 5, 1))), "{month}");
        }
        assert_eq!(release("soon"), (None, None));
        let sizes = ["70", "7B", "34B parameters (dense)", "900M", "1T"].map(parameters);
        assert_eq!(sizes, [Some(7e10), Some(7e9), Some(3.4e10), Some(9e8), Some(1e12)]);
        for several in ["7/13B", "8x7B", "A3/80B", "0.5~72B", "unknown", ""] {
            assert_eq!(parameters(several), None, "{several}");
        }
    }

    #[test]
    fn trap_10_a_sources_nationality_is_not_read() {
        let facts = read(
            "name = ['name']\norganisation = 'organization'\n[facts]\nreleased = 'created_date'\n",
            "name,organization,nationality,created_date\nYi,01 AI,France,2023-11-02\nDeepSeek,DeepSeek,Unknown,2023-11-29\n",
        );
        let country = |fact: &Fact| {
            let maker = names().canonical(&fact.name, fact.organisation.as_deref()).organisation?;
            names().organisation(&maker)?.country.clone()
        };
        assert_eq!(
            facts.iter().map(country).collect::<Vec<_>>(),
            [Some("CN".to_owned()), Some("CN".to_owned())]
        );
    }

    #[test]
    fn trap_15_models_from_elsewhere_are_left_out_of_a_countrys_list() {
        let facts = read(
            "name = ['model']\norganisation = 'organisation'\n[facts]\ncountries = ['CN']\nall_open = true\n",
            "model,organisation\nmeta-llama-9,meta-llama\nNemotron-9,NVIDIA\nQwen-9,QwenLM\n扁鹊(BianQue),华南理工大学\n",
        );
        assert_eq!(facts.iter().map(|fact| fact.name.as_str()).collect::<Vec<_>>(), ["Qwen-9", "BianQue"]);
    }

    #[test]
    fn guesses_of_sizes_nobody_can_count_are_dropped() {
        let facts = read(
            "name = ['Model']\n[facts]\nparameters = 'B'\nestimates = 'drop'\n",
            "Model,B\nGPT-4,1760\nLlama 2 70B,70\n",
        );
        assert_eq!(facts.iter().map(|fact| fact.parameters).collect::<Vec<_>>(), [None, Some(7e10)]);
    }

    #[test]
    fn of_dependencies_only_models_that_the_table_lists_are_bases() {
        let facts = read(
            "name = ['name']\n[facts]\nbase = 'dependencies'\nbase_is_listed = true\n",
            "name,dependencies\nLlama 2,\nTulu 2,LLaMA 2;A mixture of instructions\n",
        );
        assert_eq!(facts[1].base_model, ["LLaMA 2"]);
    }

    #[test]
    fn a_name_in_two_scripts_is_its_latin_one() {
        assert_eq!(latin("轩辕(XuanYuan 2.0)"), "XuanYuan 2.0");
        assert_eq!(latin("Anima(33B)"), "Anima(33B)");
        assert_eq!(latin("骆驼"), "骆驼");
    }
}
