//! Devices: what they are, how they are registered and changed, and what is known of them.

mod key;
mod record;
mod registration;
mod settings;

pub use key::*;
pub use record::*;
pub use registration::*;
pub use settings::*;
