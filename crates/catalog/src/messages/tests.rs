//! Every sentence exists in both languages, and values cannot forge placeholders.

use super::{Messages, fill};
use crate::Language;

const FILES: [(&str, &str); 2] = [
    ("reasons.json", include_str!("../../../../messages/reasons.json")),
    ("feed.json", include_str!("../../../../messages/feed.json")),
];

#[test]
fn every_sentence_is_in_english_and_chinese_with_the_same_placeholders() {
    for (file, source) in FILES {
        let messages = Messages::embedded(source);
        assert!(messages.sentences.len() > 15, "{file} was not read");
        for (key, text) in &messages.sentences {
            assert!(text.speaks(Language::En) && text.speaks(Language::Zh), "{file}: {key} lacks a language");
            assert_eq!(placeholders(&text.en), placeholders(&text.zh), "{file}: {key}");
        }
    }
}

#[test]
fn a_value_that_looks_like_a_placeholder_stays_as_it_is() {
    assert_eq!(fill("Like “{item}”: {shared}.", &[("item", "{shared}"), ("shared", "blue")]), "Like “{shared}”: blue.");
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    names.sort_unstable();
    names
}
