//! Stock: the sources in the database put together, shown, and told to open pages.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use vitrine_api::{
    list::Page,
    problem::ProblemKind,
    stock::{Count, StockEntry},
};
use vitrine_devices::{DeviceId, SiteId, Sku, Timestamp};
use vitrine_operations::{
    order::{self, Stocktake},
    stock::{self, Source},
};
use worker::Env;

use crate::{
    audit::Change,
    clock,
    database::Database,
    failure::{Failure, Outcome},
    hub, internal, log,
    request::{self, Query},
};

/// How far a stocktake may lie in the future, in milliseconds: clocks differ.
const FUTURE: i64 = 300_000;
/// Most pieces of a stocktake.
const MOST_UNITS: u64 = 1_000_000_000;

/// A product at a site.
pub(crate) type Place = (String, String);

/// A word of the database as a value of the rules.
fn word<T: DeserializeOwned>(word: String) -> Outcome<T> {
    Ok(serde_json::from_value(Value::String(word))?)
}

/// Places as a statement takes them in.
pub(crate) fn wanted(places: &BTreeSet<Place>) -> Outcome<String> {
    let wanted: Vec<Value> = places.iter().map(|(sku, site)| json!({ "sku": sku, "site": site })).collect();
    Ok(serde_json::to_string(&wanted)?)
}

/// What one device says of one place, and in which version of the device.
pub(crate) struct Seen {
    pub(crate) place: Place,
    pub(crate) device: String,
    pub(crate) version: i64,
    pub(crate) source: Source,
}

/// What devices say of some places.
pub(crate) async fn seen(database: &Database, places: &BTreeSet<Place>) -> Outcome<Vec<Seen>> {
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
        kind: String,
        device: String,
        units: i64,
        low: Option<u64>,
        high: Option<u64>,
        observed: i64,
        state: String,
        version: i64,
    }
    let sql = "SELECT sku, site, kind, device, units, low, high, observed, state, version FROM json_each(?1) wanted \
               JOIN stock_sources ON sku = wanted.value ->> 'sku' AND site = wanted.value ->> 'site'";
    let rows: Vec<Row> = database.rows(sql, &[(&wanted(places)?).into()]).await?;
    rows.into_iter()
        .map(|row| {
            let source = Source {
                kind: word(row.kind)?,
                device: DeviceId::new(row.device.clone()).ok(),
                units: row.units,
                between: row.low.zip(row.high).map(|(low, high)| [low, high]),
                observed_at: Timestamp::from_milliseconds(row.observed),
                state: word(row.state)?,
            };
            Ok(Seen { place: (row.sku, row.site), device: row.device, version: row.version, source })
        })
        .collect()
}

/// What stocktakes and orders say of some places; those without a stocktake are left out.
pub(crate) async fn books(database: &Database, places: &BTreeSet<Place>) -> Outcome<Vec<(Place, [Source; 2])>> {
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
        units: u64,
        counted: i64,
        ordered: u64,
        latest: Option<i64>,
    }
    let sql = "SELECT taken.sku, taken.site, taken.units, taken.counted, coalesce(sum(lines.units), 0) AS ordered, \
               max(lines.placed) AS latest FROM json_each(?1) wanted \
               JOIN stocktakes taken ON taken.sku = wanted.value ->> 'sku' AND taken.site = wanted.value ->> 'site' \
               LEFT JOIN order_lines lines ON lines.sku = taken.sku AND lines.site = taken.site \
                 AND lines.placed > taken.counted AND lines.status = 'placed' GROUP BY taken.sku, taken.site";
    let rows: Vec<Row> = database.rows(sql, &[(&wanted(places)?).into()]).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let taken = Stocktake { units: row.units, counted_at: Timestamp::from_milliseconds(row.counted) };
            let latest = row.latest.map(Timestamp::from_milliseconds);
            ((row.sku, row.site), order::sources(&taken, row.ordered, latest))
        })
        .collect())
}

/// What follows from sources.
pub(crate) fn entry((sku, site): Place, sources: Vec<Source>, now: Timestamp) -> Outcome<StockEntry> {
    let bad = |what: &str| Failure::Fault(format!("the database has a wrong {what}"));
    let sku = Sku::new(sku).map_err(|_| bad("SKU"))?;
    let site = SiteId::new(site).map_err(|_| bad("site"))?;
    same(&stock::entry(sku, site, sources, now))
}

/// A value of the rules as the interface has it: both are written alike.
fn same<T: DeserializeOwned>(value: &impl Serialize) -> Outcome<T> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}

/// The entries of some places.
pub(crate) async fn entries(database: &Database, places: &BTreeSet<Place>) -> Outcome<Vec<StockEntry>> {
    let now = clock::now();
    let mut all: BTreeMap<Place, Vec<Source>> = places.iter().map(|place| (place.clone(), Vec::new())).collect();
    for seen in seen(database, places).await? {
        all.entry(seen.place).or_default().push(seen.source);
    }
    for (place, sources) in books(database, places).await? {
        all.entry(place).or_default().extend(sources);
    }
    all.into_iter().map(|(place, sources)| entry(place, sources, now)).collect()
}

