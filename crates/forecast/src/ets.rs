//! Automatic exponential smoothing: the form with the least corrected information criterion
//! (R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder, "Forecasting with exponential smoothing", 2008).

mod filter;
mod form;

use filter::{Constants, Filter};
use form::{Form, Trend};

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
    /// The seasons worth trying on this history, each with the kind of error that goes with it and the indices it starts from.
    fn seasons(history: History<'_>) -> Vec<(Option<Acts>, Acts, Vec<f64>)> {
        let (values, season) = (history.values, history.season());
        let patterned = season <= LONGEST_SEASON && values.len() > 2 * season;
        let mut seasons = Vec::new();
        if patterned {
            for acts in [Acts::Adds, Acts::Multiplies] {
                if let Some(pattern) = Pattern::shrunk(values, season, acts) {
                    seasons.push((Some(acts), acts, pattern.indices));
                }
            }
        }
        if seasons.is_empty() || !is_seasonal(values, season) {
            seasons.push((None, Acts::Adds, Vec::new()));
            if values.iter().all(|&value| value > 0.0) {
                seasons.push((None, Acts::Multiplies, Vec::new()));
            }
        }
        seasons
    }

    /// The trends to try, the simplest first.
    fn trends(self, values: &[f64]) -> &'static [Trend] {
        match (self.damped, values.len() < 10) {
            (_, true) => &[Trend::None],
            (true, false) => &[Trend::None, Trend::Damped],
            (false, false) => &[Trend::None, Trend::Damped, Trend::Additive],
        }
    }
}

/// Finds the constants of one form; gives them with the criterion.
fn search(form: Form, start: &[f64], values: &[f64], work: &mut Work) -> Option<(f64, Constants)> {
    let first = form.first_states(values, start);
    let mut ranges = vec![Range { start: 0.3, step: 0.25, low: 1e-4, high: 0.9999 }];
    let width = first.width;
    if form.trend != Trend::None {
        ranges.push(Range { start: 0.1, step: 0.15, low: 1e-4, high: 0.9999 });
    }
    if form.trend == Trend::Damped {
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
    if form.trend != Trend::None {
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
    let fit = values.len() as f64 * libm::log(found.value);
    Some((fit + 2.0 * count + 2.0 * count * (count + 1.0) / spare, constants))
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
        let values = history.values;
        let mut best: Option<(f64, Form, Constants, Vec<f64>)> = None;
        // The season is chosen without a trend, then the trend with that season: half of the searches, nearly the same
        // choice.
        for (season, error, start) in Self::seasons(history) {
            let form = Form { error, trend: Trend::None, season };
            let Some((criterion, constants)) = search(form, &start, values, work) else { continue };
            if best.as_ref().is_none_or(|(least, ..)| criterion < *least) {
                best = Some((criterion, form, constants, start));
            }
        }
        for &trend in self.trends(values).iter().skip(1) {
            let Some((least, chosen, _, start)) = &best else { break };
            let form = Form { trend, ..*chosen };
            let Some((criterion, constants)) = search(form, start, values, work) else { continue };
            if criterion < *least {
                best = Some((criterion, form, constants, start.clone()));
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
