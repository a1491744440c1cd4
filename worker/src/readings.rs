//! `GET /v1/devices/{id}/readings`: roll-ups of one device.

use serde::Deserialize;
use vitrine_api::{
    list::Page,
    rollup::{Reading, Resolution},
};
use vitrine_devices::timestamp::Timestamp;

use crate::{
    clock,
    database::Database,
    failure::{Failure, Outcome},
    request::{self, Query},
};

#[derive(Deserialize)]
struct Row {
    metric: String,
    start: i64,
    count: u64,
    sum: i64,
    min: i64,
    max: i64,
    last: i64,
    last_at: i64,
}

/// The word of a resolution in the database.
pub(crate) fn word(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Minute => "minute",
        Resolution::Hour => "hour",
        Resolution::Day => "day",
    }
}

/// A value from its thousandths.
pub(crate) fn value(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

/// Rows by time and metric.
pub(crate) async fn list(database: &Database, device: &str, query: &Query) -> Outcome<Page<Reading>> {
    #[derive(Deserialize)]
    struct Known {}
    let known: Option<Known> = database.row("SELECT 1 FROM devices WHERE id = ?1", &[device.into()]).await?;
    if known.is_none() {
        return Err(Failure::nothing("device"));
    }
    let resolution = query.word::<Resolution>("resolution")?.unwrap_or(Resolution::Minute);
    let limit = query.limit()?;
    let from = moment(query, "from")?.unwrap_or(Timestamp::FIRST).milliseconds();
    let to = moment(query, "to")?.unwrap_or(Timestamp::LAST).milliseconds();
    // A cursor is the start and the metric of the last row.
    let (after, metric_after) = match query.get("cursor") {
        None => (i64::MIN >> 11, ""),
        Some(cursor) => cursor
            .split_once('.')
            .and_then(|(start, metric)| Some((start.parse().ok()?, metric)))
            .ok_or_else(|| request::bad("cursor", "is none that this list gave"))?,
    };
    let sql = "SELECT metric, start, count, sum, min, max, last, last_at FROM rollups \
               WHERE device = ?1 AND resolution = ?2 AND start >= ?3 AND start < ?4 AND (?5 IS NULL OR metric = ?5) \
               AND (start, metric) > (?6, ?7) ORDER BY start, metric LIMIT ?8";
    let rows: Vec<Row> = database
        .rows(
            sql,
            &[
                device.into(),
                word(resolution).into(),
                from.into(),
                to.into(),
                query.get("metric").into(),
                after.into(),
                metric_after.into(),
                (limit + 1).into(),
            ],
        )
        .await?;
    let page = crate::page::cut(rows, limit, |row| format!("{}.{}", row.start, row.metric));
    let items = page.items.into_iter().map(|row| Reading {
        metric: row.metric,
        start: clock::text(row.start),
        count: row.count,
        sum: value(row.sum),
        min: value(row.min),
        max: value(row.max),
        last: value(row.last),
        last_at: clock::text(row.last_at),
    });
    Ok(Page { items: items.collect(), next: page.next })
}

fn moment(query: &Query, name: &str) -> Outcome<Option<Timestamp>> {
    let Some(text) = query.get(name) else { return Ok(None) };
    Timestamp::parse(text).map(Some).map_err(|error| request::bad(name, &format!("is wrong: {error}")))
}
