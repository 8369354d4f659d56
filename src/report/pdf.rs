//! PDF: a report in; a tagged document with title, bookmarks and links out.

use super::document::Report;
use super::template::Template;
use super::view::{Figures, View};
use super::{figure, mark, typeset};
use crate::error::{Error, Result};
use crate::verdict::Outcome;
use std::collections::BTreeMap;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The files a template of a report may ask for: the report's view, shared parts, marks and figures.
pub(super) fn template_files(report: &Report, template: &Template) -> Result<BTreeMap<String, Vec<u8>>> {
    let view = serde_json::to_string(&View::of(report, Figures::ByName))
        .map(|view| typeset::printable(&view).into_bytes())
        .map_err(|error| Error::Render { what: "the report's data".to_owned(), why: error.to_string() })?;
    let mut files = template.typeset_files();
    files.insert("/report.json".to_owned(), view);
    for outcome in Outcome::ALL {
        let svg = mark::svg(outcome, mark::colour(outcome), "#ffffff");
        files.insert(format!("/marks/{}.svg", outcome.name()), svg.into_bytes());
    }
    for (i, checked) in report.checked.iter().enumerate() {
        for drawn in figure::of_claim(&report.claim_id(i), checked) {
            files.insert(
                format!("/figures/{}.svg", drawn.name),
                typeset::printable(&drawn.svg_for_print()).into_bytes(),
            );
        }
    }
    Ok(files)
}

/// The report as a PDF.
pub(super) fn render(report: &Report, template: &Template) -> Result<Vec<u8>> {
    let document = typeset::lay_out("report.pdf", "/report.typ", template_files(report, template)?)?;
    let bytes = written(report, &document);
    typeset::forget();
    bytes
}

/// Standards to keep, the strictest first: archival with structure together with accessible, archival alone, none. A
/// text in a script for which no font is carried, or a user's template, may keep less than the shipped page does.
const STANDARDS: [&[PdfStandard]; 3] = [&[PdfStandard::A_2a, PdfStandard::Ua_1], &[PdfStandard::A_2a], &[]];

fn written(report: &Report, document: &PagedDocument) -> Result<Vec<u8>> {
    let failed = |why: String| Error::Render { what: "report.pdf".to_owned(), why };
    let mut why = String::new();
    for standards in STANDARDS {
        let options = PdfOptions {
            // Fixed, so that the same report gives the same bytes.
            ident: Smart::Custom(format!("{} {} {}", report.article.id, report.as_of, report.newest)),
            creator: Smart::Custom(Some(format!("benchclaim {}", report.version))),
            standards: PdfStandards::new(standards).map_err(|error| failed(error.message().to_string()))?,
            ..PdfOptions::default()
        };
        match typst_pdf::pdf(document, &options) {
            Ok(bytes) => return Ok(bytes),
            Err(errors) => why = typeset::messages(&errors),
        }
    }
    Err(failed(why))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::article::{self, Input, Span};

    #[test]
    fn every_report_becomes_a_pdf() {
        for report in
            [fixture::report(), fixture::hostile(), fixture::with_claims(0), fixture::with_claims(1)]
        {
            let bytes = render(&report, &Template::default()).unwrap();
            assert!(bytes.starts_with(b"%PDF-1.7"), "{}", report.title());
        }
    }

    #[test]
    fn an_ordinary_report_is_archival_and_accessible() {
        let report = fixture::report();
        let document = typeset::lay_out(
            "report.pdf",
            "/report.typ",
            template_files(&report, &Template::default()).unwrap(),
        );
        let document = document.unwrap();
        for standards in STANDARDS {
            let options =
                PdfOptions { standards: PdfStandards::new(standards).unwrap(), ..PdfOptions::default() };
            let written = typst_pdf::pdf(&document, &options);
            assert!(written.is_ok(), "{standards:?}: {}", typeset::messages(&written.unwrap_err()));
        }
    }

    #[test]
    fn east_asian_names_are_set_in_a_face_that_has_them() {
        let text = "Qwen (通义千问) beats Llama 2, and so do ちゃっとたろう and 하이퍼클로바.";
        let input =
            Input { id: "names", bytes: text.as_bytes(), format: None, date: None, title: None, url: None };
        let mut report = fixture::with_claims(1);
        report.article = article::read(input).unwrap();
        report.checked[0].claim.span = Span::new(0, text.len());
        let document = typeset::lay_out(
            "report.pdf",
            "/report.typ",
            template_files(&report, &Template::default()).unwrap(),
        );
        // An archival document may not have the box that stands for a missing letter.
        let standards = PdfStandards::new(STANDARDS[0]).unwrap();
        let options = PdfOptions { standards, ..PdfOptions::default() };
        let bytes = typst_pdf::pdf(&document.unwrap(), &options).expect("no letter is missing");
        let input = Input { id: "report.pdf", bytes: &bytes, format: Some(article::Format::Pdf), ..input };
        let read = article::read(input).unwrap().original;
        for name in ["通义千问", "ちゃっとたろう", "하이퍼클로바"] {
            assert!(read.contains(name), "{name} is not in {read}");
        }
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert!(
            render(&fixture::report(), &Template::default()).unwrap()
                == render(&fixture::report(), &Template::default()).unwrap()
        );
    }
}
