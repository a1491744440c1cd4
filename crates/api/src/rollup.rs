//! Readings per minute, hour and day; their proof; dead letters.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How long a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Resolution {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours, UTC.
    Day,
}

/// The readings of one metric in one span of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reading {
    /// `scale.grams`, `cold.celsius`, …
    pub metric: String,
    /// When the span begins.
    pub start: String,
    /// How many.
    pub count: u64,
    /// All added up.
    pub sum: f64,
    /// The lowest.
    pub min: f64,
    /// The highest.
    pub max: f64,
    /// The last.
    pub last: f64,
    /// When that was.
    pub last_at: String,
}

/// Body of `POST /v1/rollups/proof`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prove {
    /// Whether to put right what differs.
    #[serde(default)]
    pub repair: bool,
    /// Where to go on, from the answer before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many devices to prove in this call; 20 where it is left out, at most 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<u32>,
}

/// A row that is not what the device's own events give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Which device.
    pub device: String,
    /// Which metric; `device` where its record differs.
    pub metric: String,
    /// How long the span is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// When the span begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// What the database says.
    pub stored: Value,
    /// What the events give.
    pub rebuilt: Value,
}

/// Answer of `POST /v1/rollups/proof`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// How many devices were proved.
    pub devices: u64,
    /// How many rows were compared.
    pub rows: u64,
    /// What differs, the first 100.
    pub differing: Vec<Difference>,
    /// How many rows are being put right: the devices' objects send them again.
    pub repaired: u64,
    /// Devices that changed all the while, so that nothing could be told of them.
    pub unsettled: Vec<String>,
    /// Give it back to go on; not there where all devices are proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A message that could not be worked off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeadLetter {
    /// Its id.
    pub id: String,
    /// When it was given up.
    pub at: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong the last time.
    pub reason: String,
    /// The message.
    pub body: Value,
}
