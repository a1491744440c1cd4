//! How long events are kept: the latest of them, and none for longer than a month.

use std::rc::Rc;

use serde::Deserialize;

use super::{memory::Object, tables::number};
use crate::{clock, failure::Outcome};

/// Events that are kept at most.
const MOST: u64 = 100_000;
/// How long events are kept, in milliseconds.
const LONGEST: i64 = 30 * 86_400_000;
/// For how long minutes are kept here, in milliseconds; the database keeps them on. An event that is older still would
/// begin its minute anew.
pub(super) const MINUTES: i64 = 400 * 86_400_000;
/// Rows that are taken away at once.
const AT_ONCE: i64 = 5000;

/// Takes away what is too old. Only what is settled and added up goes: a restart needs no more of it.
pub(super) fn clear(object: &Rc<Object>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Rolled {
        rolled: u64,
    }
    object.with(|memory| {
        let now = clock::now().milliseconds();
        let newest = memory.device.position();
        object.sql.transaction(|| {
            let row: Option<Rolled> = object.sql.row("SELECT rolled FROM meta", vec![])?;
            let rolled = row.map_or(0, |row| row.rolled);
            object.sql.run(
                "DELETE FROM events WHERE position IN (SELECT position FROM events WHERE pending = 0 AND position <= ?1 \
                 AND (position <= ?2 OR received < ?3) ORDER BY position LIMIT ?4)",
                vec![number(rolled), number(newest.saturating_sub(MOST)), (now - LONGEST).into(), AT_ONCE.into()],
            )?;
            object.sql.run(
                "DELETE FROM minutes WHERE start < ?1 AND version <= ?2",
                vec![(now - MINUTES).into(), number(memory.confirmed)],
            )?;
            Ok(())
        })
    })?;
    Ok(())
}
