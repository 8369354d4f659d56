//! `benchclaim extract`: articles in; their claims, unjudged, out.

use super::args::ExtractArguments;
use super::{Ending, input, output};
use crate::article::Article;
use crate::claim::Claim;
use crate::dataset::Catalog;
use crate::report::{self, Format, Style};
use anyhow::Result;

/// Finds the claims of every article.
pub(super) fn run(arguments: &ExtractArguments, catalog: &Catalog, style: Style) -> Result<Ending> {
    let mut sink =
        output::Sink::new(&arguments.output, Format::Full, |documents: &[(Article, Vec<Claim>)], format| {
            let documents: Vec<(&Article, &[Claim])> =
                documents.iter().map(|(a, claims)| (a, claims.as_slice())).collect();
            report::render_claims(&documents, format, style)
        });
    let extract = |article: Article| {
        let claims = crate::extract(&article, catalog.names());
        Ok((article, claims))
    };
    let read = input::for_each_batch(&arguments.input, extract, |documents| sink.take(documents));
    sink.finish()?;
    read.map(|()| Ending::Clean)
}
