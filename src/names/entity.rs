//! What a name can resolve to: one model, a family, an organisation, a group asked for by its properties, a benchmark.

use crate::article::Span;
use jiff::civil::Date;

/// Who or what a name stands for. Ids are those of `datasets/identities/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// One model; the id is the canonical name, such as `llama-2-70b-chat`.
    Model(String),
    /// A family or a version of one, such as `qwen` or `llama-2`: every model whose canonical name begins with it.
    Family(String),
    /// An organisation, such as `01-ai`; as a party to a claim it stands for its models.
    Organisation(String),
    /// Everything with the named properties, such as Chinese open-weight models.
    Group(Group),
    /// A benchmark or a board.
    Benchmark(String),
}

/// A query over identities, resolved as of a date. Absent conditions do not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// ISO 3166-1 alpha-2 codes of the countries; empty means any ("EU" stands for its members).
    pub countries: Vec<String>,
    /// Organisation ids; empty means any.
    pub organisations: Vec<String>,
    /// Open weights (`true`), closed (`false`), or either.
    pub open_weights: Option<bool>,
}

impl Entity {
    /// Whether it is a model or a family of them, and not who makes, groups or measures them.
    #[must_use]
    pub fn is_model(&self) -> bool {
        matches!(self, Self::Model(_) | Self::Family(_))
    }
}

/// What is known of a model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModelFacts {
    /// Canonical id.
    pub id: String,
    /// Name for display, as the most trusted source prints it.
    pub name: String,
    /// Family id.
    pub family: Option<String>,
    /// Organisation id.
    pub organisation: Option<String>,
    /// ISO 3166-1 alpha-2 code of the organisation's country.
    pub country: Option<String>,
    /// First public release.
    pub released: Option<Date>,
    /// Total parameters, a count (7e10).
    pub parameters: Option<f64>,
    /// Whether the weights can be downloaded.
    pub open_weights: Option<bool>,
    /// Licence, as published.
    pub licence: Option<String>,
    /// Canonical id or name of the declared base model.
    pub base_model: Option<String>,
    /// Context window in tokens.
    pub context_tokens: Option<f64>,
    /// Data sets that the facts are from, joined by ";"; `None` where no table has the model.
    pub source: Option<String>,
}

/// A name found in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its place in the text that was searched.
    pub span: Span,
    /// What it stands for.
    pub entity: Entity,
}

/// The answer to "what is this name?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One identity, family or group.
    Found(Entity),
    /// Nothing goes by that name; names that look like it, best first. Never used silently.
    Unknown {
        /// Near names, for a suggestion.
        near: Vec<String>,
    },
}
