//! What a device's program promises: nothing is forgotten before it is acknowledged, and nothing changes once it may be stored.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use fastrand::Rng;
use serde_json::{Value, json};
use vitrine_api::event::Status;
use vitrine_device_simulator::{
    behaviour::Reading,
    device::{Delivery, Device, Reply, Setup, read_reply},
    signer::Signer,
};

const NOW: i64 = 1_790_000_000_000;

fn setup() -> Setup {
    Setup {
        source: "urn:test".to_owned(),
        epoch: 0,
        ordered: true,
        batch: 10,
        window: 1,
        clock_error: 0,
        shuffled: false,
        capacity: usize::MAX,
    }
}

fn device(setup: Setup) -> Device {
    Device::new(setup, Signer::from_seed([1; 32]))
}

fn measure(device: &mut Device, times: usize) {
    for _ in 0..times {
        device.measure(Reading { after: 0, kind: "vitrine.footfall.count.v1", data: json!({ "in": 1 }) }, NOW);
    }
}

fn send(device: &mut Device, now: i64) -> Delivery {
    device.send(now, &mut Rng::with_seed(1)).unwrap()
}

fn body(delivery: &Delivery) -> Value {
    serde_json::from_slice(&delivery.body).unwrap()
}

#[test]
fn what_is_acknowledged_is_forgotten_and_the_rest_is_sent_again() {
    let mut device = device(setup());
    measure(&mut device, 3);
    let first = send(&mut device, NOW);
    assert_eq!(first.sequences, [1, 2, 3]);
    let reply = Reply::Results(vec![("0-1".to_owned(), Status::Accepted), ("0-3".to_owned(), Status::Duplicate)]);
    assert_eq!(device.answered(first.number, &reply, None, NOW).len(), 2);
    let second = send(&mut device, NOW + 1);
    assert_eq!(second.content_type, "application/cloudevents+json");
    assert_eq!(body(&second), body(&first)[1], "the same bytes under the same id");
}

#[test]
fn what_was_not_answered_is_sent_again_the_same_and_ever_more_slowly() {
    let mut device = device(setup());
    measure(&mut device, 1);
    let first = send(&mut device, NOW);
    assert_eq!(device.send(NOW, &mut Rng::with_seed(1)), None, "one at a time");
    device.answered(first.number, &Reply::Nothing, None, NOW);
    assert_eq!(device.send(NOW + 49, &mut Rng::with_seed(1)), None);
    let second = send(&mut device, NOW + 50);
    assert_eq!(second.body, first.body);
    device.answered(second.number, &Reply::Nothing, None, NOW + 50);
    assert_eq!(device.send(NOW + 149, &mut Rng::with_seed(1)), None);
    send(&mut device, NOW + 150);
}

#[test]
fn a_crash_loses_what_was_under_way_and_keeps_the_store() {
    let mut device = device(setup());
    measure(&mut device, 2);
    let before = send(&mut device, NOW);
    device.crash();
    let after = send(&mut device, NOW + 1);
    assert_eq!(after.body, before.body);
    let reply = Reply::Results(vec![("0-1".to_owned(), Status::Accepted)]);
    assert!(device.answered(before.number, &reply, None, NOW + 1).is_empty(), "that answer finds nobody");
}

#[test]
fn a_clock_far_off_is_mended_and_what_it_stamped_with_it() {
    let mut device = device(Setup { clock_error: 3_600_000, ..setup() });
    measure(&mut device, 1);
    let first = send(&mut device, NOW);
    assert_eq!(first.headers.timestamp, ((NOW + 3_600_000) / 1000).to_string());
    device.answered(first.number, &Reply::Unauthenticated, Some(NOW), NOW);
    let second = send(&mut device, NOW + 5000);
    assert_eq!(second.headers.timestamp, ((NOW + 5000) / 1000).to_string());
    assert_eq!(body(&second)["time"], "2026-09-21T14:13:20.000Z");
}

#[test]
fn a_clock_slightly_off_is_mended_but_what_it_stamped_may_be_stored_already() {
    let mut device = device(Setup { clock_error: 100_000, ..setup() });
    measure(&mut device, 1);
    let first = send(&mut device, NOW);
    device.answered(first.number, &Reply::Failed(503), Some(NOW), NOW);
    let second = send(&mut device, NOW + 5000);
    assert_eq!(second.headers.timestamp, ((NOW + 5000) / 1000).to_string());
    assert_eq!(second.body, first.body);
}

#[test]
fn a_device_that_is_told_to_wait_waits() {
    let mut device = device(setup());
    measure(&mut device, 1);
    let first = send(&mut device, NOW);
    device.answered(first.number, &read_reply(429, Some(2), b"{}"), None, NOW);
    assert_eq!(device.send(NOW + 1999, &mut Rng::with_seed(1)), None);
    send(&mut device, NOW + 2000);
}

#[test]
fn a_full_store_drops_the_oldest() {
    let mut device = device(Setup { capacity: 3, ..setup() });
    measure(&mut device, 5);
    assert_eq!(send(&mut device, NOW).sequences, [3, 4, 5]);
}

#[test]
fn an_answer_is_read_for_one_event_and_for_many() {
    let many = br#"{"results":[{"id":"0-1","status":"accepted"},{"id":"0-2","status":"late"},{"status":"refused"}]}"#;
    let expected = vec![("0-1".to_owned(), Status::Accepted), ("0-2".to_owned(), Status::Late)];
    assert_eq!(read_reply(207, None, many), Reply::Results(expected));
    let one =
        br#"{"status":422,"result":{"id":"0-1","status":"refused","error":{"code":"unknown-type","detail":"no"}}}"#;
    assert_eq!(read_reply(422, None, one), Reply::Results(vec![("0-1".to_owned(), Status::Refused)]));
    assert_eq!(read_reply(200, None, b"<html>"), Reply::Failed(200));
    assert_eq!(read_reply(401, None, b""), Reply::Unauthenticated);
}
