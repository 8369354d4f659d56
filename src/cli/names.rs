//! `benchclaim names`: names in; what each resolves to, with what is known of it, out.

use super::{Ending, output};
use crate::dataset::Catalog;
use crate::names::{BaseBy, Entity, Maker, Resolution};
use anyhow::Result;
use std::fmt::Write;

/// Prints what each name stands for; an unknown name is a finding.
pub(super) fn run(names: &[String], catalog: &Catalog) -> Result<Ending> {
    let mut text = String::new();
    let mut ending = Ending::Clean;
    for name in names {
        match catalog.names().resolve(name) {
            Resolution::Found(entity) => {
                describe(&mut text, name, &entity, catalog)?;
                repository(&mut text, name, catalog, Heading::LeftOut)?;
            }
            Resolution::Unknown { .. } if repository(&mut text, name, catalog, Heading::Written)? => {}
            Resolution::Unknown { near } => {
                ending = Ending::Findings;
                writeln!(text, "{name}: unknown")?;
                if !near.is_empty() {
                    writeln!(text, "  near names: {}", near.join(", "))?;
                }
            }
        }
    }
    output::write(text.as_bytes(), None)?;
    Ok(ending)
}

/// Whether a repository's first line is to be written: not where the name is described already.
#[derive(PartialEq)]
enum Heading {
    Written,
    LeftOut,
}

/// Adds who uploaded a repository that a board prints, and what it was made from; whether there was anything to add.
fn repository(text: &mut String, name: &str, catalog: &Catalog, heading: Heading) -> Result<bool> {
    let Some((dataset, printed)) =
        name.contains('/').then(|| catalog.find_printed(name)).transpose()?.flatten()
    else {
        return Ok(false);
    };
    let standing = catalog.standing(name, &printed);
    let (Maker::Account(account), Some((family, by))) = (standing.maker, standing.base) else {
        return Ok(false);
    };
    if heading == Heading::Written {
        writeln!(text, "{name}: repository on {dataset}")?;
    }
    writeln!(text, "  uploaded by   {account}, an account; who and where that is, is not known")?;
    let maker = family.organisation.as_deref().and_then(|id| catalog.names().organisation(id));
    let maker = maker.map_or_else(String::new, |maker| {
        format!(", {}, {}", maker.name, maker.country.as_deref().unwrap_or("many countries"))
    });
    let sign = match by {
        BaseBy::Name => "the name says so",
        BaseBy::Declaration => "the uploader declares it",
        BaseBy::Part => "a word of the name has it in it or is short for it",
        BaseBy::Design => "models of its architecture and size are",
        BaseBy::Architecture => "its architecture is; the weights may have come from elsewhere",
    };
    writeln!(text, "  base family   {}{maker} ({sign})", family.name)?;
    Ok(true)
}

fn describe(text: &mut String, name: &str, entity: &Entity, catalog: &Catalog) -> Result<()> {
    let names = catalog.names();
    let kind = match entity {
        Entity::Model(_) => "model",
        Entity::Family(_) => "family",
        Entity::Organisation(_) => "organisation",
        Entity::Group(_) => "group",
        Entity::Benchmark(_) => "benchmark",
    };
    writeln!(text, "{name}: {kind} {}", names.display(entity))?;
    match entity {
        Entity::Model(id) | Entity::Family(id) => {
            let facts = (*names.facts(id)).clone();
            let mut line = |label: &str, value: Option<String>| {
                value.map_or(Ok(()), |value| writeln!(text, "  {label:<13} {value}"))
            };
            line("id", Some(id.clone()))?;
            line("organisation", facts.organisation)?;
            line("country", facts.country)?;
            line("released", facts.released.map(|d| d.to_string()))?;
            line("parameters", facts.parameters.map(|p| format!("{:.1} billion", p / 1e9)))?;
            line("open weights", facts.open_weights.map(|open| if open { "yes" } else { "no" }.to_owned()))?;
            line("licence", facts.licence)?;
            line("base model", facts.base_model)?;
            line("context", facts.context_tokens.map(|c| format!("{c:.0} tokens")))?;
        }
        Entity::Benchmark(id) => {
            let boards: Vec<&str> = catalog
                .heads()
                .iter()
                .filter(|head| head.benchmark == *id)
                .map(|head| head.dataset.as_str())
                .collect();
            writeln!(text, "  id            {id}")?;
            writeln!(
                text,
                "  data sets     {}",
                if boards.is_empty() { "none".to_owned() } else { boards.join(", ") }
            )?;
        }
        Entity::Organisation(_) | Entity::Group(_) => {}
    }
    Ok(())
}
