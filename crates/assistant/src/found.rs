//! What has to be looked up for a turn, and the facts that were found.

use serde::{Deserialize, Serialize};
use vitrine_catalog::{Identifier, Money};

use crate::slots::OrderNumber;

/// Something to look up before the assistant can answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "need")]
pub enum Need {
    /// The stock of a product: of the product's own id and of all its variants, at every site.
    Stock {
        /// The product.
        product: Identifier,
        /// Its stock keeping units, the product's id first.
        skus: Vec<String>,
    },
    /// The forecast of a product: when it may run out.
    Forecast {
        /// The product.
        product: Identifier,
        /// Its stock keeping units, the product's id first.
        skus: Vec<String>,
    },
    /// An order; only ever asked for after its proof.
    Order {
        /// Which.
        number: OrderNumber,
    },
}

/// What was looked up. What is not there was not found, or could not be looked up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Found {
    /// Stock entries.
    pub stock: Vec<StockFact>,
    /// Forecasts.
    pub forecasts: Vec<ForecastFact>,
    /// Orders.
    pub orders: Vec<OrderFact>,
}

/// How many pieces there are at one site, as the shop's things say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StockFact {
    /// A variant's SKU or a product's id.
    pub sku: String,
    /// Where.
    pub site: String,
    /// How many.
    pub units: u64,
    /// When the source that counts saw that, RFC 3339.
    pub observed_at: String,
}

/// When a product may run out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForecastFact {
    /// A variant's SKU or a product's id.
    pub sku: String,
    /// The first day on which it has run out with a probability of at least one half, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs_out: Option<String>,
    /// The first day on which more arrives, `YYYY-MM-DD`, where a delivery is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrives: Option<String>,
    /// When it was computed, RFC 3339.
    pub made_at: String,
}

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderState {
    /// Placed.
    Placed,
    /// Cancelled before it left.
    Cancelled,
    /// Came back.
    Returned,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderFact {
    /// The number that was asked for.
    pub number: OrderNumber,
    /// When it was placed, RFC 3339.
    pub placed_at: String,
    /// When it last changed, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// How far it has come.
    pub state: OrderState,
    /// What was ordered.
    pub lines: Vec<OrderLineFact>,
    /// SKUs for which a return is registered already.
    #[serde(default)]
    pub returning: Vec<String>,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineFact {
    /// What.
    pub sku: String,
    /// How many.
    pub units: u32,
    /// For one piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}
