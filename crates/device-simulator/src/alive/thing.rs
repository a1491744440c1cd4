//! One device of a fleet that lives on: it wakes with the key it had, or gets another, and does what its twin wants.

use std::time::Duration;

use fastrand::Rng;
use serde_json::json;
use vitrine_api::{
    device::{Algorithm, Device as Record, Ordering, RegisterDevice},
    event::{Desired, Received},
};

use super::{Described, state::KeptDevice};
use crate::{
    behaviour::{Behaviour, Reading},
    device::{Device, Reply, Setup, read_reply},
    error::SimulatorError,
    faults::Faults,
    fleet::{now, patiently, register},
    plan::source,
    pool::{Credential, deliver, new_key},
    road::{Departure, Fate, travel},
    shop::Shop,
    signer::Signer,
};

/// Events that a device's store holds.
const CAPACITY: usize = 5_000;
/// Milliseconds between two questions whether a device that is refused has been revoked.
const ASK_AGAIN: i64 = 30_000;

/// A living device.
pub(super) struct Thing {
    id: String,
    device: Device,
    credential: Credential,
    behaviour: Box<dyn Behaviour>,
    random: Rng,
    /// The next reading, and when it is taken, milliseconds since 1970.
    next: Reading,
    due: i64,
    road: Vec<Departure>,
    refused_since: Option<i64>,
    gone: bool,
    /// Version of the twin's wishes that was last applied.
    applied: u64,
    /// Events acknowledged since it woke.
    pub(super) acknowledged: usize,
}

impl Thing {
    /// Wakes a device: registers it where it is not yet, and gives it a key where its own was lost. None where it has
    /// been revoked.
    pub(super) fn wake(
        shop: &Shop<'_>,
        described: &Described,
        kept: Option<KeptDevice>,
        seed: u64,
        patience: Duration,
    ) -> Result<Option<Self>, SimulatorError> {
        let now = now();
        // The world goes on while the fleet sleeps: it must not repeat itself after every start.
        let mut random = Rng::with_seed(seed ^ u64::try_from(now).unwrap_or(0));
        let (kind, sku, config, mut behaviour) = described.invent(&mut random);
        let asked = RegisterDevice {
            id: Some(described.id.clone()),
            kind: Some(kind),
            site: Some(described.site.clone()),
            name: Some(described.name.clone()),
            sku,
            config: Some(config),
            ordering: Some(Ordering::Sequence),
            ..RegisterDevice::default()
        };
        let Some(kept) = patiently(patience, || enrol(shop, described, &asked, kept.clone()))? else {
            return Ok(None);
        };
        let signer = Signer::from_secret(&kept.secret)?;
        let credential = Credential { id: kept.key, algorithm: kept.algorithm, signer };
        let setup = Setup {
            source: source(&described.id),
            epoch: kept.epoch,
            ordered: true,
            batch: 100,
            window: 1,
            clock_error: 0,
            shuffled: false,
            capacity: CAPACITY,
        };
        let device = Device::new(setup, credential.signer.clone()).continuing(kept.next_sequence, kept.events);
        let next = behaviour.next(&mut random, false);
        let due = now + random.i64(0..3000);
        let id = described.id.clone();
        Ok(Some(Self {
            id,
            device,
            credential,
            behaviour,
            random,
            next,
            due,
            road: Vec::new(),
            refused_since: None,
            gone: false,
            applied: 0,
            acknowledged: 0,
        }))
    }

    /// What it needs to go on after the next start.
    pub(super) fn keep(&self) -> (String, KeptDevice) {
        let kept = KeptDevice {
            key: self.credential.id.clone(),
            algorithm: self.credential.algorithm,
            secret: self.credential.signer.secret(),
            epoch: self.device.epoch(),
            next_sequence: self.device.next_sequence(),
            events: self.device.stored(),
        };
        (self.id.clone(), kept)
    }

    /// Events that are not acknowledged.
    pub(super) fn waiting(&self) -> usize {
        self.device.waiting()
    }

    /// Takes the readings that are due. Gives whether there were any.
    pub(super) fn measure(&mut self, now: i64) -> bool {
        let mut measured = false;
        while !self.gone && self.due <= now {
            let next = self.behaviour.next(&mut self.random, false);
            let (after, at) = (i64::try_from(next.after).unwrap_or(i64::MAX), self.due);
            self.device.measure(std::mem::replace(&mut self.next, next), at);
            self.due = self.due.saturating_add(after);
            measured = true;
        }
        measured
    }

