//! Choosing a varied list: each item pays for being like a better one already chosen.

use crate::score::fixed20;
use crate::{Content, Score};

/// A candidate with what its likeness to the chosen ones costs.
struct Candidate {
    item: u32,
    score: Score,
    penalty: Score,
    beside: u32,
    likeness: i64,
    /// To how many of the chosen ones it was compared.
    compared: usize,
}

impl Candidate {
    /// Compares it to the chosen ones that it was not yet compared to.
    fn compare(&mut self, chosen: &[Chosen], content: &Content, strength: i64) {
        for other in chosen.get(self.compared..).unwrap_or_default() {
            let likeness = content.likeness(other.item, self.item).min(1 << 20);
            if likeness > self.likeness {
                self.likeness = likeness;
                self.beside = other.item;
                self.penalty = self.score.scaled(strength).scaled(likeness);
            }
        }
        self.compared = chosen.len();
    }
}

/// An item with its score before the penalty, the penalty, and the better item it repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) item: u32,
    pub(crate) score: Score,
    pub(crate) penalty: Score,
    pub(crate) beside: u32,
}

/// Picks up to `limit` of `pool` (descending scores), greedily by score minus penalty.
///
/// The penalty is `diversity` x score x the largest likeness to a chosen item. It can only grow while the list
/// does, so final scores descend, and a candidate need be compared only when it would be the next one.
pub(crate) fn choose(pool: &[(Score, u32)], content: &Content, diversity: f64, limit: usize) -> Vec<Chosen> {
    let strength = fixed20(diversity.clamp(0.0, 1.0));
    let fresh = |&(score, item): &(Score, u32)| Candidate {
        item,
        score,
        penalty: Score::ZERO,
        beside: item,
        likeness: 0,
        compared: 0,
    };
    let mut candidates: Vec<Candidate> = pool.iter().map(fresh).collect();
    let mut chosen: Vec<Chosen> = Vec::with_capacity(limit.min(pool.len()));
    while chosen.len() < limit {
        let better =
            |a: &Candidate, b: &Candidate| (b.score - b.penalty).cmp(&(a.score - a.penalty)).then(a.item.cmp(&b.item));
        let Some(best) = (0..candidates.len()).min_by(|&a, &b| match (candidates.get(a), candidates.get(b)) {
            (Some(a), Some(b)) => better(a, b),
            _ => std::cmp::Ordering::Equal,
        }) else {
            break;
        };
        if let Some(candidate) = candidates.get_mut(best)
            && candidate.compared < chosen.len()
            && strength > 0
            && candidate.score > Score::ZERO
        {
            candidate.compare(&chosen, content, strength);
            continue;
        }
        let Candidate { item, score, penalty, beside, .. } = candidates.swap_remove(best);
        chosen.push(Chosen { item, score, penalty, beside });
    }
    chosen
}
