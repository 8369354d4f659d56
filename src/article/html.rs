//! A web page in; its main content, title and day of publication out.

use super::{Content, Segment, markdown, parse_date};
use crate::error::{Error, Result};
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Where pages say when they were published, most trusted first, beyond what the readability library looks at.
static PUBLISHED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r#"(?i)<meta[^>]+(?:property|name|itemprop)=["'](?:article:published_time|datePublished|date|pubdate|dc\.date|dc\.date\.issued|citation_publication_date|parsely-pub-date)["'][^>]*content=["']([^"']+)"#,
        r#"(?i)<meta[^>]+content=["'](\d{4}-\d{2}-\d{2}[^"']*)["'][^>]*(?:property|name|itemprop)=["'](?:article:published_time|datePublished|date|pubdate)"#,
        r#"(?i)"datePublished"\s*:\s*"([^"]+)"#,
        r#"(?i)<time[^>]+datetime=["']([^"']+)"#,
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).expect("the patterns are constant and tested"))
    .collect()
});

/// Extracts the main content; `original` is the extracted text, because spans of claims must be readable there.
pub(super) fn read(id: &str, page: &str, url: Option<&str>) -> Result<Content> {
    let refuse = |why: String| Error::Article {
        input: id.to_owned(),
        why,
        hint: "save the article's text and pass that".to_owned(),
    };
    let config = Config { text_mode: TextMode::Markdown, ..Config::default() };
    let address = url.filter(|url| url.starts_with("http"));
    let mut reader =
        Readability::new(page, address, Some(config)).map_err(|error| refuse(error.to_string()))?;
    let found = reader.parse().map_err(|error| refuse(format!("no main content was found ({error})")))?;
    let mut content = markdown::read(&found.text_content)?;
    content.original.clone_from(&content.plain);
    content.segments = vec![Segment { plain: 0, original: 0, len: content.plain.len() }];
    content.title = Some(found.title).filter(|title| !title.is_empty());
    content.url = found.url;
    content.published =
        found.published_time.as_deref().and_then(|date| parse_date(date).ok()).or_else(|| published(page));
    Ok(content)
}

/// The first date that the page gives for its publication.
fn published(page: &str) -> Option<Date> {
    PUBLISHED.iter().find_map(|pattern| {
        let date = pattern.captures(page)?.get(1)?.as_str();
        parse_date(date).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn main_content_title_and_date() {
        let body = "<p>Qwen beats Llama 2 on MMLU, by <b>three points</b>, and the margin has been growing since the \
                    spring, as the maintainers of the board have noted on several occasions this year.</p>"
            .repeat(5);
        let page = format!(
            "<!doctype html><html><head><title>A board</title><meta property=\"article:published_time\" \
             content=\"2024-02-21T08:00:00Z\"></head><body><nav>Home About</nav><article><h2>News</h2>{body}</article></body></html>"
        );
        let content = read("page.html", &page, None).expect("reads");
        assert!(content.plain.contains("by three points, and"), "{}", content.plain);
        assert!(!content.plain.contains("Home About"));
        assert_eq!(content.published, Some(date(2024, 2, 21)));
        assert_eq!(content.original, content.plain);
    }

    #[test]
    fn other_places_for_the_date() {
        assert_eq!(published(r#"<script>{"datePublished": "2023-11-02"}</script>"#), Some(date(2023, 11, 2)));
        assert_eq!(published(r#"<time datetime="2025-01-20T10:00">"#), Some(date(2025, 1, 20)));
        assert_eq!(published("<p>2024-01-01</p>"), None);
    }
}
