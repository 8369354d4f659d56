//! Running text in; the models, families, organisations, groups and benchmarks it names out.
//!
//! One pass over the words: a filter turns nearly all of them away, a lexicon hit is extended by the shape of what
//! follows, and names that are also words of the language wait for company before they count.

use super::lexicon::{Case, Entry, HASH_START, Target, continues, is_ideographic, step};
use super::shape::{extent, next_word, unknown_model};
use super::tables::Homonym;
use super::token::is_size;
use super::{Entity, Group, Mention, Names};
use crate::article::Span;

/// A name that is also a word counts when a cue or another name stands this near, in bytes: about three sentences.
const COMPANY_BYTES: usize = 300;

/// A candidate, and what it still needs to be believed.
#[derive(Debug)]
struct Candidate {
    start: usize,
    end: usize,
    entity: Entity,
    needs: Homonym,
}

/// A word of the text as the scan sees it.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    hash: u64,
    /// End and hash of its letters, where digits follow them.
    letters: Option<(usize, u64)>,
}

impl Names {
    /// The names in a text: the longest at each place, in order, none overlapping, none cutting a word.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut cues: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(word) = next_of(text, at) {
            at = word.end;
            if text.as_bytes().get(word.end) == Some(&b':') && text[word.end..].starts_with("://") {
                at = text[word.end..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '>' | ']')).map_or(text.len(), |n| word.end + n);
                continue;
            }
            if let Some(candidate) = self.candidate(text, word, &mut cues) {
                at = candidate.end.max(word.end);
                while found.last().is_some_and(|last| last.end > candidate.start) {
                    found.pop();
                }
                found.push(candidate);
            } else if text.as_bytes()[word.start].is_ascii_digit() && is_size_word(&text[word.start..word.end]) {
                if let Some((start, end)) = unknown_model(text, word.start, word.end) {
                    if found.last().is_none_or(|last| last.end <= start) {
                        let (start, _) = self.with_namespace(text, start);
                        let name = self.canonical(&text[start..end], None);
                        found.push(Candidate { start, end, entity: Entity::Model(name.id), needs: Homonym::Never });
                        at = end;
                    }
                }
            }
        }
        self.settle(text, found, &cues)
    }

    /// The best name at a word, if any.
    fn candidate(&self, text: &str, word: Word, cues: &mut Vec<usize>) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        let mut consider = |candidate: Option<Candidate>| {
            if let Some(candidate) = candidate {
                let is_longer = best.as_ref().is_none_or(|b| candidate.end > b.end || (candidate.end == b.end && is_model(&candidate.entity) && !is_model(&b.entity)));
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
        let plain = |entity: Entity| {
            (!continues(text, end)).then_some(Candidate { start, end, entity, needs: entry.homonym })
        };
        match &entry.target {
            Target::Family(at) => self.read_family(text, start, entry, end, *at),
            Target::Alias => {
                let entity = self.entity_of(&self.canonical(&text[start..end], None));
                plain(entity)
            }
            Target::Organisation(id) => plain(Entity::Organisation(id.clone())),
            Target::Benchmark(id) => plain(Entity::Benchmark(id.clone())),
            Target::Place(countries) => {
                if is_negated(text, start) {
                    return None;
                }
                self.group_at(text, start).map(|(end, group)| Candidate { start, end, entity: Entity::Group(group), needs: Homonym::Never }).or_else(|| {
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

    fn read_family(&self, text: &str, start: usize, entry: &Entry, end: usize, at: usize) -> Option<Candidate> {
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
            (homonym, _) => {
                if is_lower || is_part_of_another_name(text, start, extent.end, entry.case) {
                    return None;
                }
                homonym
            }
        };
        let (start, _) = self.with_namespace(text, start);
        let name = self.canonical(&text[start..extent.end], None);
        Some(Candidate { start, end: extent.end, entity: self.entity_of(&name), needs })
    }

    /// The start with the Hugging Face namespace before it, where one stands there.
    fn with_namespace(&self, text: &str, start: usize) -> (usize, bool) {
        let Some(front) = text[..start].strip_suffix('/') else { return (start, false) };
        let length: usize = front.chars().rev().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).map(char::len_utf8).sum();
        let begin = front.len() - length;
        let is_path_end = !front[..begin].ends_with('/');
        if length > 0 && is_path_end && self.parser.namespace(&front[begin..]).is_some() { (begin, true) } else { (start, false) }
    }

    /// Keeps what has the company it needs, joins a maker's name to the model that follows it.
    fn settle(&self, text: &str, found: Vec<Candidate>, cues: &[usize]) -> Vec<Mention> {
        let certain: Vec<usize> = found.iter().filter(|c| c.needs == Homonym::Never && !matches!(c.entity, Entity::Group(_))).map(|c| c.start).collect();
        let models: Vec<usize> = found.iter().filter(|c| c.needs == Homonym::Never && is_model(&c.entity)).map(|c| c.start).collect();
        let near = |places: &[usize], at: usize| {
            let from = places.partition_point(|p| *p + COMPANY_BYTES < at);
            places.get(from).is_some_and(|p| *p <= at + COMPANY_BYTES)
        };
        let mut mentions: Vec<Mention> = Vec::with_capacity(found.len());
        for candidate in found {
            let is_believed = match candidate.needs {
                Homonym::Never => true,
                Homonym::Bare => near(cues, candidate.start) || near(&certain, candidate.start),
                Homonym::Numbered => near(&models, candidate.start),
            };
            if !is_believed {
                continue;
            }
            let mut span = Span::new(candidate.start, candidate.end);
            if let Some(maker) = mentions.last().filter(|last| self.is_maker(text, last, &candidate)) {
                span.start = maker.span.start;
                mentions.pop();
            }
            mentions.push(Mention { span, entity: candidate.entity });
        }
        mentions
    }

    /// "Google Gemini" is one mention: the maker's name stands directly before its own model.
    fn is_maker(&self, text: &str, last: &Mention, candidate: &Candidate) -> bool {
        let Entity::Organisation(organisation) = &last.entity else { return false };
        let (Entity::Model(id) | Entity::Family(id)) = &candidate.entity else { return false };
        matches!(&text[last.span.end..candidate.start], " " | "-")
            && self.canonical(id, None).organisation.as_deref() == Some(organisation)
    }
}

/// The next word at or after `at`.
fn next_of(text: &str, at: usize) -> Option<Word> {
    let bytes = text.as_bytes();
    let mut start = at;
    while start < bytes.len() && !(bytes[start].is_ascii_alphanumeric() || bytes[start] >= 0x80) {
        start += 1;
    }
    if start >= bytes.len() {
        return None;
    }
    let (mut end, mut hash, mut letters) = (start, HASH_START, None);
    while let Some(&byte) = bytes.get(end) {
        if byte.is_ascii_alphanumeric() || (byte == b'.' && end > start && bytes[end - 1].is_ascii_digit() && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)) {
            if letters.is_none() && byte.is_ascii_digit() && end > start {
                letters = Some((end, hash));
            }
            hash = step(hash, byte.to_ascii_lowercase());
            end += 1;
        } else if byte >= 0x80 {
            match wide(text, end, start) {
                Some(c) => {
                    let mut buffer = [0; 4];
                    for folded in c.to_lowercase() {
                        hash = folded.encode_utf8(&mut buffer).bytes().fold(hash, step);
                    }
                    end += c.len_utf8();
                }
                None => break,
            }
        } else {
            break;
        }
    }
    if end == start {
        // A sign outside ASCII that is no letter: step over it.
        let width = text[start..].chars().next().map_or(1, char::len_utf8);
        return next_of_rest(text, start + width);
    }
    Some(Word { start, end, hash, letters })
}

/// Steps over a run of signs without recursion, however long.
fn next_of_rest(text: &str, mut at: usize) -> Option<Word> {
    while let Some(c) = text.get(at..)?.chars().next() {
        if c.is_alphanumeric() {
            return next_of(text, at);
        }
        at += c.len_utf8();
    }
    None
}

/// The character at `at` if it goes on with the word that began at `start`.
fn wide(text: &str, at: usize, start: usize) -> Option<char> {
    let c = text[at..].chars().next().filter(|c| c.is_alphanumeric())?;
    let began = text[start..].chars().next()?;
    (is_ideographic(c) == is_ideographic(began)).then_some(c)
}

fn is_size_word(word: &str) -> bool {
    word.ends_with(['b', 'B']) && is_size(&word.to_ascii_lowercase())
}

fn is_model(entity: &Entity) -> bool {
    matches!(entity, Entity::Model(_) | Entity::Family(_))
}

/// "non-Chinese"
fn is_negated(text: &str, start: usize) -> bool {
    text[..start].strip_suffix('-').is_some_and(|front| front.to_ascii_lowercase().ends_with("non"))
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
    "models", "model", "series", "family", "and", "or", "vs", "versus", "is", "has", "beats", "outperforms", "leads", "tops", "scores", "users", "license",
];
