//! One device's state: takes events in as they come, counts each once, in order.
mod ledger;
mod state;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::ser::Error as _;

pub use ledger::{Counts, Ledger, MAX_REFUSALS, RefusalNote};
pub use state::{Folded, State};

use crate::cloud_event::{CloudEvent, RefusedEvent};
use crate::event_types::Reading;
use crate::id::KeyId;
use crate::journal::{Journal, Key, Redo, Row};
use crate::order::{Gap, Place, Standing};
use crate::refusal::{Refusal, RefusalCode};
use crate::registration::{Ordering, Registration};
use crate::timestamp::Timestamp;
use crate::twin::Desired;

/// How far an event's time may lie after its receipt, in milliseconds.
pub const FUTURE: i64 = 300_000;

/// What a device's readings add up to, one after the other.
pub trait Fold: Clone + Default + PartialEq + Serialize + DeserializeOwned {
    /// Takes in the next reading. Depends on nothing but its arguments.
    fn apply(&mut self, reading: &Reading, time: Timestamp, registration: &Registration);

    /// Why a reading cannot be taken in, where that depends on what is there already.
    fn refuses(&self, reading: &Reading) -> Option<Refusal> {
        let _ = reading;
        None
    }
}

/// What became of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored, once.
    Stored(Received),
    /// Known already; nothing was done.
    Duplicate,
    /// Not stored.
    Refused(Refusal),
}

/// An event that was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What it says.
    pub reading: Reading,
    /// Whether it came too late to be counted.
    pub late: bool,
    /// Its position in the journal.
    pub position: u64,
}

/// A device: what was registered, what was received, what was refused. Each of the three is stored as a text of its
/// own, because they change at different times: with an event only [`Device::state_text`].
#[derive(Clone, Debug)]
pub struct Device<F> {
    registration: Registration,
    state: State<F>,
    ledger: Ledger,
}

impl<F: Fold> Device<F> {
    /// A device of which nothing was received.
    #[must_use]
    pub fn new(registration: Registration) -> Self {
        let state = State::new(registration.ordering);
        Self { registration, state, ledger: Ledger::default() }
    }

    /// A device as it was stored.
    ///
    /// # Errors
    /// Where a text is none that this version wrote.
    pub fn restore(registration: &str, state: &str, ledger: &str) -> Result<Self, serde_json::Error> {
        Ok(Self {
            registration: serde_json::from_str(registration)?,
            state: serde_json::from_str(state)?,
            ledger: serde_json::from_str(ledger)?,
        })
    }

