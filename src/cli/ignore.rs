//! Entries of `ignore` in the configuration: conditions in; whether a claim is to be left out, and why, out.

use crate::claim::ClaimKind;
use crate::report::Checked;
use globset::{Glob, GlobMatcher};
use serde::Deserialize;
use std::path::Path;

/// Claims to leave out: those that meet every condition given.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    path: Option<GlobMatcher>,
    kind: Option<ClaimKind>,
    rule: Option<String>,
    quote: Option<String>,
    reason: Option<String>,
}

/// An entry as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IgnoreEntry {
    path: Option<String>,
    #[serde(rename = "type")]
    kind: Option<ClaimKind>,
    rule: Option<String>,
    quote: Option<String>,
    reason: Option<String>,
}

impl Ignore {
    /// The conditions of an entry.
    ///
    /// # Errors
    /// An entry without any condition, or a pattern that is none.
    pub(super) fn new(entry: IgnoreEntry) -> std::result::Result<Ignore, String> {
        if entry.path.is_none() && entry.kind.is_none() && entry.rule.is_none() && entry.quote.is_none() {
            return Err("an entry of `ignore` needs a path, a type, a rule or a quote; without any it would ignore everything".to_owned());
        }
        let glob = |path: String| {
            Glob::new(&path).map(|glob| glob.compile_matcher()).map_err(|error| error.to_string())
        };
        Ok(Ignore {
            path: entry.path.map(glob).transpose()?,
            kind: entry.kind,
            rule: entry.rule,
            quote: entry.quote.map(|quote| single_spaced(&quote)),
            reason: entry.reason,
        })
    }

    /// Whether a claim of the article at `path` meets every condition.
    pub(super) fn meets(&self, path: &Path, checked: &Checked) -> bool {
        let claim = &checked.claim;
        self.path.as_ref().is_none_or(|glob| glob.is_match(path))
            && self.kind.is_none_or(|kind| kind == claim.kind)
            && self.rule.as_ref().is_none_or(|rule| *rule == claim.rule)
            && self.quote.as_ref().is_none_or(|quote| single_spaced(&claim.quote).contains(quote))
    }

    /// What the list of what was not checked says.
    pub(super) fn why(&self) -> String {
        match &self.reason {
            Some(reason) => format!("ignored by configuration: {reason}"),
            None => "ignored by configuration".to_owned(),
        }
    }
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
