//! What the shopper did counts, once, and can be taken back.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failure in a test is the message"
)]

mod common;

use common::{ask, events, ids, storefront, visited};
use proptest::prelude::*;
use serde_json::json;
use vitrine_recommend::Score;

#[test]
fn what_was_bought_is_not_suggested_again_unless_asked_for() {
    let mut storefront = visited(&["purchase jeans-navy"]);
    let answer = ask(&mut storefront, json!({ "limit": 100 }));
    assert!(!ids(&answer).contains(&"jeans-navy"));
    assert_eq!(answer.receipt.filtered["bought"], 1);
    let again = ask(&mut storefront, json!({ "limit": 100, "filter": { "bought": true } }));
    assert!(ids(&again).contains(&"jeans-navy"));
}

#[test]
fn home_leaves_out_what_was_seen_and_what_is_in_the_basket() {
    let answer = ask(&mut visited(&["view tee-navy", "cart shirt-white"]), json!({ "limit": 10 }));
    assert!(!ids(&answer).contains(&"tee-navy") && !ids(&answer).contains(&"shirt-white"));
    assert_eq!((answer.receipt.filtered["viewed"], answer.receipt.filtered["basket"]), (1, 1));
}

#[test]
fn what_was_seen_comes_back_rather_than_leave_the_row_short() {
    let mut storefront = visited(&["view scarf-rust", "cart scarf-stripe"]);
    let scarves = json!({ "filter": { "category": ["extras"] }, "limit": 1 });
    assert_eq!(ids(&ask(&mut storefront, scarves)), ["scarf-ecru"]);
    let more = json!({ "filter": { "category": ["extras"] }, "limit": 2 });
    let answer = ask(&mut storefront, more);
    assert!(ids(&answer).contains(&"scarf-rust"), "seen, but only one other is left");
    assert!(!ids(&answer).contains(&"scarf-stripe"), "what is in the basket stays out");
}

#[test]
fn events_with_unknown_products_are_ignored_and_named() {
    let mut storefront = storefront();
    let ignored = storefront.set_events(events(&["view nothing", "view tee-navy", "cart nothing"]));
    assert_eq!(ignored, ["nothing"]);
    assert_eq!(ask(&mut storefront, json!({})).receipt.events.len(), 1);
}

#[test]
fn the_receipt_lists_the_events_that_counted_newest_first() {
    let mut storefront = visited(&["view tee-navy", "view shirt-linen", "view tee-navy"]);
    let counted = |answer: &vitrine_storefront::Recommendations| {
        answer.receipt.events.iter().map(|event| event.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(counted(&ask(&mut storefront, json!({}))), ["e3", "e2", "e1"]);
    let beside = ask(&mut storefront, json!({ "scenario": "product", "item": "tee-navy" }));
    assert_eq!(counted(&beside), ["e2"], "events with the product itself say nothing new about it");
    let without = ask(&mut storefront, json!({ "without": ["e2"] }));
    assert_eq!(
        (counted(&without), without.receipt.without),
        (vec!["e3".to_owned(), "e1".to_owned()], vec!["e2".into()])
    );
}

const SCENARIOS: [&str; 5] = ["home", "product", "together", "basket", "category"];

fn any_session() -> impl Strategy<Value = Vec<String>> {
    let products: Vec<String> = common::products().into_iter().map(|product| product.id.into()).collect();
    let kind = prop_oneof![Just("view"), Just("cart"), Just("purchase")];
    let event = (kind, proptest::sample::select(products)).prop_map(|(kind, item)| format!("{kind} {item}"));
    proptest::collection::vec(event, 1..12)
}

fn question(scenario: &str, diversity: f64) -> serde_json::Value {
    json!({ "scenario": scenario, "item": "tee-navy", "category": ["tops"], "diversity": diversity, "limit": 8,
        "boost": [{ "match": { "attributes": { "colour": ["navy"] } }, "by": 0.2 },
                  { "match": { "category": ["tops"] }, "by": -0.1 }] })
}

proptest! {
    #[test]
    fn without_a_click_is_as_if_it_had_never_happened(
        session in any_session(), left_out in any::<prop::sample::Index>(), scenario in proptest::sample::select(&SCENARIOS[..]),
    ) {
        let session: Vec<&str> = session.iter().map(String::as_str).collect();
        let mut happened = events(&session);
        let gone = happened[left_out.index(happened.len())].id.as_str().to_owned();
        let mut one = storefront();
        one.set_events(happened.clone());
        let mut request = question(scenario, 0.3);
        request["without"] = json!([gone]);
        let without = ask(&mut one, request);
        happened.retain(|event| event.id.as_str() != gone);
        let mut other = storefront();
        other.set_events(happened);
        let never = ask(&mut other, question(scenario, 0.3));
        prop_assert_eq!(&without.items, &never.items);
        prop_assert_eq!(&without.receipt.filtered, &never.receipt.filtered);
    }

    #[test]
    fn events_that_follow_those_that_are_known_are_as_good_as_all_of_them(
        session in any_session(), others in any_session(), kept in any::<prop::sample::Index>(),
    ) {
        let session: Vec<&str> = session.iter().map(String::as_str).collect();
        let happened = events(&session);
        let kept = kept.index(happened.len() + 1);
        let mut before = happened[..kept].to_vec();
        before.extend(events(&others.iter().map(String::as_str).collect::<Vec<_>>()));
        let mut one = storefront();
        one.set_events(before);
        one.follow_events(kept, happened[kept..].to_vec());
        prop_assert_eq!(ask(&mut one, question("home", 0.3)), ask(&mut visited(&session), question("home", 0.3)));
    }

    #[test]
    fn the_reasons_add_up_to_the_score_exactly(
        session in any_session(), scenario in proptest::sample::select(&SCENARIOS[..]), diversity in 0.0..=1.0,
    ) {
        let session: Vec<&str> = session.iter().map(String::as_str).collect();
        let answer = ask(&mut visited(&session), question(scenario, diversity));
        for item in &answer.items {
            let parts: Score = item.reasons.iter().map(|reason| reason.amount).sum();
            prop_assert_eq!(parts, item.score);
            // What a page adds up with ordinary numbers, from the last part to the first.
            let floats: f64 = item.reasons.iter().rev().map(|reason| reason.amount.to_f64()).sum();
            prop_assert_eq!(floats, item.score.to_f64());
        }
        prop_assert!(answer.items.is_sorted_by(|a, b| a.score >= b.score));
    }

    #[test]
    fn every_product_is_either_a_candidate_or_counted_under_the_rule_that_left_it_out(
        session in any_session(), scenario in proptest::sample::select(&SCENARIOS[..]), limit in 1..100,
    ) {
        let session: Vec<&str> = session.iter().map(String::as_str).collect();
        let mut request = question(scenario, 0.0);
        request["limit"] = json!(limit);
        request["filter"] = json!({ "price": { "max": 12900 }, "brands": ["Harbour"], "exclude": ["tee-stripe"] });
        let receipt = ask(&mut visited(&session), request).receipt;
        prop_assert_eq!(receipt.candidates + receipt.filtered.values().sum::<u32>(), 24);
    }
}
