//! The points of a body in a region: MediaPipe's pose landmark networks, lite and full.

use vitrine_model_runtime::Model;

use crate::affine::Point;
use crate::error::VisionError;
use crate::network::Network;
use crate::numbers::sigmoid;
use crate::picture::Picture;
use crate::pose::body::{Landmark, Pose};
use crate::pose::heatmap::refined;
use crate::pose::joint::Joint;
use crate::region::Region;
use crate::sample::Border;

const SIDE: usize = 256;
const MAP: usize = 64;
/// The body's points, two for alignment, four that MediaPipe does not use.
const POINTS: usize = 39;

/// The plan `pose_landmark_lite` or `pose_landmark_full`.
#[derive(Debug)]
pub struct PoseLandmarker {
    network: Network<4>,
}

impl PoseLandmarker {
    /// Takes the model of the plan `pose_landmark_lite` or `pose_landmark_full`.
    ///
    /// # Errors
    /// [`VisionError::Model`] for another one.
    pub fn new(model: Model) -> Result<Self, VisionError> {
        let outputs = [
            ("Identity", POINTS * 5),
            ("Identity_1", 1),
            ("Identity_3", MAP * MAP * POINTS),
            ("Identity_4", POINTS * 3),
        ];
        Ok(Self { network: Network::new(model, [SIDE; 2], outputs, Border::Edge)? })
    }

    /// The body in a region. Whether there is one at all, [`Pose::score`] says.
    ///
    /// # Errors
    /// [`VisionError::Run`] where the model fails.
    pub fn read(&mut self, picture: &Picture<'_>, region: &Region) -> Result<Pose, VisionError> {
        self.network.look(picture, region)?;
        let [points, score, maps, world] = self.network.outputs()?;
        let place = region.from_unit();
        let turned = Region { center: Point::default(), width: 1.0, height: 1.0, ..*region }.from_unit();
        let turned_zero = turned.apply(Point::default());

        let mut pose = Pose {
            landmarks: [Landmark::default(); Joint::COUNT],
            world: [[0.0; 3]; Joint::COUNT],
            alignment: [Point::default(); 2],
            score: score.first().copied().unwrap_or(0.0),
            region: *region,
        };
        let read = points.as_chunks::<5>().0.iter().enumerate().map(|(index, &[x, y, z, visibility, presence])| {
            let side = SIDE as f32;
            let [x, y] = refined([x / side, y / side], maps, MAP, POINTS, index);
            let Point { x, y } = place.apply(Point::new(x, y));
            let z = z / side * region.width;
            Landmark { x, y, z, visibility: sigmoid(visibility), presence: sigmoid(presence) }
        });
        let alignment = pose.alignment.iter_mut();
        let mut read = read;
        for landmark in &mut pose.landmarks {
            *landmark = read.next().unwrap_or_default();
        }
        for (place, landmark) in alignment.zip(read) {
            *place = landmark.point();
        }
        for (metres, &[x, y, z]) in pose.world.iter_mut().zip(world.as_chunks::<3>().0) {
            // The world turns with the region and stays where it is.
            let point = turned.apply(Point::new(x, y));
            *metres = [point.x - turned_zero.x, point.y - turned_zero.y, z];
        }
        Ok(pose)
    }
}
