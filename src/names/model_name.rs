//! The parts of a parsed model name in; its canonical id out, always in the same order.

/// A printed model name, taken apart.
///
/// The id is written in one order whatever the printed one: family, version, words, size, context, variant,
/// revision, stage, date, effort, quantisation. So `QWen-Chat-14B` and `Qwen/Qwen-14B-Chat` are both `qwen-14b-chat`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModelName {
    /// Canonical id.
    pub id: String,
    /// Hugging Face namespace, kept where it is not the family's own organisation.
    pub namespace: Option<String>,
    /// Family id; `None` for names that begin like no family, and for others' derivatives of one.
    pub family: Option<String>,
    /// Organisation id.
    pub organisation: Option<String>,
    /// Version, such as `2`, `3.5`, `v3`, `r1`, `4o`.
    pub version: Option<String>,
    /// Tier and other words in printed order: `sonnet`, `coder`, `mini`.
    pub words: Vec<String>,
    /// Size as printed: `70b`, `8x7b`, `235b-a22b`.
    pub size: Option<String>,
    /// Total parameters that the name states, in billions.
    pub parameters_b: Option<f64>,
    /// Context length in the name: `32k`.
    pub context: Option<String>,
    /// `base`, `chat`, `instruct`, `thinking`.
    pub variant: Option<String>,
    /// A version that follows the size: `v0.3`, `002`, `beta`.
    pub revision: Option<String>,
    /// `preview` or `exp`.
    pub stage: Option<String>,
    /// Date digits: `20241022`, `202410` or `1022`.
    pub date: Option<String>,
    /// Thinking effort or budget: `high`, `thinking-16k`, `no-thinking`.
    pub effort: Option<String>,
    /// How the weights are stored: `gguf`, `fp8`.
    pub quantisation: Option<String>,
    /// Whether somebody other than the family's organisation made it from one of the family's models.
    pub is_derivative: bool,
    /// What the id begins with: the family's id, or nothing.
    pub(crate) head: String,
    /// How many words stood before the revision: where it goes back to when a later one takes its place.
    pub(crate) words_before_revision: usize,
}

/// Which parts an id is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Detail {
    /// Family, version, words, size, context, revision: neither variant nor qualifiers.
    Bare,
    /// Those and the variant.
    Variant,
    /// Those and stage and date.
    Dated,
    /// Everything.
    Full,
}

impl ModelName {
    /// The id with as much detail as asked for.
    pub(crate) fn render(&self, detail: Detail) -> String {
        let mut id = String::with_capacity(48);
        if let Some(namespace) = &self.namespace {
            id.push_str(namespace);
            id.push('/');
        }
        let start = id.len();
        let mut push = |part: &str| {
            if !part.is_empty() {
                if id.len() > start {
                    id.push('-');
                }
                id.push_str(part);
            }
        };
        push(&self.head);
        push(self.version.as_deref().unwrap_or(""));
        self.words.iter().for_each(|word| push(word));
        push(self.size.as_deref().unwrap_or(""));
        push(self.context.as_deref().unwrap_or(""));
        if detail >= Detail::Variant {
            push(self.variant.as_deref().unwrap_or(""));
        }
        push(self.revision.as_deref().unwrap_or(""));
        if detail >= Detail::Dated {
            push(self.stage.as_deref().unwrap_or(""));
            push(self.date.as_deref().unwrap_or(""));
        }
        if detail >= Detail::Full {
            push(self.effort.as_deref().unwrap_or(""));
            push(self.quantisation.as_deref().unwrap_or(""));
        }
        id
    }

    /// The id without date, stage, effort and quantisation: what tells one model from another.
    #[must_use]
    pub fn undated(&self) -> String {
        self.render(Detail::Variant)
    }

    /// Whether the name says nothing beyond its family.
    pub(crate) fn is_family_only(&self) -> bool {
        self.version.is_none() && self.is_versioned_family_only()
    }

    /// Whether the name says nothing beyond its family and a version.
    pub(crate) fn is_versioned_family_only(&self) -> bool {
        self.words.is_empty()
            && self.size.is_none()
            && self.context.is_none()
            && self.variant.is_none()
            && self.revision.is_none()
            && self.stage.is_none()
            && self.date.is_none()
            && self.effort.is_none()
            && self.quantisation.is_none()
    }
}
