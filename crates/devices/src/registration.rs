//! What the shop knows of a device before it says anything: kind, place, article, settings, keys.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::epc::Gtin;
use crate::event_types::Kind;
use crate::fixed::Milli;
use crate::id::{DeviceId, SiteId, Sku};
use crate::key::Keys;
use crate::timestamp::Timestamp;
use crate::twin::Desired;

/// How the events of a device are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ordering {
    /// By epoch and sequence; gaps are known, and waited for.
    #[default]
    Sequence,
    /// By time, then id; what is lost stays unknown.
    Time,
}

/// How many events are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// In the long run.
    pub events_per_second: u32,
    /// At once.
    pub burst: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { events_per_second: 50, burst: 1000 }
    }
}

/// Settings, each for one kind of device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Config {
    /// Scale: what one unit weighs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_grams: Option<Milli>,
    /// Scale: what the empty shelf shows; 0 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tare_grams: Option<Milli>,
    /// Scale: how far two readings of the same load may differ; from the unit's weight where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise_grams: Option<Milli>,
    /// Scale: after how long a stable reading counts that nothing contradicted; 3 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_seconds: Option<u32>,
    /// RFID: which article a GTIN is.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<Gtin, Sku>,
    /// Cold chain: colder is an alarm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_celsius: Option<Milli>,
    /// Cold chain: warmer is an alarm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_celsius: Option<Milli>,
    /// Cold chain: for how long the temperature must be beyond a limit; 300 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance_seconds: Option<u32>,
    /// All: after how long without an event the device is silent; 900 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent_after_seconds: Option<u32>,
}

/// The most articles that a reader's map may hold.
pub const MAX_TAGS_CONFIGURED: usize = 2000;

/// One wrong setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongSetting {
    /// JSON pointer within the settings.
    pub pointer: String,
    /// What it must be.
    pub detail: String,
}

impl Config {
    /// What is wrong with these settings for a device of this kind; empty where nothing is.
    #[must_use]
    pub fn problems(&self, kind: Kind) -> Vec<WrongSetting> {
        let mut found = Vec::new();
        let mut wrong = |name: &str, detail: String| {
            found.push(WrongSetting { pointer: format!("/{name}"), detail });
        };
        let mut within = |name: &str, value: Option<Milli>, wanted: Kind, least: Milli, greatest: Milli| {
            let Some(value) = value else { return };
            if wanted != kind {
                wrong(name, format!("{name} is for devices of kind {wanted}, this one is of kind {kind}"));
            } else if value < least || value > greatest {
                wrong(name, format!("{name} must be from {least} to {greatest}"));
            }
        };
        let whole = |seconds: Option<u32>| seconds.map(|seconds| Milli::whole(seconds.into()));
        let (scale, cold) = (Kind::Scale, Kind::ColdChain);
        within("unitGrams", self.unit_grams, scale, Milli::from_parts(100), Milli::whole(1_000_000));
        within("tareGrams", self.tare_grams, scale, Milli::whole(-100_000), Milli::whole(1_000_000));
        within("noiseGrams", self.noise_grams, scale, Milli::from_parts(1), Milli::whole(10_000));
        within("settleSeconds", whole(self.settle_seconds), scale, Milli::whole(0), Milli::whole(3600));
        within("minCelsius", self.min_celsius, cold, Milli::whole(-80), Milli::whole(100));
        within("maxCelsius", self.max_celsius, cold, Milli::whole(-80), Milli::whole(100));
        within("toleranceSeconds", whole(self.tolerance_seconds), cold, Milli::whole(0), Milli::whole(86_400));
        within("silentAfterSeconds", whole(self.silent_after_seconds), kind, Milli::whole(10), Milli::whole(2_592_000));
        if let (Some(least), Some(greatest)) = (self.min_celsius, self.max_celsius)
            && least > greatest
        {
            wrong("minCelsius", "minCelsius must not be above maxCelsius".into());
        }
        if let (Some(noise), Some(unit)) = (self.noise_grams, self.unit_grams)
            && noise.parts() > unit.parts() / 2
        {
            wrong("noiseGrams", "noiseGrams must be at most half of unitGrams, else units cannot be told apart".into());
        }
        if !self.tags.is_empty() && kind != Kind::Rfid {
            wrong("tags", format!("tags is for devices of kind rfid, this one is of kind {kind}"));
        }
        if self.tags.len() > MAX_TAGS_CONFIGURED {
            wrong("tags", format!("tags must hold at most {MAX_TAGS_CONFIGURED} articles"));
        }
        found
    }
}

/// A device as it was registered and changed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// Its name.
    pub id: DeviceId,
    /// What it is; never changes.
    pub kind: Kind,
    /// Where it is.
    pub site: SiteId,
    /// How people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Scale: what stands on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<Sku>,
    /// Settings.
    #[serde(default)]
    pub config: Config,
    /// How its events are put in order; never changes.
    #[serde(default)]
    pub ordering: Ordering,
    /// When it was registered.
    pub created_at: Timestamp,
    /// From when on nothing of it is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
    /// What it signs with.
    #[serde(default)]
    pub keys: Keys,
    /// How many events are taken; the shop's default where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// What is desired of it.
    #[serde(default)]
    pub desired: Desired,
}
