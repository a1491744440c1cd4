//! What a shopper did with a product: the rows of an event log and of a session.

use serde::{Deserialize, Serialize};

use crate::Identifier;

/// One thing a shopper did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interaction {
    /// Unique within the session; what a reason refers to.
    pub id: Identifier,
    /// What was done.
    pub kind: InteractionKind,
    /// The product it was done with.
    pub item: Identifier,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
}

/// Kinds of interaction, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InteractionKind {
    /// Opened the product's page.
    View,
    /// Put it in the basket.
    Cart,
    /// Bought it.
    Purchase,
}
