//! Why an event was refused: a word for programs, a sentence for people, and the place in the event.
use std::fmt;

use serde::{Deserialize, Serialize};

/// What kind of thing is wrong with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// An attribute of the CloudEvent is missing or wrong.
    InvalidEvent,
    /// The type is none of the known ones.
    UnknownType,
    /// A known field of `data` is missing or wrong.
    InvalidData,
    /// The type is known, but not for devices of this kind.
    WrongTypeForDevice,
    /// The time lies more than five minutes after receipt.
    TimeInTheFuture,
    /// The device orders by sequence, and the event has none.
    SequenceRequired,
    /// The id was seen before with other content.
    IdReused,
    /// Epoch and sequence were seen before with another id.
    SequenceReused,
    /// More tags would be present than are kept for one device.
    TooManyTags,
}

impl RefusalCode {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::InvalidEvent,
        Self::UnknownType,
        Self::InvalidData,
        Self::WrongTypeForDevice,
        Self::TimeInTheFuture,
        Self::SequenceRequired,
        Self::IdReused,
        Self::SequenceReused,
        Self::TooManyTags,
    ];

    /// The word, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidEvent => "invalid-event",
            Self::UnknownType => "unknown-type",
            Self::InvalidData => "invalid-data",
            Self::WrongTypeForDevice => "wrong-type-for-device",
            Self::TimeInTheFuture => "time-in-the-future",
            Self::SequenceRequired => "sequence-required",
            Self::IdReused => "id-reused",
            Self::SequenceReused => "sequence-reused",
            Self::TooManyTags => "too-many-tags",
        }
    }
}

/// One event refused: nothing of it was stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// What kind of thing is wrong.
    pub code: RefusalCode,
    /// What was found, what was expected, what to do.
    pub detail: String,
    /// JSON pointer into the event, where the reason lies in one place of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

impl Refusal {
    /// A refusal for what stands in one place of the event.
    pub fn at(code: RefusalCode, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), pointer: Some(pointer.into()) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        if let Some(pointer) = &self.pointer {
            write!(f, " at {pointer}")?;
        }
        write!(f, ": {}", self.detail)
    }
}

impl std::error::Error for Refusal {}
