//! Sequential rules: how strongly one item is followed by another within a few steps of a session.
//!
//! `C[i, j] += 1 / (b - a)` for every item j at position b after item i at position a, within ten steps;
//! plus `back` times the reverse; row i divided by the square root of how often i was observed.
//! Weights are kept as 16-bit shares of their row's largest, which is at most 32.

use crate::postings::Postings;

/// Steps between two items of a session that still count as following.
const WINDOW: usize = 10;
/// The largest weight of a row. Only thousands of views that lead to the same item would weigh more; their row keeps its
/// shares.
pub(crate) const LARGEST_WEIGHT: f32 = 32.0;

/// Fitted rules: one row of successors per item.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub(crate) rows: Postings,
    /// Per row, the weight that a share of 65,535 stands for.
    pub(crate) scales: Vec<f32>,
}

impl Rules {
    /// Counts the rules of `sequences` (items below `items`, oldest first).
    ///
    /// `back` is what following backwards is worth, 0 to 1. `keep` bounds the successors kept per item, the
    /// strongest first.
    pub fn fit(sequences: &[Vec<u32>], items: u32, back: f64, keep: usize) -> Self {
        let occurrences = occurrences(sequences, items);
        let mut rules = Self { rows: Postings::default(), scales: Vec::new() };
        let mut sums = vec![0.0_f64; items as usize];
        let mut touched: Vec<u32> = Vec::new();
        for (item, places) in occurrences.iter().enumerate() {
            for &(sequence, at) in places {
                let Some(sequence) = sequences.get(sequence as usize) else { continue };
                let mut add = |other: u32, amount: f64| {
                    let Some(sum) = sums.get_mut(other as usize) else { return };
                    if *sum == 0.0 {
                        touched.push(other);
                    }
                    *sum += amount;
                };
                let (before, after) = sequence.split_at(at as usize);
                for (step, &other) in after.iter().skip(1).take(WINDOW).enumerate() {
                    add(other, 1.0 / (step + 1) as f64);
                }
                for (step, &other) in before.iter().rev().take(WINDOW).enumerate() {
                    if back > 0.0 {
                        add(other, back / (step + 1) as f64);
                    }
                }
            }
            let norm = 1.0 / (places.len().max(1) as f64).sqrt();
            let mut row = Vec::with_capacity(touched.len());
            for other in touched.drain(..) {
                if let Some(sum) = sums.get_mut(other as usize) {
                    if other as usize != item {
                        row.push((other, *sum * norm));
                    }
                    *sum = 0.0;
                }
            }
            row.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            row.truncate(keep);
            row.sort_by_key(|&(other, _)| other);
            rules.push_row(&row);
        }
        rules
    }

    fn push_row(&mut self, row: &[(u32, f64)]) {
        let most = row.iter().map(|&(_, weight)| weight).fold(0.0, f64::max) as f32;
        let share = |weight: f64| (weight / f64::from(most) * 65535.0).round().clamp(0.0, 65535.0) as u16;
        self.rows.push_row(row.iter().map(|&(other, weight)| (other, share(weight))).filter(|&(_, share)| share > 0));
        self.scales.push(most.min(LARGEST_WEIGHT));
    }

    /// Number of items.
    pub fn items(&self) -> u32 {
        self.scales.len() as u32
    }

    /// Number of pairs of items that are known to follow each other.
    pub fn pairs(&self) -> usize {
        self.rows.len()
    }

    /// How strongly `other` follows `item`.
    pub fn weight(&self, item: u32, other: u32) -> f64 {
        f64::from(self.rows.weight(item, other)) * self.scale(item) / 65535.0
    }

    pub(crate) fn scale(&self, item: u32) -> f64 {
        self.scales.get(item as usize).copied().map_or(0.0, f64::from)
    }
}

/// Where each item stands: (sequence, position) pairs in order.
fn occurrences(sequences: &[Vec<u32>], items: u32) -> Vec<Vec<(u32, u32)>> {
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); items as usize];
    for (sequence, members) in sequences.iter().enumerate() {
        for (at, &item) in members.iter().enumerate() {
            if let Some(list) = places.get_mut(item as usize) {
                list.push((sequence as u32, at as u32));
            }
        }
    }
    places
}
