//! The tables of a conversation's object: one row for what it is, its turns, and every event that was or will be sent.

use serde::Deserialize;
use vitrine_api::chat::ChatEvent;

use crate::{
    failure::Outcome,
    sql::{Sql, Value},
};

/// Turns that are kept: an older one is neither shown again nor known again.
const MOST_TURNS: i64 = 200;

const SCHEMA: &str = "\
CREATE TABLE meta(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  id TEXT NOT NULL,
  caller TEXT NOT NULL, -- who began it; nobody else may go on with it
  language TEXT NOT NULL,
  state TEXT NOT NULL, -- what the assistant remembers, after the last turn that is over
  touched INTEGER NOT NULL, -- milliseconds
  spent INTEGER NOT NULL, -- on language models, in millionths
  tokens REAL NOT NULL, -- turns that may come at once
  filled INTEGER NOT NULL -- when there were so many, milliseconds
) STRICT;
CREATE TABLE turns(
  turn INTEGER PRIMARY KEY,
  message TEXT NOT NULL UNIQUE, -- the page's own name of it
  input TEXT NOT NULL,
  language TEXT NOT NULL,
  first INTEGER NOT NULL, -- its first event
  over INTEGER NOT NULL -- 0 or 1
) STRICT;
CREATE TABLE events(
  id INTEGER PRIMARY KEY,
  turn INTEGER NOT NULL,
  name TEXT NOT NULL,
  data TEXT NOT NULL
) STRICT";

/// The one row of `meta`.
#[derive(Deserialize)]
pub(super) struct Meta {
    pub(super) id: String,
    pub(super) caller: String,
    pub(super) state: String,
    pub(super) touched: i64,
    pub(super) spent: i64,
    pub(super) tokens: f64,
    pub(super) filled: i64,
    pub(super) language: String,
}

/// A turn.
#[derive(Clone, Deserialize)]
pub(super) struct Turn {
    pub(super) turn: i64,
    pub(super) message: String,
    pub(super) input: String,
    pub(super) language: String,
    pub(super) first: i64,
    pub(super) over: i64,
}

/// An event as it is stored.
#[derive(Deserialize)]
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) data: String,
}

/// Makes the tables of a conversation that begins.
pub(super) fn create(sql: &Sql) -> Outcome<()> {
    sql.run(SCHEMA, vec![]).map(|_| ())
}

/// What is stored; `None` for a conversation that never began, or was erased.
pub(super) fn meta(sql: &Sql) -> Outcome<Option<Meta>> {
    #[derive(Deserialize)]
    struct Known {}
    // An object that is asked about a conversation that does not exist must not begin to keep anything.
    let known: Option<Known> = sql.row("SELECT 1 AS one FROM sqlite_master WHERE name = 'meta'", vec![])?;
    if known.is_none() {
        return Ok(None);
    }
    sql.row("SELECT id, caller, language, state, touched, spent, tokens, filled FROM meta", vec![])
}

const TURN: &str = "SELECT turn, message, input, language, first, over FROM turns";

/// The turn of that name.
pub(super) fn turn_named(sql: &Sql, message: &str) -> Outcome<Option<Turn>> {
    sql.row(&format!("{TURN} WHERE message = ?1"), vec![message.into()])
}

/// The last turn.
pub(super) fn last_turn(sql: &Sql) -> Outcome<Option<Turn>> {
    sql.row(&format!("{TURN} ORDER BY turn DESC LIMIT 1"), vec![])
}

/// Whether a turn is over; one that is no longer there is.
pub(super) fn is_over(sql: &Sql, turn: i64) -> Outcome<bool> {
    #[derive(Deserialize)]
    struct Row {
        over: i64,
    }
    let row: Option<Row> = sql.row("SELECT over FROM turns WHERE turn = ?1", vec![turn.into()])?;
    Ok(row.is_none_or(|row| row.over == 1))
}

/// Events after one.
pub(super) fn events(sql: &Sql, after: i64) -> Outcome<Vec<Stored>> {
    sql.rows("SELECT id, name, data FROM events WHERE id > ?1 ORDER BY id LIMIT 500", vec![after.into()])
}

/// The id of the newest event; 0 before the first.
pub(super) fn newest(sql: &Sql) -> Outcome<i64> {
    #[derive(Deserialize)]
    struct Row {
        newest: i64,
    }
    let row: Option<Row> = sql.row("SELECT coalesce(max(id), 0) AS newest FROM events", vec![])?;
    Ok(row.map_or(0, |row| row.newest))
}

/// Stores events of a turn, as part of a transaction.
pub(super) fn add_events(sql: &Sql, turn: i64, events: &[ChatEvent]) -> Outcome<()> {
    let mut id = newest(sql)?;
    for event in events {
        id += 1;
        let value = serde_json::to_value(event)?;
        let name = value.get("event").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let data = value.get("data").cloned().unwrap_or_default().to_string();
        sql.run(
            "INSERT INTO events(id, turn, name, data) VALUES (?1, ?2, ?3, ?4)",
            vec![id.into(), turn.into(), name.into(), data.into()],
        )?;
    }
    Ok(())
}

/// Ends a turn, as part of a transaction, and takes away what is too old.
pub(super) fn end_turn(sql: &Sql, turn: i64) -> Outcome<()> {
    sql.run("UPDATE turns SET over = 1 WHERE turn = ?1", vec![turn.into()])?;
    for table in ["events", "turns"] {
        sql.run(&format!("DELETE FROM {table} WHERE turn <= ?1"), vec![Value::Integer(turn - MOST_TURNS)])?;
    }
    Ok(())
}
