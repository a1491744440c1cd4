//! What every method offers: it is fitted to a history, and predicts paths with quantiles.

use crate::error::ForecastError;
use crate::outlook::Outlook;
use crate::work::Work;

/// What a method learns from: one finite value per period, oldest first, and the lengths of the seasons, shortest first.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// Values, oldest first.
    pub values: &'a [f64],
    /// Lengths of the seasons in periods, shortest first, each at least 2; empty where there are none.
    pub seasons: &'a [usize],
}

impl History<'_> {
    /// The history without its last `periods` periods.
    #[must_use]
    pub fn without_last(&self, periods: usize) -> Self {
        let kept = self.values.len().saturating_sub(periods);
        Self { values: self.values.get(..kept).unwrap_or_default(), seasons: self.seasons }
    }

    /// The shortest season, or 1 where there is none.
    #[must_use]
    pub fn season(&self) -> usize {
        self.seasons.first().copied().unwrap_or(1)
    }
}

/// What a prediction is made of; `level`, `trend` and `season` add up to `mean`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The expected value of each period ahead.
    pub mean: Vec<f64>,
    /// The model's own standard error of each period ahead; not calibrated.
    pub spread: Vec<f64>,
    /// Where the series stands at the end of the history.
    pub level: Vec<f64>,
    /// What the trend adds by then.
    pub trend: Vec<f64>,
    /// What the season adds.
    pub season: Vec<f64>,
}

impl Path {
    /// Raises means below zero to zero, keeping the parts' sum.
    pub(crate) fn hold_above_zero(&mut self) {
        for (mean, trend) in self.mean.iter_mut().zip(&mut self.trend) {
            if *mean < 0.0 {
                *trend -= *mean;
                *mean = 0.0;
            }
        }
    }
}

/// A way to forecast.
pub trait Method {
    /// Its name, as the command takes it.
    fn name(&self) -> &'static str;

    /// Learns from a history.
    ///
    /// # Errors
    /// Where the history is too short for this method, or the work does not suffice for a first fit.
    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError>;
}

/// A method that has learned.
pub trait Fitted {
    /// What was fitted, such as `ets(A,Ad,M)`.
    fn description(&self) -> String;

    /// The path of the next `horizon` periods.
    fn predict(&self, horizon: usize) -> Path;

    /// The distributions of the next `horizon` periods; without more knowledge, the model's own normal ones.
    fn outlook(&self, horizon: usize) -> Outlook {
        Outlook::normal(self.predict(horizon))
    }

    /// The same constants, run over a history that goes on from the one they were found on: what rolling origins use,
    /// since nothing is searched again.
    ///
    /// # Errors
    /// As for [`Method::fit`].
    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError>;
}

/// Refuses a history that is too short.
pub(crate) fn at_least(method: &'static str, needed: usize, history: History<'_>) -> Result<(), ForecastError> {
    let found = history.values.len();
    if found == 0 {
        return Err(ForecastError::Empty);
    }
    if found < needed { Err(ForecastError::TooShort { method, needed, found }) } else { Ok(()) }
}
