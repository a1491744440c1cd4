//! From weights to units: what stands on a shelf, told from hands, baskets and drift.
//!
//! The rules, found on traces as real scales give them (`tests/scale.rs`):
//! - Only readings that the scale calls stable count. One that is not only says that what came before has ended.
//! - A weight is settled when a second stable reading agrees within the noise, or when nothing contradicted it for
//!   `settleSeconds`. A hand that rests on the shelf for a moment so changes nothing.
//! - A settled weight within 0.35 units of the count that is held confirms it; the weight may drift as far.
//! - Fewer units: the settled weight is within 0.35 units of a lower whole number, differs by more than 0.6 units from
//!   the weight that confirmed the count, and by more than 0.25 from the settled weight before (else it is drift).
//! - More units: as well, and what was added is itself near to whole units (within 0.1 units, 0.0125 more for each unit
//!   added, and the noise; 0.35 at most): a basket weighs anything, goods put back weigh whole units.
//! - Anything else that is settled lies `between` two counts: the count is held while weight was added, and is the lower
//!   one where weight was taken away, so that nothing is promised that may not be there.
//! - Below zero by more than the noise the shelf needs a new tare.
use serde::{Deserialize, Serialize};
use vitrine_devices::{Config, Milli, Timestamp};

/// How sure a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The weight is that of a whole count.
    Exact,
    /// The weight lies between two counts.
    Between,
    /// The weight is below zero.
    NeedsTare,
}

/// What the last settled weight amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// The count.
    pub units: u64,
    /// How sure it is.
    pub certainty: Certainty,
    /// The two counts that it lies between, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[u64; 2]>,
    /// When the weight was read.
    pub at: Timestamp,
    /// The weight that last confirmed the count.
    confirmed: Milli,
    /// The last settled weight.
    settled: Milli,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Candidate {
    grams: Milli,
    at: Timestamp,
    /// Whether it has counted already.
    settled: bool,
}

/// The state of one scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    held: Option<Held>,
    /// A stable weight that nothing has confirmed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    candidate: Option<Candidate>,
}

/// Seconds until a stable weight counts by itself, where the settings say nothing.
pub const SETTLE_SECONDS: u32 = 3;

/// Thousandths of a unit.
const NEAR: i64 = 350;
const MOVED: i64 = 600;
const DRIFT: i64 = 250;

/// What is needed of the settings; `None` while the unit's weight is not known.
#[derive(Clone, Copy)]
struct Unit {
    grams: i64,
    tare: i64,
    noise: i64,
    settle: i64,
}

impl Unit {
    fn of(config: &Config) -> Option<Self> {
        let grams = config.unit_grams.map(Milli::parts).filter(|&grams| grams > 0)?;
        Some(Self {
            grams,
            tare: config.tare_grams.map_or(0, Milli::parts),
            // A twentieth of a unit, from 1 g to 50 g.
            noise: config.noise_grams.map_or((grams / 20).clamp(1000, 50_000), Milli::parts),
            settle: i64::from(config.settle_seconds.unwrap_or(SETTLE_SECONDS)) * 1000,
        })
    }

    /// Thousandths of a unit that a weight amounts to.
    const fn thousandths(self, grams: i64) -> i64 {
        (grams.saturating_mul(1000)).div_euclid(self.grams)
    }

    fn count(self, grams: Milli) -> i64 {
        self.thousandths(grams.parts().saturating_sub(self.tare))
    }
}

/// Units that a weight alone amounts to, not below 0.
#[must_use]
pub fn nearest_units(grams: Milli, config: &Config) -> Option<i64> {
    Some(nearest(Unit::of(config)?.count(grams)))
}

fn nearest(thousandths: i64) -> i64 {
    thousandths.saturating_add(500).div_euclid(1000).max(0)
}

