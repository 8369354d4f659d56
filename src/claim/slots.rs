//! A rule's match in; a draft of the claim with its slots filled out.

use super::class::Class;
use super::context::Context;
use super::entry::Place;
use super::noun::{self, Phrase};
use super::owner;
use super::pattern::Match;
use super::population::{self, members, of_whom};
use super::rule::{RULES, Rule};
use super::token::Line;
use super::{board, clause, ones, opening, quote, scope};
use crate::claim::{ClaimKind, NamedBenchmark, Party, Relation};
use crate::reported::{Comparator, LEAST_RATING, Reported, Unit};

/// A claim before the policy has decided.
#[derive(Debug, Clone)]
pub(super) struct Draft<'r> {
    pub(super) rule: &'r Rule,
    /// The tokens that the rule matched.
    pub(super) core: (usize, usize),
    pub(super) clause: (usize, usize),
    /// The tokens to quote.
    pub(super) quote: (usize, usize),
    pub(super) subject: Vec<Party>,
    pub(super) object: Vec<Party>,
    pub(super) benchmark: Option<NamedBenchmark>,
    pub(super) value: Option<usize>,
    pub(super) reported: Option<Reported>,
    pub(super) population: Option<String>,
    pub(super) hedged: bool,
    pub(super) negated: bool,
}

