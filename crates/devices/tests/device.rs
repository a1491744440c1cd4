//! What a device goes through beside its events: changed settings, epochs, gaps that are given up, its twin.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure in a helper is a failed test")]

mod common;

use common::{Rig, START, Tape, registration, weight};
use vitrine_devices::device::{MAX_REFUSALS, rebuild};
use vitrine_devices::order::{EPOCH_OPEN, GAP_OPEN};
use vitrine_devices::registration::Registration;
use vitrine_devices::twin::{Desired, TwinError};
use vitrine_devices::{CloudEvent, Config, JsonObject, Milli, Ordering, Outcome, Timestamp};

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(START + milliseconds)
}

fn is_late(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Stored(stored) => stored.late,
        other => panic!("{other:?}"),
    }
}

/// An event with this place, received at this moment; whether it was late.
fn send(rig: &mut Rig<Tape>, epoch: u64, sequence: u64, received: i64) -> bool {
    is_late(rig.send(&weight(&format!("{epoch}-{sequence}"), epoch, Some(sequence), START, 1), START + received))
}

fn gaps(rig: &Rig<Tape>) -> Vec<(u64, u64, u64, Option<Timestamp>)> {
    rig.device.gaps().iter().map(|gap| (gap.epoch, gap.from, gap.to, gap.closed_at)).collect()
}

#[test]
fn a_gap_is_given_up_a_day_after_it_became_known() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    send(&mut rig, 0, 1, 0);
    assert_eq!(rig.device.next_tick(), None);
    send(&mut rig, 0, 4, 1000);
    // Something before what was received later does not make the rest of the gap younger.
    send(&mut rig, 0, 3, 5000);
    assert_eq!(gaps(&rig), [(0, 2, 2, None)]);
    let deadline = at(1000 + GAP_OPEN);
    assert_eq!(rig.device.next_tick(), Some(deadline));
    assert_eq!((rig.device.pending(), rig.device.tick(deadline.plus(-1), &mut rig.journal)), (2, Ok(false)));
    // Whoever looks, and when: it was given up at its own moment.
    assert_eq!(rig.device.tick(deadline.plus(99), &mut rig.journal), Ok(true));
    assert_eq!(gaps(&rig), [(0, 2, 2, Some(deadline))]);
    assert_eq!((rig.device.pending(), rig.device.next_tick()), (0, None));
    assert!(send(&mut rig, 0, 2, 2000 + GAP_OPEN));
    assert_eq!((gaps(&rig), rig.device.counts().late), (vec![], 1));
    assert!(!send(&mut rig, 0, 5, 2000 + GAP_OPEN));
}

#[test]
fn a_new_epoch_waits_ten_minutes_for_the_rest_of_the_old_one() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    for sequence in [1, 2, 4] {
        send(&mut rig, 0, sequence, 0);
    }
    send(&mut rig, 9, 1, 1000);
    assert_eq!(rig.device.next_tick(), Some(at(1000 + EPOCH_OPEN)));
    // Both still belong before the new epoch.
    assert!(!send(&mut rig, 0, 5, 2000) && !send(&mut rig, 0, 3, 3000));
    let all = rig.counted().into_iter();
    assert_eq!(rig.device.shown(), &rebuild::<Tape>(rig.device.registration(), all));
    assert_eq!(rig.device.shown().things.count, 6);
    rig.device.tick(at(1000 + EPOCH_OPEN), &mut rig.journal).unwrap();
    assert_eq!((rig.device.pending(), gaps(&rig)), (0, vec![]));
    // Seven of the old epoch came too late, and with it six is known to be missing.
    assert!(send(&mut rig, 0, 7, 2000 + EPOCH_OPEN));
    assert_eq!(gaps(&rig), [(0, 6, 6, Some(at(2000 + EPOCH_OPEN)))]);
    assert!(send(&mut rig, 0, 6, 2000 + EPOCH_OPEN) && send(&mut rig, 3, 1, 2000 + EPOCH_OPEN));
    assert_eq!(gaps(&rig), []);
    assert_eq!(rig.device.shown().things.count, 6);
    assert!(!send(&mut rig, 9, 2, 3000 + EPOCH_OPEN));
}

