//! Order by epoch and sequence: runs of what was received, gaps between them, and what was given up.
use serde::{Deserialize, Serialize};

use super::{EPOCH_OPEN, GAP_OPEN, MAX_PENDING, PENDING_AFTER, Standing};
use crate::timestamp::Timestamp;

/// The most gaps given up that are remembered; the oldest are forgotten first.
const MAX_LOST: usize = 100;
/// The most epochs whose end is remembered.
const MAX_EPOCHS: usize = 16;

/// An event's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Compared first.
    pub epoch: u64,
    /// From 1 in each epoch.
    pub sequence: u64,
}

/// Places of which nothing was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// The epoch.
    pub epoch: u64,
    /// First missing sequence.
    pub from: u64,
    /// Last missing sequence.
    pub to: u64,
    /// When it was given up; `None` while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

/// What was received without a gap, beyond the settled place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u64, u64, u64, i64)", into = "(u64, u64, u64, i64)")]
struct Run {
    epoch: u64,
    from: u64,
    to: u64,
    /// When the gap before it became known.
    since: Timestamp,
}

impl From<(u64, u64, u64, i64)> for Run {
    fn from((epoch, from, to, since): (u64, u64, u64, i64)) -> Self {
        Self { epoch, from, to, since: Timestamp::from_milliseconds(since) }
    }
}

impl From<Run> for (u64, u64, u64, i64) {
    fn from(run: Run) -> Self {
        (run.epoch, run.from, run.to, run.since.milliseconds())
    }
}

/// Which places were received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SequenceOrder {
    /// Everything up to here is settled: received, or given up.
    settled: Place,
    /// Sorted, apart from each other, all beyond `settled`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    runs: Vec<Run>,
    /// The last place of each earlier epoch, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ends: Vec<Place>,
    /// Given up and not received since, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost: Vec<Gap>,
    /// Up to here it is no longer known what was received.
    #[serde(skip_serializing_if = "is_start")]
    forgotten: Place,
}

fn is_start(place: &Place) -> bool {
    *place == Place::default()
}

impl SequenceOrder {
    /// Everything up to here is settled.
    #[must_use]
    pub const fn settled(&self) -> Place {
        self.settled
    }

    /// How many events wait.
    #[must_use]
    pub fn pending(&self) -> u64 {
        self.runs.iter().map(|run| run.to - run.from + 1).sum()
    }

