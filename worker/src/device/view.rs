//! The device as it is shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use vitrine_api::{
    device::{Counts, Device as Shown, Gap, Key, Last, Refusal, State, StockHere, Twin},
    event::{Desired, Status, StoredEvent},
    list::Page,
};
use vitrine_devices::{CloudEvent, JsonObject, Timestamp, twin};
use vitrine_operations::{
    ShopDevice,
    alarm::{self, SILENT_SECONDS},
    stock,
    things::device_clock,
};

use super::memory::{Memory, Object};
use crate::{clock, failure::Outcome};

/// Gaps that are shown at most.
const MOST_GAPS: usize = 100;

/// A value of the rules as the interface has it: both are written alike.
fn same<T: DeserializeOwned>(value: &impl Serialize) -> Outcome<T> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}

/// All that is shown of a device.
pub(super) fn device(memory: &mut Memory) -> Outcome<Shown> {
    let now = clock::now();
    let device = &memory.device;
    let registration = device.registration();
    let things = &device.shown().things;
    let (site, counts) = (registration.site.to_string(), device.counts());
    let mut gaps: Vec<Gap> = device
        .gaps()
        .into_iter()
        .map(|gap| Gap {
            epoch: gap.epoch,
            from: gap.from,
            to: gap.to,
            open: gap.closed_at.is_none(),
            closed_at: gap.closed_at.map(|at| at.to_string()),
        })
        .collect();
    let early = gaps.len().saturating_sub(MOST_GAPS);
    gaps.drain(..early);
    Ok(Shown {
        id: registration.id.to_string(),
        kind: same(&registration.kind)?,
        site: site.clone(),
        name: registration.name.clone(),
        sku: registration.sku.as_ref().map(ToString::to_string),
        config: same(&registration.config)?,
        ordering: same(&registration.ordering)?,
        limits: match &registration.limits {
            Some(limits) => same(limits)?,
            None => vitrine_api::device::Limits {
                events_per_second: Some(memory.limits.device_per_second),
                burst: Some(memory.limits.device_burst),
            },
        },
        created_at: registration.created_at.to_string(),
        revoked_at: registration.revoked_at.map(|at| at.to_string()),
        state: same(&alarm::state(device, now))?,
        alarms: same(&alarm::alarms(device, now))?,
        last_seen_at: device.last_stored_at().map(|at| at.to_string()),
        counts: Counts {
            accepted: counts.accepted,
            duplicate: counts.duplicate,
            late: counts.late,
            refused: counts.refused,
        },
        gaps,
        pending: device.pending(),
        keys: keys(device)?,
        stock: stock::of_device(device, now)
            .into_iter()
            .map(|(sku, source)| {
                let mut source: vitrine_api::stock::Source = same(&source)?;
                source.age_seconds = age(&source.observed_at, now);
                Ok(StockHere { sku: sku.to_string(), site: site.clone(), source })
            })
            .collect::<Outcome<_>>()?,
        last: things
            .last
            .iter()
            .map(|(metric, last)| {
                (metric.as_str().to_owned(), Last { value: last.value.to_f64(), at: last.at.to_string() })
            })
            .collect::<BTreeMap<_, _>>(),
        position: things.position.as_ref().map(same).transpose()?,
        twin: twin(device),
        refusals: device
            .ledger()
            .refusals
            .iter()
            .map(|note| Refusal {
                at: note.at.to_string(),
                id: note.id.clone(),
                code: note.code.as_str().to_owned(),
                detail: note.detail.clone(),
            })
            .collect(),
        version: memory.version,
    })
}

fn age(observed: &str, now: Timestamp) -> u64 {
    let age = Timestamp::parse(observed).map_or(0, |observed| now.since(observed));
    u64::try_from(age / 1000).unwrap_or(0)
}

