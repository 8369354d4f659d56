//! A short name and the model named before it in; the sibling that is meant out: "V4 Flash" after "DeepSeek V4 Pro", "the
//! 72B" after "Qwen2.5 7B", "the smaller Air" after "GLM-4.5".

use super::Names;
use super::model_name::{Detail, ModelName};
use super::scan::{Word, continues};
use super::shape::next_word;
use super::token::is_size;
use std::sync::Arc;

/// Words of a variant after a version: "V3.2 Exp Thinking".
const MOST_VARIANTS: usize = 2;

impl Names {
    /// The model that a short name is short for, with the end of the name, after the models `named` so far, the latest first;
    /// none that is not in the tables.
    pub(super) fn sibling(
        &self,
        text: &str,
        word: Word,
        mut named: impl Iterator<Item = Arc<ModelName>>,
    ) -> Option<(usize, String)> {
        if is_bare_short(text, word) {
            return named
                .find_map(|named| Some((word.end, self.beside(&text[word.start..word.end], &named)?)));
        }
        if is_bare_number(text, word) {
            let end = word.end + 1 + next_word(text, word.end)?.len();
            return named.find_map(|named| self.of_family(named.family.as_deref()?, text, word.start, end));
        }
        if !is_bare_version(text, word) {
            return None;
        }
        let family = named.find_map(|named| named.family.clone())?;
        let mut ends = vec![word.end];
        while ends.len() <= MOST_VARIANTS
            && let Some(&end) = ends.last()
            && let Some(next) = next_word(text, end).filter(|next| is_variant(next))
            && text[end..].starts_with([' ', '-'])
        {
            ends.push(end + 1 + next.len());
        }
        ends.into_iter().rev().find_map(|end| self.of_family(&family, text, word.start, end))
    }

    /// The model of the family that the words between the places are short for, with their end.
    fn of_family(&self, family: &str, text: &str, start: usize, end: usize) -> Option<(usize, String)> {
        let name = &self.family(family)?.name;
        let id = self.canonical(&format!("{name} {}", &text[start..end]), None).id;
        (!continues(text, end) && self.models.contains_key(&id)).then_some((end, id))
    }

    /// The model that a bare size or the bare word of a tier is short for, beside the one named; none that is not in the
    /// tables.
    fn beside(&self, short: &str, named: &ModelName) -> Option<String> {
        let short = short.to_ascii_lowercase();
        let plain = ModelName {
            namespace: None,
            context: None,
            revision: None,
            stage: None,
            date: None,
            effort: None,
            quantisation: None,
            ..named.clone()
        };
        let sibling = match is_size(&short) {
            true => ModelName { size: Some(short), ..plain },
            false => ModelName { words: vec![short], size: None, variant: None, ..plain },
        };
        let id = |variant: Option<&str>| {
            ModelName { variant: variant.map(str::to_owned), ..sibling.clone() }.render(Detail::Full)
        };
        let own = sibling.variant.as_deref();
        let ids = [own, None, Some("instruct"), Some("chat")].into_iter().map(id);
        ids.into_iter().find(|id| *id != named.id && self.models.contains_key(id))
    }
}

/// Words before a size or a tier that stands for a model.
const POINTING: [&str; 15] = [
    "the", "its", "own", "their", "smaller", "larger", "lighter", "bigger", "cheaper", "old", "older", "new",
    "newer", "base", "poor",
];

/// Words after a tier that then is one of several versions: "the Pro line".
const OF_LINE: [&str; 7] = ["line", "series", "family", "models", "tier", "plan", "versions"];

/// Words after a size that then is one: "the 70B parameters", "the 7B class".
const OF_SIZE: [&str; 7] = ["parameter", "parameters", "params", "class", "range", "scale", "size"];

/// Whether a word is a size that stands for a model ("the 72B", "its 70B sibling", ", 8B 5.4%"), or the word of a tier that
/// does ("the smaller Air", "the mini").
fn is_bare_short(text: &str, word: Word) -> bool {
    let short = &text[word.start..word.end];
    let before = text[..word.start].trim_end_matches(' ');
    let is_pointed_at = {
        let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        before.ends_with(last) && POINTING.iter().any(|pointing| last.eq_ignore_ascii_case(pointing))
    };
    let after = &text[word.end..];
    let next = next_word(text, word.end).unwrap_or_default();
    if is_size(&short.to_ascii_lowercase()) && short.ends_with(['b', 'B']) {
        let is_listed = before.ends_with([',', '(', ';'])
            && after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let is_one = !after.starts_with('-') && !OF_SIZE.contains(&next);
        return is_one && (is_listed || is_pointed_at);
    }
    let is_tier = is_variant(short) || short == "mini";
    is_tier && is_pointed_at && !after.starts_with('-') && !is_variant(next) && !OF_LINE.contains(&next)
}

/// Whether a word is a version of a family whose name goes without saying: "V4", "V3.2", but not that of "Suno V3".
fn is_bare_version(text: &str, word: Word) -> bool {
    let before = text[..word.start].trim_end_matches(' ').rsplit(' ').next().unwrap_or_default();
    let ends = [',', '.', ':', ';', '!', '?', '('];
    let is_of_another = before.starts_with(char::is_uppercase) && !before.ends_with(ends);
    !is_of_another
        && text[word.start..word.end].strip_prefix('V').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
        })
}

/// Whether a word is a version without its letter, before the word of a tier: "3.7 Plus" after "Qwen 3.7 Max".
fn is_bare_number(text: &str, word: Word) -> bool {
    let is_decimal = |number: &str| {
        number.split_once('.').is_some_and(|(major, minor)| {
            major.len() == 1 && [major, minor].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    let is_tier = |next: &str| next.split('-').all(is_variant);
    is_decimal(&text[word.start..word.end])
        && text[word.end..].starts_with(' ')
        && next_word(text, word.end).is_some_and(is_tier)
}

/// A capitalised word, as variants are written.
fn is_variant(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(|c| c.is_ascii_alphabetic())
}
