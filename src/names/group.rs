//! A phrase such as "Chinese open-weight models" in; the group it asks for out.

use super::lexicon::Target;
use super::scan::{after_separator, hash_of, word_end};
use super::vocabulary::{AFTER_A_NOUN, FILLERS, NOUNS, NOUNS_AFTER_AI};
use super::{Group, Names};

/// Where the companies called "Big Tech" without further ado are.
const HOME_OF_BIG_TECH: &str = "US";

/// The longest phrase that is read, in words.
const LONGEST_PHRASE: usize = 10;

impl Names {
    /// The group that a whole phrase names.
    pub(super) fn group_phrase(&self, phrase: &str) -> Option<Group> {
        let phrase = phrase.trim();
        let lower = phrase.to_lowercase();
        let bare =
            if lower.starts_with("the ") && !lower.starts_with("the west") { &phrase[4..] } else { phrase };
        match lower.as_str() {
            "open source" | "open-source" | "open weights" | "open weight" | "open-weight" => {
                return Some(Group { open_weights: Some(true), ..Group::default() });
            }
            "closed source" | "closed-source" | "proprietary" => {
                return Some(Group { open_weights: Some(false), ..Group::default() });
            }
            // "Models whose weights can be downloaded".
            _ if lower.starts_with("models ") && lower.contains("weights ") => {
                let is_open =
                    ["open", "download", "available", "public"].iter().any(|word| lower.contains(word));
                return is_open.then(|| Group { open_weights: Some(true), ..Group::default() });
            }
            _ => {}
        }
        self.group_at(bare, 0).filter(|(end, _)| *end == bare.len()).map(|(_, group)| group)
    }

    /// The group whose name begins in `text` at `start`, and where it ends. A single word is not a group here.
    pub(super) fn group_at(&self, text: &str, start: usize) -> Option<(usize, Group)> {
        let mut group = Group::default();
        let (mut at, mut end, mut seen_ai, mut is_tech, mut last) =
            (start, None, false, false, String::new());
        for _ in 0..LONGEST_PHRASE {
            let stop = word_end(text, at);
            let word = text.get(at..stop).filter(|w| !w.is_empty())?.to_lowercase();
            let mut next = stop;
            if let Some((countries, place_end)) =
                self.place_at(text, at).filter(|_| group.countries.is_empty())
            {
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
            } else if word == "tech" && last == "big" {
                group.organisations = self.giants(&group.countries);
                end = Some(stop);
            } else if !FILLERS.contains(&word.as_str()) {
                break;
            }
            seen_ai |= word == "ai";
            last.clone_from(&word);
            is_tech |= matches!(word.as_str(), "tech" | "ai" | "internet" | "technology");
            let Some(begin) =
                after_separator(text, next).filter(|_| !text[next..].starts_with(['.', ':', '/', '(']))
            else {
                break;
            };
            at = begin;
        }
        let mut end = end?;
        if group.countries.is_empty()
            && let Some((stop, origin)) = self.origin_after(text, end)
        {
            (group.countries, group.organisations, end) = (origin.countries, origin.organisations, stop);
        }
        let says_something =
            !group.countries.is_empty() || group.open_weights.is_some() || !group.organisations.is_empty();
        // "Llama 2 is an open model" names no group.
        let is_one = text[start..end].ends_with("model")
            || text[start..end].ends_with("Model")
            || text[start..end].ends_with(" LLM")
            || text[start..end].ends_with(" one");
        let is_indefinite = is_one && matches!(word_before(text, start), "a" | "an" | "A" | "An");
        (says_something && !is_indefinite && end > start).then_some((end, group))
    }

