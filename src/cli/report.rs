//! `benchclaim report`: articles in; a folder with PDF, PNG, HTML, figures and data files, each, out.

use super::args::ReportArguments;
use super::check::worse;
use super::{Ending, input, output};
use crate::dataset::Catalog;
use crate::report;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Writes a report of each article. Every file is made before the first is written.
pub(super) fn run(arguments: &ReportArguments, catalog: &Catalog) -> Result<Ending> {
    let mut ending = Ending::Clean;
    let several = arguments.input.inputs.len() > 1 || input::is_batch(&arguments.input);
    let (mut failed, mut taken) = (0, BTreeSet::new());
    for article in input::articles(&arguments.input) {
        let article = match article {
            Ok(article) => article,
            Err(error) => {
                failed += 1;
                output::complain(&format!("error: {error:#}"));
                continue;
            }
        };
        let folder = if several {
            arguments.output.join(slug(&article.id, &mut taken))
        } else {
            arguments.output.clone()
        };
        let id = article.id.clone();
        let report = crate::report(article, catalog, arguments.judge.as_of)?;
        let files = report::files(&report).with_context(|| format!("could not make the report of {id}"))?;
        for (name, bytes) in &files {
            output::write_file(&folder.join(name), bytes)?;
        }
        ending = worse(ending, &report, arguments.judge.fail_on);
        output::complain(&format!("{}: {} files in {}", report.headline(), files.len(), folder.display()));
    }
    if failed > 0 {
        bail!("{failed} of the inputs could not be read");
    }
    Ok(ending)
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
