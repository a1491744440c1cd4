//! Several fitted methods as one: means add up by weight, spreads hold what the methods disagree about.

use crate::automatic::Automatic;
use crate::calibration::{Calibration, Validation};
use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path};
use crate::outlook::{Outlook, Shape};
use crate::work::Work;

/// A weighted combination with calibrated distributions.
pub struct Combination {
    pub(crate) members: Vec<(f64, Box<dyn Fitted>)>,
    pub(crate) which: Automatic,
    pub(crate) calibration: Calibration,
    pub(crate) shape: Shape,
    pub(crate) validation: Option<Validation>,
    pub(crate) above_zero: bool,
}

impl Combination {
    /// What validation found; `None` where the history was too short to hold anything back.
    #[must_use]
    pub fn validation(&self) -> Option<&Validation> {
        self.validation.as_ref()
    }
}

/// Adds up paths; weights must add up to 1.
pub(crate) fn join(paths: &[(f64, &Path)]) -> Path {
    let steps = paths.iter().map(|(_, path)| path.mean.len()).min().unwrap_or(0);
    let add = |part: fn(&Path) -> &Vec<f64>| {
        let mut sum = vec![0.0; steps];
        for (weight, path) in paths {
            for (sum, value) in sum.iter_mut().zip(part(path)) {
                *sum += weight * value;
            }
        }
        sum
    };
    let (mean, mut spread) = (add(|path| &path.mean), add(|path| &path.spread));
    let mut apart = vec![0.0; steps];
    for (weight, path) in paths {
        for ((sum, value), mean) in apart.iter_mut().zip(&path.mean).zip(&mean) {
            *sum += weight * (value - mean) * (value - mean);
        }
    }
    for (spread, apart) in spread.iter_mut().zip(apart) {
        *spread = libm::sqrt(*spread * *spread + apart);
    }
    Path {
        level: add(|path| &path.level),
        trend: add(|path| &path.trend),
        season: add(|path| &path.season),
        mean,
        spread,
    }
}

impl Fitted for Combination {
    fn description(&self) -> String {
        let members = self.members.iter().map(|(weight, fitted)| format!("{weight:.2} {}", fitted.description()));
        members.collect::<Vec<_>>().join(" + ")
    }

    fn predict(&self, horizon: usize) -> Path {
        self.outlook(horizon).path
    }

    fn outlook(&self, horizon: usize) -> Outlook {
        let paths: Vec<(f64, Path)> =
            self.members.iter().map(|(weight, fitted)| (*weight, fitted.predict(horizon))).collect();
        let mut path = join(&paths.iter().map(|(weight, path)| (*weight, path)).collect::<Vec<_>>());
        for spread in &mut path.spread {
            *spread *= self.calibration.factor;
        }
        if self.above_zero {
            path.hold_above_zero();
        }
        Outlook { path, shape: self.shape, correlation: self.calibration.correlation }
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        self.which.fit(history, work)
    }
}
