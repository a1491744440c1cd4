//! What is known of a device: its state, its readings, its twin.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    key::Key,
    settings::{Config, Kind, Limits, Ordering},
};
use crate::stock::Source;

/// How a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum State {
    /// It has not sent anything yet.
    Waiting,
    /// It speaks.
    Live,
    /// It has not been heard for longer than it should be.
    Silent,
    /// It speaks of something that needs a person.
    Alarm,
    /// Its keys no longer hold.
    Revoked,
}

/// How many events had which result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// Stored, once.
    pub accepted: u64,
    /// Seen before.
    pub duplicate: u64,
    /// Stored, but too late to change the state.
    pub late: u64,
    /// Not taken.
    pub refused: u64,
}

/// Sequence numbers that did not come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gap {
    /// Of which epoch.
    pub epoch: u64,
    /// The first that is missing.
    pub from: u64,
    /// The last that is missing.
    pub to: u64,
    /// Whether it may still come; a closed gap is given up.
    pub open: bool,
    /// When it was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<String>,
}

/// A value and when it was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Last {
    /// In the unit of its metric.
    pub value: f64,
    /// The event's time.
    pub at: String,
}

/// What kind of thing needs a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AlarmKind {
    /// Above `maxCelsius` for longer than tolerated.
    TooWarm,
    /// Below `minCelsius` for longer than tolerated.
    TooCold,
    /// Not heard for longer than `silentAfterSeconds`.
    Silent,
    /// A scale that shows less than nothing.
    NeedsTare,
}

/// Something that needs a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alarm {
    /// What kind.
    pub kind: AlarmKind,
    /// Since when.
    pub since: String,
    /// The last value, in degrees Celsius or grams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The limit that it passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
}

/// Where a vehicle was last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// Degrees; north is positive.
    pub latitude: f64,
    /// Degrees; east is positive.
    pub longitude: f64,
    /// Degrees from north, clockwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<f64>,
    /// Radius of 68 % confidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_meters: Option<f64>,
    /// The event's time.
    pub at: String,
}

/// An event that was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// When it came.
    pub at: String,
    /// Its id, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Why, as a word.
    pub code: String,
    /// Why, as a sentence.
    pub detail: String,
}

/// What is wanted of a device and what it said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Twin {
    /// What is wanted.
    pub desired: Map<String, Value>,
    /// What it said last.
    pub reported: Map<String, Value>,
    /// Counts changes of `desired`.
    pub desired_version: u64,
    /// The version that the device has applied.
    pub reported_version: u64,
}

/// A device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Device {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub site: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The product that a scale carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// How its events are read.
    pub config: Config,
    /// How its events are ordered.
    pub ordering: Ordering,
    /// How much it may send.
    pub limits: Limits,
    /// When it was registered.
    pub created_at: String,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// How it is.
    pub state: State,
    /// What needs a person, where something does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<Alarm>,
    /// When it last sent something valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<String>,
    /// How many events had which result.
    pub counts: Counts,
    /// What did not come, the latest 100.
    pub gaps: Vec<Gap>,
    /// Events that wait behind a gap.
    pub pending: u64,
    /// Its keys.
    pub keys: Vec<Key>,
    /// What it says about stock.
    pub stock: Vec<StockHere>,
    /// Its last readings, by metric.
    pub last: BTreeMap<String, Last>,
    /// Where a vehicle was last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What is wanted of it and what it said.
    pub twin: Twin,
    /// The last 20 events that were refused.
    pub refusals: Vec<Refusal>,
    /// Grows with every change.
    pub version: u64,
}

/// What one device says about the stock of one product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StockHere {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// What it says.
    pub source: Source,
}
