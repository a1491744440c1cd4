//! Rolling-origin validation: what a method would have forecast from earlier points of the same history.

use crate::error::ForecastError;
use crate::method::{History, Method, Path};
use crate::work::Work;

/// Where forecasts are made from, and how far each reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origins {
    /// Lengths of the shortened histories, shortest first.
    pub(crate) lengths: Vec<usize>,
    /// Periods ahead of each; fewer where the history ends.
    pub(crate) horizon: usize,
}

impl Origins {
    /// Spreads origins over the last part of a history of `count` periods: at most three horizons and at most two fifths of
    /// it, and never so early that fewer than `least` periods are left to learn from. None where that leaves no room.
    pub(crate) fn plan(count: usize, horizon: usize, least: usize, most: usize) -> Option<Self> {
        let room = count.saturating_sub(least).min(count * 2 / 5);
        let horizon = horizon.min(room);
        if horizon == 0 || most == 0 {
            return None;
        }
        let held = room.min(3 * horizon);
        let first = count - held;
        let last = count - horizon;
        let steps = (last - first).min(most - 1);
        let lengths = (0..=steps).map(|step| last - step * (last - first) / steps.max(1));
        let mut lengths: Vec<usize> = lengths.collect();
        lengths.reverse();
        lengths.dedup();
        Some(Self { lengths, horizon })
    }

    pub(crate) fn first(&self) -> usize {
        self.lengths.first().copied().unwrap_or(0)
    }
}

/// The paths from every origin. Constants are searched at the first one only, so that no path has seen what it
/// forecasts, and twenty origins cost little more than one.
pub(crate) fn roll(
    method: &dyn Method,
    history: History<'_>,
    origins: &Origins,
    work: &mut Work,
) -> Result<Vec<Path>, ForecastError> {
    let count = history.values.len();
    let fitted = method.fit(history.without_last(count - origins.first()), work)?;
    let mut paths = Vec::with_capacity(origins.lengths.len());
    for &length in &origins.lengths {
        let path = if length == origins.first() {
            fitted.predict(origins.horizon)
        } else {
            fitted.refit(history.without_last(count - length), work)?.predict(origins.horizon)
        };
        if path.mean.iter().any(|mean| !mean.is_finite()) {
            return Err(ForecastError::TooLarge);
        }
        paths.push(path);
    }
    Ok(paths)
}
