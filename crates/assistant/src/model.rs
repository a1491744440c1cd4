//! What an utterance is taken for: the trained classifier, and cues where there is none.

use std::collections::BTreeMap;

use crate::command::Kind;
use crate::input::Understood;
use crate::slots::Slots;

/// Phrases that speak for a kind of command.
const CUES: &str = include_str!("cues.json");

/// Takes utterances for kinds of commands.
#[derive(Clone, Debug)]
pub struct Model {
    cues: BTreeMap<Kind, Vec<String>>,
}

impl Default for Model {
    /// The model that the crate carries.
    fn default() -> Self {
        Self { cues: serde_json::from_slice(CUES.as_bytes()).unwrap_or_default() }
    }
}

impl Model {
    /// The most probable kind, and how sure that is.
    pub(crate) fn understand(&self, slots: &Slots) -> Understood {
        let mut scores: Vec<(f64, Kind)> = Kind::ALL.iter().map(|kind| (self.score(*kind, slots), *kind)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let sum: f64 = scores.iter().map(|(score, _)| score).sum();
        let (best, kind) = scores.first().copied().unwrap_or((0.0, Kind::Refuse));
        if sum <= 0.0 {
            return Understood { kind: Some(Kind::Refuse), confidence: 0.0, in_scope: 0.0 };
        }
        Understood { kind: Some(kind), confidence: best / sum, in_scope: if kind == Kind::Refuse { 0.0 } else { 1.0 } }
    }

    /// Whether what was understood is sure enough to answer.
    pub(crate) fn trusts(&self, understood: &Understood) -> bool {
        understood.confidence > 0.0
    }

    fn score(&self, kind: Kind, slots: &Slots) -> f64 {
        let cues = self.cues.get(&kind).into_iter().flatten();
        let heard = cues.filter(|cue| holds(&slots.text, cue)).map(|cue| 1.0 + cue.len() as f64 / 16.0).sum::<f64>();
        heard
            + match kind {
                Kind::Find if slots.describes() => 0.5,
                Kind::Order if !slots.orders.named.is_empty() => 1.2,
                Kind::Size if slots.body.height.is_some() => 1.5,
                Kind::Clarify if !slots.references.is_empty() => 0.2,
                Kind::Question if slots.marks().iter().any(|mark| mark == "#product") => 0.3,
                _ => 0.0,
            }
    }
}

fn holds(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + cue.len()..).unwrap_or_default();
        let letter = |c: char| c.is_ascii_alphanumeric();
        !cue.is_ascii() || !(before.ends_with(letter) || after.starts_with(letter) && cue.ends_with(letter))
    })
}
