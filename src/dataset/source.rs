//! Sources: where the bodies of a data set are fetched from and how they are kept, as its manifest says.

use jiff::civil::Date;
use serde::Deserialize;

/// Stands for the day of the fetch in a file name.
const DAY: &str = "{day}";

/// One body that is fetched to refresh a data set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Address.
    pub url: String,
    /// What the server sends.
    pub format: Upstream,
    /// Name of the raw file that it is kept as; begins with `{day}`, the day of the fetch.
    pub file: String,
}

/// What a server sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upstream {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// Parquet; kept as CSV.
    Parquet,
    /// A page whose first table with a body is meant; kept as CSV.
    HtmlTable,
    /// A Markdown file whose first table is meant; kept as CSV.
    MarkdownTable,
}

impl Upstream {
    /// Media types under which servers send this. Plain text and bytes are what code hosts call everything.
    #[must_use]
    pub fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["text/csv", "application/csv", "text/plain", "application/octet-stream"],
            Self::Json => &["application/json", "text/json", "text/plain", "application/octet-stream"],
            Self::Yaml => &[
                "application/yaml",
                "application/x-yaml",
                "text/yaml",
                "text/x-yaml",
                "text/plain",
                "application/octet-stream",
            ],
            Self::Parquet => {
                &["application/vnd.apache.parquet", "application/x-parquet", "application/octet-stream"]
            }
            Self::HtmlTable => &["text/html", "application/xhtml+xml"],
            Self::MarkdownTable => {
                &["text/markdown", "text/x-markdown", "text/plain", "application/octet-stream"]
            }
        }
    }
}

impl Source {
    /// The file name on a day, told apart from others of that day by `mark`.
    #[must_use]
    pub fn file_on(&self, day: Date, mark: &str) -> String {
        let day = if mark.is_empty() { day.to_string() } else { format!("{day}-{mark}") };
        self.file.replace(DAY, &day)
    }

    /// What cannot be about it, with its key.
    pub(super) fn fault_in(&self) -> Option<String> {
        // Plain http is for a mirror on the same machine, and for tests.
        let is_local = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"];
        let is_safe =
            self.url.starts_with("https://") || is_local.iter().any(|start| self.url.starts_with(start));
        let is_plain = !self.file.contains(['/', '\\']) && self.file.len() > DAY.len();
        match self {
            _ if !is_safe => Some(format!("key `url`: `{}` is not an https address", self.url)),
            _ if !self.file.starts_with(DAY) || !is_plain => {
                Some(format!("key `file`: `{}` is not a file name that begins with {DAY}", self.file))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(url: &str, file: &str) -> Source {
        Source { url: url.to_owned(), format: Upstream::Csv, file: file.to_owned() }
    }

    #[test]
    fn a_file_is_named_for_its_day() {
        let source = source("https://example.org/a.csv", "{day}.scores.csv");
        assert_eq!(source.fault_in(), None);
        assert_eq!(source.file_on(Date::constant(2026, 11, 22), ""), "2026-11-22.scores.csv");
        assert_eq!(source.file_on(Date::constant(2026, 11, 22), "ab12"), "2026-11-22-ab12.scores.csv");
    }

    #[test]
    fn open_networks_and_odd_names_are_refused() {
        assert!(source("http://example.org/a.csv", "{day}.csv").fault_in().is_some());
        assert!(source("http://127.0.0.1.example.org/a.csv", "{day}.csv").fault_in().is_some());
        assert!(source("file:///etc/passwd", "{day}.csv").fault_in().is_some());
        assert!(source("https://example.org", "../{day}.csv").fault_in().is_some());
        assert!(source("https://example.org", "{day}/../a.csv").fault_in().is_some());
        assert!(source("http://127.0.0.1:8080/a.csv", "{day}.csv").fault_in().is_none());
    }
}
