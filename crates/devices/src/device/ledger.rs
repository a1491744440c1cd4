//! What was not stored: how often, and the last refusals with their reasons.
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::refusal::{Refusal, RefusalCode};
use crate::timestamp::Timestamp;

/// The most refusals that are kept.
pub const MAX_REFUSALS: usize = 20;
/// The most characters of a refusal's reason that are kept.
const MAX_DETAIL: usize = 300;

/// How many events met which end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Stored and counted.
    pub accepted: u64,
    /// Known already.
    pub duplicate: u64,
    /// Stored, but too late to be counted.
    pub late: u64,
    /// Not stored.
    pub refused: u64,
}

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalNote {
    /// When, by the shop's clock.
    pub at: Timestamp,
    /// The event's id, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What kind of thing was wrong.
    pub code: RefusalCode,
    /// The reason.
    pub detail: String,
}

/// What was not stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Known already.
    pub duplicate: u64,
    /// Refused.
    pub refused: u64,
    /// The last [`MAX_REFUSALS`], the oldest first.
    pub refusals: VecDeque<RefusalNote>,
}

impl Ledger {
    pub(super) fn refuse(&mut self, id: Option<&str>, refusal: &Refusal, now: Timestamp) {
        self.refused += 1;
        if self.refusals.len() >= MAX_REFUSALS {
            self.refusals.pop_front();
        }
        let detail = refusal.detail.chars().take(MAX_DETAIL).collect();
        self.refusals.push_back(RefusalNote { at: now, id: id.map(str::to_owned), code: refusal.code, detail });
    }
}
