//! What changed lately, numbered: what connections that were away are told when they come back.

use serde::Deserialize;
use serde_json::Value;
use vitrine_api::{
    live::{Frame, Topic},
    stock::StockEntry,
};

use crate::{clock, failure::Outcome, sql::Sql};

/// How long changes are kept, in milliseconds.
const KEPT_FOR: i64 = 3_600_000;
/// How many changes are kept at most.
const MOST_KEPT: u64 = 10_000;
/// How many more there may be before old ones are taken away.
const SLACK: u64 = 500;

#[derive(Deserialize)]
struct Row {
    id: u64,
    topic: String,
    at: i64,
    body: String,
}

impl Row {
    fn frame(self) -> Outcome<Frame> {
        Ok(Frame {
            id: self.id,
            topic: serde_json::from_value(Value::String(self.topic))?,
            at: clock::text(self.at),
            body: serde_json::from_str(&self.body)?,
        })
    }
}

/// Makes the tables where they are not there yet.
pub(super) fn prepare(sql: &Sql) -> Outcome<()> {
    sql.run(
        "CREATE TABLE IF NOT EXISTS changes(id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, \
         at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
         CREATE INDEX IF NOT EXISTS changes_by_time ON changes(at);
         CREATE TABLE IF NOT EXISTS told(device TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
         CREATE TABLE IF NOT EXISTS stock(sku TEXT NOT NULL, site TEXT NOT NULL, body TEXT NOT NULL, \
         PRIMARY KEY(sku, site)) STRICT, WITHOUT ROWID;
         CREATE TABLE IF NOT EXISTS sources(sku TEXT NOT NULL, site TEXT NOT NULL, device TEXT NOT NULL, \
         version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(sku, site, device)) STRICT, WITHOUT ROWID;
         CREATE INDEX IF NOT EXISTS sources_of_device ON sources(device);
         CREATE TABLE IF NOT EXISTS places(sku TEXT NOT NULL, site TEXT NOT NULL, PRIMARY KEY(sku, site)) \
         STRICT, WITHOUT ROWID",
        vec![],
    )?;
    Ok(())
}

/// The number of the newest change; 0 where there was none yet.
pub(super) fn newest(sql: &Sql) -> Outcome<u64> {
    #[derive(Deserialize)]
    struct Newest {
        newest: u64,
    }
    let row = sql
        .row::<Newest>("SELECT coalesce(max(seq), 0) AS newest FROM sqlite_sequence WHERE name = 'changes'", vec![])?;
    Ok(row.map_or(0, |row| row.newest))
}

/// Remembers that a device was told of in this version; `false` where it was already.
pub(super) fn is_news(sql: &Sql, device: &str, version: u64) -> Outcome<bool> {
    let version = i64::try_from(version).unwrap_or(i64::MAX);
    let written = sql.run(
        "INSERT INTO told(device, version) VALUES (?1, ?2) ON CONFLICT(device) DO UPDATE SET version = excluded.version \
         WHERE excluded.version > version",
        vec![device.into(), version.into()],
    )?;
    Ok(written > 0)
}

/// Remembers an entry; `false` where it says what was told last.
pub(super) fn is_new_stock(sql: &Sql, entry: &StockEntry) -> Outcome<bool> {
    // Ages grow by themselves and are no news.
    let mut still = entry.clone();
    for source in &mut still.sources {
        source.age_seconds = 0;
        source.observed_at.clear();
    }
    let written = sql.run(
        "INSERT INTO stock(sku, site, body) VALUES (?1, ?2, ?3) ON CONFLICT(sku, site) DO UPDATE SET body = excluded.body \
         WHERE excluded.body <> body",
        vec![entry.sku.as_str().into(), entry.site.as_str().into(), serde_json::to_string(&still)?.into()],
    )?;
    Ok(written > 0)
}

/// Numbers and keeps changes.
pub(super) fn add(sql: &Sql, told: Vec<(Topic, Value)>) -> Outcome<Vec<Frame>> {
    let now = clock::now().milliseconds();
    let mut frames = Vec::with_capacity(told.len());
    for (topic, body) in told {
        let word = serde_json::to_value(topic)?;
        #[derive(Deserialize)]
        struct Id {
            id: u64,
        }
        let row: Option<Id> = sql.row(
            "INSERT INTO changes(topic, at, body) VALUES (?1, ?2, ?3) RETURNING id",
            vec![word.as_str().unwrap_or_default().into(), now.into(), serde_json::to_string(&body)?.into()],
        )?;
        let id = row.map_or(0, |row| row.id);
        frames.push(Frame { id, topic, at: clock::text(now), body });
        if id.is_multiple_of(SLACK) {
            let oldest = i64::try_from(id.saturating_sub(MOST_KEPT)).unwrap_or_default();
            sql.run("DELETE FROM changes WHERE id <= ?1 OR at < ?2", vec![oldest.into(), (now - KEPT_FOR).into()])?;
        }
    }
    Ok(frames)
}

/// What a connection that was away since a change is told first.
pub(super) enum Missed {
    /// Everything since then.
    All(Vec<Frame>),
    /// Some of it is no longer kept.
    TooMuch,
}

/// What changed after `since`.
pub(super) fn missed(sql: &Sql, since: u64, stock_only: bool) -> Outcome<Missed> {
    #[derive(Deserialize)]
    struct Oldest {
        oldest: Option<u64>,
    }
    let newest = newest(sql)?;
    if since >= newest {
        // Ahead of us: our numbers began anew.
        return Ok(if since == newest { Missed::All(Vec::new()) } else { Missed::TooMuch });
    }
    let oldest = sql.row::<Oldest>("SELECT min(id) AS oldest FROM changes", vec![])?.and_then(|row| row.oldest);
    if oldest.is_none_or(|oldest| oldest > since + 1) {
        return Ok(Missed::TooMuch);
    }
    let since = i64::try_from(since).unwrap_or(i64::MAX);
    let query = "SELECT id, topic, at, body FROM changes WHERE id > ?1 AND (?2 = 0 OR topic = 'stock') ORDER BY id";
    let rows: Vec<Row> = sql.rows(query, vec![since.into(), i64::from(stock_only).into()])?;
    Ok(Missed::All(rows.into_iter().map(Row::frame).collect::<Outcome<_>>()?))
}

/// What changed since a time, in milliseconds.
pub(super) fn since(sql: &Sql, time: i64, stock_only: bool) -> Outcome<Vec<Frame>> {
    let query = "SELECT id, topic, at, body FROM changes WHERE id > (SELECT coalesce(max(id), 0) FROM changes WHERE at < ?1) \
                 AND (?2 = 0 OR topic = 'stock') ORDER BY id";
    let rows: Vec<Row> = sql.rows(query, vec![time.into(), i64::from(stock_only).into()])?;
    rows.into_iter().map(Row::frame).collect()
}
