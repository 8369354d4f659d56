//! What a paragraph is about so far, so that "it" and "the model" in a later sentence have a name.

use super::class::Class;
use super::noun::{self, Phrase};
use super::rule::RULES;
use super::token::Line;
use crate::claim::{NamedBenchmark, Party};
use crate::names::Entity;

/// The latest names of a paragraph.
#[derive(Debug, Default, Clone)]
pub(super) struct Context {
    topic: Vec<Party>,
    organisation: Vec<Party>,
    benchmark: Option<NamedBenchmark>,
    about_ai: bool,
    /// Names of earlier sentences with how many sentences ago, the latest first; boards apart.
    names: Vec<(usize, Vec<Party>)>,
    benchmarks: Vec<(usize, Vec<Party>)>,
    /// The names and the boards of the paragraphs before, the latest first.
    names_before: Vec<Party>,
    boards_before: Vec<NamedBenchmark>,
}

/// More names of a paragraph are not kept in mind.
const REMEMBERED: usize = 8;

/// Nor are more of those before it.
const REMEMBERED_BEFORE: usize = 16;

impl Context {
    /// What the next paragraph begins with: the last board, which its bare scores are of, and nobody that "it" could mean.
    pub(super) fn next_paragraph(&self) -> Self {
        let own = self.names.iter().flat_map(|(_, parties)| parties.iter());
        let names_before = own.chain(&self.names_before).take(REMEMBERED_BEFORE).cloned().collect();
        let boards_before = self.boards_so_far().take(REMEMBERED).collect();
        Self { benchmark: self.own_benchmark(), names_before, boards_before, ..Self::default() }
    }

    /// The last board that this paragraph named.
    pub(super) fn own_benchmark(&self) -> Option<NamedBenchmark> {
        self.benchmark().filter(|_| !self.benchmarks.is_empty())
    }

    /// Takes note of a sentence that has been read, and of whom its first claim is about.
    pub(super) fn remember(&mut self, line: &Line<'_>, told: Option<&[Party]>) {
        self.about_ai = (0..line.len()).any(|i| line.is(i, Class::AI) || RULES.lists("topic", line, i));
        note(&mut self.names, line, Class::PARTY);
        note(&mut self.benchmarks, line, Class::BENCHMARK);
        let first = |class: Class| (0..line.len()).find(|i| line.is(*i, class));
        let is_pronoun =
            |party: &Party| matches!(party.text.to_ascii_lowercase().as_str(), "it" | "they" | "its");
        if let Some(told) = told {
            // "It beats GPT-4" leaves the paragraph about whom it was about.
            if !told.iter().any(is_pronoun) {
                self.topic = told.to_vec();
            }
        } else if let Some(i) =
            first(Class::MODEL).or_else(|| first(Class::GROUP)).or_else(|| first(Class::ORGANISATION))
        {
            self.topic = noun::run_of_names(line, i, 0, line.len()).parties;
        }
        if let Some(i) = first(Class::ORGANISATION) {
            self.organisation = vec![noun::party(line, i)];
        }
        if let Some(i) = first(Class::BENCHMARK) {
            self.benchmark = Some(benchmark(line, i));
        }
    }

    /// Whom the pointing words at `phrase` mean: an earlier name of the sentence, else the paragraph's.
    pub(super) fn resolve(&self, line: &Line<'_>, phrase: &Phrase) -> Option<Vec<Party>> {
        let is_company = phrase.parties.iter().any(|party| is_company(&party.text));
        if is_company && !self.organisation.is_empty() {
            return Some(self.organisation.clone());
        }
        let earlier =
            (0..phrase.from).find(|i| noun::is_party(line, *i) && !line.is(*i, Class::ORGANISATION));
        let earlier = earlier.or_else(|| (0..phrase.from).find(|i| noun::is_party(line, *i)));
        // "The latter scores 88" is of the second of two.
        let says = |word: &str| phrase.parties.iter().any(|party| party.text.to_lowercase().ends_with(word));
        let pair = self.topic.len() == 2 && (says("latter") || says("former"));
        if pair {
            let which = if says("latter") { self.topic.last() } else { self.topic.first() };
            return which.map(|party| vec![party.clone()]);
        }
        match earlier {
            Some(i) => Some(noun::run_of_names(line, i, 0, phrase.from).parties),
            None => self.topic(),
        }
    }

