//! The scheduled round over products and sites: those whose demand may have changed, some in each slice. The cursor is
//! kept before each of them, so that a slice that is cut off costs no more than the one it was at, which the next round
//! takes up again.

use serde::Deserialize;
use vitrine_forecast::Work;
use vitrine_operations::demand::day_of;

use super::{history, place, trends};
use crate::{clock, database::Database, failure::Outcome, jobs, log};

/// Products at sites in one slice.
const SLICE: i64 = 25;
/// Steps of work in one slice, some 10 ns each: what is left then waits for the next one.
const MOST_WORK: u64 = 200_000_000;
/// Days for which a forecast is kept that is not renewed: nothing tells of the product there any more.
const KEPT: i64 = 30;
/// The job's name in the table of jobs.
const JOB: &str = "forecasts";

/// One that is due, with the count of its changes.
#[derive(Deserialize)]
struct Due {
    sku: String,
    site: String,
    changed: i64,
    /// What its last forecast was made of, where there is one.
    hash: Option<String>,
}

/// Due is what has no forecast, what orders have changed since, and what a day has passed for.
const DUE: &str = "\
SELECT place.sku, place.site, place.changed, forecasts.hash FROM (
  SELECT sku, site, changed FROM demand_places
  UNION SELECT sku, site, 0 FROM stock_sources WHERE kind = 'scale' AND NOT EXISTS(SELECT 1 FROM demand_places known
    WHERE known.sku = stock_sources.sku AND known.site = stock_sources.site)) place
LEFT JOIN forecasts ON forecasts.sku = place.sku AND forecasts.site = place.site
WHERE (place.sku, place.site) > (?1, ?2)
  AND (forecasts.sku IS NULL OR forecasts.through < ?3 OR forecasts.seen <> place.changed)
ORDER BY place.sku, place.site LIMIT ?4";

/// Forecasts the next ones; at the end of a round that changed something, the whole shop's trends.
pub(crate) async fn slice(database: &Database) -> Outcome<()> {
    let through = day_of(clock::now()) - 1;
    let kept = jobs::cursor(database, JOB).await?;
    let (sku, site) = kept.split_once('/').unwrap_or_default();
    let due: Vec<Due> = database.rows(DUE, &[sku.into(), site.into(), through.into(), SLICE.into()]).await?;
    let last = i64::try_from(due.len()).unwrap_or_default() < SLICE;
    let mut spent = 0;
    for one in due {
        if spent > MOST_WORK {
            return Ok(());
        }
        jobs::keep_cursor(database, JOB, &format!("{}/{}", one.sku, one.site)).await?;
        match forecast(database, &one, through).await {
            Ok(steps) => spent += steps,
            Err(failure) => log::error(JOB, &format!("{} at {}: {failure}", one.sku, one.site)),
        }
    }
    if last {
        jobs::keep_cursor(database, JOB, "").await?;
        database.run("DELETE FROM forecasts WHERE through < ?1", &[(through - KEPT).into()]).await?;
        trends::renew(database, through).await?;
    }
    Ok(())
}

/// Forecasts one, where its history is another than before; gives the steps of work that took.
async fn forecast(database: &Database, due: &Due, through: i64) -> Outcome<u64> {
    let place = (due.sku.clone(), due.site.clone());
    let history = history::read(database, &place, through).await?;
    if due.hash.as_ref() == Some(&place::hash(history.as_ref())) {
        let sql = "UPDATE forecasts SET seen = ?3, through = ?4 WHERE sku = ?1 AND site = ?2";
        database.run(sql, &[(&due.sku).into(), (&due.site).into(), due.changed.into(), through.into()]).await?;
        return Ok(0);
    }
    let mut work = Work::default();
    let kept = place::keep(database, &place, history.as_ref(), (due.changed, through), clock::now(), &mut work)?;
    database.batch(vec![kept]).await?;
    Ok(work.spent())
}
