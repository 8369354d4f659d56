//! Builds plain text out of runs of the original, and remembers where each run came from.

use super::{Content, Paragraph, ParagraphKind, Segment, Span};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a skipped paragraph's comment says; whoever writes it without the space or with a hyphen means it no less.
static IGNORE_COMMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bbenchclaim\s*[:-]?\s*ignore\b").expect("the pattern is constant and tested")
});

/// Whether a comment says to leave the next paragraph unread.
pub(super) fn says_ignore(comment: &str) -> bool {
    IGNORE_COMMENT.is_match(comment)
}

/// Collects paragraphs in reading order.
pub(super) struct Builder<'o> {
    original: &'o str,
    plain: String,
    segments: Vec<Segment>,
    paragraphs: Vec<Paragraph>,
    start: usize,
    ignore_next: bool,
    /// Whether everything is ignored until the list, table or quotation that a comment stands before has ended.
    ignore_all: bool,
}

impl<'o> Builder<'o> {
    pub(super) fn new(original: &'o str) -> Self {
        let plain = String::with_capacity(original.len());
        Self {
            original,
            plain,
            segments: Vec::new(),
            paragraphs: Vec::new(),
            start: 0,
            ignore_next: false,
            ignore_all: false,
        }
    }

    /// Appends a run of the original. Line ends and tabs become spaces, byte for byte.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        let text = &self.original[range.clone()];
        if text.is_empty() {
            return;
        }
        self.map(range.start, text.len());
        if text.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t')) {
            self.plain.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
        } else {
            self.plain.push_str(text);
        }
    }

    /// Appends text that stands for a run of the original without being equal to it (an entity, an escape).
    pub(super) fn substitute(&mut self, range: Range<usize>, text: &str) {
        self.map(range.start, range.len().min(text.len()));
        self.plain.push_str(text);
    }

    /// Separates what would otherwise run together; a line that ends within "GPT-3.5" goes on with it.
    pub(super) fn space(&mut self) {
        let mut last = self.plain.chars().rev();
        let is_cut = last.next() == Some('-') && last.next().is_some_and(char::is_alphanumeric);
        if self.plain.len() > self.start && !self.plain.ends_with(' ') && !is_cut {
            self.plain.push(' ');
        }
    }

    /// Appends a separator that the original does not have, such as a bar between table cells.
    pub(super) fn separator(&mut self, text: &str) {
        self.plain.push_str(text);
    }

    /// Notes a comment; one that says so leaves the next paragraph unread.
    pub(super) fn comment(&mut self, comment: &str) {
        if says_ignore(comment) {
            self.ignore_next = true;
        }
    }

    /// Begins what holds several paragraphs; whether a comment before it leaves them all unread.
    pub(super) fn begins_ignored(&mut self) -> bool {
        let begins = !self.ignore_all && std::mem::take(&mut self.ignore_next);
        self.ignore_all |= begins;
        begins
    }

    /// Ends what was ignored as a whole.
    pub(super) fn ends_ignored(&mut self) {
        self.ignore_all = false;
    }

    /// Ends the paragraph; without text there is none.
    pub(super) fn close(&mut self, kind: ParagraphKind) {
        let text = &self.plain[self.start..];
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let start = self.start + (text.len() - text.trim_start().len());
            let is_ignored = std::mem::take(&mut self.ignore_next) || self.ignore_all;
            let skipped = is_ignored.then(|| "ignored by comment".to_owned());
            self.paragraphs.push(Paragraph {
                span: Span::new(start, start + trimmed.len()),
                kind,
                repeats: None,
                skipped,
            });
        }
        if !self.plain.is_empty() && !self.plain.ends_with('\n') {
            self.plain.push('\n');
        }
        self.start = self.plain.len();
    }

    /// Everything collected.
    pub(super) fn finish(self) -> Content {
        Content {
            original: self.original.to_owned(),
            plain: self.plain,
            segments: self.segments,
            paragraphs: self.paragraphs,
            title: None,
            url: None,
            published: None,
        }
    }

    /// Records that the next `len` bytes of plain text come from `original`, joining runs that touch on both sides.
    fn map(&mut self, original: usize, len: usize) {
        let plain = self.plain.len();
        if let Some(last) = self.segments.last_mut()
            && last.plain + last.len == plain
            && last.original + last.len == original
        {
            last.len += len;
            return;
        }
        self.segments.push(Segment { plain, original, len });
    }
}
