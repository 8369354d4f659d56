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

/// The first code point beyond the letters of Latin alphabets, and the first of Chinese, Japanese and Korean.
const FIRST_BEYOND_LATIN: u32 = 0x250;
const FIRST_OF_CJK: u32 = 0x2E80;

/// A sign of Chinese says about as much as so many letters: among Latin names and figures few make a sentence.
const LETTERS_OF_A_SIGN: usize = 3;

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
        let letters = || text.chars().filter(|c| c.is_alphabetic()).map(u32::from);
        let latin = letters().filter(|c| *c < FIRST_BEYOND_LATIN).count();
        let others = letters().filter(|c| *c >= FIRST_BEYOND_LATIN);
        let worth: usize = others.map(|c| if c >= FIRST_OF_CJK { LETTERS_OF_A_SIGN } else { 1 }).sum();
        if worth > latin {
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
        assert!(is_foreign("根据 Chatbot Arena 排行榜，DeepSeek-R1 的得分为 1362，排名第三。"));
        assert!(!is_foreign("Alibaba's 通义千问 (Qwen2.5-72B-Instruct) rivals Llama 3.1 on MMLU."));
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
