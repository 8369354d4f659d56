//! The tables' names in; an index out that tells, at a word of running text, which of them may begin there.

use super::scan::{after_separator, continues, hash_of, word_end};
use super::tables::{Homonym, plain};
use super::token::tokens;
use super::vocabulary::{CUES, GROUP_WORDS};

/// What a lexicon entry stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The head of a family's names: the index of the family.
    Family(usize),
    /// A model by a name that no rule reads.
    Alias,
    /// An organisation, or a person who speaks for it.
    Organisation(String),
    /// A country or region.
    Place(Vec<String>),
    /// A benchmark or board.
    Benchmark(String),
    /// A word that can begin a group's name: "open", "closed", "models".
    GroupWord,
    /// A word that says the text is about models.
    Cue,
}

/// How the letters of the text must agree with the table's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Not at all.
    Any,
    /// The first letter is a capital.
    Capital,
    /// Every byte.
    Exact,
}

/// One name.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    words: Vec<String>,
    printed: String,
    pub(crate) case: Case,
    pub(crate) homonym: Homonym,
    pub(crate) target: Target,
    /// Words at the end that must follow but are not part of the head ("nova +pro").
    lookahead: usize,
}

/// Every name, by the hash of its first word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    index: Vec<(u64, u32)>,
    /// One bit for each value of the hash's low bits: most words of a text are turned away here.
    seen: Vec<u64>,
}

/// Bits of the hash that the filter looks at; 2^16 bits are 8 KiB and stay in the first cache.
const FILTER_BITS: u32 = 16;

impl Lexicon {
    pub(crate) fn person(&mut self, name: &str, organisation: &str) {
        self.add(name, Case::Exact, Target::Organisation(organisation.to_owned()));
    }

    pub(crate) fn place(&mut self, name: &str, countries: &[String]) {
        self.add(name, Case::Capital, Target::Place(countries.to_vec()));
    }

    pub(crate) fn alias(&mut self, alias: &str) {
        self.add(alias, Case::Any, Target::Alias);
    }

    /// A model's name as its source prints it. It can be no word of the language with a digit in it, with a capital
    /// inside that is not one of capitals only, or with signs between capitals.
    pub(crate) fn model(&mut self, name: &str) {
        let has = |is: fn(char) -> bool| name.chars().skip(1).any(is);
        let is_marked = has(|c| c.is_ascii_digit())
            || has(char::is_uppercase) && (has(char::is_lowercase) || has(|c| !c.is_alphanumeric()));
        let is_short = name.len() < LEAST_LETTERS_OF_MODEL;
        let homonym = if is_marked && !is_short { Homonym::Never } else { Homonym::Word };
        if !is_short || name.chars().count() > 1 && name.chars().all(char::is_uppercase) {
            self.entry(name, Case::Exact, Target::Alias, homonym);
        }
    }

    pub(crate) fn organisation(&mut self, name: &str, id: &str) {
        let case = if name.chars().count() >= LEAST_LETTERS_WITHOUT_CAPITAL && has_inner_sign(name) {
            Case::Any
        } else if name.starts_with(char::is_lowercase) && has_inner_sign(name) {
            // "xAI" has its capitals inside.
            Case::Exact
        } else {
            Case::Capital
        };
        self.add(name, case, Target::Organisation(id.to_owned()));
    }

    pub(crate) fn benchmark(&mut self, name: &str, id: &str) {
        let is_plain = has_inner_sign(name) || name.starts_with(char::is_lowercase) || ends_as_board(name);
        let case = if is_plain { Case::Any } else { Case::Capital };
        self.add(name, case, Target::Benchmark(id.to_owned()));
    }

