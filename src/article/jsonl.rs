//! One line of JSON Lines in; an article out.

use super::{Article, Input, finish, parse_date, text};
use crate::error::{Error, Result};
use serde::Deserialize;

/// A document as corpora hold it.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    text: std::borrow::Cow<'a, str>,
    date: Option<String>,
    title: Option<String>,
    url: Option<String>,
}

/// Reads `{"id", "text", "date"?, "title"?, "url"?}`. The text is read as plain text, so that byte offsets of claims
/// point into it; an empty text is an article without sentences, since a corpus has such rows.
///
/// # Errors
///
/// `Error::Article` when the line is not such an object, `Error::Date` when its date is none.
pub fn read_jsonl_line(line: &str) -> Result<Article> {
    let document: Line<'_> = serde_json::from_str(line).map_err(|error| Error::Article {
        input: "a line of JSON".to_owned(),
        why: error.to_string(),
        hint: "each line must be an object with the strings `id` and `text`".to_owned(),
    })?;
    let date = document.date.as_deref().filter(|date| !date.is_empty()).map(parse_date).transpose()?;
    let input = Input {
        id: &document.id,
        bytes: &[],
        format: None,
        date,
        title: document.title.as_deref(),
        url: document.url.as_deref(),
    };
    Ok(finish(input, text::read(&document.text)))
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
