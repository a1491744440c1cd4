//! Finding people: MediaPipe's pose detector.

use vitrine_model_runtime::Model;

use crate::affine::Point;
use crate::anchors::anchors;
use crate::detection::{Detection, decode, suppress};
use crate::error::VisionError;
use crate::network::Network;
use crate::picture::Picture;
use crate::region::Region;
use crate::sample::Border;

const SIDE: usize = 224;
const ANCHORS: usize = 2254;
const LEAST_SCORE: f32 = 0.5;
const OVERLAP: f32 = 0.3;

/// A person that was found: the box is the head's; the points are the middle of the hips, a point on the circle around
/// the body, the middle of the shoulders, and one on the circle around the upper body.
pub type Person = Detection<4>;

impl Person {
    /// The region that the landmark network has to be shown.
    #[must_use]
    pub fn region(&self) -> Region {
        let [center, rim, ..] = self.points;
        super::region_around(center, rim)
    }
}

/// The plan `pose_detection`.
#[derive(Debug)]
pub struct PersonDetector {
    network: Network<2>,
    anchors: Vec<Point>,
}

impl PersonDetector {
    /// Takes the model of the plan `pose_detection`.
    ///
    /// # Errors
    /// [`VisionError::Model`] for another one.
    pub fn new(model: Model) -> Result<Self, VisionError> {
        let outputs = [("Identity", ANCHORS * 12), ("Identity_1", ANCHORS)];
        let network = Network::new(model, [SIDE; 2], outputs, Border::Black)?;
        Ok(Self { network, anchors: anchors(SIDE, &[8, 16, 32, 32, 32], 2) })
    }

    /// The people in a picture, surest first.
    ///
    /// # Errors
    /// [`VisionError::Run`] where the model fails.
    pub fn find(&mut self, picture: &Picture<'_>) -> Result<Vec<Person>, VisionError> {
        let region = Region::whole(picture).squared();
        self.network.look(picture, &region)?;
        let [boxes, scores] = self.network.outputs()?;
        let found = suppress(decode(boxes, scores, &self.anchors, SIDE, LEAST_SCORE), OVERLAP);
        let map = region.from_unit();
        Ok(found.iter().map(|person| person.mapped(&map)).collect())
    }
}
