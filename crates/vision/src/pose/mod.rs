//! Body pose: people, the points of their bodies, and following them, computed as MediaPipe's pose pipeline does.

mod body;
mod detector;
mod heatmap;
mod joint;
mod landmarker;
mod smoothing;
mod tracker;

use core::f32::consts::FRAC_PI_2;

use crate::affine::Point;
use crate::region::Region;

pub use body::{Landmark, Pose};
pub use detector::{Person, PersonDetector};
pub use joint::Joint;
pub use landmarker::PoseLandmarker;
pub use smoothing::PoseSmoother;
pub use tracker::PoseTracker;

/// How much more than the circle around the body is shown.
const MARGIN: f32 = 1.25;

/// The square that a landmark network is shown: around the middle of the hips, with the head up.
fn region_around(center: Point, rim: Point) -> Region {
    Region::aligned(center, rim, FRAC_PI_2).squared().scaled(MARGIN)
}
