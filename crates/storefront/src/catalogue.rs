//! From products to a pack that recommends from the first click, without any log.

use vitrine_catalog::{Language, Product};
use vitrine_pack::{Pack, PackError, PackWriter};
use vitrine_recommend::Settings;

use crate::StorefrontError;

/// A pack of `products` alone: no rules, no popularity.
///
/// `id` names the pack and the shopper's stored session; `created` is an ISO 8601 date or time.
pub fn pack_catalogue(products: &[Product], id: &str, created: &str) -> Result<Pack, StorefrontError> {
    Ok(catalogue_writer(products, id, created)?.settings("recommend", &Settings::default())?.finish())
}

/// A pack that holds its catalogue, to which training adds what it learned.
pub fn catalogue_writer(products: &[Product], id: &str, created: &str) -> Result<PackWriter, PackError> {
    let catalogue = serde_json::to_vec(products)
        .map_err(|error| PackError::Content { section: "catalogue".to_owned(), problem: error.to_string() })?;
    let speaks = |language| products.iter().any(|product| product.title.speaks(language));
    let languages = [(Language::En, "en"), (Language::Zh, "zh")].into_iter().filter(|&(language, _)| speaks(language));
    let currency = products.first().map(|product| product.price.currency);
    let currency = currency.filter(|currency| products.iter().all(|product| product.price.currency == *currency));
    Ok(PackWriter::new(id, created)
        .languages(languages.map(|(_, code)| code.to_owned()).collect())
        .currency(currency.map(String::from))
        .section("catalogue", 1, "json", catalogue))
}
