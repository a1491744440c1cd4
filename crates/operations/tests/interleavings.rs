//! Stock after any interleaving of reorderings, duplicates and crashes is that of each event once, in order.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use vitrine_devices::device::rebuild;
use vitrine_devices::registration::Registration;
use vitrine_devices::{CloudEvent, Config, Device, Kind, MemoryJournal, Ordering, Outcome, Timestamp};
use vitrine_operations::stock::of_device;
use vitrine_operations::{ShopDevice, Things};

const START: i64 = 1_777_881_600_000;

/// What a reader says: everything that is there, some that are there as well, or what came in and went out.
#[derive(Clone, Debug)]
enum Said {
    All(BTreeSet<u8>),
    Also(BTreeSet<u8>),
    Moved(BTreeSet<u8>, BTreeSet<u8>),
}

fn said() -> impl Strategy<Value = Said> {
    let some = || prop::collection::btree_set(0..40_u8, 0..6);
    prop_oneof![
        1 => prop::collection::btree_set(0..40_u8, 0..20).prop_map(Said::All),
        2 => some().prop_map(Said::Also),
        4 => (some(), some()).prop_map(|(entered, left)| Said::Moved(entered, left)),
    ]
}

fn body(number: usize, said: &Said) -> String {
    let tags = |tags: &BTreeSet<u8>| {
        let tags: Vec<_> = tags.iter().map(|serial| format!(r#""urn:epc:id:sgtin:0614141.812345.{serial}""#)).collect();
        format!("[{}]", tags.join(","))
    };
    let (kind, data) = match said {
        Said::All(all) => ("inventory", format!(r#"{{"tags":{},"complete":true}}"#, tags(all))),
        Said::Also(also) => ("inventory", format!(r#"{{"tags":{},"complete":false}}"#, tags(also))),
        Said::Moved(entered, left) => ("movement", format!(r#"{{"entered":{},"left":{}}}"#, tags(entered), tags(left))),
    };
    let time = Timestamp::from_milliseconds(START + i64::try_from(number).unwrap() * 1000);
    format!(
        r#"{{"specversion":"1.0","id":"e{number}","source":"/gate","type":"vitrine.rfid.{kind}.v1","sequence":{number},"time":"{time}","data":{data}}}"#
    )
}

/// The truth, told by itself.
fn present(all: &[Said]) -> BTreeSet<u8> {
    all.iter().fold(BTreeSet::new(), |mut present, said| {
        match said {
            Said::All(all) => present.clone_from(all),
            Said::Also(also) => present.extend(also),
            Said::Moved(entered, left) => {
                present.extend(entered);
                present.retain(|tag| !left.contains(tag));
            }
        }
        present
    })
}

proptest! {
    #[test]
    fn of_a_gate(all in prop::collection::vec(said(), 1..60), fates in prop::collection::vec((0..20_usize, 1..3_usize, any::<bool>()), 60)) {
        let gtin = "80614141123458".parse().unwrap();
        let config = Config { tags: BTreeMap::from([(gtin, "jacket".parse().unwrap())]), ..Config::default() };
        let mut device: ShopDevice = Device::new(Registration {
            id: "gate".parse().unwrap(),
            kind: Kind::Rfid,
            site: "shop".parse().unwrap(),
            name: None,
            sku: None,
            config,
            ordering: Ordering::Sequence,
            created_at: Timestamp::from_milliseconds(START),
            revoked_at: None,
            keys: Default::default(),
            limits: None,
            desired: Default::default(),
        });
        let bodies: Vec<String> = all.iter().enumerate().map(|(at, said)| body(at + 1, said)).collect();
        let mut arrivals: Vec<_> = (0..all.len())
            .flat_map(|at| (0..fates[at].1).map(move |copy| (at, copy)))
            .map(|(at, copy)| (at + fates[at].0 + copy * 7, at))
            .collect();
        arrivals.sort_unstable();
        let mut journal = MemoryJournal::default();
        let now = Timestamp::from_milliseconds(START + 100_000);
        for (_, at) in arrivals {
            let Ok(outcome) = device.receive(&CloudEvent::parse(&bodies[at]).unwrap(), now, &mut journal);
            prop_assert!(matches!(outcome, Outcome::Stored(_) | Outcome::Duplicate));
            if fates[at].2 {
                let registration = device.registration_text().unwrap();
                device = Device::restore(&registration, &device.state_text().unwrap(), &device.ledger_text().unwrap()).unwrap();
            }
        }
        prop_assert_eq!(device.counts().accepted, all.len() as u64);
        prop_assert_eq!(device.gaps(), vec![]);
        let in_order = rebuild::<Things>(device.registration(), bodies.iter().map(String::as_str));
        prop_assert_eq!(device.shown(), &in_order);
        let stock = of_device(&device, now);
        prop_assert_eq!(stock[0].1.units, i64::try_from(present(&all).len()).unwrap());
    }
}
