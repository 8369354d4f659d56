//! One line of JSON Lines, or one record of another table of documents, in; an article out.

use super::{Article, Input, finish, parse_date, text};
use crate::error::{Error, Result};
use serde::Deserialize;
use std::borrow::Cow;

/// A document as corpora hold it.
#[derive(Debug, Clone, Deserialize)]
pub struct Record<'a> {
    /// What it is called.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Its text.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// The day of publication as the corpus writes it; empty for none.
    pub date: Option<Cow<'a, str>>,
    /// Its title.
    pub title: Option<Cow<'a, str>>,
    /// Its address.
    pub url: Option<Cow<'a, str>>,
}

impl Record<'_> {
    /// The record as an article. The text is read as plain text, so that byte offsets of claims point into it; an empty
    /// text is an article without sentences, since a corpus has such rows.
    ///
    /// # Errors
    /// [`Error::Date`] when its date is none.
    pub fn read(&self) -> Result<Article> {
        let date = self.date.as_deref().filter(|date| !date.is_empty()).map(parse_date).transpose()?;
        let input = Input {
            id: &self.id,
            bytes: &[],
            format: None,
            date,
            title: self.title.as_deref(),
            url: self.url.as_deref(),
        };
        Ok(finish(input, text::read(&self.text)))
    }
}

/// Reads `{"id", "text", "date"?, "title"?, "url"?}` as [`Record::read`] does.
///
/// # Errors
///
/// `Error::Article` when the line is not such an object, `Error::Date` when its date is none.
pub fn read_jsonl_line(line: &str) -> Result<Article> {
    let record: Record<'_> = serde_json::from_str(line).map_err(|error| Error::Article {
        input: "a line of JSON".to_owned(),
        why: error.to_string(),
        hint: "each line must be an object with the strings `id` and `text`".to_owned(),
    })?;
    record.read()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_article() {
        let article = read_jsonl_line(r#"{"id":"a","text":"**GPT-4** leads.\nStill.","date":"2024-02"}"#)
            .expect("reads");
        assert_eq!(article.id, "a");
        assert_eq!(article.original, "**GPT-4** leads.\nStill.");
        assert!(article.plain.starts_with("GPT-4 leads."));
        assert_eq!(article.published, Some(jiff::civil::date(2024, 2, 29)));
    }

    #[test]
    fn other_lines_are_refused() {
        for line in ["", "[]", r#"{"id":"a"}"#, r#"{"id":"a","text":"b","date":"soon"}"#] {
            assert!(read_jsonl_line(line).is_err(), "{line}");
        }
    }
}
