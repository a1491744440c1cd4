//! The tables of a device's object: one row for its state, its events, its readings per minute.

use serde::Deserialize;
use vitrine_devices::journal::{Journal, Key, Row};

use crate::{
    failure::Outcome,
    sql::{Sql, Value},
};

const SCHEMA: &str = "\
CREATE TABLE meta(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  registration TEXT NOT NULL,
  state TEXT NOT NULL,
  ledger TEXT NOT NULL,
  version INTEGER NOT NULL, -- grows with every change
  confirmed INTEGER NOT NULL, -- the version that has arrived in the database
  rolled INTEGER NOT NULL -- the position up to which events are added up in `minutes`
) STRICT;
CREATE TABLE events(
  position INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  sequence INTEGER,
  time INTEGER NOT NULL,
  received INTEGER NOT NULL,
  body TEXT NOT NULL,
  late INTEGER NOT NULL,
  pending INTEGER NOT NULL,
  UNIQUE(source, id)
) STRICT;
CREATE INDEX events_pending ON events(epoch, sequence) WHERE pending = 1;
CREATE TABLE minutes(
  metric TEXT NOT NULL,
  start INTEGER NOT NULL,
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  min INTEGER NOT NULL,
  max INTEGER NOT NULL,
  last INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY(metric, start)
) STRICT, WITHOUT ROWID;
CREATE INDEX minutes_by_version ON minutes(version);
CREATE TABLE settings(
  position INTEGER NOT NULL, -- the last event before they held
  registration TEXT NOT NULL
) STRICT";

/// The one row of `meta`.
#[derive(Deserialize)]
pub(super) struct Meta {
    pub(super) registration: String,
    pub(super) state: String,
    pub(super) ledger: String,
    pub(super) version: u64,
    pub(super) confirmed: u64,
    pub(super) rolled: u64,
}

/// Makes the tables of a device that is being registered.
pub(super) fn create(sql: &Sql) -> Outcome<()> {
    sql.run(SCHEMA, vec![]).map(|_| ())
}

/// What is stored; `None` for a device that was never registered.
pub(super) fn read(sql: &Sql) -> Outcome<Option<Meta>> {
    // An object that is asked about a device that does not exist must not begin to keep anything.
    let known: Option<Known> = sql.row("SELECT 1 AS one FROM sqlite_master WHERE name = 'meta'", vec![])?;
    if known.is_none() {
        return Ok(None);
    }
    sql.row("SELECT registration, state, ledger, version, confirmed, rolled FROM meta", vec![])
}

#[derive(Deserialize)]
struct Known {}

/// Numbers of ours stay far below 2^53.
pub(super) fn number(value: u64) -> Value {
    Value::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The device's events in its table.
pub(super) struct Events<'a>(pub(super) &'a Sql);

#[derive(Deserialize)]
struct Body {
    body: String,
}

impl Journal for Events<'_> {
    type Error = crate::failure::Failure;

    fn store(&mut self, row: &Row<'_>) -> Outcome<Option<String>> {
        let written = self.0.run(
            "INSERT INTO events(position, source, id, epoch, sequence, time, received, body, late, pending) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(source, id) DO NOTHING",
            vec![
                number(row.position),
                row.source.into(),
                row.id.into(),
                number(row.epoch),
                row.sequence.map_or(Value::Null, number),
                row.time.milliseconds().into(),
                row.received.milliseconds().into(),
                row.body.into(),
                i64::from(row.late).into(),
                i64::from(row.pending).into(),
            ],
        )?;
        if written > 0 { Ok(None) } else { self.find(row.source, row.id) }
    }

    fn find(&mut self, source: &str, id: &str) -> Outcome<Option<String>> {
        let query = "SELECT body FROM events WHERE source = ?1 AND id = ?2";
        Ok(self.0.row::<Body>(query, vec![source.into(), id.into()])?.map(|row| row.body))
    }

    fn replay(&mut self, after: &Key, upto: u64, each: &mut dyn FnMut(&str)) -> Outcome<()> {
        let rows: Vec<Body> = match after {
            Key::Sequence { epoch, sequence } => self.0.rows(
                "SELECT body FROM events WHERE pending = 1 AND (epoch, sequence) > (?1, ?2) AND position <= ?3 \
                 ORDER BY epoch, sequence",
                vec![number(*epoch), number(*sequence), number(upto)],
            )?,
            Key::Time { time, id, source } => self.0.rows(
                "SELECT body FROM events WHERE pending = 1 AND (time, id, source) > (?1, ?2, ?3) AND position <= ?4 \
                 ORDER BY time, id, source",
                vec![time.milliseconds().into(), id.as_str().into(), source.as_str().into(), number(upto)],
            )?,
        };
        rows.iter().for_each(|row| each(&row.body));
        Ok(())
    }

    fn settled(&mut self, upto: &Key) -> Outcome<()> {
        match upto {
            Key::Sequence { epoch, sequence } => self.0.run(
                "UPDATE events SET pending = 0 WHERE pending = 1 AND (epoch, sequence) <= (?1, ?2)",
                vec![number(*epoch), number(*sequence)],
            )?,
            Key::Time { time, id, source } => self.0.run(
                "UPDATE events SET pending = 0 WHERE pending = 1 AND (time, id, source) <= (?1, ?2, ?3)",
                vec![time.milliseconds().into(), id.as_str().into(), source.as_str().into()],
            )?,
        };
        Ok(())
    }
}
