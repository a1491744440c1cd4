//! A device's program: it stores each reading before it sends it, and keeps it until it is acknowledged.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::Value;
use vitrine_api::event::{EventResult, Received, Status};

use crate::{
    behaviour::Reading,
    event::Event,
    signer::{SignedHeaders, Signer},
};

/// How far a clock may be off before the device mends it, milliseconds.
const MEND_FROM: i64 = 2_000;
/// The worker's window for signatures, milliseconds; what a clock further off than this has signed was refused.
const WINDOW: i64 = 300_000;
/// Largest body that the device makes, bytes; the worker takes 256 KiB.
const LARGEST_BODY: usize = 200_000;

/// What is sent: bytes and headers as they leave the device.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Counts the deliveries of this device, across restarts.
    pub number: u64,
    /// Sequences of its events.
    pub sequences: Vec<u64>,
    /// One event or a batch.
    pub content_type: &'static str,
    /// The three headers of Standard Webhooks.
    pub headers: SignedHeaders,
    /// The very bytes that are signed.
    pub body: Vec<u8>,
}

/// What came back for a delivery.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// A status for each event id.
    Results(Vec<(String, Status)>),
    /// The signature was not accepted.
    Unauthenticated,
    /// Too much at once; come again after so many milliseconds.
    Later(i64),
    /// Any other answer: the worker could not.
    Failed(u16),
    /// No answer came, or the device has waited long enough for it.
    Nothing,
}

/// How a device is made.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The `source` of its events.
    pub source: String,
    /// Its epoch; above 0 where it has lost an earlier counter.
    pub epoch: u64,
    /// Whether events have a sequence.
    pub ordered: bool,
    /// Most events of a batch.
    pub batch: usize,
    /// Deliveries that may be under way at once.
    pub window: usize,
    /// How wrong its clock is whenever its program starts, milliseconds.
    pub clock_error: i64,
    /// Whether its batches are out of order.
    pub shuffled: bool,
    /// Events that its store holds; beyond that the oldest are gone for good.
    pub capacity: usize,
}

/// What a restart loses.
#[derive(Debug, Default)]
struct Memory {
    /// How wrong the clock is, milliseconds.
    clock_error: i64,
    /// Deliveries under way, and what they hold.
    under_way: BTreeMap<u64, Vec<u64>>,
    /// No delivery before this time.
    pause_until: i64,
    /// Deliveries in a row that failed.
    failures: u32,
}

/// A device with its store.
#[derive(Debug)]
pub struct Device {
    setup: Setup,
    signer: Signer,
    next_sequence: u64,
    next_delivery: u64,
    store: BTreeMap<u64, Event>,
    memory: Memory,
    /// Cut off from the network.
    offline: bool,
}

impl Device {
    /// A device that has just been switched on for the first time.
    #[must_use]
    pub fn new(setup: Setup, signer: Signer) -> Self {
        let memory = Memory { clock_error: setup.clock_error, ..Memory::default() };
        Self { setup, signer, next_sequence: 1, next_delivery: 1, store: BTreeMap::new(), memory, offline: false }
    }

    /// Goes on from a store that was kept: the next sequence of the epoch, and what was not acknowledged yet.
    #[must_use]
    pub fn continuing(mut self, next_sequence: u64, stored: Vec<Event>) -> Self {
        self.next_sequence = next_sequence.max(1);
        self.store = stored.into_iter().map(|event| (event.sequence, event)).collect();
        self
    }

    /// Stores a reading taken at `at` (true time, milliseconds), and gives the event it became.
    pub fn measure(&mut self, reading: Reading, at: i64) -> &Event {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        let event = Event::new(self.setup.epoch, sequence, at, reading, self.memory.clock_error);
        while self.store.len() >= self.setup.capacity.max(1) && self.store.pop_first().is_some() {}
        self.store.entry(sequence).insert_entry(event).into_mut()
    }

