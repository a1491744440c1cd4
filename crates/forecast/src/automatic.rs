//! The automatic forecast: methods weighted by how they would have done from earlier points of the same history.

use crate::calibration::{Calibration, validate};
use crate::candidates::{Candidate, candidates, is_rich, slow_candidates};
use crate::combination::{Combination, join};
use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::outlook::Shape;
use crate::rolling::{Origins, roll};
use crate::slow::{is_slow, unit};
use crate::work::Work;

/// Tries what suits the history, weights it by its errors on held-back windows, and calibrates intervals on the same.
#[derive(Clone, Copy, Debug)]
pub struct Automatic {
    /// How many periods ahead will be asked for: methods are judged at that distance.
    pub horizon: usize,
}

/// A candidate with what it would have forecast.
struct Trial {
    candidate: Candidate,
    error: f64,
    paths: Vec<Path>,
}

/// Most origins; half as many for histories longer than 500 periods, where each costs more and has more to say.
const ORIGINS: usize = 8;
/// Candidates with more than this many times the least error are left out.
const WORST: f64 = 3.0;
/// Least observations.
const LEAST: usize = 3;

impl Automatic {
    /// Fits, and keeps what validation found.
    ///
    /// # Errors
    /// Where there are fewer than three values, values too large to calculate with, or not enough work for any method.
    pub fn combine(&self, history: History<'_>, work: &mut Work) -> Result<Combination, ForecastError> {
        at_least(self.name(), LEAST, history)?;
        let values = history.values;
        if values.iter().any(|value| !value.is_finite() || value.abs() > 1e100) {
            return Err(ForecastError::TooLarge);
        }
        let slow = is_slow(values);
        let origins = origins(history, self.horizon.max(1), slow);
        let tried = if slow { slow_candidates() } else { candidates(history) };
        let trials = try_all(tried, history, origins.as_ref(), slow, work);
        let power = if is_rich(history) || slow { 2 } else { 1 };
        let kept = weigh(trials, history, power);
        let mut members: Vec<(f64, Box<dyn Fitted>, Vec<Path>)> = Vec::new();
        for (weight, trial) in kept {
            if let Ok(fitted) = trial.candidate.method.fit(history, work) {
                let sound = fitted.predict(self.horizon.max(1)).mean.iter().all(|mean| mean.is_finite());
                if sound {
                    members.push((weight, fitted, trial.paths));
                }
            }
        }
        let total: f64 = members.iter().map(|(weight, ..)| weight).sum();
        if members.is_empty() || total <= 0.0 {
            return Err(ForecastError::OutOfWork);
        }
        let above_zero = values.iter().all(|&value| value >= 0.0);
        let (mut calibration, mut validation) = (Calibration::NONE, None);
        if let Some(origins) = &origins {
            let held = held(&members, total, history, origins, above_zero);
            calibration = Calibration::measure(&held, values.len() - origins.first());
            validation = Some(validate(&held, origins.horizon, naive_error(history)));
        }
        let shape = match unit(values) {
            Some(unit) if slow => Shape::Counts { unit },
            _ => Shape::Continuous { freedom: calibration.freedom, above_zero },
        };
        let members = members.into_iter().map(|(weight, fitted, _)| (weight / total, fitted)).collect();
        Ok(Combination { members, which: *self, calibration, shape, validation, above_zero })
    }
}

fn origins(history: History<'_>, horizon: usize, slow: bool) -> Option<Origins> {
    let count = history.values.len();
    let season = if slow { 1 } else { history.season() };
    let least = (2 * season + 3).min(count / 2 + 1).max(6);
    let most = if count > 500 { ORIGINS / 2 } else { ORIGINS };
    Origins::plan(count, horizon, least, most)
}

/// What each candidate would have forecast. Slow movers are judged by squared errors: the absolute ones would reward
/// forecasting nothing at all.
fn try_all(
    tried: Vec<Candidate>,
    history: History<'_>,
    origins: Option<&Origins>,
    slow: bool,
    work: &mut Work,
) -> Vec<Trial> {
    let mut trials = Vec::with_capacity(tried.len());
    // Each candidate that is kept will be fitted once more, to the whole history: that must remain affordable.
    let mut reserved: u64 = 0;
    for candidate in tried {
        let Some(origins) = origins else {
            trials.push(Trial { candidate, error: 1.0, paths: Vec::new() });
            continue;
        };
        let mut part = work.without(reserved);
        let rolled = roll(candidate.method.as_ref(), history, origins, &mut part);
        work.settle(&part);
        let again = 2 * part.spent();
        let Ok(paths) = rolled else { continue };
        if reserved + again > work.left() {
            continue;
        }
        reserved += again;
        let (mut sum, mut count) = (0.0, 0.0);
        for (path, &length) in paths.iter().zip(&origins.lengths) {
            for (mean, value) in path.mean.iter().zip(history.values.iter().skip(length)) {
                let error = mean - value;
                sum += if slow { error * error } else { error.abs() };
                count += 1.0;
            }
        }
        let error = sum / f64::max(count, 1.0);
        if error.is_finite() {
            trials.push(Trial { candidate, error, paths });
        }
    }
    trials
}

/// Weights by inverse errors; what is far from the best is left out.
fn weigh(trials: Vec<Trial>, history: History<'_>, power: i32) -> Vec<(f64, Trial)> {
    let size = history.values.iter().map(|value| value.abs()).sum::<f64>() / history.values.len().max(1) as f64;
    // What rounding leaves of an exact forecast must not decide between methods that are both exact.
    let rounding = 1e-9 * size + 1e-300;
    let best = trials.iter().map(|trial| trial.error).fold(f64::INFINITY, f64::min) + rounding;
    let kept = trials.into_iter().filter(|trial| trial.error + rounding <= WORST * best);
    kept.map(|trial| {
        let share = best / (trial.error + rounding);
        (trial.candidate.trust * if power == 2 { share * share } else { share }, trial)
    })
    .collect()
}

/// The combination's own held-back paths beside what came.
fn held<'a>(
    members: &[(f64, Box<dyn Fitted>, Vec<Path>)],
    total: f64,
    history: History<'a>,
    origins: &Origins,
    above_zero: bool,
) -> Vec<(Path, &'a [f64])> {
    let window = |(place, &length): (usize, &usize)| {
        let paths: Vec<(f64, &Path)> =
            members.iter().filter_map(|(weight, _, paths)| Some((weight / total, paths.get(place)?))).collect();
        let mut path = join(&paths);
        if above_zero {
            path.hold_above_zero();
        }
        (path, history.values.get(length..).unwrap_or_default())
    };
    origins.lengths.iter().enumerate().map(window).collect()
}

/// Mean absolute error of the seasonal naive forecast one step ahead.
fn naive_error(history: History<'_>) -> f64 {
    let season = if history.season() < history.values.len() { history.season() } else { 1 };
    let changes =
        history.values.iter().zip(history.values.iter().skip(season)).map(|(early, late)| (late - early).abs());
    changes.sum::<f64>() / history.values.len().saturating_sub(season).max(1) as f64
}

impl Method for Automatic {
    fn name(&self) -> &'static str {
        "auto"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        Ok(Box::new(self.combine(history, work)?))
    }
}
