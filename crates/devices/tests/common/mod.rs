//! A device, events, and a fold that notices any other order.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses some of it; a failure in a helper is a failed test")]

use serde::{Deserialize, Serialize};
use vitrine_devices::registration::Registration;
use vitrine_devices::{CloudEvent, Device, Fold, MemoryJournal, Ordering, Outcome, Reading, Timestamp};

/// 2026-05-04T08:00:00Z.
pub(crate) const START: i64 = 1_777_881_600_000;

/// Every reading in the order in which it was folded, and a number that no other order gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tape {
    pub(crate) count: u64,
    pub(crate) chained: u64,
}

impl Fold for Tape {
    fn apply(&mut self, reading: &Reading, time: Timestamp, _: &Registration) {
        let said = match reading {
            Reading::ScaleWeight { grams, .. } => grams.parts(),
            _ => 0,
        };
        self.count += 1;
        self.chained =
            self.chained.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(said as u64) ^ time.milliseconds() as u64;
    }
}

pub(crate) fn registration(ordering: Ordering) -> Registration {
    Registration {
        id: "scale-1".parse().unwrap(),
        kind: vitrine_devices::Kind::Scale,
        site: "shop".parse().unwrap(),
        name: None,
        sku: Some("denim-jacket".parse().unwrap()),
        config: Default::default(),
        ordering,
        created_at: Timestamp::from_milliseconds(START),
        revoked_at: None,
        keys: Default::default(),
        limits: None,
        desired: Default::default(),
    }
}

pub(crate) fn weight(id: &str, epoch: u64, sequence: Option<u64>, time: i64, grams: i64) -> String {
    let time = Timestamp::from_milliseconds(time);
    let sequence = sequence.map_or(String::new(), |sequence| format!(r#""sequence":"{sequence}","epoch":{epoch},"#));
    format!(
        r#"{{"specversion":"1.0","id":"{id}","source":"/scales/1","type":"vitrine.scale.weight.v1",{sequence}"time":"{time}","data":{{"grams":{grams}}}}}"#
    )
}

/// A device with its journal, which can crash.
#[derive(Clone, Debug)]
pub(crate) struct Rig<F> {
    pub(crate) device: Device<F>,
    pub(crate) journal: MemoryJournal,
}

impl<F: Fold> Rig<F> {
    pub(crate) fn new(registration: Registration) -> Self {
        Self { device: Device::new(registration), journal: MemoryJournal::default() }
    }

    pub(crate) fn send(&mut self, body: &str, received: i64) -> Outcome {
        let event = CloudEvent::parse(body).unwrap_or_else(|refused| panic!("{body}: {}", refused.refusal));
        let Ok(outcome) = self.device.receive(&event, Timestamp::from_milliseconds(received), &mut self.journal);
        outcome
    }

    /// Everything in memory is lost; what was stored comes back.
    pub(crate) fn crash(&mut self) {
        self.device = Device::restore(
            &self.device.registration_text().unwrap(),
            &self.device.state_text().unwrap(),
            &self.device.ledger_text().unwrap(),
        )
        .unwrap();
    }

    /// Bodies of all rows that count.
    pub(crate) fn counted(&self) -> Vec<&str> {
        self.journal.rows.values().filter(|row| !row.late).map(|row| row.body.as_str()).collect()
    }
}
