//! The schemas that are published and the checks that are made agree.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

use std::cell::Cell;

use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use vitrine_devices::event_types::{Field, Shape, TYPES, schema};
use vitrine_devices::{CloudEvent, RefusalCode, cloud_event};

fn data(value: &Value) -> Box<RawValue> {
    RawValue::from_string(value.to_string()).unwrap()
}

/// Values at, beside and beyond the limits, and of other types.
fn values(field: &'static Field) -> BoxedStrategy<Value> {
    let anything = prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!("12")),
        Just(json!([])),
        Just(json!([1])),
        Just(json!({})),
        Just(json!(1e300)),
        Just(json!(-0.0)),
        Just(json!(0.5)),
    ];
    let number = |least: f64, greatest: f64| {
        prop_oneof![
            4 => least..=greatest,
            1 => prop_oneof![Just(least), Just(greatest), Just(least - 0.001), Just(greatest + 0.001), Just(greatest * 10.0 + 1.0)],
        ]
    };
    let fitting = match field.shape {
        Shape::Number { least, greatest } => number(least, greatest).prop_map(|number| json!(number)).boxed(),
        Shape::Whole { least, greatest } => {
            let (low, high) = (least as f64, greatest.min(1 << 52) as f64);
            prop_oneof![
                4 => (least..=greatest).prop_map(|number| json!(number)),
                1 => number(low, high).prop_map(|number| json!(number)),
                1 => (least..=greatest.min(1 << 52)).prop_map(|number| json!(number as f64)),
                1 => Just(json!(greatest + 1)),
            ]
            .boxed()
        }
        Shape::Boolean => any::<bool>().prop_map(|value| json!(value)).boxed(),
        Shape::Tags { most } => {
            let tag = prop_oneof![
                40 => (0..1_u64 << 38).prop_map(|serial| json!(format!("urn:epc:id:sgtin:0614141.812345.{serial}"))),
                40 => (0..1_u64 << 38).prop_map(|serial| json!(format!("{:024X}", 0x3074257BF7194E4000000000_u128 | u128::from(serial)))),
                1 => Just(json!("3174257BF7194E4000001A85")),
                1 => Just(json!("urn:epc:id:sgtin:0614141.812345.01")),
                1 => Just(json!(5)),
            ];
            prop_oneof![
                20 => prop::collection::vec(tag, 0..6).prop_map(|tags| json!(tags)),
                1 => Just(json!(vec!["3074257BF7194E4000001A85"; most])),
                1 => Just(json!(vec!["3074257BF7194E4000001A85"; most + 1])),
            ]
            .boxed()
        }
        Shape::Object { .. } => {
            prop::collection::btree_map("[a-z]{1,4}", any::<i32>(), 0..4).prop_map(|map| json!(map)).boxed()
        }
    };
    prop_oneof![9 => fitting, 1 => anything].boxed()
}

/// `data` of a type: most fields there, some missing, some that are not known.
fn datas(at: usize) -> impl Strategy<Value = Value> {
    let fields: Vec<_> = TYPES[at]
        .fields
        .iter()
        .map(|field| {
            (prop::bool::weighted(0.93), values(field)).prop_map(|(there, value)| there.then_some((field.name, value)))
        })
        .collect();
    (fields, prop::option::weighted(0.2, Just(json!([{}])))).prop_map(|(fields, unknown)| {
        let mut object: Map<String, Value> =
            fields.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect();
        object.extend(unknown.map(|value| ("batteryVolts".to_owned(), value)));
        Value::Object(object)
    })
}

fn any_data() -> impl Strategy<Value = (usize, Value)> {
    (0..TYPES.len()).prop_flat_map(|at| (Just(at), datas(at)))
}

fn validators() -> Vec<Validator> {
    TYPES.iter().map(|known| jsonschema::options().build(&schema(known)).unwrap()).collect()
}

thread_local! {
    static EVENT: Validator =
        jsonschema::options().should_validate_formats(true).build(&cloud_event::schema()).unwrap();
}

