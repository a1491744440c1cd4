//! Scoring and ranking: from a query to a list whose scores are sums of named parts.

use crate::best::Best;
use crate::diversity::{self, Chosen};
use crate::score::fixed20;
use crate::scratch::Scratch;
use crate::{Cause, Content, Model, Part, Query, Resemblance, Score, Scored, Source, Telling};

/// How many events of the history count, the newest ones.
pub const HISTORY: usize = 50;
/// How many anchors count, the last ones.
pub const ANCHORS: usize = 50;
/// Candidates per answered item among which variety is sought.
pub(crate) const POOL: usize = 4;

/// One thing the query says, with the multipliers of its rows.
pub(crate) struct Signal {
    cause: Cause,
    pub(crate) item: u32,
    /// Score counts per rule share of 1/65535.
    pub(crate) rule: i64,
    /// Counts of 2^-20 per product of feature weights in 2^-20.
    pub(crate) content: i64,
}

impl Model {
    /// The best items for `query`, at most `limit`, in descending score, ties by number.
    pub fn recommend(&self, query: &Query<'_>, scratch: &mut Scratch) -> Vec<Scored> {
        let signals = self.signals(query);
        let wanted = if query.diversity > 0.0 { query.limit.saturating_mul(POOL) } else { query.limit };
        let mut best = Best::new(std::mem::take(&mut scratch.candidates), wanted);
        let boosts = if query.boosts.is_empty() {
            self.offer_likely(&signals, query, scratch, &mut best);
            Vec::new()
        } else {
            self.offer_boosted(&signals, query, scratch, &mut best)
        };
        scratch.candidates = best.finish();
        let Scratch { candidates, wanted: profile, .. } = scratch;
        let chosen = diversity::choose(candidates, &self.content, query.diversity, query.limit, profile);
        chosen.iter().map(|chosen| self.explain(chosen, &signals, query, &boosts)).collect()
    }

    pub(crate) fn signals(&self, query: &Query<'_>) -> Vec<Signal> {
        let settings = &self.settings;
        let mut signals = Vec::with_capacity(query.anchors.len().min(ANCHORS) + query.history.len().min(HISTORY));
        let uncounted = query.anchors.len().saturating_sub(ANCHORS);
        for (index, &item) in query.anchors.iter().enumerate().skip(uncounted) {
            signals.push(self.signal(Cause::Anchor(index), item, 1.0));
        }
        let mut step = if query.anchors.is_empty() { 1.0 } else { settings.background };
        for (index, event) in query.history.iter().enumerate().rev().take(HISTORY) {
            if !query.anchors.contains(&event.item) {
                signals.push(self.signal(Cause::History(index), event.item, step * settings.kind(event.kind)));
            }
            step *= settings.decay;
        }
        signals
    }

    fn signal(&self, cause: Cause, item: u32, weight: f64) -> Signal {
        let settings = &self.settings;
        let scale = self.rules.as_ref().map_or(0.0, |rules| rules.scale(item));
        let rule = libm::round(weight * scale * Score::ONE as f64 / 65535.0) as i64;
        let known = f64::from(self.prior.observations(item));
        let doubt = if known > 0.0 { settings.confidence / (settings.confidence + known) } else { 1.0 };
        Signal { cause, item, rule, content: fixed20(weight * settings.content * doubt) }
    }

    /// Takes the score of a chosen item apart, largest part first.
    fn explain(&self, chosen: &Chosen, signals: &[Signal], query: &Query<'_>, boosts: &[Score]) -> Scored {
        let item = chosen.item;
        let mut parts = Vec::with_capacity(2 * signals.len() + query.boosts.len() + 2);
        let mut part = |source, amount: Score| {
            if amount != Score::ZERO {
                parts.push(Part { source, amount });
            }
        };
        for signal in signals {
            if let Some(rules) = &self.rules {
                let amount = signal.rule * i64::from(rules.rows.weight(signal.item, item));
                part(Source::Sequence(signal.cause), Score::from_counts(amount));
            }
            if signal.content > 0 {
                let (mut sum, mut named) = (0, Named::default());
                for (feature, product) in self.content.shared(signal.item, item) {
                    if counts(&self.content, feature, query.resemblance) {
                        sum += product;
                        named.offer(product, feature);
                    }
                }
                let amount = signal.content * sum;
                part(Source::Content(signal.cause, named.telling()), Score::from_counts(amount));
            }
        }
        let prior = Score::from_counts(self.prior_multiplier() * i64::from(self.prior.weight(item)));
        part(if self.prior.is_popularity() { Source::Popularity } else { Source::Featured }, prior);
        for (index, (boost, worth)) in query.boosts.iter().zip(boosts).enumerate() {
            if boost.items.contains(item) {
                part(Source::Boost(index), *worth);
            }
        }
        part(Source::Diversity { beside: chosen.beside }, -chosen.penalty);
        parts.sort_by_key(|part| std::cmp::Reverse(part.amount));
        Scored { item, score: chosen.score - chosen.penalty, parts }
    }

    /// Score counts per prior weight of 1/65535.
    pub(crate) fn prior_multiplier(&self) -> i64 {
        libm::round(self.settings.prior * Score::ONE as f64 / 65535.0) as i64
    }
}

/// The features that say most, without keeping the others.
#[derive(Default)]
struct Named([Option<(i64, u32)>; 3]);

impl Named {
    fn offer(&mut self, product: i64, feature: u32) {
        let mut carried = Some((product, feature));
        for place in &mut self.0 {
            // Features come in ascending order, so of equal products the first one stays in front.
            if place.is_none_or(|(known, _)| carried.is_some_and(|(product, _)| product > known)) {
                std::mem::swap(place, &mut carried);
            }
        }
    }

    fn telling(&self) -> Telling {
        Telling::new(self.0.map(|named| named.map(|(_, feature)| feature)))
    }
}

/// Whether a feature counts for this kind of resemblance.
pub(crate) fn counts(content: &Content, feature: u32, resemblance: Resemblance) -> bool {
    resemblance == Resemblance::Whole || content.is_style(feature)
}
