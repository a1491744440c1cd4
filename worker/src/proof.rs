//! Proving roll-ups: each device's object adds up its events anew, and every row of the database must say the same.

use std::{collections::BTreeMap, time::Duration};

use serde::Deserialize;
use serde_json::{Value, json};
use vitrine_api::{
    device::Device,
    problem::ProblemKind,
    rollup::{Difference, Proof, Prove, Resolution},
};
use vitrine_devices::{Milli, Timestamp};
use vitrine_operations::{
    Metric,
    rollup::{self, Row, Rows},
};
use worker::{Delay, Env};

use crate::{
    audit::Change,
    clock,
    database::Database,
    device::{Ask, RebuiltPage},
    failure::{Failure, Outcome},
    internal,
    news::Minute,
    readings,
};

/// Devices of one call where the request does not say.
const USUAL: u32 = 20;
/// Most devices of one call.
const MOST: u32 = 50;
/// Differences that are told at most.
const MOST_TOLD: usize = 100;
/// How often a device is looked at that changes meanwhile.
const ATTEMPTS: u32 = 4;

/// `POST /v1/rollups/proof`.
pub(crate) async fn prove(env: &Env, database: &Database, wanted: Prove, change: &Change<'_>) -> Outcome<Proof> {
    let devices = wanted.devices.unwrap_or(USUAL);
    if !(1..=MOST).contains(&devices) {
        return Err(Failure::field("/devices", format!("`devices` must be 1 to {MOST}.")));
    }
    if wanted.repair {
        database.batch(vec![change.entry(database, "rollups")?]).await?;
    }
    slice(env, database, wanted.cursor.as_deref().unwrap_or_default(), devices, wanted.repair).await
}

/// Proves some devices after a cursor.
pub(crate) async fn slice(env: &Env, database: &Database, after: &str, devices: u32, repair: bool) -> Outcome<Proof> {
    #[derive(Deserialize)]
    struct Id {
        id: String,
    }
    let sql = "SELECT id FROM devices WHERE id > ?1 ORDER BY id LIMIT ?2";
    let ids: Vec<Id> = database.rows(sql, &[after.into(), i64::from(devices).into()]).await?;
    let mut proof =
        Proof { devices: 0, rows: 0, differing: Vec::new(), repaired: 0, unsettled: Vec::new(), cursor: None };
    for Id { id } in &ids {
        match prove_device(env, database, id).await? {
            None => proof.unsettled.push(id.clone()),
            Some(found) => {
                proof.devices += 1;
                proof.rows += found.rows;
                if repair && !found.differing.is_empty() {
                    proof.repaired += mend(env, database, id, &found.differing).await?;
                }
                let room = MOST_TOLD.saturating_sub(proof.differing.len());
                proof.differing.extend(found.differing.into_iter().take(room));
            }
        }
    }
    if ids.len() == devices as usize {
        proof.cursor = ids.last().map(|id| id.id.clone());
    }
    Ok(proof)
}

struct Found {
    rows: u64,
    differing: Vec<Difference>,
}

/// `None` where the device changes all the while.
async fn prove_device(env: &Env, database: &Database, id: &str) -> Outcome<Option<Found>> {
    let mut found = None;
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            internal::ask::<()>(&internal::device(env, id)?, &Ask::Flush).await?;
            Delay::from(Duration::from_millis(1500)).await;
        }
        found = compare(env, database, id).await?;
        // A difference may come from what happened between two reads: only one that stays is one.
        if found.as_ref().is_some_and(|found| found.differing.is_empty()) {
            break;
        }
    }
    Ok(found)
}

