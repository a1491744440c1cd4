//! The writer: sentences from a grammar, chosen so that no two texts of a request share one.

use std::collections::BTreeMap;

use vitrine_catalog::{Language, Messages};

use super::{ContentError, ContentRequest, ContentText, MAX_TEXTS, TextKind, facts};
use crate::Knowledge;
use crate::teller::of;

/// Sentences with placeholders, `GROUP.NN`.
const GRAMMAR: &str = include_str!("../../../../messages/content.json");
/// The most sentences of one group.
const MOST: usize = 40;

/// How a text of each kind goes: groups in order. Several plans, so that texts differ in shape too.
const fn plans(kind: TextKind) -> &'static [&'static [&'static str]] {
    match kind {
        TextKind::Headline => &[&["headline"]],
        TextKind::Advertisement => {
            &[&["hook", "call"], &["hook", "cloth", "call"], &["cloth", "call"], &["hook", "wear"], &["wear", "call"]]
        }
        TextKind::Description => &[
            &["hook", "cloth", "quote", "shop"],
            &["cloth", "quote", "wear", "shop"],
            &["hook", "quote", "wear"],
            &["quote", "cloth", "wear", "shop"],
            &["hook", "wear", "quote", "shop"],
        ],
    }
}

/// Writes texts about a product from nothing but its facts.
pub fn write(knowledge: &Knowledge, request: &ContentRequest) -> Result<Vec<ContentText>, ContentError> {
    if !(1..=MAX_TEXTS).contains(&request.count) {
        return Err(ContentError::Count(request.count));
    }
    let product = knowledge.product(&request.product).ok_or_else(|| ContentError::Product(request.product.clone()))?;
    let facts = facts::of(product, request.language, knowledge);
    let messages = Messages::embedded(GRAMMAR);
    let mut dice = Dice(request.seed ^ 0x9e37_79b9_7f4a_7c15);
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for group in ["headline", "hook", "cloth", "wear", "shop", "call"] {
        let filled =
            (1..=MOST).filter_map(|number| fill(&messages, &format!("{group}.{number:02}"), request.language, &facts));
        groups.insert(group, dice.shuffled(filled.collect()));
    }
    let quotes = knowledge.description(product, request.language).into_iter().map(str::to_owned);
    groups.insert("quote", dice.shuffled(quotes.collect()));
    let plans = dice.shuffled(plans(request.kind).to_vec());
    let mut texts = Vec::new();
    for number in 0..request.count {
        let plan = plans.get(number % plans.len().max(1)).copied().unwrap_or_default();
        let sentences: Vec<String> = plan
            .iter()
            .filter_map(|group| {
                let all = groups.get(group)?;
                // What the shop wrote itself is quoted once.
                if *group == "quote" && number >= all.len() {
                    return None;
                }
                // Each text takes the next of a group; groups that run out begin again.
                all.get(number % all.len().max(1)).cloned()
            })
            .collect();
        if sentences.is_empty() {
            return Err(ContentError::Facts(request.product.clone()));
        }
        let joiner = if request.language == Language::En { " " } else { "" };
        texts.push(ContentText { text: sentences.join(joiner), sources: vec![of(product)] });
    }
    Ok(texts)
}

/// A sentence of the grammar with its placeholders filled in, if the product has all that it takes.
fn fill(messages: &Messages, key: &str, language: Language, facts: &BTreeMap<&str, String>) -> Option<String> {
    let template = messages.text(key);
    let template = template.get(language);
    let mut names = template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    if template.is_empty() || !names.all(|name| facts.contains_key(name)) {
        return None;
    }
    let values: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let text = articles(&messages.sentence(key, language, &values));
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// `a oversized` as `an oversized`.
fn articles(text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        let vowel = words.get(at).is_some_and(|word| word.starts_with(['a', 'e', 'i', 'o']));
        if let Some(word) = words.get_mut(at - 1).filter(|word| vowel && (*word == "a" || *word == "A")) {
            word.push('n');
        }
    }
    words.join(" ")
}

/// SplitMix64: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % below.max(1) as u64) as usize
    }

    fn shuffled<T>(&mut self, mut list: Vec<T>) -> Vec<T> {
        for end in (1..list.len()).rev() {
            let other = self.next(end + 1);
            list.swap(end, other);
        }
        list
    }
}
