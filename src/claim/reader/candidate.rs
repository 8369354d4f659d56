//! A draft and its line in; everything that could fill one of its slots out.

use super::super::class::Class;
use super::super::context::Context;
use super::super::rule::RULES;
use super::super::slots::Draft;
use super::super::token::Line;
use super::super::{clause, noun};
use crate::claim::{ClaimKind, NamedBenchmark, Party};
use crate::names::Entity;

/// A slot that holds names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::claim) enum Slot {
    Subject,
    Object,
    Benchmark,
}

impl Slot {
    /// Every slot, in the order in which they are filled.
    pub(in crate::claim) const ALL: [Slot; 3] = [Slot::Subject, Slot::Object, Slot::Benchmark];
}

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The slot stays empty.
    Nobody,
    /// A name, or several joined, of the line.
    Names,
    /// Other words of the line.
    Words,
    /// A name that the paragraph gave so many sentences before.
    Earlier(usize),
    /// The rules' own choice, made of other words.
    Rules,
}

/// Something that could fill a slot.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) parties: Vec<Party>,
    /// Its tokens, where it stands in the line.
    pub(super) place: Option<(usize, usize)>,
    pub(super) source: Source,
    /// Whether the rules chose it.
    pub(super) by_rules: bool,
}

/// Tokens from a name to the verb by which it says something: "Stanford's 2025 AI Index reports that".
const WORDS_TO_REPORT: usize = 7;

/// Longer runs of words name nobody.
const LONGEST_CHUNK: usize = 6;

/// Every candidate for the slot; the rules' choice is always among them.
pub(super) fn candidates(
    slot: Slot,
    draft: &Draft<'_>,
    line: &Line<'_>,
    context: &Context,
) -> Vec<Candidate> {
    let chosen = held(slot, draft);
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |parties: Vec<Party>, place: Option<(usize, usize)>, source: Source| {
        if !all.iter().any(|other| is_same(&other.parties, &parties)) {
            let by_rules = is_same(&parties, &chosen);
            all.push(Candidate { parties, place, source, by_rules });
        }
    };
    // Whom the tables know is not given up for words that they do not. A board is not given up for one of an earlier
    // sentence either; one that stands in the claim's clause, or alone in the sentence, is the claim's.
    let is_somebody = chosen.iter().any(|party| party.entity.is_some());
    let is_known = slot == Slot::Benchmark && is_somebody;
    let (from, to) = (draft.clause.0, draft.clause.1.min(line.len()));
    let boards = || (0..line.len()).filter(|i| line.is(*i, Class::BENCHMARK));
    let is_own = |i: &usize| (from..to).contains(i) || boards().count() == 1;
    let stands_by = is_known && boards().filter(is_own).any(|i| is_same(&[noun::name(line, i)], &chosen));
    // "Its best score has risen": the board whose it is, as the rules know.
    let is_its_level = is_known && draft.rule.kind == ClaimKind::Trend;
    if !stands_by && !is_its_level {
        add(Vec::new(), None, Source::Nobody);
    }
    // "Since GPT-4o appeared" says when, and not who.
    let is_since = |i: usize| i > 0 && line.low(i - 1) == "since";
    // "Stanford's AI Index reports that the gap has widened": who says so.
    let is_reporter = |i: usize| {
        slot == Slot::Subject
            && (i + 1..=i + WORDS_TO_REPORT)
                .any(|at| at < draft.core.0 && RULES.lists("speech", line, at) && line.low(at + 1) == "that")
    };
    // "The Llama license" says on what terms.
    let is_terms = |i: usize| {
        i > 0
            && matches!(line.low(i - 1), "the" | "a" | "under")
            && (i + 1..=i + 3)
                .take_while(|at| line.is(*at, Class::WORD))
                .any(|at| matches!(line.low(at), "license" | "licence"))
    };
    let is_name = |i: usize| match slot {
        Slot::Benchmark => line.is(i, Class::BENCHMARK),
        _ => noun::is_party(line, i) && !is_since(i) && !is_terms(i) && !is_reporter(i),
    };
    for i in (0..line.len()).filter(|i| is_name(*i)) {
        if slot == Slot::Benchmark {
            add(vec![noun::name(line, i)], Some((i, i + 1)), Source::Names);
            continue;
        }
        let run = noun::run_of_names(line, i, 0, line.len());
        add(run.parties, Some((run.from, run.to)), Source::Names);
        add(vec![noun::party(line, i)], Some((i, i + 1)), Source::Names);
    }
    let on =
        |from: usize| from > 0 && matches!(line.low(from - 1), "on" | "at" | "across" | "the" | "our" | "my");
    let is_field =
        |i: usize| ["benchmark_nouns", "fields", "measures"].iter().any(|list| RULES.lists(list, line, i));
    let can_be = |(from, to): &(usize, usize)| {
        !is_somebody && (slot != Slot::Benchmark || on(*from) || (*from..*to).any(is_field))
    };
    for (from, to) in chunks(line).into_iter().filter(can_be) {
        add(noun::party_of(line.text(from, to)), Some((from, to)), Source::Words);
    }
    let earlier = if slot == Slot::Benchmark { context.benchmarks() } else { context.names() };
    // "DeepSeek R1 beats GPT-4o, and it still trails o3": who is named before in the sentence is nearer than any other.
    let is_named_before = slot == Slot::Subject && (0..draft.core.0).any(|i| line.is(i, Class::MODEL));
    for (age, parties) in earlier.iter().filter(|_| !is_known && !is_named_before) {
        add(parties.clone(), None, Source::Earlier(*age));
    }
    add(chosen.clone(), None, Source::Rules);
    all
}

