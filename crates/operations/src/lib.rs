//! What the shop's things mean: readings become stock, orders count against it and are demand, limits become alarms.
//!
//! Data in, data out: the clock is passed in, and what is stored comes in and goes out as values.
pub mod alarm;
pub mod demand;
pub mod metrics;
pub mod order;
pub mod rfid;
pub mod rollup;
pub mod scale;
pub mod shopify;
pub mod stock;
pub mod things;

pub use alarm::{Alarm, AlarmKind, DeviceState};
pub use metrics::Metric;
pub use things::{ShopDevice, Things};
