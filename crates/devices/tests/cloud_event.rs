//! CloudEvents: what is taken, and what is said of the rest.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]

use serde_json::{Value, json};
use vitrine_devices::cloud_event::{self, MAX_BATCH, Mode, Unreadable};
use vitrine_devices::{CloudEvent, Kind, Reading, RefusalCode};

fn event() -> Value {
    json!({
        "specversion": "1.0",
        "id": "A234-1234-1234",
        "source": "https://shop.example/devices#scale-1",
        "type": "vitrine.scale.weight.v1",
        "time": "2018-04-05T17:31:00.2509+02:00",
        "subject": "shelf 3",
        "comexampleextension1": "value",
        "comexampleothervalue": 5,
        "datacontenttype": "application/json; charset=UTF-8",
        "sequence": "00000000000007",
        "epoch": 1_777_881_600,
        "data": { "grams": 1250.5, "batteryVolts": 3.1 },
    })
}

/// Pointer and reason with one attribute changed.
fn refusal(name: &str, value: Option<Value>) -> (String, String) {
    let mut event = event();
    match value {
        Some(value) => event[name] = value,
        None => drop(event.as_object_mut().unwrap().remove(name)),
    }
    let text = event.to_string();
    let refused = CloudEvent::parse(&text).unwrap_err();
    assert_eq!(refused.refusal.code, RefusalCode::InvalidEvent);
    if name != "id" {
        assert_eq!(refused.id.unwrap(), "A234-1234-1234");
    }
    (refused.refusal.pointer.unwrap(), refused.refusal.detail)
}

#[test]
fn an_event_with_everything() {
    let text = format!(" {} \n", event());
    let event = CloudEvent::parse_body(&text).unwrap().unwrap();
    assert_eq!((event.id.as_ref(), event.source.as_ref()), ("A234-1234-1234", "https://shop.example/devices#scale-1"));
    assert_eq!(event.time.to_string(), "2018-04-05T15:31:00.250Z");
    assert_eq!((event.epoch, event.sequence), (1_777_881_600, Some(7)));
    assert_eq!(event.subject.as_deref(), Some("shelf 3"));
    // What is stored is the event as it was sent, with what is not known here.
    assert_eq!(event.raw, text.trim());
    assert!(event.raw.contains("comexampleothervalue") && event.raw.contains("batteryVolts"));
    assert!(matches!(
        Reading::parse(&event.kind, Kind::Scale, event.data),
        Ok(Reading::ScaleWeight { stable: true, .. })
    ));
}

#[test]
fn every_attribute_is_refused_by_name_and_place() {
    let about = |name: &str, value: Option<Value>| {
        let (pointer, detail) = refusal(name, value);
        assert_eq!(pointer, format!("/{name}"));
        detail
    };
    for name in ["specversion", "id", "source", "type", "time", "data"] {
        assert_eq!(about(name, None), format!("{name} is missing"));
        assert_eq!(about(name, Some(Value::Null)), format!("{name} is missing"));
        assert!(about(name, Some(json!(7))).contains("must be"), "{name}");
    }
    assert_eq!(about("specversion", Some(json!("0.3"))), "specversion must be \"1.0\"");
    assert!(about("id", Some(json!(""))).contains("1 to 128 characters"));
    assert!(about("id", Some(json!("重".repeat(129)))).contains("1 to 128 characters"));
    assert!(about("source", Some(json!("a b"))).contains("URI reference"));
    assert!(about("source", Some(json!("%4"))).contains("URI reference"));
    assert!(about("time", Some(json!("2018-04-05"))).contains("RFC 3339"));
    assert!(about("datacontenttype", Some(json!("text/xml"))).contains("application/json"));
    assert!(about("data_base64", Some(json!("AAAA"))).contains("is not taken"));
    assert!(about("data", Some(json!([1]))).contains("must be an object"));
    for wrong in [
        json!(0),
        json!(-1),
        json!(1.5),
        json!("x"),
        json!(""),
        json!("1e3"),
        json!(9_007_199_254_740_992_u64),
        json!([]),
    ] {
        assert!(about("sequence", Some(wrong)).contains("whole number from 1"));
    }
    assert!(about("epoch", Some(json!(-1))).contains("whole number from 0"));
}

