//! What was received of one device: its order, what it adds up to, and how far that is settled.
use serde::{Deserialize, Serialize};

use super::{Fold, order_key};
use crate::cloud_event::CloudEvent;
use crate::event_types::Reading;
use crate::id::KeyId;
use crate::journal::{Journal, Key};
use crate::key::MAX_LIVE;
use crate::order::{Gap, PENDING_AFTER, Place, SequenceOrder, Standing, TimeOrder};
use crate::registration::{Ordering, Registration};
use crate::timestamp::Timestamp;
use crate::twin::Reported;

/// What events add up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound = "F: Fold")]
pub struct Folded<F> {
    /// What the readings add up to.
    pub things: F,
    /// What the device said of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Reported>,
}

impl<F: Fold> Folded<F> {
    fn apply(&mut self, reading: &Reading, time: Timestamp, registration: &Registration) {
        if let Reading::TwinReported { version, reported } = reading {
            self.reported = Some(Reported { version: *version, value: reported.clone(), at: Some(time) });
        }
        self.things.apply(reading, time, registration);
    }

    /// A stored event was readable when it was stored; one that a later version cannot read counts for nothing.
    pub(super) fn apply_event(&mut self, event: &CloudEvent<'_>, registration: &Registration) {
        if let Ok(reading) = Reading::parse(&event.kind, registration.kind, event.data) {
            self.apply(&reading, event.time, registration);
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    Sequence(SequenceOrder),
    Time(TimeOrder),
}

impl Order {
    pub(super) fn gaps(&self) -> Vec<Gap> {
        if let Self::Sequence(order) = self { order.gaps() } else { Vec::new() }
    }

    pub(super) fn pending(&self) -> u64 {
        match self {
            Self::Sequence(order) => order.pending(),
            Self::Time(order) => order.pending(),
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Timestamp> {
        if let Self::Sequence(order) = self { order.next_deadline() } else { None }
    }

    pub(super) fn standing(&self, key: &Key) -> Standing {
        match self {
            Self::Sequence(order) => order.standing(Place::from(key)),
            Self::Time(order) => order.standing(key),
        }
    }

    fn settled(&self) -> Key {
        match self {
            Self::Sequence(order) => {
                let Place { epoch, sequence } = order.settled();
                Key::Sequence { epoch, sequence }
            }
            Self::Time(order) => order.settled().clone(),
        }
    }
}

/// What was received.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "F: Fold", rename_all = "camelCase")]
pub struct State<F> {
    pub(super) position: u64,
    pub(super) accepted: u64,
    pub(super) late: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_stored_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) keys_used: Vec<(KeyId, Timestamp)>,
    pub(super) order: Order,
    /// Settled and pending together.
    pub(super) shown: Folded<F>,
    /// What is settled, where that is less.
    #[serde(default = "nothing", skip_serializing_if = "Option::is_none")]
    base: Option<Box<Folded<F>>>,
    /// What is pending folded up to a place near the end, so that an event a few places late replays only a few. It can
    /// always be had again, and is not stored.
    #[serde(skip)]
    near: Option<Box<(Key, Folded<F>)>>,
}

/// How many events a replay leaves behind `near`.
const NEAR_END: u64 = 32;

fn nothing<T>() -> Option<T> {
    None
}

impl<F: Fold> State<F> {
    pub(super) fn new(ordering: Ordering) -> Self {
        let order = match ordering {
            Ordering::Sequence => Order::Sequence(SequenceOrder::default()),
            Ordering::Time => Order::Time(TimeOrder::default()),
        };
        let shown = Folded::default();
        Self {
            position: 0,
            accepted: 0,
            late: 0,
            last_stored_at: None,
            keys_used: Vec::new(),
            order,
            shown,
            base: None,
            near: None,
        }
    }

    pub(super) fn count(&mut self, late: bool, received: Timestamp) {
        *(if late { &mut self.late } else { &mut self.accepted }) += 1;
        self.last_stored_at = Some(self.last_stored_at.map_or(received, |before| before.max(received)));
    }

    /// The last to sign stands last.
    pub(super) fn signed_by(&mut self, key: &KeyId, now: Timestamp) {
        if let Some((_, at)) = self.keys_used.last_mut().filter(|(known, _)| known == key) {
            *at = now;
            return;
        }
        self.keys_used.retain(|(known, _)| known != key);
        self.keys_used.push((key.clone(), now));
        if self.keys_used.len() > MAX_LIVE {
            self.keys_used.remove(0);
        }
    }

    /// Puts a stored event into its place.
    #[expect(clippy::too_many_arguments, reason = "all of them belong to the one event")]
    pub(super) fn place<J: Journal>(
        &mut self,
        key: Key,
        standing: Standing,
        reading: &Reading,
        time: Timestamp,
        received: Timestamp,
        registration: &Registration,
        journal: &mut J,
    ) -> Result<(), J::Error> {
        if standing == Standing::Between && self.near.as_ref().is_some_and(|near| key < near.0) {
            self.near = None;
        }
        match &mut self.order {
            Order::Sequence(order) if standing == Standing::Late => order.insert_late(Place::from(&key), received),
            Order::Sequence(order) => order.insert(Place::from(&key), received),
            Order::Time(_) if standing == Standing::Late => {}
            Order::Time(order) => order.insert(key),
        }
        match standing {
            Standing::Next => {
                self.shown.apply(reading, time, registration);
                if let Order::Sequence(order) = &mut self.order {
                    order.advance(received);
                }
            }
            Standing::Last => {
                if self.base.is_none() {
                    self.base = Some(Box::new(self.shown.clone()));
                }
                self.shown.apply(reading, time, registration);
                self.settle(received, registration, journal)?;
            }
            Standing::Between => {
                if !self.settle(received, registration, journal)? {
                    self.replay_near(registration, journal)?;
                }
            }
            Standing::Taken | Standing::Late => {}
        }
        Ok(())
    }

    /// Settles what can be settled; whether anything was.
    pub(super) fn settle<J: Journal>(
        &mut self,
        now: Timestamp,
        registration: &Registration,
        journal: &mut J,
    ) -> Result<bool, J::Error> {
        let before = self.order.settled();
        let upto = match &mut self.order {
            Order::Sequence(order) => order.advance(now).then(|| self.order.settled()),
            Order::Time(order) if order.is_crowded() => {
                let first = order.pending() - PENDING_AFTER;
                nth_pending(first, registration, (&before, self.position), journal)?
            }
            Order::Time(order) => order.due(),
        };
        let Some(upto) = upto else { return Ok(false) };
        self.replay(&before, upto, registration, journal)?;
        Ok(true)
    }

    /// Folds what is pending beyond `before`, which `base` holds, and moves `base` on to `upto`.
    fn replay<J: Journal>(
        &mut self,
        before: &Key,
        upto: Key,
        registration: &Registration,
        journal: &mut J,
    ) -> Result<(), J::Error> {
        self.near = None;
        let Some(base) = self.base.take() else { return Ok(()) };
        let (mut folded, mut settled, mut beyond) = (*base, None, 0_u64);
        journal.replay(before, self.position, &mut |body| {
            let Ok(event) = CloudEvent::parse(body) else { return };
            if order_key(&event, registration.ordering) > upto {
                beyond += 1;
                if settled.is_none() {
                    settled = Some(folded.clone());
                }
            }
            folded.apply_event(&event, registration);
        })?;
        self.base = settled.map(Box::new);
        self.shown = folded;
        journal.settled(&upto)?;
        if let Order::Time(order) = &mut self.order {
            order.settle(upto, beyond);
        }
        Ok(())
    }

    /// Folds what is pending again, from as near to the end as is known; nothing is settled by it.
    fn replay_near<J: Journal>(&mut self, registration: &Registration, journal: &mut J) -> Result<(), J::Error> {
        let (from, mut folded, known) = match (self.near.take(), &self.base) {
            (Some(near), _) => (near.0, near.1, true),
            (None, Some(base)) => (self.order.settled(), (**base).clone(), false),
            (None, None) => return Ok(()),
        };
        // From the settled place on, the count of what follows is known, and with it where the end is near.
        let stop = if known { u64::MAX } else { self.order.pending().saturating_sub(NEAR_END) };
        let start = known.then(|| Box::new((from.clone(), folded.clone())));
        let (mut count, mut near) = (0_u64, None);
        journal.replay(&from, self.position, &mut |body| {
            let Ok(event) = CloudEvent::parse(body) else { return };
            folded.apply_event(&event, registration);
            count += 1;
            if count == stop {
                near = Some(Box::new((order_key(&event, registration.ordering), folded.clone())));
            }
        })?;
        self.shown = folded;
        // Once too much lies behind it, the next replay begins at the settled place and finds a nearer one.
        self.near = near.or(start.filter(|_| count <= NEAR_END * 8));
        Ok(())
    }

    /// Settles all that was received.
    pub(super) fn settle_all<J: Journal>(&mut self, now: Timestamp, journal: &mut J) -> Result<(), J::Error> {
        match &mut self.order {
            Order::Sequence(order) => order.settle_all(now),
            Order::Time(order) => order.settle_all(),
        }
        self.near = None;
        if self.base.take().is_some() {
            journal.settled(&self.order.settled())?;
        }
        Ok(())
    }
}

/// The place of the `nth` pending event, counted from 1.
fn nth_pending<J: Journal>(
    nth: u64,
    registration: &Registration,
    (after, upto): (&Key, u64),
    journal: &mut J,
) -> Result<Option<Key>, J::Error> {
    let (mut count, mut found) = (0, None);
    journal.replay(after, upto, &mut |body| {
        count += 1;
        if count == nth {
            found = CloudEvent::parse(body).ok().map(|event| order_key(&event, registration.ordering));
        }
    })?;
    Ok(found)
}
