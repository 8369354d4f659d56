//! Drafts of the rules and what the reader thinks of each place in; the drafts that stand, and new ones, out.
//!
//! 1. A rule's draft stands unless the reader finds its kind most unlikely there.
//! 2. A number, and then a clause, that the reader finds likely makes a claim of that kind where no draft of the kind
//!    stands for it; its slots are filled as `rules/learned.toml` says.

use super::class::Class;
use super::context::Context;
use super::entry::Place;
use super::noun;
use super::pattern::Match;
use super::policy;
use super::reader::{Reader, Reading, Sheet, is_told_by_its_number};
use super::rule::{RULES, Rule};
use super::scope;
use super::slots::{self, Draft};
use super::token::Line;
use crate::claim::{ClaimKind, Party};
use crate::names::Entity;

/// A rule's draft stands from this probability on, one that names all it needs from the first, and one of a rule that
/// only guesses from the last...
const SPELT_OUT: f32 = 0.02;
const STANDS: f32 = 0.15;
/// A rule of this weight is so plain that the reader has no say where all is named.
const PLAIN: i32 = 7;
const GUESS: f32 = 0.40;
/// ...and a place without one makes a claim from the second on, from the first where all its names and numbers are told, ...
const FOUND_SPELT_OUT: f32 = 0.22;
const FOUND: f32 = 0.36;
/// ...beside another claim in its clause from this one.
const FOUND_BESIDE: f32 = 0.50;
/// A number of the clause is the claim's own from this probability on.
const OWN_NUMBER: f32 = 0.12;

/// Decides which drafts stand and adds those that only the reader found.
pub(super) fn weigh<'r>(
    by_rules: Vec<Draft<'r>>,
    reader: &Reader,
    sheet: &Sheet<'_, '_>,
    line: &Line<'_>,
    context: &Context,
) -> Vec<Draft<'r>> {
    let numbers: Vec<(usize, Reading)> = (0..line.len())
        .filter(|i| line.quantity(*i).is_some())
        .map(|i| (i, reader.number(sheet, i)))
        .collect();
    let clauses: Vec<Reading> = (0..sheet.clauses.len()).map(|which| reader.clause(sheet, which)).collect();
    let clause_of = |token: usize| {
        sheet.clauses.partition_point(|(_, to)| *to <= token).min(sheet.clauses.len().saturating_sub(1))
    };
    let likely = |draft: &Draft<'_>| {
        let kind = draft.rule.kind;
        let by_number = draft.value.and_then(|value| numbers.iter().find(|(i, _)| *i == value));
        let by_clause = clauses.get(clause_of(draft.core.0)).map_or(0.0, |reading| reading.of(kind));
        by_number.map_or(by_clause, |(_, reading)| reading.of(kind).max(by_clause))
    };
    let mut kept: Vec<Draft<'r>> = by_rules
        .into_iter()
        .filter(|draft| {
            let least = match draft.rule.entry.weight {
                ..=1 => GUESS,
                PLAIN.. if is_spelt_out(draft) => 0.0,
                _ if is_spelt_out(draft) => SPELT_OUT,
                _ => STANDS,
            };
            likely(draft) >= least
        })
        .collect();
    // What only the reader found, where it is likely enough for how much of it is told.
    let found = |rule: Option<&'r Rule>, at: usize, value: Option<usize>, likely: f32| {
        slots::fill(rule?, &Match::at(at, value), line, context)
            .filter(|draft| likely >= FOUND || is_spelt_out(draft))
    };
    for (i, reading) in &numbers {
        for kind in ClaimKind::ALL.into_iter().filter(|kind| reading.of(*kind) >= FOUND_SPELT_OUT) {
            let beside = kept.iter().any(|draft| draft.value == Some(*i));
            let stands = kept.iter().any(|draft| {
                draft.rule.kind == kind
                    && (draft.value == Some(*i)
                        || (!is_told_by_its_number(kind) && clause_of(draft.core.0) == clause_of(*i)))
            });
            let told = kept
                .iter()
                .any(|draft| is_same_told(draft.rule.kind, kind) && clause_of(draft.core.0) == clause_of(*i));
            // A distance is not the score of who is so far behind.
            let is_distance = kind == ClaimKind::Score
                && kept.iter().any(|draft| draft.rule.kind == ClaimKind::Gap && draft.value == Some(*i));
            // "The first twenty" are twenty.
            let is_first_of = line.low(*i) == "first" && line.quantity(*i + 1).is_some();
            let is_figure = (kind == ClaimKind::Rank || !scope::counts_places(line, *i))
                && !is_distance
                && !is_first_of
                && !scope::is_window(kind, line, *i);
            if !stands && !told && is_figure && (!beside || reading.of(kind) >= FOUND_BESIDE) {
                let relation = clauses.get(clause_of(*i)).and_then(|clause| clause.relation(kind));
                let rule = RULES.learned(kind, relation, true);
                kept.extend(found(rule, *i, Some(*i), reading.of(kind)));
            }
        }
    }
    for (which, reading) in clauses.iter().enumerate() {
        for kind in ClaimKind::ALL.into_iter().filter(|kind| reading.of(*kind) >= FOUND_SPELT_OUT) {
            let here = |draft: &&Draft<'_>| clause_of(draft.value.unwrap_or(draft.core.0)) == which;
            let stands = kept
                .iter()
                .filter(here)
                .any(|draft| draft.rule.kind == kind || is_same_told(draft.rule.kind, kind));
            let beside = kept.iter().any(|draft| here(&draft));
            if !stands && (!beside || (kind.is_checkable() && reading.of(kind) >= FOUND_BESIDE)) {
                let heart = reader.heart(sheet, which, kind);
                let own = numbers
                    .iter()
                    .filter(|(i, number)| clause_of(*i) == which && number.of(kind) >= OWN_NUMBER)
                    .max_by(|a, b| a.1.of(kind).total_cmp(&b.1.of(kind)))
                    .map(|(i, _)| *i);
                let rule = RULES.learned(kind, reading.relation(kind), own.is_some());
                kept.extend(found(rule, heart, own, reading.of(kind)));
            }
        }
    }
    kept.retain(|draft| has_grounds(draft, line));
    drop_parts(&mut kept, line);
    kept.sort_by_key(|draft| (draft.core.0, draft.value));
    kept
}

