//! The pattern language of the rule files: text in, matcher out.
//!
//! A pattern is a row of elements, separated by spaces, that must match tokens one after the other:
//!
//! | element | matches |
//! | --- | --- |
//! | `beats` | that word, whatever its case |
//! | `beat\|top` | one of the words |
//! | `surpass~` | the word with the endings of verb and noun: surpass, surpasses, surpassed, surpassing |
//! | `@better` | any entry of the list of that name; entries may be of several words |
//! | `<percent\|points>` | a token of one of the classes |
//! | `open_model` | the name of several words that is one token |
//! | `value:<percent>` | the same, and remembers it as `value` |
//! | `..` or `..6` | up to three (six) tokens, whatever they are, short of the end of the clause; a short aside in brackets counts as one |
//! | `the?` | the element or nothing |
//! | `!than` | nothing, if the element does not match here |

use super::class::Class;
use super::clause::{after_an_aside, is_hard_mark};
use super::owner::owned;
use super::token::Line;
use super::vocabulary::{Phrases, Vocabulary, inflections};
use std::collections::BTreeMap;

/// Lists of words and phrases that patterns refer to.
pub(super) type Lists = BTreeMap<String, Vec<String>>;

/// Tokens that `..` may skip when no number follows it.
const DEFAULT_GAP: usize = 3;
/// Steps after which a match attempt gives up, so that no text makes matching slow.
const MAX_STEPS: usize = 400;

#[derive(Debug)]
enum Element {
    /// Any of these phrases, or a token of one of the classes.
    Any(Phrases, Class),
    Gap(usize),
    Not(Box<Node>),
}

#[derive(Debug)]
struct Node {
    element: Element,
    optional: bool,
    capture: Option<String>,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    nodes: Vec<Node>,
    /// For each element that only words can match, those it can begin with; fewest first. A line that lacks all of one
    /// need not be tried.
    wanted: Vec<Vec<u32>>,
}

/// Where a pattern matched: tokens `from..to`, and the captured runs.
#[derive(Debug, Clone)]
pub(super) struct Match<'p> {
    pub(super) from: usize,
    pub(super) to: usize,
    captures: Vec<(&'p str, usize, usize)>,
}

impl Match<'_> {
    /// A match without a pattern: at one token, with the value at another.
    pub(super) fn at(token: usize, value: Option<usize>) -> Match<'static> {
        let captures = value.map(|value| ("value", value, value + 1)).into_iter().collect();
        Match { from: token, to: token + 1, captures }
    }

    /// The tokens captured under this name.
    pub(super) fn capture(&self, name: &str) -> Option<(usize, usize)> {
        self.captures.iter().find(|(captured, ..)| *captured == name).map(|(_, from, to)| (*from, *to))
    }

    /// The tokens around `at`, of a line of `len`, that no other capture holds.
    pub(super) fn room(&self, at: usize, len: usize) -> (usize, usize) {
        let low = self.captures.iter().map(|(_, _, to)| *to).filter(|to| *to <= at).max();
        let high = self.captures.iter().map(|(_, from, _)| *from).filter(|from| *from > at).min();
        (low.unwrap_or(0), high.unwrap_or(len))
    }
}

impl Pattern {
    /// Compiles a pattern; the error says which element is wrong.
    pub(super) fn compile(text: &str, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let nodes = text
            .split_whitespace()
            .map(|element| node(element, lists, vocabulary))
            .collect::<Result<Vec<_>, _>>()?;
        if nodes.iter().all(|node| node.optional || matches!(node.element, Element::Gap(_) | Element::Not(_)))
        {
            return Err(format!("`{text}` would match nothing at all"));
        }
        let words_alone = |node: &Node| match &node.element {
            Element::Any(phrases, class) if !node.optional && *class == Class::default() => {
                Some(phrases.firsts().collect())
            }
            _ => None,
        };
        let mut wanted: Vec<Vec<u32>> = nodes.iter().filter_map(words_alone).collect();
        wanted.sort_by_key(Vec::len);
        Ok(Self { nodes, wanted })
    }

    /// The words a match can begin with, and the class it can begin with.
    pub(super) fn starts(&self) -> (Vec<u32>, Class) {
        let (mut words, mut class) = (Vec::new(), Class::default());
        for node in &self.nodes {
            match &node.element {
                Element::Any(phrases, found) => {
                    words.extend(phrases.firsts());
                    class = class.with(*found);
                }
                Element::Not(_) => continue,
                Element::Gap(_) => break,
            }
            if !node.optional {
                break;
            }
        }
        (words, class)
    }

    /// Whether it remembers something under this name.
    pub(super) fn captures(&self, name: &str) -> bool {
        self.nodes.iter().any(|node| node.capture.as_deref() == Some(name))
    }

