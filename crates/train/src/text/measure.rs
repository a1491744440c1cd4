//! How good a text classifier is: accuracy, log-loss and calibration.

use serde::Serialize;
use vitrine_assistant::Linear;

use super::TextExample;

/// Figures over some texts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextFigures {
    /// How many texts.
    pub texts: usize,
    /// Share of texts whose most probable label is right.
    pub accuracy: f64,
    /// Mean negative logarithm of the right label's probability.
    pub log_loss: f64,
    /// Expected calibration error in ten equal steps of probability.
    pub calibration_error: f64,
}

/// Measures on texts that the model was not trained with; a label that it does not know counts as wrong.
pub fn measure_text(model: &Linear, examples: &[TextExample], see: &dyn Fn(&str) -> Vec<(u32, f32)>) -> TextFigures {
    let number = |label: &str| model.labels.iter().position(|known| known == label).unwrap_or(usize::MAX);
    let judged: Vec<(Vec<f64>, usize)> =
        examples.iter().map(|example| (model.probabilities(&see(&example.text)), number(&example.label))).collect();
    figures(&judged)
}

/// Figures of probabilities and right labels.
pub(super) fn figures(judged: &[(Vec<f64>, usize)]) -> TextFigures {
    let all = judged.len().max(1) as f64;
    let (mut right, mut loss) = (0.0, 0.0);
    let mut steps = [(0.0, 0.0, 0.0); 10];
    for (probabilities, label) in judged {
        let best = probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        let Some((best, probability)) = best else { continue };
        let hit = f64::from(u8::from(best == *label));
        right += hit;
        loss -= probabilities.get(*label).copied().unwrap_or(0.0).max(1e-12).ln();
        let step = ((probability * 10.0) as usize).min(9);
        if let Some((count, sum, hits)) = steps.get_mut(step) {
            *count += 1.0;
            *sum += probability;
            *hits += hit;
        }
    }
    let error = steps.iter().map(|(_, sum, hits)| (sum - hits).abs()).sum::<f64>() / all;
    TextFigures { texts: judged.len(), accuracy: right / all, log_loss: loss / all, calibration_error: error }
}