    /// A family's head, as the table writes it: its tokens with spaces between.
    pub(crate) fn family(&mut self, head: &str, family: usize, homonym: Homonym) {
        let (front, back) = head.split_once('+').unwrap_or((head, ""));
        let mut words = scanned(front);
        // The glued form of two tokens is met as one word of text: "gpt 4" is read from "gpt4" by its letters.
        let lookahead = scanned(back).len();
        words.extend(scanned(back));
        let homonym = match (words.len() - lookahead, lookahead) {
            (0, _) => Homonym::Numbered,
            // Two words together, "Mercury Coder", are a name whatever one of them means.
            (2.., 0) => Homonym::Never,
            _ => homonym,
        };
        let printed = head.to_owned();
        self.entries.push(Entry {
            words,
            printed,
            case: Case::Any,
            homonym,
            target: Target::Family(family),
            lookahead,
        });
    }

    /// Adds the words of the language itself and sorts the index.
    pub(crate) fn finish(&mut self) {
        CUES.iter().for_each(|word| self.add(word, Case::Any, Target::Cue));
        GROUP_WORDS.iter().for_each(|word| self.add(word, Case::Any, Target::GroupWord));
        self.seen = vec![0; (1 << FILTER_BITS) / 64];
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(first) = entry.words.first() else { continue };
            let hash = hash_of(first);
            self.index.push((hash, u32::try_from(at).unwrap_or(u32::MAX)));
            let bit = low_bits(hash);
            self.seen[bit / 64] |= 1 << (bit % 64);
        }
        self.index.sort_unstable();
    }

    /// Whether some name may begin with the word of this hash.
    #[inline]
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        let bit = low_bits(hash);
        self.seen.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    /// Every name that stands in the text at `start`, with the place where it ends. `first_end` is the end of its first
    /// word, which for a family may be the letters of a word that goes on in digits.
    pub(crate) fn at<'l>(
        &'l self,
        text: &'l str,
        start: usize,
        first_end: usize,
        hash: u64,
    ) -> impl Iterator<Item = (&'l Entry, usize)> {
        let from = self.index.partition_point(|(h, _)| *h < hash);
        self.index[from..].iter().take_while(move |(h, _)| *h == hash).filter_map(move |(_, at)| {
            let entry = &self.entries[*at as usize];
            entry.end_in(text, start, first_end).map(|end| (entry, end))
        })
    }

    fn add(&mut self, name: &str, case: Case, target: Target) {
        let (is_exact, needs_company) =
            (name.starts_with('='), name.trim_start_matches('=').starts_with('?'));
        let printed = plain(name).to_owned();
        let case = if is_exact { Case::Exact } else { case };
        let homonym = if needs_company { Homonym::Bare } else { Homonym::Never };
        self.entry(&printed, case, target, homonym);
    }

    fn entry(&mut self, name: &str, case: Case, target: Target, homonym: Homonym) {
        let (words, printed) = (scanned(name), name.to_owned());
        self.entries.push(Entry { words, printed, case, homonym, target, lookahead: 0 });
    }
}

/// Shorter names of models are too often something else.
const LEAST_LETTERS_OF_MODEL: usize = 4;

/// Shorter names of organisations are words too often to be found without their capital.
const LEAST_LETTERS_WITHOUT_CAPITAL: usize = 5;

