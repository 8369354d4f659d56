//! A claim's words in; whether certain words stand in them, and numbers that the claim's own fields do not hold, out.

use crate::claim::{Claim, Party, without_models};
use crate::names::Entity;

/// Numbers that texts write in words where they count places.
const NUMERALS: [(&str, usize); 15] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
];

/// Words that make a number one of places: "the ten highest-placed".
const PLACES: [&str; 12] = [
    "top",
    "highest",
    "best",
    "leading",
    "placed",
    "ranked",
    "places",
    "head",
    "strongest",
    "spots",
    "fewest",
    "rated",
];

/// A number counts places when such a word stands within this many words of it.
const NEAR: usize = 5;

/// The largest number of top places that a text speaks of.
const MOST_PLACES: usize = 100;

/// Words in lower case, each between single spaces.
#[derive(Debug, Clone)]
pub(super) struct Words(String);

impl Words {
    /// Every word of the claim: quote, parties and population.
    pub(super) fn of(claim: &Claim) -> Self {
        let parties = claim.subject.iter().chain(&claim.object).map(|party| party.text.as_str());
        let texts = std::iter::once(claim.quote.as_str()).chain(parties).chain(claim.population.as_deref());
        Self::new(&texts.collect::<Vec<_>>().join(" | "))
    }

    /// As [`Words::of`], without the names of the claim's parties: "AI21 Labs" counts no laboratories.
    pub(super) fn about(claim: &Claim) -> Self {
        let names = claim.subject.iter().chain(&claim.object).filter(|party| party.entity.is_some());
        let Self(all) = Self::of(claim);
        // The words of a group ("Chinese models") say what is counted; those of a maker or a model only who it is.
        let is_name = |party: &&Party| {
            matches!(party.entity, Some(Entity::Organisation(_) | Entity::Family(_) | Entity::Model(_)))
        };
        // "Eight DeepSeek models": whose they are is a name, and models they are still.
        let name = |party: &Party| Self::new(without_models(&party.text)).0;
        Self(names.filter(is_name).fold(all, |text, party| text.replace(&name(party), " ")))
    }

    pub(super) fn new(text: &str) -> Self {
        let lower = text.to_lowercase();
        // "71.4" is one number, and no four places.
        let words =
            lower.split(|c: char| !c.is_alphanumeric() && c != '.').map(|word| word.trim_matches('.'));
        let parts = words.flat_map(|word| {
            let is_decimal = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            word.split(move |c: char| c == '.' && !is_decimal)
        });
        let parts = parts.filter(|word| !word.is_empty());
        Self(parts.fold(String::from(" "), |text, word| text + word + " "))
    }

    /// Whether any entry begins a word; an entry that ends in a space is a whole word.
    pub(super) fn any(&self, entries: &[&str]) -> bool {
        entries.iter().any(|entry| self.0.contains(&format!(" {entry}")))
    }

    /// Whether all of a text's words stand in them one after the other: a name, whatever its marks.
    pub(super) fn hold(&self, text: &str) -> bool {
        let Self(asked) = Self::new(text);
        !asked.trim().is_empty() && self.0.contains(&asked)
    }

    /// How many top places the words speak of: "the top 20", "the ten highest-placed systems".
    pub(super) fn places(&self) -> Option<usize> {
        let words: Vec<&str> = self.0.split_whitespace().collect();
        // "The ten models with the lowest hallucination rates" are the ten best.
        let is_place =
            |word: &&str| PLACES.contains(word) || (*word == "lowest" && self.any(&["hallucinat"]));
        let distance = |at: usize| {
            let places = words.iter().enumerate().filter(|(_, word)| is_place(word));
            places.map(|(place, _)| place.abs_diff(at)).min()
        };
        // "35 percent of the top 20": the number beside the word of rank is the one of places. "Six of the ten best":
        // of two as near, the larger is the whole.
        let number = |(at, word): (usize, &&str)| {
            let n =
                word.parse().ok().or_else(|| NUMERALS.iter().find(|(name, _)| name == word).map(|n| n.1))?;
            // "The first twenty": the word of rank is the one before.
            let is_first = at > 0 && words[at - 1] == "first";
            let distance = distance(at).or(is_first.then_some(1)).filter(|distance| *distance <= NEAR)?;
            (2..=MOST_PLACES).contains(&n).then_some((std::cmp::Reverse(distance), n))
        };
        words.iter().enumerate().filter_map(number).max().map(|(_, n)| n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_from_the_start_of_a_word() {
        let words = Words::new("Start-ups rapidly adopted open-weight models under the MIT licence.");
        assert!(words.any(&["rapid"]) && words.any(&["open weight"]) && words.any(&["mit "]));
        assert!(!words.any(&["art"]) && !words.any(&["mi "]));
    }

    #[test]
    fn places_are_numbers_beside_words_of_rank() {
        assert_eq!(Words::new("most of the top 20").places(), Some(20));
        assert_eq!(Words::new("35 percent of the top 20 are Chinese").places(), Some(20));
        assert_eq!(Words::new("Chinese models hold 85% of the top ten places").places(), Some(10));
        assert_eq!(Words::new("nine of the ten highest-placed systems").places(), Some(10));
        assert_eq!(Words::new("6 of the 10 models that score highest").places(), Some(10));
        assert_eq!(Words::new("all ten of the Arena's top models").places(), Some(10));
        assert_eq!(Words::new("two models among the first twenty").places(), Some(20));
        assert_eq!(Words::new("80% of startups use Chinese models").places(), None);
        assert_eq!(Words::new("the 2025 top list").places(), None, "a year is no number of places");
        assert_eq!(Words::new("rose to 71.4 | best score").places(), None, "nor are decimals");
    }
}
