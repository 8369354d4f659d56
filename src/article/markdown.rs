//! Markdown in; plain text with the way back to each byte, front matter read, code left out.

use super::builder::Builder;
use super::{Content, ParagraphKind, parse_date};
use crate::error::Result;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads Markdown. Code blocks are skipped, links are their text, each table row is a paragraph.
pub(super) fn read(source: &str) -> Result<Content> {
    let mut walk = Walk {
        builder: Builder::new(source),
        kinds: Vec::new(),
        silent: 0,
        cells: 0,
        in_code: false,
        open: 0,
        ignored_at: None,
    };
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(tag) => walk.start(&tag),
            Event::End(tag) => walk.end(tag),
            Event::Text(text) if walk.silent == 0 => walk.text(&text, source, range),
            // Inline code is how many writers set model names.
            Event::Code(text) if walk.silent == 0 => {
                let at = source[range.clone()].find(&*text).map_or(range.start, |i| range.start + i);
                walk.text(&text, source, at..(at + text.len()).min(range.end));
            }
            Event::SoftBreak | Event::HardBreak if walk.silent == 0 => walk.builder.space(),
            Event::Html(html) => walk.builder.comment(&html),
            Event::InlineHtml(html) => walk.inline(&html),
            _ => {}
        }
    }
    walk.builder.close(ParagraphKind::Prose);
    let mut content = walk.builder.finish();
    front_matter(source, &mut content)?;
    Ok(content)
}

/// Where the walk over the events stands.
struct Walk<'s> {
    builder: Builder<'s>,
    kinds: Vec<ParagraphKind>,
    silent: usize,
    cells: usize,
    /// Whether an element is open whose text is no prose: a script or a style.
    in_code: bool,
    /// Lists, tables and quotations that are open, and how many of them were when one began that is ignored.
    open: usize,
    ignored_at: Option<usize>,
}

impl Walk<'_> {
    fn kind(&self) -> ParagraphKind {
        self.kinds.last().copied().unwrap_or(ParagraphKind::Prose)
    }

    /// A tag or a comment within a paragraph.
    fn inline(&mut self, html: &str) {
        self.builder.comment(html);
        let name = html.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if ["script", "style"].iter().any(|code| name.eq_ignore_ascii_case(code)) {
            self.in_code = !html.starts_with("</");
        }
    }

    fn text(&mut self, text: &str, source: &str, range: std::ops::Range<usize>) {
        if self.in_code {
            return;
        }
        if source.get(range.clone()) == Some(text) {
            self.builder.copy(range);
        } else {
            self.builder.substitute(range, text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if matches!(tag, Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_)) {
            self.builder.close(self.kind());
            self.ignored_at = self.ignored_at.or(self.builder.begins_ignored().then_some(self.open));
            self.open += 1;
        }
        match tag {
            Tag::Heading { .. } => {
                self.builder.close(self.kind());
                self.kinds.push(ParagraphKind::Heading);
            }
            Tag::BlockQuote(_) => {
                self.builder.close(self.kind());
                self.kinds.push(ParagraphKind::Quotation);
            }
            Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::FootnoteDefinition(_) => {
                self.builder.close(self.kind())
            }
            Tag::TableHead | Tag::TableRow => {
                self.builder.close(self.kind());
                self.cells = 0;
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.builder.separator(" | ");
                }
                self.cells += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::Image { .. } => self.silent += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) => {
                self.builder.close(self.kind());
                self.kinds.pop();
            }
            TagEnd::TableHead => self.builder.close(ParagraphKind::TableHead),
            TagEnd::TableRow => self.builder.close(ParagraphKind::TableRow),
            TagEnd::Paragraph | TagEnd::Item | TagEnd::FootnoteDefinition => {
                // What is never closed ends with its paragraph.
                self.in_code = false;
                self.builder.close(self.kind());
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => {
                self.silent = self.silent.saturating_sub(1)
            }
            _ => {}
        }
        if matches!(tag, TagEnd::List(_) | TagEnd::Table | TagEnd::BlockQuote(_)) {
            self.open = self.open.saturating_sub(1);
            if self.ignored_at == Some(self.open) {
                self.ignored_at = None;
                self.builder.ends_ignored();
            }
        }
    }
}

