//! Articles: bytes in; text, date, paragraphs and sentences out.
//!
//! The first stage of the pipeline. It keeps the way back to the original bytes and drops markup; it does not
//! judge what the text says, and it touches neither the network nor the clock.
mod builder;
mod date;
mod document;
mod html;
mod jsonl;
mod language;
mod markdown;
mod pdf;
mod repeats;
mod sentence;
mod text;

pub use date::parse_date;
pub use document::*;
pub use jsonl::{Record, read_jsonl_line};

use crate::error::{Error, Result};
use jiff::civil::Date;

/// More than this is a corpus, not an article, and belongs in `scan` as JSON Lines.
pub const MAX_ARTICLE_BYTES: usize = 10 * 1024 * 1024;

/// How the bytes of an input are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page; its main content is extracted.
    Html,
    /// A PDF with a text layer.
    Pdf,
    /// Plain text, where single line ends may be mere wrapping and stray inline markup is dropped.
    Text,
}

/// What `read` works on. What the caller knows takes precedence over what the document says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What the user called it: a path, a URL or "standard input".
    pub id: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// How to read them; `None` guesses from `id` and the bytes.
    pub format: Option<Format>,
    /// The day of publication, where the user gave one.
    pub date: Option<Date>,
    /// The title, where the user gave one.
    pub title: Option<&'a str>,
    /// The address, where known.
    pub url: Option<&'a str>,
}

/// What a format's reader finds: the text as read, its paragraphs, and what the document says of itself.
pub(crate) struct Content {
    original: String,
    plain: String,
    segments: Vec<Segment>,
    paragraphs: Vec<Paragraph>,
    title: Option<String>,
    url: Option<String>,
    published: Option<Date>,
}

/// Reads one document.
///
/// # Errors
///
/// `Error::Article` when the input is empty, too large, binary, not UTF-8, or a page or PDF without readable text;
/// `Error::Date` when the front matter holds a date that is none.
pub fn read(input: Input<'_>) -> Result<Article> {
    let refuse =
        |why: String, hint: &str| Error::Article { input: input.id.to_owned(), why, hint: hint.to_owned() };
    if input.bytes.len() > MAX_ARTICLE_BYTES {
        let why = format!("{} bytes are more than the {MAX_ARTICLE_BYTES} of an article", input.bytes.len());
        return Err(refuse(why, "split it, or use `scan` on JSON Lines"));
    }
    if input.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refuse("it is empty".to_owned(), "check the path"));
    }
    let format = input.format.unwrap_or_else(|| guess(input.id, input.bytes));
    let content = match format {
        Format::Pdf => pdf::read(input.id, input.bytes)?,
        Format::Html => html::read(input.id, utf8(input.id, input.bytes)?, input.url)?,
        Format::Markdown => markdown::read(utf8(input.id, input.bytes)?).map_err(|error| {
            refuse(format!("its front matter does not read: {error}"), "write its date as YYYY-MM-DD")
        })?,
        Format::Text => text::read(utf8(input.id, input.bytes)?),
    };
    if content.plain.trim().is_empty() {
        return Err(refuse(
            "no text was found in it".to_owned(),
            "pass the article itself, as text or Markdown",
        ));
    }
    Ok(finish(input, content))
}

/// Where a dateline may stand, in paragraphs from the top, and how long it is at most, in bytes.
const LINES_OF_A_HEAD: usize = 5;
const LONGEST_DATELINE: usize = 80;

/// Joins what the caller knows and what the reader found, then marks languages and repetitions.
fn finish(input: Input<'_>, content: Content) -> Article {
    let lines =
        content.paragraphs.iter().take(LINES_OF_A_HEAD).map(|paragraph| paragraph.span.of(&content.plain));
    let mut dated = lines.filter(|line| line.len() <= LONGEST_DATELINE).filter_map(date::dateline);
    let published = input.date.or(content.published).or_else(|| dated.next());
    let mut paragraphs = content.paragraphs;
    language::mark(&content.plain, &mut paragraphs);
    repeats::mark(&content.plain, &mut paragraphs);
    Article {
        id: input.id.to_owned(),
        title: input.title.map(str::to_owned).or(content.title),
        url: input.url.map(str::to_owned).or(content.url),
        published,
        original: content.original,
        plain: content.plain,
        segments: content.segments,
        paragraphs,
    }
}

/// The format that the name's ending or the first bytes suggest.
fn guess(id: &str, bytes: &[u8]) -> Format {
    let name = id.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
    if head.starts_with("%pdf-") {
        Format::Pdf
    } else if ends(&[".html", ".htm", ".xhtml"])
        || head.starts_with("<!doctype html")
        || head.starts_with("<html")
    {
        Format::Html
    } else if ends(&[".md", ".markdown", ".mdown"]) || head.starts_with("---\n") {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// The bytes as text.
fn utf8<'b>(id: &str, bytes: &'b [u8]) -> Result<&'b str> {
    let refuse =
        |why: String, hint: &str| Err(Error::Article { input: id.to_owned(), why, hint: hint.to_owned() });
    if bytes.contains(&0) {
        return refuse("it holds NUL bytes, so it is binary".to_owned(), "pass text, Markdown, HTML or PDF");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let why = format!("byte {} is not valid UTF-8", error.valid_up_to());
            refuse(why, "convert it, for example with `iconv -t utf-8`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input<'a>(id: &'a str, bytes: &'a [u8]) -> Input<'a> {
        Input { id, bytes, format: None, date: None, title: None, url: None }
    }

    #[test]
    fn formats_are_guessed() {
        assert_eq!(guess("a.pdf", b"%PDF-1.7"), Format::Pdf);
        assert_eq!(guess("https://x.org/page", b"  <!DOCTYPE html><html>"), Format::Html);
        assert_eq!(guess("notes.MD", b"text"), Format::Markdown);
        assert_eq!(guess("standard input", b"GPT-4 leads."), Format::Text);
    }

    #[test]
    fn what_is_no_article_is_refused_with_a_reason() {
        let why = |bytes: &[u8]| read(input("x.txt", bytes)).expect_err("must be refused").to_string();
        assert!(why(b" \n\t").contains("empty"));
        assert!(why(b"abc\0def").contains("NUL"));
        assert!(why(b"abc \xff def").contains("byte 4"));
        assert!(why(&vec![b'a'; MAX_ARTICLE_BYTES + 1]).contains("more than"));
        assert!(why(b"%PDF-1.7 and then nothing of the kind").contains("PDF"));
    }

    #[test]
    fn what_the_caller_knows_wins() {
        let bytes = b"---\ntitle: Inside\ndate: 2024-02-21\n---\n\nGPT-4 leads the board.\n";
        let article = read(Input { title: Some("Outside"), ..input("a.md", bytes) }).expect("reads");
        assert_eq!(article.title.as_deref(), Some("Outside"));
        assert_eq!(article.published, Some(jiff::civil::date(2024, 2, 21)));
        assert_eq!(article.sentences().count(), 1);
    }
}
