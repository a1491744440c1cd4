//! Values in and out.
//!
//! Both ways as JSON: in, so that a misspelt field is refused by name; out, because one text that the browser parses
//! costs less than a call into JavaScript for every field, in time and in the module's size.

use std::collections::BTreeMap;

use js_sys::{JSON, Map, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

use crate::failure::failure;

/// Reads a plain object; `what` names it in the error.
pub(crate) fn read<T: DeserializeOwned>(value: &JsValue, what: &str) -> Result<T, JsValue> {
    read_text(JSON::stringify(value).ok().map(JsValue::from), what)
}

/// Reads the text of a plain object.
pub(crate) fn read_text<T: DeserializeOwned>(json: Option<JsValue>, what: &str) -> Result<T, JsValue> {
    let problem = |problem: &str| failure("request", &format!("{what} cannot be read: {problem}"), None);
    let json = json.and_then(|json| json.as_string()).ok_or_else(|| problem("it is no plain object"))?;
    serde_json::from_slice(json.as_bytes()).map_err(|error| {
        // Line and column would point into text that the caller never saw.
        let message = error.to_string();
        problem(message.split(" at line ").next().unwrap_or(&message))
    })
}

/// Turns an answer into plain objects and arrays; an absent answer becomes `undefined`, absent fields are left out.
pub(crate) fn write(value: &impl Serialize) -> Result<JsValue, JsValue> {
    match text(value)?.as_str() {
        "null" => Ok(JsValue::UNDEFINED),
        json => JSON::parse(json),
    }
}

/// An answer as JSON.
pub(crate) fn text(value: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|error| failure("answer", &error.to_string(), None))
}

/// Copies named byte arrays out of a `Map`.
pub(crate) fn read_sections(sections: &Map) -> Result<BTreeMap<String, Vec<u8>>, JsValue> {
    let mut read = BTreeMap::new();
    for entry in sections.entries() {
        let entry: js_sys::Array = entry?.into();
        let (name, bytes) = (entry.get(0).as_string(), entry.get(1).dyn_into::<Uint8Array>());
        match (name, bytes) {
            (Some(name), Ok(bytes)) => read.insert(name, bytes.to_vec()),
            _ => return Err(failure("request", "`sections` must map names to Uint8Array", None)),
        };
    }
    Ok(read)
}

/// A `Map` of named byte arrays.
pub(crate) fn write_sections(sections: &BTreeMap<String, Vec<u8>>) -> Map {
    let map = Map::new();
    for (name, bytes) in sections {
        map.set(&name.as_str().into(), &Uint8Array::from(bytes.as_slice()));
    }
    map
}
