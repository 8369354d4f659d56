//! A place in a line in; the noun phrase beside it out, as the names it holds or as its words.

use super::class::Class;
use super::clause::{self, is_hard_mark};
use super::owner;
use super::rule::RULES;
use super::token::{Kind, Line};
use crate::claim::Party;
use crate::names::{Entity, Group};

/// Longer runs of words are not one party's name.
const MAX_PHRASE: usize = 9;

/// A run of tokens that names a party.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) parties: Vec<Party>,
    /// Whether the words only point back ("it", "the model").
    pub(super) points_back: bool,
}

/// The party before token `at`, within the clause.
pub(super) fn left(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let (from, _) = clause::around(line, at);
    let mut end = at;
    while end > from
        && (is_auxiliary(line, end - 1) || matches!(line.low(end - 1), "," | "(" | ")" | "\"" | "”"))
    {
        end -= 1;
    }
    if end > from && matches!(line.low(end - 1), "which" | "that" | "who" | "whose") {
        end -= 1;
    }
    if end == from {
        return relative(line, from);
    }
    if let Some(phrase) = before_apposition(line, end).or_else(|| named_left(line, from, end)) {
        return Some(phrase);
    }
    // "costing a tenth": a participle has the subject of the clause before.
    let participle = line.is(from, Class::WORD)
        && !line.is(from, Class::CAPITAL)
        && line.low(from).ends_with("ing")
        && line.low(from).len() > 5;
    // "which also finishes ahead of"
    let opened = from > 0 && matches!(line.low(from - 1), "which" | "who");
    pointer(line, from, end)
        .or_else(|| if participle || opened { relative(line, from) } else { None })
        .or_else(|| words_left(line, from, end))
}

/// The name that an apposition or relative clause, closed by the comma at `end`, belongs to: "Yi, an open model from
/// China, beats ...".
pub(super) fn before_apposition(line: &Line<'_>, end: usize) -> Option<Phrase> {
    if line.low(end) != "," {
        return None;
    }
    let comma = (end.saturating_sub(LONGEST_APPOSITION)..end)
        .rev()
        .take_while(|i| !is_hard_mark(line.low(*i)) || line.low(*i) == ",")
        .find(|i| line.low(*i) == ",")?;
    let opens = matches!(
        line.low(comma + 1),
        "a" | "an"
            | "the"
            | "which"
            | "who"
            | "its"
            | "made"
            | "built"
            | "developed"
            | "released"
            | "trained"
            | "one"
    );
    let name = comma.checked_sub(1).filter(|i| opens && is_party(line, *i))?;
    Some(run_of_names(line, name, 0, name + 1))
}

/// Longer runs of words between commas are clauses.
const LONGEST_APPOSITION: usize = 14;

/// The clause opens with "which" or a bare verb: its subject ends the clause before.
fn relative(line: &Line<'_>, from: usize) -> Option<Phrase> {
    let opens = from.checked_sub(1)?;
    let relative = matches!(line.low(opens), "which" | "that" | "who");
    let mut end = if relative { opens } else { from };
    while end > 0
        && (is_hard_mark(line.low(end - 1))
            || matches!(line.low(end - 1), "and" | "but" | "while" | "whilst" | "though" | "by" | "despite"))
    {
        end -= 1;
    }
    if end == 0 {
        return None;
    }
    let (before, _) = clause::around(line, end - 1);
    if relative {
        return named_left(line, before, end).or_else(|| words_left(line, before, end));
    }
    // A second verb has the first verb's subject, which opens that clause.
    first_named(line, before, end)
}

/// The first names between two tokens.
fn first_named(line: &Line<'_>, from: usize, to: usize) -> Option<Phrase> {
    let first = (from..to).find(|i| is_party(line, *i) && !owner::is_owner(line, *i))?;
    Some(run_of_names(line, first, from, to))
}

