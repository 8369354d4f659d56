//! `benchclaim report`: articles in; a folder with PDF, PNG, HTML, figures and data files, each, out.

use super::args::ReportArguments;
use super::cache::Keeping;
use super::check::{baseline, fail_on, note_undated, worse};
use super::config::Settings;
use super::extractor::Extractor;
use super::output::Durability;
use super::{Ending, input, output};
use crate::dataset::Catalog;
use crate::report::{self, Template};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Writes a report of each article. Every file is made before the first is written.
pub(super) fn run(arguments: &ReportArguments, settings: &Settings, catalog: &Catalog) -> Result<Ending> {
    let baseline = baseline(&arguments.judge, settings)?;
    let template = match arguments.template.as_ref().or(settings.template.as_ref()) {
        Some(folder) => read_template(folder)?,
        None => Template::default(),
    };
    let output = arguments.output.clone().unwrap_or_default();
    let extractor = Extractor::settled(&arguments.extractor, settings, Keeping::On)?;
    let mut ending = Ending::Clean;
    let several = arguments.input.inputs.len() > 1 || input::is_batch(&arguments.input);
    let (mut failed, mut undated, mut taken) = (0, 0, BTreeSet::new());
    for article in input::articles(&arguments.input) {
        let article = match article {
            Ok(article) => article,
            Err(error) => {
                failed += 1;
                output::complain(&format!("error: {error:#}"));
                continue;
            }
        };
        let folder = if several { output.join(slug(&article.id, &mut taken)) } else { output.clone() };
        let id = article.id.clone();
        undated += usize::from(article.published.is_none() && arguments.judge.as_of.is_none());
        let claims = extractor.claims(&article, catalog.names())?;
        let mut report = crate::report_claims(claims, article, catalog, arguments.judge.as_of)?;
        settings.apply(&mut report);
        if let Some(baseline) = &baseline {
            baseline.mark(&mut report);
        }
        let files = report::files(&report, &template)
            .with_context(|| format!("could not make the report of {id}"))?;
        for (name, bytes) in &files {
            output::write_file_as(&folder.join(name), bytes, Durability::Remade)?;
        }
        ending = worse(ending, &report, fail_on(&arguments.judge, settings));
        output::complain(&format!("{}: {} files in {}", report.headline(), files.len(), folder.display()));
    }
    note_undated(undated);
    if failed > 0 {
        bail!("{failed} of the inputs could not be read");
    }
    Ok(ending)
}

/// Writes the shipped template where nothing would be lost.
pub(super) fn write_template(folder: &Path) -> Result<Ending> {
    for (name, _) in Template::shipped() {
        if folder.join(name).exists() {
            bail!("{} is there already; give another folder", folder.join(name).display());
        }
    }
    for (name, text) in Template::shipped() {
        output::write_file(&folder.join(name), text.as_bytes())?;
    }
    output::complain(&format!("{} files in {}", Template::shipped().len(), folder.display()));
    Ok(Ending::Clean)
}

/// Every file of a template's folder, by its path in it.
fn read_template(folder: &Path) -> Result<Template> {
    let reading = |path: &Path| format!("could not read the template {}", path.display());
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(&inner).with_context(|| reading(&inner))? {
            let path = entry.with_context(|| reading(&inner))?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read(&path).with_context(|| reading(&path))?);
        }
    }
    let known = |(name, _): &(&str, &str)| files.contains_key(*name);
    if !Template::shipped().iter().any(known) {
        let names = Template::shipped().map(|(name, _)| name).join(", ");
        bail!(
            "the template {} holds none of {names}; `benchclaim report --write-template` makes one",
            folder.display()
        );
    }
    Ok(Template::with(files))
}

/// A folder name from what the article is called, different for each.
fn slug(id: &str, taken: &mut BTreeSet<String>) -> PathBuf {
    let stem = id.rsplit('/').find(|part| !part.is_empty()).unwrap_or(id);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let kept: String = stem.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let kept = if kept.trim_matches('-').is_empty() { "article".to_owned() } else { kept };
    let mut name = kept.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{kept}-{number}");
    }
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_are_safe_and_different() {
        let mut taken = BTreeSet::new();
        assert_eq!(slug("a/b/News 1.md", &mut taken), PathBuf::from("News-1"));
        assert_eq!(slug("c/News 1.md", &mut taken), PathBuf::from("News-1-2"));
        assert_eq!(slug("..", &mut taken), PathBuf::from("article"));
    }
}
