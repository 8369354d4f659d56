//! Plain text in; paragraphs out, with hard wraps undone and stray inline markup dropped.

use super::builder::Builder;
use super::{Content, ParagraphKind};
use std::ops::Range;

/// Lines longer than this are not the work of a text wrapper.
const WIDEST_WRAP: usize = 120;
/// Longer lines without an end are prose cut short rather than titles.
const MAX_TITLE_WORDS: usize = 18;
/// A link's text and address may be this long; further brackets are brackets.
const MAX_LINK: usize = 600;

/// Reads plain text: `segments` lead from each plain byte to the same byte of the source.
pub(super) fn read(source: &str) -> Content {
    let mut builder = Builder::new(source);
    for block in blocks(source) {
        read_block(&mut builder, source, &block);
    }
    builder.close(ParagraphKind::Prose);
    builder.finish()
}

/// Runs of lines without a blank line between; code fences are left out.
fn blocks(source: &str) -> Vec<Vec<Range<usize>>> {
    let (mut blocks, mut block, mut at, mut fenced) = (Vec::new(), Vec::new(), 0, false);
    for line in source.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let text = line.trim();
        if text.starts_with("```") {
            fenced = !fenced && source[at..].contains("```");
            continue;
        }
        if fenced {
            continue;
        }
        if text.is_empty() {
            blocks.push(std::mem::take(&mut block));
        } else {
            block.push(range);
        }
    }
    blocks.push(block);
    blocks
}

fn read_block(builder: &mut Builder<'_>, source: &str, lines: &[Range<usize>]) {
    let width = lines.iter().map(Range::len).max().unwrap_or(0).min(WIDEST_WRAP);
    let mut open: Option<(Range<usize>, ParagraphKind, usize)> = None;
    for line in lines {
        let (text, kind, is_item) = opening(source, line);
        let continues = !is_item
            && open.as_ref().is_some_and(|(last, last_kind, _)| {
                *last_kind == kind && is_wrapped(&source[last.clone()], &source[text.clone()], width)
            });
        if !continues && let Some((last, last_kind, count)) = open.take() {
            end_paragraph(builder, source, &last, last_kind, count);
        }
        let count = open.as_ref().map_or(0, |(_, _, count)| *count);
        if count > 0 {
            builder.space();
        }
        inline(builder, source, text.clone());
        open = Some((text, kind, count + 1));
    }
    if let Some((last, kind, count)) = open {
        end_paragraph(builder, source, &last, kind, count);
    }
}

fn end_paragraph(
    builder: &mut Builder<'_>,
    source: &str,
    last: &Range<usize>,
    kind: ParagraphKind,
    lines: usize,
) {
    let is_title = lines == 1 && kind == ParagraphKind::Prose && is_title(&source[last.clone()]);
    builder.close(if is_title { ParagraphKind::Heading } else { kind });
}

