//! Returns that customers started: each once, however often its confirmation comes.

use serde::Deserialize;
use vitrine_api::{chat::Return, list::Page};
use vitrine_assistant::OrderNumber;

use super::orders;
use crate::{
    clock,
    database::Database,
    failure::{Failure, Outcome},
    random,
    request::{self, Query},
};

#[derive(Deserialize)]
struct Row {
    id: String,
    order_id: String,
    skus: String,
    created: i64,
}

/// Writes a return down; under a key that is known, it is there already.
///
/// # Errors
/// A fault where there is no such order: it was proven before.
pub(crate) async fn start(database: &Database, key: &str, number: &OrderNumber, skus: &[String]) -> Outcome<()> {
    let order = orders::id_of(database, number).await?;
    let order = order.ok_or_else(|| Failure::Fault("the order of a return is gone".to_owned()))?;
    let (id, now) = (format!("r-{}", random::id()?), clock::now().milliseconds());
    let insert = database.statement(
        "INSERT INTO returns(id, key, order_id, skus, created) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT(key) DO NOTHING",
        &[(&id).into(), key.into(), (&order).into(), (&serde_json::to_string(skus)?).into(), now.into()],
    )?;
    // The audit log tells it once as well.
    let entry = database.statement(
        "INSERT INTO audit(at, by, action, target, request) SELECT created, 'customer', 'startReturn', \
         'order ' || order_id, id FROM returns WHERE id = ?1",
        &[(&id).into()],
    )?;
    database.batch(vec![insert, entry]).await
}

/// What of an order is coming back.
pub(crate) async fn skus_of(database: &Database, order: &str) -> Outcome<Vec<String>> {
    let sql = "SELECT id, order_id, skus, created FROM returns WHERE order_id = ?1 ORDER BY created, id";
    let rows: Vec<Row> = database.rows(sql, &[order.into()]).await?;
    let mut skus = Vec::new();
    for row in rows {
        skus.extend(serde_json::from_str::<Vec<String>>(&row.skus)?);
    }
    Ok(skus)
}

/// `GET /v1/returns`, the latest first.
pub(super) async fn list(database: &Database, query: &Query) -> Outcome<Page<Return>> {
    let limit = query.limit()?;
    let (created, id) = position(query)?;
    let sql = "SELECT id, order_id, skus, created FROM returns WHERE created < ?1 OR (created = ?1 AND id > ?2) \
               ORDER BY created DESC, id LIMIT ?3";
    let rows: Vec<Row> = database.rows(sql, &[created.into(), (&id).into(), (limit + 1).into()]).await?;
    let page = crate::page::cut(rows, limit, |row| format!("{}.{}", row.created, row.id));
    let items = page.items.into_iter().map(|row| {
        Ok(Return {
            id: row.id,
            order: row.order_id,
            skus: serde_json::from_str(&row.skus)?,
            created_at: clock::text(row.created),
        })
    });
    Ok(Page { items: items.collect::<Outcome<_>>()?, next: page.next })
}

/// Where a list by time goes on.
pub(super) fn position(query: &Query) -> Outcome<(i64, String)> {
    let Some(cursor) = query.get("cursor") else { return Ok((i64::MAX >> 10, String::new())) };
    cursor
        .split_once('.')
        .and_then(|(time, id)| Some((time.parse().ok()?, id.to_owned())))
        .ok_or_else(|| request::bad("cursor", "is none that this list gave"))
}
