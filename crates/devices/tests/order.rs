//! Whatever duplicates, reorderings, losses, retries and crashes there are: the state is that of each event once, in order.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failure in a helper is a failed test"
)]

mod common;

use common::{Rig, START, Tape, registration, weight};
use proptest::prelude::*;
use vitrine_devices::device::rebuild;
use vitrine_devices::{Ordering, Outcome, RefusalCode, Timestamp};

/// What befalls one event on its way.
#[derive(Clone, Copy, Debug)]
struct Fate {
    /// By how many places it is put off.
    delay: usize,
    /// How often it arrives; 0: never.
    copies: usize,
    /// Whether the worker crashes after it.
    crash: bool,
    /// Milliseconds until the next arrives.
    pause: i64,
    /// Whether the device begins a new epoch with it.
    reboots: bool,
}

fn fates(most: usize, losses: bool) -> impl Strategy<Value = Vec<Fate>> {
    let least = usize::from(!losses);
    let copies = prop_oneof![1 => Just(least), 12 => Just(1_usize), 2 => 2..4_usize];
    let delay = prop_oneof![6 => Just(0_usize), 3 => 1..8_usize, 1 => 8..60_usize];
    let pause =
        prop_oneof![8 => 0..500_i64, 1 => 500..60_000_i64, 1 => prop_oneof![Just(700_000_i64), Just(90_000_000)]];
    let fate = (delay, copies, prop::bool::weighted(0.1), pause, prop::bool::weighted(0.03))
        .prop_map(|(delay, copies, crash, pause, reboots)| Fate { delay, copies, crash, pause, reboots });
    prop::collection::vec(fate, 1..most)
}

/// Bodies in the order of the device, and arrivals: which of them, after which pause, with a crash or not.
fn plan(fates: &[Fate], ordering: Ordering) -> (Vec<String>, Vec<(usize, i64, bool)>) {
    let (mut epoch, mut sequence) = (0, 0);
    let mut bodies = Vec::new();
    let mut arrivals = Vec::new();
    for (at, fate) in fates.iter().enumerate() {
        if fate.reboots {
            (epoch, sequence) = (epoch + 7, 0);
        }
        sequence += 1;
        let counted = (ordering == Ordering::Sequence).then_some(sequence);
        // Two events in one second, so that ids decide as well.
        let time = START + (at as i64 / 2) * 1000;
        bodies.push(weight(&format!("e-{at}"), epoch, counted, time, at as i64));
        for copy in 0..fate.copies {
            arrivals.push((at + fate.delay + copy * 3, at, fate.pause, fate.crash));
        }
    }
    arrivals.sort_by_key(|&(when, ..)| when);
    (bodies, arrivals.into_iter().map(|(_, at, pause, crash)| (at, pause, crash)).collect())
}

fn check(fates: &[Fate], ordering: Ordering, waits: bool) -> Result<(), TestCaseError> {
    let (bodies, arrivals) = plan(fates, ordering);
    let mut rig = Rig::<Tape>::new(registration(ordering));
    let mut now = START + 86_400_000;
    let mut acknowledged = std::collections::BTreeMap::new();
    for (at, pause, crash) in arrivals {
        match rig.send(&bodies[at], now) {
            Outcome::Stored(received) => {
                prop_assert!(acknowledged.insert(at, received.late).is_none(), "{at} was stored twice");
                prop_assert!(waits || !received.late, "{at} was late");
            }
            Outcome::Duplicate => prop_assert!(acknowledged.contains_key(&at), "{at} was never stored"),
            Outcome::Refused(refusal) => panic!("{refusal}"),
        }
        if crash {
            rig.crash();
        }
        now += if waits { pause } else { pause.min(200) };
        // Not after each one, since it is the slow part.
        if at % 8 == 0 {
            let truth = rebuild::<Tape>(rig.device.registration(), rig.counted());
            prop_assert_eq!(rig.device.shown(), &truth);
        }
    }
    prop_assert_eq!(rig.device.shown(), &rebuild::<Tape>(rig.device.registration(), rig.counted()));
    let counts = rig.device.counts();
    prop_assert_eq!(counts.accepted + counts.late, acknowledged.len() as u64);
    prop_assert_eq!(counts.late, acknowledged.values().filter(|late| **late).count() as u64);
    prop_assert_eq!(counts.refused, 0);
    if !waits && ordering == Ordering::Sequence {
        // Nothing was given up, so the state is that of everything that arrived, whatever the order.
        let arrived = acknowledged.keys().map(|&at| bodies[at].as_str());
        prop_assert_eq!(rig.device.shown(), &rebuild::<Tape>(rig.device.registration(), arrived));
    }
    Ok(())
}

