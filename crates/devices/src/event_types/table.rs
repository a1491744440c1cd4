//! The event types: fields, units, limits. What is not here is not known.
use super::field::Field;
use super::read::{Data, there};
use super::{EventType, Kind, MAX_REPORTED, MAX_TAGS, Reading};
use crate::fields::LARGEST;
use crate::refusal::Refusal;

const GRAMS: Field = Field::number("grams", -100_000.0, 1_000_000.0, "What the scale shows, in grams.").required();
const STABLE: Field = Field::boolean("stable", "Whether the scale holds the weight for stable; true where absent.");
const LOAD_CELL: Field = Field::number("celsius", -60.0, 120.0, "Temperature of the load cell, in degrees Celsius.");

const TAGS: Field = Field::tags("tags", MAX_TAGS, "What was read, as SGTIN-96.").required();
const COMPLETE: Field =
    Field::boolean("complete", "True: what was not read is not there. False: what was read is there as well.")
        .required();
const ENTERED: Field = Field::tags("entered", MAX_TAGS, "What came in, as SGTIN-96.");
const LEFT: Field = Field::tags("left", MAX_TAGS, "What went out, as SGTIN-96.");

const IN: Field = Field::whole("in", 0, 100_000, "People who came in.").required();
const OUT: Field = Field::whole("out", 0, 100_000, "People who went out.").required();
const SECONDS: Field = Field::whole("seconds", 1, 86_400, "Over how long they were counted, in seconds.").required();

const AIR: Field = Field::number("celsius", -80.0, 100.0, "Temperature of the air, in degrees Celsius.").required();
const HUMIDITY: Field = Field::number("humidity", 0.0, 100.0, "Relative humidity, in percent.");
const DOOR_OPEN: Field = Field::boolean("doorOpen", "Whether the door stands open.");

const LATITUDE: Field = Field::number("latitude", -90.0, 90.0, "WGS 84, in degrees, north positive.").required();
const LONGITUDE: Field = Field::number("longitude", -180.0, 180.0, "WGS 84, in degrees, east positive.").required();
const SPEED: Field = Field::number("metersPerSecond", 0.0, 100.0, "Speed over ground, in metres per second.");
const HEADING: Field = Field::number("heading", 0.0, 360.0, "Direction of travel, in degrees from north, clockwise.");
const ACCURACY: Field = Field::number("accuracyMeters", 0.0, 10_000.0, "Radius of 68 % confidence, in metres.");

const VERSION: Field =
    Field::whole("version", 0, LARGEST, "The last desired version that the device has applied; 0: none.").required();
const REPORTED: Field = Field::object("reported", MAX_REPORTED, "The whole state of the device.").required();

/// All event types.
pub const TYPES: &[EventType] = &[
    EventType {
        name: "vitrine.scale.weight.v1",
        kind: Some(Kind::Scale),
        about: "What a shelf scale shows.",
        fields: &[&GRAMS, &STABLE, &LOAD_CELL],
        read: |data| {
            Ok(Reading::ScaleWeight {
                grams: there(data.number(&GRAMS)?, &GRAMS)?,
                stable: data.boolean(&STABLE)?.unwrap_or(true),
                celsius: data.number(&LOAD_CELL)?,
            })
        },
    },
    EventType {
        name: "vitrine.rfid.inventory.v1",
        kind: Some(Kind::Rfid),
        about: "Tags that a reader sees.",
        fields: &[&TAGS, &COMPLETE],
        read: |data| {
            Ok(Reading::RfidInventory {
                tags: there(data.tags(&TAGS)?, &TAGS)?,
                complete: there(data.boolean(&COMPLETE)?, &COMPLETE)?,
            })
        },
    },
    EventType {
        name: "vitrine.rfid.movement.v1",
        kind: Some(Kind::Rfid),
        about: "Tags that passed a gate.",
        fields: &[&ENTERED, &LEFT],
        read: |data| {
            Ok(Reading::RfidMovement {
                entered: data.tags(&ENTERED)?.unwrap_or_default(),
                left: data.tags(&LEFT)?.unwrap_or_default(),
            })
        },
    },
    EventType {
        name: "vitrine.footfall.count.v1",
        kind: Some(Kind::Footfall),
        about: "People counted at a door since the count before.",
        fields: &[&IN, &OUT, &SECONDS],
        read: |data| {
            Ok(Reading::FootfallCount {
                entered: count(data, &IN)?,
                left: count(data, &OUT)?,
                seconds: count(data, &SECONDS)?,
            })
        },
    },
    EventType {
        name: "vitrine.cold-chain.temperature.v1",
        kind: Some(Kind::ColdChain),
        about: "The air in a fridge or a cold shelf.",
        fields: &[&AIR, &HUMIDITY, &DOOR_OPEN],
        read: |data| {
            Ok(Reading::ColdChainTemperature {
                celsius: there(data.number(&AIR)?, &AIR)?,
                humidity: data.number(&HUMIDITY)?,
                door_open: data.boolean(&DOOR_OPEN)?,
            })
        },
    },
    EventType {
        name: "vitrine.vehicle.position.v1",
        kind: Some(Kind::Vehicle),
        about: "Where a van is.",
        fields: &[&LATITUDE, &LONGITUDE, &SPEED, &HEADING, &ACCURACY],
        read: |data| {
            Ok(Reading::VehiclePosition {
                latitude: there(data.number(&LATITUDE)?, &LATITUDE)?,
                longitude: there(data.number(&LONGITUDE)?, &LONGITUDE)?,
                meters_per_second: data.number(&SPEED)?,
                heading: data.number(&HEADING)?,
                accuracy_meters: data.number(&ACCURACY)?,
            })
        },
    },
    EventType {
        name: "vitrine.twin.reported.v1",
        kind: None,
        about: "The state of the device itself, beside the one desired of it.",
        fields: &[&VERSION, &REPORTED],
        read: |data| {
            Ok(Reading::TwinReported {
                version: there(data.whole(&VERSION)?, &VERSION)?,
                reported: there(data.object(&REPORTED)?, &REPORTED)?,
            })
        },
    },
];

/// A whole number whose limits fit 32 bits.
fn count(data: &Data<'_>, field: &Field) -> Result<u32, Refusal> {
    let number = there(data.whole(field)?, field)?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}
