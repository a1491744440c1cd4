//! A fleet of invented devices, and the judge of what a worker makes of their events.
//!
//! [`behaviour`] invents what devices measure, [`device`] sends it as firmware would: stored before it is sent, kept
//! until it is acknowledged. [`road`] is everything that goes wrong in between. [`fleet`] runs both against a worker,
//! and [`verdict`] compares what the worker holds with what is true.
//!
//! [`demand`] invents what is bought, with its truth, and [`past`] sends it as orders and weights of days gone by.

pub mod alive;
pub mod behaviour;
mod clock;
pub mod demand;
pub mod device;
pub mod error;
pub mod event;
pub mod faults;
pub mod fleet;
pub mod http;
pub mod ledger;
mod member;
pub mod past;
pub mod plan;
mod pool;
pub mod road;
mod settle;
pub mod shop;
pub mod signer;
pub mod transport;
pub mod verdict;

pub use error::SimulatorError;
