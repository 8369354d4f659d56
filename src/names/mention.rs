//! Running text in; the models, families, organisations, groups and benchmarks it names out.
//!
//! One pass over the words: a filter turns nearly all of them away, a lexicon hit is extended by the shape of what
//! follows, and names that are also words of the language wait for company before they count.

use super::lexicon::{Case, Entry, Target};
use super::qualifier::date_at;
use super::scan::{Word, continues, next_of};
use super::shape::{extent, next_word};
use super::tables::Homonym;
use super::token::{is_size, tokens};
use super::unknown::{path_model, unknown_model};
use super::{Entity, Group, Mention, ModelName, Names};
use std::sync::Arc;

/// A candidate, and what it still needs to be believed.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entity: Entity,
    pub(super) needs: Homonym,
}

impl Names {
    /// The names in a text: the longest at each place, in order, none overlapping, none cutting a word.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.mentions_in(text, false)
    }

    /// As [`Names::mentions`], for a text that may be a sentence standing alone, as somebody asks about it: nothing
    /// but models is asked about here, so that a name which is also a word needs no company.
    #[must_use]
    pub fn mentions_in(&self, text: &str, is_alone: bool) -> Vec<Mention> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut cues: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(word) = next_of(text, at) {
            at = word.end;
            if text.as_bytes().get(word.end) == Some(&b':') && text[word.end..].starts_with("://") {
                at = text[word.end..]
                    .find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '>' | ']'))
                    .map_or(text.len(), |n| word.end + n);
                continue;
            }
            let candidate = self.candidate(text, word, &mut cues);
            if let Some(on_hub) = self.on_hub(text, word, candidate.as_ref()) {
                at = on_hub.end;
                found.push(on_hub);
            } else if let Some(candidate) = candidate {
                at = candidate.end.max(word.end);
                while found.last().is_some_and(|last| last.end > candidate.start) {
                    found.pop();
                }
                found.push(candidate);
            } else if let Some((end, id)) = self.short_for(text, word, &found) {
                at = end;
                found.push(Candidate {
                    start: word.start,
                    end,
                    entity: Entity::Model(id),
                    needs: Homonym::Never,
                });
            } else if let Some(candidate) = self.unknown(text, word)
                && found.last().is_none_or(|last| last.end <= candidate.start)
            {
                at = candidate.end;
                found.push(candidate);
            }
        }
        self.settle(text, found, &cues, is_alone)
    }

    /// The sibling of a model named before that a short name stands for.
    fn short_for(&self, text: &str, word: Word, found: &[Candidate]) -> Option<(usize, String)> {
        // "BFCL V4" is a version of the board.
        let is_of_board = found.last().is_some_and(|last| {
            matches!(last.entity, Entity::Benchmark(_)) && last.end + " (".len() >= word.start
        });
        // "Apple showed the new Air": a tier is of the model named last.
        let is_size = text.as_bytes()[word.start].is_ascii_digit();
        let is_of_model = is_size || found.last().is_some_and(|last| last.entity.is_model());
        let named = found.iter().rev().take(NEAR_SIBLINGS).filter_map(|one| self.name_of(&one.entity));
        if is_of_board || !is_of_model { None } else { self.sibling(text, word, named) }
    }

    /// A model by account and name, as hubs write it; of a known maker's account the name is read by itself.
    fn on_hub(&self, text: &str, word: Word, candidate: Option<&Candidate>) -> Option<Candidate> {
        if !matches!(text.as_bytes().get(word.end), Some(b'/' | b'-' | b'.' | b'_')) {
            return None;
        }
        let (slash, end) = path_model(text, word.start)?;
        let is_account = self.parser.namespace(&text[word.start..slash]).is_some();
        if !is_account && candidate.is_some_and(|c| c.entity.is_model() || c.end > slash) {
            return None;
        }
        let name = self.canonical(&text[word.start..end], None);
        Some(Candidate { start: word.start, end, entity: self.entity_of(&name), needs: Homonym::Never })
    }

    /// A model of no known family, told by its shape around a size.
    fn unknown(&self, text: &str, word: Word) -> Option<Candidate> {
        if !text.as_bytes()[word.start].is_ascii_digit() || !is_size_word(&text[word.start..word.end]) {
            return None;
        }
        let (start, end) = unknown_model(text, word.start, word.end)?;
        let start = self.with_namespace(text, start);
        let name = self.canonical(&text[start..end], None);
        Some(Candidate { start, end, entity: Entity::Model(name.id), needs: Homonym::Never })
    }

    /// The best name at a word, if any.
    fn candidate(&self, text: &str, word: Word, cues: &mut Vec<usize>) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        let mut consider = |candidate: Option<Candidate>| {
            if let Some(candidate) = candidate {
                let is_longer = best.as_ref().is_none_or(|b| {
                    candidate.end > b.end
                        || (candidate.end == b.end && candidate.entity.is_model() && !b.entity.is_model())
                });
                if is_longer {
                    best = Some(candidate);
                }
            }
        };
        if self.lexicon.may_begin(word.hash) {
            for (entry, end) in self.lexicon.at(text, word.start, word.end, word.hash) {
                if entry.target == Target::Cue {
                    cues.push(word.start);
                } else {
                    consider(self.read_entry(text, word.start, entry, end));
                }
            }
        }
        if let Some((end, hash)) = word.letters.filter(|(_, hash)| self.lexicon.may_begin(*hash)) {
            for (entry, end) in self.lexicon.at(text, word.start, end, hash) {
                if matches!(entry.target, Target::Family(_)) {
                    consider(self.read_entry(text, word.start, entry, end));
                }
            }
        }
        best
    }

    fn read_entry(&self, text: &str, start: usize, entry: &Entry, end: usize) -> Option<Candidate> {
        let until = |end: usize, entity: Entity| {
            (!continues(text, end)).then_some(Candidate { start, end, entity, needs: entry.homonym })
        };
        let plain = |entity: Entity| until(end, entity);
        match &entry.target {
            Target::Family(at) => self.read_family(text, start, entry, end, *at),
            Target::Alias => {
                let end = with_date(text, end);
                until(end, self.entity_of(&self.canonical(&text[start..end], None)))
            }
            Target::Organisation(id) => plain(Entity::Organisation(id.clone())),
            Target::Benchmark(id) => plain(Entity::Benchmark(id.clone())),
            Target::Place(countries) => {
                if is_negated(text, start) {
                    return None;
                }
                self.group_at(text, start)
                    .map(|(end, group)| Candidate {
                        start,
                        end,
                        entity: Entity::Group(group),
                        needs: Homonym::Never,
                    })
                    .or_else(|| {
                        plain(Entity::Group(Group { countries: countries.clone(), ..Group::default() }))
                    })
            }
            Target::GroupWord => {
                let (end, group) = self.group_at(text, start)?;
                Some(Candidate { start, end, entity: Entity::Group(group), needs: Homonym::Never })
            }
            Target::Cue => None,
        }
    }

    fn read_family(
        &self,
        text: &str,
        start: usize,
        entry: &Entry,
        end: usize,
        at: usize,
    ) -> Option<Candidate> {
        let family = self.parser.families.get(at)?;
        let head = &text[start..end];
        let extent = extent(text, head, end, Some(family));
        if continues(text, extent.end) {
            return None;
        }
        let is_bare = !extent.has_size && !extent.has_version;
        let is_lower = !head.contains(|c: char| c.is_uppercase());
        let needs = match (entry.homonym, is_bare) {
            (Homonym::Never, _) => Homonym::Never,
            (_, _) if extent.has_size => Homonym::Never,
            (Homonym::Bare, false) => Homonym::Never,
            // Poems and pieces of music are numbered too, but never 4.6.
            (Homonym::Numbered, false) if text[end..extent.end].contains('.') => Homonym::Never,
            (homonym, _) => {
                if is_lower || is_part_of_another_name(text, start, extent.end, entry.case) {
                    return None;
                }
                let is_told = next_word(text, extent.end)
                    .is_some_and(|next| matches!(next, "model" | "models" | "LLM" | "LLMs"));
                if is_told && homonym == Homonym::Bare { Homonym::Never } else { homonym }
            }
        };
        let start = self.with_namespace(text, start);
        let name = self.canonical(&text[start..extent.end], None);
        Some(Candidate { start, end: extent.end, entity: self.entity_of(&name), needs })
    }

    /// The start with the Hugging Face namespace before it, where one stands there.
    fn with_namespace(&self, text: &str, start: usize) -> usize {
        let Some(front) = text[..start].strip_suffix('/') else { return start };
        let length: usize = front
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            .map(char::len_utf8)
            .sum();
        let begin = front.len() - length;
        let is_path_end = !front[..begin].ends_with('/');
        let is_namespace = length > 0 && is_path_end && self.parser.namespace(&front[begin..]).is_some();
        if is_namespace { begin } else { start }
    }

    /// The name of a model or family, taken apart.
    fn name_of(&self, entity: &Entity) -> Option<Arc<ModelName>> {
        match entity {
            Entity::Model(id) | Entity::Family(id) => Some(self.parsed(id)),
            _ => None,
        }
    }

    /// The family behind a model or family.
    pub(super) fn family_of(&self, entity: &Entity) -> Option<String> {
        self.name_of(entity)?.family.clone()
    }
}

