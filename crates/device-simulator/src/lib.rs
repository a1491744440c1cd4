//! A fleet of invented devices, and the judge of what a worker makes of their events.
//!
//! [`behaviour`] invents what devices measure, [`device`] sends it as firmware would: stored before it is sent, kept
//! until it is acknowledged. [`road`] is everything that goes wrong in between. [`fleet`] runs both against a worker,
//! and [`verdict`] compares what the worker holds with what is true.

pub mod behaviour;
mod clock;
pub mod device;
pub mod error;
pub mod event;
pub mod faults;
pub mod http;
pub mod road;
pub mod signer;
pub mod transport;

pub use error::SimulatorError;
