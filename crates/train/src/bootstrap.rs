//! Bootstrap intervals: how much the figures would move with other shoppers.

use fastrand::Rng;

use crate::{Interval, Metrics};

/// Resamples drawn.
const RESAMPLES: usize = 1000;

/// 95 % percentile intervals of the metrics over cases drawn with replacement, from `seed`.
pub(crate) fn interval(ranks: &[u32], seed: u64) -> Interval {
    let mut rng = Rng::with_seed(seed);
    let mut figures: [Vec<f64>; 6] = Default::default();
    if ranks.is_empty() {
        return Interval::default();
    }
    for _ in 0..RESAMPLES {
        let drawn = (0..ranks.len()).filter_map(|_| ranks.get(rng.usize(..ranks.len())).copied());
        for (list, value) in figures.iter_mut().zip(Metrics::of_ranks(drawn).values) {
            list.push(value);
        }
    }
    let mut interval = Interval::default();
    for ((list, low), high) in figures.iter_mut().zip(&mut interval.low).zip(&mut interval.high) {
        list.sort_by(f64::total_cmp);
        *low = list.get(RESAMPLES / 40).copied().unwrap_or_default();
        *high = list.get(RESAMPLES - RESAMPLES / 40 - 1).copied().unwrap_or_default();
    }
    interval
}
