//! The best items without scoring all: features are taken in the order of what they could add at most, until what is
//! left could lift no further item into the answer (MaxScore: Turtle and Flood, "Query evaluation: strategies and
//! optimizations", 1995). The answer is the one that scoring everything would give.

use crate::best::Best;
use crate::rank::{POOL, Signal, counts};
use crate::scratch::Scratch;
use crate::{Model, Query, Resemblance, Score};

/// The query with what is the same for all items.
struct Asked<'a> {
    query: &'a Query<'a>,
    /// Score counts per prior weight of 1/65535.
    prior: i64,
}

impl Model {
    /// Offers every allowed item that may be among the best, with its score; for queries without boosts.
    pub(crate) fn offer_likely(&self, signals: &[Signal], query: &Query<'_>, scratch: &mut Scratch, best: &mut Best) {
        scratch.begin(self.items() as usize, self.content.features());
        self.add_rules(signals, scratch);
        self.add_profile(signals, query.resemblance, scratch);
        let features = self.by_weight(scratch);
        let asked = Asked { query, prior: self.prior_multiplier() };
        let longest = self.content.longest();
        let alike = signals.iter().map(|signal| signal.content.max(0) * longest).sum();
        let mut left = features.iter().map(|&(most, _)| most).sum::<i64>().min(alike);
        best.raise(self.least_by_rules(&asked, scratch, best.count()));
        for at in 0..scratch.touched.len() {
            let Some(&item) = scratch.touched.get(at) else { break };
            self.offer(item, left, &asked, scratch, best);
        }
        let mut unseen: i64 = features.iter().map(|&(most, _)| most).sum();
        for (most, feature) in features {
            if best.least().is_some_and(|least| left + asked.prior * i64::from(u16::MAX) < least.counts()) {
                break;
            }
            for &item in self.content.of_feature.row(feature).0 {
                self.offer(item, left, &asked, scratch, best);
            }
            unseen -= most;
            left = left.min(unseen);
        }
        // Of those that no signal speaks of, the best by the prior alone suffice.
        let mut enough = query.limit.saturating_mul(POOL);
        for &item in self.prior.order() {
            if enough == 0 {
                break;
            }
            enough -= usize::from(self.offer(item, left, &asked, scratch, best));
        }
        scratch.end();
    }

    /// The score that as many items as are wanted reach by rules and prior alone.
    fn least_by_rules(&self, asked: &Asked<'_>, scratch: &mut Scratch, wanted: usize) -> Option<Score> {
        let mut best = Best::new(std::mem::take(&mut scratch.reached), wanted);
        for &item in scratch.touched.iter().filter(|&&item| asked.query.allowed.contains(item)) {
            let followed = scratch.scores.get(item as usize).copied().unwrap_or(0);
            best.offer(Score::from_counts(followed + asked.prior * i64::from(self.prior.weight(item))), item);
        }
        let least = best.least();
        scratch.reached = best.finish();
        least
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

    /// Offers an item the first time that it is looked at, if it is allowed; says whether it is.
    ///
    /// `left` is the most that its likeness can add.
    #[inline]
    fn offer(&self, item: u32, left: i64, asked: &Asked<'_>, scratch: &mut Scratch, best: &mut Best) -> bool {
        if !scratch.looks_at(item) || !asked.query.allowed.contains(item) {
            return false;
        }
        let followed = scratch.scores.get(item as usize).copied().unwrap_or(0);
        let score = followed + asked.prior * i64::from(self.prior.weight(item));
        if best.is_open_to(Score::from_counts(score + left)) {
            let (features, weights) = self.content.of_item.row(item);
            let alike = features.iter().zip(weights).map(|(&feature, &weight)| {
                scratch.profile.get(feature as usize).copied().unwrap_or(0) * i64::from(weight)
            });
            best.offer(Score::from_counts(score + alike.sum::<i64>()), item);
        }
        true
    }
}
