//! Multinomial logistic regression by stochastic gradients with averaged weights; its temperature from held-out parts.

use std::collections::BTreeMap;

use fastrand::Rng;
use vitrine_assistant::{Linear, softmax};

use super::TextExample;
use super::measure::{TextFigures, figures};
use crate::TrainError;

/// Parts into which examples are divided to calibrate.
const PARTS: usize = 4;
/// Fitted on so many rounds over the examples.
const ROUNDS: usize = 24;

/// How strongly weights are held small: the penalty of a squared weight per example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regularization(pub f64);

impl Default for Regularization {
    fn default() -> Self {
        Self(1.6e-5)
    }
}

/// A trained classifier and what to expect of it.
#[derive(Clone, Debug)]
pub struct TrainedText {
    /// The classifier.
    pub model: Linear,
    /// On parts of the examples that were held out, by classifiers trained without them.
    pub held_out: TextFigures,
}

/// What the classifier sees of an example.
type Features = Vec<(u32, f32)>;

/// Trains on `examples`; `see` gives a text's features. The same examples, order and seed give the same model.
pub fn train_text(
    examples: &[TextExample],
    see: &dyn Fn(&str) -> Features,
    hold: Regularization,
    seed: u64,
) -> Result<TrainedText, TrainError> {
    let mut labels: Vec<String> = examples.iter().map(|example| example.label.clone()).collect();
    labels.sort();
    labels.dedup();
    if labels.len() < 2 {
        return Err(TrainError::Line { line: 1, problem: format!("{} label; expected at least two", labels.len()) });
    }
    let number = |label: &String| labels.binary_search(label).unwrap_or(0);
    let seen: Vec<(Features, usize)> =
        examples.iter().map(|example| (see(&example.text), number(&example.label))).collect();
    let mut order: Vec<usize> = (0..seen.len()).collect();
    Rng::with_seed(seed).shuffle(&mut order);
    let parts = parts(examples, &order);
    let mut held_out: Vec<(Vec<f64>, usize)> = Vec::new();
    for part in 0..PARTS {
        let (mut inner, mut outer) = (Vec::new(), Vec::new());
        for at in &order {
            let list = if parts.get(*at) == Some(&part) { &mut outer } else { &mut inner };
            list.extend(seen.get(*at));
        }
        let model = fit(&inner, &labels, hold, seed);
        held_out.extend(outer.iter().map(|(features, label)| (model.scores(features).0, *label)));
    }
    let temperature = calibrate(&held_out);
    let all: Vec<&(Features, usize)> = order.iter().filter_map(|at| seen.get(*at)).collect();
    let mut model = fit(&all, &labels, hold, seed);
    model.temperature = temperature as f32;
    let judged: Vec<(Vec<f64>, usize)> =
        held_out.iter().map(|(scores, label)| (softmax(scores, temperature), *label)).collect();
    Ok(TrainedText { model, held_out: figures(&judged) })
}

/// The part in which each example is held out: those of a group in the same.
fn parts(examples: &[TextExample], order: &[usize]) -> Vec<usize> {
    let mut parts = vec![0; examples.len()];
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = 0;
    for at in order {
        let Some(example) = examples.get(*at) else { continue };
        let place = match &example.group {
            Some(group) => *groups.entry(group).or_insert(count),
            None => count,
        };
        count += usize::from(place == count);
        if let Some(part) = parts.get_mut(*at) {
            *part = place % PARTS;
        }
    }
    parts
}

/// The temperature at which held-out labels are most probable.
fn calibrate(held_out: &[(Vec<f64>, usize)]) -> f64 {
    let loss = |temperature: f64| -> f64 {
        let each = held_out.iter().map(|(scores, label)| {
            softmax(scores, temperature).get(*label).map_or(0.0, |probability| -probability.max(1e-12).ln())
        });
        each.sum()
    };
    let candidates = (0..80).map(|step| 0.1 * 1.05_f64.powi(step));
    candidates.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0)
}

/// Rows of features that at least two examples have, numbered, with how rare each is.
fn vocabulary(examples: &[&(Features, usize)]) -> BTreeMap<u32, (usize, f32)> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for (features, _) in examples {
        for (hash, _) in features {
            *counts.entry(*hash).or_default() += 1;
        }
    }
    let all = examples.len() as f64;
    let kept = counts.into_iter().filter(|(_, count)| *count >= 2);
    kept.enumerate()
        .map(|(row, (hash, count))| (hash, (row, (1.0 + (all / f64::from(count)).ln()).sqrt() as f32)))
        .collect()
}

fn fit(examples: &[&(Features, usize)], labels: &[String], hold: Regularization, seed: u64) -> Linear {
    let vocabulary = vocabulary(examples);
    let classes = labels.len();
    let rows: Vec<(Vec<(usize, f32)>, usize)> = examples
        .iter()
        .map(|(features, label)| {
            let known = features
                .iter()
                .filter_map(|(hash, value)| vocabulary.get(hash).map(|(row, rarity)| (*row, value * rarity)));
            (known.collect(), *label)
        })
        .collect();
    // Weights are `scale` times what is stored, so that holding them small costs one product a step.
    let mut weights = vec![0.0_f32; vocabulary.len() * classes];
    let mut average = weights.clone();
    let mut bias = vec![0.0_f32; classes];
    let (mut scale, mut averaged) = (1.0_f64, 0_u32);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut rng = Rng::with_seed(seed);
    let mut scores = vec![0.0_f32; classes];
    for round in 0..ROUNDS {
        rng.shuffle(&mut order);
        let pace = 1.2 * (1.0 - round as f64 / ROUNDS as f64).max(0.05);
        for at in &order {
            let Some((features, label)) = rows.get(*at) else { continue };
            scores.copy_from_slice(&bias);
            for (row, value) in features {
                let Some(own) = weights.get(row * classes..(row + 1) * classes) else { continue };
                let value = value * scale as f32;
                scores.iter_mut().zip(own).for_each(|(score, weight)| *score += value * weight);
            }
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|score| *score = libm::expf(*score - most));
            let sum: f32 = scores.iter().sum();
            for (class, score) in scores.iter_mut().enumerate() {
                *score = *score / sum - if class == *label { 1.0 } else { 0.0 };
            }
            scale *= 1.0 - pace * hold.0;
            for (row, value) in features {
                let Some(own) = weights.get_mut(row * classes..(row + 1) * classes) else { continue };
                let step = (pace / scale) as f32 * value;
                own.iter_mut().zip(&scores).for_each(|(weight, error)| *weight -= step * error);
            }
            bias.iter_mut().zip(&scores).for_each(|(bias, error)| *bias -= 0.05 * pace as f32 * error);
        }
        if round * 2 >= ROUNDS {
            averaged += 1;
            average.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight * scale as f32);
        }
    }
    let share = 1.0 / averaged.max(1) as f32;
    let rows = vocabulary.iter().filter_map(|(hash, (row, rarity))| {
        let own = average.get(row * classes..(row + 1) * classes)?;
        Some((*hash, own.iter().map(|weight| weight * share * rarity).collect()))
    });
    Linear::from_rows(labels.to_vec(), bias.clone(), rows.collect(), 1.0)
}