/// The nearest names before `end` that no preposition makes a mere circumstance; else the nearest.
pub(super) fn named_left(line: &Line<'_>, from: usize, end: usize) -> Option<Phrase> {
    let mut fallback = None;
    for i in (from..end).rev() {
        if !is_party(line, i) || owner::is_owner(line, i) {
            continue;
        }
        let before = if i == from { "" } else { line.low(i - 1) };
        // "K2 is the largest open model": the predicate is K2.
        let is_predicate = line.is(i, Class::GROUP)
            && (from + 1..i).any(|at| {
                matches!(line.low(at), "is" | "was" | "becomes" | "became" | "remains")
                    && (from..at).any(|name| is_party(line, name) && !line.is(name, Class::GROUP))
            });
        if is_predicate
            || matches!(
                before,
                "by" | "from" | "in" | "at" | "to" | "than" | "with" | "on" | "against" | "for"
            )
        {
            fallback = fallback.or(Some(i));
            continue;
        }
        return Some(run_of_names(line, i, from, end));
    }
    fallback.map(|i| run_of_names(line, i, from, end))
}

/// "it", "they", "the model": the paragraph says whom it means.
fn pointer(line: &Line<'_>, from: usize, end: usize) -> Option<Phrase> {
    let near = end.saturating_sub(6).max(from);
    let opening = Some(from).filter(|i| is_pronoun(line, *i));
    let i = (near..end).rev().find(|i| is_pointer(line, *i)).or(opening)?;
    let to = match line.low(i) {
        "it" | "they" | "he" | "she" | "both" => i + 1,
        "the" => (i + 2).min(end),
        _ => (i + 1..end).find(|at| RULES.lists("auxiliaries", line, *at)).unwrap_or(end),
    };
    Some(Phrase { from: i, to, parties: party_of(line.text(i, to)), points_back: true })
}

/// Whether the token is a pronoun that can be a subject.
pub(super) fn is_pronoun(line: &Line<'_>, i: usize) -> bool {
    matches!(line.low(i), "it" | "they")
}

/// Whether the token, or the phrase that begins at it, points back.
pub(super) fn is_pointer(line: &Line<'_>, i: usize) -> bool {
    match line.low(i) {
        "it" | "they" | "its" | "their" | "these" | "both" | "this" | "he" | "she" => true,
        "the" => {
            let head = line.low(i + 1);
            matches!(
                head,
                "model"
                    | "company"
                    | "start-up"
                    | "startup"
                    | "firm"
                    | "lab"
                    | "system"
                    | "chatbot"
                    | "family"
                    | "series"
                    | "country"
                    | "former"
                    | "latter"
            )
        }
        _ => false,
    }
}

/// The words before `end`, back to the last mark.
fn words_left(line: &Line<'_>, from: usize, end: usize) -> Option<Phrase> {
    let mut start = end;
    while start > from && end - start < MAX_PHRASE && !is_hard_mark(line.low(start - 1)) {
        start -= 1;
    }
    while start < end && RULES.lists("openers", line, start) {
        start += 1;
    }
    let mut end = end;
    while end > start + 1 && matches!(line.low(end - 1), "more" | "than" | "less") {
        end -= 1;
    }
    let text = line.text(start, end);
    (start < end && text.chars().any(char::is_alphabetic)).then(|| Phrase {
        from: start,
        to: end,
        parties: party_of(text),
        points_back: false,
    })
}

