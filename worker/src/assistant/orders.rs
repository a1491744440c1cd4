//! Orders as a conversation speaks of them: found by the number that a shopper writes.

use serde::Deserialize;
use vitrine_assistant::{OrderFact, OrderLineFact, OrderNumber, OrderState};
use vitrine_catalog::{Currency, Money};
use vitrine_operations::order::{Order, OrderStatus, Price};

use super::returns;
use crate::{database::Database, failure::Outcome};

/// The stored id of an order.
pub(crate) async fn id_of(database: &Database, number: &OrderNumber) -> Outcome<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    let sql = "SELECT id FROM orders WHERE id COLLATE NOCASE IN (?1, '#' || ?1) ORDER BY id LIMIT 1";
    let row: Option<Row> = database.row(sql, &[number.as_str().into()]).await?;
    Ok(row.map(|row| row.id))
}

/// What is known of an order.
pub(crate) async fn fact(database: &Database, number: &OrderNumber) -> Outcome<Option<OrderFact>> {
    #[derive(Deserialize)]
    struct Row {
        body: String,
    }
    let Some(id) = id_of(database, number).await? else { return Ok(None) };
    let row: Option<Row> = database.row("SELECT body FROM orders WHERE id = ?1", &[(&id).into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let order: Order = serde_json::from_str(&row.body)?;
    Ok(Some(OrderFact {
        number: number.clone(),
        placed_at: order.placed_at.to_string(),
        updated_at: order.updated_at.map(|time| time.to_string()),
        state: match order.status {
            OrderStatus::Placed => OrderState::Placed,
            OrderStatus::Cancelled => OrderState::Cancelled,
            OrderStatus::Returned => OrderState::Returned,
        },
        lines: order
            .lines
            .into_iter()
            .map(|line| OrderLineFact {
                sku: line.sku.to_string(),
                units: line.units,
                price: line.price.as_ref().and_then(money),
            })
            .collect(),
        returning: returns::skus_of(database, &id).await?,
    }))
}

/// A price of an order, where it can be read as money.
fn money(price: &Price) -> Option<Money> {
    Money::parse(&price.amount, Currency::new(&price.currency).ok()?).ok()
}
