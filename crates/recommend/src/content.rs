//! Likeness of products by their features: weights by rarity, cosine, an inverted index.

use std::collections::BTreeMap;

use crate::features::{Feature, Group};
use crate::postings::Postings;

/// Counts that make up a feature weight of 1.
pub(crate) const WEIGHT_ONE: f64 = 1024.0;

/// Features of every item and items of every feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    features: Vec<Feature>,
    /// Item to features; weights in 1/1024 of a unit vector.
    pub(crate) of_item: Postings,
    /// Feature to items.
    pub(crate) of_feature: Postings,
    /// The largest weight of each feature in any item.
    peaks: Vec<u16>,
    /// The largest likeness of an item to itself, in counts of 2^-20.
    longest: i64,
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
        let mut of_item = Postings::default();
        for own in &numbered {
            let weight = |id: &u32| rarity.get(*id as usize).copied().unwrap_or(0.0);
            let length = own.iter().map(weight).fold(0.0, |sum, w| sum + w * w).sqrt();
            let unit = if length > 0.0 { WEIGHT_ONE / length } else { 0.0 };
            let row = own.iter().map(|id| (*id, libm::round(weight(id) * unit) as u16));
            of_item.push_row(row.filter(|&(_, weight)| weight > 0));
        }
        let of_feature = of_item.transposed(features.len());
        let peak = |feature| of_feature.row(feature).1.iter().copied().max().unwrap_or(0);
        let peaks = (0..features.len() as u32).map(peak).collect();
        let square = |item| of_item.row(item).1.iter().map(|&weight| i64::from(weight).pow(2)).sum::<i64>();
        let longest = (0..of_item.rows() as u32).map(square).max().unwrap_or(0);
        Self { features, of_item, of_feature, peaks, longest }
    }

    /// Number of items.
    pub fn items(&self) -> u32 {
        self.of_item.rows() as u32
    }

    /// A feature by its number.
    pub fn feature(&self, id: u32) -> Option<&Feature> {
        self.features.get(id as usize)
    }

    /// Number of features.
    pub fn features(&self) -> usize {
        self.features.len()
    }

    /// The largest weight of a feature in any item, in 1/1024.
    pub(crate) fn peak(&self, feature: u32) -> u16 {
        self.peaks.get(feature as usize).copied().unwrap_or(0)
    }

    /// What no likeness exceeds (Cauchy and Schwarz), in counts of 2^-20.
    pub(crate) fn longest(&self) -> i64 {
        self.longest
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
        let mut other = self.of_item.pairs(b).peekable();
        self.of_item.pairs(a).filter_map(move |(feature, weight)| {
            while other.next_if(|&(found, _)| found < feature).is_some() {}
            let (_, found) = other.next_if(|&(found, _)| found == feature)?;
            Some((feature, i64::from(weight) * i64::from(found)))
        })
    }
}