proptest! {
    #[test]
    fn without_losses_nothing_is_late_and_nothing_pending(fates in fates(120, false)) {
        // Without pauses long enough to give anything up.
        check(&fates, Ordering::Sequence, false)?;
        let (bodies, arrivals) = plan(&fates, Ordering::Sequence);
        let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
        for (at, ..) in arrivals {
            rig.send(&bodies[at], START + 1000);
        }
        let settled = rig.device.tick(Timestamp::from_milliseconds(START + 1000 + 600_000), &mut rig.journal);
        settled.unwrap();
        prop_assert_eq!(rig.device.pending(), 0);
        prop_assert_eq!(rig.device.gaps(), vec![]);
        let all = bodies.iter().map(String::as_str);
        prop_assert_eq!(rig.device.shown(), &rebuild::<Tape>(rig.device.registration(), all));
    }

    #[test]
    fn with_losses_and_long_pauses_the_state_is_that_of_what_counts(fates in fates(150, true)) {
        check(&fates, Ordering::Sequence, true)?;
    }

    #[test]
    fn the_same_where_time_orders(fates in fates(150, true)) {
        check(&fates, Ordering::Time, true)?;
    }
}

#[test]
fn a_thousand_pending_events_close_the_oldest_gap() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    for sequence in 1..=1500_u64 {
        if sequence % 400 != 2 {
            let time = START + sequence as i64;
            assert!(matches!(
                rig.send(&weight(&format!("e{sequence}"), 0, Some(sequence), time, 1), time),
                Outcome::Stored(_)
            ));
        }
    }
    let gaps: Vec<_> = rig.device.gaps().iter().map(|gap| (gap.from, gap.to, gap.closed_at.is_some())).collect();
    assert_eq!(gaps, [(2, 2, true), (402, 402, true), (802, 802, false), (1202, 1202, false)]);
    assert!(rig.device.pending() <= 1000);
    // What was given up comes too late to count, is kept, and is no gap any more.
    let late = rig.send(&weight("e2", 0, Some(2), START, 1), START + 2000);
    assert!(matches!(late, Outcome::Stored(received) if received.late));
    assert_eq!(rig.send(&weight("e2", 0, Some(2), START, 1), START + 2000), Outcome::Duplicate);
    assert_eq!(rig.device.gaps().len(), 3);
}

#[test]
fn half_of_all_events_lost_is_no_trouble() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    for sequence in (1..=6000_u64).step_by(2) {
        let time = START + sequence as i64;
        assert!(matches!(
            rig.send(&weight(&format!("e{sequence}"), 0, Some(sequence), time, 1), time),
            Outcome::Stored(_)
        ));
    }
    assert!(rig.device.pending() <= 1000);
    assert!(rig.device.state_text().unwrap().len() < 60_000);
    assert_eq!(rig.device.shown(), &rebuild::<Tape>(rig.device.registration(), rig.counted()));
}

#[test]
fn crowded_moments_settle_early_where_time_orders() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Time));
    for at in 0..3000_i64 {
        let jumble = at ^ 5;
        assert!(matches!(
            rig.send(&weight(&format!("e{jumble}"), 0, None, START + jumble, jumble), START + at),
            Outcome::Stored(_)
        ));
    }
    assert!(rig.device.pending() <= 1000);
    assert_eq!(rig.device.counts().late, 0);
    assert_eq!(rig.device.shown(), &rebuild::<Tape>(rig.device.registration(), rig.counted()));
}

#[test]
fn what_is_reused_is_refused_by_name() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    let code = |outcome: Outcome| match outcome {
        Outcome::Refused(refusal) => refusal.code,
        other => panic!("{other:?}"),
    };
    rig.send(&weight("a", 0, Some(1), START, 1), START);
    rig.send(&weight("c", 0, Some(3), START, 3), START);
    assert_eq!(code(rig.send(&weight("a", 0, Some(1), START, 2), START)), RefusalCode::IdReused);
    assert_eq!(code(rig.send(&weight("a", 0, Some(4), START, 1), START)), RefusalCode::IdReused);
    assert_eq!(code(rig.send(&weight("x", 0, Some(1), START, 1), START)), RefusalCode::SequenceReused);
    assert_eq!(code(rig.send(&weight("x", 0, Some(3), START, 1), START)), RefusalCode::SequenceReused);
    assert_eq!(code(rig.send(&weight("y", 0, Some(4), START + 300_001, 1), START)), RefusalCode::TimeInTheFuture);
    assert_eq!(code(rig.send(&weight("z", 0, None, START, 1), START)), RefusalCode::SequenceRequired);
    assert_eq!(rig.device.counts().refused, 6);
    assert_eq!(rig.device.counts().accepted, 2);
    assert_eq!(rig.device.ledger().refusals.len(), 6);
}

#[test]
fn an_event_sent_again_in_other_words_is_a_duplicate() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    rig.send(&weight("a", 0, Some(1), START, 1), START);
    let other = format!(
        r#"{{ "traceparent":"00-1", "data" : {{ "grams": 1 }}, "time":"{}", "sequence":1, "type":"vitrine.scale.weight.v1", "source":"/scales/1", "id":"a", "specversion":"1.0" }}"#,
        Timestamp::from_milliseconds(START)
    );
    assert_eq!(rig.send(&other, START), Outcome::Duplicate);
}