fn keys(device: &ShopDevice) -> Outcome<Vec<Key>> {
    let used = |id| device.keys_used().iter().find(|(known, _)| known == id).map(|(_, at)| at.to_string());
    device
        .registration()
        .keys
        .all()
        .iter()
        .map(|key| {
            Ok(Key {
                id: key.id.to_string(),
                algorithm: same(&key.material.algorithm())?,
                created_at: key.created_at.to_string(),
                expires_at: key.expires_at.map(|at| at.to_string()),
                last_used_at: used(&key.id),
            })
        })
        .collect()
}

fn map(object: &JsonObject) -> Map<String, Value> {
    // It was checked to be an object when it was taken.
    serde_json::from_str(object.as_str()).unwrap_or_default()
}

/// The twin.
pub(super) fn twin(device: &ShopDevice) -> Twin {
    let desired = &device.registration().desired;
    let reported = device.shown().reported.as_ref();
    Twin {
        desired: map(&desired.value),
        reported: reported.map(|reported| map(&reported.value)).unwrap_or_default(),
        desired_version: desired.version,
        reported_version: reported.map_or(0, |reported| reported.version),
    }
}

/// What the device should change.
pub(super) fn desired(desired: &twin::Desired) -> Desired {
    Desired { version: desired.version, desired: map(&desired.value) }
}

/// How a device is by now, going by how it was when the database heard of it: silence comes by itself.
pub(crate) fn state_now(device: &Shown, now: Timestamp) -> State {
    let heard = device.last_seen_at.as_deref().and_then(|at| Timestamp::parse(at).ok());
    let patience = device.config.silent_after_seconds.unwrap_or(SILENT_SECONDS);
    match heard {
        Some(heard) if device.state != State::Revoked && now.since(heard) >= i64::from(patience) * 1000 => {
            State::Silent
        }
        _ => device.state,
    }
}

/// When something about the device will change by itself; milliseconds.
pub(super) fn next_deadline(device: &ShopDevice, now: Timestamp) -> Option<i64> {
    let silent = alarm::silent_from(device).filter(|at| *at > now);
    // A scale's count may settle without another reading; the device's clock says when.
    let left = |at: Timestamp| at.since(device_clock(device, now)).max(0);
    let settles = device.shown().things.scale.settles_at(&device.registration().config).map(|at| now.plus(left(at)));
    device.next_tick().into_iter().chain(silent).chain(settles).min().map(Timestamp::milliseconds)
}

/// What open pages want to know of at once; times alone make no difference.
pub(super) fn gist(shown: &Shown) -> String {
    let alarms: Vec<_> = shown.alarms.iter().map(|alarm| alarm.kind).collect();
    let stock: Vec<_> = shown
        .stock
        .iter()
        .map(|here| (&here.sku, &here.site, here.source.units, here.source.between, here.source.state))
        .collect();
    format!("{:?} {alarms:?} {stock:?}", shown.state)
}

/// Stored events after a position.
pub(super) fn events(object: &Object, after: i64, limit: i64) -> Outcome<Page<StoredEvent>> {
    #[derive(Deserialize)]
    struct Row {
        position: u64,
        received: i64,
        body: String,
        late: i64,
    }
    object.read(|_| Ok(()))?;
    let rows: Vec<Row> = object.sql.rows(
        "SELECT position, received, body, late FROM events WHERE position > ?1 ORDER BY position LIMIT ?2",
        vec![after.into(), (limit + 1).into()],
    )?;
    let shown = |row: Row| -> Option<StoredEvent> {
        let event = CloudEvent::parse(&row.body).ok()?;
        Some(StoredEvent {
            position: row.position,
            id: event.id.to_string(),
            source: event.source.to_string(),
            epoch: event.epoch,
            sequence: event.sequence,
            time: event.time.to_string(),
            received_at: clock::text(row.received),
            kind: event.kind.to_string(),
            data: serde_json::from_str(event.data.get()).ok()?,
            status: if row.late == 0 { Status::Accepted } else { Status::Late },
        })
    };
    let events = rows.into_iter().filter_map(shown).collect();
    Ok(crate::page::cut(events, limit, |event: &StoredEvent| event.position.to_string()))
}
