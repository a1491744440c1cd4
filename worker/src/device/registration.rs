//! Registering a device and changing what is known of it: settings, twin, keys.

use std::rc::Rc;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use vitrine_api::{
    device::{AddKey, ChangeDevice, Device as Shown, KeyRequest, NewKey, RegisterDevice, Registered, Twin},
    problem::{FieldError, Problem, ProblemKind},
};
use vitrine_devices::{
    Algorithm, Config, DeviceId, JsonObject, KeyId, Keys, Limits, Registration, SiteId, Sku, Timestamp,
    key::{KeyError, Material, OVERLAP, PublicKey},
    twin::TwinError,
};
use vitrine_operations::ShopDevice;

use super::{
    Changed, flush,
    memory::{Memory, Object},
    tables::{self, Events, number},
    view,
};
use crate::{
    clock,
    failure::{Failure, Outcome},
    limits, random,
};

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// The longest time for which other keys may live on, in seconds.
const LONGEST_OVERLAP: u32 = 90 * 86_400;

/// What is registered of a device that is asked for.
///
/// # Errors
/// 400, naming each field that is missing or wrong.
pub(crate) fn registration_of(wanted: &RegisterDevice, most: &limits::Limits, now: Timestamp) -> Outcome<Registration> {
    let missing = |name: &str| Failure::field(format!("/{name}"), format!("`{name}` is missing."));
    let id = wanted.id.as_ref().ok_or_else(|| missing("id"))?;
    let kind = wanted.kind.ok_or_else(|| missing("kind"))?;
    let site = wanted.site.as_ref().ok_or_else(|| missing("site"))?;
    let registration = Registration {
        id: DeviceId::new(id.clone()).map_err(|error| Failure::field("/id", error.to_string()))?,
        kind: same(&kind)?,
        site: site_of(site)?,
        name: wanted.name.clone(),
        sku: wanted.sku.as_deref().map(sku_of).transpose()?,
        config: wanted.config.as_ref().map(config_of).transpose()?.unwrap_or_default(),
        ordering: wanted.ordering.map(|ordering| same(&ordering)).transpose()?.unwrap_or_default(),
        created_at: now,
        revoked_at: None,
        keys: Keys::default(),
        limits: wanted.limits.as_ref().map(|wanted| limits_of(wanted, most)).transpose()?,
        desired: vitrine_devices::twin::Desired::default(),
    };
    check(&registration)?;
    Ok(registration)
}

fn check(registration: &Registration) -> Outcome<()> {
    if let Some(name) = &registration.name
        && (name.trim().is_empty() || name.chars().count() > LONGEST_NAME)
    {
        return Err(Failure::field("/name", format!("A name has 1 to {LONGEST_NAME} characters.")));
    }
    let wrong = registration.config.problems(registration.kind);
    if wrong.is_empty() {
        return Ok(());
    }
    let details: Vec<&str> = wrong.iter().map(|wrong| wrong.detail.as_str()).collect();
    let mut problem = Problem::new(ProblemKind::BadRequest, format!("Settings are wrong: {}.", details.join("; ")));
    problem.errors = wrong
        .into_iter()
        .map(|wrong| FieldError { pointer: format!("/config{}", wrong.pointer), detail: wrong.detail })
        .collect();
    Err(problem.into())
}

/// A value of the interface as the rules have it: both are written alike.
fn same<T: DeserializeOwned>(value: &impl Serialize) -> Outcome<T> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}

fn site_of(site: &str) -> Outcome<SiteId> {
    SiteId::new(site).map_err(|error| Failure::field("/site", error.to_string()))
}

fn sku_of(sku: &str) -> Outcome<Sku> {
    Sku::new(sku).map_err(|error| Failure::field("/sku", error.to_string()))
}

fn config_of(config: &vitrine_api::device::Config) -> Outcome<Config> {
    serde_json::from_value(serde_json::to_value(config)?).map_err(|error| Failure::field("/config", error.to_string()))
}

fn limits_of(wanted: &vitrine_api::device::Limits, most: &limits::Limits) -> Outcome<Limits> {
    let within = |name: &str, value: Option<u32>, most: u32| match value {
        None => Ok(most),
        Some(value) if (1..=most).contains(&value) => Ok(value),
        Some(_) => Err(Failure::field(format!("/limits/{name}"), format!("`{name}` must be 1 to {most}."))),
    };
    Ok(Limits {
        events_per_second: within("eventsPerSecond", wanted.events_per_second, most.device_per_second)?,
        burst: within("burst", wanted.burst, most.device_burst)?,
    })
}

/// A key that is asked for, and its secret where one was made.
fn make_key(wanted: &KeyRequest) -> Outcome<(Material, Option<String>)> {
    let algorithm: Algorithm = same(&wanted.algorithm)?;
    match (&wanted.public_key, algorithm) {
        (Some(_), Algorithm::V1) => {
            let detail = "A public key goes with the algorithm v1a; with v1 the worker makes the secret.";
            Err(Failure::field("/publicKey", detail))
        }
        (Some(text), Algorithm::V1a) => {
            let public_key = PublicKey::parse(text).map_err(|error| Failure::field("/publicKey", error.to_string()))?;
            Ok((Material::V1a { public_key }, None))
        }
        (None, algorithm) => {
            let (material, secret) = Material::generate(algorithm, &random::bytes()?);
            Ok((material, Some(secret)))
        }
    }
}

fn too_many_keys(error: KeyError) -> Failure {
    Failure::refused(ProblemKind::Conflict, format!("{error}."))
}

fn shown_key(key: &vitrine_devices::key::Key, secret: Option<String>) -> Outcome<NewKey> {
    Ok(NewKey { id: key.id.to_string(), algorithm: same(&key.material.algorithm())?, secret })
}

