//! What makes two products alike: attributes, category, brand, words of the title, price band.

use vitrine_catalog::{Localized, Product};

use crate::text::terms;

/// Ratio between the edges of two price bands.
const PRICE_BAND: f64 = 1.5;

/// What sort of likeness a feature stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What the thing is: category and words of the title.
    Kind,
    /// How it looks and feels: attributes.
    Style,
    /// Who made it.
    Brand,
    /// What it costs.
    Price,
}

/// One feature of a product.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// What sort of likeness it stands for.
    pub group: Group,
    /// `colour`, `category`, `brand`, `title`, `price`.
    pub key: String,
    /// Its value as shown to the shopper, such as navy.
    pub value: Localized,
    /// Relative importance in 1/16, before rarity is counted in.
    pub emphasis: u8,
}

/// The features of a product, each once, in a fixed order.
pub fn of_product(product: &Product) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut add = |group, key: &str, value: Localized, emphasis| {
        let feature = Feature { group, key: key.to_owned(), value, emphasis };
        if !features.contains(&feature) {
            features.push(feature);
        }
    };
    let mut path = String::new();
    for step in &product.category {
        path = format!("{path}/{}", step.key);
        add(Group::Kind, &format!("category{path}"), step.name.clone(), 14);
    }
    for attribute in &product.attributes {
        add(Group::Style, attribute.key.as_str(), attribute.value.clone(), 16);
    }
    if let Some(brand) = &product.brand {
        let value = Localized { en: brand.clone(), zh: String::new() };
        add(Group::Brand, "brand", value, 10);
    }
    let title = if product.title.en.is_empty() { &product.title.zh } else { &product.title.en };
    for term in terms(title) {
        add(Group::Kind, "title", Localized { en: term, zh: String::new() }, 8);
    }
    if product.price.minor > 0 {
        let band = libm::floor(libm::log(product.price.minor as f64) / libm::log(PRICE_BAND));
        add(Group::Price, "price", Localized { en: band.to_string(), zh: String::new() }, 5);
    }
    features
}
