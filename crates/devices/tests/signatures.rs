//! Signatures: those of independent implementations fit, and nothing else does.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure in a helper is a failed test")]

use proptest::prelude::*;
use serde::Deserialize;
use vitrine_devices::key::{KeyError, Material, OVERLAP, PublicKey, Secret};
use vitrine_devices::standard_webhook::{Headers, Signer, Unauthenticated, verify};
use vitrine_devices::{Algorithm, Keys, Timestamp};

#[derive(Deserialize)]
struct Vector {
    secret: String,
    seed: Option<String>,
    public: Option<String>,
    id: String,
    timestamp: i64,
    body: String,
    signature: String,
}

/// See `vectors/signatures.py`.
fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!("vectors/signatures.json")).unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(seconds * 1000)
}

fn keys(materials: impl IntoIterator<Item = Material>) -> Keys {
    let mut keys = Keys::default();
    for material in materials {
        keys.add(material, at(0), i64::MAX).unwrap();
    }
    keys
}

fn material(vector: &Vector) -> Material {
    match &vector.public {
        Some(public) => Material::V1a { public_key: PublicKey::parse(public).unwrap() },
        None => Material::V1 { secret: Secret::parse(&vector.secret).unwrap() },
    }
}

fn check(vector: &Vector, keys: &Keys, signature: &str, now: i64) -> Result<String, Unauthenticated> {
    let timestamp = vector.timestamp.to_string();
    let headers = Headers { id: &vector.id, timestamp: &timestamp, signature };
    verify(keys, &headers, vector.body.as_bytes(), at(now)).map(|key| key.id.to_string())
}

#[test]
fn other_implementations_signatures_fit_and_ours_are_the_same() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 55);
    for vector in &vectors {
        let keys = keys([material(vector)]);
        assert_eq!(check(vector, &keys, &vector.signature, vector.timestamp), Ok("k1".into()));
        for secret in [Some(&vector.secret), vector.seed.as_ref()].into_iter().flatten() {
            let signer = Signer::parse(secret).unwrap();
            assert_eq!(signer.sign(&vector.id, vector.timestamp, vector.body.as_bytes()), vector.signature);
            assert_eq!(signer.public_key(), vector.public);
        }
    }
}

#[test]
fn a_change_anywhere_fits_no_more() {
    for vector in &vectors() {
        let keys = keys([material(vector)]);
        let refused = |vector: &Vector| check(vector, &keys, &vector.signature, vector.timestamp).unwrap_err();
        let other = |change: fn(&mut Vector)| {
            let mut other = vectors().into_iter().find(|other| other.signature == vector.signature).unwrap();
            change(&mut other);
            other
        };
        assert_eq!(refused(&other(|vector| vector.id.push('x'))), Unauthenticated::NoMatch);
        assert_eq!(refused(&other(|vector| vector.timestamp += 1)), Unauthenticated::NoMatch);
        assert_eq!(refused(&other(|vector| vector.body.push(' '))), Unauthenticated::NoMatch);
        let base64 = vector.signature.split_once(',').unwrap().1;
        for wrong in ["v1", "v1a", "v2", ""].map(|version| format!("{version},{}", base64.replace('A', "B"))) {
            if wrong != vector.signature {
                assert!(check(vector, &keys, &wrong, vector.timestamp).is_err(), "{wrong}");
            }
        }
    }
}

#[test]
fn the_window_is_five_minutes_either_way() {
    let vector = &vectors()[0];
    let keys = keys([material(vector)]);
    let check = |seconds: i64| check(vector, &keys, &vector.signature, vector.timestamp + seconds);
    assert!(check(300).is_ok() && check(-300).is_ok());
    assert_eq!(check(301), Err(Unauthenticated::Stale));
    assert_eq!(check(-301), Err(Unauthenticated::Stale));
}

