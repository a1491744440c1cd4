//! A store that keeps the state only now and then comes to the same state by taking in again what was stored since.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure in a helper is a failed test")]

mod common;

use std::convert::Infallible;

use common::{START, Tape, registration, weight};
use proptest::prelude::*;
use vitrine_devices::{CloudEvent, Device, Journal, MemoryJournal, OrderKey, Ordering, Outcome, Row, Timestamp};

/// Clears what is settled only when the state is kept.
#[derive(Default)]
struct Lazy {
    inner: MemoryJournal,
    settled: Option<OrderKey>,
}

impl Journal for Lazy {
    type Error = Infallible;
    fn store(&mut self, row: &Row<'_>) -> Result<Option<String>, Infallible> {
        self.inner.store(row)
    }
    fn find(&mut self, source: &str, id: &str) -> Result<Option<String>, Infallible> {
        self.inner.find(source, id)
    }
    fn replay(&mut self, after: &OrderKey, upto: u64, each: &mut dyn FnMut(&str)) -> Result<(), Infallible> {
        self.inner.replay(after, upto, each)
    }
    fn settled(&mut self, upto: &OrderKey) -> Result<(), Infallible> {
        self.settled = Some(upto.clone());
        Ok(())
    }
}

impl Lazy {
    fn keep(&mut self) {
        if let Some(upto) = self.settled.take() {
            let Ok(()) = self.inner.settled(&upto);
        }
    }
}

fn check(steps: &[(u64, i64, u8)], ordering: Ordering) -> Result<(), TestCaseError> {
    let mut journal = Lazy::default();
    let mut device = Device::<Tape>::new(registration(ordering));
    let texts = |device: &Device<Tape>| (device.registration_text().unwrap(), device.ledger_text().unwrap());
    let mut kept = device.state_text().unwrap();
    let mut now = START;
    for (at, &(number, pause, what)) in steps.iter().enumerate() {
        now += pause;
        let sequence = (ordering == Ordering::Sequence).then_some(number);
        let time = START + i64::try_from(number).unwrap() * 3000;
        let body = weight(&format!("e{number}"), 0, sequence, time, i64::try_from(number).unwrap());
        let event = CloudEvent::parse(&body).unwrap();
        let received = Timestamp::from_milliseconds(now.max(time));
        let Ok(outcome) = device.receive(&event, received, &mut journal);
        prop_assert!(!matches!(outcome, Outcome::Refused(_)));
        match what {
            0 => {
                kept = device.state_text().unwrap();
                journal.keep();
            }
            1 => {
                let before = device.state_text().unwrap();
                let (registration, ledger) = texts(&device);
                device = Device::restore(&registration, &kept, &ledger).unwrap();
                let rows: Vec<_> =
                    journal.inner.rows.range(device.position() + 1..).map(|(_, row)| row.clone()).collect();
                for row in rows {
                    let event = CloudEvent::parse(&row.body).unwrap();
                    let Ok(outcome) = device.redo(&event, row.received, &mut journal);
                    prop_assert!(matches!(outcome, Outcome::Stored(stored) if stored.late == row.late), "{at}");
                }
                // Something that was not stored may have made time pass before; then it passes now.
                let Ok(_) = device.tick(received, &mut journal);
                prop_assert_eq!(device.state_text().unwrap(), before, "after step {}", at);
            }
            _ => {}
        }
    }
    Ok(())
}

fn steps() -> impl Strategy<Value = Vec<(u64, i64, u8)>> {
    let pause = prop_oneof![8 => 0..2000_i64, 1 => Just(100_000_i64), 1 => Just(90_000_000)];
    prop::collection::vec((1..60_u64, pause, 0..6_u8), 1..120)
}

proptest! {
    #[test]
    fn the_same_by_sequence(steps in steps()) {
        check(&steps, Ordering::Sequence)?;
    }

    #[test]
    fn the_same_by_time(steps in steps()) {
        check(&steps, Ordering::Time)?;
    }
}
