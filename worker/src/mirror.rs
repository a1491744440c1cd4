//! Bringing what a device's object says into the database. Every statement takes a newer version only, so that messages
//! may come twice and in any order.

use serde::Serialize;
use serde_json::{Value, json};
use vitrine_api::device::{Device, State};
use vitrine_api::stock::SourceKind;
use vitrine_devices::timestamp::Timestamp;

use crate::{
    database::{Database, Statement},
    failure::Outcome,
    news::News,
};

const DEVICES: &str = "\
INSERT INTO devices(id, kind, site, version, revoked, alarm, last_seen, accepted, duplicate, late, refused, body)
SELECT value ->> 'id', value ->> 'kind', value ->> 'site', value ->> 'version', value ->> 'revoked', value ->> 'alarm',
  value ->> 'last_seen', value ->> 'accepted', value ->> 'duplicate', value ->> 'late', value ->> 'refused',
  value ->> 'body'
FROM json_each(?1) WHERE true
ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, site = excluded.site, version = excluded.version,
  revoked = excluded.revoked, alarm = excluded.alarm, last_seen = excluded.last_seen, accepted = excluded.accepted,
  duplicate = excluded.duplicate, late = excluded.late, refused = excluded.refused, body = excluded.body
WHERE excluded.version >= version";

const MINUTES: &str = "\
INSERT INTO rollups(device, resolution, metric, start, count, sum, min, max, last, last_at, version)
SELECT value ->> 'device', 'minute', value ->> 'metric', value ->> 'start', value ->> 'count', value ->> 'sum',
  value ->> 'min', value ->> 'max', value ->> 'last', value ->> 'last_at', value ->> 'version'
FROM json_each(?1) WHERE true
ON CONFLICT(device, resolution, metric, start) DO UPDATE SET count = excluded.count, sum = excluded.sum,
  min = excluded.min, max = excluded.max, last = excluded.last, last_at = excluded.last_at, version = excluded.version
WHERE excluded.version >= version";

/// Makes rows of one resolution of those of the next finer one, for the spans named in the parameter.
macro_rules! coarser {
    ($coarse:literal, $fine:literal, $span:literal) => {
        concat!(
            "INSERT INTO rollups(device, resolution, metric, start, count, sum, min, max, last, last_at, version)
SELECT fine.device, '",
            $coarse,
            "', fine.metric, span.start, sum(fine.count), sum(fine.sum), min(fine.min), max(fine.max),
  (SELECT latest.last FROM rollups latest WHERE latest.device = fine.device AND latest.resolution = '",
            $fine,
            "' AND latest.metric = fine.metric AND latest.start >= span.start AND latest.start < span.start + ",
            $span,
            " ORDER BY latest.start DESC LIMIT 1), max(fine.last_at), max(fine.version)
FROM (SELECT DISTINCT value ->> 'device' AS device, value ->> 'metric' AS metric,
    (value ->> 'start') - (value ->> 'start') % ",
            $span,
            " AS start FROM json_each(?1)) span
CROSS JOIN rollups fine ON fine.device = span.device AND fine.resolution = '",
            $fine,
            "' AND fine.metric = span.metric AND fine.start >= span.start AND fine.start < span.start + ",
            $span,
            "
WHERE true GROUP BY fine.device, fine.metric, span.start
ON CONFLICT(device, resolution, metric, start) DO UPDATE SET count = excluded.count, sum = excluded.sum,
  min = excluded.min, max = excluded.max, last = excluded.last, last_at = excluded.last_at, version = excluded.version"
        )
    };
}

/// Hours of minutes.
pub(crate) const HOURS: &str = coarser!("hour", "minute", "3600000");
/// Days of hours.
pub(crate) const DAYS: &str = coarser!("day", "hour", "86400000");

/// What a device says about stock, where no newer version of it is there.
const SOURCES: &str = "\
INSERT INTO stock_sources(sku, site, kind, device, units, low, high, observed, state, version)
SELECT value ->> 'sku', value ->> 'site', value ->> 'kind', value ->> 'device', value ->> 'units', value ->> 'low',
  value ->> 'high', value ->> 'observed', value ->> 'state', value ->> 'version'
FROM json_each(?1)
WHERE NOT EXISTS(SELECT 1 FROM devices WHERE id = value ->> 'device' AND version > value ->> 'version')
ON CONFLICT(sku, site, kind, device) DO UPDATE SET units = excluded.units, low = excluded.low, high = excluded.high,
  observed = excluded.observed, state = excluded.state, version = excluded.version
WHERE excluded.version >= version";

/// What a device no longer speaks of: each of its versions tells all that it knows.
const GONE: &str = "\
DELETE FROM stock_sources WHERE EXISTS(SELECT 1 FROM json_each(?1) WHERE device = value ->> 'device'
  AND stock_sources.version < value ->> 'version')";

#[derive(Serialize)]
struct Row<'a, T> {
    device: &'a str,
    version: u64,
    #[serde(flatten)]
    row: T,
}

