//! A rule's match in; the words for the population out: of whom a share or a count speaks, among whom a place is held.

use super::class::Class;
use super::pattern::Match;
use super::rule::RULES;
use super::token::Line;
use super::{clause, scope};
use crate::claim::ClaimKind;

/// Of whom a share or count speaks, or among whom a place is held.
pub(super) fn of(kind: ClaimKind, found: &Match<'_>, line: &Line<'_>) -> Option<String> {
    let (from, to) = match kind {
        ClaimKind::Share => members(found, line)?,
        ClaimKind::Count => of_whom(found, line)?,
        ClaimKind::Rank => found.capture("population").or_else(|| ranked(found, line))?,
        _ => found.capture("population")?,
    };
    let text = line.text(from, to).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// "first among open-weight models", "the best Chinese model": the group within which a place is held.
fn ranked(found: &Match<'_>, line: &Line<'_>) -> Option<(usize, usize)> {
    let (_, end) = clause::around(line, found.to.max(found.from + 1) - 1);
    // "Chinese models" in one token, "Mistral AI's models" in more.
    let is_group = |i: usize| {
        let noun = i + 1 + usize::from(line.low(i + 1) == "'s");
        line.is(i, Class::GROUP) || (line.is(i, Class::PARTY) && RULES.lists("model_nouns", line, noun))
    };
    let is_within = |i: &usize| {
        let before = line.low(i - 1);
        is_group(*i)
            && (matches!(before, "among" | "amongst" | "top" | "leading")
                || (before == "of" && line.low(i - 2) == "best")
                || (before == "all" && matches!(line.low(i - 2), "of" | "among" | "amongst"))
                || RULES.lists("superlative", line, i - 1))
    };
    // "Among Chinese models, A is first", "China's strongest model is A".
    let is_ahead = |i: &usize| {
        // "Of all the Chinese models on the Arena, A places highest."
        let first = (0..*i).rev().take_while(|i| matches!(line.low(*i), "all" | "the")).last().unwrap_or(*i);
        let before = |back: usize| first.checked_sub(back).map_or("", |i| line.low(i));
        let is_opened =
            matches!(before(1), "among" | "amongst" | "of") && (first < 2 || matches!(before(2), "," | ";"));
        // "OpenAI's best, ChatGPT-4o, is fifth": who it is, and not among whom.
        let is_told_apart = (i + 3..=i + 4).any(|at| line.low(at) == ",");
        let owns = line.low(i + 1) == "'s" && RULES.lists("superlative", line, i + 2) && !is_told_apart;
        (is_group(*i) && is_opened) || (line.is(*i, Class::PARTY) && owns)
    };
    let is_after = |i: usize, word: &str| (i.saturating_sub(MODELS_AMONG)..i).any(|at| line.low(at) == word);
    let is_among = |i: usize| is_after(i, "among") || is_after(i, "amongst");
    // "Among the models that Mistral has on the board, A ranks first", "the best of everything Meta has entered".
    let had = (2..line.len()).find(|i| {
        let noun = i - 1 - usize::from(matches!(line.low(i - 1), "that" | "which"));
        let is_theirs =
            |at: usize| matches!(line.low(at), "lists" | "fields" | "keeps" | "entered" | "built" | "made");
        line.is(*i, Class::PARTY)
            && (RULES.lists("model_nouns", line, noun) || matches!(line.low(noun), "everything" | "anything"))
            && (is_after(noun, "of") || is_among(noun))
            && (matches!(line.low(i + 1), "has" | "have" | "had")
                || is_theirs(i + 1)
                || RULES.lists("brought-out", line, i + 1))
    });
    // "Among the models of Meta, A scores highest".
    let made = (2..line.len().min(found.from)).find(|i| {
        line.is(*i, Class::PARTY)
            && matches!(line.low(i - 1), "of" | "by" | "from")
            && RULES.lists("model_nouns", line, i - 2)
            && is_among(*i)
    });
    if let Some(i) = had.or(made) {
        return Some((i, i + 1));
    }
    if let Some(listed) = models_listed(found, line) {
        return Some(listed);
    }
    // "Among models with open weights the leader is A".
    let of_weights = (1..found.to).find(|i| {
        matches!(line.low(i - 1), "among" | "amongst" | "of")
            && RULES.lists("model_nouns", line, *i)
            && line.low(i + 1) == "with"
            && line.low(i + 2) == "open"
    });
    if let Some(i) = of_weights {
        return Some((i, i + 4));
    }
    // "Of the models whose weights can be downloaded, A stands first".
    let whose = (2..found.from).find(|i| {
        line.low(*i) == "whose"
            && line.low(i + 1) == "weights"
            && RULES.lists("model_nouns", line, i - 1)
            && (is_after(*i, "of") || is_among(*i))
    });
    if let Some(i) = whose {
        let end = (i..found.from).find(|at| line.low(*at) == ",").unwrap_or(found.from);
        return Some((i - 1, end));
    }
    // "No Chinese model does better than A": of those that are denied to.
    let denied = (found.from + 1..found.to)
        .find(|i| line.is(*i, Class::GROUP) && matches!(line.low(i - 1), "no" | "other"))
        .or_else(|| other_of_kind(line, found.from, end))
        .filter(|_| found.capture("value").is_none());
    let i = denied
        .or_else(|| (found.from.max(2)..end).find(is_within))
        .or_else(|| (0..found.to).find(is_ahead))?;
    Some((i, i + 1))
}

/// "Among A, B and C, B ranks first": the models between "among" and the last of them.
fn models_listed(found: &Match<'_>, line: &Line<'_>) -> Option<(usize, usize)> {
    let opens = |i: usize| matches!(line.low(i), "of" | "among" | "amongst" | "between");
    let from = 1 + (0..found.to).find(|i| opens(*i) && line.is(i + 1, Class::MODEL))?;
    let is_link = |i: usize| matches!(line.low(i), "," | "and" | "or" | "the");
    let last = (from..line.len())
        .take_while(|i| line.is(*i, Class::MODEL) || is_link(*i))
        .find(|i| line.is(*i, Class::MODEL) && matches!(line.low(i - 1), "and" | "or"))?;
    Some((from, last + 1))
}

/// "More than any other open model": the kind that the one is compared with.
fn other_of_kind(line: &Line<'_>, from: usize, to: usize) -> Option<usize> {
    (from + 2..to)
        .find(|i| line.is(*i, Class::GROUP) && line.low(i - 1) == "other" && line.low(i - 2) == "any")
}

/// "three of the top five models": the tokens that say of whom a count is.
pub(super) fn of_whom(found: &Match<'_>, line: &Line<'_>) -> Option<(usize, usize)> {
    let (_, after) = found.capture("value")?;
    (line.low(after) == "of").then(|| members(found, line)).flatten()
}

/// The tokens that name a share's population: after "of" ("60% of tokens"), or after the word that says the share
/// ("most startups").
pub(super) fn members(found: &Match<'_>, line: &Line<'_>) -> Option<(usize, usize)> {
    let mut from = match found.capture("value") {
        Some((_, after)) => match (after..line.len().min(after + 2)).find(|i| line.low(*i) == "of") {
            Some(of) => of + 1,
            // "one in five companies"
            None if (after..after + 3).any(|i| RULES.lists("actors", line, i)) => after,
            None => return opening(found, line),
        },
        None => found.from + 1,
    };
    while matches!(line.low(from), "of" | "the" | "all" | "majority") {
        from += 1;
    }
    let ends = |i: usize| {
        let low = line.low(i);
        clause::is_hard_mark(low)
            || (RULES.lists("phrase_ends", line, i) && !matches!(low, "in" | "at" | "on"))
            || RULES.lists("share_verbs", line, i)
            // "the top 20 models" goes on, "60% of users 40%" does not.
            || (line.is(i, Class::QUANTITY) && !scope::counts_places(line, i))
    };
    let limit = line.len().min(from + LONGEST_POPULATION);
    let to = (from..limit).find(|i| ends(*i)).unwrap_or(limit);
    // "Start-ups that use open models use Chinese ones": the first verb is still theirs.
    let to = match line.low(to) {
        "that" | "who" | "which" => {
            let verb = |from: usize| (from..limit).find(|i| RULES.lists("share_verbs", line, *i));
            verb(to + 1).and_then(|own| verb(own + 1)).unwrap_or(to)
        }
        _ => to,
    };
    (from < to).then_some((from, to))
}

/// "Of the start-ups that use open models, 80 percent use Chinese ones": whom the sentence opens with.
fn opening(found: &Match<'_>, line: &Line<'_>) -> Option<(usize, usize)> {
    let is_opened = matches!(line.low(0), "of" | "among" | "amongst");
    let comma = (1..found.from).find(|i| line.low(*i) == ",").filter(|_| is_opened)?;
    let first = (1..comma).find(|i| !matches!(line.low(*i), "the" | "all" | "those"))?;
    (comma - first <= LONGEST_POPULATION).then_some((first, comma))
}

/// Tokens back from whose models they are, or from "whose", to "among the models".
const MODELS_AMONG: usize = 5;

/// Longer runs of words are not a population.
const LONGEST_POPULATION: usize = 10;
