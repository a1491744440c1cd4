//! Seasons and trend by loess (R. B. Cleveland and others, "STL", 1990), for several seasons in turn
//! (K. Bandara, R. J. Hyndman and C. Bergmeir, "MSTL", 2021).

use crate::loess::Loess;

const ROUNDS: usize = 2;

/// The seasonal parts, one for each season; seasons must be at least 2 and fit twice into the values. What they leave is
/// trend and remainder.
pub(crate) fn seasonal_parts(values: &[f64], seasons: &[usize]) -> Vec<Vec<f64>> {
    let mut parts: Vec<Vec<f64>> = vec![vec![0.0; values.len()]; seasons.len()];
    let mut rest = values.to_vec();
    let rounds = if seasons.len() > 1 { ROUNDS } else { 1 };
    for _ in 0..rounds {
        for (place, (part, &season)) in parts.iter_mut().zip(seasons).enumerate() {
            for (left, took) in rest.iter_mut().zip(part.iter()) {
                *left += took;
            }
            *part = stl(&rest, season, 11 + 4 * place);
            for (left, took) in rest.iter_mut().zip(part.iter()) {
                *left -= took;
            }
        }
    }
    parts
}

/// Roughly how many steps of work a decomposition is.
pub(crate) fn price(values: usize, seasons: &[usize]) -> usize {
    ROUNDS * seasons.len().max(1) * values * 20
}

/// The seasonal part of one season.
fn stl(values: &[f64], season: usize, smoothing: usize) -> Vec<f64> {
    let trend_span = (libm::ceil(1.5 * season as f64 / (1.0 - 1.5 / smoothing as f64)) as usize) | 1;
    let mut trend = vec![0.0; values.len()];
    let (low_pass, slow) = (Loess::new(season), Loess::new(trend_span));
    let mut part = Vec::new();
    for _ in 0..ROUNDS {
        let detrended: Vec<f64> = values.iter().zip(&trend).map(|(value, trend)| value - trend).collect();
        let cycles = cycles(&detrended, season, smoothing);
        let low = average(&average(&average(&cycles, season), season), 3);
        let low = low_pass.smooth(&low);
        part = cycles.iter().skip(season).zip(&low).map(|(cycle, low)| cycle - low).collect();
        let flat: Vec<f64> = values.iter().zip(&part).map(|(value, part)| value - part).collect();
        trend = slow.smooth(&flat);
    }
    part
}

/// Smooths the values of each position in the season, and extends them by one season at both ends.
fn cycles(values: &[f64], season: usize, smoothing: usize) -> Vec<f64> {
    let mut joined = vec![0.0; values.len() + 2 * season];
    let smoother = Loess::new(smoothing);
    let mut same = Vec::with_capacity(values.len() / season.max(1) + 1);
    for position in 0..season {
        same.clear();
        same.extend(values.iter().skip(position).step_by(season));
        let places = joined.iter_mut().skip(position).step_by(season);
        for (round, place) in places.enumerate() {
            *place = smoother.at(&same, round as isize - 1);
        }
    }
    joined
}

/// The moving average over `window` values, of full windows only.
fn average(values: &[f64], window: usize) -> Vec<f64> {
    let share = 1.0 / window as f64;
    let mut sum: f64 = values.iter().take(window).sum();
    let mut averages = Vec::with_capacity((values.len() + 1).saturating_sub(window));
    averages.push(sum * share);
    for (leaving, entering) in values.iter().zip(values.iter().skip(window)) {
        sum += entering - leaving;
        averages.push(sum * share);
    }
    averages
}
