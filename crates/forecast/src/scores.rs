//! How good forecasts were: the measures that figures are given in.

use crate::outlook::Distribution;

/// Twice the mean absolute error as a share of both sizes, in percent (the M3 competition's symmetric error). Periods
/// where both are zero count as exact.
#[must_use]
pub fn smape(seen: &[f64], forecast: &[f64]) -> f64 {
    let share = |(seen, forecast): (&f64, &f64)| {
        let size = seen.abs() + forecast.abs();
        if size > 0.0 { 200.0 * (seen - forecast).abs() / size } else { 0.0 }
    };
    mean(seen.iter().zip(forecast).map(share))
}

/// Mean absolute error as a share of the seasonal naive forecast's within the history, one step ahead. `None` where that is exact.
#[must_use]
pub fn mase(history: &[f64], season: usize, seen: &[f64], forecast: &[f64]) -> Option<f64> {
    let naive = mean(history.iter().zip(history.iter().skip(season)).map(|(early, late)| (late - early).abs()));
    let error = mean(seen.iter().zip(forecast).map(|(seen, forecast)| (seen - forecast).abs()));
    (naive > 0.0).then(|| error / naive)
}

/// Root of the mean squared error as a share of the naive forecast's within the history. `None` where that is exact.
#[must_use]
pub fn rmsse(history: &[f64], seen: &[f64], forecast: &[f64]) -> Option<f64> {
    let naive = mean(history.iter().zip(history.iter().skip(1)).map(|(early, late)| (late - early) * (late - early)));
    let error = mean(seen.iter().zip(forecast).map(|(seen, forecast)| (seen - forecast) * (seen - forecast)));
    (naive > 0.0).then(|| libm::sqrt(error / naive))
}

/// Twice the pinball loss of a quantile.
#[must_use]
pub fn pinball(level: f64, quantile: f64, seen: f64) -> f64 {
    let error = seen - quantile;
    2.0 * if error >= 0.0 { level * error } else { (level - 1.0) * error }
}

/// The randomized probability integral transform: `draw` must be uniform between 0 and 1 and independent of all else.
/// Where distributions are right, its results are uniform, even when most of what is seen is zero
/// (J. E. Smith, 1985; C. Czado, T. Gneiting and L. Held, 2009).
#[must_use]
pub fn randomized_transform(distribution: &Distribution, seen: f64, draw: f64) -> f64 {
    let (less, most) = distribution.around(seen);
    (less + draw.clamp(0.0, 1.0) * (most - less)).clamp(0.0, 1.0)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
