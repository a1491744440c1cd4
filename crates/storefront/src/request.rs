//! What a page asks: which suggestions, filtered how, for whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vitrine_catalog::{Language, Localized};

use crate::StorefrontError;

/// Most items of one answer.
const MAX_LIMIT: u32 = 100;

/// A request for suggestions.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RecommendRequest {
    /// Where on the page they stand.
    pub scenario: Scenario,
    /// The product they are about, for `product` and `together`.
    pub item: Option<String>,
    /// The products they are about, for `basket`, of which the last 50 count; what the session has in the basket where
    /// absent.
    pub items: Option<Vec<String>>,
    /// Keys from the root to a category, for `category`.
    pub category: Option<Vec<String>>,
    /// Most items to answer, 1 to 100; 12 where absent.
    pub limit: Option<u32>,
    /// What may be answered.
    pub filter: Filter,
    /// What the shop prefers.
    pub boost: Vec<Boost>,
    /// Ids of events to leave out, as if they had never happened.
    pub without: Vec<String>,
    /// How much an item loses for being like a better one, 0 to 1; 0.3 where absent.
    pub diversity: Option<f64>,
    /// Language of the reasons.
    pub language: Language,
    /// Whether reasons come with a sentence and with what products share; they do where absent.
    pub words: Option<bool>,
}

/// Where on the page suggestions stand, and so what they are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scenario {
    /// For this shopper: what follows from everything done in the session.
    #[default]
    Home,
    /// Beside a product: what is like it or follows it.
    Product,
    /// Beside a product: what goes with it, from other categories.
    Together,
    /// Beside a basket: what goes with the things in it, from other categories.
    Basket,
    /// Inside a category: its products in the shopper's order.
    Category,
}

/// What may be answered; every condition that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Filter {
    /// Only what can be bought now: the rule for suggestions unless this is false, for product lists if it is true.
    pub in_stock: Option<bool>,
    /// Only what is in or below this category: keys from the root.
    pub category: Option<Vec<String>>,
    /// Only what costs this much.
    pub price: Option<PriceRange>,
    /// Only what has one of the values, in either language, for each of these attributes.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Only these brands; empty asks for none in particular.
    pub brands: Vec<String>,
    /// Never these products.
    pub exclude: Vec<String>,
    /// Whether what the shopper bought may be suggested again.
    pub bought: bool,
}

/// Prices in minor units, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PriceRange {
    /// Least price.
    pub min: Option<i64>,
    /// Greatest price.
    pub max: Option<i64>,
}

/// A preference of the shop.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boost {
    /// The preferred products.
    #[serde(rename = "match")]
    pub matching: BoostMatch,
    /// Share of the best unboosted score that is added, -1 to 1.
    pub by: f64,
    /// Why, as the shopper reads it.
    #[serde(default)]
    pub label: Option<Localized>,
}

/// Which products a boost is for; every condition that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BoostMatch {
    /// In or below this category: keys from the root.
    pub category: Option<Vec<String>>,
    /// At this price.
    pub price: Option<PriceRange>,
    /// With one of the values, in either language, for each of these attributes.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Of these brands; empty asks for none in particular.
    pub brands: Vec<String>,
    /// One of these products.
    pub items: Option<Vec<String>>,
}

impl RecommendRequest {
    /// The limit and the diversity, checked.
    pub(crate) fn measures(&self) -> Result<(usize, f64), StorefrontError> {
        let limit = checked_limit(self.limit, 12)?;
        let diversity = self.diversity.unwrap_or(0.3);
        if !(0.0..=1.0).contains(&diversity) {
            return Err(StorefrontError::request("diversity", format!("is {diversity}; give 0 to 1")));
        }
        for boost in &self.boost {
            if !(-1.0..=1.0).contains(&boost.by) {
                return Err(StorefrontError::request("boost", format!("has `by` {}; give -1 to 1", boost.by)));
            }
            if boost.matching == BoostMatch::default() {
                return Err(StorefrontError::request("boost", "matches everything; name what is preferred in `match`"));
            }
        }
        Ok((limit, diversity))
    }
}

/// A number of items to answer, checked.
pub(crate) fn checked_limit(limit: Option<u32>, default: u32) -> Result<usize, StorefrontError> {
    match limit.unwrap_or(default) {
        limit @ 1..=MAX_LIMIT => Ok(limit as usize),
        limit => Err(StorefrontError::request("limit", format!("is {limit}; give 1 to {MAX_LIMIT}"))),
    }
}
