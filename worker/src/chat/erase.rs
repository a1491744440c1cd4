//! Forgetting a conversation: when the shopper says so, and by itself some time after the last turn.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::{Object, tables};
use crate::{assistant::codes, clock, database::Database, failure::Outcome, limits::Limits};

/// Takes away everything that is kept of it, here and in the database.
pub(super) async fn erase(object: &Rc<Object>) -> Outcome<()> {
    let Some(meta) = tables::meta(&object.sql)? else { return Ok(()) };
    object.next_attempt();
    codes::forget(&Database::of(&object.env)?, &meta.id).await?;
    let storage = object.state.storage();
    storage.delete_alarm().await?;
    storage.delete_all().await?;
    Ok(())
}

/// Has it forgotten when its time is over.
pub(super) async fn set_alarm(object: &Rc<Object>, now: i64, limits: &Limits) -> Outcome<()> {
    let at = now + i64::from(limits.chat_kept_seconds) * 1000;
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    Ok(object.state.storage().set_alarm(worker::ScheduledTime::new(date)).await?)
}

/// Forgets it where its time is over.
pub(super) async fn where_old(object: &Rc<Object>) -> Outcome<()> {
    let Some(meta) = tables::meta(&object.sql)? else { return Ok(()) };
    let limits = Limits::of(&object.env)?;
    if clock::now().milliseconds() - meta.touched < i64::from(limits.chat_kept_seconds) * 1000 {
        return set_alarm(object, meta.touched, &limits).await;
    }
    erase(object).await
}
