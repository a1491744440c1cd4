//! Texts about a product, written from the catalogue's facts, and the check of texts that a language model wrote.

mod check;
mod facts;
mod write;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vitrine_catalog::{Identifier, Language};

pub use check::{Checked, DroppedClaim, WhyDropped, check, content_prompt};
pub use write::write;

use crate::reply::Source;

/// The most texts of one request.
pub const MAX_TEXTS: usize = 10;

/// What kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// A few sentences for the product's page.
    Description,
    /// One line.
    Headline,
    /// Two or three short sentences.
    Advertisement,
}

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRequest {
    /// Of what.
    pub product: Identifier,
    /// Which kind.
    pub kind: TextKind,
    /// In which language.
    pub language: Language,
    /// Where the choice of words starts: the same seed gives the same texts.
    pub seed: u64,
    /// How many texts, 1 to [`MAX_TEXTS`].
    pub count: usize,
}

/// A text and where its facts come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentText {
    /// What it says.
    pub text: String,
    /// Where its facts come from.
    pub sources: Vec<Source>,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ContentError {
    /// The catalogue has no such product.
    #[error("there is no product {0}; use an id of the catalogue")]
    Product(Identifier),
    /// Too few or too many texts.
    #[error("{0} texts were asked for; ask for 1 to {MAX_TEXTS}")]
    Count(usize),
    /// The product has too few facts for a sentence of that kind.
    #[error("the catalogue says too little of {0} to write from; give it attributes, sizes or a brand")]
    Facts(Identifier),
}