    /// The company that the paragraph named, for words that only call it one: "Mr. Lee's start-up".
    pub(super) fn company(&self, words: &str) -> Option<Entity> {
        let named = self.organisation.first().filter(|_| words.contains(' ') && is_company(words));
        named.and_then(|party| party.entity.clone())
    }

    /// What the paragraph is about.
    pub(super) fn topic(&self) -> Option<Vec<Party>> {
        (!self.topic.is_empty()).then(|| self.topic.clone())
    }

    /// The names of earlier sentences, each with how many sentences ago.
    pub(super) fn names(&self) -> &[(usize, Vec<Party>)] {
        &self.names
    }

    /// The boards of earlier sentences, likewise.
    pub(super) fn benchmarks(&self) -> &[(usize, Vec<Party>)] {
        &self.benchmarks
    }

    /// The names of the paragraphs before.
    pub(super) fn names_before(&self) -> &[Party] {
        &self.names_before
    }

    /// The boards named so far, in this paragraph and before it, the latest first.
    pub(super) fn boards_so_far(&self) -> impl Iterator<Item = NamedBenchmark> {
        let own = self.benchmarks.iter().flat_map(|(_, parties)| parties.iter().map(NamedBenchmark::of));
        own.chain(self.boards_before.iter().cloned())
    }

    /// The one name of the sentence before, if it has no other.
    pub(super) fn only_name(&self) -> Option<&Party> {
        only_of_last(&self.names)
    }

    /// The one board of the sentence before, likewise.
    pub(super) fn only_board(&self) -> Option<&Party> {
        only_of_last(&self.benchmarks)
    }

    /// Whether an earlier sentence was about AI.
    pub(super) fn is_about_ai(&self) -> bool {
        self.about_ai
    }

    /// The last benchmark named.
    pub(super) fn benchmark(&self) -> Option<NamedBenchmark> {
        self.benchmark.clone()
    }
}

/// What the sentence before named, if it was one thing only.
fn only_of_last(kept: &[(usize, Vec<Party>)]) -> Option<&Party> {
    let mut last = kept.iter().filter(|(age, _)| *age == 1).flat_map(|(_, parties)| parties);
    last.next().filter(|_| last.next().is_none())
}

/// Whether words call a company one.
fn is_company(words: &str) -> bool {
    ["company", "start-up", "startup", "firm", "lab"].iter().any(|noun| words.ends_with(noun))
}

/// Keeps the line's names of the class in mind before those of earlier lines.
fn note(kept: &mut Vec<(usize, Vec<Party>)>, line: &Line<'_>, class: Class) {
    kept.iter_mut().for_each(|(age, _)| *age += 1);
    for i in (0..line.len()).filter(|i| line.is(*i, class)) {
        let parties = if class == Class::BENCHMARK {
            vec![noun::name(line, i)]
        } else {
            noun::run_of_names(line, i, 0, line.len()).parties
        };
        kept.retain(|(_, other)| *other != parties);
        kept.insert(0, (1, parties));
    }
    kept.truncate(REMEMBERED);
}

/// The benchmark that the name at token `i` stands for.
pub(super) fn benchmark(line: &Line<'_>, i: usize) -> NamedBenchmark {
    let named = NamedBenchmark::of(&noun::name(line, i));
    // "The second Open LLM Leaderboard": which one belongs to its name.
    match i.checked_sub(1).filter(|before| matches!(line.low(*before), "first" | "second")) {
        Some(before) => NamedBenchmark { text: line.text(before, i + 1).to_owned(), ..named },
        None => named,
    }
}
