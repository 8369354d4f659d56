//! Reports: checked claims in; terminal text, tables, pages and figures, as bytes, out.
//!
//! The last stage. It decides nothing and writes no file: what it says is in the verdicts, and the caller knows
//! where the bytes go. A format is one row of [`Format::ALL`].

mod card;
mod claimreview;
mod csv;
mod document;
pub mod figure;
mod files;
#[cfg(test)]
pub(crate) mod fixture;
mod github;
mod growing;
mod html;
mod json;
mod junit;
mod mapping;
mod mark;
mod markdown;
mod marked;
mod parquet;
mod pdf;
mod place;
mod png;
mod records;
mod sarif;
#[cfg(test)]
pub(crate) mod schema;
mod template;
mod terminal;
mod typeset;
mod view;
mod wording;

pub use document::{Checked, Report, SourceCard, Standing, line_and_column};
pub use files::files;
pub use growing::{GrowingTable, TableFormat};
pub use mapping::{BEST_RATING, Level, Mapping, WORST_RATING};
pub use place::fingerprints;
pub use records::{ClaimRecord, EvidenceRecord, JudgedRecord, Moment, StepRecord, records};
pub use template::Template;

use crate::article::Article;
use crate::claim::Claim;
use crate::error::{Error, Result};

/// The JSON Schema of the formats `json` and `jsonl`.
pub const SCHEMA: &str = include_str!("../../assets/schema/report.schema.json");

/// A figure as PNG at twice its size.
///
/// # Errors
/// When the typesetter cannot read the figure's SVG.
pub fn figure_png(figure: &figure::Figure) -> Result<Vec<u8>> {
    png::of_figure(figure, &figure.svg())
}

/// How an output looks and speaks. Colour only repeats what the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The words of other programs for the verdicts.
    pub mapping: Mapping,
}

impl Default for Style {
    fn default() -> Self {
        Style { colour: false, width: 100, mapping: Mapping::default() }
    }
}

/// What a report can be printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A finding a claim, with the sentence and why.
    Full,
    /// One line a claim.
    Concise,
    /// One JSON object.
    Json,
    /// One line of JSON a document.
    Jsonl,
    /// Markdown.
    Markdown,
    /// One self-contained web page.
    Html,
    /// One row a claim.
    Csv,
    /// One row a claim, typed.
    Parquet,
    /// What code scanners write.
    Sarif,
    /// What test runners write.
    Junit,
    /// Annotations of a workflow on GitHub.
    Github,
    /// The summary of a job on GitHub.
    GithubSummary,
    /// schema.org reviews as JSON-LD.
    ClaimReview,
}

/// A format's place in the table of all.
#[derive(Debug, Clone, Copy)]
pub struct FormatRow {
    /// The format.
    pub format: Format,
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, in half a line.
    pub describe: &'static str,
    /// Whether it is binary, and does not belong on a terminal.
    pub is_binary: bool,
    render: fn(&[Report], Style) -> Result<Vec<u8>>,
}

impl Format {
    /// Every format, in the order the help lists them.
    pub const ALL: [FormatRow; 13] = [
        row(
            Format::Full,
            "full",
            "each claim with its sentence, why, and the evidence",
            terminal::render_full,
        ),
        row(Format::Concise, "concise", "one line a claim", terminal::render_concise),
        row(Format::Json, "json", "everything, as one JSON object", |reports, _| json::render(reports)),
        row(Format::Jsonl, "jsonl", "one line of JSON a document", |reports, _| json::render_lines(reports)),
        row(Format::Markdown, "markdown", "a document for issues and wikis", |reports, _| {
            markdown::render(reports)
        }),
        row(Format::Html, "html", "one self-contained web page", |reports, _| {
            html::render(reports, &Template::default())
        }),
        row(Format::Csv, "csv", "one row a claim", |reports, _| csv::render(&terminal::documents(reports))),
        FormatRow {
            is_binary: true,
            ..row(Format::Parquet, "parquet", "one row a claim, with types", |reports, _| {
                parquet::claims(&terminal::documents(reports))
            })
        },
        row(Format::Sarif, "sarif", "SARIF 2.1.0, for code scanning", |reports, style| {
            sarif::render(reports, &style.mapping)
        }),
        row(Format::Junit, "junit", "JUnit XML, for the test panels of build servers", |reports, style| {
            junit::render(reports, &style.mapping)
        }),
        row(Format::Github, "github", "annotations of a GitHub workflow", |reports, style| {
            github::annotations(reports, &style.mapping)
        }),
        row(
            Format::GithubSummary,
            "github-summary",
            "the summary of a GitHub job, in Markdown",
            |reports, style| github::summary(reports, &style.mapping),
        ),
        row(Format::ClaimReview, "claimreview", "schema.org ClaimReview as JSON-LD", |reports, style| {
            claimreview::render(reports, &style.mapping)
        }),
    ];

