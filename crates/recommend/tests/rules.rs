//! The rules against the formula written out plainly.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failure in a test is the message")]

use proptest::prelude::*;
use vitrine_recommend::Rules;

/// C as the formula says, with dense matrices.
fn plainly(log: &[Vec<u32>], items: usize, back: f64) -> Vec<Vec<f64>> {
    let mut c = vec![vec![0.0; items]; items];
    let mut seen = vec![0.0; items];
    for sequence in log {
        for (a, &i) in sequence.iter().enumerate() {
            seen[i as usize] += 1.0;
            for (b, &j) in sequence.iter().enumerate().skip(a + 1).take(10) {
                if i != j {
                    c[i as usize][j as usize] += 1.0 / (b - a) as f64;
                    c[j as usize][i as usize] += back / (b - a) as f64;
                }
            }
        }
    }
    for (row, seen) in c.iter_mut().zip(seen) {
        row.iter_mut().for_each(|weight| *weight /= f64::max(seen, 1.0).sqrt());
    }
    c
}

proptest! {
    #[test]
    fn rules_follow_the_formula_up_to_quantization(
        log in proptest::collection::vec(proptest::collection::vec(0_u32..12, 0..30), 0..12),
        back in 0.0_f64..1.0,
    ) {
        let rules = Rules::fit(&log, 12, back, 100);
        for (i, row) in plainly(&log, 12, back).iter().enumerate() {
            let most = row.iter().copied().fold(0.0, f64::max);
            for (j, weight) in row.iter().enumerate() {
                let error = (rules.weight(i as u32, j as u32) - weight).abs();
                prop_assert!(error <= most / 65535.0, "{i} -> {j}: {weight}, off by {error}");
            }
        }
    }

    #[test]
    fn only_the_strongest_successors_are_kept(log in proptest::collection::vec(proptest::collection::vec(0_u32..30, 0..30), 1..12)) {
        let (all, few) = (Rules::fit(&log, 30, 0.5, 100), Rules::fit(&log, 30, 0.5, 3));
        for i in 0..30 {
            let mut weights: Vec<f64> = (0..30).map(|j| all.weight(i, j)).collect();
            weights.sort_by(|a, b| b.total_cmp(a));
            let kept = (0..30).filter(|&j| few.weight(i, j) > 0.0);
            prop_assert!(kept.clone().count() <= 3);
            prop_assert!(kept.into_iter().all(|j| all.weight(i, j) >= weights[2] - 1e-9));
        }
    }
}
