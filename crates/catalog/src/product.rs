//! A product as the shop sells it: texts, price, category path, attributes, variants, sizes, pictures, stock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Identifier, Localized, Money, SizeRow};

/// A product; `id` is unique within a shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    /// Unique key, used in addresses and events.
    pub id: Identifier,
    /// Name shown to the shopper.
    pub title: Localized,
    /// Plain text, paragraphs separated by a blank line; never HTML.
    #[serde(default)]
    pub description: Localized,
    /// Maker or label, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// From the root to the leaf; empty if the shop has no categories.
    #[serde(default)]
    pub category: Vec<Category>,
    /// Lowest price a shopper pays now.
    pub price: Money,
    /// Price before a reduction; always above `price`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare_at: Option<Money>,
    /// What sets it apart, one entry per key and value: colour, material, pattern, fit.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// What can be put in the basket; empty means the product itself can.
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// Size table in centimetres.
    #[serde(default)]
    pub sizes: Vec<SizeRow>,
    /// First is the main picture.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// Whether it can be bought now.
    pub availability: Availability,
    /// Where the shop's own page of it is, if the feed says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// One step of a category path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Key, unique among its siblings, used in addresses.
    pub key: Identifier,
    /// Name shown to the shopper.
    pub name: Localized,
}

/// A property with a value, such as colour: navy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Key in English lower case: `colour`, `material`, `pattern`, `fit`, `sleeve`, `gender`, `season`, or the feed's own.
    pub key: Identifier,
    /// The value shown to the shopper.
    pub value: Localized,
}

/// A buyable form of a product, such as size M in navy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variant {
    /// Stock keeping unit, unique within the shop.
    pub sku: Identifier,
    /// Chosen options: `size` -> `M`.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// Its own price where it differs from the product's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Whether it can be bought now.
    pub availability: Availability,
}

/// A picture of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Absolute address, or a path relative to the shop.
    pub url: String,
    /// What it shows, for people who cannot see it.
    #[serde(default)]
    pub alt: Localized,
    /// Width in pixels, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// What side it shows.
    #[serde(default)]
    pub role: PictureRole,
}

/// What a picture shows of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureRole {
    /// The front, or unknown.
    #[default]
    Front,
    /// The back.
    Back,
    /// A part seen closer.
    Detail,
}

/// Whether something can be bought now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", deny_unknown_fields)]
pub enum Availability {
    /// Can be bought; `units` where the shop counts them.
    InStock {
        /// Units on hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        units: Option<u32>,
    },
    /// Cannot be bought now.
    OutOfStock,
    /// Can be bought before it is released.
    Preorder,
    /// Can be bought and is sent when it is back.
    Backorder,
}

impl Availability {
    /// Whether a shopper can put it in the basket now.
    pub fn is_buyable(self) -> bool {
        !matches!(self, Self::OutOfStock | Self::InStock { units: Some(0) })
    }
}
