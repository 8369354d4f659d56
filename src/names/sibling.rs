//! A short name and the model named before it in; the sibling that is meant out: "V4 Flash" after "DeepSeek V4 Pro".

use super::Names;
use super::scan::{Word, continues};
use super::shape::next_word;

/// Words of a variant after a version: "V3.2 Exp Thinking".
const MOST_VARIANTS: usize = 2;

impl Names {
    /// The model of a family that a bare version in the text is short for, with the end of its name; none that is not in
    /// the tables.
    pub(super) fn sibling(&self, text: &str, word: Word, family: &str) -> Option<(usize, String)> {
        let name = &self.family(family)?.name;
        let mut ends = vec![word.end];
        while ends.len() <= MOST_VARIANTS
            && let Some(&end) = ends.last()
            && let Some(next) = next_word(text, end).filter(|next| is_variant(next))
            && text[end..].starts_with([' ', '-'])
        {
            ends.push(end + 1 + next.len());
        }
        let known = |end: usize| {
            let id = self.canonical(&format!("{name} {}", &text[word.start..end]), None).id;
            (!continues(text, end) && self.models.contains_key(&id)).then_some((end, id))
        };
        ends.into_iter().rev().find_map(known)
    }
}

/// Whether a word is a version of a family whose name goes without saying: "V4", "V3.2", but not that of "Suno V3".
pub(super) fn is_bare_version(text: &str, word: Word) -> bool {
    let before = text[..word.start].trim_end_matches(' ').rsplit(' ').next().unwrap_or_default();
    let ends = [',', '.', ':', ';', '!', '?', '('];
    let is_of_another = before.starts_with(char::is_uppercase) && !before.ends_with(ends);
    !is_of_another
        && text[word.start..word.end].strip_prefix('V').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit())
                && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
        })
}

/// A capitalised word, as variants are written.
fn is_variant(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.chars().all(|c| c.is_ascii_alphabetic())
}
