//! `benchclaim.toml`: a file found upwards from the working directory, or named, in; settings out. A key that means
//! nothing is an error, for a misspelt `fail-on` that is passed over in silence would make a gate of no use.

use super::args::FailOn;
use super::extractor::{ModelArguments, Reading};
use super::ignore::{Ignore, IgnoreEntry};
use super::{keys, near};
use crate::report::{BEST_RATING, Format, Level, Mapping, Report, WORST_RATING};
use crate::verdict::Outcome;
use anyhow::Result;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file's name.
pub(super) const NAME: &str = "benchclaim.toml";

/// A configuration that cannot be used; the run ends with the exit code of bad arguments.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct BadConfiguration(String);

impl BadConfiguration {
    pub(super) fn new(why: String) -> Self {
        Self(why)
    }
}

/// What the configuration says, with every path made absolute and every name resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// The text of the file, for keys of the cache; empty without one.
    pub(super) text: String,
    pub(super) fail_on: Option<FailOn>,
    pub(super) format: Option<Format>,
    pub(super) datasets: Option<PathBuf>,
    pub(super) baseline: Option<PathBuf>,
    pub(super) template: Option<PathBuf>,
    pub(super) extractor: Option<Reading>,
    pub(super) llm: ModelArguments,
    pub(super) mapping: Mapping,
    /// The folder of the file.
    root: PathBuf,
    ignore: Vec<Ignore>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct File {
    fail_on: Option<FailOn>,
    format: Option<String>,
    datasets: Option<PathBuf>,
    baseline: Option<PathBuf>,
    template: Option<PathBuf>,
    extractor: Option<Reading>,
    llm: ModelArguments,
    ignore: Vec<IgnoreEntry>,
    levels: BTreeMap<Outcome, Level>,
    ratings: BTreeMap<Outcome, u8>,
}

/// A rating that means "not rated".
const UNRATED: u8 = 0;

impl Settings {
    /// The settings of the file named, else of the nearest one at or above `folder`, else none.
    ///
    /// # Errors
    /// [`BadConfiguration`] when the file cannot be read or says what cannot be.
    pub(super) fn find(named: Option<&Path>, folder: &Path) -> Result<Settings> {
        let found = || folder.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file());
        let Some(file) = named.map(Path::to_owned).or_else(found) else { return Ok(Settings::default()) };
        let bad = |why: String| {
            let gap = if why.starts_with('\n') { "" } else { " " };
            BadConfiguration(format!("configuration {}:{gap}{why}", file.display()))
        };
        let text = std::fs::read_to_string(&file).map_err(|error| bad(error.to_string()))?;
        let file_folder =
            file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let root = std::path::absolute(file_folder).map_err(|error| bad(error.to_string()))?;
        Ok(Settings::parse(&text, root).map_err(bad)?)
    }

    fn parse(text: &str, root: PathBuf) -> std::result::Result<Settings, String> {
        keys::check(text)?;
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut mapping = Mapping::default();
        for (outcome, level) in file.levels {
            mapping = mapping.with_level(outcome, level);
        }
        for (outcome, rating) in file.ratings {
            if rating != UNRATED && !(WORST_RATING..=BEST_RATING).contains(&rating) {
                return Err(format!(
                    "ratings run from {WORST_RATING} to {BEST_RATING}, and {UNRATED} is none; `{}` has {rating}",
                    outcome.name()
                ));
            }
            mapping = mapping.with_rating(outcome, (rating != UNRATED).then_some(rating));
        }
        let format = file.format.map(|name| format_named(&name)).transpose()?;
        let at_root = |path: PathBuf| root.join(path);
        Ok(Settings {
            text: text.to_owned(),
            fail_on: file.fail_on,
            format,
            // The one word that is no folder.
            datasets: file
                .datasets
                .map(|path| if path == Path::new(super::place::SHIPPED) { path } else { at_root(path) }),
            baseline: file.baseline.map(at_root),
            template: file.template.map(at_root),
            extractor: file.extractor,
            llm: file.llm,
            mapping,
            ignore: file.ignore.into_iter().map(Ignore::new).collect::<std::result::Result<_, _>>()?,
            root,
        })
    }

    /// Takes the claims to ignore out of a report, and lists them among what was not checked, each with why.
    pub(super) fn apply(&self, report: &mut Report) {
        let path = self.path_of(&report.article.id);
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        for checked in std::mem::take(&mut report.checked) {
            match self.ignore.iter().find(|ignore| ignore.meets(&path, &checked)) {
                Some(ignore) => {
                    left_out.push((report.article.words(checked.claim.span).to_owned(), ignore.why()));
                }
                None => kept.push(checked),
            }
        }
        report.not_checked.retain(|(what, _)| !left_out.iter().any(|(quote, _)| quote == what));
        report.not_checked.extend(left_out);
        report.checked = kept;
    }

    /// The article's path from the configuration's folder, with which globs are compared; an address stays as it is.
    fn path_of(&self, id: &str) -> PathBuf {
        let absolute = std::path::absolute(id).unwrap_or_else(|_| PathBuf::from(id));
        absolute.strip_prefix(&self.root).map_or_else(|_| PathBuf::from(id), Path::to_owned)
    }
}

