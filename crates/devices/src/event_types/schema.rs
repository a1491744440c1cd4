//! JSON Schema (2020-12) of an event's data, made of the same descriptions by which it is checked.
use serde_json::{Map, Value, json};

use super::EventType;
use super::field::{Field, Shape};

/// The schema of `data` of one type.
#[must_use]
pub fn schema(event_type: &EventType) -> Value {
    let properties: Map<String, Value> =
        event_type.fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = event_type.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("/v1/event-types/{}", event_type.name),
        "title": event_type.name,
        "description": event_type.about,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": true,
    })
}

fn property(field: &Field) -> Value {
    let mut property = match field.shape {
        Shape::Number { least, greatest } => json!({ "type": "number", "minimum": least, "maximum": greatest }),
        Shape::Whole { least, greatest } => json!({ "type": "integer", "minimum": least, "maximum": greatest }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Tags { most } => json!({
            "type": "array",
            "maxItems": most,
            "items": {
                "type": "string",
                "description": "24 hex digits, or urn:epc:id:sgtin:COMPANY.ITEM.SERIAL",
                "pattern": "^(30[0-9A-Fa-f]{22}|urn:epc:id:sgtin:[0-9]{6,12}\\.[0-9]{1,7}\\.(0|[1-9][0-9]{0,11}))$",
            },
        }),
        Shape::Object { most } => json!({ "type": "object", "x-max-bytes": most }),
    };
    if let Some(property) = property.as_object_mut() {
        property.insert("description".into(), field.about.into());
    }
    property
}