/// Whether the draft names everybody and the board that its kind is judged by, so that little can be amiss with it.
fn is_spelt_out(draft: &Draft<'_>) -> bool {
    let known = |parties: &[Party]| !parties.is_empty() && parties.iter().all(|party| party.entity.is_some());
    let board = draft.benchmark.as_ref().is_some_and(|named| named.id.is_some())
        || draft.rule.entry.benchmark.is_some();
    let is_plain = draft.rule.entry.weight > PLAIN;
    match draft.rule.kind {
        ClaimKind::Share => {
            (known(&draft.subject) || draft.rule.entry.of_a_mark) && board && draft.reported.is_some()
        }
        ClaimKind::Score => known(&draft.subject) && board && draft.value.is_some(),
        ClaimKind::Rank => known(&draft.subject) && board,
        // Of places it is nobody in particular who is apart.
        ClaimKind::Gap if draft.rule.entry.subject == Place::None => board && draft.value.is_some(),
        ClaimKind::Comparison | ClaimKind::Gap => {
            known(&draft.subject) && known(&draft.object) && (board || is_plain)
        }
        ClaimKind::Lineage => known(&draft.subject) && known(&draft.object),
        ClaimKind::Count => (board || (is_plain && known(&draft.subject))) && draft.reported.is_some(),
        ClaimKind::Attribute => draft.rule.entry.weight >= PLAIN && known(&draft.subject),
        // A change whose words leave nothing open: "from research ideas to stable models", "from 70 to 86".
        ClaimKind::Trend => is_plain || (draft.rule.entry.weight == PLAIN && board),
        _ => false,
    }
}

