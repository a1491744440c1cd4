//! Devices: registration, what is known of one, its keys and its twin.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::stock::Source;

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

/// How a device signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Default)]
pub enum Algorithm {
    /// HMAC-SHA256 with a shared secret.
    #[default]
    #[serde(rename = "v1")]
    V1,
    /// Ed25519; the worker knows the public key only.
    #[serde(rename = "v1a")]
    V1a,
}

/// A key that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyRequest {
    /// `v1` where it is left out.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// The device's public key, `whpk_` and base64; left out with `v1a`, a pair is made and its secret half shown once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

/// Body of `POST /v1/devices`. With an enrolment token only `key` and `name` may be given; the rest is fixed by the token.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisterDevice {
    /// `[a-z0-9][a-z0-9-]{0,62}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Where it is; the same characters as an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The product that a scale carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// How to read its events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Config>,
    /// `sequence` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordering: Option<Ordering>,
    /// How much it may send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// How it signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyRequest>,
}

/// Body of `PATCH /v1/devices/{id}`; what is left out stays. `null` takes name or sku away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeDevice {
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::list::nullable")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub name: Option<Option<String>>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The product that a scale carries.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::list::nullable")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub sku: Option<Option<String>>,
    /// How to read its events; replaces the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Config>,
    /// How much it may send; replaces the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// `true` revokes it at once. There is no way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<bool>,
}

/// A key as it is shown: never its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Key {
    /// Its id.
    pub id: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// When it was made.
    pub created_at: String,
    /// When it stops to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// When it last signed something, to within a flush.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
}

/// A key that has just been made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewKey {
    /// Its id.
    pub id: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// Its secret, `whsec_…` or `whsk_…`: shown this once. Not there where the device brought its own public key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Body of `POST /v1/devices/{id}/keys`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddKey {
    /// `v1` where it is left out.
    #[serde(default)]
    pub algorithm: Algorithm,
    /// The device's public key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// When the present keys stop to hold; a day where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_others_after_seconds: Option<u32>,
}

/// Answer of `POST /v1/devices`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Registered {
    /// The device.
    pub device: Device,
    /// Its key.
    pub key: NewKey,
}

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

/// Body of `POST /v1/enrolments`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddEnrolment {
    /// The device's id.
    pub id: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Where it is.
    pub site: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The product that a scale carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// How to read its events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<Config>,
    /// How its events are ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordering: Option<Ordering>,
    /// How much it may send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// When the token stops to hold; a week where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// Answer of `POST /v1/enrolments`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Enrolment {
    /// `ven_…`: shown this once, good for one registration.
    pub token: String,
    /// When it stops to hold.
    pub expires_at: String,
}
