//! Tuning of the recommender's constants on the validation cases, by NDCG at 10.

use vitrine_recommend::{Content, Model, Prior, Rules, Settings};

use crate::TrainError;
use crate::metrics::Metrics;
use crate::ranks::ranks;
use crate::split::{Case, Split};

/// Tried values of what following backwards is worth.
const BACK: [f64; 5] = [0.0, 0.1, 0.3, 0.5, 1.0];
/// Tried values of decay.
const DECAY: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 0.9];
/// Tried weights of content.
const CONTENT: [f64; 6] = [0.0, 0.05, 0.1, 0.2, 0.4, 0.8];
/// Tried numbers of observations at which content weighs half.
const CONFIDENCE: [f64; 4] = [4.0, 16.0, 64.0, 256.0];
/// Tried weights of popularity.
const PRIOR: [f64; 6] = [0.0, 0.0001, 0.01, 0.03, 0.1, 0.2];
/// Cases used where every trial walks the lists of all features.
const CONTENT_CASES: usize = 4000;

/// The constants that did best on the validation cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuned {
    /// What following backwards is worth in the rules.
    pub back: f64,
    /// Most successors kept per item; given, not tuned.
    pub successors: usize,
    /// Constants of the rules alone (no content, no prior).
    pub rules: Settings,
    /// Constants of the whole blend.
    pub blend: Settings,
}

/// Tries the grid on the validation cases: first the rules alone, then content and its confidence, then the prior.
pub fn tune(split: &Split, content: &Content, successors: usize) -> Result<Tuned, TrainError> {
    let bare = Settings { content: 0.0, prior: 0.0, ..Settings::default() };
    let mut best = (f64::MIN, 0.0, bare);
    for back in BACK {
        let mut model = fit(&split.train, split.items, (back, successors), content.clone(), bare)?;
        for decay in DECAY {
            model = model.with_settings(Settings { decay, ..bare })?;
            let reached = Metrics::of_ranks(ranks(&model, &split.valid)).ndcg10();
            if reached > best.0 {
                best = (reached, back, *model.settings());
            }
        }
    }
    let (_, back, rules) = best;
    let model = fit(&split.train, split.items, (back, successors), content.clone(), rules)?;
    let blend = blend(model, &thinned(&split.valid), content.features() > 0)?;
    Ok(Tuned { back, successors, rules, blend })
}

/// Improves the blend one constant after the other, starting from the rules alone.
fn blend(mut model: Model, cases: &[Case], has_content: bool) -> Result<Settings, TrainError> {
    let rules = *model.settings();
    let pairs = CONTENT.iter().flat_map(|&content| CONFIDENCE.map(|confidence| (content, confidence)));
    let contents: Vec<Settings> = pairs
        .filter(|&(content, confidence)| content > 0.0 || Some(&confidence) == CONFIDENCE.first())
        .map(|(content, confidence)| Settings { content, confidence, ..rules })
        .collect();
    let mut best = rules;
    if has_content {
        best = pick(&mut model, cases, &contents)?;
    }
    let priors = PRIOR.map(|prior| Settings { prior, ..best });
    pick(&mut model, cases, &priors)
}

/// The settings with the best NDCG at 10, the first of equals.
fn pick(model: &mut Model, cases: &[Case], trials: &[Settings]) -> Result<Settings, TrainError> {
    let mut best = (f64::MIN, *model.settings());
    for &trial in trials {
        *model = model.clone().with_settings(trial)?;
        let reached = Metrics::of_ranks(ranks(model, cases)).ndcg10();
        if reached > best.0 {
            best = (reached, trial);
        }
    }
    Ok(best.1)
}

/// At most [`CONTENT_CASES`] cases, evenly spaced.
fn thinned(cases: &[Case]) -> Vec<Case> {
    cases.iter().step_by(cases.len().div_ceil(CONTENT_CASES).max(1)).cloned().collect()
}

/// Fits rules (`back`, most successors per item) and popularity of `sequences` and joins them with the content.
pub(crate) fn fit(
    sequences: &[Vec<u32>],
    items: u32,
    (back, successors): (f64, usize),
    content: Content,
    settings: Settings,
) -> Result<Model, TrainError> {
    let rules = Rules::fit(sequences, items, back, successors);
    let mut observations = vec![0_u32; items as usize];
    for &item in sequences.iter().flatten() {
        if let Some(count) = observations.get_mut(item as usize) {
            *count += 1;
        }
    }
    Ok(Model::new(Some(rules), content, Prior::popularity(observations), settings)?)
}