/// Fills the slots; `None` when the rule's conditions do not hold here.
pub(super) fn fill<'r>(
    rule: &'r Rule,
    found: &Match<'_>,
    line: &Line<'_>,
    context: &Context,
) -> Option<Draft<'r>> {
    let clause = clause::around(line, found.from);
    let clause = (clause.0, clause.1.max(clause::around(line, found.to.max(found.from + 1) - 1).1));
    let unasserted = rule.kind.is_checkable()
        && !matches!(rule.kind, ClaimKind::Attribute | ClaimKind::Count)
        && scope::is_unasserted(line, clause.0, found.from);
    // "Has widened over the past three months" is no gap of three months.
    let number = found.capture("value");
    let is_time = number.is_some_and(|(at, _)| scope::is_window(rule.kind, line, at));
    if unasserted || is_time || rule.is_barred(line, clause.0, clause.1) {
        return None;
    }
    let entry = &rule.entry;
    let subject = match rule.kind {
        ClaimKind::Count if entry.subject != Place::Captured => of_whom(found, line)
            .and_then(|(_, to)| noun::said_of(line, to, clause.1))
            .or_else(|| counted(found, line))
            .or_else(|| find(entry.subject, "subject", found, line, context)),
        ClaimKind::Share if !matches!(entry.subject, Place::Left | Place::Captured) => {
            shared(found, line, clause).or_else(|| find(entry.subject, "subject", found, line, context))
        }
        ClaimKind::Trend if found.capture("subject").is_some() => {
            found.capture("subject").map(|(from, _)| {
                let mut to = found.to - 1;
                while to > from + 1 && (RULES.lists("auxiliaries", line, to - 1) || line.low(to - 1) == "but")
                {
                    to -= 1;
                }
                words(line, from, to)
            })
        }
        _ => find(entry.subject, "subject", found, line, context),
    };
    let object = find(entry.object, "object", found, line, context);
    let value = value(rule, found, line, clause);
    if rule.kind == ClaimKind::Score
        && value.is_some_and(|at| {
            is_year(line, at)
                || scope::counts_places(line, at)
                || is_budget(line, at)
                || is_distance(line, at)
                || is_of_size(line, at)
                || counts_tests(line, at)
                || line.quantity(at).is_some_and(|quantity| quantity.value >= HIGHEST_SCORE)
        })
    {
        return None;
    }
    // Nobody is ahead by as much as a rating is high: "1485 points, three more than".
    let is_rating = |at: usize| {
        matches!(rule.kind, ClaimKind::Comparison | ClaimKind::Gap)
            && line.is(at, Class::POINTS.with(Class::ELO))
            && line.quantity(at).is_some_and(|quantity| quantity.value >= FARTHEST)
    };
    let value = value.filter(|at| !is_rating(*at));
    let reported = report(rule, value, line);
    // "The second Open LLM Leaderboard" is a board and no place.
    let is_of_board =
        value.is_some_and(|at| line.is(at, Class::ORDINAL) && line.is(at + 1, Class::BENCHMARK));
    let is_no_place = is_of_board || reported.is_some_and(|reported| reported.value > LAST_PLACE);
    if rule.kind == ClaimKind::Rank && is_no_place {
        return None;
    }
    let benchmark = board::benchmark(rule, found, line, clause, value, context);
    let denied = |at: usize| scope::is_negated(line, clause.0, at.min(clause.1));
    // "Does not contain the weights of LLaMA": the denial may be far from the name.
    let is_far = rule.kind == ClaimKind::Lineage && rule.is_learned();
    let mut negated = denied(denied_to(rule, found))
        || (is_far && denied(found.from))
        || (rule.kind == ClaimKind::Rank && scope::denies_the(line, found.from, found.to))
        || (matches!(rule.kind, ClaimKind::Gap | ClaimKind::Trend) && scope::opens_denied(line, found.from));
    negated ^= entry.negated;
    let resolve = |phrase: &Option<Phrase>| match phrase {
        Some(phrase) if phrase.points_back => {
            context.resolve(line, phrase).unwrap_or_else(|| phrase.parties.clone())
        }
        Some(phrase) => phrase.parties.clone(),
        None => Vec::new(),
    };
    // "Gemma 3 27B is 67 points behind it": not behind itself.
    let is_behind_itself =
        |phrase: &Phrase| phrase.points_back && phrase.from >= found.from && phrase.from != usize::MAX;
    let mut object_parties = match &object {
        Some(phrase) if rule.kind == ClaimKind::Gap && is_behind_itself(phrase) => {
            context.topic().unwrap_or_else(|| resolve(&object))
        }
        _ => resolve(&object),
    };
    let mut subject_parties = resolve(&subject);
    let tokens = |phrase: &Phrase| phrase.from..phrase.to.min(line.len());
    let is_unnamed = |phrase: &Phrase| !tokens(phrase).any(|i| noun::is_party(line, i));
    let is_board =
        |phrase: &Phrase| is_unnamed(phrase) && tokens(phrase).any(|i| line.is(i, Class::BENCHMARK));
    if object.as_ref().is_some_and(is_board) {
        object_parties.clear();
    }
    // "A and B are equal on MMLU", "a gap of five points between A and B": the second is whom the first is set against.
    let sets_two_apart = match rule.kind {
        ClaimKind::Comparison => {
            let each_other = object.as_ref().is_some_and(|phrase| line.low(phrase.from) == "each");
            entry.relation == Some(Relation::Comparable) && (object_parties.is_empty() || each_other)
        }
        ClaimKind::Gap => object.as_ref().is_none_or(is_unnamed),
        _ => false,
    };
    if sets_two_apart && subject_parties.len() > 1 {
        object_parties = subject_parties.split_off(1);
    }
    ones::name(&mut object_parties, &subject_parties);
    ones::name(&mut subject_parties, &object_parties);
    if subject_parties.is_empty() && entry.subject != Place::None {
        let other =
            near(found, line).map(|phrase| phrase.parties).filter(|parties| *parties != object_parties);
        subject_parties = other.or_else(|| context.topic()).unwrap_or_default();
    }
    // "Chinese companies rely almost entirely on ...": the subject is the population.
    let population = if entry.subject == Place::Left && rule.kind == ClaimKind::Share && entry.value.is_some()
    {
        subject_parties.first().map(|party| party.text.clone())
    } else {
        population::of(rule.kind, found, line)
    };
    let draft = Draft {
        rule,
        core: (found.from, found.to),
        clause,
        quote: match entry.noun_phrase {
            true => (found.from, found.to),
            false => quote::tokens(rule.kind, found, value, subject.as_ref(), object.as_ref(), line, clause),
        },
        subject: subject_parties,
        object: object_parties,
        benchmark,
        value,
        reported,
        population,
        hedged: entry.hedged || scope::is_hedged(line, clause.0, clause.1),
        negated,
    };
    Some(draft)
}

/// A denial stands at most this many tokens after the heart of a clause.
const DENIED_AFTER: usize = 4;

/// Whether the number says how much a model may think: "with 32k thinking tokens".
fn is_budget(line: &Line<'_>, at: usize) -> bool {
    line.quantity(at).is_some_and(|quantity| quantity.scaled)
        && matches!(line.low(at + 1), "thinking" | "reasoning" | "token" | "tokens")
}