fn format_named(name: &str) -> std::result::Result<Format, String> {
    let names = || Format::ALL.iter().map(|row| row.name);
    Format::from_name(name).ok_or_else(|| format!("`{name}` is no format{}", near::hint(name, names())))
}

#[cfg(test)]
mod tests {
    use super::super::extractor::MODEL_KEYS;
    use super::super::keys::{IGNORE_KEYS, KEYS};
    use super::*;
    use crate::claim::ClaimKind;
    use crate::report::schema;

    const EXAMPLE: &str = include_str!("../../examples/benchclaim.toml");

    fn parse(text: &str) -> std::result::Result<Settings, String> {
        Settings::parse(text, PathBuf::from("/project"))
    }

    #[test]
    fn the_example_is_valid_and_keeps_to_the_schema() {
        let settings = parse(EXAMPLE).unwrap();
        assert_eq!(settings.fail_on, Some(FailOn::Contradicted));
        assert_eq!(settings.baseline.as_deref(), Some(Path::new("/project/benchclaim-baseline.json")));
        assert_eq!(settings.mapping.level(Outcome::Insufficient), Level::Note);
        let value: serde_json::Value = toml::from_str(EXAMPLE).unwrap();
        let complaints = schema::complaints_of(schema::CONFIGURATION, &value);
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    #[test]
    fn the_schema_and_the_program_know_the_same_keys() {
        let schema: serde_json::Value = serde_json::from_str(schema::CONFIGURATION).unwrap();
        let keys = |pointer: &str| -> Vec<String> {
            schema.pointer(pointer).and_then(|value| value.as_object()).unwrap().keys().cloned().collect()
        };
        let sorted = |names: &[&str]| -> Vec<String> {
            let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(keys("/properties"), sorted(&KEYS));
        assert_eq!(keys("/properties/ignore/items/properties"), sorted(&IGNORE_KEYS));
        assert_eq!(keys("/properties/llm/properties"), sorted(&MODEL_KEYS));
        let formats = schema.pointer("/properties/format/enum").and_then(|list| list.as_array()).unwrap();
        let formats: Vec<&str> = formats.iter().filter_map(|name| name.as_str()).collect();
        assert_eq!(formats, Format::ALL.map(|row| row.name));
    }

    #[test]
    fn what_means_nothing_is_an_error_that_names_the_near_one() {
        for (text, near) in [("fail_on = \"never\"", "fail-on"), ("format = \"sarf\"", "sarif")] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(&format!("did you mean `{near}`?")), "{error}");
        }
        assert!(parse("ignore = [{ reason = \"all\" }]").is_err());
        assert!(parse("[ratings]\nmixed = 6").is_err());
    }

    #[test]
    fn the_nearest_file_upwards_counts() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(folder.path().join(NAME), "fail-on = \"never\"").unwrap();
        assert_eq!(Settings::find(None, &inner).unwrap().fail_on, Some(FailOn::Never));
        std::fs::write(folder.path().join("a").join(NAME), "fail-on = \"mixed\"").unwrap();
        assert_eq!(Settings::find(None, &inner).unwrap().fail_on, Some(FailOn::Mixed));
        let missing = Settings::find(Some(&inner.join("none.toml")), &inner).unwrap_err();
        assert!(missing.is::<BadConfiguration>());
    }

    #[test]
    fn ignored_claims_are_named_among_what_was_not_checked() {
        let text = "[[ignore]]\ntype = \"score\"\npath = \"docs/**\"\nreason = \"old\"\n[[ignore]]\nquote = \"rivals  Llama 2\"";
        let settings = parse(text).unwrap();
        let mut report = crate::report::fixture::report();
        report.article.id = "/project/docs/a/b.md".to_owned();
        let before = report.checked.len();
        settings.apply(&mut report);
        assert!(report.checked.len() < before);
        assert!(
            report
                .checked
                .iter()
                .all(|c| c.claim.kind != ClaimKind::Score && !c.claim.quote.contains("rivals Llama"))
        );
        assert!(report.not_checked.iter().any(|(_, why)| why == "ignored by configuration: old"));
        let mut elsewhere = crate::report::fixture::report();
        elsewhere.article.id = "/other/b.md".to_owned();
        settings.apply(&mut elsewhere);
        assert!(elsewhere.checked.iter().any(|c| c.claim.kind == ClaimKind::Score));
    }
}
