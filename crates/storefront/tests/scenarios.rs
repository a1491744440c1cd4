//! What each place on the page suggests.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failure in a test is the message"
)]

mod common;

use common::{ask, ids, storefront, untrained, visited};
use serde_json::json;
use vitrine_storefront::{ReasonSource, Storefront, StorefrontError};

#[test]
fn before_the_first_click_home_shows_what_is_popular() {
    let answer = ask(&mut storefront(), json!({ "limit": 3, "diversity": 0 }));
    assert_eq!(answer.items[0].id.as_str(), "jeans-navy", "the most frequent item of shoppers.txt");
    assert!(answer.items.iter().all(|item| item.reasons[0].source == ReasonSource::Popularity));
}

#[test]
fn every_click_moves_home_towards_what_was_clicked() {
    let summer = ask(&mut visited(&["view shirt-linen"]), json!({ "limit": 3 }));
    assert_eq!(ids(&summer)[0], "trousers-linen");
    let both = ask(&mut visited(&["view shirt-linen", "view coat-check"]), json!({ "limit": 3 }));
    assert!(ids(&both).contains(&"scarf-rust"), "{:?}", ids(&both));
}

#[test]
fn a_shop_without_a_log_follows_the_first_click_by_content() {
    let mut storefront = Storefront::open(&untrained()).unwrap();
    assert!(!storefront.shop().about().has_rules);
    storefront.set_events(common::events(&["view shirt-linen"]));
    let answer = ask(&mut storefront, json!({ "limit": 4, "diversity": 0 }));
    let best = &answer.items[0];
    assert_eq!((best.id.as_str(), best.reasons[0].source), ("trousers-linen", ReasonSource::Content));
    let last = answer.items[0].reasons.last().unwrap();
    assert_eq!(last.source, ReasonSource::Featured, "the shop's order stands in for popularity");
}

#[test]
fn beside_a_product_stand_others_that_are_like_it_or_follow_it() {
    let answer = ask(&mut storefront(), json!({ "scenario": "product", "item": "tee-navy", "limit": 6 }));
    assert!(!ids(&answer).contains(&"tee-navy"));
    assert!(ids(&answer).contains(&"tee-white") && ids(&answer).contains(&"jeans-navy"), "{:?}", ids(&answer));
    assert_eq!(answer.receipt.filtered["anchor"], 1);
}

#[test]
fn what_goes_together_comes_from_other_categories() {
    let answer = ask(&mut storefront(), json!({ "scenario": "together", "item": "tee-navy", "limit": 100 }));
    assert!(!answer.items.is_empty());
    assert!(ids(&answer).iter().all(|id| !id.starts_with("tee-")), "{:?}", ids(&answer));
    assert_eq!(answer.receipt.filtered["kind"], 3, "the four other tees but the one that is sold out");
    let style = answer.items.iter().flat_map(|item| &item.reasons).filter(|r| r.source == ReasonSource::Content);
    let keys: Vec<&str> = style.flat_map(|reason| &reason.shared).map(|shared| shared.key.as_str()).collect();
    assert!(keys.iter().all(|key| ["colour", "material", "pattern"].contains(key)), "{keys:?}");
}

#[test]
fn beside_the_basket_stands_what_goes_with_it() {
    let mut storefront = visited(&["cart shirt-linen", "view tee-navy", "cart jeans-navy", "purchase jeans-navy"]);
    let answer = ask(&mut storefront, json!({ "scenario": "basket", "limit": 100 }));
    assert!(ids(&answer).iter().all(|id| !id.starts_with("shirt-")), "only the linen shirt is still in the basket");
    assert!(ids(&answer).contains(&"jeans-black"), "what was bought is no longer in the basket");
    let named = ask(&mut storefront, json!({ "scenario": "basket", "items": ["tee-navy", "gone"], "limit": 100 }));
    assert!(ids(&named).contains(&"shirt-white") && !ids(&named).contains(&"tee-white"));
    assert_eq!(named.receipt.unknown, ["gone"]);
}

#[test]
fn a_category_shows_its_own_products_in_the_shoppers_order() {
    let request = json!({ "scenario": "category", "category": ["tops", "shirts"], "limit": 100 });
    let before = ask(&mut storefront(), request.clone());
    let after = ask(&mut visited(&["view trousers-linen"]), request);
    assert!(ids(&after).iter().all(|id| id.starts_with("shirt-")));
    assert_eq!((before.items.len(), after.items.len()), (5, 5));
    let linen = ["shirt-floral", "shirt-linen"];
    assert!(linen.contains(&ids(&after)[0]) && linen.contains(&ids(&after)[1]), "{:?}", ids(&after));
    assert!(!linen.contains(&ids(&before)[0]), "{:?}", ids(&before));
}

#[test]
fn a_product_that_the_pack_does_not_hold_leaves_the_session_to_speak() {
    let request = json!({ "scenario": "product", "item": "brand-new", "limit": 3 });
    let answer = ask(&mut visited(&["view shirt-linen"]), request);
    assert_eq!(answer.receipt.unknown, ["brand-new"]);
    assert!(ids(&answer).contains(&"trousers-linen"));
}

#[test]
fn a_request_that_makes_no_sense_is_refused_by_field() {
    let refused = [
        (json!({ "limit": 0 }), "limit"),
        (json!({ "limit": 101 }), "limit"),
        (json!({ "diversity": 1.5 }), "diversity"),
        (json!({ "scenario": "product" }), "item"),
        (json!({ "scenario": "category" }), "category"),
        (json!({ "boost": [{ "match": { "brands": ["Fold"] }, "by": 2 }] }), "boost"),
        (json!({ "boost": [{ "match": {}, "by": 0.5 }] }), "boost"),
    ];
    for (json, expected) in refused {
        let error = storefront().recommend(&common::request(json.clone())).expect_err("it makes no sense");
        assert!(matches!(error, StorefrontError::Request { field, .. } if field == expected), "{json}: {error}");
        assert_eq!(error.code(), "request");
    }
}
