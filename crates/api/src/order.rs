//! Orders of the shop.

use serde::{Deserialize, Serialize};

/// How an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Default)]
pub enum OrderStatus {
    /// Placed: its lines are off the shelf, or will be.
    #[default]
    Placed,
    /// Taken back before it left.
    Cancelled,
    /// Came back.
    Returned,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Price {
    /// In units of the currency, as decimal text: `"19.90"`.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderLine {
    /// The product.
    pub sku: String,
    /// How many pieces; at least 1.
    pub units: u32,
    /// For one piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// An order, as it is sent and as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Order {
    /// The shop system's own id.
    pub id: String,
    /// When it was placed.
    pub placed_at: String,
    /// Where its goods come from; the site `online` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// How it is.
    #[serde(default)]
    pub status: OrderStatus,
    /// When it last changed; `placedAt` where it is left out. The newer replaces the older.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum OrderOutcome {
    /// Stored.
    Accepted,
    /// The same is stored already, or a newer state of it.
    Duplicate,
    /// Nothing in it can be stock: no line has a SKU.
    Ignored,
}

/// Answer of `POST /v1/orders`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderReceived {
    /// The order's id.
    pub id: String,
    /// What became of it.
    pub status: OrderOutcome,
}
