//! Simple exponential smoothing with weights small enough for slow demand.

use super::{Flat, deviation, least};
use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, at_least};
use crate::work::Work;

/// Smooths the values themselves, zeros and all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Level;

/// The level at the end and the squared errors, starting from the first value.
pub(super) fn smooth(values: &[f64], weight: f64) -> (f64, f64) {
    let mut level = values.first().copied().unwrap_or(0.0);
    let mut squares = 0.0;
    for value in values {
        let error = value - level;
        squares += error * error;
        level += weight * error;
    }
    (level, squares)
}

impl Method for Level {
    fn name(&self) -> &'static str {
        "level"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 1, history)?;
        let values = history.values;
        let (weight, rate, squares) = least(values, work, |weight| smooth(values, weight))?;
        let detail = format!("({weight})");
        Ok(Box::new(Flat { method: *self, rate, deviation: deviation(squares, values), detail }))
    }
}
