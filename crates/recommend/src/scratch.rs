//! Buffers that queries reuse, so that none allocates anything that grows with the catalogue.

use crate::Score;

/// Reused buffers, empty between two queries.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// What was added up for each item, in counts of 2^-40.
    pub(crate) scores: Vec<i64>,
    /// The items whose score is not 0.
    pub(crate) touched: Vec<u32>,
    /// How much each feature is asked for.
    pub(crate) profile: Vec<i64>,
    /// The features that are asked for.
    pub(crate) wanted: Vec<u32>,
    /// The query in which each item was last looked at.
    pub(crate) seen: Vec<u32>,
    /// The number of this query.
    pub(crate) turn: u32,
    /// The best by what is known before likeness is added.
    pub(crate) reached: Vec<(Score, u32)>,
    /// What may be answered.
    pub(crate) candidates: Vec<(Score, u32)>,
}

impl Scratch {
    /// Makes room for a catalogue, and begins a query.
    pub(crate) fn begin(&mut self, items: usize, features: usize) {
        self.scores.resize(items, 0);
        self.profile.resize(features, 0);
        self.turn = self.turn.wrapping_add(1);
        if self.turn == 0 || self.seen.len() != items {
            (self.seen, self.turn) = (vec![0; items], 1);
        }
    }

    /// Notes that an item is looked at; whether that is for the first time in this query.
    #[inline]
    pub(crate) fn looks_at(&mut self, item: u32) -> bool {
        let turn = self.turn;
        self.seen.get_mut(item as usize).is_some_and(|seen| std::mem::replace(seen, turn) != turn)
    }

    /// Adds `multiplier` (above 0) x weight to the score of each item, noting those that had none.
    #[inline]
    pub(crate) fn add(&mut self, items: &[u32], weights: &[u16], multiplier: i64) {
        // A weight of 0 would leave the score at 0, and the item be noted again.
        for (&item, &weight) in items.iter().zip(weights).filter(|&(_, &weight)| weight > 0) {
            if let Some(score) = self.scores.get_mut(item as usize) {
                if *score == 0 {
                    self.touched.push(item);
                }
                *score += multiplier * i64::from(weight);
            }
        }
    }

    /// Empties the scores and the profile.
    pub(crate) fn end(&mut self) {
        for item in self.touched.drain(..) {
            if let Some(score) = self.scores.get_mut(item as usize) {
                *score = 0;
            }
        }
        for feature in self.wanted.drain(..) {
            if let Some(amount) = self.profile.get_mut(feature as usize) {
                *amount = 0;
            }
        }
    }
}
