//! Seasonal differences regressed on their own past, drawn towards the seasonal naive forecast by a ridge.

use crate::error::ForecastError;
use crate::linear::Normal;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::work::Work;

/// The change against one season ago, explained by the latest changes, those of one and two seasons ago, and by how far
/// the value of one season ago lay from the average.
#[derive(Clone, Copy, Debug, Default)]
pub struct Autoregression {
    /// Works on logarithms; only for positive values.
    pub logarithms: bool,
}

struct Fit {
    which: Autoregression,
    base: usize,
    lags: Vec<usize>,
    weights: Vec<f64>,
    mean: f64,
    /// The last values that the lags reach, oldest first, as they are regressed.
    past: Vec<f64>,
    deviation: f64,
    periods: usize,
}

impl Autoregression {
    fn shown(self, values: &[f64]) -> Result<Vec<f64>, ForecastError> {
        if !self.logarithms {
            return Ok(values.to_vec());
        }
        if values.iter().any(|&value| value <= 0.0) {
            return Err(ForecastError::NotPositive { method: self.name() });
        }
        Ok(values.iter().map(|&value| libm::log(value)).collect())
    }
}

/// The lags of changes: the latest three, and one season of each length, for as many as the history allows.
fn lags(history: History<'_>, base: usize) -> Vec<usize> {
    let count = history.values.len();
    let mut lags = vec![1, 2, 3];
    for &season in history.seasons {
        for lag in [season, season + 1, 2 * season] {
            if 3 * (base + lag) <= 2 * count {
                lags.push(lag);
            }
        }
    }
    lags.sort_unstable();
    lags.dedup();
    lags
}

/// What explains the next change after `past` (oldest first).
fn causes(past: &[f64], base: usize, lags: &[usize], mean: f64, into: &mut Vec<f64>) -> Option<()> {
    let back = |lag: usize| past.len().checked_sub(lag).and_then(|place| past.get(place)).copied();
    into.clear();
    for &lag in lags {
        into.push(back(lag)? - back(lag + base)?);
    }
    into.push(back(base)? - mean);
    if base > 1 {
        into.push(back(1)? - mean);
    }
    into.push(1.0);
    Some(())
}

impl Method for Autoregression {
    fn name(&self) -> &'static str {
        if self.logarithms { "ar-log" } else { "ar" }
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        let values = self.shown(history.values)?;
        let base = history.seasons.iter().copied().rfind(|&season| 4 * season <= values.len()).unwrap_or(1);
        at_least(self.name(), (base + 3) * 2, history)?;
        let lags = lags(history, base);
        let reach = base + lags.last().copied().unwrap_or(1);
        let count = lags.len() + 3;
        if !work.take(values.len() * count) {
            return Err(ForecastError::OutOfWork);
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let mut row = Vec::new();
        let mut normal: Option<Normal> = None;
        let mut changes = 0.0;
        for at in reach..values.len() {
            let past = values.get(..at).unwrap_or_default();
            let (Some(value), Some(before)) = (values.get(at), values.get(at - base)) else { continue };
            if causes(past, base, &lags, mean, &mut row).is_some() {
                changes += (value - before) * (value - before);
                normal.get_or_insert_with(|| Normal::new(row.len())).add(&row, value - before);
            }
        }
        let normal =
            normal.ok_or(ForecastError::TooShort { method: self.name(), needed: reach + 1, found: values.len() })?;
        let seen = values.len() - reach;
        let (weights, squares) = normal.solve(changes, RIDGE);
        let deviation = libm::sqrt(squares / seen.saturating_sub(weights.len()).max(1) as f64);
        let past = values.get(values.len().saturating_sub(reach + 1)..).unwrap_or_default().to_vec();
        Ok(Box::new(Fit { which: *self, base, lags, weights, mean, past, deviation, periods: values.len() }))
    }
}

/// How an error of one period moves the next ones: the same regression, run over zeros and one 1.
struct Echo {
    past: Vec<f64>,
    row: Vec<f64>,
    started: bool,
}

impl Echo {
    fn new(fit: &Fit) -> Self {
        Self { past: vec![0.0; fit.past.len()], row: Vec::new(), started: false }
    }

    fn next(&mut self, fit: &Fit) -> f64 {
        let next = if self.started {
            let before = self.past.len().checked_sub(fit.base).and_then(|place| self.past.get(place)).copied();
            let explained = causes(&self.past, fit.base, &fit.lags, 0.0, &mut self.row).map(|()| {
                // The last cause is the constant, which an error does not move.
                let moving = self.row.len().saturating_sub(1);
                self.row.iter().zip(&fit.weights).take(moving).map(|(cause, weight)| cause * weight).sum::<f64>()
            });
            before.unwrap_or(0.0) + explained.unwrap_or(0.0)
        } else {
            1.0
        };
        self.started = true;
        self.past.push(next);
        next
    }
}

/// The ridge, as a share of each cause's own sum of squares.
const RIDGE: f64 = 0.02;

impl Fitted for Fit {
    fn description(&self) -> String {
        format!("{}({} lags, season {})", self.which.name(), self.lags.len(), self.base)
    }

    fn predict(&self, horizon: usize) -> Path {
        let mut past = self.past.clone();
        let mut row = Vec::new();
        let mut path = Path::default();
        let back = |value: f64| if self.which.logarithms { libm::exp(value) } else { value };
        let round = self.past.get(self.past.len().saturating_sub(self.base)..).unwrap_or_default();
        let mut echo = Echo::new(self);
        let mut growth = 0.0;
        let level = round.iter().sum::<f64>() / round.len().max(1) as f64;
        for step in 0..horizon {
            let before =
                past.len().checked_sub(self.base).and_then(|place| past.get(place)).copied().unwrap_or(self.mean);
            let change = match causes(&past, self.base, &self.lags, self.mean, &mut row) {
                Some(()) => row.iter().zip(&self.weights).map(|(cause, weight)| cause * weight).sum(),
                None => 0.0,
            };
            let next: f64 = before + change;
            past.push(next);
            let mean = back(next);
            let naive = self.past.get(self.past.len().saturating_sub(self.base) + step % self.base);
            let naive = back(naive.copied().unwrap_or(level));
            path.mean.push(mean);
            path.level.push(back(level));
            path.season.push(naive - back(level));
            path.trend.push(mean - naive);
            let moved = echo.next(self);
            growth += moved * moved;
            let scale = if self.which.logarithms { mean } else { 1.0 };
            path.spread.push(self.deviation * scale * libm::sqrt(growth));
        }
        path
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        debug_assert!(self.periods > 0);
        self.which.fit(history, work)
    }
}
