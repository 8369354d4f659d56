//! `benchclaim ask`: one sentence in; its claims judged out.

use super::args::AskArguments;
use super::check::worse;
use super::{Ending, output};
use crate::article::{self, Input};
use crate::dataset::Catalog;
use crate::report::{self, Style};
use anyhow::Result;

/// Judges one sentence; a sentence in which no claim is found is said to be one.
pub(super) fn run(arguments: &AskArguments, catalog: &Catalog, style: Style) -> Result<Ending> {
    let article = article::read(Input {
        id: "claim",
        bytes: arguments.claim.as_bytes(),
        format: Some(article::Format::Text),
        date: arguments.judge.as_of,
        title: None,
        url: None,
    })?;
    // The day asked for is the day the sentence is said on; a day that the sentence names itself still counts.
    let report = crate::report(article, catalog, None)?;
    if report.checked.is_empty() {
        output::complain("no claim found in that sentence; `benchclaim explain` lists what is read as one");
    }
    let ending = worse(Ending::Clean, &report, arguments.judge.fail_on);
    let bytes = report::render(&[report], arguments.output.format, style)?;
    output::write(&bytes, arguments.output.output.as_deref())?;
    Ok(ending)
}
