//! Scoring and ranking: from a query to a list whose scores are sums of named parts.

use crate::diversity::{self, Chosen};
use crate::score::fixed20;
use crate::{Cause, Content, Event, Model, Part, Query, Resemblance, Score, Scored, Source};

/// How many events of the history count, the newest ones.
pub const HISTORY: usize = 50;
/// Candidates per answered item among which variety is sought.
const POOL: usize = 4;
/// Features named in a reason.
const NAMED_FEATURES: usize = 3;

/// Reused buffers: one query allocates nothing that grows with the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    scores: Vec<i64>,
    touched: Vec<u32>,
    profile: Vec<i64>,
    wanted: Vec<u32>,
    candidates: Vec<(Score, u32)>,
}

/// One thing the query says, with the multipliers of its rows.
struct Signal {
    cause: Cause,
    item: u32,
    /// Score counts per rule share of 1/65535.
    rule: i64,
    /// Counts of 2^-20 per product of feature weights in 2^-20.
    content: i64,
}

impl Model {
    /// The best items for `query`, at most `limit`, in descending score, ties by number.
    pub fn recommend(&self, query: &Query<'_>, scratch: &mut Scratch) -> Vec<Scored> {
        let signals = self.signals(query);
        self.accumulate(&signals, query.resemblance, scratch);
        self.collect(query, scratch);
        let boosts = self.boost(query, scratch);
        let wanted = if query.diversity > 0.0 { query.limit.saturating_mul(POOL) } else { query.limit };
        keep_best(&mut scratch.candidates, wanted);
        let chosen = diversity::choose(&scratch.candidates, &self.content, query.diversity, query.limit);
        scratch.clear();
        chosen.iter().map(|chosen| self.explain(chosen, &signals, query, &boosts)).collect()
    }

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
        self.accumulate(&signals, Resemblance::Whole, scratch);
        let prior = self.prior_multiplier();
        scores.clear();
        let items = 0..self.items();
        scores.extend(
            scratch.scores.iter().zip(items).map(|(score, item)| score + prior * i64::from(self.prior.weight(item))),
        );
        scratch.clear();
    }

    fn signals(&self, query: &Query<'_>) -> Vec<Signal> {
        let settings = &self.settings;
        let mut signals = Vec::with_capacity(query.anchors.len() + query.history.len().min(HISTORY));
        for (index, &item) in query.anchors.iter().enumerate() {
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

    /// Adds what every signal says to the scores of the items it speaks of.
    fn accumulate(&self, signals: &[Signal], resemblance: Resemblance, scratch: &mut Scratch) {
        scratch.prepare(self.items() as usize, self.content.features());
        let Scratch { scores, touched, profile, wanted, .. } = scratch;
        for signal in signals {
            if let Some(rules) = self.rules.as_ref().filter(|_| signal.rule > 0) {
                let (items, shares) = rules.rows.row(signal.item);
                add(scores, touched, items, shares, signal.rule);
            }
            if signal.content > 0 {
                for (feature, weight) in self.content.of_item.pairs(signal.item) {
                    if counts(&self.content, feature, resemblance)
                        && let Some(amount) = profile.get_mut(feature as usize)
                    {
                        if *amount == 0 {
                            wanted.push(feature);
                        }
                        *amount += signal.content * i64::from(weight);
                    }
                }
            }
        }
        for feature in wanted.drain(..) {
            if let Some(amount) = profile.get_mut(feature as usize) {
                let (items, weights) = self.content.of_feature.row(feature);
                add(scores, touched, items, weights, *amount);
                *amount = 0;
            }
        }
    }

    /// Collects the allowed items that may matter, with their scores.
    fn collect(&self, query: &Query<'_>, scratch: &mut Scratch) {
        let prior = self.prior_multiplier();
        let Scratch { scores, touched, candidates, .. } = scratch;
        let mut take = |item: u32| {
            let score = scores.get(item as usize).copied().unwrap_or(0) + prior * i64::from(self.prior.weight(item));
            candidates.push((Score::from_counts(score), item));
        };
        touched.iter().copied().filter(|&item| query.allowed.contains(item)).for_each(&mut take);
        // What no signal speaks of can be answered by the prior alone: its best items suffice, unless a boost could lift others.
        let enough = if query.boosts.is_empty() { query.limit.saturating_mul(POOL) } else { usize::MAX };
        let untouched = |&item: &u32| scores.get(item as usize) == Some(&0) && query.allowed.contains(item);
        self.prior.order().iter().copied().filter(untouched).take(enough).for_each(&mut take);
    }

    /// Adds the boosts to the candidates; returns what each of them is worth.
    fn boost(&self, query: &Query<'_>, scratch: &mut Scratch) -> Vec<Score> {
        let best = scratch.candidates.iter().map(|&(score, _)| score).max().unwrap_or_default();
        let worth: Vec<Score> =
            query.boosts.iter().map(|boost| best.scaled(fixed20(boost.by.clamp(-1.0, 1.0)))).collect();
        if !worth.is_empty() {
            for (score, item) in &mut scratch.candidates {
                for (boost, worth) in query.boosts.iter().zip(&worth) {
                    if boost.items.contains(*item) {
                        *score += *worth;
                    }
                }
            }
        }
        worth
    }

    /// Takes the score of a chosen item apart, largest part first.
    fn explain(&self, chosen: &Chosen, signals: &[Signal], query: &Query<'_>, boosts: &[Score]) -> Scored {
        let item = chosen.item;
        let mut parts = Vec::new();
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
                let mut shared: Vec<(u32, i64)> = self.content.shared(signal.item, item).collect();
                shared.retain(|&(feature, _)| counts(&self.content, feature, query.resemblance));
                let amount = signal.content * shared.iter().map(|&(_, product)| product).sum::<i64>();
                shared.sort_by_key(|&(feature, product)| (std::cmp::Reverse(product), feature));
                let named = shared.into_iter().take(NAMED_FEATURES).map(|(feature, _)| feature).collect();
                part(Source::Content(signal.cause, named), Score::from_counts(amount));
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
    fn prior_multiplier(&self) -> i64 {
        libm::round(self.settings.prior * Score::ONE as f64 / 65535.0) as i64
    }
}

impl Scratch {
    fn prepare(&mut self, items: usize, features: usize) {
        self.scores.resize(items, 0);
        self.profile.resize(features, 0);
    }

    fn clear(&mut self) {
        for item in self.touched.drain(..) {
            if let Some(score) = self.scores.get_mut(item as usize) {
                *score = 0;
            }
        }
        self.candidates.clear();
    }
}

/// Adds `multiplier` x weight to the score of each item, noting those that had none.
#[inline]
fn add(scores: &mut [i64], touched: &mut Vec<u32>, items: &[u32], weights: &[u16], multiplier: i64) {
    for (&item, &weight) in items.iter().zip(weights) {
        if let Some(score) = scores.get_mut(item as usize) {
            if *score == 0 {
                touched.push(item);
            }
            *score += multiplier * i64::from(weight);
        }
    }
}

/// Whether a feature counts for this kind of resemblance.
fn counts(content: &Content, feature: u32, resemblance: Resemblance) -> bool {
    resemblance == Resemblance::Whole || content.is_style(feature)
}

/// Keeps the best `count` candidates in descending order, ties by item.
fn keep_best(candidates: &mut Vec<(Score, u32)>, count: usize) {
    let order = |a: &(Score, u32), b: &(Score, u32)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
    if count > 0 && count < candidates.len() {
        candidates.select_nth_unstable_by(count - 1, order);
    }
    candidates.truncate(count);
    candidates.sort_unstable_by(order);
}