    /// "… from China", "… built by Chinese labs", "… from Meta": only countries or organisations are filled in.
    fn origin_after(&self, text: &str, end: usize) -> Option<(usize, Group)> {
        let mut at = end;
        let mut is_origin = false;
        for _ in 0..5 {
            at = after_separator(text, at).filter(|_| text[at..].starts_with(char::is_whitespace))?;
            if is_origin && let Some((countries, stop)) = self.place_at(text, at) {
                return Some((after_makers(text, stop), Group { countries, ..Group::default() }));
            }
            if is_origin && let Some((organisation, stop)) = self.organisation_at(text, at) {
                // "… separate Anthropic's best model from Zhipu's": another's model, and no maker of this one.
                if ["'s", "\u{2019}s"].iter().any(|own| text[stop..].starts_with(own)) {
                    return None;
                }
                return Some((stop, Group { organisations: vec![organisation], ..Group::default() }));
            }
            let stop = word_end(text, at);
            match text.get(at..stop)?.to_lowercase().as_str() {
                "from" | "by" => is_origin = true,
                "in" if is_origin => {}
                "built" | "made" | "developed" | "trained" | "released" | "coming" | "out" => {
                    is_origin = true
                }
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

    /// The organisation named at `at` and where its name ends.
    fn organisation_at(&self, text: &str, at: usize) -> Option<(String, usize)> {
        let first_end = word_end(text, at);
        let hash = hash_of(text.get(at..first_end)?);
        self.lexicon
            .at(text, at, first_end, hash)
            .filter_map(|(entry, end)| match &entry.target {
                Target::Organisation(id) => Some((id.clone(), end)),
                _ => None,
            })
            .max_by_key(|(_, end)| *end)
    }

    /// Whether the word that ends at `end` is the noun of the group. "AI" and "frontier" are only where the phrase is
    /// over: "Chinese AI is", not "Chinese AI policy".
    fn is_noun(&self, word: &str, seen_ai: bool, text: &str, end: usize) -> bool {
        match word {
            "ai" | "frontier" => {
                after_separator(text, end).filter(|_| text[end..].starts_with(' ')).is_none_or(|next| {
                    AFTER_A_NOUN.contains(&text[next..word_end(text, next)].to_lowercase().as_str())
                })
            }
            _ => NOUNS.contains(&word) || (seen_ai && NOUNS_AFTER_AI.contains(&word)),
        }
    }

    /// The tech giants of some countries; "Big Tech" without one means the American ones.
    fn giants(&self, countries: &[String]) -> Vec<String> {
        self.organisations
            .values()
            .filter(|o| {
                o.tech_giant
                    && o.country.as_ref().is_some_and(|c| {
                        countries.contains(c) || (countries.is_empty() && c == HOME_OF_BIG_TECH)
                    })
            })
            .map(|o| o.id.clone())
            .collect()
    }
}

/// The end of "labs" or "companies" after a place's name, or the place's own end.
fn after_makers(text: &str, end: usize) -> usize {
    let noun = after_separator(text, end).map(|start| (start, word_end(text, start)));
    let is_maker =
        |word: &str| ["labs", "companies", "developers", "firms"].contains(&word.to_lowercase().as_str());
    noun.filter(|(start, stop)| is_maker(&text[*start..*stop])).map_or(end, |(_, stop)| stop)
}

/// The word before `start`, over one space.
fn word_before(text: &str, start: usize) -> &str {
    let Some(front) = text[..start].strip_suffix(' ') else { return "" };
    let length: usize = front.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    &front[front.len() - length..]
}

#[cfg(test)]
mod tests {
    use crate::names::Group;
    use crate::names::tests::shipped;

    fn check(phrase: &str, countries: &[&str], open_weights: Option<bool>) {
        let group = shipped().group_phrase(phrase);
        let countries = countries.iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(group, Some(Group { countries, organisations: Vec::new(), open_weights }), "{phrase}");
    }

    #[test]
    fn groups_are_read_from_their_properties() {
        check("Chinese open-weight models", &["CN"], Some(true));
        check("open-weight models from China", &["CN"], Some(true));
        check("China's open models", &["CN"], Some(true));
        check("models built by Chinese labs", &["CN"], None);
        check("the leading American labs", &["US"], None);
        check("U.S. frontier models", &["US"], None);
        check("proprietary models", &[], Some(false));
        check("closed-source LLMs", &[], Some(false));
        check("open source", &[], Some(true));
    }

    #[test]
    fn giants_are_organisations() {
        let group = shipped().group_phrase("US tech giants").unwrap();
        assert!(
            group.organisations.contains(&"meta".to_owned())
                && !group.organisations.contains(&"alibaba".to_owned())
        );
        let group = shipped().group_phrase("Chinese tech giants").unwrap();
        assert!(
            group.organisations.contains(&"alibaba".to_owned())
                && !group.organisations.contains(&"meta".to_owned())
        );
    }

    #[test]
    fn phrases_that_say_nothing_of_models_are_not_groups() {
        for phrase in [
            "Chinese AI policy",
            "open the model",
            "big models",
            "garden giants",
            "American startups",
            "the models",
        ] {
            assert_eq!(shipped().group_phrase(phrase), None, "{phrase}");
        }
    }
}