impl Scale {
    /// Takes in the next reading.
    pub fn read(&mut self, grams: Milli, stable: bool, at: Timestamp, config: &Config) {
        let Some(unit) = Unit::of(config) else { return };
        self.settle_old(at, unit);
        if !stable {
            self.candidate = None;
            return;
        }
        let agrees = self.candidate.is_some_and(|candidate| {
            candidate.grams.parts().saturating_sub(grams.parts()).saturating_abs() <= unit.noise && candidate.at <= at
        });
        let settled = agrees || unit.settle == 0;
        self.candidate = Some(Candidate { grams, at, settled });
        if settled {
            self.settle(grams, at, unit);
        }
    }

    /// The count at a moment of the device's clock; `None` before the first settled weight.
    #[must_use]
    pub fn held(&self, clock: Timestamp, config: &Config) -> Option<Held> {
        let mut scale = *self;
        scale.settle_old(clock, Unit::of(config)?);
        scale.held
    }

    /// When the count may change without another reading, by the device's clock.
    #[must_use]
    pub fn settles_at(&self, config: &Config) -> Option<Timestamp> {
        let unit = Unit::of(config)?;
        let candidate = self.candidate.filter(|candidate| !candidate.settled)?;
        Some(candidate.at.plus(unit.settle))
    }

    /// Settles what nothing has contradicted for long enough.
    fn settle_old(&mut self, now: Timestamp, unit: Unit) {
        let Some(Candidate { grams, at, settled: false }) = self.candidate else { return };
        if now.since(at) >= unit.settle {
            self.candidate = Some(Candidate { grams, at, settled: true });
            self.settle(grams, at, unit);
        }
    }

    fn settle(&mut self, grams: Milli, at: Timestamp, unit: Unit) {
        let count = unit.count(grams);
        let units = nearest(count);
        let (floor, ceiling) = (count.div_euclid(1000).max(0), count.saturating_add(999).div_euclid(1000).max(0));
        let off = count.saturating_sub(units.saturating_mul(1000)).saturating_abs();
        let sure = if grams.parts().saturating_sub(unit.tare) < unit.noise.saturating_neg() {
            Certainty::NeedsTare
        } else {
            Certainty::Exact
        };
        let positive = |units: i64| u64::try_from(units).unwrap_or(0);
        let exact =
            Held { units: positive(units), certainty: sure, between: None, at, confirmed: grams, settled: grams };
        let unsure = |held: u64, confirmed: Milli| Held {
            units: held,
            certainty: if sure == Certainty::NeedsTare { sure } else { Certainty::Between },
            between: (sure == Certainty::Exact).then(|| [positive(floor), positive(ceiling)]),
            at,
            confirmed,
            settled: grams,
        };
        let Some(before) = self.held else {
            self.held = Some(if off <= NEAR { exact } else { unsure(positive(floor), grams) });
            return;
        };
        let held = i64::try_from(before.units).unwrap_or(i64::MAX);
        let moved = unit.thousandths(grams.parts().saturating_sub(before.confirmed.parts()));
        let jumped = unit.thousandths(grams.parts().saturating_sub(before.settled.parts())).saturating_abs() > DRIFT;
        let confirmed = units == held && off <= NEAR;
        let added = units.saturating_sub(held);
        let whole = added <= 0
            || moved.saturating_sub(added.saturating_mul(1000)).saturating_abs() <= near_when_added(added, unit);
        let changed = off <= NEAR && whole && moved.saturating_abs() > MOVED && jumped;
        self.held = Some(if confirmed || changed {
            exact
        } else if moved < -MOVED && jumped {
            unsure(before.units.min(positive(floor)), before.confirmed)
        } else {
            unsure(before.units, before.confirmed)
        });
    }
}

/// How near to so many whole units an added weight must be, in thousandths of a unit, to be that.
fn near_when_added(units: i64, unit: Unit) -> i64 {
    (units.saturating_mul(25) / 2).saturating_add(unit.thousandths(unit.noise)).saturating_add(100).min(NEAR)
}

impl Held {
    /// The last settled weight.
    #[must_use]
    pub const fn weight(&self) -> Milli {
        self.settled
    }
}