    /// Matches at token `at`.
    pub(super) fn matches(&self, line: &Line<'_>, at: usize) -> Option<Match<'_>> {
        let is_held = |words: &Vec<u32>| words.iter().any(|word| line.held.contains(*word as usize));
        if !self.wanted.iter().all(is_held) {
            return None;
        }
        let mut captures = Vec::new();
        let mut steps = 0;
        let to = run(&self.nodes, line, at, &mut captures, &mut steps)?;
        (to > at).then_some(Match { from: at, to, captures })
    }
}

fn run<'p>(
    nodes: &'p [Node],
    line: &Line<'_>,
    at: usize,
    captures: &mut Vec<(&'p str, usize, usize)>,
    steps: &mut usize,
) -> Option<usize> {
    let Some((node, rest)) = nodes.split_first() else { return Some(at) };
    *steps += 1;
    if *steps > MAX_STEPS {
        return None;
    }
    let depth = captures.len();
    let attempt =
        |(at, end): (usize, usize), captures: &mut Vec<(&'p str, usize, usize)>, steps: &mut usize| {
            if let Some(name) = node.capture.as_deref() {
                captures.push((name, at, end));
            }
            let found = run(rest, line, end, captures, steps);
            if found.is_none() {
                captures.truncate(depth);
            }
            found
        };
    let found = match &node.element {
        Element::Any(phrases, class) => phrases
            .at(line, at)
            .find_map(|len| attempt((at, at + len), captures, steps))
            .or_else(|| attempt(owned(line, at, *class)?, captures, steps))
            .or_else(|| line.is(at, *class).then(|| attempt((at, at + 1), captures, steps)).flatten()),
        Element::Gap(most) => {
            let mut found = None;
            let mut end = at;
            for _ in 0..=*most {
                found = attempt((at, end), captures, steps);
                // The words after one figure are not sought beyond the next: "80% and B 75% on MMLU".
                let next_figure = line.is(end, Class::QUANTITY)
                    && captures.iter().any(|(name, _, to)| *name == "value" && *to <= end);
                let aside = after_an_aside(line, end);
                let is_end = is_hard_mark(line.low(end)) && aside.is_none();
                if found.is_some() || end >= line.len() || is_end || next_figure {
                    break;
                }
                end = aside.unwrap_or(end + 1);
            }
            found
        }
        Element::Not(inner) => {
            let hit = run(std::slice::from_ref(inner), line, at, &mut Vec::new(), steps).is_some();
            if hit { None } else { attempt((at, at), captures, steps) }
        }
    };
    found.or_else(|| node.optional.then(|| run(rest, line, at, captures, steps)).flatten())
}

fn node(text: &str, lists: &Lists, vocabulary: &mut Vocabulary) -> Result<Node, String> {
    if let Some(inner) = text.strip_prefix('!') {
        let inner =
            Box::new(Node { optional: false, ..node(inner.trim_end_matches('?'), lists, vocabulary)? });
        return Ok(Node { element: Element::Not(inner), optional: false, capture: None });
    }
    if let Some(limit) = text.strip_prefix("..") {
        let most = if limit.is_empty() {
            DEFAULT_GAP
        } else {
            limit.parse().map_err(|_| format!("`{text}` is no gap"))?
        };
        return Ok(Node { element: Element::Gap(most), optional: false, capture: None });
    }
    let (text, optional) = match text.strip_suffix('?') {
        Some(text) if !text.is_empty() => (text, true),
        _ => (text, false),
    };
    let (capture, text) = match text.split_once(':') {
        // A colon among the alternatives is a word like others.
        Some((name, rest)) if !name.is_empty() && !name.contains('|') && !rest.is_empty() => {
            (Some(name.to_owned()), rest)
        }
        _ => (None, text),
    };
    let (mut phrases, mut class) = (Vec::new(), Class::default());
    for part in alternatives(text) {
        if let Some(names) = part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
            for name in names.split('|') {
                class =
                    class.with(Class::named(name).ok_or_else(|| format!("`{name}` is no class of tokens"))?);
            }
        } else if let Some(list) = part.strip_prefix('@') {
            let entries = lists.get(list).ok_or_else(|| format!("there is no list `{list}`"))?;
            phrases.extend(entries.iter().flat_map(|entry| inflections(entry)));
        } else {
            phrases.extend(inflections(part));
        }
    }
    let element = Element::Any(Phrases::new(phrases, vocabulary), class);
    Ok(Node { element, optional, capture })
}

/// The alternatives of an element: parted by bars, except inside `<...>`. A lone bar is the mark.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0);
    for (i, c) in text.char_indices() {
        match c {
            '<' if text.len() > 1 => depth += 1,
            '>' if depth > 0 => depth -= 1,
            '|' if depth == 0 && text.len() > 1 => {
                parts.push(&text[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::super::rule::RULES;
    use super::*;
    use crate::article::Span;

    fn matched(pattern: &str, text: &str) -> Option<String> {
        let lists = Lists::from([("level".to_owned(), vec!["on par with".to_owned(), "match~".to_owned()])]);
        let pattern = Pattern::compile(pattern, &lists, &mut RULES.vocabulary.clone()).expect("compiles");
        let line = Line::new(text, Span::new(0, text.len()), &[]);
        (0..line.len()).find_map(|i| pattern.matches(&line, i)).map(|m| line.text(m.from, m.to).to_owned())
    }

    #[test]
    fn each_element() {
        assert_eq!(matched("@level", "It is on par with it").as_deref(), Some("on par with"));
        assert_eq!(
            matched("surpass~ ..2 by <percent>", "A surpasses the B by 5%").as_deref(),
            Some("surpasses the B by 5%")
        );
        assert_eq!(matched("surpass~ ..2 by <percent>", "A surpasses the B, C and D by 5%"), None);
        assert_eq!(matched("lead~ !to", "it leads to it"), None);
        assert_eq!(matched("the? best", "is best").as_deref(), Some("best"));
    }

    #[test]
    fn faulty_patterns_are_named() {
        let compile = |text: &str| {
            Pattern::compile(text, &Lists::new(), &mut Vocabulary::default()).expect_err("must fail")
        };
        assert!(compile("<nonsense>").contains("nonsense"));
        assert!(compile("@none").contains("none"));
        assert!(compile("a?").contains("nothing"));
    }
}
