//! Forecasts of demand: on a series that is sent, and on what orders and scales gave.

mod asked;
mod kept;
mod result;

pub use asked::{Arriving, AskForecast, AskStock, DemandRow, Every, Silence};
pub use kept::{DemandHistory, DemandSource, ForecastEntry, PeakAhead, PlaceForecast, StockOutlook, Trend, TrendKind};
pub use result::{Change, DemandForecast, Forecast, Notes, Parts, Peak, Reorder, Shares, StockRisk, Validation};
