//! Families and organisations in; a parser out that knows how names begin: family heads, vendor prefixes, namespaces.

use super::tables::{Family, Organisation};
use super::token::{Token, tokens, words};
use std::collections::{BTreeMap, HashMap};

/// How a family's printed names begin.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) tokens: Vec<String>,
    pub(super) family: usize,
    /// How many of the tokens are the family's name; the rest must follow and are read as part of the model's:
    /// "Sonnet 4.5" is a Claude, "Nova Pro" a Nova, whose tier is said by the head itself.
    pub(super) taken: usize,
    /// The family's id, which begins the ids of its models; print may not begin so ("nova" alone is no model).
    is_id: bool,
}

/// Everything the parser looks names up in.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    pub(crate) families: Vec<Family>,
    pub(super) heads: HashMap<String, Vec<Head>>,
    /// Words that mark the family even after another family's name: the `nemotron` of `llama-3.1-nemotron`.
    pub(super) marks: HashMap<String, usize>,
    /// Vendor names as tokens, by their first token.
    prefixes: HashMap<String, Vec<(Vec<String>, String)>>,
    namespaces: HashMap<String, String>,
}

/// Letters of a maker's name that is its initials only: it counts before the maker's own family alone.
const INITIALS: usize = 2;

impl Parser {
    /// A parser over the families and organisations.
    pub(crate) fn new(families: Vec<Family>, organisations: &BTreeMap<String, Organisation>) -> Self {
        let mut parser = Self { families, ..Self::default() };
        for (at, family) in parser.families.iter().enumerate() {
            for head in &family.heads {
                if let Some(mark) = head.strip_prefix('~') {
                    parser.marks.insert(mark.to_owned(), at);
                    continue;
                }
                let (name, following) = head.split_once('+').unwrap_or((head, ""));
                let mut tokens = words(name);
                let taken = tokens.len();
                tokens.extend(words(following));
                if let Some(first) = tokens.first() {
                    let entry = parser.heads.entry(first.clone()).or_default();
                    entry.push(Head { tokens, family: at, taken, is_id: false });
                }
            }
            let tokens = words(&family.id);
            if let Some(first) = tokens.first() {
                let entry = parser.heads.entry(first.clone()).or_default();
                if !entry.iter().any(|head| head.tokens == tokens && head.taken == tokens.len()) {
                    entry.push(Head { taken: tokens.len(), tokens, family: at, is_id: true });
                }
            }
        }
        parser
            .heads
            .values_mut()
            .for_each(|heads| heads.sort_by_key(|head| std::cmp::Reverse(head.tokens.len())));
        for organisation in organisations.values() {
            let names = std::iter::once(&organisation.name)
                .chain(&organisation.aliases)
                .chain(&organisation.namespaces);
            for name in names {
                let tokens = words(name.trim_start_matches(['=', '?', '~']));
                if let Some(first) = tokens.first() {
                    let entry = parser.prefixes.entry(first.clone()).or_default();
                    entry.push((tokens, organisation.id.clone()));
                }
            }
            for namespace in &organisation.namespaces {
                parser.namespaces.insert(namespace.to_ascii_lowercase(), organisation.id.clone());
            }
        }
        parser
            .prefixes
            .values_mut()
            .for_each(|list| list.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len())));
        parser
    }

    /// The organisation a Hugging Face namespace belongs to.
    pub(crate) fn namespace(&self, namespace: &str) -> Option<&str> {
        self.namespaces.get(&namespace.to_ascii_lowercase()).map(String::as_str)
    }

    /// The family with this id.
    pub(crate) fn family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id == id)
    }

    /// The longest head at the front of the tokens.
    pub(super) fn head_at(&self, tokens: &[Token], form: Form) -> Option<&Head> {
        let heads = self.heads.get(&tokens.first()?.text)?;
        heads.iter().find(|head| (!head.is_id || form == Form::Id) && begins_with(tokens, &head.tokens))
    }

    /// A vendor's name in front of one of its families, and how many tokens it takes.
    pub(super) fn vendor(&self, tokens: &[Token]) -> (Option<&str>, usize) {
        let Some(list) = tokens.first().and_then(|first| self.prefixes.get(&first.text)) else {
            return (None, 0);
        };
        for (prefix, organisation) in list {
            if !begins_with(tokens, prefix) {
                continue;
            }
            let rest = &tokens[prefix.len()..];
            let is_before_family = self.head_at(rest, Form::Print).is_some_and(|head| {
                let own = self.families[head.family].organisation.as_deref() == Some(organisation.as_str());
                own || rest.iter().any(|token| {
                    self.marks.get(&token.text).is_some_and(|at| {
                        self.families[*at].organisation.as_deref() == Some(organisation.as_str())
                    })
                })
            });
            // Two letters are anybody's initials: "LG-VQA" is language-guided.
            let is_initials = prefix.len() == 1 && prefix[0].len() <= INITIALS;
            return match (is_before_family, is_initials) {
                (true, _) => (Some(organisation), prefix.len()),
                (false, false) => (Some(organisation), 0),
                (false, true) => (None, 0),
            };
        }
        (None, 0)
    }

    /// "Azurephi-3" is "Azure phi-3": a board's page lost the space between vendor and name.
    pub(super) fn unglue(&self, printed: &str) -> Option<String> {
        let cut = printed.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(printed.len());
        let lower = printed[..cut].to_ascii_lowercase();
        for at in (2..lower.len()).rev() {
            let (front, back) = (lower.get(..at)?, lower.get(at..)?);
            let front_words = words(front);
            let Some(list) = front_words.first().and_then(|first| self.prefixes.get(first)) else { continue };
            let Some((_, organisation)) = list.iter().find(|(prefix, _)| *prefix == front_words) else {
                continue;
            };
            let back_tokens = tokens(&printed[at..]);
            let is_own = self.head_at(&back_tokens, Form::Print).is_some_and(|head| {
                self.families[head.family].organisation.as_deref() == Some(organisation.as_str())
            });
            if is_own && !back.is_empty() {
                return Some(printed[at..].to_owned());
            }
        }
        None
    }
}

/// Whether a name is written as the canonical ids are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Print,
    Id,
}

pub(super) fn is_id_form(printed: &str) -> bool {
    printed.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
}

fn begins_with(tokens: &[Token], head: &[String]) -> bool {
    tokens.len() >= head.len() && tokens.iter().zip(head).all(|(token, word)| token.text == *word)
}
