//! Choosing a varied list: each item pays for being like a better one already chosen.

use crate::score::fixed20;
use crate::scratch::Sums;
use crate::{Content, Score};

/// An item with its score before the penalty, the penalty, and the better item it repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) item: u32,
    pub(crate) score: Score,
    pub(crate) penalty: Score,
    pub(crate) beside: u32,
    /// To that better item, in counts of 2^-20.
    likeness: i64,
}

/// Picks up to `limit` of `pool` (descending scores), greedily by score minus penalty.
///
/// The penalty is `diversity` x score x the largest likeness to a chosen item. It can only grow while the list does, so
/// final scores descend. `weights` is empty before and after.
pub(crate) fn choose(
    pool: &[(Score, u32)],
    content: &Content,
    diversity: f64,
    limit: usize,
    weights: &mut Sums,
) -> Vec<Chosen> {
    let strength = fixed20(diversity.clamp(0.0, 1.0));
    let fresh = |&(score, item): &(Score, u32)| Chosen { item, score, penalty: Score::ZERO, beside: item, likeness: 0 };
    let mut candidates: Vec<Chosen> = pool.iter().map(fresh).collect();
    let mut chosen: Vec<Chosen> = Vec::with_capacity(limit.min(pool.len()));
    while chosen.len() < limit {
        let rank = |candidate: &Chosen| (candidate.penalty - candidate.score, candidate.item);
        let ranked = candidates.iter().enumerate().min_by_key(|(_, candidate)| rank(candidate));
        let Some((best, _)) = ranked else { break };
        let best = candidates.swap_remove(best);
        chosen.push(best);
        if strength == 0 || chosen.len() == limit {
            continue;
        }
        let (features, own) = content.of_item(best.item);
        weights.add(features, own, 1);
        for candidate in candidates.iter_mut().filter(|candidate| candidate.score > Score::ZERO) {
            let (features, others) = content.of_item(candidate.item);
            let products =
                features.iter().zip(others).map(|(&feature, &other)| weights.get(feature) * i64::from(other));
            let likeness = products.sum::<i64>().min(1 << 20);
            if likeness > candidate.likeness {
                candidate.likeness = likeness;
                candidate.beside = best.item;
                candidate.penalty = candidate.score.scaled(strength).scaled(likeness);
            }
        }
        weights.clear();
    }
    chosen
}