/// Drops the drafts that take a part of another for a claim of its own: the mark that the models of a count are above, the
/// two ends of a change.
fn drop_parts(kept: &mut Vec<Draft<'_>>, line: &Line<'_>) {
    // "No Chinese model is in the top ten": a place plainly told, and no number that somebody would have counted.
    let is_plain = |draft: &Draft<'_>| {
        let kinds = [ClaimKind::Rank, ClaimKind::Share, ClaimKind::Lineage];
        kinds.contains(&draft.rule.kind) && draft.rule.entry.weight > PLAIN && is_spelt_out(draft)
    };
    let plain: Vec<(usize, usize)> =
        kept.iter().filter(|draft| is_plain(draft)).map(|draft| draft.clause).collect();
    kept.retain(|draft| {
        let is_guess =
            draft.rule.kind == ClaimKind::Count && draft.rule.is_learned() && draft.value.is_none();
        !(is_guess && meets(draft, &plain))
    });
    let clauses_of = |kind: ClaimKind| -> Vec<(usize, usize)> {
        kept.iter().filter(|draft| draft.rule.kind == kind).map(|draft| draft.clause).collect()
    };
    let (counts, trends) = (clauses_of(ClaimKind::Count), clauses_of(ClaimKind::Trend));
    let (gaps, compared) = (clauses_of(ClaimKind::Gap), clauses_of(ClaimKind::Comparison));
    let above: Vec<(usize, usize)> =
        kept.iter().filter(|draft| draft.rule.entry.of_a_mark).map(|draft| draft.clause).collect();
    let by_rule = kept.iter().filter(|draft| draft.rule.kind == ClaimKind::Count && !draft.rule.is_learned());
    let told_counts: Vec<(usize, usize)> = by_rule.map(|draft| draft.clause).collect();
    // "$2 instead of $3": what it was.
    let is_of_before = |at: usize| {
        let back = |n: usize| at.checked_sub(n).map_or("", |i| line.low(i));
        matches!((back(2), back(1)), ("instead", "of") | ("rather", "than") | ("down", "from"))
    };
    let is_end = |at: usize| {
        ["from", "to"].iter().any(|word| scope::stands_before(line, at, word))
            && (0..line.len())
                .any(|i| line.low(i) == "from" && (i..line.len()).any(|at| line.low(at) == "to"))
    };
    // "7.3 out of 10": what the score is one of.
    let is_of_whole = |at: usize| {
        let back = |n: usize| at.checked_sub(n).filter(|i| line.quantity(*i).is_some()).is_some();
        scope::stands_before(line, at, "of") && line.low(at.saturating_sub(2)) == "out" && back(3)
    };
    let is_in_other_words = |at: usize| at > 0 && line.low(at - 1) == "or";
    let changes: Vec<usize> =
        kept.iter().filter(|d| d.rule.kind == ClaimKind::Trend).filter_map(|d| d.value).collect();
    let is_score = |d: &&Draft<'_>| d.rule.kind == ClaimKind::Score && d.rule.entry.weight > PLAIN;
    let scored: Vec<usize> = kept.iter().filter(is_score).filter_map(|d| d.value).collect();
    let guesses = |draft: &Draft<'_>, numbers: &[usize]| {
        draft.rule.is_learned() && draft.value.is_some_and(|at| numbers.contains(&at))
    };
    let is_apart =
        |draft: &&Draft<'_>| draft.rule.kind == ClaimKind::Gap && draft.rule.entry.subject == Place::None;
    let apart: Vec<(usize, usize)> = kept.iter().filter(is_apart).map(|draft| draft.core).collect();
    let is_built = kept.iter().any(|draft| draft.rule.kind == ClaimKind::Lineage && !is_from_scratch(draft));
    kept.retain(|draft| match draft.rule.kind {
        // "It was not trained from scratch; it uses Llama 3": what it was trained from is told beside it.
        ClaimKind::Lineage if is_built && is_from_scratch(draft) => false,
        // "Wins 79% of its battles": a score plainly told.
        ClaimKind::Share | ClaimKind::Comparison if guesses(draft, &scored) => false,
        // "Rose by ten points": by so much it changed.
        ClaimKind::Gap if guesses(draft, &changes) => false,
        ClaimKind::Score if draft.value.is_some_and(is_of_whole) => false,
        // "Five of the ten best, or 50%": the count in other words.
        ClaimKind::Score if draft.rule.is_learned() && draft.value.is_some_and(is_in_other_words) => {
            !meets(draft, &counts)
        }
        // "One in ten models reach 40": what those have whose share it is.
        ClaimKind::Score if meets(draft, &above) => false,
        // "Thirty Chinese models score over 70": what those that are counted have.
        ClaimKind::Score if meets(draft, &counts) => draft
            .subject
            .iter()
            .any(|party| party.entity.as_ref().is_some_and(|entity| !matches!(entity, Entity::Group(_)))),
        ClaimKind::Count
            if draft.rule.is_learned() && (meets(draft, &told_counts) || meets(draft, &trends)) =>
        {
            false
        }
        ClaimKind::Score | ClaimKind::Count | ClaimKind::Share | ClaimKind::Attribute | ClaimKind::Gap
            if meets(draft, &trends) =>
        {
            !draft.value.is_some_and(is_end)
        }
        ClaimKind::Attribute => !draft.value.is_some_and(is_of_before),
        // "All ten of the highest-scoring models": the places are counted, and nobody's rank.
        ClaimKind::Rank => {
            let counted = meets(draft, &counts) && policy::is_within(draft, line);
            // "Mistral's best model is 88 points behind", "the best model of Google beats": the best of its own.
            let set_apart = [&gaps, &trends, &compared].into_iter().any(|clauses| meets(draft, clauses));
            let of_its_own = set_apart
                && (draft.rule.is_learned() || draft.rule.entry.weight < PLAIN)
                && is_of_its_own(draft, line);
            // "Mistral is closing in on the leader", "their gap to first place is 88 points": whom a distance is from.
            let is_end_of_distance =
                draft.rule.is_learned() && (meets(draft, &gaps) || meets(draft, &trends));
            // "First and second place are ten points apart": nobody's.
            let is_apart = apart.iter().any(|(from, to)| draft.core.0 >= *from && draft.core.1 <= *to);
            !counted && !of_its_own && !is_end_of_distance && !is_apart
        }
        _ => true,
    });
}

