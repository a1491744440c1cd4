//! The score of every item: for evaluation, and for queries whose boosts may lift any of them.

use crate::best::Best;
use crate::rank::Signal;
use crate::score::fixed20;
use crate::scratch::Scratch;
use crate::{Boost, Event, Model, Query, Resemblance, Score};

/// What all boosts of a query may add together, in counts of 2^-40: a score of 4,096.
const BOOSTS_MOST: i64 = 4096 * Score::ONE;

impl Model {
    /// The score of every item for a history alone, into `scores` (one per item, in counts of 2^-40).
    ///
    /// For evaluation: what [`Model::recommend`] ranks by when nothing is filtered, boosted or varied.
    pub fn score_all(&self, history: &[Event], scratch: &mut Scratch, scores: &mut Vec<i64>) {
        let none = crate::Mask::none(0);
        let query = Query {
            history,
            anchors: &[],
            allowed: &none,
            boosts: &[],
            diversity: 0.0,
            resemblance: Resemblance::Whole,
            limit: 0,
        };
        let signals = self.signals(&query);
        self.add_all(&signals, Resemblance::Whole, scratch);
        let prior = self.prior_multiplier();
        scores.clear();
        let items = 0..self.items();
        scores.extend(items.map(|item| self.said(item, scratch) + prior * i64::from(self.prior.weight(item))));
        scratch.end();
    }

    /// Offers every allowed item with its score and its boosts; gives what each boost is worth, its share of the best
    /// score before boosts.
    pub(crate) fn offer_boosted(
        &self,
        signals: &[Signal],
        query: &Query<'_>,
        scratch: &mut Scratch,
        best: &mut Best,
    ) -> Vec<Score> {
        self.add_all(signals, query.resemblance, scratch);
        let prior = self.prior_multiplier();
        let allowed = || {
            let items = (0..self.items()).filter(|&item| query.allowed.contains(item));
            let score = |item| self.said(item, scratch) + prior * i64::from(self.prior.weight(item));
            items.map(move |item| (Score::from_counts(score(item)), item))
        };
        let most = allowed().map(|(score, _)| score).max().unwrap_or_default();
        // Far beyond what any shop's scores reach; it keeps sums of many boosts exact.
        let room = BOOSTS_MOST / query.boosts.len().max(1) as i64;
        let worth = |boost: &Boost| most.scaled(fixed20(boost.by.clamp(-1.0, 1.0))).counts().clamp(-room, room);
        let worth: Vec<Score> = query.boosts.iter().map(worth).map(Score::from_counts).collect();
        for (score, item) in allowed() {
            let holding = query.boosts.iter().zip(&worth).filter(|(boost, _)| boost.items.contains(item));
            best.offer(holding.fold(score, |sum, (_, worth)| sum + *worth), item);
        }
        scratch.end();
        worth
    }

    /// What all signals say of an item, in counts of 2^-40.
    fn said(&self, item: u32, scratch: &Scratch) -> i64 {
        scratch.followed.get(item) + scratch.alike.get(self.content.look(item))
    }
}
