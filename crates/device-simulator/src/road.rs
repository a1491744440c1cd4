//! The road between a device and the worker: deliveries arrive late, twice, in another order, damaged, or not at all.

use base64ct::{Base64, Encoding};
use fastrand::Rng;

use crate::{
    device::Delivery,
    faults::{Fault, Faults},
};

/// How long a device waits for an answer that does not come, milliseconds.
const PATIENCE: i64 = 1500;

/// What happens to a delivery when its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives and its answer comes back.
    Arrives,
    /// It arrives; nobody hears the answer.
    Unheard,
    /// It does not arrive any more: this is the moment at which the device gives up waiting for the answer.
    GivenUp,
    /// It was damaged on the way, so named, and must be refused; the device hears so.
    Damaged(&'static str),
    /// Somebody else sends it, changed in the named way; it must be refused, and the device hears nothing of it.
    Forged(&'static str),
}

/// A delivery on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// When it arrives, milliseconds.
    pub at: i64,
    /// What arrives.
    pub delivery: Delivery,
    /// How it goes.
    pub fate: Fate,
}

/// What becomes of a delivery that leaves at `now`; nothing at all where it is lost.
pub fn travel(delivery: Delivery, now: i64, faults: &Faults, random: &mut Rng) -> Vec<Departure> {
    let mut happens = |fault, of_hundred: u32| faults.have(fault) && random.u32(0..100) < of_hundred;
    let (twice, overtaken, late) =
        (happens(Fault::Duplicate, 6), happens(Fault::Reorder, 15), happens(Fault::Delay, 6));
    let (lost, unheard) = (happens(Fault::Drop, 3), happens(Fault::Drop, 3));
    let (damaged, instead) = (happens(Fault::Corrupt, 4), happens(Fault::Corrupt, 50));

    let mut on_its_way = Vec::new();
    if damaged {
        let (delivery, how) = damage(&delivery, random);
        let fate = if instead { Fate::Damaged(how) } else { Fate::Forged(how) };
        on_its_way.push(Departure { at: now, delivery, fate });
        if instead {
            return on_its_way;
        }
    }
    if twice {
        let at = now + random.i64(0..1500);
        on_its_way.push(Departure { at, delivery: delivery.clone(), fate: Fate::Unheard });
    }
    let delay = if late { random.i64(200..2500) } else { 0 } + if overtaken { random.i64(10..150) } else { 0 };
    let heard = !lost && !unheard && delay < PATIENCE;
    if !heard {
        on_its_way.push(Departure { at: now + PATIENCE, delivery: delivery.clone(), fate: Fate::GivenUp });
    }
    if !lost {
        let fate = if heard { Fate::Arrives } else { Fate::Unheard };
        on_its_way.push(Departure { at: now + delay, delivery, fate });
    }
    on_its_way
}

/// A damaged copy, and what was done to it. Every change alters what the signature says, not merely how it is written.
fn damage(delivery: &Delivery, random: &mut Rng) -> (Delivery, &'static str) {
    let mut copy = delivery.clone();
    let how = match random.u32(0..5) {
        0 => flip(&mut copy.body, random, "a bit of the body flipped"),
        1 => {
            let (version, code) = copy.headers.signature.split_once(',').unwrap_or(("v1", ""));
            let mut code = Base64::decode_vec(code).unwrap_or_default();
            let how = flip(&mut code, random, "a bit of the signature flipped");
            copy.headers.signature = format!("{version},{}", Base64::encode_string(&code));
            how
        }
        2 => {
            copy.headers.id.push('x');
            "another message id"
        }
        3 => {
            let seconds: i64 = copy.headers.timestamp.parse().unwrap_or(0);
            copy.headers.timestamp = (seconds + 1).to_string();
            "another timestamp"
        }
        _ => {
            copy.headers.signature = String::new();
            "no signature"
        }
    };
    (copy, how)
}

fn flip(bytes: &mut [u8], random: &mut Rng, how: &'static str) -> &'static str {
    let place = random.usize(0..bytes.len().max(1));
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1 << random.u32(0..8);
    }
    how
}
