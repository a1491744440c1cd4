//! `GET /v1/event-types`: what devices may send.

use vitrine_api::{device::Kind, event::EventType, list::Page};
use vitrine_devices::event_types::{self, TYPES};

use crate::failure::{Failure, Outcome};

/// All types with their schemas.
pub(crate) fn list() -> Outcome<Page<EventType>> {
    let items = TYPES.iter().map(shown).collect::<Outcome<_>>()?;
    Ok(Page { items, next: None })
}

/// The schema of one type.
pub(crate) fn read(name: &str) -> Outcome<serde_json::Value> {
    let known = TYPES.iter().find(|known| known.name == name);
    known.map(event_types::schema).ok_or_else(|| Failure::nothing("event type"))
}

fn shown(known: &event_types::EventType) -> Outcome<EventType> {
    let kinds = match known.kind {
        Some(kind) => vec![serde_json::from_value(serde_json::to_value(kind)?)?],
        None => vec![Kind::Scale, Kind::Rfid, Kind::Footfall, Kind::ColdChain, Kind::Vehicle],
    };
    Ok(EventType { name: known.name.to_owned(), kinds, schema: event_types::schema(known) })
}