    /// What was registered, as JSON; changes with [`Device::change`] only. Holds secrets.
    ///
    /// # Errors
    /// None that is known.
    pub fn registration_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self.registration)
    }

    /// What was received, as JSON; changes with each event that is stored, and with [`Device::tick`].
    ///
    /// # Errors
    /// None that is known.
    pub fn state_text(&self) -> Result<String, serde_json::Error> {
        // Room for the usual state, so that the text is not moved while it grows.
        let mut text = Vec::with_capacity(1024);
        serde_json::to_writer(&mut text, &self.state)?;
        String::from_utf8(text).map_err(serde_json::Error::custom)
    }

    /// What was not stored, as JSON; changes with each duplicate and refusal. To lose its last change loses no event.
    ///
    /// # Errors
    /// None that is known.
    pub fn ledger_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self.ledger)
    }

    /// What was registered.
    #[must_use]
    pub const fn registration(&self) -> &Registration {
        &self.registration
    }

    /// What was refused.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What all events add up to, settled or not.
    #[must_use]
    pub const fn shown(&self) -> &Folded<F> {
        &self.state.shown
    }

    /// Counts of what was stored, duplicate and refused.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        let Ledger { duplicate, refused, .. } = self.ledger;
        Counts { accepted: self.state.accepted, duplicate, late: self.state.late, refused }
    }

    /// When an event was last stored.
    #[must_use]
    pub const fn last_stored_at(&self) -> Option<Timestamp> {
        self.state.last_stored_at
    }

    /// The position of the last stored event; 0 before the first.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.state.position
    }

    /// Gaps, given up or open.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        self.state.order.gaps()
    }

    /// How many events wait for others before them.
    #[must_use]
    pub fn pending(&self) -> u64 {
        self.state.order.pending()
    }

    /// When [`Device::tick`] will have something to do.
    #[must_use]
    pub fn next_tick(&self) -> Option<Timestamp> {
        self.state.order.next_deadline()
    }

    /// What the device has yet to apply: present where the desired version is above the reported one.
    #[must_use]
    pub fn twin_to_apply(&self) -> Option<&Desired> {
        let reported = self.state.shown.reported.as_ref().map_or(0, |reported| reported.version);
        Some(&self.registration.desired).filter(|desired| desired.version > reported)
    }

    /// Takes note of a key that signed a request.
    pub fn signed_by(&mut self, key: &KeyId, now: Timestamp) {
        self.state.signed_by(key, now);
    }

    /// When each key signed last.
    #[must_use]
    pub fn keys_used(&self) -> &[(KeyId, Timestamp)] {
        &self.state.keys_used
    }

    /// Takes note of an event that could not be read.
    pub fn refuse(&mut self, event: &RefusedEvent<'_>, now: Timestamp) {
        self.ledger.refuse(event.id.as_deref(), &event.refusal, now);
    }

    /// Takes in one event. Afterwards the texts that changed must be stored together with what the journal did; where
    /// either fails, this value is ahead of the store and must be restored from it.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn receive<J: Journal>(
        &mut self,
        event: &CloudEvent<'_>,
        received: Timestamp,
        journal: &mut J,
    ) -> Result<Outcome, J::Error> {
        self.tick(received, journal)?;
        let outcome = match self.read(event, received) {
            Ok(reading) => self.take(event, reading, received, journal)?,
            Err(refusal) => Outcome::Refused(refusal),
        };
        match &outcome {
            Outcome::Stored(stored) => self.state.count(stored.late, received),
            Outcome::Duplicate => self.ledger.duplicate += 1,
            Outcome::Refused(refusal) => self.ledger.refuse(Some(&event.id), refusal, received),
        }
        Ok(outcome)
    }

    /// Takes in an event again that is stored already, behind the state that this value was restored with: for a store
    /// that keeps the state only now and then. Given every row behind [`Device::position`] in order of position, with
    /// the moment of its receipt, it ends in the state that was there before (but for [`Device::keys_used`]).
    /// The journal stays as it is.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn redo<J: Journal>(
        &mut self,
        event: &CloudEvent<'_>,
        received: Timestamp,
        journal: &mut J,
    ) -> Result<Outcome, J::Error> {
        self.receive(event, received, &mut Redo(journal))
    }

    /// What can be said of the event alone.
    fn read(&self, event: &CloudEvent<'_>, received: Timestamp) -> Result<Reading, Refusal> {
        if event.time.since(received) > FUTURE {
            let detail = format!(
                "time is {} s after receipt at {received}; set the clock by the answer's Date header",
                event.time.since(received) / 1000
            );
            return Err(Refusal::at(RefusalCode::TimeInTheFuture, "/time", detail));
        }
        if self.registration.ordering == Ordering::Sequence && event.sequence.is_none() {
            let detail =
                "sequence is missing; this device orders by it (register it with ordering time if it cannot count)";
            return Err(Refusal::at(RefusalCode::SequenceRequired, "/sequence", detail));
        }
        Reading::parse(&event.kind, self.registration.kind, event.data)
    }

    fn take<J: Journal>(
        &mut self,
        event: &CloudEvent<'_>,
        reading: Reading,
        received: Timestamp,
        journal: &mut J,
    ) -> Result<Outcome, J::Error> {
        let key = order_key(event, self.registration.ordering);
        let standing = self.state.order.standing(&key);
        let refusal = match standing {
            Standing::Taken => Some(place_taken(&key)),
            Standing::Late => None,
            _ => self.state.shown.things.refuses(&reading),
        };
        if let Some(refusal) = refusal {
            let known = journal.find(&event.source, &event.id)?;
            return Ok(known.map_or(Outcome::Refused(refusal), |body| repeated(event, &body)));
        }
        let late = standing == Standing::Late;
        let place = match &key {
            Key::Sequence { epoch, sequence } => (*epoch, Some(*sequence)),
            Key::Time { .. } => (0, None),
        };
        let row = Row {
            position: self.state.position + 1,
            source: &event.source,
            id: &event.id,
            kind: &event.kind,
            time: event.time,
            received,
            epoch: place.0,
            sequence: place.1,
            body: event.raw,
            late,
            pending: matches!(standing, Standing::Last | Standing::Between),
        };
        if let Some(body) = journal.store(&row)? {
            return Ok(repeated(event, &body));
        }
        self.state.position = row.position;
        self.state.place(key, standing, &reading, event.time, received, &self.registration, journal)?;
        Ok(Outcome::Stored(Received { reading, late, position: row.position }))
    }

    /// Gives up what has waited long enough; whether anything changed, so that the state must be stored.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn tick<J: Journal>(&mut self, now: Timestamp, journal: &mut J) -> Result<bool, J::Error> {
        if self.next_tick().is_none_or(|deadline| deadline > now) {
            return Ok(false);
        }
        self.state.settle(now, &self.registration, journal)
    }

    /// Changes what was registered. Everything received before is settled under what held before: registration and
    /// state must be stored.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn change<J: Journal>(
        &mut self,
        registration: Registration,
        now: Timestamp,
        journal: &mut J,
    ) -> Result<(), J::Error> {
        let old = &self.registration;
        let counts_otherwise =
            (&old.config, &old.sku, &old.site) != (&registration.config, &registration.sku, &registration.site);
        if counts_otherwise {
            self.state.settle_all(now, journal)?;
        }
        self.registration = Registration { kind: old.kind, ordering: old.ordering, id: old.id.clone(), ..registration };
        Ok(())
    }
}