/// No score is as high: "355 billion" counts something else.
const HIGHEST_SCORE: f64 = 1e6;

/// Nobody on a board is as many points apart.
const FARTHEST: f64 = 900.0;

/// Whether the number says how far somebody is from another: "30 points behind".
fn is_distance(line: &Line<'_>, at: usize) -> bool {
    line.is(at, Class::POINTS.with(Class::ELO).with(Class::PERCENT))
        && (matches!(line.low(at + 1), "behind" | "ahead" | "adrift" | "apart" | "short" | "shy" | "clear")
            || (matches!(
                line.low(at + 1),
                "more" | "less" | "fewer" | "higher" | "lower" | "better" | "worse"
            ) && line.low(at + 2) == "than")
            || (line.low(at + 1) == "to"
                && matches!(line.low(at + 2), "catch" | "reach" | "match" | "overtake"))
            || (matches!(line.low(at + 1), "below" | "above")
                && (line.is(at + 2, Class::PARTY) || matches!(line.low(at + 2), "that" | "those"))))
}

/// Whether the number is a share of a size or a price: "half its size".
fn is_of_size(line: &Line<'_>, at: usize) -> bool {
    let after = at + 1 + usize::from(line.low(at + 1) == "of");
    matches!(line.low(after), "its" | "the" | "their")
        && matches!(line.low(after + 1), "size" | "price" | "cost" | "parameters" | "length")
}

/// Whether the number counts what is tested: "averaged over six tasks".
fn counts_tests(line: &Line<'_>, at: usize) -> bool {
    const TESTS: [&str; 6] = ["tests", "tasks", "benchmarks", "evaluations", "categories", "subjects"];
    line.is(at, Class::BARE) && TESTS.contains(&line.low(at + 1))
}

/// Whether the number is a calendar year: "in late 2024".
fn is_year(line: &Line<'_>, at: usize) -> bool {
    // "From 48.4% in late 2024 to 74.2%": a year in a range of figures has their unit.
    let is_bare = line.quantity(at).is_some_and(|quantity| YEARS.contains(&quantity.value));
    let before = at.checked_sub(1).map_or("", |i| line.low(i));
    is_bare
        && ["in", "late", "early", "mid", "mid-", "since", "until", "end", "of", "by", "from"]
            .contains(&before)
}

/// No board that anybody speaks of has more places.
const LAST_PLACE: f64 = 10_000.0;

/// Years that articles on AI speak of.
const YEARS: std::ops::Range<f64> = 1990.0..2040.0;

/// Up to where a denial can stand: "is not open-weight" denies inside the match where the kind has no words of denial of
/// its own, and after it where the match is but the heart of the clause: "the weights are not for anyone to have".
fn denied_to(rule: &Rule, found: &Match<'_>) -> usize {
    match rule.kind {
        ClaimKind::Attribute | ClaimKind::Lineage | ClaimKind::Score if rule.is_learned() => {
            found.to + DENIED_AFTER
        }
        ClaimKind::Attribute | ClaimKind::Lineage | ClaimKind::Score => found.to,
        // "Yi does not beat Llama": between the two that a pattern names.
        ClaimKind::Comparison => between(found).unwrap_or(found.from),
        _ => found.from,
    }
}

/// Where the second of two captured parties begins, if the subject is the first.
fn between(found: &Match<'_>) -> Option<usize> {
    let (subject, object) = (found.capture("subject")?, found.capture("object")?);
    (subject.1 <= object.0).then_some(object.0)
}

/// A phrase known by its words.
fn words(line: &Line<'_>, from: usize, to: usize) -> Phrase {
    Phrase { from, to, parties: noun::party_of(line.text(from, to)), points_back: false }
}

