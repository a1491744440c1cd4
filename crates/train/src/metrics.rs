//! Recall and normalized discounted cumulative gain of a full ranking with one right answer.

/// Lengths of list that are looked at.
const LENGTHS: [u32; 3] = [5, 10, 20];

/// Names of the six figures, in the order of [`Metrics::values`].
pub const METRIC_NAMES: [&str; 6] = ["R@5", "N@5", "R@10", "N@10", "R@20", "N@20"];

/// Recall and NDCG at 5, 10 and 20, means over cases, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// R@5, N@5, R@10, N@10, R@20, N@20.
    pub values: [f64; 6],
}

/// A 95 % bootstrap interval of each figure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// 2.5 % quantiles, in the order of [`METRIC_NAMES`].
    pub low: [f64; 6],
    /// 97.5 % quantiles.
    pub high: [f64; 6],
}

impl Metrics {
    /// Means over the ranks of the right answers; rank 0 is first.
    pub fn of_ranks(ranks: impl IntoIterator<Item = u32>) -> Self {
        let mut sums = [0.0; 6];
        let mut cases = 0_u64;
        for rank in ranks {
            cases += 1;
            let gain = 1.0 / f64::from(rank.saturating_add(2)).log2();
            for (pair, length) in sums.chunks_exact_mut(2).zip(LENGTHS) {
                if let ([recall, ndcg], true) = (pair, rank < length) {
                    *recall += 1.0;
                    *ndcg += gain;
                }
            }
        }
        Self { values: sums.map(|sum| sum / cases.max(1) as f64) }
    }

    /// NDCG at 10, what is tuned for.
    pub fn ndcg10(&self) -> f64 {
        let [_, _, _, ndcg10, _, _] = self.values;
        ndcg10
    }
}
