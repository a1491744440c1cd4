//! The object's memory: its device as it is stored, so that an ordinary event reads nothing. Where storing fails, memory is
//! thrown away and read again.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use vitrine_api::problem::Problem;
use vitrine_devices::{CloudEvent, Reading, Timestamp};
use vitrine_operations::ShopDevice;
use worker::{Env, State};

use super::{
    minutes::Minutes,
    rate::Rate,
    tables::{self, Events, number},
};
use crate::{
    clock,
    failure::{Failure, Outcome},
    limits::Limits,
    sql::Sql,
};

/// The device, and what goes with it.
pub(super) struct Memory {
    pub(super) device: ShopDevice,
    /// Grows with every change.
    pub(super) version: u64,
    /// The version that has arrived in the database.
    pub(super) confirmed: u64,
    /// What came since the minutes were last written.
    pub(super) minutes: Minutes,
    /// Whether the counts of what was not stored changed since they were.
    pub(super) ledger_changed: bool,
    pub(super) rate: Rate,
    pub(super) limits: Limits,
    /// The version that the hub was told of.
    pub(super) told: u64,
    /// When.
    pub(super) told_at: Timestamp,
    /// The gist of what was shown last; `None` after a restart.
    pub(super) gist: Option<String>,
    /// What the hub was told about alarms.
    pub(super) told_alarms: Vec<vitrine_api::device::Alarm>,
    /// What is on its way to the database.
    pub(super) under_way: Option<UnderWay>,
}

/// Messages in the queue.
pub(super) struct UnderWay {
    pub(super) version: u64,
    /// Those that did not arrive yet.
    pub(super) parts: BTreeSet<u32>,
    pub(super) sent: Timestamp,
}

/// The object, shared by its requests and by what goes on after them.
pub(super) struct Object {
    pub(super) state: State,
    pub(super) env: Env,
    pub(super) sql: Sql,
    memory: RefCell<Option<Memory>>,
    /// Whether a flush is about to begin.
    pub(super) flush_soon: Cell<bool>,
    /// When the device is looked at next, because something changes by itself; milliseconds.
    pub(super) look: Cell<Option<i64>>,
    /// When the alarm rings, as far as is known here; milliseconds.
    pub(super) alarm: Cell<Option<i64>>,
}

impl Object {
    pub(super) fn new(state: State, env: Env) -> Self {
        let sql = Sql::of(&state);
        Self {
            state,
            env,
            sql,
            memory: RefCell::new(None),
            flush_soon: Cell::new(false),
            look: Cell::new(None),
            alarm: Cell::new(None),
        }
    }

    /// Works with the memory, read from the tables where it is not there; `None` for a device that is not registered.
    ///
    /// # Errors
    /// Those of `work`; then the memory may be ahead of the tables, and is forgotten.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Memory) -> Outcome<T>) -> Outcome<Option<T>> {
        let mut memory =
            self.memory.try_borrow_mut().map_err(|_| Failure::Fault("the memory is in use twice".to_owned()))?;
        if memory.is_none() {
            *memory = self.load()?;
        }
        let Some(inner) = memory.as_mut() else { return Ok(None) };
        match work(inner) {
            Ok(value) => Ok(Some(value)),
            // A refusal was decided before anything changed.
            Err(failure @ Failure::Refused(_)) => Err(failure),
            Err(failure) => {
                *memory = None;
                Err(failure)
            }
        }
    }

    /// As [`Self::with`], for calls that are refused where there is no device.
    pub(super) fn read<T>(&self, work: impl FnOnce(&mut Memory) -> Outcome<T>) -> Outcome<T> {
        self.with(work)?.ok_or_else(|| Failure::nothing("device"))
    }

    /// As [`Self::with`], for requests that the device has to sign.
    pub(super) fn signed<T>(&self, work: impl FnOnce(&mut Memory) -> Outcome<T>) -> Outcome<T> {
        self.with(work)?.ok_or_else(|| Problem::unauthenticated().into())
    }

    /// Forgets everything, so that it is read again.
    pub(super) fn forget(&self) {
        if let Ok(mut memory) = self.memory.try_borrow_mut() {
            *memory = None;
        }
    }

    fn load(&self) -> Outcome<Option<Memory>> {
        let Some(meta) = tables::read(&self.sql)? else { return Ok(None) };
        let device = ShopDevice::restore(&meta.registration, &meta.state, &meta.ledger)?;
        let mut memory = Memory::new(device, &self.env)?;
        (memory.version, memory.confirmed) = (meta.version, meta.confirmed);
        add_up(&self.sql, meta.rolled, &mut memory)?;
        Ok(Some(memory))
    }
}

