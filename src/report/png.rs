//! PNG: a report or a figure in; pixels out, drawn by the typesetter, which sets text well.

use super::document::Report;
use super::figure::Figure;
use super::template::Template;
use super::{pdf, typeset};
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

/// One figure a page, with room around it. A CSS pixel is 0.75 points.
const FIGURES: &str = r#"
#set page(width: auto, height: auto, margin: 18pt, fill: white)
#set text(font: "Inter")
#image("/figure.svg")
"#;

/// Points are 1/72 of an inch, CSS pixels 1/96: this makes two pixels of one CSS pixel.
const PIXELS_PER_POINT: f64 = 2.0 * 96.0 / 72.0;

/// The summary's page is laid out in points as if they were pixels, and drawn at twice that.
const SUMMARY_PIXELS_PER_POINT: f64 = 2.0;

/// The one-page summary.
pub(super) fn summary(report: &Report, template: &Template) -> Result<Vec<u8>> {
    let document = typeset::lay_out("report.png", "/summary.typ", pdf::template_files(report, template)?)?;
    pixels("report.png", first_page("report.png", &document)?, SUMMARY_PIXELS_PER_POINT)
}

/// A figure at twice its size.
pub(super) fn of_figure(figure: &Figure, svg: &str) -> Result<Vec<u8>> {
    let files = BTreeMap::from([
        ("/figure.svg".to_owned(), svg.as_bytes().to_vec()),
        ("/figure.typ".to_owned(), FIGURES.as_bytes().to_vec()),
    ]);
    let document = typeset::lay_out(&figure.name, "/figure.typ", files)?;
    pixels(&figure.name, first_page(&figure.name, &document)?, PIXELS_PER_POINT)
}

fn first_page<'d>(what: &str, document: &'d PagedDocument) -> Result<&'d Page> {
    document
        .pages()
        .first()
        .ok_or_else(|| Error::Render { what: what.to_owned(), why: "it has no page".to_owned() })
}

fn pixels(what: &str, page: &Page, pixels_per_point: f64) -> Result<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixels_per_point), ..RenderOptions::default() };
    let pixmap = typst_render::render(page, &options);
    pixmap.encode_png().map_err(|error| Error::Render { what: what.to_owned(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn every_report_has_a_summary() {
        for report in
            [fixture::report(), fixture::hostile(), fixture::with_claims(0), fixture::with_claims(100)]
        {
            let picture = summary(&report, &Template::default()).unwrap();
            assert!(picture.starts_with(b"\x89PNG"));
            // What follows a mistake in the template stands on a page of another width.
            let width = u32::from_be_bytes(picture[16..20].try_into().unwrap());
            assert_eq!(f64::from(width), 1000.0 * SUMMARY_PIXELS_PER_POINT);
            let files = pdf::template_files(&report, &Template::default()).unwrap();
            assert_eq!(typeset::lay_out("report.png", "/summary.typ", files).unwrap().pages().len(), 1);
        }
    }
}