/// Strips what opens a line: heading, quotation and list marks.
fn opening(source: &str, line: &Range<usize>) -> (Range<usize>, ParagraphKind, bool) {
    let text = &source[line.clone()];
    let trimmed = text.trim_start();
    let start = line.end - trimmed.len();
    let hashes = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(' ') {
        return (start + hashes + 1..line.end, ParagraphKind::Heading, true);
    }
    if let Some(rest) = trimmed.strip_prefix('>') {
        return (line.end - rest.trim_start().len()..line.end, ParagraphKind::Quotation, false);
    }
    for bullet in ["- ", "* ", "+ ", "• ", "– "] {
        if let Some(rest) = trimmed.strip_prefix(bullet) {
            return (line.end - rest.trim_start().len()..line.end, ParagraphKind::Prose, true);
        }
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = (1..=3).contains(&digits)
        && (trimmed[digits..].starts_with(". ") || trimmed[digits..].starts_with(") "));
    if is_numbered {
        return (start + digits + 2..line.end, ParagraphKind::Prose, true);
    }
    (start..line.end, ParagraphKind::Prose, false)
}

/// Whether the line end between the two is mere wrapping: the next line goes on in lower case, or its first word
/// would not have fitted.
fn is_wrapped(last: &str, next: &str, width: usize) -> bool {
    let goes_on = next.chars().next().is_some_and(char::is_lowercase);
    let ended = last.ends_with(['.', '!', '?', '"', '”']);
    if last.len() > WIDEST_WRAP {
        return goes_on && !ended;
    }
    let first = next.split_whitespace().next().map_or(0, str::len);
    goes_on || last.len() + 1 + first > width
}

/// A bare title: short, without an end, its longer words capitalised.
fn is_title(line: &str) -> bool {
    if line.trim_end().ends_with(['.', '!', '?', ';', ',', '”', '"']) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().take(MAX_TITLE_WORDS + 1).collect();
    if words.len() > MAX_TITLE_WORDS {
        return false;
    }
    let long = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let capital = |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let count = words.iter().filter(long).count();
    count >= 3 && words.iter().filter(long).filter(capital).count() * 4 >= count * 3
}

/// Copies a run of text without its inline markup.
fn inline(builder: &mut Builder<'_>, source: &str, range: Range<usize>) {
    let text = &source[..range.end];
    let bytes = text.as_bytes();
    let (mut at, mut from) = (range.start, range.start);
    let mut links: Vec<Range<usize>> = Vec::new();
    while at < range.end {
        let byte = bytes[at];
        let is_sign = match byte {
            // "https://": of the letters only this one, and only before this one, begins something.
            b'h' => bytes.get(at + 1) == Some(&b't'),
            _ => matches!(byte, b'*' | b'_' | b'`' | b'[' | b']' | b'!' | b'<' | b'\\' | b'&'),
        };
        if !is_sign {
            at += 1;
            continue;
        }
        if byte == b']' && links.last().is_some_and(|link| link.start == at) {
            builder.copy(from..at);
            at = links.pop().map_or(at, |link| link.end);
            from = at;
            continue;
        }
        let skip = match byte {
            b'*' | b'_' => emphasis(bytes, range.start, at),
            b'`' => 1,
            b'\\' => usize::from(bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation)),
            b'<' => tag(&text[at..]),
            b'!' | b'[' => bracket(text, at, &mut links),
            b'h' => address(text, range.start, at),
            _ => 0,
        };
        if let Some((entity, plain)) = (byte == b'&').then(|| entity(&text[at..])).flatten() {
            builder.copy(from..at);
            builder.substitute(at..at + entity, plain);
            at += entity;
            from = at;
        } else if skip > 0 {
            builder.copy(from..at);
            if byte == b'<' {
                builder.comment(&text[at..at + skip]);
                if text[at..].starts_with("<br") {
                    builder.space();
                }
            }
            at += skip;
            from = at;
        } else {
            at += 1;
        }
    }
    builder.copy(from..range.end);
}

/// How many marks of emphasis stand here; a lone star or a star between digits is none.
fn emphasis(bytes: &[u8], start: usize, at: usize) -> usize {
    let run = bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count();
    let before = at.checked_sub(1).filter(|i| *i >= start).map_or(b' ', |i| bytes[i]);
    let after = bytes.get(at + run).copied().unwrap_or(b' ');
    let inside_word = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    let detached = before.is_ascii_whitespace() && after.is_ascii_whitespace();
    let is_emphasis = if bytes[at] == b'_' {
        !inside_word && !detached
    } else {
        !detached && (run > 1 || !(before.is_ascii_digit() && after.is_ascii_digit()))
    };
    if is_emphasis { run } else { 0 }
}

/// The length of an HTML tag or comment, or 0.
fn tag(text: &str) -> usize {
    if text.starts_with("<!--") {
        let limit = text.char_indices().nth(MAX_LINK).map_or(text.len(), |(i, _)| i);
        return text[..limit].find("-->").map_or(0, |end| end + 3);
    }
    let opens =
        text[1..].strip_prefix('/').unwrap_or(&text[1..]).starts_with(|c: char| c.is_ascii_alphabetic());
    if !opens {
        return 0;
    }
    let limit = text.bytes().take(MAX_LINK).position(|byte| byte == b'>');
    limit.filter(|end| !text[1..*end].contains('<')).map_or(0, |end| end + 1)
}

