//! Adding up all stored events anew, to prove that what is kept and what the database says are what they give.

use std::{collections::BTreeMap, rc::Rc};

use serde::{Deserialize, Serialize};
use vitrine_devices::{CloudEvent, Reading, Registration, Timestamp, device};
use vitrine_operations::{
    Things, metrics,
    rollup::{self, Resolution, Rows},
};

use super::{keep, memory::Object, minutes};
use crate::{clock, failure::Outcome, news::Minute};

/// Rows of one answer.
const AT_ONCE: usize = 2000;

/// Some of the rebuilt minutes.
#[derive(Serialize, Deserialize)]
pub(crate) struct RebuiltPage {
    pub(crate) minutes: Vec<Rebuilt>,
    /// What changed here and did not arrive in the database yet: no difference can be told then.
    pub(crate) settled: bool,
    /// Whether the state is what all events give in order; `None` where that cannot be told any more, because settings
    /// changed, events came too late, or old ones are no longer kept.
    pub(crate) state_equal: Option<bool>,
    /// Where to go on.
    pub(crate) next: Option<(String, i64)>,
    /// Minutes before this time may lack events that are no longer kept; milliseconds.
    pub(crate) from: i64,
}

/// A minute as the events give it, and as the object keeps it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Rebuilt {
    pub(crate) rebuilt: Minute,
    pub(crate) kept: Option<Minute>,
}

#[derive(Deserialize)]
struct Row {
    position: u64,
    body: String,
    late: i64,
}

#[derive(Deserialize)]
struct Setting {
    position: u64,
    registration: String,
}

/// The next rows, after a metric and start.
pub(super) fn page(object: &Rc<Object>, after: Option<(String, i64)>) -> Outcome<RebuiltPage> {
    let settled = object.read(|memory| {
        object.sql.transaction(|| memory.roll(&object.sql))?;
        Ok(memory.confirmed >= memory.version)
    })?;
    let rows: Vec<Row> = object.sql.rows("SELECT position, body, late FROM events ORDER BY position", vec![])?;
    let settings: Vec<Setting> =
        object.sql.rows("SELECT position, registration FROM settings ORDER BY position, rowid", vec![])?;
    let settings: Vec<(u64, Registration)> = settings
        .into_iter()
        .map(|setting| Ok((setting.position, serde_json::from_str(&setting.registration)?)))
        .collect::<Outcome<_>>()?;

    // What is gone may have been of any minute up to the latest of what followed it; one more minute for good measure.
    let gone = rows.first().is_some_and(|row| row.position > 1);
    let mut minutes = Rows::new();
    let mut from = clock::now().milliseconds() - keep::MINUTES;
    for (index, row) in rows.iter().enumerate() {
        let Some(registration) = settings.iter().rev().find(|(position, _)| *position < row.position) else { continue };
        let Ok(event) = CloudEvent::parse(&row.body) else { continue };
        let Ok(reading) = Reading::parse(&event.kind, registration.1.kind, event.data) else { continue };
        if gone && index == 0 {
            from = from.max(event.time.plus(Resolution::Day.milliseconds()).milliseconds());
        }
        metrics::observe(&reading, &registration.1.config, |metric, value| {
            rollup::add(&mut minutes, Resolution::Minute, metric, value, event.time);
        });
    }
    // Whole days, so that hours and days can be compared too.
    from =
        Resolution::Day.start(Timestamp::from_milliseconds(from).plus(Resolution::Day.milliseconds())).milliseconds();
    let mut kept: BTreeMap<(String, i64), Minute> = minutes::since(&object.sql, 0)?
        .into_iter()
        .map(|minute| ((minute.metric.clone(), minute.start), minute))
        .collect();
    let mut all: BTreeMap<(String, i64), Rebuilt> = BTreeMap::new();
    for ((metric, start), row) in &minutes {
        let key = (metric.as_str().to_owned(), start.milliseconds());
        let rebuilt = minutes::minute(*metric, *start, *row);
        let kept = kept.remove(&key);
        all.insert(key, Rebuilt { rebuilt, kept });
    }
    let mut wanted = all.into_iter().filter(|(key, _)| after.as_ref().is_none_or(|after| key > after));
    let mut page = Vec::new();
    let mut last = None;
    for (key, row) in wanted.by_ref().take(AT_ONCE) {
        last = Some(key);
        page.push(row);
    }
    let next = if wanted.next().is_some() { last } else { None };
    let plain = !gone && settings.windows(2).all(same_settings) && rows.iter().all(|row| row.late == 0);
    let state_equal = if plain { Some(state_equal(object, &rows)?) } else { None };
    Ok(RebuiltPage { minutes: page, settled, state_equal, next, from })
}

/// Whether two settings in a row read events alike.
fn same_settings(pair: &[(u64, Registration)]) -> bool {
    match pair {
        [(_, one), (_, other)] => (&one.config, &one.sku, &one.site) == (&other.config, &other.sku, &other.site),
        _ => true,
    }
}

fn state_equal(object: &Rc<Object>, rows: &[Row]) -> Outcome<bool> {
    object.read(|memory| {
        let registration = memory.device.registration();
        let rebuilt = device::rebuild::<Things>(registration, rows.iter().map(|row| row.body.as_str()));
        Ok(rebuilt == *memory.device.shown())
    })
}
