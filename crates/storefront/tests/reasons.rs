//! Reasons read as sentences that are true of the two products.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failure in a test is the message"
)]

mod common;

use common::{ask, visited};
use serde_json::json;
use vitrine_storefront::{Reason, ReasonSource, Recommendations};

const VISIT: [&str; 4] = ["view shirt-linen", "cart jeans-navy", "purchase tee-white", "view coat-check"];

fn reasons(answer: &Recommendations) -> impl Iterator<Item = &Reason> {
    answer.items.iter().flat_map(|item| &item.reasons)
}

fn find<'a>(answer: &'a Recommendations, item: &str, source: ReasonSource, event: Option<&str>) -> &'a Reason {
    let item = answer.items.iter().find(|found| found.id.as_str() == item).expect("it is suggested");
    let found = |reason: &&Reason| reason.source == source && reason.event.as_ref().map(|id| id.as_str()) == event;
    item.reasons.iter().find(found).expect("it has that reason")
}

#[test]
fn every_reason_is_a_whole_sentence_in_the_language_asked_for() {
    for scenario in ["home", "product", "together", "basket"] {
        for language in ["en", "zh"] {
            let request = json!({ "scenario": scenario, "item": "tee-navy", "language": language, "limit": 20 });
            let answer = ask(&mut visited(&VISIT), request);
            for Reason { sentence, .. } in reasons(&answer) {
                assert!(!sentence.contains(['{', '}']), "{sentence}");
                assert!(!sentence.contains("“”") && !sentence.contains(": ."), "{sentence}");
                assert!(sentence.ends_with(if language == "en" { '.' } else { '。' }), "{sentence}");
                assert_eq!(language == "zh", !sentence.is_ascii() && sentence.contains(is_han), "{sentence}");
            }
        }
    }
}

#[test]
fn a_learned_reason_names_the_event_and_its_product() {
    let answer = ask(&mut visited(&VISIT), json!({ "limit": 20 }));
    let reason = find(&answer, "trousers-linen", ReasonSource::Sequence, Some("e1"));
    assert_eq!(reason.item.as_ref().map(|id| id.as_str()), Some("shirt-linen"));
    assert_eq!(reason.sentence, "You viewed “Linen shirt”; other shoppers often go on from it to this one.");
    let basket = find(&answer, "jacket-denim", ReasonSource::Sequence, Some("e2"));
    assert_eq!(
        basket.sentence,
        "You put “Straight jeans” in your basket; other shoppers often go on from it to this one."
    );
}

#[test]
fn likeness_is_said_in_properties_of_both_products() {
    let answer = ask(&mut visited(&VISIT), json!({ "limit": 20, "language": "zh" }));
    let reason = find(&answer, "trousers-linen", ReasonSource::Content, Some("e1"));
    let keys: Vec<&str> = reason.shared.iter().map(|shared| shared.key.as_str()).collect();
    assert_eq!(keys, ["material", "colour"], "that both names say linen too would say nothing new");
    assert_eq!(reason.sentence, "与您看过的“亚麻衬衫”相近：亚麻、本白。");
}

#[test]
fn a_word_of_both_names_is_quoted_only_to_those_who_read_the_name_in_that_language() {
    let shared = |language: &str| {
        let request = json!({ "limit": 20, "language": language });
        find(&ask(&mut visited(&["view scarf-ecru"]), request), "scarf-stripe", ReasonSource::Content, Some("e1"))
            .clone()
    };
    assert!(shared("en").sentence.contains("“scarf” in the name"), "{}", shared("en").sentence);
    assert!(shared("zh").sentence.contains("名称相近"), "{}", shared("zh").sentence);
}

#[test]
fn what_goes_together_is_said_so() {
    let answer = ask(&mut visited(&[]), json!({ "scenario": "together", "item": "tee-stripe", "limit": 20 }));
    let reason = find(&answer, "scarf-stripe", ReasonSource::Content, None);
    assert_eq!(reason.sentence, "Goes with “Breton tee”: striped, navy.");
}

#[test]
fn what_was_learned_from_simulated_shoppers_says_so() {
    let pack = common::trained().simulated(true).finish();
    let mut storefront = vitrine_storefront::Storefront::open(&pack).unwrap();
    storefront.set_events(common::events(&VISIT));
    let answer = ask(&mut storefront, json!({ "limit": 20 }));
    let learned = reasons(&answer).filter(|r| matches!(r.source, ReasonSource::Sequence | ReasonSource::Popularity));
    let sentences: Vec<&str> = learned.map(|reason| reason.sentence.as_str()).collect();
    assert!(!sentences.is_empty() && sentences.iter().all(|s| s.contains("simulated shoppers")), "{sentences:?}");
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn without_words_the_numbers_and_what_they_go_back_to_are_the_same() {
    let request = |words: bool| json!({ "limit": 20, "words": words });
    let (told, silent) = (ask(&mut visited(&VISIT), request(true)), ask(&mut visited(&VISIT), request(false)));
    let numbers = |answer: &Recommendations| -> Vec<_> {
        reasons(answer)
            .map(|reason| (reason.source, reason.amount, reason.event.clone(), reason.item.clone()))
            .collect()
    };
    assert_eq!(numbers(&told), numbers(&silent));
    assert!(reasons(&silent).all(|reason| reason.sentence.is_empty() && reason.shared.is_empty()));
    assert!(reasons(&told).all(|reason| !reason.sentence.is_empty()));
}
