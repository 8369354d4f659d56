//! The rule files in; compiled rules and the index that finds those which can begin at a token out.

use super::class::Class;
use super::entry::{Entry, File, LearnedFile};
use super::pattern::{Lists, Match, Pattern};
use super::token::Line;
use super::vocabulary::{Phrases, Vocabulary, inflections};
use crate::claim::{ClaimKind, Relation};
use bit_set::BitSet;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The files, embedded: the kind a file is about, and its text.
const FILES: [(ClaimKind, &str); 11] = [
    (ClaimKind::Score, include_str!("rules/score.toml")),
    (ClaimKind::Comparison, include_str!("rules/comparison.toml")),
    (ClaimKind::Rank, include_str!("rules/rank.toml")),
    (ClaimKind::Share, include_str!("rules/share.toml")),
    (ClaimKind::Gap, include_str!("rules/gap.toml")),
    (ClaimKind::Trend, include_str!("rules/trend.toml")),
    (ClaimKind::Count, include_str!("rules/count.toml")),
    (ClaimKind::Lineage, include_str!("rules/lineage.toml")),
    (ClaimKind::Attribute, include_str!("rules/attribute.toml")),
    (ClaimKind::Forecast, include_str!("rules/forecast.toml")),
    (ClaimKind::Opinion, include_str!("rules/opinion.toml")),
];
const LISTS: &str = include_str!("rules/lists.toml");
/// How the slots are filled of what no rule found but the trained reader: one entry a kind and relation.
const LEARNED: &str = include_str!("rules/learned.toml");

/// A compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) kind: ClaimKind,
    /// `kind/name`.
    pub(super) id: String,
    pub(super) entry: Entry,
    pub(super) quantity: Class,
    patterns: Vec<Pattern>,
    /// Indices into the needs of all rules, so that each is looked for once a line.
    needs: Vec<usize>,
    without: Vec<Pattern>,
}

impl Rule {
    /// Whether a pattern of it says where this slot stands.
    pub(super) fn captures(&self, slot: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.captures(slot))
    }

    /// Whether it has no words of its own and only says how slots are filled of what the reader found.
    pub(super) fn is_learned(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether the line has what the rule needs.
    pub(super) fn is_served(&self, served: &Served<'_, '_>) -> bool {
        self.needs.is_empty() || self.needs.iter().any(|need| served.has(*need))
    }

    /// Whether something in the clause forbids the rule.
    pub(super) fn is_barred(&self, line: &Line<'_>, from: usize, to: usize) -> bool {
        self.without.iter().any(|bar| (from..to).any(|i| bar.matches(line, i).is_some()))
    }
}

/// Every rule, with the index.
pub(super) struct Rules {
    pub(super) all: Vec<Rule>,
    /// The rules without patterns, for what the reader finds.
    learned: Vec<Rule>,
    by_word: Vec<Vec<(usize, usize)>>,
    pub(super) vocabulary: Vocabulary,
    /// The patterns that can begin with a class, in the order of the rules.
    by_class: Vec<(usize, usize)>,
    /// Which of these begin with a class that is met, for each single class.
    of_class: Vec<(Class, BitSet)>,
    needs: Vec<(String, Pattern)>,
    lists: Vec<(String, Phrases)>,
    /// For each word the lists with an entry that begins with it.
    listed: Vec<Vec<usize>>,
    /// The words of the list `topic`.
    pub(super) topic: Vec<String>,
    /// Those of them that only texts about AI use.
    pub(super) plainly_ai: Vec<String>,
}

/// The rules of the embedded files.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::parse().unwrap_or_else(|fault| unreachable!("the embedded rules are tested: {fault}"))
});

impl Rules {
    /// Parses and compiles the embedded files; the error names file and rule.
    fn parse() -> Result<Self, String> {
        let lists: Lists = toml::from_str::<BTreeMap<String, Vec<String>>>(LISTS)
            .map_err(|error| format!("lists: {error}"))?;
        let mut vocabulary = Vocabulary::default();
        let mut index = |entries: &Vec<String>| {
            Phrases::new(entries.iter().flat_map(|entry| inflections(entry)), &mut vocabulary)
        };
        let phrases: Vec<(String, Phrases)> =
            lists.iter().map(|(name, entries)| (name.clone(), index(entries))).collect();
        let mut listed = Vec::new();
        for (list, (_, entries)) in phrases.iter().enumerate() {
            entries.firsts().for_each(|word| slot(&mut listed, word).push(list));
        }
        let mut rules = Rules {
            all: Vec::new(),
            learned: Vec::new(),
            by_word: Vec::new(),
            vocabulary,
            by_class: Vec::new(),
            of_class: Class::each().map(|class| (class, BitSet::default())).collect(),
            needs: Vec::new(),
            lists: phrases,
            listed,
            topic: lists.get("topic").cloned().unwrap_or_default(),
            plainly_ai: lists.get("plainly_ai").cloned().unwrap_or_default(),
        };
        for (kind, text) in FILES {
            let file: File = toml::from_str(text).map_err(|error| format!("{}: {error}", kind.name()))?;
            for entry in file.rule {
                let id = format!("{}/{}", kind.name(), entry.name);
                rules.add(kind, entry, &id, &lists).map_err(|fault| format!("{id}: {fault}"))?;
            }
        }
        let file: LearnedFile = toml::from_str(LEARNED).map_err(|error| format!("learned: {error}"))?;
        for entry in file.slots {
            let kind = entry.kind.ok_or_else(|| format!("learned/{}: it has no kind", entry.name))?;
            let id = format!("{}/{}", kind.name(), entry.name);
            let quantity = Class::default();
            let (patterns, needs, without) = (Vec::new(), Vec::new(), Vec::new());
            rules.learned.push(Rule { kind, id, entry, quantity, patterns, needs, without });
        }
        Ok(rules)
    }