#[test]
fn an_attribute_that_stands_there_twice_is_refused() {
    let text = event().to_string().replacen('{', r#"{"id":"other","#, 1);
    let refused = CloudEvent::parse(&text).unwrap_err();
    assert_eq!(refused.refusal.to_string(), "invalid-event at /id: id stands there twice");
    let twice = r#"{"grams":1,"grams":2}"#;
    let data = serde_json::value::RawValue::from_string(twice.into()).unwrap();
    let refusal = Reading::parse("vitrine.scale.weight.v1", Kind::Scale, &data).unwrap_err();
    assert_eq!(refusal.to_string(), "invalid-data at /data/grams: grams stands there twice");
}

#[test]
fn types_are_refused_by_name() {
    let data = serde_json::value::RawValue::from_string("{}".into()).unwrap();
    let refusal = Reading::parse("com.example.other", Kind::Scale, &data).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnknownType);
    assert!(refusal.detail.contains("com.example.other") && refusal.detail.contains("vitrine.vehicle.position.v1"));
    let refusal = Reading::parse("vitrine.rfid.inventory.v1", Kind::Scale, &data).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::WrongTypeForDevice);
    assert!(refusal.detail.contains("rfid") && refusal.detail.contains("scale"));
    // The state of the device itself may come from any kind.
    let data = serde_json::value::RawValue::from_string(r#"{"version":1,"reported":{}}"#.into()).unwrap();
    for kind in Kind::ALL {
        assert!(Reading::parse("vitrine.twin.reported.v1", kind, &data).is_ok());
    }
}

#[test]
fn in_a_batch_each_event_is_refused_alone() {
    let batch = json!([event(), 5, { "id": "b" }, event()]).to_string();
    let events = cloud_event::parse(Mode::Batch, batch.as_bytes()).unwrap();
    assert!(events[0].is_ok() && events[3].is_ok());
    assert_eq!(events[1].as_ref().unwrap_err().refusal.detail, "an event is a JSON object");
    assert_eq!(events[2].as_ref().unwrap_err().id.as_deref(), Some("b"));
}

#[test]
fn bodies_without_events_say_why() {
    let one = |body: &[u8]| cloud_event::parse(Mode::One, body).map(drop);
    let batch = |body: &str| cloud_event::parse(Mode::Batch, body.as_bytes()).map(drop);
    assert_eq!(one(b"{\"a\":\"\xff\"}"), Err(Unreadable::NotUtf8 { at: 6 }));
    for wrong in ["", "{", "{]", "[1,", "{}{}", "{\"a\":}"] {
        assert!(matches!(one(wrong.as_bytes()), Err(Unreadable::NotJson { .. })), "{wrong}");
        assert!(matches!(batch(wrong), Err(Unreadable::NotJson { .. })), "{wrong}");
    }
    // JSON, but no object: that is an event that is refused.
    for wrong in ["[]", "5", "null", "\"x\""] {
        let events = cloud_event::parse(Mode::One, wrong.as_bytes()).unwrap();
        assert_eq!(events[0].as_ref().unwrap_err().refusal.detail, "an event is a JSON object");
    }
    assert_eq!(batch("{}"), Err(Unreadable::NotAnArray));
    assert_eq!(batch("[]"), Err(Unreadable::BatchSize { found: 0 }));
    let many = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
    assert_eq!(batch(&many(MAX_BATCH)), Ok(()));
    assert_eq!(batch(&many(MAX_BATCH + 1)), Err(Unreadable::BatchSize { found: MAX_BATCH + 1 }));
}

#[test]
fn deep_nesting_and_large_numbers_are_no_trouble() {
    let mut deep = event();
    deep["data"]["grams"] = json!(1);
    let text = deep.to_string().replace("3.1", &format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)));
    assert!(CloudEvent::parse_body(&text).unwrap().is_ok());
    let data = |text: &str| serde_json::value::RawValue::from_string(text.into()).unwrap();
    let refusal = |text: &str| Reading::parse("vitrine.scale.weight.v1", Kind::Scale, &data(text)).unwrap_err().detail;
    assert_eq!(refusal(r#"{"grams":1e400}"#), "grams must be a number");
    assert_eq!(refusal(r#"{"grams":1000000.001}"#), "grams must be from -100000 to 1000000, is 1000000.001");
    let reported = format!(r#"{{"version":1,"reported":{}1{}}}"#, r#"{"a":"#.repeat(40), "}".repeat(40));
    let refusal = Reading::parse("vitrine.twin.reported.v1", Kind::Scale, &data(&reported)).unwrap_err();
    assert_eq!(refusal.detail, "reported must not nest deeper than 32 levels");
}

#[test]
fn content_types() {
    for (text, mode) in [
        ("application/cloudevents+json", Some(Mode::One)),
        ("Application/CloudEvents+JSON; charset=UTF-8", Some(Mode::One)),
        ("application/cloudevents+json;charset=\"utf-8\"", Some(Mode::One)),
        ("application/cloudevents-batch+json", Some(Mode::Batch)),
        ("application/cloudevents+json; charset=latin1", None),
        ("application/json", None),
        ("application/cloudevents", None),
        ("", None),
    ] {
        assert_eq!(Mode::of(text), mode, "{text}");
    }
}
