//! Plain text in; the places of words that make a sentence one about AI out. Everything else is not worth tokenising.

use super::rule::RULES;
use crate::article::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// The list of topic words, as one automaton.
static TOPIC: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(&RULES.topic)
        .expect("the topic words are few and short")
});

/// A text of more sentences that is about AI says so plainly somewhere.
pub(super) const SHORT_TEXT_SENTENCES: usize = 6;

/// Whether a text is about AI at all: it names something of AI, or holds one of the words that nothing else uses ("LLM").
/// A short passage, cut out of something longer, may do with a word that others use too ("model").
pub(super) fn is_about_ai(plain: &str, places: &[usize], names_ai: bool, sentences: usize) -> bool {
    let is_plain = |place: &usize| {
        RULES.plainly_ai.iter().any(|word| {
            plain.get(*place..place + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
        })
    };
    names_ai || sentences <= SHORT_TEXT_SENTENCES || places.iter().any(is_plain)
}

/// Every topic word of the text that stands as a word of its own, in order.
pub(super) fn places(plain: &str) -> Vec<usize> {
    let bytes = plain.as_bytes();
    let is_edge = |at: Option<&u8>| at.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    TOPIC
        .find_iter(plain)
        .filter(|m| {
            is_edge(m.start().checked_sub(1).and_then(|i| bytes.get(i))) && is_edge(bytes.get(m.end()))
        })
        .map(|m| m.start())
        .collect()
}

/// Whether one of the places, which are in order, lies in the span.
pub(super) fn any_in(places: &[usize], span: Span) -> bool {
    let next = places.partition_point(|place| *place < span.start);
    places.get(next).is_some_and(|place| *place < span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topic_words_are_whole_words() {
        let text = "He said it again: AI models rain.";
        assert_eq!(places(text), [18, 21]);
        assert!(any_in(&places(text), Span::new(18, 20)) && !any_in(&places(text), Span::new(0, 18)));
    }
}
