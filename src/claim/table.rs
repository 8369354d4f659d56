//! Tables of results: the head of a table and a row of it in; a claim for each figure out that stands between a model and a
//! benchmark.
//!
//! A table says of the model that begins a row what the benchmark at the head of each column finds it at, or of the model
//! at the head what the benchmark that begins a row does. Where the head names neither, the row is read as the sentence
//! that it may be.

use super::{Claim, ClaimKind, NamedBenchmark, Party};
use crate::article::{Article, Span};
use crate::names::{Entity, Names};
use crate::reported::{Reported, Unit};

/// What stands between the cells of a row in the plain text.
const BAR: char = '|';

/// Ratings begin here: shares of items end at a hundred.
const LEAST_RATING: f64 = 400.0;

/// What the columns of a table are headed by, by their place.
pub(super) enum Heads {
    Benchmarks(Vec<Option<NamedBenchmark>>),
    Models(Vec<Option<Party>>),
}

/// The heads of the columns; `None` where they name neither benchmarks nor models.
pub(super) fn heads(article: &Article, head: Span, names: &Names) -> Option<Heads> {
    let cells = cells(article, head);
    let benchmarks: Vec<_> = cells.iter().map(|cell| benchmark(cell.of(&article.plain), names)).collect();
    if benchmarks.iter().any(Option::is_some) {
        return Some(Heads::Benchmarks(benchmarks));
    }
    // "Δ vs GPT-4o" is no column of GPT-4o's.
    let models: Vec<_> = cells.iter().map(|cell| named(cell.of(&article.plain), names)).collect();
    models.iter().any(Option::is_some).then_some(Heads::Models(models))
}

/// The benchmark of a cell, without what stands in brackets: "MMLU (5-shot)".
fn benchmark(text: &str, names: &Names) -> Option<NamedBenchmark> {
    let bare = text.split(['(', '[', ',']).next().unwrap_or(text).trim_matches([' ', '*', '%']);
    match names.look_up(bare)? {
        Entity::Benchmark(id) => Some(NamedBenchmark { text: bare.to_owned(), id: Some(id) }),
        _ => None,
    }
}

/// What the cells of a row claim.
pub(super) fn read(article: &Article, row: Span, heads: &Heads, names: &Names) -> Vec<Claim> {
    let cells = cells(article, row);
    let claim = |cell: &Span, subject: &Party, benchmark: &NamedBenchmark| {
        let span = article.to_original(*cell);
        Some(Claim {
            span,
            sentence: article.to_original(row),
            benchmark: Some(benchmark.clone()),
            reported: Some(figure(cell.of(&article.plain))?),
            rule: "score/table".to_owned(),
            ..Claim::saying(ClaimKind::Score, span.of(&article.original), vec![subject.clone()], Vec::new())
        })
    };
    match heads {
        Heads::Benchmarks(benchmarks) => {
            let begins = |(i, cell): (usize, &Span)| Some((i, model(*cell, article, names)?));
            let Some((at, subject)) = cells.iter().enumerate().find_map(begins) else { return Vec::new() };
            let others = cells.iter().zip(benchmarks).enumerate().filter(|(i, _)| *i != at);
            others.filter_map(|(_, (cell, head))| claim(cell, &subject, head.as_ref()?)).collect()
        }
        Heads::Models(models) => {
            let first = cells.first().and_then(|cell| benchmark(cell.of(&article.plain), names));
            let Some(benchmark) = first else { return Vec::new() };
            let others = cells.iter().zip(models).skip(1);
            others.filter_map(|(cell, head)| claim(cell, head.as_ref()?, &benchmark)).collect()
        }
    }
}

/// The cells of a row, trimmed.
fn cells(article: &Article, row: Span) -> Vec<Span> {
    let mut from = row.start;
    let cell = |text: &str| {
        let start = from + (text.len() - text.trim_start().len());
        from += text.len() + BAR.len_utf8();
        Span::new(start, start + text.trim().len())
    };
    row.of(&article.plain).split(BAR).map(cell).collect()
}

/// The model that a cell names, whatever stands beside it.
fn model(cell: Span, article: &Article, names: &Names) -> Option<Party> {
    let text = cell.of(&article.plain);
    named(text, names).or_else(|| {
        let found = names.mentions(text).into_iter().find(|mention| mention.entity.is_model())?;
        Some(Party { text: found.span.of(text).to_owned(), entity: Some(found.entity) })
    })
}

/// The model that a text is the name of.
fn named(text: &str, names: &Names) -> Option<Party> {
    let entity = names.look_up(text).filter(Entity::is_model)?;
    Some(Party { text: text.to_owned(), entity: Some(entity) })
}

/// The figure of a cell; `None` for words, dates and what has a unit of its own.
fn figure(text: &str) -> Option<Reported> {
    let bare = text.split(['\u{b1}', '(']).next().unwrap_or(text).trim_matches([' ', '*', '_', '~']);
    let (bare, unit) = match bare.strip_suffix('%') {
        Some(share) => (share.trim_end(), Unit::Percent),
        None => (bare, Unit::Points),
    };
    let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value: f64 = bare.parse().ok().filter(|_| is_number)?;
    let decimals = bare.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let unit = if unit == Unit::Points && value >= LEAST_RATING { Unit::Elo } else { unit };
    Some(Reported::exact(value, unit, 10f64.powi(-i32::try_from(decimals).unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::super::tests::NAMES;
    use crate::article::{self, Input};

    /// Subject, benchmark and quote of what a table claims.
    fn told(text: &str) -> Vec<(String, String, String)> {
        let input =
            Input { id: "t.md", bytes: text.as_bytes(), format: None, date: None, title: None, url: None };
        let article = article::read(input).expect("reads");
        let claims = super::super::extract(&article, &NAMES);
        let told = |claim: &crate::claim::Claim| {
            let board = claim.benchmark.as_ref().map_or("", |board| board.text.as_str());
            (claim.subject[0].text.clone(), board.to_owned(), claim.quote.clone())
        };
        claims.iter().map(told).collect()
    }

    fn row(subject: &str, board: &str, quote: &str) -> (String, String, String) {
        (subject.to_owned(), board.to_owned(), quote.to_owned())
    }

    #[test]
    fn each_figure_below_a_benchmark_is_a_score_of_the_model_that_begins_the_row() {
        let text = "| Model | MMLU (5-shot) | Arena Elo | Price |\n|---|---|---|---|\n\
                    | **Qwen2.5-72B-Instruct** | 86.1 | 1258 | $0.40 |\n| our best | 90 | 1300 | $1 |\n";
        let subject = "Qwen2.5-72B-Instruct";
        assert_eq!(told(text), [row(subject, "MMLU", "86.1"), row(subject, "Arena Elo", "1258")]);
    }

    #[test]
    fn each_figure_below_a_model_is_its_score_on_the_benchmark_that_begins_the_row() {
        let text = "| Benchmark | GPT-4o | Qwen2.5-72B-Instruct |\n|---|---|---|\n\
                    | MMLU (5-shot) | 88.7 | 86.1 |\n| Context | 128K | 32K |\n";
        let other = "Qwen2.5-72B-Instruct";
        assert_eq!(told(text), [row("GPT-4o", "MMLU", "88.7"), row(other, "MMLU", "86.1")]);
    }
}