#[test]
fn either_of_two_keys_fits_until_it_expires_or_is_deleted() {
    let all = vectors();
    let (old, new) = (&all[0], &all[40]);
    let mut keys = Keys::default();
    keys.add(material(old), at(old.timestamp - 10), OVERLAP).unwrap();
    keys.add(material(new), at(old.timestamp), 100_000).unwrap();
    assert_eq!(check(old, &keys, &format!("v1,AAAA {} v1a,", old.signature), old.timestamp), Ok("k1".into()));
    assert_eq!(check(new, &keys, &new.signature, new.timestamp), Ok("k2".into()));
    assert_eq!(check(old, &keys, &old.signature, old.timestamp + 99), Ok("k1".into()));
    assert_eq!(check(old, &keys, &old.signature, old.timestamp + 100), Err(Unauthenticated::NoMatch));
    assert_eq!(keys.add(material(old), at(old.timestamp), 0).unwrap_err(), KeyError::TwoLive);
    assert!(keys.remove(&"k2".parse().unwrap()));
    assert!(!keys.remove(&"k2".parse().unwrap()));
    assert_eq!(check(new, &keys, &new.signature, new.timestamp), Err(Unauthenticated::NoMatch));
    // A name is never given twice.
    assert_eq!(keys.add(material(new), at(old.timestamp), 0).unwrap().id.as_str(), "k3");
}

#[test]
fn malformed_headers_are_refused() {
    let vector = &vectors()[0];
    let keys = keys([material(vector)]);
    let check = |id: &str, timestamp: &str, signature: &str| {
        verify(&keys, &Headers { id, timestamp, signature }, vector.body.as_bytes(), at(vector.timestamp)).unwrap_err()
    };
    let good = vector.timestamp.to_string();
    assert_eq!(check("", &good, &vector.signature), Unauthenticated::Malformed);
    assert_eq!(check(&"x".repeat(257), &good, &vector.signature), Unauthenticated::Malformed);
    for timestamp in ["", "-1", "1e9", "+1777881600", " 1777881600", "1777881600.0", "9999999999999"] {
        assert_eq!(check(&vector.id, timestamp, &vector.signature), Unauthenticated::Malformed, "{timestamp}");
    }
    let ninth = format!("{}{}", "v1,x ".repeat(8), vector.signature);
    for signature in ["", " ", "v1", "v1,", "v1,AAAA", &vector.signature[3..], &ninth] {
        assert_eq!(check(&vector.id, &good, signature), Unauthenticated::NoMatch, "{signature}");
    }
}

#[test]
fn keys_that_are_none_are_refused() {
    use base64ct::{Base64, Encoding};
    let text = |prefix: &str, bytes: &[u8]| format!("{prefix}{}", Base64::encode_string(bytes));
    assert_eq!(Secret::parse("secret").unwrap_err(), KeyError::Form("whsec_"));
    assert_eq!(Secret::parse("whsec_???").unwrap_err(), KeyError::Form("whsec_"));
    assert_eq!(Secret::parse(&text("whsec_", &[1; 23])).unwrap_err(), KeyError::SecretLength);
    assert_eq!(Secret::parse(&text("whsec_", &[1; 65])).unwrap_err(), KeyError::SecretLength);
    assert_eq!(PublicKey::parse(&text("whpk_", &[1; 31])).unwrap_err(), KeyError::NotAKey);
    // The neutral element fits signatures of anything.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(PublicKey::parse(&text("whpk_", &neutral)).unwrap_err(), KeyError::NotAKey);
    assert_eq!(Signer::parse(&text("whsk_", &[7; 40])).unwrap_err(), KeyError::NotAKey);
    // A key pair whose halves do not belong together.
    assert_eq!(Signer::parse(&text("whsk_", &[7; 64])).unwrap_err(), KeyError::NotAKey);
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let (material, secret) = Material::generate(Algorithm::V1, &[200; 32]);
    let shown = format!("{material:?} {:?} {:?}", Signer::parse(&secret).unwrap(), keys([material.clone()]));
    assert!(!shown.contains("200") && !shown.contains(&secret[8..]), "{shown}");
}

proptest! {
    #[test]
    fn what_is_generated_signs_and_survives_being_stored(
        random: [u8; 32], v1a: bool, id in "[!-~]{1,64}", seconds in 0_i64..4_000_000_000, body: Vec<u8>,
    ) {
        let algorithm = if v1a { Algorithm::V1a } else { Algorithm::V1 };
        let (material, secret) = Material::generate(algorithm, &random);
        prop_assert_eq!(material.algorithm(), algorithm);
        let stored = serde_json::to_string(&keys([material])).unwrap();
        let keys: Keys = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(v1a, !stored.contains(&secret));
        let signature = Signer::parse(&secret).unwrap().sign(&id, seconds, &body);
        let headers = Headers { id: &id, timestamp: &seconds.to_string(), signature: &signature };
        prop_assert!(verify(&keys, &headers, &body, at(seconds)).is_ok());
    }
}
