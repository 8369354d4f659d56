//! `benchclaim check`: articles in; every claim judged, in the format asked for, out.

use super::args::{CheckArguments, FailOn};
use super::{Ending, input, output};
use crate::dataset::Catalog;
use crate::report::{self, Report, Style};
use anyhow::Result;

/// Judges every article.
pub(super) fn run(arguments: &CheckArguments, catalog: &Catalog, style: Style) -> Result<Ending> {
    let mut ending = Ending::Clean;
    let mut sink = output::Sink::new(&arguments.output, |reports: &[Report], format| {
        report::render(reports, format, style)
    });
    let judge = |article| Ok(crate::report(article, catalog, arguments.judge.as_of)?);
    let read = input::for_each_batch(&arguments.input, judge, |reports| {
        ending = reports.iter().fold(ending, |ending, report| worse(ending, report, arguments.judge.fail_on));
        sink.take(reports)
    });
    sink.finish()?;
    read.map(|()| ending)
}

/// The ending after one more report.
pub(super) fn worse(ending: Ending, report: &Report, fail_on: FailOn) -> Ending {
    let fails = report.checked.iter().any(|checked| fail_on.fails(checked.verdict.outcome));
    if fails { Ending::Findings } else { ending }
}
