//! Labelled passages in; trained weights out.
//!
//! One logistic regression an output, all trained together by AdaGrad (Duchi, Hazan, Singer 2011) with an L2 penalty. The order of
//! examples comes from a fixed seed: the same passages give the same bytes.

use super::features::{Features, Sheet};
use super::weights::{OUTPUTS, Weights};
use super::{ClaimKind, RELATIONS, output};
use crate::article::{self, Span};
use crate::claim::{Relation, walk};
use crate::error::Result;
use crate::names::Names;
use serde::Deserialize;
use std::collections::HashMap;

/// Times that every example is looked at.
const EPOCHS: usize = 12;
const LEARNING_RATE: f32 = 0.15;
/// The penalty on squared weights, of the whole sum of losses.
const PENALTY: f32 = 1.0;
/// Rarer features say nothing of other texts.
const LEAST_SEEN: u32 = 2;
/// Printed numbers within this share of a label's are that number.
const SAME_NUMBER: f64 = 0.006;

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
    /// Whether public data could decide it.
    #[serde(default = "yes")]
    pub checkable: bool,
}

fn yes() -> bool {
    true
}

/// For each output, what is right; `None` where the output does not apply.
type Targets = [Option<bool>; OUTPUTS];

/// What one place of a passage was labelled as.
struct Example {
    features: Features,
    targets: Targets,
}

/// Trains the reader on the passages; the bytes of its weights.
///
/// # Errors
/// A passage that cannot be read as an article.
pub fn train(passages: &[Labelled], names: &Names) -> Result<Vec<u8>> {
    let (mut clauses, mut numbers) = (Vec::new(), Vec::new());
    for passage in passages {
        let line = serde_json::json!({ "id": "passage", "text": passage.text }).to_string();
        let article = article::read_jsonl_line(&line)?;
        let labels: Vec<(Span, &Label)> = passage
            .claims
            .iter()
            .filter_map(|label| {
                let start = passage.text.find(&label.quote)?;
                Some((Span::new(start, start + label.quote.len()), label))
            })
            .collect();
        let mut left: Vec<(Span, &Label)> = labels;
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
                let shared = |(from, to): &(usize, usize)| {
                    let place = place(*from, *to);
                    place.end.min(span.end).saturating_sub(place.start.max(span.start))
                };
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
    let mut bytes = fit(clauses).to_bytes();
    bytes.extend(fit(numbers).to_bytes());
    Ok(bytes)
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

fn fit(examples: Vec<Example>) -> Weights {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for (feature, _) in examples.iter().flat_map(|example| &example.features) {
        *seen.entry(*feature).or_default() += 1;
    }
    let mut known: Vec<u32> =
        seen.iter().filter(|(_, n)| **n >= LEAST_SEEN).map(|(feature, _)| *feature).collect();
    known.sort_unstable();
    let index: HashMap<u32, usize> = known.iter().enumerate().map(|(i, feature)| (*feature, i)).collect();
    let examples: Vec<(Vec<(usize, f32)>, Targets)> = examples
        .into_iter()
        .map(|example| {
            let features = example.features.iter();
            (features.filter_map(|(f, v)| Some((*index.get(f)?, *v))).collect(), example.targets)
        })
        .collect();
    let decay: Vec<f32> = known.iter().map(|feature| PENALTY / seen[feature] as f32).collect();
    let mut weights = vec![[0f32; OUTPUTS]; known.len()];
    let mut squares = vec![[1e-2f32; OUTPUTS]; known.len()];
    let (mut bias, mut bias_squares) = ([-3f32; OUTPUTS], [1f32; OUTPUTS]);
    let mut random = fastrand::Rng::with_seed(1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for example in &order {
            let (features, targets) = &examples[*example];
            let mut logits = bias;
            for (feature, value) in features {
                for (logit, weight) in logits.iter_mut().zip(&weights[*feature]) {
                    *logit += weight * value;
                }
            }
            let error: [f32; OUTPUTS] = std::array::from_fn(|i| {
                targets[i]
                    .map_or(0.0, |target| 1.0 / (1.0 + (-logits[i]).exp()) - f32::from(u8::from(target)))
            });
            for (feature, value) in features {
                let (row, square) = (&mut weights[*feature], &mut squares[*feature]);
                for i in 0..OUTPUTS {
                    let gradient = error[i] * value + decay[*feature] * row[i];
                    square[i] += gradient * gradient;
                    row[i] -= LEARNING_RATE * gradient / square[i].sqrt();
                }
            }
            for i in 0..OUTPUTS {
                bias_squares[i] += error[i] * error[i];
                bias[i] -= LEARNING_RATE * error[i] / bias_squares[i].sqrt();
            }
        }
    }
    Weights::quantise(bias, known.into_iter().zip(weights).collect())
}
