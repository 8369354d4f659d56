//! The rules in; what each looks for, what it gives and its examples out, for readers.

use super::ClaimKind;
use super::rule::RULES;

/// What a reader may want to know of a rule.
#[derive(Debug, Clone)]
pub struct RuleCard {
    /// `kind/name`, as traces and claims print it.
    pub id: &'static str,
    /// The kind of claim that it finds.
    pub kind: ClaimKind,
    /// Its patterns, as the rule file writes them.
    pub patterns: &'static [String],
    /// One of these must match somewhere in the sentence, where there are any.
    pub needs: &'static [String],
    /// None of these may match in the clause.
    pub without: &'static [String],
    /// Slots that the rule says itself, as name and value.
    pub gives: Vec<(&'static str, String)>,
    /// Sentences in which it must find something.
    pub matches: &'static [String],
    /// Sentences in which it must not.
    pub rejects: &'static [String],
    /// Of two rules that claim the same words the one of more weight wins.
    pub weight: i32,
}

/// Every rule that has patterns, in the order of the files.
pub fn rules() -> impl Iterator<Item = RuleCard> {
    RULES.all.iter().map(|rule| {
        let entry = &rule.entry;
        let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        let mut gives = vec![("subject", word(&entry.subject)), ("object", word(&entry.object))];
        gives.extend(entry.relation.map(|relation| ("relation", word(&relation))));
        gives.extend(entry.value.map(|value| ("value", value.to_string())));
        gives.extend(entry.unit.map(|unit| ("unit", word(&unit))));
        gives.extend(entry.comparator.map(|comparator| ("comparator", word(&comparator))));
        gives.extend(entry.benchmark.clone().map(|benchmark| ("benchmark", benchmark)));
        gives.extend(entry.negated.then(|| ("negated", "yes".to_owned())));
        RuleCard {
            id: &rule.id,
            kind: rule.kind,
            patterns: &entry.patterns,
            needs: &entry.needs,
            without: &entry.without,
            gives,
            matches: &entry.matches,
            rejects: &entry.rejects,
            weight: entry.weight,
        }
    })
}
