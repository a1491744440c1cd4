//! What is known of the items beside the log: a catalogue of products, or a bare list of attributes per item.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};

use serde_json::Value;
use vitrine_catalog::{Attribute, Availability, Currency, Identifier, Localized, Money, Product};
use vitrine_recommend::{Content, features};

use crate::TrainError;

/// Products by which the items of a log are known, in the order that gives items their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownFeatures {
    /// The products.
    pub products: Vec<Product>,
}

impl KnownFeatures {
    /// Identifiers of the products, in order.
    pub fn ids(&self) -> Vec<Identifier> {
        self.products.iter().map(|product| product.id.clone()).collect()
    }

    /// Content of `items`, whose first are these products; what is not known has no features.
    pub fn content(&self, items: &[Identifier]) -> Content {
        let mut known: Vec<_> = self.products.iter().map(features::of_product).collect();
        known.resize(items.len(), Vec::new());
        Content::index(&known)
    }

    /// Adds a nameless product for every item that only the log knows, so that a pack can show all of them.
    pub fn complete(&mut self, items: &[Identifier]) {
        for id in items.iter().skip(self.products.len()) {
            self.products.push(nameless(id.clone(), Vec::new()));
        }
    }
}

/// Reads a catalogue, one product as JSON per line.
pub fn read_products(input: impl BufRead) -> Result<KnownFeatures, TrainError> {
    let mut products = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            let product = serde_json::from_str(&line).map_err(|error| TrainError::Line {
                line: index as u64 + 1,
                problem: format!("no product: {error}"),
            })?;
            products.push(product);
        }
    }
    Ok(KnownFeatures { products })
}

/// Reads attributes of items: `{"item": [attribute, …]}`, attributes being numbers or names.
pub fn read_attributes(input: impl Read) -> Result<KnownFeatures, TrainError> {
    let lists: BTreeMap<String, Vec<Value>> = serde_json::from_reader(input).map_err(TrainError::Attributes)?;
    let mut products = Vec::with_capacity(lists.len());
    for (index, (id, list)) in lists.into_iter().enumerate() {
        let problem = |error: &dyn std::fmt::Display| TrainError::Line {
            line: index as u64 + 1,
            problem: format!("item {id:?}: {error}"),
        };
        let key = Identifier::new("attribute").map_err(|error| problem(&error))?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let attribute = |value| Attribute { key: key.clone(), value: Localized { en: text(value), zh: String::new() } };
        let attributes = list.iter().map(attribute).collect();
        products.push(nameless(Identifier::new(id.as_str()).map_err(|error| problem(&error))?, attributes));
    }
    Ok(KnownFeatures { products })
}

/// A product of which only the identifier and attributes are known; its price is 0, which counts as unknown.
fn nameless(id: Identifier, attributes: Vec<Attribute>) -> Product {
    let currency = Currency::NONE;
    Product {
        title: Localized::default(),
        description: Localized::default(),
        brand: None,
        category: Vec::new(),
        price: Money { minor: 0, currency },
        compare_at: None,
        attributes,
        variants: Vec::new(),
        sizes: Vec::new(),
        pictures: Vec::new(),
        availability: Availability::InStock { units: None },
        link: None,
        id,
    }
}