    /// The rule by which the slots are filled of what the reader found, with a number or without.
    pub(super) fn learned(
        &self,
        kind: ClaimKind,
        relation: Option<Relation>,
        has_number: bool,
    ) -> Option<&Rule> {
        let fits =
            |rule: &&Rule| rule.kind == kind && (rule.entry.relation == relation || relation.is_none());
        // "First" needs no number; "third" has one.
        let mut fitting = self.learned.iter().filter(fits);
        fitting.clone().find(|rule| rule.entry.value.is_none() == has_number).or_else(|| fitting.next())
    }

    fn add(&mut self, kind: ClaimKind, entry: Entry, id: &str, lists: &Lists) -> Result<(), String> {
        let vocabulary = &mut self.vocabulary;
        let mut compile = |texts: &[String]| {
            texts.iter().map(|text| Pattern::compile(text, lists, vocabulary)).collect::<Result<Vec<_>, _>>()
        };
        let mut quantity = Class::default();
        for name in &entry.quantity {
            quantity = quantity.with(Class::named(name).ok_or_else(|| format!("`{name}` is no class"))?);
        }
        let (patterns, without) = (compile(&entry.patterns)?, compile(&entry.without)?);
        let mut needs = Vec::new();
        for need in &entry.needs {
            let known = self.needs.iter().position(|(text, _)| text == need);
            needs.push(known.unwrap_or(self.needs.len()));
            if known.is_none() {
                self.needs.push((need.clone(), Pattern::compile(need, lists, &mut self.vocabulary)?));
            }
        }
        let rule = self.all.len();
        for (which, pattern) in patterns.iter().enumerate() {
            let (words, class) = pattern.starts();
            for word in words {
                let list = slot(&mut self.by_word, word);
                if !list.contains(&(rule, which)) {
                    list.push((rule, which));
                }
            }
            if class != Class::default() {
                for (single, beginning) in &mut self.of_class {
                    if class.meets(*single) {
                        beginning.insert(self.by_class.len());
                    }
                }
                self.by_class.push((rule, which));
            }
        }
        self.all.push(Rule { kind, id: id.to_owned(), entry, quantity, patterns, needs, without });
        Ok(())
    }

    /// Every match of every rule in the line.
    pub(super) fn find<'r>(&'r self, line: &Line<'_>) -> Vec<(&'r Rule, Match<'r>)> {
        let mut found: Vec<(&Rule, Match<'r>)> = Vec::new();
        for at in 0..line.len() {
            let class = line.class(at);
            let by_word = self.by_word.get(line.word(at) as usize).into_iter().flatten().copied();
            let mut beginning = BitSet::default();
            for (_, of_class) in self.of_class.iter().filter(|(single, _)| class.meets(*single)) {
                beginning.union_with(of_class);
            }
            let by_class = beginning.iter().map(|i| self.by_class[i]);
            for (rule, which) in by_word.chain(by_class) {
                let rule = &self.all[rule];
                let overlaps = found.iter().any(|(other, m)| std::ptr::eq(*other, rule) && at < m.to);
                let barred = at > 0 && rule.entry.not_after.iter().any(|word| word == line.low(at - 1));
                if !overlaps
                    && !barred
                    && let Some(m) = rule.patterns[which].matches(line, at)
                {
                    found.push((rule, m));
                }
            }
        }
        found
    }

    /// Whether an entry of the list stands at the token.
    pub(super) fn lists(&self, list: &str, line: &Line<'_>, at: usize) -> bool {
        let stands = |which: &usize| {
            let (name, entries) = &self.lists[*which];
            name == list && entries.at(line, at).next().is_some()
        };
        self.listed.get(line.word(at) as usize).is_some_and(|lists| lists.iter().any(stands))
    }

    /// The needs of all rules, to be looked for in the line.
    pub(super) fn served<'l, 'a>(&'l self, line: &'l Line<'a>) -> Served<'l, 'a> {
        Served { needs: &self.needs, line, known: vec![Cell::new(None); self.needs.len()] }
    }
}

/// What stands for a word in a table of all words, which grows to hold it.
fn slot<T>(of_words: &mut Vec<Vec<T>>, word: u32) -> &mut Vec<T> {
    let word = word as usize;
    if of_words.len() <= word {
        of_words.resize_with(word + 1, Vec::new);
    }
    &mut of_words[word]
}

/// What a line has of what rules need: each is looked for once, when the first rule asks.
pub(super) struct Served<'l, 'a> {
    needs: &'l [(String, Pattern)],
    line: &'l Line<'a>,
    known: Vec<Cell<Option<bool>>>,
}

impl Served<'_, '_> {
    fn has(&self, need: usize) -> bool {
        let looked_for = || {
            let pattern = &self.needs[need].1;
            (0..self.line.len()).any(|i| pattern.matches(self.line, i).is_some())
        };
        let found = self.known[need].get().unwrap_or_else(looked_for);
        self.known[need].set(Some(found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_parse_and_each_rule_has_examples() {
        let rules = Rules::parse().expect("the rule files are sound");
        for rule in &rules.all {
            assert!(
                !rule.entry.matches.is_empty() && !rule.entry.rejects.is_empty(),
                "{} lacks examples",
                rule.id
            );
        }
    }
}
