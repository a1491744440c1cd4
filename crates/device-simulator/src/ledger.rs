//! What is known of one device's events whatever the worker says: which there were, and which it acknowledged.

use std::collections::{BTreeMap, BTreeSet};

use vitrine_api::event::Status;

use crate::{
    device::{Reply, read_reply},
    event::Event,
    road::{Departure, Fate},
    transport::Answer,
};

/// The record of one device.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Events as they left the device's store, by id.
    pub events: BTreeMap<String, Event>,
    /// Ids that some answer, heard by the device or not, said to be stored.
    pub acknowledged: BTreeSet<String>,
    /// Ids that some answer called late.
    pub late: BTreeSet<String>,
    /// Genuine events that were refused.
    pub refused: BTreeSet<String>,
    /// What was forged, and yet answered otherwise than refused.
    pub falsely_accepted: Vec<String>,
    /// Answers by status; 0: none came.
    pub answers: BTreeMap<u16, u64>,
    /// Forged deliveries that arrived.
    pub forged: u64,
}

impl Ledger {
    /// Writes down the answer to a delivery.
    pub fn note(&mut self, departure: &Departure, answer: Option<&Answer>) {
        *self.answers.entry(answer.map_or(0, |answer| answer.status)).or_default() += 1;
        let Some(answer) = answer else { return };
        if let Fate::Forged(how) | Fate::Damaged(how) = departure.fate {
            self.forged += 1;
            // Refused, too many, or the worker is not well: anything else has looked into the body.
            if !matches!(answer.status, 401 | 429 | 500..) {
                self.falsely_accepted.push(format!("a delivery with {how} was answered {}", answer.status));
            }
            return;
        }
        let Reply::Results(results) = read_reply(answer.status, answer.retry_after, &answer.body) else { return };
        for (id, status) in results {
            let ids = match status {
                Status::Accepted | Status::Duplicate => &mut self.acknowledged,
                Status::Late => {
                    self.acknowledged.insert(id.clone());
                    &mut self.late
                }
                Status::Refused => &mut self.refused,
            };
            ids.insert(id);
        }
    }

    /// Writes down an event that has left the device's store.
    pub fn keep(&mut self, event: Event) {
        self.events.insert(event.id(), event);
    }
}
