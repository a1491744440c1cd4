//! Croston's method with the correction of Syntetos and Boylan ("The accuracy of intermittent demand estimates", 2005).

use super::{Flat, deviation, least};
use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, at_least};
use crate::work::Work;

/// Smooths sizes and intervals of demand, each when demand comes; what is bought no more is not noticed.
#[derive(Clone, Copy, Debug, Default)]
pub struct CrostonSba;

/// Rate at the end and squared errors of the rate one step ahead.
fn pass(values: &[f64], weight: f64) -> (f64, f64) {
    let mut demand: Option<(f64, f64)> = None;
    let (mut since, mut squares) = (1.0, 0.0);
    let rate = |demand: Option<(f64, f64)>| demand.map_or(0.0, |(size, gap)| (1.0 - weight / 2.0) * size / gap);
    for &value in values {
        let error = value - rate(demand);
        squares += error * error;
        if value > 0.0 {
            demand = Some(match demand {
                Some((size, gap)) => (size + weight * (value - size), gap + weight * (since - gap)),
                None => (value, since),
            });
            since = 1.0;
        } else {
            since += 1.0;
        }
    }
    (rate(demand), squares)
}

impl Method for CrostonSba {
    fn name(&self) -> &'static str {
        "croston-sba"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 1, history)?;
        let values = history.values;
        let (weight, rate, squares) = least(values, work, |weight| pass(values, weight))?;
        let detail = format!("({weight})");
        Ok(Box::new(Flat { method: *self, rate, deviation: deviation(squares, values), detail }))
    }
}
