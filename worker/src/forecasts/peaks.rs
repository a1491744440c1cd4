//! `GET /v1/forecasts/peaks`: peaks ahead of all products, the next first.

use serde::Deserialize;
use vitrine_api::{forecast::PeakAhead, list::Page};
use vitrine_operations::demand::{date_of, day_of};

use crate::{
    clock,
    database::Database,
    failure::Outcome,
    page,
    request::{self, Query},
};

/// One page of them.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<PeakAhead>> {
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
        peak: String,
        date: String,
    }
    let limit = query.limit()?;
    let after: Vec<&str> = query.get("cursor").map_or_else(|| vec!["", "", ""], |cursor| cursor.split('/').collect());
    let [date, sku, site] = after.as_slice() else { return Err(request::bad("cursor", "is none that this list gave")) };
    let today = date_of(day_of(clock::now()));
    let sql = "SELECT sku, site, peak.value AS peak, peak.value ->> 'date' AS date \
               FROM forecasts, json_each(forecasts.peaks) peak WHERE peak.value ->> 'until' >= ?1 \
               AND (peak.value ->> 'date', sku, site) > (?2, ?3, ?4) ORDER BY date, sku, site LIMIT ?5";
    let bound = [(&today).into(), (*date).into(), (*sku).into(), (*site).into(), (limit + 1).into()];
    let rows: Vec<Row> = database.rows(sql, &bound).await?;
    let page = page::cut(rows, limit, |row| format!("{}/{}/{}", row.date, row.sku, row.site));
    let items = page
        .items
        .into_iter()
        .map(|row| Ok(PeakAhead { sku: row.sku, site: row.site, peak: serde_json::from_str(&row.peak)? }));
    Ok(Page { items: items.collect::<Outcome<_>>()?, next: page.next })
}
