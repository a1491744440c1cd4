//! Sees people in pictures: the points of their bodies, where hair, skin and clothes are, their faces, and whether a
//! picture will do for trying something on. Pixels in, results out; the networks are compiled plans.

mod affine;
mod anchors;
mod detection;
mod error;
pub mod face;
pub mod honesty;
mod network;
mod numbers;
mod one_euro;
pub mod parsing;
mod picture;
pub mod pose;
mod region;
mod sample;

pub use affine::{Affine, Point};
pub use detection::Detection;
pub use error::VisionError;
pub use one_euro::{Cutoffs, LowPass, OneEuro};
pub use picture::{Orientation, Picture};
pub use region::Region;
pub use sample::{Border, sample};
