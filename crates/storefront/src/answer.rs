//! What a page gets: suggested products, where each score comes from, and a receipt of the whole answer.

use std::collections::BTreeMap;

use serde::Serialize;
use vitrine_catalog::{Identifier, InteractionKind, Localized};
use vitrine_recommend::Score;

use crate::Scenario;

/// The answer to a request, best suggestion first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recommendations {
    /// The suggestions.
    pub items: Vec<Recommendation>,
    /// How they came about.
    pub receipt: Receipt,
}

/// A suggested product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recommendation {
    /// The product's id.
    pub id: Identifier,
    /// How well it suits; comparable within one answer only.
    pub score: Score,
    /// The parts of the score, largest first; their amounts add up to it exactly.
    pub reasons: Vec<Reason>,
}

/// One part of a score, in numbers and in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What kind of knowledge it comes from.
    pub source: ReasonSource,
    /// What it adds to the score; negative where it takes away.
    pub amount: Score,
    /// The event of the session it goes back to; removing that event removes this part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Identifier>,
    /// The product it goes back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<Identifier>,
    /// What was done with that product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<InteractionKind>,
    /// What both products have in common, the most telling first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Shared>,
    /// The same in words.
    pub sentence: String,
}

/// What kind of knowledge a reason comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReasonSource {
    /// Other shoppers went on from one product to the other.
    Sequence,
    /// The products are alike.
    Content,
    /// Many shoppers chose it.
    Popularity,
    /// The shop lists it early; takes the place of popularity where there is no log.
    Featured,
    /// The shop prefers it.
    Boost,
    /// It resembles a better suggestion.
    Diversity,
}

/// A property that two products have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// `category`, `brand`, `price`, `title`, or the key of an attribute.
    pub key: String,
    /// The property as the shopper reads it.
    pub value: Localized,
}

/// How an answer came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Where on the page it stands.
    pub scenario: Scenario,
    /// The pack it comes from.
    pub pack: String,
    /// Products that might have been answered.
    pub candidates: u32,
    /// How many products each rule left out: `stock`, `category`, `price`, `attributes`, `brands`, `exclude`,
    /// `bought`, `anchor`, `kind`, `basket`, `viewed`. A product counts once, under the first rule that met it.
    pub filtered: BTreeMap<&'static str, u32>,
    /// Events that were taken into account, newest first.
    pub events: Vec<Identifier>,
    /// Events that were left out on request.
    pub without: Vec<String>,
    /// Products that the request named but the pack does not hold.
    pub unknown: Vec<String>,
}
