//! A draft in its line and paragraph in; who and what else its words may mean out.

use super::class::Class;
use super::context::{self, Context};
use super::noun;
use super::rule::RULES;
use super::slots::Draft;
use super::token::Line;
use super::{Alternatives, ClaimKind, NamedBenchmark, Party};
use crate::names::Entity;

/// More are not thought of.
const PARTIES: usize = 8;
const BOARDS: usize = 6;

/// Whom and what the text around the draft names besides what fills a slot that its own words leave open; nobody for the
/// others.
pub(super) fn of(draft: &Draft<'_>, line: &Line<'_>, context: &Context) -> Alternatives {
    let (from, to) = (draft.clause.0.min(draft.quote.0), draft.clause.1.max(draft.quote.1));
    let own = line.text(from, to);
    let is_open = |parties: &[Party]| {
        let is_named = |party: &Party| party.entity.is_some() && own.contains(party.text.as_str());
        !parties.is_empty() && !parties.iter().any(is_named)
    };
    let of_line = (0..line.len()).filter(|i| noun::is_party(line, *i)).map(|i| noun::party(line, i));
    let earlier = context.names().iter().flat_map(|(_, parties)| parties.iter().cloned());
    let others = |own: &[Party]| {
        let mut found: Vec<Party> = Vec::new();
        for party in of_line.clone().chain(earlier.clone()).chain(context.names_before().iter().cloned()) {
            let is_model = matches!(party.entity, Some(Entity::Model(_) | Entity::Family(_)));
            let is_new = !found.iter().chain(own).any(|other| other.entity == party.entity);
            if is_model && is_new && found.len() < PARTIES {
                found.push(party);
            }
        }
        found
    };
    let when = |is_open: bool, own: &[Party]| if is_open { others(own) } else { Vec::new() };
    // "Llama 3.1 405B is far larger. It has 72 billion parameters.": "it" is the one model of the sentence before.
    let is_plain_pronoun = (from..to)
        .any(|i| (noun::is_pronoun(line, i) && is_only_one(context, &draft.subject)) || is_ordered(line, i));
    // "Its successor 31.0", "the pair gets 82.7": whom it is of, another name only points to.
    let is_of_a_relative = (from..to)
        .any(|i| RULES.lists("relatives", line, i) && line.low(i + 1) != "of" && line.low(i + 1) != ",");
    Alternatives {
        of_whom: (is_open(&draft.subject) && !is_plain_pronoun) || is_of_a_relative,
        is_of_a_relative,
        subjects: when(is_open(&draft.subject) && !is_plain_pronoun, &draft.subject),
        objects: when(is_open(&draft.object), &draft.object),
        benchmarks: boards(draft, own, line, context),
    }
}

/// Whether the word says which of two is meant.
fn is_ordered(line: &Line<'_>, i: usize) -> bool {
    matches!(line.low(i), "former" | "latter")
}

/// Whether the subject is the one model that the sentence before names.
fn is_only_one(context: &Context, subject: &[Party]) -> bool {
    let mut last = context.names().iter().filter(|(age, _)| *age == 1).flat_map(|(_, parties)| parties);
    let only = last.next().filter(|_| last.next().is_none());
    only.is_some_and(|party| subject.len() == 1 && subject[0].text == party.text)
}

/// Other boards of the line and of what was read before, where the draft's own words name none.
fn boards(draft: &Draft<'_>, own: &str, line: &Line<'_>, context: &Context) -> Vec<NamedBenchmark> {
    if draft.benchmark.as_ref().is_some_and(|board| own.contains(board.text.as_str())) {
        return Vec::new();
    }
    // The one board of the sentence before is the claim's.
    let mut last = context.benchmarks().iter().filter(|(age, _)| *age == 1).flat_map(|(_, parties)| parties);
    let only = last.next().filter(|_| last.next().is_none()).map(NamedBenchmark::of);
    if only.is_some_and(|only| draft.benchmark.as_ref().is_some_and(|own| own.id == only.id)) {
        return Vec::new();
    }
    // How many models were brought out, or what share of them, is another question than how many a board lists.
    let counts = matches!(draft.rule.kind, ClaimKind::Count | ClaimKind::Share | ClaimKind::Trend);
    let any = |list: &str| (draft.clause.0..draft.clause.1).any(|i| RULES.lists(list, line, i));
    if counts && (any("brought-out") || any("came-out") || any("business")) {
        return Vec::new();
    }
    let of_line =
        (0..line.len()).filter(|i| line.is(*i, Class::BENCHMARK)).map(|i| context::benchmark(line, i));
    let earlier = context.boards_so_far().take(if counts { context.benchmarks().len() } else { usize::MAX });
    let mut found: Vec<NamedBenchmark> = Vec::new();
    for board in of_line.chain(earlier) {
        let is_new = !found.iter().chain(&draft.benchmark).any(|other| other.id == board.id);
        if is_new && board.id.is_some() && found.len() < BOARDS {
            found.push(board);
        }
    }
    found
}