impl Entry {
    /// Where the name ends, if it stands in `text` at `start`.
    fn end_in(&self, text: &str, start: usize, first_end: usize) -> Option<usize> {
        match self.case {
            Case::Exact => {
                let end = start + self.printed.len();
                let is_whole = text.get(start..end)? == self.printed && !continues(text, end);
                return is_whole.then_some(end);
            }
            Case::Capital if !text[start..].starts_with(char::is_uppercase) => return None,
            _ => {}
        }
        if !same_word(text.get(start..first_end)?, self.words.first()?) {
            return None;
        }
        let (mut end, mut kept, mut is_open) = (first_end, first_end, false);
        for (at, word) in self.words.iter().enumerate().skip(1) {
            let bracket = text[end..].len()
                - text[end..].trim_start_matches(' ').strip_prefix('(').map_or(text[end..].len(), str::len);
            let begin = if word == "+" {
                end
            } else if bracket > 0 && matches!(self.target, Target::Benchmark(_)) {
                // "GPQA (Diamond)"
                is_open = true;
                end + bracket
            } else {
                after_separator(text, end)?
            };
            let stop = if word == "+" {
                end + usize::from(text.as_bytes().get(end) == Some(&b'+'))
            } else {
                word_end(text, begin)
            };
            let found = text.get(begin..stop)?;
            // The last word of a family's head may go on in digits: "command r7b", "code llama2".
            let letters = found.len().min(word.len());
            if !same_word(found, word) {
                let is_glued = matches!(self.target, Target::Family(_))
                    && found.is_char_boundary(letters)
                    && same_word(&found[..letters], word)
                    && found.as_bytes().get(letters).is_some_and(u8::is_ascii_digit)
                    && !word.ends_with(|c: char| c.is_ascii_digit());
                if !is_glued || at + 1 < self.words.len() {
                    return None;
                }
                end = begin + letters;
            } else {
                end = stop;
            }
            if at < self.words.len() - self.lookahead {
                kept = end;
            }
        }
        if is_open {
            return text[end..].starts_with(')').then_some(end + 1);
        }
        Some(if self.lookahead > 0 { kept } else { end })
    }
}

fn low_bits(hash: u64) -> usize {
    usize::try_from((hash ^ (hash >> 32)) & ((1 << FILTER_BITS) - 1)).unwrap_or(0)
}

fn same_word(found: &str, folded: &str) -> bool {
    found.eq_ignore_ascii_case(folded) || (!found.is_ascii() && found.to_lowercase() == *folded)
}

/// The words of a table's name as the scanner meets them in text.
fn scanned(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < name.len() {
        let end = word_end(name, at);
        if end > at {
            out.push(name[at..end].to_lowercase());
            at = end;
        } else {
            let c = name[at..].chars().next().map_or(1, char::len_utf8);
            if &name[at..at + c] == "+" && !out.is_empty() {
                out.push("+".to_owned());
            }
            at += c;
        }
    }
    out
}

/// Last words of names that say what they are, and need no capital for it: "the aider polyglot leaderboard".
const BOARD_NOUNS: [&str; 5] = ["leaderboard", "leaderboards", "benchmark", "benchmarks", "arena"];

/// Whether a name of more words ends in one for a board.
fn ends_as_board(name: &str) -> bool {
    name.rsplit_once(' ')
        .is_some_and(|(_, last)| BOARD_NOUNS.iter().any(|noun| last.eq_ignore_ascii_case(noun)))
}

/// A capital or digit after the first letter, as in OpenAI or GSM8K: hardly a word of the language.
fn has_inner_sign(name: &str) -> bool {
    tokens(name).len() == 1 && name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit())
        || name.chars().skip(1).any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: Option<&str>) {
        let mut lexicon = Lexicon::default();
        lexicon.benchmark(name, "x");
        lexicon.finish();
        let end = word_end(text, 0);
        let found = lexicon
            .at(text, 0, end, hash_of(&text[..end]))
            .find(|(e, _)| e.target != Target::Cue)
            .map(|(_, end)| &text[..end]);
        assert_eq!(found, expected, "{name} in {text}");
    }

    #[test]
    fn separators_and_case_may_differ() {
        check("SWE-bench Verified", "SWE bench verified is", Some("SWE bench verified"));
        check("HumanEval+", "HumanEval+ scores", Some("HumanEval+"));
        check("Humanity's Last Exam", "Humanity’s Last Exam", Some("Humanity’s Last Exam"));
        check("GSM8K", "gsm8k", Some("gsm8k"));
        check("=MATH", "MATH", Some("MATH"));
    }

    #[test]
    fn words_are_not_cut_and_common_words_not_taken() {
        check("=MATH", "Math", None);
        check("MMLU", "MMLUs", None);
        check("HumanEval+", "HumanEval and", None);
        check("Spider", "spider", None);
    }
}
