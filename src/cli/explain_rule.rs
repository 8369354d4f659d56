//! `benchclaim explain rule`: a rule's name in; its patterns, what it gives and its examples out.

use super::near::nearest;
use crate::claim::{RuleCard, rules};
use anyhow::{Result, bail};
use std::fmt::Write;

/// Tells of one rule, by `kind/name` or by its bare name, or lists them all.
pub(super) fn told(name: Option<&str>) -> Result<String> {
    let Some(name) = name else { return listing() };
    let wanted = name.to_lowercase();
    match wanted.rsplit('/').next() {
        Some("llm") => return Ok(OF_A_MODEL.to_owned()),
        Some("table") => return Ok(OF_A_TABLE.to_owned()),
        _ => {}
    }
    let found: Vec<RuleCard> = rules().filter(|rule| is_called(rule, &wanted)).collect();
    if found.is_empty() {
        let hint = match nearest(&wanted, rules().map(|rule| rule.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`benchclaim explain rule` lists them".to_owned(),
        };
        bail!("there is no rule `{name}`; {hint}");
    }
    let mut text = String::new();
    for (i, rule) in found.iter().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        card(rule, &mut text)?;
    }
    Ok(text)
}

/// What stands in the place of a rule where a table was read.
const OF_A_TABLE: &str = "\
score/table, no rule of words: a cell of a table

In a Markdown or HTML table with a column that a benchmark heads (\"MMLU\", \"GPQA (0-shot)\"), each number below it is the
score of the model that begins the row. Columns with other heads, rows without a model that is known, and cells with
anything but a number are passed over. A table without such a column is read row by row as sentences are.
";

/// What stands in the place of a rule where a language model found the claim.
const OF_A_MODEL: &str = "\
llm, no rule: a language model found the claim (`--extractor llm --endpoint URL --model NAME`)

The article is sent to the server passage by passage, with a JSON Schema that the answer must keep to. A claim stands
only when its quote is in the text, word for word or with other white space, and its type, relation, unit and comparator
are ones that claims have; the others are dropped and counted. Names and boards are looked up and times resolved as for
rules, and the number is taken at the precision that the text prints. Answers are kept in the user's cache by endpoint and
question, so that a second run asks nobody. An article whose server fails is an error, never an article without claims.
";

fn is_called(rule: &RuleCard, wanted: &str) -> bool {
    rule.id == wanted || rule.id.split_once('/').is_some_and(|(_, name)| name == wanted)
}

fn card(rule: &RuleCard, text: &mut String) -> Result<()> {
    writeln!(text, "{}, a rule that finds claims of type {}\n", rule.id, rule.kind.name())?;
    writeln!(text, "It looks for any of (src/claim/pattern.rs explains the signs):")?;
    for pattern in rule.patterns {
        writeln!(text, "  {pattern}")?;
    }
    for (head, patterns) in
        [("The sentence must hold one of:", rule.needs), ("Its clause must hold none of:", rule.without)]
    {
        if !patterns.is_empty() {
            writeln!(text, "{head}")?;
            for pattern in patterns {
                writeln!(text, "  {pattern}")?;
            }
        }
    }
    writeln!(text, "It gives:")?;
    for (slot, value) in &rule.gives {
        writeln!(text, "  {slot:<10} {value}")?;
    }
    writeln!(text, "Weight {} where rules claim the same words.", rule.weight)?;
    for (head, sentences) in [("It must match:", rule.matches), ("It must not match:", rule.rejects)] {
        writeln!(text, "{head}")?;
        for sentence in sentences {
            writeln!(text, "  {sentence}")?;
        }
    }
    Ok(())
}

fn listing() -> Result<String> {
    let mut text = String::new();
    for rule in rules() {
        let example = rule.matches.first().map_or("", String::as_str);
        writeln!(text, "{:<34} {example}", rule.id)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_by_either_name_and_a_near_miss_is_named() {
        let told = told(Some("gap/behind")).expect("a rule");
        assert!(told.contains("It must match:\n  China lags the United States"), "{told}");
        assert_eq!(super::told(Some("behind")).expect("a rule"), told);
        let error = super::told(Some("gap/behnd")).expect_err("no rule").to_string();
        assert!(error.contains("gap/behind"), "{error}");
        let listed = super::told(None).expect("a list");
        assert_eq!(listed.lines().count(), rules().count());
    }
}
