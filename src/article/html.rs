//! A web page in; its main content, title and day of publication out.

use super::builder::says_ignore;
use super::{Content, Segment, markdown, parse_date};
use crate::error::{Error, Result};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Where pages say when they were published, most trusted first, beyond what the readability library looks at.
static PUBLISHED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        r#"(?i)<meta[^>]+(?:property|name|itemprop)=["'](?:article:published_time|datePublished|date|pubdate|dc\.date|dc\.date\.issued|citation_publication_date|parsely-pub-date)["'][^>]*content=["']([^"']+)"#,
        r#"(?i)<meta[^>]+content=["'](\d{4}-\d{2}-\d{2}[^"']*)["'][^>]*(?:property|name|itemprop)=["'](?:article:published_time|datePublished|date|pubdate)"#,
        r#"(?i)"datePublished"\s*:\s*"([^"]+)"#,
        r#"(?i)<time[^>]+datetime=["']([^"']+)"#,
    ])
});

/// Extracts the main content; `original` is the extracted text, because spans of claims must be readable there.
pub(super) fn read(id: &str, page: &str, url: Option<&str>) -> Result<Content> {
    let refuse = |why: String| Error::Article {
        input: id.to_owned(),
        why,
        hint: "save the article's text and pass that".to_owned(),
    };
    let too_deep = || refuse(format!("its elements are nested deeper than {DEEPEST}, as no page's are"));
    if tags_left_open(page) > MOST_LEFT_OPEN {
        return Err(too_deep());
    }
    let document = Document::from(page);
    if is_too_deep(&document) {
        return Err(too_deep());
    }
    mark_ignored(&document);
    let config = Config { text_mode: TextMode::Markdown, ..Config::default() };
    let address = url.filter(|url| url.starts_with("http"));
    let mut reader = Readability::with_document(document, address, Some(config))
        .map_err(|error| refuse(error.to_string()))?;
    let found = reader.parse().map_err(|error| refuse(format!("no main content was found ({error})")))?;
    let mut content = markdown::read(&found.text_content.replace(IGNORED, "<!-- benchclaim: ignore -->"))?;
    content.original.clone_from(&content.plain);
    content.segments = vec![Segment { plain: 0, original: 0, len: content.plain.len() }];
    content.title = Some(found.title).filter(|title| !title.is_empty());
    content.url = found.url.or_else(|| canonical(page));
    content.published =
        found.published_time.as_deref().and_then(|date| parse_date(date).ok()).or_else(|| published(page));
    Ok(content)
}

/// Browsers stop nesting elements here; readers of pages call themselves once a level, and would run out of stack.
const DEEPEST: usize = 512;

/// The parser's time grows with the square of the elements that are open: far more than this are not given to it.
const MOST_LEFT_OPEN: usize = 8 * DEEPEST;

/// Elements that hold nothing or that the next of their kind closes: left open, they do not nest.
const NEVER_DEEP: [&str; 20] = [
    "area", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "source", "td", "th", "tr", "track", "wbr",
];

/// About how many elements are open at most, as the tags tell: scripts are passed over.
fn tags_left_open(page: &str) -> usize {
    let (mut open, mut most, mut at) = (0_usize, 0, 0);
    while let Some(found) = page[at..].find('<') {
        at += found + 1;
        let tag = &page[at..];
        let (tag, closes) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        let end = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &tag[..end];
        let is_named = |known: &&str| name.eq_ignore_ascii_case(known);
        if !closes && name.eq_ignore_ascii_case("script") {
            at += page[at..].find("</").unwrap_or(page.len() - at);
        } else if end > 0 && !NEVER_DEEP.iter().any(is_named) && !is_closed_at_once(tag) {
            open = if closes { open.saturating_sub(1) } else { open + 1 };
            most = most.max(open);
        }
    }
    most
}

/// Whether a tag ends in "/>", as those of drawings do.
fn is_closed_at_once(tag: &str) -> bool {
    tag.find(['<', '>']).is_some_and(|end| tag[..end].ends_with('/') && tag[end..].starts_with('>'))
}

