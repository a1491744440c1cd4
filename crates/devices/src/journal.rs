//! Where a device's events are stored: what the state machine asks of it, and one in memory.
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// The place of an event in its device's order. One device has only one of the two kinds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Key {
    /// By counting.
    Sequence {
        /// First compared.
        epoch: u64,
        /// From 1.
        sequence: u64,
    },
    /// By clock.
    Time {
        /// First compared.
        time: Timestamp,
        /// Then.
        id: String,
        /// Then.
        source: String,
    },
}

/// One event to be stored.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// 1 for the device's first stored event, then counted on.
    pub position: u64,
    /// Unique together with `id`.
    pub source: &'a str,
    /// Unique together with `source`.
    pub id: &'a str,
    /// The CloudEvents type.
    pub kind: &'a str,
    /// By the device's clock.
    pub time: Timestamp,
    /// By the shop's clock.
    pub received: Timestamp,
    /// First part of the order.
    pub epoch: u64,
    /// Second part of the order.
    pub sequence: Option<u64>,
    /// The whole event as it was sent.
    pub body: &'a str,
    /// Whether it came after its place was settled; such a row is never replayed.
    pub late: bool,
    /// Whether it lies beyond a gap, so that it will be replayed.
    pub pending: bool,
}

/// The store of one device's events. Everything that one request does to it must become durable together with the
/// device's texts, or not at all.
pub trait Journal {
    /// Why the store failed.
    type Error;

    /// Stores a row, unless one of the same source and id is there: then gives that one's body and changes nothing.
    ///
    /// # Errors
    /// Where the store fails.
    fn store(&mut self, row: &Row<'_>) -> Result<Option<String>, Self::Error>;

    /// The body stored under source and id.
    ///
    /// # Errors
    /// Where the store fails.
    fn find(&mut self, source: &str, id: &str) -> Result<Option<String>, Self::Error>;

    /// Gives the body of each pending row beyond `after` whose position is at most `upto`, in order: by epoch and
    /// sequence, or by time, id and source (texts compared by their bytes). In ordinary work `upto` is the last position
    /// there is; only [`Device::redo`](crate::Device::redo) asks for less.
    ///
    /// # Errors
    /// Where the store fails.
    fn replay(&mut self, after: &Key, upto: u64, each: &mut dyn FnMut(&str)) -> Result<(), Self::Error>;

    /// Rows up to this place will not be asked for again, so they are pending no more. A store that keeps the state only
    /// now and then, and redoes what came after it, clears them only when it keeps the state.
    ///
    /// # Errors
    /// Where the store fails.
    fn settled(&mut self, upto: &Key) -> Result<(), Self::Error>;
}

/// What is stored already, seen by a device that takes it in again.
pub(crate) struct Redo<'a, J>(pub(crate) &'a mut J);

impl<J: Journal> Journal for Redo<'_, J> {
    type Error = J::Error;

    fn store(&mut self, _: &Row<'_>) -> Result<Option<String>, J::Error> {
        Ok(None)
    }

    fn find(&mut self, _: &str, _: &str) -> Result<Option<String>, J::Error> {
        Ok(None)
    }

    fn replay(&mut self, after: &Key, upto: u64, each: &mut dyn FnMut(&str)) -> Result<(), J::Error> {
        self.0.replay(after, upto, each)
    }

    fn settled(&mut self, _: &Key) -> Result<(), J::Error> {
        Ok(())
    }
}

/// A journal in memory: for tests, and for tools that know the truth.
#[derive(Clone, Debug, Default)]
pub struct MemoryJournal {
    /// All rows by position.
    pub rows: BTreeMap<u64, OwnedRow>,
    named: BTreeMap<(String, String), u64>,
    pending: BTreeMap<Key, u64>,
}

/// A row that owns its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedRow {
    /// See [`Row`].
    pub source: String,
    /// See [`Row`].
    pub id: String,
    /// By the device's clock.
    pub time: Timestamp,
    /// By the shop's clock.
    pub received: Timestamp,
    /// The whole event.
    pub body: String,
    /// See [`Row`].
    pub late: bool,
}

impl Journal for MemoryJournal {
    type Error = Infallible;

    fn store(&mut self, row: &Row<'_>) -> Result<Option<String>, Infallible> {
        if let Some(known) = self.find(row.source, row.id)? {
            return Ok(Some(known));
        }
        let (source, id) = (row.source.to_owned(), row.id.to_owned());
        self.named.insert((source.clone(), id.clone()), row.position);
        if row.pending {
            let key = match row.sequence {
                Some(sequence) => Key::Sequence { epoch: row.epoch, sequence },
                None => Key::Time { time: row.time, id: id.clone(), source: source.clone() },
            };
            self.pending.insert(key, row.position);
        }
        let stored =
            OwnedRow { source, id, time: row.time, received: row.received, body: row.body.to_owned(), late: row.late };
        self.rows.insert(row.position, stored);
        Ok(None)
    }

    fn find(&mut self, source: &str, id: &str) -> Result<Option<String>, Infallible> {
        let position = self.named.get(&(source.to_owned(), id.to_owned()));
        Ok(position.and_then(|position| self.rows.get(position)).map(|row| row.body.clone()))
    }

    fn replay(&mut self, after: &Key, upto: u64, each: &mut dyn FnMut(&str)) -> Result<(), Infallible> {
        for (_, position) in self.pending.range((Bound::Excluded(after), Bound::Unbounded)) {
            if let Some(row) = self.rows.get(position).filter(|_| *position <= upto) {
                each(&row.body);
            }
        }
        Ok(())
    }

    fn settled(&mut self, upto: &Key) -> Result<(), Infallible> {
        self.pending.retain(|key, _| key > upto);
        Ok(())
    }
}
