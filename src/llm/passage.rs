//! An article in; passages short enough for one question out, and the way from a quote back to its place.

use crate::article::{Article, Sentence, Span};

/// Bytes of a passage: a page or two, so that an answer with every claim fits what servers let a model say.
const PASSAGE_BYTES: usize = 6000;

/// A run of sentences that is asked about at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'s>(&'s [Sentence]);

/// The sentences that are asked about: those of repeated paragraphs say nothing new, and what is longer than a passage is
/// no sentence.
pub(super) fn read_sentences(article: &Article) -> Vec<Sentence> {
    let is_new = |sentence: &Sentence| {
        let paragraph = article.paragraphs.get(sentence.paragraph);
        paragraph.is_none_or(|paragraph| paragraph.repeats.is_none()) && length(sentence) <= PASSAGE_BYTES
    };
    article.sentences().filter(is_new).collect()
}

/// The sentences in passages, parted between paragraphs where that is possible.
pub(super) fn passages(sentences: &[Sentence]) -> Vec<Passage<'_>> {
    let (mut passages, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (i, sentence) in sentences.iter().enumerate() {
        if bytes + length(sentence) > PASSAGE_BYTES {
            let begins = |at: &usize| sentences[*at].paragraph != sentences[*at - 1].paragraph;
            let end = (start + 1..=i).rev().find(begins).unwrap_or(i);
            passages.push(Passage(&sentences[start..end]));
            start = end;
            bytes = sentences[start..i].iter().map(length).sum();
        }
        bytes += length(sentence);
    }
    if start < sentences.len() {
        passages.push(Passage(&sentences[start..]));
    }
    passages
}

fn length(sentence: &Sentence) -> usize {
    sentence.span.end - sentence.span.start
}

impl Passage<'_> {
    /// The passage's runs of sentences within one paragraph, as spans of the plain text.
    fn pieces(&self) -> impl Iterator<Item = Span> {
        let of_one = |a: &Sentence, b: &Sentence| a.paragraph == b.paragraph;
        let ends = |run: &[Sentence]| Some(Span::new(run.first()?.span.start, run.last()?.span.end));
        self.0.chunk_by(of_one).filter_map(ends)
    }

    /// The words to send, paragraphs apart.
    pub(super) fn text(&self, plain: &str) -> String {
        self.pieces().map(|piece| piece.of(plain)).collect::<Vec<_>>().join("\n\n")
    }

    /// Where a quote stands in the plain text: word for word, else with other white space between the words.
    pub(super) fn find(&self, quote: &str, plain: &str) -> Option<Span> {
        let quote = quote.trim();
        let whole = |piece: Span| {
            let start = piece.start + piece.of(plain).find(quote)?;
            Some(Span::new(start, start + quote.len()))
        };
        let words = || -> Option<Span> {
            let words: Vec<String> = quote.split_whitespace().map(regex::escape).collect();
            let spaced = regex::Regex::new(&words.join(r"\s+")).ok()?;
            self.pieces().find_map(|piece| {
                let found = spaced.find(piece.of(plain))?;
                Some(Span::new(piece.start + found.start(), piece.start + found.end()))
            })
        };
        if quote.is_empty() || quote.len() > PASSAGE_BYTES {
            return None;
        }
        self.pieces().find_map(whole).or_else(words)
    }

    /// Whether it has halves.
    pub(super) fn is_divisible(&self) -> bool {
        self.0.len() > 1
    }

    /// Its two halves, by sentences.
    pub(super) fn halves(&self) -> (Self, Self) {
        let (first, second) = self.0.split_at(self.0.len() / 2);
        (Passage(first), Passage(second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{self, Format, Input};

    fn article(text: &str) -> Article {
        let input = Input {
            id: "a",
            bytes: text.as_bytes(),
            format: Some(Format::Markdown),
            date: None,
            title: None,
            url: None,
        };
        article::read(input).unwrap()
    }

    #[test]
    fn passages_part_between_paragraphs_and_hold_every_sentence_once() {
        let paragraph =
            |i: usize| format!("Paragraph {i} says that model {i} scores {i} points on a test. ").repeat(20);
        let text: Vec<String> = (0..30).map(paragraph).collect();
        let article = article(&text.join("\n\n"));
        let sentences = read_sentences(&article);
        let passages = passages(&sentences);
        assert!(passages.len() > 3);
        assert_eq!(passages.iter().map(|passage| passage.0.len()).sum::<usize>(), sentences.len());
        for passage in &passages {
            assert!(passage.text(&article.plain).len() <= PASSAGE_BYTES + 2 * passage.0.len());
        }
        for pair in passages.windows(2) {
            assert_ne!(pair[0].0.last().unwrap().paragraph, pair[1].0[0].paragraph);
        }
    }

    #[test]
    fn a_quote_is_found_word_for_word_or_with_other_spaces_or_not_at_all() {
        let article = article("Yi   leads\nthe board (of 2023).\n\nNot this.");
        let sentences = read_sentences(&article);
        let passage = passages(&sentences)[0];
        let found =
            |quote: &str| passage.find(quote, &article.plain).map(|span| span.of(&article.plain).to_owned());
        assert_eq!(found("the board (of 2023)").as_deref(), Some("the board (of 2023)"));
        let spaced = found("Yi leads\n the board").unwrap();
        assert_eq!(spaced.split_whitespace().collect::<Vec<_>>(), ["Yi", "leads", "the", "board"]);
        for invented in ["Yi trails the board", "", " \n", "(of", "2023). Not this"] {
            assert_eq!(found(invented).is_some(), invented == "(of", "{invented:?}");
        }
    }

    #[test]
    fn what_was_not_sent_is_not_found() {
        let article = article("Yi leads.\n\n<!-- benchclaim: ignore -->\n\nQwen trails Llama.\n\nGLM rises.");
        let sentences = read_sentences(&article);
        let passage = passages(&sentences)[0];
        assert!(!passage.text(&article.plain).contains("Qwen"));
        assert!(passage.find("Qwen trails", &article.plain).is_none());
        assert!(passage.find("GLM rises", &article.plain).is_some());
    }
}
