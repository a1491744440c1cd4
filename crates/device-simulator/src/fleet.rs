//! Runs a fleet against a worker: registers it, lets it live, and judges what the worker made of it.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::mpsc::RecvTimeoutError,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use vitrine_api::device::{Algorithm, KeyRequest, RegisterDevice};

use crate::{
    error::SimulatorError,
    faults::Faults,
    member::Member,
    plan::{Options, Planned, invent},
    pool::{self, Credential, Job, Outcome, Pool, Work},
    road::{Departure, Fate},
    settle,
    shop::Shop,
    signer::Signer,
    verdict::Verdict,
};

/// How long a fleet is run and judged.
#[derive(Clone, Debug)]
pub struct Patience {
    /// Threads, and so connections.
    pub connections: usize,
    /// Give up when nothing was acknowledged for so long.
    pub stuck: Duration,
    /// How long what the worker holds may take to be in its place.
    pub settle: Duration,
    /// Leave the devices registered, their keys valid.
    pub keep: bool,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Events acknowledged.
    pub acknowledged: usize,
    /// Events in all.
    pub events: usize,
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Tries again while the worker is away, for as long as `patience`.
pub(crate) fn patiently<T>(
    patience: Duration,
    mut attempt: impl FnMut() -> Result<T, SimulatorError>,
) -> Result<T, SimulatorError> {
    let until = Instant::now() + patience;
    loop {
        match attempt() {
            Err(error) if error.passes() && Instant::now() < until => thread::sleep(Duration::from_millis(300)),
            result => return result,
        }
    }
}

/// Runs an invented fleet to its end and judges. `tell` hears of progress about once a second.
///
/// # Errors
/// Where the fleet cannot be registered, or the worker is gone for longer than `patience`.
pub fn run(
    shop: &Shop<'_>,
    options: &Options,
    patience: &Patience,
    tell: &mut dyn FnMut(Progress),
) -> Result<Verdict, SimulatorError> {
    let every = 1000.0 * options.devices as f64 / options.rate.max(0.001);
    let mut members = Vec::new();
    for planned in invent(options) {
        members.push(join(shop, planned, every, patience)?);
    }
    let begun = now();
    let mut running = Running { members, faults: &options.faults, heap: BinaryHeap::new(), under_way: 0, ticket: 0 };
    thread::scope(|scope| {
        running.until_done(&pool::start(scope, shop, patience.connections), options.events, patience, tell)
    });
    let sending = now() - begun;
    let mut verdict = settle::judge_all(shop, &mut running.members, patience)?;
    verdict.events = options.events;
    verdict.sending = sending;
    Ok(verdict)
}

/// Registers a device and puts it to work.
fn join(shop: &Shop<'_>, planned: Planned, every: f64, patience: &Patience) -> Result<Member, SimulatorError> {
    let id = planned.registration.id.clone().unwrap_or_default();
    let credential = patiently(patience.stuck, || register(shop, &planned.registration, planned.algorithm))?
        .ok_or_else(|| SimulatorError::Exists { device: id.clone() })?;
    Ok(Member::new(id, planned, credential, now(), every))
}

/// Registers a device with a key of this kind; none where there is one of that id.
pub(crate) fn register(
    shop: &Shop<'_>,
    registration: &RegisterDevice,
    algorithm: Algorithm,
) -> Result<Option<Credential>, SimulatorError> {
    let own = pool::own(algorithm)?;
    let public_key = own.as_ref().and_then(Signer::public_key);
    let asked = RegisterDevice { key: Some(KeyRequest { algorithm, public_key }), ..registration.clone() };
    shop.register(&asked)?.map(|registered| Credential::new(registered.key, own)).transpose()
}

/// A departure in the order of its time; the ticket keeps equal times in order.
struct Scheduled(Reverse<(i64, u64)>, usize, Departure);

impl PartialEq for Scheduled {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Scheduled {}

impl PartialOrd for Scheduled {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Scheduled {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

struct Running<'a> {
    members: Vec<Member>,
    faults: &'a Faults,
    heap: BinaryHeap<Scheduled>,
    under_way: usize,
    ticket: u64,
}

impl Running<'_> {
    fn until_done(&mut self, pool: &Pool, events: usize, patience: &Patience, tell: &mut dyn FnMut(Progress)) {
        let (mut acknowledged, mut told) = (0, Instant::now());
        let mut moved = Instant::now();
        while !(self.heap.is_empty() && self.under_way == 0 && self.members.iter().all(Member::is_done)) {
            if moved.elapsed() > patience.stuck {
                return;
            }
            let now = now();
            self.live(pool, now);
            self.depart(pool, now);
            let count = self.take_in(pool);
            if count > 0 || !self.members.iter().all(Member::has_measured) {
                moved = Instant::now();
            }
            acknowledged += count;
            if told.elapsed() > Duration::from_secs(1) {
                told = Instant::now();
                tell(Progress { acknowledged, events });
            }
        }
        tell(Progress { acknowledged, events });
    }

    fn live(&mut self, pool: &Pool, now: i64) {
        for index in 0..self.members.len() {
            let Some(member) = self.members.get_mut(index) else { continue };
            let departures = member.live(now, self.faults);
            if member.wants_key() {
                let work = Work::Rotate(member.credential.clone());
                let job = Job { member: index, id: member.id.clone(), work };
                self.under_way += usize::from(pool.jobs.send(job).is_ok());
            }
            for departure in departures {
                self.schedule(index, departure);
            }
        }
    }

    fn schedule(&mut self, member: usize, departure: Departure) {
        self.ticket += 1;
        self.heap.push(Scheduled(Reverse((departure.at, self.ticket)), member, departure));
    }

    fn depart(&mut self, pool: &Pool, now: i64) {
        while self.heap.peek().is_some_and(|next| next.2.at <= now) {
            let Some(Scheduled(_, index, departure)) = self.heap.pop() else { return };
            let Some(member) = self.members.get_mut(index) else { continue };
            if departure.fate == Fate::GivenUp {
                member.answered(&departure, None, now);
                continue;
            }
            let job = Job { member: index, id: member.id.clone(), work: Work::Deliver(departure) };
            self.under_way += usize::from(pool.jobs.send(job).is_ok());
        }
    }

    /// Takes in what came back; waits a moment for the first. Gives how many events are acknowledged by it.
    fn take_in(&mut self, pool: &Pool) -> usize {
        let mut acknowledged = 0;
        let mut wait = Duration::from_millis(5);
        loop {
            let (index, outcome) = match pool.done.recv_timeout(wait) {
                Ok(done) => done,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return acknowledged,
            };
            wait = Duration::ZERO;
            self.under_way = self.under_way.saturating_sub(1);
            let Some(member) = self.members.get_mut(index) else { continue };
            match outcome {
                Outcome::Delivered(departure, answer) => {
                    acknowledged += member.answered(&departure, answer.as_ref().ok(), now());
                }
                Outcome::Rotated(key) => {
                    if let Some(probe) = member.rotated(key.ok(), now()) {
                        self.schedule(index, probe);
                    }
                }
            }
        }
    }
}
