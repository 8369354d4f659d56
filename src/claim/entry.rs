//! A rule as its file writes it: patterns, where the slots are looked for, what must and must not stand beside, examples.

use crate::claim::{ClaimKind, Relation};
use crate::reported::{Comparator, Unit};
use serde::Deserialize;

/// Where a slot is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Place {
    /// Before the match.
    Left,
    /// After the match.
    Right,
    /// What the pattern captured under the slot's name.
    Captured,
    /// A name before the match, else after it, else what the paragraph is about.
    Near,
    /// What opens the clause: its subject in plain English.
    Opening,
    /// What the paragraph is about.
    Context,
    /// Nowhere.
    None,
}

/// A rule as its file writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Entry {
    /// Its kind, where the file does not say.
    pub(super) kind: Option<ClaimKind>,
    /// Its name, unique in the file.
    pub(super) name: String,
    /// One or more patterns.
    #[serde(default)]
    pub(super) patterns: Vec<String>,
    #[serde(default = "near")]
    pub(super) subject: Place,
    #[serde(default = "nowhere")]
    pub(super) object: Place,
    pub(super) relation: Option<Relation>,
    /// The number, where the words alone say it ("most" is 50).
    pub(super) value: Option<f64>,
    /// Added to the number: three models above make the fourth.
    #[serde(default)]
    pub(super) plus: f64,
    pub(super) unit: Option<Unit>,
    pub(super) comparator: Option<Comparator>,
    /// Classes of quantities that serve as the value when one follows (or stands in) the match.
    #[serde(default)]
    pub(super) quantity: Vec<String>,
    /// Patterns of which one must match somewhere in the sentence.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// Patterns of which none may match in the clause.
    #[serde(default)]
    pub(super) without: Vec<String>,
    /// Words that must not stand right before the match.
    #[serde(default)]
    pub(super) not_after: Vec<String>,
    /// The words that stand for the benchmark when none is named ("price").
    pub(super) benchmark: Option<String>,
    /// Higher wins where two rules claim the same words.
    #[serde(default)]
    pub(super) weight: i32,
    #[serde(default)]
    pub(super) hedged: bool,
    #[serde(default)]
    pub(super) negated: bool,
    /// The match is a noun phrase that claims by itself and is all that is quoted: its sentence says something else of it.
    #[serde(default)]
    pub(super) noun_phrase: bool,
    /// What it finds is a share of those above a mark, who are named by the mark alone.
    #[serde(default)]
    pub(super) of_a_mark: bool,
    /// Sentences in which it must find something; a test holds it to them.
    #[serde(default)]
    pub(super) matches: Vec<String>,
    /// Sentences in which it must find nothing.
    #[serde(default)]
    pub(super) rejects: Vec<String>,
}

fn near() -> Place {
    Place::Near
}

fn nowhere() -> Place {
    Place::None
}

/// The rules of a kind.
#[derive(Deserialize)]
pub(super) struct File {
    pub(super) rule: Vec<Entry>,
}

/// How slots are filled of what the reader found.
#[derive(Deserialize)]
pub(super) struct LearnedFile {
    pub(super) slots: Vec<Entry>,
}
