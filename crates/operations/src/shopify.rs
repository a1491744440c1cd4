//! Orders as Shopify's webhooks send them, with their own signature.
use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use vitrine_devices::{Sku, Timestamp};

use crate::order::{Order, OrderLine, OrderStatus, Price};

/// The topics that say something of stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// `orders/create`
    Create,
    /// `orders/updated`
    Updated,
    /// `orders/cancelled`
    Cancelled,
}

impl Topic {
    /// Reads `X-Shopify-Topic`.
    #[must_use]
    pub fn named(topic: &str) -> Option<Self> {
        match topic {
            "orders/create" => Some(Self::Create),
            "orders/updated" => Some(Self::Updated),
            "orders/cancelled" => Some(Self::Cancelled),
            _ => None,
        }
    }
}

/// Why a webhook of Shopify's is no order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShopifyError {
    /// No JSON, or a field of another type.
    #[error("the body is no order of Shopify's: {0}")]
    Form(String),
    /// No line has an SKU that can be stock.
    #[error("no line of order {0} has a SKU; give the variants SKUs that are ids of the catalogue")]
    NoSku(String),
}

/// Checks `X-Shopify-Hmac-Sha256`: base64 of HMAC-SHA256 over the body, in constant time.
#[must_use]
pub fn verify(secret: &str, signature: &str, body: &[u8]) -> bool {
    let mut sent = [0; 32];
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(body);
    let expected: [u8; 32] = mac.finalize().into_bytes().into();
    !secret.is_empty()
        && Base64::decode(signature.trim(), &mut sent).is_ok_and(|sent| sent.len() == 32)
        && expected.ct_eq(&sent).into()
}

#[derive(Deserialize)]
struct ShopifyOrder {
    id: u64,
    created_at: Timestamp,
    updated_at: Option<Timestamp>,
    cancelled_at: Option<Timestamp>,
    currency: Option<String>,
    line_items: Vec<LineItem>,
    #[serde(default)]
    refunds: Vec<Refund>,
}

#[derive(Deserialize)]
struct LineItem {
    id: u64,
    sku: Option<String>,
    quantity: u32,
    price: Option<String>,
}

#[derive(Deserialize)]
struct Refund {
    #[serde(default)]
    refund_line_items: Vec<RefundLine>,
}

#[derive(Deserialize)]
struct RefundLine {
    line_item_id: u64,
    quantity: u32,
    restock_type: Option<String>,
}

/// What Shopify's order says of stock, and how many lines were left out because they have no SKU. Its id is
/// `shopify-` and Shopify's; lines that were refunded and put back are taken off.
///
/// # Errors
/// [`ShopifyError`].
pub fn order(topic: Topic, body: &[u8]) -> Result<(Order, usize), ShopifyError> {
    let from: ShopifyOrder = serde_json::from_slice(body).map_err(|error| ShopifyError::Form(error.to_string()))?;
    let id = format!("shopify-{}", from.id);
    let back = |item: &LineItem| -> u32 {
        let lines = from.refunds.iter().flat_map(|refund| &refund.refund_line_items);
        let restocked = |line: &&RefundLine| {
            line.line_item_id == item.id && line.restock_type.as_deref().is_none_or(|how| how != "no_restock")
        };
        lines.filter(restocked).map(|line| line.quantity).fold(0, u32::saturating_add)
    };
    let mut without_sku = 0;
    let mut lines = Vec::new();
    let mut returned = false;
    for item in &from.line_items {
        let Some(sku) = item.sku.as_deref().and_then(|sku| Sku::new(sku).ok()) else {
            without_sku += 1;
            continue;
        };
        let units = item.quantity.saturating_sub(back(item));
        returned |= units < item.quantity;
        let price = item.price.clone().zip(from.currency.clone());
        let price = price.map(|(amount, currency)| Price { amount, currency });
        if units > 0 {
            lines.push(OrderLine { sku, units, price });
        } else if item.quantity > 0 {
            // Kept for the record; the status says that it is back.
            returned = true;
        }
    }
    if without_sku == from.line_items.len() {
        return Err(ShopifyError::NoSku(id));
    }
    let status = if topic == Topic::Cancelled || from.cancelled_at.is_some() {
        OrderStatus::Cancelled
    } else if lines.is_empty() && returned {
        OrderStatus::Returned
    } else {
        OrderStatus::Placed
    };
    if lines.is_empty() {
        // Everything came back: the lines as they were ordered, with a status by which they do not count.
        lines = from
            .line_items
            .iter()
            .filter_map(|item| Some((Sku::new(item.sku.as_deref()?).ok()?, item.quantity.max(1))))
            .map(|(sku, units)| OrderLine { sku, units, price: None })
            .collect();
    }
    let (placed_at, updated_at) = (from.created_at, from.updated_at);
    Ok((Order { id, placed_at, site: None, lines, status, updated_at }, without_sku))
}
