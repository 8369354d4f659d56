//! The baseline: findings that were there before, as a file, in and out. A finding in it fails nothing, as long as its
//! verdict gets no worse; a new one does.

use super::args::FailOn;
use super::config::BadConfiguration;
use crate::report::{Level, Mapping, Report, Standing, fingerprints};
use crate::verdict::Outcome;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The file written where neither the command line nor the configuration names one.
pub(super) const NAME: &str = "benchclaim-baseline.json";

/// Changes when older programs could not read the file.
const VERSION: u32 = 1;

/// A list of known findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Baseline {
    version: u32,
    findings: BTreeMap<String, Known>,
}

/// A known finding, under its fingerprint. All but the verdict is for people who read the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    article: String,
    #[serde(rename = "type")]
    kind: String,
    quote: String,
    verdict: Outcome,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// When the file is not there or is not one.
    pub(super) fn read(path: &Path) -> Result<Baseline> {
        let reading = || format!("could not read the baseline {}", path.display());
        let text = std::fs::read_to_string(path).with_context(reading)?;
        let baseline: Baseline = serde_json::from_str(&text).with_context(reading)?;
        if baseline.version != VERSION {
            let why = format!(
                "{} is a baseline of version {}, this program reads {VERSION}; write it anew with --write-baseline",
                path.display(),
                baseline.version
            );
            return Err(BadConfiguration::new(why).into());
        }
        Ok(baseline)
    }

    /// Marks the findings of a report that are known.
    pub(super) fn mark(&self, report: &mut Report) {
        let fingerprints = fingerprints(report);
        for (checked, fingerprint) in report.checked.iter_mut().zip(fingerprints) {
            let known = self.findings.get(&fingerprint);
            let is_known = known.is_some_and(|known| is_no_worse(checked.verdict.outcome, known.verdict));
            checked.standing = if is_known { Standing::Known } else { Standing::New };
        }
    }

    /// Adds what a report has that fails or is shown as a finding.
    pub(super) fn add(&mut self, report: &Report, fail_on: FailOn, mapping: &Mapping) {
        self.version = VERSION;
        for (checked, fingerprint) in report.checked.iter().zip(fingerprints(report)) {
            let outcome = checked.verdict.outcome;
            if fail_on.fails(outcome) || mapping.level(outcome) != Level::None {
                let known = Known {
                    article: report.article.id.clone(),
                    kind: checked.claim.kind.name().to_owned(),
                    quote: checked.claim.quote.split_whitespace().collect::<Vec<_>>().join(" "),
                    verdict: outcome,
                };
                self.findings.insert(fingerprint, known);
            }
        }
    }

    /// How many findings it lists.
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    /// The file's text, findings in the order of their fingerprints.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub(super) fn to_text(&self) -> Result<String> {
        let baseline = Baseline { version: VERSION, findings: self.findings.clone() };
        Ok(serde_json::to_string_pretty(&baseline)? + "\n")
    }
}

/// Outcomes run from the best for a claim to the worst; the silent ones compare with themselves only.
fn is_no_worse(outcome: Outcome, known: Outcome) -> bool {
    let decided = |outcome: Outcome| outcome <= Outcome::Contradicted;
    outcome == known || (decided(outcome) && decided(known) && outcome < known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn what_was_written_is_known_and_what_got_worse_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let mut report = fixture::report();
        let mut baseline = Baseline::default();
        baseline.add(&report, FailOn::Mixed, &Mapping::default());
        std::fs::write(&path, baseline.to_text().unwrap()).unwrap();
        let read = Baseline::read(&path).unwrap();
        read.mark(&mut report);
        let known = |report: &Report| report.checked.iter().filter(|c| c.standing.is_known()).count();
        assert!(known(&report) > 0 && known(&report) == read.len());
        let mut worse = fixture::report();
        let mixed = worse.checked.iter_mut().find(|c| c.verdict.outcome == Outcome::Mixed).unwrap();
        mixed.verdict.outcome = Outcome::Contradicted;
        read.mark(&mut worse);
        assert_eq!(known(&worse), read.len() - 1);
    }

    #[test]
    fn a_file_of_another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, "{\"version\": 99, \"findings\": {}}").unwrap();
        assert!(Baseline::read(&path).unwrap_err().to_string().contains("--write-baseline"));
        assert!(Baseline::read(&folder.path().join("none.json")).is_err());
    }
}
