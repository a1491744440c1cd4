//! A series that is sent, and what is asked of it.

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
