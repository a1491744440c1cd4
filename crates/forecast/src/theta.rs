//! The dynamic optimized theta model (J. A. Fiorucci, T. R. Pellegrini, F. Louzada, F. Petropoulos and A. B. Koehler,
//! "Models for optimising the theta method and their relationship to state space models", 2016).

use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::minimise::{Range, minimise};
use crate::pattern::{Acts, Pattern};
use crate::work::Work;

/// Fits level, smoothing and theta to the seasonally adjusted series; the trend line is re-estimated at every step.
#[derive(Clone, Copy, Debug, Default)]
pub struct Theta;

#[derive(Clone, Copy, Debug)]
struct Constants {
    level: f64,
    alpha: f64,
    theta: f64,
}

/// What the recursion knows after `seen` values.
#[derive(Clone, Copy, Debug)]
struct State {
    seen: f64,
    level: f64,
    mean: f64,
    intercept: f64,
    slope: f64,
    /// (1 - alpha) to the power of `seen`.
    fading: f64,
}

impl State {
    fn new(first: f64, constants: Constants) -> Self {
        let level = constants.alpha * first + (1.0 - constants.alpha) * constants.level;
        Self { seen: 1.0, level, mean: first, intercept: first, slope: 0.0, fading: 1.0 - constants.alpha }
    }

    #[inline]
    fn expected(&self, constants: Constants) -> f64 {
        let Constants { alpha, theta, .. } = constants;
        let drift = (1.0 - self.fading * (1.0 - alpha)) / alpha;
        self.level + (1.0 - 1.0 / theta) * (self.intercept * self.fading + self.slope * drift)
    }

    #[inline]
    fn see(&mut self, value: f64, constants: Constants) {
        let seen = self.seen;
        self.level = constants.alpha * value + (1.0 - constants.alpha) * self.level;
        let mean = (seen * self.mean + value) / (seen + 1.0);
        self.slope = ((seen - 1.0) * self.slope + 6.0 * (value - self.mean) / (seen + 1.0)) / (seen + 2.0);
        self.intercept = mean - self.slope * (seen + 2.0) / 2.0;
        self.mean = mean;
        self.fading *= 1.0 - constants.alpha;
        self.seen += 1.0;
    }
}

struct Fit {
    constants: Constants,
    pattern: Option<Pattern>,
    state: State,
    periods: usize,
    deviation: f64,
}

/// Runs over seasonless values; gives the state at the end and the sum of squared errors after the third value.
fn run(values: &[f64], constants: Constants) -> (State, f64) {
    let mut values = values.iter();
    let mut state = State::new(values.next().copied().unwrap_or(0.0), constants);
    let mut errors = 0.0;
    for (at, &value) in values.enumerate() {
        let error = value - state.expected(constants);
        if at >= 2 {
            errors += error * error;
        }
        state.see(value, constants);
    }
    (state, errors)
}

fn adjusted(values: &[f64], pattern: Option<&Pattern>) -> Vec<f64> {
    pattern.map_or_else(|| values.to_vec(), |pattern| pattern.take_out(values))
}

impl Fit {
    fn finish(values: &[f64], constants: Constants, pattern: Option<Pattern>) -> Self {
        let flat = adjusted(values, pattern.as_ref());
        let (state, errors) = run(&flat, constants);
        let deviation = libm::sqrt(errors / flat.len().saturating_sub(6).max(1) as f64);
        Self { constants, pattern, state, periods: values.len(), deviation }
    }
}

/// The pattern of the shortest season where it shows, as factors where all values are positive.
pub(crate) fn shown_pattern(history: History<'_>) -> Option<Pattern> {
    let (values, season) = (history.values, history.season());
    Pattern::shrunk(values, season, Acts::Multiplies).or_else(|| Pattern::shrunk(values, season, Acts::Adds))
}

impl Method for Theta {
    fn name(&self) -> &'static str {
        "theta"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 5, history)?;
        let pattern = shown_pattern(history);
        let flat = adjusted(history.values, pattern.as_ref());
        let (least, most) = flat.iter().fold((f64::MAX, f64::MIN), |(a, b), &value| (a.min(value), b.max(value)));
        let width = (most - least).max(1e-9 * most.abs()).max(1e-12);
        let start = flat.first().copied().unwrap_or(0.0) / 2.0;
        // Theta is searched as its reciprocal: from 1 (no trend line) towards 0 (all of it) the model changes evenly.
        let ranges = [
            Range { start, step: 0.2 * width, low: least.min(0.0) - 10.0 * width, high: most + 10.0 * width },
            Range { start: 0.5, step: -0.2, low: 0.05, high: 0.99 },
            Range { start: 0.5, step: 0.2, low: 1e-4, high: 1.0 },
        ];
        let constants = |at: &[f64]| match *at {
            [level, alpha, inverse] => Constants { level, alpha, theta: 1.0 / inverse },
            _ => Constants { level: start, alpha: 0.5, theta: 2.0 },
        };
        let found = minimise(&ranges, flat.len(), work, |at| run(&flat, constants(at)).1);
        let found = found.ok_or(ForecastError::OutOfWork)?;
        Ok(Box::new(Fit::finish(history.values, constants(&found.at), pattern)))
    }
}

impl Fitted for Fit {
    fn description(&self) -> String {
        match &self.pattern {
            Some(Pattern { acts: Acts::Adds, .. }) => "theta(additive season)".to_owned(),
            Some(_) => "theta(multiplicative season)".to_owned(),
            None => "theta".to_owned(),
        }
    }

    fn predict(&self, horizon: usize) -> Path {
        let mut path = Path::default();
        let mut state = self.state;
        for step in 0..horizon {
            let flat = state.expected(self.constants);
            let at = self.periods + step;
            let mean = self.pattern.as_ref().map_or(flat, |pattern| pattern.put_back(flat, at));
            let scale = match &self.pattern {
                Some(pattern) if pattern.acts == Acts::Multiplies => pattern.index(at),
                _ => 1.0,
            };
            let growth = 1.0 + step as f64 * self.constants.alpha * self.constants.alpha;
            path.mean.push(mean);
            path.spread.push(self.deviation * scale * libm::sqrt(growth));
            path.level.push(self.state.expected(self.constants));
            path.trend.push(flat - self.state.expected(self.constants));
            path.season.push(mean - flat);
            state.see(flat, self.constants);
        }
        path
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least("theta", 5, history)?;
        if !work.take(history.values.len()) {
            return Err(ForecastError::OutOfWork);
        }
        let pattern = match &self.pattern {
            Some(old) => Pattern::shrunk(history.values, old.indices.len(), old.acts),
            None => None,
        };
        Ok(Box::new(Self::finish(history.values, self.constants, pattern)))
    }
}
