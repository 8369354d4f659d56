//! A language model as the reader of articles: an article and a model behind a server in; the claims it finds, each quote
//! held against the text and each slot resolved as those of the rules are, out.
//!
//! It stands beside `claim`, never in its place unless asked for. It is the one reader that may fail. Nothing that a
//! model says is believed unseen: a quote that is not in the text is dropped, and so is a word that no claim can have.
mod answer;
mod client;
mod passage;
mod prompt;
mod tally;

pub use client::{Answers, Asking, Model, Waiting};
pub use tally::{Prices, Tally};

use crate::article::Article;
use crate::claim::{Claim, Told, settle};
use crate::error::Result;
use crate::names::Names;
use answer::Said;
use passage::Passage;

/// The name of this reader, where a claim names the rule that found it (`gap/llm`).
const READER: &str = "llm";

/// Asks the model for every claim of the article, passage by passage, in the order of the text.
///
/// # Errors
/// When the server cannot be asked, or answers what cannot be read however often it is asked. An article of which only a
/// part was read is not taken for one without claims.
pub fn extract(article: &Article, names: &Names, model: &Model) -> Result<Vec<Claim>> {
    let sentences = passage::read_sentences(article);
    let mut told = Vec::new();
    for passage in passage::passages(&sentences) {
        ask(passage, article, model, &mut told)?;
    }
    let claims = settle(told, article, names, READER);
    model.count(|tally| tally.claims += claims.len() as u64);
    Ok(claims)
}

/// Asks for the claims of one passage. An answer that the server cut off is asked for again in two halves.
fn ask(passage: Passage<'_>, article: &Article, model: &Model, told: &mut Vec<Told>) -> Result<()> {
    match model.ask(&prompt::question(article, &passage.text(&article.plain)), passage.is_divisible())? {
        Said::Claims(items) => {
            for item in items {
                match answer::told(item, |quote| passage.find(quote, &article.plain)) {
                    Ok(claim) => told.push(claim),
                    Err(dropped) => model.count(|tally| tally.drop(dropped)),
                }
            }
            Ok(())
        }
        Said::CutOff => {
            let (first, second) = passage.halves();
            ask(first, article, model, told)?;
            ask(second, article, model, told)
        }
    }
}