/// `GET /v1/stock`.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<StockEntry>> {
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
    }
    let limit = query.limit()?;
    let (sku, site) = match query.get("cursor") {
        None => ("", ""),
        // No SKU has a slash in it.
        Some(cursor) => cursor.split_once('/').ok_or_else(|| request::bad("cursor", "is none that this list gave"))?,
    };
    let sql = "SELECT sku, site FROM (SELECT sku, site FROM stock_sources UNION SELECT sku, site FROM stocktakes) \
               WHERE (sku, site) > (?1, ?2) AND (?3 IS NULL OR site = ?3) ORDER BY sku, site LIMIT ?4";
    let bound = [sku.into(), site.into(), query.get("site").into(), (limit + 1).into()];
    let rows: Vec<Row> = database.rows(sql, &bound).await?;
    let page = crate::page::cut(rows, limit, |row| format!("{}/{}", row.sku, row.site));
    let places = page.items.into_iter().map(|row| (row.sku, row.site)).collect();
    Ok(Page { items: entries(database, &places).await?, next: page.next })
}

/// `GET /v1/stock/{sku}`: one entry for each site that has a source; none where nothing tells.
pub(crate) async fn read(database: &Database, sku: &str) -> Outcome<Page<StockEntry>> {
    #[derive(Deserialize)]
    struct Row {
        site: String,
    }
    if Sku::new(sku).is_err() {
        return Err(Failure::nothing("product"));
    }
    let sql = "SELECT site FROM stock_sources WHERE sku = ?1 UNION SELECT site FROM stocktakes WHERE sku = ?1";
    let rows: Vec<Row> = database.rows(sql, &[sku.into()]).await?;
    let places = rows.into_iter().map(|row| (sku.to_owned(), row.site)).collect();
    Ok(Page { items: entries(database, &places).await?, next: None })
}

/// The entries of some SKUs at every site that has a source.
pub(crate) async fn of(database: &Database, skus: &BTreeSet<String>) -> Outcome<Vec<StockEntry>> {
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
    }
    let sql = "SELECT sku, site FROM json_each(?1) wanted JOIN (SELECT sku, site FROM stock_sources UNION \
               SELECT sku, site FROM stocktakes) ON sku = wanted.value";
    let rows: Vec<Row> = database.rows(sql, &[(&serde_json::to_string(skus)?).into()]).await?;
    let places: BTreeSet<Place> = rows.into_iter().map(|row| (row.sku, row.site)).collect();
    if places.is_empty() { Ok(Vec::new()) } else { entries(database, &places).await }
}

/// `PUT /v1/stock/{sku}/count`.
pub(crate) async fn count(
    env: &Env,
    database: &Database,
    sku: &str,
    wanted: Count,
    change: &Change<'_>,
) -> Outcome<StockEntry> {
    let sku = Sku::new(sku).map_err(|error| Failure::refused(ProblemKind::BadRequest, format!("The SKU: {error}.")))?;
    let site = SiteId::new(wanted.site).map_err(|error| Failure::field("/site", error.to_string()))?;
    if wanted.units > MOST_UNITS {
        return Err(Failure::field("/units", format!("`units` must be 0 to {MOST_UNITS}.")));
    }
    let now = clock::now();
    let counted = match wanted.counted_at {
        None => now,
        Some(text) => Timestamp::parse(&text).map_err(|error| Failure::field("/countedAt", error.to_string()))?,
    };
    if counted.since(now) > FUTURE {
        return Err(Failure::field("/countedAt", "A stocktake cannot be in the future."));
    }
    let units = i64::try_from(wanted.units).unwrap_or(i64::MAX);
    let written = database
        .run(
            "INSERT INTO stocktakes(sku, site, units, counted) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(sku, site) \
             DO UPDATE SET units = excluded.units, counted = excluded.counted WHERE excluded.counted >= counted",
            &[sku.as_str().into(), site.as_str().into(), units.into(), counted.milliseconds().into()],
        )
        .await?;
    if written == 0 {
        return Err(Failure::refused(ProblemKind::Conflict, "A later stocktake is there already."));
    }
    database.batch(vec![change.entry(database, &format!("stock {sku} at {site}"))?]).await?;
    let places = BTreeSet::from([(sku.to_string(), site.to_string())]);
    tell_books(env, places.clone(), change.request).await;
    let entry = entries(database, &places).await?.into_iter().next();
    entry.ok_or_else(|| Failure::Fault("a stocktake is not there after it was written".to_owned()))
}

/// Has the hub look into the books of some places; where that fails, pages see it with the next change.
pub(crate) async fn tell_books(env: &Env, places: BTreeSet<Place>, request: &str) {
    if places.is_empty() {
        return;
    }
    let told = match internal::hub(env) {
        Ok(hub) => internal::ask::<()>(&hub, &hub::Ask::Books { places }).await,
        Err(failure) => Err(failure),
    };
    if let Err(failure) = told {
        log::warn(request, &format!("open pages were not told of stock: {failure}"));
    }
}
