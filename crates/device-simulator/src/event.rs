//! One event of a device, and the CloudEvent that it is sent as.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{behaviour::Reading, clock::rfc3339};

/// A stored reading with its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// Begins anew when a device has lost its counter.
    pub epoch: u64,
    /// From 1, without gaps within an epoch.
    pub sequence: u64,
    /// When it was measured, milliseconds since 1970, by a clock that is right.
    pub at: i64,
    /// Event type.
    pub kind: Cow<'static, str>,
    /// The CloudEvent's `data`.
    pub data: Value,
    /// By how much the device's clock was wrong when it stamped this event, milliseconds.
    pub clock_error: i64,
}

impl Event {
    /// The event that a reading taken at `at` becomes.
    #[must_use]
    pub fn new(epoch: u64, sequence: u64, at: i64, reading: Reading, clock_error: i64) -> Self {
        Self { epoch, sequence, at, kind: Cow::Borrowed(reading.kind), data: reading.data, clock_error }
    }

    /// Its id, the same however often it is sent.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}-{}", self.epoch, self.sequence)
    }

    /// The CloudEvent in structured mode. `ordered`: with its sequence.
    #[must_use]
    pub fn cloud_event(&self, source: &str, ordered: bool) -> Value {
        let mut event = json!({
            "specversion": "1.0",
            "id": self.id(),
            "source": source,
            "type": self.kind,
            "time": rfc3339(self.at.saturating_add(self.clock_error)),
            "data": self.data,
        });
        if let (true, Some(members)) = (ordered, event.as_object_mut()) {
            members.insert("sequence".to_owned(), self.sequence.to_string().into());
            if self.epoch > 0 {
                members.insert("epoch".to_owned(), self.epoch.into());
            }
        }
        event
    }
}
