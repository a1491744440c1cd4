//! The constants of the blend: tuned by training, carried in the pack, checked when it opens.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vitrine_catalog::InteractionKind;

/// Constants of scoring. Defaults suit a shop without a log.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// What one step back in the history is worth relative to the step after it, 0.001 to 0.95.
    pub decay: f64,
    /// Weight of content similarity against the rules, 0 to 2.
    pub content: f64,
    /// Observations of a history item at which its content weighs half as much as with none, 0 to 1,000,000.
    pub confidence: f64,
    /// Weight of the prior (popularity or the shop's order), 0 to 100.
    pub prior: f64,
    /// What the history weighs beside the product that is being looked at, 0 to 1.
    pub background: f64,
    /// What putting into the basket weighs against a view, 0 to 2.
    pub cart: f64,
    /// What a purchase weighs against a view, 0 to 2.
    pub purchase: f64,
}

/// A constant out of its range.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("the setting `{name}` is {value}, outside {least} to {most}; train the pack again")]
pub struct SettingsError {
    name: &'static str,
    value: f64,
    least: f64,
    most: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { decay: 0.6, content: 1.0, confidence: 8.0, prior: 0.02, background: 0.25, cart: 1.5, purchase: 1.0 }
    }
}

impl Settings {
    /// Checks every constant against its range.
    ///
    /// The ranges keep every score below 8,192, where it is exact as a JavaScript number. Events weigh at most
    /// 2 x (1 + 0.95 + 0.95^2 + …) = 40 together, [`ANCHORS`](crate::ANCHORS) at most 50. What weighs 1 adds at most
    /// 32 by rules ([`rules`](crate::rules)) and 2 x 4 by likeness: that is about 1, and below 4 for any features,
    /// since rounding at most doubles a feature's weight. With the prior that makes 90 x (32 + 8) + 100 = 3,700;
    /// boosts add at most 4,096 together.
    pub fn checked(self) -> Result<Self, SettingsError> {
        let ranges = [
            ("decay", self.decay, 0.001, 0.95),
            ("content", self.content, 0.0, 2.0),
            ("confidence", self.confidence, 0.0, 1e6),
            ("prior", self.prior, 0.0, 100.0),
            ("background", self.background, 0.0, 1.0),
            ("cart", self.cart, 0.0, 2.0),
            ("purchase", self.purchase, 0.0, 2.0),
        ];
        match ranges.into_iter().find(|(_, value, least, most)| !(least..=most).contains(&value)) {
            Some((name, value, least, most)) => Err(SettingsError { name, value, least, most }),
            None => Ok(self),
        }
    }

    /// What an event of this kind weighs against a view.
    pub fn kind(&self, kind: InteractionKind) -> f64 {
        match kind {
            InteractionKind::View => 1.0,
            InteractionKind::Cart => self.cart,
            InteractionKind::Purchase => self.purchase,
        }
    }
}
