//! What the clock asks for: sending what was left behind, proving roll-ups at night, forecasting, clearing what is over.

use futures_util::future::join_all;
use serde::Deserialize;
use worker::Env;

use crate::{clock, database::Database, device::Ask, failure::Outcome, forecasts, internal, log, proof};

/// The expression in `wrangler.toml` for the proof; every one that is not here sweeps.
const PROOF: &str = "*/10 2-4 * * *";
/// The one for forecasts.
const FORECASTS: &str = "2-59/5 * * * *";
/// Devices of one sweep; the next goes on where this one ends.
const SWEPT: i64 = 500;
/// Devices that are asked at once.
const AT_ONCE: usize = 25;
/// Devices of one proof.
const PROVED: u32 = 20;
/// How long what is over is kept, in milliseconds.
const KEPT: i64 = 30 * 86_400_000;

/// Does what is due.
pub(crate) async fn run(cron: &str, env: &Env) -> Outcome<()> {
    let database = Database::of(env)?;
    if cron == PROOF {
        return prove(env, &database).await;
    }
    if cron == FORECASTS {
        return forecasts::round::slice(&database).await;
    }
    clear(&database).await?;
    sweep(env, &database).await
}

/// Where a job goes on.
pub(crate) async fn cursor(database: &Database, job: &str) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Row {
        cursor: String,
    }
    let row: Option<Row> = database.row("SELECT cursor FROM jobs WHERE name = ?1", &[job.into()]).await?;
    Ok(row.map(|row| row.cursor).unwrap_or_default())
}

/// Keeps where it does.
pub(crate) async fn keep_cursor(database: &Database, job: &str, cursor: &str) -> Outcome<()> {
    let sql = "INSERT INTO jobs(name, cursor, at) VALUES (?1, ?2, ?3) \
               ON CONFLICT(name) DO UPDATE SET cursor = excluded.cursor, at = excluded.at";
    database.run(sql, &[job.into(), cursor.into(), clock::now().milliseconds().into()]).await?;
    Ok(())
}

/// Has each device's object send what did not arrive: one whose process ended may not have been touched since.
async fn sweep(env: &Env, database: &Database) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    let after = cursor(database, "sweep").await?;
    let sql = "SELECT id FROM devices WHERE id > ?1 ORDER BY id LIMIT ?2";
    let rows: Vec<Row> = database.rows(sql, &[(&after).into(), SWEPT.into()]).await?;
    for some in rows.chunks(AT_ONCE) {
        let asked = join_all(some.iter().map(|row| flush(env, &row.id))).await;
        for (row, outcome) in some.iter().zip(asked) {
            if let Err(failure) = outcome {
                log::warn("sweep", &format!("device {}: {failure}", row.id));
            }
        }
    }
    let full = i64::try_from(rows.len()).unwrap_or_default() == SWEPT;
    let next = rows.last().filter(|_| full).map(|row| row.id.as_str()).unwrap_or_default();
    keep_cursor(database, "sweep", next).await
}

async fn flush(env: &Env, id: &str) -> Outcome<()> {
    internal::ask(&internal::device(env, id)?, &Ask::Flush).await
}

/// Proves the next devices, and puts right what differs.
async fn prove(env: &Env, database: &Database) -> Outcome<()> {
    let after = cursor(database, "proof").await?;
    let proof = proof::slice(env, database, &after, PROVED, true).await?;
    for difference in &proof.differing {
        log::error("proof", &serde_json::to_string(difference)?);
    }
    keep_cursor(database, "proof", proof.cursor.as_deref().unwrap_or_default()).await
}

async fn clear(database: &Database) -> Outcome<()> {
    let long_ago = clock::now().milliseconds() - KEPT;
    let mut statements = Vec::new();
    for sql in [
        "DELETE FROM tokens WHERE expires < ?1",
        "DELETE FROM enrolments WHERE expires < ?1",
        "DELETE FROM message_failures WHERE at < ?1",
    ] {
        statements.push(database.statement(sql, &[long_ago.into()])?);
    }
    // A code that is over proves nothing any more.
    let sql = "DELETE FROM order_codes WHERE expires < ?1";
    statements.push(database.statement(sql, &[clock::now().milliseconds().into()])?);
    let day = clock::text(long_ago);
    let sql = "DELETE FROM model_costs WHERE day < ?1";
    statements.push(database.statement(sql, &[day.get(..10).unwrap_or_default().into()])?);
    database.batch(statements).await
}
