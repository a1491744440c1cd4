//! What must hold for any bytes: nothing panics, nothing is accepted that was not signed, what is accepted is so again.
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    unreachable_pub,
    reason = "a failure here is what is looked for"
)]

use serde_json::value::RawValue;
use vitrine_devices::cloud_event::{self, Mode};
use vitrine_devices::event_types::TYPES;
use vitrine_devices::key::{Material, PublicKey, Secret};
use vitrine_devices::standard_webhook::{Headers, verify};
use vitrine_devices::{CloudEvent, Keys, Reading, Timestamp};

/// The two messages that were ever signed with the keys below, both at the same second with an empty body: names and
/// signatures, made by `tests/vectors/signatures.py`.
pub const SIGNED: [(&str, &str); 2] = [
    ("0", "v1,4VEum2yKENbK01trxGq7m9h2iR97a1oNErKDdGxvcXI="),
    ("msg_2", "v1a,H4B1GiS9Jht5QWrFYv5d4UAoujOxnhqUnjXVUtn+nxp1O6yezXa16OrENAz1z7Pc87Tx3yZBf//pdbYbi4+5DA=="),
];
/// Their timestamp.
pub const TIMESTAMP: &str = "1777881602";
const SECRET: &str = "whsec_SI1EvLGJd+/Hshm9CGYo29wUMeUP5KS3";
const PUBLIC: &str = "whpk_s/2ZYEFJk98sho9i6UL6IbKQ13R6qzzUOW1rCuO+eY0=";

/// Headers and body, parted by zero bytes: only what was signed is taken. Says whether it was.
pub fn signature(bytes: &[u8]) -> bool {
    let mut parts = bytes.splitn(4, |byte| *byte == 0);
    let mut text = || std::str::from_utf8(parts.next().unwrap_or_default());
    let (Ok(id), Ok(timestamp), Ok(signature)) = (text(), text(), text()) else { return false };
    let body = parts.next().unwrap_or_default();
    let mut keys = Keys::default();
    let start = Timestamp::from_milliseconds(0);
    keys.add(Material::V1 { secret: Secret::parse(SECRET).unwrap() }, start, i64::MAX).unwrap();
    keys.add(Material::V1a { public_key: PublicKey::parse(PUBLIC).unwrap() }, start, i64::MAX).unwrap();
    let now = Timestamp::from_milliseconds(1_777_881_602_000);
    let taken = verify(&keys, &Headers { id, timestamp, signature }, body, now).is_ok();
    if taken {
        let content = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
        assert!(SIGNED.iter().any(|(id, _)| content == [id.as_bytes(), b".", TIMESTAMP.as_bytes(), b"."].concat()));
    }
    taken
}

/// A body in either mode: what is read as an event is read so again from its own text.
pub fn cloud_event(bytes: &[u8]) {
    for mode in [Mode::One, Mode::Batch] {
        let Ok(events) = cloud_event::parse(mode, bytes) else { continue };
        assert!(matches!(events.len(), 1..=cloud_event::MAX_BATCH));
        for event in events.into_iter().flatten() {
            let again = CloudEvent::parse(event.raw).unwrap();
            assert_eq!((&again.id, &again.source, &again.kind), (&event.id, &event.source, &event.kind));
            assert_eq!((again.time, again.epoch, again.sequence), (event.time, event.epoch, event.sequence));
            assert!(event.says_the_same(&again));
            assert!(matches!(event.id.chars().count(), 1..=cloud_event::MAX_ID));
        }
    }
}

/// A number of an event type, and its data: what is taken lies within the limits.
pub fn event_type(bytes: &[u8]) {
    let Some((which, data)) = bytes.split_first() else { return };
    let known = &TYPES[usize::from(*which) % TYPES.len()];
    let Ok(Ok(data)) = std::str::from_utf8(data).map(serde_json::from_str::<&RawValue>) else { return };
    match known.parse(data) {
        Ok(Reading::ScaleWeight { grams, .. }) => assert!((-100_000.0..=1_000_000.0).contains(&grams.to_f64())),
        Ok(Reading::RfidInventory { tags, .. }) => assert!(tags.len() <= 2000),
        Ok(Reading::ColdChainTemperature { celsius, .. }) => assert!((-80.0..=100.0).contains(&celsius.to_f64())),
        Ok(Reading::VehiclePosition { latitude, .. }) => assert!((-90.0..=90.0).contains(&latitude.to_f64())),
        Ok(_) => {}
        Err(refusal) => assert!(refusal.pointer.is_some_and(|pointer| pointer.starts_with("/data"))),
    }
}
