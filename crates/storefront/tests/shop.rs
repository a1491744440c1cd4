//! A shop opens from a whole pack, lists its products, and refuses what it cannot trust.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failure in a test is the message"
)]

mod common;

use common::{storefront, trained, untrained};
use serde_json::json;
use vitrine_pack::Pack;
use vitrine_storefront::{CategoryNode, ProductQuery, Shop, StorefrontError};

fn listed(query: serde_json::Value) -> (u32, Vec<String>) {
    let query: ProductQuery = serde_json::from_value(query).unwrap();
    let storefront = storefront();
    let page = storefront.products(&query).unwrap();
    (page.total, page.products.iter().map(|product| product.id.as_str().to_owned()).collect())
}

#[test]
fn it_says_what_it_is() {
    let about = storefront().shop().about();
    assert_eq!((about.id.as_str(), about.created.as_str(), about.items), ("corner-shop", "2026-01-31", 24));
    assert_eq!((about.languages, about.currency), (vec!["en".to_owned(), "zh".to_owned()], Some("EUR".to_owned())));
    assert!(about.has_rules && !about.simulated);
    assert!(!Shop::open(&untrained()).unwrap().about().has_rules);
}

#[test]
fn categories_count_everything_below_them_in_the_shops_order() {
    let tree = storefront().shop().categories();
    let count = |nodes: &[CategoryNode]| nodes.iter().map(|n| (n.key.to_string(), n.count)).collect::<Vec<_>>();
    let named = |names: &[(&str, u32)]| names.iter().map(|&(n, c)| (n.to_owned(), c)).collect::<Vec<_>>();
    assert_eq!(count(&tree), named(&[("tops", 10), ("bottoms", 6), ("outer", 5), ("extras", 3)]));
    assert_eq!(count(&tree[0].children), named(&[("tees", 5), ("shirts", 5)]));
    assert_eq!(tree[2].children[1].name.zh, "大衣");
}

#[test]
fn a_list_comes_in_the_order_and_the_slice_asked_for() {
    let (total, cheapest) = listed(json!({ "sort": "price-ascending", "limit": 2 }));
    assert_eq!((total, cheapest), (24, vec!["tee-navy".to_owned(), "tee-white".to_owned()]));
    assert_eq!(listed(json!({ "sort": "price-descending", "offset": 1, "limit": 1 })).1, ["coat-black"]);
    assert_eq!(listed(json!({ "sort": "title", "limit": 1, "category": ["outer"] })).1, ["coat-check"]);
    assert_eq!(listed(json!({ "offset": 100 })), (24, vec![]));
}

#[test]
fn a_list_shows_what_is_sold_out_unless_told_otherwise() {
    assert_eq!(listed(json!({ "category": ["tops", "tees"] })).0, 5);
    assert_eq!(listed(json!({ "category": ["tops", "tees"], "filter": { "inStock": true } })).0, 4);
}

#[test]
fn named_products_come_in_the_order_of_their_names() {
    let (total, found) = listed(json!({ "ids": ["scarf-rust", "gone", "tee-navy", "scarf-rust"] }));
    assert_eq!((total, found), (2, vec!["scarf-rust".to_owned(), "tee-navy".to_owned()]));
}

#[test]
fn a_section_that_makes_no_sense_is_named() {
    let cases = [
        ("catalogue", b"[{}]".to_vec()),
        ("rules", vec![1, 2, 3]),
        ("popularity", vec![0; 7]),
        ("popularity", vec![0; 8]),
    ];
    for (section, bytes) in cases {
        let pack = trained().section(section, 1, "x", bytes).finish();
        let error = Shop::open(&pack).expect_err("it makes no sense");
        assert_eq!((error.section(), error.code()), (Some(section), "pack-content"), "{error}");
    }
}

#[test]
fn a_newer_section_is_refused_by_name() {
    let error = Shop::open(&trained().section("rules", 2, "bin", vec![]).finish()).expect_err("it is newer");
    assert_eq!((error.section(), error.code()), (Some("rules"), "pack-section-version"));
}

#[test]
fn a_product_listed_twice_is_refused() {
    let twice = [common::products(), common::products()].concat();
    let error = Shop::open(&vitrine_storefront::pack_catalogue(&twice, "x", "2026-01-31").unwrap()).expect_err("twice");
    assert!(error.to_string().contains("tee-navy"), "{error}");
}

#[test]
fn settings_out_of_range_are_refused() {
    let settings =
        json!({ "decay": 2.0, "content": 1, "confidence": 8, "prior": 0, "background": 0, "cart": 1, "purchase": 1 });
    let error =
        Shop::open(&trained().settings("recommend", &settings).unwrap().finish()).expect_err("decay is below 1");
    assert!(matches!(error, StorefrontError::Model(_)) && error.to_string().contains("decay"), "{error}");
}

#[test]
fn an_empty_shop_opens_and_suggests_nothing() {
    let pack = vitrine_storefront::pack_catalogue(&[], "empty", "2026-01-31").unwrap();
    let reopened = Pack::open(&pack.manifest_json(), pack.sections().clone()).unwrap();
    let mut storefront = vitrine_storefront::Storefront::open(&reopened).unwrap();
    assert!(common::ask(&mut storefront, json!({})).items.is_empty());
}
