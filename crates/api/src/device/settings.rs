//! What a device is and how its events are read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What kind of thing a device is; decides which types of events it may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Kind {
    /// Weighs what lies on a shelf.
    Scale,
    /// Reads radio tags.
    Rfid,
    /// Counts who comes and goes.
    Footfall,
    /// Measures temperature where goods are cooled.
    ColdChain,
    /// Tells where it is.
    Vehicle,
}

/// How a device's events are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Default)]
pub enum Ordering {
    /// By the `sequence` of each event; gaps are seen.
    #[default]
    Sequence,
    /// By time; what is missing is not seen.
    Time,
}

/// What is needed to read a device's events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Config {
    /// Scale: what one piece weighs, in grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_grams: Option<f64>,
    /// Scale: what it shows when empty, in grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tare_grams: Option<f64>,
    /// Scale: how much it wavers with nothing moved, in grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noise_grams: Option<f64>,
    /// Scale: after how long a stable reading counts that nothing contradicted, in seconds; 3 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settle_seconds: Option<u32>,
    /// RFID: which product a GTIN-14 stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    /// Cold chain: below this it alarms, in degrees Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_celsius: Option<f64>,
    /// Cold chain: above this it alarms, in degrees Celsius.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_celsius: Option<f64>,
    /// Cold chain: for how long it must be beyond a limit before it alarms, in seconds; 300 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance_seconds: Option<u32>,
    /// After how long without an event it is silent, in seconds; 900 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent_after_seconds: Option<u32>,
}

/// How much a device may send.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Limits {
    /// Events a second, in the long run; at most 50 unless the deployment allows more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events_per_second: Option<u32>,
    /// Events at once; at most 1000 unless the deployment allows more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u32>,
}
