//! A sentence and the names found in it in; a line of tokens with classes out: words, names, quantities, dates, marks.

use super::calendar::Moment;
use super::class::{Class, entity_class, looks_plural};
use super::keeper::{Neighbours, is_keeper};
use super::quantity::Quantity;
use super::rule::RULES;
use super::vocabulary::UNKNOWN;
use super::{calendar, number, quantity};
use crate::article::Span;
use crate::names::{Entity, Mention};
use bit_set::BitSet;
use std::cell::OnceCell;

/// What a token is, beyond its letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Word,
    Mark,
    Quantity(Quantity),
    Moment(Moment),
    /// A name; the index into the sentence's mentions.
    Name(usize),
}

/// One token of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its place in the plain text.
    pub(super) span: Span,
    /// Its place in the line's lower-case text.
    low: (usize, usize),
    pub(super) kind: Kind,
    /// Its number in the vocabulary of the rules.
    word: u32,
    /// The classes it belongs to, for patterns.
    pub(super) class: Class,
}

/// A sentence as tokens.
pub(super) struct Line<'a> {
    pub(super) plain: &'a str,
    pub(super) span: Span,
    pub(super) mentions: &'a [Mention],
    pub(super) tokens: Vec<Token>,
    /// The words of rules that stand in it.
    pub(super) held: BitSet,
    /// What the trained reader knows each token by, worked out when it first asks.
    pub(super) symbols: OnceCell<Vec<u32>>,
    low: String,
}

impl<'a> Line<'a> {
    /// Tokenises the sentence at `span`; `mentions` are those inside it, in order and apart.
    pub(super) fn new(plain: &'a str, span: Span, mentions: &'a [Mention]) -> Self {
        let mut line = Line {
            plain,
            span,
            mentions,
            tokens: Vec::with_capacity(32),
            held: BitSet::default(),
            symbols: OnceCell::new(),
            low: String::with_capacity(span.end - span.start + 32),
        };
        let mut at = span.start;
        for (index, mention) in mentions.iter().enumerate() {
            if mention.span.start < at || mention.span.end > span.end {
                continue;
            }
            line.words(at, mention.span.start);
            let before = index.checked_sub(1).and_then(|last| mentions.get(last));
            if is_keeper(plain, mention, Neighbours { before, after: mentions.get(index + 1) }) {
                // One token that no phrase takes in.
                line.push(mention.span, Kind::Word, Class::CAPITAL);
            } else {
                line.push(
                    mention.span,
                    Kind::Name(index),
                    entity_class(&mention.entity, mention.span.of(plain)),
                );
            }
            at = mention.span.end;
        }
        line.words(at, span.end);
        calendar::merge(&mut line);
        quantity::merge(&mut line);
        for i in 0..line.tokens.len() {
            let word = RULES.vocabulary.number(line.low(i));
            line.tokens[i].word = word;
            line.held.insert(word as usize);
        }
        line
    }

