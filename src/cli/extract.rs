//! `benchclaim extract`: articles in; their claims, unjudged, out.

use super::args::ExtractArguments;
use super::cache::Keeping;
use super::config::Settings;
use super::extractor::Extractor;
use super::{Ending, input, output};
use crate::article::{Article, Span};
use crate::claim::{Claim, LineTrace, Reader, extract_with};
use crate::dataset::Catalog;
use crate::report::{self, Format, Style};
use anyhow::{Context, Result};
use std::path::Path;

/// Finds the claims of every article.
pub(super) fn run(
    arguments: &ExtractArguments,
    settings: &Settings,
    catalog: &Catalog,
    style: Style,
) -> Result<Ending> {
    if arguments.trace {
        return trace(arguments, catalog);
    }
    let own = arguments.reader.as_deref().map(reader).transpose()?;
    let extractor = Extractor::settled(&arguments.extractor, settings, Keeping::On)?;
    let mut sink =
        output::Sink::new(&arguments.output, Format::Full, |documents: &[(Article, Vec<Claim>)], format| {
            let documents: Vec<(&Article, &[Claim])> =
                documents.iter().map(|(a, claims)| (a, claims.as_slice())).collect();
            report::render_claims(&documents, format, style)
        });
    let extract = |article: Article| {
        let claims = match &own {
            Some(own) => extract_with(&article, catalog.names(), own),
            None => extractor.claims(&article, catalog.names())?,
        };
        Ok((article, claims))
    };
    let read = input::for_each_batch(&arguments.input, extract, |documents| sink.take(documents));
    sink.finish()?;
    read.map(|()| Ending::Clean)
}

/// The reader of a file of weights.
fn reader(path: &Path) -> Result<Reader> {
    let bytes = std::fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let none =
        || format!("{} holds no weights of this version; make them with `benchclaim train`", path.display());
    Reader::from_bytes(&bytes).with_context(none)
}

/// Shows how every sentence was read.
fn trace(arguments: &ExtractArguments, catalog: &Catalog) -> Result<Ending> {
    let mut sink = output::Sink::new(&arguments.output, Format::Full, |articles: &[Traced], format| {
        Ok(articles.iter().map(|traced| show(traced, format)).collect::<String>().into_bytes())
    });
    let read = input::for_each_batch(
        &arguments.input,
        |article| {
            let lines = crate::claim::trace(&article, catalog.names());
            Ok(Traced { article, lines })
        },
        |traced| sink.take(traced),
    );
    sink.finish()?;
    read.map(|()| Ending::Clean)
}

/// An article and how it was read.
struct Traced {
    article: Article,
    lines: Vec<LineTrace>,
}

/// A trace as text for people, or as one JSON line.
fn show(traced: &Traced, format: Format) -> String {
    if format == Format::Jsonl {
        let record = serde_json::json!({ "id": traced.article.id, "lines": traced.lines });
        return format!("{record}\n");
    }
    let words = |line: &LineTrace, from: usize, to: usize| {
        let (first, last) = (line.tokens.get(from), line.tokens.get(to.saturating_sub(1)));
        first
            .zip(last)
            .map_or("", |(first, last)| Span::new(first.start, last.end).of(&traced.article.original))
    };
    let mut text = String::new();
    for line in &traced.lines {
        text += &format!("{}: {}\n", traced.article.id, words(line, 0, line.tokens.len()));
        for fired in &line.fired {
            let end = if fired.kept { "claim" } else { "yielded" };
            text += &format!("  {end:8} {:32} {}\n", fired.rule, words(line, fired.from, fired.to));
        }
    }
    text
}
