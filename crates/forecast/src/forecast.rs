//! The forecast of one series, from its clean history to dated quantiles and what they are made of.

use serde::Serialize;

use crate::automatic::Automatic;
use crate::calibration::Validation;
use crate::error::ForecastError;
use crate::events::Events;
use crate::method::{Fitted, History, Method};
use crate::outlook::Outlook;
use crate::series::{Notes, Series};
use crate::work::Work;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Periods ahead, from 1 to [`FARTHEST`].
    pub horizon: usize,
    /// Levels of quantiles, between 0 and 1, rising.
    pub levels: &'a [f64],
}

/// Most periods ahead.
pub const FARTHEST: usize = 10_000;
/// Periods that are looked back at, or five rounds of the longest season where that is more.
const REMEMBERED: usize = 1500;

/// What the means are made of: the parts of each period add up to its mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parts {
    /// Where the series stands at the end of the history.
    pub level: Vec<f64>,
    /// What the trend adds by then.
    pub trend: Vec<f64>,
    /// What the seasons add.
    pub season: Vec<f64>,
    /// What yearly events add.
    pub event: Vec<f64>,
    /// How much of the forecast each part moves.
    pub shares: Shares,
}

/// The parts' shares of all movement, by size without sign; they add up to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Shares {
    /// The level's.
    pub level: f64,
    /// The trend's.
    pub trend: f64,
    /// The seasons'.
    pub season: f64,
    /// The events'.
    pub event: f64,
}

/// A forecast.
#[derive(Clone, Debug, Serialize)]
pub struct Forecast {
    /// What was fitted.
    pub model: String,
    /// The first moment of each period ahead, ISO 8601.
    pub dates: Vec<String>,
    /// The expected values.
    pub mean: Vec<f64>,
    /// The levels asked for.
    pub levels: Vec<f64>,
    /// One row per level.
    pub quantiles: Vec<Vec<f64>>,
    /// What the means are made of.
    pub parts: Parts,
    /// Errors on held-back windows; `None` where the history is too short to hold any back.
    pub validation: Option<Validation>,
    /// What cleaning found.
    pub notes: Notes,
    /// The distributions, for questions about stock.
    #[serde(skip)]
    pub outlook: Outlook,
}

impl Forecast {
    /// Forecasts by the automatic choice.
    ///
    /// # Errors
    /// A horizon or levels out of range, fewer than three values, values too large, or not enough work.
    pub fn automatic(series: &Series, question: Question<'_>, work: &mut Work) -> Result<Self, ForecastError> {
        let (history, events) = prepare(series, question)?;
        let fitted = Automatic { horizon: question.horizon }.combine(history.view(series), work)?;
        Ok(Self::from_fitted(series, question, &fitted, fitted.validation().cloned(), &events))
    }

    /// Forecasts by one method, whose intervals are its own and not calibrated.
    ///
    /// # Errors
    /// As for [`Forecast::automatic`], or where the method cannot use this history.
    pub fn by(
        method: &dyn Method,
        series: &Series,
        question: Question<'_>,
        work: &mut Work,
    ) -> Result<Self, ForecastError> {
        let (history, events) = prepare(series, question)?;
        let fitted = method.fit(history.view(series), work)?;
        Ok(Self::from_fitted(series, question, fitted.as_ref(), None, &events))
    }

    fn from_fitted(
        series: &Series,
        question: Question<'_>,
        fitted: &dyn Fitted,
        validation: Option<Validation>,
        events: &Events,
    ) -> Self {
        let mut outlook = fitted.outlook(question.horizon);
        let mut event = vec![0.0; question.horizon];
        for &(step, factor) in &events.ahead {
            let path = &mut outlook.path;
            if let (Some(mean), Some(spread), Some(event)) =
                (path.mean.get_mut(step), path.spread.get_mut(step), event.get_mut(step))
            {
                *event = *mean * (factor - 1.0);
                *mean *= factor;
                *spread *= factor;
            }
        }
        let path = &outlook.path;
        let shares = shares([&path.level, &path.trend, &path.season, &event]);
        Self {
            model: fitted.description(),
            dates: (0..question.horizon).map(|step| series.date(series.values.len() + step)).collect(),
            mean: path.mean.clone(),
            levels: question.levels.to_vec(),
            quantiles: outlook.quantiles(question.levels),
            parts: Parts {
                level: path.level.clone(),
                trend: path.trend.clone(),
                season: path.season.clone(),
                event,
                shares,
            },
            validation,
            notes: series.notes.clone(),
            outlook,
        }
    }
}

/// The history as methods see it: without events, and no longer than they look back.
struct Prepared(Vec<f64>);

impl Prepared {
    fn view<'a>(&'a self, series: &Series) -> History<'a> {
        History { values: &self.0, seasons: series.seasons() }
    }
}

fn prepare(series: &Series, question: Question<'_>) -> Result<(Prepared, Events), ForecastError> {
    if question.horizon == 0 || question.horizon > FARTHEST {
        return Err(ForecastError::Horizon { found: question.horizon, most: FARTHEST });
    }
    let mut before = 0.0;
    for &level in question.levels {
        if !(level > before && level < 1.0) {
            return Err(ForecastError::Level { found: level });
        }
        before = level;
    }
    let events = Events::find(series, question.horizon);
    let mut values = series.values.clone();
    events.take_out(&mut values);
    let longest = series.seasons().last().copied().unwrap_or(1);
    let kept = REMEMBERED.max(5 * longest);
    let values = values.split_off(values.len().saturating_sub(kept));
    Ok((Prepared(values), events))
}

fn shares(parts: [&[f64]; 4]) -> Shares {
    let sizes = parts.map(|part| part.iter().map(|value| value.abs()).sum::<f64>());
    let all: f64 = sizes.iter().sum();
    let [level, trend, season, event] = sizes.map(|size| if all > 0.0 { size / all } else { 0.0 });
    Shares { level, trend, season, event }
}