    /// Events that are not acknowledged yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.store.len()
    }

    /// Those events.
    #[must_use]
    pub fn stored(&self) -> Vec<Event> {
        self.store.values().cloned().collect()
    }

    /// The sequence that the next event gets.
    #[must_use]
    pub fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// Its epoch.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.setup.epoch
    }

    /// Deliveries in a row that failed, up to six.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.memory.failures
    }

    /// Cuts the device off, or connects it again.
    pub fn set_offline(&mut self, offline: bool) {
        self.offline = offline;
    }

    /// Signs with another key from now on.
    pub fn set_signer(&mut self, signer: Signer) {
        self.signer = signer;
        self.memory.pause_until = 0;
    }

    /// The program restarts: what was only in memory is gone, and the clock is as wrong as at the first start.
    pub fn crash(&mut self) {
        self.memory = Memory { clock_error: self.setup.clock_error, ..Memory::default() };
    }

    /// The next delivery, if one is due at `now` (true time, milliseconds).
    pub fn send(&mut self, now: i64, random: &mut Rng) -> Option<Delivery> {
        let due = !self.offline && now >= self.memory.pause_until;
        if !due || self.memory.under_way.len() >= self.setup.window {
            return None;
        }
        let under_way: Vec<u64> = self.memory.under_way.values().flatten().copied().collect();
        let mut bodies = Vec::new();
        let mut sequences = Vec::new();
        let mut length = 2;
        for (sequence, event) in self.store.iter().filter(|(sequence, _)| !under_way.contains(sequence)) {
            let body = event.cloud_event(&self.setup.source, self.setup.ordered).to_string();
            length += body.len() + 1;
            if sequences.len() >= self.setup.batch || (length > LARGEST_BODY && !sequences.is_empty()) {
                break;
            }
            sequences.push(*sequence);
            bodies.push(body);
        }
        if sequences.is_empty() {
            return None;
        }
        if self.setup.shuffled {
            random.shuffle(&mut bodies);
        }
        Some(self.deliver(now, sequences, &bodies))
    }

    fn deliver(&mut self, now: i64, sequences: Vec<u64>, bodies: &[String]) -> Delivery {
        let number = self.next_delivery;
        self.next_delivery += 1;
        let (content_type, body) = match bodies {
            [single] => ("application/cloudevents+json", single.clone()),
            several => ("application/cloudevents-batch+json", format!("[{}]", several.join(","))),
        };
        let id = format!("msg_{}_{number}", self.setup.epoch);
        let seconds = (now + self.memory.clock_error).div_euclid(1000);
        let headers = self.signer.sign(&id, seconds, body.as_bytes());
        self.memory.under_way.insert(number, sequences.clone());
        Delivery { number, sequences, content_type, headers, body: body.into_bytes() }
    }

    /// Takes in what came back for delivery `number`. `date`: the worker's clock, milliseconds.
    /// Gives the events that left the store, each with its status.
    pub fn answered(&mut self, number: u64, reply: &Reply, date: Option<i64>, now: i64) -> Vec<(Event, Status)> {
        if self.memory.under_way.remove(&number).is_none() {
            return Vec::new(); // from before a restart, or given up
        }
        if let Some(date) = date {
            self.mend_clock(date, now);
        }
        match reply {
            Reply::Results(results) => {
                self.memory.failures = 0;
                results.iter().filter_map(|(id, status)| self.done(id, *status)).collect()
            }
            Reply::Later(wait) => {
                self.memory.pause_until = now.saturating_add(*wait);
                Vec::new()
            }
            Reply::Unauthenticated | Reply::Failed(_) | Reply::Nothing => {
                self.memory.failures = (self.memory.failures + 1).min(6);
                self.memory.pause_until = now + (25 << self.memory.failures);
                Vec::new()
            }
        }
    }

    fn done(&mut self, id: &str, status: Status) -> Option<(Event, Status)> {
        let (epoch, sequence) = id.split_once('-')?;
        if epoch.parse() != Ok(self.setup.epoch) {
            return None;
        }
        Some((self.store.remove(&sequence.parse().ok()?)?, status))
    }

    /// Sets the clock by the worker's. Events stamped so wrongly that nothing signed at that time can have been
    /// accepted get the right time; all others stay as they are, because they may be stored already.
    fn mend_clock(&mut self, date: i64, now: i64) {
        let off = now + self.memory.clock_error - date;
        if off.abs() < MEND_FROM {
            return;
        }
        // `date` has whole seconds, so what remains is below one second.
        self.memory.clock_error -= off;
        let right = self.memory.clock_error;
        for event in self.store.values_mut().filter(|event| (event.clock_error - right).abs() > WINDOW) {
            event.clock_error = right;
        }
    }
}

/// Reads the worker's answer to a delivery.
#[must_use]
pub fn read_reply(status: u16, retry_after: Option<u64>, body: &[u8]) -> Reply {
    let seconds = retry_after.unwrap_or(1);
    match status {
        200 | 207 | 422 => read_results(body).map_or(Reply::Failed(status), Reply::Results),
        401 => Reply::Unauthenticated,
        429 => Reply::Later(i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX)),
        _ => Reply::Failed(status),
    }
}

/// `results` of a whole answer, or the one `result` of a refused single event. A refused event whose id could not be
/// read is none of ours.
fn read_results(body: &[u8]) -> Option<Vec<(String, Status)>> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let results = match answer.get("result") {
        Some(single) => vec![serde_json::from_value::<EventResult>(single.clone()).ok()?],
        None => serde_json::from_value::<Received>(answer).ok()?.results,
    };
    Some(results.into_iter().filter_map(|result| Some((result.id?, result.status))).collect())
}
