//! A product in the making: what the rows of one product add up to.

use std::collections::BTreeMap;

use super::naming::localized;
use super::{Expected, FeedProblem};
use crate::{Attribute, Availability, Category, Identifier, Language, Localized, Money, Picture, Product, Variant};

/// Pictures kept of one product.
const MOST_PICTURES: usize = 20;
/// Properties kept of one product.
const MOST_ATTRIBUTES: usize = 100;

/// Something that can be put in the basket, at its price.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) sku: Option<Identifier>,
    pub(super) options: BTreeMap<String, String>,
    pub(super) price: Money,
    pub(super) compare_at: Option<Money>,
    pub(super) availability: Availability,
    /// Whether the feed names no currency for its price.
    pub(super) currency_assumed: bool,
}

/// What is known of a product so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Where it begins in the feed.
    pub(super) line: u64,
    pub(super) id: Identifier,
    /// Whether further rows may belong to it.
    pub(super) group: bool,
    pub(super) title: Localized,
    pub(super) description: Localized,
    pub(super) brand: Option<String>,
    pub(super) category: Vec<Category>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) pictures: Vec<Picture>,
    pub(super) link: Option<String>,
    pub(super) offers: Vec<Offer>,
    /// Names of the options by place, which only the first row of a product may give.
    pub(super) option_names: [Option<String>; 3],
    /// Language of texts that do not tell it themselves.
    language: Language,
}

impl Draft {
    pub(super) fn new(line: u64, id: Identifier, language: Language) -> Self {
        Self {
            line,
            id,
            language,
            group: false,
            title: Localized::default(),
            description: Localized::default(),
            brand: None,
            category: Vec::new(),
            attributes: Vec::new(),
            pictures: Vec::new(),
            link: None,
            offers: Vec::new(),
            option_names: Default::default(),
        }
    }

    /// Adds a property once; a value that cannot be one is left out by the caller's check of its text.
    pub(super) fn property(&mut self, key: &str, value: Localized) {
        let Ok(key) = Identifier::new(key) else { return };
        let attribute = Attribute { key, value };
        self.attribute(attribute);
    }

    fn attribute(&mut self, attribute: Attribute) {
        let is_new = !attribute.value.is_empty() && !self.attributes.contains(&attribute);
        if is_new && self.attributes.len() < MOST_ATTRIBUTES {
            self.attributes.push(attribute);
        }
    }

    /// Adds a picture once.
    pub(super) fn picture(&mut self, picture: Picture) {
        if self.pictures.len() < MOST_PICTURES && !self.pictures.iter().any(|known| known.url == picture.url) {
            self.pictures.push(picture);
        }
    }

    /// Adds a further row of the same product.
    pub(super) fn merge(&mut self, row: Self) {
        let text = |ours: &mut Localized, theirs: Localized| {
            if ours.is_empty() {
                *ours = theirs;
            }
        };
        text(&mut self.title, row.title);
        text(&mut self.description, row.description);
        self.brand = self.brand.take().or(row.brand);
        self.link = self.link.take().or(row.link);
        if self.category.is_empty() {
            self.category = row.category;
        }
        row.attributes.into_iter().for_each(|attribute| self.attribute(attribute));
        row.pictures.into_iter().for_each(|picture| self.picture(picture));
        for mut offer in row.offers {
            let named = |(key, value)| {
                let place = (0..3).find(|&place| key == nameless(place));
                let name = place.and_then(|place| self.option_names.get(place)).cloned().flatten();
                (name.unwrap_or(key), value)
            };
            offer.options = offer.options.into_iter().map(named).collect();
            self.offers.push(offer);
        }
    }

    /// Why this cannot stand alone, if it cannot.
    pub(super) fn lacks(&self) -> Option<FeedProblem> {
        let missing = |field, expected| self.problem(FeedProblem::new(self.line, field, "", expected));
        match (self.title.is_empty(), self.offers.is_empty()) {
            (true, _) => Some(missing("title", Expected::Text)),
            (false, true) => Some(missing("price", Expected::Price)),
            (false, false) => None,
        }
    }

    /// A problem with this product.
    pub(super) fn problem(&self, problem: FeedProblem) -> FeedProblem {
        FeedProblem { item: Some(self.id.to_string()), ..problem }
    }

