//! Invents a fleet: which devices there are, what each will measure, and which of them have trouble of their own.

use std::collections::VecDeque;

use fastrand::Rng;
use vitrine_api::device::{Algorithm, Config, Kind, Limits, Ordering, RegisterDevice};

use crate::{
    behaviour::{Behaviour, ColdShelf, Door, Rack, Reading, Shelf, Surroundings, Van},
    device::Setup,
    faults::{Fault, Faults},
};

/// The last readings of every device are taken when nobody touches anything any more.
const REST: usize = 6;

/// What a run is asked to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// Begins the id of every device and product, so that runs do not meet.
    pub prefix: String,
    /// How many devices.
    pub devices: usize,
    /// How many events all of them send.
    pub events: usize,
    /// Events a second, all devices together.
    pub rate: f64,
    /// The same seed invents the same fleet.
    pub seed: u64,
    /// What goes wrong.
    pub faults: Faults,
    /// Kinds of devices, in turn; not empty.
    pub kinds: Vec<Kind>,
    /// How many of a hundred devices sign with ed25519.
    pub v1a_of_hundred: u32,
    /// Most events of a batch.
    pub batch: usize,
}

/// A device to be, with everything that it will measure.
pub struct Planned {
    /// How it is registered; its key is added by the fleet.
    pub registration: RegisterDevice,
    /// What it is.
    pub kind: Kind,
    /// How it signs.
    pub algorithm: Algorithm,
    /// How its program works.
    pub setup: Setup,
    /// Its readings, in order.
    pub trace: VecDeque<Reading>,
    /// What is true when the last has been taken.
    pub truth: Surroundings,
    /// Its key is replaced after so many readings.
    pub rotate_after: Option<usize>,
    /// Its own randomness.
    pub random: Rng,
}

/// The id of the device's source, from its own id.
#[must_use]
pub fn source(id: &str) -> String {
    format!("urn:vitrine:device:{id}")
}

/// Invents the fleet.
#[must_use]
pub fn invent(options: &Options) -> Vec<Planned> {
    let each = options.events / options.devices.max(1);
    let more = options.events % options.devices.max(1);
    let kinds = options.kinds.iter().cycle().copied();
    let planned = kinds.take(options.devices).enumerate();
    planned.map(|(index, kind)| plan(options, index, kind, each + usize::from(index < more))).collect()
}

fn plan(options: &Options, index: usize, kind: Kind, events: usize) -> Planned {
    let mut random = Rng::with_seed(options.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index as u64);
    let name = name(kind);
    let id = format!("{}-{name}-{index}", options.prefix);
    let sku = format!("{}-sku-{index}", options.prefix);
    let (mut behaviour, config) = behaviour(kind, &sku, &mut random);
    let trace = (0..events).map(|at| behaviour.next(&mut random, at + REST >= events)).collect();
    let ordering = if kind == Kind::Vehicle { Ordering::Time } else { Ordering::Sequence };
    let registration = RegisterDevice {
        id: Some(id.clone()),
        kind: Some(kind),
        site: Some(format!("{}-site", options.prefix)),
        name: Some(format!("Simulated {name} {index}")),
        sku: (kind == Kind::Scale).then_some(sku),
        config: Some(config),
        ordering: Some(ordering),
        limits: None::<Limits>,
        key: None,
    };
    let mut happens = |fault, of_hundred: u32| options.faults.have(fault) && random.u32(0..100) < of_hundred;
    let (skewed, rotates, shuffled) =
        (happens(Fault::Skew, 40), happens(Fault::Rotate, 40), happens(Fault::Reorder, 50));
    let clock_error = if skewed { skew(&mut random, ordering) } else { 0 };
    let rotate_after = (rotates && events > 4).then(|| random.usize(events / 4..=events / 2));
    let algorithm = if random.u32(0..100) < options.v1a_of_hundred { Algorithm::V1a } else { Algorithm::V1 };
    let setup = Setup {
        source: source(&id),
        epoch: 0,
        ordered: ordering == Ordering::Sequence,
        batch: options.batch,
        window: 3,
        clock_error,
        shuffled,
        capacity: usize::MAX,
    };
    let truth = behaviour.surroundings();
    Planned { registration, kind, algorithm, setup, trace, truth, rotate_after, random }
}

/// The name of a kind in ids.
#[must_use]
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Scale => "scale",
        Kind::Rfid => "rfid",
        Kind::Footfall => "footfall",
        Kind::ColdChain => "cold-chain",
        Kind::Vehicle => "vehicle",
    }
}

/// How wrong a clock is, milliseconds: within the window of signatures, which nobody notices, or far outside.
/// Devices ordered by time have no other order, so that their clocks are either right or refused.
fn skew(random: &mut Rng, ordering: Ordering) -> i64 {
    let slight = ordering == Ordering::Sequence && random.bool();
    let size = if slight { random.i64(5_000..200_000) } else { random.i64(600_000..90_000_000) };
    if random.bool() { size } else { -size }
}

fn behaviour(kind: Kind, sku: &str, random: &mut Rng) -> (Box<dyn Behaviour>, Config) {
    match kind {
        Kind::Scale => {
            let (unit, tare) = (f64::from(random.u32(40..900)), f64::from(random.u32(300..2500)));
            let shelf = Shelf::new(sku, unit, tare, random.u32(8..40), 6);
            let noise_grams = Some(shelf.noise());
            let config = Config { unit_grams: Some(unit), tare_grams: Some(tare), noise_grams, ..Config::default() };
            (Box::new(shelf), config)
        }
        Kind::Rfid => {
            let items = (0..random.u32(1..4)).map(|item| (random.u32(0..900_000), format!("{sku}-{item}")));
            let rack = Rack::new(items.collect(), 60, 20);
            let tags = Some(rack.tags());
            (Box::new(rack), Config { tags, ..Config::default() })
        }
        Kind::Footfall => (Box::new(Door::new(60, random.u32(5..40))), Config::default()),
        Kind::ColdChain => {
            let config = Config { min_celsius: Some(0.0), max_celsius: Some(8.0), ..Config::default() };
            (Box::new(ColdShelf::new(4.0, 30)), config)
        }
        Kind::Vehicle => {
            let depot = [52.49 + random.f64() * 0.05, 13.35 + random.f64() * 0.1];
            let mut place = || [depot[0] + random.f64() * 0.04, depot[1] + random.f64() * 0.06];
            (Box::new(Van::new(vec![depot, place(), place(), place()], 5)), Config::default())
        }
    }
}
