//! What the invented surroundings promise.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use std::collections::BTreeSet;

use fastrand::Rng;
use serde_json::{Value, json};
use vitrine_device_simulator::behaviour::{Behaviour, ColdShelf, Door, Rack, Reading, Shelf, Van};
use vitrine_devices::{Config, Timestamp};
use vitrine_operations::scale::Scale;

fn trace(behaviour: &mut dyn Behaviour, seed: u64, readings: usize) -> Vec<Reading> {
    let mut random = Rng::with_seed(seed);
    (0..readings).map(|at| behaviour.next(&mut random, at + 6 >= readings)).collect()
}

#[test]
fn the_same_seed_invents_the_same() {
    let shelf = || Shelf::new("tea", 250.0, 900.0, 20, 6);
    assert_eq!(trace(&mut shelf(), 4, 300), trace(&mut shelf(), 4, 300));
    assert_ne!(trace(&mut shelf(), 4, 300), trace(&mut shelf(), 5, 300));
}

#[test]
fn a_shelf_ends_with_the_weight_of_what_lies_there() {
    for seed in 0..50 {
        let mut shelf = Shelf::new("tea", 250.0, 900.0, 20, 6);
        let readings = trace(&mut shelf, seed, 300);
        let units = shelf.surroundings().units["tea"];
        assert!(units <= 20);
        for reading in readings.iter().rev().take(6) {
            assert_eq!(reading.data["stable"], true);
            let grams = reading.data["grams"].as_f64().unwrap();
            assert!((grams - 900.0 - f64::from(units) * 250.0).abs() < 20.0, "{grams} with {units}");
        }
        assert!(readings.iter().any(|reading| reading.data["stable"] == false), "somebody came by");
    }
}

/// The rules that the worker counts by find what lies on an invented shelf.
#[test]
fn the_shops_own_rules_count_what_lies_on_a_shelf() {
    for seed in 0..200 {
        let unit = 40.0 + seed as f64 * 5.0;
        let mut shelf = Shelf::new("tea", unit, 900.0, 8 + (seed as u32 % 32), 6);
        let config: Config =
            serde_json::from_value(json!({ "unitGrams": unit, "tareGrams": 900.0, "noiseGrams": shelf.noise() }))
                .unwrap();
        let mut scale = Scale::default();
        let mut at: Timestamp = Timestamp::parse("2026-01-01T00:00:00Z").unwrap();
        for reading in trace(&mut shelf, seed, 300) {
            at = at.plus(reading.after as i64);
            let grams = serde_json::from_value(reading.data["grams"].clone()).unwrap();
            scale.read(grams, reading.data["stable"] == true, at, &config);
        }
        let held = scale.held(at, &config).unwrap();
        assert_eq!(held.units, u64::from(shelf.surroundings().units["tea"]), "seed {seed}: {held:?}");
    }
}

#[test]
fn what_a_rack_tells_adds_up_to_what_hangs_there() {
    for seed in 0..20 {
        let mut rack = Rack::new(vec![(1, "shirt".to_owned()), (2, "scarf".to_owned())], 30, 20);
        let mut present: BTreeSet<String> = BTreeSet::new();
        let tags = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned()).collect()
        };
        for reading in trace(&mut rack, seed, 200) {
            if reading.kind == "vitrine.rfid.inventory.v1" {
                let counted: BTreeSet<String> = tags(&reading.data["tags"]).into_iter().collect();
                assert_eq!(counted, present);
                continue;
            }
            for tag in tags(&reading.data["left"]) {
                assert!(present.remove(&tag), "only what hung there leaves");
            }
            for tag in tags(&reading.data["entered"]) {
                assert!(present.insert(tag), "only what did not hang there comes");
            }
        }
        let units: u32 = rack.surroundings().units.values().sum();
        assert_eq!(units as usize, present.len());
    }
}

#[test]
fn nobody_leaves_who_has_not_come() {
    let mut door = Door::new(60, 20);
    let mut inside: i64 = 0;
    for reading in trace(&mut door, 3, 500) {
        inside += reading.data["in"].as_i64().unwrap() - reading.data["out"].as_i64().unwrap();
        assert!(inside >= 0);
    }
    let sums = door.surroundings().sums;
    assert_eq!(sums["footfall.in"] - sums["footfall.out"], u64::try_from(inside).unwrap());
}

#[test]
fn a_cold_shelf_stays_cold_and_warms_with_its_door_open() {
    let readings = trace(&mut ColdShelf::new(4.0, 30), 9, 3000);
    let celsius: Vec<f64> = readings.iter().map(|reading| reading.data["celsius"].as_f64().unwrap()).collect();
    let mean = celsius.iter().sum::<f64>() / celsius.len() as f64;
    assert!((3.0..6.0).contains(&mean), "{mean}");
    assert!(celsius.iter().all(|celsius| (0.0..15.0).contains(celsius)));
    assert!(celsius.iter().any(|celsius| *celsius > 5.5), "a door was left open");
}

#[test]
fn a_van_comes_to_each_of_its_stops() {
    let stops = vec![[52.50, 13.40], [52.51, 13.42], [52.49, 13.43]];
    let readings = trace(&mut Van::new(stops.clone(), 5), 2, 1000);
    for stop in stops {
        let was_there = readings.iter().any(|reading| {
            let place = |name: &str| reading.data[name].as_f64().unwrap();
            (place("latitude") - stop[0]).abs() < 0.001 && (place("longitude") - stop[1]).abs() < 0.001
        });
        assert!(was_there, "{stop:?}");
    }
}
