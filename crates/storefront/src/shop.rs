//! A shop opened from its pack: products, categories and the recommender over them.

use std::collections::BTreeMap;

use serde::Serialize;
use vitrine_catalog::{Identifier, Product};
use vitrine_pack::{Manifest, Pack, PackError};
use vitrine_recommend::{Content, Mask, Model, Prior, Rules, Settings, features};

use crate::categories::Categories;
use crate::{CategoryNode, StorefrontError};

/// What is true of the shop whoever looks at it.
#[derive(Clone, Debug)]
pub struct Shop {
    manifest: Manifest,
    products: Vec<Product>,
    numbers: BTreeMap<Identifier, u32>,
    pub(crate) categories: Categories,
    /// What can be put in the basket now.
    pub(crate) buyable: Mask,
    pub(crate) model: Model,
}

/// What a pack says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PackAbout {
    /// Name of the pack.
    pub id: String,
    /// When it was written, an ISO 8601 date or time.
    pub created: String,
    /// Whether what it learned from was simulated.
    pub simulated: bool,
    /// Number of products.
    pub items: u32,
    /// Languages of its texts.
    pub languages: Vec<String>,
    /// ISO 4217 code of all its prices, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether it learned from an event log what follows what.
    pub has_rules: bool,
}

impl Shop {
    /// Reads the sections of a checked pack and prepares the recommender.
    ///
    /// Without the sections `rules` and `popularity` it works from the products alone.
    pub fn open(pack: &Pack) -> Result<Self, StorefrontError> {
        let products = read_catalogue(pack)?;
        let mut numbers = BTreeMap::new();
        for (number, product) in products.iter().enumerate() {
            if numbers.insert(product.id.clone(), number as u32).is_some() {
                return Err(StorefrontError::content("catalogue", format!("it holds `{}` twice", product.id)));
            }
        }
        let items = products.len() as u32;
        let features: Vec<_> = products.iter().map(features::of_product).collect();
        let model =
            Model::new(read_rules(pack)?, Content::index(&features), read_prior(pack, items)?, settings(pack)?)?;
        let mut buyable = Mask::none(items);
        (0..items).zip(&products).filter(|(_, product)| is_buyable(product)).for_each(|(item, _)| buyable.insert(item));
        let categories = Categories::of(&products);
        Ok(Self { manifest: pack.manifest().clone(), products, numbers, categories, buyable, model })
    }

    /// What the pack says about itself.
    pub fn about(&self) -> PackAbout {
        PackAbout {
            id: self.manifest.id.clone(),
            created: self.manifest.created.clone(),
            simulated: self.manifest.simulated,
            items: self.products.len() as u32,
            languages: self.manifest.languages.clone(),
            currency: self.manifest.currency.clone(),
            has_rules: self.model.rules().is_some(),
        }
    }

    /// The categories, in the order in which the catalogue first names them.
    pub fn categories(&self) -> Vec<CategoryNode> {
        self.categories.tree()
    }

    /// A product by its id.
    pub fn product(&self, id: &str) -> Option<&Product> {
        self.get(self.number(id)?)
    }

    /// All products, in the shop's order.
    pub(crate) fn all(&self) -> &[Product] {
        &self.products
    }

    pub(crate) fn get(&self, item: u32) -> Option<&Product> {
        self.products.get(item as usize)
    }

    pub(crate) fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    pub(crate) fn pack_id(&self) -> &str {
        &self.manifest.id
    }

    pub(crate) fn is_simulated(&self) -> bool {
        self.manifest.simulated
    }
}

/// Whether the product, and one of its variants where it has any, can be put in the basket now.
fn is_buyable(product: &Product) -> bool {
    let mut variants = product.variants.iter();
    let one_left = product.variants.is_empty() || variants.any(|variant| variant.availability.is_buyable());
    product.availability.is_buyable() && one_left
}

fn read_catalogue(pack: &Pack) -> Result<Vec<Product>, StorefrontError> {
    let missing = || StorefrontError::content("catalogue", "the pack has none, so there is nothing to show");
    let bytes = pack.section("catalogue", 1)?.ok_or_else(missing)?;
    serde_json::from_slice(&bytes).map_err(|error| StorefrontError::content("catalogue", error))
}

fn read_rules(pack: &Pack) -> Result<Option<Rules>, StorefrontError> {
    let Some(bytes) = pack.section("rules", 1)? else { return Ok(None) };
    Rules::from_section(&bytes).map(Some).map_err(|problem| StorefrontError::content("rules", problem))
}

fn read_prior(pack: &Pack, items: u32) -> Result<Prior, StorefrontError> {
    let Some(bytes) = pack.section("popularity", 1)? else { return Ok(Prior::shop_order(items)) };
    Prior::from_section(&bytes).map_err(|problem| StorefrontError::content("popularity", problem))
}

fn settings(pack: &Pack) -> Result<Settings, StorefrontError> {
    let Some(value) = pack.manifest().settings.get("recommend") else { return Ok(Settings::default()) };
    let problem = |error| PackError::Manifest(format!("its settings of `recommend`: {error}"));
    // Read from text like everything else: a second way of reading would double the code that a page loads.
    Ok(serde_json::from_slice(value.to_string().as_bytes()).map_err(problem)?)
}
