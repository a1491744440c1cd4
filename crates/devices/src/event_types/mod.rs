//! What devices can say: each event type with its fields, units and limits, from which come both checking and schemas.
mod field;
mod read;
mod schema;
mod table;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use field::{Field, Shape};
pub use schema::schema;
pub use table::TYPES;

use crate::epc::Sgtin;
use crate::fixed::{Degrees, Milli};
use crate::json_object::JsonObject;
use crate::refusal::{Refusal, RefusalCode};

/// The most tags of one event.
pub const MAX_TAGS: usize = 2000;
/// The most bytes of a reported state.
pub const MAX_REPORTED: usize = 8 * 1024;

/// What a device is; it decides which events it may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A shelf that weighs what stands on it.
    Scale,
    /// A reader or gate for tags.
    Rfid,
    /// A counter of people at a door.
    Footfall,
    /// A thermometer in a fridge.
    ColdChain,
    /// A van.
    Vehicle,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Scale, Self::Rfid, Self::Footfall, Self::ColdChain, Self::Vehicle];

    /// The word, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Rfid => "rfid",
            Self::Footfall => "footfall",
            Self::ColdChain => "cold-chain",
            Self::Vehicle => "vehicle",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One event type.
#[derive(Debug)]
pub struct EventType {
    /// The CloudEvents `type`.
    pub name: &'static str,
    /// The kind of device that may send it; `None`: all.
    pub kind: Option<Kind>,
    /// One sentence for the documentation.
    pub about: &'static str,
    /// What `data` holds. Others are kept, unread.
    pub fields: &'static [&'static Field],
    read: fn(&read::Data<'_>) -> Result<Reading, Refusal>,
}

/// What one event says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// `vitrine.scale.weight.v1`
    ScaleWeight {
        /// What the scale shows.
        grams: Milli,
        /// Whether the scale itself holds it for stable.
        stable: bool,
        /// Temperature of the load cell.
        celsius: Option<Milli>,
    },
    /// `vitrine.rfid.inventory.v1`
    RfidInventory {
        /// What was read.
        tags: Vec<Sgtin>,
        /// Whether what was not read is not there.
        complete: bool,
    },
    /// `vitrine.rfid.movement.v1`
    RfidMovement {
        /// What came in.
        entered: Vec<Sgtin>,
        /// What went out.
        left: Vec<Sgtin>,
    },
    /// `vitrine.footfall.count.v1`
    FootfallCount {
        /// People who came in.
        entered: u32,
        /// People who went out.
        left: u32,
        /// Over how long they were counted.
        seconds: u32,
    },
    /// `vitrine.cold-chain.temperature.v1`
    ColdChainTemperature {
        /// Of the air.
        celsius: Milli,
        /// Relative humidity in percent.
        humidity: Option<Milli>,
        /// Whether the door stands open.
        door_open: Option<bool>,
    },
    /// `vitrine.vehicle.position.v1`
    VehiclePosition {
        /// North is positive.
        latitude: Degrees,
        /// East is positive.
        longitude: Degrees,
        /// Speed over ground.
        meters_per_second: Option<Milli>,
        /// Degrees from north, clockwise.
        heading: Option<Milli>,
        /// Radius in which it is with 68 %.
        accuracy_meters: Option<Milli>,
    },
    /// `vitrine.twin.reported.v1`
    TwinReported {
        /// The last desired version that the device has applied.
        version: u64,
        /// The device's whole state, a JSON object.
        reported: JsonObject,
    },
}

impl Reading {
    /// Reads and checks `data` of an event of this type, sent by a device of this kind.
    ///
    /// # Errors
    /// The reason of the refusal: `unknown-type`, `wrong-type-for-device` or `invalid-data`.
    pub fn parse(event_type: &str, kind: Kind, data: &RawValue) -> Result<Self, Refusal> {
        let Some(found) = EventType::named(event_type) else {
            let known: Vec<&str> = TYPES.iter().map(|known| known.name).collect();
            let detail = format!("type {event_type} is not known; known are {}", known.join(", "));
            return Err(Refusal::at(RefusalCode::UnknownType, "/type", detail));
        };
        match found.kind {
            Some(wanted) if wanted != kind => {
                let detail = format!("{event_type} is for devices of kind {wanted}, this one is of kind {kind}");
                Err(Refusal::at(RefusalCode::WrongTypeForDevice, "/type", detail))
            }
            _ => found.parse(data),
        }
    }
}

impl EventType {
    /// The type of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TYPES.iter().find(|known| known.name == name)
    }

    /// Reads and checks `data`.
    ///
    /// # Errors
    /// `invalid-data`, with a pointer to the field.
    pub fn parse(&self, data: &RawValue) -> Result<Reading, Refusal> {
        (self.read)(&read::Data::new(data)?)
    }
}
