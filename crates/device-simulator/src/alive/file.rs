//! The description of a small fleet: which devices there are, where they stand, and what happens there.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use serde::Deserialize;
use vitrine_api::device::{Config, Kind};

use crate::{
    behaviour::{Behaviour, ColdShelf, Door, Rack, Shelf, Van},
    error::SimulatorError,
};

/// A fleet, as its file describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FleetFile {
    /// Its devices.
    pub devices: Vec<Described>,
}

/// A device, as the file describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Described {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub site: String,
    /// What people call it.
    pub name: String,
    /// Whether it signs with ed25519.
    #[serde(default)]
    pub v1a: bool,
    /// What happens there.
    pub behaviour: Happens,
}

/// What happens around a device.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Happens {
    /// A shelf on a scale.
    Scale {
        /// The product.
        sku: String,
        /// Grams of one piece.
        unit_grams: f64,
        /// Grams of the empty shelf.
        tare_grams: f64,
        /// Pieces when it is full.
        capacity: u32,
        /// Somebody comes about once in so many readings.
        quiet: u32,
    },
    /// A rack with tagged goods.
    Rfid {
        /// The item reference (six digits) of each product.
        items: BTreeMap<String, u32>,
        /// Pieces at the most.
        capacity: usize,
        /// Seconds between readings.
        seconds: u32,
    },
    /// A door that counts.
    Footfall {
        /// Seconds that one reading counts.
        seconds: u32,
        /// Shoppers a reading at the busiest.
        busiest: u32,
    },
    /// A cold shelf.
    ColdChain {
        /// What its thermostat keeps.
        celsius: f64,
        /// Above this it alarms.
        max_celsius: f64,
        /// Seconds between readings.
        seconds: u32,
    },
    /// A van on its round.
    Vehicle {
        /// Latitude and longitude of depot and stops.
        stops: Vec<[f64; 2]>,
        /// Seconds between readings.
        seconds: u32,
    },
}

impl FleetFile {
    /// Reads the description.
    ///
    /// # Errors
    /// Where it is not JSON of this shape, names a device twice, or names none.
    pub fn parse(text: &str) -> Result<Self, SimulatorError> {
        let file: Self = serde_json::from_str(text).map_err(|error| SimulatorError::Fleet(error.to_string()))?;
        let mut ids = BTreeSet::new();
        if let Some(twice) = file.devices.iter().find(|device| !ids.insert(&device.id)) {
            return Err(SimulatorError::Fleet(format!("there are two devices {:?}", twice.id)));
        }
        if file.devices.is_empty() {
            return Err(SimulatorError::Fleet("`devices` is empty: describe one at least".to_owned()));
        }
        Ok(file)
    }
}

impl Described {
    /// What kind of device that is, the product it carries, its configuration, and its surroundings.
    pub(crate) fn invent(&self, random: &mut Rng) -> (Kind, Option<String>, Config, Box<dyn Behaviour>) {
        let config = Config::default();
        match &self.behaviour {
            Happens::Scale { sku, unit_grams, tare_grams, capacity, quiet } => {
                let shelf = Shelf::new(sku.clone(), *unit_grams, *tare_grams, *capacity, *quiet);
                let (unit_grams, tare_grams) = (Some(*unit_grams), Some(*tare_grams));
                let noise_grams = Some(shelf.noise());
                let config = Config { unit_grams, tare_grams, noise_grams, ..config };
                (Kind::Scale, Some(sku.clone()), config, Box::new(shelf))
            }
            Happens::Rfid { items, capacity, seconds } => {
                let products = items.iter().map(|(sku, item)| (*item, sku.clone())).collect();
                let rack = Rack::new(products, *capacity, *seconds).filled(capacity * 3 / 4, random);
                let config = Config { tags: Some(rack.tags()), ..config };
                (Kind::Rfid, None, config, Box::new(rack))
            }
            Happens::Footfall { seconds, busiest } => {
                (Kind::Footfall, None, config, Box::new(Door::new(*seconds, *busiest)))
            }
            Happens::ColdChain { celsius, max_celsius, seconds } => {
                let config = Config { max_celsius: Some(*max_celsius), ..config };
                (Kind::ColdChain, None, config, Box::new(ColdShelf::new(*celsius, *seconds)))
            }
            Happens::Vehicle { stops, seconds } => {
                (Kind::Vehicle, None, config, Box::new(Van::new(stops.clone(), *seconds)))
            }
        }
    }
}
