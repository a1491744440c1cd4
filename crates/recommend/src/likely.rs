//! The best items without scoring all: features are taken in the order of what they could add at most, until what is
//! left could lift no further item into the answer (MaxScore: Turtle and Flood, "Query evaluation: strategies and
//! optimizations", 1995). The answer is the one that scoring everything would give.

use crate::best::Best;
use crate::rank::{POOL, Signal, counts};
use crate::scratch::Scratch;
use crate::{Model, Query, Resemblance, Score};

impl Model {
    /// Offers every allowed item that may be among the best, with its score; for queries without boosts.
    pub(crate) fn offer_likely(&self, signals: &[Signal], query: &Query<'_>, scratch: &mut Scratch, best: &mut Best) {
        scratch.begin(self.items() as usize, self.content.features());
        self.add_rules(signals, scratch);
        self.add_profile(signals, query.resemblance, scratch);
        for at in 0..scratch.touched.len() {
            let Some(&item) = scratch.touched.get(at) else { break };
            self.offer(item, query, scratch, best);
        }
        let features = self.by_weight(scratch);
        let prior = self.prior_multiplier() * i64::from(u16::MAX);
        let mut left: i64 = features.iter().map(|&(most, _)| most).sum();
        for (most, feature) in features {
            if best.least().is_some_and(|least| left + prior < least.counts()) {
                break;
            }
            left -= most;
            for &item in self.content.of_feature.row(feature).0 {
                self.offer(item, query, scratch, best);
            }
        }
        // Of those that no signal speaks of, the best by the prior alone suffice.
        let mut enough = query.limit.saturating_mul(POOL);
        for &item in self.prior.order() {
            if enough == 0 {
                break;
            }
            enough -= usize::from(self.offer(item, query, scratch, best));
        }
        scratch.end();
    }

    /// Adds what the rules say of the items that follow those of the signals.
    pub(crate) fn add_rules(&self, signals: &[Signal], scratch: &mut Scratch) {
        let Some(rules) = &self.rules else { return };
        for signal in signals.iter().filter(|signal| signal.rule > 0) {
            let (items, shares) = rules.rows.row(signal.item);
            scratch.add(items, shares, signal.rule);
        }
    }

    /// Adds up how much each feature is asked for.
    pub(crate) fn add_profile(&self, signals: &[Signal], resemblance: Resemblance, scratch: &mut Scratch) {
        for signal in signals.iter().filter(|signal| signal.content > 0) {
            for (feature, weight) in self.content.of_item.pairs(signal.item) {
                if counts(&self.content, feature, resemblance)
                    && let Some(amount) = scratch.profile.get_mut(feature as usize)
                {
                    if *amount == 0 {
                        scratch.wanted.push(feature);
                    }
                    *amount += signal.content * i64::from(weight);
                }
            }
        }
    }

    /// The wanted features with the most that each can add to any item, the largest first.
    fn by_weight(&self, scratch: &Scratch) -> Vec<(i64, u32)> {
        let most = |&feature: &u32| {
            let amount = scratch.profile.get(feature as usize).copied().unwrap_or(0);
            (amount * i64::from(self.content.peak(feature)), feature)
        };
        let mut features: Vec<(i64, u32)> = scratch.wanted.iter().map(most).collect();
        features.sort_unstable_by(|a, b| b.cmp(a));
        features
    }

    /// Offers an item the first time that it is looked at, if it is allowed; whether it was offered.
    #[inline]
    fn offer(&self, item: u32, query: &Query<'_>, scratch: &mut Scratch, best: &mut Best) -> bool {
        if !scratch.looks_at(item) || !query.allowed.contains(item) {
            return false;
        }
        let followed = scratch.scores.get(item as usize).copied().unwrap_or(0);
        let (features, weights) = self.content.of_item.row(item);
        let alike = features
            .iter()
            .zip(weights)
            .map(|(&feature, &weight)| scratch.profile.get(feature as usize).copied().unwrap_or(0) * i64::from(weight));
        let prior = self.prior_multiplier() * i64::from(self.prior.weight(item));
        best.offer(Score::from_counts(followed + alike.sum::<i64>() + prior), item);
        true
    }
}
