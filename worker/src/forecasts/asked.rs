//! `POST /v1/forecasts/demand`: a series that is sent. Each thing that is wrong with it is said with its place.

use vitrine_api::{
    forecast::{AskForecast, AskStock, DemandForecast, Silence},
    problem::{Problem, ProblemKind},
};
use vitrine_forecast::{
    self as forecast, Forecast, ForecastError, Observation, Policy, Question, Reading, Series, Stock, Work,
};

use super::{LEVELS, ahead, answer};
use crate::failure::{Failure, Outcome};

/// The longest body, in bytes: that of a little more than the most rows.
pub(crate) const LONGEST_BODY: usize = 1024 * 1024;
const MOST_ROWS: usize = 10_000;
/// Most periods from the first date to the last: two dates can be far apart, and each period takes memory.
const MOST_PERIODS: usize = 100_000;
const MOST_AHEAD: u32 = 400;
const AHEAD: u32 = 28;
const MOST_LEVELS: usize = 25;
const MOST_ARRIVING: usize = 100;

/// The forecast of the series.
pub(crate) fn forecast(asked: &AskForecast) -> Outcome<DemandForecast> {
    let rows = observations(asked)?;
    let horizon = asked.horizon.unwrap_or(AHEAD);
    if !(1..=MOST_AHEAD).contains(&horizon) {
        return Err(Failure::field("/horizon", format!("`horizon` is {horizon}; it must be 1 to {MOST_AHEAD}.")));
    }
    let horizon = usize::try_from(horizon).unwrap_or_default();
    let levels = asked.levels.as_deref().unwrap_or(&LEVELS);
    if levels.len() > MOST_LEVELS {
        return Err(Failure::field("/levels", format!("There are {} levels; {MOST_LEVELS} at most.", levels.len())));
    }
    let stock = asked.stock.as_ref().map(|stock| stock_of(stock, horizon)).transpose()?;
    let silence = match asked.silence {
        Silence::FromData => forecast::Silence::FromData,
        Silence::Zero => forecast::Silence::Zero,
        Silence::Unknown => forecast::Silence::Unknown,
    };
    let reading = Reading { frequency: asked.every.map(answer::frequency), silence, longest: MOST_PERIODS };
    let series = Series::from_observations(&rows, reading).map_err(refused)?;
    let found = Forecast::automatic(&series, Question { horizon, levels }, &mut Work::default()).map_err(refused)?;
    let risk = |(stock, policy): (Stock, Policy)| {
        ahead::risk(&stock, &found.outlook, found.dates.clone(), policy)
            .map_err(|error| Failure::field("/stock", format!("{error}.")))
    };
    let stock = stock.map(risk).transpose()?;
    Ok(DemandForecast { forecast: answer::of(&series, &found), stock })
}

fn observations(asked: &AskForecast) -> Outcome<Vec<Observation<'_>>> {
    if asked.rows.is_empty() {
        return Err(Failure::field("/rows", "There is no row: send at least three dates with values."));
    }
    if asked.rows.len() > MOST_ROWS {
        let detail = format!(
            "There are {} rows; {MOST_ROWS} at most. Leave out the oldest, or add up days to weeks.",
            asked.rows.len()
        );
        return Err(Failure::field("/rows", detail));
    }
    let mut rows = Vec::with_capacity(asked.rows.len());
    for (at, row) in asked.rows.iter().enumerate() {
        if row.value.is_some_and(|value| value < 0.0) {
            let detail = "Demand is 0 or more: leave returns out, and `null` what is not known.";
            return Err(Failure::field(format!("/rows/{at}/value"), detail));
        }
        // Lines are counted from 1; `refused` makes places of them again.
        let line = at as u64 + 1;
        rows.push(Observation { line, date: &row.date, value: row.value, out_of_stock: row.out_of_stock });
    }
    Ok(rows)
}

fn stock_of(asked: &AskStock, horizon: usize) -> Outcome<(Stock, Policy)> {
    let amount = |pointer: String, amount: f64| {
        let fine = amount.is_finite() && (0.0..=1e12).contains(&amount);
        if fine { Ok(amount) } else { Err(Failure::field(pointer, "It must be 0 to 1,000,000,000,000.")) }
    };
    let on_hand = amount("/stock/onHand".to_owned(), asked.on_hand)?;
    if asked.arriving.len() > MOST_ARRIVING {
        return Err(Failure::field("/stock/arriving", format!("There may be {MOST_ARRIVING} at most.")));
    }
    let mut arriving = Vec::with_capacity(asked.arriving.len());
    for (at, goods) in asked.arriving.iter().enumerate() {
        let units = amount(format!("/stock/arriving/{at}/units"), goods.units)?;
        arriving.push((usize::try_from(goods.period).unwrap_or(usize::MAX), units));
    }
    let periods = |name: &str, asked: Option<u32>, usual: usize| {
        let periods = asked.map_or(usual, |periods| usize::try_from(periods).unwrap_or(usize::MAX));
        let fine = (1..=horizon).contains(&periods);
        let detail = || format!("It is {periods}; it must be 1 to the horizon, which is {horizon}.");
        if fine { Ok(periods) } else { Err(Failure::field(format!("/stock/{name}"), detail())) }
    };
    let policy = Policy {
        lead_time: periods("leadTime", asked.lead_time, ahead::USUAL.lead_time)?,
        review: periods("review", asked.review, ahead::USUAL.review)?,
        service: asked.service.unwrap_or(ahead::USUAL.service),
        pack: asked.pack.unwrap_or(ahead::USUAL.pack),
    };
    if !(policy.service > 0.0 && policy.service < 1.0) {
        return Err(Failure::field("/stock/service", "It must be between 0 and 1, such as 0.95."));
    }
    if !(policy.pack > 0.0 && policy.pack <= 1e9) {
        return Err(Failure::field("/stock/pack", "It must be above 0."));
    }
    Ok((Stock { on_hand, arriving }, policy))
}

/// What the forecasting crate refuses, with its place in the body.
fn refused(error: ForecastError) -> Failure {
    let detail = format!("The series cannot be forecast: {}.", answer::reason(&error));
    let (kind, pointer) = match error {
        ForecastError::Line { line, .. } => (ProblemKind::BadRequest, format!("/rows/{}/date", line.saturating_sub(1))),
        ForecastError::Level { .. } => (ProblemKind::BadRequest, "/levels".to_owned()),
        ForecastError::Horizon { .. } => (ProblemKind::BadRequest, "/horizon".to_owned()),
        _ => (ProblemKind::Unprocessable, "/rows".to_owned()),
    };
    Problem::field(kind, pointer, detail).into()
}