/// What a count counts: the words from the number to the noun, or the noun before the number.
fn counted(found: &Match<'_>, line: &Line<'_>) -> Option<Phrase> {
    let Some((value, after)) = found.capture("value") else {
        // "a wave of domestic companies"
        let of = (found.from..found.to).find(|i| line.low(*i) == "of")?;
        return Some(words(line, of + 1, found.to));
    };
    let is_noun = |i: &usize| RULES.lists("countable", line, *i);
    if let Some(noun) =
        (after..line.len().min(after + 5)).take_while(|i| !clause::is_hard_mark(line.low(*i))).find(is_noun)
    {
        let mut start = after;
        while start < noun && (matches!(line.low(start), "of" | "the") || line.is(start, Class::QUANTITY)) {
            start += 1;
        }
        return Some(words(line, start, noun + 1));
    }
    let noun = (value.saturating_sub(9)..value).find(is_noun)?;
    let mut from = noun;
    while from > 0
        && noun - from < 4
        && line.is(from - 1, Class::WORD.with(Class::PARTY))
        && !RULES.lists("phrase_ends", line, from - 1)
    {
        from -= 1;
    }
    let mut to = noun + 1;
    if line.low(to) == "of" {
        to = (to + 4).min(value);
    }
    Some(words(line, from, to))
}

/// Whose share it is: the name beside the population ("of tokens go to Chinese models"), else the words that follow.
fn shared(found: &Match<'_>, line: &Line<'_>, clause: (usize, usize)) -> Option<Phrase> {
    let (value, after) = found.capture("value").unwrap_or((found.from, found.from + 1));
    let after = members(found, line).map_or(after, |(_, to)| to.max(after));
    if let Some(phrase) = noun::said_open(line, after, clause.1) {
        return Some(phrase);
    }
    let name = (after..clause.1)
        .find(|i| noun::is_party(line, *i))
        .or_else(|| (clause.0..value).rev().find(|i| noun::is_party(line, *i)));
    if let Some(i) = name {
        return Some(noun::run_of_names(line, i, clause.0, clause.1));
    }
    let from = found.to.max(after);
    (from < clause.1).then(|| words(line, from, clause.1.min(from + 10)))
}

/// The phrase at the place where the rule says the slot is.
fn find(place: Place, slot: &str, found: &Match<'_>, line: &Line<'_>, context: &Context) -> Option<Phrase> {
    match place {
        Place::Left | Place::Right if found.capture(slot).is_some() => {
            find(Place::Captured, slot, found, line, context)
        }
        Place::Left => noun::left(line, found.from),
        Place::Right => (than(found, line)..found.to)
            .find(|i| noun::is_party(line, *i) && !owner::is_owner(line, *i))
            .map(|i| noun::run_of_names(line, i, found.from, line.len()))
            .or_else(|| noun::right(line, found.to)),
        Place::Captured => found.capture(slot).map(|(from, to)| {
            if (from..to).any(|i| noun::is_party(line, i)) {
                let first = (from..to).find(|i| noun::is_party(line, *i)).unwrap_or(from);
                let (low, high) = found.room(from, line.len());
                noun::run_of_names(line, first, low, high)
            } else {
                let points_back = noun::is_pointer(line, from);
                Phrase { from, to, parties: noun::party_of(line.text(from, to)), points_back }
            }
        }),
        Place::Near => {
            near(found, line).or_else(|| from_context(context)).or_else(|| noun::left(line, found.from))
        }
        Place::Opening => opening::subject(line, found.from),
        Place::Context => from_context(context),
        Place::None => None,
    }
}

/// Where the other party of a match can begin: after "than", if it has one.
fn than(found: &Match<'_>, line: &Line<'_>) -> usize {
    (found.from + 1..found.to).find(|i| line.low(*i) == "than").unwrap_or(found.from + 1)
}

fn from_context(context: &Context) -> Option<Phrase> {
    context.topic().map(|parties| Phrase { from: usize::MAX, to: usize::MAX, parties, points_back: false })
}