/// Title, date and address from `---` front matter; other keys are none of our business.
fn front_matter(source: &str, content: &mut Content) -> Result<()> {
    let Some(rest) =
        source.strip_prefix("---").and_then(|rest| rest.trim_start_matches('\r').strip_prefix('\n'))
    else {
        return Ok(());
    };
    let Some(end) = rest.find("\n---") else { return Ok(()) };
    for line in rest[..end].lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = unquoted(value.trim());
        if value.is_empty() {
            continue;
        }
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => content.title = Some(value),
            "url" | "link" | "canonical_url" => content.url = Some(value),
            "date" | "published" | "pubdate" => content.published = Some(parse_date(&value)?),
            _ => {}
        }
    }
    Ok(())
}

/// A scalar without its quotes: escapes are those of JSON between double ones, a doubled quote between single ones.
fn unquoted(value: &str) -> String {
    let between = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let escaped = || serde_json::from_str::<String>(value).ok();
    let single = || between('\'').map(|inner| inner.replace("''", "'"));
    let text = escaped().or_else(single).or_else(|| between('"').map(str::to_owned));
    text.as_deref().unwrap_or(value).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_offsets_stay() {
        let source = "# Title\n\nThe **best** [model](http://x.y) is `Qwen-7B`&amp;co.[^1]\n\n```\ncode\n```\n\n> Said\n> so.\n\n[^1]: Note.\n";
        let content = read(source).expect("reads");
        assert!(content.plain.contains("The best model is Qwen-7B&co."), "{}", content.plain);
        assert!(!content.plain.contains("code"));
        let kinds: Vec<_> = content.paragraphs.iter().map(|p| (p.span.of(&content.plain), p.kind)).collect();
        assert_eq!(kinds[0], ("Title", ParagraphKind::Heading));
        assert_eq!(kinds[2], ("Said so.", ParagraphKind::Quotation));
        for segment in &content.segments {
            let plain = &content.plain[segment.plain..segment.plain + segment.len];
            let original = &source[segment.original..segment.original + segment.len];
            assert!(plain == original || plain == "&" || plain.contains(' '), "{plain:?} {original:?}");
        }
    }

    #[test]
    fn a_comment_leaves_the_next_paragraph_unread() {
        let content = read("One.\n\n<!-- benchclaim: ignore -->\n\nTwo.\n\nThree.\n").expect("reads");
        let skipped: Vec<bool> = content.paragraphs.iter().map(|p| p.skipped.is_some()).collect();
        assert_eq!(skipped, [false, true, false]);
        let content = read("<!-- benchclaim: ignore -->\n\n- One.\n- Two.\n\nThree.\n\n<!-- benchclaim: ignore -->\n\n| a | b |\n|---|---|\n| c | d |\n\nFour.\n").expect("reads");
        let skipped: Vec<bool> = content.paragraphs.iter().map(|p| p.skipped.is_some()).collect();
        assert_eq!(skipped, [true, true, false, true, true, false], "a list and a table as a whole");
    }

    #[test]
    fn the_text_of_scripts_is_no_prose_and_front_matter_may_escape() {
        let content =
            read("Qwen <script>steal(1)</script>leads.\n\nIt <style>b{}\n\nstays.\n").expect("reads");
        assert_eq!(content.plain, "Qwen leads.\nIt \nstays.\n");
        for (title, plain) in
            [(r#""A \"good\" day""#, "A \"good\" day"), ("'It''s on'", "It's on"), ("Bare", "Bare")]
        {
            let content = read(&format!("---\ntitle: {title}\n---\ntext")).expect("reads");
            assert_eq!(content.title.as_deref(), Some(plain));
        }
    }

    #[test]
    fn tables_are_read_by_row_and_a_bad_date_is_an_error() {
        let content = read("| model | MMLU |\n|---|---|\n| GPT-4 | 86.4 |\n").expect("reads");
        assert_eq!(content.paragraphs[1].span.of(&content.plain), "GPT-4 | 86.4");
        assert!(read("---\ndate: soon\n---\ntext").is_err());
    }
}
