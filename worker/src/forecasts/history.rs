//! Demand of a product at a site, read from the database and put together by the rules of `operations`.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_devices::Timestamp;
use vitrine_operations::demand::{self, DAY, History, Ordered, ShelfSpan};

use crate::{database::Database, failure::Outcome, stock::Place};

/// Days that are looked back at where orders tell: three years, so that a day of every year is seen three times.
const ORDERED: i64 = 1100;
/// Days that are looked back at where scales tell, of which there is a row for each hour.
const SEEN: i64 = 400;

/// Demand up to and with the day `last`; `None` where nothing tells of any.
pub(crate) async fn read(database: &Database, (sku, site): &Place, last: i64) -> Outcome<Option<History>> {
    #[derive(Deserialize)]
    struct Row {
        day: i64,
        units: u64,
    }
    let sql = "SELECT placed / 86400000 AS day, sum(units) AS units FROM order_lines WHERE sku = ?1 AND site = ?2 \
               AND placed >= ?3 AND placed < ?4 AND status <> 'cancelled' GROUP BY day ORDER BY day";
    let (from, until) = ((last - ORDERED + 1) * DAY, (last + 1) * DAY);
    let rows: Vec<Row> = database.rows(sql, &[sku.into(), site.into(), from.into(), until.into()]).await?;
    if rows.is_empty() {
        let shelves = shelves(database, sku, site, "hour", (last - SEEN + 1) * DAY, until).await?;
        return Ok(demand::of_shelves(&shelves, last));
    }
    let ordered: Vec<Ordered> = rows.into_iter().map(|Row { day, units }| Ordered { day, units }).collect();
    let empty = demand::empty_days(&shelves(database, sku, site, "day", from, until).await?);
    Ok(demand::of_orders(&ordered, &empty, last))
}

/// What the scales under a product say, one list each.
async fn shelves(
    database: &Database,
    sku: &str,
    site: &str,
    resolution: &str,
    from: i64,
    until: i64,
) -> Outcome<Vec<Vec<ShelfSpan>>> {
    #[derive(Deserialize)]
    struct Row {
        device: String,
        start: i64,
        last: i64,
        max: i64,
    }
    let sql = "SELECT rollups.device, start, last, max FROM stock_sources JOIN rollups \
               ON rollups.device = stock_sources.device AND resolution = ?3 AND metric = 'scale.units' \
               AND start >= ?4 AND start < ?5 WHERE sku = ?1 AND site = ?2 AND kind = 'scale' \
               ORDER BY rollups.device, start";
    let bound = [sku.into(), site.into(), resolution.into(), from.into(), until.into()];
    let rows: Vec<Row> = database.rows(sql, &bound).await?;
    let mut shelves: BTreeMap<String, Vec<ShelfSpan>> = BTreeMap::new();
    for Row { device, start, last, max } in rows {
        // Roll-ups count in thousandths.
        let span = ShelfSpan { start: Timestamp::from_milliseconds(start), last: last / 1000, most: max / 1000 };
        shelves.entry(device).or_default().push(span);
    }
    Ok(shelves.into_values().collect())
}
