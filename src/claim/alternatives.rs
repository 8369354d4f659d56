//! A draft in its line and paragraph in; who and what else its words may mean out.

use super::board;
use super::class::Class;
use super::context::{self, Context};
use super::noun;
use super::rule::RULES;
use super::slots::Draft;
use super::token::Line;
use super::{Alternatives, ClaimKind, NamedBenchmark, Party};

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
            let is_new = !found.iter().chain(own).any(|other| other.entity == party.entity);
            if party.is_model() && is_new && found.len() < PARTIES {
                found.push(party);
            }
        }
        found
    };
    let when = |is_open: bool, own: &[Party]| if is_open { others(own) } else { Vec::new() };
    // "Llama 3.1 405B is far larger. It has 72 billion parameters.": "it" is the one model of the sentence before.
    let is_only_one =
        matches!((&draft.subject[..], context.only_name()), ([one], Some(only)) if one.text == only.text);
    let is_settled = (from..to)
        .any(|i| matches!(line.low(i), "former" | "latter") || (is_only_one && noun::is_pronoun(line, i)));
    let of_whom = is_open(&draft.subject) && !is_settled;
    // "Its successor 31.0", "the pair gets 82.7": whom it is of, another name only points to.
    let is_of_a_relative =
        (from..to).any(|i| RULES.lists("relatives", line, i) && !matches!(line.low(i + 1), "of" | ","));
    Alternatives {
        of_whom: of_whom || is_of_a_relative,
        is_of_a_relative,
        subjects: when(of_whom, &draft.subject),
        objects: when(is_open(&draft.object), &draft.object),
        benchmarks: boards(draft, own, line, context),
    }
}

/// Other boards of the line and of what was read before, where the draft's own words name none.
fn boards(draft: &Draft<'_>, own: &str, line: &Line<'_>, context: &Context) -> Vec<NamedBenchmark> {
    if draft.benchmark.as_ref().is_some_and(|board| own.contains(board.text.as_str())) {
        return Vec::new();
    }
    // The one board of the sentence before is the claim's.
    let only = context.only_board().map(NamedBenchmark::of);
    if only.is_some_and(|only| draft.benchmark.as_ref().is_some_and(|own| own.id == only.id)) {
        return Vec::new();
    }
    // How many models were brought out, or what share of them, is another question than how many a board lists.
    let counts = matches!(draft.rule.kind, ClaimKind::Count | ClaimKind::Share | ClaimKind::Trend);
    if counts && board::tells_of_release(line, draft.clause) {
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
