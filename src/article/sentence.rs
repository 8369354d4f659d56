//! Paragraphs in; sentences out: what `sentencex` finds, with its failures on names and run-on text repaired.

use super::{Paragraph, ParagraphKind, Sentence, Span};

/// Abbreviations after which a sentence goes on, whatever follows.
const NEVER_LAST: [&str; 14] = [
    "vs.", "e.g.", "i.e.", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "approx.", "cf.", "No.", "St.", "Fig.",
    "ca.",
];

/// Longer runs without a space are addresses, not words.
const LONGEST_WORD: usize = 24;

/// The sentences of every paragraph that is read for claims.
pub(super) fn split_all(plain: &str, paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.kind == ParagraphKind::Heading || paragraph.skipped.is_some() {
            continue;
        }
        for span in split(paragraph.span.of(plain)) {
            let span = Span::new(paragraph.span.start + span.start, paragraph.span.start + span.end);
            sentences.push(Sentence { span, paragraph: index });
        }
    }
    sentences
}

/// The sentences of one paragraph, trimmed.
fn split(text: &str) -> Vec<Span> {
    let mut ends: Vec<usize> =
        sentencex::get_sentence_boundaries("en", text).iter().map(|b| b.end_byte).collect();
    ends.retain(|end| {
        *end < text.len() && text.is_char_boundary(*end) && !goes_on(&text[..*end], &text[*end..])
    });
    ends.extend(run_ons(text));
    ends.push(text.len());
    ends.sort_unstable();
    ends.dedup();
    let mut start = 0;
    let mut spans = Vec::with_capacity(ends.len());
    for end in ends {
        let piece = &text[start..end];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let from = start + (piece.len() - piece.trim_start().len());
            spans.push(Span::new(from, from + trimmed.len()));
        }
        start = end;
    }
    spans
}

/// Whether a boundary found between the two is none.
fn goes_on(before: &str, after: &str) -> bool {
    let last = before.trim_end().rsplit([' ', '(']).next().unwrap_or("");
    let next = after.trim_start();
    if last.is_empty() || next.is_empty() {
        return false;
    }
    // A boundary inside a word, as in "v0.1.tar", is none; run-on sentences are told from it elsewhere.
    if !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace) {
        return true;
    }
    let stem = last.trim_end_matches('.');
    let starts_lower = next.starts_with(|c: char| c.is_lowercase() || c == ',');
    let is_initials =
        stem.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    NEVER_LAST.contains(&last)
        || (last.ends_with('.') && is_initials && (starts_lower || stem.chars().count() == 1))
        // "01." before "AI" is a company, "3." before "5" a version.
        || (last.ends_with('.') && stem.bytes().all(|byte| byte.is_ascii_digit()) && before.ends_with('.') && !after.starts_with(' '))
        || (!last.ends_with(['.', '!', '?', '"', '”', ')']) && starts_lower)
}

/// Places where a full stop, exclamation or question mark is followed by the next sentence without a space.
fn run_ons(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        if !matches!(byte, b'.' | b'!' | b'?') {
            continue;
        }
        let stem = bytes[..at].iter().rev().take_while(|b| b.is_ascii_lowercase()).count();
        let mut rest = &text[at + 1..];
        let mut end = at + 1;
        while let Some(quote) = rest.chars().next().filter(|c| matches!(c, '”' | '"' | '’' | ')')) {
            end += quote.len_utf8();
            rest = &rest[quote.len_utf8()..];
        }
        let next = rest.trim_start_matches(['“', '"', '(']);
        let mut letters = next.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let word: String = letters.by_ref().take(LONGEST_WORD).take_while(|c| !c.is_whitespace()).collect();
        let is_word = word.chars().all(|c| c.is_lowercase() || matches!(c, '’' | '\'' | ','));
        let ends_there = next.len() > word.len() + 1;
        if stem >= 3 && capital && is_word && ends_there {
            found.push(end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = split(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_they_end() {
        check(
            "Qwen leads. Llama trails by 2.5 points! Why?",
            &["Qwen leads.", "Llama trails by 2.5 points!", "Why?"],
        );
        check(
            "China lags in generative A.I. by a year. It tries.",
            &["China lags in generative A.I. by a year.", "It tries."],
        );
        check(
            "The firm, 01.AI, was new. Mr. Lee founded it.",
            &["The firm, 01.AI, was new.", "Mr. Lee founded it."],
        );
        check("It scores 86.4 vs. 85.1 for U.S. models.", &["It scores 86.4 vs. 85.1 for U.S. models."]);
    }

    #[test]
    fn run_on_sentences_are_parted() {
        check(
            "Spending is historically lower.Most startups use Z.ai models.",
            &["Spending is historically lower.", "Most startups use Z.ai models."],
        );
        check("Get v0.1.tar now. It is small.", &["Get v0.1.tar now.", "It is small."]);
        check("It runs on Z.ai and 01.AI now.", &["It runs on Z.ai and 01.AI now."]);
    }
}