    /// The format's row.
    #[must_use]
    pub fn row(self) -> &'static FormatRow {
        static ALL: [FormatRow; 13] = Format::ALL;
        &ALL[self as usize]
    }

    /// The format that goes by this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Format> {
        Self::ALL.iter().find(|row| row.name == name).map(|row| row.format)
    }
}

const fn row(
    format: Format,
    name: &'static str,
    describe: &'static str,
    render: fn(&[Report], Style) -> Result<Vec<u8>>,
) -> FormatRow {
    FormatRow { format, name, describe, is_binary: false, render }
}

/// Renders reports, in the order given.
///
/// # Errors
/// [`Error::Render`] when a page cannot be laid out or a table not be written; a defect of the program.
pub fn render(reports: &[Report], format: Format, style: Style) -> Result<Vec<u8>> {
    (format.row().render)(reports, style)
}

/// Renders claims that nothing has judged, in the order given.
///
/// # Errors
/// [`Error::Render`] for the formats that need verdicts.
pub fn render_claims(documents: &[(&Article, &[Claim])], format: Format, style: Style) -> Result<Vec<u8>> {
    let records = || {
        documents.iter().map(|(article, claims)| {
            let records =
                claims.iter().map(|claim| ClaimRecord::from_claim(article, claim)).collect::<Vec<_>>();
            (article.id.as_str(), records)
        })
    };
    match format {
        Format::Full => Ok(terminal::render_claims(documents, style, true)),
        Format::Concise => Ok(terminal::render_claims(documents, style, false)),
        Format::Json => json::list(records()),
        Format::Jsonl => json::lines(records()),
        Format::Csv => csv::render(&records().collect::<Vec<_>>()),
        Format::Parquet => parquet::claims(&records().collect::<Vec<_>>()),
        Format::Markdown
        | Format::Html
        | Format::Sarif
        | Format::Junit
        | Format::Github
        | Format::GithubSummary
        | Format::ClaimReview => Err(Error::Render {
            what: format.row().name.to_owned(),
            why: "it shows verdicts, and these claims have none; use `check`".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for row in Format::ALL {
            assert_eq!(row.format.row().name, row.name);
            assert_eq!(Format::from_name(row.name), Some(row.format));
        }
        assert_eq!(Format::from_name("doc"), None);
    }

    #[test]
    fn every_format_renders_every_report_twice_alike() {
        for build in
            [fixture::report, fixture::hostile, || fixture::with_claims(0), || fixture::with_claims(1)]
        {
            for row in Format::ALL {
                let bytes = render(&[build()], row.format, Style::default()).unwrap();
                assert_eq!(bytes, render(&[build()], row.format, Style::default()).unwrap(), "{}", row.name);
            }
        }
    }

    #[test]
    fn extracted_claims_render_without_verdicts() {
        let report = fixture::report();
        let claims: Vec<Claim> = report.checked.iter().map(|checked| checked.claim.clone()).collect();
        for row in Format::ALL {
            let rendered = render_claims(&[(&report.article, &claims)], row.format, Style::default());
            assert_eq!(
                rendered.is_err(),
                !matches!(
                    row.format,
                    Format::Full
                        | Format::Concise
                        | Format::Json
                        | Format::Jsonl
                        | Format::Csv
                        | Format::Parquet
                ),
                "{}",
                row.name
            );
        }
    }
}
