//! The small shop that the tests visit: 24 hand-made products and 24 shoppers, shared with the parity vectors.

#![allow(dead_code, reason = "every test file uses its own part")]

use std::collections::BTreeMap;

use vitrine_catalog::{Interaction, Product};
use vitrine_pack::{Pack, PackWriter};
use vitrine_recommend::{Prior, Rules, Settings};
use vitrine_storefront::{RecommendRequest, Recommendations, Storefront, catalogue_writer};

const CATALOGUE: &str = include_str!("../../../../tests/parity/catalogue.jsonl");
const SHOPPERS: &str = include_str!("../../../../tests/parity/shoppers.txt");

pub(crate) fn products() -> Vec<Product> {
    CATALOGUE.lines().map(|line| serde_json::from_str(line).expect("a product per line")).collect()
}

/// A pack that learned from the 24 shoppers.
pub(crate) fn trained() -> PackWriter {
    let products = products();
    let numbers: BTreeMap<&str, u32> = products.iter().map(|product| product.id.as_str()).zip(0..).collect();
    let session = |line: &str| line.split_whitespace().skip(1).map(|item| numbers[item]).collect();
    let sequences: Vec<Vec<u32>> = SHOPPERS.lines().map(session).collect();
    let items = products.len() as u32;
    let mut observations = vec![0; products.len()];
    sequences.iter().flatten().for_each(|&item| observations[item as usize] += 1);
    let prior = Prior::popularity(observations).to_section().expect("a log was given");
    catalogue_writer(&products, "Corner shop", "2026-01-31")
        .and_then(|writer| writer.settings("recommend", &Settings::default()))
        .expect("products are JSON")
        .section("rules", 1, "bin", Rules::fit(&sequences, items, 0.5, 64).to_section())
        .section("popularity", 1, "bin", prior)
}

/// The pack of the same products without any log.
pub(crate) fn untrained() -> Pack {
    vitrine_storefront::pack_catalogue(&products(), "Corner shop", "2026-01-31").expect("products are JSON")
}

pub(crate) fn storefront() -> Storefront {
    Storefront::open(&trained().finish()).expect("the pack is whole")
}

/// Events e1, e2 … from words like `view tee-navy`.
pub(crate) fn events(what: &[&str]) -> Vec<Interaction> {
    let event = |(index, text): (usize, &&str)| {
        let (kind, item) = text.split_once(' ').expect("kind and item");
        let (id, at) = (format!("e{}", index + 1), 1_700_000_000_000_u64 + index as u64 * 1000);
        serde_json::from_value(serde_json::json!({ "id": id, "kind": kind, "item": item, "at": at })).expect("an event")
    };
    what.iter().enumerate().map(event).collect()
}

/// A storefront whose shopper did all this.
pub(crate) fn visited(what: &[&str]) -> Storefront {
    let mut storefront = storefront();
    assert_eq!(storefront.set_events(events(what)), Vec::<String>::new());
    storefront
}

/// A request written as the page writes it.
pub(crate) fn request(json: serde_json::Value) -> RecommendRequest {
    serde_json::from_value(json).expect("a request")
}

pub(crate) fn ask(storefront: &mut Storefront, json: serde_json::Value) -> Recommendations {
    storefront.recommend(&request(json)).expect("the request is sound")
}

pub(crate) fn ids(answer: &Recommendations) -> Vec<&str> {
    answer.items.iter().map(|item| item.id.as_str()).collect()
}
