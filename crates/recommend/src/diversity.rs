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
}

/// A candidate with its features and their weights.
struct Candidate<'a> {
    chosen: Chosen,
    features: &'a [u32],
    weights: &'a [u16],
    /// Its largest likeness to a chosen item, in counts of 2^-20.
    likeness: i64,
}

/// Picks up to `limit` of `pool` (descending scores), greedily by score minus penalty.
///
/// The penalty is `diversity` x score x the largest likeness to a chosen item. It can only grow while the list does, so
/// final scores descend. `profile` is empty before and after.
pub(crate) fn choose(
    pool: &[(Score, u32)],
    content: &Content,
    diversity: f64,
    limit: usize,
    profile: &mut Sums,
) -> Vec<Chosen> {
    let strength = fixed20(diversity.clamp(0.0, 1.0));
    let fresh = |&(score, item): &(Score, u32)| {
        let (features, weights) = content.of_item(item);
        let chosen = Chosen { item, score, penalty: Score::ZERO, beside: item };
        Candidate { chosen, features, weights, likeness: 0 }
    };
    let mut candidates: Vec<Candidate<'_>> = pool.iter().map(fresh).collect();
    let mut answer: Vec<Chosen> = Vec::with_capacity(limit.min(pool.len()));
    while answer.len() < limit {
        let rank = |Candidate { chosen, .. }: &Candidate<'_>| (chosen.penalty - chosen.score, chosen.item);
        let ranked = candidates.iter().enumerate().min_by_key(|(_, candidate)| rank(candidate));
        let Some((best, _)) = ranked else { break };
        let Candidate { chosen, features, weights, .. } = candidates.swap_remove(best);
        answer.push(chosen);
        if strength == 0 || answer.len() == limit {
            continue;
        }
        profile.add(features, weights, 1);
        for Candidate { chosen: other, features, weights, likeness } in &mut candidates {
            let products =
                features.iter().zip(*weights).map(|(&feature, &weight)| profile.get(feature) * i64::from(weight));
            let found = products.sum::<i64>().min(1 << 20);
            if found > *likeness && other.score > Score::ZERO {
                *likeness = found;
                other.beside = chosen.item;
                other.penalty = other.score.scaled(strength).scaled(found);
            }
        }
        profile.clear();
    }
    answer
}
