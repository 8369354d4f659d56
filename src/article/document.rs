//! The article as the later stages see it: plain text, sentences, and the way back to the original bytes.

use super::sentence;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many bytes the two share.
    #[must_use]
    pub fn shared(&self, other: &Span) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes of `text` that the span covers.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// A run of plain text that stands unchanged in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where the run starts in the plain text.
    pub plain: usize,
    /// Where it starts in the original.
    pub original: usize,
    /// How many bytes it runs.
    pub len: usize,
}

/// What a paragraph is, as far as claims care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// Running prose or a list item.
    Prose,
    /// A heading or bare title: holds no claim.
    Heading,
    /// A block quotation: its claims are somebody else's.
    Quotation,
    /// The names of a table's columns: they claim nothing by themselves.
    TableHead,
    /// A row of a table, its cells parted by bars.
    TableRow,
}

/// A paragraph of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its place in the plain text.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
    /// The earlier paragraph that says the same, if this is a repetition (index into `paragraphs`).
    pub repeats: Option<usize>,
    /// Why it was left unread ("not English", "ignored by comment"), or `None` when it is read.
    pub skipped: Option<String>,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its place in the plain text.
    pub span: Span,
    /// The paragraph it stands in (index into `paragraphs`).
    pub paragraph: usize,
}

/// Text with sentences, a date, and the way back to the original bytes.
#[derive(Debug, Clone)]
pub struct Article {
    /// What the user called it: a path, a URL, "standard input", or the id of a JSON line.
    pub id: String,
    /// The title, where one was found.
    pub title: Option<String>,
    /// The address it was published at, where known.
    pub url: Option<String>,
    /// The day it was published; `None` when nothing says so.
    pub published: Option<Date>,
    /// The text as read (HTML and PDF: as extracted). Spans of claims point into this.
    pub original: String,
    /// The text without markup, in which sentences and mentions are found.
    pub plain: String,
    /// How plain text maps to the original, in order of both.
    pub segments: Vec<Segment>,
    /// Paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
}

impl Article {
    /// The sentences of a paragraph; none of one that is not read for claims. They are split when they are asked for,
    /// since most paragraphs of most texts are about something else.
    #[must_use]
    pub fn sentences_of(&self, paragraph: usize) -> Vec<Sentence> {
        let Some(of) = self.paragraphs.get(paragraph) else { return Vec::new() };
        if matches!(of.kind, ParagraphKind::Heading | ParagraphKind::TableHead) || of.skipped.is_some() {
            return Vec::new();
        }
        let placed = |span: Span| Span::new(of.span.start + span.start, of.span.start + span.end);
        let spans = sentence::split(of.span.of(&self.plain)).into_iter();
        spans.map(|span| Sentence { span: placed(span), paragraph }).collect()
    }

    /// Every sentence in reading order.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence> {
        (0..self.paragraphs.len()).flat_map(|paragraph| self.sentences_of(paragraph))
    }

    /// The bytes of the original that a span of plain text came from.
    #[must_use]
    pub fn to_original(&self, plain: Span) -> Span {
        let locate = |offset: usize, end: bool| -> usize {
            let i = self.segments.partition_point(|s| if end { s.plain < offset } else { s.plain <= offset });
            match i.checked_sub(1).map(|i| self.segments[i]) {
                Some(s) => s.original + (offset - s.plain).min(s.len),
                None => self.segments.first().map_or(0, |s| s.original),
            }
        };
        // What stands for something else in the original, such as an entity, need not be as long as it.
        let start = self.original.floor_char_boundary(locate(plain.start, false));
        let end = self.original.ceil_char_boundary(locate(plain.end, true));
        Span::new(start, end.max(start))
    }

    /// The plain text that a span of the original became; empty at 0 when nothing of it is in the plain text.
    #[must_use]
    pub fn to_plain(&self, original: Span) -> Span {
        let after = |offset: usize, s: &Segment| (offset.max(s.original) - s.original).min(s.len) + s.plain;
        let first = self.segments.partition_point(|s| s.original + s.len <= original.start);
        let beyond = self.segments.partition_point(|s| s.original < original.end);
        let parts = self.segments.get(first..beyond).unwrap_or_default();
        match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => Span::new(after(original.start, first), after(original.end, last)),
            _ => Span::new(0, 0),
        }
    }

    /// The words at a span of the original, without the marks that set them bold or link them.
    #[must_use]
    pub fn words(&self, original: Span) -> &str {
        self.to_plain(original).of(&self.plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_cuts_no_character() {
        let article = Article {
            id: String::new(),
            title: None,
            url: None,
            published: None,
            original: "a\u{1f999}b".to_owned(),
            plain: "a??b".to_owned(),
            segments: vec![
                Segment { plain: 0, original: 0, len: 1 },
                // Two bytes stand for the four of the animal.
                Segment { plain: 1, original: 1, len: 2 },
                Segment { plain: 3, original: 5, len: 1 },
            ],
            paragraphs: Vec::new(),
        };
        assert_eq!(article.to_original(Span::new(0, 2)), Span::new(0, 5));
        assert_eq!(article.to_original(Span::new(2, 4)), Span::new(1, 6));
    }
}