/// The name nearest to the match: a model or maker in it, a name before it in its clause, any in it, one after it, or one
/// anywhere before it in the sentence. "Yi is the best open model" is about Yi.
fn near(found: &Match<'_>, line: &Line<'_>) -> Option<Phrase> {
    let (from, to) = clause::around(line, found.from);
    // A country alone is seldom whom a figure is about: "a Portuguese model", "the Dutch giant".
    let is_place = |i: usize| line.is(i, Class::GROUP) && !line.is(i, Class::AI);
    let has_other = (0..line.len()).any(|i| noun::is_party(line, i) && !is_place(i));
    let is_party =
        |i: &usize| noun::is_party(line, *i) && !owner::is_owner(line, *i) && !(has_other && is_place(*i));
    let is_named = |i: &usize| is_party(i) && !line.is(*i, Class::GROUP);
    if let Some(at) = (found.from..found.to).find(is_named) {
        return Some(noun::run_of_names(line, at, from, to));
    }
    if let Some(phrase) = noun::named_left(line, from, found.from) {
        // "gpt-oss-20b, the smaller of OpenAI's two open models, has 21B": the name before the apposition.
        let closes = (phrase.to..found.from).find(|i| line.low(*i) == ",");
        return Some(closes.and_then(|comma| noun::before_apposition(line, comma)).unwrap_or(phrase));
    }
    if (from..found.from).any(|i| noun::is_pronoun(line, i)) {
        return noun::left(line, found.from);
    }
    let at = (found.to..to)
        .find(|i| is_named(i) && matches!(line.low(i - 1), "is" | "was" | "are" | ":" | "remains" | "were"))
        .or_else(|| (found.from..found.to).find(is_party))
        .or_else(|| (found.to..to).find(is_party))
        .or_else(|| (0..from).find(is_party))?;
    let bounds = if (from..to).contains(&at) { (from, to) } else { (0, from) };
    Some(noun::run_of_names(line, at, bounds.0, bounds.1))
}

/// The token that holds the value: captured, in the match, after it in the clause, or before it in its stretch.
fn value(rule: &Rule, found: &Match<'_>, line: &Line<'_>, clause: (usize, usize)) -> Option<usize> {
    if rule.entry.value.is_some() {
        return None;
    }
    let captured = found.capture("value").map(|(at, _)| at);
    if captured.is_some() || rule.quantity == Class::default() {
        return captured;
    }
    let stretch = clause::stretch(line, found.from, found.to);
    let is = |i: &usize| line.is(*i, rule.quantity);
    (found.from..found.to)
        .find(is)
        .or_else(|| {
            // "beats B with 90%" gives a score, "beats B by 9 points" the distance.
            let apart = |i: &usize| {
                rule.kind != ClaimKind::Comparison || !matches!(line.low(i - 1), "with" | "to" | "of")
            };
            (found.to..clause.1).find(|i| is(i) && (*i == found.to || (is_tied(line, *i) && apart(i))))
        })
        .or_else(|| {
            (stretch.0..found.from).rev().find(|i| {
                is(i) && found.from - i <= if rule.kind == ClaimKind::Comparison { 1 } else { VALUE_REACH }
            })
        })
}

/// A number so many tokens before a trigger belongs to it: "seven months behind".
const VALUE_REACH: usize = 3;

/// Words that tie a number to the verb before it: "by 5 points", "by a full 5 points".
const TIES: [&str; 9] = ["by", "of", "to", "with", "only", "just", "mere", "striking", ")"];

fn is_tied(line: &Line<'_>, i: usize) -> bool {
    TIES.contains(&line.low(i - 1)) || (i > 2 && line.low(i - 2) == "a" && TIES.contains(&line.low(i - 3)))
}

fn report(rule: &Rule, value: Option<usize>, line: &Line<'_>) -> Option<Reported> {
    let entry = &rule.entry;
    if let Some(value) = entry.value {
        let unit = entry.unit.unwrap_or(Unit::Count);
        return Some(Reported { comparator: entry.comparator, ..Reported::exact(value, unit, 1.0) });
    }
    let quantity = line.quantity(value?)?;
    let rated = || (0..line.len()).any(|i| line.low(i).contains("elo") || line.low(i).contains("arena"));
    let unit = entry.unit.or(quantity.unit).unwrap_or(match rule.kind {
        ClaimKind::Score if RATINGS.contains(&quantity.value) && rated() => Unit::Elo,
        ClaimKind::Score => Unit::Points,
        ClaimKind::Rank => Unit::Rank,
        _ => Unit::Count,
    });
    let mut reported = quantity.reported(unit);
    reported.value += entry.plus;
    // "in the top ten": tenth or better.
    let before = value.and_then(|at| at.checked_sub(1)).map_or("", |i| line.low(i));
    let within = (rule.kind == ClaimKind::Rank && before == "top").then_some(Comparator::Le);
    reported.comparator = entry.comparator.or(reported.comparator).or(within);
    Some(reported)
}

/// Where ratings of the Elo kind lie; accuracies and most other scores lie below.
const RATINGS: std::ops::Range<f64> = LEAST_RATING..3000.0;
