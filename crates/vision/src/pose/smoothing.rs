//! Smoothing a body over time with one-euro filters, with MediaPipe's constants.

use crate::affine::Point;
use crate::one_euro::{Cutoffs, LowPass, OneEuro};
use crate::pose::body::Pose;
use crate::pose::joint::Joint;

/// Landmarks in the picture: speeds in sizes of the body per second.
const LANDMARKS: Cutoffs = Cutoffs { least: 0.05, per_speed: 80.0, speed: 1.0 };
/// Where to look next: slower than the landmarks.
const ALIGNMENT: Cutoffs = Cutoffs { least: 0.01, per_speed: 10.0, speed: 1.0 };
/// Landmarks in metres.
const WORLD: Cutoffs = Cutoffs { least: 0.1, per_speed: 40.0, speed: 1.0 };
/// How much of each new visibility is taken.
const VISIBILITY: f32 = 0.1;

/// The filters of one body. Takes frames in the order of their times.
#[derive(Clone, Debug)]
pub struct PoseSmoother {
    landmarks: [[OneEuro; 3]; Joint::COUNT],
    visibility: [LowPass; Joint::COUNT],
    alignment: [[OneEuro; 2]; 2],
    world: [[OneEuro; 3]; Joint::COUNT],
}

impl Default for PoseSmoother {
    fn default() -> Self {
        Self {
            landmarks: [[OneEuro::new(LANDMARKS); 3]; Joint::COUNT],
            visibility: [LowPass::default(); Joint::COUNT],
            alignment: [[OneEuro::new(ALIGNMENT); 2]; 2],
            world: [[OneEuro::new(WORLD); 3]; Joint::COUNT],
        }
    }
}

impl PoseSmoother {
    /// Starts anew with the next frame.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// The body, smoothed. `microseconds`: the frame's time, on any clock that only goes forward.
    pub fn smooth(&mut self, pose: &Pose, microseconds: u64) -> Pose {
        let mut smooth = pose.clone();
        // Speeds are relative to the body's size in the picture, so that somebody far away is not smoothed more.
        let [center, rim] = pose.alignment;
        let scale = 1.0 / (2.0 * center.distance(rim)).max(1e-6);
        let filters = self.landmarks.iter_mut().zip(&mut self.visibility);
        for (landmark, ([x, y, z], visibility)) in smooth.landmarks.iter_mut().zip(filters) {
            landmark.x = x.next(landmark.x, scale, microseconds);
            landmark.y = y.next(landmark.y, scale, microseconds);
            landmark.z = z.next(landmark.z, scale, microseconds);
            landmark.visibility = visibility.next(landmark.visibility, VISIBILITY);
        }
        for (point, [x, y]) in smooth.alignment.iter_mut().zip(&mut self.alignment) {
            *point = Point::new(x.next(point.x, scale, microseconds), y.next(point.y, scale, microseconds));
        }
        for (metres, filters) in smooth.world.iter_mut().zip(&mut self.world) {
            for (number, filter) in metres.iter_mut().zip(filters) {
                *number = filter.next(*number, 1.0, microseconds);
            }
        }
        smooth
    }
}
