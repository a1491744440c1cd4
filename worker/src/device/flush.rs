//! Sending on what changed: to the hub at once, to the database through the queue, until it is known to have arrived. An
//! alarm that is stored makes sure of it where this process ends before.

use std::{rc::Rc, time::Duration};

use vitrine_api::device::{Alarm, Device as Shown};
use worker::Delay;

use super::{
    memory::{Memory, Object, UnderWay},
    minutes, view,
};
use crate::{
    clock,
    failure::Outcome,
    hub, internal, log, mirror,
    news::{Minute, News},
    queue,
    sql::Sql,
};

/// What comes within this time goes together, in milliseconds.
const GATHER: u64 = 200;
/// The latest that the stored alarm makes sure that all has been sent, in milliseconds.
const SAFETY: i64 = 30_000;
/// After this time messages that did not arrive are sent again, in milliseconds.
const PATIENCE: i64 = 15_000;
/// How often open pages are told of readings that change nothing else, in milliseconds.
const UNHURRIED: i64 = 1000;
/// Minutes in one message; with the device itself it stays below the queue's limit of 128 KB.
const MINUTES_AT_ONCE: usize = 300;

/// Flushes soon after the answer, and sets the alarm for the case that this process ends before.
pub(super) fn soon(object: &Rc<Object>) {
    set_alarm(object, clock::now().milliseconds() + SAFETY);
    if object.flush_soon.replace(true) {
        return;
    }
    let shared = Rc::clone(object);
    object.state.wait_until(async move {
        Delay::from(Duration::from_millis(GATHER)).await;
        shared.flush_soon.set(false);
        if let Err(failure) = flush(&shared).await {
            log::warn("flush", &failure.to_string());
        }
    });
}

/// Sets the alarm where none is set before that time.
pub(super) fn set_alarm(object: &Rc<Object>, at: i64) {
    if object.alarm.get().is_some_and(|set| set <= at) {
        return;
    }
    object.alarm.set(Some(at));
    let shared = Rc::clone(object);
    object.state.wait_until(async move {
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
        if let Err(error) = shared.state.storage().set_alarm(worker::ScheduledTime::new(date)).await {
            shared.alarm.set(None);
            log::error("alarm", &error.to_string());
        }
    });
}

/// Looks at the device at that time: soon by a timer, later by the stored alarm.
fn look_at(object: &Rc<Object>, at: i64) {
    let wait = (at - clock::now().milliseconds()).max(0);
    if wait > SAFETY {
        set_alarm(object, at);
        return;
    }
    if object.look.get().is_some_and(|known| known <= at) {
        return;
    }
    object.look.set(Some(at));
    let shared = Rc::clone(object);
    object.state.wait_until(async move {
        Delay::from(Duration::from_millis(u64::try_from(wait).unwrap_or_default() + 5)).await;
        if shared.look.get() == Some(at) {
            shared.look.set(None);
            soon(&shared);
        }
    });
}

/// What there is to send.
struct Parcel {
    shown: Shown,
    /// Whether the hub was not told of this version.
    tell: bool,
    alarms: Vec<serde_json::Value>,
    /// Minutes for the database; `None` where enough is under way.
    minutes: Option<Vec<Minute>>,
}

/// Writes the minutes and sends what did not arrive yet.
pub(super) async fn flush(object: &Rc<Object>) -> Outcome<()> {
    let Some((parcel, next)) = object.with(|memory| pack(memory, &object.sql))? else { return Ok(()) };
    if let Some(at) = next {
        look_at(object, at);
    }
    let (told, sent) = (tell(object, &parcel).await, send(object, &parcel).await);
    told.and(sent)
}

/// Decides what is sent now, and when to look again.
fn pack(memory: &mut Memory, sql: &Sql) -> Outcome<(Parcel, Option<i64>)> {
    let now = clock::now();
    sql.transaction(|| memory.tick(sql, now))?;
    let mut shown = view::device(memory)?;
    let gist = view::gist(&shown);
    let changed = memory.gist.as_ref() != Some(&gist);
    // Time alone may have changed it: a count has settled, or the device is silent.
    let by_itself = changed && memory.gist.is_some() && memory.told >= memory.version;
    let idle = memory.under_way.as_ref().is_none_or(|under_way| now.since(under_way.sent) > PATIENCE);
    let minutes = sql.transaction(|| {
        if by_itself || (memory.ledger_changed && idle) {
            memory.save_state(sql)?;
        }
        if !idle || memory.confirmed >= memory.version {
            return Ok(None);
        }
        memory.roll(sql)?;
        minutes::since(sql, memory.confirmed).map(Some)
    })?;
    shown.version = memory.version;
    memory.gist = Some(gist);

    let waits = !changed && now.since(memory.told_at) < UNHURRIED;
    let tell = memory.told < memory.version && !waits;
    let alarms = if tell { alarm_changes(&memory.told_alarms, &shown) } else { Vec::new() };
    let mut next = view::next_deadline(&memory.device, now);
    if tell {
        (memory.told, memory.told_at) = (memory.version, now);
        memory.told_alarms.clone_from(&shown.alarms);
    } else if memory.told < memory.version {
        let at = memory.told_at.plus(UNHURRIED).milliseconds();
        next = Some(next.map_or(at, |next| next.min(at)));
    }
    if let Some(minutes) = &minutes {
        let parts = parts(minutes).len();
        let parts = (1..=u32::try_from(parts).unwrap_or(u32::MAX)).collect();
        memory.under_way = Some(UnderWay { version: memory.version, parts, sent: now });
    }
    Ok((Parcel { shown, tell, alarms, minutes }, next))
}

