//! Automatic exponential smoothing: the form with the least corrected information criterion
//! (R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder, "Forecasting with exponential smoothing", 2008).

mod filter;
mod form;

use filter::{Constants, Filter};
use form::Form;

use crate::error::ForecastError;
use crate::method::{Fitted, History, Method, Path, at_least};
use crate::minimise::{Range, minimise};
use crate::pattern::{Acts, Pattern, is_seasonal};
use crate::work::Work;

/// Tries trends (none, additive, damped) with seasons (none, additive, multiplicative) and errors of the same kind.
///
/// The indices that a season starts from are measured by classical decomposition rather than searched, so that a search
/// has at most six constants whatever the length of the season.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ets {
    /// Only damped trends, or none: what long horizons are safest with.
    pub damped: bool,
}

struct Fit {
    form: Form,
    constants: Constants,
    start: Vec<f64>,
    end: filter::End,
    periods: usize,
    deviation: f64,
}

/// Longest season that is smoothed; longer ones are for `mstl`.
const LONGEST_SEASON: usize = 53;

impl Ets {
    /// The forms worth trying on this history, with the seasonal indices each would start from.
    fn forms(self, history: History<'_>) -> Vec<(Form, Vec<f64>)> {
        let (values, season) = (history.values, history.season());
        let positive = values.iter().all(|&value| value > 0.0);
        let patterned = season <= LONGEST_SEASON && values.len() > 2 * season;
        let first = values.get(..values.len().min(90 * season)).unwrap_or(values);
        let mut forms = Vec::new();
        for acts in [Some(Acts::Adds), Some(Acts::Multiplies), None] {
            let indices = match acts {
                Some(acts) if patterned => match Pattern::shrunk(first, season, acts) {
                    Some(pattern) => pattern.indices,
                    None => continue,
                },
                Some(_) => continue,
                None if patterned && !forms.is_empty() && is_seasonal(values, season) => continue,
                None => Vec::new(),
            };
            for trend in form::Trend::ALL {
                if (self.damped && trend == form::Trend::Additive) || values.len() < 10 && trend != form::Trend::None {
                    continue;
                }
                let errors: &[Acts] = match acts {
                    Some(Acts::Adds) => &[Acts::Adds],
                    Some(Acts::Multiplies) => &[Acts::Multiplies],
                    None if positive => &[Acts::Adds, Acts::Multiplies],
                    None => &[Acts::Adds],
                };
                forms.extend(errors.iter().map(|&error| (Form { error, trend, season: acts }, indices.clone())));
            }
        }
        forms
    }
}

/// Finds the constants of one form; gives them with the criterion.
fn search(form: Form, start: &[f64], values: &[f64], work: &mut Work) -> Option<(f64, Constants)> {
    let first = form.first_states(values, start);
    let mut ranges = vec![Range { start: 0.3, step: 0.25, low: 1e-4, high: 0.9999 }];
    let width = first.width;
    if form.trend != form::Trend::None {
        ranges.push(Range { start: 0.1, step: 0.15, low: 1e-4, high: 0.9999 });
    }
    if form.trend == form::Trend::Damped {
        ranges.push(Range { start: 0.95, step: -0.05, low: 0.8, high: 0.98 });
    }
    if form.season.is_some() {
        ranges.push(Range { start: 0.1, step: 0.15, low: 1e-4, high: 0.9999 });
    }
    ranges.push(Range {
        start: first.level,
        step: 0.2 * width,
        low: first.level - 3.0 * width,
        high: first.level + 3.0 * width,
    });
    if form.trend != form::Trend::None {
        ranges.push(Range { start: first.trend, step: 0.05 * width, low: -width, high: width });
    }
    let mut filter = Filter::new(start);
    let found = minimise(&ranges, values.len(), work, |at| filter.run(form, values, form.constants(at)).badness(form));
    let found = found?;
    let constants = form.constants(&found.at);
    let count = ranges.len() as f64 + 1.0 + start.len().saturating_sub(1) as f64;
    let spare = values.len() as f64 - count - 1.0;
    if spare <= 0.0 {
        return None;
    }
    Some((found.value + 2.0 * count + 2.0 * count * (count + 1.0) / spare, constants))
}

impl Fit {
    fn finish(form: Form, constants: Constants, start: Vec<f64>, values: &[f64]) -> Self {
        let end = Filter::new(&start).run(form, values, constants);
        let free = values.len().saturating_sub(form.searched()).max(1) as f64;
        let deviation = libm::sqrt(end.squares / free);
        Self { form, constants, start, end, periods: values.len(), deviation }
    }
}

impl Method for Ets {
    fn name(&self) -> &'static str {
        if self.damped { "damped" } else { "ets" }
    }

    fn fit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least(self.name(), 5, history)?;
        let mut best: Option<(f64, Form, Constants, Vec<f64>)> = None;
        for (form, start) in self.forms(history) {
            let Some((criterion, constants)) = search(form, &start, history.values, work) else { continue };
            if best.as_ref().is_none_or(|(least, ..)| criterion < *least) {
                best = Some((criterion, form, constants, start));
            }
        }
        let (_, form, constants, start) = best.ok_or(ForecastError::OutOfWork)?;
        Ok(Box::new(Fit::finish(form, constants, start, history.values)))
    }
}

impl Fitted for Fit {
    fn description(&self) -> String {
        self.form.to_string()
    }

    fn predict(&self, horizon: usize) -> Path {
        let mut path = Path::default();
        let (Constants { alpha, beta, gamma, phi, .. }, season) = (self.constants, self.end.indices.len());
        let (mut damping, mut trend, mut growth) = (phi, 0.0, 1.0);
        let mut reach = 0.0;
        for step in 0..horizon {
            trend += damping * self.end.trend;
            let flat = self.end.level + trend;
            let index = self.end.indices.get((self.periods + step) % season.max(1)).copied();
            let (mean, scale) = match (self.form.season, index) {
                (Some(Acts::Adds), Some(index)) => (flat + index, 1.0),
                (Some(Acts::Multiplies), Some(index)) => (flat * index, index),
                _ => (flat, 1.0),
            };
            let scale = if self.form.error == Acts::Multiplies { mean } else { scale };
            path.mean.push(mean);
            path.spread.push((self.deviation * scale * libm::sqrt(growth)).abs());
            path.level.push(self.end.level);
            path.trend.push(trend);
            path.season.push(mean - flat);
            reach += damping;
            damping *= phi;
            let weight = alpha + beta * reach + if season > 0 && (step + 1) % season == 0 { gamma } else { 0.0 };
            growth += weight * weight;
        }
        path
    }

    fn refit(&self, history: History<'_>, work: &mut Work) -> Result<Box<dyn Fitted>, ForecastError> {
        at_least("ets", 5, history)?;
        if !work.take(history.values.len()) {
            return Err(ForecastError::OutOfWork);
        }
        Ok(Box::new(Self::finish(self.form, self.constants, self.start.clone(), history.values)))
    }
}
