//! Forecasts of several aggregations, averaged (F. Petropoulos and N. Kourentzes, "Forecast combinations for
//! intermittent demand", 2015).

use super::level::smooth;
use super::{Flat, deviation, least};
use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, at_least};
use crate::work::Work;

/// Adds up 1, 2, 3, … periods, as many as demand is apart on average, and smooths each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Imapa;

impl Method for Imapa {
    fn name(&self) -> &'static str {
        "imapa"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 1, history)?;
        let values = history.values;
        let demands = values.iter().filter(|&&value| value > 0.0).count();
        let most = (values.len() + demands / 2).checked_div(demands).unwrap_or(1).clamp(1, (values.len() / 2).max(1));
        let mut rates = Vec::with_capacity(most);
        for together in 1..=most {
            // The oldest periods are left out where they do not fill a group.
            let whole = values.get(values.len() % together..).unwrap_or_default();
            let sums: Vec<f64> = whole.chunks(together).map(|group| group.iter().sum()).collect();
            let (_, rate, _) = least(&sums, work, |weight| smooth(&sums, weight))?;
            rates.push(rate / together as f64);
        }
        let rate = rates.iter().sum::<f64>() / rates.len().max(1) as f64;
        let (_, squares) = smooth(values, 0.1);
        let detail = format!("(1-{most})");
        Ok(Box::new(Flat { method: *self, rate, deviation: deviation(squares, values), detail }))
    }
}
