//! Licences: the words of a claim in; which licence they name, and whether the text of a table is of it, out.

use super::words::Words;

/// Licences by the word that texts and tables share.
const LICENCES: [(&str, &str); 17] = [
    ("modified mit", "modifiedmit"),
    ("research licen", "research"),
    ("qwen licen", "qwen"),
    ("tongyi", "tongyi"),
    ("deepseek licen", "deepseek"),
    ("apache", "apache"),
    ("mit ", "mit"),
    ("cc by nc", "ccbync"),
    ("cc by sa", "ccbysa"),
    ("cc by", "ccby"),
    ("creative commons", "creativecommons"),
    ("openrail", "openrail"),
    ("gpl", "gpl"),
    ("llama", "llama"),
    ("gemma", "gemma"),
    ("bsd", "bsd"),
    ("proprietary", "proprietary"),
];

/// Words of a claim that commercial use is forbidden.
const NO_COMMERCE: [&str; 10] = [
    "non commercial",
    "noncommercial",
    "no commercial",
    "research only",
    "only for research",
    "forbids commercial",
    "prohibits commercial",
    "bars commercial",
    "bans commercial",
    "rules out commercial",
];

/// What tells so of a licence in the tables, and what tells the contrary.
const FORBIDS: [&str; 5] = ["bync", "noncommercial", "mnpl", "research", "nocommercial"];
const ALLOWS: [&str; 8] =
    ["apache", "mit", "bsd", "llama", "gemma", "openrail", "commercialuseallowed", "ccbysa"];

/// A licence that a claim names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Licence {
    /// By its word in the tables.
    Kind(&'static str),
    /// Any that forbids commercial use.
    NonCommercial,
}

impl Licence {
    /// The licence that the words name.
    pub(super) fn named(words: &Words) -> Option<Self> {
        let says_so = words.any(&["licen", "apache", "mit ", "gpl", "bsd "]);
        let kind = || LICENCES.iter().find(|(word, _)| words.any(&[word])).map(|(_, kind)| Self::Kind(kind));
        match words.any(&NO_COMMERCE) {
            _ if !says_so => None,
            true => Some(Self::NonCommercial),
            false => kind(),
        }
    }

    /// Whether the licence of a table is this one; `None` where its text leaves it open.
    pub(super) fn is(self, text: &str) -> Option<bool> {
        let folded: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        match self {
            Self::Kind(kind) => Some(folded.contains(kind)),
            Self::NonCommercial if has(&FORBIDS) => Some(true),
            Self::NonCommercial => has(&ALLOWS).then_some(false),
        }
    }

    /// What it is, after "a licence".
    pub(super) fn text(self) -> String {
        match self {
            Self::Kind(kind) => format!("of the kind {kind}"),
            Self::NonCommercial => "that forbids commercial use".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_told_by_its_word_or_by_what_it_forbids() {
        let named = |text: &str| Licence::named(&Words::new(text));
        assert_eq!(named("under the Apache 2.0 licence"), Some(Licence::Kind("apache")));
        assert_eq!(named("under a non-commercial licence"), Some(Licence::NonCommercial));
        assert_eq!(named("is a llama"), None);
        let is = |text: &str| Licence::NonCommercial.is(text);
        assert_eq!((is("CC BY-NC 4.0"), is("MIT"), is("deepseek")), (Some(true), Some(false), None));
    }
}