/// Whether what something was made from is nothing.
fn is_from_scratch(draft: &Draft<'_>) -> bool {
    draft.object.iter().any(|party| party.text == "scratch")
}

/// Whether each word of a first place in the draft's clause is of somebody's own models: "Google's best model", "the best model
/// from Google".
fn is_of_its_own(draft: &Draft<'_>, line: &Line<'_>) -> bool {
    let is_own = |i: usize| {
        let owner = i + 2 + usize::from(RULES.lists("model_nouns", line, i + 1));
        let is_made_by = matches!(line.low(owner - 1), "of" | "from" | "by") && line.is(owner, Class::PARTY);
        let before = i.saturating_sub(1 + usize::from(i > 0 && line.low(i - 1) == "the"));
        let is_kind = line.is(i + 1, Class::GROUP) && !RULES.lists("auxiliaries", line, before);
        is_made_by || is_kind || (i > 0 && line.low(i - 1) == "'s")
    };
    let mut first =
        (draft.clause.0..draft.clause.1).filter(|i| RULES.lists("superlative", line, *i)).peekable();
    first.peek().is_some() && first.all(is_own)
}

/// Whether a draft's clause shares tokens with one of these.
fn meets(draft: &Draft<'_>, clauses: &[(usize, usize)]) -> bool {
    clauses.iter().any(|(from, to)| draft.clause.0 < *to && *from < draft.clause.1)
}

