//! A paragraph in; its sentences out: what `sentencex` finds, with its failures on names and run-on text repaired.

use super::Span;

/// Abbreviations after which a sentence goes on, whatever follows.
const NEVER_LAST: [&str; 14] = [
    "vs.", "e.g.", "i.e.", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "approx.", "cf.", "No.", "St.", "Fig.",
    "ca.",
];

/// What stands before a full stop is looked at no further back, in bytes: text without spaces would be read again and again.
const LONGEST_ABBREVIATION: usize = 200;

/// Longer runs without a space are addresses, not words.
const LONGEST_WORD: usize = 24;

/// The sentences of one paragraph, trimmed.
pub(super) fn split(text: &str) -> Vec<Span> {
    let mut ends = boundaries(text);
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

/// Where `sentencex` ends sentences. Its time grows with the square of the length where quotes are opened and never
/// closed, so that a long paragraph is read through a window, which begins anew at the last boundary seen.
fn boundaries(text: &str) -> Vec<usize> {
    let (mut ends, mut from) = (Vec::new(), 0);
    while from < text.len() {
        let to = text.ceil_char_boundary(from.saturating_add(WINDOW));
        let window = sentencex::get_sentence_boundaries("en", &text[from..to]);
        let found = window.iter().map(|boundary| from + boundary.end_byte);
        if to == text.len() {
            ends.extend(found);
            return ends;
        }
        // The window cuts its last sentence off.
        let whole: Vec<usize> = found.filter(|end| *end < to).collect();
        from = whole.last().copied().filter(|last| text.is_char_boundary(*last)).unwrap_or(to);
        ends.extend(whole);
    }
    ends
}

/// Bytes of a paragraph looked at in one go: more than nearly every paragraph has.
const WINDOW: usize = 4096;

/// Whether a boundary found between the two is none.
fn goes_on(before: &str, after: &str) -> bool {
    let end = before.trim_end();
    let near = &end[end.floor_char_boundary(end.len().saturating_sub(LONGEST_ABBREVIATION))..];
    let last = near.rsplit([' ', '(']).next().unwrap_or("");
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
    fn a_long_paragraph_is_split_like_a_short_one() {
        let text = "Qwen leads the board. Llama trails by 2.5 points! ".repeat(400);
        let found = split(&text);
        assert_eq!(found.len(), 800);
        let known = ["Qwen leads the board.", "Llama trails by 2.5 points!"];
        assert!(found.iter().all(|span| known.contains(&span.of(&text))));
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
