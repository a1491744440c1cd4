//! A cold shelf: its compressor comes and goes, and every opened door lets warmth in.

use fastrand::Rng;
use serde_json::json;

use super::{Behaviour, Reading, Surroundings, decimals, noise};

/// Temperature of the room around it, degrees Celsius.
const ROOM: f64 = 22.0;

/// A refrigerated shelf.
#[derive(Clone, Debug)]
pub struct ColdShelf {
    celsius: f64,
    /// What its thermostat keeps, degrees Celsius.
    target: f64,
    cooling: bool,
    /// Readings for which the door stays open.
    open: u32,
    /// Seconds between readings.
    seconds: u32,
}

impl ColdShelf {
    /// A shelf kept at about `target` degrees Celsius that reports every `seconds`.
    #[must_use]
    pub fn new(target: f64, seconds: u32) -> Self {
        Self { celsius: target, target, cooling: false, open: 0, seconds: seconds.clamp(1, 3600) }
    }
}

impl Behaviour for ColdShelf {
    fn next(&mut self, random: &mut Rng, rest: bool) -> Reading {
        let step = f64::from(self.seconds);
        if rest {
            self.open = 0;
        } else if self.open == 0 && random.u32(0..12) == 0 {
            // Mostly a moment; now and then somebody forgets to close it.
            self.open = if random.u32(0..20) == 0 { random.u32(10..=25) } else { random.u32(1..=3) };
        }
        let door = self.open > 0;
        self.open = self.open.saturating_sub(1);
        // Degrees a second: through the walls, through the door, by the compressor.
        let warming = (ROOM - self.celsius) * if door { 0.0004 } else { 0.00004 };
        self.cooling = if self.cooling { self.celsius > self.target - 0.8 } else { self.celsius > self.target + 0.8 };
        let cooling = if self.cooling { 0.004 } else { 0.0 };
        self.celsius += (warming - cooling) * step;
        let humidity = (if door { 78.0 } else { 62.0 } + noise(random, 1.5)).clamp(0.0, 100.0);
        let data = json!({
            "celsius": decimals(self.celsius + noise(random, 0.05), 2),
            "humidity": decimals(humidity, 1),
            "doorOpen": door,
        });
        Reading { after: u64::from(self.seconds) * 1000, kind: "vitrine.cold-chain.temperature.v1", data }
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings::default()
    }
}