/// Whether the sentence holds what a draft without words of its own would be about: the reader goes by likeness, and
/// takes "the 20th anniversary" for a place and "Score: 3" for a count.
fn has_grounds(draft: &Draft<'_>, line: &Line<'_>) -> bool {
    let is_learned = draft.rule.is_learned();
    let near = |at: usize| at.saturating_sub(COUNTED_NEAR)..line.len().min(at + COUNTED_NEAR);
    match draft.rule.kind {
        ClaimKind::Comparison if is_learned || draft.rule.entry.weight <= 1 => {
            // Of two rates of hallucination the lower is better, whatever the order of the words.
            let is_of_rates = is_learned
                && (0..line.len()).any(|i| RULES.lists("hallucinating", line, i))
                && (0..line.len()).filter(|i| line.is(*i, Class::PERCENT.with(Class::DECIMAL))).count() > 1;
            (0..line.len()).any(|i| line.is(i, Class::AI) || noun::is_pointer(line, i)) && !is_of_rates
        }
        ClaimKind::Rank if is_learned => {
            let names_thing = |at: usize| {
                line.is(at, Class::ORDINAL)
                    && line.is(at + 1, Class::WORD)
                    && !line.is(at + 1, Class::MARK)
                    && !RULES.lists("after-a-place", line, at + 1)
            };
            // "The first open model that could be called frontier": the first in time.
            let is_first_ever = |at: usize| {
                line.low(at) == "first"
                    && (at + 1..at + 5)
                        .any(|i| RULES.lists("model_nouns", line, i) || line.is(i, Class::GROUP))
                    && (at + 2..at + 6).any(|i| matches!(line.low(i), "that" | "to" | "which"))
            };
            let (from, to) = draft.clause;
            let speaks_of_rank = |i: usize| {
                ["superlative", "placed", "of-rank", "better"].iter().any(|list| RULES.lists(list, line, i))
            };
            // "GLM-4.5 on the 28th": a day of the month.
            let is_day = |at: usize| {
                let back = |n: usize| at.checked_sub(n).map_or("", |i| line.low(i));
                back(1) == "the"
                    && matches!(back(2), "on" | "of" | "since" | "until" | "by")
                    && line.quantity(at).is_some_and(|day| day.value > LAST_ORDINAL_PLACE)
            };
            draft.value.map_or((from..to).any(speaks_of_rank), |at| {
                !names_thing(at) && !is_first_ever(at) && !is_day(at)
            }) && (0..line.len()).any(|i| line.is(i, Class::AI) || noun::is_pointer(line, i))
        }
        // "Revenue rose 16%": growth is no share of anything.
        ClaimKind::Share if is_learned || draft.rule.entry.weight <= 1 => draft.value.is_none_or(|at| {
            let grows = |i: usize| RULES.lists("rising", line, i) || RULES.lists("falling", line, i);
            let before = at.checked_sub(1).map_or("", |i| line.low(i));
            before == "to"
                || !((at.saturating_sub(GROWN_NEAR)..at).any(grows) || matches!(before, "up" | "down"))
        }),
        // A list of names is no descent.
        ClaimKind::Lineage if is_learned => {
            (draft.clause.0..draft.clause.1).any(|i| RULES.lists("descent", line, i))
        }
        ClaimKind::Count if is_learned => draft.value.is_none_or(|at| {
            near(at)
                .any(|i| RULES.lists("countable", line, i) || line.is(i, Class::PLURAL.with(Class::NOUNS)))
        }),
        _ => true,
    }
}

/// Places further down are told by numbers: "on the 22nd" is a day.
const LAST_ORDINAL_PLACE: f64 = 10.0;

/// A verb of growth stands at most this many tokens before the number that says how much.
const GROWN_NEAR: usize = 2;

/// What is counted stands within this many tokens of its number.
const COUNTED_NEAR: usize = 8;

/// "It trails o3" is a distance and a comparison in one; it is told once.
fn is_same_told(one: ClaimKind, other: ClaimKind) -> bool {
    matches!((one, other), (ClaimKind::Comparison, ClaimKind::Gap) | (ClaimKind::Gap, ClaimKind::Comparison))
}
