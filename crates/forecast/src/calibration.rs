//! How wide intervals must be, from errors of paths that had not seen what they forecast.

use serde::Serialize;

use crate::method::Path;

/// How well the combination would have done from earlier origins. Its weights come from the same origins, so the
/// figures are a little better than what is to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Validation {
    /// Number of origins.
    pub origins: usize,
    /// Periods ahead of each.
    pub horizon: usize,
    /// Mean absolute error, in the series' own unit.
    pub absolute_error: f64,
    /// The same, as a share of the mean absolute error of the seasonal naive forecast one step ahead; `None` where that
    /// has none.
    pub scaled_error: Option<f64>,
    /// Mean error: above zero where forecasts were too low.
    pub bias: f64,
}

/// What is applied to the spreads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calibration {
    pub(crate) factor: f64,
    pub(crate) freedom: f64,
    pub(crate) correlation: f64,
}

/// How many independent errors the model's own spread counts for.
const OWN: f64 = 2.0;
/// Degrees of freedom without any held-back error; each independent one adds one.
const FREEDOM: f64 = 5.0;
/// Errors beyond this many spreads count as this many: one strike or flood must not widen every interval.
const WILDEST: f64 = 5.0;

impl Calibration {
    pub(crate) const NONE: Self = Self { factor: 1.0, freedom: FREEDOM, correlation: 0.0 };

    /// Measures on held-back paths with what came, which together reach over `distinct` periods.
    ///
    /// Errors of neighbouring periods go together, so they count for as many as would say as much if they did not
    /// (`distinct` times (1 - r) / (1 + r) for the correlation r): this is where ordinary conformal intervals, which
    /// take every error for a new one, are too narrow.
    pub(crate) fn measure(held: &[(Path, &[f64])], distinct: usize) -> Self {
        let (mut squares, mut count, mut shared, mut own) = (0.0, 0.0, 0.0, 0.0);
        for (path, seen) in held {
            let mut before: Option<f64> = None;
            for ((mean, spread), value) in path.mean.iter().zip(&path.spread).zip(*seen) {
                if *spread <= 0.0 {
                    continue;
                }
                let error = ((value - mean) / spread).clamp(-WILDEST, WILDEST);
                squares += error * error;
                count += 1.0;
                if let Some(before) = before {
                    shared += error * before;
                    own += before * before;
                }
                before = Some(error);
            }
        }
        if count == 0.0 {
            return Self::NONE;
        }
        let correlation = if own > 0.0 { (shared / own).clamp(0.0, 0.95) } else { 0.0 };
        let independent = distinct as f64 * (1.0 - correlation) / (1.0 + correlation);
        let variance = (OWN + squares / count * independent) / (OWN + independent);
        Self { factor: libm::sqrt(variance), freedom: FREEDOM + independent, correlation }
    }
}

/// Errors of held-back paths.
pub(crate) fn validate(held: &[(Path, &[f64])], horizon: usize, naive: f64) -> Validation {
    let (mut absolute, mut bias, mut count) = (0.0, 0.0, 0.0);
    for (path, seen) in held {
        for (mean, value) in path.mean.iter().zip(*seen) {
            absolute += (value - mean).abs();
            bias += value - mean;
            count += 1.0;
        }
    }
    let absolute_error = if count > 0.0 { absolute / count } else { 0.0 };
    let bias = if count > 0.0 { bias / count } else { 0.0 };
    let scaled_error = (naive > 0.0).then(|| absolute_error / naive);
    Validation { origins: held.len(), horizon, absolute_error, scaled_error, bias }
}
