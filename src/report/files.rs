//! The files of a report: a report and a template in; pages, tables and figures, with their names, out.

use super::document::Report;
use super::template::Template;
use super::{csv, figure, html, json, parquet, pdf, png, terminal};
use crate::error::Result;
use crate::parallel;

/// What makes the bytes of one file.
type Make<'r> = Box<dyn FnOnce() -> Result<Vec<u8>> + Send + 'r>;

/// Every file of a report: pages, tables and figures, with their paths below the output folder, in order of path.
///
/// # Errors
/// As [`super::render`].
pub fn files(report: &Report, template: &Template) -> Result<Vec<(String, Vec<u8>)>> {
    let reports = std::slice::from_ref(report);
    let documents = terminal::documents(reports);
    let figures: Vec<figure::Figure> = (report.checked.iter().enumerate())
        .flat_map(|(i, checked)| figure::of_claim(&report.claim_id(i), checked))
        .collect();
    // No file waits for another; what takes longest begins first.
    let mut wanted: Vec<(String, Make<'_>)> = vec![
        ("report.pdf".to_owned(), Box::new(|| pdf::render(report, template))),
        ("report.png".to_owned(), Box::new(|| png::summary(report, template))),
        ("report.html".to_owned(), Box::new(|| html::render(reports, template))),
    ];
    for figure in &figures {
        let (png, svg) = (format!("figures/{}.png", figure.name), format!("figures/{}.svg", figure.name));
        wanted.push((png, Box::new(move || png::of_figure(figure, &figure.svg_for_print()))));
        wanted.push((svg, Box::new(move || Ok(figure.svg().into_bytes()))));
    }
    wanted.extend([
        ("claims.csv".to_owned(), Box::new(|| csv::render(&documents)) as Make<'_>),
        ("claims.parquet".to_owned(), Box::new(|| parquet::claims(&documents))),
        ("evidence.parquet".to_owned(), Box::new(|| parquet::evidence(&documents))),
        ("report.json".to_owned(), Box::new(|| json::render(reports))),
    ]);
    let mut files = parallel::map(wanted, |(path, make)| Ok((path, make()?)))
        .into_iter()
        .collect::<Result<Vec<(String, Vec<u8>)>>>()?;
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
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
