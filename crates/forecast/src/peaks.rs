//! Peaks ahead: periods in which clearly more is expected than is usual.

use serde::Serialize;

use crate::fill::median;
use crate::forecast::Forecast;
use crate::series::Series;

/// A stretch of high demand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Peak {
    /// The highest period, ISO 8601.
    pub date: String,
    /// Its place ahead, 0 being the next period.
    pub step: usize,
    /// The first and the last period of the stretch.
    pub from: String,
    /// See `from`.
    pub until: String,
    /// What is expected at its height.
    pub mean: f64,
    /// What would be usual then.
    pub usual: f64,
    /// `mean` divided by `usual`; `None` where nothing is usual.
    pub times: Option<f64>,
    /// The probability that the height exceeds what is usual by a quarter.
    pub probability: f64,
}

/// How much above the usual a peak is at least.
const ABOVE: f64 = 1.25;
/// How sure that must be.
const SURE: f64 = 0.8;

/// Looks for peaks. What is usual is the median of the same place in the short season (the weekday of a daily series, the
/// hour of the week of an hourly one), over the latest history and the forecast; series with one yearly season compare
/// with the median of a year.
#[must_use]
pub fn peaks(series: &Series, forecast: &Forecast) -> Vec<Peak> {
    let round = match series.frequency().seasons() {
        [_, week] if *week == 168 => 168,
        [short, _] => *short,
        _ => 1,
    };
    let rounds = if round == 1 { series.frequency().seasons().first().copied().unwrap_or(8) } else { 8 };
    let count = series.values().len();
    let all: Vec<f64> = series.values().iter().chain(&forecast.mean).copied().collect();
    let usual = |step: usize| {
        let place = count + step;
        let back = (1..=rounds).filter_map(|back| all.get(place.checked_sub(back * round)?).copied());
        let ahead = (0..rounds).filter_map(|ahead| all.get(place + ahead * round).copied());
        median(back.chain(ahead).collect())
    };
    let mut peaks: Vec<Peak> = Vec::new();
    let mut last: Option<usize> = None;
    for (step, &mean) in forecast.mean.iter().enumerate() {
        let usual = usual(step).max(0.0);
        let probability = forecast.outlook.at(step).map_or(0.0, |ahead| ahead.above(ABOVE * usual));
        if mean <= ABOVE * usual || probability < SURE {
            continue;
        }
        let date = series.date(count + step);
        let times = (usual > 0.0).then(|| mean / usual);
        let peak =
            Peak { date: date.clone(), step, from: date.clone(), until: date.clone(), mean, usual, times, probability };
        let follows = last.is_some_and(|last| last + 1 == step);
        last = Some(step);
        match peaks.last_mut() {
            Some(open) if follows => {
                let higher = mean - usual > open.mean - open.usual;
                let from = core::mem::take(&mut open.from);
                if higher {
                    *open = peak;
                }
                open.from = from;
                open.until = date;
            }
            _ => peaks.push(peak),
        }
    }
    peaks
}
