//! Products taking off: more is sold lately than before, by more than chance and more than the whole shop grew.

use serde::Serialize;

use crate::normal;
use crate::pattern::autocorrelation;
use crate::series::Series;

/// How a product's latest periods compare with those before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Growth {
    /// The product's place in what was given.
    pub place: usize,
    /// Mean per period lately.
    pub lately: f64,
    /// Mean per period before.
    pub before: f64,
    /// How many times as much is sold, beside what the whole shop's growth explains.
    pub times: f64,
    /// The probability that chance alone gives this growth or more.
    pub chance: f64,
    /// The share of false alarms among all products that grew at least as clearly (Y. Benjamini and Y. Hochberg, 1995).
    pub false_alarms: f64,
}

/// Products whose growth is clear, the clearest first: of those reported at most the share `tolerated` is expected to be
/// chance. `latest` periods at the end are compared with three times as many before them; products with less history,
/// or with nothing sold, are left out.
#[must_use]
pub fn taking_off(products: &[&Series], latest: usize, tolerated: f64) -> Vec<Growth> {
    let latest = latest.max(1);
    let parts: Vec<(usize, &[f64], &[f64])> = products
        .iter()
        .enumerate()
        .filter_map(|(place, series)| {
            let values = series.values();
            let (early, late) = values.split_at_checked(values.len().checked_sub(latest)?)?;
            let early = early.get(early.len().checked_sub(3 * latest)?..)?;
            Some((place, early, late))
        })
        .collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    // With few products the shop's growth is mostly theirs, and comparing with it would hide it.
    const FEW: usize = 10;
    let (all_early, all_late) =
        parts.iter().fold((0.0, 0.0), |(a, b), (_, early, late)| (a + mean(early), b + mean(late)));
    let shop = if parts.len() >= FEW && all_early > 0.0 && all_late > 0.0 { all_late / all_early } else { 1.0 };
    let mut grown: Vec<Growth> = parts
        .iter()
        .filter_map(|&(place, early, late)| {
            let (before, lately) = (mean(early), mean(late));
            let expected = before * shop;
            let error = libm::sqrt(
                variance_of_mean(early) * shop * shop
                    + variance_of_mean(late).max(expected_noise(expected, late.len())),
            );
            let distance = (lately - expected) / error;
            (lately > 0.0 && before >= 0.0 && error > 0.0 && distance.is_finite()).then(|| Growth {
                place,
                lately,
                before,
                times: if expected > 0.0 { lately / expected } else { f64::MAX },
                chance: normal::probability(-distance),
                false_alarms: 1.0,
            })
        })
        .collect();
    grown.sort_by(|a, b| a.chance.total_cmp(&b.chance).then(a.place.cmp(&b.place)));
    let count = grown.len() as f64;
    let mut least: f64 = 1.0;
    for (rank, growth) in grown.iter_mut().enumerate().rev() {
        least = least.min(growth.chance * count / (rank + 1) as f64);
        growth.false_alarms = least;
    }
    grown.retain(|growth| growth.false_alarms <= tolerated && growth.times > 1.0);
    grown
}

/// The variance of a mean whose neighbours go together.
fn variance_of_mean(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count.max(1.0);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let together = autocorrelation(values, 1).clamp(0.0, 0.9);
    squares / (count - 1.0).max(1.0) / count.max(1.0) * (1.0 + together) / (1.0 - together)
}

/// Counts vary at least as much as independent buyers do.
fn expected_noise(rate: f64, periods: usize) -> f64 {
    rate.max(0.0) / periods.max(1) as f64
}
