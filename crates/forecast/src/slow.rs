//! Slow movers: series that are zero most of the time, where the question is how often and how much.

mod croston;
mod imapa;
mod level;
mod tsb;

pub use croston::CrostonSba;
pub use imapa::Imapa;
pub use level::Level;
pub use tsb::Tsb;

use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path};
use crate::work::Work;

/// Share of zeros from which a series without negative values counts as slow: where demand comes every 1.32 periods
/// (A. A. Syntetos, J. E. Boylan and J. D. Croston, "On the categorization of demand patterns", 2005).
const SLOW: f64 = 1.0 - 1.0 / 1.32;

/// Whether most of what these methods do fits the values.
pub(crate) fn is_slow(values: &[f64]) -> bool {
    let zeros = values.iter().filter(|&&value| value == 0.0).count();
    values.iter().all(|&value| value >= 0.0) && zeros as f64 > SLOW * values.len() as f64 && zeros < values.len()
}

/// The weights that are tried for smoothing: slow demand carries little information for each period.
const WEIGHTS: [f64; 5] = [0.1, 0.15, 0.2, 0.25, 0.3];

/// The largest number of which all values are whole multiples, or `None` where they are not whole.
pub(crate) fn unit(values: &[f64]) -> Option<f64> {
    let mut unit: u64 = 0;
    for &value in values {
        if !(0.0..=9e15).contains(&value) || libm::floor(value) != value {
            return None;
        }
        let (mut a, mut b) = (unit, value as u64);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        unit = a;
    }
    (unit > 0).then_some(unit as f64)
}

/// A forecast that is the same for every period ahead.
struct Flat<M> {
    method: M,
    rate: f64,
    deviation: f64,
    detail: String,
}

impl<M: Method + Copy + 'static> Fitted for Flat<M> {
    fn description(&self) -> String {
        format!("{}{}", self.method.name(), self.detail)
    }

    fn predict(&self, horizon: usize) -> Path {
        Path {
            mean: vec![self.rate; horizon],
            spread: vec![self.deviation; horizon],
            level: vec![self.rate; horizon],
            trend: vec![0.0; horizon],
            season: vec![0.0; horizon],
        }
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        self.method.fit(history, work)
    }
}

/// Tries the weights and keeps the rate whose one-step forecasts had the least squared error.
/// `pass` gives the rate at the end and the sum of squared errors.
fn least(
    values: &[f64],
    work: &mut Work,
    mut pass: impl FnMut(f64) -> (f64, f64),
) -> Result<(f64, f64, f64), ForecastError> {
    let mut best: Option<(f64, f64, f64)> = None;
    for weight in WEIGHTS {
        if !work.take(values.len()) {
            break;
        }
        let (rate, squares) = pass(weight);
        if best.is_none_or(|(_, _, least)| squares < least) {
            best = Some((weight, rate, squares));
        }
    }
    best.ok_or(ForecastError::OutOfWork)
}

fn deviation(squares: f64, values: &[f64]) -> f64 {
    libm::sqrt(squares / values.len().saturating_sub(1).max(1) as f64)
}
