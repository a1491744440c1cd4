//! Teunter, Syntetos and Babai's method ("Intermittent demand: linking forecasting to inventory obsolescence", 2011).

use super::{Flat, deviation, least};
use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, at_least};
use crate::work::Work;

/// Smooths the probability of demand in every period, and its size when it comes, so that demand that ends fades.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tsb;

/// Rate at the end and squared errors of the rate one step ahead.
fn pass(values: &[f64], weight: f64) -> (f64, f64) {
    let demands: Vec<f64> = values.iter().copied().filter(|&value| value > 0.0).collect();
    let mut size = demands.first().copied().unwrap_or(0.0);
    let mut chance = if values.first().is_some_and(|&value| value > 0.0) { 1.0 } else { 0.0 };
    let mut squares = 0.0;
    for &value in values {
        let error = value - chance * size;
        squares += error * error;
        if value > 0.0 {
            size += weight * (value - size);
            chance += weight * (1.0 - chance);
        } else {
            chance -= weight * chance;
        }
    }
    (chance * size, squares)
}

impl Method for Tsb {
    fn name(&self) -> &'static str {
        "tsb"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 1, history)?;
        let values = history.values;
        let (weight, rate, squares) = least(values, work, |weight| pass(values, weight))?;
        let detail = format!("({weight})");
        Ok(Box::new(Flat { method: *self, rate, deviation: deviation(squares, values), detail }))
    }
}
