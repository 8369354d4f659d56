//! Where a finding stands, for programs: an article and a span in; an address, lines and columns, and a fingerprint
//! that outlives edits around it, out.

use super::document::{Checked, Report, line_and_column};
use crate::article::{Article, Span};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a path may hold unescaped in a URI reference (RFC 3986: unreserved, and the slash).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Hexadecimal digits of a fingerprint: 64 bits tell the claims of any project apart.
const FINGERPRINT_DIGITS: usize = 16;

/// Lines and columns from 1; columns count characters, and the end is one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start: (usize, usize),
    pub(super) end: (usize, usize),
}

/// Whether the text read is the file's own: of web pages and PDF it is what was extracted, whose lines are nobody's.
pub(super) fn has_lines(article: &Article) -> bool {
    let id = article.id.to_ascii_lowercase();
    let extracted = [".html", ".htm", ".xhtml", ".pdf"];
    !is_web(&id) && !extracted.iter().any(|ending| id.ends_with(ending))
}

/// Whether the article was read from an address.
pub(super) fn is_web(id: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| id.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Line and column of a span in words; empty where the file has no such lines.
pub(super) fn in_words(article: &Article, span: Span) -> String {
    region(article, span)
        .map_or_else(String::new, |region| format!("line {}, column {}", region.start.0, region.start.1))
}

/// The place of a span in the file; `None` where the file has no such lines.
pub(super) fn region(article: &Article, span: Span) -> Option<Region> {
    has_lines(article).then(|| Region {
        start: line_and_column(&article.original, span.start),
        end: line_and_column(&article.original, span.end),
    })
}

/// Characters before a byte of the text: the positions that web annotations count in.
pub(super) fn characters_before(text: &str, offset: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < offset).count()
}

/// The article as a URI reference: its address as it is, a path with what no URI may hold escaped.
pub(super) fn uri(article: &Article) -> String {
    let id = article.id.as_str();
    if is_web(&id.to_ascii_lowercase()) {
        return id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    }
    let path = utf8_percent_encode(id.trim_start_matches("./"), PATH).to_string();
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

/// Words of a long quote that a link names at either end.
const FRAGMENT_WORDS: usize = 6;

/// A link to the words in the article (a text fragment, as WICG's "Text Fragments" writes them), for a browser to scroll
/// to and mark. Where the words are not found it leads to the article all the same.
pub(super) fn text_fragment(url: &str, quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let encode = |words: &[&str]| utf8_percent_encode(&words.join(" "), NON_ALPHANUMERIC).to_string();
    let text = match words.len() {
        n if n > 2 * FRAGMENT_WORDS => {
            format!("{},{}", encode(&words[..FRAGMENT_WORDS]), encode(&words[n - FRAGMENT_WORDS..]))
        }
        _ => encode(&words),
    };
    let directive = if url.contains('#') { ":~:text=" } else { "#:~:text=" };
    format!("{url}{directive}{text}")
}

/// A fingerprint a claim, in order: its document, type and words, and its number among equals. Edits elsewhere in the
/// text leave it alone, so that a list of known findings stays good.
#[must_use]
pub fn fingerprints(report: &Report) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let fingerprint = |checked: &Checked| {
        let words: Vec<&str> = checked.claim.quote.split_whitespace().collect();
        let key = format!("{}\n{}\n{}", uri(&report.article), checked.claim.kind.name(), words.join(" "));
        let nth = seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(0);
        let digest = Sha256::digest(format!("{key}\n{nth}"));
        let mut text = String::new();
        for byte in digest.iter().take(FINGERPRINT_DIGITS / 2) {
            _ = write!(text, "{byte:02x}");
        }
        text
    };
    report.checked.iter().map(fingerprint).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn named(id: &str) -> Article {
        Article { id: id.to_owned(), ..fixture::report().article }
    }

    #[test]
    fn a_path_becomes_a_reference_and_an_address_stays() {
        assert_eq!(uri(&named("./a b/é.md")), "a%20b/%C3%A9.md");
        assert_eq!(uri(&named("/tmp/x.md")), "file:///tmp/x.md");
        assert_eq!(uri(&named("https://a.example/?q=1")), "https://a.example/?q=1");
    }

    #[test]
    fn a_fragment_escapes_what_would_end_it_and_shortens_what_is_long() {
        let link = text_fragment("https://a.example/x", "is 86.4%, well-known");
        assert_eq!(link, "https://a.example/x#:~:text=is%2086%2E4%25%2C%20well%2Dknown");
        let long = text_fragment("https://a.example/x#top", "a b c d e f g h i j k l m n");
        assert_eq!(long, "https://a.example/x#top:~:text=a%20b%20c%20d%20e%20f,i%20j%20k%20l%20m%20n");
    }

    #[test]
    fn extracted_text_has_no_lines() {
        assert!(has_lines(&named("a.md")) && has_lines(&named("standard input")));
        assert!(!has_lines(&named("a.PDF")) && !has_lines(&named("https://a.example/x")));
    }

    #[test]
    fn a_fingerprint_outlives_text_before_it_and_differs_among_equals() {
        let report = fixture::report();
        let before = fingerprints(&report);
        let mut moved = fixture::report();
        for checked in &mut moved.checked {
            checked.claim.span = Span::new(checked.claim.span.start + 7, checked.claim.span.end + 7);
        }
        assert_eq!(fingerprints(&moved), before);
        moved.checked = vec![report.checked[0].clone(), report.checked[0].clone()];
        let twins = fingerprints(&moved);
        assert!(twins[0] == before[0] && twins[1] != before[0] && twins[0].len() == FINGERPRINT_DIGITS);
    }

    #[test]
    fn positions_count_characters() {
        assert_eq!(characters_before("é通a", 5), 2);
        assert_eq!(characters_before("abc", 99), 3);
    }
}
