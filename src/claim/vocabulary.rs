//! Words of the rules in; small numbers out, so that matching compares numbers and not letters.

use super::token::Line;
use bit_set::BitSet;
use std::collections::HashMap;

/// The number of a word that no rule knows.
pub(super) const UNKNOWN: u32 = 0;

/// Every word that some rule mentions, numbered from one.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    /// The word's number, given now if it has none.
    pub(super) fn learn(&mut self, word: &str) -> u32 {
        if let Some(number) = self.0.get(word) {
            return *number;
        }
        let number = u32::try_from(self.0.len() + 1).expect("rules have fewer than four billion words");
        self.0.insert(word.to_owned(), number);
        number
    }

    /// The word's number, or `UNKNOWN`.
    pub(super) fn number(&self, word: &str) -> u32 {
        self.0.get(word).copied().unwrap_or(UNKNOWN)
    }
}

/// Words and phrases, found by their first word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// First words, ascending, each with what may follow it, longest first.
    by_first: Vec<(u32, Vec<Vec<u32>>)>,
    /// The first words: most look-ups end here.
    first: BitSet,
}

impl Phrases {
    pub(super) fn new(phrases: impl IntoIterator<Item = Vec<String>>, vocabulary: &mut Vocabulary) -> Self {
        let mut numbered: Vec<Vec<u32>> = phrases
            .into_iter()
            .map(|phrase| phrase.iter().map(|word| vocabulary.learn(word)).collect())
            .collect();
        numbered.sort_by_key(|phrase: &Vec<u32>| (phrase.first().copied(), std::cmp::Reverse(phrase.len())));
        let mut built = Self::default();
        for phrase in numbered {
            let Some((first, rest)) = phrase.split_first() else { continue };
            match built.by_first.last_mut() {
                Some((last, rests)) if last == first => rests.push(rest.to_vec()),
                _ => built.by_first.push((*first, vec![rest.to_vec()])),
            }
            built.first.insert(*first as usize);
        }
        built
    }

    /// The first words.
    pub(super) fn firsts(&self) -> impl Iterator<Item = u32> {
        self.by_first.iter().map(|(first, _)| *first)
    }

    /// The lengths of the phrases that stand at the token, longest first.
    pub(super) fn at<'s>(&'s self, line: &'s Line<'_>, at: usize) -> impl Iterator<Item = usize> + 's {
        let first = line.word(at);
        let known = self.first.contains(first as usize);
        let found =
            if known { self.by_first.binary_search_by_key(&first, |(word, _)| *word).ok() } else { None };
        found
            .into_iter()
            .flat_map(|i| &self.by_first[i].1)
            .filter(move |rest| rest.iter().enumerate().all(|(i, word)| line.word(at + 1 + i) == *word))
            .map(|rest| rest.len() + 1)
    }
}

/// A phrase as words; a `~` at the end of its first word stands for the endings of verb and noun.
pub(super) fn inflections(entry: &str) -> Vec<Vec<String>> {
    // A name of several words is one token; an underscore stands for its spaces.
    let words: Vec<String> = entry.split_whitespace().map(|word| word.replace('_', " ")).collect();
    let Some(stem) = words.first().and_then(|word| word.strip_suffix('~')) else {
        return vec![words];
    };
    let forms: Vec<String> = if let Some(bare) = stem.strip_suffix('e') {
        vec![stem.to_owned(), format!("{stem}s"), format!("{stem}d"), format!("{bare}ing")]
    } else if let Some(bare) = stem.strip_suffix('y').filter(|bare| !bare.ends_with(['a', 'e', 'o', 'u'])) {
        vec![stem.to_owned(), format!("{bare}ies"), format!("{bare}ied"), format!("{stem}ing")]
    } else {
        let s = if stem.ends_with(['s', 'x', 'h', 'z']) { "es" } else { "s" };
        vec![stem.to_owned(), format!("{stem}{s}"), format!("{stem}ed"), format!("{stem}ing")]
    };
    let tail = &words[1..];
    forms.into_iter().map(|form| std::iter::once(form).chain(tail.iter().cloned()).collect()).collect()
}
