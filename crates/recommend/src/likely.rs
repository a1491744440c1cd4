//! The best items without scoring all: likeness is added up once for each look, and of the items that share one and that
//! no rule speaks of, only the likeliest by the prior can be among the best. The answer is the one that scoring everything
//! would give.

use crate::best::Best;
use crate::rank::{Signal, counts};
use crate::scratch::Scratch;
use crate::{Model, Query, Resemblance, Score};

impl Model {
    /// Offers every allowed item that may be among the best, with its score; for queries without boosts.
    pub(crate) fn offer_likely(&self, signals: &[Signal], query: &Query<'_>, scratch: &mut Scratch, best: &mut Best) {
        self.add_all(signals, query.resemblance, scratch);
        let multiplier = self.prior_multiplier();
        let prior = |item| multiplier * i64::from(self.prior.weight(item));
        for &item in scratch.followed.touched() {
            if query.allowed.contains(item) {
                let score = scratch.followed.get(item) + scratch.alike.get(self.content.look(item)) + prior(item);
                best.offer(Score::from_counts(score), item);
            }
        }
        for &look in scratch.alike.touched() {
            let alike = scratch.alike.get(look);
            let lead = self.leads.get(look as usize).copied().unwrap_or(0);
            if !best.is_open_to(Score::from_counts(alike + multiplier * i64::from(lead))) {
                continue;
            }
            for &place in self.likeliest.row(look).0 {
                let Some(&item) = self.prior.order().get(place as usize) else { break };
                let score = Score::from_counts(alike + prior(item));
                if !best.is_open_to(score) {
                    break;
                }
                if scratch.followed.get(item) == 0 && query.allowed.contains(item) {
                    best.offer(score, item);
                }
            }
        }
        // Of those that no signal speaks of, the best by the prior alone suffice.
        let mut enough = best.count();
        for &item in self.prior.order() {
            let score = Score::from_counts(prior(item));
            if enough == 0 || !best.is_open_to(score) {
                break;
            }
            let unspoken = scratch.followed.get(item) == 0 && scratch.alike.get(self.content.look(item)) == 0;
            if unspoken && query.allowed.contains(item) {
                best.offer(score, item);
                enough -= 1;
            }
        }
        scratch.end();
    }

    /// Adds up what every signal says: of items by the rules, of looks by likeness.
    pub(crate) fn add_all(&self, signals: &[Signal], resemblance: Resemblance, scratch: &mut Scratch) {
        scratch.begin(self.items() as usize, self.content.looks(), self.content.features());
        for signal in signals {
            if let Some(rules) = self.rules.as_ref().filter(|_| signal.rule > 0) {
                let (items, shares) = rules.rows.row(signal.item);
                scratch.followed.add(items, shares, signal.rule);
            }
            if signal.content > 0 {
                let (features, weights) = self.content.of_item(signal.item);
                match resemblance {
                    Resemblance::Whole => scratch.wanted.add(features, weights, signal.content),
                    Resemblance::Style => {
                        for (feature, weight) in features.iter().zip(weights) {
                            if counts(&self.content, *feature, resemblance) {
                                scratch.wanted.add(&[*feature], &[*weight], signal.content);
                            }
                        }
                    }
                }
            }
        }
        for &feature in scratch.wanted.touched() {
            let (looks, weights) = self.content.of_feature.row(feature);
            scratch.alike.add(looks, weights, scratch.wanted.get(feature));
        }
    }
}
