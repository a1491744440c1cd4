//! What a forecast says, and how it came about.

use serde::{Deserialize, Serialize};

use super::Every;

/// What the expected values are made of: the parts of each period add up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Parts {
    /// Where the series stands at the end of the history.
    pub level: Vec<f64>,
    /// What the trend adds by then.
    pub trend: Vec<f64>,
    /// What the seasons add.
    pub season: Vec<f64>,
    /// What days add that stand out every year.
    pub event: Vec<f64>,
    /// Each part's share of all of it, by size without sign; they add up to 1.
    pub shares: Shares,
}

/// Each part's share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shares {
    /// The level's.
    pub level: f64,
    /// The trend's.
    pub trend: f64,
    /// The seasons'.
    pub season: f64,
    /// The yearly events'.
    pub event: f64,
}

/// How far forecasts from earlier points of the same history were off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Validation {
    /// From how many earlier points.
    pub origins: usize,
    /// How many periods ahead of each.
    pub horizon: usize,
    /// The mean error without sign, in the series' own unit.
    pub absolute_error: f64,
    /// The same as a share of the error of "as in the period one season ago"; not there where that has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled_error: Option<f64>,
    /// The mean error with its sign: above 0 where forecasts were too low.
    pub bias: f64,
}

/// What cleaning the rows found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notes {
    /// Rows that were read.
    pub rows: usize,
    /// Rows that replaced an earlier one of the same date.
    pub repeated: usize,
    /// Rows that were added to another of the same period.
    pub added: usize,
    /// Whether they came in order of time.
    pub sorted: bool,
    /// Periods without a known value.
    pub missing: usize,
    /// Whether periods without a row were taken for 0.
    pub silence_is_zero: bool,
    /// Periods in which stock had run out.
    pub out_of_stock: usize,
    /// Periods whose value stood alone far out, and was drawn back.
    pub outliers: usize,
}

/// A stretch in which clearly more is expected than is usual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Peak {
    /// Its highest period.
    pub date: String,
    /// Its first period.
    pub from: String,
    /// Its last period.
    pub until: String,
    /// What is expected at its height.
    pub expected: f64,
    /// What would be usual then.
    pub usual: f64,
    /// How many times the usual; not there where nothing is usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<f64>,
    /// The probability of a quarter more than usual.
    pub probability: f64,
}

/// A lasting change of level in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// The first period of the new level.
    pub date: String,
    /// The mean before.
    pub before: f64,
    /// The mean after.
    pub after: f64,
    /// The probability that chance alone moves so much.
    pub chance: f64,
}

/// When to order and how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reorder {
    /// Order when what there is and what is on its way is at most this.
    pub point: f64,
    /// Fill up to this.
    pub up_to: f64,
    /// What there is, and what comes within the lead time.
    pub position: f64,
    /// What to order now; 0 while the position is above the point.
    pub quantity: f64,
    /// Periods from ordering until goods can be sold, that this reckons with.
    pub lead_time: u32,
    /// Periods between two occasions to order.
    pub review: u32,
    /// The probability of not running out while waiting.
    pub service: f64,
    /// Units that come together.
    pub pack: f64,
}

/// What a forecast says about the goods that there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StockRisk {
    /// Units that can be sold now.
    pub units: f64,
    /// The periods ahead.
    pub dates: Vec<String>,
    /// The probability of having run out by the end of each; it never falls.
    pub run_out: Vec<f64>,
    /// The first period by whose end having run out is more likely than not; not there where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_by: Option<String>,
    /// When to order and how much.
    pub reorder: Reorder,
}

/// A forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forecast {
    /// How long a period is.
    pub every: Every,
    /// The methods that were joined, each with its weight.
    pub model: String,
    /// The periods ahead.
    pub dates: Vec<String>,
    /// What is expected in each.
    pub mean: Vec<f64>,
    /// The levels of the quantiles.
    pub levels: Vec<f64>,
    /// The quantiles: a list for each level, held to what earlier forecasts missed by.
    pub quantiles: Vec<Vec<f64>>,
    /// What the expected values are made of.
    pub parts: Parts,
    /// How far earlier forecasts were off; not there where the history is too short to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<Validation>,
    /// What cleaning the rows found.
    pub notes: Notes,
    /// Peaks ahead.
    pub peaks: Vec<Peak>,
    /// Lasting changes of level in the history.
    pub changes: Vec<Change>,
}

/// Answer of `POST /v1/forecasts/demand`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DemandForecast {
    /// The forecast.
    #[serde(flatten)]
    pub forecast: Forecast,
    /// What it says about the goods, where they were told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<StockRisk>,
}