/// Whether some element lies deeper in others than that.
fn is_too_deep(page: &Document) -> bool {
    let mut nodes = vec![(page.root(), 0)];
    while let Some((node, depth)) = nodes.pop() {
        if depth > DEEPEST {
            return true;
        }
        nodes.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// Stands at the end of a paragraph that a comment says to ignore: the readability library drops comments. The characters
/// around it are for private use, so that no page has them.
const IGNORED: &str = "\u{F5A1}ignored\u{F5A1}";

/// Elements that hold paragraphs or are one.
const BLOCKS: [&str; 16] = [
    "article",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "li",
    "main",
    "ol",
    "p",
    "section",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];

/// Marks the paragraphs that comments say to ignore: the one that a comment stands in, else the next one.
fn mark_ignored(page: &Document) {
    let is_block = |node: &NodeRef<'_>| node.node_name().is_some_and(|name| BLOCKS.contains(&&*name));
    let comments: Vec<NodeRef<'_>> =
        page.root().descendants_it().filter(|node| node.is_comment() && says_ignore(&node.html())).collect();
    for comment in comments {
        let within = comment.parent().filter(|parent| parent.has_name("p"));
        let Some(mut block) = within.or_else(|| comment.next_element_sibling()) else { continue };
        while let Some(inner) = block.first_element_child().filter(is_block) {
            block = inner;
        }
        block.append_html(IGNORED);
    }
}

/// Where the page says that it is published.
static CANONICAL: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        r#"(?i)<link[^>]+rel=["']?canonical["']?[^>]*href=["']([^"']+)"#,
        r#"(?i)<link[^>]+href=["']([^"']+)["'][^>]*rel=["']?canonical"#,
        r#"(?i)<meta[^>]+property=["']og:url["'][^>]*content=["']([^"']+)"#,
    ])
});

fn patterns(patterns: &[&str]) -> Vec<Regex> {
    let compiled = |pattern: &&str| Regex::new(pattern).expect("the patterns are constant and tested");
    patterns.iter().map(compiled).collect()
}

/// What the patterns find in a page, the most trusted first.
fn told<'p>(page: &'p str, patterns: &'p [Regex]) -> impl Iterator<Item = &'p str> {
    patterns.iter().filter_map(move |pattern| Some(pattern.captures(page)?.get(1)?.as_str()))
}

fn canonical(page: &str) -> Option<String> {
    told(page, &CANONICAL).next().filter(|url| url.starts_with("http")).map(str::to_owned)
}

/// The first date that the page gives for its publication.
fn published(page: &str) -> Option<Date> {
    told(page, &PUBLISHED).find_map(|date| parse_date(date).ok())
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
    fn a_comment_leaves_the_next_paragraph_of_a_page_unread() {
        let filler = "<p>The maintainers of the board have noted on several occasions this year, in posts and in talks, that \
                      margins are small.</p>".repeat(6);
        let page = format!(
            "<html><body><article>{filler}<!-- benchclaim: ignore --><div><p>Qwen rivals Llama 2 on most of the \
             tests that matter.</p><p>Yi leads the board, as of this week.</p></div><ul>\
             <!-- BenchClaim:ignore --><li>GPT-4 scores 86.4 on MMLU.</li></ul>{filler}</article></body></html>"
        );
        let content = read("page.html", &page, None).expect("reads");
        let skipped: Vec<&str> = (content.paragraphs.iter())
            .filter(|paragraph| paragraph.skipped.is_some())
            .map(|paragraph| paragraph.span.of(&content.plain))
            .collect();
        assert_eq!(
            skipped,
            ["Qwen rivals Llama 2 on most of the tests that matter.", "GPT-4 scores 86.4 on MMLU."]
        );
        assert!(!content.plain.contains("ignored"));
    }

    #[test]
    fn a_page_nested_without_end_is_refused_and_one_of_open_paragraphs_is_not() {
        for levels in [1000, 100_000] {
            let nested = format!("<html><body>{}", "<div>a".repeat(levels));
            let why = read("page.html", &nested, None).map(|_| ()).expect_err("must be refused").to_string();
            assert!(why.contains("nested deeper"), "{why}");
        }
        let open = format!(
            "<html><body><article>{}",
            "<p>Qwen beats Llama 2 on MMLU by three points. ".repeat(2000)
        );
        assert!(read("page.html", &open, None).is_ok());
    }

    #[test]
    fn a_page_says_where_it_is_published() {
        let canonical = |page: &str| canonical(page).unwrap_or_default();
        assert_eq!(canonical(r#"<link rel="canonical" href="https://a.org/x">"#), "https://a.org/x");
        assert_eq!(canonical(r#"<link href='https://a.org/x' rel=canonical>"#), "https://a.org/x");
        assert_eq!(canonical(r#"<link rel="canonical" href="/x">"#), "");
    }

    #[test]
    fn other_places_for_the_date() {
        assert_eq!(published(r#"<script>{"datePublished": "2023-11-02"}</script>"#), Some(date(2023, 11, 2)));
        assert_eq!(published(r#"<time datetime="2025-01-20T10:00">"#), Some(date(2025, 1, 20)));
        assert_eq!(published("<p>2024-01-01</p>"), None);
    }
}