/// What the draft holds in the slot.
pub(super) fn held(slot: Slot, draft: &Draft<'_>) -> Vec<Party> {
    match slot {
        Slot::Subject => draft.subject.clone(),
        Slot::Object => draft.object.clone(),
        Slot::Benchmark => draft.benchmark.iter().map(as_party).collect(),
    }
}

/// Puts the candidate into the draft.
pub(super) fn put(slot: Slot, draft: &mut Draft<'_>, candidate: Candidate) {
    match slot {
        Slot::Subject => draft.subject = candidate.parties,
        Slot::Object => draft.object = candidate.parties,
        Slot::Benchmark => draft.benchmark = candidate.parties.first().map(NamedBenchmark::of),
    }
}

fn as_party(benchmark: &NamedBenchmark) -> Party {
    Party { text: benchmark.text.clone(), entity: benchmark.id.clone().map(Entity::Benchmark) }
}

pub(super) fn is_same(one: &[Party], other: &[Party]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.text == b.text)
}

/// Runs of words that could be a noun and what belongs to it, without the article before them.
fn chunks(line: &Line<'_>) -> Vec<(usize, usize)> {
    let stops = |i: usize| {
        !line.is(i, Class::WORD.with(Class::PARTY).with(Class::BENCHMARK))
            || clause::is_hard_mark(line.low(i))
            || RULES.lists("phrase_ends", line, i)
            || RULES.lists("auxiliaries", line, i)
            || matches!(
                line.low(i),
                "the"
                    | "a"
                    | "an"
                    | "its"
                    | "their"
                    | "this"
                    | "that"
                    | "and"
                    | "or"
                    | "of"
                    | "to"
                    | "how"
                    | "what"
                    | "why"
                    | "when"
                    | "where"
                    | "who"
                    | "which"
                    | "whether"
                    | "it"
                    | "them"
                    | "there"
                    | "mr"
                    | "mrs"
                    | "ms"
                    | "dr"
                    | "prof"
            )
    };
    let mut runs = Vec::new();
    let mut from = 0;
    while from < line.len() {
        if stops(from) {
            from += 1;
            continue;
        }
        let to = (from..line.len()).find(|i| stops(*i)).unwrap_or(line.len());
        if to - from <= LONGEST_CHUNK {
            runs.push((from, to));
        }
        from = to;
    }
    runs
}
