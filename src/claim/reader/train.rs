//! Labelled passages in; trained weights out.
//!
//! First what makes a claim is learned; then, on the claims that a reader with those weights finds, what fills their slots.

use super::candidate::{Slot, candidates, put};
use super::choice::{describe, is_open};
use super::extent::{self, Extent, extents};
use super::features::{Features, Sheet};
use super::fit::{Choice, Example, Targets, fit, fit_choices};
use super::weights::Weights;
use super::{ClaimKind, EXTENT, OUTPUTS, RELATIONS, Reader, output};
use crate::article::{self, Article, Span};
use crate::claim::{Party, Relation, walk};
use crate::error::Result;
use crate::names::Names;
use serde::Deserialize;

/// Printed numbers within this share of a label's are that number.
const SAME_NUMBER: f64 = 0.006;

/// Words as like the label's as this share of the likest are right.
const NEARLY: f64 = 0.9;

/// A passage with the claims that a reader finds in it.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    /// The passage.
    pub text: String,
    /// Its claims.
    pub claims: Vec<Label>,
}

/// A claim as labelled; other fields of the label are not trained on.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ClaimKind,
    /// Its words, exactly as they stand in the passage.
    pub quote: String,
    /// Its number.
    pub value: Option<f64>,
    /// How subject and object stand, or which way a trend points.
    pub relation: Option<Relation>,
    /// Who or what it is about; several are parted by `; `. Where this is absent the sentence is one that the rules read
    /// right, and their slots are learned.
    #[serde(default)]
    pub subject: Option<String>,
    /// Whom the subject is set against or built on.
    #[serde(default)]
    pub object: Option<String>,
    /// The benchmark or board named.
    #[serde(default)]
    pub benchmark: Option<String>,
}

/// Trains the reader on the passages; the bytes of its weights.
///
/// # Errors
/// A passage that cannot be read as an article.
pub fn train(passages: &[Labelled], names: &Names) -> Result<Vec<u8>> {
    let (mut clauses, mut numbers) = (Vec::new(), Vec::new());
    for passage in passages {
        let article = read(passage)?;
        let mut left = places(passage);
        walk(&article, names, None, &mut |seen| {
            let sheet = Sheet::new(seen.line, seen.found, seen.by_rules, seen.article_is_about_ai);
            let place = |from: usize, to: usize| article.to_original(seen.line.extent(from, to));
            // Numbers first: what a number is labelled as, its clause is not.
            let mut taken = Vec::new();
            for i in (0..seen.line.len()).filter(|i| seen.line.quantity(*i).is_some()) {
                let value = seen.line.quantity(i).map_or(0.0, |quantity| quantity.value);
                let mut targets = [Some(false); OUTPUTS];
                for (which, (span, label)) in left.iter().enumerate() {
                    let is_it = label
                        .value
                        .is_some_and(|wanted| (wanted - value).abs() <= SAME_NUMBER * wanted.abs().max(1e-9));
                    if is_it && span.overlaps(&place(i, i + 1)) && !taken.contains(&which) {
                        taken.push(which);
                        mark(&mut targets, label);
                    }
                }
                let mut features = Features::new();
                sheet.number(i, &mut features);
                numbers.push(Example { features, targets: with_relations(targets) });
            }
            let mut of_clause = vec![[Some(false); OUTPUTS]; sheet.clauses.len()];
            for (which, (span, label)) in left.iter().enumerate() {
                if taken.contains(&which) && is_told_by_its_number(label.kind) {
                    continue;
                }
                let shared = |(from, to): &(usize, usize)| place(*from, *to).shared(span);
                let most = (0..sheet.clauses.len()).max_by_key(|i| shared(&sheet.clauses[*i]));
                if let Some(most) = most.filter(|i| shared(&sheet.clauses[*i]) * 2 > span.end - span.start) {
                    mark(&mut of_clause[most], label);
                }
            }
            for (which, targets) in of_clause.into_iter().enumerate() {
                let (mut features, mut places) = (Features::new(), Vec::new());
                sheet.clause(which, &mut features, &mut places);
                clauses.push(Example { features, targets: with_relations(targets) });
            }
            let mut which = 0;
            left.retain(|_| {
                which += 1;
                !taken.contains(&(which - 1))
            });
        });
    }
    let reader = Reader { clauses: fit(clauses), numbers: fit(numbers), slots: Weights::default() };
    let slots = fit_choices(&choices(passages, names, &reader)?);
    let mut bytes = reader.clauses.to_bytes();
    bytes.extend(reader.numbers.to_bytes());
    bytes.extend(slots.to_bytes());
    Ok(bytes)
}

