//! Threads that talk to the worker, so that slow answers hold up nobody else.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread::Scope,
};

use vitrine_api::device::{AddKey, Algorithm, NewKey};

use crate::{
    error::SimulatorError,
    road::Departure,
    shop::Shop,
    signer::Signer,
    transport::{Answer, Request, Unreachable},
};

/// Seconds after which a replaced key no longer holds.
pub(crate) const KEY_EXPIRES: u32 = 2;

/// Something to be done for one member of the fleet.
#[derive(Debug)]
pub(crate) enum Work {
    /// A delivery to the device's webhook.
    Deliver(Departure),
    /// A new key in place of this one.
    Rotate(Credential),
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The answer to a delivery.
    Delivered(Departure, Result<Answer, Unreachable>),
    /// The new key.
    Rotated(Result<Credential, SimulatorError>),
}

/// A key in use.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    /// The worker's id for it.
    pub(crate) id: String,
    /// How it signs.
    pub(crate) algorithm: Algorithm,
    /// The key.
    pub(crate) signer: Signer,
}

/// One piece of work: for which member, whose device has which id.
#[derive(Debug)]
pub(crate) struct Job {
    /// Index of the member.
    pub(crate) member: usize,
    /// Its device.
    pub(crate) id: String,
    /// What to do.
    pub(crate) work: Work,
}

/// The way to the threads and back.
pub(crate) struct Pool {
    /// Takes work; the threads end when it is dropped.
    pub(crate) jobs: Sender<Job>,
    /// Gives what came of it, by member.
    pub(crate) done: Receiver<(usize, Outcome)>,
}

/// Starts `threads` threads that work until the pool is dropped.
pub(crate) fn start<'scope>(scope: &'scope Scope<'scope, '_>, shop: &'scope Shop<'scope>, threads: usize) -> Pool {
    let (jobs, waiting) = channel::<Job>();
    let (finished, done) = channel();
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..threads.max(1) {
        let (waiting, finished) = (Arc::clone(&waiting), finished.clone());
        scope.spawn(move || {
            loop {
                let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(Job { member, id, work }) = job else { return };
                let outcome = match work {
                    Work::Deliver(departure) => {
                        let answer = deliver(shop, &id, &departure);
                        Outcome::Delivered(departure, answer)
                    }
                    Work::Rotate(old) => Outcome::Rotated(rotate(shop, &id, &old)),
                };
                if finished.send((member, outcome)).is_err() {
                    return;
                }
            }
        });
    }
    Pool { jobs, done }
}

/// Carries a delivery to the device's webhook.
pub(crate) fn deliver(shop: &Shop<'_>, id: &str, departure: &Departure) -> Result<Answer, Unreachable> {
    shop.transport().send(&request(id, departure))
}

fn request(id: &str, departure: &Departure) -> Request {
    let delivery = &departure.delivery;
    let headers = vec![
        ("content-type", delivery.content_type.to_owned()),
        ("webhook-id", delivery.headers.id.clone()),
        ("webhook-timestamp", delivery.headers.timestamp.clone()),
        ("webhook-signature", delivery.headers.signature.clone()),
    ];
    Request { method: "POST", path: format!("/v1/devices/{id}/events"), headers, body: delivery.body.clone() }
}

/// Replaces the key in use. A key whose secret was lost on the way, because an earlier attempt was not answered,
/// is taken away first.
fn rotate(shop: &Shop<'_>, id: &str, old: &Credential) -> Result<Credential, SimulatorError> {
    let record = shop.device(id)?.ok_or_else(|| SimulatorError::Gone { device: id.to_owned() })?;
    for stray in record.keys.iter().filter(|key| key.id != old.id) {
        shop.delete_key(id, stray)?;
    }
    new_key(shop, id, old.algorithm, KEY_EXPIRES)
}

/// Adds a key; the others hold for so many seconds more.
pub(crate) fn new_key(
    shop: &Shop<'_>,
    id: &str,
    algorithm: Algorithm,
    expire_others: u32,
) -> Result<Credential, SimulatorError> {
    let own = own(algorithm)?;
    let public_key = own.as_ref().and_then(Signer::public_key);
    let asked = AddKey { algorithm, public_key, expire_others_after_seconds: Some(expire_others) };
    let key = shop.add_key(id, &asked)?.ok_or_else(|| SimulatorError::KeysLeft { device: id.to_owned() })?;
    Credential::new(key, own)
}

/// A key pair where the device makes its own.
pub(crate) fn own(algorithm: Algorithm) -> Result<Option<Signer>, SimulatorError> {
    (algorithm == Algorithm::V1a).then(Signer::generate).transpose()
}

impl Credential {
    /// The device's own key, or the one that the worker has made for it.
    pub(crate) fn new(key: NewKey, own: Option<Signer>) -> Result<Self, SimulatorError> {
        let signer = match own {
            Some(signer) => signer,
            None => Signer::from_secret(key.secret.as_deref().unwrap_or_default())?,
        };
        Ok(Self { id: key.id, algorithm: key.algorithm, signer })
    }
}