    /// Sends what waits. Gives whether anything was acknowledged.
    pub(super) fn send(&mut self, shop: &Shop<'_>, now: i64, faults: &Faults, tell: &mut dyn FnMut(&str)) -> bool {
        if self.gone {
            return false;
        }
        if let Some(delivery) = self.device.send(now, &mut self.random) {
            self.road.extend(travel(delivery, now, faults, &mut self.random));
        }
        let (arriving, later) = std::mem::take(&mut self.road).into_iter().partition(|departure| departure.at <= now);
        self.road = later;
        let mut acknowledged = false;
        for departure in Vec::from_iter::<Vec<Departure>>(arriving) {
            if departure.fate == Fate::GivenUp {
                self.device.answered(departure.delivery.number, &Reply::Nothing, None, now);
                continue;
            }
            let answer = deliver(shop, &self.id, &departure);
            if matches!(departure.fate, Fate::Unheard | Fate::Forged(_)) {
                continue;
            }
            let reply = answer
                .as_ref()
                .map_or(Reply::Nothing, |answer| read_reply(answer.status, answer.retry_after, &answer.body));
            let date = answer.as_ref().ok().and_then(|answer| answer.date);
            let gone = self.device.answered(departure.delivery.number, &reply, date, now);
            self.acknowledged += gone.len();
            acknowledged |= !gone.is_empty();
            self.refused_since = if reply == Reply::Unauthenticated { self.refused_since.or(Some(now)) } else { None };
            let wished = answer.ok().and_then(|answer| serde_json::from_slice::<Received>(&answer.body).ok()?.twin);
            if let Some(wished) = wished.filter(|wished| wished.version > self.applied) {
                self.apply(wished, now);
            }
        }
        if self.refused_since.is_some_and(|since| now - since > ASK_AGAIN) {
            self.refused_since = Some(now);
            self.ask(shop, tell);
        }
        acknowledged
    }

    /// Does what the twin wants, and reports it.
    fn apply(&mut self, wished: Desired, now: i64) {
        self.applied = wished.version;
        let data = json!({ "version": wished.version, "reported": wished.desired });
        self.device.measure(Reading { after: 0, kind: "vitrine.twin.reported.v1", data }, now);
    }

    /// Refused for a while: revoked for good, or is another key needed?
    fn ask(&mut self, shop: &Shop<'_>, tell: &mut dyn FnMut(&str)) {
        match shop.device(&self.id) {
            Ok(Some(record)) if record.revoked_at.is_some() => {
                self.gone = true;
                tell(&format!("{} was revoked and falls silent", self.id));
            }
            Ok(Some(record)) => match rekey(shop, &record, self.credential.algorithm) {
                Ok(credential) => {
                    self.device.set_signer(credential.signer.clone());
                    self.credential = credential;
                    tell(&format!("{} was given a new key", self.id));
                }
                Err(error) => tell(&error.to_string()),
            },
            Ok(None) => tell(&format!("{} is not registered any more", self.id)),
            Err(error) => tell(&error.to_string()),
        }
    }
}

/// Makes sure that the device is registered and that we hold a valid key of it. None where it has been revoked.
fn enrol(
    shop: &Shop<'_>,
    described: &Described,
    asked: &RegisterDevice,
    kept: Option<KeptDevice>,
) -> Result<Option<KeptDevice>, SimulatorError> {
    let algorithm = if described.v1a { Algorithm::V1a } else { Algorithm::V1 };
    if let Some(record) = shop.device(&described.id)? {
        if record.revoked_at.is_some() {
            return Ok(None);
        }
        let valid = kept.filter(|kept| record.keys.iter().any(|key| key.id == kept.key));
        if valid.is_some() {
            return Ok(valid);
        }
        // Key and counter were lost: another key, and an epoch above all earlier ones.
        let credential = rekey(shop, &record, algorithm)?;
        let epoch = u64::try_from(now() / 1000).unwrap_or(0);
        return Ok(Some(fresh(credential, epoch)));
    }
    let credential = register(shop, asked, algorithm)?;
    credential
        .map(|credential| Some(fresh(credential, 0)))
        .ok_or_else(|| SimulatorError::Exists { device: described.id.clone() })
}

fn fresh(Credential { id: key, algorithm, signer }: Credential, epoch: u64) -> KeptDevice {
    KeptDevice { key, algorithm, secret: signer.secret(), epoch, next_sequence: 1, events: Vec::new() }
}

/// Gives a device another key; the ones it had are lost to us and stop to hold.
fn rekey(shop: &Shop<'_>, record: &Record, algorithm: Algorithm) -> Result<Credential, SimulatorError> {
    for lost in record.keys.iter().skip(1) {
        shop.delete_key(&record.id, lost)?;
    }
    new_key(shop, &record.id, algorithm, 0)
}
