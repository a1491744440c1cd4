//! A small fleet that lives until it is stopped: in real time, described in a file, and going on where it stopped.

mod file;
mod state;
mod thing;

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

pub use file::{Described, FleetFile, Happens};

use crate::{error::SimulatorError, faults::Faults, fleet::now, shop::Shop};
use state::Kept;
use thing::Thing;

/// Milliseconds between looks at what is due.
const TICK: u64 = 50;
/// How long the worker may be away while the fleet is registered.
const REGISTERING: Duration = Duration::from_secs(120);

/// Lives until the process ends. `state`: where keys, counters and unacknowledged events are kept; without it every
/// start gives new keys. `tell` hears what a person might want to know.
///
/// # Errors
/// Where a device cannot be registered, or the state not be written.
pub fn forever(
    shop: &Shop<'_>,
    fleet: &FleetFile,
    state: Option<&Path>,
    faults: &Faults,
    seed: u64,
    tell: &mut dyn FnMut(&str),
) -> Result<(), SimulatorError> {
    let mut kept = Kept::read(state)?;
    let mut things = Vec::new();
    for (index, described) in fleet.devices.iter().enumerate() {
        let seed = seed ^ (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        match Thing::wake(shop, described, kept.take(&described.id), seed, REGISTERING)? {
            Some(thing) => things.push(thing),
            None => tell(&format!("{} has been revoked and stays silent", described.id)),
        }
    }
    save(&things, state)?;
    tell(&format!("{} devices are alive", things.len()));
    let mut told = Instant::now();
    loop {
        let mut changed = false;
        for thing in &mut things {
            changed |= thing.measure(now());
        }
        if changed {
            // Before anything is sent: a number that was used must never be used again.
            save(&things, state)?;
        }
        changed = false;
        for thing in &mut things {
            changed |= thing.send(shop, now(), faults, tell);
        }
        if changed {
            save(&things, state)?;
        }
        if told.elapsed() > Duration::from_secs(60) {
            told = Instant::now();
            let (acknowledged, waiting) =
                things.iter().fold((0, 0), |sum, thing| (sum.0 + thing.acknowledged, sum.1 + thing.waiting()));
            tell(&format!("{acknowledged} events acknowledged, {waiting} waiting"));
        }
        thread::sleep(Duration::from_millis(TICK));
    }
}

fn save(things: &[Thing], state: Option<&Path>) -> Result<(), SimulatorError> {
    state.map_or(Ok(()), |path| Kept::write(things.iter().map(Thing::keep), path))
}
