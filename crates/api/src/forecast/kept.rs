//! Forecasts that the worker made by itself, by product and site.

use serde::{Deserialize, Serialize};

use super::{Forecast, Peak, StockRisk};

/// Where demand was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum DemandSource {
    /// Orders of the shop's system.
    Orders,
    /// Scales, where nothing is ever ordered.
    Scales,
}

/// Demand day by day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DemandHistory {
    /// The first day.
    pub from: String,
    /// Units of that day and of each after it; `null` where they are not known.
    pub units: Vec<Option<u64>>,
    /// Days on which nothing was there to be taken.
    pub out_of_stock: Vec<String>,
}

/// The forecast of a product at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceForecast {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// Where its demand was read from; not there where none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DemandSource>,
    /// When it was computed.
    pub computed_at: String,
    /// Names the history that it was made of: another history, another name.
    pub history_hash: String,
    /// That history; not there where none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<DemandHistory>,
    /// The forecast; not there where the history allows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// Why there is no forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// A product at a site in the list of forecasts, with what its forecast says about the stock of this moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastEntry {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// Where its demand was read from; not there where none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<DemandSource>,
    /// When it was computed.
    pub computed_at: String,
    /// The methods that were joined; not there where there is no forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The mean error of earlier forecasts, without sign, in units a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absolute_error: Option<f64>,
    /// The same as a share of the error of "as a week ago".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled_error: Option<f64>,
    /// Units sold in the last 28 days of the history.
    pub sold: u64,
    /// Units expected in the next 28 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<f64>,
    /// What it says about the stock of this moment; not there where stock or forecast is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<StockRisk>,
    /// Why there is no forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What a forecast says about the stock of a product at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StockOutlook {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// When the forecast was computed; the stock is that of this moment.
    pub computed_at: String,
    /// What it says.
    #[serde(flatten)]
    pub risk: StockRisk,
}

/// A peak ahead of a product at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeakAhead {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// The peak.
    #[serde(flatten)]
    pub peak: Peak,
}

/// What kind of trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TrendKind {
    /// Lately more than before, by more than chance and than the whole shop's growth.
    TakingOff,
    /// The level rose for good.
    Risen,
    /// The level fell for good.
    Fallen,
}

/// A trend of a product at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trend {
    /// The product.
    pub sku: String,
    /// Where.
    pub site: String,
    /// What kind.
    pub kind: TrendKind,
    /// The first day of what is new.
    pub since: String,
    /// Units a day before.
    pub before: f64,
    /// Units a day since.
    pub after: f64,
    /// How many times as much; for what takes off, beside the whole shop's growth. Not there where nothing was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<f64>,
    /// The probability that chance alone gives this or more.
    pub chance: f64,
}