/// All statements for some messages, to be run as one transaction.
pub(crate) fn statements(database: &Database, all: &[&News]) -> Outcome<Vec<Statement>> {
    let mut devices = Vec::with_capacity(all.len());
    let mut minutes = Vec::new();
    let mut sources = Vec::new();
    let mut versions = Vec::new();
    for news in all {
        let (device, version) = (news.device.id.as_str(), news.device.version);
        devices.push(device_row(&news.device)?);
        minutes.extend(news.minutes.iter().map(|row| Row { device, version, row }));
        sources.extend(source_rows(&news.device));
        versions.push(json!({ "device": device, "version": version }));
    }
    let mut statements = vec![database.statement(DEVICES, &[(&serde_json::to_string(&devices)?).into()])?];
    if !minutes.is_empty() {
        let minutes = serde_json::to_string(&minutes)?;
        for sql in [MINUTES, HOURS, DAYS] {
            statements.push(database.statement(sql, &[(&minutes).into()])?);
        }
    }
    if !sources.is_empty() {
        statements.push(database.statement(SOURCES, &[(&serde_json::to_string(&sources)?).into()])?);
    }
    statements.push(database.statement(GONE, &[(&serde_json::to_string(&versions)?).into()])?);
    Ok(statements)
}

/// The statement that brings a device alone, for reading right after it was changed.
pub(crate) fn device_statement(database: &Database, device: &Device) -> Outcome<Statement> {
    database.statement(DEVICES, &[(&serde_json::to_string(&[device_row(device)?])?).into()])
}

fn device_row(device: &Device) -> Outcome<Value> {
    Ok(json!({
        "id": device.id,
        "kind": device.kind,
        "site": device.site,
        "version": device.version,
        "revoked": i32::from(device.revoked_at.is_some()),
        "alarm": i32::from(device.state == State::Alarm),
        "last_seen": device.last_seen_at.as_deref().map(milliseconds),
        "accepted": device.counts.accepted,
        "duplicate": device.counts.duplicate,
        "late": device.counts.late,
        "refused": device.counts.refused,
        "body": serde_json::to_string(device)?,
    }))
}

fn source_rows(device: &Device) -> impl Iterator<Item = Value> + '_ {
    device.stock.iter().map(|here| {
        json!({
            "sku": here.sku,
            "site": here.site,
            "kind": kind_word(here.source.kind),
            "device": device.id,
            "units": here.source.units,
            "low": here.source.between.map(|[low, _]| low),
            "high": here.source.between.map(|[_, high]| high),
            "observed": milliseconds(&here.source.observed_at),
            "state": here.source.state,
            "version": device.version,
        })
    })
}

fn kind_word(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Scale => "scale",
        SourceKind::Rfid => "rfid",
        SourceKind::Ordered => "ordered",
        SourceKind::Counted => "counted",
    }
}

/// A time of our own making back in milliseconds.
pub(crate) fn milliseconds(text: &str) -> i64 {
    Timestamp::parse(text).map_or(0, Timestamp::milliseconds)
}

/// What the live connection tells of a device: what changes often.
pub(crate) fn live_body(device: &Device) -> Outcome<Value> {
    Ok(json!({
        "id": device.id,
        "kind": device.kind,
        "site": device.site,
        "state": device.state,
        "alarms": device.alarms,
        "lastSeenAt": device.last_seen_at,
        "counts": device.counts,
        "pending": device.pending,
        "last": device.last,
        "stock": device.stock,
        "version": device.version,
    }))
}
