//! The demo's fleet, as its file describes it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a failure in a test is the message")]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;
use vitrine_device_simulator::{
    SimulatorError,
    alive::{FleetFile, Happens},
};

fn in_house(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

/// Ids of the demo's products and of their variants.
fn sold() -> BTreeSet<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let products = in_house("demo/catalogue.jsonl");
    let products = products.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let ids = |product: Value| {
        let variants = product["variants"].as_array().unwrap().iter().map(|variant| text(&variant["sku"]));
        variants.chain([text(&product["id"])]).collect::<Vec<_>>()
    };
    products.flat_map(ids).collect()
}

#[test]
fn the_demos_fleet_stands_under_products_that_the_demo_sells() {
    let fleet = FleetFile::parse(&in_house("demo/fleet.json")).unwrap();
    let sold = sold();
    let mut shelves = 0;
    for device in &fleet.devices {
        let skus: Vec<&String> = match &device.behaviour {
            Happens::Scale { sku, .. } => vec![sku],
            Happens::Rfid { items, .. } => items.keys().collect(),
            _ => continue,
        };
        shelves += 1;
        assert!(skus.iter().all(|sku| sold.contains(*sku)), "{skus:?}");
    }
    assert!(shelves > 2);
}

#[test]
fn a_wrong_description_is_refused_with_the_reason() {
    let problem = |text: &str| match FleetFile::parse(text) {
        Err(SimulatorError::Fleet(problem)) => problem,
        other => panic!("{other:?}"),
    };
    assert!(problem("{").contains("line 1"));
    assert!(problem(r#"{"devices":[]}"#).contains("empty"));
    let door = r#"{"id":"a","site":"b","name":"c","behaviour":{"kind":"footfall","seconds":5,"busiest":3}}"#;
    assert!(problem(&format!(r#"{{"devices":[{door},{door}]}}"#)).contains("two devices"));
    let gate = door.replace("footfall", "gate");
    assert!(problem(&format!(r#"{{"devices":[{gate}]}}"#)).contains("gate"));
}