/// The party after token `at`, within the clause.
pub(super) fn right(line: &Line<'_>, at: usize) -> Option<Phrase> {
    let mut from = at;
    while line.is(from, Class::QUANTITY)
        || matches!(
            line.low(from),
            "," | "("
                | "\""
                | "“"
                | "the"
                | "that"
                | "those"
                | "of"
                | "even"
                | "both"
                | "all"
                | "any"
                | "a"
                | "an"
                | "by"
                | "to"
                | "than"
                | "with"
        )
    {
        from += 1;
    }
    // "matches or outperforms Llama"
    if matches!(line.low(from), "or" | "and") && line.is(from + 1, Class::WORD) {
        from += 2;
    }
    let mut end = from;
    while end < line.len() && end - from < MAX_PHRASE {
        let low = line.low(end);
        let is_list =
            low == "," && is_party(line, end + 1) || matches!(low, "and" | "or" | "&") && end > from;
        let ends = is_hard_mark(low) && !is_list
            || RULES.lists("phrase_ends", line, end)
            || line.is(end, Class::QUANTITY.with(Class::DATE))
            || (low == "," && !is_list);
        if ends && end > from {
            break;
        }
        if ends && is_hard_mark(low) {
            return None;
        }
        end += 1;
    }
    while end > from && matches!(line.low(end - 1), "and" | "or" | "&" | "," | "the") {
        end -= 1;
    }
    if from >= end {
        return None;
    }
    if let Some(first) = (from..end).find(|i| is_party(line, *i) && !owner::is_owner(line, *i)) {
        let mut phrase = run_of_names(line, first, from, line.len());
        phrase.from = from.min(phrase.from);
        return Some(phrase);
    }
    let text = line.text(from, end);
    if matches!(line.low(from), "on" | "in" | "at" | "across" | "for" | "said" | "says" | "according")
        || matches!(line.low(end - 1), "margin" | "lot" | "far" | "bit" | "mile" | "hair" | "distance")
    {
        return None;
    }
    // "its predecessor" is somebody else.
    let points_back = (is_pointer(line, from)
        && !matches!(line.low(from), "its" | "their" | "this" | "these"))
        || (is_pointer(line, at) && !matches!(line.low(at), "its" | "their" | "this" | "these"));
    text.chars().any(char::is_alphanumeric).then(|| Phrase {
        from,
        to: end,
        parties: party_of(text),
        points_back,
    })
}

/// "... are open-weight": the models that the predicate between two tokens says to be open or closed.
pub(super) fn said_open(line: &Line<'_>, from: usize, to: usize) -> Option<Phrase> {
    let verb =
        (from.saturating_sub(1)..to).find(|i| matches!(line.low(*i), "is" | "are" | "was" | "were"))?;
    let i = (verb + 1..to.min(verb + 3))
        .find(|i| line.is(*i, Class::WORD) && openness(line.low(*i)).is_some())?;
    let open_weights = openness(line.low(i));
    let entity = Entity::Group(Group { open_weights, ..Group::default() });
    let text = format!("{} models", line.text(i, i + 1));
    Some(Phrase {
        from: i,
        to: i + 1,
        parties: vec![Party { text, entity: Some(entity) }],
        points_back: false,
    })
}

/// "... are Chinese", "... come from Alibaba": who the models are said to be, or whose, by the predicate between two tokens.
pub(super) fn said_of(line: &Line<'_>, from: usize, to: usize) -> Option<Phrase> {
    said_open(line, from, to).or_else(|| {
        let is_verb = |i: &usize| {
            matches!(
                line.low(*i),
                "is" | "are" | "was" | "were" | "come" | "comes" | "came" | "hail" | "belong" | "belonged"
            )
        };
        let verb = (from..to).find(is_verb)?;
        let name = (verb + 1..to.min(verb + 1 + WORDS_TO_NAME)).find(|i| is_party(line, *i))?;
        Some(run_of_names(line, name, verb, to))
    })
}

/// Words between a predicate's verb and the name in it: "were made by Alibaba".
const WORDS_TO_NAME: usize = 4;

/// Whether a word says that weights are open, or that they are not.
fn openness(low: &str) -> Option<bool> {
    match low {
        "open-weight" | "open-weights" | "open-source" | "open" => Some(true),
        "proprietary" | "closed" | "closed-source" | "closed-weight" => Some(false),
        _ => None,
    }
}

/// The names joined with the one at `i`: "A, B and C".
pub(super) fn run_of_names(line: &Line<'_>, i: usize, from: usize, to: usize) -> Phrase {
    let mut members = vec![i];
    let mut first = i;
    while let Some(before) = joined_before(line, first, from) {
        members.push(before);
        first = before;
    }
    let mut last = i;
    while let Some(after) = joined_after(line, last, to) {
        members.push(after);
        last = after;
    }
    members.sort_unstable();
    let parties = members.iter().map(|i| party(line, *i)).collect();
    Phrase { from: first, to: last + 1, parties, points_back: false }
}

