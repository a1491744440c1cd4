//! Frames of the live connection.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a frame is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Topic {
    /// The first frame of a connection: `id` is the newest that there is.
    Hello,
    /// What was asked to resume from is no longer kept: fetch everything anew.
    Reset,
    /// The stock of a product at a site; `body` is a stock entry.
    Stock,
    /// A device; `body` is what changes often about it.
    Device,
    /// Something that needs a person, or no longer does.
    Alarm,
}

/// One frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Frame {
    /// Grows; give the last one as `since` to resume.
    pub id: u64,
    /// What it is about.
    pub topic: Topic,
    /// When it became known here.
    pub at: String,
    /// By topic.
    #[serde(default)]
    pub body: Value,
}
