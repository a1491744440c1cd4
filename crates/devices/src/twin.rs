//! The twin of a device: what is desired of it, what it reports, each with its version.
use serde::{Deserialize, Serialize};

use crate::event_types::MAX_REPORTED;
use crate::json_object::{JsonObject, NotAnObject};
use crate::timestamp::Timestamp;

/// The most bytes of a desired state.
pub const MAX_DESIRED: usize = MAX_REPORTED;

/// What is desired of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desired {
    /// Raised by one with each change; 0: nothing was ever desired.
    pub version: u64,
    /// The state.
    pub value: JsonObject,
}

/// What a device said of itself last, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The last desired version that it has applied.
    pub version: u64,
    /// The state.
    pub value: JsonObject,
    /// When, by the device's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A patch that does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TwinError {
    /// `If-Match` names another version.
    #[error("the desired state has version {now}, not {expected}; read it again")]
    VersionMismatch {
        /// What the caller saw.
        expected: u64,
        /// What is there.
        now: u64,
    },
    /// The result is deeper than an object may be.
    #[error("the desired state {0}")]
    Shape(NotAnObject),
    /// The result is too large.
    #[error("the desired state would have {found} bytes, at most {MAX_DESIRED} are kept")]
    TooLarge {
        /// Bytes of the result.
        found: usize,
    },
}

impl Desired {
    /// This state after a merge patch (RFC 7396); a patch that changes nothing keeps the version.
    ///
    /// # Errors
    /// [`TwinError`].
    pub fn patched(&self, patch: &JsonObject, expected: Option<u64>) -> Result<Self, TwinError> {
        if let Some(expected) = expected.filter(|&expected| expected != self.version) {
            return Err(TwinError::VersionMismatch { expected, now: self.version });
        }
        let value = self.value.merged(patch).map_err(TwinError::Shape)?;
        if value.as_str().len() > MAX_DESIRED {
            return Err(TwinError::TooLarge { found: value.as_str().len() });
        }
        let version = if value == self.value { self.version } else { self.version.saturating_add(1) };
        Ok(Self { version, value })
    }
}
