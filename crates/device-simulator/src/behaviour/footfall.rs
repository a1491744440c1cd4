//! A door that counts who comes in and who goes out, in waves.

use fastrand::Rng;
use serde_json::json;

use super::{Behaviour, Reading, Surroundings};

/// A door with a counter.
#[derive(Clone, Debug)]
pub struct Door {
    /// Seconds that one reading counts.
    seconds: u32,
    /// Shoppers a reading at the height of a wave.
    busiest: u32,
    inside: u32,
    /// Readings so far; the waves follow it.
    readings: u32,
    entered: u64,
    left: u64,
}

impl Door {
    /// A door that reports every `seconds`, where at most about `busiest` shoppers come in meanwhile.
    #[must_use]
    pub fn new(seconds: u32, busiest: u32) -> Self {
        Self { seconds: seconds.clamp(1, 86_400), busiest, inside: 0, readings: 0, entered: 0, left: 0 }
    }
}

impl Behaviour for Door {
    fn next(&mut self, random: &mut Rng, rest: bool) -> Reading {
        let wave = 0.5 - 0.5 * (f64::from(self.readings) / 40.0 * std::f64::consts::TAU).cos();
        self.readings = self.readings.wrapping_add(1);
        // At least one is possible even in the quietest minute.
        let most = 1 + (f64::from(self.busiest) * wave) as u32;
        let entered = if rest { 0 } else { random.u32(0..=most) };
        self.inside += entered;
        let left = random.u32(0..=self.inside.min(most));
        self.inside -= left;
        self.entered += u64::from(entered);
        self.left += u64::from(left);
        let data = json!({ "in": entered, "out": left, "seconds": self.seconds });
        Reading { after: u64::from(self.seconds) * 1000, kind: "vitrine.footfall.count.v1", data }
    }

    fn surroundings(&self) -> Surroundings {
        let sums = [("footfall.in", self.entered), ("footfall.out", self.left)].into();
        Surroundings { sums, ..Surroundings::default() }
    }
}