/// Adds up the events that came since the minutes were last written.
fn add_up(sql: &Sql, rolled: u64, memory: &mut Memory) -> Outcome<()> {
    #[derive(serde::Deserialize)]
    struct Row {
        body: String,
    }
    let rows: Vec<Row> =
        sql.rows("SELECT body FROM events WHERE position > ?1 ORDER BY position", vec![number(rolled)])?;
    for row in &rows {
        let Ok(event) = CloudEvent::parse(&row.body) else { continue };
        let registration = memory.device.registration();
        // What was stored could be read then; what a later version cannot read counts for nothing.
        if let Ok(reading) = Reading::parse(&event.kind, registration.kind, event.data) {
            memory.minutes.add(&reading, &registration.config, event.time);
        }
    }
    Ok(())
}

impl Memory {
    /// A device of which nothing has arrived anywhere.
    pub(super) fn new(device: ShopDevice, env: &Env) -> Outcome<Self> {
        Ok(Self {
            device,
            version: 0,
            confirmed: 0,
            minutes: Minutes::default(),
            ledger_changed: false,
            rate: Rate::new(clock::now().milliseconds()),
            limits: Limits::of(env)?,
            told: 0,
            told_at: Timestamp::from_milliseconds(0),
            gist: None,
            told_alarms: Vec::new(),
            under_way: None,
        })
    }

    /// Stores what an event changes, as part of its transaction.
    pub(super) fn save_state(&mut self, sql: &Sql) -> Outcome<()> {
        self.version += 1;
        let state = self.device.state_text()?;
        if self.ledger_changed {
            let ledger = self.device.ledger_text()?;
            sql.run(
                "UPDATE meta SET state = ?1, version = ?2, ledger = ?3",
                vec![state.into(), number(self.version), ledger.into()],
            )?;
            self.ledger_changed = false;
        } else {
            sql.run("UPDATE meta SET state = ?1, version = ?2", vec![state.into(), number(self.version)])?;
        }
        Ok(())
    }

    /// Stores a changed registration with everything else, as part of its transaction.
    pub(super) fn save_all(&mut self, sql: &Sql) -> Outcome<()> {
        let registration = self.device.registration_text()?;
        sql.run("UPDATE meta SET registration = ?1", vec![registration.clone().into()])?;
        sql.run(
            "INSERT INTO settings(position, registration) VALUES (?1, ?2)",
            vec![number(self.device.position()), registration.into()],
        )?;
        self.save_state(sql)
    }

    /// Writes the minutes, so that a restart need not add them up again, as part of a transaction.
    pub(super) fn roll(&mut self, sql: &Sql) -> Outcome<()> {
        self.minutes.write(sql, self.version)?;
        sql.run("UPDATE meta SET rolled = ?1", vec![number(self.device.position())])?;
        Ok(())
    }

    /// Gives up what has waited long enough; whether something changed.
    pub(super) fn tick(&mut self, sql: &Sql, now: Timestamp) -> Outcome<bool> {
        let changed = self.device.tick(now, &mut Events(sql))?;
        if changed {
            self.save_state(sql)?;
        }
        Ok(changed)
    }
}
