//! From a product photo to a garment that can be worn: cut out of its plain ground, its kind, and the points by which it is
//! put on a body.

mod alpha;
mod error;
mod garment;
mod ground;
mod legs;
mod mask;
mod outline;
mod place;
mod rows;
mod top;

pub use error::GarmentError;
pub use garment::{Garment, Mark};
pub use place::{Kind, Place, Side, Sleeves};
