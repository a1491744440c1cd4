//! What two products have in common, as a shopper would say it.

use vitrine_catalog::{Language, Localized, Messages, Product};
use vitrine_recommend::Telling;
use vitrine_recommend::features::{Feature, Group};

use crate::Shop;
use crate::answer::Shared;

/// The features as properties of `item`, in the same order; of several categories only the narrowest, and no
/// word of the name that another property says already.
pub(crate) fn properties(shop: &Shop, messages: &Messages, features: Telling, item: u32) -> Vec<Shared> {
    let Some(product) = shop.get(item) else { return Vec::new() };
    let known: Vec<&Feature> = features.features().filter_map(|id| shop.model.content().feature(id)).collect();
    let depth = |feature: &Feature| feature.key.matches('/').count();
    let deepest = known.iter().map(|feature| depth(feature)).max().unwrap_or(0);
    let repeats = |feature: &Feature| {
        let word = &feature.value.en;
        let says = |other: &&Feature| other.key != "title" && other.value.en.to_lowercase().contains(word.as_str());
        feature.key == "title" && known.iter().any(says)
    };
    let telling = known.iter().filter(|feature| depth(feature) == 0 || depth(feature) == deepest);
    telling.filter(|feature| !repeats(feature)).filter_map(|feature| property(feature, product, messages)).collect()
}

/// The properties in one line of `language`.
pub(crate) fn listed(messages: &Messages, shared: &[Shared], language: Language) -> String {
    let separator = messages.sentence("shared.separator", language, &[]);
    let words: Vec<&str> = shared.iter().map(|shared| shared.value.get(language)).collect();
    if words.is_empty() { messages.sentence("shared.other", language, &[]) } else { words.join(&separator) }
}

fn property(feature: &Feature, product: &Product, messages: &Messages) -> Option<Shared> {
    let shared = |key: &str, value| Some(Shared { key: key.to_owned(), value });
    match (feature.group, feature.key.as_str()) {
        (Group::Price, key) => shared(key, messages.text("shared.price")),
        (Group::Kind, "title") => {
            let word = spelled(&feature.value.en, &product.title)?;
            // A word of one language's name means nothing to those who read the other one.
            let say = |language| match product.title.get(language).contains(word) {
                true => messages.sentence("shared.title", language, &[("word", word)]),
                false => messages.sentence("shared.name", language, &[]),
            };
            shared("title", Localized { en: say(Language::En), zh: say(Language::Zh) })
        }
        (Group::Kind, _) => shared("category", feature.value.clone()),
        (Group::Style | Group::Brand, key) => shared(key, feature.value.clone()),
    }
}

/// The word of the title that the term was made of; terms are lower-case and may lack an ending.
fn spelled<'a>(term: &str, title: &'a Localized) -> Option<&'a str> {
    let text = if title.en.is_empty() { &title.zh } else { &title.en };
    let words = text.split(|c: char| !c.is_alphanumeric());
    let word = words.into_iter().find(|word| word.to_lowercase().starts_with(term));
    // Chinese is written without spaces: the term itself stands in the title.
    match word {
        Some(word) if word.is_ascii() || word.chars().count() == term.chars().count() => Some(word),
        _ => text.find(term).and_then(|at| text.get(at..at + term.len())),
    }
}