#[test]
fn schemas_are_schemas() {
    for known in TYPES {
        assert!(jsonschema::meta::is_valid(&schema(known)), "{}", known.name);
    }
    assert!(jsonschema::meta::is_valid(&cloud_event::schema()));
}

#[test]
fn data_is_taken_where_its_schema_takes_it() {
    let validators = validators();
    let (taken, refused) = (Cell::new(0), Cell::new(0));
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases: 2000, ..ProptestConfig::default() });
    runner
        .run(&any_data(), |(at, value)| {
            let parsed = TYPES[at].parse(&data(&value));
            let valid = validators[at].is_valid(&value);
            let side = if valid { &taken } else { &refused };
            side.set(side.get() + 1);
            prop_assert_eq!(parsed.is_ok(), valid, "{} {}: {:?}", TYPES[at].name, value, parsed);
            if let Err(refusal) = parsed {
                prop_assert_eq!(refusal.code, RefusalCode::InvalidData);
                // The pointer leads to what is wrong, or to what is missing.
                let pointer = refusal.pointer.unwrap();
                let name = pointer.strip_prefix("/data/").unwrap().split('/').next().unwrap().to_owned();
                prop_assert!(TYPES[at].fields.iter().any(|field| field.name == name), "{}", pointer);
                let whole = json!({ "data": value });
                prop_assert!(whole.pointer(&pointer).is_some() || whole["data"].get(&name).is_none(), "{}", pointer);
            }
            Ok(())
        })
        .unwrap();
    // Neither side of the comparison is empty.
    assert!(taken.get() > 500 && refused.get() > 500, "{} taken, {} refused", taken.get(), refused.get());
}

/// An event in which one attribute is missing, wrong or unusual.
fn events() -> impl Strategy<Value = Value> {
    let attribute = prop_oneof![
        "id",
        "source",
        "type",
        "time",
        "specversion",
        "subject",
        "dataschema",
        "datacontenttype",
        "data_base64",
        "sequence",
        "epoch",
        "data",
        "traceparent"
    ]
    .boxed();
    let value = prop_oneof![
        Just(None),
        Just(Some(Value::Null)),
        prop_oneof![
            Just(json!(1)),
            Just(json!(0)),
            Just(json!(-1)),
            Just(json!(1.0)),
            Just(json!(1.5)),
            Just(json!(9_007_199_254_740_991_u64)),
            Just(json!(9_007_199_254_740_992_u64))
        ]
        .prop_map(Some),
        prop_oneof![
            "[0-9]{1,15}",
            "",
            "1.0",
            "0",
            "007",
            "application/json",
            "text/plain",
            "urn:uuid:1",
            "a b",
            "%4",
            "%4f",
            "\u{e9}",
            "a\u{7}b",
            "x{128}",
            "x{129}",
            "x{256}",
            "x{257}",
            "重{128}",
            "重{129}"
        ]
        .prop_map(|text| Some(json!(text))),
        prop_oneof![Just(json!([])), Just(json!({})), Just(json!(true))].prop_map(Some),
    ];
    (any_data(), attribute, value).prop_map(|((at, data), attribute, value)| {
        let mut event = json!({
            "specversion": "1.0", "id": "a", "source": "/s", "type": TYPES[at].name, "time": "2026-05-04T09:30:00.250Z", "sequence": "1", "data": data,
        });
        let object = event.as_object_mut().unwrap();
        match value {
            Some(value) => object.insert(attribute, value),
            None => object.remove(&attribute),
        };
        event
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn an_event_is_taken_where_its_schema_takes_it(event in events()) {
        let text = event.to_string();
        let parsed = CloudEvent::parse(&text);
        let taken = parsed.as_ref().is_ok_and(|event| {
            let known = TYPES.iter().find(|known| known.name == event.kind);
            known.is_some_and(|known| known.parse(event.data).is_ok())
        });
        prop_assert_eq!(taken, EVENT.with(|schema| schema.is_valid(&event)), "{}: {:?}", text, parsed.err());
    }
}
