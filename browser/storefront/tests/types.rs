//! The TypeScript types say what the Rust types say: the same fields, the same words.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vitrine_catalog::{
    Attribute, Category, Currency, FeedFormat, FeedOptions, InteractionKind, Language, Measure, Picture, PictureRole,
    Product, Variant,
};
use vitrine_storefront::{
    Boost, BoostMatch, FeedImport, Filter, PriceRange, ProductQuery, RecommendRequest, Scenario, Sort, Storefront,
    pack_catalogue,
};

const TYPES: &str = include_str!("../src/types.ts");
const CATALOGUE: &str = include_str!("../../../tests/parity/catalogue.jsonl");

type Names = BTreeSet<String>;

/// The fields of `export interface NAME`.
fn interface(name: &str) -> Names {
    let body =
        TYPES.split_once(&format!("export interface {name} {{\n")).and_then(|(_, rest)| rest.split_once("\n}\n"));
    let (body, _) = body.expect(name);
    let lines = body.lines().map(str::trim).filter(|line| !line.starts_with(['/', '*']));
    lines.filter_map(|line| line.split_once(':')).map(|(field, _)| field.trim_end_matches('?').to_owned()).collect()
}

/// The words of `export type NAME = 'a' | 'b'`.
fn union(name: &str) -> Names {
    let body = TYPES.split_once(&format!("export type {name} =")).and_then(|(_, rest)| rest.split_once(';'));
    quoted(body.expect(name).0, '\'')
}

/// What Rust reads, taken from how it refuses what it does not know.
fn read<T: DeserializeOwned>(unknown: Value) -> Names {
    let refused = serde_json::from_value::<T>(unknown).err().expect("it is unknown").to_string();
    quoted(refused.split_once("expected").expect("it names what it knows").1, '`')
}

fn fields<T: DeserializeOwned>() -> Names {
    read::<T>(json!({ "?": 0 }))
}

fn words<T: DeserializeOwned>() -> Names {
    read::<T>(json!("?"))
}

fn quoted(text: &str, quote: char) -> Names {
    text.split(quote).skip(1).step_by(2).map(str::to_owned).collect()
}

/// The fields that Rust writes in any of `objects`.
fn written<'a>(objects: impl IntoIterator<Item = &'a Value>) -> Names {
    objects.into_iter().filter_map(Value::as_object).flat_map(|object| object.keys().cloned()).collect()
}

#[test]
fn what_is_read_has_the_declared_fields() {
    let pairs = [
        ("RecommendRequest", fields::<RecommendRequest>()),
        ("Filter", fields::<Filter>()),
        ("PriceRange", fields::<PriceRange>()),
        ("Boost", fields::<Boost>()),
        ("BoostMatch", fields::<BoostMatch>()),
        ("ProductQuery", fields::<ProductQuery>()),
        ("Product", fields::<Product>()),
        ("Category", fields::<Category>()),
        ("Attribute", fields::<Attribute>()),
        ("Variant", fields::<Variant>()),
        ("Picture", fields::<Picture>()),
        ("FeedFormatOptions", fields::<FeedOptions>()),
    ];
    for (name, found) in pairs {
        assert_eq!(interface(name), found, "{name}");
    }
}

#[test]
fn closed_sets_of_words_are_declared_whole() {
    assert_eq!(union("Language"), words::<Language>());
    assert_eq!(union("Scenario"), words::<Scenario>());
    assert_eq!(union("Sort"), words::<Sort>());
    assert_eq!(union("Measure"), words::<Measure>());
    assert_eq!(union("FeedFormat"), words::<FeedFormat>());
    assert!(TYPES.contains("kind: 'view' | 'cart' | 'purchase';") && words::<InteractionKind>().len() == 3);
    assert!(TYPES.contains("role: 'front' | 'back' | 'detail';") && words::<PictureRole>().len() == 3);
}

#[test]
fn what_is_written_has_the_declared_fields() {
    let products: Vec<Product> = CATALOGUE.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let pack = pack_catalogue(&products, "shop", "2026-01-31").expect("products are JSON");
    let mut storefront = Storefront::open(&pack).expect("the pack is whole");
    let event = json!({ "id": "e1", "kind": "view", "item": "tee-navy", "at": 0 });
    assert_eq!(interface("Interaction"), written([&event]));
    storefront.set_events(vec![serde_json::from_value(event).expect("an event")]);
    let request = json!({ "limit": 24, "boost": [{ "match": { "category": ["tops"] }, "by": 0.1 }] });
    let answer = storefront.recommend(&serde_json::from_value(request).expect("a request")).expect("it is sound");
    let page = storefront.products(&ProductQuery::default()).expect("it is sound");
    let shop = storefront.shop();
    let json = |value: Result<Value, serde_json::Error>| value.expect("it is JSON");
    let answer = json(serde_json::to_value(&answer));
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let items = list(&answer["items"]);
    let reasons: Vec<Value> = items.iter().flat_map(|item| list(&item["reasons"])).collect();
    let shared: Vec<Value> = reasons.iter().flat_map(|reason| list(&reason["shared"])).collect();
    let categories = list(&json(serde_json::to_value(shop.categories())));
    let pairs = BTreeMap::from([
        ("Recommendations", written([&answer])),
        ("ScoredItem", written(&items)),
        ("Reason", written(&reasons)),
        ("Shared", written(&shared)),
        ("Receipt", written([&answer["receipt"]])),
        ("ProductPage", written([&json(serde_json::to_value(&page))])),
        ("CategoryNode", written(&categories)),
        ("PackAbout", written([&json(serde_json::to_value(shop.about()))])),
        ("Money", written([&json(serde_json::to_value(products[0].price))])),
        ("Localized", written([&json(serde_json::to_value(&products[0].title))])),
        ("SizeRow", written(&list(&json(serde_json::to_value(&products[10].sizes))))),
    ]);
    for (name, found) in pairs {
        assert_eq!(interface(name), found, "{name}");
    }
    let sources: Names = reasons.iter().filter_map(|reason| reason["source"].as_str()).map(str::to_owned).collect();
    assert!(sources.len() >= 4 && sources.is_subset(&union("ReasonSource")), "{sources:?}");
}

#[test]
fn what_an_import_reports_has_the_declared_fields() {
    let currency = Currency::new("EUR").ok();
    let mut import = FeedImport::new(FeedOptions { currency, ..FeedOptions::default() });
    let progress = import.push(b"id,title,price\ntee,Tee,29\ncap,Cap,cheap\n").expect("it is a table");
    let (_, report) = import.finish("shop", "2026-01-31").expect("there is a product");
    let json = |value: Result<Value, serde_json::Error>| value.expect("it is JSON");
    let report = json(serde_json::to_value(&report));
    assert_eq!(interface("FeedProgress"), written([&json(serde_json::to_value(progress))]));
    assert_eq!(interface("FeedReport"), written([&report]));
    assert_eq!(interface("FeedProblem"), written(report["problems"].as_array().into_iter().flatten()));
}
