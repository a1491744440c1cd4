//! The simulator against a worker made for this test, which is right, or wrong in one way at a time.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a failure in a test is the message")]

mod worker;

use std::time::Duration;

use vitrine_api::device::Kind;
use vitrine_device_simulator::{
    faults::Faults,
    fleet::{Patience, run},
    plan::Options,
    shop::Shop,
    verdict::{Verdict, Wrong},
};
use worker::{Defect, Worker};

fn options(faults: Faults) -> Options {
    Options {
        prefix: "sim-test".to_owned(),
        devices: 10,
        events: 600,
        rate: 600.0,
        seed: 11,
        faults,
        kinds: vec![Kind::Scale, Kind::Rfid, Kind::Footfall, Kind::ColdChain, Kind::Vehicle],
        v1a_of_hundred: 30,
        batch: 20,
    }
}

fn simulate(defect: Defect, faults: &str) -> Verdict {
    let worker = Worker::new(defect);
    let shop = Shop::new(&worker, "vat_test".to_owned());
    let patience =
        Patience { connections: 8, stuck: Duration::from_secs(20), settle: Duration::from_millis(100), keep: false };
    run(&shop, &options(faults.parse().unwrap()), &patience, &mut |_| {}).unwrap()
}

#[test]
fn a_worker_that_is_right_is_found_clean_under_every_fault() {
    let verdict = simulate(Defect::None, "all");
    assert!(verdict.is_clean(), "{verdict}");
    assert_eq!(verdict.acknowledged, 600);
    assert!(verdict.forged > 10, "forged deliveries were tried: {verdict}");
}

#[test]
fn a_worker_that_acknowledges_before_it_stores_loses() {
    let verdict = simulate(Defect::ForgetsSome, "none");
    assert!(verdict.count(Wrong::Lost) > 0, "{verdict}");
    assert!(!verdict.is_clean());
}

#[test]
fn a_worker_that_takes_repeats_doubles() {
    let verdict = simulate(Defect::TakesRepeats, "duplicate,drop");
    assert!(verdict.count(Wrong::Doubled) > 0, "{verdict}");
}

#[test]
fn a_worker_that_goes_by_arrival_misplaces() {
    let verdict = simulate(Defect::GoesByArrival, "reorder,delay");
    assert!(verdict.count(Wrong::Misplaced) > 0, "{verdict}");
}

#[test]
fn a_worker_that_does_not_look_at_signatures_is_found_out() {
    let verdict = simulate(Defect::TakesAnySignature, "corrupt");
    assert!(verdict.count(Wrong::FalselyAccepted) > 0, "{verdict}");
}

#[test]
fn a_worker_that_honours_old_keys_is_found_out() {
    let verdict = simulate(Defect::KeepsOldKeys, "rotate");
    assert!(verdict.count(Wrong::FalselyAccepted) > 0, "{verdict}");
}

#[test]
fn a_worker_that_refuses_what_is_good_is_found_out() {
    let verdict = simulate(Defect::RefusesSome, "none");
    assert!(verdict.count(Wrong::Refused) > 0, "{verdict}");
}
