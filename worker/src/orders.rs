//! Orders: taken in our format or Shopify's, each once, the newer state in place of the older.

use std::collections::BTreeSet;

use serde::Deserialize;
use vitrine_api::{
    list::Page,
    order::{Order as Shown, OrderOutcome, OrderReceived},
    problem::{FieldError, Problem, ProblemKind},
};
use vitrine_operations::{
    order::{Decision, ONLINE, Order},
    shopify::{self, ShopifyError, Topic},
};
use worker::{Env, Request};

use crate::{
    access::Caller,
    audit::Change,
    clock,
    database::Database,
    failure::{Failure, Outcome},
    request::{self, LONGEST_BODY, Query},
    stock,
};

/// The longest order webhook of Shopify, in bytes: its orders carry much that is not needed here.
const LONGEST_WEBHOOK: usize = 2 * 1024 * 1024;

/// `POST /v1/orders`: the status and what became of it.
pub(crate) async fn receive(
    env: &Env,
    database: &Database,
    request: &mut Request,
    change: &Change<'_>,
) -> Outcome<(u16, OrderReceived)> {
    let (order, by_token) = match change.caller {
        Caller::Token { .. } => (request::json::<Order>(request).await?, true),
        _ => match of_shopify(env, request).await? {
            Ok(order) => (order, false),
            Err(ignored) => return Ok((200, ignored)),
        },
    };
    let wrong = order.problems();
    if !wrong.is_empty() {
        let details: Vec<&str> = wrong.iter().map(|wrong| wrong.detail.as_str()).collect();
        let mut problem = Problem::new(ProblemKind::BadRequest, format!("The order: {}.", details.join("; ")));
        problem.errors =
            wrong.into_iter().map(|wrong| FieldError { pointer: wrong.pointer, detail: wrong.detail }).collect();
        return Err(problem.into());
    }
    let known = find(database, &order.id).await?;
    let received = |status| OrderReceived { id: order.id.clone(), status };
    match order.decide(known.as_ref()) {
        Decision::Duplicate | Decision::Outdated => return Ok((200, received(OrderOutcome::Duplicate))),
        Decision::Conflict => {
            let detail = "An order with this id and time is known with other content: give it a later `updatedAt`.";
            return Err(Failure::refused(ProblemKind::Conflict, detail));
        }
        Decision::New | Decision::Replaces => {}
    }
    let mut places = places(&order);
    places.extend(known.as_ref().map(self::places).unwrap_or_default());
    store(database, &order, &places, by_token.then_some(change)).await?;
    stock::tell_books(env, places, change.request).await;
    // Two at the same time: the database has taken the newer one.
    let now = find(database, &order.id).await?;
    match now.as_ref().map(|now| order.decide(Some(now))) {
        Some(Decision::Outdated) => Ok((200, received(OrderOutcome::Duplicate))),
        Some(Decision::Conflict) => {
            Err(Failure::refused(ProblemKind::Conflict, "Another order with this id and time came in just now."))
        }
        _ => Ok((201, received(OrderOutcome::Accepted))),
    }
}

/// An order of Shopify's webhook, by its own signature; one that has nothing to do with stock is let go.
async fn of_shopify(env: &Env, request: &mut Request) -> Outcome<Result<Order, OrderReceived>> {
    let signature = request::header(request, "x-shopify-hmac-sha256").ok_or_else(Problem::unauthenticated)?;
    let secret = env.secret("SHOPIFY_SECRET").map_err(|_| Problem::unauthenticated())?.to_string();
    let body = request::body(request, LONGEST_WEBHOOK.max(LONGEST_BODY)).await?;
    if !shopify::verify(&secret, &signature, &body) {
        return Err(Problem::unauthenticated().into());
    }
    let topic = request::header(request, "x-shopify-topic").unwrap_or_default();
    let topic = Topic::named(&topic).ok_or_else(|| {
        let detail = "Send only the topics orders/create, orders/updated and orders/cancelled here.";
        Failure::refused(ProblemKind::Unprocessable, detail)
    })?;
    match shopify::order(topic, &body) {
        Ok((order, _)) => Ok(Ok(order)),
        Err(ShopifyError::NoSku(id)) => Ok(Err(OrderReceived { id, status: OrderOutcome::Ignored })),
        Err(error @ ShopifyError::Form(_)) => Err(Failure::refused(ProblemKind::BadRequest, format!("{error}."))),
    }
}

