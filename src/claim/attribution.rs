//! A sentence in; who is said to have said it out.

use super::class::Class;
use super::rule::RULES;
use super::token::Line;

/// What somebody found is told within so many words of whose finding it is.
const WORDS_TO_FINDING: usize = 10;

/// Tokens of a name that is told by what somebody found.
const WORDS_OF_NAME: usize = 5;

/// Longer phrases are not a speaker.
const MAX_SPEAKER: usize = 12;

/// The speaker that the sentence names: "according to X", "X said", "X's tests show".
pub(super) fn speaker(line: &Line<'_>) -> Option<String> {
    for i in 0..line.len() {
        if !line.is(i, Class::WORD) {
            continue;
        }
        match line.low(i) {
            "according" if line.low(i + 1) == "to" => return after(line, i + 2),
            // "In the view of CAISI", "by the count of Epoch AI".
            "view" | "opinion" | "estimation" | "count" | "reckoning" | "words"
                if i > 0 && line.low(i - 1) == "the" && line.low(i + 1) == "of" =>
            {
                return after(line, i + 2);
            }
            // "Epoch AI's estimate is that", "Epoch AI's answer: ".
            "'s" if i > 0
                && (i + 1..=i + 2).any(|at| RULES.lists("findings", line, at))
                && (i + 2..i + WORDS_TO_FINDING).any(|at| matches!(line.low(at), "that" | ":")) =>
            {
                return Some(line.text(i - 1, i).to_owned());
            }
            // "80 percent, by Martin Casado's estimate".
            "'s" if i > 0 && (i + 1..=i + 2).any(|at| RULES.lists("findings", line, at)) => {
                let by = (i.saturating_sub(WORDS_OF_NAME)..i).find(|at| matches!(line.low(*at), "by" | "in"));
                if let Some(by) = by {
                    return Some(line.text(by + 1, i).to_owned());
                }
            }
            "per" | "via" if line.is(i + 1, Class::PARTY.with(Class::CAPITAL)) => return after(line, i + 1),
            // "Recent reports indicate": the first of two is a noun.
            _ if RULES.lists("speech", line, i) && !RULES.lists("speech", line, i + 1) => {
                if let Some(found) = before(line, i) {
                    return Some(found);
                }
                // "..., said Chris Nicholson"
                let named = i + 1 + usize::from(line.low(i + 1) == "the");
                if line.is(named, Class::CAPITAL.with(Class::PARTY)) {
                    return after(line, i + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether nobody is said to speak: "it was widely reported", "we are told", "the model is said".
fn is_passive(line: &Line<'_>, verb: usize) -> bool {
    let is_being =
        |at: usize| matches!(line.low(at), "is" | "are" | "was" | "were" | "been" | "being" | "be");
    let adverb = verb >= 1 && line.low(verb - 1).ends_with("ly");
    let before = verb.checked_sub(if adverb { 2 } else { 1 });
    before.is_some_and(is_being) && !line.low(verb).ends_with("ing")
}

/// Whether the speaker is only pointed at.
pub(super) fn is_pronoun(speaker: &str) -> bool {
    matches!(speaker.to_ascii_lowercase().as_str(), "she" | "he" | "they" | "it" | "who")
}

fn after(line: &Line<'_>, from: usize) -> Option<String> {
    let mut to = from;
    while to < line.len()
        && to - from < MAX_SPEAKER
        && !matches!(line.low(to), "," | ";" | "." | "—" | ")" | "(" | "!" | ":")
    {
        to += 1;
    }
    let text = line.text(from, to).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn before(line: &Line<'_>, verb: usize) -> Option<String> {
    let mut from = verb;
    while from > 0
        && verb - from < MAX_SPEAKER
        && !matches!(line.low(from - 1), "," | ";" | "." | "—" | "\"" | "”" | "(" | ")" | "!" | ":")
    {
        from -= 1;
    }
    // "Jenny Xiao, a partner at Leonis Capital, said": the name stands before the apposition.
    if from >= 2 && line.low(from - 1) == "," && from == verb {
        let names = (0..from - 1).find(|i| line.is(*i, Class::CAPITAL) && line.is(i + 1, Class::CAPITAL));
        if let Some(i) = names {
            return Some(line.text(i, i + 2).to_owned());
        }
        // "CAISI, part of NIST, estimated".
        if line.is(0, Class::CAPITAL) && line.low(1) == "," {
            return Some(line.text(0, 1).to_owned());
        }
    }
    while from < verb && RULES.lists("openers", line, from) {
        from += 1;
    }
    if is_passive(line, verb) {
        return None;
    }
    let text = line.text(from, verb).trim();
    (!text.is_empty() && text.chars().next().is_some_and(char::is_alphanumeric)).then(|| text.to_owned())
}