/// What to drop at a bracket: a note mark whole, an image whole, of a link the brackets and the address.
fn bracket(text: &str, at: usize, links: &mut Vec<Range<usize>>) -> usize {
    let is_image = text[at..].starts_with("![");
    if !is_image && text.as_bytes()[at] == b'!' {
        return 0;
    }
    let open = at + usize::from(is_image);
    let Some(close) = matching(text, open, b'[', b']') else { return 0 };
    let label = &text[open + 1..close];
    let target = match text.as_bytes().get(close + 1) {
        Some(b'(') => matching(text, close + 1, b'(', b')').map(|end| end + 1),
        Some(b'[') => matching(text, close + 1, b'[', b']').map(|end| end + 1),
        _ => None,
    };
    let is_note = label.starts_with('^')
        || (label.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b' '));
    match target {
        None if is_note => close + 1 - at,
        Some(end) if is_image => end - at,
        Some(end) => {
            links.push(close..end);
            1
        }
        None => 0,
    }
}

/// The closing bracket that belongs to the one at `open`.
fn matching(text: &str, open: usize, opening: u8, closing: u8) -> Option<usize> {
    let mut depth = 0;
    for (i, byte) in text.as_bytes()[open..].iter().take(MAX_LINK).enumerate() {
        if *byte == opening {
            depth += 1;
        } else if *byte == closing {
            depth -= 1;
            if depth == 0 {
                return Some(open + i);
            }
        }
    }
    None
}

/// The length of a bare address, or 0.
fn address(text: &str, start: usize, at: usize) -> usize {
    let rest = &text[at..];
    let begins = at == start || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
    if !begins || !(rest.starts_with("https://") || rest.starts_with("http://")) {
        return 0;
    }
    rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '"' | '”')).unwrap_or(rest.len())
}

/// The few entities that stray into text.
fn entity(text: &str) -> Option<(usize, &'static str)> {
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")]
        .into_iter()
        .find(|(entity, _)| text.starts_with(entity))
        .map(|(entity, plain)| (entity.len(), plain))
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    fn paragraphs(source: &str) -> Vec<(String, ParagraphKind)> {
        let content = read(source);
        content.paragraphs.iter().map(|p| (p.span.of(&content.plain).to_owned(), p.kind)).collect()
    }

    #[test]
    fn inline_markup_is_dropped() {
        let clean = |source: &str| read(source).plain.trim_end().to_owned();
        assert_eq!(
            clean("**96.91% on HumanEval** for `Qwen` ([post](https://x.y/z_(a)))."),
            "96.91% on HumanEval for Qwen (post)."
        );
        assert_eq!(
            clean("up <strong>5&amp;6</strong> points[^3] see https://a.b/c_d now [2]"),
            "up 5&6 points see  now"
        );
        assert_eq!(clean("2 * 3 and a_b and [they are] free"), "2 * 3 and a_b and [they are] free");
        assert_eq!(clean("![alt](x.png)Text"), "Text");
    }

    #[test]
    fn wraps_are_undone_and_lines_kept_apart() {
        let wrapped =
            "This model leads the board of the most widely used\nbenchmark, which none had managed\nbefore.";
        assert_eq!(paragraphs(wrapped).len(), 1);
        assert_eq!(paragraphs("- one item\n- another item\n").len(), 2);
        assert_eq!(paragraphs("Short line here\nAnother short line that is quite a bit longer").len(), 2);
        assert_eq!(paragraphs("# Head\nBody text.")[0].1, ParagraphKind::Heading);
        assert_eq!(paragraphs("China AI Rivals US: Open Source Models Surge")[0].1, ParagraphKind::Heading);
        assert_eq!(paragraphs("Qwen rivals Llama 2 on most tasks")[0].1, ParagraphKind::Prose);
    }

    #[test]
    fn each_plain_byte_leads_back_to_its_own() {
        let source = "A **bold** [claim](http://x.y) of\n86.4% on `MMLU`.";
        let content = read(source);
        for segment in &content.segments {
            let plain = Span::new(segment.plain, segment.plain + segment.len).of(&content.plain);
            let original = Span::new(segment.original, segment.original + segment.len).of(source);
            assert_eq!(plain, original.replace('\n', " "));
        }
    }
}
