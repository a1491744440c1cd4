//! A bare worker in Rust: it writes the row that an event becomes to the device's object, and nothing else.

#![allow(missing_docs, reason = "the macro of the object writes methods that have none")]

use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use worker::{
    Context, Date, DurableObject, Env, Error, Request, Response, Result, SqlStorageValue, State, durable_object, event,
};

#[derive(Deserialize)]
struct CloudEvent<'a> {
    id: &'a str,
    source: &'a str,
    sequence: &'a str,
    time: &'a str,
}

/// Hands the request to the device's object.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let path = request.path();
    match path.strip_prefix("/v1/devices/").and_then(|rest| rest.strip_suffix("/events")) {
        Some(device) => env.durable_object("DEVICES")?.get_by_name(device)?.fetch_with_request(request).await,
        None => Response::ok("ok"),
    }
}

/// A device's object.
#[durable_object(fetch)]
pub struct DeviceObject {
    state: State,
}

impl DurableObject for DeviceObject {
    fn new(state: State, _env: Env) -> Self {
        // A failure here shows in the first INSERT.
        let _ = state.storage().sql().exec(include_str!("../../table.sql"), None);
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let body = request.text().await?;
        let event: CloudEvent<'_> = serde_json::from_str(&body)?;
        let wrong = |error: &dyn std::fmt::Display| Error::RustError(error.to_string());
        let time = OffsetDateTime::parse(event.time, &Rfc3339).map_err(|error| wrong(&error))?;
        let milliseconds = i64::try_from(time.unix_timestamp_nanos() / 1_000_000).map_err(|error| wrong(&error))?;
        let sequence: i64 = event.sequence.parse().map_err(|error| wrong(&error))?;
        let received = i64::try_from(Date::now().as_millis()).map_err(|error| wrong(&error))?;
        let row: Vec<SqlStorageValue> = vec![
            event.source.into(),
            event.id.into(),
            sequence.into(),
            milliseconds.into(),
            received.into(),
            body.as_str().into(),
        ];
        self.state.storage().sql().exec(
            "INSERT INTO events(source, id, epoch, sequence, time, received, body, late, pending) \
             VALUES (?, ?, 0, ?, ?, ?, ?, 0, 0)",
            row,
        )?;
        Response::from_json(&serde_json::json!({ "results": [{ "id": event.id, "status": "accepted" }] }))
    }
}
