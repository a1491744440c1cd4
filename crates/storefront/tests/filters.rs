//! Filters let through what they say, and boosts move what they name.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failure in a test is the message"
)]

mod common;

use common::{ask, ids, storefront};
use serde_json::{Value, json};
use vitrine_catalog::Availability;
use vitrine_recommend::Score;
use vitrine_storefront::{ReasonSource, Recommendations, Storefront, pack_catalogue};

fn filtered(filter: Value) -> Recommendations {
    ask(&mut storefront(), json!({ "limit": 100, "filter": filter }))
}

#[test]
fn what_is_sold_out_is_suggested_only_on_request() {
    assert!(!ids(&filtered(json!({}))).contains(&"tee-rust"));
    assert!(ids(&filtered(json!({ "inStock": false }))).contains(&"tee-rust"));
}

#[test]
fn a_product_whose_every_variant_is_sold_out_is_sold_out() {
    let mut products = common::products();
    for variant in products.iter_mut().flat_map(|product| &mut product.variants) {
        variant.availability = Availability::OutOfStock;
    }
    let pack = pack_catalogue(&products, "shop", "2026-01-31").unwrap();
    let answer = ask(&mut Storefront::open(&pack).unwrap(), json!({ "limit": 100 }));
    assert!(!ids(&answer).contains(&"jeans-navy") && ids(&answer).contains(&"jeans-black"));
}

#[test]
fn a_category_holds_what_is_below_it() {
    assert_eq!(filtered(json!({ "category": ["tops"] })).items.len(), 9);
    assert_eq!(filtered(json!({ "category": ["tops", "shirts"] })).items.len(), 5);
    assert_eq!(filtered(json!({ "category": ["shirts"] })).items.len(), 0, "paths start at the root");
    assert_eq!(filtered(json!({ "category": [] })).items.len(), 22, "the root holds everything");
}

#[test]
fn prices_include_both_ends() {
    let answer = filtered(json!({ "price": { "min": 2900, "max": 3600 } }));
    let mut found = ids(&answer);
    found.sort_unstable();
    assert_eq!(found, ["scarf-ecru", "tee-navy", "tee-stripe", "tee-white"]);
}

#[test]
fn attributes_match_in_either_language_and_all_keys_must() {
    let answer = filtered(json!({ "attributes": { "colour": ["navy", "白色"], "material": ["cotton"] } }));
    let mut found = ids(&answer);
    found.sort_unstable();
    assert_eq!(found, ["shirt-stripe", "shirt-white", "tee-navy", "tee-stripe", "tee-white"]);
    assert_eq!(filtered(json!({ "attributes": { "colour": [] } })).items.len(), 22, "no value asks for nothing");
}

#[test]
fn brands_and_exclusions_hold() {
    let answer = filtered(json!({ "brands": ["Fold"], "exclude": ["shirt-white"] }));
    assert!(ids(&answer).iter().all(|id| id.starts_with("shirt-") || id.starts_with("coat-")));
    assert!(!ids(&answer).contains(&"shirt-white"));
    assert_eq!(answer.receipt.filtered["exclude"], 1);
}

#[test]
fn a_boost_lifts_what_it_names_and_says_so_in_its_own_words() {
    let plain = ask(&mut storefront(), json!({ "limit": 24, "diversity": 0 }));
    let boost =
        json!([{ "match": { "items": ["coat-check"] }, "by": 1, "label": { "en": "Autumn sale", "zh": "秋季促销" } }]);
    let boosted = ask(&mut storefront(), json!({ "limit": 24, "diversity": 0, "boost": boost, "language": "zh" }));
    assert_ne!(ids(&plain)[0], "coat-check");
    let best = &boosted.items[0];
    assert_eq!(best.id.as_str(), "coat-check");
    let reason = best.reasons.iter().find(|reason| reason.source == ReasonSource::Boost).expect("it was boosted");
    assert_eq!(reason.sentence, "秋季促销");
    assert_eq!(reason.amount, plain.items[0].score, "`by` 1 adds the best unboosted score");
}

#[test]
fn a_negative_boost_puts_things_back() {
    let boost = json!([{ "match": { "category": ["bottoms", "jeans"] }, "by": -1 }]);
    let answer = ask(&mut storefront(), json!({ "limit": 100, "diversity": 0, "boost": boost }));
    let last: Vec<&str> = ids(&answer).into_iter().rev().take(3).collect();
    assert!(last.iter().all(|id| id.starts_with("jeans-")), "{last:?}");
    let reason = answer.items.last().and_then(|item| item.reasons.last()).expect("it has reasons");
    assert_eq!(reason.sentence, "The shop puts it further back at the moment.");
}

#[test]
fn diversity_costs_whatever_resembles_something_better_in_the_row() {
    let varied = ask(&mut storefront(), json!({ "scenario": "product", "item": "tee-navy", "diversity": 1 }));
    let ranks = ids(&varied);
    let mut found = 0;
    for (rank, item) in varied.items.iter().enumerate() {
        for reason in item.reasons.iter().filter(|reason| reason.source == ReasonSource::Diversity) {
            let beside = reason.item.as_ref().map(|id| id.as_str()).expect("it names what it resembles");
            assert!(ranks[..rank].contains(&beside) && reason.amount < Score::ZERO);
            found += 1;
        }
    }
    assert!(found > 3, "{found}");
    let plain = ask(&mut storefront(), json!({ "scenario": "product", "item": "tee-navy", "diversity": 0 }));
    assert!(plain.items.iter().flat_map(|item| &item.reasons).all(|r| r.source != ReasonSource::Diversity));
    assert_ne!(ids(&plain), ids(&varied));
}
