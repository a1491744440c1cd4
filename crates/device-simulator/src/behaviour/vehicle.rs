//! A van on a round of stops: it drives, waits to unload, and drives on.

use fastrand::Rng;
use serde_json::json;

use super::{Behaviour, Reading, Surroundings, decimals, noise};

/// Meters of one degree of latitude.
const METERS_PER_DEGREE: f64 = 111_320.0;

/// A delivery van.
#[derive(Clone, Debug)]
pub struct Van {
    /// Latitude and longitude of the depot and of each stop, in degrees.
    stops: Vec<[f64; 2]>,
    at: [f64; 2],
    next: usize,
    /// Readings for which it stands.
    waiting: u32,
    /// Seconds between readings.
    seconds: u32,
}

impl Van {
    /// A van that goes round `stops` (latitude, longitude), reporting every `seconds`.
    #[must_use]
    pub fn new(stops: Vec<[f64; 2]>, seconds: u32) -> Self {
        let at = stops.first().copied().unwrap_or([0.0, 0.0]);
        Self { stops, at, next: 0, waiting: 0, seconds: seconds.clamp(1, 3600) }
    }

    /// Moves on by one reading; gives speed in meters a second and heading in degrees.
    fn drive(&mut self, random: &mut Rng) -> (f64, f64) {
        let Some(&goal) = self.stops.get(self.next) else { return (0.0, 0.0) };
        let narrowing = self.at[0].to_radians().cos().max(0.01);
        let north = (goal[0] - self.at[0]) * METERS_PER_DEGREE;
        let east = (goal[1] - self.at[1]) * METERS_PER_DEGREE * narrowing;
        let distance = north.hypot(east);
        let speed = (8.0 + noise(random, 2.0)).clamp(1.0, 16.0);
        let step = speed * f64::from(self.seconds);
        if distance <= step {
            self.at = goal;
            self.next = (self.next + 1) % self.stops.len().max(1);
            self.waiting = random.u32(4..=12);
        } else {
            self.at[0] += north / distance * step / METERS_PER_DEGREE;
            self.at[1] += east / distance * step / METERS_PER_DEGREE / narrowing;
        }
        (speed, east.atan2(north).to_degrees().rem_euclid(360.0))
    }
}

impl Behaviour for Van {
    fn next(&mut self, random: &mut Rng, rest: bool) -> Reading {
        let (speed, heading) = if rest || self.waiting > 0 {
            self.waiting = self.waiting.saturating_sub(1);
            (0.0, 0.0)
        } else {
            self.drive(random)
        };
        let data = json!({
            "latitude": decimals(self.at[0] + noise(random, 0.00002), 6),
            "longitude": decimals(self.at[1] + noise(random, 0.00002), 6),
            "metersPerSecond": decimals(speed, 1),
            "heading": decimals(heading, 0).rem_euclid(360.0),
            "accuracyMeters": decimals(4.0 + random.f64() * 4.0, 1),
        });
        Reading { after: u64::from(self.seconds) * 1000, kind: "vitrine.vehicle.position.v1", data }
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings::default()
    }
}
