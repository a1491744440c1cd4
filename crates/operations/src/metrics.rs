//! What is measured, and which values one event adds.
use std::fmt;

use serde::{Deserialize, Serialize};
use vitrine_devices::{Config, Milli, Reading};

use crate::scale;

/// Something measured over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Metric {
    /// One for each event that was stored.
    #[serde(rename = "events")]
    Events,
    /// Weight on a scale.
    #[serde(rename = "scale.grams")]
    ScaleGrams,
    /// Units that this weight alone amounts to, rounded; the stock is what a settled weight amounts to.
    #[serde(rename = "scale.units")]
    ScaleUnits,
    /// Tags read in an inventory.
    #[serde(rename = "rfid.tags")]
    RfidTags,
    /// Tags that came in.
    #[serde(rename = "rfid.entered")]
    RfidEntered,
    /// Tags that went out.
    #[serde(rename = "rfid.left")]
    RfidLeft,
    /// People who came in.
    #[serde(rename = "footfall.in")]
    FootfallIn,
    /// People who went out.
    #[serde(rename = "footfall.out")]
    FootfallOut,
    /// Temperature of the air.
    #[serde(rename = "cold.celsius")]
    ColdCelsius,
    /// Relative humidity in percent.
    #[serde(rename = "cold.humidity")]
    ColdHumidity,
    /// Metres per second.
    #[serde(rename = "vehicle.speed")]
    VehicleSpeed,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Events,
        Self::ScaleGrams,
        Self::ScaleUnits,
        Self::RfidTags,
        Self::RfidEntered,
        Self::RfidLeft,
        Self::FootfallIn,
        Self::FootfallOut,
        Self::ColdCelsius,
        Self::ColdHumidity,
        Self::VehicleSpeed,
    ];

    /// The name, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::ScaleGrams => "scale.grams",
            Self::ScaleUnits => "scale.units",
            Self::RfidTags => "rfid.tags",
            Self::RfidEntered => "rfid.entered",
            Self::RfidLeft => "rfid.left",
            Self::FootfallIn => "footfall.in",
            Self::FootfallOut => "footfall.out",
            Self::ColdCelsius => "cold.celsius",
            Self::ColdHumidity => "cold.humidity",
            Self::VehicleSpeed => "vehicle.speed",
        }
    }

    /// The metric of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == name)
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Gives each value that one event adds; depends on the event and the settings alone, so that order does not matter.
pub fn observe(reading: &Reading, config: &Config, mut each: impl FnMut(Metric, Milli)) {
    let count = |tags: &[_]| Milli::whole(i64::try_from(tags.len()).unwrap_or(i64::MAX));
    each(Metric::Events, Milli::whole(1));
    match reading {
        Reading::ScaleWeight { grams, stable, .. } => {
            each(Metric::ScaleGrams, *grams);
            if let Some(units) = scale::nearest_units(*grams, config).filter(|_| *stable) {
                each(Metric::ScaleUnits, Milli::whole(units));
            }
        }
        Reading::RfidInventory { tags, .. } => each(Metric::RfidTags, count(tags)),
        Reading::RfidMovement { entered, left } => {
            each(Metric::RfidEntered, count(entered));
            each(Metric::RfidLeft, count(left));
        }
        Reading::FootfallCount { entered, left, .. } => {
            each(Metric::FootfallIn, Milli::whole((*entered).into()));
            each(Metric::FootfallOut, Milli::whole((*left).into()));
        }
        Reading::ColdChainTemperature { celsius, humidity, .. } => {
            each(Metric::ColdCelsius, *celsius);
            humidity.iter().for_each(|humidity| each(Metric::ColdHumidity, *humidity));
        }
        Reading::VehiclePosition { meters_per_second, .. } => {
            meters_per_second.iter().for_each(|speed| each(Metric::VehicleSpeed, *speed));
        }
        Reading::TwinReported { .. } => {}
    }
}
