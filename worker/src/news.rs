//! What a device's object sends through the queue: absolute values with a version, so that a message may come twice, late
//! or after a newer one.

use serde::{Deserialize, Serialize};
use vitrine_api::device::Device;

/// One minute of one metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Minute {
    pub(crate) metric: String,
    /// Milliseconds.
    pub(crate) start: i64,
    pub(crate) count: i64,
    /// Thousandths of the metric's unit, as the next three.
    pub(crate) sum: i64,
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) last: i64,
    /// Milliseconds.
    pub(crate) last_at: i64,
}

/// The message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct News {
    /// The device as it is shown, with what it says about stock; `device.version` is the version of all of this.
    pub(crate) device: Device,
    /// Minutes that changed since the last version that is known to have arrived; all of each.
    pub(crate) minutes: Vec<Minute>,
    /// Which of `parts` this is, from 1: more minutes than one message holds go in several.
    pub(crate) part: u32,
    /// How many there are of this version.
    pub(crate) parts: u32,
}
