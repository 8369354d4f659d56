//! The files of a report: a report and a template in; pages, tables and figures, with their names, out.

use super::document::Report;
use super::template::Template;
use super::{csv, figure, html, json, parquet, pdf, png, terminal};
use crate::error::Result;
use rayon::prelude::*;

/// Every file of a report: pages, tables and figures, with their paths below the output folder, in order of path.
///
/// # Errors
/// As [`super::render`].
pub fn files(report: &Report, template: &Template) -> Result<Vec<(String, Vec<u8>)>> {
    let reports = std::slice::from_ref(report);
    let documents = terminal::documents(reports);
    // The pages and the figures do not wait for each other; the order of the result does not depend on who is first.
    let ((pdf, summary), (figures, page)) = rayon::join(
        || rayon::join(|| pdf::render(report, template), || png::summary(report, template)),
        || rayon::join(|| figure_files(report), || html::render(reports, template)),
    );
    let mut files = figures?;
    files.extend([
        ("claims.csv".to_owned(), csv::render(&documents)?),
        ("claims.parquet".to_owned(), parquet::claims(&documents)?),
        ("evidence.parquet".to_owned(), parquet::evidence(&documents)?),
        ("report.html".to_owned(), page?),
        ("report.json".to_owned(), json::render(reports)?),
        ("report.pdf".to_owned(), pdf?),
        ("report.png".to_owned(), summary?),
    ]);
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}

/// Each figure as SVG and as PNG.
fn figure_files(report: &Report) -> Result<Vec<(String, Vec<u8>)>> {
    let figures: Vec<figure::Figure> = (report.checked.iter().enumerate())
        .flat_map(|(i, checked)| figure::of_claim(&report.claim_id(i), checked))
        .collect();
    let both = |figure: &figure::Figure| -> Result<[(String, Vec<u8>); 2]> {
        let svg = figure.svg();
        let png = png::of_figure(figure, &figure.svg_for_print())?;
        Ok([
            (format!("figures/{}.png", figure.name), png),
            (format!("figures/{}.svg", figure.name), svg.into_bytes()),
        ])
    };
    let files: Result<Vec<_>> = figures.par_iter().map(both).collect();
    Ok(files?.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_document_set_is_complete_and_repeatable() {
        let files = files(&fixture::report(), &Template::default()).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        for name in
            ["report.pdf", "report.png", "report.html", "report.json", "claims.csv", "figures/c01.svg"]
        {
            assert!(names.contains(&name), "{name} is missing from {names:?}");
        }
        assert!(names.is_sorted());
        assert!(files.iter().all(|(_, bytes)| !bytes.is_empty()));
        assert!(files == super::files(&fixture::report(), &Template::default()).unwrap());
    }
}