/// The end of a name with the day behind it: "R1-0528".
fn with_date(text: &str, end: usize) -> usize {
    let digits =
        text[end..].strip_prefix('-').and_then(|rest| next_of(rest, 0).map(|word| &rest[..word.end]));
    match digits {
        Some(day) if day.len() == SHORT_DAY && date_at(&tokens(day), 0).is_some() => end + 1 + day.len(),
        _ => end,
    }
}

/// Digits of a day as names have it, "0528".
const SHORT_DAY: usize = 4;

fn is_size_word(word: &str) -> bool {
    word.ends_with(['b', 'B']) && is_size(&word.to_ascii_lowercase())
}

/// So many names back a bare version still has its family.
const NEAR_SIBLINGS: usize = 6;

/// "non-Chinese"
fn is_negated(text: &str, start: usize) -> bool {
    let front = &text.as_bytes()[..start];
    front.last() == Some(&b'-')
        && front.len() >= 4
        && front[front.len() - 4..front.len() - 1].eq_ignore_ascii_case(b"non")
}

/// "Jean-Claude", "Claude Monet", "Falcon Heavy": the word belongs to a longer name of something else.
fn is_part_of_another_name(text: &str, start: usize, end: usize, case: Case) -> bool {
    if case == Case::Exact {
        return false;
    }
    if text[..start].ends_with('-') {
        return true;
    }
    let follows_capital = text[end..].starts_with(' ')
        && next_word(text, end).is_some_and(|next| {
            let mut letters = next.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.clone().count() >= 2
                && letters.all(char::is_lowercase)
                && !AFTER_A_NAME.contains(&next.to_lowercase().as_str())
        });
    let dotted = text[end..].starts_with('.') && text[end + 1..].starts_with(char::is_alphabetic);
    follows_capital || dotted
}

