//! What the assistant knows: the shop's catalogue and its policies.

use serde::{Deserialize, Serialize};

/// Answer of `PUT /v1/catalogue`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogueKept {
    /// How many products it has.
    pub products: u64,
    /// Grows with every change of catalogue or policies.
    pub version: u64,
}

/// A language that policies are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Tongue {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Tongue {
    /// The word in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// A policy, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyEntry {
    /// The language it is written in.
    pub language: Tongue,
    /// Its name, such as `returns`.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was last written.
    pub updated_at: String,
}
