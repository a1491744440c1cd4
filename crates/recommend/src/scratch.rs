//! Buffers that queries reuse, so that none allocates anything that grows with the catalogue.

use crate::Score;

/// Reused buffers, empty between two queries.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// What the rules add for each item, in counts of 2^-40.
    pub(crate) followed: Sums,
    /// What likeness adds for each look, in counts of 2^-40.
    pub(crate) alike: Sums,
    /// How much each feature is asked for.
    pub(crate) wanted: Sums,
    /// What may be answered.
    pub(crate) candidates: Vec<(Score, u32)>,
}

/// Sums by number, most of them 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    sums: Vec<i64>,
    /// The numbers whose sum is not 0.
    touched: Vec<u32>,
}

impl Scratch {
    /// Makes room for a catalogue.
    pub(crate) fn begin(&mut self, items: usize, looks: usize, features: usize) {
        self.followed.sums.resize(items, 0);
        self.alike.sums.resize(looks, 0);
        self.wanted.sums.resize(features, 0);
    }

    /// Empties all sums.
    pub(crate) fn end(&mut self) {
        self.followed.clear();
        self.alike.clear();
        self.wanted.clear();
    }
}

impl Sums {
    /// Adds `multiplier` x weight, both above 0, to the sum of each index.
    #[inline]
    pub(crate) fn add(&mut self, indices: &[u32], weights: &[u16], multiplier: i64) {
        for (&index, &weight) in indices.iter().zip(weights) {
            if let Some(sum) = self.sums.get_mut(index as usize) {
                if *sum == 0 {
                    self.touched.push(index);
                }
                *sum += multiplier * i64::from(weight);
            }
        }
    }

    /// The sum of `index`, 0 beyond the last one.
    #[inline]
    pub(crate) fn get(&self, index: u32) -> i64 {
        self.sums.get(index as usize).copied().unwrap_or(0)
    }

    /// What has a sum.
    pub(crate) fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// Sets all sums to 0.
    pub(crate) fn clear(&mut self) {
        for index in self.touched.drain(..) {
            if let Some(sum) = self.sums.get_mut(index as usize) {
                *sum = 0;
            }
        }
    }
}
