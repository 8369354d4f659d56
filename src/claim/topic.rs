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
