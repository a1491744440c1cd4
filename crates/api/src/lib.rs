//! What the worker takes and gives over HTTP. Data only: the worker stores and decides, this says how it looks.

pub mod access;
pub mod chat;
pub mod content;
pub mod device;
pub mod event;
pub mod forecast;
pub mod knowledge;
pub mod list;
pub mod live;
#[cfg(feature = "schema")]
pub mod openapi;
pub mod order;
pub mod problem;
pub mod rollup;
pub mod routes;
pub mod stock;
