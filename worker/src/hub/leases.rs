//! How many events the whole shop takes each second, shared out to the devices' objects in advance, so that no event has
//! to ask.

use serde::{Deserialize, Serialize};

use crate::limits::Limits;

/// How long a lease holds, in milliseconds.
const HOLDS: i64 = 10_000;

/// So many events may be taken in until then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lease {
    pub(crate) events: u32,
    /// Milliseconds.
    pub(crate) until: i64,
    /// Where nothing is granted: seconds until something may be.
    pub(crate) retry_after: u32,
}

/// The shop's bucket of events.
#[derive(Default)]
pub(super) struct Ledger {
    tokens: f64,
    /// Milliseconds; 0 before the first lease.
    filled: i64,
}

impl Ledger {
    /// Grants as many of the wanted events as there are, at least a useful share.
    pub(super) fn grant(&mut self, limits: &Limits, _device: &str, wanted: u32, now: i64) -> Lease {
        let (rate, burst) = (f64::from(limits.shop_per_second), f64::from(limits.shop_burst));
        if self.filled == 0 {
            self.tokens = burst;
        } else {
            let passed = (now - self.filled).max(0) as f64 / 1000.0;
            self.tokens = (self.tokens + passed * rate).min(burst);
        }
        self.filled = now;
        let granted = f64::from(wanted).min(self.tokens.floor());
        if granted < 1.0 {
            let seconds = ((1.0 - self.tokens) / rate).ceil().clamp(1.0, 60.0);
            return Lease { events: 0, until: now, retry_after: seconds as u32 };
        }
        self.tokens -= granted;
        Lease { events: granted as u32, until: now + HOLDS, retry_after: 0 }
    }
}
