//! A size in running text in; the name of no known family that stands around it out, if it is built like a model's.

use super::scan::{continues, is_ideographic, word_end};
use super::token::is_hyphen;
use super::vocabulary::{JOINED_SUFFIXES, NOT_HEADS};

/// A name of no known family around the size at `start..end`, if it is built like a model's: "Foo-3-70B-Instruct".
pub(crate) fn unknown_model(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let begin = chain_start(text, start);
    let is_joined = begin < start;
    let begin = if is_joined { begin } else { capital_before(text, start)? };
    let head = &text[begin..word_end(text, begin)];
    if !head.starts_with(char::is_alphabetic)
        || head.chars().count() < 2
        || text[..begin].ends_with(['$', '€', '£', '/', '@', '.'])
    {
        return None;
    }
    let lower = head.to_lowercase();
    let parts =
        text[begin..start].split(|c: char| is_hyphen(c) || c == '_').filter(|part| !part.is_empty()).count();
    let is_named = head.contains(|c: char| c.is_uppercase() || c.is_ascii_digit()) || parts >= 3;
    if !is_named || NOT_HEADS.contains(&lower.as_str()) {
        return None;
    }
    let mut stop = end;
    while let Some(c) = text[stop..].chars().next().filter(|c| is_hyphen(*c) || *c == '_') {
        if stop - begin > LONGEST_NAME {
            return None;
        }
        let next = stop + c.len_utf8();
        let after = word_end(text, next);
        let word = text[next..after].to_lowercase();
        if after == next || JOINED_SUFFIXES.contains(&word.as_str()) {
            break;
        }
        stop = after;
    }
    (!continues(text, stop)).then_some((begin, stop))
}

/// The end of an account and a name as model hubs write them, where one begins at `start`: "T145/KRONOS-8B-V2". Which of
/// two names a slash stands between, the caller knows.
pub(crate) fn path_model(text: &str, start: usize) -> Option<(usize, usize)> {
    let part = |from: usize| {
        let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let length = text[from..].chars().take(LONGEST_PART).take_while(is_part).count();
        from + text[from..from + length].trim_end_matches(['.', '-', '_']).len()
    };
    if text[..start].ends_with(['/', '.', '@', ':', '-', '_']) {
        return None;
    }
    let slash = part(start);
    let end = part(slash + text[slash..].strip_prefix('/').map(|_| 1)?);
    let (account, name) = (&text[start..slash], &text[slash + 1..end]);
    let has = |part: &str, is: fn(&u8) -> bool| part.bytes().any(|b| is(&b));
    // "24/7", "input/output", "client/server-side" are no names.
    let is_path = account.len() > 1
        && name.len() > 3
        && has(account, u8::is_ascii_alphabetic)
        && has(name, u8::is_ascii_alphabetic)
        && has(name, u8::is_ascii_digit);
    (is_path && !continues(text, end) && !text[end..].starts_with('/')).then_some((slash, end))
}

/// Longer parts of a path are none of a name.
const LONGEST_PART: usize = 96;

/// What is joined to more bytes than this is no name, however it is built.
const LONGEST_NAME: usize = 200;

/// The start of the run of words joined by hyphens that ends at `start`.
fn chain_start(text: &str, start: usize) -> usize {
    let mut begin = start;
    loop {
        let mut before = text[..begin].chars().rev();
        let Some(c) = before.next().filter(|c| is_hyphen(*c) || *c == '_') else { return begin };
        let end = begin - c.len_utf8();
        let word: usize = text[..end]
            .chars()
            .rev()
            .take_while(|c| (c.is_alphanumeric() && !is_ideographic(*c)) || *c == '.')
            .map(char::len_utf8)
            .sum();
        if word == 0 {
            return begin;
        }
        begin = end - word;
        if start - begin > LONGEST_NAME {
            return start;
        }
    }
}

/// The word before a space, if it looks like a coined name: "SOLAR 10.7B", "OpenThinker 32B"; not "Google 27B".
fn capital_before(text: &str, start: usize) -> Option<usize> {
    let front = text[..start].strip_suffix(' ')?;
    let begin = chain_start_of_word(front);
    let word = &front[begin..];
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let is_coined =
        word.starts_with(char::is_uppercase) && capitals >= 2 && word.chars().any(|c| c.is_lowercase())
            || word.ends_with("LM");
    is_coined.then_some(begin)
}

fn chain_start_of_word(front: &str) -> usize {
    let word: usize =
        front.chars().rev().take_while(|c| c.is_alphanumeric() || is_hyphen(*c)).map(char::len_utf8).sum();
    front.len() - word
}
