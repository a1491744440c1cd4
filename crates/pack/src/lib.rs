//! The pack: the one contract between training and whatever runs in a page, a worker or a device.
//!
//! A pack is a folder: `manifest.json` and one file per section. The manifest names each section with its
//! version, length and SHA-256, so a cut, mixed-up or altered pack is refused with the name of the section.

mod error;
mod manifest;
mod migration;
mod open;
mod write;

pub use error::PackError;
pub use manifest::{Manifest, Section};
pub use open::Pack;
pub use write::PackWriter;
