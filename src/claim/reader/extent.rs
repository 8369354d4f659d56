//! A draft and its line in; the runs of tokens that could be the words to quote, and the likeliest of them, out.
//!
//! The same log-linear model as for slots: where a run begins and ends, what it holds and leaves out, and whether the
//! rules chose it.

use super::super::class::Class;
use super::super::clause::is_hard_mark;
use super::super::noun;
use super::super::rule::RULES;
use super::super::slots::Draft;
use super::super::token::Line;
use super::choice::Out;
use super::features::{Features, hash, symbol};
use super::weights::Weights;
use super::{EXTENT, SLOTS};

/// Beginnings and ends tried on either side of the claim's own words.
const TRIED: usize = 7;

/// A run of tokens, the second excluded.
pub(super) type Extent = (usize, usize);

/// Runs that hold the draft's own words, from one likely boundary to another; the rules' choice is among them.
pub(super) fn extents(draft: &Draft<'_>, line: &Line<'_>) -> Vec<Extent> {
    let (first, last) = heart(draft);
    let begins = |i: usize| i == 0 || is_seam(line, i - 1) || is_seam(line, i) || is_start(line, i);
    let mut from: Vec<usize> = (0..=first).rev().filter(|i| *i == first || begins(*i)).take(TRIED).collect();
    let mut to: Vec<usize> = (last + 1..=line.len())
        .filter(|i| *i == last + 1 || *i == line.len() || is_seam(line, *i) || is_seam(line, *i - 1))
        .take(TRIED)
        .collect();
    from.extend([draft.quote.0, draft.clause.0].into_iter().filter(|i| *i <= first));
    to.extend([draft.quote.1, draft.clause.1].into_iter().filter(|i| *i > last));
    let mut all: Vec<Extent> = from.iter().flat_map(|a| to.iter().map(|b| (*a, *b))).collect();
    all.push(draft.quote);
    all.sort_unstable();
    all.dedup();
    all
}

/// The token that the claim cannot do without: its number, or else the words that gave it away.
fn heart(draft: &Draft<'_>) -> (usize, usize) {
    let (from, to) = draft.value.map_or(draft.core, |value| (value, value + 1));
    (from, to.max(from + 1) - 1)
}

/// Whether phrases part at this token.
fn is_seam(line: &Line<'_>, i: usize) -> bool {
    is_hard_mark(line.low(i))
        || line.is(i, Class::MARK)
        || RULES.lists("phrase_ends", line, i)
        || matches!(line.low(i), "and" | "or")
}

fn is_start(line: &Line<'_>, i: usize) -> bool {
    noun::is_party(line, i) || matches!(line.low(i), "the" | "a" | "an" | "its" | "it" | "they" | "their")
}

/// Quotes the likeliest run. `others` are the numbers of the line's other claims.
pub(super) fn choose(weights: &Weights<SLOTS>, draft: &mut Draft<'_>, others: &[usize], line: &Line<'_>) {
    let all = extents(draft, line);
    let worth =
        describe(draft, others, line, &all).iter().map(|of| weights.logits(of)[EXTENT]).collect::<Vec<_>>();
    let best = all.iter().zip(&worth).max_by(|a, b| a.1.total_cmp(b.1));
    if let Some((best, _)) = best {
        draft.quote = *best;
    }
}

/// The features of each run.
pub(super) fn describe(
    draft: &Draft<'_>,
    others: &[usize],
    line: &Line<'_>,
    all: &[Extent],
) -> Vec<Features> {
    let kind = hash(draft.rule.kind.name().as_bytes());
    let at = |i: Option<usize>| i.map_or(0, |i| if i < line.len() { symbol(line, i) } else { 0 });
    let is_subject = |i: usize| {
        noun::is_party(line, i) && draft.subject.iter().any(|party| party.text.contains(line.text(i, i + 1)))
    };
    let is_object = |i: usize| {
        noun::is_party(line, i) && draft.object.iter().any(|party| party.text.contains(line.text(i, i + 1)))
    };
    let has_subject = (0..line.len()).any(is_subject);
    let has_object = (0..line.len()).any(is_object);
    let has_board = (0..line.len()).any(|i| line.is(i, Class::BENCHMARK));
    let (first, last) = heart(draft);
    all.iter()
        .map(|(from, to)| {
            let (from, to) = (*from, *to);
            let mut out = Out { kind, features: Features::new() };
            let held = |test: &dyn Fn(usize) -> bool| u32::from((from..to).any(test));
            out.both(
                RULES_CHOICE,
                u32::from((from, to) == draft.quote),
                u32::from(from == draft.quote.0),
                u32::from(to == draft.quote.1),
            );
            out.both(
                CHOICE_OF,
                hash(draft.rule.id.as_bytes()),
                u32::from(from == draft.quote.0),
                u32::from(to == draft.quote.1),
            );
            out.both(CLAUSE, u32::from(from == draft.clause.0), u32::from(from < draft.clause.0), 0);
            out.both(CLAUSE, u32::from(to == draft.clause.1), u32::from(to > draft.clause.1), 1);
            out.both(HOLDS, u32::from(has_subject), held(&is_subject), 0);
            out.both(HOLDS, u32::from(has_object), held(&is_object), 1);
            out.both(HOLDS, u32::from(has_board), held(&|i| line.is(i, Class::BENCHMARK)), 2);
            let strangers = others.iter().filter(|i| (from..to).contains(*i)).count().min(3) as u32;
            out.both(STRANGERS, strangers, u32::from(draft.value.is_some()), 0);
            let numbers = (from..to).filter(|i| line.quantity(*i).is_some()).count().min(4) as u32;
            out.both(STRANGERS, numbers, u32::from(draft.value.is_some()), 1);
            let marks = (from..to).filter(|i| is_hard_mark(line.low(*i))).count().min(4) as u32;
            out.both(MARKS, marks, 0, 0);
            let names = (from..to).filter(|i| noun::is_party(line, *i)).count().min(4) as u32;
            out.both(MARKS, names, 0, 1);
            let length = (to - from) as u32;
            out.both(LENGTH, length.min(6), (length / 4).min(8), 0);
            out.both(LENGTH, (first - from).min(10) as u32, 0, 1);
            out.both(LENGTH, (to - 1).saturating_sub(last).min(10) as u32, 0, 2);
            out.both(EDGE, at(from.checked_sub(1)), 0, 0);
            out.both(EDGE, at(Some(from)), 0, 1);
            out.both(EDGE, at(Some(to)), 0, 2);
            out.both(EDGE, at(Some(to - 1)), 0, 3);
            out.both(EDGE, at(from.checked_sub(1)), at(Some(from)), 4);
            out.both(EDGE, at(Some(to)), at(Some(to + 1)), 5);
            out.both(WHOLE, u32::from(from == 0), u32::from(to + 1 >= line.len()), 0);
            out.features
        })
        .collect()
}

const RULES_CHOICE: u32 = 70;
const CHOICE_OF: u32 = 71;
const CLAUSE: u32 = 72;
const HOLDS: u32 = 73;
const STRANGERS: u32 = 74;
const MARKS: u32 = 75;
const LENGTH: u32 = 76;
const EDGE: u32 = 77;
const WHOLE: u32 = 78;