/// What filled the slots of the labelled claims that the reader finds.
fn choices(passages: &[Labelled], names: &Names, reader: &Reader) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for passage in passages {
        let article = read(passage)?;
        let mut left = places(passage);
        walk(&article, names, Some(reader), &mut |seen| {
            for draft in seen.kept {
                let quote = article.to_original(seen.line.extent(draft.quote.0, draft.quote.1));
                let best = (0..left.len())
                    .filter(|i| left[*i].1.kind == draft.rule.kind && left[*i].0.overlaps(&quote))
                    .max_by_key(|i| left[*i].0.shared(&quote));
                let Some((span, label)) = best.map(|i| left.remove(i)) else { continue };
                let mut draft = draft.clone();
                for (output, slot) in
                    Slot::ALL.into_iter().enumerate().filter(|(_, slot)| is_open(draft.rule, *slot))
                {
                    let wanted = match slot {
                        Slot::Subject => &label.subject,
                        Slot::Object => &label.object,
                        Slot::Benchmark => &label.benchmark,
                    };
                    let wanted = wanted.as_deref().unwrap_or_default();
                    let all = candidates(slot, &draft, seen.line, seen.context);
                    let right: Vec<bool> = all
                        .iter()
                        .map(|candidate| {
                            if label.subject.is_some() {
                                agree(wanted, &candidate.parties)
                            } else {
                                candidate.by_rules
                            }
                        })
                        .collect();
                    if right.contains(&true) && right.contains(&false) {
                        let features = describe(slot, &draft, seen.line, seen.context, &all);
                        choices.push(Choice { output, features, right: right.clone() });
                    }
                    // The next slot is filled beside the right one.
                    if let Some(i) = right.iter().position(|right| *right) {
                        put(slot, &mut draft, all[i].clone());
                    }
                }
                let others: Vec<usize> = seen
                    .kept
                    .iter()
                    .filter_map(|other| other.value)
                    .filter(|i| draft.value != Some(*i))
                    .collect();
                let all = extents(&draft, seen.line);
                let common =
                    |(from, to): &Extent| likeness(article.to_original(seen.line.extent(*from, *to)), span);
                let most = all.iter().map(common).fold(0.0, f64::max);
                let right: Vec<bool> = all.iter().map(|extent| common(extent) >= NEARLY * most).collect();
                if most > 0.0 && right.contains(&false) {
                    let features = extent::describe(&draft, &others, seen.line, &all);
                    choices.push(Choice { output: EXTENT, features, right });
                }
            }
        });
    }
    Ok(choices)
}

/// What two spans share, of what either holds: 0 to 1 (Jaccard 1901).
fn likeness(one: Span, other: Span) -> f64 {
    let shared = one.shared(&other);
    let either = one.end.max(other.end) - one.start.min(other.start);
    if shared == 0 { 0.0 } else { shared as f64 / either as f64 }
}

/// Whether each name wanted is, or is part of, one of the parties, and the other way round.
fn agree(wanted: &str, parties: &[Party]) -> bool {
    let plain = |text: &str| {
        let low = text.to_lowercase();
        let low = low.strip_prefix("the ").unwrap_or(&low);
        low.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let wanted: Vec<String> = wanted.split(';').map(plain).filter(|name| !name.is_empty()).collect();
    let found: Vec<String> =
        parties.iter().map(|party| plain(&party.text)).filter(|name| !name.is_empty()).collect();
    let within =
        |one: &String, many: &[String]| many.iter().any(|other| other.contains(one) || one.contains(other));
    wanted.is_empty() == found.is_empty()
        && wanted.iter().all(|name| within(name, &found))
        && found.iter().all(|name| within(name, &wanted))
}

/// The passage as an article.
fn read(passage: &Labelled) -> Result<Article> {
    article::read_jsonl_line(&serde_json::json!({ "id": "passage", "text": passage.text }).to_string())
}

/// The labels whose words stand in the passage, with their place.
fn places(passage: &Labelled) -> Vec<(Span, &Label)> {
    let place = |label: &Label| {
        let start = passage.text.find(&label.quote)?;
        Some(Span::new(start, start + label.quote.len()))
    };
    passage.claims.iter().filter_map(|label| Some((place(label)?, label))).collect()
}

/// Kinds whose claim is found by its number where it has one.
pub(in crate::claim) fn is_told_by_its_number(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Score | ClaimKind::Share | ClaimKind::Count | ClaimKind::Attribute | ClaimKind::Rank
    )
}

fn mark(targets: &mut Targets, label: &Label) {
    targets[output(label.kind)] = Some(true);
    if let Some(relation) = label.relation.and_then(|r| RELATIONS.iter().position(|other| *other == r)) {
        targets[ClaimKind::ALL.len() + relation] = Some(true);
    }
}

/// Relations are learned from comparisons and trends alone, each from its own.
fn with_relations(mut targets: Targets) -> Targets {
    let first = ClaimKind::ALL.len();
    for (kind, relations) in
        [(ClaimKind::Comparison, first..first + 3), (ClaimKind::Trend, first + 3..OUTPUTS)]
    {
        if targets[output(kind)] != Some(true) {
            targets[relations].fill(None);
        }
    }
    targets
}