fn joined_before(line: &Line<'_>, i: usize, from: usize) -> Option<usize> {
    let mut at = i.checked_sub(1)?;
    // The owner of the name stands between: "Meta's Llama".
    if line.low(at) == "'s" && at > 0 && is_party(line, at - 1) {
        at = at.checked_sub(2)?;
    }
    if !matches!(line.low(at), "and" | "or" | "," | "&" | "/") {
        return None;
    }
    while at > from && matches!(line.low(at), "and" | "or" | "," | "&" | "/" | "the" | ")") {
        at -= 1;
    }
    let circumstance = line.low(i - 1) == "," && is_circumstance(line, at);
    (at >= from && is_party(line, at) && at < i && !circumstance).then_some(at)
}

/// Whether the name only says where or among whom: "On Hugging Face, Chinese models …", "Of all Chinese models, Qwen …".
fn is_circumstance(line: &Line<'_>, at: usize) -> bool {
    let before = (0..at).rev().find(|i| !matches!(line.low(*i), "all" | "the" | "those" | "other"));
    before.is_some_and(|i| match line.low(i) {
        "on" | "in" | "at" | "for" | "with" | "by" | "to" | "from" | "among" | "amongst" | "unlike" => true,
        "of" => i == 0 || !line.is(i - 1, Class::WORD),
        _ => false,
    })
}

fn joined_after(line: &Line<'_>, i: usize, to: usize) -> Option<usize> {
    let mut at = i + 1;
    if line.low(at) == "(" {
        while at < to && line.low(at) != ")" {
            at += 1;
        }
        at += 1;
    }
    let joined = matches!(line.low(at), "and" | "or" | "," | "&" | "/");
    if !joined || (line.low(at) == "," && is_circumstance(line, i)) {
        return None;
    }
    while at < to && matches!(line.low(at), "and" | "or" | "," | "&" | "/" | "the" | "its") {
        at += 1;
    }
    if owner::is_owner(line, at) {
        at += 2;
    }
    // "Than Claude 2, Vectara finds": who speaks is none of them.
    let speaks = line.low(i + 1) == "," && RULES.lists("speech", line, at + 1);
    (at < to && is_party(line, at) && !speaks).then_some(at)
}

/// The party that the name at token `i` stands for; a group takes the words that belong to it.
pub(super) fn party(line: &Line<'_>, i: usize) -> Party {
    let mut to = i + 1;
    // "Chinese labs", "OpenAI's closed-source systems": the name modifies the noun after it.
    if line.is(i, Class::GROUP.with(Class::ORGANISATION)) {
        let mut at = to + usize::from(line.low(to) == "'s");
        while at < i + 6 && (line.is(at, Class::WORD) && RULES.lists("modifiers", line, at)) {
            at += 1;
        }
        // "Chinese models rival those of": a verb that could be a modifier has an object and no noun after it.
        let ends = ["phrase_ends", "auxiliaries", "not_names"];
        let is_head = RULES.lists("party_nouns", line, at)
            || (at > to && !ends.iter().any(|list| RULES.lists(list, line, at)));
        if line.is(at, Class::WORD) && is_head {
            to = at + 1;
        }
    }
    Party { text: line.text(i, to).to_owned(), entity: line.entity(i).cloned() }
}

/// The name at token `i` alone.
pub(super) fn name(line: &Line<'_>, i: usize) -> Party {
    Party { text: line.text(i, i + 1).to_owned(), entity: line.entity(i).cloned() }
}

/// A party known by its words only.
pub(super) fn party_of(text: &str) -> Vec<Party> {
    let text = text.trim().trim_matches(['"', '“', '”', ',', '(', ')']).trim();
    vec![Party { text: text.to_owned(), entity: None }]
}

/// A name that can be party to a claim.
pub(super) fn is_party(line: &Line<'_>, i: usize) -> bool {
    line.is(i, Class::PARTY)
}

/// Words between a subject and its verb.
fn is_auxiliary(line: &Line<'_>, i: usize) -> bool {
    let low = line.low(i);
    matches!(line.tokens[i].kind, Kind::Word)
        && (RULES.lists("auxiliaries", line, i) || (low.len() > 4 && low.ends_with("ly")))
}