/// Begins to be a device.
pub(super) fn register(object: &Rc<Object>, wanted: &RegisterDevice) -> Outcome<Registered> {
    if object.with(|_| Ok(()))?.is_some() {
        return Err(Failure::refused(ProblemKind::Conflict, "A device with this id is registered already."));
    }
    let now = clock::now();
    let mut registration = registration_of(wanted, &limits::Limits::of(&object.env)?, now)?;
    let (material, secret) = make_key(&wanted.key.clone().unwrap_or_default())?;
    let key = shown_key(registration.keys.add(material, now, OVERLAP).map_err(too_many_keys)?, secret)?;
    let device = ShopDevice::new(registration);
    let mut memory = Memory::new(device, &object.env)?;
    memory.version = 1;
    object.sql.transaction(|| {
        tables::create(&object.sql)?;
        let device = &memory.device;
        let registration = device.registration_text()?;
        object.sql.run(
            "INSERT INTO meta(one, registration, state, ledger, version, confirmed, rolled) VALUES (1, ?1, ?2, ?3, 1, 0, 0)",
            vec![registration.clone().into(), device.state_text()?.into(), device.ledger_text()?.into()],
        )?;
        object.sql.run(
            "INSERT INTO settings(position, registration) VALUES (?1, ?2)",
            vec![number(0), registration.into()],
        )?;
        Ok(())
    })?;
    object.forget();
    flush::soon(object);
    Ok(Registered { device: object.read(view::device)?, key })
}

/// Changes the registration in one transaction; gives what `work` gives.
fn alter<T>(object: &Rc<Object>, work: impl FnOnce(&mut Registration, Timestamp) -> Outcome<T>) -> Outcome<Changed<T>> {
    let changed = object.read(|memory| {
        let now = clock::now();
        let mut registration = memory.device.registration().clone();
        let answer = work(&mut registration, now)?;
        check(&registration)?;
        object.sql.transaction(|| {
            // What came before is added up under the settings that held.
            memory.roll(&object.sql)?;
            memory.device.change(registration, now, &mut Events(&object.sql))?;
            memory.save_all(&object.sql)
        })?;
        Ok(Changed { answer, device: view::device(memory)? })
    })?;
    flush::soon(object);
    Ok(changed)
}

/// `PATCH /v1/devices/{id}`.
pub(super) fn change(object: &Rc<Object>, wanted: ChangeDevice) -> Outcome<Shown> {
    let most = limits::Limits::of(&object.env)?;
    let changed = alter(object, |registration, now| {
        if registration.revoked_at.is_some() {
            return Err(Failure::refused(ProblemKind::Conflict, "The device is revoked; register another."));
        }
        if let Some(name) = wanted.name {
            registration.name = name;
        }
        if let Some(site) = &wanted.site {
            registration.site = site_of(site)?;
        }
        if let Some(sku) = &wanted.sku {
            registration.sku = sku.as_deref().map(sku_of).transpose()?;
        }
        if let Some(config) = &wanted.config {
            registration.config = config_of(config)?;
        }
        if let Some(limits) = &wanted.limits {
            registration.limits = Some(limits_of(limits, &most)?);
        }
        if wanted.revoked == Some(true) {
            registration.revoked_at = Some(now);
        }
        Ok(())
    })?;
    Ok(changed.device)
}

/// `PATCH /v1/devices/{id}/twin`.
pub(super) fn change_twin(
    object: &Rc<Object>,
    patch: Map<String, Value>,
    expected: Option<u64>,
) -> Outcome<Changed<Twin>> {
    let patch = JsonObject::parse(&Value::Object(patch).to_string())
        .map_err(|error| Failure::refused(ProblemKind::BadRequest, format!("The patch {error}.")))?;
    let changed = alter(object, |registration, _| {
        registration.desired = registration.desired.patched(&patch, expected).map_err(|error| {
            let kind = match error {
                TwinError::VersionMismatch { .. } => ProblemKind::PreconditionFailed,
                TwinError::Shape(_) | TwinError::TooLarge { .. } => ProblemKind::Unprocessable,
            };
            Failure::refused(kind, format!("{error}."))
        })?;
        Ok(())
    })?;
    Ok(Changed { answer: changed.device.twin.clone(), device: changed.device })
}

/// `POST /v1/devices/{id}/keys`.
pub(super) fn add_key(object: &Rc<Object>, wanted: &AddKey) -> Outcome<Changed<NewKey>> {
    let overlap = match wanted.expire_others_after_seconds {
        None => OVERLAP,
        Some(seconds) if seconds <= LONGEST_OVERLAP => i64::from(seconds) * 1000,
        Some(_) => {
            let detail = format!("This must be 0 to {LONGEST_OVERLAP}.");
            return Err(Failure::field("/expireOthersAfterSeconds", detail));
        }
    };
    let request = KeyRequest { algorithm: wanted.algorithm, public_key: wanted.public_key.clone() };
    let (material, secret) = make_key(&request)?;
    alter(object, |registration, now| {
        if registration.revoked_at.is_some() {
            return Err(Failure::refused(ProblemKind::Conflict, "The device is revoked; register another."));
        }
        shown_key(registration.keys.add(material, now, overlap).map_err(too_many_keys)?, secret)
    })
}

/// `DELETE /v1/devices/{id}/keys/{key}`.
pub(super) fn remove_key(object: &Rc<Object>, key: &str) -> Outcome<Shown> {
    let key = KeyId::new(key).map_err(|_| Failure::nothing("key"))?;
    let changed = alter(
        object,
        |registration, _| {
            if registration.keys.remove(&key) { Ok(()) } else { Err(Failure::nothing("key")) }
        },
    )?;
    Ok(changed.device)
}
