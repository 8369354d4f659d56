//! An article in; how each of its lines was read out: tokens with their classes, clauses, which rule fired on which words.

use super::class::Class;
use super::reader::Reader;
use super::token::Line;
use super::{clause, walk};
use crate::article::Article;
use crate::names::Names;
use serde::Serialize;

/// One token of a line.
#[derive(Debug, Clone, Serialize)]
pub struct TokenTrace {
    /// First byte in the article's original text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The token in lower case.
    pub text: String,
    /// The classes that patterns can ask for.
    pub classes: Vec<&'static str>,
    /// First token of the clause it stands in.
    pub clause: usize,
    /// The number that it prints, in its unit.
    pub value: Option<f64>,
}

/// A rule that matched.
#[derive(Debug, Clone, Serialize)]
pub struct Fired {
    /// `kind/name`.
    pub rule: String,
    /// First token of the match.
    pub from: usize,
    /// One past its last token.
    pub to: usize,
    /// Whether a claim came of it; else its conditions did not hold or another rule had the better right.
    pub kept: bool,
}

/// How one sentence was read.
#[derive(Debug, Clone, Serialize)]
pub struct LineTrace {
    /// The sentence's tokens.
    pub tokens: Vec<TokenTrace>,
    /// The rules that matched in it.
    pub fired: Vec<Fired>,
}

/// How every line that is about AI was read, in the order of the text.
#[must_use]
pub fn trace(article: &Article, names: &Names) -> Vec<LineTrace> {
    let mut lines = Vec::new();
    walk(article, names, Some(Reader::shipped()), &mut |seen| {
        let fired = seen
            .found
            .iter()
            .map(|(rule, found)| Fired {
                rule: rule.id.clone(),
                from: found.from,
                to: found.to,
                kept: seen
                    .kept
                    .iter()
                    .any(|draft| std::ptr::eq(draft.rule, *rule) && draft.core == (found.from, found.to)),
            })
            .collect();
        lines.push(LineTrace { tokens: tokens(article, seen.line), fired });
    });
    lines
}

fn tokens(article: &Article, line: &Line<'_>) -> Vec<TokenTrace> {
    (0..line.len())
        .map(|i| {
            let span = article.to_original(line.extent(i, i + 1));
            TokenTrace {
                start: span.start,
                end: span.end,
                text: line.low(i).to_owned(),
                classes: Class::NAMES
                    .iter()
                    .filter(|(_, class)| line.is(i, *class))
                    .map(|(name, _)| *name)
                    .collect(),
                clause: clause::around(line, i).0,
                value: line.quantity(i).map(|quantity| quantity.value),
            }
        })
        .collect()
}
