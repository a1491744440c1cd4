//! Texts about products, written from the catalogue's facts.

use serde::{Deserialize, Serialize};

use crate::{chat::Source, knowledge::Tongue};

/// What kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TextKind {
    /// A few sentences for the product's page.
    Description,
    /// One line.
    Headline,
    /// Two or three short sentences.
    Advertisement,
}

/// Body of `POST /v1/content`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WriteContent {
    /// Of what: the id of a product of the catalogue.
    pub product: String,
    /// Which kind.
    pub kind: TextKind,
    /// In which language.
    pub language: Tongue,
    /// How many texts.
    #[serde(default = "one")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 10)))]
    pub count: u8,
    /// Where the choice of words starts: the same seed gives the same texts, where no model writes. 0 if left out.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = 9_007_199_254_740_991_u64)))]
    pub seed: u64,
    /// Whether the language model that is bound writes too; each of its sentences is then held against the facts.
    #[serde(default)]
    pub model: bool,
}

const fn one() -> u8 {
    1
}

/// Answer of `POST /v1/content`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Content {
    /// The texts; the model's first, if it wrote one that holds.
    pub texts: Vec<WrittenText>,
    /// Sentences of the model that the facts do not bear out; they are in no text.
    pub dropped: Vec<DroppedSentence>,
}

/// A text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WrittenText {
    /// What it says.
    pub text: String,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// Whether a language model worded it.
    pub by_model: bool,
}

/// A sentence that was dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DroppedSentence {
    /// What it said.
    pub sentence: String,
    /// `number`, `property`, `claim`, `strange` or `unquotable`.
    pub why: String,
}