/// One look at a device; `None` where something of it is still on its way.
async fn compare(env: &Env, database: &Database, id: &str) -> Outcome<Option<Found>> {
    let object = internal::device(env, id)?;
    let mut differing = Vec::new();
    let mut minutes = Rows::new();
    let mut after = None;
    let mut from;
    loop {
        let page: RebuiltPage = internal::ask(&object, &Ask::Rebuild { after }).await?;
        if !page.settled {
            return Ok(None);
        }
        from = page.from;
        if page.state_equal == Some(false) {
            differing.push(whole(id, "state", json!("kept"), json!("other")));
        }
        for row in page.minutes {
            if row.kept.as_ref() != Some(&row.rebuilt) && row.rebuilt.start >= from {
                differing.push(Difference {
                    stored: json!({ "object": row.kept }),
                    ..difference(id, &row.rebuilt, Resolution::Minute)
                });
            }
            let (metric, start, value) = parts(&row.rebuilt)?;
            minutes.insert((metric, start), value);
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let shown: Device = internal::ask(&object, &Ask::Read).await?;
    differing.extend(compare_device(database, &shown).await?);
    let mut rows = 1;
    let hours = rollup::coarser(&minutes, rollup::Resolution::Hour);
    let days = rollup::coarser(&hours, rollup::Resolution::Day);
    for (resolution, rebuilt) in [(Resolution::Minute, minutes), (Resolution::Hour, hours), (Resolution::Day, days)] {
        rows += rebuilt.len() as u64;
        differing.extend(compare_rows(database, id, resolution, rebuilt, from).await?);
    }
    Ok(Some(Found { rows, differing }))
}

fn whole(id: &str, metric: &str, stored: Value, rebuilt: Value) -> Difference {
    Difference { device: id.to_owned(), metric: metric.to_owned(), resolution: None, start: None, stored, rebuilt }
}

fn difference(id: &str, row: &Minute, resolution: Resolution) -> Difference {
    Difference {
        device: id.to_owned(),
        metric: row.metric.clone(),
        resolution: Some(resolution),
        start: Some(clock::text(row.start)),
        stored: Value::Null,
        rebuilt: json!(row),
    }
}

fn parts(row: &Minute) -> Outcome<(Metric, Timestamp, Row)> {
    let metric = Metric::named(&row.metric)
        .ok_or_else(|| Failure::refused(ProblemKind::Internal, format!("there is no metric {}", row.metric)))?;
    let value = Row {
        count: u64::try_from(row.count).unwrap_or_default(),
        sum: Milli::from_parts(row.sum),
        min: Milli::from_parts(row.min),
        max: Milli::from_parts(row.max),
        last: Milli::from_parts(row.last),
        last_at: Timestamp::from_milliseconds(row.last_at),
    };
    Ok((metric, Timestamp::from_milliseconds(row.start), value))
}

/// The device's own row.
async fn compare_device(database: &Database, shown: &Device) -> Outcome<Option<Difference>> {
    #[derive(Deserialize)]
    struct Stored {
        version: u64,
        accepted: u64,
    }
    let sql = "SELECT version, accepted FROM devices WHERE id = ?1";
    let stored: Option<Stored> = database.row(sql, &[(&shown.id).into()]).await?;
    let told = stored.as_ref().map(|stored| (stored.version, stored.accepted));
    if told == Some((shown.version, shown.counts.accepted)) {
        return Ok(None);
    }
    let text = |told: Option<(u64, u64)>| {
        json!(told.map(|(version, accepted)| json!({ "version": version, "accepted": accepted })))
    };
    Ok(Some(whole(&shown.id, "device", text(told), text(Some((shown.version, shown.counts.accepted))))))
}

/// All rows of one resolution.
async fn compare_rows(
    database: &Database,
    id: &str,
    resolution: Resolution,
    rebuilt: Rows,
    from: i64,
) -> Outcome<Vec<Difference>> {
    let sql = "SELECT metric, start, count, sum, min, max, last, last_at FROM rollups \
               WHERE device = ?1 AND resolution = ?2 AND start >= ?3 AND (metric, start) > (?4, ?5) \
               ORDER BY metric, start LIMIT 5000";
    let mut stored = BTreeMap::new();
    let mut last = (String::new(), i64::MIN >> 11);
    loop {
        let bound = [id.into(), readings::word(resolution).into(), from.into(), (&last.0).into(), last.1.into()];
        let rows: Vec<Minute> = database.rows(sql, &bound).await?;
        let Some(end) = rows.last() else { break };
        last = (end.metric.clone(), end.start);
        stored.extend(rows.into_iter().map(|row| ((row.metric.clone(), row.start), row)));
    }
    let mut differing = Vec::new();
    for ((metric, start), row) in rebuilt {
        if start.milliseconds() < from {
            continue;
        }
        let key = (metric.as_str().to_owned(), start.milliseconds());
        let rebuilt = minute(&key, row);
        let stored = stored.remove(&key);
        if stored.as_ref() != Some(&rebuilt) {
            differing.push(Difference { stored: json!(stored), ..difference(id, &rebuilt, resolution) });
        }
    }
    // What no event gives.
    differing.extend(stored.into_values().map(|row| Difference {
        stored: json!(row),
        rebuilt: Value::Null,
        ..difference(id, &row, resolution)
    }));
    Ok(differing)
}

fn minute((metric, start): &(String, i64), row: Row) -> Minute {
    Minute {
        metric: metric.clone(),
        start: *start,
        count: i64::try_from(row.count).unwrap_or(i64::MAX),
        sum: row.sum.parts(),
        min: row.min.parts(),
        max: row.max.parts(),
        last: row.last.parts(),
        last_at: row.last_at.milliseconds(),
    }
}

/// Takes away what differs, and has the object send everything again.
async fn mend(env: &Env, database: &Database, id: &str, differing: &[Difference]) -> Outcome<u64> {
    let rows: Vec<Value> = differing
        .iter()
        .filter_map(|row| {
            let start = Timestamp::parse(row.start.as_deref()?).ok()?.milliseconds();
            Some(json!({ "metric": row.metric, "resolution": row.resolution?, "start": start }))
        })
        .collect();
    database
        .run(
            "DELETE FROM rollups WHERE device = ?1 AND EXISTS(SELECT 1 FROM json_each(?2) WHERE \
             rollups.metric = value ->> 'metric' AND rollups.resolution = value ->> 'resolution' \
             AND rollups.start = value ->> 'start')",
            &[id.into(), (&serde_json::to_string(&rows)?).into()],
        )
        .await?;
    internal::ask::<()>(&internal::device(env, id)?, &Ask::Resend).await?;
    Ok(differing.len() as u64)
}
