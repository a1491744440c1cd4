//! What the forecasting crate says, as the interface has it.

use vitrine_api::forecast::{Change, Every, Forecast, Notes, Parts, Peak, Shares, Validation};
use vitrine_forecast::{self as forecast, ForecastError, Frequency, Series};

/// A forecast with the peaks ahead and the changes behind it.
pub(crate) fn of(series: &Series, found: &forecast::Forecast) -> Forecast {
    let parts = &found.parts;
    let shares = parts.shares;
    Forecast {
        every: every(series.frequency()),
        model: found.model.clone(),
        dates: found.dates.clone(),
        mean: found.mean.clone(),
        levels: found.levels.clone(),
        quantiles: found.quantiles.clone(),
        parts: Parts {
            level: parts.level.clone(),
            trend: parts.trend.clone(),
            season: parts.season.clone(),
            event: parts.event.clone(),
            shares: Shares { level: shares.level, trend: shares.trend, season: shares.season, event: shares.event },
        },
        validation: found.validation.as_ref().map(|validation| Validation {
            origins: validation.origins,
            horizon: validation.horizon,
            absolute_error: validation.absolute_error,
            scaled_error: validation.scaled_error,
            bias: validation.bias,
        }),
        notes: notes(&found.notes),
        peaks: forecast::peaks(series, found).into_iter().map(peak).collect(),
        changes: forecast::changes(series).into_iter().map(change).collect(),
    }
}

fn notes(notes: &forecast::Notes) -> Notes {
    Notes {
        rows: notes.rows,
        repeated: notes.repeated,
        added: notes.added,
        sorted: notes.sorted,
        missing: notes.missing,
        silence_is_zero: notes.silence_is_zero,
        out_of_stock: notes.censored,
        outliers: notes.outliers,
    }
}

fn peak(peak: forecast::Peak) -> Peak {
    let forecast::Peak { date, from, until, mean, usual, times, probability, .. } = peak;
    Peak { date, from, until, expected: mean, usual, times, probability }
}

fn change(change: forecast::Change) -> Change {
    let forecast::Change { date, before, after, chance, .. } = change;
    Change { date, before, after, chance }
}

const fn every(frequency: Frequency) -> Every {
    match frequency {
        Frequency::Hour => Every::Hour,
        Frequency::Day => Every::Day,
        Frequency::Week => Every::Week,
        Frequency::Month => Every::Month,
        Frequency::Quarter => Every::Quarter,
        Frequency::Year => Every::Year,
    }
}

/// The length of a period as the forecasting crate has it.
pub(crate) const fn frequency(every: Every) -> Frequency {
    match every {
        Every::Hour => Frequency::Hour,
        Every::Day => Frequency::Day,
        Every::Week => Frequency::Week,
        Every::Month => Frequency::Month,
        Every::Quarter => Frequency::Quarter,
        Every::Year => Frequency::Year,
    }
}

/// Why there is no forecast, for those who cannot choose another method.
pub(crate) fn reason(error: &ForecastError) -> String {
    match error {
        ForecastError::TooShort { needed, found, .. } => {
            format!("{needed} known values are needed at least, and there are only {found}")
        }
        ForecastError::Empty => "no value is known".to_owned(),
        ForecastError::Line { problem, .. } => problem.clone(),
        other => other.to_string(),
    }
}
