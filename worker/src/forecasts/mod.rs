//! Forecasts of demand: of series that are sent, and, computed by the clock, of what orders and scales gave.

pub(crate) mod ahead;
mod answer;
pub(crate) mod asked;
mod history;
pub(crate) mod peaks;
mod place;
pub(crate) mod round;
pub(crate) mod trends;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use vitrine_api::{
    forecast::{ForecastEntry, StockOutlook},
    list::Page,
};
use vitrine_devices::Sku;
use vitrine_forecast::Policy;
use vitrine_operations::demand::day_of;

use crate::{
    clock,
    database::Database,
    failure::{Failure, Outcome},
    page,
    request::{self, Query},
    stock::{self, Place},
};
use ahead::Ahead;
use place::Entry;

/// The levels of quantiles where nothing else is asked for: the middle half, and nine in ten.
pub(crate) const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

#[derive(Deserialize)]
struct Row {
    sku: String,
    site: String,
    computed: i64,
    entry: String,
    outlook: Option<String>,
}

/// `GET /v1/forecasts`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<ForecastEntry>> {
    let (limit, policy) = (query.limit()?, ahead::policy(query)?);
    let (sku, site) = match query.get("cursor") {
        None => ("", ""),
        Some(cursor) => cursor.split_once('/').ok_or_else(|| request::bad("cursor", "is none that this list gave"))?,
    };
    let sql = "SELECT sku, site, computed, entry, outlook FROM forecasts WHERE (sku, site) > (?1, ?2) \
               AND (?3 IS NULL OR site = ?3) ORDER BY sku, site LIMIT ?4";
    let bound = [sku.into(), site.into(), query.get("site").into(), (limit + 1).into()];
    let page = page::cut(database.rows(sql, &bound).await?, limit, |row: &Row| format!("{}/{}", row.sku, row.site));
    let units = units(database, &page.items).await?;
    let items = page.items.into_iter().map(|row| entry(row, &units, policy)).collect::<Outcome<_>>()?;
    Ok(Page { items, next: page.next })
}

/// How many pieces there are of each, where that is known.
async fn units(database: &Database, rows: &[Row]) -> Outcome<BTreeMap<Place, u64>> {
    let places: BTreeSet<Place> = rows.iter().map(|row| (row.sku.clone(), row.site.clone())).collect();
    let entries = stock::entries(database, &places).await?;
    Ok(entries.into_iter().filter_map(|entry| Some(((entry.sku, entry.site), entry.units?))).collect())
}

fn entry(row: Row, units: &BTreeMap<Place, u64>, policy: Policy) -> Outcome<ForecastEntry> {
    let today = day_of(clock::now());
    let Entry { source, model, absolute_error, scaled_error, sold, problem } = serde_json::from_str(&row.entry)?;
    let ahead: Option<Ahead> = row.outlook.as_deref().map(serde_json::from_str).transpose()?;
    let place = (row.sku, row.site);
    let units = units.get(&place).copied();
    Ok(ForecastEntry {
        sku: place.0,
        site: place.1,
        source,
        computed_at: clock::text(row.computed),
        model,
        absolute_error,
        scaled_error,
        sold,
        expected: ahead.as_ref().map(|ahead| ahead.expected(today)),
        stock: ahead.zip(units).and_then(|(ahead, units)| ahead.risk(today, units, policy)),
        problem,
    })
}

/// `GET /v1/forecasts/{sku}`: one for each site; none where nothing is forecast yet.
pub(crate) async fn read(database: &Database, sku: &str) -> Outcome<Page<Value>> {
    #[derive(Deserialize)]
    struct Kept {
        body: String,
    }
    check(sku)?;
    let sql = "SELECT body FROM forecasts WHERE sku = ?1 ORDER BY site";
    let rows: Vec<Kept> = database.rows(sql, &[sku.into()]).await?;
    let items = rows.iter().map(|row| Ok(serde_json::from_str(&row.body)?)).collect::<Outcome<_>>()?;
    Ok(Page { items, next: None })
}

/// No product has a name that cannot be one.
fn check(sku: &str) -> Outcome<()> {
    Sku::new(sku).map(|_| ()).map_err(|_| Failure::nothing("product"))
}

/// `GET /v1/stock/{sku}/outlook`: sites of which forecast and stock are known.
pub(crate) async fn outlook(database: &Database, sku: &str, query: &Query) -> Outcome<Page<StockOutlook>> {
    let policy = ahead::policy(query)?;
    let sql = "SELECT sku, site, computed, entry, outlook FROM forecasts WHERE sku = ?1 ORDER BY site";
    check(sku)?;
    let rows: Vec<Row> = database.rows(sql, &[sku.into()]).await?;
    let units = units(database, &rows).await?;
    let mut items = Vec::new();
    for row in rows {
        let ForecastEntry { sku, site, computed_at, stock, .. } = entry(row, &units, policy)?;
        items.extend(stock.map(|risk| StockOutlook { sku, site, computed_at, risk }));
    }
    Ok(Page { items, next: None })
}
