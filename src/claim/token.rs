//! A sentence and the names found in it in; a line of tokens with classes out: words, names, quantities, dates, marks.

use super::{calendar, quantity};
use super::calendar::Moment;
use super::quantity::Quantity;
use crate::article::Span;
use crate::names::{Entity, Mention};
use crate::reported::Unit;

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
    /// The classes it belongs to, for patterns.
    pub(super) class: Class,
}

/// A set of token classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class(pub(super) u32);

impl Class {
    pub(super) const MODEL: Class = Class(1);
    pub(super) const ORGANISATION: Class = Class(1 << 1);
    pub(super) const GROUP: Class = Class(1 << 2);
    pub(super) const BENCHMARK: Class = Class(1 << 3);
    pub(super) const PERCENT: Class = Class(1 << 4);
    pub(super) const POINTS: Class = Class(1 << 5);
    pub(super) const ELO: Class = Class(1 << 6);
    pub(super) const USD: Class = Class(1 << 7);
    pub(super) const PRICE: Class = Class(1 << 8);
    pub(super) const PARAMS: Class = Class(1 << 9);
    pub(super) const TOKENS: Class = Class(1 << 10);
    pub(super) const TIMES: Class = Class(1 << 11);
    pub(super) const DURATION: Class = Class(1 << 12);
    pub(super) const ORDINAL: Class = Class(1 << 13);
    /// A number without a unit.
    pub(super) const BARE: Class = Class(1 << 14);
    /// A number without a unit, printed with decimals.
    pub(super) const DECIMAL: Class = Class(1 << 15);
    pub(super) const DATE: Class = Class(1 << 16);
    pub(super) const WORD: Class = Class(1 << 17);
    pub(super) const MARK: Class = Class(1 << 18);
    /// A number of bytes, hours or anything else that claims have no unit for.
    pub(super) const OTHER: Class = Class(1 << 19);
    /// A word or mark printed with a capital.
    pub(super) const CAPITAL: Class = Class(1 << 20);
    /// A number printed with a magnitude letter, such as 128K.
    pub(super) const SCALED: Class = Class(1 << 21);
    /// A name that makes a sentence one about AI: a model, a maker, a board, a group of models.
    pub(super) const AI: Class = Class(1 << 22);
    /// A rank printed with a number sign: #2.
    pub(super) const PLACE: Class = Class(1 << 23);
    /// Parameters with the unit spelled out; a bare "70B" is more often part of a name.
    pub(super) const SIZE: Class = Class(1 << 24);
    /// A group in the plural: "Chinese labs" can be counted.
    pub(super) const PLURAL: Class = Class(1 << 25);
    pub(super) const PARTY: Class = Class(0b111);
    pub(super) const QUANTITY: Class = Class(0b1_1111_1111_1110_0000 & !(1 << 16) | 1 << 4 | Self::OTHER.0);

    /// The class with this name in a pattern.
    pub(super) fn named(name: &str) -> Option<Class> {
        Some(match name {
            "model" => Self::MODEL,
            "org" => Self::ORGANISATION,
            "group" => Self::GROUP,
            "party" => Self::PARTY,
            "benchmark" => Self::BENCHMARK,
            "percent" => Self::PERCENT,
            "points" => Self::POINTS,
            "elo" => Self::ELO,
            "usd" => Self::USD,
            "price" => Self::PRICE,
            "params" => Self::PARAMS,
            "tokens" => Self::TOKENS,
            "times" => Self::TIMES,
            "duration" => Self::DURATION,
            "ordinal" => Self::ORDINAL,
            "bare" => Self::BARE,
            "decimal" => Self::DECIMAL,
            "scaled" => Self::SCALED,
            "number" => Self::QUANTITY,
            "date" => Self::DATE,
            "ai" => Self::AI,
            "place" => Self::PLACE,
            "size" => Self::SIZE,
            "plural" => Self::PLURAL,
            "word" => Self::WORD,
            "mark" => Self::MARK,
            "capital" => Self::CAPITAL,
            _ => return None,
        })
    }

    pub(super) fn with(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    pub(super) fn meets(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }
}

/// A sentence as tokens.
pub(super) struct Line<'a> {
    pub(super) plain: &'a str,
    pub(super) span: Span,
    pub(super) mentions: &'a [Mention],
    pub(super) tokens: Vec<Token>,
    low: String,
}

impl<'a> Line<'a> {
    /// Tokenises the sentence at `span`; `mentions` are those inside it, in order and apart.
    pub(super) fn new(plain: &'a str, span: Span, mentions: &'a [Mention]) -> Self {
        let mut line = Line { plain, span, mentions, tokens: Vec::with_capacity(32), low: String::with_capacity(span.end - span.start + 32) };
        let mut at = span.start;
        for (index, mention) in mentions.iter().enumerate() {
            if mention.span.start < at || mention.span.end > span.end {
                continue;
            }
            line.words(at, mention.span.start);
            line.push(mention.span, Kind::Name(index), entity_class(&mention.entity, mention.span.of(plain)));
            at = mention.span.end;
        }
        line.words(at, span.end);
        calendar::merge(&mut line);
        quantity::merge(&mut line);
        line
    }

