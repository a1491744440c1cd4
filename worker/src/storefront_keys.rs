//! Publishable keys of the shop's pages: made, listed, withdrawn.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_api::{
    access::{AddStorefrontKey, StorefrontKey},
    list::Page,
};
use worker::Url;

use crate::{
    access::STOREFRONT_KEY,
    audit::Change,
    clock,
    database::Database,
    failure::{Failure, Outcome},
    random,
    request::Query,
    tokens,
};

/// Most origins of one key.
const MOST_ORIGINS: usize = 50;

/// `POST /v1/storefront-keys`.
pub(crate) async fn add(database: &Database, wanted: AddStorefrontKey, change: &Change<'_>) -> Outcome<StorefrontKey> {
    tokens::check_label(&wanted.label)?;
    if wanted.origins.is_empty() || wanted.origins.len() > MOST_ORIGINS {
        return Err(Failure::field("/origins", format!("A key needs 1 to {MOST_ORIGINS} origins.")));
    }
    for (index, origin) in wanted.origins.iter().enumerate() {
        check_origin(origin).map_err(|detail| Failure::field(format!("/origins/{index}"), detail))?;
    }
    let key = StorefrontKey {
        id: random::id()?,
        key: random::token(STOREFRONT_KEY)?,
        origins: wanted.origins,
        label: wanted.label,
        created_at: clock::now().to_string(),
    };
    let mut statements = vec![database.statement(
        "INSERT INTO storefront_keys(id, key, label, created) VALUES (?1, ?2, ?3, ?4)",
        &[(&key.id).into(), (&key.key).into(), (&key.label).into(), clock::now().milliseconds().into()],
    )?];
    statements.push(database.statement(
        "INSERT OR IGNORE INTO storefront_origins(key_id, origin) SELECT ?1, value FROM json_each(?2)",
        &[(&key.id).into(), (&serde_json::to_string(&key.origins)?).into()],
    )?);
    statements.push(change.entry(database, &format!("storefront-key {}", key.id))?);
    database.batch(statements).await?;
    Ok(key)
}

/// `GET /v1/storefront-keys`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<StorefrontKey>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        key: String,
        label: String,
        created: i64,
        origin: String,
    }
    let limit = query.limit()?;
    let sql = "SELECT id, key, label, created, origin FROM \
               (SELECT * FROM storefront_keys WHERE id > ?1 ORDER BY id LIMIT ?2) JOIN storefront_origins ON key_id = id \
               ORDER BY id, origin";
    let rows: Vec<Row> =
        database.rows(sql, &[query.get("cursor").unwrap_or_default().into(), (limit + 1).into()]).await?;
    let mut keys = BTreeMap::new();
    for row in rows {
        let key = keys.entry(row.id.clone()).or_insert_with(|| StorefrontKey {
            id: row.id,
            key: row.key,
            origins: Vec::new(),
            label: row.label,
            created_at: clock::text(row.created),
        });
        key.origins.push(row.origin);
    }
    Ok(crate::page::cut(keys.into_values().collect(), limit, |key| key.id.clone()))
}

/// `DELETE /v1/storefront-keys/{id}`.
pub(crate) async fn remove(database: &Database, id: &str, change: &Change<'_>) -> Outcome<()> {
    if database.run("DELETE FROM storefront_keys WHERE id = ?1", &[id.into()]).await? == 0 {
        return Err(Failure::nothing("storefront key"));
    }
    let origins = database.statement("DELETE FROM storefront_origins WHERE key_id = ?1", &[id.into()])?;
    database.batch(vec![origins, change.entry(database, &format!("storefront-key {id}"))?]).await
}

fn check_origin(origin: &str) -> Result<(), &'static str> {
    let wrong = "An origin is a scheme and a host, such as https://shop.example, without a path.";
    let url = Url::parse(origin).map_err(|_| wrong)?;
    let web = matches!(url.scheme(), "http" | "https");
    if web && url.origin().ascii_serialization() == origin { Ok(()) } else { Err(wrong) }
}