#[test]
fn changed_settings_settle_what_came_before() {
    for ordering in [Ordering::Sequence, Ordering::Time] {
        let mut rig = Rig::<Tape>::new(registration(ordering));
        let body = |number: u64| {
            let counted = (ordering == Ordering::Sequence).then_some(number);
            weight(&format!("e{number}"), 0, counted, START + i64::try_from(number).unwrap() * 1000, 1)
        };
        for number in [1, 2, 5] {
            assert!(!is_late(rig.send(&body(number), START + 9000)));
        }
        let before = rig.device.shown().clone();
        let named = Registration { name: Some("Shelf 3".into()), ..rig.device.registration().clone() };
        rig.device.change(named, at(9000), &mut rig.journal).unwrap();
        // A name changes nothing of what is counted, so the gap stays open.
        assert!(!is_late(rig.send(&body(4), START + 9000)), "{ordering:?}");
        let config = Config { unit_grams: Some(Milli::whole(250)), ..Config::default() };
        let heavier = Registration {
            config,
            id: "other".parse().unwrap(),
            ordering: Ordering::Time,
            kind: vitrine_devices::Kind::Rfid,
            ..rig.device.registration().clone()
        };
        rig.device.change(heavier, at(9000), &mut rig.journal).unwrap();
        rig.crash();
        assert_eq!(rig.device.pending(), 0);
        assert_ne!(rig.device.shown(), &before);
        let settled = rig.device.shown().clone();
        assert!(is_late(rig.send(&body(3), START + 9000)), "{ordering:?}");
        assert_eq!(rig.device.shown(), &settled);
        assert!(!is_late(rig.send(&body(6), START + 9000)), "{ordering:?}");
        assert_eq!(rig.device.shown().things.count, settled.things.count + 1);
        // What a device is stays as it was registered.
        let kept = rig.device.registration();
        assert_eq!((kept.id.as_str(), kept.ordering, kept.kind), ("scale-1", ordering, vitrine_devices::Kind::Scale));
    }
}

#[test]
fn the_twin_is_to_be_applied_until_the_device_reports_its_version() {
    let object = |text: &str| JsonObject::parse(text).unwrap();
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    assert_eq!(rig.device.twin_to_apply(), None);
    let desired =
        rig.device.registration().desired.patched(&object(r#"{"interval":30,"led":"off"}"#), Some(0)).unwrap();
    assert_eq!(desired.version, 1);
    let changed = Registration { desired, ..rig.device.registration().clone() };
    rig.device.change(changed, at(0), &mut rig.journal).unwrap();
    assert_eq!(rig.device.twin_to_apply().unwrap().value.as_str(), r#"{"interval":30,"led":"off"}"#);
    let report = |sequence: u64, version: u64| {
        format!(
            r#"{{"specversion":"1.0","id":"r{sequence}","source":"/s","type":"vitrine.twin.reported.v1","sequence":{sequence},"time":"{}","data":{{"version":{version},"reported":{{"interval":30.0}}}}}}"#,
            at(0)
        )
    };
    // An older report that arrives later changes nothing.
    rig.send(&report(2, 1), START);
    assert_eq!(rig.device.twin_to_apply(), None);
    rig.send(&report(1, 0), START);
    rig.crash();
    assert_eq!(rig.device.twin_to_apply(), None);
    let reported = rig.device.shown().reported.as_ref().unwrap();
    assert_eq!((reported.version, reported.value.as_str(), reported.at), (1, r#"{"interval":30.0}"#, Some(at(0))));
}

#[test]
fn patches_of_the_desired_state() {
    let object = |text: &str| JsonObject::parse(text).unwrap();
    let first = Desired::default().patched(&object(r#"{"a":1,"b":{"c":2}}"#), None).unwrap();
    let second = first.patched(&object(r#"{"a":null,"b":{"d":3}}"#), Some(1)).unwrap();
    assert_eq!((second.version, second.value.as_str()), (2, r#"{"b":{"c":2,"d":3}}"#));
    assert_eq!(second.patched(&object("{}"), None).unwrap().version, 2);
    assert_eq!(first.patched(&object("{}"), Some(7)), Err(TwinError::VersionMismatch { expected: 7, now: 1 }));
    let large = object(&format!(r#"{{"a":"{}"}}"#, "x".repeat(8200)));
    assert!(matches!(first.patched(&large, None), Err(TwinError::TooLarge { .. })));
}

#[test]
fn the_last_refusals_are_kept_with_their_reasons() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    for number in 0..30 {
        let wrong = format!(r#"{{"id":"w{number}","specversion":"1.0"}}"#);
        let refused = CloudEvent::parse(&wrong).unwrap_err();
        rig.device.refuse(&refused, at(number));
    }
    rig.crash();
    let ledger = rig.device.ledger();
    assert_eq!((ledger.refused, ledger.refusals.len()), (30, MAX_REFUSALS));
    let last = ledger.refusals.back().unwrap();
    assert_eq!((last.id.as_deref(), last.detail.as_str(), last.at), (Some("w29"), "source is missing", at(29)));
}

#[test]
fn keys_say_when_they_signed_last() {
    let mut rig = Rig::<Tape>::new(registration(Ordering::Sequence));
    for (key, moment) in [("k1", 1), ("k2", 2), ("k1", 3), ("k3", 4)] {
        rig.device.signed_by(&key.parse().unwrap(), at(moment));
    }
    rig.crash();
    let used: Vec<_> = rig.device.keys_used().iter().map(|(key, moment)| (key.as_str(), *moment)).collect();
    assert_eq!(used, [("k1", at(3)), ("k3", at(4))]);
}
