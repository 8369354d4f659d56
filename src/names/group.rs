//! A phrase such as "Chinese open-weight models" in; the group it asks for out.

use super::lexicon::{Target, after_separator, hash_of, word_end};
use super::{Group, Names};

/// Words between the parts of a group's name that change nothing of who is meant.
const FILLERS: &[&str] = &[
    "ai", "language", "large", "foundation", "frontier", "top", "leading", "best", "base", "generative", "own", "domestic", "reasoning", "chat",
    "flagship", "newest", "latest", "biggest", "strongest", "major", "big", "tech", "built", "made", "developed", "based", "origin", "s", "small",
    "smaller", "larger", "new", "current", "other", "llm", "source", "weight", "weights", "access", "and", "permissive", "available", "pretrained", "rival", "coding", "multimodal", "commercial", "closed", "finest", "native",
];

/// Nouns that stand for models.
const NOUNS: &[&str] = &[
    "models", "model", "llms", "llm", "labs", "lab", "developers", "systems", "giants", "ecosystem", "camp", "counterparts", "offerings", "frontier", "releases", "ai", "providers", "developers", "makers",
];

/// Nouns that do so only after "AI".
const NOUNS_AFTER_AI: &[&str] = &["companies", "firms", "startups", "company", "players", "makers", "industry"];

/// Words after which a phrase that ended in "AI" is over.
const AFTER_A_NOUN: &[&str] = &[
    "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "and", "or", "lags", "leads", "trails",
    "remains", "by", "with", "vs", "versus", "to", "in", "on", "at", "than", "as", "but", "from", "that", "which", "for", "still", "now", "models", "labs", "llms",
];

/// The longest phrase that is read, in words.
const LONGEST_PHRASE: usize = 10;

impl Names {
    /// The group that a whole phrase names.
    pub(super) fn group_phrase(&self, phrase: &str) -> Option<Group> {
        let phrase = phrase.trim();
        let lower = phrase.to_lowercase();
        let bare = if lower.starts_with("the ") && !lower.starts_with("the west") { &phrase[4..] } else { phrase };
        match lower.as_str() {
            "open source" | "open-source" | "open weights" | "open weight" | "open-weight" => {
                return Some(Group { open_weights: Some(true), ..Group::default() });
            }
            "closed source" | "closed-source" | "proprietary" => {
                return Some(Group { open_weights: Some(false), ..Group::default() });
            }
            _ => {}
        }
        self.group_at(bare, 0).filter(|(end, _)| *end == bare.len()).map(|(_, group)| group)
    }

    /// The group whose name begins in `text` at `start`, and where it ends. A single word is not a group here.
    pub(super) fn group_at(&self, text: &str, start: usize) -> Option<(usize, Group)> {
        let mut group = Group::default();
        let (mut at, mut end, mut seen_ai, mut is_tech) = (start, None, false, false);
        for _ in 0..LONGEST_PHRASE {
            let stop = word_end(text, at);
            let word = text.get(at..stop).filter(|w| !w.is_empty())?.to_lowercase();
            let mut next = stop;
            if let Some((countries, place_end)) = self.place_at(text, at).filter(|_| group.countries.is_empty()) {
                group.countries = countries;
                next = place_end;
            } else if matches!(word.as_str(), "open" | "opensource") {
                group.open_weights = Some(true);
            } else if matches!(word.as_str(), "closed" | "proprietary") {
                group.open_weights = Some(false);
            } else if self.is_noun(&word, seen_ai, text, stop) {
                end = Some(stop);
                if word == "giants" {
                    if !is_tech {
                        return None;
                    }
                    group.organisations = self.giants(&group.countries);
                }
                if !matches!(word.as_str(), "ai" | "llm" | "frontier") {
                    break;
                }
            } else if word == "tech" && text[at..].to_lowercase().starts_with("tech") && text[..at].trim_end().to_lowercase().ends_with("big") {
                group.organisations = self.giants(&group.countries);
                end = Some(stop);
            } else if !FILLERS.contains(&word.as_str()) {
                break;
            }
            seen_ai |= word == "ai";
            is_tech |= matches!(word.as_str(), "tech" | "ai" | "internet" | "technology");
            let Some(begin) = after_separator(text, next).filter(|_| !text[next..].starts_with(['.', ':', '/', '('])) else { break };
            at = begin;
        }
        let mut end = end?;
        if group.countries.is_empty() {
            if let Some((stop, countries)) = self.origin_after(text, end) {
                (group.countries, end) = (countries, stop);
            }
        }
        let says_something = !group.countries.is_empty() || group.open_weights.is_some() || !group.organisations.is_empty();
        let is_indefinite = text[start..end].to_lowercase().ends_with("model") && {
            let front = text[..start].trim_end().to_lowercase();
            front.ends_with(" a") || front.ends_with(" an") || front == "a" || front == "an"
        };
        (says_something && !is_indefinite && end > start).then_some((end, group))
    }

    /// "… from China", "… built by Chinese labs".
    fn origin_after(&self, text: &str, end: usize) -> Option<(usize, Vec<String>)> {
        let mut at = end;
        let mut is_origin = false;
        for _ in 0..5 {
            at = after_separator(text, at).filter(|_| text[at..].starts_with(char::is_whitespace))?;
            if is_origin {
                if let Some((countries, mut stop)) = self.place_at(text, at) {
                    if let Some(noun) = after_separator(text, stop) {
                        let noun_end = word_end(text, noun);
                        if matches!(text[noun..noun_end].to_lowercase().as_str(), "labs" | "companies" | "developers" | "firms") {
                            stop = noun_end;
                        }
                    }
                    return Some((stop, countries));
                }
            }
            let stop = word_end(text, at);
            match text.get(at..stop)?.to_lowercase().as_str() {
                "from" | "by" => is_origin = true,
                "in" if is_origin => {}
                "built" | "made" | "developed" | "trained" | "released" | "coming" | "out" => is_origin = true,
                "of" | "the" if is_origin => {}
                _ => return None,
            }
            at = stop;
        }
        None
    }

    /// The place named at `at` and where its name ends.
    fn place_at(&self, text: &str, at: usize) -> Option<(Vec<String>, usize)> {
        let first_end = word_end(text, at);
        let hash = hash_of(text.get(at..first_end)?);
        self.lexicon
            .at(text, at, first_end, hash)
            .filter_map(|(entry, end)| match &entry.target {
                Target::Place(countries) => Some((countries.clone(), end)),
                _ => None,
            })
            .max_by_key(|(_, end)| *end)
    }

    /// Whether the word that ends at `end` is the noun of the group. "AI" and "frontier" are only where the phrase is
    /// over: "Chinese AI is", not "Chinese AI policy".
    fn is_noun(&self, word: &str, seen_ai: bool, text: &str, end: usize) -> bool {
        match word {
            "ai" | "frontier" => after_separator(text, end).filter(|_| text[end..].starts_with(' ')).is_none_or(|next| {
                AFTER_A_NOUN.contains(&text[next..word_end(text, next)].to_lowercase().as_str())
            }),
            _ => NOUNS.contains(&word) || (seen_ai && NOUNS_AFTER_AI.contains(&word)),
        }
    }

    fn giants(&self, countries: &[String]) -> Vec<String> {
        self.organisations
            .values()
            .filter(|o| o.tech_giant && (countries.is_empty() || o.country.as_ref().is_some_and(|c| countries.contains(c))))
            .map(|o| o.id.clone())
            .collect()
    }
}
