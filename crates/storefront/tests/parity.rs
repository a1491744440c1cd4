//! The parity vectors: what this build answers is what `tests/parity/vectors.json` says, to the last bit.
//!
//! The browser test replays the same file through WebAssembly in Chromium. After a change of the ranking on
//! purpose, write the file again with `VITRINE_WRITE_VECTORS=1 cargo test -p vitrine-storefront --test parity`.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failure in a test is the message"
)]

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

use common::{ask, events, storefront};
use serde_json::{Value, json};

/// What shoppers did before they asked.
const SESSIONS: [&[&str]; 4] = [
    &[],
    &["view shirt-linen"],
    &["view tee-navy", "cart jeans-navy", "view jacket-denim", "purchase jeans-navy", "view coat-check"],
    &["view scarf-stripe", "view scarf-stripe", "cart tee-stripe", "view trousers-black", "cart shirt-white"],
];

fn requests() -> Vec<Value> {
    vec![
        json!({ "limit": 6 }),
        json!({ "scenario": "product", "item": "tee-stripe", "limit": 5, "diversity": 0, "language": "zh" }),
        json!({ "scenario": "together", "item": "shirt-check", "limit": 5, "filter": { "price": { "max": 13900 } } }),
        json!({ "scenario": "basket", "limit": 4, "diversity": 0.8, "without": ["e3"] }),
        json!({ "scenario": "category", "category": ["tops"], "limit": 6, "language": "zh",
            "filter": { "inStock": false, "attributes": { "material": ["cotton"] } } }),
        json!({ "limit": 6, "without": ["e1"], "diversity": 1,
            "boost": [{ "match": { "brands": ["Fold"] }, "by": 0.25, "label": { "en": "House brand", "zh": "自有品牌" } },
                      { "match": { "attributes": { "colour": ["黑色"] } }, "by": -0.5 }] }),
    ]
}

/// One vector a line, so that differences read well.
fn vectors() -> String {
    let mut vectors = Vec::new();
    for session in SESSIONS {
        let events = events(session);
        for request in requests() {
            let mut storefront = storefront();
            storefront.set_events(events.clone());
            let answer = ask(&mut storefront, request.clone());
            vectors.push(json!({ "events": events, "request": request, "answer": answer }).to_string());
        }
    }
    format!("[\n{}\n]\n", vectors.join(",\n"))
}

/// Every file of `tests/parity` that is made from the others.
fn files() -> BTreeMap<PathBuf, Vec<u8>> {
    let pack = common::trained().finish();
    let mut files = BTreeMap::from([(PathBuf::from("pack/manifest.json"), pack.manifest_json())]);
    for section in &pack.manifest().sections {
        files.insert(PathBuf::from("pack").join(&section.file), pack.sections()[&section.name].clone());
    }
    files.insert("vectors.json".into(), vectors().into_bytes());
    files
}

#[test]
fn answers_are_those_of_the_vectors_to_the_last_bit() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity");
    let write = env::var_os("VITRINE_WRITE_VECTORS").is_some();
    if write {
        let _ = fs::remove_dir_all(folder.join("pack"));
        fs::create_dir_all(folder.join("pack")).expect("the folder can be made");
    }
    for (file, bytes) in files() {
        let path = folder.join(&file);
        if write {
            fs::write(&path, &bytes).expect("the file can be written");
        }
        let kept = fs::read(&path).unwrap_or_default();
        assert!(kept == bytes, "{} differs; see the first lines of this test", file.display());
    }
}
