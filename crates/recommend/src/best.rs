//! The best few of many candidates, without keeping the others.

use std::cmp::Ordering;

use crate::Score;

/// Keeps the best `count` candidates that are offered; equal scores go by the lower item.
pub(crate) struct Best {
    /// Fewer than twice as many as wanted (than 64 where few are wanted), so that sorting out pays for itself.
    kept: Vec<(Score, u32)>,
    count: usize,
    /// The worst that can still be among the best, once there were more than enough.
    floor: Option<(Score, u32)>,
}

impl Best {
    /// Uses `buffer` for what is kept.
    pub(crate) fn new(mut buffer: Vec<(Score, u32)>, count: usize) -> Self {
        buffer.clear();
        Self { kept: buffer, count, floor: None }
    }

    /// Whether a candidate of at most this score could still be among the best.
    #[inline]
    pub(crate) fn is_open_to(&self, score: Score) -> bool {
        self.floor.is_none_or(|(floor, _)| score >= floor)
    }

    /// Considers a candidate.
    #[inline]
    pub(crate) fn offer(&mut self, score: Score, item: u32) {
        if self.floor.is_some_and(|floor| descending(&(score, item), &floor) == Ordering::Greater) {
            return;
        }
        self.kept.push((score, item));
        if self.kept.len() >= self.count.saturating_mul(2).max(64) {
            self.sort_out();
        }
    }

    /// How many are kept.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The best in descending order.
    pub(crate) fn finish(mut self) -> Vec<(Score, u32)> {
        self.kept.sort_unstable_by(descending);
        self.kept.truncate(self.count);
        self.kept
    }

    fn sort_out(&mut self) {
        let Some(last) = self.count.checked_sub(1) else { return self.kept.clear() };
        if last >= self.kept.len() {
            return;
        }
        self.kept.select_nth_unstable_by(last, descending);
        self.kept.truncate(self.count);
        self.floor = self.kept.get(last).copied();
    }
}

fn descending(a: &(Score, u32), b: &(Score, u32)) -> Ordering {
    b.0.cmp(&a.0).then(a.1.cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::{Best, descending};
    use crate::Score;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_of_many_are_those_that_sorting_all_would_put_first(
            scores in proptest::collection::vec(-20_i64..20, 0..600), count in 0..200_usize
        ) {
            let mut all: Vec<_> = scores.into_iter().map(Score::from_counts).zip(0..).collect();
            let mut best = Best::new(Vec::new(), count);
            all.iter().for_each(|&(score, item)| best.offer(score, item));
            all.sort_by(descending);
            all.truncate(count);
            prop_assert_eq!(best.finish(), all);
        }
    }
}
