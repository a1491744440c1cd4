//! How a forecast is shown: a table of dates, a line of a table of series, or JSON.

use std::fmt::Write;

use serde_json::{Value, json};
use vitrine_forecast::{Forecast, Policy, Reorder, Series, Stock, changes, peaks};

use crate::failure::Failure;

/// A forecast with what follows from it.
pub(crate) struct Answer<'a> {
    id: &'a str,
    series: &'a Series,
    forecast: Forecast,
    stock: Option<(Vec<f64>, Reorder)>,
}

impl<'a> Answer<'a> {
    pub(crate) fn new(
        id: &'a str,
        series: &'a Series,
        forecast: Forecast,
        stock: Option<&Stock>,
        policy: Policy,
    ) -> Result<Self, Failure> {
        let about = |stock: &Stock| {
            let reorder =
                stock.reorder(&forecast.outlook, policy).map_err(|error| Failure::Usage(error.to_string()))?;
            Ok::<_, Failure>((stock.run_out(&forecast.outlook), reorder))
        };
        let stock = stock.map(about).transpose()?;
        Ok(Self { id, series, forecast, stock })
    }

    pub(crate) fn heading(one: bool) -> String {
        if one {
            format!("{:<17} {:>12} {:>12} {:>12}  quantiles", "date", "expected", "season", "event")
        } else {
            format!("{:<24} {:>12} {:>12} {:>12} {:>8}  model", "series", "total", "low", "high", "error")
        }
    }

    /// A line for each date, then what else there is to say.
    pub(crate) fn dates(&self) -> String {
        let mut text = String::new();
        let forecast = &self.forecast;
        for (step, date) in forecast.dates.iter().enumerate() {
            let at = |row: &Vec<f64>| row.get(step).copied().unwrap_or(f64::NAN);
            let quantiles = forecast.levels.iter().zip(&forecast.quantiles);
            let quantiles: Vec<String> = quantiles.map(|(level, row)| format!("{level}: {:.2}", at(row))).collect();
            let (season, event) = (at(&forecast.parts.season), at(&forecast.parts.event));
            let mean = at(&forecast.mean);
            let _ = writeln!(text, "{date:<17} {mean:>12.2} {season:>+12.2} {event:>+12.2}  {}", quantiles.join("  "));
        }
        let shares = forecast.parts.shares;
        let _ = writeln!(text, "model: {}", forecast.model);
        if let Some(validation) = &forecast.validation {
            let scaled = validation.scaled_error.map_or_else(String::new, |error| format!(" ({error:.3} scaled)"));
            let (error, origins) = (validation.absolute_error, validation.origins);
            let _ = writeln!(text, "held back {origins} times, the error was {error:.3}{scaled}");
        }
        let _ = writeln!(
            text,
            "made of: level {:.0} %, trend {:.0} %, season {:.0} %, events {:.0} %",
            100.0 * shares.level,
            100.0 * shares.trend,
            100.0 * shares.season,
            100.0 * shares.event
        );
        for peak in peaks(self.series, forecast) {
            let (date, mean, usual) = (&peak.date, peak.mean, peak.usual);
            let _ = writeln!(text, "peak: {date}: {mean:.1} where {usual:.1} would be usual");
        }
        for change in changes(self.series) {
            let (date, before, after) = (&change.date, change.before, change.after);
            let _ = writeln!(text, "change: {date}: from {before:.1} to {after:.1} (by chance: {:.1e})", change.chance);
        }
        if let Some((risk, reorder)) = &self.stock {
            let first = risk.iter().position(|risk| *risk > 0.05).and_then(|step| forecast.dates.get(step));
            let _ = match first {
                Some(date) => writeln!(text, "stock: the risk of running out passes 5 % on {date}"),
                None => writeln!(text, "stock: the risk of running out stays below 5 %"),
            };
            let Reorder { point, up_to, position, quantity } = reorder;
            let _ =
                writeln!(text, "reorder: at {point:.1}, up to {up_to:.1}; there is {position:.1}: order {quantity:.0}");
        }
        text
    }

    /// One line about the whole horizon.
    pub(crate) fn line(&self) -> String {
        let total = self.forecast.outlook.totals().pop();
        let (mean, low, high) = total
            .map_or((f64::NAN, f64::NAN, f64::NAN), |total| (total.mean, total.quantile(0.05), total.quantile(0.95)));
        let error = self.forecast.validation.as_ref().and_then(|validation| validation.scaled_error);
        let error = error.map_or_else(|| "-".to_owned(), |error| format!("{error:.3}"));
        let model = &self.forecast.model;
        format!("{:<24} {mean:>12.1} {low:>12.1} {high:>12.1} {error:>8}  {model}", self.id)
    }

    pub(crate) fn json(&self) -> Value {
        let mut value = json!({
            "id": self.id,
            "every": self.series.frequency(),
            "forecast": self.forecast,
            "peaks": peaks(self.series, &self.forecast),
            "changes": changes(self.series),
        });
        if let (Some((risk, reorder)), Some(object)) = (&self.stock, value.as_object_mut()) {
            object.insert("stock".to_owned(), json!({ "run_out": risk, "reorder": reorder }));
        }
        value
    }
}
