//! `benchclaim ask`: one sentence in; its claims judged out.

use super::args::AskArguments;
use super::cache::Keeping;
use super::check::{fail_on, worse};
use super::config::Settings;
use super::extractor::Extractor;
use super::{Ending, output};
use crate::article::{self, Input};
use crate::dataset::Catalog;
use crate::report::{self, Format, Style};
use anyhow::Result;

/// Judges one sentence; a sentence in which no claim is found is said to be one.
pub(super) fn run(
    arguments: &AskArguments,
    settings: &Settings,
    catalog: &Catalog,
    style: Style,
) -> Result<Ending> {
    let article = article::read(Input {
        id: "claim",
        bytes: arguments.claim.as_bytes(),
        format: Some(article::Format::Text),
        date: arguments.judge.as_of,
        title: None,
        url: None,
    })?;
    // The day asked for is the day the sentence is said on; a day that the sentence names itself still counts.
    let extractor = Extractor::settled(&arguments.extractor, settings, Keeping::On)?;
    let claims = extractor.claims(&article, catalog.names())?;
    let mut report = crate::report_claims(claims, article, catalog, None)?;
    settings.apply(&mut report);
    if report.checked.is_empty() {
        output::complain("no claim found in that sentence; `benchclaim explain` lists what is read as one");
    }
    let ending = worse(Ending::Clean, &report, fail_on(&arguments.judge, settings));
    let format = arguments.output.format.or(settings.format).unwrap_or(Format::Full);
    let bytes = report::render(&[report], format, style)?;
    output::write(&bytes, arguments.output.output.as_deref())?;
    Ok(ending)
}
