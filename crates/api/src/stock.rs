//! Stock: what each source says, and what follows from all.

use serde::{Deserialize, Serialize};

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SourceKind {
    /// A scale under the goods.
    Scale,
    /// Radio tags on the goods.
    Rfid,
    /// The last stocktake, less what was ordered since.
    Ordered,
    /// A stocktake.
    Counted,
}

/// How far a source is to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SourceState {
    /// It says a whole count.
    Exact,
    /// It lies between two counts.
    Between,
    /// The scale needs a new tare.
    NeedsTare,
    /// It is too old to count.
    Old,
    /// The device was revoked.
    Revoked,
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// Which device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// How many pieces it sees.
    pub units: i64,
    /// Where the weight lies between two counts: both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[u64; 2]>,
    /// When it saw that.
    pub observed_at: String,
    /// How long ago that is, in seconds.
    #[serde(default)]
    pub age_seconds: u64,
    /// How far it is to be believed.
    pub state: SourceState,
}

/// The stock of a product at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StockEntry {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// How many pieces, by the source that counts most; not there where no source can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// What each source says.
    pub sources: Vec<Source>,
    /// Whether all fresh sources say the same.
    pub agreed: bool,
    /// The difference between the highest and the lowest fresh source.
    pub spread: u64,
}

/// Body of `PUT /v1/stock/{sku}/count`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// Where it was counted.
    pub site: String,
    /// How many pieces.
    pub units: u64,
    /// When; now where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<String>,
}