/// The place of an event in its device's order.
#[must_use]
pub fn order_key(event: &CloudEvent<'_>, ordering: Ordering) -> Key {
    match ordering {
        Ordering::Sequence => Key::Sequence { epoch: event.epoch, sequence: event.sequence.unwrap_or(0) },
        Ordering::Time => Key::Time { time: event.time, id: event.id.to_string(), source: event.source.to_string() },
    }
}

fn place_taken(key: &Key) -> Refusal {
    let detail = match key {
        Key::Sequence { epoch, sequence } => format!(
            "another event has sequence {sequence} of epoch {epoch}; count on, or begin a higher epoch if the count was lost"
        ),
        Key::Time { time, .. } => format!("another event has time {time} and this id"),
    };
    Refusal::at(RefusalCode::SequenceReused, "/sequence", detail)
}

fn repeated(event: &CloudEvent<'_>, known: &str) -> Outcome {
    let same = known == event.raw || CloudEvent::parse(known).is_ok_and(|known| event.says_the_same(&known));
    if same {
        return Outcome::Duplicate;
    }
    let detail = "an event of this source and id was stored with other content; give each event an id of its own";
    Outcome::Refused(Refusal::at(RefusalCode::IdReused, "/id", detail))
}

/// Folds events, given in any order, each once, in order: what [`Device::shown`] must equal, for proofs and tests.
#[must_use]
pub fn rebuild<'a, F: Fold>(registration: &Registration, events: impl IntoIterator<Item = &'a str>) -> Folded<F> {
    let parsed = events.into_iter().filter_map(|body| CloudEvent::parse(body).ok());
    let mut keyed: Vec<_> = parsed.map(|event| (order_key(&event, registration.ordering), event)).collect();
    keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
    keyed.dedup_by(|(one, _), (other, _)| one == other);
    let mut folded = Folded::default();
    for (_, event) in &keyed {
        folded.apply_event(event, registration);
    }
    folded
}

impl From<&Key> for Place {
    fn from(key: &Key) -> Self {
        match key {
            Key::Sequence { epoch, sequence } => Self { epoch: *epoch, sequence: *sequence },
            Key::Time { .. } => Self::default(),
        }
    }
}