fn site_of(order: &Order) -> &str {
    order.site.as_ref().map_or(ONLINE, |site| site.as_str())
}

fn places(order: &Order) -> BTreeSet<(String, String)> {
    order.lines.iter().map(|line| (line.sku.to_string(), site_of(order).to_owned())).collect()
}

#[derive(Deserialize)]
struct Row {
    body: String,
}

async fn find(database: &Database, id: &str) -> Outcome<Option<Order>> {
    let row: Option<Row> = database.row("SELECT body FROM orders WHERE id = ?1", &[id.into()]).await?;
    Ok(row.map(|row| serde_json::from_str(&row.body)).transpose()?)
}

/// Stores an order with its lines, unless one that is as new is there; and that demand at its places changed.
async fn store(
    database: &Database,
    order: &Order,
    places: &BTreeSet<(String, String)>,
    change: Option<&Change<'_>>,
) -> Outcome<()> {
    let body = serde_json::to_string(order)?;
    let lines = serde_json::to_string(&order.lines)?;
    let mut statements = vec![
        database.statement(
            "INSERT INTO orders(id, placed, updated, site, status, received, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT(id) DO UPDATE SET placed = excluded.placed, updated = excluded.updated, site = excluded.site, \
             status = excluded.status, received = excluded.received, body = excluded.body \
             WHERE excluded.updated > updated",
            &[
                (&order.id).into(),
                order.placed_at.milliseconds().into(),
                order.version().milliseconds().into(),
                site_of(order).into(),
                order.status.as_str().into(),
                clock::now().milliseconds().into(),
                (&body).into(),
            ],
        )?,
        database.statement(
            "DELETE FROM order_lines WHERE order_id = ?1 AND EXISTS(SELECT 1 FROM orders WHERE id = ?1 AND body = ?2)",
            &[(&order.id).into(), (&body).into()],
        )?,
        database.statement(
            "INSERT INTO order_lines(order_id, line, sku, site, units, placed, status) \
             SELECT orders.id, line.key, line.value ->> 'sku', orders.site, line.value ->> 'units', orders.placed, \
             orders.status FROM orders, json_each(?3) line WHERE orders.id = ?1 AND orders.body = ?2",
            &[(&order.id).into(), (&body).into(), (&lines).into()],
        )?,
        database.statement(
            "INSERT INTO demand_places(sku, site, changed) SELECT value ->> 'sku', value ->> 'site', 1 \
             FROM json_each(?1) WHERE true ON CONFLICT(sku, site) DO UPDATE SET changed = changed + 1",
            &[(&stock::wanted(places)?).into()],
        )?,
    ];
    if let Some(change) = change {
        statements.push(change.entry(database, &format!("order {}", order.id))?);
    }
    database.batch(statements).await
}

/// `GET /v1/orders/{id}`.
pub(crate) async fn read(database: &Database, id: &str) -> Outcome<Shown> {
    let row: Option<Row> = database.row("SELECT body FROM orders WHERE id = ?1", &[id.into()]).await?;
    let row = row.ok_or_else(|| Failure::nothing("order"))?;
    Ok(serde_json::from_str(&row.body)?)
}

/// `GET /v1/orders`, the latest first.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<Shown>> {
    #[derive(Deserialize)]
    struct Listed {
        id: String,
        placed: i64,
        body: String,
    }
    let limit = query.limit()?;
    let (placed, id) = match query.get("cursor") {
        None => (i64::MAX >> 10, ""),
        Some(cursor) => cursor
            .split_once('.')
            .and_then(|(placed, id)| Some((placed.parse().ok()?, id)))
            .ok_or_else(|| request::bad("cursor", "is none that this list gave"))?,
    };
    let sql = "SELECT id, placed, body FROM orders WHERE placed < ?1 OR (placed = ?1 AND id > ?2) \
               ORDER BY placed DESC, id LIMIT ?3";
    let rows: Vec<Listed> = database.rows(sql, &[placed.into(), id.into(), (limit + 1).into()]).await?;
    let page = crate::page::cut(rows, limit, |row| format!("{}.{}", row.placed, row.id));
    let items = page.items.iter().map(|row| Ok(serde_json::from_str(&row.body)?)).collect::<Outcome<_>>()?;
    Ok(Page { items, next: page.next })
}