    /// The token's letters in lower case, straight apostrophes; merged tokens have single spaces.
    pub(super) fn low(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| &self.low[token.low.0..token.low.1])
    }

    /// The token's number in the vocabulary of the rules.
    pub(super) fn word(&self, i: usize) -> u32 {
        self.tokens.get(i).map_or(UNKNOWN, |token| token.word)
    }

    /// The text as printed between two tokens, the second excluded.
    pub(super) fn text(&self, from: usize, to: usize) -> &'a str {
        self.extent(from, to).of(self.plain)
    }

    /// The plain span of a run of tokens.
    pub(super) fn extent(&self, from: usize, to: usize) -> Span {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if from < to => Span::new(first.span.start, last.span.end),
            _ => Span::new(self.span.start, self.span.start),
        }
    }

    pub(super) fn class(&self, i: usize) -> Class {
        self.tokens.get(i).map_or(Class(0), |token| token.class)
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.class(i).meets(class)
    }

    pub(super) fn quantity(&self, i: usize) -> Option<Quantity> {
        match self.tokens.get(i)?.kind {
            Kind::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }

    pub(super) fn entity(&self, i: usize) -> Option<&'a Entity> {
        match self.tokens.get(i)?.kind {
            Kind::Name(index) => self.mentions.get(index).map(|mention| &mention.entity),
            _ => None,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Puts one token where `from..to` stood.
    pub(super) fn join(&mut self, from: usize, to: usize, kind: Kind, class: Class) {
        let span = self.extent(from, to);
        let low = (self.tokens[from].low.0, self.tokens[to - 1].low.1);
        self.tokens[from] = Token { span, low, kind, word: UNKNOWN, class };
        self.tokens.drain(from + 1..to);
    }

    fn push(&mut self, span: Span, kind: Kind, class: Class) {
        let start = self.low.len();
        for c in span.of(self.plain).chars() {
            match c {
                '’' | '‘' | '`' => self.low.push('\''),
                '‑' => self.low.push('-'),
                c if c.is_ascii() => self.low.push(c.to_ascii_lowercase()),
                c => self.low.extend(c.to_lowercase()),
            }
        }
        self.tokens.push(Token { span, low: (start, self.low.len()), kind, word: UNKNOWN, class });
        self.low.push(' ');
    }

    /// Splits the plain text between two offsets into words and marks.
    fn words(&mut self, from: usize, to: usize) {
        let text = &self.plain[from..to];
        let mut rest = text.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            // "A top-20 spot" is one in the top 20.
            let joins_a_number = || start >= TOP.len() && joins_top(text, start - TOP.len(), start);
            if c.is_whitespace() || (c == '-' && joins_a_number()) {
                continue;
            }
            let mut end = start + c.len_utf8();
            if !c.is_alphanumeric() {
                if c == '\'' || c == '’' {
                    // The genitive goes with nothing: "Qwen's" is the name and its ending.
                    while let Some(&(i, letter)) = rest.peek().filter(|(_, letter)| letter.is_alphabetic()) {
                        end = i + letter.len_utf8();
                        rest.next();
                    }
                }
                let kind = if end - start > c.len_utf8() {
                    (Kind::Word, Class::WORD)
                } else {
                    (Kind::Mark, Class::MARK)
                };
                self.push(Span::new(from + start, from + end), kind.0, kind.1);
                continue;
            }
            let mut last = c;
            while let Some(&(i, next)) = rest.peek() {
                let after = text[i + next.len_utf8()..].chars().next().unwrap_or(' ');
                let joins_a_number = next == '-' && joins_top(text, start, i);
                if joins_a_number || !continues(&text.as_bytes()[start..i], last, next, after) {
                    break;
                }
                end = i + next.len_utf8();
                last = next;
                rest.next();
            }
            let class = match &text[start..end] {
                _ if c.is_uppercase() => Class::WORD.with(Class::CAPITAL),
                word if looks_plural(word) => Class::WORD.with(Class::NOUNS),
                _ => Class::WORD,
            };
            self.push(Span::new(from + start, from + end), Kind::Word, class);
        }
    }
}

const TOP: &str = "top";

/// Whether the word from `start` to the hyphen at `hyphen` is "top", and a number follows: "top-20", "top-ten".
fn joins_top(text: &str, start: usize, hyphen: usize) -> bool {
    let is_top = text.get(start..hyphen).is_some_and(|word| word.eq_ignore_ascii_case(TOP));
    let after = &text[hyphen + 1..];
    let number = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    is_top && (number.parse::<u32>().is_ok() || number::small(&number.to_ascii_lowercase()).is_some())
}

/// Whether a word goes on with `next`, after `last` and before `after`.
fn continues(so_far: &[u8], last: char, next: char, after: char) -> bool {
    let is_number = so_far[0].is_ascii_digit();
    match next {
        c if c.is_alphanumeric() => !(last.is_ascii_digit() && is_number && c == '×'),
        '.' if is_number => after.is_ascii_digit() && so_far.last().is_some_and(u8::is_ascii_digit),
        '.' => {
            after.is_alphanumeric() || (so_far.contains(&b'.') && so_far.len() % 2 == 1 && so_far.len() < 6)
        }
        ',' => is_number && after.is_ascii_digit() && last.is_ascii_digit(),
        '-' | '‑' => !is_number && after.is_alphanumeric(),
        '\'' | '’' => {
            // "don't" is one word; "Qwen's" is two tokens.
            last == 'n' && after == 't'
        }
        // "pass@1" is one word.
        '@' => last.is_alphanumeric() && after.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn words(text: &str) -> Vec<String> {
        let line = Line::new(text, Span::new(0, text.len()), &[]);
        (0..line.len()).map(|i| line.low(i).to_owned()).collect()
    }

    #[test]
    fn words_marks_and_genitives() {
        assert_eq!(
            words("Qwen’s state-of-the-art A.I. isn't (very) good."),
            ["qwen", "'s", "state-of-the-art", "a.i.", "isn't", "(", "very", ")", "good", "."]
        );
    }
}