    /// Whether the feed names no currency for one of its prices.
    pub(super) fn assumes_currency(&self) -> bool {
        self.offers.iter().any(|offer| offer.currency_assumed)
    }

    /// The finished product.
    pub(super) fn finish(mut self) -> Result<Product, FeedProblem> {
        if let Some(problem) = self.lacks() {
            return Err(problem);
        }
        // What can be chosen also makes products alike; sizes do not.
        for offer in std::mem::take(&mut self.offers) {
            for (key, value) in offer.options.iter().filter(|(key, _)| *key != "size") {
                self.property(key, localized(self.language, value.clone()));
            }
            self.offers.push(offer);
        }
        let buyable = |offer: &&Offer| offer.availability.is_buyable();
        let cheapest = self.offers.iter().filter(buyable).min_by_key(|offer| offer.price.minor);
        let Some(cheapest) = cheapest.or_else(|| self.offers.iter().min_by_key(|offer| offer.price.minor)) else {
            return Err(self.problem(FeedProblem::new(self.line, "price", "", Expected::Price)));
        };
        let price = cheapest.price;
        if let Some(other) = self.offers.iter().find(|offer| offer.price.currency != price.currency) {
            let found = format!("{} / {}", price.currency.code(), other.price.currency.code());
            return Err(self.problem(FeedProblem::new(self.line, "price", &found, Expected::SameCurrency)));
        }
        let same = |before: &Money| before.currency == price.currency && before.minor > price.minor;
        Ok(Product {
            compare_at: cheapest.compare_at.filter(same),
            availability: together(&self.offers),
            variants: variants(&self.id, &self.offers, price),
            id: self.id,
            title: self.title,
            description: self.description,
            brand: self.brand,
            category: self.category,
            price,
            attributes: self.attributes,
            sizes: Vec::new(),
            pictures: self.pictures,
            link: self.link,
        })
    }
}

/// The key of an option whose name is not known yet, by its place.
pub(super) fn nameless(place: usize) -> String {
    format!("option{}", place + 1)
}

/// The offers as variants; one alone without choices is the product itself. SKUs are made where the feed has none, and
/// made different where it repeats one.
fn variants(id: &Identifier, offers: &[Offer], price: Money) -> Vec<Variant> {
    if let [only] = offers
        && only.options.is_empty()
    {
        return Vec::new();
    }
    // Numbers are made only from those that no offer has of its own.
    let mut own: BTreeMap<Identifier, u32> = BTreeMap::new();
    for (offer, index) in offers.iter().zip(0..) {
        if let Some(sku) = &offer.sku {
            own.entry(sku.clone()).or_insert(index);
        }
    }
    let mut numbers = 1..;
    let mut variants: Vec<Variant> = Vec::with_capacity(offers.len());
    for (offer, index) in offers.iter().zip(0..) {
        let first = offer.sku.as_ref().filter(|sku| own.get(*sku) == Some(&index)).cloned();
        let mut numbered = || {
            let made = |n| Identifier::new(format!("{id}-{n}")).ok().filter(|sku| !own.contains_key(sku));
            numbers.by_ref().find_map(made)
        };
        let Some(sku) = first.or_else(&mut numbered) else { continue };
        let price = (offer.price != price).then_some(offer.price);
        variants.push(Variant { sku, options: offer.options.clone(), price, availability: offer.availability });
    }
    variants
}

/// Whether any of the offers can be bought, and how many units there are where all are counted.
fn together(offers: &[Offer]) -> Availability {
    let mut units = Some(0_u32);
    for offer in offers {
        let more = match offer.availability {
            Availability::InStock { units } => units,
            _ => Some(0),
        };
        units = units.zip(more).map(|(sum, more)| sum.saturating_add(more));
    }
    let has = |wanted: fn(Availability) -> bool| offers.iter().any(|offer| wanted(offer.availability));
    if has(|state| matches!(state, Availability::InStock { .. }) && state.is_buyable()) {
        Availability::InStock { units }
    } else if has(|state| state == Availability::Preorder) {
        Availability::Preorder
    } else if has(|state| state == Availability::Backorder) {
        Availability::Backorder
    } else {
        Availability::OutOfStock
    }
}
