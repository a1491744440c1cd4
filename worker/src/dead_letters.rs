//! Messages that could not be worked off: kept with the reason, sent again or dropped by an operator.

use serde::Deserialize;
use serde_json::Value;
use vitrine_api::{list::Page, rollup::DeadLetter};
use worker::Env;

use crate::{
    audit::Change,
    clock,
    database::Database,
    failure::{Failure, Outcome},
    queue,
    request::Query,
};

#[derive(Deserialize)]
struct Row {
    id: String,
    at: i64,
    attempts: u32,
    reason: String,
    body: String,
}

/// Keeps a message that the queue has given up, with the reason of its last failure.
pub(crate) async fn keep(database: &Database, id: &str, body: &str, attempts: u32) -> Outcome<()> {
    let insert = database.statement(
        "INSERT INTO dead_letters(id, at, attempts, reason, body) SELECT ?1, ?2, ?3, \
         coalesce((SELECT reason FROM message_failures WHERE id = ?1), 'no reason was recorded'), ?4 \
         ON CONFLICT(id) DO NOTHING",
        &[id.into(), clock::now().milliseconds().into(), i64::from(attempts).into(), body.into()],
    )?;
    let forget = database.statement("DELETE FROM message_failures WHERE id = ?1", &[id.into()])?;
    database.batch(vec![insert, forget]).await
}

/// `GET /v1/dead-letters`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<DeadLetter>> {
    let limit = query.limit()?;
    let sql = "SELECT id, at, attempts, reason, body FROM dead_letters WHERE id > ?1 ORDER BY id LIMIT ?2";
    let rows: Vec<Row> =
        database.rows(sql, &[query.get("cursor").unwrap_or_default().into(), (limit + 1).into()]).await?;
    let letters = rows.into_iter().map(|row| DeadLetter {
        id: row.id,
        at: clock::text(row.at),
        attempts: row.attempts,
        reason: row.reason,
        // A message may be no JSON: that may be the very reason why it is here.
        body: serde_json::from_str(&row.body).unwrap_or(Value::String(row.body)),
    });
    Ok(crate::page::cut(letters.collect(), limit, |letter| letter.id.clone()))
}

/// `POST /v1/dead-letters/{id}/replay`: first sent, then dropped, so that it is never lost between the two.
pub(crate) async fn replay(env: &Env, database: &Database, id: &str, change: &Change<'_>) -> Outcome<()> {
    let sql = "SELECT id, at, attempts, reason, body FROM dead_letters WHERE id = ?1";
    let row: Row = database.row(sql, &[id.into()]).await?.ok_or_else(|| Failure::nothing("dead letter"))?;
    queue::send(env, &row.body).await?;
    let drop = database.statement("DELETE FROM dead_letters WHERE id = ?1", &[id.into()])?;
    database.batch(vec![drop, change.entry(database, &format!("dead-letter {id}"))?]).await
}

/// `DELETE /v1/dead-letters/{id}`.
pub(crate) async fn remove(database: &Database, id: &str, change: &Change<'_>) -> Outcome<()> {
    if database.run("DELETE FROM dead_letters WHERE id = ?1", &[id.into()]).await? == 0 {
        return Err(Failure::nothing("dead letter"));
    }
    database.batch(vec![change.entry(database, &format!("dead-letter {id}"))?]).await
}
