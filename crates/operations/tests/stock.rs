//! Stock: what each source says, which of them counts, and that a disagreement is shown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use vitrine_devices::epc::{Gtin, Sgtin};
use vitrine_devices::registration::Registration;
use vitrine_devices::{
    CloudEvent, Config, Device, Kind, MemoryJournal, Milli, Ordering, Outcome, Reading, Refusal, RefusalCode, Timestamp,
};
use vitrine_operations::alarm::{AlarmKind, DeviceState, alarms, silent_from, state};
use vitrine_operations::metrics::{Metric, observe};
use vitrine_operations::order::{self, Order, OrderLine, OrderStatus, Price, Stocktake};
use vitrine_operations::rfid::{MAX_PRESENT, Present};
use vitrine_operations::rollup::{Resolution, Rows, add, coarser};
use vitrine_operations::stock::{Source, SourceKind, SourceState, StockEntry, entry, of_device};
use vitrine_operations::{ShopDevice, Things};

const START: i64 = 1_777_881_600_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(START + seconds * 1000)
}

fn device(kind: Kind, config: Config) -> ShopDevice {
    assert_eq!(config.problems(kind), []);
    Device::new(Registration {
        id: "thing-1".parse().unwrap(),
        kind,
        site: "shop".parse().unwrap(),
        name: None,
        sku: Some("jar".parse().unwrap()),
        config,
        ordering: Ordering::Sequence,
        created_at: at(0),
        revoked_at: None,
        keys: Default::default(),
        limits: None,
        desired: Default::default(),
    })
}

/// Sends events of one type, a second apart, received when they happen.
fn send(device: &mut ShopDevice, journal: &mut MemoryJournal, kind: &str, data: &str) -> Outcome {
    let number = device.position() + 1;
    let time = at(i64::try_from(number).unwrap());
    let body = format!(
        r#"{{"specversion":"1.0","id":"e{number}","source":"/s","type":"vitrine.{kind}.v1","sequence":{number},"time":"{time}","data":{data}}}"#
    );
    let Ok(outcome) = device.receive(&CloudEvent::parse(&body).unwrap(), time, journal);
    outcome
}

fn source(kind: SourceKind, device: Option<&str>, units: i64, seconds: i64) -> Source {
    let device = device.map(|device| device.parse().unwrap());
    Source { kind, device, units, between: None, observed_at: at(seconds), state: SourceState::Exact }
}

fn put(sources: impl IntoIterator<Item = Source>, seconds: i64) -> StockEntry {
    entry("jar".parse().unwrap(), "shop".parse().unwrap(), sources, at(seconds))
}

