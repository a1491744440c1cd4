//! What each kind of device would measure: endless, believable readings, and what is true of its surroundings meanwhile.

mod cold_chain;
mod footfall;
mod rfid;
mod scale;
mod vehicle;

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::Value;

pub use cold_chain::ColdShelf;
pub use footfall::Door;
pub use rfid::{Rack, gtin14, sgtin96};
pub use scale::Shelf;
pub use vehicle::Van;

/// One reading, and how long after the one before it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Milliseconds since the reading before.
    pub after: u64,
    /// Event type, such as `vitrine.scale.weight.v1`.
    pub kind: &'static str,
    /// The event's `data`.
    pub data: Value,
}

/// What is true where a device stands, whatever its events have become.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// Units lying there, by product; for devices that see stock.
    pub units: BTreeMap<String, u32>,
    /// Sums of everything measured so far, by metric; for devices that count.
    pub sums: BTreeMap<&'static str, u64>,
}

/// A piece of the world with a device in it.
pub trait Behaviour: Send {
    /// The next reading. `rest`: nobody touches anything any more, so that the last readings show how things ended.
    fn next(&mut self, random: &mut Rng, rest: bool) -> Reading;

    /// What is true now.
    fn surroundings(&self) -> Surroundings;
}

/// Normally distributed noise by the sum of twelve uniform numbers, never further than six deviations.
pub(crate) fn noise(random: &mut Rng, deviation: f64) -> f64 {
    let sum: f64 = (0..12).map(|_| random.f64()).sum();
    (sum - 6.0) * deviation
}

/// `value` with so many decimals, as a device would print it.
pub(crate) fn decimals(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}
