//! In which order a device's events count: what is settled, what waits behind a gap, what comes too late.
mod sequence;
mod time;

pub use sequence::{Gap, Place, SequenceOrder};
pub use time::TimeOrder;

/// The most events that wait behind a gap, or within the time in which order may still change.
pub const MAX_PENDING: u64 = 1000;
/// How many still wait after the oldest were settled because there were too many: so that this happens seldom.
pub const PENDING_AFTER: u64 = 750;
/// How long a gap stays open after the first event beyond it was received, in milliseconds.
pub const GAP_OPEN: i64 = 86_400_000;
/// How long an epoch stays open after the first event of a later one was received, in milliseconds.
pub const EPOCH_OPEN: i64 = 600_000;
/// How far behind the newest event another may still take its place, where time orders, in milliseconds.
pub const TIME_OPEN: i64 = 600_000;

/// Where an event belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Right behind everything, with nothing pending: it is settled at once.
    Next,
    /// Beyond everything else that was received.
    Last,
    /// Before something that is pending.
    Between,
    /// Another event has this place.
    Taken,
    /// Its place is settled without it.
    Late,
}
