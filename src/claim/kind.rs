//! The record of one claim: what a sentence asserts, about whom, with which number, as of when.

use crate::article::Span;
use crate::names::Entity;
use crate::reported::Reported;
use serde::{Deserialize, Serialize};

/// The type of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// A model has a number on a benchmark.
    Score,
    /// One is better than, worse than or comparable to another.
    Comparison,
    /// A place on a board or among a group.
    Rank,
    /// A proportion of a population.
    Share,
    /// A distance in time or points between two.
    Gap,
    /// Something rises, falls, closes or widens.
    Trend,
    /// How many.
    Count,
    /// One is built on, tuned or distilled from another.
    Lineage,
    /// A property: parameters, context, price, licence, date.
    Attribute,
    /// About the future: not checkable.
    Forecast,
    /// A judgement: not checkable.
    Opinion,
}

impl ClaimKind {
    /// Every kind, in the order the documentation lists them.
    pub const ALL: [ClaimKind; 11] = [
        Self::Score,
        Self::Comparison,
        Self::Rank,
        Self::Share,
        Self::Gap,
        Self::Trend,
        Self::Count,
        Self::Lineage,
        Self::Attribute,
        Self::Forecast,
        Self::Opinion,
    ];

    /// The kind's name in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Comparison => "comparison",
            Self::Rank => "rank",
            Self::Share => "share",
            Self::Gap => "gap",
            Self::Trend => "trend",
            Self::Count => "count",
            Self::Lineage => "lineage",
            Self::Attribute => "attribute",
            Self::Forecast => "forecast",
            Self::Opinion => "opinion",
        }
    }

    /// Whether public data could ever decide a claim of this kind.
    #[must_use]
    pub fn is_checkable(self) -> bool {
        !matches!(self, Self::Forecast | Self::Opinion)
    }
}

/// How subject and object of a comparison stand, or which way a trend points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The subject is better.
    Better,
    /// The subject is worse.
    Worse,
    /// The subject is about as good ("rivals", "matches").
    Comparable,
    /// A gap gets smaller.
    Closing,
    /// A gap gets larger.
    Widening,
    /// A quantity goes up.
    Rising,
    /// A quantity goes down.
    Falling,
}

/// Somebody or something that a claim names.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The words of the text (or of the sentence before, for "it" and "the start-up").
    pub text: String,
    /// What the words resolve to; `None` when the names hold nothing for them.
    pub entity: Option<Entity>,
}

impl Party {
    /// Whether the words name a model or a family of them.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.entity.as_ref().is_some_and(Entity::is_model)
    }
}

/// The name in words for somebody's models: "Claude" of "Claude models"; other words as they are.
pub(crate) fn without_models(text: &str) -> &str {
    text.strip_suffix(" models").unwrap_or(text)
}

/// A benchmark or board that a claim names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBenchmark {
    /// The words of the text.
    pub text: String,
    /// The benchmark's id; `None` when the names hold nothing for the words.
    pub id: Option<String>,
}

impl NamedBenchmark {
    /// The board that a name stands for.
    pub(crate) fn of(name: &Party) -> Self {
        let id = match &name.entity {
            Some(Entity::Benchmark(id)) => Some(id.clone()),
            _ => None,
        };
        Self { text: name.text.clone(), id }
    }
}

/// Who and what else the text around a claim names, where its own words leave open whom it is about, whom it sets them
/// against, or on what they are measured: "it has 76.8 there".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alternatives {
    /// Whether its own words leave open whom it is about.
    pub of_whom: bool,
    /// Whether it is told of somebody who is called by what he is to another: "its successor", "the pair".
    pub is_of_a_relative: bool,
    /// Others that its subject may be, the nearest first.
    pub subjects: Vec<Party>,
    /// Others that its object may be.
    pub objects: Vec<Party>,
    /// Other boards that it may speak of.
    pub benchmarks: Vec<NamedBenchmark>,
}

/// One assertion at one place of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Its type.
    pub kind: ClaimKind,
    /// Its place in the article's original text; `quote` is exactly these bytes.
    pub span: Span,
    /// The words that make the claim.
    pub quote: String,
    /// The sentence it stands in, as a span of the original text.
    pub sentence: Span,
    /// Whom it is about; several for "A and B".
    pub subject: Vec<Party>,
    /// Whom the subject is set against or built on.
    pub object: Vec<Party>,
    /// Comparison and trend: how they stand. Gap: `Better` when the subject is ahead, `Worse` when behind.
    pub relation: Option<Relation>,
    /// The benchmark or board named.
    pub benchmark: Option<NamedBenchmark>,
    /// The number printed.
    pub reported: Option<Reported>,
    /// For shares and counts: of whom.
    pub population: Option<String>,
    /// The time the claim speaks of, as ISO date or prefix (`2023-11`); `None` means the day of publication.
    pub as_of: Option<String>,
    /// Who said it, where the text says so.
    pub attributed_to: Option<String>,
    /// Whether it is softened ("reportedly", "may").
    pub hedged: bool,
    /// Whether it is denied ("does not beat").
    pub negated: bool,
    /// Whether public data on models could decide it now.
    pub checkable: bool,
    /// The rule that found it.
    pub rule: String,
    /// Other places of the original text that say the same.
    pub mentions: Vec<Span>,
    /// Who and what else may be meant.
    pub alternatives: Alternatives,
}

impl Claim {
    /// A claim that is the whole of its text, with every other slot empty: somebody's own, not found in an article.
    #[must_use]
    pub fn saying(
        kind: ClaimKind,
        quote: impl Into<String>,
        subject: Vec<Party>,
        object: Vec<Party>,
    ) -> Self {
        let quote = quote.into();
        let span = Span::new(0, quote.len());
        Self {
            kind,
            span,
            quote,
            sentence: span,
            subject,
            object,
            relation: None,
            benchmark: None,
            reported: None,
            population: None,
            as_of: None,
            attributed_to: None,
            hedged: false,
            negated: false,
            checkable: kind.is_checkable(),
            rule: String::new(),
            mentions: Vec::new(),
            alternatives: Alternatives::default(),
        }
    }
}
