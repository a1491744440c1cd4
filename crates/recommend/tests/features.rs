//! What products are compared by.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use serde_json::json;
use vitrine_catalog::Product;
use vitrine_recommend::Content;
use vitrine_recommend::features::{self, Group};

fn product(title: &str, colour: &str, price: i64) -> Product {
    let value = json!({
        "id": title.to_lowercase().replace(' ', "-"),
        "title": { "en": title, "zh": "" },
        "category": [{ "key": "tops", "name": { "en": "Tops", "zh": "上装" } }],
        "attributes": [{ "key": "colour", "value": { "en": colour, "zh": "" } }],
        "price": { "minor": price, "currency": "EUR" },
        "availability": { "state": "in_stock" }
    });
    serde_json::from_value(value).expect("a product")
}

#[test]
fn attributes_are_style_and_words_are_kind() {
    let features = features::of_product(&product("Linen Shirts", "navy", 4900));
    let group = |key: &str| features.iter().find(|feature| feature.key.starts_with(key)).map(|feature| feature.group);
    assert_eq!(group("colour"), Some(Group::Style));
    assert_eq!(group("title"), Some(Group::Kind));
    assert_eq!(group("category"), Some(Group::Kind));
    assert_eq!(group("price"), Some(Group::Price));
}

#[test]
fn a_feature_given_twice_counts_once() {
    let products = ["navy", "navy", "red", "green"].map(|colour| product("Linen shirt", colour, 4900));
    let once = products.each_ref().map(features::of_product);
    let mut twice = once.clone();
    twice[0].extend(once[0].clone());
    assert_eq!(Content::index(&twice), Content::index(&once));
}

#[test]
fn likeness_is_high_for_equals_and_zero_for_strangers() {
    let products = [
        product("Linen shirt", "navy", 4900),
        product("Linen shirts", "navy", 4900),
        product("Wool cap", "grey", 900),
        product("Silk scarf", "red", 19_900),
    ];
    let content = Content::index(&products.each_ref().map(features::of_product));
    let one = 1 << 20;
    assert!((content.likeness(0, 1) - one).abs() < one / 50, "{}", content.likeness(0, 1));
    assert_eq!(content.likeness(0, 3), 0, "what all products share says nothing");
}
