//! Several seasons: each is measured by loess and repeated, and what is left is forecast by another method.

use crate::error::ForecastError;
use crate::ets::Ets;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::recent::{RECENT, Recent};
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
    /// The last round of each season, oldest first, so that it begins with the next period's index.
    seasons: Vec<Vec<f64>>,
    /// The history without its seasons.
    flat: Vec<f64>,
    rest: Box<dyn Fitted>,
}

impl Mstl {
    fn shown(self, values: &[f64]) -> Result<Vec<f64>, ForecastError> {
        if !self.logarithms {
            return Ok(values.to_vec());
        }
        if values.iter().any(|&value| value <= 0.0) {
            return Err(ForecastError::NotPositive { method: self.name() });
        }
        Ok(values.iter().map(|&value| libm::log(value)).collect())
    }

    /// The values as they are decomposed, the seasons, and the values without them.
    fn split(self, history: History<'_>, work: &mut Work) -> Result<(Vec<Vec<f64>>, Vec<f64>), ForecastError> {
        let values = history.values;
        let seasons: Vec<usize> = history.seasons.iter().copied().filter(|&season| 2 * season < values.len()).collect();
        at_least(self.name(), 2 * history.season() + 1, history)?;
        let shown = self.shown(values)?;
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
        let rest = if self.theta {
            Recent { method: Theta, most: RECENT }.fit(left, work)?
        } else {
            Recent { method: Ets { damped: true }, most: RECENT }.fit(left, work)?
        };
        Ok(Box::new(Fit { which: *self, seasons, flat, rest }))
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
        let known = self.flat.len();
        let Some(new) = history.values.get(known..) else { return self.which.fit(history, work) };
        if !work.take(history.values.len()) {
            return Err(ForecastError::OutOfWork);
        }
        // The seasons stay as they were measured, and go on turning.
        let mut flat = self.flat.clone();
        flat.extend(self.which.shown(new)?);
        let mut seasons = self.seasons.clone();
        for round in &mut seasons {
            for (value, index) in flat.iter_mut().skip(known).zip(round.iter().cycle()) {
                *value -= index;
            }
            let turned = new.len() % round.len().max(1);
            round.rotate_left(turned);
        }
        let rest = self.rest.refit(History { values: &flat, seasons: &[] }, work)?;
        Ok(Box::new(Self { which: self.which, seasons, flat, rest }))
    }
}
