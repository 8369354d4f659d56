//! Marks paragraphs that are not English, so that they are listed as unread rather than misread.

use super::Paragraph;

/// Shorter paragraphs give the trigram statistics of `whatlang` too little to go by.
const MIN_LETTERS_FOR_LANGUAGE: usize = 120;
/// In English prose one word in four is among the most common; one in ten settles that no more is asked.
const COMMON_WORD_SHARE: usize = 10;

fn is_common(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "to"
            | "a"
            | "in"
            | "is"
            | "that"
            | "for"
            | "it"
            | "on"
            | "with"
            | "as"
            | "are"
            | "by"
            | "has"
    )
}

/// The statistics of this many bytes say as much as those of a long paragraph, and cost a fraction.
const BYTES_LOOKED_AT: usize = 400;

/// Sets `skipped` on each paragraph that is surely in another language.
pub(super) fn mark(plain: &str, paragraphs: &mut [Paragraph]) {
    for paragraph in paragraphs.iter_mut().filter(|paragraph| paragraph.skipped.is_none()) {
        let text = paragraph.span.of(plain);
        if is_foreign(text) {
            paragraph.skipped = Some("not English".to_owned());
        }
    }
}

fn is_foreign(text: &str) -> bool {
    if !text.is_ascii() {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let latin = text.chars().filter(|c| c.is_alphabetic() && u32::from(*c) < 0x250).count();
        if latin * 2 < letters {
            return true;
        }
    }
    if text.len() < MIN_LETTERS_FOR_LANGUAGE {
        return false;
    }
    let (mut words, mut common) = (0, 0);
    for word in text.split_ascii_whitespace() {
        words += 1;
        common += usize::from(is_common(word));
    }
    if common * COMMON_WORD_SHARE >= words {
        return false;
    }
    let mut end = text.len().min(BYTES_LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    whatlang::detect(&text[..end])
        .is_some_and(|found| found.lang() != whatlang::Lang::Eng && found.is_reliable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_from_english() {
        assert!(is_foreign("無料で聴く"));
        assert!(is_foreign(
            "Les modèles chinois progressent rapidement et rattrapent leurs concurrents américains, selon une étude \
             publiée par des chercheurs de plusieurs universités européennes la semaine dernière."
        ));
        assert!(!is_foreign("Qwen rivals Llama 2"));
        assert!(!is_foreign(
            "Qwen2.5-72B 85.3, Llama-3.1-405B 85.2, DeepSeek-V2.5 80.4, GPT-4o 87.2, Claude 3.5 Sonnet \
             88.3, Gemini 1.5 Pro 85.9 (MMLU, five-shot)."
        ));
    }
}
