//! The forecast of one product at one site: from its history to the row that is kept.

use serde::{Deserialize, Serialize};
use vitrine_api::forecast::{DemandHistory, DemandSource, Forecast as Shown, PlaceForecast};
use vitrine_devices::Timestamp;
use vitrine_forecast::{Forecast, ForecastError, Frequency, Observation, Question, Reading, Series, Silence, Work};
use vitrine_operations::demand::{self, History, date_of};

use super::{LEVELS, ahead::Ahead};
use crate::{
    database::{Database, Statement},
    failure::Outcome,
    random,
    stock::Place,
};

/// Days ahead.
pub(crate) const AHEAD: usize = 28;
/// Days of the clean history that are kept to be compared with other products: four times what is "lately".
pub(crate) const RECENT: usize = 4 * super::trends::LATELY;

/// What the list shows, beside stock.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) source: Option<DemandSource>,
    pub(crate) model: Option<String>,
    pub(crate) absolute_error: Option<f64>,
    pub(crate) scaled_error: Option<f64>,
    pub(crate) sold: u64,
    pub(crate) problem: Option<String>,
}

/// What was computed.
struct Made {
    shown: Shown,
    ahead: Ahead,
    recent: Option<Vec<f64>>,
}

/// Names a history: another one, another name.
pub(crate) fn hash(history: Option<&History>) -> String {
    random::sha256(&history.map_or_else(|| "none".to_owned(), History::text))
}

/// Computes the forecast, and gives the statement that keeps it. A history that allows none is kept with the reason.
pub(crate) fn keep(
    database: &Database,
    (sku, site): &Place,
    history: Option<&History>,
    (seen, through): (i64, i64),
    now: Timestamp,
    work: &mut Work,
) -> Outcome<Statement> {
    let hash = hash(history);
    let (made, problem) = match history {
        None => (None, Some("nothing was ordered and no scale saw anything leave in whole days so far".to_owned())),
        Some(history) => match make(history, work) {
            Ok(made) => (Some(made), None),
            Err(error) => (None, Some(super::answer::reason(&error))),
        },
    };
    let source = history.map(|history| match history.source {
        demand::DemandSource::Orders => DemandSource::Orders,
        demand::DemandSource::Scales => DemandSource::Scales,
    });
    let validation = made.as_ref().and_then(|made| made.shown.validation.as_ref());
    let entry = Entry {
        source,
        model: made.as_ref().map(|made| made.shown.model.clone()),
        absolute_error: validation.map(|validation| validation.absolute_error),
        scaled_error: validation.and_then(|validation| validation.scaled_error),
        sold: history.map_or(0, |history| history.days.iter().rev().take(AHEAD).filter_map(|day| day.units).sum()),
        problem: problem.clone(),
    };
    let (peaks, changes) = match &made {
        Some(made) => (serde_json::to_string(&made.shown.peaks)?, serde_json::to_string(&made.shown.changes)?),
        None => ("[]".to_owned(), "[]".to_owned()),
    };
    let outlook = made.as_ref().map(|made| serde_json::to_string(&made.ahead)).transpose()?;
    let recent = made.as_ref().and_then(|made| made.recent.as_ref()).map(serde_json::to_string).transpose()?;
    let body = PlaceForecast {
        sku: sku.clone(),
        site: site.clone(),
        source,
        computed_at: now.to_string(),
        history_hash: hash.clone(),
        history: history.map(shown_history),
        forecast: made.map(|made| made.shown),
        problem,
    };
    let (entry, body) = (serde_json::to_string(&entry)?, serde_json::to_string(&body)?);
    database.statement(
        "INSERT INTO forecasts(sku, site, seen, through, computed, hash, entry, outlook, recent, peaks, changes, body) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT(sku, site) DO UPDATE SET \
         seen = excluded.seen, through = excluded.through, computed = excluded.computed, hash = excluded.hash, \
         entry = excluded.entry, outlook = excluded.outlook, recent = excluded.recent, peaks = excluded.peaks, \
         changes = excluded.changes, body = excluded.body",
        &[
            sku.into(),
            site.into(),
            seen.into(),
            through.into(),
            now.milliseconds().into(),
            (&hash).into(),
            (&entry).into(),
            outlook.as_ref().into(),
            recent.as_ref().into(),
            (&peaks).into(),
            (&changes).into(),
            (&body).into(),
        ],
    )
}

/// The history is known up to its last day, so the first day ahead is the one after it.
fn make(history: &History, work: &mut Work) -> Result<Made, ForecastError> {
    let dates: Vec<String> = (0..history.days.len()).map(|at| date_of(history.first + at as i64)).collect();
    let observations = history.days.iter().zip(&dates).enumerate().map(|(at, (day, date))| Observation {
        line: at as u64 + 1,
        date,
        value: day.units.map(|units| units as f64),
        out_of_stock: day.out_of_stock,
    });
    let reading = Reading { frequency: Some(Frequency::Day), silence: Silence::Unknown, ..Reading::default() };
    let series = Series::from_observations(&observations.collect::<Vec<_>>(), reading)?;
    let forecast = Forecast::automatic(&series, Question { horizon: AHEAD, levels: &LEVELS }, work)?;
    let first = history.first + history.days.len() as i64;
    let values = series.values();
    let recent = values.len().checked_sub(RECENT).and_then(|from| values.get(from..)).map(<[f64]>::to_vec);
    Ok(Made { shown: super::answer::of(&series, &forecast), ahead: Ahead::of(&forecast.outlook, first), recent })
}

fn shown_history(history: &History) -> DemandHistory {
    let days = || history.days.iter().enumerate();
    DemandHistory {
        from: date_of(history.first),
        units: days().map(|(_, day)| day.units).collect(),
        out_of_stock: days()
            .filter(|(_, day)| day.out_of_stock)
            .map(|(at, _)| date_of(history.first + at as i64))
            .collect(),
    }
}
