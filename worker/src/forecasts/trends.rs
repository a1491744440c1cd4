//! Trends of the whole shop: products that take off, and levels that moved lately. They need all products at once, so
//! the scheduled round computes them at its end, and `GET /v1/forecasts/trends` reads them.

use serde::Deserialize;
use vitrine_api::{
    forecast::{Change, Trend, TrendKind},
    list::Page,
};
use vitrine_forecast::{Frequency, Series, taking_off};
use vitrine_operations::demand::date_of;

use super::place::RECENT;
use crate::{database::Database, failure::Outcome, jobs, page, request::Query};

/// Days that are "lately"; they are compared with three times as many before.
pub(crate) const LATELY: usize = 28;
/// Of the products that take off, the share that may be chance.
const FALSE_ALARMS: f64 = 0.05;
/// Days for which a change of level is told.
const TOLD: i64 = 90;
/// Most products at sites that are compared, the ones that sell most.
const MOST: i64 = 4000;
/// The job's name in the table of jobs; its cursor is what the trends were made of.
const JOB: &str = "trends";

/// Computes them anew where a forecast is newer than they are.
pub(crate) async fn renew(database: &Database, through: i64) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Newest {
        newest: Option<i64>,
        count: i64,
    }
    #[derive(Deserialize)]
    struct Row {
        sku: String,
        site: String,
        recent: Option<String>,
        changes: String,
    }
    let sql = "SELECT max(computed) AS newest, count(*) AS count FROM forecasts";
    let newest: Option<Newest> = database.row(sql, &[]).await?;
    let made_of = newest.map(|row| format!("{}/{}", row.newest.unwrap_or_default(), row.count)).unwrap_or_default();
    if jobs::cursor(database, JOB).await? == made_of {
        return Ok(());
    }
    let sql = "SELECT sku, site, recent, changes FROM forecasts WHERE through = ?1 AND outlook IS NOT NULL \
               ORDER BY entry ->> 'sold' DESC, sku, site LIMIT ?2";
    let rows: Vec<Row> = database.rows(sql, &[through.into(), MOST.into()]).await?;
    let mut trends = Vec::new();
    let mut compared: Vec<(&Row, Series)> = Vec::new();
    let begun = date_of(through + 1 - RECENT as i64);
    for row in &rows {
        let Some(recent) = &row.recent else { continue };
        let values: Vec<Option<f64>> = serde_json::from_str(recent)?;
        if let Ok(series) = Series::from_values(&values, Frequency::Day, &begun) {
            compared.push((row, series));
        }
    }
    let series: Vec<&Series> = compared.iter().map(|(_, series)| series).collect();
    for growth in taking_off(&series, LATELY, FALSE_ALARMS) {
        let Some((row, _)) = compared.get(growth.place) else { continue };
        trends.push(Trend {
            sku: row.sku.clone(),
            site: row.site.clone(),
            kind: TrendKind::TakingOff,
            since: date_of(through + 1 - LATELY as i64),
            before: growth.before,
            after: growth.lately,
            times: (growth.times < f64::MAX).then_some(growth.times),
            chance: growth.chance,
        });
    }
    let growing: Vec<(String, String)> = trends.iter().map(|trend| (trend.sku.clone(), trend.site.clone())).collect();
    let earliest = date_of(through - TOLD);
    for row in &rows {
        let changes: Vec<Change> = serde_json::from_str(&row.changes)?;
        let Some(change) = changes.into_iter().next_back().filter(|change| change.date >= earliest) else { continue };
        let rises = change.after > change.before;
        if rises && growing.iter().any(|(sku, site)| *sku == row.sku && *site == row.site) {
            continue;
        }
        trends.push(Trend {
            sku: row.sku.clone(),
            site: row.site.clone(),
            kind: if rises { TrendKind::Risen } else { TrendKind::Fallen },
            since: change.date,
            before: change.before,
            after: change.after,
            times: (change.before > 0.0).then(|| change.after / change.before),
            chance: change.chance,
        });
    }
    trends.sort_by(|one, other| {
        one.chance.total_cmp(&other.chance).then_with(|| (&one.sku, &one.site).cmp(&(&other.sku, &other.site)))
    });
    let all = serde_json::to_string(&trends)?;
    database
        .batch(vec![
            database.statement("DELETE FROM trends", &[])?,
            database.statement(
                "INSERT INTO trends(rank, body) SELECT key + 1, value FROM json_each(?1)",
                &[(&all).into()],
            )?,
        ])
        .await?;
    jobs::keep_cursor(database, JOB, &made_of).await
}

/// One page of them.
pub(crate) async fn list(database: &Database, query: &Query) -> Outcome<Page<Trend>> {
    #[derive(Deserialize)]
    struct Row {
        rank: i64,
        body: String,
    }
    let limit = query.limit()?;
    let after = query.number("cursor")?.unwrap_or(0);
    let sql = "SELECT rank, body FROM trends WHERE rank > ?1 ORDER BY rank LIMIT ?2";
    let rows: Vec<Row> = database.rows(sql, &[after.into(), (limit + 1).into()]).await?;
    let page = page::cut(rows, limit, |row| row.rank.to_string());
    let items = page.items.iter().map(|row| Ok(serde_json::from_str(&row.body)?)).collect::<Outcome<_>>()?;
    Ok(Page { items, next: page.next })
}
