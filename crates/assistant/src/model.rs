//! What an utterance is taken for: the trained classifier with the thresholds below which it is not believed.

use crate::command::Kind;
use crate::features::features;
use crate::input::Understood;
use crate::linear::{Linear, LinearError, softmax};
use crate::slots::Slots;

/// The classifier of commands, by `vitrine train text` from `sets/train.*.jsonl`.
const COMMANDS: &[u8] = include_bytes!("../model/commands.bin");

/// Takes utterances for kinds of commands.
#[derive(Clone, Debug)]
pub struct Model {
    linear: Linear,
    /// The kind of each label; none where a label is no kind.
    kinds: Vec<Option<Kind>>,
}

/// Below these an utterance counts as not understood. On the test sets 98 of 100 utterances within the shop's business are
/// above the second, and 7 to 10 of 100 others (`npm run bench -- assistant` prints both).
const LEAST_CONFIDENCE: f64 = 0.25;
const LEAST_IN_SCOPE: f64 = 0.45;

impl Default for Model {
    /// The model that the crate carries.
    fn default() -> Self {
        Self::open(COMMANDS).unwrap_or_else(|_| Self { linear: Linear::nothing(), kinds: Vec::new() })
    }
}

impl Model {
    /// Reads a classifier whose labels are names of commands.
    pub fn open(bytes: &[u8]) -> Result<Self, LinearError> {
        let linear = Linear::open(bytes)?;
        let kinds: Vec<Option<Kind>> = linear.labels.iter().map(|label| Kind::named(label)).collect();
        if kinds.iter().any(Option::is_none) {
            return Err(LinearError::Damaged("a label is no command"));
        }
        Ok(Self { linear, kinds })
    }

    /// The most probable kind, how sure that is, and how surely it is the shop's business.
    pub(crate) fn understand(&self, slots: &Slots) -> Understood {
        let seen = features(&slots.text, &slots.marks());
        let (scores, known) = self.linear.scores(&seen);
        let probabilities = softmax(&scores, f64::from(self.linear.temperature));
        let best = probabilities.iter().zip(&self.kinds).max_by(|a, b| a.0.total_cmp(b.0));
        let Some((confidence, kind)) = best else { return Understood::default() };
        let refused = probabilities.iter().zip(&self.kinds).find(|(_, kind)| **kind == Some(Kind::Refuse));
        let foreign = refused.map_or(0.0, |(probability, _)| *probability);
        Understood { kind: *kind, confidence: *confidence, in_scope: (1.0 - foreign) * known }
    }

    /// Whether what was understood is sure enough to answer.
    pub(crate) fn trusts(&self, understood: &Understood) -> bool {
        understood.confidence >= LEAST_CONFIDENCE
            && (understood.in_scope >= LEAST_IN_SCOPE || understood.kind == Some(Kind::Refuse))
    }
}
