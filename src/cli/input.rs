//! Input: paths, addresses and standard input in; articles out, one at a time.

use super::args::InputArguments;
use super::output;
use super::progress::Documents;
use crate::article::{self, Article, Input};
use crate::corpus;
use crate::parallel;
use crate::refresh;
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use std::io::Read;

/// The name under which standard input is given.
const STANDARD_INPUT: &str = "-";

/// A file longer than this is refused unless it is read line by line: no article is that long.
const SIZE_LIMIT: u64 = article::MAX_ARTICLE_BYTES as u64;

/// An iterator over articles, each of which may have failed on its own.
pub(super) type Articles<'a> = Box<dyn Iterator<Item = Result<Article>> + 'a>;

/// Every article that the arguments name. A corpus gives many, without being held in memory whole.
pub(super) fn articles(arguments: &InputArguments) -> Articles<'_> {
    Box::new(arguments.inputs.iter().flat_map(|input| read(input, arguments.date)))
}

/// Documents worked on at a time: enough to keep every core busy, few enough to keep memory flat.
const BATCH: usize = 128;

/// Does `work` on every article, in parallel, and hands the results on in order, a batch at a time. An input that
/// cannot be read is complained of, and the others are worked on all the same.
///
/// # Errors
/// What `take` fails with, or, at the end, that some input could not be read.
pub(super) fn for_each_batch<T: Send>(
    arguments: &InputArguments,
    work: impl Fn(Article) -> Result<T> + Sync,
    take: impl FnMut(Vec<T>) -> Result<()>,
) -> Result<()> {
    let progress = Documents::new(arguments.inputs.len());
    match in_batches(articles(arguments), &progress, work, take)? {
        0 => Ok(()),
        failed => bail!("{failed} of the inputs could not be read"),
    }
}

/// The same for whatever is worked on; gives the number of those that failed.
///
/// # Errors
/// What `take` fails with.
pub(super) fn in_batches<I: Send, T: Send>(
    mut items: impl Iterator<Item = Result<I>>,
    progress: &Documents,
    work: impl Fn(I) -> Result<T> + Sync,
    mut take: impl FnMut(Vec<T>) -> Result<()>,
) -> Result<usize> {
    let (mut failed, mut done) = (0, false);
    while !done {
        let batch: Vec<Result<I>> = items.by_ref().take(BATCH).collect();
        done = batch.len() < BATCH;
        let results = parallel::map(batch, |item| {
            let result = item.and_then(&work);
            progress.done();
            result
        });
        let mut good = Vec::with_capacity(results.len());
        for result in results {
            match result {
                Ok(result) => good.push(result),
                Err(error) => {
                    failed += 1;
                    progress.aside(|| output::complain(&format!("error: {error:#}")));
                }
            }
        }
        progress.aside(|| take(good))?;
    }
    Ok(failed)
}

/// Whether any input is a file of documents.
pub(super) fn is_batch(arguments: &InputArguments) -> bool {
    arguments.inputs.iter().any(|input| is_corpus(input))
}

fn is_corpus(input: &str) -> bool {
    !is_url(input) && corpus::is_corpus(input)
}

fn is_url(input: &str) -> bool {
    input.starts_with("http://") || input.starts_with("https://")
}

fn read(input: &str, date: Option<Date>) -> Articles<'_> {
    if is_corpus(input) {
        return match corpus::documents(input) {
            Ok(documents) => Box::new(documents.map(move |document| read_document(&document?, date))),
            Err(error) => Box::new(std::iter::once(Err(error.into()))),
        };
    }
    Box::new(std::iter::once(read_one(input, date)))
}

fn read_one(input: &str, date: Option<Date>) -> Result<Article> {
    if is_url(input) {
        let page = refresh::fetch(input)?;
        let format = page.media_type.as_deref().and_then(format_of);
        let url = Some(page.url.as_str());
        return Ok(article::read(Input { id: input, bytes: &page.bytes, format, date, title: None, url })?);
    }
    let (id, bytes) = if input == STANDARD_INPUT {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(SIZE_LIMIT + 1)
            .read_to_end(&mut bytes)
            .context("could not read standard input")?;
        ("standard input", bytes)
    } else {
        (input, read_file(input)?)
    };
    Ok(article::read(Input { id, bytes: &bytes, format: None, date, title: None, url: None })?)
}

/// The format that a server's media type names; others are guessed from the bytes.
fn format_of(media_type: &str) -> Option<article::Format> {
    match media_type {
        "text/html" | "application/xhtml+xml" => Some(article::Format::Html),
        "application/pdf" => Some(article::Format::Pdf),
        "text/markdown" => Some(article::Format::Markdown),
        _ => None,
    }
}

fn read_file(path: &str) -> Result<Vec<u8>> {
    let open = || format!("could not open {path}");
    let metadata = std::fs::metadata(path).with_context(open)?;
    if metadata.is_dir() {
        bail!("{path} is a folder; give the files in it, such as {path}/*.md");
    }
    if metadata.len() > SIZE_LIMIT {
        let limit = SIZE_LIMIT / (1024 * 1024);
        bail!(
            "{path} is longer than {limit} MB, which no article is; give documents as JSON Lines (*.jsonl)"
        );
    }
    std::fs::read(path).with_context(|| format!("could not read {path}"))
}

/// A document of a corpus; an error tells its place.
pub(super) fn read_document(document: &corpus::Document, date: Option<Date>) -> Result<Article> {
    document.read(date).with_context(|| document.place.clone())
}
