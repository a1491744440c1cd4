//! A shelf on a scale: shoppers take goods and put some back, hands press on it, staff refill it.

use std::collections::VecDeque;

use fastrand::Rng;
use serde_json::json;

use super::{Behaviour, Reading, Surroundings, decimals, noise};

/// A shelf of one product.
#[derive(Clone, Debug)]
pub struct Shelf {
    sku: String,
    /// Grams of one unit; its noise must be far below.
    unit: f64,
    /// Grams of the shelf itself.
    tare: f64,
    /// Standard deviation of a stable reading, grams.
    noise: f64,
    units: u32,
    capacity: u32,
    /// Somebody comes about once in so many readings.
    quiet: u32,
    /// What is happening at the shelf, reading by reading.
    script: VecDeque<Moment>,
}

/// One reading of something that is happening.
#[derive(Clone, Copy, Debug)]
struct Moment {
    after: u64,
    /// Units lying on the shelf from here on.
    units: u32,
    /// Force of a hand, grams; the reading is unstable while there is one.
    hand: Option<f64>,
}

impl Shelf {
    /// A full shelf. `unit` and `tare` in grams; somebody comes about once in `quiet` readings.
    #[must_use]
    pub fn new(sku: impl Into<String>, unit: f64, tare: f64, capacity: u32, quiet: u32) -> Self {
        let noise = (unit * 0.01).clamp(0.2, 4.0);
        let script = VecDeque::new();
        Self { sku: sku.into(), unit, tare, noise, units: capacity, capacity: capacity.max(1), quiet, script }
    }

    /// How far apart stable readings of the same weight may lie, grams.
    #[must_use]
    pub fn noise(&self) -> f64 {
        decimals(self.noise * 4.0, 1)
    }

    /// A hand presses or lifts for a moment, then `units` lie there; the scale needs two readings to be sure.
    fn touch(&mut self, random: &mut Rng, units: u32) {
        for _ in 0..random.u32(1..=2) {
            let force = random.f64() * 1500.0 - 400.0;
            let moment = Moment { after: random.u64(300..=900), units, hand: Some(force) };
            self.script.push_back(moment);
        }
        self.settle(random, units);
    }

    fn settle(&mut self, random: &mut Rng, units: u32) {
        for _ in 0..3 {
            self.script.push_back(Moment { after: random.u64(1200..=2000), units, hand: None });
        }
    }

    fn visit(&mut self, random: &mut Rng) {
        if self.units * 5 < self.capacity && random.u32(0..3) == 0 {
            return self.touch(random, self.capacity); // refilled
        }
        let taken = random.u32(0..=2).min(self.units); // none: somebody only leaned on it
        let left = self.units - taken;
        self.touch(random, left);
        if taken > 0 && random.u32(0..4) == 0 {
            self.touch(random, left + 1); // one is put back
        }
    }
}

impl Behaviour for Shelf {
    fn next(&mut self, random: &mut Rng, rest: bool) -> Reading {
        if rest {
            // Whatever was going on has ended; what lies there now stays.
            self.script.clear();
        } else if self.script.is_empty() && random.u32(0..self.quiet.max(1)) == 0 {
            self.visit(random);
        }
        let quiet = Moment { after: random.u64(1500..=5000), units: self.units, hand: None };
        let moment = self.script.pop_front().unwrap_or(quiet);
        self.units = moment.units;
        let weight = self.tare + f64::from(moment.units) * self.unit + noise(random, self.noise);
        let grams = decimals((weight + moment.hand.unwrap_or(0.0)).clamp(-100_000.0, 1_000_000.0), 1);
        let data = json!({ "grams": grams, "stable": moment.hand.is_none() });
        Reading { after: moment.after, kind: "vitrine.scale.weight.v1", data }
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings { units: [(self.sku.clone(), self.units)].into(), ..Surroundings::default() }
    }
}
