//! What each source says of the stock of each product, in the newest version that was heard: what devices say directly
//! comes before the database has it, and what the database has must not undo it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use vitrine_api::{device::StockHere, live::Topic};
use vitrine_operations::stock::Source;
use worker::Env;

use super::changes;
use crate::{
    clock,
    database::Database,
    failure::Outcome,
    sql::Sql,
    stock::{self, Place},
};

/// Under this name the books (stocktake and orders) stand among the devices.
const BOOKS: &str = "";

fn keep(sql: &Sql, place: &Place, device: &str, version: i64, sources: &[Source]) -> Outcome<()> {
    sql.run(
        "INSERT INTO sources(sku, site, device, version, body) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT(sku, site, device) DO UPDATE SET version = excluded.version, body = excluded.body \
         WHERE excluded.version >= version",
        vec![
            place.0.as_str().into(),
            place.1.as_str().into(),
            device.into(),
            version.into(),
            serde_json::to_string(sources)?.into(),
        ],
    )?;
    Ok(())
}

/// Takes over what the database has of places that were not heard of before.
pub(super) async fn learn(sql: &Sql, env: &Env, places: &BTreeSet<Place>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Known {}
    let mut unknown = BTreeSet::new();
    for place in places {
        let query = "SELECT 1 FROM places WHERE sku = ?1 AND site = ?2";
        let known: Option<Known> = sql.row(query, vec![place.0.as_str().into(), place.1.as_str().into()])?;
        if known.is_none() {
            unknown.insert(place.clone());
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let database = Database::of(env)?;
    for seen in stock::seen(&database, &unknown).await? {
        keep(sql, &seen.place, &seen.device, seen.version, &[seen.source])?;
    }
    look_into_books(sql, env, &unknown).await?;
    for (sku, site) in unknown {
        sql.run("INSERT OR IGNORE INTO places(sku, site) VALUES (?1, ?2)", vec![sku.into(), site.into()])?;
    }
    Ok(())
}

/// Reads what orders and stocktakes say of places.
pub(super) async fn look_into_books(sql: &Sql, env: &Env, places: &BTreeSet<Place>) -> Outcome<()> {
    // Of two that read at the same time, the one that began later counts.
    let begun = clock::now().milliseconds();
    for (place, sources) in stock::books(&Database::of(env)?, places).await? {
        keep(sql, &place, BOOKS, begun, &sources)?;
    }
    Ok(())
}

/// Takes in all that a device says in a version that is news; gives the places about which it says something else now.
pub(super) fn hear(sql: &Sql, device: &str, version: u64, stock: Vec<StockHere>) -> Outcome<BTreeSet<Place>> {
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
    }
    let version = i64::try_from(version).unwrap_or(i64::MAX);
    let before: Vec<Row> = sql.rows("SELECT sku, site FROM sources WHERE device = ?1", vec![device.into()])?;
    let mut touched: BTreeSet<Place> = before.into_iter().map(|row| (row.sku, row.site)).collect();
    for here in stock {
        let place = (here.sku, here.site);
        keep(sql, &place, device, version, &[same(&here.source)?])?;
        touched.insert(place);
    }
    sql.run("DELETE FROM sources WHERE device = ?1 AND version < ?2", vec![device.into(), version.into()])?;
    Ok(touched)
}

/// A value of the interface as the rules have it: both are written alike.
fn same<T: DeserializeOwned>(value: &impl Serialize) -> Outcome<T> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}

/// Frames for the places whose stock is another than what was told last.
pub(super) fn news(sql: &Sql, places: &BTreeSet<Place>) -> Outcome<Vec<(Topic, Value)>> {
    #[derive(Deserialize)]
    struct Row {
        body: String,
    }
    let now = clock::now();
    let mut told = Vec::new();
    for place in places {
        let query = "SELECT body FROM sources WHERE sku = ?1 AND site = ?2 ORDER BY device";
        let rows: Vec<Row> = sql.rows(query, vec![place.0.as_str().into(), place.1.as_str().into()])?;
        let mut sources = Vec::new();
        for row in &rows {
            sources.extend(serde_json::from_str::<Vec<Source>>(&row.body)?);
        }
        let entry = stock::entry(place.clone(), sources, now)?;
        if changes::is_new_stock(sql, &entry)? {
            told.push((Topic::Stock, serde_json::to_value(&entry)?));
        }
    }
    Ok(told)
}
