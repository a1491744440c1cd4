//! What the readings of one device add up to: the last values, what stands on the shelf, which tags are present.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitrine_devices::{Degrees, Device, Fold, Milli, Reading, Refusal, Registration, Timestamp};

use crate::alarm::Cold;
use crate::metrics::{self, Metric};
use crate::rfid::Present;
use crate::scale::Scale;

/// A device whose readings are folded into [`Things`].
pub type ShopDevice = Device<Things>;

/// A value and when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The value.
    pub value: Milli,
    /// By the device's clock.
    pub at: Timestamp,
}

/// Where a van is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Position {
    /// North is positive.
    pub latitude: Degrees,
    /// East is positive.
    pub longitude: Degrees,
    /// Degrees from north, clockwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Milli>,
    /// Radius of 68 % confidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_meters: Option<Milli>,
    /// By the device's clock.
    pub at: Timestamp,
}

/// The fold of a device's readings, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Things {
    /// The time of the last reading, by the device's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The last value of each metric.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub last: BTreeMap<Metric, Last>,
    /// Scales.
    #[serde(skip_serializing_if = "is_default")]
    pub scale: Scale,
    /// Readers and gates.
    #[serde(skip_serializing_if = "Present::is_empty")]
    pub tags: Present,
    /// Fridges.
    #[serde(skip_serializing_if = "is_default")]
    pub cold: Cold,
    /// Vans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Fold for Things {
    fn apply(&mut self, reading: &Reading, time: Timestamp, registration: &Registration) {
        let config = &registration.config;
        self.at = Some(time);
        metrics::observe(reading, config, |metric, value| {
            if metric != Metric::Events {
                self.last.insert(metric, Last { value, at: time });
            }
        });
        match reading {
            Reading::ScaleWeight { grams, stable, .. } => self.scale.read(*grams, *stable, time, config),
            Reading::RfidInventory { tags, complete: true } => self.tags.replace(tags),
            Reading::RfidInventory { tags, complete: false } => self.tags.add(tags),
            Reading::RfidMovement { entered, left } => {
                self.tags.add(entered);
                self.tags.remove(left);
            }
            Reading::ColdChainTemperature { celsius, door_open, .. } => {
                self.cold.read(*celsius, *door_open, time, config)
            }
            Reading::VehiclePosition { latitude, longitude, heading, accuracy_meters, .. } => {
                let (heading, accuracy_meters) = (*heading, *accuracy_meters);
                let (latitude, longitude) = (*latitude, *longitude);
                self.position = Some(Position { latitude, longitude, heading, accuracy_meters, at: time });
            }
            Reading::FootfallCount { .. } | Reading::TwinReported { .. } => {}
        }
    }

    fn refuses(&self, reading: &Reading) -> Option<Refusal> {
        match reading {
            Reading::RfidInventory { tags, complete: false } => self.tags.refuses(tags.len(), "tags"),
            Reading::RfidMovement { entered, .. } => self.tags.refuses(entered.len(), "entered"),
            _ => None,
        }
    }
}

/// The device's clock at a moment of the shop's: its last reading's time, moved on by what has passed since receipt.
#[must_use]
pub fn device_clock(device: &ShopDevice, now: Timestamp) -> Timestamp {
    match (device.shown().things.at, device.last_stored_at()) {
        (Some(at), Some(received)) => at.plus(now.since(received).max(0)),
        _ => now,
    }
}