    /// All gaps that are known, sorted, the open ones last.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let mut before = self.settled;
        let open = self.runs.iter().filter_map(|run| {
            let from = if run.epoch == before.epoch { before.sequence + 1 } else { 1 };
            before = Place { epoch: run.epoch, sequence: run.to };
            (from < run.from).then(|| Gap { epoch: run.epoch, from, to: run.from - 1, closed_at: None })
        });
        let mut all = self.lost.clone();
        all.extend(open);
        all
    }

    /// Where an event at this place belongs.
    #[must_use]
    pub fn standing(&self, place: Place) -> Standing {
        if place <= self.settled {
            return if self.was_received(place) { Standing::Taken } else { Standing::Late };
        }
        let Some(last) = self.runs.last() else {
            let next = Place { sequence: self.settled.sequence + 1, ..self.settled };
            return if place == next { Standing::Next } else { Standing::Last };
        };
        if place > (Place { epoch: last.epoch, sequence: last.to }) {
            return Standing::Last;
        }
        let taken =
            self.runs.iter().any(|run| run.epoch == place.epoch && (run.from..=run.to).contains(&place.sequence));
        if taken { Standing::Taken } else { Standing::Between }
    }

    /// Whether a settled place is known to have been received.
    fn was_received(&self, place: Place) -> bool {
        let within = place.epoch == self.settled.epoch
            || self.ends.iter().any(|end| end.epoch == place.epoch && place.sequence <= end.sequence);
        let lost =
            || self.lost.iter().any(|gap| gap.epoch == place.epoch && (gap.from..=gap.to).contains(&place.sequence));
        place > self.forgotten && within && !lost()
    }

    /// Takes note of an event whose standing was next, last or between.
    pub fn insert(&mut self, place: Place, received: Timestamp) {
        let at = self.runs.partition_point(|run| (run.epoch, run.to) < (place.epoch, place.sequence));
        let same_epoch = |run: &&Run| run.epoch == place.epoch;
        // What lies before an event that was received earlier was known to be missing since then.
        let since = self.runs.get(at).filter(same_epoch).map_or(received, |after| after.since.min(received));
        let joins_after = self.runs.get(at).filter(same_epoch).is_some_and(|after| after.from == place.sequence + 1);
        let before = at.checked_sub(1).and_then(|before| self.runs.get_mut(before));
        let joins_before = before.filter(|before| before.epoch == place.epoch && before.to + 1 == place.sequence);
        match (joins_before, joins_after) {
            (None, false) => {
                let run = Run { epoch: place.epoch, from: place.sequence, to: place.sequence, since };
                self.runs.insert(at, run);
            }
            (None, true) => {
                if let Some(after) = self.runs.get_mut(at) {
                    after.from = place.sequence;
                    after.since = since;
                }
            }
            (Some(before), false) => before.to = place.sequence,
            (Some(_), true) => {
                let after = self.runs.remove(at);
                if let Some(before) = at.checked_sub(1).and_then(|before| self.runs.get_mut(before)) {
                    before.to = after.to;
                }
            }
        }
    }

    /// Takes note of an event whose standing was late.
    pub fn insert_late(&mut self, place: Place, received: Timestamp) {
        if place <= self.forgotten {
            return;
        }
        let holds = |gap: &Gap| gap.epoch == place.epoch && (gap.from..=gap.to).contains(&place.sequence);
        if let Some(at) = self.lost.iter().position(holds) {
            let gap = self.lost.remove(at);
            let parts = [Gap { to: place.sequence - 1, ..gap }, Gap { from: place.sequence + 1, ..gap }];
            self.lost.splice(at..at, parts.into_iter().filter(|part| part.from <= part.to));
        } else {
            // Beyond the end of an earlier epoch, or in one of which nothing is known.
            self.end_epoch(place, received);
        }
        self.forget();
    }

    /// Sets the end of an earlier epoch, at or beyond the one that is known.
    fn end_epoch(&mut self, end: Place, now: Timestamp) {
        let at = self.ends.partition_point(|other| other.epoch < end.epoch);
        let from = match self.ends.get_mut(at).filter(|known| known.epoch == end.epoch) {
            Some(known) => std::mem::replace(&mut known.sequence, end.sequence) + 1,
            None => {
                self.ends.insert(at, end);
                1
            }
        };
        self.lose(Gap { epoch: end.epoch, from, to: end.sequence - 1, closed_at: Some(now) });
    }

    fn lose(&mut self, gap: Gap) {
        if gap.from <= gap.to {
            let at = self.lost.partition_point(|other| (other.epoch, other.from) < (gap.epoch, gap.from));
            self.lost.insert(at, gap);
        }
    }

    fn forget(&mut self) {
        while self.lost.len() > MAX_LOST {
            let gap = self.lost.remove(0);
            self.forgotten = self.forgotten.max(Place { epoch: gap.epoch, sequence: gap.to });
        }
        while self.ends.len() > MAX_EPOCHS {
            let end = self.ends.remove(0);
            self.forgotten = self.forgotten.max(Place { sequence: u64::MAX, ..end });
            self.lost.retain(|gap| gap.epoch > end.epoch);
        }
    }

    /// When the gap before each run is given up; the last of them is never later than those before.
    fn deadline(&self, first: usize) -> Option<Timestamp> {
        let run = self.runs.get(first)?;
        let from_epoch = |epoch: u64| {
            let later = self.runs.iter().filter(|other| other.epoch > epoch);
            later.map(|other| other.since.plus(EPOCH_OPEN)).min()
        };
        if run.epoch > self.settled.epoch {
            return from_epoch(self.settled.epoch);
        }
        let own = run.since.plus(GAP_OPEN);
        Some(from_epoch(run.epoch).map_or(own, |other| own.min(other)))
    }

    /// When something will be given up, if nothing is received until then.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadline(0)
    }

    /// Settles what can be settled; whether anything was.
    pub fn advance(&mut self, now: Timestamp) -> bool {
        let before = self.settled;
        let mut pending = self.pending();
        let least = if pending > MAX_PENDING { PENDING_AFTER } else { MAX_PENDING };
        while let Some(run) = self.runs.first().copied() {
            let joined = run.epoch == self.settled.epoch && run.from == self.settled.sequence + 1;
            // The moment of giving up does not depend on when somebody looked.
            let due = self.deadline(0).filter(|deadline| *deadline <= now);
            let given_up = due.is_some() || pending > least;
            if joined {
                self.absorb(run);
                pending -= run.to - run.from + 1;
            } else if !given_up {
                break;
            } else if run.epoch > self.settled.epoch {
                self.leave_epoch(run.epoch);
            } else {
                let from = self.settled.sequence + 1;
                self.lose(Gap { epoch: run.epoch, from, to: run.from - 1, closed_at: Some(due.unwrap_or(now)) });
                self.settled.sequence = run.from - 1;
            }
        }
        self.forget();
        self.settled != before
    }

    /// Settles everything that was received, and gives up all gaps.
    pub fn settle_all(&mut self, now: Timestamp) {
        for run in std::mem::take(&mut self.runs) {
            if run.epoch > self.settled.epoch {
                self.leave_epoch(run.epoch);
            }
            let from = self.settled.sequence + 1;
            self.lose(Gap { epoch: run.epoch, from, to: run.from - 1, closed_at: Some(now) });
            self.settled.sequence = run.to;
        }
        self.forget();
    }

    fn absorb(&mut self, run: Run) {
        self.settled.sequence = run.to;
        self.runs.remove(0);
    }

    fn leave_epoch(&mut self, next: u64) {
        // Of an epoch without any event there is nothing to remember.
        if self.settled.sequence > 0 {
            self.ends.push(self.settled);
        }
        self.settled = Place { epoch: next, sequence: 0 };
    }
}
