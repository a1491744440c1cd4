//! Likeness of products by their features: weights by rarity, cosine, an inverted index.

use std::collections::BTreeMap;

use crate::features::{Feature, Group};
use crate::postings::Postings;

/// Counts that make up a feature weight of 1.
pub(crate) const WEIGHT_ONE: f64 = 1024.0;

/// Features of every item and items of every feature.
///
/// Items with the same features are alike to everything in the same degree: they share a *look*, and likeness is worked
/// out once for each look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    features: Vec<Feature>,
    /// The look of each item.
    looks: Vec<u32>,
    /// Look to features; weights in 1/1024 of a unit vector.
    of_look: Postings,
    /// Feature to looks.
    pub(crate) of_feature: Postings,
}

impl Content {
    /// Indexes the features of items 0, 1, 2 …
    ///
    /// A feature weighs its emphasis times log(items / items that have it); the weights of an item form a
    /// unit vector, so that the likeness of two items is their cosine, 0 to 1.
    pub fn index(items: &[Vec<Feature>]) -> Self {
        let mut ids: BTreeMap<&Feature, u32> = BTreeMap::new();
        let mut holders: Vec<u32> = Vec::new();
        let mut features: Vec<Feature> = Vec::new();
        let mut numbered: Vec<Vec<u32>> = Vec::with_capacity(items.len());
        for item in items {
            let mut own = Vec::with_capacity(item.len());
            for feature in item {
                let id = *ids.entry(feature).or_insert_with(|| {
                    features.push(feature.clone());
                    holders.push(0);
                    features.len() as u32 - 1
                });
                own.push(id);
            }
            own.sort_unstable();
            own.dedup();
            for &id in &own {
                if let Some(count) = holders.get_mut(id as usize) {
                    *count += 1;
                }
            }
            numbered.push(own);
        }
        let rarity: Vec<f64> = features
            .iter()
            .zip(&holders)
            .map(|(feature, &count)| {
                f64::from(feature.emphasis) * libm::log(items.len() as f64 / f64::from(count.max(1)))
            })
            .collect();
        let mut known: BTreeMap<&[u32], u32> = BTreeMap::new();
        let (mut looks, mut of_look) = (Vec::with_capacity(items.len()), Postings::default());
        for own in &numbered {
            let look = *known.entry(own).or_insert_with(|| {
                let weight = |id: &u32| rarity.get(*id as usize).copied().unwrap_or(0.0);
                let length = own.iter().map(weight).fold(0.0, |sum, w| sum + w * w).sqrt();
                let unit = if length > 0.0 { WEIGHT_ONE / length } else { 0.0 };
                let row = own.iter().map(|id| (*id, libm::round(weight(id) * unit) as u16));
                of_look.push_row(row.filter(|&(_, weight)| weight > 0));
                of_look.rows() as u32 - 1
            });
            looks.push(look);
        }
        let of_feature = of_look.transposed(features.len());
        Self { features, looks, of_look, of_feature }
    }

    /// Number of items.
    pub fn items(&self) -> u32 {
        self.looks.len() as u32
    }

    /// Number of looks.
    pub(crate) fn looks(&self) -> usize {
        self.of_look.rows()
    }

    /// The look of an item; items beyond the catalogue have none that is known.
    #[inline]
    pub(crate) fn look(&self, item: u32) -> u32 {
        self.looks.get(item as usize).copied().unwrap_or(u32::MAX)
    }

    /// The features of an item and their weights in 1/1024.
    #[inline]
    pub(crate) fn of_item(&self, item: u32) -> (&[u32], &[u16]) {
        self.of_look.row(self.look(item))
    }

    /// A feature by its number.
    pub fn feature(&self, id: u32) -> Option<&Feature> {
        self.features.get(id as usize)
    }

    /// Number of features.
    pub fn features(&self) -> usize {
        self.features.len()
    }

    pub(crate) fn is_style(&self, id: u32) -> bool {
        self.feature(id).is_some_and(|feature| feature.group == Group::Style)
    }

    /// Likeness of two items in counts of 2^-20; 0 to about 2^20.
    pub fn likeness(&self, a: u32, b: u32) -> i64 {
        self.shared(a, b).map(|(_, product)| product).sum()
    }

    /// Features that both items have, with the product of their weights in counts of 2^-20.
    pub(crate) fn shared(&self, a: u32, b: u32) -> impl Iterator<Item = (u32, i64)> + '_ {
        let mut other = self.of_look.pairs(self.look(b)).peekable();
        self.of_look.pairs(self.look(a)).filter_map(move |(feature, weight)| {
            while other.next_if(|&(found, _)| found < feature).is_some() {}
            let (_, found) = other.next_if(|&(found, _)| found == feature)?;
            Some((feature, i64::from(weight) * i64::from(found)))
        })
    }
}
