//! Damaged headers, events and data give errors: never a panic, never something accepted that must not be. Each target
//! runs for two seconds; `VITRINE_FUZZ_SECONDS` makes it longer, `VITRINE_FUZZ_SEED` repeats a run.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failure in a helper is a failed test"
)]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::time::{Duration, Instant};

use vitrine_devices::event_types::TYPES;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 40] = [
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-",
    "0",
    "1e400",
    "9007199254740992",
    "0.5",
    ".",
    " ",
    "\u{0}",
    "é",
    "\u{202e}",
    "v1,",
    "v1a,",
    "whsec_",
    "=",
    "/",
    "+",
    "\"data\":{}",
    "\"data_base64\":\"\"",
    "\"id\":\"a\",",
    "\"sequence\":1,",
    "2026-05-04T09:30:60Z",
    "-0000-01-01T00:00:00Z",
    "urn:epc:id:sgtin:0614141.812345.6789",
    "3074257BF7194E4000001A85",
    "\"tags\":[",
    "\"complete\":true",
    "\"grams\":1",
    "application/json",
];

fn damage(bytes: &mut Vec<u8>, random: &mut fastrand::Rng) {
    for _ in 0..random.usize(0..6) {
        let at = random.usize(..=bytes.len());
        let end = (at + random.usize(..8)).min(bytes.len());
        match random.u8(..6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.insert(at, random.u8(..)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
            _ => drop(bytes.splice(at..end, PIECES[random.usize(..PIECES.len())].bytes())),
        }
    }
}

/// Says how to find a failure again.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("VITRINE_FUZZ_SEED={} finds the same first", self.0);
        }
    }
}

fn fuzz(target: fn(&[u8]), seeds: &[Vec<u8>]) {
    let first = number("VITRINE_FUZZ_SEED", 1);
    let until = Instant::now() + Duration::from_secs(number("VITRINE_FUZZ_SECONDS", 2));
    let mut rounds = 0;
    while Instant::now() < until {
        let _seed = Seed(first + rounds);
        let mut random = fastrand::Rng::with_seed(first + rounds);
        let mut bytes = seeds[random.usize(..seeds.len())].clone();
        damage(&mut bytes, &mut random);
        target(&bytes);
        rounds += 1;
    }
    eprintln!("{rounds} rounds");
    assert!(rounds > 100, "{rounds} rounds");
}

#[test]
fn only_what_was_signed_is_taken() {
    let seeds: Vec<Vec<u8>> = targets::SIGNED
        .iter()
        .map(|(id, signature)| [id.as_bytes(), targets::TIMESTAMP.as_bytes(), signature.as_bytes(), b""].join(&0))
        .collect();
    assert!(seeds.iter().all(|seed| targets::signature(seed)));
    fuzz(|bytes| _ = targets::signature(bytes), &seeds);
}

fn data() -> [&'static str; 7] {
    [
        r#"{"grams":1250.5,"stable":true,"celsius":21.5}"#,
        r#"{"tags":["3074257BF7194E4000001A85","urn:epc:id:sgtin:0614141.812345.6789"],"complete":true}"#,
        r#"{"entered":["3074257BF7194E4000001A85"],"left":[]}"#,
        r#"{"in":3,"out":2,"seconds":60}"#,
        r#"{"celsius":4.25,"humidity":61,"doorOpen":false}"#,
        r#"{"latitude":52.5,"longitude":13.4,"metersPerSecond":8.3,"heading":271,"accuracyMeters":5}"#,
        r#"{"version":3,"reported":{"interval":30,"network":{"ssid":"shop"}}}"#,
    ]
}

#[test]
fn any_body_is_events_or_an_error() {
    let event = |at: usize| {
        format!(
            r#"{{"specversion":"1.0","id":"a{at}","source":"/s","type":"{}","time":"2026-05-04T09:30:00.250Z","sequence":"7","epoch":1,"datacontenttype":"application/json","data":{}}}"#,
            TYPES[at].name,
            data()[at]
        )
    };
    let mut seeds: Vec<Vec<u8>> = (0..TYPES.len()).map(|at| event(at).into_bytes()).collect();
    seeds.push(format!("[{},{}]", event(0), event(4)).into_bytes());
    fuzz(targets::cloud_event, &seeds);
}

#[test]
fn any_data_is_a_reading_or_an_error() {
    let seeds: Vec<Vec<u8>> =
        data().iter().enumerate().map(|(at, data)| [&[u8::try_from(at).unwrap()], data.as_bytes()].concat()).collect();
    fuzz(targets::event_type, &seeds);
}
