//! The addresses about devices: they ask the device's object, and bring what it answers into the database right away, so
//! that who reads next sees it.

use serde::Deserialize;
use serde_json::{Map, Value};
use vitrine_api::{
    device::{AddKey, ChangeDevice, Device, Kind, NewKey, RegisterDevice, Registered, State, Twin},
    event::StoredEvent,
    list::Page,
    problem::{Problem, ProblemKind},
};
use worker::{Env, Request, Response};

use crate::{
    answer,
    audit::Change,
    clock,
    database::Database,
    device::{self, Ask, Changed},
    failure::{Failure, Outcome},
    internal, mirror,
    request::Query,
};

/// Hands a request of the device itself to its object, body unread.
pub(crate) async fn forward(env: &Env, id: &str, request: Request) -> Outcome<Response> {
    if !is_id(id) {
        // The same answer as for a device that does not exist.
        let problem = Problem::unauthenticated();
        let request = crate::request::id_of(&request);
        let response = answer::problem(&problem, &request)?;
        response.headers().set("x-request-id", &request)?;
        response.headers().set("date", &clock::http_date())?;
        return Ok(response);
    }
    Ok(internal::device(env, id)?.fetch_with_request(request).await?)
}

/// Whether a text can be the id of a device.
fn is_id(id: &str) -> bool {
    vitrine_devices::id::DeviceId::new(id).is_ok()
}

/// Asks a device's object.
async fn ask<T: serde::de::DeserializeOwned>(env: &Env, id: &str, question: &Ask) -> Outcome<T> {
    if !is_id(id) {
        return Err(Failure::nothing("device"));
    }
    internal::ask(&internal::device(env, id)?, question).await
}

/// Whether a device could be registered so.
pub(crate) fn check(env: &Env, wanted: &RegisterDevice) -> Outcome<()> {
    let limits = crate::limits::Limits::of(env)?;
    device::registration_of(wanted, &limits, clock::now()).map(|_| ())
}

/// `POST /v1/devices`.
pub(crate) async fn register(
    env: &Env,
    database: &Database,
    wanted: RegisterDevice,
    change: &Change<'_>,
) -> Outcome<Registered> {
    check(env, &wanted)?;
    let id = wanted.id.clone().unwrap_or_default();
    let registered: Registered = ask(env, &id, &Ask::Register { wanted: Box::new(wanted) }).await?;
    record(database, &registered.device, change).await?;
    Ok(registered)
}

/// Brings a changed device and the entry about it into the database.
async fn record(database: &Database, device: &Device, change: &Change<'_>) -> Outcome<()> {
    let entry = change.entry(database, &format!("device {}", device.id))?;
    database.batch(vec![mirror::device_statement(database, device)?, entry]).await
}

/// `GET /v1/devices/{id}`.
pub(crate) async fn read(env: &Env, id: &str) -> Outcome<Device> {
    ask(env, id, &Ask::Read).await
}

/// `PATCH /v1/devices/{id}`.
pub(crate) async fn change(
    env: &Env,
    database: &Database,
    id: &str,
    wanted: ChangeDevice,
    change: &Change<'_>,
) -> Outcome<Device> {
    let device: Device = ask(env, id, &Ask::Change { wanted }).await?;
    record(database, &device, change).await?;
    Ok(device)
}

/// `GET /v1/devices/{id}/twin` with a token.
pub(crate) async fn twin(env: &Env, id: &str) -> Outcome<Twin> {
    Ok(read(env, id).await?.twin)
}

/// A twin with the version of what is desired as its entity tag.
pub(crate) fn twin_answer(twin: &Twin) -> Outcome<Response> {
    let response = answer::json(200, twin)?;
    response.headers().set("etag", &format!("\"{}\"", twin.desired_version))?;
    Ok(response)
}

/// `PATCH /v1/devices/{id}/twin`.
pub(crate) async fn change_twin(
    env: &Env,
    database: &Database,
    id: &str,
    patch: Map<String, Value>,
    expected: Option<String>,
    change: &Change<'_>,
) -> Outcome<Twin> {
    let expected = expected.filter(|tag| tag.trim() != "*").map(|tag| version_of(&tag)).transpose()?;
    let changed: Changed<Twin> = ask(env, id, &Ask::ChangeTwin { patch, expected }).await?;
    record(database, &changed.device, change).await?;
    Ok(changed.answer)
}

fn version_of(tag: &str) -> Outcome<u64> {
    let version = tag.trim().strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.parse().ok());
    version.ok_or_else(|| {
        let detail = "If-Match must be the ETag that the twin was read with, such as \"3\".";
        Failure::refused(ProblemKind::BadRequest, detail)
    })
}

/// `POST /v1/devices/{id}/keys`.
pub(crate) async fn add_key(
    env: &Env,
    database: &Database,
    id: &str,
    wanted: AddKey,
    change: &Change<'_>,
) -> Outcome<NewKey> {
    let changed: Changed<NewKey> = ask(env, id, &Ask::AddKey { wanted }).await?;
    record(database, &changed.device, change).await?;
    Ok(changed.answer)
}

/// `DELETE /v1/devices/{id}/keys/{key}`.
pub(crate) async fn remove_key(
    env: &Env,
    database: &Database,
    id: &str,
    key: &str,
    change: &Change<'_>,
) -> Outcome<()> {
    let device: Device = ask(env, id, &Ask::RemoveKey { key: key.to_owned() }).await?;
    record(database, &device, change).await
}

/// `GET /v1/devices/{id}/events`.
pub(crate) async fn events(env: &Env, id: &str, query: &Query) -> Outcome<Page<StoredEvent>> {
    let after = match query.number("cursor")? {
        Some(cursor) => Some(cursor),
        None => query.number("after")?,
    };
    ask(env, id, &Ask::Events { after: after.unwrap_or_default(), limit: query.limit()? }).await
}

/// `GET /v1/devices`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<Device>> {
    #[derive(Deserialize)]
    struct Row {
        body: String,
    }
    let limit = query.limit()?;
    let kind = query.word::<Kind>("kind")?.map(serde_json::to_value).transpose()?;
    let state = query.word::<State>("state")?;
    let mut after = query.get("cursor").unwrap_or_default().to_owned();
    let mut devices = Vec::new();
    // The state depends on the time that has passed, so it is judged here; pages are filled up from the next rows.
    loop {
        let sql = "SELECT body FROM devices WHERE id > ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR site = ?3) \
                   ORDER BY id LIMIT ?4";
        let kind = kind.as_ref().and_then(Value::as_str);
        let bound = [(&after).into(), kind.into(), query.get("site").into(), (limit + 1).into()];
        let rows: Vec<Row> = database.rows(sql, &bound).await?;
        let last = i64::try_from(rows.len()).unwrap_or_default() <= limit;
        for row in rows {
            let mut device: Device = serde_json::from_str(&row.body)?;
            device.state = device::state_now(&device, clock::now());
            after.clone_from(&device.id);
            if state.is_none_or(|state| state == device.state) {
                devices.push(device);
            }
        }
        if last || devices.len() as i64 > limit {
            return Ok(crate::page::cut(devices, limit, |device| device.id.clone()));
        }
    }
}