#[test]
fn a_scale_says_how_many_stand_on_it() {
    let mut scale = device(Kind::Scale, Config { unit_grams: Some(Milli::whole(250)), ..Config::default() });
    let mut journal = MemoryJournal::default();
    assert_eq!(of_device(&scale, at(0)), []);
    for _ in 0..2 {
        send(&mut scale, &mut journal, "scale.weight", r#"{"grams":1000.4}"#);
    }
    let stock = of_device(&scale, at(2));
    assert_eq!(stock.len(), 1);
    assert_eq!((stock[0].0.as_str(), stock[0].1.units, stock[0].1.state), ("jar", 4, SourceState::Exact));
    assert_eq!(stock[0].1.observed_at, at(2));
    assert_eq!(scale.shown().things.last[&Metric::ScaleGrams].value, Milli::from_parts(1_000_400));
}

#[test]
fn a_reader_says_how_many_of_each_article_are_there() {
    let gtin = |digits: &str| Gtin::parse(digits).unwrap();
    let tags = BTreeMap::from([
        (gtin("80614141123458"), "jacket".parse().unwrap()),
        (gtin("4006381333931"), "pen".parse().unwrap()),
    ]);
    let mut reader = device(Kind::Rfid, Config { tags, ..Config::default() });
    let mut journal = MemoryJournal::default();
    let urn = |item: &str, serial: u32| format!(r#""urn:epc:id:sgtin:0614141.{item}.{serial}""#);
    let inventory =
        |tags: &[String], complete: bool| format!(r#"{{"tags":[{}],"complete":{complete}}}"#, tags.join(","));
    let units = |reader: &ShopDevice| -> Vec<i64> {
        of_device(reader, at(99)).into_iter().map(|(_, source)| source.units).collect()
    };
    let all: Vec<String> = (0..5).map(|serial| urn("812345", serial)).collect();
    send(&mut reader, &mut journal, "rfid.inventory", &inventory(&all, true));
    assert_eq!(units(&reader), [5, 0]);
    // The same piece as hex digits and as a URN counts once; another article's tag counts for none.
    let more = [r#""3074257BF7194E4000000003""#.to_owned(), urn("812345", 9), urn("812346", 1)];
    send(&mut reader, &mut journal, "rfid.inventory", &inventory(&more, false));
    assert_eq!(units(&reader), [6, 0]);
    let (_, unknown) = reader.shown().things.tags.units(&reader.registration().config.tags);
    assert_eq!(unknown, 1);
    let movement =
        format!(r#"{{"left":[{},{}],"entered":[{}]}}"#, urn("812345", 0), urn("812345", 77), urn("812345", 8));
    send(&mut reader, &mut journal, "rfid.movement", &movement);
    assert_eq!(units(&reader), [6, 0]);
    send(&mut reader, &mut journal, "rfid.inventory", &inventory(&all[..2], true));
    assert_eq!(units(&reader), [2, 0]);
}

#[test]
fn more_tags_than_are_kept_are_refused_by_name() {
    let mut present = Present::default();
    let tag = |serial: u64| Sgtin { gtin: Gtin::parse("80614141123458").unwrap(), serial };
    present.add(&(0..MAX_PRESENT as u64).map(tag).collect::<Vec<_>>());
    assert_eq!(present.refuses(0, "tags"), None);
    let Refusal { code, pointer, .. } = present.refuses(1, "entered").unwrap();
    assert_eq!((code, pointer.as_deref()), (RefusalCode::TooManyTags, Some("/data/entered")));
}

#[test]
fn the_freshest_sensor_counts_and_a_disagreement_is_shown() {
    let stock = put(
        [
            source(SourceKind::Counted, None, 12, 0),
            source(SourceKind::Ordered, None, 9, 500),
            source(SourceKind::Rfid, Some("rack"), 8, 300),
            source(SourceKind::Scale, Some("shelf"), 7, 400),
        ],
        600,
    );
    assert_eq!((stock.units, stock.agreed, stock.spread), (Some(7), false, 2));
    let order: Vec<_> = stock.sources.iter().map(|source| (source.kind, source.age_seconds)).collect();
    let expected =
        [(SourceKind::Scale, 200), (SourceKind::Rfid, 300), (SourceKind::Ordered, 100), (SourceKind::Counted, 600)];
    assert_eq!(order, expected);
}

#[test]
fn old_sensors_count_no_more_and_revoked_ones_neither() {
    let revoked = Source { state: SourceState::Revoked, ..source(SourceKind::Rfid, Some("rack"), 2, 90_000) };
    let stock = put(
        [source(SourceKind::Scale, Some("shelf"), 7, 0), revoked, source(SourceKind::Ordered, None, 9, 10)],
        86_401,
    );
    assert_eq!((stock.units, stock.agreed, stock.spread), (Some(9), true, 0));
    let states: Vec<_> = stock.sources.iter().map(|source| source.state).collect();
    assert_eq!(states, [SourceState::Exact, SourceState::Revoked, SourceState::Old]);
    assert_eq!(put([source(SourceKind::Scale, Some("shelf"), 7, 0)], 86_401).units, None);
    assert_eq!(put([], 0).units, None);
}

#[test]
fn scales_of_one_article_add_up() {
    let stock = put(
        [
            source(SourceKind::Scale, Some("a"), 3, 0),
            source(SourceKind::Scale, Some("b"), 4, 5),
            source(SourceKind::Ordered, None, 7, 0),
        ],
        10,
    );
    assert_eq!((stock.units, stock.agreed), (Some(7), true));
}

#[test]
fn more_ordered_than_counted_is_none_left() {
    let stocktake = Stocktake { units: 5, counted_at: at(0) };
    let sources = order::sources(&stocktake, 8, Some(at(30)));
    assert_eq!((sources[0].units, sources[0].observed_at), (-3, at(30)));
    assert_eq!(put(sources, 60).units, Some(0));
}

#[test]
fn orders_say_what_is_wrong_with_them() {
    let line = OrderLine {
        sku: "jar".parse().unwrap(),
        units: 1,
        price: Some(Price { amount: "19.90".into(), currency: "EUR".into() }),
    };
    let good = Order {
        id: "1042".into(),
        placed_at: at(0),
        site: None,
        lines: vec![line.clone()],
        status: OrderStatus::Placed,
        updated_at: None,
    };
    assert_eq!(good.problems(), []);
    let pointers = |order: Order| order.problems().into_iter().map(|wrong| wrong.pointer).collect::<Vec<_>>();
    assert_eq!(pointers(Order { id: String::new(), lines: vec![], ..good.clone() }), ["/id", "/lines"]);
    let wrong = OrderLine { units: 0, price: Some(Price { amount: "1,5".into(), currency: "eur".into() }), ..line };
    assert_eq!(
        pointers(Order { lines: vec![wrong], updated_at: Some(at(-1)), ..good }),
        ["/lines/0/units", "/lines/0/price/amount", "/lines/0/price/currency", "/updatedAt"]
    );
}

#[test]
fn a_fridge_alarms_after_it_was_too_warm_for_longer_than_tolerated() {
    let config = Config {
        max_celsius: Some(Milli::whole(7)),
        min_celsius: Some(Milli::whole(0)),
        tolerance_seconds: Some(3),
        silent_after_seconds: Some(60),
        ..Config::default()
    };
    let mut fridge = device(Kind::ColdChain, config);
    let mut journal = MemoryJournal::default();
    assert_eq!((state(&fridge, at(0)), silent_from(&fridge)), (DeviceState::Waiting, None));
    let mut read = |fridge: &mut ShopDevice, celsius: &str| {
        send(fridge, &mut journal, "cold-chain.temperature", &format!(r#"{{"celsius":{celsius},"doorOpen":true}}"#));
    };
    for celsius in ["4", "8.5", "9", "6.9", "8", "8", "8"] {
        read(&mut fridge, celsius);
        assert_eq!(alarms(&fridge, at(8)), [], "{celsius}");
    }
    read(&mut fridge, "9.25");
    let alarm = alarms(&fridge, at(8))[0];
    assert_eq!((alarm.kind, alarm.since), (AlarmKind::TooWarm, at(5)));
    assert_eq!((alarm.value, alarm.limit), (Some(Milli::from_parts(9250)), Some(Milli::whole(7))));
    assert_eq!(state(&fridge, at(8)), DeviceState::Alarm);
    assert_eq!(fridge.shown().things.cold.open_since, Some(at(1)));
    read(&mut fridge, "5");
    assert_eq!(state(&fridge, at(9)), DeviceState::Live);
    assert_eq!((silent_from(&fridge), state(&fridge, at(69))), (Some(at(69)), DeviceState::Silent));
    for _ in 0..4 {
        read(&mut fridge, "-0.1");
    }
    assert_eq!(alarms(&fridge, at(13))[0].kind, AlarmKind::TooCold);
    let revoked = Registration { revoked_at: Some(at(14)), ..fridge.registration().clone() };
    fridge.change(revoked, at(14), &mut journal).unwrap();
    assert_eq!((state(&fridge, at(15)), alarms(&fridge, at(15))), (DeviceState::Revoked, vec![]));
}

#[test]
fn settings_of_another_kind_are_refused_by_name() {
    let config = Config { unit_grams: Some(Milli::whole(0)), max_celsius: Some(Milli::whole(7)), ..Config::default() };
    let pointers = |kind| config.problems(kind).into_iter().map(|wrong| wrong.pointer).collect::<Vec<_>>();
    assert_eq!(pointers(Kind::Scale), ["/unitGrams", "/maxCelsius"]);
    assert_eq!(pointers(Kind::ColdChain), ["/unitGrams"]);
}

proptest! {
    /// Rows are the same whatever the order, and hours and days of minutes are those of the values themselves.
    #[test]
    fn rows_do_not_depend_on_order(values in prop::collection::vec((-1_000_000_i64..1_000_000, 0_i64..200_000), 1..80), seed: u64) {
        let rows = |values: &[(i64, i64)], resolution| {
            let mut rows = Rows::new();
            for &(value, seconds) in values {
                add(&mut rows, resolution, Metric::ScaleGrams, Milli::from_parts(value), at(seconds));
            }
            rows
        };
        let mut shuffled = values.clone();
        fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
        let minutes = rows(&values, Resolution::Minute);
        prop_assert_eq!(&minutes, &rows(&shuffled, Resolution::Minute));
        let hours = coarser(&minutes, Resolution::Hour);
        prop_assert_eq!(&hours, &rows(&shuffled, Resolution::Hour));
        prop_assert_eq!(coarser(&hours, Resolution::Day), rows(&values, Resolution::Day));
        let count: u64 = hours.values().map(|row| row.count).sum();
        prop_assert_eq!(count, values.len() as u64);
    }

    /// Everything that a device adds up to survives being stored, after any events.
    #[test]
    fn things_survive_being_stored(readings in prop::collection::vec((0..4_u8, -90_000..1_000_000_i64, any::<bool>()), 0..30)) {
        let mut scale = device(Kind::Scale, Config { unit_grams: Some(Milli::whole(100)), ..Config::default() });
        let mut journal = MemoryJournal::default();
        for (_, grams, stable) in readings {
            send(&mut scale, &mut journal, "scale.weight", &format!(r#"{{"grams":{},"stable":{stable}}}"#, grams as f64 / 10.0));
        }
        let things = &scale.shown().things;
        let text = serde_json::to_string(things).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Things>(&text).unwrap(), things);
    }
}

#[test]
fn each_event_adds_its_values_once() {
    let config = Config { unit_grams: Some(Milli::whole(100)), ..Config::default() };
    let values = |reading: Reading| {
        let mut values = Vec::new();
        observe(&reading, &config, |metric, value| values.push((metric.as_str(), value.to_f64())));
        values
    };
    let weight = |stable| Reading::ScaleWeight { grams: Milli::whole(260), stable, celsius: None };
    assert_eq!(values(weight(true)), [("events", 1.0), ("scale.grams", 260.0), ("scale.units", 3.0)]);
    assert_eq!(values(weight(false)), [("events", 1.0), ("scale.grams", 260.0)]);
    let footfall = Reading::FootfallCount { entered: 4, left: 3, seconds: 60 };
    assert_eq!(values(footfall), [("events", 1.0), ("footfall.in", 4.0), ("footfall.out", 3.0)]);
    for metric in Metric::ALL {
        assert_eq!(Metric::named(metric.as_str()), Some(metric));
        assert_eq!(serde_json::to_string(&metric).unwrap(), format!("\"{metric}\""));
    }
}
