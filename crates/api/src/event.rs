//! The webhook's answers, stored events, and types of events.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What became of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// Stored durably, once.
    Accepted,
    /// Seen already; nothing changed.
    Duplicate,
    /// Stored as a reading, but older than what is settled.
    Late,
    /// Not taken.
    Refused,
}

/// Why an event was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventError {
    /// As a word: `unknown-type`, `id-reused`, …
    pub code: String,
    /// As a sentence that says what to do.
    pub detail: String,
    /// JSON Pointer into the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

/// What became of one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventResult {
    /// The event's id; not there where it had none that could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<EventError>,
}

/// What the device should change, where it has not yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Desired {
    /// To be reported back when it is applied.
    pub version: u64,
    /// What is wanted.
    pub desired: Map<String, Value>,
}

/// Answer of the webhook: one result for each event, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Received {
    /// What became of each event.
    pub results: Vec<EventResult>,
    /// What the device should change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<Desired>,
}

/// An event as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredEvent {
    /// Counts a device's events as they came.
    pub position: u64,
    /// The event's id.
    pub id: String,
    /// The event's source.
    pub source: String,
    /// The event's epoch.
    pub epoch: u64,
    /// The event's sequence number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// When it happened.
    pub time: String,
    /// When it came.
    pub received_at: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its data, as it was sent.
    pub data: Value,
    /// `accepted` or `late`.
    pub status: Status,
}

/// A type of events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventType {
    /// Its name, as in `type`.
    #[serde(rename = "type")]
    pub name: String,
    /// Which kinds of devices may send it.
    pub kinds: Vec<crate::device::Kind>,
    /// JSON Schema of `data`.
    pub schema: Value,
}
