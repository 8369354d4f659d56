//! Examples in; fitted weights out.
//!
//! By AdaGrad (Duchi, Hazan, Singer 2011) with an L2 penalty, the mean over several orders of the examples. These come from
//! fixed seeds: the same examples give the same bytes.

use super::features::Features;
use super::weights::Weights;
use super::{OUTPUTS, SLOTS};
use std::collections::HashMap;

/// Times that every example is looked at.
const EPOCHS: usize = 12;
/// Orders in which they are looked at; what is kept is the mean of the weights that each gave, which depends less on chance.
const ORDERS: u64 = 5;
const LEARNING_RATE: f32 = 0.08;
/// The penalty on squared weights, of the whole sum of losses.
const PENALTY: f32 = 1.0;
/// The same for the choices among candidates.
const CHOICE_RATE: f32 = 0.08;
const CHOICE_PENALTY: f32 = 90.0;
/// Rarer features say nothing of other texts.
const LEAST_SEEN: u32 = 2;

/// For each output, what is right; `None` where the output does not apply.
pub(super) type Targets = [Option<bool>; OUTPUTS];

/// What one place of a passage was labelled as.
pub(super) struct Example {
    pub(super) features: Features,
    pub(super) targets: Targets,
}

/// What filled one slot of a labelled claim, or was quoted.
pub(super) struct Choice {
    pub(super) output: usize,
    /// The features of each candidate.
    pub(super) features: Vec<Features>,
    /// Which candidates are right.
    pub(super) right: Vec<bool>,
}

/// How often each feature was seen, those seen often enough in ascending order, and the place of each of them.
fn known<'f>(all: impl Iterator<Item = &'f Features>) -> (HashMap<u32, u32>, Vec<u32>, HashMap<u32, usize>) {
    let mut seen: HashMap<u32, u32> = HashMap::new();
    for (feature, _) in all.flatten() {
        *seen.entry(*feature).or_default() += 1;
    }
    let mut known: Vec<u32> =
        seen.iter().filter(|(_, n)| **n >= LEAST_SEEN).map(|(feature, _)| *feature).collect();
    known.sort_unstable();
    let index = known.iter().enumerate().map(|(i, feature)| (*feature, i)).collect();
    (seen, known, index)
}

/// One logistic regression an output.
pub(super) fn fit(examples: Vec<Example>) -> Weights<OUTPUTS> {
    let (seen, known, index) = known(examples.iter().map(|example| &example.features));
    let examples: Vec<(Vec<(usize, f32)>, Targets)> = examples
        .into_iter()
        .map(|example| {
            let features = example.features.iter();
            (features.filter_map(|(f, v)| Some((*index.get(f)?, *v))).collect(), example.targets)
        })
        .collect();
    let decay: Vec<f32> = known.iter().map(|feature| PENALTY / seen[feature] as f32).collect();
    let mut mean = (vec![[0f32; OUTPUTS]; known.len()], [0f32; OUTPUTS]);
    for seed in 1..=ORDERS {
        let (weights, bias) = fit_in_order(&examples, &decay, seed);
        add(&mut mean.0, &weights);
        add(std::slice::from_mut(&mut mean.1), &[bias]);
    }
    Weights::quantise(mean.1, known.into_iter().zip(mean.0).collect())
}

/// Adds one order's part to the mean.
fn add<const N: usize>(mean: &mut [[f32; N]], weights: &[[f32; N]]) {
    for (mean, weight) in mean.iter_mut().flatten().zip(weights.iter().flatten()) {
        *mean += weight / ORDERS as f32;
    }
}

/// The weights and biases that one order of the examples gives.
fn fit_in_order(
    examples: &[(Vec<(usize, f32)>, Targets)],
    decay: &[f32],
    seed: u64,
) -> (Vec<[f32; OUTPUTS]>, [f32; OUTPUTS]) {
    let mut weights = vec![[0f32; OUTPUTS]; decay.len()];
    let mut squares = vec![[1e-2f32; OUTPUTS]; decay.len()];
    let (mut bias, mut bias_squares) = ([-3f32; OUTPUTS], [1f32; OUTPUTS]);
    let mut random = fastrand::Rng::with_seed(seed);
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
    (weights, bias)
}

/// One log-linear model over the candidates of a choice, a slot: the likelihood of all that are right is raised.
pub(super) fn fit_choices(choices: &[Choice]) -> Weights<SLOTS> {
    let (_, known, index) = known(choices.iter().flat_map(|choice| &choice.features));
    let mut mean = vec![[0f32; SLOTS]; known.len()];
    for seed in 1..=ORDERS {
        add(&mut mean, &fit_choices_in_order(choices, &index, seed));
    }
    Weights::quantise([0.0; SLOTS], known.into_iter().zip(mean).collect())
}

/// The weights that one order of the choices gives.
fn fit_choices_in_order(choices: &[Choice], index: &HashMap<u32, usize>, seed: u64) -> Vec<[f32; SLOTS]> {
    let decay = CHOICE_PENALTY / choices.len().max(1) as f32;
    let mut weights = vec![[0f32; SLOTS]; index.len()];
    let mut squares = vec![[1e-2f32; SLOTS]; index.len()];
    let mut random = fastrand::Rng::with_seed(seed);
    let mut order: Vec<usize> = (0..choices.len()).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for choice in order.iter().map(|i| &choices[*i]) {
            let output = choice.output;
            let rows: Vec<Vec<usize>> = choice
                .features
                .iter()
                .map(|features| {
                    features.iter().filter_map(|(feature, _)| index.get(feature).copied()).collect()
                })
                .collect();
            let worth: Vec<f32> =
                rows.iter().map(|row| row.iter().map(|at| weights[*at][output]).sum()).collect();
            let most = worth.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let all: Vec<f32> = worth.iter().map(|worth| (worth - most).exp()).collect();
            let sum: f32 = all.iter().sum();
            let right: f32 = all.iter().zip(&choice.right).filter(|(_, right)| **right).map(|(p, _)| p).sum();
            for ((row, p), is_right) in rows.iter().zip(&all).zip(&choice.right) {
                let error = p / sum - if *is_right { p / right.max(f32::MIN_POSITIVE) } else { 0.0 };
                for at in row {
                    let (weight, square) = (&mut weights[*at][output], &mut squares[*at][output]);
                    let gradient = error + decay * *weight;
                    *square += gradient * gradient;
                    *weight -= CHOICE_RATE * gradient / square.sqrt();
                }
            }
        }
    }
    weights
}
