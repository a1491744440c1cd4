//! Pages of products: filtered, sorted, in slices.

use serde::{Deserialize, Serialize};
use vitrine_catalog::{Language, Product};
use vitrine_recommend::Mask;

use crate::matching::{Conditions, Tally};
use crate::request::{Filter, checked_limit};
use crate::{Shop, StorefrontError};

/// Which products to list.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ProductQuery {
    /// Only what is in or below this category: keys from the root.
    pub category: Option<Vec<String>>,
    /// Further conditions. What is sold out is listed unless `inStock` is true; `bought` plays no part.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many to skip.
    pub offset: u32,
    /// Most products of the page, 1 to 100; 24 where absent.
    pub limit: Option<u32>,
    /// Only these products; they come in this order unless `sort` says otherwise.
    pub ids: Option<Vec<String>>,
    /// Language to sort titles in.
    pub language: Language,
}

/// Order of a list of products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The shop's own order.
    #[default]
    Featured,
    /// Cheapest first.
    PriceAscending,
    /// Dearest first.
    PriceDescending,
    /// By title, letter case aside.
    Title,
}

/// A slice of a list of products.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProductPage<'a> {
    /// How many products the whole list has.
    pub total: u32,
    /// The products of this page.
    pub products: Vec<&'a Product>,
}

impl Shop {
    /// The products that meet the query, one page of them.
    pub fn products(&self, query: &ProductQuery) -> Result<ProductPage<'_>, StorefrontError> {
        let limit = checked_limit(query.limit, 24)?;
        let only_buyable = query.filter.in_stock == Some(true);
        let mut mask = if only_buyable { self.buyable.clone() } else { Mask::all(self.all().len() as u32) };
        let mut tally = Tally::new();
        Conditions::within(query.category.as_deref()).apply(self, &mut mask, &mut tally);
        Conditions::from(&query.filter).apply(self, &mut mask, &mut tally);
        for item in query.filter.exclude.iter().filter_map(|id| self.number(id)) {
            mask.remove(item);
        }
        let mut products: Vec<&Product> = match &query.ids {
            // Taking each out as it is found lists a product named twice once.
            Some(ids) => {
                let named = ids.iter().filter_map(|id| self.number(id));
                named.filter(|&item| mask.remove(item)).filter_map(|item| self.get(item)).collect()
            }
            None => (0_u32..).zip(self.all()).filter(|(item, _)| mask.contains(*item)).map(|(_, p)| p).collect(),
        };
        if query.sort != Sort::Featured {
            products = sorted(products, query.sort, query.language);
        }
        let total = products.len() as u32;
        let products = products.into_iter().skip(query.offset as usize).take(limit).collect();
        Ok(ProductPage { total, products })
    }
}

/// The products in another order than the shop's; equal ones stay in it.
fn sorted(products: Vec<&Product>, sort: Sort, language: Language) -> Vec<&Product> {
    // One type of key for all orders: every instance of sorting costs a page kilobytes.
    let key = |product: &Product| match sort {
        Sort::Featured => (0, String::new()),
        Sort::PriceAscending => (product.price.minor, String::new()),
        Sort::PriceDescending => (product.price.minor.saturating_neg(), String::new()),
        Sort::Title => (0, product.title.get(language).to_lowercase()),
    };
    let mut keyed: Vec<_> = products.into_iter().map(|product| (key(product), product)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    keyed.into_iter().map(|(_, product)| product).collect()
}