    /// The token's letters in lower case, straight apostrophes; merged tokens have single spaces.
    pub(super) fn low(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| self.low[token.low.0..token.low.1].trim_end())
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
        self.tokens[from] = Token { span, low, kind, class };
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
        self.low.push(' ');
        self.tokens.push(Token { span, low: (start, self.low.len()), kind, class });
    }

    /// Splits the plain text between two offsets into words and marks.
    fn words(&mut self, from: usize, to: usize) {
        let text = &self.plain[from..to];
        let mut rest = text.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            if c.is_whitespace() {
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
                let kind = if end - start > c.len_utf8() { (Kind::Word, Class::WORD) } else { (Kind::Mark, Class::MARK) };
                self.push(Span::new(from + start, from + end), kind.0, kind.1);
                continue;
            }
            let mut last = c;
            while let Some(&(i, next)) = rest.peek() {
                let after = text[i + next.len_utf8()..].chars().next().unwrap_or(' ');
                if !continues(text[start..i].as_bytes(), last, next, after) {
                    break;
                }
                end = i + next.len_utf8();
                last = next;
                rest.next();
            }
            let class = if c.is_uppercase() { Class::WORD.with(Class::CAPITAL) } else { Class::WORD };
            self.push(Span::new(from + start, from + end), Kind::Word, class);
        }
    }
}

/// Whether a word goes on with `next`, after `last` and before `after`.
fn continues(so_far: &[u8], last: char, next: char, after: char) -> bool {
    let is_number = so_far[0].is_ascii_digit();
    match next {
        c if c.is_alphanumeric() => !(last.is_ascii_digit() && is_number && c == '×'),
        '.' if is_number => after.is_ascii_digit() && so_far.last().is_some_and(u8::is_ascii_digit),
        '.' => after.is_alphanumeric() || (so_far.contains(&b'.') && so_far.len() % 2 == 1 && so_far.len() < 6),
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

fn entity_class(entity: &Entity, text: &str) -> Class {
    match entity {
        Entity::Model(_) | Entity::Family(_) => Class::MODEL.with(Class::AI),
        Entity::Organisation(_) => Class::ORGANISATION.with(Class::AI),
        // A country alone says nothing about AI; "Chinese labs" does.
        Entity::Group(_) if text.split([' ', '-']).any(|word| AI_NOUNS.contains(&word.to_ascii_lowercase().as_str())) => {
            let group = Class::GROUP.with(Class::AI);
            if text.ends_with('s') { group.with(Class::PLURAL) } else { group }
        }
        Entity::Group(_) => Class::GROUP,
        Entity::Benchmark(_) => Class::BENCHMARK.with(Class::AI),
    }
}

/// Nouns that make a group one of models or their makers.
const AI_NOUNS: [&str; 17] = [
    "model", "models", "ai", "a.i.", "llm", "llms", "lab", "labs", "weight", "weights", "source", "closed", "open", "frontier", "chatbots",
    "systems", "proprietary",
];

/// The class of a quantity, for patterns.
pub(super) fn quantity_class(quantity: &Quantity) -> Class {
    let unit = match quantity.unit {
        Some(Unit::Percent) => Class::PERCENT,
        Some(Unit::Points) => Class::POINTS,
        Some(Unit::Elo) => Class::ELO,
        Some(Unit::Usd) => Class::USD,
        Some(Unit::UsdPerMtok) => Class::PRICE,
        Some(Unit::Params) => Class::PARAMS,
        Some(Unit::Tokens) => Class::TOKENS,
        Some(Unit::Times) => Class::TIMES,
        Some(Unit::Days | Unit::Months | Unit::Years) => Class::DURATION,
        Some(Unit::Rank) => Class::ORDINAL,
        Some(Unit::Count) => Class::BARE,
        None if quantity.foreign => Class::OTHER,
        None if quantity.step < 1.0 => Class::BARE.with(Class::DECIMAL),
        None => Class::BARE,
    };
    let unit = if quantity.scaled { unit.with(Class::SCALED) } else { unit };
    match quantity.unit {
        Some(Unit::Rank) if quantity.sign => unit.with(Class::PLACE),
        Some(Unit::Params) if quantity.sign => unit.with(Class::SIZE),
        _ => unit,
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
        assert_eq!(words("Qwen’s state-of-the-art A.I. isn't (very) good."), [
            "qwen", "'s", "state-of-the-art", "a.i.", "isn't", "(", "very", ")", "good", "."
        ]);
    }
}
