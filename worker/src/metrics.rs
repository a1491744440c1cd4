//! `/healthz` and `/metrics`.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use worker::Env;

use crate::{clock, database::Database, failure::Outcome, hub, internal};

/// Prometheus' text format.
pub(crate) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Answer of `/healthz`.
#[derive(Serialize)]
pub(crate) struct Health {
    status: &'static str,
}

/// Whether the worker reaches its database, and its tables are there.
pub(crate) async fn health(database: &Database) -> Outcome<Health> {
    #[derive(Deserialize)]
    struct Row {}
    database.row::<Row>("SELECT 1 FROM devices LIMIT 1", &[]).await?;
    Ok(Health { status: "ok" })
}

/// All figures.
pub(crate) async fn text(env: &Env, database: &Database) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Devices {
        kind: String,
        devices: i64,
        alarms: i64,
        accepted: i64,
        duplicate: i64,
        late: i64,
        refused: i64,
        oldest: Option<i64>,
    }
    #[derive(Deserialize)]
    struct Counts {
        orders: i64,
        dead_letters: i64,
        failing: i64,
        forecasts: i64,
    }
    let sql = "SELECT kind, count(*) AS devices, sum(alarm) AS alarms, sum(accepted) AS accepted, \
               sum(duplicate) AS duplicate, sum(late) AS late, sum(refused) AS refused, min(last_seen) AS oldest \
               FROM devices WHERE revoked = 0 GROUP BY kind ORDER BY kind";
    let devices: Vec<Devices> = database.rows(sql, &[]).await?;
    let sql = "SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM dead_letters) AS dead_letters, \
               (SELECT count(*) FROM message_failures) AS failing, (SELECT count(*) FROM forecasts) AS forecasts";
    let counts: Option<Counts> = database.row(sql, &[]).await?;
    let hub: hub::Figures = internal::ask(&internal::hub(env)?, &hub::Ask::Figures).await?;

    let mut text = String::new();
    let mut family = |name: &str, kind: &str, help: &str, lines: Vec<(String, i64)>| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in lines {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    };
    let by_kind = |value: fn(&Devices) -> i64| -> Vec<(String, i64)> {
        devices.iter().map(|row| (format!("{{kind=\"{}\"}}", row.kind), value(row))).collect()
    };
    family("vitrine_devices", "gauge", "Devices that are not revoked.", by_kind(|row| row.devices));
    family("vitrine_device_alarms", "gauge", "Devices that need a person.", by_kind(|row| row.alarms));
    let mut events = Vec::new();
    for row in &devices {
        for (status, value) in
            [("accepted", row.accepted), ("duplicate", row.duplicate), ("late", row.late), ("refused", row.refused)]
        {
            events.push((format!("{{kind=\"{}\",status=\"{status}\"}}", row.kind), value));
        }
    }
    family("vitrine_events_total", "counter", "Events by what became of them.", events);
    let now = clock::now().milliseconds();
    let silent = devices.iter().filter_map(|row| {
        row.oldest.map(|oldest| (format!("{{kind=\"{}\"}}", row.kind), (now - oldest).max(0) / 1000))
    });
    family(
        "vitrine_longest_silence_seconds",
        "gauge",
        "Since the device was heard that was heard least.",
        silent.collect(),
    );
    if let Some(counts) = counts {
        let plain = |value| vec![(String::new(), value)];
        family("vitrine_orders", "gauge", "Orders that are kept.", plain(counts.orders));
        family("vitrine_forecasts", "gauge", "Products at sites with a forecast.", plain(counts.forecasts));
        family("vitrine_dead_letters", "gauge", "Messages given up.", plain(counts.dead_letters));
        family("vitrine_failing_messages", "gauge", "Messages that failed and are tried again.", plain(counts.failing));
    }
    let connections = i64::try_from(hub.connections).unwrap_or(i64::MAX);
    family("vitrine_live_connections", "gauge", "Open live connections.", vec![(String::new(), connections)]);
    let newest = i64::try_from(hub.newest).unwrap_or(i64::MAX);
    family("vitrine_live_changes_total", "counter", "Changes told to live connections.", vec![(String::new(), newest)]);
    Ok(text)
}
