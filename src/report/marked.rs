//! The article with its claims marked in place: an article and spans in, paragraphs of pieces out.

use crate::article::{Article, Paragraph, ParagraphKind, Span};
use serde::Serialize;

/// Above this many bytes only paragraphs that hold a claim are shown.
const LONGEST_SHOWN_BYTES: usize = 60_000;

/// A paragraph for display.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct MarkedParagraph {
    /// `prose`, `heading`, `quotation`, or `gap` for paragraphs left out.
    pub(super) kind: &'static str,
    /// Why it was not read; empty when it was.
    pub(super) skipped: String,
    /// Its text in order.
    pub(super) pieces: Vec<Piece>,
}

/// A run of text under the same claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// The words.
    pub(super) text: String,
    /// The innermost claim that covers it (index), if any.
    pub(super) claim: Option<usize>,
    /// Claims that end with it (indices): their markers stand here.
    pub(super) ends: Vec<usize>,
}

/// The article's paragraphs with the claims at `spans` (in the original text) marked.
pub(super) fn paragraphs(article: &Article, spans: &[Span]) -> Vec<MarkedParagraph> {
    let marks: Vec<Span> = spans.iter().map(|span| article.to_plain(*span)).collect();
    let whole = Paragraph {
        span: Span::new(0, article.plain.len()),
        kind: ParagraphKind::Prose,
        repeats: None,
        skipped: None,
    };
    let all: &[Paragraph] =
        if article.paragraphs.is_empty() { std::slice::from_ref(&whole) } else { &article.paragraphs };
    let short = article.plain.len() <= LONGEST_SHOWN_BYTES;
    let mut shown: Vec<MarkedParagraph> = Vec::new();
    for paragraph in all {
        let marked = marked(&article.plain, paragraph, &marks);
        if short || marked.pieces.iter().any(|piece| piece.claim.is_some()) {
            if marked.pieces.iter().any(|piece| !piece.text.trim().is_empty()) {
                shown.push(marked);
            }
        } else if shown.last().is_none_or(|last| last.kind != "gap") {
            shown.push(MarkedParagraph { kind: "gap", skipped: String::new(), pieces: Vec::new() });
        }
    }
    shown
}

fn marked(plain: &str, paragraph: &Paragraph, marks: &[Span]) -> MarkedParagraph {
    let span = paragraph.span;
    let mut cuts = vec![span.start, span.end];
    for mark in marks.iter().filter(|mark| mark.overlaps(&span)) {
        cuts.extend([mark.start.clamp(span.start, span.end), mark.end.clamp(span.start, span.end)]);
    }
    cuts.retain(|cut| plain.is_char_boundary(*cut));
    cuts.sort_unstable();
    cuts.dedup();
    let piece = |pair: &[usize]| {
        let run = Span::new(pair[0], pair[1]);
        let covering =
            marks.iter().enumerate().filter(|(_, mark)| mark.contains(&run) && mark.start < mark.end);
        Piece {
            text: run.of(plain).chars().filter(|c| *c == '\n' || is_visible(*c)).collect(),
            claim: covering.min_by_key(|(_, mark)| mark.end - mark.start).map(|(i, _)| i),
            ends: (0..marks.len()).filter(|i| marks[*i].end == run.end && marks[*i].overlaps(&run)).collect(),
        }
    };
    MarkedParagraph {
        kind: match paragraph.kind {
            ParagraphKind::Prose => "prose",
            ParagraphKind::Heading => "heading",
            ParagraphKind::Quotation => "quotation",
            ParagraphKind::TableHead | ParagraphKind::TableRow => "row",
        },
        skipped: paragraph.skipped.clone().unwrap_or_default(),
        pieces: cuts.windows(2).map(piece).collect(),
    }
}

/// Whether a character has a place on a page: control characters and noncharacters have none, and overrides of the
/// reading direction would turn what stands around them.
pub(super) fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Segment;

    fn article(original: &str, plain: &str, segments: &[(usize, usize, usize)]) -> Article {
        let segment = |(plain, original, len): &(usize, usize, usize)| Segment {
            plain: *plain,
            original: *original,
            len: *len,
        };
        Article {
            id: "a".to_owned(),
            title: None,
            url: None,
            published: None,
            original: original.to_owned(),
            plain: plain.to_owned(),
            segments: segments.iter().map(segment).collect(),
            paragraphs: Vec::new(),
        }
    }

    fn texts(paragraphs: &[MarkedParagraph]) -> Vec<(String, Option<usize>, Vec<usize>)> {
        paragraphs.iter().flat_map(|p| &p.pieces).map(|p| (p.text.clone(), p.claim, p.ends.clone())).collect()
    }

    #[test]
    fn marks_survive_markup_in_the_original() {
        let article = article("A **beats** B.", "A beats B.", &[(0, 0, 2), (2, 4, 5), (7, 11, 3)]);
        let pieces = texts(&paragraphs(&article, &[Span::new(4, 13)]));
        assert_eq!(pieces[0], ("A ".to_owned(), None, vec![]));
        assert_eq!(pieces[1], ("beats B".to_owned(), Some(0), vec![0]));
    }

    #[test]
    fn nested_claims_keep_both_markers() {
        let article = article("one two three", "one two three", &[(0, 0, 13)]);
        let pieces = texts(&paragraphs(&article, &[Span::new(0, 13), Span::new(4, 7)]));
        let claims: Vec<_> = pieces.iter().map(|(_, claim, ends)| (*claim, ends.clone())).collect();
        assert_eq!(claims, [(Some(0), vec![]), (Some(1), vec![1]), (Some(0), vec![0])]);
    }

    #[test]
    fn a_span_outside_the_text_marks_nothing() {
        let article = article("é", "é", &[(0, 0, 2)]);
        assert!(
            texts(&paragraphs(&article, &[Span::new(50, 60)])).iter().all(|(_, claim, _)| claim.is_none())
        );
        assert_eq!(texts(&paragraphs(&article, &[Span::new(1, 2)])).len(), 1);
    }
}
