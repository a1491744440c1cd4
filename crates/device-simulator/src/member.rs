//! One device of a running fleet: it measures when it is time, and has the troubles that it was given.

use std::collections::VecDeque;

use fastrand::Rng;
use serde_json::json;
use vitrine_api::device::Kind;

use crate::{
    behaviour::{Reading, Surroundings},
    device::{Delivery, Device, Reply, read_reply},
    faults::{Fault, Faults},
    ledger::Ledger,
    plan::Planned,
    pool::{Credential, KEY_EXPIRES},
    road::{Departure, Fate, travel},
    transport::Answer,
};

/// Milliseconds that a restarting program is away.
const RESTART: i64 = 400;

/// A device of the fleet with everything that is known about it.
pub(crate) struct Member {
    /// Its id at the worker.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// The `source` of its events.
    pub(crate) source: String,
    /// How things will be in the end.
    pub(crate) surroundings: Surroundings,
    /// Its program and store.
    pub(crate) device: Device,
    /// What is known of its events.
    pub(crate) ledger: Ledger,
    /// The key it was last given.
    pub(crate) credential: Credential,
    trace: VecDeque<Reading>,
    random: Rng,
    /// True time of the last reading, milliseconds.
    at: i64,
    /// When the next reading is taken, and how often, milliseconds.
    next: f64,
    every: f64,
    taken: usize,
    rotate_after: Option<usize>,
    rotating: bool,
    /// Readings for which it stays cut off.
    cut_off: u32,
    down_until: i64,
}

impl Member {
    /// Takes up its work at `now`; it measures every so many milliseconds.
    pub(crate) fn new(id: String, planned: Planned, credential: Credential, now: i64, every: f64) -> Self {
        let Planned { kind, setup, trace, truth, rotate_after, mut random, .. } = planned;
        let whole: u64 = trace.iter().map(|reading| reading.after).sum();
        // Readings end about when the run begins: a run takes less time than what it tells of.
        let at = now.saturating_sub(i64::try_from(whole).unwrap_or(i64::MAX));
        Self {
            id,
            kind,
            source: setup.source.clone(),
            surroundings: truth,
            device: Device::new(setup, credential.signer.clone()),
            ledger: Ledger::default(),
            credential,
            trace,
            at,
            next: now as f64 + random.f64() * every,
            every,
            random,
            taken: 0,
            rotate_after,
            rotating: false,
            cut_off: 0,
            down_until: 0,
        }
    }

    /// Has it measured everything?
    pub(crate) fn has_measured(&self) -> bool {
        self.trace.is_empty()
    }

    /// Has it measured everything, and was all of it acknowledged?
    pub(crate) fn is_done(&self) -> bool {
        self.has_measured() && self.device.waiting() == 0 && !self.rotating && self.rotate_after.is_none()
    }

    /// Lives until `now`: measures what is due, breaks when it breaks, sends what it may. Gives what is on the road.
    pub(crate) fn live(&mut self, now: i64, faults: &Faults) -> Vec<Departure> {
        while self.next <= now as f64 {
            let Some(reading) = self.trace.pop_front() else { break };
            self.next += self.every;
            self.measure(reading, now, faults);
        }
        if self.trace.is_empty() {
            self.cut_off = 0;
        }
        if now < self.down_until {
            return Vec::new();
        }
        self.device.set_offline(self.cut_off > 0);
        let mut on_the_road = Vec::new();
        while let Some(delivery) = self.device.send(now, &mut self.random) {
            on_the_road.extend(travel(delivery, now, faults, &mut self.random));
        }
        if !on_the_road.is_empty() && faults.have(Fault::Corrupt) && self.random.u32(0..100) == 0 {
            on_the_road.push(self.stale(now));
        }
        on_the_road
    }

    fn measure(&mut self, reading: Reading, now: i64, faults: &Faults) {
        self.at += i64::try_from(reading.after).unwrap_or(0);
        self.device.measure(reading, self.at);
        self.taken += 1;
        let mut happens = |fault, of_thousand: u32| faults.have(fault) && self.random.u32(0..1000) < of_thousand;
        let (crashes, cut) = (happens(Fault::Crash, 4), happens(Fault::Burst, 6));
        if crashes {
            self.device.crash();
            self.down_until = now + RESTART;
        }
        if cut && self.cut_off == 0 {
            self.cut_off = self.random.u32(20..80);
        }
        self.cut_off = self.cut_off.saturating_sub(1);
    }

    /// Is it time for another key? Says so once; the answer comes through [`Self::rotated`].
    pub(crate) fn wants_key(&mut self) -> bool {
        let wants = !self.rotating && self.rotate_after.is_some_and(|after| self.taken >= after);
        self.rotating |= wants;
        wants
    }

    /// Takes its new key, or tries again later. Gives what somebody does who has found the old one, after it expired.
    pub(crate) fn rotated(&mut self, key: Option<Credential>, now: i64) -> Option<Departure> {
        self.rotating = false;
        let key = key?;
        self.rotate_after = None;
        let old = std::mem::replace(&mut self.credential, key);
        self.device.set_signer(self.credential.signer.clone());
        let at = now + i64::from(KEY_EXPIRES) * 1000 + 3000;
        Some(self.forgery(&old, at, at, "a key that has expired"))
    }

    /// Takes in the answer to a delivery. Gives how many of its events are acknowledged by it.
    pub(crate) fn answered(&mut self, departure: &Departure, answer: Option<&Answer>, now: i64) -> usize {
        if departure.fate != Fate::GivenUp {
            self.ledger.note(departure, answer);
        }
        if matches!(departure.fate, Fate::Unheard | Fate::Forged(_)) || now < self.down_until {
            return 0;
        }
        let reply = answer.map_or(Reply::Nothing, |answer| read_reply(answer.status, answer.retry_after, &answer.body));
        let date = answer.and_then(|answer| answer.date);
        let gone = self.device.answered(departure.delivery.number, &reply, date, now);
        let count = gone.len();
        for (event, _) in gone {
            self.ledger.keep(event);
        }
        count
    }

    /// After a revocation: an event signed with the last key.
    pub(crate) fn after_revocation(&self, now: i64) -> Departure {
        self.forgery(&self.credential, now, now, "a key that was revoked")
    }

    /// A delivery that was signed with the right key, but ten minutes ago.
    fn stale(&self, now: i64) -> Departure {
        self.forgery(&self.credential, now - 600_000, now, "a signature ten minutes old")
    }

    /// An event that never was, signed with `key` at `signed`, arriving at `at`.
    fn forgery(&self, key: &Credential, signed: i64, at: i64, how: &'static str) -> Departure {
        let event = json!({
            "specversion": "1.0",
            "id": format!("forged-{at}"),
            "source": self.source,
            "type": "vitrine.twin.reported.v1",
            "time": crate::clock::rfc3339(at),
            "sequence": "999999",
            "data": { "version": 0, "reported": { "forged": true } },
        });
        let body = event.to_string().into_bytes();
        let headers = key.signer.sign(&format!("forged_{at}"), signed.div_euclid(1000), &body);
        let content_type = "application/cloudevents+json";
        let delivery = Delivery { number: 0, sequences: Vec::new(), content_type, headers, body };
        Departure { at, delivery, fate: Fate::Forged(how) }
    }
}
