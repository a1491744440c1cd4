//! What can be said of a product, by the name of the placeholder that it fills.

use std::collections::BTreeMap;

use vitrine_catalog::{Language, Product};

use crate::Knowledge;
use crate::facts::{all_sizes, money};

/// Attributes whose English values are said in lower case within a sentence.
const SPOKEN: [&str; 7] = ["colour", "material", "pattern", "fit", "sleeve", "gender", "season"];

/// The facts of a product in `language`; a value is lower-case English where it stands inside a sentence.
pub(super) fn of(product: &Product, language: Language, knowledge: &Knowledge) -> BTreeMap<&'static str, String> {
    let mut facts = BTreeMap::new();
    facts.insert("title", knowledge.name(product, language).to_owned());
    facts.insert("price", money(product.price));
    if let Some(brand) = &product.brand {
        facts.insert("brand", brand.clone());
    }
    for key in SPOKEN {
        let attribute = product.attributes.iter().find(|it| it.key.as_str() == key && it.value.speaks(language));
        if let Some(attribute) = attribute {
            let value = attribute.value.get(language);
            facts.insert(key, if language == Language::En { value.to_lowercase() } else { value.to_owned() });
        }
    }
    let sizes = all_sizes(product);
    if let [first, .., last] = sizes.as_slice() {
        let to = if language == Language::En { "to" } else { "至" };
        facts.insert("sizes", format!("{first} {to} {last}"));
    }
    facts
}
