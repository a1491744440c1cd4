//! The stored alarm: it gives up gaps that are over, notices silence, and sends what did not arrive.

use std::rc::Rc;

use super::{flush, keep, memory::Object};
use crate::{clock, failure::Outcome, log};

/// How long to wait before trying again what failed, in milliseconds.
const AGAIN: i64 = 30_000;

/// Does what is due, and sets the next one.
pub(super) async fn ring(object: &Rc<Object>) -> Outcome<()> {
    object.alarm.set(None);
    if let Err(failure) = keep::clear(object) {
        log::warn("alarm", &format!("old events could not be taken away: {failure}"));
    }
    if let Err(failure) = flush::flush(object).await {
        log::warn("alarm", &failure.to_string());
    }
    if object.with(|memory| Ok(memory.confirmed < memory.version))? == Some(true) {
        flush::set_alarm(object, clock::now().milliseconds() + AGAIN);
    }
    Ok(())
}
