//! Which products meet the conditions of a filter or a boost, and how many each condition takes out.

use std::collections::BTreeMap;

use vitrine_catalog::Product;
use vitrine_recommend::Mask;

use crate::Shop;
use crate::request::{BoostMatch, Filter, PriceRange};

/// How many products each rule took out; a product counts under the first rule that meets it.
pub(crate) type Tally = BTreeMap<&'static str, u32>;

/// Conditions on what a product is; all that are given must hold.
pub(crate) struct Conditions<'a> {
    category: Option<&'a [String]>,
    price: Option<PriceRange>,
    attributes: Option<&'a BTreeMap<String, Vec<String>>>,
    brands: &'a [String],
}

impl<'a> From<&'a Filter> for Conditions<'a> {
    fn from(filter: &'a Filter) -> Self {
        let Filter { category, price, attributes, brands, .. } = filter;
        Self { category: category.as_deref(), price: *price, attributes: Some(attributes), brands }
    }
}

impl<'a> From<&'a BoostMatch> for Conditions<'a> {
    fn from(matching: &'a BoostMatch) -> Self {
        let BoostMatch { category, price, attributes, brands, .. } = matching;
        Self { category: category.as_deref(), price: *price, attributes: Some(attributes), brands }
    }
}

impl<'a> Conditions<'a> {
    /// Only the condition to be in or below a category.
    pub(crate) fn within(category: Option<&'a [String]>) -> Self {
        Self { category, price: None, attributes: None, brands: &[] }
    }

    /// Takes what does not meet the conditions out of `mask`, counting it in `tally`.
    pub(crate) fn apply(&self, shop: &Shop, mask: &mut Mask, tally: &mut Tally) {
        let mut keep = |rule, holds: &dyn Fn(u32, &Product) -> bool| {
            let gone = mask.retain(|item| shop.get(item).is_some_and(|product| holds(item, product)));
            note(tally, rule, gone);
        };
        if let Some(path) = self.category {
            let category = shop.categories.find(path);
            keep("category", &|item, _| match category {
                Some(category) => shop.categories.holds(category, item),
                None => path.is_empty(),
            });
        }
        if let Some(PriceRange { min, max }) = self.price {
            let within = min.unwrap_or(i64::MIN)..=max.unwrap_or(i64::MAX);
            keep("price", &|_, product| within.contains(&product.price.minor));
        }
        if let Some(wanted) = self.attributes.filter(|wanted| !wanted.is_empty()) {
            keep("attributes", &|_, product| wanted.iter().all(|(key, values)| has(product, key, values)));
        }
        if !self.brands.is_empty() {
            keep("brands", &|_, product| product.brand.as_ref().is_some_and(|brand| self.brands.contains(brand)));
        }
    }
}

/// Takes `items` out of `mask`, counting under `rule` those that were in.
pub(crate) fn take_out(mask: &mut Mask, tally: &mut Tally, rule: &'static str, items: impl IntoIterator<Item = u32>) {
    let gone = items.into_iter().filter(|&item| mask.remove(item)).count();
    note(tally, rule, gone);
}

/// Adds `count` to the products that `rule` took out.
pub(crate) fn note(tally: &mut Tally, rule: &'static str, count: usize) {
    if count > 0 {
        *tally.entry(rule).or_default() += count as u32;
    }
}

/// Whether the product has one of the values for the attribute `key`; no values ask for nothing.
fn has(product: &Product, key: &str, values: &[String]) -> bool {
    let one_of = |text: &String| !text.is_empty() && values.contains(text);
    values.is_empty()
        || product.attributes.iter().any(|attribute| {
            attribute.key.as_str() == key && (one_of(&attribute.value.en) || one_of(&attribute.value.zh))
        })
}
