//! JSON Schema (2020-12) of an event, its data by its type included.
use serde_json::{Value, json};

use super::{MAX_ID, MAX_SOURCE};
use crate::event_types::{self, TYPES};
use crate::fields::LARGEST;

/// The schema of one event. That events of a device ordered by sequence must have one, it does not say; nor that a time
/// must be a day of the calendar, for which its validator must check formats.
#[must_use]
pub fn schema() -> Value {
    let plain = format!("^[^\\u0000-\\u001F\\u007F-\\u009F]{{1,{MAX_ID}}}$");
    let uri = "^([A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$";
    let names: Vec<&str> = TYPES.iter().map(|known| known.name).collect();
    let data_by_type: Vec<Value> = TYPES
        .iter()
        .map(|known| {
            let mut data = event_types::schema(known);
            if let Some(data) = data.as_object_mut() {
                data.remove("$schema");
                data.remove("$id");
            }
            json!({
                "if": { "properties": { "type": { "const": known.name } }, "required": ["type"] },
                "then": { "properties": { "data": data } },
            })
        })
        .collect();
    let counter = |least: u64| {
        json!([
            { "type": "integer", "minimum": least, "maximum": LARGEST },
            { "type": "string", "pattern": if least == 0 { "^[0-9]{1,15}$" } else { "^0{0,14}[1-9][0-9]{0,14}$" }, "maxLength": 15 },
            { "type": "null" },
        ])
    };
    json!({
        "title": "CloudEvent",
        "description": "CloudEvents 1.0. Attributes that are not named here are kept.",
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "data"],
        "properties": {
            "specversion": { "const": "1.0" },
            "id": {
                "type": "string",
                "pattern": plain,
                "description": "Unique within the source, for good: by it an event counts once, however often it is sent.",
            },
            "source": { "type": "string", "maxLength": MAX_SOURCE, "pattern": uri, "description": "URI reference of what sends." },
            "type": { "type": "string", "enum": names },
            "time": { "type": "string", "format": "date-time", "description": "RFC 3339; by the device's clock." },
            "subject": { "type": ["string", "null"], "pattern": plain.replace("1,128", "1,256") },
            "dataschema": { "type": ["string", "null"], "maxLength": MAX_SOURCE, "pattern": uri },
            "datacontenttype": {
                "type": ["string", "null"],
                "enum": ["application/json", "application/json; charset=utf-8", null],
            },
            "data_base64": { "type": "null", "description": "Is not taken." },
            "sequence": {
                "anyOf": counter(1),
                "description": "Place in the epoch, from 1 without gaps. Devices that order by time need none.",
            },
            "epoch": { "anyOf": counter(0), "description": "Raised by a device that lost its counter; 0 where absent." },
            "data": { "type": "object" },
        },
        "allOf": data_by_type,
    })
}