/// Minutes by messages; one without any where there are none.
fn parts(minutes: &[Minute]) -> Vec<&[Minute]> {
    if minutes.is_empty() { vec![&[]] } else { minutes.chunks(MINUTES_AT_ONCE).collect() }
}

/// Alarms that began or ended.
fn alarm_changes(told: &[Alarm], shown: &Shown) -> Vec<serde_json::Value> {
    let frame = |alarm: &Alarm, active: bool| serde_json::json!({ "device": shown.id, "site": shown.site, "alarm": alarm, "active": active });
    let in_it = |list: &[Alarm], alarm: &Alarm| list.iter().any(|known| known.kind == alarm.kind);
    let began = shown.alarms.iter().filter(|alarm| !in_it(told, alarm)).map(|alarm| frame(alarm, true));
    let ended = told.iter().filter(|alarm| !in_it(&shown.alarms, alarm)).map(|alarm| frame(alarm, false));
    began.chain(ended).collect()
}

/// Tells the hub, so that open pages see it before the database does.
async fn tell(object: &Rc<Object>, parcel: &Parcel) -> Outcome<()> {
    if !parcel.tell {
        return Ok(());
    }
    let shown = &parcel.shown;
    let body = mirror::live_body(shown)?;
    let (id, version, stock) = (shown.id.clone(), shown.version, shown.stock.clone());
    let ask = hub::Ask::Device { id, version, body, alarms: parcel.alarms.clone(), stock };
    let told = internal::ask::<()>(&internal::hub(&object.env)?, &ask).await;
    if told.is_err() {
        object.with(|memory| {
            memory.told = 0;
            Ok(())
        })?;
    }
    told
}

/// Sends to the database.
async fn send(object: &Rc<Object>, parcel: &Parcel) -> Outcome<()> {
    let Some(minutes) = &parcel.minutes else { return Ok(()) };
    let chunks = parts(minutes);
    let parts = u32::try_from(chunks.len()).unwrap_or(u32::MAX);
    for (part, minutes) in (1..).zip(chunks) {
        let news = News { device: parcel.shown.clone(), minutes: minutes.to_vec(), part, parts };
        let sent = queue::send(&object.env, &serde_json::to_string(&news)?).await;
        if sent.is_err() {
            object.with(|memory| {
                memory.under_way = None;
                Ok(())
            })?;
        }
        sent?;
    }
    Ok(())
}

/// A message has arrived in the database.
pub(super) fn confirm(object: &Rc<Object>, version: u64, part: u32) -> Outcome<()> {
    let more = object.with(|memory| {
        let Some(under_way) = memory.under_way.as_mut().filter(|under_way| under_way.version == version) else {
            return Ok(false);
        };
        under_way.parts.remove(&part);
        if !under_way.parts.is_empty() {
            return Ok(false);
        }
        memory.under_way = None;
        memory.confirmed = memory.confirmed.max(version);
        let confirmed = super::tables::number(memory.confirmed);
        object.sql.run("UPDATE meta SET confirmed = ?1", vec![confirmed])?;
        Ok(memory.confirmed < memory.version)
    })?;
    if more == Some(true) {
        soon(object);
    }
    Ok(())
}

/// Sends what did not arrive, if there is any.
pub(super) fn sweep(object: &Rc<Object>) -> Outcome<()> {
    if object.with(|memory| Ok(memory.confirmed < memory.version || memory.ledger_changed))? == Some(true) {
        soon(object);
    }
    Ok(())
}

/// Sends everything again, as if nothing had ever arrived.
pub(super) fn resend(object: &Rc<Object>) -> Outcome<()> {
    object.read(|memory| {
        memory.confirmed = 0;
        memory.under_way = None;
        object.sql.run("UPDATE meta SET confirmed = 0", vec![])?;
        Ok(())
    })?;
    soon(object);
    Ok(())
}
