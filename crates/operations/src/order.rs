//! Orders: taken once, replaced by what is newer, and what they leave of the last stocktake.
use serde::{Deserialize, Serialize};
use vitrine_devices::{SiteId, Sku, Timestamp};

use crate::stock::{Source, SourceKind, SourceState};

/// The most lines of one order.
pub const MAX_LINES: usize = 500;
/// The most units of one line.
pub const MAX_UNITS: u32 = 100_000;
/// The most characters of an order's id.
pub const MAX_ID: usize = 128;
/// Where an order without a site takes its units from.
pub const ONLINE: &str = "online";

/// How far an order has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderStatus {
    /// Its units are gone from the stock.
    #[default]
    Placed,
    /// It never happened.
    Cancelled,
    /// Its units are back.
    Returned,
}

impl OrderStatus {
    /// The word, as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Cancelled => "cancelled",
            Self::Returned => "returned",
        }
    }
}

/// What one unit cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// A decimal number as text, such as `"19.90"`.
    pub amount: String,
    /// ISO 4217, such as `"EUR"`.
    pub currency: String,
}

/// Some units of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderLine {
    /// The article.
    pub sku: Sku,
    /// From 1 to [`MAX_UNITS`].
    pub units: u32,
    /// What one unit cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// An order of the shop's system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Order {
    /// 1 to [`MAX_ID`] characters.
    pub id: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Where its units come from; `online` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// At least one.
    pub lines: Vec<OrderLine>,
    /// How far it has come.
    #[serde(default)]
    pub status: OrderStatus,
    /// When it was last changed; when it was placed where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// One wrong place of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongOrder {
    /// JSON pointer into the order.
    pub pointer: String,
    /// What it must be.
    pub detail: String,
}

/// What becomes of an order that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is the first of its id.
    New,
    /// It takes the place of what was known.
    Replaces,
    /// The very same is known.
    Duplicate,
    /// Something newer is known.
    Outdated,
    /// Another order of this id and time is known.
    Conflict,
}

impl Order {
    /// What is wrong with it; empty where nothing is.
    #[must_use]
    pub fn problems(&self) -> Vec<WrongOrder> {
        let mut found = Vec::new();
        let mut wrong = |pointer: String, detail: String| found.push(WrongOrder { pointer, detail });
        if self.id.is_empty() || self.id.chars().count() > MAX_ID || self.id.chars().any(char::is_control) {
            wrong("/id".into(), format!("id must have 1 to {MAX_ID} characters, none of them a control character"));
        }
        if !matches!(self.lines.len(), 1..=MAX_LINES) {
            wrong("/lines".into(), format!("lines must hold 1 to {MAX_LINES} lines, holds {}", self.lines.len()));
        }
        for (at, line) in self.lines.iter().enumerate() {
            if !matches!(line.units, 1..=MAX_UNITS) {
                wrong(format!("/lines/{at}/units"), format!("units must be from 1 to {MAX_UNITS}"));
            }
            let Some(price) = &line.price else { continue };
            if !is_amount(&price.amount) {
                wrong(format!("/lines/{at}/price/amount"), "amount must be a decimal number such as \"19.90\"".into());
            }
            if price.currency.len() != 3 || !price.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
                wrong(format!("/lines/{at}/price/currency"), "currency must be three letters such as \"EUR\"".into());
            }
        }
        if self.updated_at.is_some_and(|updated| updated < self.placed_at) {
            wrong("/updatedAt".into(), "updatedAt must not be before placedAt".into());
        }
        found
    }

    /// When it was last changed.
    #[must_use]
    pub fn version(&self) -> Timestamp {
        self.updated_at.unwrap_or(self.placed_at)
    }

    /// What becomes of it, given what is known under its id.
    #[must_use]
    pub fn decide(&self, known: Option<&Self>) -> Decision {
        let Some(known) = known else { return Decision::New };
        match self.version().cmp(&known.version()) {
            std::cmp::Ordering::Greater => Decision::Replaces,
            std::cmp::Ordering::Less => Decision::Outdated,
            std::cmp::Ordering::Equal if self.same_as(known) => Decision::Duplicate,
            std::cmp::Ordering::Equal => Decision::Conflict,
        }
    }

    fn same_as(&self, other: &Self) -> bool {
        let told = |order: &Self| (order.placed_at, order.status, order.version());
        told(self) == told(other) && self.site == other.site && self.lines == other.lines
    }
}

/// One to twelve digits, and up to four after a point.
fn is_amount(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole, 12) && digits(part, 4)
}

/// A count made by people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stocktake {
    /// How many were there.
    pub units: u64,
    /// When.
    pub counted_at: Timestamp,
}

/// What a stocktake and the orders since then say: the count itself, and what is left of it. `ordered` is the sum of
/// units in lines of orders that stand as placed, were placed after the count, and take from this site.
#[must_use]
pub fn sources(stocktake: &Stocktake, ordered: u64, last_order_at: Option<Timestamp>) -> [Source; 2] {
    let counted = i64::try_from(stocktake.units).unwrap_or(i64::MAX);
    let source = |kind, units, observed_at| Source {
        kind,
        device: None,
        units,
        between: None,
        observed_at,
        state: SourceState::Exact,
    };
    let left = counted.saturating_sub(i64::try_from(ordered).unwrap_or(i64::MAX));
    let seen = last_order_at.map_or(stocktake.counted_at, |at| at.max(stocktake.counted_at));
    [source(SourceKind::Ordered, left, seen), source(SourceKind::Counted, counted, stocktake.counted_at)]
}
