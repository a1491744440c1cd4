//! How many events a device may send, and of how many the shop's hub has already agreed.

use crate::{hub::Lease, limits::Limits};

/// Events that one lease asks for, at least.
const LEAST_LEASE: u32 = 1000;
/// What an object may take in before its first lease is there, so that the first request need not wait.
const BEFORE_THE_FIRST: u32 = 100;

/// A bucket that fills by time, and the rest of the lease.
pub(super) struct Rate {
    tokens: f64,
    /// Milliseconds; `None` before the first request.
    filled: Option<i64>,
    lease: Lease,
    /// Whether a lease is being asked for.
    pub(super) asking: bool,
}

/// Whether events may be taken in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// They may.
    Go,
    /// The shop as a whole has to be asked first.
    Ask,
    /// Not before so many seconds.
    Wait(u32),
}

impl Rate {
    pub(super) fn new(now: i64) -> Self {
        let lease = Lease { events: BEFORE_THE_FIRST, until: now + 10_000, retry_after: 0 };
        Self { tokens: 0.0, filled: None, lease, asking: false }
    }

    /// Whether `events` more may be taken in now; nothing is counted yet.
    pub(super) fn check(&mut self, events: u32, per_second: u32, burst: u32, now: i64) -> Verdict {
        let (rate, most) = (f64::from(per_second), f64::from(burst));
        let passed = self.filled.map(|filled| (now - filled).max(0) as f64 / 1000.0);
        self.tokens = passed.map_or(most, |passed| (self.tokens + passed * rate).min(most));
        self.filled = Some(now);
        // A batch larger than the burst would never fit: it may go when the bucket is full, and leaves it in debt.
        let needed = f64::from(events).min(most);
        if self.tokens < needed {
            let seconds = ((needed - self.tokens) / rate).ceil().clamp(1.0, 3600.0);
            return Verdict::Wait(seconds as u32);
        }
        if self.lease.events < events || self.lease.until < now { Verdict::Ask } else { Verdict::Go }
    }

    /// Counts events that were taken in.
    pub(super) fn take(&mut self, events: u32) {
        self.tokens -= f64::from(events);
        self.lease.events = self.lease.events.saturating_sub(events);
    }

    /// How many events the next lease should have, where the present one runs out soon.
    pub(super) fn runs_out(&self, now: i64) -> Option<u32> {
        let short = self.lease.events < LEAST_LEASE / 4 || self.lease.until - now < 2000;
        (short && !self.asking).then_some(LEAST_LEASE)
    }

    /// The size of a lease for a request that has to wait for it.
    pub(super) fn wanted(events: u32) -> u32 {
        events.max(LEAST_LEASE)
    }

    /// Takes a lease, in place of the present one.
    pub(super) fn renew(&mut self, lease: Lease) {
        if lease.events > 0 {
            self.lease = lease;
        }
    }

    /// The bucket's limits: the device's own where it has some, but never above the deployment's.
    pub(super) fn limits(own: Option<(u32, u32)>, all: &Limits) -> (u32, u32) {
        let (rate, burst) = own.unwrap_or((all.device_per_second, all.device_burst));
        (rate.min(all.device_per_second).max(1), burst.min(all.device_burst).max(1))
    }
}