/// Capitalised words that may follow a model's bare name in a title without being part of another name.
const AFTER_A_NAME: &[&str] = &[
    "models",
    "model",
    "series",
    "family",
    "and",
    "or",
    "vs",
    "versus",
    "is",
    "has",
    "beats",
    "outperforms",
    "leads",
    "tops",
    "scores",
    "users",
    "license",
];

#[cfg(test)]
mod tests {
    use crate::names::tests::shipped;

    fn check(text: &str, expected: &[&str]) {
        let mentions = shipped().mentions(text);
        let found: Vec<&str> = mentions.iter().map(|mention| mention.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn models_are_found_whole() {
        check(
            "Qwen-14B-Chat beat meta-llama/Llama-2-70b-chat-hf.",
            &["Qwen-14B-Chat", "meta-llama/Llama-2-70b-chat-hf"],
        );
        check(
            "Claude 3.5 Sonnet (20241022), o3-mini (high)",
            &["Claude 3.5 Sonnet (20241022)", "o3-mini (high)"],
        );
        check("Gemini  2.5 Pro on SWE-bench (Verified)", &["Gemini  2.5 Pro", "SWE-bench (Verified)"]);
        check("Mixtral 8x7B, Command R+ and GPT-4o mini", &["Mixtral 8x7B", "Command R+", "GPT-4o mini"]);
        check("a new Foo-3-70B-Instruct and OpenThinker 32B", &["Foo-3-70B-Instruct", "OpenThinker 32B"]);
        check("阿里的Qwen2.5模型超过了Llama3", &["Qwen2.5", "Llama3"]);
        check("Google Gemini and Meta's Llama 3.1 405B", &["Google Gemini", "Meta", "Llama 3.1 405B"]);
        check("GPT-4-based agents, Claude 3-class models", &["GPT-4", "Claude 3"]);
        check("T145/KRONOS-8B-V2 beats AA051610/A0105.", &["T145/KRONOS-8B-V2", "AA051610/A0105"]);
        check("GPT-4/Claude 3 Opus", &["GPT-4", "Claude 3 Opus"]);
        check("Gemini Pro 1.5 and gpt-realtime-2", &["Gemini Pro 1.5", "gpt-realtime-2"]);
    }

    #[test]
    fn words_of_the_language_need_company() {
        check("A llama grazed while Claude Monet painted the falcon.", &[]);
        check("Claude, my neighbour, mended the model train.", &[]);
        check("The Falcon 9 rocket carried an Orion capsule.", &[]);
        check("Geminis love no one; opt out of the command line; phi is 1.618.", &[]);
        check("Sonnet 18 is by Shakespeare, Opus 27 by Beethoven.", &[]);
        check("Jean-Claude works on AI.", &[]);
        check("I asked Claude about LLMs.", &["Claude"]);
        check("Falcon and MPT-30B were open.", &["Falcon", "MPT-30B"]);
        check("The race for math talent saw prices drop.", &[]);
        check("Sparrow is derived from Qwen2.", &["Qwen2"]);
    }

    #[test]
    fn a_sentence_alone_means_the_model() {
        let found = |text: &str| -> Vec<String> {
            let mentions = shipped().mentions_in(text, true);
            mentions.iter().map(|mention| mention.span.of(text).to_owned()).collect()
        };
        assert_eq!(found("Claude came out in March."), ["Claude"]);
        assert!(shipped().mentions("Claude came out in March.").is_empty());
        assert_eq!(found("A sparrow and a llama met Claude Monet."), [""; 0]);
    }

    #[test]
    fn numbers_and_products_are_not_names() {
        check("$70B went into a 13B model; the Boeing 747-8B; sub-10B models", &[]);
        check("Llama 3 million times, ChatGPT Plus", &["Llama", "ChatGPT"]);
        check("see https://huggingface.co/meta-llama/Llama-3-8B", &[]);
        check("open 24/7, input/output in models, client/server-side, and/or GPT-4", &["GPT-4"]);
        check("non-Chinese models", &[]);
    }

    #[test]
    fn a_text_of_one_long_word_takes_linear_time() {
        let text = "Llama-".repeat(20_000) + &"a b ".repeat(20_000);
        let _ = shipped().mentions(&text);
        let _ = shipped().mentions(&"7B-".repeat(50_000));
    }
}
