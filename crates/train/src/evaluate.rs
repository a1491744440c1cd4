//! Evaluation on held-out next items: popularity, rules alone and the blend that ships, strict and refit.

use vitrine_recommend::{Content, Model, Settings};

use crate::TrainError;
use crate::bootstrap::interval;
use crate::metrics::{Interval, Metrics};
use crate::ranks::ranks;
use crate::split::Split;
use crate::tune::{Tuned, fit};

/// What was trained on before testing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Without the validation items.
    Strict,
    /// With the validation items, constants unchanged.
    Refit,
}

/// Figures of one recommender under one protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// `popularity`, `rules` or `blend`.
    pub name: &'static str,
    /// What it was trained on.
    pub protocol: Protocol,
    /// Means over all test cases.
    pub metrics: Metrics,
    /// Their 95 % bootstrap intervals.
    pub interval: Interval,
}

/// Tests all recommenders on the last item of every shopper, ranked among all items not yet seen.
pub fn evaluate(split: &Split, content: &Content, tuned: &Tuned, seed: u64) -> Result<Vec<Evaluation>, TrainError> {
    let popularity = Settings { content: 0.0, prior: 1.0, ..Settings::default() };
    let mut evaluations = Vec::new();
    for (protocol, sequences) in [(Protocol::Strict, &split.train), (Protocol::Refit, &split.refit)] {
        let full = fit(sequences, split.items, (tuned.back, tuned.successors), content.clone(), tuned.rules)?;
        let bare = Model::new(None, content.clone(), full.prior().clone(), popularity)?;
        let mut test = |name, model: &Model| {
            let ranks = ranks(model, &split.test);
            let metrics = Metrics::of_ranks(ranks.iter().copied());
            evaluations.push(Evaluation { name, protocol, metrics, interval: interval(&ranks, seed) });
        };
        test("popularity", &bare);
        test("rules", &full);
        test("blend", &full.with_settings(tuned.blend)?);
    }
    Ok(evaluations)
}
