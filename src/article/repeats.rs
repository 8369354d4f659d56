//! Marks paragraphs that say again what an earlier one said: same words, or nearly.

use super::Paragraph;
use std::collections::BTreeMap;

/// Shorter paragraphs count as repeated only when equal word for word.
const MIN_WORDS_FOR_NEAR: usize = 12;
/// Words in a shingle; five make chance overlap between different paragraphs rare.
const SHINGLE_WORDS: usize = 5;
/// Smallest hashes kept for a paragraph (a bottom-k sketch, Broder 1997).
const SKETCH: usize = 24;
/// Share of the sketch two paragraphs must have in common.
const NEAR_SHARE: f64 = 0.8;
/// Sketch entries under which a paragraph is looked up.
const KEYS: usize = 4;

/// Sets `repeats` to the first paragraph that says the same.
pub(super) fn mark(plain: &str, paragraphs: &mut [Paragraph]) {
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let mut sketches: Vec<Vec<u64>> = Vec::with_capacity(paragraphs.len());
    for (i, paragraph) in paragraphs.iter_mut().enumerate() {
        let sketch = sketch(paragraph.span.of(plain));
        let earlier = sketch.iter().take(KEYS).find_map(|hash| {
            let candidate = *seen.get(hash)?;
            is_near(&sketches[candidate], &sketch).then_some(candidate)
        });
        match earlier {
            Some(first) => paragraph.repeats = Some(first),
            None => {
                for hash in sketch.iter().take(KEYS) {
                    seen.entry(*hash).or_insert(i);
                }
            }
        }
        sketches.push(sketch);
    }
}

/// The smallest shingle hashes, ascending; of a short paragraph the one hash of all its words.
fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| mix(h, u64::from(b.to_ascii_lowercase())))
        })
        .collect();
    let join = |words: &[u64]| words.iter().fold(words.len() as u64, |h, w| mix(h, *w));
    if words.len() < MIN_WORDS_FOR_NEAR {
        return vec![join(&words)];
    }
    let mut hashes: Vec<u64> = words.windows(SHINGLE_WORDS).map(join).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

/// One step of the FNV-1a hash, with the high bits folded in.
fn mix(hash: u64, value: u64) -> u64 {
    let hash = (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    hash ^ (hash >> 29)
}

fn is_near(a: &[u64], b: &[u64]) -> bool {
    let common = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
    common as f64 >= NEAR_SHARE * a.len().max(b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::super::{ParagraphKind, Span};
    use super::*;

    fn repeats(texts: &[&str]) -> Vec<Option<usize>> {
        let mut plain = String::new();
        let mut paragraphs = Vec::new();
        for text in texts {
            let span = Span::new(plain.len(), plain.len() + text.len());
            paragraphs.push(Paragraph { span, kind: ParagraphKind::Prose, repeats: None, skipped: None });
            plain.push_str(text);
        }
        mark(&plain, &mut paragraphs);
        paragraphs.iter().map(|paragraph| paragraph.repeats).collect()
    }

    #[test]
    fn equal_and_nearly_equal_paragraphs_repeat() {
        let long = "China now lags the United States in generative A.I. by at least a year and may be falling further \
                    behind, according to more than a dozen insiders and engineers who build the systems every day.";
        let edited = long.replace("every day", "daily");
        assert_eq!(repeats(&[long, "Between.", &edited, "between"]), [None, None, Some(0), Some(1)]);
        assert_eq!(repeats(&["Qwen beats Llama.", "Qwen beats Yi."]), [None, None]);
    }
}
