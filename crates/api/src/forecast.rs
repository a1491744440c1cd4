//! Forecasts of demand: on a series that is sent, and on what orders and scales gave.

use serde::{Deserialize, Serialize};

/// How long a period of a series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Every {
    /// An hour; seasons of a day and a week.
    Hour,
    /// A day; seasons of a week and a year.
    Day,
    /// A week; a season of a year.
    Week,
    /// A month; a season of a year.
    Month,
    /// A quarter; a season of a year.
    Quarter,
    /// A year.
    Year,
}

/// What a period without a row means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Silence {
    /// What the rows say: none where no row says 0 and a tenth of the periods or more have no row, else not known.
    #[default]
    FromData,
    /// Nothing was wanted.
    Zero,
    /// It is not known.
    Unknown,
}

/// One row of a series that is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DemandRow {
    /// ISO 8601: `2026-03-01`, `2026-03` or `2026-03-01T14:00`.
    pub date: String,
    /// How much was wanted, 0 or more; `null` where it is not known.
    #[cfg_attr(feature = "schema", schemars(range(min = 0)))]
    pub value: Option<f64>,
    /// Whether stock had run out, so that more may have been wanted than was sold.
    #[serde(default)]
    pub out_of_stock: bool,
}

/// Goods on their way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arriving {
    /// The period ahead, 0 being the next, from whose start on they can be sold.
    pub period: u32,
    /// How many.
    #[cfg_attr(feature = "schema", schemars(range(min = 0)))]
    pub units: f64,
}

/// What there is of the goods, and how they are ordered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskStock {
    /// Units that can be sold now.
    #[cfg_attr(feature = "schema", schemars(range(min = 0)))]
    pub on_hand: f64,
    /// Units on their way.
    #[serde(default)]
    pub arriving: Vec<Arriving>,
    /// Periods from ordering until the goods can be sold; 7 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_time: Option<u32>,
    /// Periods between two occasions to order; 1 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<u32>,
    /// The probability of not running out while waiting for goods; 0.95 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<f64>,
    /// Units that come together; 1 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<f64>,
}

/// Body of `POST /v1/forecasts/demand`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskForecast {
    /// One series, in any order, at most 10,000 rows. A few rows with the very date of an earlier one replace it; where
    /// more than a tenth do, they add up.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 10_000)))]
    pub rows: Vec<DemandRow>,
    /// How long a period is; read from the dates where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// What a period without a row means.
    #[serde(default)]
    pub silence: Silence,
    /// Periods ahead, 1 to 400; 28 where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 400)))]
    pub horizon: Option<u32>,
    /// Levels of quantiles, between 0 and 1, rising, at most 25; .05, .25, .5, .75 and .95 where they are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<f64>>,
    /// What there is of the goods, for the risk of running out and what to order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<AskStock>,
}

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
