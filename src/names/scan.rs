//! Running text in; its words out, with their hashes: the fast part of the search for names.

use super::token::is_hyphen;

/// A word of the text as the scan sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) hash: u64,
    /// End and hash of its letters, where digits follow them.
    pub(super) letters: Option<(usize, u64)>,
}

/// The next word at or after `at`.
pub(super) fn next_of(text: &str, at: usize) -> Option<Word> {
    let bytes = text.as_bytes();
    let mut start = at;
    while start < bytes.len() && !(bytes[start].is_ascii_alphanumeric() || bytes[start] >= 0x80) {
        start += 1;
    }
    if start >= bytes.len() {
        return None;
    }
    let (mut end, mut hash, mut letters) = (start, HASH_START, None);
    let is_wide = bytes[start] >= 0x80 && text[start..].starts_with(is_ideographic);
    while let Some(&byte) = bytes.get(end) {
        if is_wide && byte < 0x80 {
            break;
        }
        if byte.is_ascii_alphanumeric()
            || (byte == b'.'
                && end > start
                && bytes[end - 1].is_ascii_digit()
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
        {
            if letters.is_none() && byte.is_ascii_digit() && end > start {
                letters = Some((end, hash));
            }
            hash = step(hash, byte.to_ascii_lowercase());
            end += 1;
        } else if byte >= 0x80 {
            match wide(text, end, start) {
                Some(c) => {
                    let mut buffer = [0; 4];
                    for folded in c.to_lowercase() {
                        hash = folded.encode_utf8(&mut buffer).bytes().fold(hash, step);
                    }
                    end += c.len_utf8();
                }
                None => break,
            }
        } else {
            break;
        }
    }
    if end == start {
        // A sign outside ASCII that is no letter: step over it.
        let width = text[start..].chars().next().map_or(1, char::len_utf8);
        return next_of_rest(text, start + width);
    }
    Some(Word { start, end, hash, letters })
}

/// Steps over a run of signs without recursion, however long.
fn next_of_rest(text: &str, mut at: usize) -> Option<Word> {
    while let Some(c) = text.get(at..)?.chars().next() {
        if c.is_alphanumeric() {
            return next_of(text, at);
        }
        at += c.len_utf8();
    }
    None
}

/// The character at `at` if it goes on with the word that began at `start`.
fn wide(text: &str, at: usize, start: usize) -> Option<char> {
    let c = text[at..].chars().next().filter(|c| c.is_alphanumeric())?;
    let began = text[start..].chars().next()?;
    (is_ideographic(c) == is_ideographic(began)).then_some(c)
}

/// Whether a letter or digit stands at `at`: a name that ended here would cut a word.
pub(crate) fn continues(text: &str, at: usize) -> bool {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| c.is_alphanumeric() && !is_ideographic(c))
}

/// The end of the word at `start`: letters and digits, and a point between digits.
pub(crate) fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let is_point = byte == b'.'
            && at > start
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if byte.is_ascii_alphanumeric() || is_point {
            at += 1;
        } else if byte >= 0x80 {
            match text[at..].chars().next() {
                Some(c) if c.is_alphanumeric() && !is_ideographic(c) => at += c.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    if at == start {
        // A run of ideographs is one word.
        at += text
            .get(start..)
            .map_or(0, |rest| rest.chars().take_while(|c| is_ideographic(*c)).map(char::len_utf8).sum());
    }
    at
}

/// The next word's start after one separator: a space, a hyphen, a point, an apostrophe, a line break.
pub(crate) fn after_separator(text: &str, end: usize) -> Option<usize> {
    let c = text.get(end..)?.chars().next()?;
    let is_separator = c.is_whitespace()
        || is_hyphen(c)
        || matches!(c, '_' | '.' | '/' | '\'' | '’' | '&' | ':' | '²' | '^');
    if !is_separator {
        return None;
    }
    let next = end + c.len_utf8();
    // "-\n", "e.g. a line break and an indent": two separators are the most that a name is printed with.
    let second = text.get(next..)?.chars().next()?;
    Some(if second.is_whitespace() { next + second.len_utf8() } else { next })
}

/// Chinese, Japanese and Korean text runs on without spaces: a name in it ends where the script changes.
pub(crate) fn is_ideographic(c: char) -> bool {
    c >= '\u{2E80}'
}

/// The hash of a word, whatever its case.
pub(crate) fn hash_of(word: &str) -> u64 {
    word.chars().flat_map(char::to_lowercase).fold(HASH_START, |hash, c| {
        let mut buffer = [0; 4];
        c.encode_utf8(&mut buffer).bytes().fold(hash, step)
    })
}

/// Start of the hash (FNV-1a, 64 bits: fast on short words and the same on every machine).
pub(crate) const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash with one more byte.
#[inline]
pub(crate) fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}
