//! Several seasons: each is measured by loess and repeated, and what is left is forecast by another method.

use crate::error::ForecastError;
use crate::ets::Ets;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::stl::{price, seasonal_parts};
use crate::theta::Theta;
use crate::work::Work;

/// Decomposes by all seasons that fit twice into the history.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mstl {
    /// Decomposes logarithms, so that seasons multiply; only for positive values.
    pub logarithms: bool,
    /// Forecasts the rest by the theta model; else by damped exponential smoothing.
    pub theta: bool,
}

struct Fit {
    which: Mstl,
    /// The last round of each season, oldest first.
    seasons: Vec<Vec<f64>>,
    rest: Box<dyn Fitted>,
}

impl Mstl {
    /// The values as they are decomposed, the seasons, and the values without them.
    fn split(self, history: History<'_>, work: &mut Work) -> Result<(Vec<Vec<f64>>, Vec<f64>), ForecastError> {
        let values = history.values;
        let seasons: Vec<usize> = history.seasons.iter().copied().filter(|&season| 2 * season < values.len()).collect();
        at_least(self.name(), 2 * history.season() + 1, history)?;
        let shown: Vec<f64> = if self.logarithms {
            if values.iter().any(|&value| value <= 0.0) {
                return Err(ForecastError::NotPositive { method: self.name() });
            }
            values.iter().map(|&value| libm::log(value)).collect()
        } else {
            values.to_vec()
        };
        if !work.take(price(values.len(), &seasons)) {
            return Err(ForecastError::OutOfWork);
        }
        let parts = seasonal_parts(&shown, &seasons);
        let mut flat = shown;
        for part in &parts {
            for (value, part) in flat.iter_mut().zip(part) {
                *value -= part;
            }
        }
        let last = parts.into_iter().zip(&seasons).map(|(part, &season)| {
            let start = part.len().saturating_sub(season);
            part.get(start..).unwrap_or_default().to_vec()
        });
        Ok((last.collect(), flat))
    }
}

impl Method for Mstl {
    fn name(&self) -> &'static str {
        match (self.logarithms, self.theta) {
            (false, false) => "mstl",
            (false, true) => "mstl-theta",
            (true, false) => "mstl-log",
            (true, true) => "mstl-log-theta",
        }
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        let (seasons, flat) = self.split(history, work)?;
        let left = History { values: &flat, seasons: &[] };
        let rest = if self.theta { Theta.fit(left, work)? } else { Ets { damped: true }.fit(left, work)? };
        Ok(Box::new(Fit { which: *self, seasons, rest }))
    }
}

impl Fitted for Fit {
    fn description(&self) -> String {
        let seasons: Vec<String> = self.seasons.iter().map(|season| season.len().to_string()).collect();
        format!("{}({})+{}", self.which.name(), seasons.join(","), self.rest.description())
    }

    fn predict(&self, horizon: usize) -> Path {
        let mut path = self.rest.predict(horizon);
        let mut season = vec![0.0; horizon];
        for round in &self.seasons {
            for (sum, part) in season.iter_mut().zip(round.iter().cycle()) {
                *sum += part;
            }
        }
        if !self.which.logarithms {
            for (mean, part) in path.mean.iter_mut().zip(&season) {
                *mean += part;
            }
            path.season = season;
            return path;
        }
        let flat: Vec<f64> = path.mean.iter().map(|&mean| libm::exp(mean)).collect();
        let level: Vec<f64> = path.level.iter().map(|&level| libm::exp(level)).collect();
        path.mean = flat.iter().zip(&season).map(|(flat, &part)| flat * libm::exp(part)).collect();
        path.season = path.mean.iter().zip(&flat).map(|(mean, flat)| mean - flat).collect();
        path.trend = flat.iter().zip(&level).map(|(flat, level)| flat - level).collect();
        path.level = level;
        for (spread, mean) in path.spread.iter_mut().zip(&path.mean) {
            *spread *= mean;
        }
        path
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        let (seasons, flat) = self.which.split(history, work)?;
        let rest = self.rest.refit(History { values: &flat, seasons: &[] }, work)?;
        Ok(Box::new(Self { which: self.which, seasons, rest }))
    }
}
