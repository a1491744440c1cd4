//! What a shop's devices say: webhook signatures, CloudEvents, event types, their order, and the state of each device.
//!
//! Data in, data out: times and random bytes are passed in, and what is stored is reached through [`Journal`].
pub mod cloud_event;
pub mod device;
pub mod epc;
pub mod event_types;
mod fields;
pub mod fixed;
pub mod id;
pub mod journal;
pub mod json_object;
pub mod key;
pub mod order;
pub mod refusal;
pub mod registration;
pub mod standard_webhook;
pub mod timestamp;
pub mod twin;

pub use cloud_event::CloudEvent;
pub use device::{Device, Fold, Outcome, Received};
pub use event_types::{Kind, Reading};
pub use fixed::{Degrees, Milli};
pub use id::{DeviceId, KeyId, SiteId, Sku};
pub use journal::{Journal, Key as OrderKey, MemoryJournal, Row};
pub use json_object::JsonObject;
pub use key::{Algorithm, Keys};
pub use refusal::{Refusal, RefusalCode};
pub use registration::{Config, Limits, Ordering, Registration};
pub use timestamp::Timestamp;
