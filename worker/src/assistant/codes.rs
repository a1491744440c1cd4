//! Codes on their way to the customer of an order. The one way of sending that is here is a person: the code waits in the
//! console until somebody of the shop tells it to the customer whom the shop knows.

use serde::Deserialize;
use vitrine_api::{chat::OrderCode, knowledge::Tongue, list::Page};

use super::returns;
use crate::{clock, database::Database, failure::Outcome, random, request::Query};

/// Codes of one order that may be under way at once: more of them would only help somebody who guesses.
const MOST_AT_ONCE: i64 = 3;

/// A code for the customer of an order that exists.
pub(crate) struct Letter<'a> {
    /// The order's stored id.
    pub(crate) order: &'a str,
    pub(crate) code: &'a str,
    pub(crate) language: Tongue,
    /// The conversation that asked for it.
    pub(crate) conversation: &'a str,
    /// Milliseconds.
    pub(crate) expires: i64,
}

/// A way to bring a code to the customer.
pub(crate) trait Sender {
    /// Sends it; `false` where too many of this order are under way already.
    async fn send(&self, letter: &Letter<'_>) -> Outcome<bool>;
}

/// Shows the code to the shop's people in the console.
pub(crate) struct Console<'a>(pub(crate) &'a Database);

impl Sender for Console<'_> {
    async fn send(&self, letter: &Letter<'_>) -> Outcome<bool> {
        let now = clock::now().milliseconds();
        let written = self
            .0
            .run(
                "INSERT INTO order_codes(id, order_id, conversation, code, language, created, expires) \
                 SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 \
                 WHERE (SELECT count(*) FROM order_codes WHERE order_id = ?2 AND expires > ?6) < ?8",
                &[
                    (&random::id()?).into(),
                    letter.order.into(),
                    (&random::sha256(letter.conversation)).into(),
                    letter.code.into(),
                    letter.language.as_str().into(),
                    now.into(),
                    letter.expires.into(),
                    MOST_AT_ONCE.into(),
                ],
            )
            .await?;
        Ok(written > 0)
    }
}

/// Takes away the codes of a conversation: they were used, or it is erased. That there was one still counts until it
/// would have been over, or a new conversation would be a way round the limit.
pub(crate) async fn forget(database: &Database, conversation: &str) -> Outcome<()> {
    let sql = "UPDATE order_codes SET code = '' WHERE conversation = ?1";
    database.run(sql, &[(&random::sha256(conversation)).into()]).await?;
    Ok(())
}

/// `GET /v1/order-codes`, the latest first; what is over is not shown.
pub(super) async fn list(database: &Database, query: &Query) -> Outcome<Page<OrderCode>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        order_id: String,
        code: String,
        language: Tongue,
        created: i64,
        expires: i64,
    }
    let limit = query.limit()?;
    let (created, id) = returns::position(query)?;
    let sql = "SELECT id, order_id, code, language, created, expires FROM order_codes \
               WHERE expires > ?4 AND code <> '' AND (created < ?1 OR (created = ?1 AND id > ?2)) ORDER BY created DESC, id LIMIT ?3";
    let now = clock::now().milliseconds();
    let rows: Vec<Row> = database.rows(sql, &[created.into(), (&id).into(), (limit + 1).into(), now.into()]).await?;
    let page = crate::page::cut(rows, limit, |row| format!("{}.{}", row.created, row.id));
    let items = page.items.into_iter().map(|row| OrderCode {
        id: row.id,
        order: row.order_id,
        code: row.code,
        language: row.language,
        created_at: clock::text(row.created),
        expires_at: clock::text(row.expires),
    });
    Ok(Page { items: items.collect(), next: page.next })
}
