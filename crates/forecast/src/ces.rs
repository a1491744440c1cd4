//! Complex exponential smoothing (I. Svetunkov, N. Kourentzes and J. K. Ord, 2022): level and a second, unobserved part
//! move together as one complex number, so that slow trends need no trend term. Seasons are a second complex number
//! per position ("full"), one index per position ("partial"), or none.

use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::minimise::{Range, minimise};
use crate::pattern::{Acts, Pattern, is_seasonal};
use crate::work::Work;

/// Chooses the kind of season by the corrected information criterion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ces;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Season {
    None,
    Partial,
    Full,
}

/// The smoothing weights: real and imaginary part for the level, and for the season.
#[derive(Clone, Copy, Debug)]
struct Weights {
    level: (f64, f64),
    season: (f64, f64),
}

#[derive(Clone, Debug)]
struct State {
    level: f64,
    hidden: f64,
    /// Index and its hidden part by position; position 0 is the first value's.
    indices: Vec<(f64, f64)>,
}

struct Fit {
    season: Season,
    weights: Weights,
    start: State,
    end: State,
    periods: usize,
    deviation: f64,
}

impl State {
    fn start(values: &[f64], season: usize, kind: Season) -> Option<Self> {
        let taken = season.max(10).min(values.len());
        let first = values.get(..taken)?;
        let level = first.iter().sum::<f64>() / taken as f64;
        let indices = if kind == Season::None {
            Vec::new()
        } else {
            let seen = values.get(..values.len().min(90 * season))?;
            let pattern = Pattern::shrunk(seen, season, Acts::Adds)?;
            pattern.indices.into_iter().map(|index| (index, index / 1.1)).collect()
        };
        Some(Self { level, hidden: level / 1.1, indices })
    }

    /// Moves on by one value and gives what was expected; a value of `None` is taken to be the expected one.
    #[inline]
    fn see(&mut self, value: Option<f64>, at: usize, kind: Season, weights: Weights) -> (f64, f64) {
        let (real, imaginary) = weights.level;
        let position = at % self.indices.len().max(1);
        let index = self.indices.get(position).copied().unwrap_or_default();
        let (level, season) = (self.level, index.0);
        let error = value.map_or(0.0, |value| value - level - season);
        let hidden = self.hidden;
        self.level = level - (1.0 - imaginary) * hidden + (real - imaginary) * error;
        self.hidden = level + (1.0 - real) * hidden + (real + imaginary) * error;
        if let Some(index) = self.indices.get_mut(position) {
            let (real, imaginary) = weights.season;
            if kind == Season::Full {
                let (seen, hidden) = *index;
                index.0 = seen - (1.0 - imaginary) * hidden + (real - imaginary) * error;
                index.1 = seen + (1.0 - real) * hidden + (real + imaginary) * error;
            } else {
                index.0 += real * error;
            }
        }
        (level, season)
    }

    fn run(&mut self, values: &[f64], kind: Season, weights: Weights) -> f64 {
        let mut squares = 0.0;
        for (at, &value) in values.iter().enumerate() {
            let (level, season) = self.see(Some(value), at, kind, weights);
            let error = value - level - season;
            squares += error * error;
        }
        squares
    }
}

/// Reads searched numbers.
fn weights(at: &[f64]) -> Weights {
    match *at {
        [a, b] => Weights { level: (a, b), season: (0.0, 0.0) },
        [a, b, c] => Weights { level: (a, b), season: (c, 0.0) },
        [a, b, c, d] => Weights { level: (a, b), season: (c, d) },
        _ => Weights { level: (1.3, 1.0), season: (0.0, 0.0) },
    }
}

impl Fit {
    fn finish(season: Season, weights: Weights, start: State, values: &[f64]) -> Self {
        let mut end = start.clone();
        let squares = end.run(values, season, weights);
        let deviation = libm::sqrt(squares / values.len().saturating_sub(4).max(1) as f64);
        Self { season, weights, start, end, periods: values.len(), deviation }
    }
}

fn search(kind: Season, start: &State, values: &[f64], work: &mut Work) -> Option<(f64, Weights)> {
    let real = Range { start: 1.3, step: -0.2, low: 0.01, high: 1.8 };
    let imaginary = Range { start: 1.0, step: 0.05, low: 0.01, high: 1.9 };
    let share = Range { start: 0.1, step: 0.1, low: 0.0, high: 0.6 };
    let ranges = match kind {
        Season::None => vec![real, imaginary],
        Season::Partial => vec![real, imaginary, share],
        Season::Full => vec![real, imaginary, Range { start: 1.2, ..real }, imaginary],
    };
    let mut state = start.clone();
    let found = minimise(&ranges, 2 * values.len(), work, |at| {
        state.level = start.level;
        state.hidden = start.hidden;
        state.indices.clone_from(&start.indices);
        state.run(values, kind, weights(at))
    })?;
    let hidden = if kind == Season::Full { 2 } else { 1 };
    let states = start.indices.len() * hidden;
    let count = (ranges.len() + 3 + states) as f64;
    let spare = values.len() as f64 - count - 1.0;
    let fit = values.len() as f64 * libm::log(found.value.max(1e-300));
    let criterion = if spare > 0.0 {
        fit + 2.0 * count + 2.0 * count * (count + 1.0) / spare
    } else {
        // Too short for the criterion: only as a last resort, the fewer constants the better.
        1e12 + count
    };
    Some((criterion, weights(&found.at)))
}

impl Method for Ces {
    fn name(&self) -> &'static str {
        "ces"
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 5, history)?;
        let (values, season) = (history.values, history.season());
        let kinds: &[Season] = if season >= 2 && values.len() > 2 * season {
            if is_seasonal(values, season) {
                &[Season::Partial, Season::Full]
            } else {
                &[Season::None, Season::Partial, Season::Full]
            }
        } else {
            &[Season::None]
        };
        let mut best: Option<(f64, Season, Weights, State)> = None;
        for &kind in kinds {
            let Some(start) = State::start(values, season, kind) else { continue };
            let Some((criterion, weights)) = search(kind, &start, values, work) else { continue };
            if best.as_ref().is_none_or(|(least, ..)| criterion < *least) {
                best = Some((criterion, kind, weights, start));
            }
        }
        let (_, kind, weights, start) = best.ok_or(ForecastError::OutOfWork)?;
        Ok(Box::new(Fit::finish(kind, weights, start, values)))
    }
}

impl Fitted for Fit {
    fn description(&self) -> String {
        match self.season {
            Season::None => "ces",
            Season::Partial => "ces(partial season)",
            Season::Full => "ces(full season)",
        }
        .to_owned()
    }

    fn predict(&self, horizon: usize) -> Path {
        let mut path = Path::default();
        let mut state = self.end.clone();
        // How an error of today moves the values to come: the same recursion, started from the error alone.
        let (real, imaginary) = self.weights.level;
        let mut echo = State { level: real - imaginary, hidden: real + imaginary, indices: Vec::new() };
        let mut growth = 1.0;
        for step in 0..horizon {
            let (level, season) = state.see(None, self.periods + step, self.season, self.weights);
            path.mean.push(level + season);
            path.level.push(self.end.level);
            path.trend.push(level - self.end.level);
            path.season.push(season);
            path.spread.push(self.deviation * libm::sqrt(growth));
            let (moved, _) = echo.see(None, 0, Season::None, self.weights);
            growth += moved * moved;
        }
        path
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least("ces", 5, history)?;
        if !work.take(2 * history.values.len()) {
            return Err(ForecastError::OutOfWork);
        }
        Ok(Box::new(Self::finish(self.season, self.weights, self.start.clone(), history.values)))
    }
}
