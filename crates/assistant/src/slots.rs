//! What an utterance names: colours, kinds, sizes, prices, order numbers, body measures.

mod body;
mod numbers;
mod order;
mod price;
mod reading;
mod reference;
mod size;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use vitrine_catalog::Currency;

pub(crate) use reading::Slots;
pub(crate) use reference::Reference;

/// The number of an order as a shopper writes it, without `#`: 3 to 40 letters, digits and hyphens with a digit among them, upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderNumber(String);

/// Why a text is no order number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no order number; give 3 to 40 letters, digits and hyphens, at least one digit among them")]
pub struct OrderNumberError(String);

impl OrderNumber {
    /// Checks `text` and wraps it in upper case; a leading `#` or `№` is dropped.
    pub fn new(text: &str) -> Result<Self, OrderNumberError> {
        let bare = text.trim().trim_start_matches(['#', '№', '＃']);
        let fits = (3..=40).contains(&bare.len())
            && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && bare.bytes().any(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(bare.to_ascii_uppercase())) } else { Err(OrderNumberError(text.chars().take(48).collect())) }
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an order's stored id is meant: letter case and a leading `#` do not matter.
    #[must_use]
    pub fn is(&self, id: &str) -> bool {
        Self::new(id).is_ok_and(|other| other == *self)
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for OrderNumber {
    type Error = OrderNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<OrderNumber> for String {
    fn from(number: OrderNumber) -> Self {
        number.0
    }
}

/// What a product should be; what is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Wanted {
    /// Words to search with, never shown.
    pub words: String,
    /// Attribute values and category names of the catalogue, as the lexicon knows them: `colour=Navy`, `category=shirts`.
    pub properties: BTreeSet<Property>,
    /// A size that must be buyable.
    pub size: Option<String>,
    /// Bounds of the price.
    pub price: PriceBounds,
}

/// A property that products of the catalogue have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Property {
    /// `colour`, `material`, `category`, `brand`, ….
    pub key: String,
    /// The value in the catalogue's English, or what it has.
    pub value: String,
}

/// Bounds of a price in the shop's currency, in minor units, both inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PriceBounds {
    /// The least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// The currency that was named; the shop's own where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// What is known of a wearer, in whole centimetres.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Body {
    /// How tall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u16>,
    /// Girth of the chest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chest: Option<u16>,
    /// The size that is usually worn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual: Option<String>,
}
