//! Order by time, then id, then source: for devices that do not count.
use serde::{Deserialize, Serialize};

use super::{MAX_PENDING, Standing, TIME_OPEN};
use crate::journal::Key;
use crate::timestamp::Timestamp;

/// How much of the pending events' time is settled at once, in milliseconds: so that each is replayed about once.
const STEP: i64 = 60_000;

/// What is known of the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeOrder {
    /// Everything up to here is folded for good.
    settled: Key,
    /// The last place that was received.
    newest: Key,
    /// How many events were received beyond `settled`.
    pending: u64,
}

/// Before any time that can be said.
fn before_all() -> Key {
    before(Timestamp::FIRST)
}

/// Before every event of this moment.
fn before(time: Timestamp) -> Key {
    Key::Time { time, id: String::new(), source: String::new() }
}

fn time_of(key: &Key) -> Timestamp {
    if let Key::Time { time, .. } = key { *time } else { Timestamp::FIRST }
}

impl Default for TimeOrder {
    fn default() -> Self {
        Self { settled: before_all(), newest: before_all(), pending: 0 }
    }
}

impl TimeOrder {
    /// Everything up to here is settled.
    #[must_use]
    pub const fn settled(&self) -> &Key {
        &self.settled
    }

    /// How many events may still change their order.
    #[must_use]
    pub const fn pending(&self) -> u64 {
        self.pending
    }

    /// Before this moment nothing is taken in any more.
    fn horizon(&self) -> Timestamp {
        time_of(&self.newest).plus(-TIME_OPEN)
    }

    /// Where an event at this place belongs. Whether it is there already, only the journal knows.
    #[must_use]
    pub fn standing(&self, key: &Key) -> Standing {
        if *key <= self.settled || time_of(key) < self.horizon() {
            Standing::Late
        } else if *key > self.newest {
            Standing::Last
        } else {
            Standing::Between
        }
    }

    /// Takes note of an event whose standing was last or between.
    pub fn insert(&mut self, key: Key) {
        self.pending += 1;
        self.newest = std::mem::replace(&mut self.newest, before_all()).max(key);
    }

    /// Whether more wait than may.
    #[must_use]
    pub const fn is_crowded(&self) -> bool {
        self.pending > MAX_PENDING
    }

    /// The place up to which it is time to settle.
    #[must_use]
    pub fn due(&self) -> Option<Key> {
        let horizon = self.horizon();
        (self.pending > 0 && horizon.since(time_of(&self.settled)) >= STEP).then(|| before(horizon))
    }

    /// Everything up to `key` is settled, and so many wait beyond it.
    pub fn settle(&mut self, key: Key, pending: u64) {
        self.settled = key;
        self.pending = pending;
    }

    /// Settles all that was received.
    pub fn settle_all(&mut self) {
        self.settled = self.newest.clone();
        self.pending = 0;
    }
}
